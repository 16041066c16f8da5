/*
 * Which procedure governs the CRA's Annex I, and who must be involved?
 * (CRA 12(2)-(3), 32; AIA 43)
 */
#include "engine.h"

bool
cra_full(const struct weigh *w)
{
	return answered(w, CN_V_CRA_APPLIES, APPLIES_FULL);
}

static bool
class_is(const struct weigh *w, uint64_t class)
{
	return answered(w, CN_V_CRA_CLASS, class);
}

static bool
important(const struct weigh *w)
{
	return class_is(w, CN_CRA_CLASS_IMPORTANT_CLASS_I) ||
	       class_is(w, CN_CRA_CLASS_IMPORTANT_CLASS_II);
}

/* ---- the routes of CRA 32 -------------------------------------------------------------- */

static bool
by_certificate(const struct weigh *w)
{
	return class_is(w, CN_CRA_CLASS_CRITICAL) &&
	       fact(w, CN_ASSESSMENT_CRITICAL_CERTIFICATION_DELEGATED_ACT);
}

static bool
critical(const struct weigh *w)
{
	return class_is(w, CN_CRA_CLASS_CRITICAL);
}

/* CRA 32(5): open source with public technical documentation. */
static bool
open_source(const struct weigh *w)
{
	return important(w) && fact(w, CN_ASSESSMENT_FOSS) &&
	       fact(w, CN_ASSESSMENT_TECHNICAL_DOCUMENTATION_PUBLIC);
}

static bool
class_ii(const struct weigh *w)
{
	return class_is(w, CN_CRA_CLASS_IMPORTANT_CLASS_II);
}

/* Cited standards, common specifications or a certificate, in full. */
static bool
presumed_in_full(const struct weigh *w)
{
	return fact_choice(w, CN_ASSESSMENT_CRA_STANDARDS) ==
		   CN_STANDARDS_USE_CITED_FULL ||
	       fact_choice(w, CN_ASSESSMENT_CRA_CERTIFICATE) !=
		   CN_CRA_CERTIFICATE_NONE;
}

static bool
class_i_standards(const struct weigh *w)
{
	return class_is(w, CN_CRA_CLASS_IMPORTANT_CLASS_I) &&
	       presumed_in_full(w);
}

static bool
class_i(const struct weigh *w)
{
	return class_is(w, CN_CRA_CLASS_IMPORTANT_CLASS_I);
}

uint64_t
cra_route(const struct weigh *w)
{
	if (by_certificate(w))
		return CN_CRA_PROCEDURE_CRA_ART_32_4_A;
	if (critical(w))
		return CN_CRA_PROCEDURE_CRA_ART_32_4_B;
	if (open_source(w) || class_i_standards(w))
		return CN_CRA_PROCEDURE_CRA_ART_32_1;
	if (class_ii(w))
		return CN_CRA_PROCEDURE_CRA_ART_32_3;
	if (class_i(w))
		return CN_CRA_PROCEDURE_CRA_ART_32_2;
	return CN_CRA_PROCEDURE_CRA_ART_32_1;
}

static bool
light_route(const struct weigh *w)
{
	return cra_route(w) == CN_CRA_PROCEDURE_CRA_ART_32_1;
}

/* ---- questions the law leaves open ------------------------------------------------------- */

static uint32_t
bit(uint64_t position)
{
	return UINT32_C(1) << position;
}

/* Class II for open source is 32(3), class I is 32(2), without 32(5). */
static uint32_t
route_without_32_5(const struct weigh *w)
{
	if (class_ii(w))
		return bit(CN_CRA_PROCEDURE_CRA_ART_32_3);
	return bit(class_i_standards(w) ? CN_CRA_PROCEDURE_CRA_ART_32_1
					: CN_CRA_PROCEDURE_CRA_ART_32_2);
}

static uint32_t
by_class(const struct weigh *w)
{
	return bit(cra_route(w));
}

static uint32_t
class_or_sectoral(const struct weigh *w)
{
	return bit(cra_route(w)) | bit(CN_CRA_PROCEDURE_AI_ART_43_3_SECTORAL);
}

