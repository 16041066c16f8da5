/* model/: the table itself, forms of texts, the schemas, the labels. */
#include <carnet/file.h>
#include <carnet/model.h>

#include <dirent.h>
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool
same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* ---- the table -------------------------------------------------------------- */

static void
check_row(const struct cn_table *table, const struct cn_field *row)
{
	if (row->name[0] == '\0' || row->key == 0)
		fail_msg("%s: a row without name or key", table->name);
	if ((row->kind == CN_KIND_RECORD) != (row->record != NULL) ||
	    (row->kind == CN_KIND_ENUM) != (row->choices != NULL))
		fail_msg("%s.%s: kind and sub", table->name, row->name);
	if (row->nullable && (row->many || row->required))
		fail_msg("%s.%s: cardinality", table->name, row->name);
	if (cn_table_by_key(table, row->key) != row)
		fail_msg("%s.%s: not found by key", table->name, row->name);
	/* Names are unique even without the group. */
	if (cn_table_by_name(table, CN_SLICE_NONE, cn_slice_str(row->name)) !=
	    row)
		fail_msg("%s.%s: not found by name", table->name, row->name);
}

static void
rows_are_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < cn_record_count; i++) {
		const struct cn_table *table = cn_records[i];

		assert_true(table->count > 0 && table->count <= 64);
		for (size_t j = 0; j < table->count; j++) {
			check_row(table, &table->rows[j]);
			assert_int_equal(table->rows[j].key, j + 1);
			assert_null(table->rows[j].group);
			assert_false(table->rows[j].derived);
		}
	}
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *row = &cn_table_passport.rows[i];
		bool known = false;

		check_row(&cn_table_passport, row);
		for (size_t g = 0; g < cn_group_count; g++)
			known = known || same(cn_groups[g], row->group);
		assert_true(known);
		assert_true(row->sources[0] != '\0');
	}
	assert_null(cn_table_by_key(&cn_table_passport, 0));
	assert_null(cn_table_by_key(&cn_table_passport, 55));
	assert_null(cn_table_by_key(&cn_table_passport, 88));
	assert_null(cn_table_by_key(&cn_table_passport, 100));
	assert_null(cn_table_by_key(&cn_table_passport, UINT64_MAX));
	assert_null(cn_table_by_name(
	    &cn_table_passport, CN_SLICE("scope"), CN_SLICE("gtin")));
}

/* What is written down in docs and used in the capsule. */
static void
keys_and_positions_stay(void **state)
{
	static const struct {
		unsigned row, key;
	} keys[] = { { CN_F_PASSPORT_ID, 1 }, { CN_F_PASSPORT_VERSION, 2 },
		{ CN_F_UNIQUE_PRODUCT_IDENTIFIER, 4 }, { CN_F_CRA_CLASS, 21 },
		{ CN_F_RULE_VERDICT, 39 }, { CN_F_SBOM, 56 },
		{ CN_F_FIELD_ACCESS_POLICY, 90 }, { CN_F_SECTIONS, 92 },
		{ CN_F_RUNS, 94 }, { CN_F_SBOM_DOCUMENT, 95 },
		{ CN_F_IMPORTER_EORI, 96 }, { CN_F_VERDICT_REASONS, 97 },
		{ CN_F_SEALED_CHANGES, 98 }, { CN_F_FORCED_FINDINGS, 99 } };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_int_equal(
		    cn_table_passport.rows[keys[i].row].key, keys[i].key);
	assert_int_equal(CN_CRA_CLASS_CRITICAL, 3);
	assert_int_equal(CN_CRA_CLASS_CHOICES, 5);
	assert_int_equal(CN_AI_STATUS_NOT_HIGH_RISK, 8);
	assert_int_equal(CN_CRA_PROCEDURE_CRA_ART_32_1, 0);
	assert_int_equal(CN_CRA_PROCEDURE_NONE, 8);
	assert_int_equal(cn_choice(&cn_choices_cra_module, CN_SLICE("B+C")), 1);
	assert_int_equal(cn_choice(&cn_choices_cra_module, CN_SLICE("b")), -1);
}

