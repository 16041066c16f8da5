/* carrier/link*.c, ai*.c, url.c, subject.c: GS1 Digital Link and subjects. */
#include <carnet/link.h>
#include <carnet/symbol.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define GTIN "/01/09506000134352"
#define HOST "https://id.maker.example"
#define GS1 "https://id.gs1.org"
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
expect_text(struct cn_buf *out, const char *text)
{
	cn_buf_byte(out, '\0');
	assert_int_equal(out->code, CN_OK);
	assert_string_equal((const char *)out->ptr, text);
	cn_buf_reset(out);
}

static void
good(void **state)
{
	static const struct {
		const char *uri, *canonical, *elements;
	} rows[] = {
		{ HOST GTIN, GS1 GTIN, "(01)09506000134352" },
		{ HOST GTIN "/", GS1 GTIN, "(01)09506000134352" },
		{ HOST GTIN "#1234", GS1 GTIN, "(01)09506000134352" },
		{ "HTTP://a:8080" GTIN "/22/2A/10/L%2f7/21/x",
		    GS1 GTIN "/22/2A/10/L%2F7/21/x",
		    "(01)09506000134352(22)2A(10)L/7(21)x" },
		{ HOST "/shop/eu" GTIN "/21/A!B'C(D)*E",
		    GS1 GTIN "/21/A%21B%27C%28D%29%2AE",
		    "(01)09506000134352(21)A!B'C\\(D)*E" },
		{ HOST GTIN "/10/..", GS1 GTIN "/10/..",
		    "(01)09506000134352(10).." },
		{ HOST GTIN "?linkType=gs1:pip&99=a%3Bb;17=261200&&x",
		    GS1 GTIN "?17=261200&99=a%3Bb",
		    "(01)09506000134352(99)a;b(17)261200" },
		{ HOST GTIN "/235/T?10=L", GS1 GTIN "/235/T?10=L",
		    "(01)09506000134352(235)T(10)L" },
		{ HOST "/8013/9520123ABC45JZ", GS1 "/8013/9520123ABC45JZ",
		    "(8013)9520123ABC45JZ" },
		{ HOST "/415/9520123456788/8020/R",
		    GS1 "/415/9520123456788/8020/R",
		    "(415)9520123456788(8020)R" },
		{ HOST GTIN "?89=new&999=x", GS1 GTIN, "(01)09506000134352" },
		{ "https://[2001:db8::1]:443" GTIN, GS1 GTIN,
		    "(01)09506000134352" },
	};
	struct cn_link link;
	struct cn_error err = { 0 };
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 4096);
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (cn_link_parse(cn_slice_str(rows[i].uri), &link, &err) !=
		    CN_OK)
			fail_msg("%s: %s", rows[i].uri, err.text);
		cn_link_canonical(&link, &out);
		expect_text(&out, rows[i].canonical);
		cn_link_elements(&link, &out);
		expect_text(&out, rows[i].elements);
	}
	assert_true(cn_slice_is(link.origin, "https://[2001:db8::1]:443"));
	cn_buf_free(&out);
}

