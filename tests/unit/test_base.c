/* base/: slices, buffers, arenas, UTF-8, JSON, files, dates, findings. */
#include <carnet/clock.h>
#include <carnet/file.h>
#include <carnet/report.h>

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void
slices(void **state)
{
	uint64_t n = 0;

	(void)state;
	assert_true(cn_slice_is(cn_slice_sub(CN_SLICE("abc"), 1, 9), "bc"));
	assert_int_equal(cn_slice_sub(CN_SLICE("abc"), 9, 9).len, 0);
	assert_true(cn_slice_starts(CN_SLICE("abc"), "ab"));
	assert_false(cn_slice_starts(CN_SLICE("a"), "ab"));
	assert_true(cn_slice_ends(CN_SLICE("abc"), "bc"));
	assert_false(cn_slice_ends(CN_SLICE("c"), "bc"));
	assert_true(cn_slice_cmp(CN_SLICE("a"), CN_SLICE("ab")) < 0);
	assert_true(cn_slice_cmp(CN_SLICE("b"), CN_SLICE("ab")) > 0);
	assert_true(
	    cn_slice_uint(CN_SLICE("18446744073709551615"), UINT64_MAX, &n));
	assert_true(n == UINT64_MAX);
	assert_false(
	    cn_slice_uint(CN_SLICE("18446744073709551616"), UINT64_MAX, &n));
	assert_false(cn_slice_uint(CN_SLICE("01"), 9, &n));
	assert_false(cn_slice_uint(CN_SLICE("10"), 9, &n));
	assert_false(cn_slice_uint(CN_SLICE(""), 9, &n));
	assert_false(cn_slice_uint(CN_SLICE("-1"), 9, &n));
}

static void
utf8(void **state)
{
	static const char *const bad[] = { "a\x80", "\xc0\xaf", "\xed\xa0\x80",
		"\xf4\x90\x80\x80", "\xe2\x82", "\xff" };
	size_t at = 9;

	(void)state;
	assert_true(cn_utf8_ok(CN_SLICE("Grüße €\xf0\x9f\x98\x80"), NULL));
	assert_int_equal(cn_utf8_length(CN_SLICE("ü€")), 2);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(cn_utf8_ok(cn_slice_str(bad[i]), &at));
	assert_false(cn_utf8_ok(CN_SLICE("ab\0c"), &at));
	assert_int_equal(at, 2);
}

static void
buffers(void **state)
{
	struct cn_error err = { 0 };
	struct cn_buf buf;

	(void)state;
	cn_buf_init(&buf, 300);
	cn_buf_printf(&buf, "%0300d", 7);
	assert_int_equal(buf.len, 300); /* to the last byte */
	assert_int_equal(cn_buf_code(&buf, &err), CN_OK);
	cn_buf_reset(&buf);
	cn_buf_printf(&buf, "%0200d", 7);
	assert_int_equal(buf.len, 200);
	cn_buf_put(&buf, cn_slice_of(buf.ptr, 0));
	cn_buf_printf(&buf, "%0100d", 7);
	assert_int_equal(buf.len, 300);
	cn_buf_byte(&buf, 'x');
	cn_buf_str(&buf, "ignored");
	assert_int_equal(cn_buf_code(&buf, &err), CN_TOO_LARGE);
	assert_int_equal(buf.len, 300);
	cn_buf_reset(&buf);
	cn_buf_str(&buf, "again");
	assert_int_equal(cn_buf_code(&buf, &err), CN_OK);
	assert_true(cn_slice_is(cn_buf_slice(&buf), "again"));
	cn_buf_free(&buf);
	cn_buf_init_secret(&buf, 1000);
	for (int i = 0; i < 1000; i++)
		cn_buf_byte(&buf, 's');
	assert_int_equal(buf.len, 1000);
	cn_buf_free(&buf);
	assert_true(buf.secret);
}