/* Every field of the data that the table was made from is there, with its
 * name, group, audience and cardinality. */
static void
table_is_complete(void **state)
{
	const char *shared = getenv("CARNET_SHARED");
	struct cn_arena *arena = cn_arena_new(16u << 20);
	struct cn_buf text;
	char path[4096];
	struct cn_json *root;
	struct cn_error err = { 0 };
	const char *const not_in_payload[] = { "F88", "F89" };
	size_t seen = 0;

	(void)state;
	if (shared == NULL)
		shared = "../shared";
	(void)snprintf(
	    path, sizeof(path), "%s/data/rules/passport_fields.json", shared);
	cn_buf_init(&text, 1u << 20);
	if (cn_file_read(path, &text, &err) != CN_OK) {
		cn_buf_free(&text);
		cn_arena_free(arena);
		skip();
	}
	assert_int_equal(
	    cn_json_parse(arena, cn_buf_slice(&text), NULL, &root, &err),
	    CN_OK);
	for (const struct cn_json *f = cn_json_get(root, "fields")->first;
	     f != NULL; f = f->next) {
		struct cn_slice id = cn_json_text(f, "id");
		struct cn_slice card = cn_json_text(f, "cardinality");
		const char *const tiers[] = { "public", "legitimate_interest",
			"authority" };
		const struct cn_json *derived = cn_json_get(f, "derived");
		const struct cn_field *row;

		if (cn_slice_is(id, not_in_payload[0]) ||
		    cn_slice_is(id, not_in_payload[1]))
			continue;
		row = cn_table_by_name(&cn_table_passport,
		    cn_json_text(f, "group"), cn_json_text(f, "name"));
		if (row == NULL)
			fail_msg("%.*s is missing", CN_FMT(id));
		if (!cn_slice_is(id, "F56b"))
			assert_int_equal(
			    row->key, atoi((const char *)id.ptr + 1));
		assert_true(
		    cn_slice_is(cn_json_text(f, "tier"), tiers[row->tier]));
		assert_true(row->required == cn_slice_starts(card, "1"));
		assert_true(row->many == (cn_slice_ends(card, "n") ||
					     cn_slice_is(card, "0..2")));
		if (derived != NULL && derived->type == CN_JSON_TRUE)
			assert_true(row->derived);
		seen++;
	}
	assert_int_equal(seen, CN_F_COUNT - 4); /* 96 to 99 are our own */
	cn_buf_free(&text);
	cn_arena_free(arena);
}

/* ---- texts ------------------------------------------------------------------ */

struct sample {
	enum cn_kind kind;
	enum cn_form form;
	const char *good[8];
	const char *bad[16];
};

