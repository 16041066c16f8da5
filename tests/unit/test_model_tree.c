/* model/: the tree, its JSON view, merging levels. */
#include "model_sample.h"

/* ---- the tree --------------------------------------------------------------- */

static void
accessors(void **state)
{
	struct cn_record *p = cn_record_new(arena, &cn_table_passport);
	struct cn_record *maker;

	(void)state;
	assert_null(cn_get(NULL, CN_F_GTIN));
	assert_null(cn_get(p, CN_F_GTIN));
	assert_null(cn_get(p, 5000));
	assert_null(cn_get_text(p, CN_F_GTIN).ptr);
	assert_int_equal(cn_get_number(p, CN_F_PASSPORT_STATUS, 77), 77);
	assert_true(cn_add_text(arena, p, CN_F_GTIN, CN_SLICE("1")));
	assert_true(cn_add_text(arena, p, CN_F_GTIN, CN_SLICE("2")));
	assert_true(cn_slice_is(cn_get(p, CN_F_GTIN)->next->as.text, "2"));
	assert_true(cn_add_number(arena, p, CN_F_PASSPORT_STATUS, 2));
	assert_true(
	    cn_slice_is(cn_get_text(p, CN_F_PASSPORT_STATUS), "withdrawn"));
	/* The wrong question gets no answer. */
	assert_int_equal(cn_get_number(p, CN_F_GTIN, 77), 77);
	assert_null(cn_get_record(p, CN_F_GTIN));
	assert_null(cn_get_texts(p, CN_F_GTIN, NULL, 0, NULL).ptr);
	maker = cn_add_record(arena, p, CN_F_MANUFACTURER);
	assert_ptr_equal(maker->table, &cn_table_operator);
	assert_true(
	    cn_add_text(arena, maker, CN_OPERATOR_NAME, CN_SLICE("Maker")));
	assert_true(cn_slice_is(
	    cn_get_text(cn_get_record(p, CN_F_MANUFACTURER), CN_OPERATOR_NAME),
	    "Maker"));
	assert_null(cn_get_text(p, CN_F_MANUFACTURER).ptr);
	cn_clear(p, CN_F_GTIN);
	assert_null(cn_get(p, CN_F_GTIN));
}

static void
full_arena(void **state)
{
	struct cn_arena *tiny = cn_arena_new(3000);
	struct cn_record *p = cn_record_new(tiny, &cn_table_passport);
	bool added = true;

	(void)state;
	assert_non_null(tiny);
	for (int i = 0; i < 5000 && p != NULL && added; i++)
		added = cn_add_text(tiny, p, CN_F_GTIN, CN_SLICE("12345678"));
	assert_true(p == NULL || !added);
	assert_null(cn_record_new(tiny, &cn_table_passport));
	cn_arena_free(tiny);
}

static void
expect_text(const struct cn_record *p, const char *one, const char *two,
    const char *text, const char *tag)
{
	struct cn_slice langs[2] = { cn_slice_str(one), cn_slice_str(two) };
	struct cn_slice lang;
	struct cn_slice got = cn_get_texts(
	    p, CN_F_INTENDED_PURPOSE, langs, 2, &lang);

	assert_true(cn_slice_is(got, text));
	assert_true(cn_slice_is(lang, tag));
}

static void
languages_are_looked_up(void **state)
{
	struct cn_record *p = passport(
	    "\"scope\": {\"intended_purpose\": {\"de\": \"D\", \"fr-CA\":"
	    " \"C\", \"zh-Hant\": \"Z\", \"en\": \"E\"}}");
	struct cn_record *q = passport(
	    "\"scope\": {\"intended_purpose\": {\"sv\": \"S\","
	    " \"it\": \"I\"}}");
	struct cn_slice lang;

	(void)state;
	expect_text(p, "de-AT", "", "D", "de");
	expect_text(p, "DE", "", "D", "de");
	expect_text(p, "fr", "de", "D", "de"); /* no fr, only fr-CA */
	expect_text(p, "fr-ca", "de", "C", "fr-CA");
	expect_text(p, "zh-Hant-x-abc", "", "Z", "zh-Hant");
	expect_text(p, "it", "sv", "E", "en");
	expect_text(p, "*", "", "E", "en");
	expect_text(q, "de", "", "I", "it"); /* the first */
	assert_null(cn_get_texts(q, CN_F_FACTORY_RESET, NULL, 0, &lang).ptr);
	assert_null(lang.ptr);
}

/* ---- JSON view -------------------------------------------------------------- */

static const char view_source[] =
    "\"identity\": {\"model_type\": \"X \\\"1\\\"\","
    " \"software_versions\": [{\"component\": \"fw\", \"version\": \"1\","
    " \"affects_compliance\": true}]},"
    " \"operators\": {\"facility_ids\": [\"F1\"],"
    " \"importer_eori\": [\"DE123\"]},"
    " \"support\": {\"sbom\": {\"format\": \"SPDX\", \"spec_version\":"
    " \"2.3\", \"sha256\": \"00112233445566778899aabbccddeeff"
    "00112233445566778899aabbccddeeff\"}}";

