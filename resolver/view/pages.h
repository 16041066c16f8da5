/*
 * All pages together: templates, languages, assets; and one page being made.
 * Private to page*.c.
 */
#ifndef RESOLVER_PAGES_H
#define RESOLVER_PAGES_H

#include "assets.h"
#include "page.h"

/* The templates; the first three are pages. */
enum rs_page_part {
	RS_PART_PASSPORT,
	RS_PART_HOME,
	RS_PART_TROUBLE,
	RS_PART_ROW,
	RS_PART_VALUE,
	RS_PART_WORDS,
	RS_PART_TOP,
	RS_PARTS
};

/* The official languages of the Union. */
#define RS_LANGUAGES 24

/* Ceiling of one page, bytes. */
#define RS_PAGE_MAX (8u << 20)

struct rs_pages {
	struct cn_arena *arena;
	struct rs_assets *assets;
	struct cn_slice sources[RS_PARTS];
	struct rs_locale *locales[RS_LANGUAGES];
	const struct rs_template *templates[RS_LANGUAGES][RS_PARTS];
	size_t locale_count;
};

/* One page being made: its language, its arena, the list of its one head. Does
 * not move while the page is made. */
struct rs_making {
	const struct rs_pages *pages;
	const struct rs_template *const *templates;
	struct cn_arena *arena;
	struct rs_head head;
	struct rs_list heads;
	struct rs_pen pen;
};

/* A failure leaves nothing to end. */
CN_MUST_USE enum cn_code rs_making_begin(struct rs_making *m,
    const struct rs_pages *pages, struct cn_slice lang, struct cn_error *err);
/* Renders; a failure leaves html and marks empty. */
CN_MUST_USE enum cn_code rs_making_render(struct rs_making *m,
    enum rs_page_part part, const void *data, struct rs_prepared *out,
    struct cn_error *err);
void rs_making_end(struct rs_making *m);

#endif
