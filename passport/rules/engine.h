/*
 * The shape of rules. A decision is a const list of rules for one answer: the
 * first rule whose condition holds gives it (of a set: every one that holds
 * adds to it). Decisions stand in the order in which the law asks; a condition
 * may look at the facts and at what was decided before. Private to rules/.
 */
#ifndef CARNET_RULES_ENGINE_H
#define CARNET_RULES_ENGINE_H

#include "law.h"

#include <carnet/verdict.h>

/* Facts and what follows so far. */
struct weigh {
	const struct cn_record *facts;
	bool placed_known;
	cn_day placed; /* day of placing on the market */
	struct cn_arena *arena;
	struct cn_verdict *verdict;
	struct cn_reason **reason_end;
	struct cn_open_question **open_end;
	bool memory; /* ran out */
};

typedef bool (*rule_when)(const struct weigh *w);

/* value of a rule whose answer the law leaves open. */
#define OPEN UINT64_MAX

struct rule {
	const char *id;
	enum law_date from; /* the placing must not be earlier */
	rule_when when; /* NULL: always */
	uint64_t value; /* position, truth or number; OPEN */
	const char *cite;
	const char *because;
	const struct question *question; /* where OPEN */
};

/* A question the law leaves open, and what may be the answer. */
struct question {
	const char *text;
	const char *cite;
	uint32_t (*candidates)(const struct weigh *w);
};

struct decision {
	enum cn_verdict_key key;
	rule_when asked; /* NULL: always; else the answer is not given */
	const struct rule *rules;
	size_t count;
};

#define RULES(array) (array), sizeof(array) / sizeof((array)[0])

/* The decisions of each part, in order. */
extern const struct decision scope_decisions[], ai_decisions[],
    procedure_decisions[], interlock_decisions[], paper_decisions[],
    clock_decisions[];
extern const size_t scope_count, ai_count, procedure_count, interlock_count,
    paper_count, clock_count;

/* Answers that are computed, not chosen: dates and instants. */
void weigh_clocks(struct weigh *w);

/* ---- facts ------------------------------------------------------------------ */

enum truth { NO, YES, UNKNOWN };

/* A fact typed bool; its default where it is not stated. */
bool fact(const struct weigh *w, unsigned row);
/* A fact typed "bool, null": UNKNOWN where it is not stated. */
enum truth fact_truth(const struct weigh *w, unsigned row);
/* Position of a choice; its default (the vocabulary's) where not stated. */
uint64_t fact_choice(const struct weigh *w, unsigned row);
bool fact_stated(const struct weigh *w, unsigned row);
bool fact_day(const struct weigh *w, unsigned row, cn_day *out);

/* ---- answers ----------------------------------------------------------------- */

/* Was this answer reached, and is it this choice? */
bool answered(const struct weigh *w, enum cn_verdict_key key, uint64_t value);

/* Give an answer with its reason. */
struct cn_conclusion *weigh_answer(
    struct weigh *w, enum cn_verdict_key key, const struct rule *rule);
/* List an open question without taking an answer away. */
void weigh_open(struct weigh *w, enum cn_verdict_key key,
    const struct question *question, const char *because);

/* ---- shared conditions -------------------------------------------------------- */

bool is_high_risk(const struct weigh *w);
bool cra_full(const struct weigh *w);
/* The route of CRA 32 that class, standards and openness lead to, as a position
 * in cn_choices_cra_cybersecurity_procedure. */
uint64_t cra_route(const struct weigh *w);

/* ---- lists of answers ----------------------------------------------------------- */

enum applies { APPLIES_FULL, APPLIES_REPORTING, APPLIES_STEWARD, APPLIES_NO };
enum ai_procedure {
	AI_NONE,
	AI_ANNEX_VI,
	AI_ANNEX_VII,
	AI_EITHER,
	AI_SECTORAL
};
enum art15 { A15_DEEMED, A15_PRESUMED, A15_DEMONSTRATE, A15_NOT_APPLICABLE };
enum party {
	PARTY_CRA_BODY,
	PARTY_CRA_BODY_OR_CERTIFIER,
	PARTY_CERTIFIER,
	PARTY_AI_BODY,
	PARTY_AUTHORITY_AS_AI_BODY,
	PARTY_SECTORAL_BODY
};
enum registration {
	REG_PUBLIC,
	REG_RESTRICTED,
	REG_ART_49_2,
	REG_NATIONAL,
	REG_NONE
};
enum act { ACT_CRA, ACT_AIA };
enum placement { PLACEMENT_POSSIBLE, PLACEMENT_PROHIBITED };
enum role { ROLE_MANUFACTURER, ROLE_PROVIDER };

#endif
