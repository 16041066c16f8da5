/* The strict CBOR room: RFC 8949 section 4.2.1 and the writer's mirror. */
#include <carnet/cbor.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct cn_slice
unhex(const char *hex, uint8_t *space)
{
	size_t len = strlen(hex) / 2;

	assert_true(cn_unhex(cn_slice_str(hex), space, len));
	return cn_slice_of(space, len);
}

static enum cn_code
check(const char *hex, struct cn_error *err)
{
	uint8_t space[4096];

	return cn_cbor_check(unhex(hex, space), err);
}

static void
accepts(void **state)
{
	static const char *const good[] = { "00", "17", "1818", "18ff",
		"190100", "1a00010000", "1b0000000100000000",
		"1bffffffffffffffff", "20", "3bffffffffffffffff", "40", "60",
		"80", "a0", "d280", "c249010000000000000000",
		"c349010000000000000000", "f90000", "f98000", "f93c00",
		"f97bff", "f90001", "f97c00", "f9fc00", "f97e00", "fa47c35000",
		"fa7f7fffff", "fa33000000", "fa38801000", "fb3ff199999999999a",
		"fb7e37e43c8800759c", "fb3690000000000000",
		"fb000fffffffffffff", "f4", "f5", "f6", "f7", "e0", "f0",
		"f820", "f8ff", "a20a00186400", "a22000616100",
		"a301008001a000", "8301820203820405", "d818456449455446",
		/* sixteen levels */
		"8181818181818181818181818181818100",
		"c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c100" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct cn_error err = { 0 };

		if (check(good[i], &err) != CN_OK)
			fail_msg("%s: %s", good[i], err.text);
	}
}

static void
refuses(void **state)
{
	static const char *const bad[] = { "", "18", "1800", "1817", "190018",
		"1900ff", "1a0000ffff", "1b00000000ffffffff", "3800", "5800",
		"7800", "9800", "b800", "d81200", "1c", "1d", "1e", "1f", "3f",
		"5f4100ff", "7f6161ff", "9fff", "bfff", "ff", "dfff", "f800",
		"f818", "f81f", "fc", "fd", "fe", "41", "62c328", "61ff",
		"63eda080", "6100", "81", "8200", "a1", "a100", "a20000",
		"a201000100", "a2182000182000", "a22001186402", "a202000100",
		"0000", "8000", "fa7f800000", "fa7fc00000", "fa00000000",
		"fa3f800000", "fa33800000", "fa38800000", "fb3ff8000000000000",
		"fb36a0000000000000", "fb36b8000000000000",
		"fb7ff0000000000000", "fb7ff8000000000000",
		"fb0000000000000000", "f97e01", "f97c01", "f9fe00", "c200",
		"c2", "c240", "c24101", "c248ffffffffffffffff",
		"c249000000000000000001", "c249ff", "c1", "9a10000000",
		"ba01000000", "5b8000000000000000", "7bffffffffffffffff",
		"9bffffffffffffffff", "bbffffffffffffffff",
		"9b8000000000000000",
		/* seventeen levels */
		"818181818181818181818181818181818100",
		"c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c100" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct cn_error err = { 0 };

		if (check(bad[i], &err) != CN_MALFORMED)
			fail_msg("%s was accepted", bad[i]);
		assert_int_equal(err.code, CN_MALFORMED);
		assert_true(strncmp(err.place, "byte ", 5) == 0);
		assert_true(err.text[0] != '\0');
	}
}

/* Every float width against the compiler's own conversions. */
static void
floats(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		/* exponents of all sizes, few and many bits of fraction */
		uint32_t bits = (uint32_t)(i % 256) << 23 |
				((uint32_t)(i / 256 * 2654435761u) >> 9 &
				    ~0u << (i % 24)) %
				    (1u << 23);
		float single;
		double wide;
		uint64_t wide_bits;
		char hex[32];

		memcpy(&single, &bits, sizeof(single));
		wide = (double)single;
		memcpy(&wide_bits, &wide, sizeof(wide_bits));
		snprintf(hex, sizeof(hex), "fb%016llx",
		    (unsigned long long)wide_bits);
		/* a double that is a single is never shortest */
		assert_int_equal(check(hex, NULL), CN_MALFORMED);
		if ((wide_bits & 0x1fffffff) != 0 || bits == 0)
			continue;
		snprintf(hex, sizeof(hex), "fb%016llx",
		    (unsigned long long)(wide_bits | 1));
		if ((bits >> 23) != 255) /* one bit more: a double it is */
			assert_int_equal(check(hex, NULL), CN_OK);
	}
}

