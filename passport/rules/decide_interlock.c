/*
 * The bridge: when are the AI Act's cybersecurity requirements deemed met?
 * (CRA 12(1); AIA 15, 42)
 */
#include "engine.h"

static bool
not_high_risk(const struct weigh *w)
{
	return !is_high_risk(w);
}

/* The three statements on which "deemed" rests; all are the maker's. */
static bool
three_statements(const struct weigh *w)
{
	return fact_truth(w, CN_ASSESSMENT_CRA_ANNEX_I_PART_I_MET) == YES &&
	       fact_truth(w, CN_ASSESSMENT_CRA_ANNEX_I_PART_II_MET) == YES &&
	       fact_truth(w, CN_ASSESSMENT_CRA_DOC_DEMONSTRATES_ART15_LEVEL) ==
		   YES;
}

static bool
deemed(const struct weigh *w)
{
	return cra_full(w) && three_statements(w);
}

/* Placed between 2 and 10 December 2027: the system is high-risk, the CRA does
 * not fully apply yet, and the maker already declares under it. */
static bool
declared_early(const struct weigh *w)
{
	return answered(w, CN_V_CRA_APPLIES, APPLIES_REPORTING) &&
	       three_statements(w);
}

static bool
certified(const struct weigh *w)
{
	return fact(w, CN_ASSESSMENT_CSA_CERTIFICATE_AI_ART42_2);
}

static uint32_t
deemed_or_not(const struct weigh *w)
{
	(void)w;
	return UINT32_C(1) << A15_DEEMED | UINT32_C(1) << A15_DEMONSTRATE;
}

static const struct question q_early = {
	"Does a CRA declaration issued before 11 December 2027 carry the "
	"presumption of CRA 12(1)?",
	"CRA 12(1), 71(2)", deemed_or_not
};

static const struct rule cybersecurity[] = {
	{ "art15.not-high-risk", ALWAYS, not_high_risk, A15_NOT_APPLICABLE,
	    "AIA 15", "no high-risk system whose rules apply", NULL },
	{ "art15.deemed", CRA_APPLIES, deemed, A15_DEEMED,
	    "CRA 12(1); AIA 42(3)",
	    "the maker states that both parts of the CRA's Annex I are met "
	    "and that the declaration demonstrates the level",
	    NULL },
	{ "art15.certified", ALWAYS, certified, A15_PRESUMED, "AIA 42(2)",
	    "a cybersecurity certificate covers the requirements of Article "
	    "15",
	    NULL },
	{ "art15.early", ALWAYS, declared_early, OPEN, "CRA 12(1), 71(2)",
	    "a declaration under the CRA before it fully applies", &q_early },
	{ "art15.demonstrate", ALWAYS, NULL, A15_DEMONSTRATE,
	    "AIA 15; CRA 12(1)",
	    "one of the three statements of CRA 12(1) is missing or unknown, "
	    "or the CRA does not apply",
	    NULL },
};

static const struct rule accuracy[] = {
	{ "accuracy.not-high-risk", ALWAYS, not_high_risk, 1, "AIA 15",
	    "no high-risk system whose rules apply", NULL },
	{ "accuracy.demonstrate", ALWAYS, NULL, 0,
	    "AIA 15; CRA 12(1) opening words",
	    "the presumption is about cybersecurity: accuracy and robustness "
	    "always have to be shown",
	    NULL },
};

static bool
can_tell(const struct weigh *w)
{
	return w->verdict->of[CN_V_AI_STATUS].reached;
}

const struct decision interlock_decisions[] = {
	{ CN_V_AI_ART15_CYBERSECURITY, can_tell, RULES(cybersecurity) },
	{ CN_V_AI_ART15_ACCURACY_ROBUSTNESS, can_tell, RULES(accuracy) },
};
const size_t interlock_count = sizeof(interlock_decisions) /
			       sizeof(interlock_decisions[0]);
