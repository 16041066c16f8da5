/* paper/: what a declaration says, what it names as missing, and its forms. */
#include <carnet/paper.h>
#include <carnet/verdict.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct cn_arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = cn_arena_new(8u << 20);
	return arena == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	cn_arena_free(arena);
	return 0;
}

static void
texts(
    struct cn_record *record, unsigned row, const char *lang, const char *text)
{
	struct cn_value *v = cn_add(arena, record, row);

	assert_non_null(v);
	assert_true(
	    cn_texts_put(arena, v, cn_slice_str(lang), cn_slice_str(text)));
}

static void
says(struct cn_record *verdict, enum cn_verdict_key key,
    const char *const *values)
{
	struct cn_record *c = cn_add_record(
	    arena, verdict, CN_VERDICT_VERDICTS);

	assert_true(cn_add_text(
	    arena, c, CN_CONCLUSION_KEY, cn_slice_str(cn_verdict_name(key))));
	for (; *values != NULL; values++)
		assert_true(cn_add_text(
		    arena, c, CN_CONCLUSION_VALUE, cn_slice_str(*values)));
}

/* Items CRA-V-5 and CRA-V-6 are asked for; the first is stated. */
static struct cn_record *
passport(void)
{
	static const char *const items[] = { "CRA-V-5", "CRA-V-6", NULL };
	static const char *const acts[] = { "2024/2847", NULL };
	struct cn_record *r = cn_record_new(arena, &cn_table_passport);
	struct cn_record *maker = cn_add_record(arena, r, CN_F_MANUFACTURER);
	struct cn_record *said = cn_add_record(arena, r, CN_F_DECLARATION);
	struct cn_record *verdict = cn_add_record(arena, r, CN_F_RULE_VERDICT);

	assert_true(cn_add_text(
	    arena, maker, CN_OPERATOR_NAME, CN_SLICE("A <b>&\"Co'")));
	assert_true(
	    cn_add_text(arena, r, CN_F_MODEL_TYPE, CN_SLICE("\xce\xa9-1")));
	assert_true(cn_add_text(arena, r, CN_F_DECLARATION_URL,
	    CN_SLICE("https://maker.example/d")));
	texts(said, CN_DECLARATION_CRA_V_5, "en", "It conforms.");
	texts(said, CN_DECLARATION_CRA_V_8, "bg", "\xd0\x9d\xd0\xb5.");
	says(verdict, CN_V_DOC_ITEMS, items);
	says(verdict, CN_V_DOC_ACTS, acts);
	return r;
}

static struct cn_paper *
make(const struct cn_record *r, bool simplified, const char *lang)
{
	struct cn_paper_request request = { r, cn_slice_str(lang), simplified };
	struct cn_paper *paper;

	assert_int_equal(
	    cn_declaration_make(&request, arena, &paper, NULL), CN_OK);
	return paper;
}

/* The document in one form, as a string that the buffer owns. */
static const char *
written(const struct cn_paper *paper,
    void (*form)(const struct cn_paper *, struct cn_buf *), struct cn_buf *out)
{
	cn_buf_init(out, CN_MAX_PAPER);
	form(paper, out);
	cn_buf_byte(out, 0);
	assert_int_equal(out->code, CN_OK);
	return (const char *)out->ptr;
}

static void
test_missing_is_named(void **state)
{
	struct cn_buf out;
	const char *text = written(
	    make(passport(), false, NULL), cn_paper_text, &out);

	(void)state;
	assert_non_null(strstr(text, "It conforms."));
	assert_non_null(strstr(text, "item CRA-V-6 is missing"));
	assert_null(strstr(text, "item CRA-V-5 is missing"));
	assert_null(strstr(text, "item CRA-V-7 is missing"));
	assert_non_null(strstr(text, "the date of issue is missing"));
	assert_non_null(strstr(text, "CRA 28(1)"));
	assert_null(strstr(text, "AIA 47(2)"));
	cn_buf_free(&out);
}

