/* model/: product.json, every fault with its place. */
#include <carnet/file.h>
#include <carnet/model.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct read {
	struct cn_arena *arena;
	struct cn_report report;
	struct cn_descriptor *descriptor;
	struct cn_error err;
	enum cn_code code;
};

static void
read_slice(struct read *r, struct cn_slice json)
{
	memset(r, 0, sizeof(*r));
	r->arena = cn_arena_new(64u << 20);
	assert_non_null(r->arena);
	cn_report_init(&r->report, r->arena);
	r->code = cn_descriptor_read(r->arena, CN_SLICE("p.json"), json,
	    &r->descriptor, &r->report, &r->err);
}

static void
read_text(struct read *r, const char *json)
{
	read_slice(r, cn_slice_str(json));
}

static void
done(struct read *r)
{
	cn_arena_free(r->arena);
}

/* ---- each kind of fault ---------------------------------------------------- */

struct fault {
	const char *json; /* put behind the issuer, from line 2 on */
	const char *rule;
	unsigned line, column;
	const char *pointer;
	const char *says; /* part of the message */
};

static const struct fault faults[] = {
	{ "\"identity\": { \"model_typ\": \"X\" }", "descriptor.unknown-field",
	    2, 15, "/identity/model_typ", "did you mean \"model_type\"?" },
	{ "\"identity\": { \"runs\": [] }", "descriptor.unknown-field", 2, 15,
	    "/identity/runs", "belongs in \"support\"" },
	{ "\"identity\": { \"zzzzzzzzz\": 1 }", "descriptor.unknown-field", 2,
	    15, "/identity/zzzzzzzzz", "is no field of \"identity\"" },
	{ "\"idenity\": { }", "descriptor.unknown-member", 2, 1, "/idenity",
	    "did you mean \"identity\"?" },
	{ "\"identity\": [ ]", "descriptor.type", 2, 13, "/identity",
	    "must be an object" },
	{ "\"identity\": { \"passport_id\": \"https://a.example\" }",
	    "descriptor.derived", 2, 15, "/identity/passport_id",
	    "is derived" },
	{ "\"integrity\": { \"forced_findings\": [] }", "descriptor.derived", 2,
	    16, "/integrity/forced_findings", "is derived" },
	{ "\"identity\": {\n  \"model_type\": 7 }", "descriptor.type", 3, 17,
	    "/identity/model_type", "must be a text, not a number" },
	{ "\"identity\": { \"model_type\": null }", "descriptor.null", 2, 29,
	    "/identity/model_type", "leave it out" },
	{ "\"identity\": { \"model_type\": \"\" }", "descriptor.form", 2, 29,
	    "/identity/model_type", "is empty" },
	{ "\"identity\": { \"model_type\": \"a\\u001b[2J\" }",
	    "descriptor.form", 2, 29, "/identity/model_type",
	    "control character" },
	{ "\"identity\": { \"model_type\": \"a\\u0085\" }", "descriptor.form",
	    2, 29, "/identity/model_type", "control character" },
	{ "\"identity\": { \"gtin\": \"09506000134352\" }", "descriptor.type",
	    2, 23, "/identity/gtin", "must be a list" },
	{ "\"identity\": { \"gtin\": [\"09506000134352\","
	  " \"09506000134353\"] }",
	    "descriptor.form", 2, 42, "/identity/gtin/1",
	    "\"09506000134353\" is no GTIN" },
	{ "\"identity\": { \"gtin\": [null] }", "descriptor.null", 2, 24,
	    "/identity/gtin/0", "null" },
	{ "\"identity\": { \"commodity_code\": [\"1234567\"] }",
	    "descriptor.form", 2, 34, "/identity/commodity_code/0",
	    "commodity code" },
	{ "\"identity\": { \"passport_status\": \"actve\" }",
	    "descriptor.choice", 2, 34, "/identity/passport_status",
	    "did you mean \"active\"? (choices: active, out_of_support, "
	    "withdrawn, recalled, operator_ceased)" },
	{ "\"identity\": { \"software_versions\": [] }", "descriptor.count", 2,
	    36, "/identity/software_versions", "at least one" },
	{ "\"identity\": { \"software_versions\": [{\"component\": \"fw\","
	  " \"affects_compliance\": true}] }",
	    "descriptor.missing", 2, 37, "/identity/software_versions/0",
	    "\"version\" is missing" },
	{ "\"identity\": { \"software_versions\": [{\"component\": \"fw\","
	  " \"verison\": \"1\", \"version\": \"1\","
	  " \"affects_compliance\": true}] }",
	    "descriptor.unknown-member", 2, 57,
	    "/identity/software_versions/0/verison",
	    "did you mean \"version\"?" },
	{ "\"identity\": { \"software_versions\": [{\"component\": \"fw\","
	  " \"version\": \"1\", \"affects_compliance\": \"yes\"}] }",
	    "descriptor.type", 2, 95,
	    "/identity/software_versions/0/affects_compliance",
	    "must be true or false, not a text" },
	{ "\"identity\": { \"unique_product_identifier\":"
	  " \"http://id.maker.example/01/1\" }",
	    "descriptor.form", 2, 44, "/identity/unique_product_identifier",
	    "https://" },
	{ "\"identity\": { \"unique_product_identifier\":"
	  " \"https://id.maker.example/a b\" }",
	    "descriptor.form", 2, 44, "/identity/unique_product_identifier",
	    "is no absolute URI" },
	{ "\"scope\": { \"intended_purpose\": \"heating\" }", "descriptor.type",
	    2, 32, "/scope/intended_purpose", "{\"en\": \"…\"}" },
	{ "\"scope\": { \"intended_purpose\": {} }", "descriptor.count", 2, 32,
	    "/scope/intended_purpose", "at least one language" },
	{ "\"scope\": { \"intended_purpose\": {\"EN\": \"x\"} }",
	    "descriptor.language", 2, 33, "/scope/intended_purpose/EN",
	    "\"EN\" is no language tag" },
	{ "\"scope\": { \"intended_purpose\": {\"en\": 4} }", "descriptor.type",
	    2, 39, "/scope/intended_purpose/en", "a text in each language" },
	{ "\"conformity\": { \"retention_until\": \"2027-02-30\" }",
	    "descriptor.form", 2, 36, "/conformity/retention_until",
	    "\"2027-02-30\" is no date that exists" },
	{ "\"conformity\": { \"retention_until\": \"2027-2-3\" }",
	    "descriptor.form", 2, 36, "/conformity/retention_until",
	    "YYYY-MM-DD" },
	{ "\"conformity\": { \"retention_until\": 2027 }", "descriptor.type", 2,
	    36, "/conformity/retention_until", "a date as text" },
	{ "\"support\": { \"runs\": [{\"id\": \"1\", \"placed_from\":"
	  " \"2028-01-01\", \"support_end\": \"2033-13\"}] }",
	    "descriptor.form", 2, 79, "/support/runs/0/support_end",
	    "is no month, written YYYY-MM" },
	{ "\"support\": { \"runs\": [{\"id\": \"1\", \"placed_from\":"
	  " \"2028-01-01\", \"support_end\": \"2033-12\","
	  " \"lots\": [\"a lot\"]}] }",
	    "descriptor.form", 2, 99, "/support/runs/0/lots/0",
	    "character set 82" },
	{ "\"support\": { \"sbom\": {\"format\": \"SPDX\","
	  " \"spec_version\": \"2.3\", \"sha256\": \"AB\"} }",
	    "descriptor.form", 2, 74, "/support/sbom/sha256",
	    "64 hexadecimal digits" },
	{ "\"ai\": { \"accuracy\": [{\"metric\": \"F1\", \"value\": 1e3}] }",
	    "descriptor.form", 2, 48, "/ai/accuracy/0/value",
	    "\"1e3\" is no decimal" },
	{ "\"ai\": { \"accuracy\": [{\"metric\": \"F1\","
	  " \"value\": \"00.5\"}] }",
	    "descriptor.form", 2, 48, "/ai/accuracy/0/value", "no decimal" },
	{ "\"ai\": { \"logging\": {\"mechanism\": \"x\","
	  " \"retention_months\": 1201} }",
	    "descriptor.number", 2, 59, "/ai/logging/retention_months",
	    "from 0 to 1200" },
	{ "\"ai\": { \"logging\": {\"mechanism\": \"x\","
	  " \"retention_months\": 6.0} }",
	    "descriptor.number", 2, 59, "/ai/logging/retention_months",
	    "written in digits" },
	{ "\"markets\": { \"singapore_cls\": {\"level\": 0,"
	  " \"label_id\": \"x\"} }",
	    "descriptor.number", 2, 41, "/markets/singapore_cls/level",
	    "from 1 to 4" },
	{ "\"conformity\": { \"assessment\": {\"aware_at\":"
	  " \"2026-10-01T24:00:00Z\"} }",
	    "descriptor.form", 2, 44, "/conformity/assessment/aware_at",
	    "is no instant that exists" },
	{ "\"conformity\": { \"assessment\": {\"ai_system\": null} }",
	    "descriptor.null", 2, 45, "/conformity/assessment/ai_system",
	    "null is no value" },
	{ "\"conformity\": { \"notified_bodies\": [{\"name\": \"N\","
	  " \"number\": \"12\", \"act\": \"CRA\"}] }",
	    "descriptor.form", 2, 61, "/conformity/notified_bodies/0/number",
	    "four digits" },
	{ "\"conformity\": { \"rule_verdict\": {} }", "descriptor.derived", 2,
	    17, "/conformity/rule_verdict", "is derived" },
	{ "\"operators\": { \"importer_eori\": [\"D123\"] }", "descriptor.form",
	    2, 34, "/operators/importer_eori/0", "is no EORI number" },
	{ "\"operators\": { \"manufacturer\": [] }", "descriptor.type", 2, 32,
	    "/operators/manufacturer", "an object, not a list" },
	{ "\"support\": { \"cvd_policy\": false }", "descriptor.type", 2, 28,
	    "/support/cvd_policy", "a URI as text, not true or false" },
	{ "\"support\": { \"cvd_policy\": {} }", "descriptor.type", 2, 28,
	    "/support/cvd_policy", "not an object" },
	{ "\"support\": { \"runs\": [{\"id\": \"1\", \"placed_from\":"
	  " \"2028-01-01\", \"support_end\": 2033}] }",
	    "descriptor.type", 2, 79, "/support/runs/0/support_end",
	    "a month as text, \"YYYY-MM\"" },
	{ "\"conformity\": { \"assessment\": {\"aware_at\": 5} }",
	    "descriptor.type", 2, 44, "/conformity/assessment/aware_at",
	    "an instant as text" },
	{ "\"ai\": { \"accuracy\": [{\"metric\": \"F1\", \"value\": []}] }",
	    "descriptor.type", 2, 48, "/ai/accuracy/0/value",
	    "a decimal number, not a list" },
	{ "\"ai\": { \"logging\": {\"mechanism\": \"x\","
	  " \"retention_months\": \"6\"} }",
	    "descriptor.type", 2, 59, "/ai/logging/retention_months",
	    "a whole number" },
	{ "\"identity\": { \"passport_status\": 1 }", "descriptor.type", 2, 34,
	    "/identity/passport_status", "one of its choices" },
	{ "\"support\": { \"sbom\": {\"format\": \"SPDX\","
	  " \"spec_version\": \"2.3\", \"sha256\": 1} }",
	    "descriptor.type", 2, 74, "/support/sbom/sha256",
	    "must be 64 hexadecimal digits" },
	{ "\"conformity\": { \"assessment\": {\"cra_core_functionality\":"
	  " \"III.I.20\"} }",
	    "descriptor.choice", 2, 58,
	    "/conformity/assessment/cra_core_functionality",
	    "did you mean \"III.I.2\"? (choices: default, III.I.1, " },
	{ "\"identity\": { \"gtin\": [\"0123456789012345678901234567890123456"
	  "78901234567890123456789\"] }",
	    "descriptor.form", 2, 24, "/identity/gtin/0",
	    "\"012345678901234567890123456789012345678901234567…\" is" },
	{ "\"identity\": { \"a\\u001b\\u007fb\": 1 }",
	    "descriptor.unknown-field", 2, 15,
	    "/identity/a\x1b\x7f"
	    "b",
	    "\"a??b\" is no field" },
	{ "\"files\": {\"sbom\": \"a\", \"vexx\": []}",
	    "descriptor.unknown-member", 2, 24, "/files/vexx",
	    "did you mean \"vex\"?" },
	{ "\"files\": {\"vex\": \"a.json\"}", "descriptor.type", 2, 18,
	    "/files/vex", "must be a list" },
	{ "\"waivers\": [{\"rule\": \"a\", \"until\": \"2027-01-01\"}]",
	    "descriptor.missing", 2, 13, "/waivers/0",
	    "\"reason\" is missing" },
	{ "\"waivers\": [{\"rule\": \"a\", \"reason\": \"b\","
	  " \"until\": \"2027-06-31\"}]",
	    "descriptor.form", 2, 51, "/waivers/0/until", "is no date" },
};

