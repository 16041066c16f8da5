/*
 * The first screen: what state the product is in, and what to do now.
 */
#include "page_data.h"

/* Support that ends within so many months is told in another tone. */
#define SOON_MONTHS 6

/* ---- support ---------------------------------------------------------------- */

static int
months_between(struct cn_date from, struct cn_date to)
{
	return (to.year - from.year) * 12 + to.month - from.month;
}

/* The time between first placing and end of support, in thousandths. */
static void
measure(const struct rs_view *view, struct cn_slice from, struct cn_date end,
    struct rs_state *state)
{
	cn_day now = cn_instant_day(view->now), last = cn_date_day(end);
	struct cn_date first;
	int64_t total, used;

	state->bar_left = state->support_over ? 0 : 1000;
	if (cn_date_parse(from, &first) && last > cn_date_day(first)) {
		total = last - cn_date_day(first);
		used = now - cn_date_day(first);
		if (used < 0)
			used = 0;
		if (used < total)
			state->bar_left = (uint64_t)((total - used) * 1000 /
						     total);
	}
	state->bar_used = 1000 - state->bar_left;
}

/* What is said about support, and until when; false where nothing is. */
static bool
tell_support(struct rs_pen *pen, struct rs_state *state)
{
	const struct rs_view *view = pen->view;
	bool known = false;
	const struct cn_record *run = cn_run_of(
	    view->merged, CN_SLICE_NONE, view->lot, &known);
	struct cn_slice month = run == NULL
				    ? cn_get_text(
					  view->merged, CN_F_SUPPORT_PERIOD_END)
				    : cn_get_text(run, CN_RUN_SUPPORT_END);
	struct cn_slice from = run == NULL
				   ? cn_get_text(
					 view->merged, CN_F_PLACED_ON_MARKET)
				   : cn_get_text(run, CN_RUN_PLACED_FROM);
	struct cn_date end, today = cn_day_date(cn_instant_day(view->now));
	int left;

	if (!cn_month_parse(month, &end))
		return false;
	left = months_between(today, end);
	state->support_over = left < 0;
	if (left > 0) {
		state->months_left = (uint64_t)left;
		state->years_left = (uint64_t)(left / 12);
		state->months_over = (uint64_t)(left % 12);
	}
	state->support_end = rs_pen_month(pen, month);
	state->support_from = rs_pen_month(pen, cn_slice_sub(from, 0, 7));
	state->run_known = known;
	state->run_newest = !known &&
			    rs_count(cn_get(view->merged, CN_F_RUNS)) > 1;
	measure(view, from, end, state);
	return true;
}

/* ---- the one sentence ---------------------------------------------------------- */

struct recall_count {
	size_t all, concerned, look;
};

static struct recall_count
count_recalls(const struct rs_view *view)
{
	struct recall_count n = { 0, 0, 0 };

	for (const struct cn_value *v = cn_get(view->merged, CN_F_RECALLS);
	     v != NULL; v = v->next) {
		enum cn_concerned c = cn_recall_concerns(
		    v->as.record, view->lot, view->serial);
		n.all++;
		n.concerned += c == CN_CONCERNED;
		n.look += c == CN_LOOK_AT_LOT;
	}
	return n;
}

/* The gravest first; true where one of them holds. */
static bool
tell_grave(const struct rs_view *view, struct rs_state *state)
{
	struct recall_count recalls = count_recalls(view);
	uint64_t status = cn_get_number(
	    view->merged, CN_F_PASSPORT_STATUS, CN_PASSPORT_STATUS_ACTIVE);

	if (recalls.concerned > 0)
		state->concerned = true;
	else if (recalls.look > 0)
		state->look_at_lot = true;
	else if (status == CN_PASSPORT_STATUS_RECALLED && recalls.all == 0)
		state->recalled = true;
	else if (status == CN_PASSPORT_STATUS_WITHDRAWN)
		state->withdrawn = true;
	else if (status == CN_PASSPORT_STATUS_OPERATOR_CEASED)
		state->ceased = true;
	else
		return false;
	state->also_withdrawn = status == CN_PASSPORT_STATUS_WITHDRAWN &&
				!state->withdrawn;
	return true;
}

void
rs_page_state(struct rs_pen *pen, struct rs_page *page)
{
	struct rs_state *state = &page->state;
	bool stated = tell_support(pen, state);
	uint64_t status = cn_get_number(
	    pen->view->merged, CN_F_PASSPORT_STATUS, CN_PASSPORT_STATUS_ACTIVE);

	state->grave = tell_grave(pen->view, state);
	/* The maker may end support before the month that was stated. */
	if (status == CN_PASSPORT_STATUS_OUT_OF_SUPPORT)
		state->support_over = true;
	if (!state->grave) {
		state->unstated = !stated;
		state->ended = stated && state->support_over;
		state->supported = stated && !state->support_over;
	}
	if (state->support_over) {
		state->bar_left = 0;
		state->bar_used = 1000;
	}
	state->bar_tone = cn_slice_str(
	    !state->support_over && state->months_left >= SOON_MONTHS ? "good"
								      : "warn");
	state->tone = state->bar_tone;
	if (state->grave || state->unstated)
		state->tone = CN_SLICE("warn");
	if (state->concerned || state->recalled)
		state->tone = CN_SLICE("bad");
}

/* ---- what to do now --------------------------------------------------------------- */

/* "L7, L8": the texts of a row with commas between, the rest counted. */
#define NAMED 12

static void
put_more(struct cn_buf *buf, size_t n)
{
	cn_buf_str(buf, n == 0 ? "" : ", ");
}

