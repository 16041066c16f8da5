/*
 * What must be written, marked and answered for. (CRA 28, 30, 64; AIA 47, 48,
 * 99; Regulation (EU) 2025/2509)
 */
#include "engine.h"

static bool
cra_declares(const struct weigh *w)
{
	return cra_full(w);
}

static bool
both_declare(const struct weigh *w)
{
	return cra_declares(w) && is_high_risk(w);
}

static const struct rule acts[] = {
	{ "declaration.cra", ALWAYS, cra_declares, ACT_CRA, "CRA 28",
	    "the maker draws up the EU declaration of conformity", NULL },
	{ "declaration.aia", ALWAYS, is_high_risk, ACT_AIA, "AIA 47",
	    "the provider draws up the EU declaration of conformity", NULL },
};

static const struct rule single[] = {
	{ "declaration.single", ALWAYS, both_declare, 1, "CRA 28(3); AIA 47(3)",
	    "one declaration for all acts of the Union that ask for one",
	    NULL },
	{ "declaration.one-act", ALWAYS, NULL, 0, "CRA 28(3); AIA 47(3)",
	    "not both Acts ask for a declaration", NULL },
};

/* Items by position: CRA Annex V 1-8, then AIA Annex V 1-8. */
#define AIA_ITEM 8
#define ITEM_OF_CRA(n, text)                                 \
	{                                                    \
		"item.cra-" #n, ALWAYS, cra_declares, (n)-1, \
		    "CRA Annex V." #n, text, NULL            \
	}
#define ITEM_OF_AIA(n, when, text)                              \
	{                                                       \
		"item.aia-" #n, ALWAYS, when, AIA_ITEM + (n)-1, \
		    "AIA Annex V." #n, text, NULL               \
	}

static bool
personal_data(const struct weigh *w)
{
	return is_high_risk(w) &&
	       fact(w, CN_ASSESSMENT_PROCESSES_PERSONAL_DATA);
}

static const struct rule items[] = {
	ITEM_OF_CRA(1, "name, type and identification of the product"),
	ITEM_OF_CRA(2, "name and address of the manufacturer"),
	ITEM_OF_CRA(3, "the sole responsibility of the provider"),
	ITEM_OF_CRA(4, "the object of the declaration"),
	ITEM_OF_CRA(5, "the conformity stated"),
	ITEM_OF_CRA(6, "standards, specifications, certificates used"),
	ITEM_OF_CRA(7, "the notified body, the procedure, the certificate"),
	ITEM_OF_CRA(8, "additional information, place, date, signature"),
	ITEM_OF_AIA(1, is_high_risk, "name and type of the AI system"),
	ITEM_OF_AIA(2, is_high_risk, "name and address of the provider"),
	ITEM_OF_AIA(3, is_high_risk, "the sole responsibility"),
	ITEM_OF_AIA(4, is_high_risk, "conformity with the AI Act"),
	ITEM_OF_AIA(5, personal_data, "conformity with data protection law"),
	ITEM_OF_AIA(6, is_high_risk, "standards and specifications used"),
	ITEM_OF_AIA(7, is_high_risk, "the notified body and its certificate"),
	ITEM_OF_AIA(8, is_high_risk, "place, date, name, signature"),
};

/* ---- toys ---------------------------------------------------------------------------- */

static bool
toy(const struct weigh *w)
{
	return fact(w, CN_ASSESSMENT_TOY_REGULATION_2025_2509);
}

static bool
toy_passport_declares(const struct weigh *w)
{
	return fact(w, CN_ASSESSMENT_TOY_DPP_CONTAINS_ALL_DOC_INFORMATION) &&
	       fact(w, CN_ASSESSMENT_TOY_DPP_ANNEX_VI_H_MENTION) &&
	       (!w->placed_known || w->placed >= law_date_day(TOYS));
}

static const struct rule toy_declaration[] = {
	{ "toy.declared", ALWAYS, toy_passport_declares, 1,
	    "Toys 2025/2509 Annex VI",
	    "the toy's passport holds all that the declarations ask for and "
	    "says so",
	    NULL },
	{ "toy.not-declared", ALWAYS, NULL, 0, "Toys 2025/2509 Annex VI",
	    "the toy's passport does not hold all that the declarations ask "
	    "for, does not say so, or is not asked for yet",
	    NULL },
};

/* ---- CE marking ------------------------------------------------------------------------ */

static bool
module_h(const struct weigh *w)
{
	return cra_full(w) && fact_stated(w, CN_ASSESSMENT_CHOSEN_MODULE) &&
	       fact_choice(w, CN_ASSESSMENT_CHOSEN_MODULE) == CN_CRA_MODULE_H;
}

static const struct rule body_number[] = {
	{ "ce.number", ALWAYS, module_h, 1, "CRA 30(4)",
	    "with full quality assurance (module H) the body's number follows "
	    "the CE marking",
	    NULL },
	{ "ce.no-number", ALWAYS, NULL, 0, "CRA 30(4)",
	    "the CRA asks for a body's number only with module H", NULL },
};

static bool
marked(const struct weigh *w)
{
	return cra_full(w) || is_high_risk(w);
}

static const struct rule marking[] = {
	{ "ce.required", ALWAYS, marked, 1, "CRA 30; AIA 48",
	    "an Act that asks for the CE marking applies", NULL },
	{ "ce.not-required", ALWAYS, NULL, 0, "CRA 30; AIA 48",
	    "neither Act asks for the CE marking", NULL },
};

/* ---- fines ------------------------------------------------------------------------------ */

static bool
steward(const struct weigh *w)
{
	return fact_choice(w, CN_ASSESSMENT_OPERATOR_ROLE) ==
	       CN_OPERATOR_ROLE_OPEN_SOURCE_STEWARD;
}

static bool
finable(const struct weigh *w)
{
	return cra_full(w) ||
	       answered(w, CN_V_CRA_APPLIES, APPLIES_REPORTING) ||
	       is_high_risk(w) ||
	       answered(w, CN_V_AI_STATUS, CN_AI_STATUS_PROHIBITED);
}

static const struct rule fines[] = {
	{ "fines.steward", ALWAYS, steward, 0, "CRA 64(10)(b)",
	    "open-source software stewards are not fined", NULL },
	{ "fines.possible", ALWAYS, finable, 1, "CRA 64; AIA 99",
	    "an Act whose infringements are fined applies", NULL },
	{ "fines.none", ALWAYS, NULL, 0, "CRA 64; AIA 99",
	    "no duty of either Act applies that is fined", NULL },
};

static bool
can_tell(const struct weigh *w)
{
	return w->verdict->of[CN_V_CRA_APPLIES].reached &&
	       w->verdict->of[CN_V_AI_STATUS].reached;
}

const struct decision paper_decisions[] = {
	{ CN_V_DOC_ACTS, can_tell, RULES(acts) },
	{ CN_V_DOC_SINGLE, can_tell, RULES(single) },
	{ CN_V_DOC_ITEMS, can_tell, RULES(items) },
	{ CN_V_DOC_DEEMED_DRAWN_UP_BY_TOY_DPP, toy, RULES(toy_declaration) },
	{ CN_V_CE_NB_NUMBER_REQUIRED_UNDER_CRA, can_tell, RULES(body_number) },
	{ CN_V_CE_MARKING_REQUIRED, can_tell, RULES(marking) },
	{ CN_V_ADMINISTRATIVE_FINES_POSSIBLE, can_tell, RULES(fines) },
};
const size_t paper_count = sizeof(paper_decisions) / sizeof(paper_decisions[0]);
