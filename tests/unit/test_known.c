/* What a verifier remembers. */
#include <time.h>
#include <unistd.h>

#include <carnet/file.h>

#include "seal_world.h"

static char path[64];

static int
begin(void **state)
{
	snprintf(path, sizeof(path), "known-%ld.json", (long)getpid());
	remove(path);
	return world_begin(state);
}

static int
end(void **state)
{
	remove(path);
	return world_end(state);
}

static struct cn_known *
load(void)
{
	struct cn_error err = { 0 };
	struct cn_known *known;

	if (cn_known_load(path, &known, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	return known;
}

static void
remembers(void **state)
{
	struct world *world = *state;
	struct cn_error err = { 0 };
	struct cn_known *known = load();
	struct sealed one, two, fork, stolen;

	seal_version(world, 1, NULL, T_2026, &one);
	seal_version(world, 2, one.passport.digest, T_2027, &two);
	seal_version(world, 2, one.passport.digest, T_2027, &fork);
	seal_record(world->other,
	    make_record(world, SUB, 3, two.passport.digest), OTHER, T_2027,
	    &stolen);
	assert_int_equal(cn_known_check(known, &one.passport, NULL), CN_OK);
	assert_true(cn_known_accepted(
			known, one.passport.sub, one.passport.digest) == 0);
	assert_int_equal(
	    cn_known_note(known, &one.passport, T_2026, NULL), CN_OK);
	assert_int_equal(
	    cn_known_note(known, &two.passport, T_2027, NULL), CN_OK);
	/* the first acceptance counts */
	assert_int_equal(
	    cn_known_note(known, &one.passport, T_2028, NULL), CN_OK);
	assert_int_equal(cn_known_save(known, path, NULL), CN_OK);
	cn_known_free(known);

	known = load();
	assert_true(cn_known_accepted(known, one.passport.sub,
			one.passport.digest) == T_2026);
	assert_true(cn_known_accepted(known, one.passport.sub,
			two.passport.digest) == T_2027);
	assert_true(cn_known_accepted(
			known, one.passport.sub, fork.passport.digest) == 0);
	assert_true(cn_known_accepted(
			NULL, one.passport.sub, one.passport.digest) == 0);
	assert_int_equal(cn_known_check(known, &two.passport, NULL), CN_OK);
	assert_int_equal(
	    cn_known_check(known, &one.passport, &err), CN_ROLLED_BACK);
	assert_int_equal(cn_code_status(err.code), 5);
	assert_int_equal(
	    cn_known_check(known, &fork.passport, &err), CN_CONFLICT);
	assert_int_equal(
	    cn_known_check(known, &stolen.passport, &err), CN_WRONG_ISSUER);
	assert_int_equal(cn_known_check(NULL, &one.passport, NULL), CN_OK);
	cn_known_free(known);
	sealed_free(&one);
	sealed_free(&two);
	sealed_free(&fork);
	sealed_free(&stolen);
}

static void
strict(void **state)
{
#define D "0000000000000000000000000000000000000000000000000000000000000000"
#define V                                \
	"{\"version\":1,\"digest\":\"" D \
	"\",\"accepted\":\"2026-01-01T00:00:00Z\"}"
#define S(v) "{\"sub\":\"s\",\"iss\":\"i\",\"versions\":[" v "]}"
#define K(s) "{\"carnet_known\":1,\"subjects\":[" s "]}"
	static const char *const bad[] = { "", "[]", "{}",
		"{\"carnet_known\":2,\"subjects\":[]}",
		"{\"carnet_known\":1,\"subjects\":{}}",
		"{\"carnet_known\":1,\"subjects\":[],\"more\":1}", K("1"),
		K(S("")), K(S(V) "," S(V)),
		K("{\"sub\":\"s\",\"iss\":1,\"versions\":[" V "]}"),
		K("{\"sub\":\"s\",\"versions\":[" V "]}"),
		K(S("{\"version\":0,\"digest\":\"" D
		    "\",\"accepted\":\"2026-01-01T00:00:00Z\"}")),
		K(S("{\"version\":1,\"digest\":\"00\","
		    "\"accepted\":\"2026-01-01T00:00:00Z\"}")),
		K(S("{\"version\":1,\"digest\":\"" D
		    "\",\"accepted\":\"2026-01-01\"}")) };
	struct cn_known *known;
	struct cn_error err = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(
		    cn_file_write(path, cn_slice_str(bad[i]), 0644, NULL),
		    CN_OK);
		if (cn_known_load(path, &known, &err) != CN_MALFORMED)
			fail_msg("%s was accepted", bad[i]);
		assert_null(known);
		assert_non_null(strstr(err.place, path));
		cn_error_clear(&err);
	}
	assert_int_equal(
	    cn_file_write(path, CN_SLICE(K(S(V))), 0644, NULL), CN_OK);
	cn_known_free(load());
	assert_int_equal(cn_known_load(".", &known, &err), CN_FILE);
	known = load();
	assert_int_equal(
	    cn_known_save(known, "no/such/directory", &err), CN_NOT_FOUND);
	cn_known_free(known);
}

/* An inspector meets many products: what is known of them is read in a time
 * that grows with their number, not with its square. */
static void
many(void **state)
{
	struct cn_known *known;
	struct cn_buf text;
	clock_t begun;

	(void)state;
	cn_buf_init(&text, 16u << 20);
	cn_buf_str(&text, "{\"carnet_known\":1,\"subjects\":[");
	for (unsigned i = 0; i < 80000; i++)
		cn_buf_printf(&text,
		    "%s{\"sub\":\"%u\",\"iss\":\"i\","
		    "\"versions\":[" V "]}",
		    i == 0 ? "" : ",", i);
	cn_buf_str(&text, ",{\"sub\":\"x\",\"iss\":\"i\",\"versions\":[" V);
	for (unsigned i = 0; i < 25000; i++)
		cn_buf_str(&text, "," V);
	cn_buf_str(&text, "]}]}");
	assert_int_equal(text.code, CN_OK);
	assert_int_equal(
	    cn_file_write(path, cn_buf_slice(&text), 0644, NULL), CN_OK);
	cn_buf_free(&text);
	begun = clock();
	known = load();
	assert_true((clock() - begun) / CLOCKS_PER_SEC < 10);
	cn_known_free(known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remembers),
		cmocka_unit_test(strict),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
