/* rules/: the engine, on products of the four kinds that makers ask about. */
#include <carnet/verdict.h>

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct bench {
	struct cn_arena *arena;
	struct cn_verdict *verdict;
};

static void
judge(struct bench *b, const char *facts)
{
	struct cn_report report;
	struct cn_record *record;

	b->arena = cn_arena_new(4u << 20);
	assert_non_null(b->arena);
	cn_report_init(&report, b->arena);
	assert_int_equal(cn_facts_read(b->arena, CN_SLICE("facts.json"),
			     cn_slice_str(facts), &record, &report, NULL),
	    CN_OK);
	assert_null(report.first);
	assert_int_equal(
	    cn_verdict_reach(record, NULL, b->arena, &b->verdict, NULL), CN_OK);
}

static const char *
choice(const struct bench *b, enum cn_verdict_key key)
{
	const struct cn_conclusion *c = &b->verdict->of[key];

	assert_true(c->reached);
	if (c->undetermined)
		return "undetermined";
	return cn_verdict_choices(key)->values[c->number];
}

static bool
in_set(const struct bench *b, enum cn_verdict_key key, const char *name)
{
	int at = cn_choice(cn_verdict_choices(key), cn_slice_str(name));

	assert_true(at >= 0);
	return (b->verdict->of[key].set >> at & 1) != 0;
}

/* Every answer that was reached has a reason with an article. */
static void
reasoned(const struct bench *b)
{
	for (int key = 0; key < CN_V_COUNT; key++) {
		const struct cn_reason *r = b->verdict->reasons;

		if (!b->verdict->of[key].reached ||
		    (cn_verdict_kind((enum cn_verdict_key)key) == CN_V_SET &&
			b->verdict->of[key].set == 0))
			continue;
		while (r != NULL && (int)r->key != key)
			r = r->next;
		assert_non_null(r);
		assert_true(strlen(r->cite) > 0);
		assert_true(strlen(r->because) > 0);
	}
}

static void
smart_lock(void **state)
{
	struct bench b;

	(void)state;
	judge(&b, "{\"placed_on_market\": \"2028-02-01\", "
		  "\"cra_core_functionality\": \"III.I.17\"}");
	assert_string_equal(choice(&b, CN_V_CRA_CLASS), "important_class_I");
	assert_string_equal(
	    choice(&b, CN_V_CRA_CYBERSECURITY_PROCEDURE), "cra_art_32_2");
	assert_false(in_set(&b, CN_V_CRA_ALLOWED_MODULES, "A"));
	assert_true(in_set(&b, CN_V_CRA_ALLOWED_MODULES, "B+C"));
	assert_true(in_set(&b, CN_V_THIRD_PARTIES, "cra_notified_body"));
	assert_string_equal(choice(&b, CN_V_AI_STATUS), "not_ai_system");
	reasoned(&b);
	cn_arena_free(b.arena);
}

static void
ai_camera(void **state)
{
	static const char facts[] =
	    "{\"placed_on_market\": \"2028-03-01\", \"ai_system\": true,"
	    "\"ai_annex_iii_point\": \"3(d)\","
	    "\"cra_core_functionality\": \"III.I.2\","
	    "\"cra_annex_i_part_i_met\": true,"
	    "\"cra_annex_i_part_ii_met\": true,"
	    "\"cra_doc_demonstrates_art15_level\": %s}";
	static const char *const said[] = { "true", "false", "null" };
	char text[512];
	struct bench b;

	(void)state;
	for (int i = 0; i < 3; i++) {
		(void)snprintf(text, sizeof(text), facts, said[i]);
		judge(&b, text);
		assert_string_equal(choice(&b, CN_V_AI_ART15_CYBERSECURITY),
		    i == 0 ? "deemed_cra_art_12_1" : "must_be_demonstrated");
		assert_string_equal(
		    choice(&b, CN_V_AI_ART15_ACCURACY_ROBUSTNESS),
		    "must_be_demonstrated");
		assert_int_equal(
		    b.verdict->of[CN_V_ART_12_3_DEROGATION].number, 1);
		assert_int_equal(b.verdict->of[CN_V_DOC_SINGLE].number, 1);
		reasoned(&b);
		cn_arena_free(b.arena);
	}
}

static void
machine_is_undetermined(void **state)
{
	struct bench b;

	(void)state;
	judge(&b, "{\"placed_on_market\": \"2028-10-01\", \"ai_system\": true,"
		  "\"ai_annex_i_section\": \"B\","
		  "\"ai_safety_component_or_product\": true,"
		  "\"ai_third_party_assessment_required\": "
		  "\"health_safety\"}");
	assert_string_equal(
	    choice(&b, CN_V_CRA_CYBERSECURITY_PROCEDURE), "undetermined");
	assert_true(b.verdict->of[CN_V_THIRD_PARTIES].undetermined);
	assert_non_null(b.verdict->open);
	assert_int_equal(
	    b.verdict->open->key, CN_V_CRA_CYBERSECURITY_PROCEDURE);
	assert_int_not_equal(b.verdict->open->candidates, 0);
	cn_arena_free(b.arena);
}

