/* Support and update periods of the CRA, run by run. (CRA 13(8), 13(9)) */
#include "check.h"

#define FLOOR_YEARS 5
#define UPDATE_YEARS 10

static const struct cn_record *
facts(const struct judge *judge)
{
	return cn_get_record(judge->in->descriptor->record, CN_F_ASSESSMENT);
}

/* The last day on which units of the run are placed, as far as is stated. */
static bool
last_placing(const struct cn_record *run, struct cn_date *out)
{
	return cn_date_parse(cn_get_text(run, CN_RUN_PLACED_UNTIL), out) ||
	       cn_date_parse(cn_get_text(run, CN_RUN_PLACED_FROM), out);
}

/* Does the run's support last that long after its last placing? The end is
 * told as a month and holds to its last day. */
static bool
lasts(const struct cn_record *run, uint64_t years)
{
	struct cn_date placed, end;

	if (!last_placing(run, &placed) ||
	    !cn_month_parse(cn_get_text(run, CN_RUN_SUPPORT_END), &end))
		return true; /* what cannot be read has its finding */
	placed = cn_date_add_months(placed, (int)years * 12);
	return cn_date_day(end) >= cn_date_day(placed);
}

static uint64_t
expected_use(const struct judge *judge)
{
	return cn_get_number(facts(judge), CN_ASSESSMENT_EXPECTED_USE_YEARS, 0);
}

void
check_support_least(const struct judge *judge)
{
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_RUNS);
	uint64_t use = expected_use(judge);
	uint64_t least = use > 0 && use < FLOOR_YEARS ? use : FLOOR_YEARS;

	if (!judge_cra(judge))
		return;
	for (; v != NULL; v = v->next)
		if (!lasts(v->as.record, least))
			judge_at(judge,
			    cn_get(v->as.record, CN_RUN_SUPPORT_END),
			    "support must last at least %llu years after the "
			    "last unit of this run is placed on the market",
			    (unsigned long long)least);
}

/* Longer expected use does not raise the minimum: it asks for the reason. */
void
check_support_rationale(const struct judge *judge)
{
	const struct cn_record *record = judge->in->descriptor->record;
	const struct cn_value *v = cn_get(record, CN_F_RUNS);
	uint64_t use = expected_use(judge);

	if (!judge_cra(judge) || use <= FLOOR_YEARS || use > 100 ||
	    cn_get_text(record, CN_F_SUPPORT_PERIOD_RATIONALE).len > 0)
		return;
	for (; v != NULL; v = v->next)
		if (!lasts(v->as.record, use))
			judge_at(judge,
			    cn_get(v->as.record, CN_RUN_SUPPORT_END),
			    "the product is expected to be in use for %llu "
			    "years: write why support is shorter in "
			    "support.support_period_rationale",
			    (unsigned long long)use);
}

/* CRA 13(9): ten years after it was issued, or the rest of the support period
 * where that is longer (of the newest run). */
void
check_update_period(const struct judge *judge)
{
	const struct cn_record *record = judge->in->descriptor->record;
	const struct cn_record *run = cn_run_of(
	    record, CN_SLICE_NONE, CN_SLICE_NONE, NULL);
	const struct cn_value *v = cn_get(record, CN_F_SECURITY_UPDATES);
	struct cn_date issued, until, end;
	cn_day least;

	if (!judge_cra(judge))
		return;
	for (; v != NULL; v = v->next) {
		const struct cn_value *told = cn_get(
		    v->as.record, CN_SECURITY_UPDATE_AVAILABLE_UNTIL);

		if (told == NULL || !cn_date_parse(told->as.text, &until) ||
		    !cn_date_parse(
			cn_get_text(v->as.record, CN_SECURITY_UPDATE_ISSUED),
			&issued))
			continue;
		least = cn_date_day(
		    cn_date_add_months(issued, UPDATE_YEARS * 12));
		if (cn_month_parse(
			cn_get_text(run, CN_RUN_SUPPORT_END), &end) &&
		    cn_date_day(end) > least)
			least = cn_date_day(end);
		if (cn_date_day(until) < least) {
			char day[11];

			cn_date_print(cn_day_date(least), day);
			judge_at(judge, told,
			    "this update must stay available until %s at "
			    "least",
			    day);
		}
	}
}
