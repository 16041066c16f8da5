/*
 * What is the AI in it, and what does the AI Act ask? (AIA 2, 5, 6, 43, 111)
 */
#include "engine.h"

/* ---- facts ---------------------------------------------------------------------- */

static bool
no_ai(const struct weigh *w)
{
	return !fact(w, CN_ASSESSMENT_AI_SYSTEM);
}

static struct cn_slice
practice(const struct weigh *w)
{
	return cn_get_text(w->facts, CN_ASSESSMENT_AI_PROHIBITED_PRACTICE);
}

/* Prohibitions that came with Regulation (EU) 2026/1744. */
static bool
new_practice(const struct weigh *w)
{
	return cn_slice_starts(practice(w), "5(1)(ba)") ||
	       cn_slice_starts(practice(w), "5(1)(bb)") ||
	       cn_slice_starts(practice(w), "5(1a)") ||
	       cn_slice_starts(practice(w), "5(1b)");
}

static bool
old_practice(const struct weigh *w)
{
	return practice(w).len > 0 && !new_practice(w);
}

static bool
in_section(const struct weigh *w, uint64_t section)
{
	return fact_choice(w, CN_ASSESSMENT_AI_ANNEX_I_SECTION) == section;
}

/* AIA 6(1): both conditions, and the third party for health or safety (6(1c):
 * other risks do not count). */
static bool
art_6_1(const struct weigh *w)
{
	return fact(w, CN_ASSESSMENT_AI_SAFETY_COMPONENT_OR_PRODUCT) &&
	       fact_choice(
		   w, CN_ASSESSMENT_AI_THIRD_PARTY_ASSESSMENT_REQUIRED) ==
		   CN_AI_THIRD_PARTY_HEALTH_SAFETY;
}

static bool
section_a(const struct weigh *w)
{
	return in_section(w, CN_AI_ANNEX_I_SECTION_A) && art_6_1(w);
}

static bool
section_b(const struct weigh *w)
{
	return in_section(w, CN_AI_ANNEX_I_SECTION_B) && art_6_1(w);
}

static struct cn_slice
annex_iii_point(const struct weigh *w)
{
	return cn_get_text(w->facts, CN_ASSESSMENT_AI_ANNEX_III_POINT);
}

static bool
annex_iii(const struct weigh *w)
{
	return annex_iii_point(w).len > 0;
}

/* "4(a)" is of point 4, not of point 40. */
static bool
of_point(const struct weigh *w, char point)
{
	struct cn_slice text = annex_iii_point(w);

	return text.len > 0 && text.ptr[0] == (uint8_t)point &&
	       (text.len == 1 || text.ptr[1] < '0' || text.ptr[1] > '9');
}

static bool
exempt(const struct weigh *w)
{
	return annex_iii(w) &&
	       fact_stated(w, CN_ASSESSMENT_AI_ART6_3_CONDITION) &&
	       !fact(w, CN_ASSESSMENT_AI_PERFORMS_PROFILING);
}

/* AIA 111(2): a unit of a type and model that was on the market before the
 * rules applied, its design not significantly changed; for public authorities
 * only until 2 August 2030. */
static bool
grandfathered(const struct weigh *w, enum law_date from)
{
	cn_day first;

	if (!fact_day(
		w, CN_ASSESSMENT_AI_MODEL_FIRST_PLACED_ON_MARKET, &first) ||
	    first >= law_date_day(from) ||
	    fact(w, CN_ASSESSMENT_AI_DESIGN_SIGNIFICANTLY_CHANGED))
		return false;
	return !fact(w, CN_ASSESSMENT_AI_FOR_PUBLIC_AUTHORITIES) ||
	       w->placed < law_date_day(AIA_AUTHORITIES);
}

static bool
old_model_a(const struct weigh *w)
{
	return section_a(w) && grandfathered(w, AIA_ANNEX_I) &&
	       (!annex_iii(w) || exempt(w) || grandfathered(w, AIA_ANNEX_III));
}

static bool
old_model_iii(const struct weigh *w)
{
	return annex_iii(w) && grandfathered(w, AIA_ANNEX_III);
}

static bool
high_risk_by_kind(const struct weigh *w)
{
	return section_a(w) || annex_iii(w);
}

/* ---- status --------------------------------------------------------------------- */