static void
bad(void **state)
{
	static const struct {
		const char *uri, *word; /* of the message */
	} rows[] = {
		{ "", "https" },
		{ "ftp://a" GTIN, "https" },
		{ "HtTp://a" GTIN, "https" },
		{ "https://" GTIN, "host" },
		{ "https://me@a" GTIN, "user" },
		{ "https://a$" GTIN, "host" },
		{ "https://\xc3\xbc.example" GTIN, "host" },
		{ "https://a:65536" GTIN, "port" },
		{ "https://a:" GTIN, "port" },
		{ "https://[::1" GTIN, "IPv6" },
		{ "https://[::1]x" GTIN, "IPv6" },
		{ HOST, "key" },
		{ HOST "/", "key" },
		{ HOST "/01", "pairs" },
		{ HOST "/01/", "pairs" },
		{ HOST GTIN "/21", "pairs" },
		{ HOST GTIN "//", "pairs" },
		{ HOST GTIN "//21/S", "pairs" },
		{ HOST "/10/LOT1", "key" },
		{ HOST "/gtin/09506000134352", "gtin" },
		{ HOST "/GTIN/09506000134352", "GTIN" },
		{ HOST GTIN "/ser/S1", "order" },
		{ HOST "/01/09506000134353", "check digit" },
		{ HOST "/01/9506000134352", "short" },
		{ HOST "/01/614141999996", "short" },
		{ HOST "/01/095060001343527", "long" },
		{ HOST "/01/notagtin", "digit" },
		{ HOST "/01/0950600013435%00", "digit" },
		{ HOST GTIN "/21/S/10/L", "order" },
		{ HOST GTIN "/21/S/21/S", "order" },
		{ HOST GTIN "/235/T/10/L", "order" },
		{ HOST GTIN "/8011/5", "order" },
		{ HOST GTIN "/17/261231", "order" },
		{ HOST GTIN "/414/9520123456788", "order" },
		{ HOST "/00/095201234567891235/10/L", "no qualifiers" },
		{ HOST "/415/9520123456788", "8020" },
		{ HOST GTIN "/10/", "pairs" },
		{ HOST GTIN "/10/ABCDEFGHIJKLMNOPQRSTU", "long" },
		{ HOST GTIN "/10/A%23B", "82" },
		{ HOST GTIN "/10/A~B", "82" },
		{ HOST GTIN "/10/%C3%A9", "82" },
		{ HOST GTIN "/10/A%0AB", "82" },
		{ HOST GTIN "/10/A%00B", "82" },
		{ HOST GTIN "/10/A%20B", "82" },
		{ HOST GTIN "/10/A%GGB", "%" },
		{ HOST GTIN "/10/A%4", "%" },
		{ HOST GTIN "/10/A B", "character" },
		{ HOST GTIN "/10/A\"B", "character" },
		{ HOST GTIN "/10/A\\B", "character" },
		{ HOST GTIN "/10/A\tB", "character" },
		{ HOST GTIN "?x=<", "character" },
		{ HOST GTIN "?10=L", "path" },
		{ HOST GTIN "/10/L?10=L", "twice" },
		{ HOST GTIN "/21/S?22=V", "path" },
		{ HOST GTIN "?01=09506000134352", "twice" },
		{ HOST GTIN "?99=A&99=A", "twice" },
		{ HOST GTIN "?99=", "empty" },
		{ HOST GTIN "?99", "empty" },
		{ HOST GTIN "?99=A+B", "+" },
		{ HOST GTIN "?99=A%00", "82" },
		{ HOST GTIN "?17=2612", "short" },
		{ HOST GTIN "?17=261301", "date" },
		{ HOST GTIN "?17=260230", "date" },
		{ HOST GTIN "?8200=a", "attribute" },
		{ HOST "/8006/095060001343520302", "total" },
		{ HOST "/8010/9520123ab", "39" },
		{ HOST "/8010/ABC9520123", "prefix" },
		{ HOST "/8013/9520123ABC45JX", "pair" },
		{ HOST "/8010/9520123AB/8011/01", "starts with 0" },
	};
	struct cn_link link;
	struct cn_error err;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		cn_error_clear(&err);
		if (cn_link_parse(cn_slice_str(rows[i].uri), &link, &err) !=
		    CN_BAD_LINK)
			fail_msg("%s is not refused", rows[i].uri);
		if (strstr(err.text, rows[i].word) == NULL)
			fail_msg("%s: %s", rows[i].uri, err.text);
		assert_null(link.key.value.ptr);
		assert_int_equal(link.qualifier_count, 0);
	}
}

static void
path_as_server(void **state)
{
	struct cn_link link;
	char most[CN_LINK_URI + 2];

	(void)state;
	assert_int_equal(
	    cn_link_parse_path(CN_SLICE(GTIN "/21/S?x=1"), &link, NULL), CN_OK);
	assert_int_equal(link.origin.len, 0);
	assert_true(cn_slice_is(cn_link_qualifier(&link, "21"), "S"));
	assert_null(cn_link_qualifier(&link, "10").ptr);
	/* no stem, no absolute form, no fragment */
	assert_int_equal(
	    cn_link_parse_path(CN_SLICE("/shop" GTIN), &link, NULL),
	    CN_BAD_LINK);
	assert_int_equal(
	    cn_link_parse_path(
		CN_SLICE("/00/faux/00/095201234567891235"), &link, NULL),
	    CN_BAD_LINK);
	assert_int_equal(
	    cn_link_parse_path(CN_SLICE(HOST GTIN), &link, NULL), CN_BAD_LINK);
	assert_int_equal(
	    cn_link_parse_path(CN_SLICE(GTIN "#1"), &link, NULL), CN_BAD_LINK);
	assert_int_equal(
	    cn_link_parse_path(CN_SLICE_NONE, &link, NULL), CN_BAD_LINK);
	memset(most, 'a', sizeof(most));
	memcpy(most, GTIN "?", sizeof(GTIN));
	assert_int_equal(
	    cn_link_parse_path(cn_slice_of(most, CN_LINK_URI), &link, NULL),
	    CN_OK);
	assert_int_equal(
	    cn_link_parse_path(cn_slice_of(most, CN_LINK_URI + 1), &link, NULL),
	    CN_BAD_LINK);
}