static struct cn_slice
lots_text(struct rs_pen *pen, const struct cn_value *lot)
{
	struct cn_buf buf;
	struct cn_slice text;
	size_t n = 0;

	cn_buf_init(&buf, 2048);
	for (; lot != NULL && n < NAMED; lot = lot->next) {
		put_more(&buf, n++);
		cn_buf_put(&buf, lot->as.text);
	}
	if (lot != NULL)
		cn_buf_str(&buf, " …");
	text = rs_pen_printf(pen, "%.*s", CN_FMT(cn_buf_slice(&buf)));
	cn_buf_free(&buf);
	return text;
}

static struct cn_slice
serials_text(struct rs_pen *pen, const struct cn_value *range)
{
	struct cn_buf buf;
	struct cn_slice text;
	size_t n = 0;

	cn_buf_init(&buf, 2048);
	for (; range != NULL && n < NAMED; range = range->next) {
		put_more(&buf, n++);
		cn_buf_put(
		    &buf, cn_get_text(range->as.record, CN_SERIAL_RANGE_FROM));
		cn_buf_str(&buf, " – ");
		cn_buf_put(
		    &buf, cn_get_text(range->as.record, CN_SERIAL_RANGE_TO));
	}
	if (range != NULL)
		cn_buf_str(&buf, " …");
	text = rs_pen_printf(pen, "%.*s", CN_FMT(cn_buf_slice(&buf)));
	cn_buf_free(&buf);
	return text;
}

static void
fill_recall(struct rs_pen *pen, const struct cn_record *recall,
    struct rs_recall_item *out)
{
	enum cn_concerned c = cn_recall_concerns(
	    recall, pen->view->lot, pen->view->serial);
	const struct cn_value *remedy = cn_get(recall, CN_RECALL_REMEDY);
	struct rs_item item = rs_pen_texts(
	    pen, remedy == NULL ? NULL : remedy->as.texts);

	out->concerned = c == CN_CONCERNED;
	out->look = c == CN_LOOK_AT_LOT;
	out->not_concerned = c == CN_NOT_CONCERNED;
	out->tone = cn_slice_str(out->concerned ? "bad"
				 : out->look    ? "warn"
						: "info");
	out->date = rs_pen_date(pen, cn_get_text(recall, CN_RECALL_DATE));
	out->remedy = item.text;
	out->lang = item.lang;
	out->lots = lots_text(pen, cn_get(recall, CN_RECALL_LOTS));
	out->serials = serials_text(pen, cn_get(recall, CN_RECALL_SERIALS));
	out->reference = cn_get_text(recall, CN_RECALL_SAFETY_GATE_REF);
}

/* Those that concern the unit first, then those that may, then the others. */
static struct rs_list
recall_items(struct rs_pen *pen)
{
	static const enum cn_concerned order[] = { CN_CONCERNED, CN_LOOK_AT_LOT,
		CN_NOT_CONCERNED };
	const struct cn_value *first = cn_get(pen->view->merged, CN_F_RECALLS);
	struct rs_recall_item *items = rs_pen_alloc(
	    pen, rs_count(first), sizeof(*items));
	size_t n = 0;

	if (items == NULL)
		return (struct rs_list){ NULL, 0 };
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		for (const struct cn_value *v = first; v != NULL; v = v->next)
			if (cn_recall_concerns(v->as.record, pen->view->lot,
				pen->view->serial) == order[i])
				fill_recall(pen, v->as.record, &items[n++]);
	return (struct rs_list){ items, n };
}

static struct rs_list
notice_items(struct rs_pen *pen)
{
	const struct cn_value *v = cn_get(pen->view->merged, CN_F_USER_NOTICES);
	struct rs_notice_item *items = rs_pen_alloc(
	    pen, rs_count(v), sizeof(*items));
	size_t n = 0;

	for (; v != NULL && items != NULL; v = v->next) {
		const struct cn_record *notice = v->as.record;
		const struct cn_value *measures = cn_get(
		    notice, CN_USER_NOTICE_MEASURES);
		struct rs_item item = rs_pen_texts(
		    pen, measures == NULL ? NULL : measures->as.texts);

		items[n].exploited = cn_get_number(notice, CN_USER_NOTICE_KIND,
					 CN_NOTICE_KIND_EXPLOITED) ==
				     CN_NOTICE_KIND_EXPLOITED;
		items[n].severe_incident = !items[n].exploited;
		items[n].date = rs_pen_date(
		    pen, cn_get_text(notice, CN_USER_NOTICE_ISSUED));
		items[n].text = item.text;
		items[n].lang = item.lang;
		items[n++].href = cn_get_text(notice, CN_USER_NOTICE_CSAF);
	}
	return (struct rs_list){ items, n };
}

static struct rs_list
warning_items(struct rs_pen *pen)
{
	const struct cn_value *v = cn_get(
	    pen->view->merged, CN_F_SAFETY_WARNINGS);
	struct rs_item *items = rs_pen_alloc(pen, rs_count(v), sizeof(*items));
	size_t n = 0;

	for (; v != NULL && items != NULL; v = v->next)
		items[n++] = rs_pen_texts(pen, v->as.texts);
	return (struct rs_list){ items, n };
}

void
rs_page_todo(struct rs_pen *pen, struct rs_page *page)
{
	page->recalls = recall_items(pen);
	page->notices = notice_items(pen);
	page->warnings = warning_items(pen);
	page->todo = page->recalls.count > 0 || page->notices.count > 0 ||
		     page->warnings.count > 0;
}
