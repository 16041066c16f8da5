/*
 * Does the CRA apply, to what class, to whom? (CRA 2, 3, 7, 8, 24, 69, 71)
 */
#include "engine.h"

/* ---- scope -------------------------------------------------------------------- */

static bool
service_only(const struct weigh *w)
{
	return fact_choice(w, CN_ASSESSMENT_PRODUCT_KIND) ==
	       CN_PRODUCT_KIND_SERVICE_ONLY;
}

static bool
excluded(const struct weigh *w, uint64_t sector)
{
	return fact_choice(w, CN_ASSESSMENT_SECTOR_EXCLUSION) == sector;
}

static bool
medical(const struct weigh *w)
{
	return excluded(w, CN_SECTOR_EXCLUSION_MDR_2017_745) ||
	       excluded(w, CN_SECTOR_EXCLUSION_IVDR_2017_746);
}

static bool
vehicle(const struct weigh *w)
{
	return excluded(w, CN_SECTOR_EXCLUSION_VEHICLE_2019_2144);
}

static bool
two_wheeled(const struct weigh *w)
{
	return excluded(w, CN_SECTOR_EXCLUSION_VEHICLE_168_2013);
}

static bool
aviation(const struct weigh *w)
{
	return excluded(w, CN_SECTOR_EXCLUSION_AVIATION_2018_1139_CERTIFIED);
}

static bool
marine(const struct weigh *w)
{
	return excluded(w, CN_SECTOR_EXCLUSION_MARINE_2014_90);
}

static bool
spare_part(const struct weigh *w)
{
	return excluded(w, CN_SECTOR_EXCLUSION_IDENTICAL_SPARE_PART);
}

static bool
defence(const struct weigh *w)
{
	return excluded(w, CN_SECTOR_EXCLUSION_DEFENCE_OR_CLASSIFIED);
}

static bool
unconnected(const struct weigh *w)
{
	return !fact(w, CN_ASSESSMENT_DATA_CONNECTION);
}

static bool
role_is(const struct weigh *w, uint64_t role)
{
	return fact_choice(w, CN_ASSESSMENT_OPERATOR_ROLE) == role;
}

static bool
steward(const struct weigh *w)
{
	return role_is(w, CN_OPERATOR_ROLE_OPEN_SOURCE_STEWARD);
}

static bool
not_commercial(const struct weigh *w)
{
	return !fact(w, CN_ASSESSMENT_COMMERCIAL_ACTIVITY) ||
	       role_is(w, CN_OPERATOR_ROLE_HOBBY_FOSS_DEVELOPER);
}

/* Placed, or substantially modified, since the Act applies. */
static bool
placed_under_the_act(const struct weigh *w)
{
	cn_day modified, from = law_date_day(CRA_APPLIES);

	if (w->placed_known && w->placed >= from)
		return true;
	return fact_day(
		   w, CN_ASSESSMENT_SUBSTANTIAL_MODIFICATION_DATE, &modified) &&
	       modified >= from;
}

static bool
placing_known(const struct weigh *w)
{
	return w->placed_known;
}

static bool
steward_under_the_act(const struct weigh *w)
{
	return steward(w) && placed_under_the_act(w);
}

static const struct rule applies[] = {
	{ "scope.service", ALWAYS, service_only, APPLIES_NO, "CRA 3(1)-(2)",
	    "nothing is supplied as a product, and it is not the remote data "
	    "processing of a product",
	    NULL },
	{ "scope.medical", ALWAYS, medical, APPLIES_NO, "CRA 2(2)(a)-(b)",
	    "medical devices are outside the CRA: their own regulations ask "
	    "for cybersecurity",
	    NULL },
	{ "scope.vehicle", ALWAYS, vehicle, APPLIES_NO, "CRA 2(2)(c)",
	    "type-approved vehicles are outside the CRA", NULL },
	{ "scope.two-wheeled", ALWAYS, two_wheeled, APPLIES_NO,
	    "CRA 2(5); Delegated Regulation (EU) 2025/1535",
	    "two- and three-wheel vehicles were taken out by a delegated act",
	    NULL },
	{ "scope.aviation", ALWAYS, aviation, APPLIES_NO, "CRA 2(3)",
	    "products certified under Regulation (EU) 2018/1139 are outside "
	    "the CRA",
	    NULL },
	{ "scope.marine", ALWAYS, marine, APPLIES_NO, "CRA 2(4)",
	    "marine equipment is outside the CRA", NULL },
	{ "scope.spare-part", ALWAYS, spare_part, APPLIES_NO, "CRA 2(6)",
	    "it replaces an identical component and is made to the same "
	    "specification",
	    NULL },
	{ "scope.defence", ALWAYS, defence, APPLIES_NO, "CRA 2(7)",
	    "it is made only for national security, defence or classified "
	    "information",
	    NULL },
	{ "scope.no-connection", ALWAYS, unconnected, APPLIES_NO, "CRA 2(1)",
	    "its intended use includes no data connection to a device or "
	    "network",
	    NULL },
	{ "scope.steward", ALWAYS, steward_under_the_act, APPLIES_STEWARD,
	    "CRA 3(14), 24",
	    "an open-source software steward has the lighter duties of "
	    "Article 24",
	    NULL },
	{ "scope.steward-reporting", ALWAYS, steward, APPLIES_REPORTING,
	    "CRA 24(3), 71(2)", "Article 24 does not apply yet; reporting does",
	    NULL },
	{ "scope.not-commercial", ALWAYS, not_commercial, APPLIES_NO,
	    "CRA 3(22); recital 18",
	    "it is not supplied in the course of a commercial activity", NULL },
	{ "scope.full", ALWAYS, placed_under_the_act, APPLIES_FULL,
	    "CRA 2(1), 71(2)",
	    "a connected product placed on the market, or substantially "
	    "modified, on or after 11 December 2027",
	    NULL },
	{ "scope.before", ALWAYS, placing_known, APPLIES_REPORTING,
	    "CRA 69(2)-(3)",
	    "placed on the market before 11 December 2027 and not "
	    "substantially modified since: only the reporting of Article 14 "
	    "applies",
	    NULL },
};