static void
view_shows_what_the_tiers_may_see(void **state)
{
	struct cn_record *p = passport(view_source);

	(void)state;
	expect_json(p, CN_TIERS_PUBLIC,
	    "{\"identity\":{\"model_type\":\"X \\\"1\\\"\","
	    "\"software_versions\":[{\"component\":\"fw\",\"version\":\"1\","
	    "\"affects_compliance\":true}]},"
	    "\"support\":{\"sbom\":{\"format\":\"SPDX\",\"spec_version\":"
	    "\"2.3\",\"sha256\":\"00112233445566778899aabbccddeeff"
	    "00112233445566778899aabbccddeeff\"}}}");
	expect_json(p, CN_TIER_BIT(CN_LEGITIMATE_INTEREST),
	    "{\"operators\":{\"facility_ids\":[\"F1\"]}}");
	expect_json(p, CN_TIER_BIT(CN_AUTHORITY),
	    "{\"operators\":{\"importer_eori\":[\"DE123\"]}}");
	expect_json(p, 0, "{}");
}

static void
view_shows_what_it_does_not_know(void **state)
{
	struct cn_record *p = cn_record_new(arena, &cn_table_passport);
	struct cn_unknown sealed = { CN_SLICE("\x18\xc9"), CN_SLICE("\xf5"),
		CN_AUTHORITY, NULL };
	struct cn_unknown open = { CN_SLICE("\x18\xc8"), CN_SLICE("\x61\x61"),
		CN_PUBLIC, &sealed };
	struct cn_tier_entry policy[2] = { { 4, 0, &policy[1] },
		{ 96, 2, NULL } };

	(void)state;
	p->unknown = &open;
	cn_add(arena, p, CN_F_FIELD_ACCESS_POLICY)->as.tiers = policy;
	expect_json(p, CN_TIERS_PUBLIC,
	    "{\"integrity\":{\"field_access_policy\":{\"4\":\"public\","
	    "\"96\":\"authority\"}},\"unknown\":{\"200\":\"6161\"}}");
	expect_json(
	    p, CN_TIER_BIT(CN_AUTHORITY), "{\"unknown\":{\"201\":\"f5\"}}");
}

/* product.json → tree → JSON → tree → JSON: nothing changes. */
static void
view_can_be_read_again(void **state)
{
	struct cn_record *p = passport(view_source);
	struct cn_buf once, twice;
	struct cn_jw w;

	(void)state;
	cn_buf_init(&once, 1u << 16);
	cn_buf_init(&twice, 1u << 16);
	cn_jw_init(&w, &once, false);
	cn_model_write_json(p, CN_TIERS_ALL, &w);
	cn_buf_byte(&once, 0);
	once.ptr[once.len - 2] = '\0'; /* only the groups */
	p = passport((const char *)once.ptr + 1);
	once.ptr[once.len - 2] = '}';
	cn_jw_init(&w, &twice, false);
	cn_model_write_json(p, CN_TIERS_ALL, &w);
	cn_buf_byte(&twice, 0);
	assert_string_equal((const char *)once.ptr, (const char *)twice.ptr);
	cn_buf_free(&once);
	cn_buf_free(&twice);
}

/* ---- levels ----------------------------------------------------------------- */

#define RECALL(day) \
	"{\"date\": \"2029-01-" day "\", \"remedy\": {\"en\": \"back\"}}"
#define NOTICE(kind)                                           \
	"{\"kind\": \"" kind "\", \"issued\": \"2029-01-01\"," \
	" \"measures\": {\"en\": \"m\"}}"

static struct cn_record *
merge(const struct cn_record *a, const struct cn_record *b,
    const struct cn_record *c)
{
	const struct cn_record *levels[3] = { a, b, c };
	struct cn_record *out;

	assert_int_equal(
	    cn_model_merge(arena, levels, c != NULL ? 3 : 2, &out, NULL),
	    CN_OK);
	return out;
}

static void
nearer_replaces_farther(void **state)
{
	struct cn_record *model = passport(
	    "\"identity\": {\"passport_status\": \"active\", \"gtin\":"
	    " [\"09506000134352\", \"96385074\"], \"model_type\": \"X\"},"
	    " \"operators\": {\"facility_ids\": [\"A\"]}");
	struct cn_record *batch = passport(
	    "\"identity\": {\"gtin\": [\"96385074\"]},"
	    " \"operators\": {\"facility_ids\": [\"B\"]}");
	struct cn_record *item = passport(
	    "\"identity\": {\"batch_or_serial\": \"7\"}");

	(void)state;
	expect_json(merge(model, batch, item), CN_TIERS_ALL,
	    "{\"identity\":{\"passport_status\":\"active\","
	    "\"gtin\":[\"96385074\"],\"model_type\":\"X\","
	    "\"batch_or_serial\":\"7\"},"
	    "\"operators\":{\"facility_ids\":[\"B\"]}}");
	/* The inputs are as they were. */
	assert_non_null(cn_get(model, CN_F_GTIN)->next);
	assert_null(cn_get(batch, CN_F_MODEL_TYPE));
}