static const struct sample samples[] = {
	{ CN_KIND_TEXT, CN_FORM_GTIN,
	    { "09506000134352", "9506000134352", "96385074", "614141999996" },
	    { "09506000134353", "0950600013435", "", "0950600013435x",
		"00000000000000000", "12345670a", "950600013435" } },
	{ CN_KIND_TEXT, CN_FORM_TARIC, { "851762", "85176200", "8517620000" },
	    { "8517", "8517620", "851762000", "85176a" } },
	{ CN_KIND_TEXT, CN_FORM_EORI, { "DE123", "FR12345678901234A" },
	    { "de123", "D123", "DE", "DE1234567890123456", "DE12-3" } },
	{ CN_KIND_TEXT, CN_FORM_BODY, { "0123" }, { "123", "01234", "O123" } },
	{ CN_KIND_TEXT, CN_FORM_LANG,
	    { "en", "gsw", "pt-BR", "zh-Hant-TW", "es-419", "sl-rozaj-1994",
		"de-1901" },
	    { "EN", "e", "engl", "en-", "en-us", "en--GB", "zh-hant",
		"en-GB-oed", "x-private", "en-a-foo", "en_GB", "-en" } },
	{ CN_KIND_TEXT, CN_FORM_LOT, { "LOT7", "a/b%+\"'", "..", "x-1_2" },
	    { "a lot", "lot#7", "123456789012345678901", "ü", "a\\b" } },
	{ CN_KIND_URI, CN_FORM_ANY,
	    { "https://a.example/x?y#z", "mailto:psirt@maker.example",
		"urn:gs1:x", "http://[::1]/", "tel:+49-1" },
	    { "a.example", "https://", "https:a", "https:///x", "1a:b",
		"https://a b", "https://a/%zz", "https://a/%4",
		"x:", "https://ä.example", ":x", "https://?x" } },
	{ CN_KIND_URI, CN_FORM_HTTPS, { "https://a.example" },
	    { "http://a.example", "HTTPS://a.example", "mailto:x@y" } },
	{ CN_KIND_DATE, CN_FORM_ANY, { "2028-02-29", "0001-01-01" },
	    { "2027-02-29", "2027-02-30", "2027-13-01", "2027-00-10",
		"2027-1-1", "0000-01-01", "2027-01-01T", "27-01-01" } },
	{ CN_KIND_MONTH, CN_FORM_ANY, { "2033-12" },
	    { "2033-13", "2033-00", "2033", "2033-1", "2033-12-01" } },
	{ CN_KIND_INSTANT, CN_FORM_ANY, { "2026-10-01T23:59:59Z" },
	    { "2026-10-01T24:00:00Z", "2026-10-01 10:00:00Z",
		"2026-10-01T10:00:60Z", "2026-10-01T10:00:00",
		"2026-10-01T10:00:00+00:00", "2026-10-01T10:00:00.0Z" } },
	{ CN_KIND_DECIMAL, CN_FORM_ANY,
	    { "0", "-0.125", "12", "0.90", "100.0" },
	    { "00", "01.5", ".5", "5.", "+1", "1e3", "-", "1,5", "--1" } },
};

static void
texts_are_held_to_their_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		const struct sample *s = &samples[i];
		struct cn_field field = {
			.name = "x", .kind = s->kind, .form = s->form
		};

		for (size_t j = 0; j < 8 && s->good[j] != NULL; j++)
			if (cn_text_fault(&field, cn_slice_str(s->good[j])))
				fail_msg("%s is refused", s->good[j]);
		for (size_t j = 0; j < 16 && s->bad[j] != NULL; j++)
			if (!cn_text_fault(&field, cn_slice_str(s->bad[j])))
				fail_msg("%s is accepted", s->bad[j]);
	}
}

static void
plain_texts(void **state)
{
	struct cn_field field = { .name = "x", .kind = CN_KIND_TEXT, .max = 5 };

	(void)state;
	assert_null(cn_text_fault(&field, CN_SLICE("a\n\tb")));
	assert_null(cn_text_fault(&field, CN_SLICE("12345")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("123456")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("a\rb")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("a\033b")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("a\177")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("\302\233")));
	assert_null(cn_text_fault(&field, CN_SLICE("\302\240")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("\303(")));
	assert_non_null(cn_text_fault(&field, CN_SLICE("a\0b")));
	field.kind = CN_KIND_UINT;
	assert_null(cn_number_fault(&field, 5));
	assert_null(cn_number_fault(&field, 0));
	assert_non_null(cn_number_fault(&field, 6));
	field.form = CN_FORM_POSITIVE;
	assert_non_null(cn_number_fault(&field, 0));
	field.kind = CN_KIND_ENUM;
	field.choices = &cn_choices_applied;
	assert_non_null(cn_number_fault(&field, 2));
}

static void
languages_sort_as_cbor_does(void **state)
{
	(void)state;
	assert_true(cn_lang_cmp(CN_SLICE("fr"), CN_SLICE("de-AT")) < 0);
	assert_true(cn_lang_cmp(CN_SLICE("de"), CN_SLICE("fr")) < 0);
	assert_true(cn_lang_cmp(CN_SLICE("gsw"), CN_SLICE("fr")) > 0);
	assert_int_equal(cn_lang_cmp(CN_SLICE("fr"), CN_SLICE("fr")), 0);
}

