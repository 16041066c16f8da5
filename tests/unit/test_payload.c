/*
 * Records to CBOR and back, over the whole field table: what is accepted
 * encodes to the same bytes again.
 */
#include "seal_world.h"

/* A small generator of its own, so that a failure can be repeated. */
static uint32_t seed = 1;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static const char *
text_of(const struct cn_field *field)
{
	switch (field->form) {
	case CN_FORM_GTIN:
		return "09506000134352";
	case CN_FORM_TARIC:
		return "85176200";
	case CN_FORM_EORI:
		return "DE123456789012345";
	case CN_FORM_BODY:
		return "0123";
	case CN_FORM_LANG:
		return "de-AT";
	case CN_FORM_LOT:
		return "LOT-7";
	default:
		break;
	}
	switch (field->kind) {
	case CN_KIND_URI:
		return "https://maker.example/a?b=c#d";
	case CN_KIND_DATE:
		return "2028-02-29";
	case CN_KIND_MONTH:
		return "2031-12";
	case CN_KIND_INSTANT:
		return "2026-11-25T08:00:00Z";
	case CN_KIND_DECIMAL:
		return "-0.125";
	default:
		return cn_field_bytes(field) < 40 || draw(2)
			   ? "a"
			   : "Zwölf Boxkämpfer – 十二";
	}
}

static struct cn_record *random_record(
    struct world *world, const struct cn_table *table, uint32_t chance);

static void
fill_value(
    struct world *world, const struct cn_field *field, struct cn_value *value)
{
	static const uint8_t digest[CN_DIGEST] = { 1, 2, 3 };

	switch (field->kind) {
	case CN_KIND_TEXTS:
		assert_true(cn_texts_put(world->arena, value, CN_SLICE("en"),
		    cn_slice_str(text_of(field))));
		assert_true(cn_texts_put(world->arena, value, CN_SLICE("pt-BR"),
		    cn_slice_str(text_of(field))));
		assert_true(cn_texts_put(world->arena, value, CN_SLICE("de"),
		    cn_slice_str(text_of(field))));
		break;
	case CN_KIND_BOOL:
	case CN_KIND_ENUM:
	case CN_KIND_UINT:
		value->as.number = draw((uint32_t)cn_field_highest(field)) + 1;
		break;
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		value->as.text = cn_slice_of(digest, CN_DIGEST);
		break;
	case CN_KIND_RECORD:
		value->as.record = random_record(world, field->record, 60);
		break;
	case CN_KIND_TIERS:
		value->as.tiers = cn_arena_alloc(
		    world->arena, 1, sizeof(*value->as.tiers));
		assert_non_null(value->as.tiers);
		value->as.tiers->key = 17;
		value->as.tiers->tier = 1;
		break;
	default:
		value->as.text = cn_slice_str(text_of(field));
	}
}

static struct cn_record *
random_record(
    struct world *world, const struct cn_table *table, uint32_t chance)
{
	struct cn_record *record = cn_record_new(world->arena, table);
	struct cn_value *value;
	unsigned row;
	size_t n;

	assert_non_null(record);
	for (row = 0; row < table->count; row++) {
		if (draw(100) >= chance)
			continue;
		n = table->rows[row].many ? 1 + draw(3) : 1;
		if (n > cn_field_items(&table->rows[row]))
			n = 1;
		for (; n > 0; n--) {
			value = cn_add(world->arena, record, row);
			assert_non_null(value);
			fill_value(world, &table->rows[row], value);
		}
	}
	return record;
}

