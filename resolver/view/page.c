/*
 * The page of a passport.
 */
#include "pages.h"

static struct rs_list
choice_items(struct rs_pen *pen, const struct cn_choices *choices)
{
	struct rs_choice_item *items = rs_pen_alloc(
	    pen, choices->count, sizeof(*items));

	if (items == NULL)
		return (struct rs_list){ NULL, 0 };
	for (size_t i = 0; i < choices->count; i++) {
		items[i].value = cn_slice_str(choices->values[i]);
		items[i].label = rs_locale_choice(pen->locale, choices, i);
	}
	return (struct rs_list){ items, choices->count };
}

static struct cn_slice
digest_text(struct rs_pen *pen, const struct cn_passport *passport)
{
	return rs_pen_hex(
	    pen, cn_slice_of(passport->digest, sizeof(passport->digest)));
}

/* What the script fetches: the passports of all levels, the nearest first. */
static struct rs_list
level_items(struct rs_pen *pen)
{
	const struct rs_view *view = pen->view;
	struct rs_level_item *items = rs_pen_alloc(
	    pen, view->level_count, sizeof(*items));

	for (size_t i = 0; i < view->level_count && items != NULL; i++) {
		const struct rs_level *level =
		    &view->levels[view->level_count - 1 - i];
		struct cn_slice id = rs_pen_encoded(pen, level->passport->sub);

		items[i].url =
		    cn_slice_starts(level->path, "/")
			? rs_pen_printf(pen, "/dpp%.*s", CN_FMT(level->path))
			: rs_pen_printf(pen, "/v1/dpps/%.*s", CN_FMT(id));
		items[i].versions_url = rs_pen_printf(
		    pen, "/v1/dpps/%.*s/versions", CN_FMT(id));
		items[i].digest = digest_text(pen, level->passport);
		items[i].version = level->passport->version;
	}
	return (struct rs_list){ items, items == NULL ? 0 : view->level_count };
}

/* A picture from this host only: others would learn who looks. */
static void
tell_image(struct rs_pen *pen, struct rs_page *page)
{
	const struct rs_view *view = pen->view;
	const struct cn_record *image = cn_get_record(view->merged, CN_F_IMAGE);
	struct cn_slice url = cn_get_text(image, CN_MEDIA_URL);
	struct cn_slice path = cn_slice_sub(
	    url, view->public_url.len, SIZE_MAX);
	const struct cn_value *alt = cn_get(image, CN_MEDIA_ALT);

	if (view->public_url.len == 0 || alt == NULL ||
	    !cn_slice_eq(
		cn_slice_sub(url, 0, view->public_url.len), view->public_url) ||
	    !cn_slice_starts(path, "/"))
		return;
	page->image_href = path;
	page->image_alt = rs_pen_texts(pen, alt->as.texts).text;
}

/* What it is for; a text that is an address says nothing here. */
static void
tell_purpose(struct rs_pen *pen, struct rs_page *page)
{
	const struct cn_value *purpose = cn_get(
	    pen->view->merged, CN_F_INTENDED_PURPOSE);
	struct rs_item item = rs_pen_texts(
	    pen, purpose == NULL ? NULL : purpose->as.texts);

	if (item.href.len > 0)
		return;
	page->purpose = item.text;
	page->purpose_lang = item.lang;
}

static void
tell_identity(struct rs_pen *pen, struct rs_page *page)
{
	const struct rs_view *view = pen->view;
	const struct cn_passport *nearest = rs_view_nearest(view)->passport;
	struct cn_slice id = rs_pen_encoded(pen, nearest->sub);

	page->product = cn_get_text(view->merged, CN_F_MODEL_TYPE);
	page->maker = cn_get_text(
	    cn_get_record(view->merged, CN_F_MANUFACTURER), CN_OPERATOR_NAME);
	if (page->maker.len == 0)
		page->maker = view->issuer_name;
	page->subject = nearest->sub;
	page->digest = digest_text(pen, nearest);
	page->version = nearest->version;
	page->public_url = view->public_url;
	page->serial_known = view->serial.len > 0;
	page->lot_known = view->lot.len > 0;
	page->unit_known = page->serial_known || page->lot_known;
	page->history_href = rs_pen_printf(
	    pen, "/v1/dpps/%.*s/versions", CN_FMT(id));
	page->bytes_href = rs_pen_printf(pen, "/v1/dpps/%.*s/versions/%.*s",
	    CN_FMT(id), CN_FMT(page->digest));
	page->json_href = rs_pen_printf(pen, "/v1/dpps/%.*s", CN_FMT(id));
	tell_purpose(pen, page);
	tell_image(pen, page);
}

enum cn_code
rs_page_prepare(const struct rs_pages *pages, const struct rs_view *view,
    struct rs_prepared *out, struct cn_error *err)
{
	struct rs_page page = { .product = CN_SLICE_NONE };
	struct rs_making m;
	struct rs_pen *pen = &m.pen;
	enum cn_code code = rs_making_begin(&m, pages, view->lang, err);

	cn_buf_init(&out->html, RS_PAGE_MAX);
	if (code != CN_OK)
		return code;
	pen->view = view;
	page.head = m.heads;
	tell_identity(pen, &page);
	rs_page_state(pen, &page);
	rs_page_todo(pen, &page);
	rs_page_facts(pen, &page.facts);
	rs_page_sections(pen, &page);
	rs_page_history(pen, &page);
	page.levels = level_items(pen);
	page.classes = choice_items(pen, &cn_choices_cra_class);
	page.ai_states = choice_items(pen, &cn_choices_ai_status);
	page.procedure_names = choice_items(
	    pen, &cn_choices_cra_cybersecurity_procedure);
	code = rs_making_render(&m, RS_PART_PASSPORT, &page, out, err);
	rs_making_end(&m);
	return code;
}

void
rs_prepared_free(struct rs_prepared *prepared)
{
	cn_buf_free(&prepared->html);
	prepared->marks.count = 0;
}

void
rs_page_fill(const struct rs_prepared *prepared, const struct rs_view *view,
    struct cn_buf *out)
{
	struct cn_slice values[RS_MARK_COUNT] = {
		[RS_MARK_SERIAL] = view->serial, [RS_MARK_LOT] = view->lot
	};

	rs_marks_fill(
	    cn_buf_slice(&prepared->html), &prepared->marks, values, out);
}

bool
rs_page_serial_matters(const struct rs_view *view)
{
	for (const struct cn_value *v = cn_get(view->merged, CN_F_RECALLS);
	     v != NULL; v = v->next)
		if (cn_get(v->as.record, CN_RECALL_SERIALS) != NULL)
			return true;
	return false;
}

enum cn_code
rs_view_html(const struct rs_pages *pages, const struct rs_view *view,
    struct cn_buf *out, struct cn_error *err)
{
	struct rs_prepared prepared;
	enum cn_code code = rs_page_prepare(pages, view, &prepared, err);

	if (code != CN_OK)
		return code;
	rs_page_fill(&prepared, view, out);
	rs_prepared_free(&prepared);
	return cn_buf_code(out, err);
}