static void
each_fault_has_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		const struct fault *want = &faults[i];
		const struct cn_finding *got;
		char json[512];
		struct read r;

		(void)snprintf(json, sizeof(json),
		    "{ \"issuer\": \"https://maker.example\",\n%s }",
		    want->json);
		read_text(&r, json);
		assert_int_equal(r.code, CN_OK);
		got = r.report.first;
		if (got == NULL || got->next != NULL)
			fail_msg("%s: %zu findings", want->json,
			    r.report.count[CN_FAULT]);
		if (!cn_slice_is(got->rule, want->rule) ||
		    strstr((const char *)got->message.ptr, want->says) == NULL)
			fail_msg("%s: %s: %s", want->json,
			    (const char *)got->rule.ptr,
			    (const char *)got->message.ptr);
		if (got->line != want->line || got->column != want->column ||
		    !cn_slice_is(got->pointer, want->pointer))
			fail_msg("%s: line %u, column %u, %s", want->json,
			    got->line, got->column,
			    (const char *)got->pointer.ptr);
		assert_int_equal(got->level, CN_FAULT);
		assert_true(cn_slice_is(got->file, "p.json"));
		done(&r);
	}
}

static void
all_faults_are_told(void **state)
{
	struct read r;
	size_t n = 0;

	(void)state;
	read_text(&r, "{ \"issuer\": \"maker\",\n"
		      "  \"identity\": { \"gtin\": [\"1\", \"2\", 3],\n"
		      "    \"image\": [{\"url\": \"x\", \"typ\": \"y\"}] },\n"
		      "  \"what\": 1,\n"
		      "  \"scope\": 2 }");
	assert_int_equal(r.code, CN_OK);
	for (const struct cn_finding *f = r.report.first; f; f = f->next)
		n++;
	/* issuer; three GTINs; url, typ, type and alt missing; what; scope */
	assert_int_equal(n, 10);
	assert_int_equal(r.report.count[CN_FAULT], 10);
	done(&r);
}

