/* Paths to places: every route, every refusal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../resolver/route/route.h"

#define GTIN "/01/09506000134352"
#define SUB "https://id.gs1.org/01/09506000134352"
#define ID "https%3A%2F%2Fid.gs1.org%2F01%2F09506000134352"

static struct cn_arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = cn_arena_new(4u << 20);
	return arena == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	cn_arena_free(arena);
	return 0;
}

static struct rs_route
route(enum rs_method method, const char *target)
{
	struct rs_request request = { .method = method };
	struct cn_slice text = cn_slice_str(target);
	size_t mark = cn_slice_find(text, '?');
	struct rs_route out;

	request.path = cn_slice_sub(text, 0, mark);
	request.has_query = mark < text.len;
	request.query = cn_slice_sub(text, mark + 1, SIZE_MAX);
	rs_route(&request, arena, &out);
	return out;
}

static void
test_places(void **state)
{
	static const struct {
		enum rs_method method;
		const char *target;
		enum rs_place place;
		unsigned status;
	} cases[] = {
		{ RS_GET, "/", RS_AT_HOME, 0 },
		{ RS_HEAD, "/?x", RS_AT_HOME, 0 },
		{ RS_GET, "/healthz", RS_AT_HEALTH, 0 },
		{ RS_GET, "/healthz/", RS_AT_HEALTH, 0 },
		{ RS_GET, "/changes?since=7", RS_AT_CHANGES, 0 },
		{ RS_GET, "/changes?since=-7", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/changes?since=%ff", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/changes?limit=%0", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/.well-known/gs1resolver", RS_AT_DESCRIPTION, 0 },
		{ RS_GET, "/assets/page.1234.css", RS_AT_ASSET, 0 },
		{ RS_GET, "/v1/issuers", RS_AT_ISSUERS, 0 },
		{ RS_POST, "/v1/dpps", RS_AT_PUBLISH, 0 },
		{ RS_GET, "/v1/dpps", RS_AT_NOWHERE, 405 },
		{ RS_GET, "/v1/dpps/" ID, RS_AT_DPP, 0 },
		{ RS_PATCH, "/v1/dpps/" ID, RS_AT_UPDATE, 0 },
		{ RS_DELETE, "/v1/dpps/" ID, RS_AT_NOWHERE, 405 },
		{ RS_OPTIONS, "/v1/dpps/" ID, RS_AT_OPTIONS, 0 },
		{ RS_OPTIONS, "*", RS_AT_OPTIONS, 0 },
		{ RS_GET, "/v1/dpps/" ID "/versions", RS_AT_VERSIONS, 0 },
		{ RS_GET,
		    "/v1/dpps/" ID "/versions/"
		    "000102030405060708090a0b0c0d0e0f"
		    "101112131415161718191a1b1c1d1e1f",
		    RS_AT_VERSION, 0 },
		{ RS_GET, "/v1/dpps/" ID "/versions/12", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/v1/dpps/" ID "?representation=full", RS_AT_DPP, 0 },
		{ RS_GET, "/v1/dpps/" ID "?representation=compressed",
		    RS_AT_DPP, 0 },
		{ RS_GET, "/v1/dpps/" ID "?representation=huge", RS_AT_NOWHERE,
		    400 },
		{ RS_GET, "/v1/dpps/x", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/v1/dpps/%zz", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/v1/dpps/%00", RS_AT_NOWHERE, 400 },
		/* Known by its canonical form only. */
		{ RS_GET,
		    "/v1/dpps/https%3A%2F%2Fid.maker.example%2F01%2F"
		    "09506000134352",
		    RS_AT_NOWHERE, 404 },
		{ RS_GET,
		    "/v1/dppsByProductId/"
		    "https%3A%2F%2Fid.maker.example%2F01%2F"
		    "09506000134352",
		    RS_AT_PRODUCT, 0 },
		{ RS_GET, "/v1/dppsByProductId/01%2F09506000134352",
		    RS_AT_PRODUCT, 0 },
		{ RS_GET, "/v1/dppsByProductId/%2F01%2F09506000134352",
		    RS_AT_PRODUCT, 0 },
		{ RS_GET, "/v1/dppsByProductId/01%2F09506000134353",
		    RS_AT_NOWHERE, 400 },
		{ RS_GET, "/v1/dppsByProductId/09506000134352", RS_AT_NOWHERE,
		    400 },
		{ RS_GET, "/v1/dpps/01%2F09506000134352", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/v1/nothing", RS_AT_NOWHERE, 400 },
		{ RS_GET, GTIN, RS_AT_SCAN, 0 },
		{ RS_HEAD, GTIN "/", RS_AT_SCAN, 0 },
		{ RS_GET, GTIN "/10/A%2FB/21/S1", RS_AT_SCAN, 0 },
		{ RS_GET, GTIN "?17=261231&linkType=gs1:pip", RS_AT_SCAN, 0 },
		{ RS_POST, GTIN, RS_AT_NOWHERE, 405 },
		{ RS_OPTIONS, GTIN, RS_AT_OPTIONS, 0 },
		{ RS_GET, "/dpp" GTIN "/21/S1", RS_AT_PAGE, 0 },
		{ RS_GET, GTIN "//", RS_AT_NOWHERE, 400 },
		{ RS_GET, GTIN "/foo", RS_AT_NOWHERE, 400 },
		{ RS_GET, GTIN "/21/S1/10/L1", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/01/09506000134353", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/gtin/09506000134352", RS_AT_NOWHERE, 400 },
		{ RS_GET, GTIN "?17=991399", RS_AT_NOWHERE, 400 },
		{ RS_GET, GTIN "?linkType=%z", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/../etc/passwd", RS_AT_NOWHERE, 400 },
		{ RS_GET, "/dpp/", RS_AT_NOWHERE, 400 },
		{ RS_METHOD_OTHER, "/", RS_AT_NOWHERE, 405 },
	};
	struct rs_route got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		got = route(cases[i].method, cases[i].target);
		if (got.place != cases[i].place ||
		    got.status != cases[i].status)
			fail_msg("%s %s: place %d, status %u (%s)",
			    rs_method_name(cases[i].method), cases[i].target,
			    (int)got.place, got.status,
			    got.reason == NULL ? "" : got.reason);
		/* A refusal says why. */
		if (got.status != 0)
			assert_non_null(got.reason);
	}
}

