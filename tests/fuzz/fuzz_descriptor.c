/*
 * product.json from a careless hand. What is read without a fault is encoded,
 * decoded and encoded again to the same bytes, tier by tier, and its JSON view
 * is JSON again; every fault has a place.
 */
#include "fuzz.h"

#include <carnet/passport.h>

static void
tier_round(
    const struct cn_record *record, enum cn_tier tier, struct cn_arena *arena)
{
	struct cn_record *again = cn_record_new(arena, &cn_table_passport);
	struct cn_buf first, second;
	struct cn_error err = { 0 };

	cn_buf_init(&first, 8u << 20);
	cn_buf_init(&second, 8u << 20);
	if (again != NULL &&
	    cn_payload_encode(record, tier, &first, &err) == CN_OK) {
		FUZZ_HOLDS(cn_cbor_check(cn_buf_slice(&first), NULL) == CN_OK);
		FUZZ_HOLDS(cn_payload_decode(cn_buf_slice(&first), tier, arena,
			       again, &err) == CN_OK);
		FUZZ_HOLDS(
		    cn_payload_encode(again, tier, &second, &err) == CN_OK);
		FUZZ_HOLDS(
		    cn_slice_eq(cn_buf_slice(&first), cn_buf_slice(&second)));
	}
	cn_buf_free(&second);
	cn_buf_free(&first);
}

static void
view(const struct cn_record *record, struct cn_arena *arena)
{
	struct cn_json *tree;
	struct cn_buf text;
	struct cn_jw w;

	cn_buf_init(&text, 16u << 20);
	cn_jw_init(&w, &text, true);
	cn_model_write_json(record, CN_TIERS_ALL, &w);
	FUZZ_HOLDS(cn_buf_code(&text, NULL) == CN_OK);
	FUZZ_HOLDS(cn_json_parse(
		       arena, cn_buf_slice(&text), NULL, &tree, NULL) == CN_OK);
	cn_buf_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cn_arena *arena = cn_arena_new(128u << 20);
	struct cn_descriptor *descriptor = NULL;
	struct cn_report report;

	if (arena == NULL)
		return 0;
	cn_report_init(&report, arena);
	if (cn_descriptor_read(arena, CN_SLICE("product.json"),
		cn_slice_of(data, size), &descriptor, &report, NULL) != CN_OK)
		FUZZ_HOLDS(descriptor == NULL);
	for (const struct cn_finding *f = report.first; f; f = f->next) {
		FUZZ_HOLDS(f->message.len > 0 && f->rule.len > 0);
		FUZZ_HOLDS(cn_utf8_ok(f->message, NULL));
	}
	if (descriptor != NULL && report.count[CN_FAULT] == 0) {
		for (int tier = 0; tier < CN_TIERS; tier++)
			tier_round(
			    descriptor->record, (enum cn_tier)tier, arena);
		view(descriptor->record, arena);
	}
	cn_arena_free(arena);
	return 0;
}