static const struct rule status[] = {
	{ "ai.none", ALWAYS, no_ai, CN_AI_STATUS_NOT_AI_SYSTEM, "AIA 3(1)",
	    "it contains no AI system", NULL },
	{ "ai.prohibited", AIA_PROHIBITIONS, old_practice,
	    CN_AI_STATUS_PROHIBITED, "AIA 5, 113(a)",
	    "the practice is prohibited, whatever the conformity of the rest",
	    NULL },
	{ "ai.newly-prohibited", AIA_NEW_PROHIBITIONS, new_practice,
	    CN_AI_STATUS_PROHIBITED, "AIA 5(1)(ba), (bb)",
	    "the practice is prohibited since 2 December 2026", NULL },
	{ "ai.section-b", ALWAYS, section_b,
	    CN_AI_STATUS_ANNEX_I_SECTION_B_LIMITED,
	    "AIA 2(2), Annex I section B",
	    "for products of Annex I section B, machinery now among them, "
	    "only a few articles of the AI Act apply",
	    NULL },
	{ "ai.old-model-a", AIA_ANNEX_I, old_model_a,
	    CN_AI_STATUS_HIGH_RISK_GRANDFATHERED_ART_111_2, "AIA 111(2)",
	    "a unit of a model that was on the market before 2 August 2028, "
	    "its design unchanged",
	    NULL },
	{ "ai.section-a", AIA_ANNEX_I, section_a,
	    CN_AI_STATUS_HIGH_RISK_ANNEX_I_A, "AIA 6(1), Annex I section A",
	    "the AI is a safety component, or the product itself, of an act "
	    "of section A that asks for a third party for health or safety",
	    NULL },
	{ "ai.exempt", AIA_ANNEX_III, exempt,
	    CN_AI_STATUS_ANNEX_III_EXEMPT_ART_6_3, "AIA 6(3)-(4)",
	    "a use of Annex III without significant risk by a condition that "
	    "the provider relies on, without profiling",
	    NULL },
	{ "ai.old-model-iii", AIA_ANNEX_III, old_model_iii,
	    CN_AI_STATUS_HIGH_RISK_GRANDFATHERED_ART_111_2, "AIA 111(2)",
	    "a unit of a model that was on the market before 2 December "
	    "2027, its design unchanged",
	    NULL },
	{ "ai.annex-iii", AIA_ANNEX_III, annex_iii,
	    CN_AI_STATUS_HIGH_RISK_ANNEX_III, "AIA 6(2), Annex III",
	    "it is intended for a use that Annex III lists", NULL },
	{ "ai.not-yet", ALWAYS, high_risk_by_kind,
	    CN_AI_STATUS_HIGH_RISK_RULES_NOT_YET_APPLICABLE, "AIA 113(c)",
	    "the rules for high-risk systems of this kind do not apply yet to "
	    "a unit placed on that day",
	    NULL },
	{ "ai.not-high-risk", ALWAYS, NULL, CN_AI_STATUS_NOT_HIGH_RISK,
	    "AIA 6(1), 6(1a), 6(1c), 6(2)",
	    "it is neither a safety component that needs a third party for "
	    "health or safety nor a use of Annex III",
	    NULL },
};

/* ---- procedure ------------------------------------------------------------------- */

static bool
status_is(const struct weigh *w, uint64_t value)
{
	return answered(w, CN_V_AI_STATUS, value);
}

static bool
is_a(const struct weigh *w)
{
	return status_is(w, CN_AI_STATUS_HIGH_RISK_ANNEX_I_A);
}

static bool
is_iii(const struct weigh *w)
{
	return status_is(w, CN_AI_STATUS_HIGH_RISK_ANNEX_III);
}

static bool
biometric(const struct weigh *w)
{
	return is_iii(w) && of_point(w, '1');
}

static bool
ai_standards_full(const struct weigh *w)
{
	return fact_choice(w, CN_ASSESSMENT_AI_STANDARDS) ==
	       CN_STANDARDS_USE_CITED_FULL;
}

static bool
choice_open(const struct weigh *w)
{
	return biometric(w) && ai_standards_full(w) &&
	       !fact_stated(w, CN_ASSESSMENT_AI_CHOSEN_PROCEDURE);
}

static bool
chose_vi(const struct weigh *w)
{
	return biometric(w) && ai_standards_full(w) &&
	       fact_choice(w, CN_ASSESSMENT_AI_CHOSEN_PROCEDURE) ==
		   CN_AI_PROCEDURE_ANNEX_VI;
}