static void
arenas(void **state)
{
	struct cn_arena *arena = cn_arena_new(10000);
	uint8_t *first, *second;

	(void)state;
	assert_non_null(arena);
	first = cn_arena_alloc(arena, 3, 1000);
	second = cn_arena_alloc(arena, 1, 5000);
	assert_non_null(first);
	assert_non_null(second);
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(second[i], 0);
	assert_null(cn_arena_alloc(arena, 1, 9000));
	assert_null(cn_arena_alloc(arena, SIZE_MAX / 2, 3));
	assert_true(cn_slice_is(cn_arena_printf(arena, "%d", 42), "42"));
	assert_non_null(cn_arena_copy(arena, CN_SLICE_NONE).ptr);
	cn_arena_free(arena);
	cn_arena_free(NULL);
}

/* ---- JSON ------------------------------------------------------------------ */

static enum cn_code
parse(const char *text, struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(1 << 20);
	struct cn_json *json = NULL;
	enum cn_code code;

	code = cn_json_parse(arena, cn_slice_str(text), NULL, &json, err);
	assert_true((code == CN_OK) == (json != NULL));
	cn_arena_free(arena);
	return code;
}

static void
json_refuses(void **state)
{
	static const struct {
		const char *text, *place;
	} cases[] = {
		{ "", "line 1, column 1" },
		{ " ", "line 1, column 2" },
		{ "[1,]", "line 1, column 4" },
		{ "{\"a\":1,}", "line 1, column 8" },
		{ "{\"a\" 1}", "line 1, column 6" },
		{ "[1 2]", "line 1, column 4" },
		{ "[1", "line 1, column 3" },
		{ "{\n\"\xc3\xbc\": x}", "line 2, column 6" },
		{ "01", "line 1, column 2" },
		{ "-", "line 1, column 2" },
		{ "1.", "line 1, column 3" },
		{ "1e+", "line 1, column 4" },
		{ "nul", "line 1, column 4" },
		{ "\"\\u0000\"", "line 1, column 8" },
		{ "\"\\ud800\"", "line 1, column 8" },
		{ "\"\\udc00\"", "line 1, column 8" },
		{ "\"\\ud800\\u0041\"", "line 1, column 14" },
		{ "\"\\x\"", "line 1, column 3" },
		{ "\"\t\"", "line 1, column 2" },
		{ "\"abc", "line 1, column 5" },
		{ "\"\x80\"", "line 1, column 3" },
		{ "{\"a\":1,\n \"b\":2,\n \"a\":3}", "line 3, column 2" },
		{ "\xef\xbb\xbf{}", "line 1, column 1" },
		{ "1 2", "line 1, column 3" },
		{ "]", "line 1, column 1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cn_error err = { 0 };

		assert_int_equal(parse(cases[i].text, &err), CN_MALFORMED);
		assert_string_equal(err.place, cases[i].place);
		assert_string_not_equal(err.text, "");
	}
}

static void
json_depth(void **state)
{
	char deep[201];
	struct cn_error err = { 0 };

	(void)state;
	memset(deep, '[', 100);
	memset(deep + 100, ']', 100);
	deep[200] = '\0';
	assert_int_equal(parse(deep, &err), CN_MALFORMED);
	assert_string_equal(err.place, "line 1, column 65");
	deep[136 + 20] = '\0';
	assert_int_equal(parse(deep + 44, &err), CN_OK);
}

static void
json_tree(void **state)
{
	static const char text[] =
	    "{\n  \"a/b\": [1, {\"~\": \"x\\u00fc\\ud83d\\ude00\"}],\n"
	    "  \"t\": true, \"n\": null, \"f\": -1.5e+3\n}";
	struct cn_arena *arena = cn_arena_new(1 << 20);
	const struct cn_json *leaf;
	struct cn_json *json;
	struct cn_buf out;

	(void)state;
	assert_int_equal(
	    cn_json_parse(arena, cn_slice_str(text), NULL, &json, NULL), CN_OK);
	assert_int_equal(json->count, 4);
	leaf = cn_json_get(cn_json_get(json, "a/b")->first->next, "~");
	assert_true(cn_slice_is(leaf->text, "x\xc3\xbc\xf0\x9f\x98\x80"));
	assert_int_equal(leaf->line, 2);
	assert_int_equal(leaf->column, 20);
	assert_int_equal(leaf->key_column, 15);
	cn_buf_init(&out, 100);
	cn_json_pointer(leaf, &out);
	assert_true(cn_slice_is(cn_buf_slice(&out), "/a~1b/1/~0"));
	assert_true(cn_slice_is(cn_json_get(json, "f")->text, "-1.5e+3"));
	assert_int_equal(cn_json_get(json, "t")->type, CN_JSON_TRUE);
	assert_null(cn_json_get(json, "missing"));
	assert_null(cn_json_text(json, "t").ptr);
	cn_buf_free(&out);
	cn_arena_free(arena);
}

/* A source that gives out one byte at a time must make no difference. */
struct drip {
	struct cn_slice text;
	size_t fail_at;
};

static enum cn_code
drip(void *ctx, uint8_t *space, size_t len, size_t *got, struct cn_error *err)
{
	struct drip *d = ctx;

	assert_true(len >= 1);
	*got = 0;
	if (d->fail_at-- == 0)
		return cn_fail(err, CN_FILE, "the disk is gone");
	if (d->text.len == 0)
		return CN_OK;
	*space = *d->text.ptr;
	d->text = cn_slice_sub(d->text, 1, d->text.len);
	*got = 1;
	return CN_OK;
}

static void
json_stream(void **state)
{
	struct drip d = { CN_SLICE("{\"skip\":[[1],{\"a\":2}],\"k\":\"v\"}"),
		SIZE_MAX };
	struct cn_json_reader *r;
	struct cn_json_token t, key;
	struct cn_error err = { 0 };

	(void)state;
	r = cn_json_reader_new(drip, &d, CN_SLICE_NONE, 100, 8);
	assert_int_equal(cn_json_next(r, &t, NULL), CN_OK);
	assert_int_equal(t.event, CN_JSON_EV_OPEN);
	assert_int_equal(cn_json_next(r, &key, NULL), CN_OK);
	assert_true(cn_slice_is(key.text, "skip"));
	assert_int_equal(cn_json_skip(r, &key, NULL), CN_OK);
	assert_int_equal(cn_json_next(r, &t, NULL), CN_OK);
	assert_true(cn_slice_is(t.text, "k"));
	assert_int_equal(cn_json_next(r, &t, NULL), CN_OK);
	assert_true(cn_slice_is(t.text, "v"));
	assert_int_equal(cn_json_next(r, &t, NULL), CN_OK);
	assert_int_equal(t.event, CN_JSON_EV_CLOSE);
	assert_int_equal(t.depth, 0);
	assert_int_equal(cn_json_next(r, &t, NULL), CN_OK);
	assert_int_equal(t.event, CN_JSON_EV_END);
	cn_json_reader_free(r);

	d = (struct drip){ CN_SLICE("[1,2,3]"), 4 };
	r = cn_json_reader_new(drip, &d, CN_SLICE_NONE, 100, 8);
	for (int i = 0; i < 2; i++)
		assert_int_equal(cn_json_next(r, &t, &err), CN_OK);
	assert_int_equal(cn_json_next(r, &t, &err), CN_FILE);
	assert_string_equal(err.text, "the disk is gone");
	cn_json_reader_free(r);
	cn_json_reader_free(NULL);
}

static void
json_writes(void **state)
{
	struct cn_buf out;
	struct cn_jw w;

	(void)state;
	cn_buf_init(&out, 1000);
	cn_jw_init(&w, &out, false);
	cn_jw_object(&w);
	cn_jw_kv_slice(&w, "a\"", CN_SLICE("\x01\xff\n\\\xc3\xbc"));
	cn_jw_key(&w, "l");
	cn_jw_array(&w);
	cn_jw_uint(&w, UINT64_MAX);
	cn_jw_int(&w, -5);
	cn_jw_bool(&w, false);
	cn_jw_str(&w, NULL);
	cn_jw_hex(&w, CN_SLICE("\x0f\xf0"));
	cn_jw_array(&w);
	cn_jw_array_end(&w);
	cn_jw_array_end(&w);
	cn_jw_kv_null(&w, "n");
	cn_jw_object_end(&w);
	assert_true(cn_slice_is(cn_buf_slice(&out),
	    "{\"a\\\"\":\"\\u0001\\ufffd\\n\\\\\xc3\xbc\","
	    "\"l\":[18446744073709551615,-5,false,null,\"0ff0\",[]],"
	    "\"n\":null}"));
	cn_buf_reset(&out);
	cn_jw_init(&w, &out, true);
	cn_jw_object(&w);
	cn_jw_key(&w, "a");
	cn_jw_array(&w);
	cn_jw_uint(&w, 1);
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
	assert_true(
	    cn_slice_is(cn_buf_slice(&out), "{\n  \"a\": [\n    1\n  ]\n}\n"));
	cn_buf_free(&out);
}

/* ---- files ------------------------------------------------------------------ */

static void
files(void **state)
{
	char dir[] = "/tmp/carnet-test-XXXXXX", path[64], fifo[64];
	struct cn_error err = { 0 };
	struct cn_buf buf;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/a", dir);
	(void)snprintf(fifo, sizeof(fifo), "%s/fifo", dir);
	cn_buf_init(&buf, 10);
	assert_int_equal(cn_file_read(path, &buf, &err), CN_NOT_FOUND);
	assert_string_equal(err.place, path);
	assert_int_equal(
	    cn_file_create(path, CN_SLICE("first"), 0600, NULL), CN_OK);
	assert_int_equal(
	    cn_file_create(path, CN_SLICE("x"), 0600, NULL), CN_FILE);
	assert_int_equal(cn_file_read(path, &buf, NULL), CN_OK);
	assert_true(cn_slice_is(cn_buf_slice(&buf), "first"));
	assert_int_equal(
	    cn_file_write(path, CN_SLICE("eleven byte"), 0644, NULL), CN_OK);
	cn_buf_reset(&buf);
	assert_int_equal(cn_file_read(path, &buf, NULL), CN_TOO_LARGE);
	assert_int_equal(buf.len, 0);
	assert_int_equal(cn_file_read(dir, &buf, NULL), CN_FILE);
	assert_int_equal(
	    cn_file_write(dir, CN_SLICE("x"), 0644, NULL), CN_FILE);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	cn_error_clear(&err);
	assert_int_equal(cn_file_read(fifo, &buf, &err), CN_FILE);
	assert_non_null(strstr(err.text, "FIFO"));
	assert_int_equal(
	    cn_file_write("/dev/full", CN_SLICE("x"), 0644, NULL), CN_FILE);
	assert_int_equal(cn_dir_make(dir, 0755, NULL), CN_OK);
	assert_int_equal(cn_dir_make(path, 0755, NULL), CN_FILE);
	assert_int_equal(unlink(fifo), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0); /* no temporary file was left */
}

/* ---- dates ------------------------------------------------------------------ */

static void
dates(void **state)
{
	struct cn_date date;
	cn_instant at;
	char text[21];

	(void)state;
	assert_true(cn_date_parse(CN_SLICE("2028-02-29"), &date));
	assert_false(cn_date_parse(CN_SLICE("2027-02-29"), &date));
	assert_false(cn_date_parse(CN_SLICE("2027-13-01"), &date));
	assert_false(cn_date_parse(CN_SLICE("2027-1-01"), &date));
	assert_false(cn_date_parse(CN_SLICE("0000-01-01"), &date));
	assert_true(cn_month_parse(CN_SLICE("2033-02"), &date));
	assert_int_equal(date.day, 28);
	assert_true(cn_instant_parse(CN_SLICE("1970-01-02T00:00:01Z"), &at));
	assert_int_equal(at, 86401);
	assert_false(cn_instant_parse(CN_SLICE("2027-01-01T24:00:00Z"), &at));
	assert_false(cn_instant_parse(CN_SLICE("2027-01-01T00:00:00+"), &at));
	for (cn_day day = -719162; day < 2932896; day += 13) {
		date = cn_day_date(day);
		assert_int_equal(cn_date_day(date), day);
	}
	cn_instant_print(1828483200, text);
	assert_string_equal(text, "2027-12-11T00:00:00Z");
	cn_instant_print(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
	date = cn_date_add_months((struct cn_date){ 2028, 1, 31 }, 1);
	cn_date_print(date, text);
	assert_string_equal(text, "2028-02-29");
}

/* ---- findings and errors ------------------------------------------------------ */

static void
findings(void **state)
{
	static const char *const names[] = { "manufacturer", "model_type",
		"gtin" };
	struct cn_arena *arena = cn_arena_new(1 << 20);
	struct cn_report report;
	struct cn_json *json;

	(void)state;
	assert_int_equal(
	    cn_json_parse(arena, CN_SLICE("{\"a\":\n[7]}"), NULL, &json, NULL),
	    CN_OK);
	cn_report_init(&report, arena);
	cn_report_add(&report, CN_FAULT, "x.y", "CRA 13(19)",
	    (struct cn_place){ CN_SLICE("p.json"), json->first->first, false },
	    "wrong: %d", 7);
	assert_int_equal(report.count[CN_FAULT], 1);
	assert_int_equal(report.first->line, 2);
	assert_int_equal(report.first->column, 2);
	assert_true(cn_slice_is(report.first->pointer, "/a/0"));
	assert_true(cn_slice_is(report.first->message, "wrong: 7"));
	for (int i = 0; i < CN_MAX_FINDINGS; i++)
		cn_report_add(&report, CN_NOTE, "n", NULL,
		    (struct cn_place){ CN_SLICE("p"), NULL, false }, "again");
	assert_int_equal(report.dropped, 1);
	assert_int_equal(report.count[CN_NOTE], CN_MAX_FINDINGS);
	assert_string_equal(
	    cn_nearest(CN_SLICE("manufacurer"), names, 3), "manufacturer");
	assert_string_equal(cn_nearest(CN_SLICE("gitn"), names, 3), "gtin");
	assert_null(cn_nearest(CN_SLICE("colour"), names, 3));
	cn_arena_free(arena);
}

static void
errors(void **state)
{
	struct cn_error err = { 0 };

	(void)state;
	for (int code = 0; code < CN_CODE_COUNT; code++) {
		assert_true(cn_code_status((enum cn_code)code) <= 5);
		assert_true(strlen(cn_code_name((enum cn_code)code)) > 0);
	}
	assert_int_equal(cn_fail(&err, CN_FILE, "%600d", 1), CN_FILE);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	cn_error_at(&err, "inner");
	cn_error_at(&err, "outer");
	assert_string_equal(err.place, "outer: inner");
	(void)cn_fail(&err, CN_FILE, "%510d€", 1);
	assert_true(cn_utf8_ok(cn_slice_str(err.text), NULL));
	assert_int_equal(cn_fail(NULL, CN_MEMORY, "x"), CN_MEMORY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices),
		cmocka_unit_test(utf8),
		cmocka_unit_test(buffers),
		cmocka_unit_test(arenas),
		cmocka_unit_test(json_refuses),
		cmocka_unit_test(json_depth),
		cmocka_unit_test(json_tree),
		cmocka_unit_test(json_stream),
		cmocka_unit_test(json_writes),
		cmocka_unit_test(files),
		cmocka_unit_test(dates),
		cmocka_unit_test(findings),
		cmocka_unit_test(errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