static void
too_many_attributes(void **state)
{
	struct cn_link link;
	struct cn_buf uri;

	(void)state;
	cn_buf_init(&uri, 2048);
	cn_buf_str(&uri, HOST GTIN "?");
	for (int i = 0; i < 10; i++)
		cn_buf_printf(&uri, "723%d=ABC&", i);
	for (int i = 0; i < 6; i++)
		cn_buf_printf(&uri, "9%d=A&", i);
	assert_int_equal(cn_link_parse(cn_buf_slice(&uri), &link, NULL), CN_OK);
	assert_int_equal(link.attribute_count, CN_LINK_ATTRIBUTES);
	cn_buf_str(&uri, "99=A");
	assert_int_equal(
	    cn_link_parse(cn_buf_slice(&uri), &link, NULL), CN_BAD_LINK);
	cn_buf_free(&uri);
}

/* Every character of set 82 survives, and no other is let in. */
static void
character_sets(void **state)
{
	static const char set[] =
	    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	    "abcdefghijklmnopqrstuvwxyz";
	struct cn_link link;
	char uri[64];
	size_t accepted = 0;

	(void)state;
	for (int c = 0; c < 256; c++) {
		bool in = c != 0 && strchr(set, c) != NULL;
		enum cn_code code;

		(void)snprintf(uri, sizeof(uri), HOST GTIN "/10/%%%02x", c);
		code = cn_link_parse(cn_slice_str(uri), &link, NULL);
		assert_int_equal(code, in ? CN_OK : CN_BAD_LINK);
		if (in) {
			assert_int_equal(link.qualifiers[0].value.len, 1);
			assert_int_equal(link.qualifiers[0].value.ptr[0], c);
			accepted++;
		}
	}
	assert_int_equal(accepted, 82);
}

/* canonical(parse(x)) is a fixed point, and all values survive it. */
static void
random_round_trip(void **state)
{
	static const char *const ais[] = { "22", "10", "21" };
	struct cn_link first, second;
	struct cn_buf uri, once, twice;
	uint32_t seed = 42;

	(void)state;
	cn_buf_init(&uri, CN_LINK_URI);
	cn_buf_init(&once, CN_LINK_URI);
	cn_buf_init(&twice, CN_LINK_URI);
	for (int round = 0; round < 3000; round++) {
		cn_buf_reset(&uri);
		cn_buf_reset(&once);
		cn_buf_reset(&twice);
		cn_buf_str(&uri, HOST GTIN);
		for (size_t i = 0; i < COUNT(ais); i++) {
			if (next(&seed) % 3 == 0)
				continue;
			cn_buf_printf(&uri, "/%s/", ais[i]);
			for (uint32_t n = next(&seed) % 20 + 1; n > 0; n--) {
				static const char some[] =
				    "!\"%&'()*+,-./09:;<=>?AZ_az";

				cn_buf_printf(&uri, "%%%02X",
				    some[next(&seed) % (sizeof(some) - 1)]);
			}
		}
		if (next(&seed) % 2 == 0)
			cn_buf_str(&uri, "?99=%3B%26&11=261200&x=y");
		assert_int_equal(
		    cn_link_parse(cn_buf_slice(&uri), &first, NULL), CN_OK);
		cn_link_canonical(&first, &once);
		assert_int_equal(
		    cn_link_parse(cn_buf_slice(&once), &second, NULL), CN_OK);
		cn_link_canonical(&second, &twice);
		assert_true(
		    cn_slice_eq(cn_buf_slice(&once), cn_buf_slice(&twice)));
		assert_int_equal(first.qualifier_count, second.qualifier_count);
		for (size_t i = 0; i < first.qualifier_count; i++)
			assert_true(cn_slice_eq(first.qualifiers[i].value,
			    second.qualifiers[i].value));
	}
	cn_buf_free(&uri);
	cn_buf_free(&once);
	cn_buf_free(&twice);
}

/* Mutated links: whatever is accepted has a canonical form that is accepted
 * and stays. */
