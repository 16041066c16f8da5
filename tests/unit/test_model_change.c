/* model/: differences, derived fields, what is concluded for one unit. */
#include "model_sample.h"

/* ---- differences ------------------------------------------------------------- */

static void
expect_change(const struct cn_change *c, const char *name, int what,
    const char *before, const char *after)
{
	assert_non_null(c);
	assert_string_equal(c->field->name, name);
	assert_int_equal(c->what, what);
	assert_string_equal((const char *)c->before.ptr, before);
	assert_string_equal((const char *)c->after.ptr, after);
}

#define SOFTWARE(v)                                       \
	"{\"component\": \"fw\", \"version\": \"" v "\"," \
	" \"affects_compliance\": true}"

static void
differences_are_told(void **state)
{
	struct cn_record *a = passport(
	    "\"identity\": {\"passport_status\": \"active\", \"model_type\":"
	    " \"X\", \"batch_or_serial\": \"1\", \"software_versions\":"
	    " [" SOFTWARE("1") "," SOFTWARE(
		"2") "]},"
		     " \"operators\": {\"facility_ids\": [\"A\"]},"
		     " \"scope\": {\"intended_purpose\": {\"de\": \"D\","
		     " \"en\": \"E\"}},"
		     " \"support\": {\"update_mechanism\": "
		     "{\"automatic_default\":"
		     " true, \"signed\": true}}");
	struct cn_record *b = passport(
	    "\"identity\": {\"passport_status\": \"recalled\", \"model_type\":"
	    " \"X\", \"gtin\": [\"96385074\"], \"software_versions\":"
	    " [" SOFTWARE("2") "," SOFTWARE(
		"3") "]},"
		     " \"operators\": {\"facility_ids\": [\"B\"]},"
		     " \"scope\": {\"intended_purpose\": {\"de\": \"D\","
		     " \"en\": \"F\"}},"
		     " \"support\": {\"update_mechanism\": "
		     "{\"automatic_default\":"
		     " true, \"signed\": false}}");
	struct cn_change *c;

	(void)state;
	assert_int_equal(
	    cn_model_diff(arena, a, b, CN_TIERS_PUBLIC, &c, NULL), CN_OK);
	expect_change(c, "passport_status", CN_CHANGED, "active", "recalled");
	c = c->next;
	expect_change(c, "gtin", CN_ADDED, "", "96385074");
	c = c->next;
	expect_change(c, "batch_or_serial", CN_REMOVED, "1", "");
	c = c->next;
	expect_change(c, "software_versions", CN_CHANGED,
	    "fw, 1, affects_compliance: yes", "fw, 3, affects_compliance: yes");
	c = c->next;
	expect_change(c, "intended_purpose", CN_CHANGED, "E", "F");
	c = c->next;
	expect_change(
	    c, "update_mechanism", CN_CHANGED, "signed: yes", "signed: no");
	assert_null(c->next);
	assert_int_equal(cn_model_diff(arena, a, b,
			     CN_TIER_BIT(CN_LEGITIMATE_INTEREST), &c, NULL),
	    CN_OK);
	expect_change(c, "facility_ids", CN_CHANGED, "A", "B");
	assert_null(c->next);
	assert_int_equal(
	    cn_model_diff(arena, a, a, CN_TIERS_ALL, &c, NULL), CN_OK);
	assert_null(c);
}

/* One of every kind in words. */
static void
kinds_in_words(void **state)
{
	struct cn_record *a = passport("");
	struct cn_record *b = passport(
	    "\"identity\": {\"linked_passports\": [\"https://a.example\"]},"
	    " \"support\": {\"sbom\": {\"format\": \"SPDX\","
	    " \"spec_version\": \"2.3\", \"sha256\": \"00112233445566778899"
	    "aabbccddeeff00112233445566778899aabbccddeeff\"}},"
	    " \"ai\": {\"logging\": {\"mechanism\": \"m\","
	    " \"retention_months\": 6}, \"transparency\": {\"interacts\":"
	    " false}},"
	    " \"markets\": {\"recalls\": [{\"date\": \"2029-01-01\","
	    " \"remedy\": {\"de\": \"D\", \"en\": \"E\"}, \"lots\": [\"L1\","
	    " \"L2\"], \"serials\": [{\"from\": \"1\", \"to\": \"2\"}]}]}");
	struct cn_change *c;

	(void)state;
	assert_int_equal(
	    cn_model_diff(arena, a, b, CN_TIERS_ALL, &c, NULL), CN_OK);
	expect_change(c, "linked_passports", CN_ADDED, "", "https://a.example");
	c = c->next;
	expect_change(c, "sbom", CN_ADDED, "", "SPDX, 2.3, 0011223344556677…");
	c = c->next;
	expect_change(c, "logging", CN_ADDED, "", "m, retention_months: 6");
	c = c->next;
	expect_change(c, "transparency", CN_ADDED, "", "interacts: no");
	c = c->next;
	expect_change(c, "recalls", CN_ADDED, "", "2029-01-01, E, L1 L2, 1, 2");
	assert_null(c->next);
}