static void
halves(void **state)
{
	unsigned i;
	unsigned nan = 0;

	(void)state;
	for (i = 0; i < 0x10000; i++) {
		int e = (int)(i >> 10 & 31);
		unsigned m = i & 0x3ff;
		float value;
		uint32_t bits;
		char hex[16];
		int shift;

		snprintf(hex, sizeof(hex), "f9%04x", i);
		if (e == 31 && m != 0) {
			nan += check(hex, NULL) == CN_OK;
			continue;
		}
		assert_int_equal(check(hex, NULL), CN_OK);
		if (e == 31)
			continue;
		value = (float)(e == 0 ? m : m | 0x400);
		for (shift = (e == 0 ? 1 : e) - 25; shift < 0; shift++)
			value /= 2;
		for (; shift > 0; shift--)
			value *= 2;
		memcpy(&bits, &value, sizeof(bits));
		bits |= (i & 0x8000) << 16;
		snprintf(hex, sizeof(hex), "fa%08x", bits);
		assert_int_equal(check(hex, NULL), CN_MALFORMED);
	}
	assert_int_equal(nan, 1);
}

static void
cursor(void **state)
{
	uint8_t space[64];
	struct cn_cbor c = cn_cbor_over(
	    unhex("88182a3903e743010203626869f5f6d21863a1016161", space));
	struct cn_slice s;
	uint64_t u;
	int64_t n;
	bool b;

	(void)state;
	assert_int_equal(cn_cbor_peek(&c), CN_CBOR_ARRAY);
	assert_false(cn_cbor_uint(&c, &u));
	assert_false(cn_cbor_map(&c, &u));
	assert_true(cn_cbor_array(&c, &u) && u == 8);
	assert_false(cn_cbor_bytes(&c, &s));
	assert_true(cn_cbor_uint(&c, &u) && u == 42);
	assert_false(cn_cbor_uint(&c, &u));
	assert_true(cn_cbor_int(&c, &n) && n == -1000);
	assert_false(cn_cbor_text(&c, &s));
	assert_true(cn_cbor_bytes(&c, &s) && s.len == 3 && s.ptr[2] == 3);
	assert_true(cn_cbor_text(&c, &s) && cn_slice_is(s, "hi"));
	assert_false(cn_cbor_nil(&c));
	assert_true(cn_cbor_bool(&c, &b) && b);
	assert_false(cn_cbor_bool(&c, &b));
	assert_true(cn_cbor_nil(&c));
	assert_true(cn_cbor_tag(&c, &u) && u == 18);
	assert_true(cn_cbor_int(&c, &n) && n == 99);
	assert_true(cn_cbor_item(&c, &s) && s.len == 4);
	assert_true(cn_cbor_at_end(&c));
	assert_int_equal(cn_cbor_peek(&c), -1);
	assert_false(cn_cbor_item(&c, &s));

	c = cn_cbor_over(unhex("1b8000000000000000", space));
	assert_false(cn_cbor_int(&c, &n));
	c = cn_cbor_over(unhex("3b7fffffffffffffff", space));
	assert_true(cn_cbor_int(&c, &n) && n == INT64_MIN);
	c = cn_cbor_over(CN_SLICE_NONE);
	assert_false(cn_cbor_uint(&c, &u) || cn_cbor_bool(&c, &b));
	assert_true(cn_cbor_at_end(&c));
}

/* Unchecked bytes must not lead a cursor out of bounds (ASan watches). */
static void
cursor_unchecked(void **state)
{
	static const char *const bad[] = { "5b7fffffffffffffff00",
		"9bffffffffffffffff", "bb8000000000000001", "82", "c2", "1c",
		"19ff", "420a" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		size_t len = strlen(bad[i]) / 2;
		uint8_t *exact = malloc(len);
		struct cn_slice s;
		struct cn_cbor c;

		assert_non_null(exact);
		c = cn_cbor_over(unhex(bad[i], exact));
		assert_false(cn_cbor_item(&c, &s));
		assert_false(cn_cbor_bytes(&c, &s));
		assert_ptr_equal(c.at, exact);
		free(exact);
	}
}

