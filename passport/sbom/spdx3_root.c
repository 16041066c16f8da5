/* SPDX 3.0: from the document through its collections to what it describes. */
#include "spdx3.h"

#include <inttypes.h>
#include <stdlib.h>

#define COLLECTIONS_MOST 32 /* within each other */

/* The element at this spot becomes the one at hand. */
static void
reread(struct spdx3 *s, const struct spot *spot)
{
	struct walk *again = calloc(1, sizeof(*again)), *w = &s->r->walk;
	struct cn_json_reader *reader = cn_json_reader_new(
	    source_fill, s->r->source, CN_SLICE_NONE, WALK_TOKEN, WALK_DEPTH);

	spdx3_reset(s);
	if (again == NULL || reader == NULL) {
		walk_no_memory(w);
	} else {
		again->ctx = s;
		again->handler = spdx3_handle;
		again->only_first = true;
		w->code = source_seek(s->r->source, spot->offset, w->err);
		if (w->code == CN_OK)
			w->code = walk_json(
			    again, &spdx3_element, reader, w->err);
	}
	cn_json_reader_free(reader);
	free(again);
}

static void
tell(struct spdx3 *s, struct cn_slice id)
{
	const uint64_t *number = marks_find(&s->ids, hash_text(&s->r->key, id));
	struct cn_found found = { .id = id };
	struct walk *w = &s->r->walk;
	const struct spot *spot;

	w->line = w->column = 0;
	if (number != NULL && *number > 0) {
		spot = &s->spots[*number - 1];
		reread(s, spot);
		w->line = spot->line;
		w->column = spot->column;
		found.kind = cn_buf_slice(&s->type);
		if (s->name.len > 0)
			found.name = cn_buf_slice(&s->name);
		if (s->version.len > 0)
			found.version = cn_buf_slice(&s->version);
		found.pointer = cn_arena_printf(
		    s->r->arena, "/@graph/%" PRIu32, spot->item);
	}
	found_add(s->r, &s->r->facts->describes, &found);
}

static void
follow(struct spdx3 *s, struct cn_slice id, unsigned depth)
{
	struct name *n = names_find(&s->collections, id);
	struct collection *c = n == NULL ? NULL : n->value;

	if (s->r->walk.code != CN_OK)
		return;
	if (c == NULL) {
		n = names_add(&s->said, id);
		if (n == NULL)
			walk_no_memory(&s->r->walk);
		else if (n->count++ == 0)
			tell(s, id);
		return;
	}
	if (c->visited || depth == COLLECTIONS_MOST)
		return;
	c->visited = true;
	for (const struct cn_texts *t = c->roots; t != NULL; t = t->next)
		follow(s, t->text, depth + 1);
}

static bool
is_package(const struct cn_found *f)
{
	return cn_slice_is(f->kind, "software_Package") ||
	       cn_slice_is(f->kind, "ai_AIPackage");
}

/* The product is the first package that is described, else the first thing. */
static void
tell_product(struct spdx3 *s)
{
	struct cn_sbom *sbom = &s->r->facts->sbom;
	const struct cn_found *product = NULL;
	const struct cn_found *f = s->r->facts->describes.first;
	const uint64_t *count;

	for (; f != NULL; f = f->next)
		if (product == NULL || (is_package(f) && !is_package(product)))
			product = f;
	if (product == NULL)
		return;
	sbom->product = product->name;
	sbom->product_version = product->version;
	count = marks_find(&s->needs, hash_text(&s->r->key, product->id));
	if (count != NULL)
		sbom->dependencies = (size_t)*count;
}

void
spdx3_describe(struct spdx3 *s)
{
	if (s->r->facts->id.len > 0)
		follow(s, s->r->facts->id, 0);
	tell_product(s);
}
