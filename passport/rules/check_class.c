/* What the maker states of classes against what follows from the facts. */
#include "check.h"

/* A choice that is stated must be the one that was reached. */
static void
compare(const struct judge *judge, enum cn_verdict_key key,
    const struct cn_value *stated)
{
	const struct cn_conclusion *c = &judge->in->verdict->of[key];
	const struct cn_choices *choices = cn_verdict_choices(key);

	if (!c->reached || c->undetermined || stated->as.number == c->number)
		return;
	judge_at(judge, stated,
	    "stated is \"%s\", but from the facts of the assessment follows "
	    "\"%s\"",
	    choices->values[stated->as.number], choices->values[c->number]);
}

void
check_cra_class(const struct judge *judge)
{
	const struct cn_value *stated = cn_get(
	    cn_get_record(judge->in->descriptor->record, CN_F_CRA_CLASS),
	    CN_CRA_CLASSIFICATION_CLASS);

	if (judge->in->verdict != NULL && stated != NULL)
		compare(judge, CN_V_CRA_CLASS, stated);
}

/* No classification says that there is no AI in it. */
void
check_ai_status(const struct judge *judge)
{
	const struct cn_value *stated = cn_get(
	    cn_get_record(
		judge->in->descriptor->record, CN_F_AI_CLASSIFICATION),
	    CN_AI_CLASSIFICATION_STATUS);
	const struct cn_conclusion *c;

	if (judge->in->verdict == NULL)
		return;
	c = &judge->in->verdict->of[CN_V_AI_STATUS];
	if (stated != NULL)
		compare(judge, CN_V_AI_STATUS, stated);
	else if (c->reached && c->number != CN_AI_STATUS_NOT_AI_SYSTEM)
		judge_at(judge,
		    cn_get(judge->in->descriptor->record, CN_F_ASSESSMENT),
		    "the facts say that it contains AI: write "
		    "scope.ai_classification with status \"%s\"",
		    cn_verdict_choices(CN_V_AI_STATUS)->values[c->number]);
}