static void
notices_never_hide(void **state)
{
	struct cn_record *model = passport(
	    "\"identity\": {\"passport_status\": \"recalled\"},"
	    " \"support\": {\"user_notices\": [" NOTICE(
		"exploited") "]},"
			     " \"markets\": {\"recalls\": [" RECALL(
				 "01") "," RECALL("02") "], "
							"\"safety_warnings\": "
							"[{\"en\": \"hot\"}]}");
	struct cn_record *item = passport(
	    "\"identity\": {\"passport_status\": \"active\"},"
	    " \"support\": {\"user_notices\": [" NOTICE(
		"severe_incident") "]},"
				   " \"markets\": {\"recalls\": "
				   "[" RECALL("03") "," RECALL(
				       "02") "], \"safety_warnings\": "
					     "[{\"en\": \"wet\"}, "
					     "{\"en\": \"hot\"}]}");
	struct cn_record *m = merge(model, item, NULL);
	const struct cn_value *v;

	(void)state;
	assert_true(
	    cn_slice_is(cn_get_text(m, CN_F_PASSPORT_STATUS), "recalled"));
	/* The nearer first, what both say once. */
	v = cn_get(m, CN_F_RECALLS);
	assert_true(cn_slice_is(
	    cn_get_text(v->as.record, CN_RECALL_DATE), "2029-01-03"));
	v = v->next;
	assert_true(cn_slice_is(
	    cn_get_text(v->as.record, CN_RECALL_DATE), "2029-01-02"));
	v = v->next;
	assert_true(cn_slice_is(
	    cn_get_text(v->as.record, CN_RECALL_DATE), "2029-01-01"));
	assert_null(v->next);
	v = cn_get(m, CN_F_USER_NOTICES);
	assert_non_null(v->next);
	assert_null(v->next->next);
	v = cn_get(m, CN_F_SAFETY_WARNINGS);
	assert_true(cn_slice_is(v->as.texts->text, "wet"));
	assert_true(cn_slice_is(v->next->as.texts->text, "hot"));
	assert_null(v->next->next);
	/* Joining did not touch the inputs' lists. */
	assert_null(cn_get(model, CN_F_RECALLS)->next->next);
	assert_null(cn_get(item, CN_F_RECALLS)->next->next);
}

static void
gravest_status_wins(void **state)
{
	static const char *const order[] = { "active", "out_of_support",
		"operator_ceased", "withdrawn", "recalled" };
	struct cn_record *p[5];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		char json[100];

		(void)snprintf(json, sizeof(json),
		    "\"identity\": {\"passport_status\": \"%s\"}", order[i]);
		p[i] = passport(json);
	}
	for (size_t i = 0; i < 5; i++)
		for (size_t j = 0; j < 5; j++)
			assert_true(
			    cn_slice_is(cn_get_text(merge(p[i], p[j], NULL),
					    CN_F_PASSPORT_STATUS),
				order[i > j ? i : j]));
}

static void
own_fields_come_from_the_nearest(void **state)
{
	struct cn_record *model = passport("");
	struct cn_record *item = passport("");
	struct cn_unknown far = { CN_SLICE("\x18\xc8"), CN_SLICE("\x01"),
		CN_PUBLIC, NULL };
	struct cn_unknown near = { CN_SLICE("\x18\xc8"), CN_SLICE("\x02"),
		CN_PUBLIC, NULL };
	struct cn_unknown low = { CN_SLICE("\x18\x70"), CN_SLICE("\x03"),
		CN_PUBLIC, &far };
	struct cn_record *m;

	(void)state;
	assert_int_equal(
	    cn_model_derive(arena, model, CN_SLICE("https://id.gs1.org/01/1"),
		NULL, NULL, NULL),
	    CN_OK);
	assert_true(cn_add_text(arena, model, CN_F_SECTIONS, CN_SLICE("far")));
	model->unknown = &low;
	item->unknown = &near;
	m = merge(model, item, NULL);
	assert_null(cn_get(m, CN_F_PASSPORT_ID));
	assert_null(cn_get(m, CN_F_PASSPORT_VERSION));
	assert_null(cn_get(m, CN_F_SECTIONS));
	expect_json(m, CN_TIERS_PUBLIC,
	    "{\"unknown\":{\"112\":\"03\",\"200\":\"02\"}}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accessors),
		cmocka_unit_test(full_arena),
		cmocka_unit_test(languages_are_looked_up),
		cmocka_unit_test(view_shows_what_the_tiers_may_see),
		cmocka_unit_test(view_shows_what_it_does_not_know),
		cmocka_unit_test(view_can_be_read_again),
		cmocka_unit_test(nearer_replaces_farther),
		cmocka_unit_test(notices_never_hide),
		cmocka_unit_test(gravest_status_wins),
		cmocka_unit_test(own_fields_come_from_the_nearest),
	};

	return cmocka_run_group_tests(tests, sample_setup, sample_teardown);
}
