/* resolver/view/template*.c and locale*.c: templates, sentences, dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../resolver/view/template.h"
#include "locale_sample.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- a struct to fill templates from --------------------------------------- */

struct leaf {
	struct cn_slice name;
	struct rs_list below;
};

struct tree {
	struct cn_slice text, empty, href;
	uint64_t n;
	bool yes, no;
	struct rs_list leaves, none;
};

static const struct rs_keys leaf_keys;
static const struct rs_key leaf_rows[] = {
	{ "name", offsetof(struct leaf, name), RS_KEY_TEXT, NULL },
	{ "below", offsetof(struct leaf, below), RS_KEY_LIST, &leaf_keys },
};
static const struct rs_keys leaf_keys = { leaf_rows, COUNT(leaf_rows),
	sizeof(struct leaf) };

static const struct rs_key tree_rows[] = {
	{ "text", offsetof(struct tree, text), RS_KEY_TEXT, NULL },
	{ "empty", offsetof(struct tree, empty), RS_KEY_TEXT, NULL },
	{ "href", offsetof(struct tree, href), RS_KEY_HREF, NULL },
	{ "n", offsetof(struct tree, n), RS_KEY_UINT, NULL },
	{ "yes", offsetof(struct tree, yes), RS_KEY_BOOL, NULL },
	{ "no", offsetof(struct tree, no), RS_KEY_BOOL, NULL },
	{ "leaves", offsetof(struct tree, leaves), RS_KEY_LIST, &leaf_keys },
	{ "none", offsetof(struct tree, none), RS_KEY_LIST, &leaf_keys },
	{ "mark", 1, RS_KEY_MARK, NULL },
};
static const struct rs_keys tree_keys = { tree_rows, COUNT(tree_rows),
	sizeof(struct tree) };

static const struct leaf twigs[] = {
	{ { (const uint8_t *)"x", 1 }, { NULL, 0 } },
	{ { (const uint8_t *)"y", 1 }, { NULL, 0 } },
};
static const struct leaf leaves[] = {
	{ { (const uint8_t *)"a", 1 }, { twigs, 2 } },
	{ { (const uint8_t *)"b", 1 }, { NULL, 0 } },
};

static struct tree
sample(void)
{
	return (struct tree){ .text = CN_SLICE("<b>\"O'Neil\" & co"),
		.href = CN_SLICE("https://maker.example/?a=1&b=2"),
		.n = 3,
		.yes = true,
		.leaves = { leaves, 2 } };
}

#define SENTENCES                                                     \
	"{" SAMPLE_DATES ",\"plain\":\"Fish & chips\","               \
	"\"with\":\"{text} and {n}\",\"deep\":{\"er\":\"below\"},"    \
	"\"count\":{\"one\":\"{n} month\",\"other\":\"{n} months\"}," \
	"\"broken\":\"{text\",\"wrong\":\"{nobody}\"}"