/* ---- what is read --------------------------------------------------------------- */

static const char good[] =
    "{ \"$schema\": \"x\", \"issuer\": \"https://maker.example\",\n"
    "  \"files\": {\"sbom\": \"s.json\", \"vex\": [\"v.json\"],"
    " \"kev\": \"k.json\"},\n"
    "  \"waivers\": [{\"rule\": \"r\", \"reason\": \"why\","
    " \"until\": \"2027-01-31\"}],\n"
    "  \"identity\": { \"passport_status\": \"withdrawn\",\n"
    "    \"gtin\": [\"09506000134352\", \"9506000134352\"],\n"
    "    \"links\": [] },\n"
    "  \"scope\": { \"intended_purpose\": {\"fr\": \"chaud\","
    " \"de-AT\": \"warm\", \"de\": \"wärme\", \"en\": \"heat\"} },\n"
    "  \"support\": { \"sbom\": {\"format\": \"SPDX\","
    " \"spec_version\": \"2.3\", \"sha256\": \"00112233445566778899"
    "aabbccddeeff00112233445566778899aabbccddeeff\"} },\n"
    "  \"ai\": { \"accuracy\": [{\"metric\": \"F1\", \"value\": 0.90},"
    " {\"metric\": \"F2\", \"value\": \"-3\"}] },\n"
    "  \"conformity\": { \"assessment\": { \"ai_system\": false,"
    " \"cra_annex_i_part_i_met\": null, \"chosen_module\": \"B+C\" } } }";

