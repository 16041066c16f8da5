/*
 * SPDX 2: the parts that a passport needs.
 */
#include "read.h"

enum tag {
	TAG_NONE,
	TAG_SPEC,
	TAG_PACKAGE,
	TAG_ID,
	TAG_NAME,
	TAG_VERSION,
	TAG_DESCRIBES
};

static const struct shape text = { .kind = SHAPE_TEXT };

static const struct slot package_slots[] = {
	{ "SPDXID", &text, TAG_ID, SLOT_REQUIRED, 0 },
	{ "name", &text, TAG_NAME, SLOT_REQUIRED, 0 },
	{ "versionInfo", &text, TAG_VERSION, 0, 0 },
};
static const struct shape package = {
	.kind = SHAPE_OBJECT, SHAPE_SLOTS(package_slots), .open = true
};
static const struct slot packages_slots[] = {
	{ NULL, &package, TAG_PACKAGE, 0, 0 },
};
static const struct shape packages = { .kind = SHAPE_LIST,
	SHAPE_SLOTS(packages_slots) };

static const struct slot document_slots[] = {
	{ "spdxVersion", &text, TAG_SPEC, SLOT_REQUIRED, 0 },
	{ "packages", &packages, 0, 0, 0 },
};
const struct shape spdx2_document = {
	.kind = SHAPE_OBJECT, SHAPE_SLOTS(document_slots), .open = true
};

void
spdx2_handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text_)
{
	struct reading *r = ctx;

	if (event == WALK_ENTER && tag == TAG_PACKAGE)
		r->sbom->components++;
	if (event == WALK_VALUE && tag == TAG_SPEC) {
		r->sbom->spec_version = cn_arena_copy(
		    r->arena, cn_slice_sub(text_, 5, 16));
		if (r->sbom->spec_version.ptr == NULL)
			walk_no_memory(w);
	}
}