static struct rs_locale *
open_locale(void)
{
	struct rs_locale *locale;
	struct cn_buf json;
	struct cn_error err = { .code = CN_OK };

	cn_buf_init(&json, 1u << 20);
	sample_locale(SENTENCES, NULL, &json);
	if (rs_locale_read("en", cn_buf_slice(&json), &locale, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	cn_buf_free(&json);
	return locale;
}

/* Compiles one template, with a part "leaf" beside it. */
static enum cn_code
compile(struct cn_arena *arena, const char *source,
    const struct rs_locale *locale, const struct rs_template **out,
    struct cn_error *err)
{
	struct rs_part parts[] = {
		{ "main", cn_slice_str(source), &tree_keys, NULL },
		{ "leaf", CN_SLICE("({{name}}{{#below}}{{>leaf}}{{/below}})"),
		    &leaf_keys, NULL },
	};
	enum cn_code code = rs_templates_compile(
	    arena, parts, COUNT(parts), locale, err);

	*out = parts[0].compiled;
	return code;
}

static void
expect(const struct rs_locale *locale, const char *source, const char *text)
{
	struct cn_arena *arena = cn_arena_new(1u << 20);
	struct tree tree = sample();
	const struct rs_template *tpl;
	struct rs_marks marks = { .count = 0 };
	struct cn_error err = { .code = CN_OK };
	struct cn_buf out;

	cn_buf_init(&out, 4096);
	if (compile(arena, source, locale, &tpl, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	rs_template_render(tpl, &tree, &out, &marks);
	cn_buf_byte(&out, '\0');
	assert_int_equal(out.code, CN_OK);
	assert_string_equal((const char *)out.ptr, text);
	cn_buf_free(&out);
	cn_arena_free(arena);
}

static void
renders(void **state)
{
	static const struct {
		const char *source, *text;
	} rows[] = {
		{ "", "" },
		{ "plain text }} { }", "plain text }} { }" },
		{ "{{text}}", "&lt;b&gt;&quot;O&#39;Neil&quot; &amp; co" },
		{ "{{n}}{{! nothing }}", "3" },
		{ "<a href=\"{{href}}\">",
		    "<a href=\"https://maker.example/?a=1&amp;b=2\">" },
		{ "{{#yes}}1{{/yes}}{{^yes}}2{{/yes}}", "1" },
		{ "{{#no}}1{{/no}}{{^no}}2{{/no}}", "2" },
		{ "{{#text}}1{{/text}}{{#empty}}2{{/empty}}{{#n}}3{{/n}}",
		    "13" },
		{ "{{#none}}1{{/none}}{{^none}}2{{/none}}", "2" },
		{ "{{#leaves}}{{name}}{{#below}}{{name}}{{n}}{{/below}};"
		  "{{/leaves}}",
		    "ax3y3;b;" },
		{ "{{#leaves}}{{^below}}{{name}}{{/below}}{{/leaves}}", "b" },
		{ "{{#leaves}}{{>leaf}}{{/leaves}}", "(a(x)(y))(b)" },
		{ "{{t:plain}}|{{t:deep.er}}", "Fish &amp; chips|below" },
		{ "{{t:with}}",
		    "&lt;b&gt;&quot;O&#39;Neil&quot; &amp; co and 3" },
		{ "{{t:count n}}", "3 months" },
		{ "{{w:with}}", "{text} and {n}" },
		{ "a\n{{#yes}}\nb\n{{/yes}}\nc", "a\nb\nc" },
		{ "a\n\t{{#yes}}\nb {{/yes}}\nc", "a\nb \nc" },
		{ "{{text}}{{#yes}}\n-{{/yes}}",
		    "&lt;b&gt;&quot;O&#39;Neil&quot; &amp; co\n-" },
	};
	struct rs_locale *locale = open_locale();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		expect(locale, rows[i].source, rows[i].text);
	rs_locale_free(locale);
}

/* Every fault of a template is found at start, and says where. */
static void
refuses(void **state)
{
	static const struct {
		const char *source, *place, *word;
	} rows[] = {
		{ "a\nb {{nobody}}", "main.html: line 2", "nobody" },
		{ "{{#nobody}}{{/nobody}}", "main.html: line 1", "nobody" },
		{ "{{name}}", "main.html: line 1", "name" },
		{ "{{#leaves}}{{/leaves}}\n{{name}}", "main.html: line 2",
		    "name" },
		{ "{{yes}}", "main.html: line 1", "yes" },
		{ "{{leaves}}", "main.html: line 1", "leaves" },
		{ "{{#mark}}{{/mark}}", "main.html: line 1", "mark" },
		{ "\n\n<a href=\"{{text}}\">", "main.html: line 3", "text" },
		{ "<img src=\"{{text}}\">", "main.html: line 1", "text" },
		{ "<p class={{text}}>", "main.html: line 1", "text" },
		{ "{{#yes}}", "main.html: line 1", "yes" },
		{ "{{/yes}}", "main.html: line 1", "yes" },
		{ "{{#yes}}{{#no}}{{/yes}}{{/no}}", "main.html: line 1",
		    "yes" },
		{ "{{>leaf}}", "main.html: line 1", "leaf" },
		{ "{{>nobody}}", "main.html: line 1", "nobody" },
		{ "{{text", "main.html: line 1", "tag" },
		{ "{{t:nobody}}", "main.html: line 1", "nobody" },
		{ "{{t:deep}}", "main.html: line 1", "deep" },
		{ "{{t:count}}", "main.html: line 1", "count" },
		{ "{{t:plain n}}", "main.html: line 1", "plain" },
		{ "{{t:count text}}", "main.html: line 1", "text" },
		{ "{{t:broken}}", "main.html: line 1", "{text" },
		{ "{{t:wrong}}", "main.html: line 1", "nobody" },
		{ "{{}}", "main.html: line 1", "known" },
	};
	struct rs_locale *locale = open_locale();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cn_arena *arena = cn_arena_new(1u << 20);
		const struct rs_template *tpl;
		struct cn_error err;

		cn_error_clear(&err);
		assert_int_equal(
		    compile(arena, rows[i].source, locale, &tpl, &err),
		    CN_MALFORMED);
		assert_string_equal(err.place, rows[i].place);
		assert_non_null(strstr(err.text, rows[i].word));
		cn_arena_free(arena);
	}
	rs_locale_free(locale);
}

static void
blocks_have_a_limit(void **state)
{
	struct rs_locale *locale = open_locale();
	struct cn_arena *arena = cn_arena_new(1u << 20);
	const struct rs_template *tpl;
	struct cn_buf source;

	(void)state;
	cn_buf_init(&source, 4096);
	for (int i = 0; i < 40; i++)
		cn_buf_str(&source, "{{#yes}}");
	cn_buf_byte(&source, '\0');
	assert_int_equal(
	    compile(arena, (const char *)source.ptr, locale, &tpl, NULL),
	    CN_MALFORMED);
	cn_buf_free(&source);
	cn_arena_free(arena);
	rs_locale_free(locale);
}

/* A part that calls itself for ever ends in a latched failure. */
static void
calls_have_a_limit(void **state)
{
	struct rs_locale *locale = open_locale();
	struct cn_arena *arena = cn_arena_new(1u << 20);
	struct rs_part part = { "round", CN_SLICE("x{{>round}}"), &tree_keys,
		NULL };
	struct tree tree = sample();
	struct rs_marks marks = { .count = 0 };
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 4096);
	assert_int_equal(
	    rs_templates_compile(arena, &part, 1, locale, NULL), CN_OK);
	rs_template_render(part.compiled, &tree, &out, &marks);
	assert_int_equal(cn_buf_code(&out, NULL), CN_TOO_LARGE);
	cn_buf_free(&out);
	cn_arena_free(arena);
	rs_locale_free(locale);
}

static void
marks_are_filled_later(void **state)
{
	struct rs_locale *locale = open_locale();
	struct cn_arena *arena = cn_arena_new(1u << 20);
	const struct cn_slice values[] = { CN_SLICE("zero"),
		CN_SLICE("<SN&1>") };
	struct tree tree = sample();
	const struct rs_template *tpl;
	struct rs_marks marks = { .count = 0 };
	struct cn_buf out, page;

	(void)state;
	cn_buf_init(&out, 4096);
	cn_buf_init(&page, 4096);
	assert_int_equal(
	    compile(arena, "a {{mark}} b {{mark}}", locale, &tpl, NULL), CN_OK);
	rs_template_render(tpl, &tree, &out, &marks);
	assert_int_equal(marks.count, 2);
	rs_marks_fill(cn_buf_slice(&out), &marks, values, &page);
	assert_true(cn_slice_is(
	    cn_buf_slice(&page), "a &lt;SN&amp;1&gt; b &lt;SN&amp;1&gt;"));
	cn_buf_free(&out);
	cn_buf_free(&page);
	cn_arena_free(arena);
	rs_locale_free(locale);
}

static void
links_lead_where_they_may(void **state)
{
	static const char *const good[] = { "/", "/01/1", "https://a.example",
		"http://a.example/x?y#z", "mailto:a@b.example",
		"tel:+3212345678" };
	static const char *const bad[] = { "", "//evil.example", "x",
		"javascript:alert(1)", "JavaScript:alert(1)",
		" https://a.example", "https://a.example/ x",
		"https://a.example/\n", "data:text/html,x", "/\\evil.example",
		"vbscript:x", "https:a", "/\t/evil.example" };

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(rs_href_ok(cn_slice_str(good[i])));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(rs_href_ok(cn_slice_str(bad[i])));
}

/* ---- locales -------------------------------------------------------------------- */

static void
every_label_is_needed(void **state)
{
	static const char *const names[] = { "identity", "model_type",
		"trade_name", "important_class_I", "from" };
	struct rs_locale *locale;
	struct cn_error err;
	struct cn_buf json;

	(void)state;
	cn_buf_init(&json, 1u << 20);
	for (size_t i = 0; i < COUNT(names); i++) {
		cn_error_clear(&err);
		cn_buf_reset(&json);
		sample_locale(SENTENCES, names[i], &json);
		assert_int_equal(
		    rs_locale_read("en", cn_buf_slice(&json), &locale, &err),
		    CN_MALFORMED);
		assert_null(locale);
		assert_string_equal(err.place, "locale/en.json");
		assert_non_null(strstr(err.text, names[i]));
	}
	cn_buf_reset(&json);
	sample_locale(SENTENCES, NULL, &json);
	assert_int_equal(
	    rs_locale_read("tlh", cn_buf_slice(&json), &locale, NULL),
	    CN_MALFORMED);
	cn_buf_reset(&json);
	sample_locale("{}", NULL, &json);
	assert_int_equal(
	    rs_locale_read("en", cn_buf_slice(&json), &locale, NULL),
	    CN_MALFORMED);
	assert_int_equal(
	    rs_locale_read("en", CN_SLICE("{"), &locale, NULL), CN_MALFORMED);
	cn_buf_free(&json);
}

static void
expect_words(struct cn_buf *out, const char *text)
{
	assert_true(cn_slice_is(cn_buf_slice(out), text));
	cn_buf_reset(out);
}

static void
dates_in_words(void **state)
{
	struct rs_locale *locale = open_locale();
	struct cn_date date = { 2032, 5, 1 };
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 100);
	rs_locale_date(locale, date, &out);
	expect_words(&out, "1 May 2032");
	rs_locale_month(locale, date, &out);
	expect_words(&out, "May 2032");
	rs_locale_instant(locale, 1780000000, &out);
	expect_words(&out, "28 May 2026, 20:26 UTC");
	cn_buf_free(&out);
	rs_locale_free(locale);
}

static void
labels(void **state)
{
	struct rs_locale *locale = open_locale();

	(void)state;
	assert_true(cn_slice_is(rs_locale_label(locale, &cn_table_passport,
				    &cn_table_passport.rows[CN_F_MODEL_TYPE]),
	    "model_type"));
	assert_true(cn_slice_is(rs_locale_label(locale, &cn_table_run,
				    &cn_table_run.rows[CN_RUN_LOTS]),
	    "lots"));
	assert_true(cn_slice_is(rs_locale_choice(locale, &cn_choices_cra_class,
				    CN_CRA_CLASS_CRITICAL),
	    "critical"));
	assert_true(
	    cn_slice_is(rs_locale_group(locale, "identity"), "identity"));
	rs_locale_free(locale);
}

/* Unicode CLDR, "cardinal" rules for whole numbers. */
static void
plurals(void **state)
{
	static const struct {
		const char *lang, *forms; /* of 0 1 2 3 5 11 21 22 101 */
	} rows[] = {
		{ "en", "other one other other other other other other other" },
		{ "fr", "one one other other other other other other other" },
		{ "pl", "many one few few many many many few many" },
		{ "cs", "other one few few other other other other other" },
		{ "hr", "other one few few other other one few one" },
		{ "lt", "other one few few few other one few one" },
		{ "lv", "zero one other other other zero one other one" },
		{ "ro", "few one few few few few other other few" },
		{ "sl", "other one two few other other other other one" },
		{ "mt", "few one two few few many other other other" },
		{ "ga", "other one two few few other other other other" },
	};
	static const uint64_t numbers[] = { 0, 1, 2, 3, 5, 11, 21, 22, 101 };
	struct cn_buf json, out;

	(void)state;
	cn_buf_init(&json, 1u << 20);
	cn_buf_init(&out, 1024);
	sample_locale(SENTENCES, NULL, &json);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct rs_locale *locale;
		assert_int_equal(rs_locale_read(rows[i].lang,
				     cn_buf_slice(&json), &locale, NULL),
		    CN_OK);
		for (size_t k = 0; k < COUNT(numbers); k++)
			cn_buf_printf(&out, "%s%s", k == 0 ? "" : " ",
			    rs_plural_names[rs_locale_plural(
				locale, numbers[k])]);
		cn_buf_byte(&out, '\0');
		assert_string_equal((const char *)out.ptr, rows[i].forms);
		cn_buf_reset(&out);
		rs_locale_free(locale);
	}
	cn_buf_free(&json);
	cn_buf_free(&out);
}

