/* The catalogue of known exploited vulnerabilities, as CISA publishes it. */
#include "read.h"

#include <inttypes.h>
#include <stdlib.h>

enum tag {
	TAG_NONE,
	TAG_CATALOGUE_VERSION,
	TAG_RELEASED,
	TAG_COUNT,
	TAG_ENTRY,
	TAG_ID
};

static const struct slot entry_slots[] = {
	{ "cveID", &shape_text, TAG_ID, SLOT_REQUIRED, 0 },
};
static const struct shape entry = SHAPE_OPEN(entry_slots);
static const struct slot entries_item = { NULL, &entry, TAG_ENTRY, 0, 0 };
static const struct shape entries = SHAPE_LIST_OF(entries_item);
static const struct slot catalogue_slots[] = {
	{ "title", &shape_text, 0, 0, 0 },
	{ "catalogVersion", &shape_text, TAG_CATALOGUE_VERSION, SLOT_REQUIRED,
	    0 },
	{ "dateReleased", &shape_text, TAG_RELEASED, 0, 0 },
	{ "count", &shape_integer, TAG_COUNT, 0, 0 },
	{ "vulnerabilities", &entries, 0, SLOT_REQUIRED, 0 },
};
static const struct shape catalogue = SHAPE_OPEN(catalogue_slots);

struct kev {
	struct reading *r;
	struct names ids;
	uint64_t claimed;
	bool claims;
};

static void *
begin(struct reading *r)
{
	struct kev *k = calloc(1, sizeof(*k));

	if (k == NULL)
		return NULL;
	k->r = r;
	names_init(&k->ids, r->arena, &r->key);
	return k;
}

static void
drop(void *ctx)
{
	struct kev *k = ctx;

	names_free(&k->ids);
	free(k);
}

static void
handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text)
{
	struct kev *k = ctx;
	struct cn_kev *f = &k->r->facts->of.kev;

	if (event == WALK_ENTER && tag == TAG_ENTRY)
		f->count++;
	if (event != WALK_VALUE)
		return;
	if (tag == TAG_CATALOGUE_VERSION)
		f->catalog_version = keep(k->r, text);
	else if (tag == TAG_RELEASED)
		k->r->facts->timestamp = keep(k->r, text);
	else if (tag == TAG_COUNT)
		k->claims = cn_slice_uint(text, UINT64_MAX, &k->claimed);
	else if (tag == TAG_ID && names_add(&k->ids, text) == NULL)
		walk_no_memory(w);
}

static int
by_text(const void *a, const void *b)
{
	return cn_slice_cmp(
	    *(const struct cn_slice *)a, *(const struct cn_slice *)b);
}

static void
end(void *ctx)
{
	struct kev *k = ctx;
	struct cn_kev *f = &k->r->facts->of.kev;
	struct cn_slice *ids = cn_arena_alloc(
	    k->r->arena, k->ids.count + 1, sizeof(*ids));

	if (ids == NULL) {
		walk_no_memory(&k->r->walk);
		return;
	}
	for (const struct name *n = k->ids.first; n != NULL; n = n->next)
		ids[f->id_count++] = n->text;
	qsort(ids, f->id_count, sizeof(*ids), by_text);
	f->ids = ids;
	if (k->claims && k->claimed != f->count)
		walk_find(&k->r->walk, CN_WARNING, "count",
		    "the catalogue counts %" PRIu64
		    " entries, but holds %zu: it may have been cut",
		    k->claimed, f->count);
}

const struct dialect kev_json = { CN_SBOM_KEV, "CISA-KEV", "kev", "json",
	&catalogue, run_json, begin, handle, end, drop };