static uint32_t
internal_or_class(const struct weigh *w)
{
	return bit(CN_CRA_PROCEDURE_AI_ANNEX_VI) | route_without_32_5(w);
}

static uint32_t
class_or_ai(const struct weigh *w)
{
	return bit(cra_route(w)) | bit(CN_CRA_PROCEDURE_AI_ANNEX_VI) |
	       bit(CN_CRA_PROCEDURE_AI_ANNEX_VII) |
	       bit(CN_CRA_PROCEDURE_AI_ART_43_3_SECTORAL);
}

static uint32_t
either_annex(const struct weigh *w)
{
	return bit(CN_CRA_PROCEDURE_AI_ANNEX_VII) |
	       bit(light_route(w) ? CN_CRA_PROCEDURE_AI_ANNEX_VI
				  : cra_route(w));
}

static const struct question q_section_b = {
	"Which procedure does CRA 12(2) mean for products of AIA Annex I "
	"section B, to which AIA 43 does not apply? (working assumption: CRA "
	"32 by class)",
	"CRA 12(2); AIA 2(2)", by_class
};
static const struct question q_open_source = {
	"Is an open-source product of class I or II that uses CRA 32(5) "
	"\"subject to\" CRA 32(2) or (3), so that CRA 12(3) applies?",
	"CRA 12(3), 32(5)", internal_or_class
};
static const struct question q_sectoral_self = {
	"Does CRA 12(3) also hold where the act of section A allows "
	"self-assessment of an important or critical product?",
	"CRA 12(3); AIA 43(3)", class_or_sectoral
};
static const struct question q_grandfathered = {
	"Does CRA 12(2) send a system to the AI Act's procedure while AIA "
	"111(2) exempts it from that?",
	"CRA 12(2); AIA 111(2)", class_or_ai
};
static const struct question q_choice = {
	"Which of the two procedures does the provider choose? State "
	"ai_chosen_procedure",
	"AIA 43(1); CRA 12(2)-(3)", either_annex
};

/* ---- the procedure -------------------------------------------------------------------------- */

static bool
not_full(const struct weigh *w)
{
	return !cra_full(w);
}

static bool
ai_is(const struct weigh *w, uint64_t status)
{
	return answered(w, CN_V_AI_STATUS, status);
}

static bool
prohibited(const struct weigh *w)
{
	return ai_is(w, CN_AI_STATUS_PROHIBITED);
}

static bool
section_b(const struct weigh *w)
{
	return ai_is(w, CN_AI_STATUS_ANNEX_I_SECTION_B_LIMITED);
}

static bool
grandfathered(const struct weigh *w)
{
	return ai_is(w, CN_AI_STATUS_HIGH_RISK_GRANDFATHERED_ART_111_2);
}

static bool
ai_procedure_is(const struct weigh *w, uint64_t value)
{
	return answered(w, CN_V_AI_CONFORMITY_PROCEDURE, value);
}

static bool
annex_vii(const struct weigh *w)
{
	return ai_procedure_is(w, AI_ANNEX_VII);
}

static bool
either(const struct weigh *w)
{
	return ai_procedure_is(w, AI_EITHER);
}

static bool
sectoral(const struct weigh *w)
{
	return ai_procedure_is(w, AI_SECTORAL);
}

/* AIA 43(3) third subparagraph: the act's self-assessment counts only where
 * standards cover all the requirements for high-risk AI. */
static bool
self_assessed(const struct weigh *w)
{
	return sectoral(w) &&
	       fact(w, CN_ASSESSMENT_SECTORAL_SELF_ASSESSMENT_IF_STANDARDS) &&
	       fact_choice(w, CN_ASSESSMENT_AI_STANDARDS) ==
		   CN_STANDARDS_USE_CITED_FULL;
}

static bool
self_assessed_important(const struct weigh *w)
{
	return self_assessed(w) && !light_route(w);
}

static bool
internal(const struct weigh *w)
{
	return ai_procedure_is(w, AI_ANNEX_VI);
}

static bool
internal_open_source(const struct weigh *w)
{
	return internal(w) && open_source(w) && !class_i_standards(w);
}

