/*
 * What is concluded for one unit: does a recall concern it, and which run does
 * it belong to?
 */
#include <carnet/model.h>

/* ---- recalls --------------------------------------------------------------- */

static bool
digit_at(struct cn_slice text, size_t at)
{
	return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

/* The run of digits at *at without leading zeros; *at moves behind it. */
static struct cn_slice
number_at(struct cn_slice text, size_t *at)
{
	size_t from;

	while (digit_at(text, *at) && text.ptr[*at] == '0')
		++*at;
	from = *at;
	while (digit_at(text, *at))
		++*at;
	return cn_slice_sub(text, from, *at - from);
}

/*
 * Serial numbers of one length are compared bytewise, which for digits is the
 * order of numbers and also right for hexadecimal ones. Where lengths differ,
 * runs of digits are numbers: SN-9 comes before SN-10.
 */
static int
serial_cmp(struct cn_slice a, struct cn_slice b)
{
	size_t i = 0, j = 0;

	if (a.len == b.len)
		return cn_slice_cmp(a, b);
	while (i < a.len && j < b.len) {
		struct cn_slice x, y;
		int order;

		if (digit_at(a, i) && digit_at(b, j)) {
			x = number_at(a, &i);
			y = number_at(b, &j);
			if (x.len != y.len)
				return x.len < y.len ? -1 : 1;
		} else {
			x = cn_slice_sub(a, i++, 1);
			y = cn_slice_sub(b, j++, 1);
		}
		order = cn_slice_cmp(x, y);
		if (order != 0)
			return order;
	}
	return (i < a.len) - (j < b.len);
}

/* Between the two ends, in whichever order they were written. */
static bool
within(struct cn_slice serial, const struct cn_record *range)
{
	int from = serial_cmp(serial, cn_get_text(range, CN_SERIAL_RANGE_FROM));
	int to = serial_cmp(serial, cn_get_text(range, CN_SERIAL_RANGE_TO));

	return (from >= 0 && to <= 0) || (from <= 0 && to >= 0);
}

static bool
lot_listed(const struct cn_value *lots, struct cn_slice lot)
{
	for (; lots != NULL; lots = lots->next)
		if (cn_slice_eq(lots->as.text, lot))
			return true;
	return false;
}

enum cn_concerned
cn_recall_concerns(
    const struct cn_record *recall, struct cn_slice lot, struct cn_slice serial)
{
	const struct cn_value *lots = cn_get(recall, CN_RECALL_LOTS);
	const struct cn_value *ranges = cn_get(recall, CN_RECALL_SERIALS);

	if (lots == NULL && ranges == NULL)
		return CN_CONCERNED;
	if (lot.len > 0 && lot_listed(lots, lot))
		return CN_CONCERNED;
	if (serial.len > 0)
		for (const struct cn_value *r = ranges; r != NULL; r = r->next)
			if (within(serial, r->as.record))
				return CN_CONCERNED;
	if ((lots != NULL && lot.len == 0) ||
	    (ranges != NULL && serial.len == 0))
		return CN_LOOK_AT_LOT;
	return CN_NOT_CONCERNED;
}

/* ---- runs ------------------------------------------------------------------ */

static const struct cn_record *
newest(const struct cn_value *runs)
{
	const struct cn_record *best = NULL;

	for (; runs != NULL; runs = runs->next) {
		const struct cn_record *run = runs->as.record;

		/* ISO 8601 dates sort as text. */
		if (best == NULL ||
		    cn_slice_cmp(cn_get_text(run, CN_RUN_PLACED_FROM),
			cn_get_text(best, CN_RUN_PLACED_FROM)) >= 0)
			best = run;
	}
	return best;
}

const struct cn_record *
cn_run_of(const struct cn_record *passport, struct cn_slice id,
    struct cn_slice lot, bool *known)
{
	const struct cn_value *runs = cn_get(passport, CN_F_RUNS), *v;
	bool ignored;

	if (known == NULL)
		known = &ignored;
	*known = true;
	for (v = runs; v != NULL && id.len > 0; v = v->next)
		if (cn_slice_eq(cn_get_text(v->as.record, CN_RUN_ID), id))
			return v->as.record;
	for (v = runs; v != NULL && lot.len > 0; v = v->next)
		if (lot_listed(cn_get(v->as.record, CN_RUN_LOTS), lot))
			return v->as.record;
	*known = false;
	return newest(runs);
}