static void
values_are_read(void **state)
{
	const struct cn_record *sbom, *facts;
	const struct cn_text *texts;
	struct cn_record *p;
	struct read r;

	(void)state;
	read_text(&r, good);
	assert_int_equal(r.code, CN_OK);
	assert_null(r.report.first);
	p = r.descriptor->record;
	assert_true(cn_slice_is(r.descriptor->issuer, "https://maker.example"));
	assert_true(cn_slice_is(r.descriptor->sbom, "s.json"));
	assert_true(cn_slice_is(r.descriptor->kev, "k.json"));
	assert_int_equal(r.descriptor->vex->count, 1);
	assert_true(cn_slice_is(r.descriptor->waivers->reason, "why"));
	assert_int_equal(r.descriptor->waivers->until.day, 31);
	assert_null(r.descriptor->waivers->next);
	assert_int_equal(cn_get_number(p, CN_F_PASSPORT_STATUS, 99),
	    CN_PASSPORT_STATUS_WITHDRAWN);
	assert_true(
	    cn_slice_is(cn_get_text(p, CN_F_PASSPORT_STATUS), "withdrawn"));
	assert_true(
	    cn_slice_is(cn_get(p, CN_F_GTIN)->next->as.text, "9506000134352"));
	assert_null(cn_get(p, CN_F_LINKS)); /* an empty list is left out */
	texts = cn_get(p, CN_F_INTENDED_PURPOSE)->as.texts;
	assert_true(cn_slice_is(texts->lang, "de"));
	assert_true(cn_slice_is(texts->next->lang, "en"));
	assert_true(cn_slice_is(texts->next->next->lang, "fr"));
	assert_true(cn_slice_is(texts->next->next->next->lang, "de-AT"));
	sbom = cn_get_record(p, CN_F_SBOM);
	assert_int_equal(cn_get_text(sbom, CN_SBOM_SHA256).len, 32);
	assert_int_equal(cn_get_text(sbom, CN_SBOM_SHA256).ptr[31], 0xff);
	assert_true(cn_slice_is(
	    cn_get_text(cn_get_record(p, CN_F_ACCURACY), CN_ACCURACY_VALUE),
	    "0.90"));
	facts = cn_get_record(p, CN_F_ASSESSMENT);
	assert_null(cn_get(facts, CN_ASSESSMENT_CRA_ANNEX_I_PART_I_MET));
	assert_int_equal(cn_get_number(facts, CN_ASSESSMENT_AI_SYSTEM, 9), 0);
	assert_int_equal(cn_get_number(facts, CN_ASSESSMENT_CHOSEN_MODULE, 9),
	    CN_CRA_MODULE_B_C);
	assert_int_equal(cn_get(p, CN_F_GTIN)->source->line, 5);
	done(&r);
}

