/*
 * Kind vex: QUERIES.json asks for the status of vulnerabilities in products of
 * the folder's files.
 */
#include <string.h>

#include <carnet/vex.h>

#include "vectors.h"

/* The file of the last query: they come file by file. */
struct last {
	struct cn_slice name;
	struct cn_arena *arena;
	struct cn_sbom_facts facts;
	bool good;
};

static void
open_file(struct vectors *v, struct last *last, struct cn_slice name)
{
	struct cn_slice path;
	struct cn_sbom_request request = { 0 };

	if (last->arena != NULL && cn_slice_eq(last->name, name))
		return;
	cn_arena_free(last->arena);
	last->good = false;
	last->name = name;
	last->arena = cn_arena_new(512u << 20);
	path = cn_arena_printf(v->arena, "%s/%.*s", v->dir, CN_FMT(name));
	request.path = (const char *)path.ptr;
	if (last->arena != NULL && path.ptr != NULL)
		last->good = cn_sbom_facts_read(&request, last->arena,
				 &last->facts, NULL) == CN_OK;
}

static void
ask(struct vectors *v, struct last *last, const struct cn_json *query)
{
	const struct cn_sbom_facts *file = &last->facts;
	const struct cn_vex_question question = {
		.vulnerability = cn_json_text(query, "vulnerability"),
		.product = cn_json_text(query, "product"),
		.version = cn_json_text(query, "version"),
	};
	struct cn_slice status = cn_json_text(query, "status");
	struct cn_vex_answer answer;
	const char *name = question.vulnerability.ptr == NULL
			       ? "(no id)"
			       : (const char *)question.vulnerability.ptr;
	bool conflict = vectors_bool(cn_json_get(query, "conflict")) == 1;

	if (!last->good) {
		vectors_count(v, false, name, "the file cannot be read");
		return;
	}
	if (cn_vex_ask(&file, 1, &question, last->arena, &answer, NULL) !=
	    CN_OK) {
		vectors_count(v, false, name, "no answer");
		return;
	}
	vectors_count(v,
	    cn_slice_is(status, cn_vex_status_name(answer.status)) &&
		answer.conflict == conflict && answer.because != NULL,
	    name, "version %.*s: %s%s, expected %.*s%s",
	    CN_FMT(question.version), cn_vex_status_name(answer.status),
	    answer.conflict ? " (conflict)" : "", CN_FMT(status),
	    conflict ? " (conflict)" : "");
}

bool
whole_vex(struct vectors *v)
{
	struct cn_slice path = cn_arena_printf(
	    v->arena, "%s/QUERIES.json", v->dir);
	struct last last = { .arena = NULL };
	struct cn_json *queries;

	if (path.ptr == NULL)
		return false;
	queries = vectors_load((const char *)path.ptr, v->arena);
	if (queries == NULL)
		return false;
	for (const struct cn_json *q = queries->first; q != NULL; q = q->next) {
		struct cn_slice file = cn_json_text(q, "file");

		v->file = (const char *)file.ptr;
		open_file(v, &last, file);
		ask(v, &last, q);
	}
	cn_arena_free(last.arena);
	return true;
}
