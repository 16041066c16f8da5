/* Facts in, verdict out. */
#include <carnet/verdict.h>

#include <stdio.h>

#include "vectors.h"

/* The facts as a document of their own. */
static void
put(struct cn_jw *w, const struct cn_json *json)
{
	switch (json->type) {
	case CN_JSON_NULL:
		cn_jw_null(w);
		break;
	case CN_JSON_FALSE:
	case CN_JSON_TRUE:
		cn_jw_bool(w, json->type == CN_JSON_TRUE);
		break;
	case CN_JSON_NUMBER:
		cn_jw_raw(w, json->text);
		break;
	case CN_JSON_STRING:
		cn_jw_slice(w, json->text);
		break;
	case CN_JSON_ARRAY:
		cn_jw_array(w);
		for (json = json->first; json != NULL; json = json->next)
			put(w, json);
		cn_jw_array_end(w);
		break;
	case CN_JSON_OBJECT:
		cn_jw_object(w);
		for (json = json->first; json != NULL; json = json->next) {
			cn_jw_key_slice(w, json->key);
			put(w, json);
		}
		cn_jw_object_end(w);
		break;
	}
}

static bool same(const struct cn_json *want, const struct cn_json *got);

/* Lists compare as sets. */
static bool
same_set(const struct cn_json *want, const struct cn_json *got)
{
	if (got->type != CN_JSON_ARRAY || got->count != want->count)
		return false;
	for (const struct cn_json *a = want->first; a != NULL; a = a->next) {
		const struct cn_json *b = got->first;

		while (b != NULL && !same(a, b))
			b = b->next;
		if (b == NULL)
			return false;
	}
	return true;
}

static bool
same(const struct cn_json *want, const struct cn_json *got)
{
	if (want->type == CN_JSON_ARRAY)
		return same_set(want, got);
	return want->type == got->type && cn_slice_eq(want->text, got->text);
}

/* … but for those whose order is part of the answer. */
static bool
same_list(const struct cn_json *want, const struct cn_json *got)
{
	const struct cn_json *a = want->first, *b = got->first;

	while (a != NULL && b != NULL && same(a, b)) {
		a = a->next;
		b = b->next;
	}
	return a == NULL && b == NULL;
}

static bool
agrees(const struct cn_json *want, const struct cn_json *got)
{
	bool ordered = cn_slice_is(want->key, "doc_items") ||
		       cn_slice_is(want->key, "doc_acts");

	if (got == NULL) /* null: nothing follows */
		return want->type == CN_JSON_NULL;
	return ordered && want->type == CN_JSON_ARRAY &&
		       got->type == CN_JSON_ARRAY
		   ? same_list(want, got)
		   : same(want, got);
}

/* The verdict's own document. */
static const struct cn_json *
verdict_of(struct vectors *v, const struct cn_json *facts, struct cn_error *err)
{
	struct cn_report report;
	struct cn_record *record;
	struct cn_verdict *verdict;
	struct cn_json *root = NULL;
	struct cn_buf text;
	struct cn_jw w;

	cn_report_init(&report, v->arena);
	cn_buf_init(&text, 1u << 20);
	cn_jw_init(&w, &text, false);
	put(&w, facts);
	if (cn_facts_read(v->arena, CN_SLICE("facts"), cn_buf_slice(&text),
		&record, &report, err) != CN_OK)
		goto out;
	if (report.first != NULL) {
		(void)cn_fail(
		    err, CN_MALFORMED, "%.*s", CN_FMT(report.first->message));
		goto out;
	}
	if (cn_verdict_reach(record, NULL, v->arena, &verdict, err) != CN_OK)
		goto out;
	cn_buf_reset(&text);
	cn_jw_init(&w, &text, false);
	cn_jw_object(&w);
	cn_verdict_write_json(verdict, &w);
	cn_jw_object_end(&w);
	if (cn_json_parse(v->arena, cn_buf_slice(&text), NULL, &root, err) !=
	    CN_OK)
		root = NULL;
out:
	cn_buf_free(&text);
	return root;
}

static void
run_case(struct vectors *v, const struct cn_json *entry)
{
	const struct cn_json *facts = cn_json_get(entry, "facts");
	const struct cn_json *want = cn_json_get(entry, "expect"), *got;
	struct cn_slice id = cn_json_text(entry, "id");
	struct cn_error err = { 0 };
	char name[65], wrong[256] = "";

	(void)snprintf(name, sizeof(name), "%.*s", CN_FMT(id));
	if (facts == NULL || want == NULL) {
		vectors_count(
		    v, false, name, "it has no facts or expectations");
		return;
	}
	got = verdict_of(v, facts, &err);
	if (got == NULL) {
		vectors_count(v, false, name, "no verdict: %s", err.text);
		return;
	}
	for (want = want->first; want != NULL && wrong[0] == '\0';
	     want = want->next) {
		char key[100];

		(void)snprintf(key, sizeof(key), "%.*s", CN_FMT(want->key));
		if (!agrees(want, cn_json_get(got, key)))
			(void)snprintf(wrong, sizeof(wrong), "%s", key);
	}
	vectors_count(v, wrong[0] == '\0', name, "%s differs", wrong);
}

void
run_rules(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *cases = cn_json_get(root, "cases");

	/* Reference texts and tables lie in the same folder. */
	if (cases == NULL)
		return;
	for (cases = cases->first; cases != NULL; cases = cases->next)
		run_case(v, cases);
}