/* Facts alone, and those of a whole product.json. */
static void
facts_are_read(void **state)
{
	static const char *const documents[] = {
		"{\"ai_system\": true, \"cra_annex_i_part_i_met\": null}",
		"{\"conformity\": {\"assessment\": {\"ai_system\": true}}}",
	};
	static const char *const none[] = { "[]", "{", "{\"issuer\": 1}",
		"{\"conformity\": {}}",
		"{\"conformity\": {\"assessment\": []}}" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct cn_arena *arena = cn_arena_new(1u << 20);
		struct cn_record *facts;
		struct cn_report report;

		cn_report_init(&report, arena);
		assert_int_equal(
		    cn_facts_read(arena, CN_SLICE("f"),
			cn_slice_str(documents[i]), &facts, &report, NULL),
		    CN_OK);
		assert_null(report.first);
		assert_int_equal(
		    cn_get_number(facts, CN_ASSESSMENT_AI_SYSTEM, 9), 1);
		cn_arena_free(arena);
	}
	for (size_t i = 0; i < 5; i++) {
		struct cn_arena *arena = cn_arena_new(1u << 20);
		struct cn_record *facts;
		struct cn_report report;

		cn_report_init(&report, arena);
		assert_int_equal(
		    cn_facts_read(arena, CN_SLICE("f"), cn_slice_str(none[i]),
			&facts, &report, NULL),
		    CN_MALFORMED);
		assert_null(facts);
		cn_arena_free(arena);
	}
}

