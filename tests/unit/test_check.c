/* rules/: the structural checks, waivers, SARIF. */
#include <carnet/check.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct bench {
	struct cn_arena *arena;
	struct cn_descriptor *descriptor;
	struct cn_report report;
};

static void
check(struct bench *b, const char *json, const struct cn_record *previous,
    const struct cn_sbom *sbom)
{
	struct cn_check_input in = { .sbom = sbom,
		.sbom_file = CN_SLICE("sbom.cdx.json"),
		.previous = previous,
		.at = 20000 + 2000 }; /* spring of 2030 */

	b->arena = cn_arena_new(8u << 20);
	assert_non_null(b->arena);
	cn_report_init(&b->report, b->arena);
	assert_int_equal(
	    cn_descriptor_read(b->arena, CN_SLICE("product.json"),
		cn_slice_str(json), &b->descriptor, &b->report, NULL),
	    CN_OK);
	assert_null(b->report.first);
	in.descriptor = b->descriptor;
	assert_int_equal(cn_check(&in, &b->report, NULL), CN_OK);
}

static const struct cn_finding *
found(const struct bench *b, const char *rule)
{
	const struct cn_finding *f = b->report.first;

	while (f != NULL && !cn_slice_is(f->rule, rule))
		f = f->next;
	return f;
}

#define PRODUCT(more)                                     \
	"{\"issuer\": \"https://maker.example\",\n"       \
	"\"identity\": {\"unique_product_identifier\":\n" \
	"  \"https://id.maker.example/01/09506000134352\"},\n" more "}"

static void
absent_fields_are_named(void **state)
{
	struct bench b;
	size_t count = 0;

	(void)state;
	check(&b, PRODUCT("\"support\": {}"), NULL, NULL);
	for (const struct cn_finding *f = b.report.first; f != NULL;
	     f = f->next)
		count += f->level == CN_FAULT;
	assert_true(count > 20);
	cn_arena_free(b.arena);
}

/* A batch says only what differs. */
static void
batches_need_little(void **state)
{
	struct bench b;

	(void)state;
	check(&b,
	    "{\"issuer\": \"https://maker.example\","
	    "\"identity\": {\"unique_product_identifier\": "
	    "\"https://id.maker.example/01/09506000134352/10/LOT7\"}}",
	    NULL, NULL);
	assert_null(b.report.first);
	cn_arena_free(b.arena);
}

static void
identifiers_fit(void **state)
{
	const struct cn_finding *f;
	struct bench b;

	(void)state;
	check(&b,
	    "{\"issuer\": \"https://maker.example/#me\",\n"
	    "\"identity\": {\"gtin\": [\"4006381333931\"],\n"
	    "\"unique_product_identifier\": \"https://id.maker.example/01/"
	    "09506000134352\"}}",
	    NULL, NULL);
	f = found(&b, "identity.issuer");
	assert_non_null(f);
	assert_int_equal(f->line, 1);
	f = found(&b, "identity.gtin");
	assert_non_null(f);
	assert_int_equal(f->line, 2);
	cn_arena_free(b.arena);
	check(&b,
	    "{\"issuer\": \"https://maker.example\",\n"
	    "\"identity\": {\"unique_product_identifier\":\n"
	    " \"https://id.maker.example/01/09506000134353\"}}",
	    NULL, NULL);
	f = found(&b, "identity.subject");
	assert_non_null(f);
	assert_int_equal(f->line, 3);
	assert_null(found(&b, "identity.issuer"));
	cn_arena_free(b.arena);
}

#define RUN(id, from, until, end)                       \
	"{\"id\": \"" id "\", \"placed_from\": \"" from \
	"\", \"placed_until\": \"" until "\", \"support_end\": \"" end "\"}"

static void
runs_fit(void **state)
{
	struct bench b;

	(void)state;
	check(&b,
	    PRODUCT("\"support\": {\"runs\": [" RUN(
		"a", "2028-01-01", "2029-12-31", "2034-12") "," RUN("b",
		"2028-01-01", "2027-12-31", "2033-01") "]}"),
	    NULL, NULL);
	assert_null(found(&b, "support.run-id"));
	assert_non_null(found(&b, "support.run-dates"));
	cn_arena_free(b.arena);
	check(&b,
	    PRODUCT("\"support\": {\"runs\": [" RUN(
		"a", "2028-01-01", "2028-02-01", "2033-01") "," RUN("a",
		"2028-03-01", "2028-04-01", "2028-03") "]}"),
	    NULL, NULL);
	assert_non_null(found(&b, "support.run-id"));
	assert_non_null(found(&b, "support.run-dates"));
	cn_arena_free(b.arena);
}

static void
promises_are_kept(void **state)
{
	struct bench before, b;

	(void)state;
	check(&before,
	    PRODUCT("\"support\": {\"runs\": [" RUN(
		"a", "2028-01-01", "2028-12-31", "2033-12") "," RUN("b",
		"2029-01-01", "2029-12-31", "2034-12") "]}"),
	    NULL, NULL);
	check(&b,
	    PRODUCT("\"support\": {\"runs\": [" RUN(
		"a", "2028-01-01", "2028-12-31", "2033-11") "," RUN("b",
		"2029-01-01", "2029-12-31", "2035-12") "]}"),
	    before.descriptor->record, NULL);
	assert_non_null(found(&b, "support.shortened"));
	cn_arena_free(b.arena);
	check(&b,
	    PRODUCT("\"support\": {\"runs\": [" RUN(
		"b", "2029-01-01", "2029-12-31", "2034-12") "]}"),
	    before.descriptor->record, NULL);
	assert_non_null(found(&b, "support.shortened"));
	cn_arena_free(b.arena);
	cn_arena_free(before.arena);
}

