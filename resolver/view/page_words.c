/*
 * Pages of words: what this site is, and what went wrong.
 */
#include "pages.h"

static enum cn_code
hand_over(struct rs_prepared *made, struct cn_buf *out, struct cn_error *err)
{
	cn_buf_put(out, cn_buf_slice(&made->html));
	rs_prepared_free(made);
	return cn_buf_code(out, err);
}

static size_t
issuer_count(const struct cn_issuer *issuer)
{
	size_t n = 0;

	for (; issuer != NULL; issuer = issuer->next)
		n++;
	return n;
}

enum cn_code
rs_view_home(const struct rs_pages *pages, const struct rs_home *home,
    struct cn_buf *out, struct cn_error *err)
{
	const struct cn_issuer *issuer = home->trust == NULL
					     ? NULL
					     : cn_trust_issuers(home->trust);
	struct rs_home_page page = { .versions = home->versions };
	struct rs_making m;
	struct rs_prepared made;
	struct rs_item *items;
	size_t n = 0;
	enum cn_code code = rs_making_begin(&m, pages, home->lang, err);

	if (code != CN_OK)
		return code;
	items = rs_pen_alloc(&m.pen, issuer_count(issuer), sizeof(*items));
	for (; issuer != NULL && items != NULL; issuer = issuer->next) {
		items[n].text = issuer->name.len > 0 ? issuer->name
						     : issuer->iss;
		items[n++].href = issuer->iss;
	}
	page.head = m.heads;
	page.issuers = (struct rs_list){ items, n };
	page.none = n == 0;
	code = rs_making_render(&m, RS_PART_HOME, &page, &made, err);
	rs_making_end(&m);
	return code == CN_OK ? hand_over(&made, out, err) : code;
}

/* Which sentence belongs to a status. */
static void
sort_trouble(struct rs_trouble_page *page)
{
	page->choose = page->status == 300;
	page->bad = page->status == 400;
	page->not_found = page->status == 404;
	page->failed = page->status >= 500;
	page->refused = !page->choose && !page->bad && !page->not_found &&
			!page->failed;
}

enum cn_code
rs_view_trouble(const struct rs_pages *pages, const struct rs_trouble *trouble,
    struct cn_buf *out, struct cn_error *err)
{
	struct rs_trouble_page page = { .status = trouble->status,
		.reason = trouble->reason };
	struct rs_making m;
	struct rs_prepared made;
	struct rs_item *items;
	enum cn_code code = rs_making_begin(&m, pages, trouble->lang, err);

	if (code != CN_OK)
		return code;
	items = rs_pen_alloc(&m.pen, trouble->choice_count, sizeof(*items));
	for (size_t i = 0; i < trouble->choice_count && items != NULL; i++)
		items[i] = (struct rs_item){ trouble->choices[i].title,
			trouble->choices[i].lang, trouble->choices[i].href };
	page.head = m.heads;
	page.choices = (struct rs_list){ items, trouble->choice_count };
	sort_trouble(&page);
	code = rs_making_render(&m, RS_PART_TROUBLE, &page, &made, err);
	rs_making_end(&m);
	return code == CN_OK ? hand_over(&made, out, err) : code;
}