static void
which_language(void **state)
{
	static const struct {
		const char *ranges[3], *found;
	} rows[] = {
		{ { "de-AT", NULL, NULL }, "de" },
		{ { "DE", NULL, NULL }, "de" },
		{ { "fr-CH", "de", NULL }, "de" },
		{ { "fr", "zh-Hant-TW", "en-x-y" }, "en" },
		{ { "d", "den", "*" }, NULL },
		{ { "", "-", "de--" }, "de" },
		{ { "", "-", "undefined" }, NULL },
	};
	const struct rs_locale *list[2];
	struct rs_locale *own[2];
	struct cn_buf json;

	(void)state;
	cn_buf_init(&json, 1u << 20);
	sample_locale(SENTENCES, NULL, &json);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(rs_locale_read(i == 0 ? "en" : "de",
				     cn_buf_slice(&json), &own[i], NULL),
		    CN_OK);
		list[i] = own[i];
	}
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cn_slice ranges[3];
		const struct rs_locale *found;
		for (size_t k = 0; k < 3; k++)
			ranges[k] = cn_slice_str(rows[i].ranges[k]);
		found = rs_locale_lookup(list, 2, ranges, 3);
		assert_true(
		    rows[i].found == NULL
			? found == NULL
			: found != NULL && cn_slice_is(rs_locale_lang(found),
					       rows[i].found));
	}
	rs_locale_free(own[0]);
	rs_locale_free(own[1]);
	cn_buf_free(&json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(renders),
		cmocka_unit_test(refuses),
		cmocka_unit_test(blocks_have_a_limit),
		cmocka_unit_test(calls_have_a_limit),
		cmocka_unit_test(marks_are_filled_later),
		cmocka_unit_test(links_lead_where_they_may),
		cmocka_unit_test(every_label_is_needed),
		cmocka_unit_test(dates_in_words),
		cmocka_unit_test(labels),
		cmocka_unit_test(plurals),
		cmocka_unit_test(which_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
