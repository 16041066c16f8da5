#include "engine.h"

#include <limits.h>

/* ---- names, kinds, lists ------------------------------------------------------ */

#define LIST(name, ...)                                               \
	static const char *const name##_values[] = { __VA_ARGS__ };   \
	static const struct cn_choices name = { #name, name##_values, \
		sizeof(name##_values) / sizeof(name##_values[0]) }

LIST(cra_applies, "full", "reporting_only", "steward_regime", "no");
LIST(ai_conformity_procedure, "none", "annex_vi", "annex_vii",
    "annex_vi_or_annex_vii", "sectoral_art_43_3");
LIST(ai_art15_cybersecurity, "deemed_cra_art_12_1", "presumed_ai_art_42_2",
    "must_be_demonstrated", "not_applicable");
LIST(ai_art15_accuracy, "must_be_demonstrated", "not_applicable");
LIST(third_parties, "cra_notified_body",
    "cra_notified_body_or_certification_body",
    "cybersecurity_certification_body", "ai_act_notified_body",
    "market_surveillance_authority_as_ai_notified_body",
    "sectoral_notified_body");
LIST(doc_acts, "2024/2847", "2024/1689");
LIST(doc_items, "CRA-V-1", "CRA-V-2", "CRA-V-3", "CRA-V-4", "CRA-V-5",
    "CRA-V-6", "CRA-V-7", "CRA-V-8", "AIA-V-1", "AIA-V-2", "AIA-V-3", "AIA-V-4",
    "AIA-V-5", "AIA-V-6", "AIA-V-7", "AIA-V-8");
LIST(ai_registration, "eu_database_public", "eu_database_restricted",
    "eu_database_art_49_2", "national_level", "none");
LIST(market_placement, "possible_after_conformity", "prohibited");
LIST(roles, "manufacturer", "provider");

static const struct {
	const char *name;
	enum cn_verdict_kind kind;
	const struct cn_choices *choices;
} answers[CN_V_COUNT] = {
	[CN_V_CRA_APPLIES] = { "cra_applies", CN_V_CHOICE, &cra_applies },
	[CN_V_CRA_CLASS] = { "cra_class", CN_V_CHOICE, &cn_choices_cra_class },
	[CN_V_AI_STATUS] = { "ai_status", CN_V_CHOICE, &cn_choices_ai_status },
	[CN_V_AI_CONFORMITY_PROCEDURE] = { "ai_conformity_procedure",
	    CN_V_CHOICE, &ai_conformity_procedure },
	[CN_V_CRA_CYBERSECURITY_PROCEDURE] = { "cra_cybersecurity_procedure",
	    CN_V_CHOICE, &cn_choices_cra_cybersecurity_procedure },
	[CN_V_CRA_ALLOWED_MODULES] = { "cra_allowed_modules", CN_V_SET,
	    &cn_choices_cra_module },
	[CN_V_ART_12_3_DEROGATION] = { "art_12_3_derogation", CN_V_BOOL, NULL },
	[CN_V_AI_ART15_CYBERSECURITY] = { "ai_art15_cybersecurity", CN_V_CHOICE,
	    &ai_art15_cybersecurity },
	[CN_V_AI_ART15_ACCURACY_ROBUSTNESS] = { "ai_art15_accuracy_robustness",
	    CN_V_CHOICE, &ai_art15_accuracy },
	[CN_V_THIRD_PARTIES] = { "third_parties", CN_V_SET, &third_parties },
	[CN_V_AI_NB_MAY_ASSESS_CRA_ANNEX_I] = { "ai_nb_may_assess_cra_annex_i",
	    CN_V_BOOL, NULL },
	[CN_V_SECTORAL_SELF_ASSESSMENT_ALLOWED] = { "sectoral_self_assessment_"
						    "allowed",
	    CN_V_BOOL, NULL },
	[CN_V_DOC_ACTS] = { "doc_acts", CN_V_SET, &doc_acts },
	[CN_V_DOC_SINGLE] = { "doc_single", CN_V_BOOL, NULL },
	[CN_V_DOC_ITEMS] = { "doc_items", CN_V_SET, &doc_items },
	[CN_V_DOC_DEEMED_DRAWN_UP_BY_TOY_DPP] = { "doc_deemed_drawn_up_by_toy_"
						  "dpp",
	    CN_V_BOOL, NULL },
	[CN_V_AI_REGISTRATION] = { "ai_registration", CN_V_CHOICE,
	    &ai_registration },
	[CN_V_CE_NB_NUMBER_REQUIRED_UNDER_CRA] = { "ce_nb_number_required_"
						   "under_cra",
	    CN_V_BOOL, NULL },
	[CN_V_CE_MARKING_REQUIRED] = { "ce_marking_required", CN_V_BOOL, NULL },
	[CN_V_ADMINISTRATIVE_FINES_POSSIBLE] = { "administrative_fines_"
						 "possible",
	    CN_V_BOOL, NULL },
	[CN_V_MARKET_PLACEMENT] = { "market_placement", CN_V_CHOICE,
	    &market_placement },
	[CN_V_CRA_ROLE] = { "cra_role", CN_V_CHOICE, &roles },
	[CN_V_AI_ACT_ROLE] = { "ai_act_role", CN_V_CHOICE, &roles },
	[CN_V_MINIMUM_SUPPORT_YEARS] = { "minimum_support_years", CN_V_UINT,
	    NULL },
	[CN_V_SUPPORT_PERIOD_COMPLIANT] = { "support_period_compliant",
	    CN_V_BOOL, NULL },
	[CN_V_UPDATE_AVAILABLE_UNTIL_AT_LEAST] = { "update_available_until_at_"
						   "least",
	    CN_V_DATE, NULL },
	[CN_V_REPORTING_REQUIRED] = { "reporting_required", CN_V_BOOL, NULL },
	[CN_V_EARLY_WARNING_DUE] = { "early_warning_due", CN_V_INSTANT, NULL },
	[CN_V_NOTIFICATION_DUE] = { "notification_due", CN_V_INSTANT, NULL },
	[CN_V_FINAL_REPORT_DUE_DATE] = { "final_report_due_date", CN_V_DATE,
	    NULL },
};

const char *
cn_verdict_name(enum cn_verdict_key key)
{
	return answers[key].name;
}

enum cn_verdict_kind
cn_verdict_kind(enum cn_verdict_key key)
{
	return answers[key].kind;
}

const struct cn_choices *
cn_verdict_choices(enum cn_verdict_key key)
{
	return answers[key].choices;
}

/* ---- answers and reasons ---------------------------------------------------------- */

bool
answered(const struct weigh *w, enum cn_verdict_key key, uint64_t value)
{
	const struct cn_conclusion *c = &w->verdict->of[key];

	return c->reached && !c->undetermined && c->number == value;
}

struct cn_conclusion *
weigh_answer(struct weigh *w, enum cn_verdict_key key, const struct rule *rule)
{
	struct cn_conclusion *conclusion = &w->verdict->of[key];
	struct cn_reason *reason = cn_arena_alloc(w->arena, 1, sizeof(*reason));

	conclusion->reached = true;
	if (reason == NULL) {
		w->memory = true;
		return conclusion;
	}
	reason->key = key;
	reason->rule = rule->id;
	reason->cite = rule->cite;
	reason->because = rule->because;
	reason->applies_from = law_date_text(rule->from);
	reason->edition = law_edition(rule->cite);
	*w->reason_end = reason;
	w->reason_end = &reason->next;
	return conclusion;
}

void
weigh_open(struct weigh *w, enum cn_verdict_key key,
    const struct question *question, const char *because)
{
	struct cn_open_question *open = cn_arena_alloc(
	    w->arena, 1, sizeof(*open));

	if (open == NULL) {
		w->memory = true;
		return;
	}
	open->key = key;
	open->question = question->text;
	open->cite = question->cite;
	open->because = because;
	open->candidates = question->candidates == NULL
			       ? 0
			       : question->candidates(w);
	*w->open_end = open;
	w->open_end = &open->next;
}

/* ---- the walk through the decisions -------------------------------------------------- */

static bool
holds(const struct weigh *w, const struct rule *rule)
{
	if (rule->from != ALWAYS &&
	    (!w->placed_known || w->placed < law_date_day(rule->from)))
		return false;
	return rule->when == NULL || rule->when(w);
}

static void
apply(struct weigh *w, enum cn_verdict_key key, const struct rule *rule)
{
	struct cn_conclusion *conclusion = weigh_answer(w, key, rule);

	if (rule->value == OPEN) {
		conclusion->undetermined = true;
		if (rule->question != NULL)
			weigh_open(w, key, rule->question, rule->because);
	} else if (answers[key].kind == CN_V_SET) {
		conclusion->set |= UINT32_C(1) << rule->value;
	} else {
		conclusion->number = rule->value;
	}
}

static void
decide(struct weigh *w, const struct decision *decision)
{
	bool set = answers[decision->key].kind == CN_V_SET;

	if (decision->asked != NULL && !decision->asked(w))
		return;
	w->verdict->of[decision->key].reached = set; /* may be empty */
	for (size_t i = 0; i < decision->count; i++) {
		const struct rule *rule = &decision->rules[i];

		if (!holds(w, rule))
			continue;
		apply(w, decision->key, rule);
		if (!set || rule->value == OPEN)
			return;
	}
}

static void
decide_all(struct weigh *w, const struct decision *decisions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		decide(w, &decisions[i]);
}

/* ---- open questions that take no answer away ------------------------------------------- */

static uint32_t
none(const struct weigh *w)
{
	(void)w;
	return 0;
}

static const struct question q_body = {
	"Who assesses the CRA's Annex I under AIA Annex VII, if no AI notified "
	"body is known to be assessed for CRA 39?",
	"CRA 12(2) second sentence, 39", none
};
static const struct question q_delegated = {
	"Will a delegated act under AIA 2(13) limit what applies to this act "
	"of section A?",
	"AIA 2(13)", none
};
static const struct question q_health = {
	"Which procedure holds for a health-record system that is high-risk "
	"AI?",
	"CRA 32(5a) as amended by Regulation (EU) 2025/327; AIA 43", none
};

static void
list_open(struct weigh *w)
{
	bool by_body = answered(w, CN_V_AI_CONFORMITY_PROCEDURE, AI_ANNEX_VII);

	if (by_body && cra_full(w) &&
	    fact_truth(w, CN_ASSESSMENT_AI_NB_CRA_ART39_ASSESSED) != YES)
		weigh_open(w, CN_V_AI_NB_MAY_ASSESS_CRA_ANNEX_I, &q_body,
		    "the body's assessment for CRA 39 is not known");
	if (answered(w, CN_V_AI_STATUS, CN_AI_STATUS_HIGH_RISK_ANNEX_I_A))
		weigh_open(w, CN_V_AI_CONFORMITY_PROCEDURE, &q_delegated,
		    "such acts are due by 2 August 2027");
	if (is_high_risk(w) &&
	    cn_slice_is(cn_get_text(w->facts, CN_ASSESSMENT_AI_ANNEX_I_ACT),
		"2025/327"))
		weigh_open(w, CN_V_CRA_CYBERSECURITY_PROCEDURE, &q_health,
		    "the amendments of Regulation (EU) 2025/327 send "
		    "health-record systems to a procedure of their own");
}

enum cn_code
cn_verdict_reach(const struct cn_record *facts, const cn_day *at,
    struct cn_arena *arena, struct cn_verdict **out, struct cn_error *err)
{
	struct weigh w = { .facts = facts, .arena = arena };

	*out = NULL;
	w.verdict = cn_arena_alloc(arena, 1, sizeof(*w.verdict));
	if (w.verdict == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a verdict");
	w.reason_end = &w.verdict->reasons;
	w.open_end = &w.verdict->open;
	w.placed_known = fact_day(
	    &w, CN_ASSESSMENT_PLACED_ON_MARKET, &w.placed);
	if (!w.placed_known && at != NULL) {
		w.placed_known = true;
		w.placed = *at;
	}
	w.verdict->at = w.placed_known ? w.placed : INT32_MIN;
	decide_all(&w, scope_decisions, scope_count);
	decide_all(&w, ai_decisions, ai_count);
	decide_all(&w, procedure_decisions, procedure_count);
	decide_all(&w, interlock_decisions, interlock_count);
	decide_all(&w, paper_decisions, paper_count);
	weigh_clocks(&w);
	list_open(&w);
	if (w.memory)
		return cn_fail(err, CN_MEMORY, "no memory for a verdict");
	*out = w.verdict;
	return CN_OK;
}
