/* CycloneDX: the document as a whole. */
#include "cdx.h"

#include <stdlib.h>

void *
cdx_begin(struct reading *r)
{
	struct cdx *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->r = r;
	c->f = &r->facts->of.cyclonedx;
	names_init(&c->types, r->arena, &r->key);
	names_init(&c->states, r->arena, &r->key);
	names_init(&c->aggregates, r->arena, &r->key);
	names_init(&c->references, r->arena, &r->key);
	names_init(&c->ids, r->arena, &r->key);
	names_init(&c->products, r->arena, &r->key);
	cn_buf_init(&c->scratch, 4 * WALK_TOKEN);
	cn_buf_init(&c->milestone, WALK_TOKEN);
	r->walk.early = 3;
	r->facts->doc_version = CN_SLICE("1"); /* the schema's default */
	r->facts->doc_version_is_number = true;
	return c;
}

void
cdx_drop(void *ctx)
{
	struct cdx *c = ctx;

	names_free(&c->types);
	names_free(&c->states);
	names_free(&c->aggregates);
	names_free(&c->references);
	names_free(&c->ids);
	names_free(&c->products);
	marks_free(&c->refs);
	marks_free(&c->dependencies);
	cn_buf_free(&c->scratch);
	cn_buf_free(&c->milestone);
	free(c);
}

/* ---- the document ------------------------------------------------------------------ */

static void
edition(struct cdx *c, struct cn_slice text)
{
	struct walk *w = &c->r->walk;

	c->r->facts->sbom.spec_version = keep(c->r, text);
	if (text.len == 3 && cn_slice_starts(text, "1.") &&
	    text.ptr[2] >= (w->xml ? '0' : '2') && text.ptr[2] <= '7') {
		w->edition = (unsigned)(text.ptr[2] - '0');
		/* before 1.4 the schemas let any member through */
		w->strict = w->edition >= 4 && !w->xml;
		return;
	}
	walk_find(w, CN_WARNING, "edition",
	    "CycloneDX %.*s is not known; read as 1.7",
	    (int)(text.len > 20 ? 20 : text.len), text.ptr);
}

static void
version(struct cdx *c, struct cn_slice text)
{
	uint64_t number;

	if (!cn_slice_uint(text, UINT64_MAX, &number) || number == 0) {
		walk_find(&c->r->walk, CN_WARNING, "version",
		    "the version counts from 1");
		if (c->r->walk.xml)
			return; /* no number at all */
	}
	c->r->facts->doc_version = keep(c->r, text);
}

/* A dependency on something that the document does not hold. */
static void
dangling(struct cdx *c, struct cn_slice ref)
{
	if (c->refs.count == 0 || ref.len == 0 ||
	    cn_slice_starts(ref, "urn:cdx:") ||
	    marks_find(&c->refs, hash_text(&c->r->key, ref)) != NULL)
		return;
	walk_find(&c->r->walk, CN_NOTE, "dangling-ref",
	    "nothing before this place has the bom-ref \"%.*s\"",
	    (int)(ref.len > 80 ? 80 : ref.len), ref.ptr);
}

static void
depends_on(struct cdx *c, struct cn_slice ref)
{
	uint64_t *items;

	c->f->dependency_edges++;
	dangling(c, ref);
	if (c->dependency == 0)
		return; /* an entry without ref */
	items = marks_add(&c->dependencies, c->dependency, NULL);
	if (items == NULL)
		walk_no_memory(&c->r->walk);
	else
		++*items;
}

static void
dependency_of(struct cdx *c, struct cn_slice ref)
{
	dangling(c, ref);
	c->dependency = hash_text(&c->r->key, ref);
	if (marks_add(&c->dependencies, c->dependency, NULL) == NULL)
		walk_no_memory(&c->r->walk);
}

