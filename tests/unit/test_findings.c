/*
 * rules/: the starter project is clean; one change each must be found, by its
 * rule and at its place.
 */
#include <carnet/check.h>
#include <carnet/file.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define AT 22262 /* 2030-12-14 */

struct bench {
	struct cn_arena *arena;
	struct cn_report report;
};

/* Replaces every `from` in text; the number of replacements. */
static size_t
replace(struct cn_buf *text, const char *from, const char *to)
{
	struct cn_slice want = cn_slice_str(from);
	struct cn_buf out;
	size_t count = 0;

	cn_buf_init(&out, CN_MAX_DESCRIPTOR);
	for (size_t i = 0; i < text->len;) {
		if (i + want.len <= text->len &&
		    memcmp(text->ptr + i, from, want.len) == 0) {
			cn_buf_str(&out, to);
			i += want.len;
			count++;
		} else {
			cn_buf_byte(&out, text->ptr[i++]);
		}
	}
	cn_buf_free(text);
	*text = out;
	return count;
}

/* What `carnet new` writes. */
static void
starter(struct cn_buf *text)
{
	struct cn_buf path;

	cn_buf_init(&path, 4096);
	cn_buf_init(text, CN_MAX_DESCRIPTOR);
	assert_int_equal(
	    cn_data_path("starter/product.json", &path, NULL), CN_OK);
	assert_int_equal(
	    cn_file_read((const char *)path.ptr, text, NULL), CN_OK);
	assert_true(replace(text, "@GTIN14@", "09506000134352") > 0);
	(void)replace(text, "@GTIN@", "09506000134352");
	(void)replace(text, "@TODAY@", "2030-01-01");
	cn_buf_free(&path);
}

static void
judge(struct bench *b, const struct cn_buf *text)
{
	struct cn_sbom sbom = { .format = CN_SLICE("CycloneDX"),
		.spec_version = CN_SLICE("1.6"),
		.components = 2,
		.dependencies = 1 };
	struct cn_check_input in = {
		.sbom = &sbom, .sbom_file = CN_SLICE("sbom.cdx.json"), .at = AT
	};
	struct cn_descriptor *descriptor;
	struct cn_verdict *verdict = NULL;
	struct cn_record *field;

	b->arena = cn_arena_new(16u << 20);
	assert_non_null(b->arena);
	cn_report_init(&b->report, b->arena);
	assert_int_equal(cn_descriptor_read(b->arena, CN_SLICE("product.json"),
			     cn_buf_slice(text), &descriptor, &b->report, NULL),
	    CN_OK);
	field = cn_add_record(b->arena, descriptor->record, CN_F_SBOM);
	assert_true(cn_add_number(b->arena, field, CN_SBOM_FORMAT, 0));
	assert_true(cn_add_text(
	    b->arena, field, CN_SBOM_SPEC_VERSION, sbom.spec_version));
	assert_true(cn_add_text(
	    b->arena, field, CN_SBOM_SHA256, cn_slice_of(sbom.sha256, 32)));
	in.descriptor = descriptor;
	if (cn_get(descriptor->record, CN_F_ASSESSMENT) != NULL)
		assert_int_equal(
		    cn_verdict_reach(
			cn_get_record(descriptor->record, CN_F_ASSESSMENT),
			NULL, b->arena, &verdict, NULL),
		    CN_OK);
	in.verdict = verdict;
	assert_int_equal(cn_check(&in, &b->report, NULL), CN_OK);
}

static void
starter_is_clean(void **state)
{
	struct cn_buf text;
	struct bench b;

	(void)state;
	starter(&text);
	judge(&b, &text);
	for (const struct cn_finding *f = b.report.first; f != NULL;
	     f = f->next)
		print_message(
		    "%.*s: %.*s\n", CN_FMT(f->rule), CN_FMT(f->message));
	assert_null(b.report.first);
	cn_buf_free(&text);
	cn_arena_free(b.arena);
}

#define CLAIM(claimed) \
	"\"art15_statement\": {\"claimed\": " claimed "}, \"assessment\": {"

