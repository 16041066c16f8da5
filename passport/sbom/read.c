#include "read.h"

#include <stdlib.h>

struct cn_slice
keep(struct reading *r, struct cn_slice text)
{
	struct cn_slice copy = cn_arena_copy(r->arena, text);

	if (copy.ptr == NULL)
		walk_no_memory(&r->walk);
	return copy;
}

struct cn_slice
keep_pointer(struct reading *r)
{
	struct cn_slice copy = CN_SLICE_NONE;
	struct cn_buf pointer;

	cn_buf_init(&pointer, WALK_TOKEN);
	walk_pointer(&r->walk, &pointer);
	if (pointer.code == CN_OK)
		copy = keep(r, cn_buf_slice(&pointer));
	else
		walk_no_memory(&r->walk);
	cn_buf_free(&pointer);
	return copy;
}

void
texts_add(struct reading *r, struct text_list *list, struct cn_slice text)
{
	struct cn_texts *item = cn_arena_alloc(r->arena, 1, sizeof(*item));

	if (item == NULL) {
		walk_no_memory(&r->walk);
		return;
	}
	item->text = text.ptr == NULL ? text : keep(r, text);
	if (list->last == NULL)
		list->first = item;
	else
		list->last->next = item;
	list->last = item;
}

void
tally_add(struct reading *r, struct names *tally, struct cn_slice name)
{
	struct name *n = names_add(tally, name);

	if (n == NULL)
		walk_no_memory(&r->walk);
	else
		n->count++;
}

static int
by_name(const void *a, const void *b)
{
	const struct name *const *x = a, *const *y = b;

	return cn_slice_cmp((*x)->text, (*y)->text);
}

/* From the last to the first, so that each finds its successor. */
static const struct cn_tally *
chain(struct reading *r, struct name **sorted, size_t count)
{
	const struct cn_tally *first = NULL;

	while (count-- > 0) {
		struct cn_tally *t = cn_arena_alloc(r->arena, 1, sizeof(*t));

		if (t == NULL) {
			walk_no_memory(&r->walk);
			return NULL;
		}
		t->name = sorted[count]->text;
		t->count = sorted[count]->count;
		t->next = first;
		first = t;
	}
	return first;
}

const struct cn_tally *
tally_done(struct reading *r, struct names *tally)
{
	const struct cn_tally *first = NULL;
	struct name **sorted;
	size_t count = 0;

	if (tally->count == 0)
		return NULL;
	sorted = calloc(tally->count, sizeof(struct name *));
	if (sorted == NULL) {
		walk_no_memory(&r->walk);
		return NULL;
	}
	for (struct name *n = tally->first; n != NULL; n = n->next)
		sorted[count++] = n;
	qsort(sorted, count, sizeof(struct name *), by_name);
	first = chain(r, sorted, count);
	free(sorted);
	return first;
}

void
found_add(
    struct reading *r, struct cn_found_list *list, const struct cn_found *what)
{
	struct cn_found *f;

	if (list->count++ >= CN_SBOM_LISTED)
		return;
	f = cn_arena_alloc(r->arena, 1, sizeof(*f));
	if (f == NULL) {
		walk_no_memory(&r->walk);
		return;
	}
	*f = *what;
	f->kind = keep(r, what->kind);
	f->id = keep(r, what->id);
	if (what->name.ptr != NULL)
		f->name = keep(r, what->name);
	if (what->version.ptr != NULL)
		f->version = keep(r, what->version);
	f->line = r->walk.line;
	f->column = r->walk.column;
	if (what->pointer.ptr == NULL)
		f->pointer = keep_pointer(r);
	f->next = NULL;
	if (list->last == NULL)
		list->first = f;
	else
		list->last->next = f;
	list->last = f;
}

struct cn_vex_statement *
statement_add(struct reading *r)
{
	struct cn_vex_statement *s = cn_arena_alloc(r->arena, 1, sizeof(*s));

	if (s == NULL) {
		walk_no_memory(&r->walk);
		return NULL;
	}
	s->line = r->walk.line;
	s->column = r->walk.column;
	if (r->last_statement == NULL)
		r->facts->statements = s;
	else
		r->last_statement->next = s;
	r->last_statement = s;
	r->facts->statement_count++;
	return s;
}