static void
toy(void **state)
{
	struct bench b;

	(void)state;
	judge(&b, "{\"placed_on_market\": \"2030-09-01\","
		  "\"toy_regulation_2025_2509\": true,"
		  "\"toy_dpp_contains_all_doc_information\": true,"
		  "\"toy_dpp_annex_vi_h_mention\": true}");
	assert_int_equal(
	    b.verdict->of[CN_V_DOC_DEEMED_DRAWN_UP_BY_TOY_DPP].number, 1);
	cn_arena_free(b.arena);
}

/* The day before and the day on which a rule begins to apply. */
static void
dates_turn_answers(void **state)
{
	struct bench b;

	(void)state;
	judge(&b, "{\"placed_on_market\": \"2027-12-10\"}");
	assert_string_equal(choice(&b, CN_V_CRA_APPLIES), "reporting_only");
	cn_arena_free(b.arena);
	judge(&b, "{\"placed_on_market\": \"2027-12-11\"}");
	assert_string_equal(choice(&b, CN_V_CRA_APPLIES), "full");
	cn_arena_free(b.arena);
	judge(&b, "{\"placed_on_market\": \"2027-12-01\", \"ai_system\": true,"
		  "\"ai_annex_iii_point\": \"4(a)\"}");
	assert_string_equal(
	    choice(&b, CN_V_AI_STATUS), "high_risk_rules_not_yet_applicable");
	cn_arena_free(b.arena);
	judge(&b, "{\"placed_on_market\": \"2027-12-02\", \"ai_system\": true,"
		  "\"ai_annex_iii_point\": \"4(a)\"}");
	assert_string_equal(choice(&b, CN_V_AI_STATUS), "high_risk_annex_iii");
	cn_arena_free(b.arena);
}

/* No date, no answer that hangs on one. */
static void
nothing_from_nothing(void **state)
{
	struct bench b;

	(void)state;
	judge(&b, "{\"ai_system\": true, \"ai_annex_iii_point\": \"2\"}");
	assert_false(b.verdict->of[CN_V_CRA_APPLIES].reached);
	assert_false(b.verdict->of[CN_V_AI_STATUS].reached);
	assert_false(b.verdict->of[CN_V_THIRD_PARTIES].reached);
	assert_int_equal(b.verdict->at, INT32_MIN);
	cn_arena_free(b.arena);
}

static void
written(void **state)
{
	struct cn_record *passport;
	struct bench b;
	struct cn_buf out;
	struct cn_jw w;
	struct cn_json *json;

	(void)state;
	judge(&b, "{\"placed_on_market\": \"2028-02-01\"}");
	cn_buf_init(&out, 1u << 20);
	cn_jw_init(&w, &out, true);
	cn_jw_object(&w);
	cn_verdict_write_json(b.verdict, &w);
	cn_jw_object_end(&w);
	assert_int_equal(
	    cn_json_parse(b.arena, cn_buf_slice(&out), NULL, &json, NULL),
	    CN_OK);
	assert_true(cn_slice_is(cn_json_text(json, "cra_class"), "default"));
	assert_true(cn_slice_is(cn_json_text(json, "law_as_of"), cn_law_as_of));
	assert_int_equal(cn_json_get(json, "third_parties")->count, 0);
	assert_int_equal(cn_json_get(json, "cra_allowed_modules")->count, 4);
	assert_true(cn_json_get(json, "reasons")->count > 5);
	passport = cn_record_new(b.arena, &cn_table_passport);
	assert_int_equal(
	    cn_verdict_record(b.verdict, b.arena, passport, NULL), CN_OK);
	assert_non_null(cn_get(passport, CN_F_RULE_VERDICT));
	assert_non_null(cn_get(passport, CN_F_VERDICT_REASONS));
	cn_buf_free(&out);
	cn_arena_free(b.arena);
}

/* "if a cited standard were applied in full: module A becomes possible" */
static void
explained(void **state)
{
	struct cn_report report;
	struct cn_record *facts;
	struct cn_slice text;
	struct bench b;
	struct cn_buf out;

	(void)state;
	judge(&b, "{\"placed_on_market\": \"2028-02-01\", "
		  "\"cra_core_functionality\": \"III.I.17\"}");
	cn_report_init(&report, b.arena);
	assert_int_equal(
	    cn_facts_read(b.arena, CN_SLICE("f"),
		CN_SLICE("{\"placed_on_market\": \"2028-02-01\", "
			 "\"cra_core_functionality\": \"III.I.17\"}"),
		&facts, &report, NULL),
	    CN_OK);
	cn_buf_init(&out, 1u << 20);
	assert_int_equal(
	    cn_verdict_explain(b.verdict, facts, b.arena, &out, NULL), CN_OK);
	cn_buf_byte(&out, 0);
	assert_int_equal(cn_buf_code(&out, NULL), CN_OK);
	text = cn_buf_slice(&out);
	assert_non_null(strstr((const char *)text.ptr, "CRA 32(2)"));
	assert_non_null(strstr((const char *)text.ptr,
	    "if cited standards for the CRA were applied in full:"));
	assert_non_null(strstr((const char *)text.ptr,
	    "cra_allowed_modules: A, B+C, H, certificate_art_27_9"));
	cn_buf_free(&out);
	cn_arena_free(b.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smart_lock),
		cmocka_unit_test(ai_camera),
		cmocka_unit_test(machine_is_undetermined),
		cmocka_unit_test(toy),
		cmocka_unit_test(dates_turn_answers),
		cmocka_unit_test(nothing_from_nothing),
		cmocka_unit_test(written),
		cmocka_unit_test(explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
