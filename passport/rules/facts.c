#include "engine.h"

/* Facts typed bool whose default is true (VOCABULARY: product and CRA). */
static bool
true_by_default(unsigned row)
{
	return row == CN_ASSESSMENT_COMMERCIAL_ACTIVITY ||
	       row == CN_ASSESSMENT_DATA_CONNECTION;
}

bool
fact_stated(const struct weigh *w, unsigned row)
{
	return cn_get(w->facts, row) != NULL;
}

bool
fact(const struct weigh *w, unsigned row)
{
	const struct cn_value *value = cn_get(w->facts, row);

	return value == NULL ? true_by_default(row) : value->as.number != 0;
}

enum truth
fact_truth(const struct weigh *w, unsigned row)
{
	const struct cn_value *value = cn_get(w->facts, row);

	if (value == NULL)
		return UNKNOWN;
	return value->as.number != 0 ? YES : NO;
}

/* The first of a list is the default, but for the kind of product. */
uint64_t
fact_choice(const struct weigh *w, unsigned row)
{
	const struct cn_value *value = cn_get(w->facts, row);

	if (value != NULL)
		return value->as.number;
	return row == CN_ASSESSMENT_PRODUCT_KIND
		   ? CN_PRODUCT_KIND_HARDWARE_SOFTWARE
		   : 0;
}

bool
fact_day(const struct weigh *w, unsigned row, cn_day *out)
{
	struct cn_date date;

	if (!cn_date_parse(cn_get_text(w->facts, row), &date))
		return false;
	*out = cn_date_day(date);
	return true;
}
