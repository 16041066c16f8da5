/*
 * Paper: the EU declaration of conformity as a document, and documents as HTML,
 * plain text and PDF.
 *
 * A document says only what the passport says. What the law asks for and the
 * passport lacks stands in it as a block of its own, by name.
 */
#ifndef CARNET_PAPER_H
#define CARNET_PAPER_H

#include <carnet/model.h>

/* Ceiling of one document in bytes. */
#define CN_MAX_PAPER (16u << 20)

enum cn_block_kind {
	CN_BLOCK_TITLE,
	CN_BLOCK_HEADING,
	CN_BLOCK_TEXT,
	CN_BLOCK_ROW, /* label and text */
	CN_BLOCK_MISSING /* what the passport lacks */
};

struct cn_block {
	enum cn_block_kind kind;
	struct cn_slice label; /* CN_BLOCK_ROW only */
	struct cn_slice text; /* UTF-8 */
	struct cn_slice lang; /* of the text; empty: of the document */
	struct cn_block *next;
};

struct cn_paper {
	struct cn_slice lang; /* of headings and labels */
	struct cn_slice title;
	struct cn_slice date; /* YYYY-MM-DD of issue, or empty */
	struct cn_block *first;
	size_t missing; /* blocks of that kind */
};

struct cn_paper_request {
	const struct cn_record *passport;
	struct cn_slice lang; /* asked for; empty: English */
	bool simplified; /* CRA Annex VI instead of CRA and AIA Annex V */
};

/* Makes the declaration; it lives in the arena and borrows from the passport.
 * CN_MEMORY is the only failure. */
CN_API CN_MUST_USE enum cn_code cn_declaration_make(
    const struct cn_paper_request *request, struct cn_arena *arena,
    struct cn_paper **out, struct cn_error *err);

/* Append a document: a whole HTML page that loads nothing; text of at most 78
 * columns, save for words that are longer. */
CN_API void cn_paper_html(const struct cn_paper *paper, struct cn_buf *out);
CN_API void cn_paper_text(const struct cn_paper *paper, struct cn_buf *out);
/* Appends a PDF of A4 pages with text that can be searched. CN_MEMORY,
 * CN_TOO_LARGE; CN_FILE where the drawing library fails. */
CN_API CN_MUST_USE enum cn_code cn_paper_pdf(
    const struct cn_paper *paper, struct cn_buf *out, struct cn_error *err);

#endif