static const struct {
	const char *from, *to, *rule, *pointer;
} rows[] = {
	{ "\"cra_core_functionality\": \"default\"",
	    "\"cra_core_functionality\": \"III.I.17\"", "class.cra",
	    "/scope/cra_class/class" },
	{ "\"cra_core_functionality\": \"default\"",
	    "\"cra_core_functionality\": \"III.I.17\"", "route.module",
	    "/conformity/assessment/chosen_module" },
	{ "\"cra_core_functionality\": \"default\"",
	    "\"cra_core_functionality\": \"III.I.17\"", "route.bodies",
	    "/conformity/conformity_procedures/0" },
	{ "\"ai_system\": false",
	    "\"ai_system\": true, \"ai_annex_iii_point\": \"4(a)\"", "class.ai",
	    "/scope/ai_classification/status" },
	{ "\"ai_system\": false",
	    "\"ai_system\": true, \"ai_annex_iii_point\": \"4(a)\"",
	    "declaration.items", "/conformity/declaration" },
	{ "\"ai_system\": false",
	    "\"ai_system\": true, \"ai_annex_iii_point\": \"4(a)\"",
	    "declaration.acts", "/scope/applicable_acts/0" },
	{ "\"ai_system\": false",
	    "\"ai_system\": true, \"ai_annex_iii_point\": \"4(a)\","
	    "\"cra_doc_demonstrates_art15_level\": true",
	    "declaration.art15", "/conformity/declaration" },
	{ "\"ai_system\": false,", "", "class.facts",
	    "/conformity/assessment" },
	{ "\"cra_core_functionality\": \"default\",", "", "class.facts",
	    "/conformity/assessment" },
	{ "\"chosen_module\": \"A\"", "\"chosen_module\": \"H\"",
	    "route.ce-number", "/conformity/ce_marking" },
	{ "\"assessment\": {", CLAIM("true"), "declaration.art15",
	    "/conformity/art15_statement" },
	{ "\"cra_v_3\"", "\"aia_v_3\"", "declaration.items",
	    "/conformity/declaration" },
	{ "Directive 2014/30/EU (electromagnetic compatibility)",
	    "EMC Directive", "declaration.references",
	    "/scope/applicable_acts/1/act" },
	{ "Regulation (EU) 2024/2847 (Cyber Resilience Act)",
	    "Cyber Resilience Act", "declaration.acts",
	    "/scope/applicable_acts/0" },
	{ "\"support_end\": \"2034-01\"", "\"support_end\": \"2032-12\"",
	    "support.least", "/support/runs/0/support_end" },
	{ "\"support_end\": \"2034-01\"", "\"support_end\": \"2027-12\"",
	    "support.run-dates", "/support/runs/0/support_end" },
	{ "\"issuer\": \"https://maker.example\"",
	    "\"issuer\": \"https://maker.example?a\"", "identity.issuer",
	    "/issuer" },
	{ "https://id.maker.example/01/09506000134352",
	    "https://id.maker.example/01/09506000134353", "identity.subject",
	    "/identity/unique_product_identifier" },
	{ "https://id.maker.example/01/09506000134352",
	    "https://id.maker.example/01/04006381333931", "identity.gtin",
	    "/identity/gtin/0" },
	{ "\"model_type\"", "\"batch_or_serial\"", "fields.missing",
	    "/identity" },
	{ "\"runs\": [",
	    "\"security_updates\": [{\"version\": \"1.1\", \"issued\": "
	    "\"2029-01-01\", \"available_until\": \"2034-01-01\"}], "
	    "\"runs\": [",
	    "support.updates", "/support/security_updates/0/available_until" },
	{ "\"runs\": [",
	    "\"security_updates\": [{\"version\": \"1.1\", \"issued\": "
	    "\"2031-01-01\"}], \"runs\": [",
	    "support.update-dates", "/support/security_updates/0/issued" },
	{ "\"ce_marking\": {",
	    "\"notified_bodies\": [{\"name\": \"Body\", \"number\": \"1234\", "
	    "\"act\": \"Regulation (EU) 2024/2847\", \"expires\": "
	    "\"2030-01-01\"}], \"ce_marking\": {",
	    "route.certificates", "/conformity/notified_bodies/0/expires" },
};

static void
each_change_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct cn_finding *f;
		struct cn_buf text;
		struct bench b;

		starter(&text);
		if (replace(&text, rows[i].from, rows[i].to) == 0)
			fail_msg(
			    "row %zu: the starter lacks %s", i, rows[i].from);
		judge(&b, &text);
		for (f = b.report.first;
		     f != NULL && !(cn_slice_is(f->rule, rows[i].rule) &&
				      cn_slice_is(f->pointer, rows[i].pointer));
		     f = f->next)
			continue;
		if (f == NULL) {
			for (f = b.report.first; f != NULL; f = f->next)
				print_message("  %.*s at %.*s\n",
				    CN_FMT(f->rule), CN_FMT(f->pointer));
			fail_msg("row %zu: no finding %s at %s", i,
			    rows[i].rule, rows[i].pointer);
		}
		assert_true(f->line > 0);
		assert_true(f->column > 0);
		cn_buf_free(&text);
		cn_arena_free(b.arena);
	}
}

/* Expected use of eight years, five declared: a question, not a verdict. */
static void
longer_use_asks_why(void **state)
{
	struct cn_buf text;
	struct bench b;
	const struct cn_finding *f;

	(void)state;
	starter(&text);
	assert_int_equal(replace(&text, "\"expected_use_years\": 5",
			     "\"expected_use_years\": 8"),
	    1);
	assert_int_equal(replace(&text, "\"support_period_rationale\"",
			     "\"support_period_rational\""),
	    1);
	judge(&b, &text);
	for (f = b.report.first;
	     f != NULL && !cn_slice_is(f->rule, "support.rationale");
	     f = f->next)
		continue;
	assert_non_null(f);
	assert_int_equal(f->level, CN_WARNING);
	cn_buf_free(&text);
	cn_arena_free(b.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starter_is_clean),
		cmocka_unit_test(each_change_is_found),
		cmocka_unit_test(longer_use_asks_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
