/* carrier/base10.c: bytes as decimal digits and back. */
#include <carnet/file.h>
#include <carnet/symbol.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
known(void **state)
{
	static const struct {
		const char *hex, *digits;
	} rows[] = {
		{ "00", "000" },
		{ "ff", "255" },
		{ "0100", "00256" },
		{ "3b02caab1c", "0253449906972" },
		{ "ffffffffffffffff", "18446744073709551615" },
		{ "8000000000000000000000000000000000000000",
		    "0730750818665451459101842416358141509827966271488" },
	};
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 2048);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t bytes[20];
		size_t len = strlen(rows[i].hex) / 2;

		assert_true(cn_unhex(cn_slice_str(rows[i].hex), bytes, len));
		cn_buf_reset(&out);
		assert_int_equal(
		    cn_base10_encode(cn_slice_of(bytes, len), &out, NULL),
		    CN_OK);
		assert_true(cn_slice_is(cn_buf_slice(&out), rows[i].digits));
		cn_buf_reset(&out);
		assert_int_equal(
		    cn_base10_decode(cn_slice_str(rows[i].digits), &out, NULL),
		    CN_OK);
		assert_int_equal(out.len, len);
		assert_memory_equal(out.ptr, bytes, len);
	}
	cn_buf_free(&out);
}

/* Every length, random bytes, and the two ends of the range. */
static void
round_trip(void **state)
{
	uint8_t bytes[CN_MAX_CAPSULE];
	struct cn_buf digits, back;
	uint32_t seed = 7;

	(void)state;
	cn_buf_init(&digits, 1234);
	cn_buf_init(&back, sizeof(bytes));
	for (size_t len = 1; len <= sizeof(bytes); len++) {
		for (int kind = 0; kind < 3; kind++) {
			struct cn_slice in = cn_slice_of(bytes, len);

			memset(bytes, kind == 0 ? 0 : 0xff, len);
			for (size_t i = 0; kind == 2 && i < len; i++)
				bytes[i] = (uint8_t)next(&seed);
			cn_buf_reset(&digits);
			cn_buf_reset(&back);
			assert_int_equal(
			    cn_base10_encode(in, &digits, NULL), CN_OK);
			assert_int_equal(cn_base10_decode(cn_buf_slice(&digits),
					     &back, NULL),
			    CN_OK);
			assert_true(cn_slice_eq(cn_buf_slice(&back), in));
		}
	}
	assert_int_equal(digits.len, 1234);
	cn_buf_free(&digits);
	cn_buf_free(&back);
}

static void
refused(void **state)
{
	static const char *const bad[] = { "", "1", "11", "1111", "256", "999",
		"65536", "99999", "18446744073709551616", " 12", "1 2", "12 ",
		"+12", "-12", "1a2", "12\n", "0.5", "25\xb2" };
	char many[1300];
	uint8_t bytes[CN_MAX_CAPSULE + 1] = { 0 };
	struct cn_error err = { 0 };
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 2048);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(
		    cn_base10_decode(cn_slice_str(bad[i]), &out, &err),
		    CN_MALFORMED);
		assert_int_equal(out.len, 0);
	}
	memset(many, '0', sizeof(many));
	assert_int_equal(cn_base10_decode(cn_slice_of(many, 1237), &out, &err),
	    CN_TOO_LARGE);
	assert_int_equal(
	    cn_base10_decode(cn_slice_of(many, 1234), &out, &err), CN_OK);
	assert_int_equal(out.len, CN_MAX_CAPSULE);
	memset(many, '9', sizeof(many));
	assert_int_equal(cn_base10_decode(cn_slice_of(many, 1234), &out, &err),
	    CN_MALFORMED);
	cn_buf_reset(&out);
	assert_int_equal(
	    cn_base10_encode(cn_slice_of(bytes, sizeof(bytes)), &out, &err),
	    CN_TOO_LARGE);
	assert_int_equal(
	    cn_base10_encode(CN_SLICE_NONE, &out, &err), CN_MALFORMED);
	assert_int_equal(out.len, 0);
	cn_buf_free(&out);
	cn_buf_init(&out, 2); /* the caller's ceiling */
	assert_int_equal(
	    cn_base10_encode(cn_slice_of(bytes, 1), &out, &err), CN_TOO_LARGE);
	cn_buf_free(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(known),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
