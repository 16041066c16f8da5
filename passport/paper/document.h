/* How a document is put together. */
#ifndef PASSPORT_PAPER_DOCUMENT_H
#define PASSPORT_PAPER_DOCUMENT_H

#include <carnet/paper.h>

struct writer {
	struct cn_arena *arena;
	struct cn_paper *paper;
	struct cn_block **tail;
	const struct cn_record *passport;
	struct cn_slice lang; /* asked for */
	bool failed; /* memory ran out */
};

/* Append a block; texts are borrowed. */
struct cn_block *paper_put(
    struct writer *w, enum cn_block_kind kind, struct cn_slice text);
void paper_row(struct writer *w, const char *label, struct cn_slice text);
void paper_heading(struct writer *w, const char *text);
/* "ITEM is missing in the passport" */
void paper_missing(struct writer *w, const char *item);
/* A copy of a buffer's bytes in the arena; empties the buffer. */
struct cn_slice paper_keep(struct writer *w, struct cn_buf *buf);

#endif