static void
recalls_have_an_order(void **state)
{
	static const char text[] = PRODUCT(
	    "\"markets\": {\"recalls\": [{\"date\": \"2029-01-01\","
	    "\"remedy\": {\"en\": \"Bring it back\"},"
	    "\"serials\": [{\"from\": \"%s\", \"to\": \"%s\"}]}]}");
	char json[1024];
	struct bench b;

	(void)state;
	(void)snprintf(json, sizeof(json), text, "0100", "0200");
	check(&b, json, NULL, NULL);
	assert_null(found(&b, "markets.recall-range"));
	cn_arena_free(b.arena);
	(void)snprintf(json, sizeof(json), text, "0300", "0200");
	check(&b, json, NULL, NULL);
	assert_non_null(found(&b, "markets.recall-range"));
	cn_arena_free(b.arena);
	(void)snprintf(json, sizeof(json), text, "1", "0200");
	check(&b, json, NULL, NULL);
	assert_non_null(found(&b, "markets.recall-range"));
	cn_arena_free(b.arena);
}

static void
sbom_is_the_file(void **state)
{
	struct cn_sbom sbom = { .format = CN_SLICE("CycloneDX"),
		.spec_version = CN_SLICE("1.6"),
		.components = 3 };
	struct bench b;

	(void)state;
	check(&b,
	    PRODUCT("\"support\": {\"sbom\": {\"format\": \"SPDX\","
		    "\"spec_version\": \"1.6\", \"sha256\": \"00000000000000"
		    "00000000000000000000000000000000000000000000000001\"}}"),
	    NULL, &sbom);
	assert_non_null(found(&b, "sbom.digest"));
	assert_non_null(found(&b, "sbom.format"));
	assert_non_null(found(&b, "sbom.dependencies"));
	assert_null(found(&b, "sbom.named"));
	cn_arena_free(b.arena);
}

/* A class that is stated must be the one that follows from the facts. */
static void
classes_follow_from_facts(void **state)
{
	static const char json[] = PRODUCT(
	    "\"scope\": {\"cra_class\": {\"class\": \"default\"}},\n"
	    "\"conformity\": {\"assessment\": {"
	    "\"placed_on_market\": \"2028-02-01\",\"ai_system\": true,"
	    "\"cra_core_functionality\": \"III.I.17\"}}");
	struct cn_check_input in = { 0 };
	struct cn_verdict *verdict = NULL;
	const struct cn_finding *f;
	struct bench b;

	(void)state;
	check(&b, json, NULL, NULL);
	assert_null(found(&b, "class.cra")); /* no verdict, no judgement */
	in.descriptor = b.descriptor;
	assert_int_equal(cn_verdict_reach(cn_get_record(b.descriptor->record,
					      CN_F_ASSESSMENT),
			     NULL, b.arena, &verdict, NULL),
	    CN_OK);
	in.verdict = verdict;
	cn_report_init(&b.report, b.arena);
	assert_int_equal(cn_check(&in, &b.report, NULL), CN_OK);
	f = found(&b, "class.cra");
	assert_non_null(f);
	assert_int_equal(f->line, 4);
	f = found(&b, "class.ai");
	assert_non_null(f);
	assert_int_equal(f->line, 5);
	cn_arena_free(b.arena);
}

static void
waivers_end(void **state)
{
	struct bench b;

	(void)state;
	check(&b,
	    PRODUCT("\"waivers\": ["
		    "{\"rule\": \"fields.missing\", \"reason\": \"draft\","
		    "\"until\": \"2099-01-01\"},"
		    "{\"rule\": \"sbom.named\", \"reason\": \"draft\","
		    "\"until\": \"2020-01-01\"},"
		    "{\"rule\": \"sbom.digest\", \"reason\": \"draft\","
		    "\"until\": \"2099-01-01\"}]"),
	    NULL, NULL);
	assert_non_null(found(&b, "waiver.expired"));
	assert_non_null(found(&b, "waiver.unused"));
	assert_non_null(found(&b, "sbom.named"));
	assert_false(found(&b, "sbom.named")->waived);
	cn_arena_free(b.arena);
}

static void
sarif_has_places(void **state)
{
	const struct cn_json *result;
	struct cn_json *json;
	struct cn_buf out;
	struct bench b;

	(void)state;
	check(&b, PRODUCT("\"support\": {}"), NULL, NULL);
	cn_buf_init(&out, 1u << 20);
	cn_report_sarif(&b.report, &out);
	assert_int_equal(
	    cn_json_parse(b.arena, cn_buf_slice(&out), NULL, &json, NULL),
	    CN_OK);
	result = cn_json_get(cn_json_get(json, "runs")->first, "results");
	assert_true(result->count > 20);
	for (result = result->first; result != NULL; result = result->next)
		assert_int_equal(cn_json_get(result, "locations")->count, 1);
	cn_buf_free(&out);
	cn_arena_free(b.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(absent_fields_are_named),
		cmocka_unit_test(batches_need_little),
		cmocka_unit_test(identifiers_fit),
		cmocka_unit_test(runs_fit),
		cmocka_unit_test(promises_are_kept),
		cmocka_unit_test(recalls_have_an_order),
		cmocka_unit_test(sbom_is_the_file),
		cmocka_unit_test(classes_follow_from_facts),
		cmocka_unit_test(waivers_end),
		cmocka_unit_test(sarif_has_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
