/* SPDX 3.0: relationships, and what they say about vulnerabilities. */
#include "spdx3.h"

#include <string.h>

bool
spdx3_next_to(const struct spdx3 *s, size_t *at, struct cn_slice *id)
{
	uint32_t len;

	if (*at >= s->to.len)
		return false;
	memcpy(&len, s->to.ptr + *at, sizeof(len));
	*id = cn_slice_sub(cn_buf_slice(&s->to), *at + sizeof(len), len);
	*at += sizeof(len) + len;
	return true;
}

static const struct {
	const char *type;
	enum cn_vex_status status;
} assessments[] = {
	{ "security_VexAffectedVulnAssessmentRelationship", CN_VEX_AFFECTED },
	{ "security_VexFixedVulnAssessmentRelationship", CN_VEX_FIXED },
	{ "security_VexNotAffectedVulnAssessmentRelationship",
	    CN_VEX_NOT_AFFECTED },
	{ "security_VexUnderInvestigationVulnAssessmentRelationship",
	    CN_VEX_UNDER_INVESTIGATION },
};

/* The vulnerability is a reference still; its number is put in at the end. */
static void
state(struct spdx3 *s, enum cn_vex_status status)
{
	struct cn_slice vulnerability = keep(s->r, cn_buf_slice(&s->from)),
			how = keep(s->r, cn_buf_slice(&s->relation)), why, id;
	size_t at = 0;

	why = s->justification.len == 0
		  ? CN_SLICE_NONE
		  : keep(s->r, cn_buf_slice(&s->justification));
	tally_add(s->r, &s->statuses, cn_slice_str(cn_vex_status_name(status)));
	while (spdx3_next_to(s, &at, &id)) {
		struct cn_vex_statement *said = statement_add(s->r);

		if (said == NULL)
			return;
		said->vulnerability = vulnerability;
		said->product = keep(s->r, id);
		said->state = how;
		said->status = status;
		said->justification = why;
	}
}

static const char *const needs[] = { "dependsOn", "contains", "hasDynamicLink",
	"hasStaticLink", "hasPrerequisite", "hasProvidedDependency",
	"hasOptionalDependency" };

static bool
is_file(const struct spdx3 *s, struct cn_slice id)
{
	const uint64_t *number = marks_find(&s->ids, hash_text(&s->r->key, id));

	return number != NULL && *number > 0 && s->spots[*number - 1].file;
}

static void
count_needs(struct spdx3 *s)
{
	uint64_t *count = marks_add(
	    &s->needs, hash_text(&s->r->key, cn_buf_slice(&s->from)), NULL);
	struct cn_slice id;
	size_t at = 0;

	if (count == NULL) {
		walk_no_memory(&s->r->walk);
		return;
	}
	while (spdx3_next_to(s, &at, &id))
		if (!is_file(s, id))
			++*count;
}

void
spdx3_relation_ends(struct spdx3 *s)
{
	struct cn_slice relation = cn_buf_slice(&s->relation);

	s->f->relationships++;
	tally_add(s->r, &s->relations, relation);
	if (cn_slice_is(relation, "trainedOn"))
		s->f->trained_on += s->to_count;
	if (cn_slice_is(relation, "testedOn"))
		s->f->tested_on += s->to_count;
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		if (cn_slice_is(relation, needs[i]))
			count_needs(s);
	for (size_t i = 0; i < sizeof(assessments) / sizeof(assessments[0]);
	     i++)
		if (cn_slice_is(cn_buf_slice(&s->type), assessments[i].type))
			state(s, assessments[i].status);
	if (s->from.len == 0)
		walk_find(&s->r->walk, CN_WARNING, "missing",
		    "the relationship has no \"from\"");
	if (s->to_count == 0)
		walk_find(&s->r->walk, CN_WARNING, "missing",
		    "the relationship has no \"to\"");
}

void
spdx3_relations_end(struct spdx3 *s)
{
	struct cn_vex_statement *said = s->r->facts->statements;

	for (; said != NULL; said = said->next) {
		const struct name *n = names_find(
		    &s->vulnerabilities, said->vulnerability);
		const struct cn_slice *id = n == NULL ? NULL : n->value;

		if (id != NULL && id->ptr != NULL)
			said->vulnerability = *id;
	}
}
