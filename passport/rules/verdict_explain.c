/*
 * A verdict as an argument that people can follow: the answers by topic, each
 * with its reason and article, what the law leaves open, and what would change
 * the answer.
 */
#include <carnet/verdict.h>

#include <string.h>

/* ---- values in words ------------------------------------------------------------ */

static void
put_set(struct cn_buf *out, const struct cn_choices *choices, uint32_t set)
{
	bool any = false;

	for (size_t i = 0; i < choices->count; i++) {
		if ((set >> i & 1) == 0)
			continue;
		cn_buf_printf(out, "%s%s", any ? ", " : "", choices->values[i]);
		any = true;
	}
	if (!any)
		cn_buf_str(out, "none");
}

void
cn_verdict_value_text(const struct cn_verdict *verdict, enum cn_verdict_key key,
    struct cn_buf *out)
{
	const struct cn_conclusion *c = &verdict->of[key];
	const struct cn_choices *choices = cn_verdict_choices(key);
	char text[21];

	if (c->undetermined) {
		cn_buf_str(out, "undetermined");
		return;
	}
	switch (cn_verdict_kind(key)) {
	case CN_V_CHOICE:
		cn_buf_str(out, choices->values[c->number]);
		break;
	case CN_V_SET:
		put_set(out, choices, c->set);
		break;
	case CN_V_BOOL:
		cn_buf_str(out, c->number != 0 ? "yes" : "no");
		break;
	case CN_V_UINT:
		cn_buf_printf(out, "%llu", (unsigned long long)c->number);
		break;
	case CN_V_DATE:
		cn_date_print(cn_day_date(c->day), text);
		cn_buf_str(out, text);
		break;
	case CN_V_INSTANT:
		cn_instant_print(c->instant, text);
		cn_buf_str(out, text);
		break;
	}
}

/* ---- the argument ------------------------------------------------------------------ */

static const struct {
	const char *title;
	enum cn_verdict_key first, last;
} topics[] = {
	{ "Which rules apply, and to what", CN_V_CRA_APPLIES, CN_V_AI_STATUS },
	{ "Which procedure, and who is involved", CN_V_AI_CONFORMITY_PROCEDURE,
	    CN_V_ART_12_3_DEROGATION },
	{ "What is presumed, and what has to be shown",
	    CN_V_AI_ART15_CYBERSECURITY, CN_V_AI_ART15_ACCURACY_ROBUSTNESS },
	{ "Third parties", CN_V_THIRD_PARTIES,
	    CN_V_SECTORAL_SELF_ASSESSMENT_ALLOWED },
	{ "Declaration, registration, marking", CN_V_DOC_ACTS,
	    CN_V_AI_ACT_ROLE },
	{ "Support, updates, reporting", CN_V_MINIMUM_SUPPORT_YEARS,
	    CN_V_FINAL_REPORT_DUE_DATE },
};

/* Sets may rest on many reasons: the declaration's items on sixteen. */
#define REASONS_TOLD 6

static void
put_reasons(struct cn_buf *out, const struct cn_verdict *verdict,
    enum cn_verdict_key key)
{
	const struct cn_reason *r = verdict->reasons;
	unsigned told = 0;

	for (; r != NULL && told < REASONS_TOLD; r = r->next) {
		if (r->key != key)
			continue;
		cn_buf_printf(
		    out, "      because %s\n        [%s", r->because, r->cite);
		if (r->applies_from != NULL)
			cn_buf_printf(out, "; from %s", r->applies_from);
		cn_buf_str(out, "]\n");
		told++;
	}
}

static void
put_topic(struct cn_buf *out, const struct cn_verdict *verdict, size_t topic)
{
	bool titled = false;

	for (int i = (int)topics[topic].first; i <= (int)topics[topic].last;
	     i++) {
		enum cn_verdict_key key = (enum cn_verdict_key)i;

		if (!verdict->of[i].reached)
			continue;
		if (!titled)
			cn_buf_printf(out, "%s\n", topics[topic].title);
		titled = true;
		cn_buf_printf(out, "  %s: ", cn_verdict_name(key));
		cn_verdict_value_text(verdict, key, out);
		cn_buf_byte(out, '\n');
		if (key != CN_V_DOC_ITEMS)
			put_reasons(out, verdict, key);
	}
	if (titled)
		cn_buf_byte(out, '\n');
}

static void
put_open(struct cn_buf *out, const struct cn_open_question *open)
{
	if (open == NULL)
		return;
	cn_buf_str(out, "What the law leaves open\n");
	for (; open != NULL; open = open->next) {
		const struct cn_choices *choices = cn_verdict_choices(
		    open->key);

		cn_buf_printf(out, "  %s: %s\n      [%s]\n",
		    cn_verdict_name(open->key), open->question, open->cite);
		if (choices != NULL && open->candidates != 0) {
			cn_buf_str(out, "      candidates: ");
			put_set(out, choices, open->candidates);
			cn_buf_byte(out, '\n');
		}
	}
	cn_buf_byte(out, '\n');
}

/* ---- what would change it ----------------------------------------------------------- */

#define EDITS 3

