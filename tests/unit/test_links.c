/* Which link answers a scan, and the linkset that shows them all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../resolver/route/links.h"
#include "../../resolver/view/view.h"

static struct cn_arena *arena;
/* The model of the cases, one of its lots, and one of its units. */
static struct cn_record *model, *lot, *unit;

static void
add(struct cn_record *record, const char *rel, const char *href,
    const char *type, const char *lang, const char *context)
{
	struct cn_record *link = cn_add_record(arena, record, CN_F_LINKS);

	assert_non_null(link);
	assert_true(
	    cn_add_text(arena, link, CN_PRODUCT_LINK_REL, cn_slice_str(rel)));
	assert_true(
	    cn_add_text(arena, link, CN_PRODUCT_LINK_HREF, cn_slice_str(href)));
	assert_true(cn_add_text(
	    arena, link, CN_PRODUCT_LINK_TITLE, CN_SLICE("A title")));
	if (type != NULL)
		assert_true(cn_add_text(
		    arena, link, CN_PRODUCT_LINK_TYPE, cn_slice_str(type)));
	if (lang != NULL)
		assert_true(cn_add_text(
		    arena, link, CN_PRODUCT_LINK_HREFLANG, cn_slice_str(lang)));
	if (context != NULL)
		assert_true(cn_add_text(arena, link, CN_PRODUCT_LINK_CONTEXT,
		    cn_slice_str(context)));
}

#define HTML "text/html"
#define AT(path) "https://t.example/" path

static int
setup(void **state)
{
	(void)state;
	arena = cn_arena_new(4u << 20);
	if (arena == NULL)
		return -1;
	model = cn_record_new(arena, &cn_table_passport);
	lot = cn_record_new(arena, &cn_table_passport);
	unit = cn_record_new(arena, &cn_table_passport);
	add(model, "defaultLink", AT("p"), NULL, NULL, NULL);
	add(model, "defaultLinkMulti", AT("p-en"), HTML, "en", NULL);
	add(model, "gs1:defaultLinkMulti", AT("p-fr"), HTML, "fr", NULL);
	add(model, "pip", AT("en"), HTML, "en", NULL);
	add(model, "pip", AT("fr"), HTML, "fr", NULL);
	add(model, "sustainabilityInfo", AT("s.html"), HTML, NULL, NULL);
	add(model, "sustainabilityInfo", AT("s.json"), "application/json", NULL,
	    NULL);
	add(model, "certificationInfo", AT("c1"), "application/pdf", "en",
	    NULL);
	add(model, "certificationInfo", AT("c2"), "application/pdf", "en",
	    NULL);
	add(model, "instructions", AT("i-fr"), HTML, NULL, "FR");
	add(model, "instructions", AT("i-de"), HTML, NULL, "DE");
	add(model, "support", AT("help"), NULL, NULL, NULL);
	add(model, "https://vocabulary.example/untp#dpp", AT("u"), NULL, NULL,
	    NULL);
	add(lot, "defaultLink", AT("lot"), NULL, NULL, NULL);
	add(lot, "https://ref.gs1.org/voc/pip", AT("lot-en"), HTML, "en", NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	cn_arena_free(arena);
	return 0;
}

struct question {
	const char *type, *accept, *languages, *context;
	bool of_model; /* else of the unit in the lot */
	const char *answer; /* NULL: none; "300": undecidable */
};

static void
test_find(void **state)
{
	static const struct question questions[] = {
		{ NULL, "", "", NULL, true, AT("p") },
		{ NULL, "", "de", NULL, true, AT("p") },
		{ NULL, "", "fr-CA", NULL, true, AT("p-fr") },
		{ NULL, "", "*", NULL, true, AT("p") },
		{ NULL, "application/json", "", NULL, true, AT("p") },
		/* The nearer default wins, though one in French is there. */
		{ NULL, "", "fr", NULL, false, AT("lot") },
		{ "gs1:defaultLink", "", "fr", NULL, true, AT("p-fr") },
		{ "gs1:sustainabilityInfo", "application/json", "", NULL, true,
		    AT("s.json") },
		{ "sustainabilityInfo", "text/html, */*;q=0.1", "", NULL, true,
		    AT("s.html") },
		{ "gs1:sustainabilityInfo", "undefined", "", NULL, true,
		    "300" },
		/* Nothing fits: better one of them than none. */
		{ "gs1:support", "image/png", "de", "XX", true, AT("help") },
		{ "gs1:certificationInfo", "application/pdf", "en", NULL, true,
		    "300" },
		{ "gs1:instructions", "", "", "DE", true, AT("i-de") },
		{ "gs1:instructions", "", "", "de", true, AT("i-de") },
		{ "gs1:instructions", "", "", NULL, true, "300" },
		{ "gs1:pip", "", "fr", NULL, false, AT("fr") },
		{ "gs1:pip", "text/html", "en", NULL, false, AT("lot-en") },
		{ "gs1:nosuchlt", "", "", NULL, false, NULL },
		{ "https://vocabulary.example/untp#dpp", "", "", NULL, false,
		    AT("u") },
		{ "gs1:dpp", "", "", NULL, true, NULL },
	};
	const struct cn_record *levels[] = { unit, lot, model };
	struct rs_accept accept;
	struct rs_languages languages;
	struct rs_links_query query = {
		.accept = &accept,
		.languages = &languages,
	};
	struct rs_links found;
	struct cn_slice got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		const struct question *q = &questions[i];

		query.levels = q->of_model ? levels + 2 : levels;
		query.level_count = q->of_model ? 1 : 3;
		query.link_type = cn_slice_str(q->type);
		query.context = cn_slice_str(q->context);
		rs_accept_parse(cn_slice_str(q->accept), &accept);
		rs_languages_parse(cn_slice_str(q->languages), &languages);
		rs_links_find(&query, &found);
		got = found.count == 0 ? CN_SLICE("none")
		      : found.count > 1
			  ? CN_SLICE("300")
			  : cn_get_text(found.found[0], CN_PRODUCT_LINK_HREF);
		if (!cn_slice_is(got, q->answer == NULL ? "none" : q->answer))
			fail_msg("question %zu: %.*s, not %s", i, CN_FMT(got),
			    q->answer);
	}
}