static void
encode(const struct cn_record *record, enum cn_tier tier, struct cn_buf *out)
{
	struct cn_error err = { 0 };

	cn_buf_reset(out);
	if (cn_payload_encode(record, tier, out, &err) != CN_OK)
		fail_msg("%s", err.text);
	if (cn_cbor_check(cn_buf_slice(out), &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
}

/* Decodes what is accepted and compares; false where it is refused. */
static bool
identity(struct cn_slice bytes, const struct cn_table *table, enum cn_tier tier,
    struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(16u << 20);
	struct cn_record *record = cn_record_new(arena, table);
	struct cn_buf again;
	bool accepted;

	cn_buf_init(&again, 1 << 20);
	accepted = cn_payload_decode(bytes, tier, arena, record, err) == CN_OK;
	if (accepted) {
		encode(record, tier, &again);
		if (!cn_slice_eq(cn_buf_slice(&again), bytes))
			fail_msg("decoded and encoded it is another");
	}
	cn_buf_free(&again);
	cn_arena_free(arena);
	return accepted;
}

/* Everything there is, every tier, many times with holes. */
static void
whole_table(void **state)
{
	struct world *world = *state;
	struct cn_error err = { 0 };
	struct cn_buf bytes;
	int i, tier;

	cn_buf_init(&bytes, 1 << 20);
	for (i = 0; i < 60; i++) {
		struct cn_record *record = random_record(
		    world, &cn_table_passport, i == 0 ? 100 : 5 + draw(90));

		record->authority_changes = record->slots[CN_F_SEALED_CHANGES];
		for (tier = 0; tier < CN_TIERS; tier++) {
			encode(record, (enum cn_tier)tier, &bytes);
			if (!identity(cn_buf_slice(&bytes), &cn_table_passport,
				(enum cn_tier)tier, &err))
				fail_msg("%s: %s", err.place, err.text);
		}
	}
	cn_buf_free(&bytes);
}

static struct cn_slice
unhex(const char *hex)
{
	static uint8_t space[1024];
	size_t len = strlen(hex) / 2;

	assert_true(len <= sizeof(space));
	assert_true(cn_unhex(cn_slice_str(hex), space, len));
	return cn_slice_of(space, len);
}

static void
takes(const char *hex, enum cn_tier tier)
{
	struct cn_error err = { 0 };

	assert_int_equal(cn_cbor_check(unhex(hex), NULL), CN_OK);
	if (!identity(unhex(hex), &cn_table_passport, tier, &err))
		fail_msg("%s: %s, %s", hex, err.place, err.text);
}

static void
refuses(
    const char *hex, enum cn_tier tier, const char *place, const char *words)
{
	struct cn_error err = { 0 };

	assert_int_equal(cn_cbor_check(unhex(hex), NULL), CN_OK);
	if (identity(unhex(hex), &cn_table_passport, tier, &err))
		fail_msg("%s was accepted", hex);
	assert_int_equal(err.code, CN_MALFORMED);
	if (strcmp(err.place, place) != 0)
		fail_msg("place \"%s\", not \"%s\"", err.place, place);
	if (strstr(err.text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text, words);
}

/* Unknown keys of any kind, at any level, before, between and behind. */
static void
unknown_entries(void **state)
{
	(void)state;
	takes("a0", CN_PUBLIC);
	takes("a10001", CN_PUBLIC);
	takes("a30661411837a01903e88101", CN_PUBLIC);
	takes("a40661411837012000613f02", CN_PUBLIC);
	takes("a30661416161018001", CN_PUBLIC);
	/* within a record: {2: {1: 1, 99: 1, 100: true, "?": 1.5}} */
	takes("a102a401011863011864f5613ff93e00", CN_PUBLIC);
	takes("a2118161611903e801", CN_LEGITIMATE_INTEREST);
	refuses("a11837f6", CN_PUBLIC, "", "null");
	refuses("a11837f7", CN_PUBLIC, "", "null");
	refuses("a118378201a100f6", CN_PUBLIC, "", "null");
	refuses("a1f600", CN_PUBLIC, "", "null");
	refuses("a102a201011863f6", CN_PUBLIC, "passport_version", "null");
	takes("a1183742f6f7", CN_PUBLIC);
}

/* Unknown entries of three tiers in one record go where they came from. */
static void
unknown_of_tiers(void **state)
{
	static const char *const hex[CN_TIERS] = { "a21837011903e801",
		"a2183702186402", "a3186403186503616103" };
	struct world *world = *state;
	struct cn_record *record = cn_record_new(
	    world->arena, &cn_table_passport);
	const struct cn_unknown *u;
	struct cn_slice copy;
	struct cn_buf out;
	int tier;
	size_t n = 0;

	for (tier = 0; tier < CN_TIERS; tier++) {
		copy = cn_arena_copy(world->arena, unhex(hex[tier]));
		assert_int_equal(cn_payload_decode(copy, (enum cn_tier)tier,
				     world->arena, record, NULL),
		    CN_OK);
	}
	for (u = record->unknown; u != NULL; u = u->next, n++)
		if (u->next != NULL)
			assert_true(cn_slice_cmp(u->key, u->next->key) <= 0);
	assert_int_equal(n, 7);
	cn_buf_init(&out, 4096);
	for (tier = 0; tier < CN_TIERS; tier++) {
		encode(record, (enum cn_tier)tier, &out);
		assert_true(cn_slice_eq(cn_buf_slice(&out), unhex(hex[tier])));
	}
	cn_buf_free(&out);
}

static void
wrong_values(void **state)
{
	(void)state;
	refuses("80", CN_PUBLIC, "", "no map");
	refuses("00", CN_PUBLIC, "", "no map");
	refuses("a106f6", CN_PUBLIC, "model_type", "no text");
	refuses("a1064141", CN_PUBLIC, "model_type", "no text");
	refuses("a10600", CN_PUBLIC, "model_type", "no text");
	refuses("a10580", CN_PUBLIC, "gtin", "empty list");
	refuses("a1056131", CN_PUBLIC, "gtin", "no list");
	refuses("a105816131", CN_PUBLIC, "gtin: [0]", "");
	refuses("a1036461637469", CN_PUBLIC, "passport_status", "choices");
	refuses("a10301", CN_PUBLIC, "passport_status", "no text");
	refuses("a102a101f5", CN_PUBLIC, "passport_version: version", "number");
	refuses("a102a10100", CN_PUBLIC, "passport_version: version", "");
	refuses("a102a10120", CN_PUBLIC, "passport_version: version", "number");
	refuses("a102a1024101", CN_PUBLIC, "passport_version: supersedes",
	    "32 bytes");
	refuses(
	    "a102a10380", CN_PUBLIC, "passport_version: changes", "empty list");
	refuses("a10881a10301", CN_PUBLIC,
	    "software_versions: [0]: affects_compliance", "neither");
	refuses("a10881a103f6", CN_PUBLIC,
	    "software_versions: [0]: affects_compliance", "neither");
}

static void
wrong_texts(void **state)
{
	(void)state;
	/* F24, text per language */
	takes("a11818a162656e6161", CN_PUBLIC);
	takes("a11818a2626465616162656e6161", CN_PUBLIC);
	refuses("a11818a0", CN_PUBLIC, "intended_purpose", "languages");
	refuses("a118186161", CN_PUBLIC, "intended_purpose", "languages");
	refuses("a11818a162454e6161", CN_PUBLIC, "intended_purpose", "tag");
	refuses("a11818a1006161", CN_PUBLIC, "intended_purpose", "tag");
	refuses("a11818a162656e4161", CN_PUBLIC, "intended_purpose", "no text");
	/* F43 (authority) a date, F90 tiers, F92 seals */
	takes("a1182b6a323034312d31322d3331", CN_AUTHORITY);
	refuses("a1182b6a323034312d31322d3332", CN_AUTHORITY, "retention_until",
	    "date");
	takes("a1185aa21101182802", CN_PUBLIC);
	refuses("a1185aa0", CN_PUBLIC, "field_access_policy", "tiers");
	refuses("a1185aa11103", CN_PUBLIC, "field_access_policy", "tier");
	refuses("a1185aa1613101", CN_PUBLIC, "field_access_policy", "tier");
	refuses("a1185c814101", CN_PUBLIC, "sections: [0]", "tag 60");
	refuses("a1185c81d83c4101", CN_PUBLIC, "sections: [0]", "32 bytes");
	refuses("a1185c81d83d4101", CN_PUBLIC, "sections: [0]", "tag 60");
}

/* Fields where they do not belong, and the one that stands in two sections. */
static void
wrong_sections(void **state)
{
	static const char *const changes = "a1186281a201616102656164646564";

	(void)state;
	refuses("a111816161", CN_PUBLIC, "facility_ids", "section");
	refuses("a111816161", CN_AUTHORITY, "facility_ids", "section");
	refuses("a1066141", CN_LEGITIMATE_INTEREST, "model_type", "section");
	takes("a111816161", CN_LEGITIMATE_INTEREST);
	takes(changes, CN_LEGITIMATE_INTEREST);
	takes(changes, CN_AUTHORITY);
	refuses(changes, CN_PUBLIC, "sealed_changes", "section");
}

/* Whatever a mutation makes: refused, or the same bytes again. */
static void
mutations(void **state)
{
	struct world *world = *state;
	struct cn_buf bytes;
	unsigned i, accepted = 0;
	int tier = 0;

	cn_buf_init(&bytes, 1 << 20);
	for (i = 0; i < 30000; i++) {
		if (i % 1000 == 0) {
			tier = (int)draw(CN_TIERS);
			encode(random_record(world, &cn_table_passport, 20),
			    (enum cn_tier)tier, &bytes);
		}
		size_t at = draw((uint32_t)bytes.len);
		uint8_t was = bytes.ptr[at];

		bytes.ptr[at] = (uint8_t)draw(256);
		if (cn_cbor_check(cn_buf_slice(&bytes), NULL) == CN_OK)
			accepted += identity(cn_buf_slice(&bytes),
			    &cn_table_passport, (enum cn_tier)tier, NULL);
		bytes.ptr[at] = was;
	}
	/* the test is one only if some get through */
	assert_true(accepted > 100);
	cn_buf_free(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_table),
		cmocka_unit_test(unknown_entries),
		cmocka_unit_test(unknown_of_tiers),
		cmocka_unit_test(wrong_values),
		cmocka_unit_test(wrong_texts),
		cmocka_unit_test(wrong_sections),
		cmocka_unit_test(mutations),
	};

	return cmocka_run_group_tests(tests, world_begin, world_end);
}