static void
random_damage(void **state)
{
	static const char seed_uri[] = HOST
	    "/a" GTIN "/22/2A/10/L%2F7/21/S-1?17=261231&99=x#1";
	struct cn_link link;
	struct cn_buf once, twice;
	uint32_t seed = 3;
	int accepted = 0;

	(void)state;
	cn_buf_init(&once, CN_LINK_URI);
	cn_buf_init(&twice, CN_LINK_URI);
	for (int round = 0; round < 20000; round++) {
		char uri[sizeof(seed_uri)];
		size_t len = sizeof(seed_uri) - 1 - next(&seed) % 8;

		memcpy(uri, seed_uri, sizeof(uri));
		for (uint32_t n = next(&seed) % 3 + 1; n > 0; n--)
			uri[next(&seed) % len] =
			    "/?&=%.;#0123456789A\x00\xff"[next(&seed) % 21];
		if (cn_link_parse(cn_slice_of(uri, len), &link, NULL) != CN_OK)
			continue;
		accepted++;
		cn_buf_reset(&once);
		cn_buf_reset(&twice);
		cn_link_canonical(&link, &once);
		assert_int_equal(
		    cn_link_parse(cn_buf_slice(&once), &link, NULL), CN_OK);
		cn_link_canonical(&link, &twice);
		assert_true(
		    cn_slice_eq(cn_buf_slice(&once), cn_buf_slice(&twice)));
	}
	assert_true(accepted > 100);
	cn_buf_free(&once);
	cn_buf_free(&twice);
}

static void
walk_up(void **state)
{
	static const struct {
		const char *path;
		const char *steps[7];
	} rows[] = {
		{ GTIN, { GTIN } },
		{ GTIN "/21/S", { GTIN "/21/S", GTIN } },
		{ GTIN "/10/L", { GTIN "/10/L", GTIN } },
		{ GTIN "/22/V/10/L",
		    { GTIN "/22/V/10/L", GTIN "/10/L", GTIN "/22/V", GTIN } },
		{ GTIN "/22/V/21/S?99=x",
		    { GTIN "/22/V/21/S", GTIN "/21/S", GTIN "/22/V", GTIN } },
		{ GTIN "/22/V/10/L/21/S",
		    { GTIN "/22/V/10/L/21/S", GTIN "/21/S", GTIN "/22/V/10/L",
			GTIN "/10/L", GTIN "/22/V", GTIN } },
		{ GTIN "/235/T", { GTIN "/235/T", GTIN } },
		{ "/8010/9520123AB-1/8011/5",
		    { "/8010/9520123AB-1/8011/5", "/8010/9520123AB-1" } },
	};
	struct cn_link link;
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 512);
	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned step = 0;

		assert_int_equal(
		    cn_link_parse_path(cn_slice_str(rows[i].path), &link, NULL),
		    CN_OK);
		for (; cn_link_ancestor(&link, step, &out); step++) {
			assert_non_null(rows[i].steps[step]);
			expect_text(&out, rows[i].steps[step]);
		}
		assert_null(rows[i].steps[step]);
		assert_int_equal(out.len, 0);
	}
	cn_buf_free(&out);
}

static void
subjects(void **state)
{
	static const struct {
		const char *url, *sub; /* NULL: refused */
	} rows[] = {
		{ HOST GTIN, GS1 GTIN },
		{ HOST GTIN "/21/S%2d1?17=261231#5", GS1 GTIN "/21/S-1" },
		{ GS1 GTIN, GS1 GTIN },
		{ "https://maker.example/p/7", "https://maker.example/p/7" },
		{ "https://maker.example/", "https://maker.example/" },
		{ "https://q.example/?s=1%2F2", "https://q.example/?s=1%2F2" },
		{ HOST GTIN "/10/..", NULL },
		{ HOST GTIN "/10/%2E", NULL },
		{ "https://maker.example", NULL },
		{ "http://maker.example/p", NULL },
		{ "https://Maker.example/p", NULL },
		{ "https://maker.example:443/p", NULL },
		{ "https://maker.example/a/../b", NULL },
		{ "https://maker.example/a/%2e%2E/b", NULL },
		{ "https://maker.example/a%2fb", NULL },
		{ "https://maker.example/%41", NULL },
		{ "https://maker.example/p#1", NULL },
		{ "https://me:pw@maker.example/p", NULL },
		{ "https://maker.example/a b", NULL },
		{ "https://maker.example/\xc3\xa4", NULL },
		{ HOST "/01/09506000134353", NULL }, /* a link, but wrong */
		{ HOST GTIN "/21/", NULL },
		{ HOST "/gtin/09506000134352", NULL },
		{ GS1 "/", NULL },
		{ "", NULL },
	};
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 4096);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cn_slice url = cn_slice_str(rows[i].url);
		enum cn_code code = cn_subject_of(url, &out, NULL);

		if ((code == CN_OK) != (rows[i].sub != NULL))
			fail_msg("%s: %d", rows[i].url, (int)code);
		if (code == CN_OK)
			expect_text(&out, rows[i].sub);
		assert_int_equal(out.len, 0);
		assert_int_equal(cn_subject_ok(url),
		    rows[i].sub != NULL &&
			strcmp(rows[i].url, rows[i].sub) == 0);
	}
	cn_buf_free(&out);
}