static void
writer(void **state)
{
	static const uint64_t edges[] = { 0, 23, 24, 255, 256, 65535, 65536,
		UINT32_MAX, (uint64_t)UINT32_MAX + 1, INT64_MAX };
	struct cn_buf buf;
	size_t i;

	(void)state;
	cn_buf_init(&buf, 4096);
	cn_cbor_put_tag(&buf, 18);
	cn_cbor_put_array(&buf, 27);
	for (i = 0; i < 10; i++) {
		cn_cbor_put_uint(&buf, edges[i]);
		cn_cbor_put_int(&buf, -1 - (int64_t)edges[i]);
	}
	cn_cbor_put_int(&buf, 7);
	cn_cbor_put_bytes(&buf, CN_SLICE("bytes"));
	cn_cbor_put_text(&buf, CN_SLICE("text"));
	cn_cbor_put_bool(&buf, true);
	cn_cbor_put_bool(&buf, false);
	cn_cbor_put_map(&buf, 1);
	cn_cbor_put_text(&buf, CN_SLICE(""));
	cn_cbor_put_bytes(&buf, CN_SLICE_NONE);
	cn_cbor_put_uint(&buf, UINT64_MAX);
	assert_int_equal(cn_buf_code(&buf, NULL), CN_OK);
	assert_int_equal(cn_cbor_check(cn_buf_slice(&buf), NULL), CN_OK);
	cn_buf_free(&buf);

	cn_buf_init(&buf, 4);
	cn_cbor_put_text(&buf, CN_SLICE("longer"));
	cn_cbor_put_uint(&buf, 0);
	assert_int_equal(cn_buf_code(&buf, NULL), CN_TOO_LARGE);
	cn_buf_free(&buf);
}

static void
says(const char *hex, const char *want, bool embedded)
{
	uint8_t space[256];
	struct cn_buf buf;

	cn_buf_init(&buf, 1 << 20);
	if (embedded)
		cn_cbor_diag_embedded(unhex(hex, space), &buf);
	else
		cn_cbor_diag(unhex(hex, space), &buf);
	assert_int_equal(cn_buf_code(&buf, NULL), CN_OK);
	cn_buf_byte(&buf, 0);
	assert_string_equal((const char *)buf.ptr, want);
	cn_buf_free(&buf);
}

static void
diagnostic(void **state)
{
	(void)state;
	says("00", "0", false);
	says("3903e7", "-1000", false);
	says("3bffffffffffffffff", "-18446744073709551616", false);
	says("4401020aff", "h'01020aff'", false);
	says("80", "[]", false);
	says("d28201a0", "18([\n  1,\n  {}\n])", false);
	says("a201f56161f6", "{\n  1: true,\n  \"a\": null\n}", false);
	says("f93c00", "1.0", false);
	says("fb3ff199999999999a", "1.1", false);
	says("f90001", "5.9604644775390625e-08", false);
	says("fa47c35000", "1e+05", false);
	says("f97e00", "NaN", false);
	says("f9fc00", "-Infinity", false);
	says("f98000", "-0.0", false);
	says("f0", "simple(16)", false);
	says("f7", "undefined", false);
	says("64225c0a1b", "\"\\\"\\\\\\n\\u001b\"", false);
	says("66e280aec29b61", "\"\\u202e\\u009ba\"", false);
	says("43a10126", "h'a10126'", false);
	says("43a10126", "<< {\n  1: -7\n} >>", true);
	says("43a10176", "h'a10176'", true);
	says("4401020304", "h'01020304'", true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts),
		cmocka_unit_test(refuses),
		cmocka_unit_test(floats),
		cmocka_unit_test(halves),
		cmocka_unit_test(cursor),
		cmocka_unit_test(cursor_unchecked),
		cmocka_unit_test(writer),
		cmocka_unit_test(diagnostic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