static bool
internal_light(const struct weigh *w)
{
	return internal(w) && light_route(w);
}

#define DEROGATED "CRA 12(3)"
#define DEROGATED_BECAUSE                                                     \
	"internal control under the AI Act would not do for an important or " \
	"critical product: for cybersecurity the CRA's own procedure stays"

static const struct rule procedure[] = {
	{ "procedure.none", ALWAYS, not_full, CN_CRA_PROCEDURE_NONE, "CRA 32",
	    "the CRA's requirements of Annex I do not apply to it", NULL },
	{ "procedure.prohibited", ALWAYS, prohibited, CN_CRA_PROCEDURE_NONE,
	    "AIA 5", "it cannot be placed on the market at all", NULL },
	{ "procedure.section-b", ALWAYS, section_b, OPEN, "CRA 12(2); AIA 2(2)",
	    "CRA 12(2) points to AIA 43, which does not apply to products of "
	    "section B",
	    &q_section_b },
	{ "procedure.grandfathered", ALWAYS, grandfathered, OPEN,
	    "CRA 12(2); AIA 111(2)",
	    "the AI Act spares the model, the CRA does not spare the unit",
	    &q_grandfathered },
	{ "procedure.choice", ALWAYS, either, OPEN, "AIA 43(1)",
	    "it depends on the procedure that the provider chooses",
	    &q_choice },
	{ "procedure.annex-vii", ALWAYS, annex_vii,
	    CN_CRA_PROCEDURE_AI_ANNEX_VII, "CRA 12(2); AIA 43(1)",
	    "the AI Act's notified body also looks at the CRA's Annex I, "
	    "whatever the class",
	    NULL },
	{ "procedure.self-assessed", ALWAYS, self_assessed_important, OPEN,
	    "CRA 12(3); AIA 43(3)",
	    "CRA 12(3) speaks of Annex VI, the sectoral act of "
	    "self-assessment",
	    &q_sectoral_self },
	{ "procedure.sectoral", ALWAYS, sectoral,
	    CN_CRA_PROCEDURE_AI_ART_43_3_SECTORAL, "CRA 12(2); AIA 43(3)",
	    "the sectoral procedure takes in the CRA's Annex I", NULL },
	{ "procedure.open-source", ALWAYS, internal_open_source, OPEN,
	    "CRA 12(3), 32(5)",
	    "with CRA 32(5) it would be internal control, with CRA 12(3) "
	    "not",
	    &q_open_source },
	{ "procedure.internal", ALWAYS, internal_light,
	    CN_CRA_PROCEDURE_AI_ANNEX_VI, "CRA 12(2); AIA 43(2)",
	    "one internal control for both Acts", NULL },
	{ "procedure.32-4-a", ALWAYS, by_certificate,
	    CN_CRA_PROCEDURE_CRA_ART_32_4_A, "CRA 8(1), 32(4)(a)",
	    "critical, and a delegated act asks for a European cybersecurity "
	    "certificate",
	    NULL },
	{ "procedure.32-4-b", ALWAYS, critical, CN_CRA_PROCEDURE_CRA_ART_32_4_B,
	    "CRA 32(4)(b)",
	    "critical, and no delegated act under Article 8(1) applies: the "
	    "procedures for class II",
	    NULL },
	{ "procedure.32-5", ALWAYS, open_source, CN_CRA_PROCEDURE_CRA_ART_32_1,
	    "CRA 32(5)",
	    "free and open-source software whose technical documentation is "
	    "public",
	    NULL },
	{ "procedure.32-2-full", ALWAYS, class_i_standards,
	    CN_CRA_PROCEDURE_CRA_ART_32_1, "CRA 27, 32(2)",
	    "class I, and cited standards, common specifications or a "
	    "certificate cover it in full",
	    NULL },
	{ "procedure.32-3", ALWAYS, class_ii, CN_CRA_PROCEDURE_CRA_ART_32_3,
	    "CRA 32(3)",
	    "class II: a third party, whatever standards are applied", NULL },
	{ "procedure.32-2", ALWAYS, class_i, CN_CRA_PROCEDURE_CRA_ART_32_2,
	    "CRA 32(2)",
	    "class I, and no cited standard, common specification or "
	    "certificate covers it in full",
	    NULL },
	{ "procedure.32-1", ALWAYS, NULL, CN_CRA_PROCEDURE_CRA_ART_32_1,
	    "CRA 32(1)", "a product of the default class: the maker chooses",
	    NULL },
};