static const struct rule procedure[] = {
	{ "ai-procedure.sectoral", ALWAYS, is_a, AI_SECTORAL, "AIA 43(3)",
	    "the procedure of the act of section A applies, and takes in the "
	    "requirements for high-risk AI",
	    NULL },
	{ "ai-procedure.choice", ALWAYS, choice_open, AI_EITHER,
	    "AIA 43(1) first subparagraph",
	    "biometrics, with the standards applied in full: the provider "
	    "chooses",
	    NULL },
	{ "ai-procedure.chosen-vi", ALWAYS, chose_vi, AI_ANNEX_VI,
	    "AIA 43(1)(a)",
	    "biometrics, with the standards applied in full: internal control "
	    "was chosen",
	    NULL },
	{ "ai-procedure.biometric", ALWAYS, biometric, AI_ANNEX_VII,
	    "AIA 43(1)",
	    "biometrics: a notified body assesses, unless standards are "
	    "applied in full and internal control is chosen",
	    NULL },
	{ "ai-procedure.internal", ALWAYS, is_iii, AI_ANNEX_VI, "AIA 43(2)",
	    "points 2 to 8 of Annex III: internal control", NULL },
	{ "ai-procedure.none", ALWAYS, NULL, AI_NONE, "AIA 16(f), 43",
	    "no high-risk system whose rules apply", NULL },
};

/* ---- registration ------------------------------------------------------------------ */

static bool
for_authorities(const struct weigh *w)
{
	return fact_choice(w, CN_ASSESSMENT_AI_AUTHORITY_DEPLOYER) ==
	       CN_AI_AUTHORITY_LAW_ENFORCEMENT_MIGRATION_ASYLUM;
}

static bool
national(const struct weigh *w)
{
	return is_iii(w) && of_point(w, '2');
}

static bool
restricted(const struct weigh *w)
{
	return is_iii(w) && (of_point(w, '6') || of_point(w, '7') ||
				(of_point(w, '1') && for_authorities(w)));
}

static bool
is_exempt(const struct weigh *w)
{
	return status_is(w, CN_AI_STATUS_ANNEX_III_EXEMPT_ART_6_3);
}

static const struct rule registration[] = {
	{ "registration.national", ALWAYS, national, REG_NATIONAL, "AIA 49(5)",
	    "critical infrastructure is registered nationally", NULL },
	{ "registration.restricted", ALWAYS, restricted, REG_RESTRICTED,
	    "AIA 49(4)",
	    "law enforcement, migration, asylum: the section that is not "
	    "public",
	    NULL },
	{ "registration.public", ALWAYS, is_iii, REG_PUBLIC, "AIA 49(1), 71",
	    "systems of Annex III are registered before they are placed on "
	    "the market",
	    NULL },
	{ "registration.exempt", ALWAYS, is_exempt, REG_ART_49_2, "AIA 49(2)",
	    "who relies on Article 6(3) registers that", NULL },
	{ "registration.none", ALWAYS, NULL, REG_NONE, "AIA 49",
	    "nothing has to be registered", NULL },
};

/* ---- placing on the market ---------------------------------------------------------- */

static bool
prohibited(const struct weigh *w)
{
	return status_is(w, CN_AI_STATUS_PROHIBITED);
}

static const struct rule placement[] = {
	{ "placement.prohibited", ALWAYS, prohibited, PLACEMENT_PROHIBITED,
	    "AIA 5", "a prohibited practice cannot be made to conform", NULL },
	{ "placement.possible", ALWAYS, NULL, PLACEMENT_POSSIBLE,
	    "CRA 13(12); AIA 16",
	    "once the procedures that apply have been gone through", NULL },
};

static bool
can_tell(const struct weigh *w)
{
	return w->placed_known || no_ai(w);
}

const struct decision ai_decisions[] = {
	{ CN_V_AI_STATUS, can_tell, RULES(status) },
	{ CN_V_AI_CONFORMITY_PROCEDURE, can_tell, RULES(procedure) },
	{ CN_V_AI_REGISTRATION, can_tell, RULES(registration) },
	{ CN_V_MARKET_PLACEMENT, can_tell, RULES(placement) },
};
const size_t ai_count = sizeof(ai_decisions) / sizeof(ai_decisions[0]);

bool
is_high_risk(const struct weigh *w)
{
	return is_a(w) || is_iii(w);
}
