/*
 * Support, updates and reporting: minimum periods and due times. (CRA 13(8),
 * 13(9), 14)
 *
 * Article 14 is counted exactly: 24 and 72 hours from awareness, 14 days after
 * the corrective measure, one calendar month after the notification. Regulation
 * (EEC, Euratom) No 1182/71 can only lengthen these: this is the safe clock.
 */
#include "engine.h"

#define SUPPORT_FLOOR_YEARS 5
#define UPDATE_YEARS 10
#define HOUR 3600

/* ---- support ---------------------------------------------------------------------------- */

static bool
support_asked(const struct weigh *w)
{
	return !answered(w, CN_V_CRA_APPLIES, APPLIES_NO);
}

static bool
shorter_use(const struct weigh *w)
{
	return cn_get_number(w->facts, CN_ASSESSMENT_EXPECTED_USE_YEARS,
		   SUPPORT_FLOOR_YEARS) < SUPPORT_FLOOR_YEARS;
}

static uint64_t
minimum(const struct weigh *w)
{
	return shorter_use(w)
		   ? cn_get_number(w->facts, CN_ASSESSMENT_EXPECTED_USE_YEARS,
			 SUPPORT_FLOOR_YEARS)
		   : SUPPORT_FLOOR_YEARS;
}

static const struct rule r_shorter = { "support.expected-use", ALWAYS, NULL, 0,
	"CRA 13(8)",
	"it is expected to be in use for less than five years: the support "
	"period is that time",
	NULL };
static const struct rule r_floor = { "support.five-years", ALWAYS, NULL, 0,
	"CRA 13(8)", "the support period is at least five years", NULL };
static const struct rule r_too_short = { "support.too-short", ALWAYS, NULL, 0,
	"CRA 13(8)", "the declared period is shorter than the least", NULL };
static const struct rule r_long_enough = { "support.long-enough", ALWAYS, NULL,
	0, "CRA 13(8)",
	"the declared period covers the least and the expected use", NULL };

/* Between the floor and the expected use nothing is asserted: the maker must
 * say why (a check asks for the rationale). */
static void
support(struct weigh *w)
{
	uint64_t least = minimum(w);
	uint64_t declared = cn_get_number(
	    w->facts, CN_ASSESSMENT_DECLARED_SUPPORT_YEARS, UINT64_MAX);
	uint64_t use = cn_get_number(
	    w->facts, CN_ASSESSMENT_EXPECTED_USE_YEARS, UINT64_MAX);

	if (!support_asked(w))
		return;
	weigh_answer(w, CN_V_MINIMUM_SUPPORT_YEARS,
	    shorter_use(w) ? &r_shorter : &r_floor)
	    ->number = least;
	if (declared == UINT64_MAX)
		return;
	if (declared < least)
		weigh_answer(w, CN_V_SUPPORT_PERIOD_COMPLIANT, &r_too_short)
		    ->number = 0;
	else if (use != UINT64_MAX && declared >= use)
		weigh_answer(w, CN_V_SUPPORT_PERIOD_COMPLIANT, &r_long_enough)
		    ->number = 1;
}

/* ---- updates ------------------------------------------------------------------------------ */

static const struct rule r_ten_years = { "updates.ten-years", ALWAYS, NULL, 0,
	"CRA 13(9)",
	"a security update stays available for ten years after it was issued",
	NULL };
static const struct rule r_rest = { "updates.support-period", ALWAYS, NULL, 0,
	"CRA 13(9)", "the rest of the support period is longer than ten years",
	NULL };

static void
updates(struct weigh *w)
{
	struct cn_date issued;
	cn_day until, end;

	if (!cn_date_parse(
		cn_get_text(w->facts, CN_ASSESSMENT_SECURITY_UPDATE_ISSUED),
		&issued))
		return;
	until = cn_date_day(cn_date_add_months(issued, UPDATE_YEARS * 12));
	if (fact_day(w, CN_ASSESSMENT_SUPPORT_PERIOD_END, &end) && end > until)
		weigh_answer(w, CN_V_UPDATE_AVAILABLE_UNTIL_AT_LEAST, &r_rest)
		    ->day = end;
	else
		weigh_answer(
		    w, CN_V_UPDATE_AVAILABLE_UNTIL_AT_LEAST, &r_ten_years)
		    ->day = until;
}

/* ---- reporting ------------------------------------------------------------------------------ */

static const struct rule r_report = { "report.required", ALWAYS, NULL, 0,
	"CRA 14(1), 14(3), 71(2)",
	"reported to the CSIRT and ENISA, also for products placed before the "
	"Act applies in full",
	NULL };
static const struct rule r_no_report = { "report.not-required", ALWAYS, NULL, 0,
	"CRA 2, 14, 71(2)",
	"Article 14 does not apply to it, or did not yet on that day", NULL };
static const struct rule r_24 = { "report.early-warning", ALWAYS, NULL, 0,
	"CRA 14(2)(a), 14(4)(a)", "24 hours after becoming aware", NULL };
static const struct rule r_72 = { "report.notification", ALWAYS, NULL, 0,
	"CRA 14(2)(b), 14(4)(b)", "72 hours after becoming aware", NULL };
static const struct rule r_14_days = { "report.final-vulnerability", ALWAYS,
	NULL, 0, "CRA 14(2)(c)",
	"14 days after a corrective or mitigating measure is available", NULL };
static const struct rule r_month = { "report.final-incident", ALWAYS, NULL, 0,
	"CRA 14(4)(c)", "one month after the notification was submitted",
	NULL };

static void
final_report(struct weigh *w)
{
	struct cn_date date;
	cn_day day;

	if (fact_choice(w, CN_ASSESSMENT_EVENT) ==
	    CN_REPORTING_EVENT_ACTIVELY_EXPLOITED_VULNERABILITY) {
		if (fact_day(
			w, CN_ASSESSMENT_CORRECTIVE_MEASURE_AVAILABLE_ON, &day))
			weigh_answer(w, CN_V_FINAL_REPORT_DUE_DATE, &r_14_days)
			    ->day = day + 14;
	} else if (cn_date_parse(cn_get_text(w->facts,
				     CN_ASSESSMENT_NOTIFICATION_SUBMITTED_ON),
		       &date)) {
		weigh_answer(w, CN_V_FINAL_REPORT_DUE_DATE, &r_month)->day =
		    cn_date_day(cn_date_add_months(date, 1));
	}
}

static void
reporting(struct weigh *w)
{
	cn_instant aware;

	if (!fact_stated(w, CN_ASSESSMENT_EVENT) ||
	    !cn_instant_parse(
		cn_get_text(w->facts, CN_ASSESSMENT_AWARE_AT), &aware))
		return;
	if (answered(w, CN_V_CRA_APPLIES, APPLIES_NO) ||
	    cn_instant_day(aware) < law_date_day(CRA_REPORTING)) {
		weigh_answer(w, CN_V_REPORTING_REQUIRED, &r_no_report)->number =
		    0;
		return;
	}
	weigh_answer(w, CN_V_REPORTING_REQUIRED, &r_report)->number = 1;
	weigh_answer(w, CN_V_EARLY_WARNING_DUE, &r_24)->instant = aware +
								  24 * HOUR;
	weigh_answer(w, CN_V_NOTIFICATION_DUE, &r_72)->instant = aware +
								 72 * HOUR;
	final_report(w);
}

void
weigh_clocks(struct weigh *w)
{
	support(w);
	updates(w);
	reporting(w);
}
