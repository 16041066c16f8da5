/* Runs of units, their support, recalls and updates: dates that must fit. */
#include "check.h"

void
check_run_ids(const struct judge *judge)
{
	const struct cn_value *first = cn_get(
	    judge->in->descriptor->record, CN_F_RUNS);

	for (const struct cn_value *a = first; a != NULL; a = a->next)
		for (const struct cn_value *b = first; b != a; b = b->next)
			if (cn_slice_eq(cn_get_text(a->as.record, CN_RUN_ID),
				cn_get_text(b->as.record, CN_RUN_ID)))
				judge_at(judge, cn_get(a->as.record, CN_RUN_ID),
				    "two runs are called \"%.*s\"",
				    CN_FMT(
					cn_get_text(a->as.record, CN_RUN_ID)));
}

static bool
day_of(const struct cn_record *record, unsigned row, cn_day *out)
{
	struct cn_slice text = cn_get_text(record, row);
	struct cn_date date;

	if (!cn_date_parse(text, &date) && !cn_month_parse(text, &date))
		return false;
	*out = cn_date_day(date);
	return true;
}

void
check_run_dates(const struct judge *judge)
{
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_RUNS);
	cn_day from, until, end;

	for (; v != NULL; v = v->next) {
		const struct cn_record *run = v->as.record;

		if (!day_of(run, CN_RUN_PLACED_FROM, &from))
			continue;
		if (!day_of(run, CN_RUN_PLACED_UNTIL, &until))
			until = from;
		if (until < from)
			judge_at(judge, cn_get(run, CN_RUN_PLACED_UNTIL),
			    "the run ends before it begins");
		if (day_of(run, CN_RUN_SUPPORT_END, &end) && end < until)
			judge_at(judge, cn_get(run, CN_RUN_SUPPORT_END),
			    "units would be placed on the market after their "
			    "support has ended");
	}
}

/* The run of that id, or NULL. */
static const struct cn_record *
run_called(const struct cn_record *passport, struct cn_slice id)
{
	const struct cn_value *v = cn_get(passport, CN_F_RUNS);

	for (; v != NULL; v = v->next)
		if (cn_slice_eq(cn_get_text(v->as.record, CN_RUN_ID), id))
			return v->as.record;
	return NULL;
}

/* What was promised for units already placed is not taken back. */
void
check_run_shortened(const struct judge *judge)
{
	const struct cn_value *v = cn_get(judge->in->previous, CN_F_RUNS);
	cn_day placed, then, now;

	for (; v != NULL; v = v->next) {
		const struct cn_record *before = v->as.record, *after;
		struct cn_slice id = cn_get_text(before, CN_RUN_ID);

		if (!day_of(before, CN_RUN_PLACED_FROM, &placed) ||
		    placed > judge->in->at)
			continue;
		after = run_called(judge->in->descriptor->record, id);
		if (after == NULL)
			judge_at(judge,
			    cn_get(judge->in->descriptor->record, CN_F_RUNS),
			    "the run \"%.*s\" of the version before is "
			    "missing; "
			    "its units are on the market",
			    CN_FMT(id));
		else if (day_of(before, CN_RUN_SUPPORT_END, &then) &&
			 day_of(after, CN_RUN_SUPPORT_END, &now) && now < then)
			judge_at(judge, cn_get(after, CN_RUN_SUPPORT_END),
			    "the version before promised support until %.*s "
			    "for units of this run, which are on the market",
			    CN_FMT(cn_get_text(before, CN_RUN_SUPPORT_END)));
	}
}

void
check_update_dates(const struct judge *judge)
{
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_SECURITY_UPDATES);
	cn_day issued, until;

	for (; v != NULL; v = v->next) {
		const struct cn_record *update = v->as.record;

		if (!day_of(update, CN_SECURITY_UPDATE_ISSUED, &issued))
			continue;
		if (issued > judge->in->at)
			judge_at(judge,
			    cn_get(update, CN_SECURITY_UPDATE_ISSUED),
			    "an update cannot be issued in the future");
		if (day_of(
			update, CN_SECURITY_UPDATE_AVAILABLE_UNTIL, &until) &&
		    until < issued)
			judge_at(judge,
			    cn_get(update, CN_SECURITY_UPDATE_AVAILABLE_UNTIL),
			    "the update would be withdrawn before it is "
			    "issued");
	}
}

static bool
all_digits(struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return true;
}

/* Serials of one length compare digit by digit; others have no order that a
 * reader could agree on. */
static void
check_range(const struct judge *judge, const struct cn_value *range)
{
	struct cn_slice from = cn_get_text(
	    range->as.record, CN_SERIAL_RANGE_FROM);
	struct cn_slice to = cn_get_text(range->as.record, CN_SERIAL_RANGE_TO);

	if (to.len == 0)
		return;
	if (all_digits(from) && all_digits(to) && from.len != to.len)
		judge_at(judge, range,
		    "serial numbers of different length have no order: write "
		    "one range for each length");
	else if (cn_slice_cmp(from, to) > 0)
		judge_at(judge, range, "the range ends before it begins");
}

void
check_recall_ranges(const struct judge *judge)
{
	const struct cn_value *recall = cn_get(
	    judge->in->descriptor->record, CN_F_RECALLS);

	for (; recall != NULL; recall = recall->next) {
		const struct cn_value *range = cn_get(
		    recall->as.record, CN_RECALL_SERIALS);

		for (; range != NULL; range = range->next)
			check_range(judge, range);
	}
}
