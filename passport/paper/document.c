#include "document.h"

struct cn_block *
paper_put(struct writer *w, enum cn_block_kind kind, struct cn_slice text)
{
	struct cn_block *block = cn_arena_alloc(w->arena, 1, sizeof(*block));

	if (block == NULL) {
		w->failed = true;
		return NULL;
	}
	block->kind = kind;
	block->text = text;
	*w->tail = block;
	w->tail = &block->next;
	return block;
}

void
paper_row(struct writer *w, const char *label, struct cn_slice text)
{
	struct cn_block *block;

	if (text.len == 0)
		return;
	block = paper_put(w, CN_BLOCK_ROW, text);
	if (block != NULL)
		block->label = cn_slice_str(label);
}

void
paper_heading(struct writer *w, const char *text)
{
	(void)paper_put(w, CN_BLOCK_HEADING, cn_slice_str(text));
}

void
paper_missing(struct writer *w, const char *item)
{
	struct cn_slice text = cn_arena_printf(
	    w->arena, "%s is missing in the passport", item);

	if (text.ptr == NULL)
		w->failed = true;
	else if (paper_put(w, CN_BLOCK_MISSING, text) != NULL)
		w->paper->missing++;
}

struct cn_slice
paper_keep(struct writer *w, struct cn_buf *buf)
{
	struct cn_slice kept = cn_arena_copy(w->arena, cn_buf_slice(buf));

	if (kept.ptr == NULL || buf->code != CN_OK)
		w->failed = true;
	cn_buf_reset(buf);
	return kept;
}
