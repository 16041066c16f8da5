/*
 * Kind sbom: TRUTH.json names files and what an independent reader found in
 * them: facts, digests, and whether they are to be accepted, flagged or
 * rejected.
 */
#include <string.h>

#include <carnet/vex.h>

#include "vectors.h"

/* ---- two JSON values ------------------------------------------------------------ */

static bool same(const struct cn_json *a, const struct cn_json *b);

static const struct cn_json *
member(const struct cn_json *object, struct cn_slice key)
{
	const struct cn_json *m = object->first;

	while (m != NULL && !cn_slice_eq(m->key, key))
		m = m->next;
	return m;
}

static bool
same_members(const struct cn_json *a, const struct cn_json *b)
{
	for (const struct cn_json *m = a->first; m != NULL; m = m->next) {
		const struct cn_json *other = member(b, m->key);

		if (other == NULL || !same(m, other))
			return false;
	}
	return a->count == b->count;
}

static bool
same_items(const struct cn_json *a, const struct cn_json *b)
{
	const struct cn_json *x = a->first, *y = b->first;

	for (; x != NULL && y != NULL; x = x->next, y = y->next)
		if (!same(x, y))
			return false;
	return x == NULL && y == NULL;
}

static bool
same(const struct cn_json *a, const struct cn_json *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == CN_JSON_OBJECT)
		return same_members(a, b);
	if (a->type == CN_JSON_ARRAY)
		return same_items(a, b);
	return cn_slice_eq(a->text, b->text);
}

/* ---- a file ------------------------------------------------------------------------ */

struct subject {
	struct vectors *v;
	struct cn_arena *arena;
	const struct cn_json *entry; /* of TRUTH.json */
	const struct cn_sbom_facts *kev; /* or NULL */
	struct cn_sbom_facts facts;
	struct cn_report report;
	struct cn_json *told; /* our facts as JSON */
};

static bool
tell(struct subject *s)
{
	struct cn_buf out;
	struct cn_jw w;
	enum cn_code code;

	cn_buf_init(&out, 64u << 20);
	cn_jw_init(&w, &out, false);
	cn_sbom_facts_json(&s->facts, &w);
	code = cn_json_parse(
	    s->arena, cn_buf_slice(&out), NULL, &s->told, NULL);
	cn_buf_free(&out);
	return code == CN_OK;
}

/* Every member that is expected must be there and the same. */
static void
compare(struct subject *s, const struct cn_json *expected)
{
	static const char *const ours[] = { "facts", "parse", "schema",
		"schema_first_error", "expect", "why", "known_exploited_open",
		"known_exploited_ids" };

	for (const struct cn_json *m = expected->first; m != NULL;
	     m = m->next) {
		const struct cn_json *told = member(s->told, m->key);
		bool other = false;

		for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
			other = other || cn_slice_is(m->key, ours[i]);
		if (!other)
			vectors_count(s->v, told != NULL && same(m, told),
			    (const char *)m->key.ptr,
			    told == NULL ? "not told" : "another value");
	}
}

/* ---- known exploited ----------------------------------------------------------------- */

static bool
is_open(const struct cn_vex_statement *s)
{
	return s->status == CN_VEX_AFFECTED ||
	       s->status == CN_VEX_UNSPECIFIED ||
	       s->status == CN_VEX_UNDER_INVESTIGATION;
}

static bool
lists(const struct cn_json *list, struct cn_slice id, struct cn_slice product)
{
	for (const struct cn_json *p = list->first; p != NULL; p = p->next)
		if (p->first != NULL && p->first->next != NULL &&
		    cn_slice_eq(p->first->text, id) &&
		    cn_slice_eq(p->first->next->text, product))
			return true;
	return false;
}

static void
exploited_open(struct subject *s, const struct cn_json *expected)
{
	const struct cn_vex_statement *st = s->facts.statements;
	bool good = true;

	for (; st != NULL; st = st->next)
		if (is_open(st) && cn_kev_lists(s->kev, st->vulnerability))
			good = good &&
			       lists(expected, st->vulnerability, st->product);
	for (const struct cn_json *p = expected->first; p != NULL;
	     p = p->next) {
		bool found = false;

		for (st = s->facts.statements; st != NULL; st = st->next)
			found = found ||
				(is_open(st) && p->first != NULL &&
				    p->first->next != NULL &&
				    cn_slice_eq(
					p->first->text, st->vulnerability) &&
				    cn_slice_eq(
					p->first->next->text, st->product) &&
				    cn_kev_lists(s->kev, st->vulnerability));
		good = good && found;
	}
	vectors_count(
	    s->v, good, "known_exploited_open", "other pairs are open");
}