/* A list inside a single record, and entries of a newer edition. */
static void
small_differences_are_seen(void **state)
{
	struct cn_record *a = passport(
	    "\"support\": {\"single_point_of_contact\": {\"channels\":"
	    " [\"x\"], \"not_only_automated\": true}}");
	struct cn_record *b = passport(
	    "\"support\": {\"single_point_of_contact\": {\"channels\":"
	    " [\"x\", \"y\"], \"not_only_automated\": true}}");
	struct cn_unknown entry = { CN_SLICE("\x09"), CN_SLICE("\x01"),
		CN_PUBLIC, NULL };
	struct cn_record *contact;
	struct cn_change *c;

	(void)state;
	assert_int_equal(
	    cn_model_diff(arena, a, b, CN_TIERS_ALL, &c, NULL), CN_OK);
	expect_change(c, "single_point_of_contact", CN_CHANGED, "channels: x",
	    "channels: x y");
	contact = a->slots[CN_F_SINGLE_POINT_OF_CONTACT]->as.record;
	contact->slots[CN_CONTACT_CHANNELS] =
	    b->slots[CN_F_SINGLE_POINT_OF_CONTACT]
		->as.record->slots[CN_CONTACT_CHANNELS];
	assert_int_equal(
	    cn_model_diff(arena, a, b, CN_TIERS_ALL, &c, NULL), CN_OK);
	assert_null(c);
	contact->unknown = &entry;
	assert_int_equal(
	    cn_model_diff(arena, a, b, CN_TIERS_ALL, &c, NULL), CN_OK);
	assert_non_null(c);
}

static void
order_is_a_difference(void **state)
{
	struct cn_record *a = passport(
	    "\"operators\": {\"facility_ids\": [\"A\", \"B\"]}");
	struct cn_record *b = passport(
	    "\"operators\": {\"facility_ids\": [\"B\", \"A\"]}");
	struct cn_change *c;

	(void)state;
	assert_int_equal(
	    cn_model_diff(arena, a, b, CN_TIERS_ALL, &c, NULL), CN_OK);
	expect_change(c, "facility_ids", CN_CHANGED, "A; B", "B; A");
	assert_null(c->next);
}

static void
long_texts_are_cut(void **state)
{
	struct cn_record *a = passport("");
	struct cn_record *b = passport("");
	char text[301];
	struct cn_change *c;

	(void)state;
	/* two bytes each, the cut falls between two characters */
	for (size_t i = 0; i < 300; i += 2)
		memcpy(text + i, "ü", 2);
	text[300] = '\0';
	assert_true(cn_add_text(arena, b, CN_F_MODEL_TYPE, cn_slice_str(text)));
	assert_int_equal(
	    cn_model_diff(arena, a, b, CN_TIERS_ALL, &c, NULL), CN_OK);
	assert_true(c->after.len <= 200);
	assert_true(cn_utf8_ok(c->after, NULL));
	assert_true(cn_slice_ends(c->after, "…"));
}

/* ---- derived fields ----------------------------------------------------------- */

#define RUN(id, from, end)                              \
	"{\"id\": \"" id "\", \"placed_from\": \"" from \
	"\", \"support_end\": \"" end "\"}"