static void
test_arguments(void **state)
{
	struct rs_route got;
	struct cn_buf path;

	(void)state;
	got = route(RS_GET, "/dpp" GTIN "/10/a%2fb/21/S1/?linkType=gs1%3Apip"
			    "&context=DE");
	assert_int_equal(got.place, RS_AT_PAGE);
	assert_true(cn_slice_is(got.path, GTIN "/10/a%2fb/21/S1/"));
	assert_true(cn_slice_is(got.subject, SUB "/10/a%2Fb/21/S1"));
	assert_true(cn_slice_is(got.link_type, "gs1:pip"));
	assert_true(cn_slice_is(got.context, "DE"));
	assert_true(cn_slice_is(cn_link_qualifier(got.link, "10"), "a/b"));

	got = route(RS_GET, "/v1/dppsByProductId/"
			    "https%3A%2F%2Fid.maker.example%2F01%2F"
			    "09506000134352%2F21%2FS1");
	assert_true(cn_slice_is(got.subject, SUB "/21/S1"));
	got = route(
	    RS_GET, "/v1/dppsByProductId/01%2F09506000134352%2F21%2FS1");
	assert_true(cn_slice_is(got.subject, SUB "/21/S1"));
	cn_buf_init(&path, 4096);
	assert_non_null(got.link);
	assert_true(cn_link_ancestor(got.link, 1, &path));
	assert_true(cn_slice_is(cn_buf_slice(&path), GTIN));
	cn_buf_free(&path);

	got = route(RS_GET, "/v1/dpps/https%3A%2F%2Fmaker.example%2Fp%2F7");
	assert_int_equal(got.place, RS_AT_DPP);
	assert_true(cn_slice_is(got.subject, "https://maker.example/p/7"));
	assert_null(got.link);

	got = route(RS_GET, "/changes?since=12&limit=5000");
	assert_int_equal(got.since, 12);
	assert_int_equal(got.limit, 1000);
	got = route(RS_GET, "/v1/dpps/" ID "/versions?below=3&limit=2");
	assert_int_equal(got.below, 3);
	assert_int_equal(got.limit, 2);
}

static void
test_allow(void **state)
{
	char text[80];

	(void)state;
	rs_methods_print(
	    route(RS_DELETE, "/v1/dpps/" ID).allow, text, sizeof(text));
	assert_string_equal(text, "GET, HEAD, OPTIONS, PATCH");
	rs_methods_print(route(RS_POST, GTIN).allow, text, sizeof(text));
	assert_string_equal(text, "GET, HEAD, OPTIONS");
	rs_methods_print(route(RS_GET, "/v1/dpps").allow, text, sizeof(text));
	assert_string_equal(text, "OPTIONS, POST");
}

static void
test_query(void **state)
{
	bool bad = false;
	struct cn_slice got;

	(void)state;
	got = rs_query_get(CN_SLICE("a=1&b=2;c&d=%C3%A4"), "b", arena, &bad);
	assert_true(cn_slice_is(got, "2"));
	got = rs_query_get(CN_SLICE("a=1&b=2;c&d=%C3%A4"), "c", arena, &bad);
	assert_non_null(got.ptr);
	assert_int_equal(got.len, 0);
	got = rs_query_get(CN_SLICE("a=1&b=2;c&d=%C3%A4"), "d", arena, &bad);
	assert_true(cn_slice_is(got, "\xc3\xa4"));
	got = rs_query_get(CN_SLICE("ab=1"), "a", arena, &bad);
	assert_null(got.ptr);
	assert_false(bad);
	/* Not UTF-8, a control character, half an escape. */
	got = rs_query_get(CN_SLICE("a=%ff"), "a", arena, &bad);
	assert_true(bad);
	bad = false;
	got = rs_query_get(CN_SLICE("a=%0a"), "a", arena, &bad);
	assert_true(bad);
	bad = false;
	got = rs_query_get(CN_SLICE("a=%a"), "a", arena, &bad);
	assert_true(bad);
	assert_null(got.ptr);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_allow),
		cmocka_unit_test(test_query),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
