/*
 * CycloneDX: the parts that a passport needs.
 */
#include "read.h"

enum tag {
	TAG_NONE,
	TAG_SPEC,
	TAG_METADATA_COMPONENT,
	TAG_COMPONENT,
	TAG_NAME,
	TAG_VERSION,
	TAG_REF,
	TAG_DEPENDENCY,
	TAG_DEPENDENCY_REF,
	TAG_DEPENDS_ON
};

static const struct shape text = { .kind = SHAPE_TEXT };
static const struct shape any = { .kind = SHAPE_ANY };

static const struct shape components; /* it holds itself */
static const struct slot component_slots[] = {
	{ "bom-ref", &text, TAG_REF, 0, 0 },
	{ "name", &text, TAG_NAME, SLOT_REQUIRED, 0 },
	{ "version", &text, TAG_VERSION, 0, 0 },
	{ "components", &components, 0, 0, 0 },
};
static const struct shape component = {
	.kind = SHAPE_OBJECT, SHAPE_SLOTS(component_slots), .open = true
};
static const struct slot components_slots[] = {
	{ NULL, &component, TAG_COMPONENT, 0, 0 },
};
static const struct shape components = { .kind = SHAPE_LIST,
	SHAPE_SLOTS(components_slots) };

static const struct slot metadata_slots[] = {
	{ "component", &component, TAG_METADATA_COMPONENT, 0, 0 },
};
static const struct shape metadata = {
	.kind = SHAPE_OBJECT, SHAPE_SLOTS(metadata_slots), .open = true
};

static const struct slot ref_slots[] = {
	{ NULL, &text, TAG_DEPENDS_ON, 0, 0 },
};
static const struct shape refs = { .kind = SHAPE_LIST, SHAPE_SLOTS(ref_slots) };
static const struct slot dependency_slots[] = {
	{ "ref", &text, TAG_DEPENDENCY_REF, SLOT_REQUIRED, 0 },
	{ "dependsOn", &refs, 0, 0, 0 },
};
static const struct shape dependency = {
	.kind = SHAPE_OBJECT, SHAPE_SLOTS(dependency_slots), .open = true
};
static const struct slot dependencies_slots[] = {
	{ NULL, &dependency, TAG_DEPENDENCY, 0, 0 },
};
static const struct shape dependencies = { .kind = SHAPE_LIST,
	SHAPE_SLOTS(dependencies_slots) };

static const struct slot document_slots[] = {
	{ "bomFormat", &any, 0, SLOT_REQUIRED, 0 },
	{ "specVersion", &text, TAG_SPEC, SLOT_REQUIRED, 0 },
	{ "metadata", &metadata, 0, 0, 0 },
	{ "components", &components, 0, 0, 0 },
	{ "dependencies", &dependencies, 0, 0, 0 },
};
const struct shape cyclonedx_document = {
	.kind = SHAPE_OBJECT, SHAPE_SLOTS(document_slots), .open = true
};

static struct cn_slice
keep(struct reading *r, struct walk *w, struct cn_slice value)
{
	struct cn_slice copy = cn_arena_copy(r->arena, value);

	if (copy.ptr == NULL)
		walk_no_memory(w);
	return copy;
}

static void
leave(struct reading *r, int tag)
{
	if (tag == TAG_METADATA_COMPONENT)
		r->in_product = false;
	if (tag != TAG_DEPENDENCY)
		return;
	if (r->own_dependency)
		r->sbom->dependencies += r->pending;
	r->own_dependency = false;
	r->pending = 0;
}

static void
value(struct reading *r, struct walk *w, int tag, struct cn_slice text_)
{
	/* of the product itself, not of what is nested in it */
	bool own = r->in_product && w->depth == 3;

	if (tag == TAG_SPEC)
		r->sbom->spec_version = keep(r, w, text_);
	else if (tag == TAG_NAME && own)
		r->sbom->product = keep(r, w, text_);
	else if (tag == TAG_VERSION && own)
		r->sbom->product_version = keep(r, w, text_);
	else if (tag == TAG_REF && own)
		r->product_ref = keep(r, w, text_);
	else if (tag == TAG_DEPENDENCY_REF)
		r->own_dependency = r->product_ref.len > 0 &&
				    cn_slice_eq(r->product_ref, text_);
	else if (tag == TAG_DEPENDS_ON)
		r->pending++;
}

void
cyclonedx_handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text_)
{
	struct reading *r = ctx;

	if (event == WALK_VALUE)
		value(r, w, tag, text_);
	else if (event == WALK_LEAVE)
		leave(r, tag);
	else if (tag == TAG_METADATA_COMPONENT)
		r->in_product = true;
	else if (tag == TAG_COMPONENT && !r->in_product)
		r->sbom->components++;
}