static void
first_version_is_derived(void **state)
{
	struct cn_record *p = passport("\"support\": {\"runs\": [" RUN(
	    "b", "2029-05-01", "2034-05") "," RUN("a", "2028-02-01",
	    "2033-02") "," RUN("c", "2029-05-01", "2035-06") "]}");

	(void)state;
	for (int twice = 0; twice < 2; twice++) {
		assert_int_equal(
		    cn_model_derive(arena, p,
			CN_SLICE("https://id.gs1.org/01/09506000134352"), NULL,
			NULL, NULL),
		    CN_OK);
		expect_json(p, CN_TIERS_ALL,
		    "{\"identity\":{\"passport_id\":"
		    "\"https://id.gs1.org/01/09506000134352\","
		    "\"passport_version\":{\"version\":1}},"
		    "\"scope\":{\"placed_on_market\":\"2028-02-01\"},"
		    "\"support\":{\"support_period_end\":\"2035-06\","
		    "\"runs\":[{\"id\":\"b\",\"placed_from\":\"2029-05-01\","
		    "\"support_end\":\"2034-05\"},{\"id\":\"a\","
		    "\"placed_from\":\"2028-02-01\",\"support_end\":"
		    "\"2033-02\"},{\"id\":\"c\",\"placed_from\":"
		    "\"2029-05-01\",\"support_end\":\"2035-06\"}]}}");
	}
}

/* One field in each tier. */
static struct cn_record *
with_tiers(const char *model, const char *facility, const char *eori)
{
	char json[300];

	(void)snprintf(json, sizeof(json),
	    "\"identity\": {\"model_type\": \"%s\"}, \"operators\":"
	    " {\"facility_ids\": [\"%s\"], \"importer_eori\": [\"%s\"]}",
	    model, facility, eori);
	return passport(json);
}

static void
next_version_is_derived(void **state)
{
	struct cn_record *a = with_tiers("X", "F1", "DE1");
	struct cn_record *b = with_tiers("Y", "F2", "DE2");
	const struct cn_record *version, *change;
	uint8_t digest[32] = { 1, 2, 3 };

	(void)state;
	assert_int_equal(
	    cn_model_derive(arena, a, CN_SLICE("https://x"), NULL, NULL, NULL),
	    CN_OK);
	assert_int_equal(
	    cn_model_derive(arena, b, CN_SLICE("https://x"), a, digest, NULL),
	    CN_OK);
	version = cn_get_record(b, CN_F_PASSPORT_VERSION);
	assert_int_equal(cn_get_number(version, CN_VERSION_VERSION, 0), 2);
	assert_memory_equal(
	    cn_get_text(version, CN_VERSION_SUPERSEDES).ptr, digest, 32);
	change = cn_get_record(version, CN_VERSION_CHANGES);
	assert_true(cn_slice_is(
	    cn_get_text(change, CN_CHANGE_FIELD), "identity.model_type"));
	assert_int_equal(
	    cn_get_number(change, CN_CHANGE_WHAT, 9), CN_CHANGE_KIND_CHANGED);
	assert_true(cn_slice_is(cn_get_text(change, CN_CHANGE_BEFORE), "X"));
	assert_true(cn_slice_is(cn_get_text(change, CN_CHANGE_AFTER), "Y"));
	/* Nothing of the sealed fields in public. */
	assert_null(cn_get(version, CN_VERSION_CHANGES)->next);
	expect_json(b, CN_TIER_BIT(CN_LEGITIMATE_INTEREST),
	    "{\"identity\":{\"sealed_changes\":[{\"field\":"
	    "\"operators.facility_ids\",\"what\":\"changed\","
	    "\"before\":\"F1\",\"after\":\"F2\"}]},"
	    "\"operators\":{\"facility_ids\":[\"F2\"]}}");
	expect_json(b, CN_TIER_BIT(CN_AUTHORITY),
	    "{\"identity\":{\"sealed_changes\":[{\"field\":"
	    "\"operators.importer_eori\",\"what\":\"changed\","
	    "\"before\":\"DE1\",\"after\":\"DE2\"}]},"
	    "\"operators\":{\"importer_eori\":[\"DE2\"]}}");
}