/* Without the maker's own item 5 the statement of the act is not written. */
static void
test_statement_needs_the_makers(void **state)
{
	struct cn_record *r = passport();
	struct cn_record *said = cn_get(r, CN_F_DECLARATION)->as.record;
	struct cn_buf out;
	const char *text;

	(void)state;
	cn_clear(said, CN_DECLARATION_CRA_V_5);
	text = written(make(r, false, NULL), cn_paper_text, &out);
	assert_null(strstr(text, "has been demonstrated"));
	assert_non_null(strstr(text, "the statement of CRA 28(1) is missing"));
	assert_non_null(strstr(text, "item CRA-V-5 is missing"));
	cn_buf_free(&out);
}

static void
test_html_is_escaped(void **state)
{
	struct cn_buf out;
	const char *html = written(
	    make(passport(), false, "bg"), cn_paper_html, &out);

	(void)state;
	assert_non_null(strstr(html, "<html lang=\"en\">"));
	assert_non_null(strstr(html, "A &lt;b&gt;&amp;&quot;Co&#39;"));
	assert_null(strstr(html, "A <b>"));
	assert_non_null(strstr(html, "<span lang=\"bg\">\xd0\x9d\xd0\xb5."));
	cn_buf_free(&out);
}

static void
test_simplified(void **state)
{
	struct cn_record *r = passport();
	struct cn_buf out;
	const char *text = written(make(r, true, NULL), cn_paper_text, &out);

	(void)state;
	assert_non_null(strstr(text, "\xce\xa9-1"));
	assert_non_null(strstr(text, "https://maker.example/d"));
	cn_buf_free(&out);
	assert_int_equal(make(r, true, "bg")->missing, 1);
	cn_clear(r, CN_F_DECLARATION_URL);
	text = written(make(r, true, NULL), cn_paper_text, &out);
	assert_null(strstr(text, "Hereby"));
	assert_non_null(strstr(text, "address of the full declaration is"));
	cn_buf_free(&out);
}

static void
test_lines_are_short(void **state)
{
	struct cn_record *r = passport();
	struct cn_record *said = cn_get(r, CN_F_DECLARATION)->as.record;
	struct cn_buf out;
	size_t column = 0;

	(void)state;
	for (int i = 0; i < 6; i++)
		texts(said, CN_DECLARATION_CRA_V_1 + (unsigned)i, "en",
		    "words of many lengths, and enough of them to go beyond "
		    "the end of one line and into the next, \xce\xb1\xce\xb2");
	(void)written(make(r, false, NULL), cn_paper_text, &out);
	for (size_t i = 0; i < out.len; i++) {
		if ((out.ptr[i] & 0xc0) != 0x80)
			column++;
		if (out.ptr[i] == '\n')
			column = 0;
		assert_true(column <= 78);
	}
	cn_buf_free(&out);
}

static void
test_pdf(void **state)
{
	struct cn_paper *paper = make(passport(), false, "bg");
	struct cn_buf a, b, full;

	(void)state;
	cn_buf_init(&a, CN_MAX_PAPER);
	cn_buf_init(&b, CN_MAX_PAPER);
	cn_buf_init(&full, 100);
	assert_int_equal(cn_paper_pdf(paper, &a, NULL), CN_OK);
	assert_int_equal(cn_paper_pdf(paper, &b, NULL), CN_OK);
	assert_true(cn_slice_starts(cn_buf_slice(&a), "%PDF-"));
	assert_true(cn_slice_eq(cn_buf_slice(&a), cn_buf_slice(&b)));
	assert_int_equal(cn_paper_pdf(paper, &full, NULL), CN_TOO_LARGE);
	cn_buf_free(&a);
	cn_buf_free(&b);
	cn_buf_free(&full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing_is_named),
		cmocka_unit_test(test_statement_needs_the_makers),
		cmocka_unit_test(test_html_is_escaped),
		cmocka_unit_test(test_simplified),
		cmocka_unit_test(test_lines_are_short),
		cmocka_unit_test(test_pdf),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
