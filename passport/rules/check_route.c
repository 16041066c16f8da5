/* Procedure, bodies and marking against the verdict. (CRA 30, 32; AIA 43, 48) */
#include "check.h"

#include <stdio.h>

static const struct cn_record *
record(const struct judge *judge)
{
	return judge->in->descriptor->record;
}

static bool
ends_verdict(const struct judge *judge, enum cn_verdict_key key)
{
	return judge->in->verdict != NULL &&
	       judge->in->verdict->of[key].reached &&
	       !judge->in->verdict->of[key].undetermined;
}

/* The module that was chosen must be one that is open. */
void
check_module(const struct judge *judge)
{
	const struct cn_value *chosen = cn_get(
	    cn_get_record(record(judge), CN_F_ASSESSMENT),
	    CN_ASSESSMENT_CHOSEN_MODULE);
	struct cn_buf open;
	uint32_t set;

	if (chosen == NULL || !ends_verdict(judge, CN_V_CRA_ALLOWED_MODULES))
		return;
	set = judge->in->verdict->of[CN_V_CRA_ALLOWED_MODULES].set;
	if (set == 0 || (set >> chosen->as.number & 1) != 0)
		return;
	cn_buf_init(&open, 512);
	cn_verdict_value_text(
	    judge->in->verdict, CN_V_CRA_ALLOWED_MODULES, &open);
	judge_at(judge, chosen,
	    "module %s is not open to this product; open are: %.*s",
	    cn_choices_cra_module.values[chosen->as.number],
	    CN_FMT(cn_buf_slice(&open)));
	cn_buf_free(&open);
}

/* Where a third party is mandatory, the passport names it. */
void
check_bodies(const struct judge *judge)
{
	struct cn_buf parties;

	if (!ends_verdict(judge, CN_V_THIRD_PARTIES) ||
	    judge->in->verdict->of[CN_V_THIRD_PARTIES].set == 0 ||
	    cn_get(record(judge), CN_F_NOTIFIED_BODIES) != NULL ||
	    cn_get(record(judge), CN_F_CYBERSECURITY_CERTIFICATES) != NULL)
		return;
	cn_buf_init(&parties, 512);
	cn_verdict_value_text(judge->in->verdict, CN_V_THIRD_PARTIES, &parties);
	judge_at(judge, cn_get(record(judge), CN_F_CONFORMITY_PROCEDURES),
	    "the procedure needs %.*s: name the body and its certificate in "
	    "conformity.notified_bodies (or the certificate in "
	    "conformity.cybersecurity_certificates)",
	    CN_FMT(cn_buf_slice(&parties)));
	cn_buf_free(&parties);
}

/* A certificate that has run out does not carry a passport. */
void
check_certificates(const struct judge *judge)
{
	const struct cn_value *v = cn_get(record(judge), CN_F_NOTIFIED_BODIES);
	struct cn_date until;

	for (; v != NULL; v = v->next) {
		const struct cn_value *expires = cn_get(
		    v->as.record, CN_NOTIFIED_BODY_EXPIRES);

		if (expires != NULL &&
		    cn_date_parse(expires->as.text, &until) &&
		    cn_date_day(until) < judge->in->at)
			judge_at(judge, expires, "the certificate has run out");
	}
	v = cn_get(record(judge), CN_F_CYBERSECURITY_CERTIFICATES);
	for (; v != NULL; v = v->next) {
		const struct cn_value *expires = cn_get(
		    v->as.record, CN_CERTIFICATE_EXPIRES);

		if (expires != NULL &&
		    cn_date_parse(expires->as.text, &until) &&
		    cn_date_day(until) < judge->in->at)
			judge_at(judge, expires, "the certificate has run out");
	}
}

/* CRA 30(4): the body's number follows the CE marking with module H. */
void
check_ce_number(const struct judge *judge)
{
	const struct cn_value *mark = cn_get(record(judge), CN_F_CE_MARKING);
	const struct cn_value *number;

	if (!ends_verdict(judge, CN_V_CE_NB_NUMBER_REQUIRED_UNDER_CRA) ||
	    mark == NULL)
		return;
	number = cn_get(mark->as.record, CN_CE_MARKING_NB_NUMBER);
	if (judge->in->verdict->of[CN_V_CE_NB_NUMBER_REQUIRED_UNDER_CRA]
		    .number != 0 &&
	    number == NULL)
		judge_at(judge, mark,
		    "with module H the number of the notified body follows "
		    "the CE marking: write nb_number");
}

/* ---- facts that would flatter by default --------------------------------------- */

static const struct {
	unsigned row;
	const char *default_is;
	bool ai; /* asked only of a product with AI */
} flattering[] = {
	{ CN_ASSESSMENT_AI_SYSTEM, "false", false },
	{ CN_ASSESSMENT_CRA_CORE_FUNCTIONALITY, "default", false },
	{ CN_ASSESSMENT_AI_ANNEX_III_POINT, "null", true },
	{ CN_ASSESSMENT_AI_ANNEX_I_SECTION, "none", true },
	{ CN_ASSESSMENT_AI_PROHIBITED_PRACTICE, "null", true },
	{ CN_ASSESSMENT_PROCESSES_PERSONAL_DATA, "false", true },
};

/* A null is a statement too, but leaves nothing in the tree: the document
 * itself tells. */
static bool
stated(const struct judge *judge, unsigned row)
{
	const struct cn_json *facts = cn_json_get(
	    cn_json_get(judge->in->descriptor->json, "conformity"),
	    "assessment");

	return cn_json_get(facts, cn_table_assessment.rows[row].name) != NULL;
}

void
check_facts_stated(const struct judge *judge)
{
	const struct cn_value *field = cn_get(record(judge), CN_F_ASSESSMENT);
	bool ai;

	if (field == NULL)
		return;
	ai = cn_get_number(field->as.record, CN_ASSESSMENT_AI_SYSTEM, 0) != 0;
	for (size_t i = 0; i < sizeof(flattering) / sizeof(flattering[0]); i++)
		if ((!flattering[i].ai || ai) &&
		    !stated(judge, flattering[i].row))
			judge_at(judge, field,
			    "\"%s\" is not stated; the verdict rests on its "
			    "favourable default (%s): state it",
			    cn_table_assessment.rows[flattering[i].row].name,
			    flattering[i].default_is);
}