/* ---- schemas ---------------------------------------------------------------- */

struct schema {
	struct cn_arena *arena;
	struct cn_buf text;
	struct cn_json *root;
	const struct cn_json *defs;
};

static void
open_schema(struct schema *s)
{
	struct cn_error err = { 0 };

	s->arena = cn_arena_new(16u << 20);
	cn_buf_init(&s->text, 4u << 20);
	cn_schema_json(&s->text);
	assert_int_equal(cn_buf_code(&s->text, NULL), CN_OK);
	if (cn_json_parse(s->arena, cn_buf_slice(&s->text), NULL, &s->root,
		&err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	s->defs = cn_json_get(s->root, "$defs");
	assert_non_null(s->defs);
}

static void
close_schema(struct schema *s)
{
	cn_buf_free(&s->text);
	cn_arena_free(s->arena);
}

static const struct cn_json *
definition(const struct schema *s, const char *prefix, const char *name)
{
	char key[200];
	const struct cn_json *def;

	(void)snprintf(key, sizeof(key), "%s.%s", prefix, name);
	def = cn_json_get(s->defs, key);
	if (def == NULL)
		fail_msg("no definition of %s", key);
	return def;
}

/* Every "$ref" of the schema leads to a definition. */
static void
follow_refs(const struct schema *s, const struct cn_json *at)
{
	const char start[] = "#/$defs/";

	for (const struct cn_json *c = at->first; c != NULL; c = c->next)
		follow_refs(s, c);
	if (at->type == CN_JSON_STRING && cn_slice_is(at->key, "$ref")) {
		assert_true(cn_slice_starts(at->text, start));
		if (cn_json_get(s->defs,
			(const char *)at->text.ptr + strlen(start)) == NULL)
			fail_msg("%s", (const char *)at->text.ptr);
	}
}

static void
json_schema_has_every_row(void **state)
{
	struct schema s;

	(void)state;
	open_schema(&s);
	follow_refs(&s, s.root);
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *row = &cn_table_passport.rows[i];
		const struct cn_json *written = cn_json_get(
		    definition(&s, "product", row->group), "properties");
		const struct cn_json *shown = cn_json_get(
		    definition(&s, "shown", row->group), "properties");

		(void)definition(&s, row->group, row->name);
		assert_non_null(cn_json_get(shown, row->name));
		assert_true(
		    (cn_json_get(written, row->name) == NULL) == row->derived);
	}
	for (size_t i = 0; i < cn_record_count; i++) {
		const struct cn_json *def = definition(
		    &s, "record", cn_records[i]->name);

		assert_int_equal(cn_json_get(def, "properties")->count,
		    cn_records[i]->count);
		assert_int_equal(cn_json_get(def, "additionalProperties")->type,
		    CN_JSON_FALSE);
	}
	for (size_t i = 0; i < cn_choice_list_count; i++)
		assert_int_equal(cn_json_get(definition(&s, "choices",
						 cn_choice_lists[i]->name),
				     "enum")
				     ->count,
		    cn_choice_lists[i]->count);
	close_schema(&s);
}

/* The pattern that the schema has for a row. */
static const char *
pattern_of(const struct schema *s, const struct cn_field *row)
{
	const struct cn_json *def;
	const char *pattern;

	def = definition(s, row->group, row->name);
	if (row->many)
		def = cn_json_get(def, "items");
	if (row->kind == CN_KIND_DECIMAL)
		def = cn_json_get(def, "anyOf")->first;
	pattern = (const char *)cn_json_text(def, "pattern").ptr;
	assert_non_null(pattern);
	return pattern;
}

/* A row of the passport with that kind and form, or NULL. */
static const struct cn_field *
row_like(enum cn_kind kind, enum cn_form form)
{
	for (size_t i = 0; i < CN_F_COUNT; i++)
		if (cn_table_passport.rows[i].kind == kind &&
		    cn_table_passport.rows[i].form == form)
			return &cn_table_passport.rows[i];
	return NULL;
}

/* What the code accepts the schema accepts too; what the schema refuses the
 * code refuses too. */
static void
patterns_agree_with_the_code(void **state)
{
	struct schema s;
	size_t compared = 0, narrow = 0;

	(void)state;
	open_schema(&s);
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		const struct cn_field *row = row_like(
		    samples[i].kind, samples[i].form);
		regex_t regex;

		if (row == NULL) /* only members of records have it */
			continue;
		assert_int_equal(regcomp(&regex, pattern_of(&s, row),
				     REG_EXTENDED | REG_NOSUB),
		    0);
		for (size_t j = 0; j < 8 && samples[i].good[j]; j++)
			if (regexec(&regex, samples[i].good[j], 0, NULL, 0))
				fail_msg("schema: %s", samples[i].good[j]);
		for (size_t j = 0; j < 16 && samples[i].bad[j]; j++)
			narrow += regexec(&regex, samples[i].bad[j], 0, NULL,
				      0) == REG_NOMATCH;
		regfree(&regex);
		compared++;
	}
	assert_true(compared >= 6);
	assert_true(narrow > 2 * compared);
	close_schema(&s);
}