static bool
derogated(const struct weigh *w)
{
	return cra_full(w) && internal(w) &&
	       !w->verdict->of[CN_V_CRA_CYBERSECURITY_PROCEDURE].undetermined &&
	       !light_route(w);
}

static bool
derogation_open(const struct weigh *w)
{
	return cra_full(w) &&
	       (internal_open_source(w) || self_assessed_important(w) ||
		   (either(w) && !light_route(w)));
}

static const struct rule derogation[] = {
	{ "derogation.open", ALWAYS, derogation_open, OPEN, DEROGATED,
	    "it depends on the procedure, which is open", NULL },
	{ "derogation.yes", ALWAYS, derogated, 1, DEROGATED, DEROGATED_BECAUSE,
	    NULL },
	{ "derogation.no", ALWAYS, NULL, 0, DEROGATED,
	    "no important or critical product under internal control of the "
	    "AI Act",
	    NULL },
};

/* ---- modules and third parties ------------------------------------------------------------------ */

static bool
governs(const struct weigh *w, uint64_t value)
{
	return answered(w, CN_V_CRA_CYBERSECURITY_PROCEDURE, value);
}

static bool
by_32_1(const struct weigh *w)
{
	return governs(w, CN_CRA_PROCEDURE_CRA_ART_32_1);
}

static bool
by_32_2(const struct weigh *w)
{
	return governs(w, CN_CRA_PROCEDURE_CRA_ART_32_2);
}

static bool
by_32_3(const struct weigh *w)
{
	return governs(w, CN_CRA_PROCEDURE_CRA_ART_32_3) ||
	       governs(w, CN_CRA_PROCEDURE_CRA_ART_32_4_B);
}

static bool
by_32_4_a(const struct weigh *w)
{
	return governs(w, CN_CRA_PROCEDURE_CRA_ART_32_4_A);
}

static bool
by_modules(const struct weigh *w)
{
	return by_32_1(w) || by_32_2(w) || by_32_3(w);
}

static bool
by_27_9(const struct weigh *w)
{
	return by_32_1(w) || by_32_3(w);
}

/* While the procedure is open, so is what hangs on it: an empty list would be
 * a favourable answer. */
static bool
procedure_open(const struct weigh *w)
{
	return w->verdict->of[CN_V_CRA_CYBERSECURITY_PROCEDURE].undetermined;
}

static const struct rule modules[] = {
	{ "modules.open", ALWAYS, procedure_open, OPEN, "CRA 12(2)-(3), 32",
	    "the modules follow from the procedure, which is open", NULL },
	{ "modules.a", ALWAYS, by_32_1, CN_CRA_MODULE_A, "CRA 32(1)(a)",
	    "internal control", NULL },
	{ "modules.b-c", ALWAYS, by_modules, CN_CRA_MODULE_B_C,
	    "CRA 32(1)(b), 32(2)(a), 32(3)(a)",
	    "EU-type examination and conformity to type", NULL },
	{ "modules.h", ALWAYS, by_modules, CN_CRA_MODULE_H,
	    "CRA 32(1)(c), 32(2)(b), 32(3)(b)", "full quality assurance",
	    NULL },
	{ "modules.27-9", ALWAYS, by_27_9, CN_CRA_MODULE_CERTIFICATE_ART_27_9,
	    "CRA 32(1)(d), 32(3)(c)",
	    "a European cybersecurity certificate, where available and "
	    "applicable",
	    NULL },
	{ "modules.8-1", ALWAYS, by_32_4_a, CN_CRA_MODULE_CERTIFICATE_ART_8_1,
	    "CRA 8(1), 32(4)(a)",
	    "the certificate that the delegated act asks for", NULL },
};

static bool
sectoral_body(const struct weigh *w)
{
	return sectoral(w) && !self_assessed(w);
}