/* A fact that a maker can bring about. */
static const struct {
	const char *words;
	struct {
		unsigned row;
		uint64_t number;
	} edits[EDITS];
	size_t count;
} chances[] = {
	{ "cited standards for the CRA were applied in full",
	    { { CN_ASSESSMENT_CRA_STANDARDS, CN_STANDARDS_USE_CITED_FULL } },
	    1 },
	{ "a European cybersecurity certificate under CRA 27(9) were held",
	    { { CN_ASSESSMENT_CRA_CERTIFICATE,
		CN_CRA_CERTIFICATE_SUBSTANTIAL_ART_27_9 } },
	    1 },
	{ "it were free and open-source software with public technical "
	  "documentation",
	    { { CN_ASSESSMENT_FOSS, 1 },
		{ CN_ASSESSMENT_TECHNICAL_DOCUMENTATION_PUBLIC, 1 } },
	    2 },
	{ "both parts of the CRA's Annex I were met and the declaration "
	  "demonstrated the level of AIA 15",
	    { { CN_ASSESSMENT_CRA_ANNEX_I_PART_I_MET, 1 },
		{ CN_ASSESSMENT_CRA_ANNEX_I_PART_II_MET, 1 },
		{ CN_ASSESSMENT_CRA_DOC_DEMONSTRATES_ART15_LEVEL, 1 } },
	    3 },
	{ "cited standards for high-risk AI were applied in full",
	    { { CN_ASSESSMENT_AI_STANDARDS, CN_STANDARDS_USE_CITED_FULL } },
	    1 },
	{ "a certificate under AIA 42(2) covered the requirements of AIA 15",
	    { { CN_ASSESSMENT_CSA_CERTIFICATE_AI_ART42_2, 1 } }, 1 },
	{ "the AI notified body were assessed for CRA 39",
	    { { CN_ASSESSMENT_AI_NB_CRA_ART39_ASSESSED, 1 } }, 1 },
};

/* The same facts, but for some. */
static struct cn_record *
altered(const struct cn_record *facts, size_t chance, struct cn_arena *arena)
{
	struct cn_record *copy = cn_record_new(arena, facts->table);

	if (copy == NULL)
		return NULL;
	memcpy(copy->slots, facts->slots,
	    facts->table->count * sizeof(copy->slots[0]));
	for (size_t i = 0; i < chances[chance].count; i++) {
		cn_clear(copy, chances[chance].edits[i].row);
		if (!cn_add_number(arena, copy, chances[chance].edits[i].row,
			chances[chance].edits[i].number))
			return NULL;
	}
	return copy;
}

static bool
differs(const struct cn_conclusion *a, const struct cn_conclusion *b)
{
	return a->reached != b->reached || a->undetermined != b->undetermined ||
	       a->number != b->number || a->set != b->set;
}

static void
put_difference(struct cn_buf *out, size_t chance, const struct cn_verdict *now,
    const struct cn_verdict *then)
{
	bool titled = false;

	for (int i = 0; i < CN_V_COUNT; i++) {
		if (!differs(&now->of[i], &then->of[i]) || !then->of[i].reached)
			continue;
		if (!titled)
			cn_buf_printf(out, "  if %s:\n", chances[chance].words);
		titled = true;
		cn_buf_printf(
		    out, "      %s: ", cn_verdict_name((enum cn_verdict_key)i));
		cn_verdict_value_text(then, (enum cn_verdict_key)i, out);
		cn_buf_byte(out, '\n');
	}
}

static enum cn_code
put_chances(struct cn_buf *out, const struct cn_verdict *verdict,
    const struct cn_record *facts, struct cn_arena *arena, struct cn_error *err)
{
	cn_buf_str(out, "What would change it\n");
	for (size_t i = 0; i < sizeof(chances) / sizeof(chances[0]); i++) {
		struct cn_record *other = altered(facts, i, arena);
		struct cn_verdict *then;
		enum cn_code code;

		if (other == NULL)
			return cn_fail(
			    err, CN_MEMORY, "no memory for an explanation");
		code = cn_verdict_reach(other,
		    verdict->at == INT32_MIN ? NULL : &verdict->at, arena,
		    &then, err);
		if (code != CN_OK)
			return code;
		put_difference(out, i, verdict, then);
	}
	return CN_OK;
}

enum cn_code
cn_verdict_explain(const struct cn_verdict *verdict,
    const struct cn_record *facts, struct cn_arena *arena, struct cn_buf *out,
    struct cn_error *err)
{
	char day[11];

	if (verdict->at != INT32_MIN) {
		cn_date_print(cn_day_date(verdict->at), day);
		cn_buf_printf(out,
		    "For a unit placed on the market on %s, "
		    "by the law as of %s:\n\n",
		    day, cn_law_as_of);
	} else {
		cn_buf_printf(out,
		    "By the law as of %s; no date of placing is stated:\n\n",
		    cn_law_as_of);
	}
	for (size_t i = 0; i < sizeof(topics) / sizeof(topics[0]); i++)
		put_topic(out, verdict, i);
	put_open(out, verdict->open);
	return put_chances(out, verdict, facts, arena, err);
}
