/* The EU declaration of conformity against what the verdict asks for. (CRA 28,
 * Annex V; AIA 47, Annex V; CRA 12(1)) */
#include "check.h"

static const struct cn_record *
declaration(const struct judge *judge)
{
	return cn_get_record(judge->in->descriptor->record, CN_F_DECLARATION);
}

/* Rows CRA_V_1 … AIA_V_8 stand in the order of the verdict's items. */
void
check_declaration_items(const struct judge *judge)
{
	const struct cn_choices *items = cn_verdict_choices(CN_V_DOC_ITEMS);
	const struct cn_value *at = cn_get(
	    judge->in->descriptor->record, CN_F_DECLARATION);
	uint32_t asked;

	if (judge->in->verdict == NULL || at == NULL)
		return;
	asked = judge->in->verdict->of[CN_V_DOC_ITEMS].set;
	for (unsigned i = 0; i < items->count; i++)
		if ((asked >> i & 1) != 0 &&
		    cn_get(declaration(judge), CN_DECLARATION_CRA_V_1 + i) ==
			NULL)
			judge_at(judge, at,
			    "the declaration lacks item %s: write \"%s\"",
			    items->values[i],
			    cn_table_declaration
				.rows[CN_DECLARATION_CRA_V_1 + i]
				.name);
}

static bool
holds(struct cn_slice text, const char *part)
{
	struct cn_slice want = cn_slice_str(part);

	for (size_t i = 0; i + want.len <= text.len; i++)
		if (cn_slice_eq(cn_slice_sub(text, i, want.len), want))
			return true;
	return false;
}

static bool
names_act(const struct judge *judge, const char *act)
{
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_APPLICABLE_ACTS);

	for (; v != NULL; v = v->next)
		if (cn_get_number(v->as.record, CN_ACT_IN_SCOPE, 0) != 0 &&
		    holds(cn_get_text(v->as.record, CN_ACT_ACT), act))
			return true;
	return false;
}

void
check_declaration_acts(const struct judge *judge)
{
	const struct cn_choices *acts = cn_verdict_choices(CN_V_DOC_ACTS);
	uint32_t asked;

	if (judge->in->verdict == NULL)
		return;
	asked = judge->in->verdict->of[CN_V_DOC_ACTS].set;
	for (size_t i = 0; i < acts->count; i++)
		if ((asked >> i & 1) != 0 && !names_act(judge, acts->values[i]))
			judge_at(judge,
			    cn_get(judge->in->descriptor->record,
				CN_F_APPLICABLE_ACTS),
			    "scope.applicable_acts must name Regulation (EU) "
			    "%s as in scope",
			    acts->values[i]);
}

/* CRA 28(3): acts are named with their publication references: a number such
 * as 2014/53. */
void
check_act_references(const struct judge *judge)
{
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_APPLICABLE_ACTS);

	for (; v != NULL; v = v->next) {
		struct cn_slice act = cn_get_text(v->as.record, CN_ACT_ACT);
		bool found = false;

		for (size_t i = 1; i + 1 < act.len; i++)
			found |= act.ptr[i] == '/' && act.ptr[i - 1] >= '0' &&
				 act.ptr[i - 1] <= '9' &&
				 act.ptr[i + 1] >= '0' && act.ptr[i + 1] <= '9';
		if (!found)
			judge_at(judge, cn_get(v->as.record, CN_ACT_ACT),
			    "name the act with its number, such as "
			    "\"Directive 2014/53/EU\"");
	}
}

/* "Deemed" rests on three statements: the passport must carry the third one,
 * and must not claim what does not follow. */
void
check_art15_claim(const struct judge *judge)
{
	const struct cn_record *record = judge->in->descriptor->record;
	const struct cn_value *field = cn_get(record, CN_F_ART15_STATEMENT);
	const struct cn_record *said = cn_get_record(
	    record, CN_F_ART15_STATEMENT);
	const struct cn_conclusion *c;
	bool claimed, deemed;

	if (judge->in->verdict == NULL)
		return;
	c = &judge->in->verdict->of[CN_V_AI_ART15_CYBERSECURITY];
	deemed = c->reached && !c->undetermined && c->number == 0;
	claimed = cn_get_number(said, CN_ART15_STATEMENT_CLAIMED, 0) != 0;
	if (claimed && !deemed)
		judge_at(judge, field,
		    "the presumption of CRA 12(1) is claimed, but does not "
		    "follow from the facts");
	if (deemed &&
	    (!claimed || cn_get(said, CN_ART15_STATEMENT_TEXT) == NULL))
		judge_at(judge,
		    field != NULL ? field : cn_get(record, CN_F_DECLARATION),
		    "the facts say that the declaration demonstrates the level "
		    "of AIA 15: put its words into conformity.art15_statement, "
		    "with claimed true");
}
