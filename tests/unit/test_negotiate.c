/* Accept, Accept-Language, If-None-Match: what clients say, odd or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../resolver/route/negotiate.h"

static const char *const offers[] = {
	"text/html",
	"application/json",
	"application/ld+json",
	"application/vnd.carnet+cose",
};

static int
best(const char *header)
{
	struct rs_accept accept;

	rs_accept_parse(cn_slice_str(header), &accept);
	return rs_accept_best(&accept, offers, 4);
}

static void
test_best(void **state)
{
	static const struct {
		const char *header;
		int offer;
	} cases[] = {
		{ "application/json", 1 },
		{ "APPLICATION/Json", 1 },
		{ "application/ld+json, application/json;q=0.9", 2 },
		{ "application/ld+json;q=0.1, application/json;q=0.9", 1 },
		{ "application/vnd.carnet+cose", 3 },
		{ "application/json, */*", 1 },
		{ "application/*", 1 },
		{ "text/*;q=0.3, application/json;q=0.2", 0 },
		{ "text/html,application/xhtml+xml,application/xml;q=0.9,"
		  "*/*;q=0.8",
		    0 },
		{ "*/*;q=0.1, application/json", 1 },
		/* The most exact entry decides. */
		{ "*/*, text/html;q=0", 1 },
		{ "text/html;q=0.000", -1 },
		{ "image/png", -1 },
		{ "image/png, application/xml", -1 },
		{ "application/json;version=\"1,2;q=0\";q=0.5", 1 },
		/* No preference, or none that can be understood: the first. */
		{ "", 0 },
		{ "*/*", 0 },
		{ "*", 0 },
		{ "undefined", 0 },
		{ ";;;,,,", 0 },
		{ "text/", 0 },
		{ "/", 0 },
		{ "*/json", 0 },
		{ "text/html;q=nonsense", 0 },
		{ "application/json;q=1.5", 1 },
		{ "\"", 0 },
		{ "application/json;q=\"0\\", 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (best(cases[i].header) != cases[i].offer)
			fail_msg("\"%s\": offer %d, not %d", cases[i].header,
			    best(cases[i].header), cases[i].offer);
	}
}

static void
test_many_ranges(void **state)
{
	char header[4000] = "";
	struct rs_accept accept;
	size_t at = 0;
	int i;

	(void)state;
	for (i = 0; i < 400; i++) {
		memcpy(header + at, "a/b;q=0.1,", 10);
		at += 10;
	}
	rs_accept_parse(cn_slice_of(header, at), &accept);
	assert_int_equal(accept.count, RS_RANGES);
	assert_int_equal(rs_accept_best(&accept, offers, 4), -1);
}

static void
test_names(void **state)
{
	struct rs_accept accept;

	(void)state;
	rs_accept_parse(CN_SLICE("*/*, application/linkset+json;q=0.2,"
				 " text/html;q=0"),
	    &accept);
	assert_true(
	    rs_accept_names(&accept, CN_SLICE("application/linkset+json")));
	assert_false(rs_accept_names(&accept, CN_SLICE("text/html")));
	assert_false(rs_accept_names(&accept, CN_SLICE("application/json")));
}

static void
test_languages(void **state)
{
	struct rs_languages languages;
	struct cn_slice tags[] = { CN_SLICE("en"), CN_SLICE("pt-BR") };

	(void)state;
	rs_languages_parse(CN_SLICE("de;q=0.5, fr-CA, *;q=0.1, en;q=0, ,"
				    "x y, it"),
	    &languages);
	assert_int_equal(languages.count, 3);
	assert_true(cn_slice_is(languages.ranges[0], "fr-CA"));
	assert_true(cn_slice_is(languages.ranges[1], "it"));
	assert_true(cn_slice_is(languages.ranges[2], "de"));
	assert_int_equal(rs_languages_rank(&languages, tags, 2), -1);

	rs_languages_parse(CN_SLICE("fr, PT-br-x, en"), &languages);
	assert_int_equal(rs_languages_rank(&languages, tags, 2), 1);
	assert_int_equal(rs_languages_rank(&languages, tags, 1), 2);

	rs_languages_parse(CN_SLICE(""), &languages);
	assert_int_equal(languages.count, 0);
	rs_languages_parse(CN_SLICE("undefined, *"), &languages);
	assert_int_equal(rs_languages_rank(&languages, tags, 2), -1);
}

static void
test_language_match(void **state)
{
	(void)state;
	assert_true(rs_language_match(CN_SLICE("fr-CA"), CN_SLICE("fr")));
	assert_true(rs_language_match(CN_SLICE("fr"), CN_SLICE("FR")));
	/* Lookup goes from the special to the general, never back. */
	assert_false(rs_language_match(CN_SLICE("fr"), CN_SLICE("fr-CA")));
	assert_false(rs_language_match(CN_SLICE("fra"), CN_SLICE("fr")));
	assert_false(rs_language_match(CN_SLICE("fr"), CN_SLICE("")));
}

static void
test_etags(void **state)
{
	struct cn_slice tag = CN_SLICE("\"abc\"");

	(void)state;
	assert_true(rs_etag_match(CN_SLICE("\"abc\""), tag));
	assert_true(rs_etag_match(CN_SLICE("\"x\", W/\"abc\""), tag));
	assert_true(rs_etag_match(CN_SLICE(" * "), tag));
	assert_false(rs_etag_match(CN_SLICE("\"x,\\\"abc\""), tag));
	assert_false(rs_etag_match(CN_SLICE("abc"), tag));
	assert_false(rs_etag_match(CN_SLICE(""), tag));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_many_ranges),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_language_match),
		cmocka_unit_test(test_etags),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