static void
check_target(const char *href, const char *query, const char *wanted)
{
	struct cn_buf out;

	cn_buf_init(&out, 1024);
	rs_link_target(
	    cn_slice_str(href), cn_slice_str(query), query != NULL, &out);
	if (!cn_slice_is(cn_buf_slice(&out), wanted))
		fail_msg("%.*s, not %s", CN_FMT(cn_buf_slice(&out)), wanted);
	cn_buf_free(&out);
}

static void
test_target(void **state)
{
	(void)state;
	check_target(AT("p"), NULL, AT("p"));
	check_target(AT("p"), "17=261231;3103=000189&flag",
	    AT("p?17=261231;3103=000189&flag"));
	check_target(AT("p?v=1"), "a=1", AT("p?v=1&a=1"));
	check_target(AT("p?v=1#top"), "a=1", AT("p?v=1&a=1#top"));
	check_target(AT("p#a?b"), "a=1", AT("p?a=1#a?b"));
	check_target(AT("p"), "", AT("p?"));
}

static void
make_view(struct rs_view *view, struct rs_level levels[2],
    struct cn_passport passports[2])
{
	memset(view, 0, sizeof(*view));
	memset(levels, 0, 2 * sizeof(levels[0]));
	memset(passports, 0, 2 * sizeof(passports[0]));
	passports[0].sub = CN_SLICE("https://id.gs1.org/01/09506000134352");
	passports[1].sub = CN_SLICE(
	    "https://id.gs1.org/01/09506000134352/10/L");
	passports[0].iss = passports[1].iss = CN_SLICE("https://m.example");
	passports[0].version = 2;
	passports[0].has_supersedes = true;
	passports[0].iat = 1000000000;
	passports[1].version = 1;
	levels[0].passport = &passports[0];
	levels[0].record = model;
	levels[0].path = CN_SLICE("/01/09506000134352");
	levels[1].passport = &passports[1];
	levels[1].record = lot;
	levels[1].path = CN_SLICE("/01/09506000134352/10/L");
	view->levels = levels;
	view->level_count = 2;
	view->merged = model;
	view->tiers = CN_TIERS_PUBLIC;
	view->public_url = CN_SLICE("https://id.m.example");
}