static void expect_word(const struct cn_buf *text, const char *fmt, ...)
    CN_PRINTF(2, 3);

static void
expect_word(const struct cn_buf *text, const char *fmt, ...)
{
	char word[300];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(word, sizeof(word), fmt, ap);
	va_end(ap);
	if (strstr((const char *)text->ptr, word) == NULL)
		fail_msg("not found: %s", word);
}

static void
cddl_has_every_row(void **state)
{
	struct cn_buf text;

	(void)state;
	cn_buf_init(&text, 4u << 20);
	cn_schema_cddl(&text);
	cn_buf_byte(&text, 0);
	assert_int_equal(cn_buf_code(&text, NULL), CN_OK);
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *row = &cn_table_passport.rows[i];

		expect_word(&text, " %s.%s ^ => ", row->group, row->name);
		expect_word(
		    &text, "\n%s.%s = %u\n", row->group, row->name, row->key);
	}
	for (size_t i = 0; i < cn_record_count; i++) {
		expect_word(&text, "\nrecord.%s = {\n", cn_records[i]->name);
		for (size_t j = 0; j < cn_records[i]->count; j++)
			expect_word(&text, "\n%s-%s = %zu\n",
			    cn_records[i]->name, cn_records[i]->rows[j].name,
			    j + 1);
	}
	for (size_t i = 0; i < cn_choice_list_count; i++)
		expect_word(&text, "\nchoices.%s = \"%s\"",
		    cn_choice_lists[i]->name, cn_choice_lists[i]->values[0]);
	cn_buf_free(&text);
}

static void
markdown_has_every_row(void **state)
{
	struct cn_buf text;

	(void)state;
	cn_buf_init(&text, 4u << 20);
	cn_schema_markdown(&text);
	cn_buf_byte(&text, 0);
	assert_int_equal(cn_buf_code(&text, NULL), CN_OK);
	for (size_t i = 0; i < CN_F_COUNT; i++)
		expect_word(&text, "\n| %u | `%s` |",
		    cn_table_passport.rows[i].key,
		    cn_table_passport.rows[i].name);
	for (size_t i = 0; i < cn_record_count; i++)
		expect_word(&text, "\n### Record `%s`\n", cn_records[i]->name);
	for (size_t i = 0; i < cn_choice_list_count; i++)
		expect_word(
		    &text, "\n### Choices `%s`\n", cn_choice_lists[i]->name);
	cn_buf_free(&text);
}

/* A buffer that is too small latches; nothing is written beyond. */
static void
schemas_stay_within_their_buffer(void **state)
{
	void (*const writers[])(struct cn_buf *) = { cn_schema_json,
		cn_schema_cddl, cn_schema_markdown };
	struct cn_buf text;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		cn_buf_init(&text, 1000);
		writers[i](&text);
		assert_int_equal(cn_buf_code(&text, NULL), CN_TOO_LARGE);
		assert_true(text.len <= 1000);
		cn_buf_free(&text);
	}
}

