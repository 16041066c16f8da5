/* carrier/qrtext.c, matrix.c: the text of a symbol and its matrix. */
#include <carnet/symbol.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
split(void **state)
{
	static const struct {
		const char *text, *url, *digits; /* url NULL: refused */
	} rows[] = {
		{ "https://a/#123", "https://a/", "123" },
		{ "https://a/", "https://a/", "" },
		{ "https://a/#", NULL, NULL },
		{ "https://a/#12a", NULL, NULL },
		{ "https://a/#1#2", NULL, NULL },
		{ "https://a/#1 ", NULL, NULL },
		{ "https://a/#-1", NULL, NULL },
		{ "#1", NULL, NULL },
		{ "", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cn_slice url, digits;
		enum cn_code code = cn_qrtext_split(
		    cn_slice_str(rows[i].text), &url, &digits, NULL);

		if (rows[i].url == NULL) {
			assert_int_equal(code, CN_MALFORMED);
			assert_null(url.ptr);
			assert_null(digits.ptr);
			continue;
		}
		assert_int_equal(code, CN_OK);
		assert_true(cn_slice_is(url, rows[i].url));
		assert_true(cn_slice_is(digits, rows[i].digits));
	}
}

/* Version of the symbol for a URL and a capsule of so many bytes. */
static unsigned
version_for(size_t url_len, size_t capsule, enum cn_ecc ecc)
{
	char url[3000];
	uint8_t bytes[512] = { 0 };
	struct cn_symbol symbol;
	struct cn_buf digits;
	unsigned version;

	memset(url, 'a', sizeof(url));
	cn_buf_init(&digits, 2048);
	if (capsule > 0)
		assert_int_equal(cn_base10_encode(cn_slice_of(bytes, capsule),
				     &digits, NULL),
		    CN_OK);
	assert_int_equal(cn_symbol_make(cn_slice_of(url, url_len),
			     cn_buf_slice(&digits), ecc, &symbol, NULL),
	    CN_OK);
	version = symbol.version;
	assert_int_equal(symbol.size, 17 + 4 * version);
	assert_int_equal(symbol.ecc, ecc);
	cn_symbol_free(&symbol);
	assert_null(symbol.modules);
	cn_buf_free(&digits);
	return version;
}

/* Room as ISO/IEC 18004 counts it, to the last byte. */
static void
room(void **state)
{
	(void)state;
	assert_int_equal(version_for(48, 161, CN_ECC_M), 10);
	assert_int_equal(version_for(48, 162, CN_ECC_M), 11);
	assert_int_equal(version_for(65, 140, CN_ECC_M), 10);
	assert_int_equal(version_for(14, 0, CN_ECC_M), 1);
	assert_int_equal(version_for(15, 0, CN_ECC_M), 2);
	assert_int_equal(version_for(17, 0, CN_ECC_L), 1);
	assert_int_equal(version_for(11, 0, CN_ECC_Q), 1);
	assert_int_equal(version_for(213, 0, CN_ECC_M), 10);
	assert_int_equal(version_for(214, 0, CN_ECC_M), 11);
	assert_int_equal(version_for(1628, 0, CN_ECC_Q), 39 + 1);
}

/* Finder patterns, timing, and a module that is always dark. */
static void
shape(void **state)
{
	struct cn_symbol s;

	(void)state;
	assert_int_equal(cn_symbol_make(CN_SLICE("https://a.example/1"),
			     CN_SLICE("123"), CN_ECC_M, &s, NULL),
	    CN_OK);
	for (unsigned i = 0; i < 7; i++) {
		assert_int_equal(s.modules[i], 1);
		assert_int_equal(s.modules[i * s.size], 1);
		assert_int_equal(s.modules[s.size - 1 - i], 1);
		assert_int_equal(s.modules[(s.size - 1) * s.size + i], 1);
	}
	for (unsigned i = 8; i < s.size - 8; i++)
		assert_int_equal(s.modules[6 * s.size + i], i % 2 == 0);
	assert_int_equal(s.modules[(s.size - 8) * s.size + 8], 1);
	for (unsigned i = 0; i < s.size * s.size; i++)
		assert_true(s.modules[i] <= 1);
	cn_symbol_free(&s);
}

static void
refused(void **state)
{
	char many[7200];
	struct cn_symbol symbol;

	(void)state;
	memset(many, '1', sizeof(many));
	assert_int_equal(cn_symbol_make(CN_SLICE_NONE, CN_SLICE("1"), CN_ECC_M,
			     &symbol, NULL),
	    CN_MALFORMED);
	assert_null(symbol.modules);
	assert_int_equal(cn_symbol_make(CN_SLICE("https://a/"), CN_SLICE("1a"),
			     CN_ECC_M, &symbol, NULL),
	    CN_MALFORMED);
	assert_int_equal(cn_symbol_make(cn_slice_of(many, 2049), CN_SLICE_NONE,
			     CN_ECC_L, &symbol, NULL),
	    CN_TOO_LARGE);
	assert_int_equal(cn_symbol_make(cn_slice_of(many, 1700), CN_SLICE_NONE,
			     CN_ECC_Q, &symbol, NULL),
	    CN_TOO_LARGE);
	assert_int_equal(cn_symbol_make(CN_SLICE("https://a/"),
			     cn_slice_of(many, 7080), CN_ECC_L, &symbol, NULL),
	    CN_TOO_LARGE);
	assert_int_equal(cn_symbol_make(CN_SLICE("https://a/"),
			     cn_slice_of(many, 7100), CN_ECC_L, &symbol, NULL),
	    CN_TOO_LARGE);
	assert_null(symbol.modules);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(split),
		cmocka_unit_test(room),
		cmocka_unit_test(shape),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