static const struct cn_json *
parse(struct cn_buf *buf)
{
	struct cn_json *json = NULL;
	struct cn_error err = { 0 };

	if (cn_json_parse(arena, cn_buf_slice(buf), NULL, &json, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	return json;
}

static void
test_linkset(void **state)
{
	struct rs_level levels[2];
	struct cn_passport passports[2];
	struct rs_view view;
	const struct cn_json *json, *first, *second;
	struct cn_buf out;

	(void)state;
	make_view(&view, levels, passports);
	cn_buf_init(&out, 1u << 20);
	rs_view_linkset(&view, true, &out);
	json = parse(&out);
	assert_non_null(cn_json_get(json, "@context"));
	first = cn_json_get(json, "linkset")->first;
	second = first->next;
	assert_null(second->next);
	assert_true(cn_slice_is(cn_json_text(first, "anchor"),
	    "https://id.m.example/01/09506000134352/10/L"));
	assert_true(cn_json_text(first, "itemDescription").len > 0);
	/* The lot names its default, not its passport. */
	assert_int_equal(
	    cn_json_get(first, "https://ref.gs1.org/voc/defaultLink")->count,
	    1);
	assert_int_equal(
	    cn_json_get(first, "https://ref.gs1.org/voc/dpp")->count, 4);
	/* Both spellings of one type are one relation. */
	assert_int_equal(
	    cn_json_get(second, "https://ref.gs1.org/voc/defaultLinkMulti")
		->count,
	    2);
	/* What the strict form cannot hold is left out. */
	assert_null(cn_json_get(second, "https://vocabulary.example/untp#dpp"));
	cn_buf_free(&out);
}

static void
test_json(void **state)
{
	struct rs_level levels[2];
	struct cn_passport passports[2];
	struct rs_view view;
	struct rs_json_form form = { false, false };
	const struct cn_json *json;
	struct cn_buf out;

	(void)state;
	make_view(&view, levels, passports);
	cn_buf_init(&out, 1u << 20);
	rs_view_json(&view, form, &out);
	json = parse(&out);
	assert_true(cn_slice_is(cn_json_text(json, "granularity"), "batch"));
	assert_true(cn_slice_is(
	    cn_json_text(json, "lastUpdated"), "2001-09-09T01:46:40Z"));
	assert_true(cn_slice_is(
	    cn_json_text(json, "economicOperatorId"), "https://m.example"));
	assert_int_equal(cn_json_get(json, "supersedes")->type, CN_JSON_NULL);
	assert_int_equal(cn_json_get(json, "levels")->count, 2);
	assert_non_null(cn_json_get(
	    cn_json_get(cn_json_get(json, "elements"), "identity"), "links"));
	assert_null(cn_json_get(json, "@context"));

	cn_buf_reset(&out);
	form.full = form.ld = true;
	rs_view_json(&view, form, &out);
	json = parse(&out);
	assert_non_null(cn_json_get(json, "@context"));
	assert_true(cn_slice_is(
	    cn_json_text(cn_json_get(json, "elements")->first, "elementId"),
	    "identity.links"));
	cn_buf_free(&out);
}

/* What a reader may not see is not there, whatever the record holds. */
static void
test_tiers(void **state)
{
	struct rs_level levels[2];
	struct cn_passport passports[2];
	struct rs_view view;
	struct rs_json_form forms[] = { { false, false }, { true, false } };
	struct cn_buf out;
	size_t i;

	(void)state;
	make_view(&view, levels, passports);
	assert_true(cn_add_text(
	    arena, model, CN_F_FACILITY_IDS, CN_SLICE("secret-plant")));
	cn_buf_init(&out, 1u << 20);
	for (i = 0; i < 2; i++) {
		view.tiers = CN_TIERS_PUBLIC;
		cn_buf_reset(&out);
		rs_view_json(&view, forms[i], &out);
		cn_buf_byte(&out, 0);
		assert_null(strstr((const char *)out.ptr, "secret-plant"));
		assert_null(strstr((const char *)out.ptr, "facility"));
		view.tiers |= CN_TIER_BIT(CN_LEGITIMATE_INTEREST);
		cn_buf_reset(&out);
		rs_view_json(&view, forms[i], &out);
		cn_buf_byte(&out, 0);
		assert_non_null(strstr(
		    (const char *)out.ptr, "\"facilityId\":\"secret-plant\""));
	}
	cn_buf_free(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_target),
		cmocka_unit_test(test_linkset),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_tiers),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