/* ---- class --------------------------------------------------------------------- */

static bool
outside(const struct weigh *w)
{
	return answered(w, CN_V_CRA_APPLIES, APPLIES_NO);
}

static uint64_t
functionality(const struct weigh *w)
{
	return fact_choice(w, CN_ASSESSMENT_CRA_CORE_FUNCTIONALITY);
}

static bool
annex_iv(const struct weigh *w)
{
	return functionality(w) >= CN_CORE_FUNCTIONALITY_IV_1;
}

static bool
class_ii(const struct weigh *w)
{
	return functionality(w) >= CN_CORE_FUNCTIONALITY_III_II_1;
}

static bool
class_i(const struct weigh *w)
{
	return functionality(w) >= CN_CORE_FUNCTIONALITY_III_I_1;
}

static const struct rule class[] = {
	{ "class.outside", ALWAYS, outside, CN_CRA_CLASS_NOT_APPLICABLE,
	    "CRA 2", "the CRA does not apply to it", NULL },
	{ "class.critical", ALWAYS, annex_iv, CN_CRA_CLASS_CRITICAL,
	    "CRA 8(1), Annex IV",
	    "its core functionality is that of a category of Annex IV", NULL },
	{ "class.important-ii", ALWAYS, class_ii,
	    CN_CRA_CLASS_IMPORTANT_CLASS_II, "CRA 7(1), Annex III class II",
	    "its core functionality is that of a category of Annex III, "
	    "class II",
	    NULL },
	{ "class.important-i", ALWAYS, class_i, CN_CRA_CLASS_IMPORTANT_CLASS_I,
	    "CRA 7(1), Annex III class I",
	    "its core functionality is that of a category of Annex III, "
	    "class I",
	    NULL },
	{ "class.default", ALWAYS, NULL, CN_CRA_CLASS_DEFAULT, "CRA 7(1)",
	    "its core functionality is in no category of Annex III or IV; "
	    "integrated components do not change that",
	    NULL },
};

/* ---- roles ---------------------------------------------------------------------- */

static bool
has_a_role(const struct weigh *w)
{
	return !steward(w) && !not_commercial(w) && !outside(w);
}

static bool
own_brand(const struct weigh *w)
{
	return role_is(w, CN_OPERATOR_ROLE_IMPORTER_DISTRIBUTOR_OWN_BRAND);
}

static const struct rule cra_role[] = {
	{ "role.own-brand", ALWAYS, own_brand, ROLE_MANUFACTURER, "CRA 21",
	    "who places it on the market under an own name or trade mark has "
	    "the duties of the manufacturer",
	    NULL },
	{ "role.manufacturer", ALWAYS, NULL, ROLE_MANUFACTURER, "CRA 3(13)",
	    "who develops or makes it and markets it under an own name is the "
	    "manufacturer",
	    NULL },
};

static bool
ai_system(const struct weigh *w)
{
	return fact(w, CN_ASSESSMENT_AI_SYSTEM);
}

static const struct rule ai_role[] = {
	{ "role.ai-own-brand", ALWAYS, own_brand, ROLE_PROVIDER, "AIA 25(1)",
	    "who puts an own name on the system is its provider", NULL },
	{ "role.ai-provider", ALWAYS, NULL, ROLE_PROVIDER, "AIA 3(3)",
	    "who develops the system and places it on the market is its "
	    "provider",
	    NULL },
};

const struct decision scope_decisions[] = {
	{ CN_V_CRA_APPLIES, NULL, RULES(applies) },
	{ CN_V_CRA_CLASS, NULL, RULES(class) },
	{ CN_V_CRA_ROLE, has_a_role, RULES(cra_role) },
	{ CN_V_AI_ACT_ROLE, ai_system, RULES(ai_role) },
};
const size_t scope_count = sizeof(scope_decisions) / sizeof(scope_decisions[0]);
