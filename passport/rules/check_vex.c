/* What is said about vulnerabilities, and what follows for units that are
 * being placed on the market. (CRA Annex I, 14) */
#include "check.h"

#include <carnet/vex.h>

/* The statement's place as that of something found. */
static struct cn_found
place_of(const struct cn_vex_statement *s)
{
	return (struct cn_found){ .line = s->line, .column = s->column };
}

static bool
kev_lists(const struct judge *judge, struct cn_slice id)
{
	for (size_t i = 0; i < judge->in->file_count; i++)
		if (judge->in->files[i]->kind == CN_SBOM_KEV &&
		    cn_kev_lists(judge->in->files[i], id))
			return true;
	return false;
}

/* Does another file of the input, which counts later, close it? The worst
 * answer of all files together decides. */
static enum cn_vex_status
together(const struct judge *judge, const struct cn_vex_statement *s)
{
	struct cn_vex_question question = { .vulnerability = s->vulnerability,
		.product = s->product };
	struct cn_vex_answer answer;

	if (s->vulnerability.ptr == NULL ||
	    cn_vex_ask(judge->in->files, judge->in->file_count, &question,
		judge->report->arena, &answer, NULL) != CN_OK)
		return s->status;
	return answer.status;
}

/* Runs `tell` for each statement that leaves a vulnerability open, each
 * vulnerability once a file. */
typedef void (*tell_open)(const struct judge *judge,
    const struct cn_sbom_facts *file, const struct cn_vex_statement *s);

static bool
first_of_its_id(
    const struct cn_sbom_facts *file, const struct cn_vex_statement *s)
{
	const struct cn_vex_statement *t = file->statements;

	while (t != s && !cn_slice_eq(t->vulnerability, s->vulnerability))
		t = t->next;
	return t == s;
}

static bool
open_as(enum cn_vex_status status, bool investigated)
{
	if (investigated)
		return status == CN_VEX_UNDER_INVESTIGATION ||
		       status == CN_VEX_UNKNOWN;
	return status == CN_VEX_AFFECTED || status == CN_VEX_UNSPECIFIED;
}

static void
each_open(const struct judge *judge, bool investigated, tell_open tell)
{
	for (size_t i = 0; i < judge->in->file_count; i++) {
		const struct cn_sbom_facts *file = judge->in->files[i];
		const struct cn_vex_statement *s = file->statements;

		for (; s != NULL; s = s->next)
			if (open_as(s->status, investigated) &&
			    first_of_its_id(file, s) &&
			    open_as(together(judge, s), investigated))
				tell(judge, file, s);
	}
}

static void
tell_exploitable(const struct judge *judge, const struct cn_sbom_facts *file,
    const struct cn_vex_statement *s)
{
	struct cn_found place = place_of(s);

	judge_file(judge, file, &place,
	    "%.*s is stated as %s and neither fixed nor not affected: units "
	    "must not be placed on the market with it%s",
	    CN_FMT(s->vulnerability),
	    s->status == CN_VEX_AFFECTED ? "affected" : "present",
	    kev_lists(judge, s->vulnerability) ? "; it is known to be exploited"
					       : "");
}

void
check_exploitable(const struct judge *judge)
{
	if (judge_cra(judge))
		each_open(judge, false, tell_exploitable);
}

static void
tell_investigated(const struct judge *judge, const struct cn_sbom_facts *file,
    const struct cn_vex_statement *s)
{
	struct cn_found place = place_of(s);

	judge_file(judge, file, &place,
	    "%.*s is still under investigation: say whether the product is "
	    "affected",
	    CN_FMT(s->vulnerability));
}

void
check_investigated(const struct judge *judge)
{
	if (judge_cra(judge))
		each_open(judge, true, tell_investigated);
}

/* A catalogue's listing starts no clock: awareness does. */
static void
tell_clock(const struct judge *judge, const struct cn_sbom_facts *file,
    const struct cn_vex_statement *s)
{
	struct cn_found place = place_of(s);

	if (kev_lists(judge, s->vulnerability))
		judge_file(judge, file, &place,
		    "%.*s is listed as exploited; the clocks of CRA 14 run "
		    "from the moment you became aware: state event and "
		    "aware_at in conformity.assessment",
		    CN_FMT(s->vulnerability));
}

void
check_exploited_clock(const struct judge *judge)
{
	const struct cn_record *facts = cn_get_record(
	    judge->in->descriptor->record, CN_F_ASSESSMENT);

	if (cn_get(facts, CN_ASSESSMENT_AWARE_AT) == NULL)
		each_open(judge, false, tell_clock);
}

/* A file handed in as VEX that states nothing changes nothing. */
void
check_vex_about(const struct judge *judge)
{
	for (size_t i = judge->in->sbom != NULL; i < judge->in->file_count;
	     i++) {
		const struct cn_sbom_facts *file = judge->in->files[i];

		if (file->kind != CN_SBOM_KEV && file->statement_count == 0)
			judge_file(judge, file, NULL,
			    "this file states nothing about any "
			    "vulnerability");
	}
}