/* A redacted predecessor: its sealed fields are not "added" now. */
static void
missing_sections_are_not_changes(void **state)
{
	struct cn_record *a = passport("\"identity\": {\"model_type\": \"X\"}");
	struct cn_record *b = with_tiers("X", "F2", "DE2");

	(void)state;
	assert_true(cn_add_text(arena, a, CN_F_SECTIONS, CN_SLICE("1")));
	assert_true(cn_add_text(arena, a, CN_F_SECTIONS, CN_SLICE("2")));
	assert_int_equal(cn_model_derive(arena, b, CN_SLICE("https://x"), a,
			     (const uint8_t[32]){ 0 }, NULL),
	    CN_OK);
	assert_null(cn_get(b, CN_F_SEALED_CHANGES));
	assert_null(b->authority_changes);
	/* Without sections there was nothing, so now it is added. */
	cn_clear(a, CN_F_SECTIONS);
	assert_int_equal(cn_model_derive(arena, b, CN_SLICE("https://x"), a,
			     (const uint8_t[32]){ 0 }, NULL),
	    CN_OK);
	assert_non_null(cn_get(b, CN_F_SEALED_CHANGES));
	assert_non_null(b->authority_changes);
}

/* ---- one unit ----------------------------------------------------------------- */

static enum cn_concerned
concerns(const char *members, const char *lot, const char *serial)
{
	char json[400];
	struct cn_record *p;

	(void)snprintf(json, sizeof(json),
	    "\"markets\": {\"recalls\": [{\"date\": \"2029-01-01\","
	    " \"remedy\": {\"en\": \"x\"}%s}]}",
	    members);
	p = passport(json);
	return cn_recall_concerns(cn_get_record(p, CN_F_RECALLS),
	    cn_slice_str(lot), cn_slice_str(serial));
}

#define LOTS ", \"lots\": [\"L1\", \"L2\"]"
#define RANGE(a, b) ", \"serials\": [{\"from\": \"" a "\", \"to\": \"" b "\"}]"

static void
recalls_find_their_units(void **state)
{
	(void)state;
	assert_int_equal(concerns("", "", ""), CN_CONCERNED);
	assert_int_equal(concerns("", "L9", "5"), CN_CONCERNED);
	assert_int_equal(concerns(LOTS, "L2", ""), CN_CONCERNED);
	assert_int_equal(concerns(LOTS, "L3", ""), CN_NOT_CONCERNED);
	assert_int_equal(concerns(LOTS, "l2", ""), CN_NOT_CONCERNED);
	assert_int_equal(concerns(LOTS, "", "5"), CN_LOOK_AT_LOT);
	assert_int_equal(concerns(RANGE("1", "9"), "", ""), CN_LOOK_AT_LOT);
	assert_int_equal(concerns(RANGE("1", "9"), "L1", "5"), CN_CONCERNED);
	/* Either is enough; neither known leaves the question open. */
	assert_int_equal(
	    concerns(LOTS RANGE("1", "9"), "L3", "5"), CN_CONCERNED);
	assert_int_equal(
	    concerns(LOTS RANGE("1", "9"), "L1", "77"), CN_CONCERNED);
	assert_int_equal(
	    concerns(LOTS RANGE("1", "9"), "L3", "77"), CN_NOT_CONCERNED);
	assert_int_equal(
	    concerns(LOTS RANGE("1", "9"), "L3", ""), CN_LOOK_AT_LOT);
	assert_int_equal(
	    concerns(LOTS RANGE("1", "9"), "", "77"), CN_LOOK_AT_LOT);
}

static bool
in_range(const char *range, const char *serial)
{
	return concerns(range, "", serial) == CN_CONCERNED;
}

static void
serials_compare_as_numbers(void **state)
{
	(void)state;
	assert_true(in_range(RANGE("0100", "0200"), "0100"));
	assert_true(in_range(RANGE("0100", "0200"), "0200"));
	assert_false(in_range(RANGE("0100", "0200"), "0201"));
	assert_false(in_range(RANGE("0100", "0200"), "0099"));
	/* lengths differ */
	assert_true(in_range(RANGE("1", "100"), "50"));
	assert_true(in_range(RANGE("9", "10"), "10"));
	assert_false(in_range(RANGE("9", "10"), "11"));
	assert_false(in_range(RANGE("10", "20"), "9"));
	assert_true(in_range(RANGE("1", "100"), "0050"));
	assert_true(in_range(RANGE("SN-1", "SN-100"), "SN-50"));
	assert_false(in_range(RANGE("SN-1", "SN-100"), "SN-500"));
	assert_false(in_range(RANGE("SN-1", "SN-100"), "TN-50"));
	/* in doubt, concerned */
	assert_true(in_range(RANGE("SN-1", "SN-100"), "SN-50A9"));
	/* equal lengths: letters as well */
	assert_true(in_range(RANGE("0A10", "0AFF"), "0A9F"));
	assert_false(in_range(RANGE("0A10", "0AFF"), "0B00"));
	/* ends written the other way round */
	assert_true(in_range(RANGE("0200", "0100"), "0150"));
}