static void
value(struct cdx *c, int tag, struct cn_slice text)
{
	struct cn_sbom_facts *facts = c->r->facts;

	switch (tag) {
	case TAG_SPEC:
		edition(c, text);
		break;
	case TAG_SERIAL:
		facts->id = keep(c->r, text);
		break;
	case TAG_DOC_VERSION:
		version(c, text);
		break;
	case TAG_TIMESTAMP:
		facts->timestamp = keep(c->r, text);
		facts->elements.timestamp = text.len > 0;
		break;
	case TAG_PHASE:
		texts_add(c->r, &c->lifecycles, text);
		facts->elements.context = true;
		break;
	case TAG_AGGREGATE:
		tally_add(c->r, &c->aggregates, text);
		break;
	case TAG_DEPENDENCY_REF:
		dependency_of(c, text);
		break;
	case TAG_DEPENDS_ON:
		depends_on(c, text);
		break;
	default:
		break;
	}
}

static void
opened(struct cdx *c, int tag)
{
	if (tag == TAG_AUTHOR)
		c->r->facts->elements.author = true;
	else if (tag == TAG_TOOLS)
		c->r->facts->elements.tool = true;
	else if (tag == TAG_DEPENDENCY)
		c->dependency = 0;
	else if (tag == TAG_SIGNATURE)
		c->f->is_signed = true;
}

static void
closed(struct cdx *c, int tag)
{
	size_t count = c->r->walk.count;

	switch (tag) {
	case TAG_COMPONENTS:
		c->f->components_top_level = count;
		break;
	case TAG_SERVICES:
		c->f->services = count;
		break;
	case TAG_FORMULAS:
		c->f->formulas = count;
		break;
	case TAG_STANDARDS:
		c->f->standards = count;
		break;
	case TAG_ATTESTATIONS:
		c->f->attestations = count;
		break;
	case TAG_CLAIMS:
		c->f->claims = count;
		break;
	case TAG_EVIDENCE:
		c->f->evidence = count;
		break;
	case TAG_CITATIONS:
		c->f->citations = count;
		break;
	case TAG_DEPENDENCY:
		c->f->dependency_entries++;
		break;
	default:
		break;
	}
}

void
cdx_handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text)
{
	struct cdx *c = ctx;

	(void)w;
	if (tag == TAG_METADATA_PROPERTY || tag == TAG_DOC_REFERENCES ||
	    (tag >= TAG_METADATA_COMPONENT && tag < TAG_DEPENDENCY))
		cdx_part_event(c, event, tag, text);
	if (tag >= TAG_VULNERABILITIES)
		cdx_vulnerability_event(c, event, tag, text);
	else if (event == WALK_VALUE)
		value(c, tag, text);
	else if (event == WALK_ENTER)
		opened(c, tag);
	else
		closed(c, tag);
}

/* ---- the end ---------------------------------------------------------------------- */

/* How many components have an entry among the dependencies. */
static size_t
with_entry(const struct cdx *c)
{
	size_t count = 0;

	for (size_t i = 0; i < c->refs.space; i++)
		if (c->refs.slots[i].hash != 0 &&
		    marks_find(&c->dependencies, c->refs.slots[i].hash) != NULL)
			count++;
	return count;
}

void
cdx_end(void *ctx)
{
	struct cdx *c = ctx;
	struct cn_sbom_facts *facts = c->r->facts;
	const struct cn_cyclonedx_product *product = &c->f->product;
	const uint64_t *items;

	c->f->components_by_type = tally_done(c->r, &c->types);
	c->f->compositions = tally_done(c->r, &c->aggregates);
	c->f->external_reference_types = tally_done(c->r, &c->references);
	c->f->lifecycles = c->lifecycles.first;
	c->f->lifecycle_milestones = c->milestones.first;
	cdx_vulnerability_end(c);
	facts->elements.in_dependencies = with_entry(c);
	facts->sbom.product = product->name;
	facts->sbom.product_version = product->version;
	items = marks_find(
	    &c->dependencies, hash_text(&c->r->key, product->bom_ref));
	if (product->bom_ref.len > 0 && items != NULL)
		facts->sbom.dependencies = (size_t)*items;
}

const struct dialect cdx_json = { CN_SBOM_CYCLONEDX, "CycloneDX", "cyclonedx",
	"json", &cdx_document, run_json, cdx_begin, cdx_handle, cdx_end,
	cdx_drop };