static void
exploited_ids(struct subject *s, const struct cn_json *expected)
{
	const struct cn_texts *t = s->facts.of.csaf.vulnerability_ids;
	size_t count = 0;
	bool good = true;

	for (; t != NULL; t = t->next) {
		bool found = false;

		if (!cn_kev_lists(s->kev, t->text))
			continue;
		count++;
		for (const struct cn_json *m = expected->first; m != NULL;
		     m = m->next)
			found = found || cn_slice_eq(m->text, t->text);
		good = good && found;
	}
	vectors_count(s->v, good && count == expected->count,
	    "known_exploited_ids", "other ids are exploited");
}

/* ---- the folder ------------------------------------------------------------------------ */

static void
judge(struct subject *s, enum cn_code code, const struct cn_error *err)
{
	struct cn_slice expect = cn_json_text(s->entry, "expect");
	const struct cn_json *facts = cn_json_get(s->entry, "facts"), *list;

	if (cn_slice_is(expect, "reject")) {
		vectors_count(s->v, code != CN_OK && s->facts.id.ptr == NULL,
		    "expect", "it was read, but is to be rejected");
		return;
	}
	vectors_count(
	    s->v, code == CN_OK, "expect", "%s: %s", err->place, err->text);
	if (code != CN_OK || !tell(s))
		return;
	if (cn_slice_is(expect, "flag"))
		vectors_count(s->v, s->report.first != NULL, "expect",
		    "there is no finding");
	compare(s, s->entry);
	if (facts != NULL)
		compare(s, facts);
	if (s->kev == NULL)
		return;
	list = cn_json_get(s->entry, "known_exploited_open");
	if (list != NULL)
		exploited_open(s, list);
	list = cn_json_get(s->entry, "known_exploited_ids");
	if (list != NULL && s->facts.kind == CN_SBOM_CSAF)
		exploited_ids(s, list);
}

static enum cn_code
read_file(struct subject *s, struct cn_slice name, struct cn_error *err)
{
	struct cn_slice path = cn_arena_printf(
	    s->arena, "%s/%.*s", s->v->dir, CN_FMT(name));
	struct cn_sbom_request request = {
		.path = (const char *)path.ptr,
		.all_digests = true,
		.report = &s->report,
	};

	cn_report_init(&s->report, s->arena);
	return path.ptr == NULL
		   ? CN_MEMORY
		   : cn_sbom_facts_read(&request, s->arena, &s->facts, err);
}

static void
one_file(struct vectors *v, const struct cn_json *entry,
    const struct cn_sbom_facts *kev)
{
	struct subject s = { .v = v, .entry = entry, .kev = kev };
	struct cn_error err = { 0 };

	s.arena = cn_arena_new(512u << 20);
	v->file = (const char *)entry->key.ptr;
	if (s.arena == NULL)
		vectors_unreadable(v, "no memory");
	else
		judge(&s, read_file(&s, entry->key, &err), &err);
	cn_arena_free(s.arena);
}

/* The catalogue among the files. */
static bool
find_kev(
    struct vectors *v, const struct cn_json *truth, struct cn_sbom_facts *out)
{
	for (const struct cn_json *m = truth->first; m != NULL; m = m->next) {
		struct subject s = { .v = v, .arena = v->arena };

		if (!cn_slice_is(cn_json_text(m, "parse"), "kev") ||
		    read_file(&s, m->key, NULL) != CN_OK)
			continue;
		*out = s.facts;
		return true;
	}
	return false;
}

bool
whole_sbom(struct vectors *v)
{
	struct cn_slice path = cn_arena_printf(
	    v->arena, "%s/TRUTH.json", v->dir);
	struct cn_sbom_facts kev;
	struct cn_json *truth;
	bool has_kev;

	if (path.ptr == NULL)
		return false;
	truth = vectors_load((const char *)path.ptr, v->arena);
	if (truth == NULL)
		return false;
	has_kev = find_kev(v, truth, &kev);
	for (const struct cn_json *m = truth->first; m != NULL; m = m->next)
		one_file(v, m, has_kev ? &kev : NULL);
	return true;
}