static void
units_find_their_run(void **state)
{
	struct cn_record *p = passport(
	    "\"support\": {\"runs\": ["
	    "{\"id\": \"a\", \"placed_from\": \"2029-01-01\","
	    " \"support_end\": \"2034-01\", \"lots\": [\"L1\"]},"
	    "{\"id\": \"b\", \"placed_from\": \"2028-01-01\","
	    " \"support_end\": \"2033-01\", \"lots\": [\"L2\", \"L3\"]}]}");
	const struct cn_record *run;
	bool known;

	(void)state;
	run = cn_run_of(p, CN_SLICE("b"), CN_SLICE("L1"), &known);
	assert_true(cn_slice_is(cn_get_text(run, CN_RUN_ID), "b"));
	assert_true(known);
	run = cn_run_of(p, CN_SLICE_NONE, CN_SLICE("L3"), &known);
	assert_true(cn_slice_is(cn_get_text(run, CN_RUN_ID), "b"));
	assert_true(known);
	run = cn_run_of(p, CN_SLICE("z"), CN_SLICE("L9"), &known);
	assert_true(cn_slice_is(cn_get_text(run, CN_RUN_ID), "a"));
	assert_false(known);
	assert_non_null(cn_run_of(p, CN_SLICE_NONE, CN_SLICE_NONE, NULL));
	assert_null(
	    cn_run_of(passport(""), CN_SLICE("a"), CN_SLICE("L1"), &known));
	assert_false(known);
}

/* ---- short of memory ----------------------------------------------------------- */

/* Each stage, in an arena that grows step by step: a code, never a crash, and
 * empty outputs as long as it fails. */
static void
stages_survive_a_full_arena(void **state)
{
	struct cn_record *a = with_tiers("X", "F1", "DE1");
	const struct cn_record *levels[2] = { a, NULL };
	unsigned good = 0;

	(void)state;
	levels[1] = with_tiers("Y", "F2", "DE2");
	for (size_t max = 64; max < 40000; max += 64) {
		struct cn_arena *small = cn_arena_new(max);
		struct cn_record *next = with_tiers("Y", "F2", "DE2");
		struct cn_record *merged = NULL;
		struct cn_change *change = NULL;
		enum cn_code code;

		if (small == NULL)
			continue;
		code = cn_model_merge(small, levels, 2, &merged, NULL);
		assert_true(code == CN_OK || merged == NULL);
		cn_arena_free(small);
		small = cn_arena_new(max);
		code = cn_model_diff(
		    small, a, levels[1], CN_TIERS_ALL, &change, NULL);
		assert_true((code == CN_OK) == (change != NULL));
		cn_arena_free(small);
		small = cn_arena_new(max);
		code = cn_model_derive(small, next, CN_SLICE("https://x"), a,
		    (const uint8_t[32]){ 0 }, NULL);
		assert_true(code == CN_OK || code == CN_MEMORY);
		good += code == CN_OK;
		cn_arena_free(small);
	}
	assert_true(good > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(differences_are_told),
		cmocka_unit_test(kinds_in_words),
		cmocka_unit_test(small_differences_are_seen),
		cmocka_unit_test(order_is_a_difference),
		cmocka_unit_test(long_texts_are_cut),
		cmocka_unit_test(first_version_is_derived),
		cmocka_unit_test(next_version_is_derived),
		cmocka_unit_test(missing_sections_are_not_changes),
		cmocka_unit_test(recalls_find_their_units),
		cmocka_unit_test(serials_compare_as_numbers),
		cmocka_unit_test(units_find_their_run),
		cmocka_unit_test(stages_survive_a_full_arena),
	};

	return cmocka_run_group_tests(tests, sample_setup, sample_teardown);
}