static void
issuer_is_needed(void **state)
{
	struct read r;

	(void)state;
	read_text(&r, "{ }");
	assert_int_equal(r.code, CN_OK);
	assert_true(cn_slice_is(r.report.first->rule, "descriptor.missing"));
	assert_null(r.report.first->next);
	done(&r);
}

static void
required_fields_are_asked_for(void **state)
{
	struct cn_place place;
	size_t want = 0;
	struct read r;
	bool gtin = false, purpose = false, status = false;

	(void)state;
	read_text(&r, "{\"issuer\": \"https://maker.example\",\n\"identity\":"
		      " {\"passport_status\": \"bogus\"} }");
	assert_int_equal(r.report.count[CN_FAULT], 1);
	cn_report_init(&r.report, r.arena);
	place = (struct cn_place){ r.descriptor->file, r.descriptor->json,
		false };
	cn_model_required(r.descriptor->record, place, &r.report);
	for (size_t i = 0; i < CN_F_COUNT; i++)
		want += cn_table_passport.rows[i].required &&
			!cn_table_passport.rows[i].derived;
	/* All but the status, which is there but faulty. */
	assert_int_equal(r.report.count[CN_FAULT], want - 1);
	for (const struct cn_finding *f = r.report.first; f; f = f->next) {
		const char *text = (const char *)f->message.ptr;

		gtin = gtin || strstr(text, "identity.gtin") != NULL;
		status = status || strstr(text, "passport_status") != NULL;
		if (strcmp(text, "\"scope.intended_purpose\" is missing") == 0)
			purpose = true;
		if (strcmp(text, "\"identity.model_type\" is missing") == 0)
			assert_int_equal(f->line, 2);
	}
	assert_true(purpose);
	assert_false(gtin);
	assert_false(status);
	done(&r);
}

/* ---- hostile input ------------------------------------------------------------------ */

static void
expect_syntax(const char *json, unsigned line, unsigned column)
{
	struct read r;

	read_text(&r, json);
	assert_int_equal(r.code, CN_MALFORMED);
	assert_int_equal(r.err.code, CN_MALFORMED);
	assert_null(r.descriptor);
	assert_true(cn_slice_is(r.report.first->rule, "descriptor.syntax"));
	assert_null(r.report.first->next);
	if (r.report.first->line != line || r.report.first->column != column)
		fail_msg("%s: line %u, column %u", json, r.report.first->line,
		    r.report.first->column);
	done(&r);
}

static void
no_json_is_one_finding(void **state)
{
	struct read r;

	(void)state;
	expect_syntax("", 1, 1);
	expect_syntax("{\n  \"issuer\": }", 2, 13);
	expect_syntax("{ \"a\": 1,\n  \"a\": 2 }", 2, 3);
	expect_syntax("{ \"a\": \"\xc3\x28\" }", 1, 12); /* behind the text */
	expect_syntax("{ } x", 1, 5);
	read_text(&r, "[ 1 ]");
	assert_int_equal(r.code, CN_MALFORMED);
	assert_true(cn_slice_is(r.report.first->rule, "descriptor.type"));
	done(&r);
}

static void
deep_nesting_is_refused(void **state)
{
	struct cn_buf json;
	struct read r;

	(void)state;
	cn_buf_init(&json, 4u << 20);
	for (int i = 0; i < 1000000; i++)
		cn_buf_byte(&json, '[');
	read_slice(&r, cn_buf_slice(&json));
	assert_int_not_equal(r.code, CN_OK);
	assert_null(r.descriptor);
	assert_int_equal(r.report.count[CN_FAULT], 1);
	done(&r);
	cn_buf_free(&json);
}

/* A list of a million items, 4 MiB of unknown members, a text of 4 MiB: each
 * is answered at once and within the arena's ceiling. */
