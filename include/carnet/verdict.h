/*
 * The engine: what follows from the facts of a product, under the Cyber
 * Resilience Act (CRA) and the AI Act (AIA), with the article and the reason
 * of every answer. It never says "compliant": it says what follows.
 *
 * Facts not stated take their default; a fact that is unknown never leads to a
 * favourable answer. Where the law itself is open the answer is *undetermined*,
 * with the question and the candidates.
 */
#ifndef CARNET_VERDICT_H
#define CARNET_VERDICT_H

#include <carnet/model.h>

enum cn_verdict_key {
	CN_V_CRA_APPLIES,
	CN_V_CRA_CLASS,
	CN_V_AI_STATUS,
	CN_V_AI_CONFORMITY_PROCEDURE,
	CN_V_CRA_CYBERSECURITY_PROCEDURE,
	CN_V_CRA_ALLOWED_MODULES,
	CN_V_ART_12_3_DEROGATION,
	CN_V_AI_ART15_CYBERSECURITY,
	CN_V_AI_ART15_ACCURACY_ROBUSTNESS,
	CN_V_THIRD_PARTIES,
	CN_V_AI_NB_MAY_ASSESS_CRA_ANNEX_I,
	CN_V_SECTORAL_SELF_ASSESSMENT_ALLOWED,
	CN_V_DOC_ACTS,
	CN_V_DOC_SINGLE,
	CN_V_DOC_ITEMS,
	CN_V_DOC_DEEMED_DRAWN_UP_BY_TOY_DPP,
	CN_V_AI_REGISTRATION,
	CN_V_CE_NB_NUMBER_REQUIRED_UNDER_CRA,
	CN_V_CE_MARKING_REQUIRED,
	CN_V_ADMINISTRATIVE_FINES_POSSIBLE,
	CN_V_MARKET_PLACEMENT,
	CN_V_CRA_ROLE,
	CN_V_AI_ACT_ROLE,
	CN_V_MINIMUM_SUPPORT_YEARS,
	CN_V_SUPPORT_PERIOD_COMPLIANT,
	CN_V_UPDATE_AVAILABLE_UNTIL_AT_LEAST,
	CN_V_REPORTING_REQUIRED,
	CN_V_EARLY_WARNING_DUE,
	CN_V_NOTIFICATION_DUE,
	CN_V_FINAL_REPORT_DUE_DATE,
	CN_V_COUNT
};

enum cn_verdict_kind {
	CN_V_CHOICE, /* one of a list: number is the position */
	CN_V_SET, /* some of a list: set holds one bit a position */
	CN_V_BOOL,
	CN_V_UINT,
	CN_V_DATE, /* day */
	CN_V_INSTANT /* instant */
};

struct cn_conclusion {
	bool reached; /* false: nothing follows from the facts given */
	bool undetermined; /* the law is open: see the open questions */
	uint64_t number;
	uint32_t set;
	cn_day day;
	cn_instant instant;
};

struct cn_reason {
	enum cn_verdict_key key;
	const char *rule; /* "procedure.12-3" */
	const char *cite; /* "CRA 12(3)" */
	const char *because;
	const char *applies_from; /* ISO date, or NULL */
	const char *edition; /* of the act that was read */
	struct cn_reason *next; /* in the order of decision */
};

struct cn_open_question {
	enum cn_verdict_key key;
	const char *question;
	const char *cite;
	const char *because;
	uint32_t candidates; /* positions in the key's list */
	struct cn_open_question *next;
};

struct cn_verdict {
	struct cn_conclusion of[CN_V_COUNT];
	struct cn_reason *reasons;
	struct cn_open_question *open;
	cn_day at; /* the placing that was judged; INT32_MIN: none known */
};

/* "2026-11-22": the state of the law that the rules were read in. */
extern CN_API const char *const cn_law_as_of;
extern CN_API const char *const cn_engine_version;

/* Name, kind and (for choices and sets) list of an answer. */
CN_API const char *cn_verdict_name(enum cn_verdict_key key);
CN_API enum cn_verdict_kind cn_verdict_kind(enum cn_verdict_key key);
CN_API const struct cn_choices *cn_verdict_choices(enum cn_verdict_key key);

/*
 * Reaches the verdict on facts (a record of cn_table_assessment). at is the
 * day of placing where the facts do not state one; NULL: none. A pure function:
 * the result lives in the arena. CN_MEMORY is the only failure.
 */
CN_API CN_MUST_USE enum cn_code cn_verdict_reach(const struct cn_record *facts,
    const cn_day *at, struct cn_arena *arena, struct cn_verdict **out,
    struct cn_error *err);

/* One answer in words: a choice, a list with commas ("none" where it is
 * empty), "yes" or "no", a date, "undetermined". Appends. */
CN_API void cn_verdict_value_text(const struct cn_verdict *verdict,
    enum cn_verdict_key key, struct cn_buf *out);

/* Members of the verdict's document into an object that is open: every answer
 * reached, law_as_of, reasons, undetermined. */
CN_API void cn_verdict_write_json(
    const struct cn_verdict *verdict, struct cn_jw *w);

/* Fills field 39 (conclusions, reasons by rule and article, open questions)
 * and field 97 (the reasons in words, for the authority). */
CN_API CN_MUST_USE enum cn_code cn_verdict_record(
    const struct cn_verdict *verdict, struct cn_arena *arena,
    struct cn_record *passport, struct cn_error *err);

/* The verdict as a readable argument, with what would change it. Facts as
 * given to cn_verdict_reach(). */
CN_API CN_MUST_USE enum cn_code cn_verdict_explain(
    const struct cn_verdict *verdict, const struct cn_record *facts,
    struct cn_arena *arena, struct cn_buf *out, struct cn_error *err);

#endif