/* ---- labels ----------------------------------------------------------------- */

/* `labels` has a text for each of these names and none besides. */
static void
check_labels(const char *file, const struct cn_json *labels,
    const struct cn_table *table)
{
	assert_non_null(labels);
	for (size_t i = 0; i < table->count; i++)
		if (cn_json_text(labels, table->rows[i].name).len == 0)
			fail_msg("%s: no label for %s.%s", file, table->name,
			    table->rows[i].name);
	for (const struct cn_json *l = labels->first; l != NULL; l = l->next)
		if (cn_table_by_name(table, CN_SLICE_NONE, l->key) == NULL)
			fail_msg("%s: a label for %s.%s, which is no row", file,
			    table->name, (const char *)l->key.ptr);
}

static void
check_choices(const char *file, const struct cn_json *labels,
    const struct cn_choices *list)
{
	if (labels == NULL)
		fail_msg("%s: no labels for %s", file, list->name);
	for (size_t i = 0; i < list->count; i++)
		if (cn_json_text(labels, list->values[i]).len == 0)
			fail_msg("%s: no label for %s.%s", file, list->name,
			    list->values[i]);
	assert_int_equal(labels->count, list->count);
}

static void
check_locale(const char *file, const struct cn_json *root)
{
	const struct cn_json *groups = cn_json_get(root, "groups");
	const struct cn_json *records = cn_json_get(root, "records");
	const struct cn_json *choices = cn_json_get(root, "choices");

	check_labels(file, cn_json_get(root, "fields"), &cn_table_passport);
	for (size_t i = 0; i < cn_group_count; i++)
		assert_true(cn_json_text(groups, cn_groups[i]).len > 0);
	assert_int_equal(groups->count, cn_group_count);
	for (size_t i = 0; i < cn_record_count; i++)
		check_labels(file, cn_json_get(records, cn_records[i]->name),
		    cn_records[i]);
	assert_int_equal(records->count, cn_record_count);
	for (size_t i = 0; i < cn_choice_list_count; i++)
		check_choices(file,
		    cn_json_get(choices, cn_choice_lists[i]->name),
		    cn_choice_lists[i]);
	assert_int_equal(choices->count, cn_choice_list_count);
}

static void
every_row_has_a_label(void **state)
{
	DIR *dir = opendir(CARNET_LOCALES);
	struct dirent *entry;
	size_t files = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		struct cn_arena *arena;
		struct cn_json *root;
		struct cn_buf text;
		char path[4096];

		if (!cn_slice_ends(cn_slice_str(entry->d_name), ".json"))
			continue;
		(void)snprintf(
		    path, sizeof(path), "%s/%s", CARNET_LOCALES, entry->d_name);
		arena = cn_arena_new(4u << 20);
		cn_buf_init(&text, 1u << 20);
		assert_int_equal(cn_file_read(path, &text, NULL), CN_OK);
		assert_int_equal(cn_json_parse(arena, cn_buf_slice(&text), NULL,
				     &root, NULL),
		    CN_OK);
		check_locale(entry->d_name, root);
		cn_buf_free(&text);
		cn_arena_free(arena);
		files++;
	}
	(void)closedir(dir);
	assert_true(files > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sound),
		cmocka_unit_test(keys_and_positions_stay),
		cmocka_unit_test(table_is_complete),
		cmocka_unit_test(texts_are_held_to_their_form),
		cmocka_unit_test(plain_texts),
		cmocka_unit_test(languages_sort_as_cbor_does),
		cmocka_unit_test(json_schema_has_every_row),
		cmocka_unit_test(patterns_agree_with_the_code),
		cmocka_unit_test(cddl_has_every_row),
		cmocka_unit_test(markdown_has_every_row),
		cmocka_unit_test(schemas_stay_within_their_buffer),
		cmocka_unit_test(every_row_has_a_label),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