static void
huge_input_is_bounded(void **state)
{
	struct cn_buf json;
	struct read r;

	(void)state;
	cn_buf_init(&json, 8u << 20);
	cn_buf_str(&json, "{\"issuer\": \"https://maker.example\","
			  " \"identity\": {\"gtin\": [1");
	while (json.len < 300000)
		cn_buf_str(&json, ",1");
	cn_buf_str(&json, "]}}");
	read_slice(&r, cn_buf_slice(&json));
	assert_int_equal(r.code, CN_OK);
	assert_int_equal(r.report.count[CN_FAULT], 1);
	assert_true(cn_slice_is(r.report.first->rule, "descriptor.count"));
	done(&r);

	cn_buf_reset(&json);
	cn_buf_str(&json, "{\"issuer\": \"https://maker.example\","
			  " \"identity\": {\"m\": 1");
	for (unsigned i = 0; i < 150000; i++)
		cn_buf_printf(&json, ",\"model_typ%u\":1", i);
	cn_buf_str(&json, "}}");
	read_slice(&r, cn_buf_slice(&json));
	assert_int_equal(r.code, CN_OK);
	assert_int_equal(r.report.count[CN_FAULT], 150001);
	assert_int_equal(r.report.dropped, 150001 - CN_MAX_FINDINGS);
	done(&r);

	cn_buf_reset(&json);
	while (json.len < (4u << 20))
		cn_buf_str(&json, "[1,2,3,4,5,6,7,8]                       ");
	read_slice(&r, cn_buf_slice(&json));
	assert_int_equal(r.code, CN_TOO_LARGE);
	assert_null(r.descriptor);
	done(&r);
	cn_buf_free(&json);
}

static void
languages_are_bounded(void **state)
{
	struct cn_buf json;
	struct read r;

	(void)state;
	cn_buf_init(&json, 1u << 20);
	cn_buf_str(&json, "{\"issuer\": \"https://maker.example\","
			  " \"scope\": {\"intended_purpose\": {\"en\": \"x\"");
	for (char c = 'a'; c < 'a' + 20; c++)
		cn_buf_printf(
		    &json, ",\"%c%c\": \"x\",\"%c%cx\": \"x\"", c, c, c, c);
	cn_buf_str(&json, "}}}");
	read_slice(&r, cn_buf_slice(&json));
	assert_int_equal(r.code, CN_OK);
	assert_true(cn_slice_is(r.report.first->message,
	    "\"intended_purpose\" has texts in 41 languages; at most 40 are "
	    "allowed"));
	assert_null(cn_get(r.descriptor->record, CN_F_INTENDED_PURPOSE));
	done(&r);
	cn_buf_free(&json);
}

static void
long_text_is_named_with_its_length(void **state)
{
	struct cn_buf json;
	struct read r;

	(void)state;
	cn_buf_init(&json, 4u << 20);
	cn_buf_str(&json, "{\"issuer\": \"https://maker.example\","
			  " \"identity\": {\"model_type\": \"");
	for (unsigned i = 0; i < 1000000; i++)
		cn_buf_byte(&json, 'x');
	cn_buf_str(&json, "\"}}");
	read_slice(&r, cn_buf_slice(&json));
	assert_int_equal(r.code, CN_OK);
	assert_true(cn_slice_is(r.report.first->rule, "descriptor.length"));
	assert_true(cn_slice_is(r.report.first->message,
	    "the text has 1000000 bytes; \"model_type\" takes at most 300"));
	done(&r);
	cn_buf_free(&json);
}

/* However little memory there is, the answer is a code and no tree. */
static void
short_memory_is_told(void **state)
{
	bool enough = false;

	(void)state;
	for (size_t max = 0; max < 200000 && !enough; max += 61) {
		struct cn_arena *arena = cn_arena_new(max);
		struct cn_descriptor *d = NULL;
		struct cn_report report;
		struct cn_error err = { 0 };
		enum cn_code code;

		if (arena == NULL)
			continue;
		cn_report_init(&report, arena);
		code = cn_descriptor_read(arena, CN_SLICE("p"),
		    cn_slice_str(good), &d, &report, &err);
		enough = code == CN_OK;
		if (!enough) {
			assert_int_equal(code, CN_MEMORY);
			assert_int_equal(err.code, CN_MEMORY);
			assert_null(d);
		}
		cn_arena_free(arena);
	}
	assert_true(enough);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_has_its_place),
		cmocka_unit_test(all_faults_are_told),
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(facts_are_read),
		cmocka_unit_test(issuer_is_needed),
		cmocka_unit_test(required_fields_are_asked_for),
		cmocka_unit_test(no_json_is_one_finding),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(huge_input_is_bounded),
		cmocka_unit_test(languages_are_bounded),
		cmocka_unit_test(long_text_is_named_with_its_length),
		cmocka_unit_test(short_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