static bool
for_authorities(const struct weigh *w)
{
	return fact_choice(w, CN_ASSESSMENT_AI_AUTHORITY_DEPLOYER) ==
	       CN_AI_AUTHORITY_LAW_ENFORCEMENT_MIGRATION_ASYLUM;
}

static bool
authority_as_body(const struct weigh *w)
{
	return annex_vii(w) && for_authorities(w);
}

static bool
ai_body(const struct weigh *w)
{
	return annex_vii(w) && !for_authorities(w);
}

static const struct rule parties[] = {
	{ "party.open", ALWAYS, procedure_open, OPEN, "CRA 12(2)-(3), 32",
	    "who must be involved follows from the procedure, which is open",
	    NULL },
	{ "party.cra", ALWAYS, by_32_2, PARTY_CRA_BODY, "CRA 32(2)",
	    "modules B and H need a notified body", NULL },
	{ "party.cra-or-certifier", ALWAYS, by_32_3,
	    PARTY_CRA_BODY_OR_CERTIFIER, "CRA 32(3), 32(4)(b)",
	    "a notified body, or a certification body for the certificate",
	    NULL },
	{ "party.certifier", ALWAYS, by_32_4_a, PARTY_CERTIFIER, "CRA 32(4)(a)",
	    "the body that issues the certificate", NULL },
	{ "party.ai", ALWAYS, ai_body, PARTY_AI_BODY, "AIA 43(1), Annex VII",
	    "Annex VII needs a notified body under the AI Act", NULL },
	{ "party.authority", ALWAYS, authority_as_body,
	    PARTY_AUTHORITY_AS_AI_BODY, "AIA 43(1) third subparagraph",
	    "for law enforcement, migration and asylum authorities the market "
	    "surveillance authority acts as notified body",
	    NULL },
	{ "party.sectoral", ALWAYS, sectoral_body, PARTY_SECTORAL_BODY,
	    "AIA 43(3)", "the notified body of the act of section A", NULL },
};

static bool
assessed_for_cra(const struct weigh *w)
{
	return cra_full(w) && (annex_vii(w) || sectoral(w)) &&
	       fact_truth(w, CN_ASSESSMENT_AI_NB_CRA_ART39_ASSESSED) == YES;
}

static const struct rule may_assess[] = {
	{ "ai-body.may", ALWAYS, assessed_for_cra, 1,
	    "CRA 12(2) second sentence",
	    "its compliance with CRA 39 was assessed in the AI Act's "
	    "notification",
	    NULL },
	{ "ai-body.may-not", ALWAYS, NULL, 0, "CRA 12(2) second sentence",
	    "no body of the AI Act is known to be assessed for CRA 39", NULL },
};

static const struct rule self_assessment[] = {
	{ "sectoral.self", ALWAYS, self_assessed, 1,
	    "AIA 43(3) third subparagraph",
	    "the act offers it, and standards cover all the requirements for "
	    "high-risk AI",
	    NULL },
	{ "sectoral.no-self", ALWAYS, NULL, 0, "AIA 43(3)",
	    "no act of section A that offers it with standards covering all "
	    "the requirements for high-risk AI",
	    NULL },
};

static bool
placing_known(const struct weigh *w)
{
	return w->placed_known;
}

const struct decision procedure_decisions[] = {
	{ CN_V_CRA_CYBERSECURITY_PROCEDURE, placing_known, RULES(procedure) },
	{ CN_V_ART_12_3_DEROGATION, placing_known, RULES(derogation) },
	{ CN_V_CRA_ALLOWED_MODULES, placing_known, RULES(modules) },
	{ CN_V_THIRD_PARTIES, placing_known, RULES(parties) },
	{ CN_V_AI_NB_MAY_ASSESS_CRA_ANNEX_I, placing_known, RULES(may_assess) },
	{ CN_V_SECTORAL_SELF_ASSESSMENT_ALLOWED, placing_known,
	    RULES(self_assessment) },
};
const size_t procedure_count = sizeof(procedure_decisions) /
			       sizeof(procedure_decisions[0]);