static void
speaks_for(void **state)
{
	static const struct {
		const char *sub, *scanned;
		bool yes;
	} rows[] = {
		{ GS1 GTIN, GS1 GTIN, true },
		{ GS1 GTIN, GS1 GTIN "/22/V/10/L/21/S", true },
		{ GS1 GTIN "/21/S", GS1 GTIN "/22/V/10/L/21/S", true },
		{ GS1 GTIN "/22/V/10/L", GS1 GTIN "/22/V/10/L/21/S", true },
		{ GS1 GTIN "/10/L/21/S", GS1 GTIN "/22/V/10/L/21/S", false },
		{ GS1 GTIN "/21/S", GS1 GTIN, false },
		{ GS1 GTIN "/21/S", GS1 GTIN "/21/S1", false },
		{ GS1 "/01/09506000134369", GS1 GTIN, false },
		{ HOST GTIN, GS1 GTIN "/21/S", false },
		{ "https://maker.example/p", "https://maker.example/p", true },
		{ "https://maker.example/p", "https://maker.example/p/1",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (cn_subject_speaks_for(cn_slice_str(rows[i].sub),
			cn_slice_str(rows[i].scanned)) != rows[i].yes)
			fail_msg("%s / %s", rows[i].sub, rows[i].scanned);
}

static void
printable(void **state)
{
	static const struct {
		const char *url;
		bool yes;
	} rows[] = {
		{ HOST GTIN "/21/SN-0001", true },
		{ HOST GTIN "/21/A%2FB'?17=261231", true },
		{ "http://127.0.0.1:8080" GTIN, true },
		{ "http://localhost:8080" GTIN, true },
		{ "http://[::1]:8080" GTIN, true },
		{ "https://[2001:db8::1]/", true },
		{ "https://192.0.2.1/", true },
		{ "https://a.example./", true },
		{ "https://xn--fsq.xn--0zwm56d/", true },
		{ "https://1.2.3.4.example/", true },
		{ "http://id.maker.example" GTIN, false },
		{ "http://127.0.0.1.example" GTIN, false },
		{ "HTTPS://id.maker.example" GTIN, false },
		{ "https://ID.maker.example" GTIN, false },
		{ HOST, false },
		{ HOST "?a", false },
		{ HOST ":443" GTIN, false },
		{ HOST ":0444" GTIN, false },
		{ HOST GTIN "#", false },
		{ HOST GTIN "/10/..", false },
		{ HOST GTIN "/10/.", false },
		{ HOST GTIN "/10/%2e.", false },
		{ HOST GTIN "/10/.%2E", false },
		{ HOST GTIN "/10/...", true },
		{ HOST GTIN "?a=it's", false },
		{ "https:/\\id.maker.example" GTIN, false },
		{ "https:///id.maker.example" GTIN, false },
		{ " " HOST GTIN, false },
		{ HOST GTIN "\n", false },
		{ HOST GTIN "\\..\\x", false },
		{ HOST GTIN "|", false },
		{ "https://me@id.maker.example" GTIN, false },
		{ "https://0x7f.1/", false },
		{ "https://127.1/", false },
		{ "https://192.0.2.01/", false },
		{ "https://192.0.2.256/", false },
		{ "https://192.0.2.1./", false },
		{ "https://a.0x/", false },
		{ "https://a..example/", false },
		{ "https://./", false },
		{ "https://[2001:DB8::1]/", false },
		{ "https://[2001:db8:0:0::1]/", false },
		{ "https://[::ffff:192.0.2.1]/", false },
		{ "https://\xc3\xbc.example/", false },
		{ "https://a%2eexample/", false },
	};
	struct cn_error err;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		cn_error_clear(&err);
		if ((cn_url_printable(cn_slice_str(rows[i].url), &err) ==
			CN_OK) != rows[i].yes)
			fail_msg("%s: %s", rows[i].url, err.text);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(bad),
		cmocka_unit_test(path_as_server),
		cmocka_unit_test(too_many_attributes),
		cmocka_unit_test(character_sets),
		cmocka_unit_test(random_round_trip),
		cmocka_unit_test(random_damage),
		cmocka_unit_test(walk_up),
		cmocka_unit_test(subjects),
		cmocka_unit_test(speaks_for),
		cmocka_unit_test(printable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
