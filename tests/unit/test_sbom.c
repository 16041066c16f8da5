/* sbom/: what a passport says about its SBOM. */
#include <carnet/file.h>
#include <carnet/key.h>
#include <carnet/sbom.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[] = "/tmp/carnet-sbom-XXXXXX";
static char path[64];

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/file", dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(dir);
}

static void
digest(struct cn_slice bytes, uint8_t out[32])
{
	struct cn_hash *hash;

	assert_int_equal(cn_hash_new(CN_HASH_SHA256, &hash, NULL), CN_OK);
	cn_hash_update(hash, bytes);
	assert_int_equal(cn_hash_final(hash, out, NULL), CN_OK);
	cn_hash_free(hash);
}

static enum cn_code
read_bytes(struct cn_slice bytes, struct cn_arena *arena, struct cn_sbom *out,
    struct cn_error *err)
{
	assert_int_equal(cn_file_write(path, bytes, 0600, NULL), CN_OK);
	return cn_sbom_read(path, arena, out, err);
}

static const char cyclonedx[] =
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\n"
    " \"metadata\":{\"component\":{\"type\":\"firmware\",\"bom-ref\":\"p\",\n"
    "  \"name\":\"Lock\",\"version\":\"2.1\",\"components\":[{\"name\":\"x\","
    "\"version\":\"9\"}]}},\n"
    " \"components\":[{\"name\":\"a\",\"components\":[{\"name\":\"b\"}]}],\n"
    " \"dependencies\":[{\"ref\":\"a\",\"dependsOn\":[\"b\"]},\n"
    "  {\"ref\":\"p\",\"dependsOn\":[\"a\",\"c\",\"d\"]}]}\n";

static void
reads_cyclonedx(void **state)
{
	struct cn_arena *arena = cn_arena_new(1 << 20);
	struct cn_slice bytes = cn_slice_str(cyclonedx);
	uint8_t sha256[32];
	struct cn_sbom s;

	(void)state;
	assert_int_equal(read_bytes(bytes, arena, &s, NULL), CN_OK);
	assert_true(cn_slice_is(s.format, "CycloneDX"));
	assert_true(cn_slice_is(s.spec_version, "1.6"));
	assert_true(cn_slice_is(s.product, "Lock"));
	assert_true(cn_slice_is(s.product_version, "2.1"));
	assert_int_equal(s.components, 2);
	assert_int_equal(s.dependencies, 3);
	assert_int_equal(s.bytes, bytes.len);
	digest(bytes, sha256);
	assert_memory_equal(s.sha256, sha256, 32);
	cn_arena_free(arena);
}

/* A character becomes two bytes, the digest is over the bytes of the file. */
static size_t
as_utf16(const char *text, uint8_t *out)
{
	size_t len = 0;

	out[len++] = 0xff;
	out[len++] = 0xfe;
	for (; *text != '\0'; text++) {
		out[len++] = (uint8_t)*text;
		out[len++] = 0;
	}
	return len;
}

static void
reads_utf16(void **state)
{
	static uint8_t wide[4096];
	size_t len = as_utf16(cyclonedx, wide);
	struct cn_arena *arena = cn_arena_new(1 << 20);
	struct cn_error err = { 0 };
	uint8_t sha256[32];
	struct cn_sbom s;

	(void)state;
	assert_int_equal(
	    read_bytes(cn_slice_of(wide, len), arena, &s, NULL), CN_OK);
	assert_int_equal(s.dependencies, 3);
	digest(cn_slice_of(wide, len), sha256);
	assert_memory_equal(s.sha256, sha256, 32);
	assert_int_equal(
	    read_bytes(cn_slice_of(wide, len - 1), arena, &s, &err),
	    CN_MALFORMED);
	assert_non_null(strstr(err.text, "middle of a character"));
	cn_arena_free(arena);
}

static void
refuses(void **state)
{
	static const struct {
		const char *text, *place;
		enum cn_code code;
	} cases[] = {
		{ "", "", CN_MALFORMED },
		{ "[]", "", CN_UNSUPPORTED },
		{ "{}", "", CN_UNSUPPORTED },
		{ "{\"bomFormat\":\"Other\"}", "", CN_UNSUPPORTED },
		{ "{\"spdxVersion\":\"SPDX-9\"}", "", CN_UNSUPPORTED },
		{ "{\"bomFormat\":\"CycloneDX\",", "line 1, column 26",
		    CN_MALFORMED },
		{ "{\"bomFormat\":\"CycloneDX\"} x", "line 1, column 27",
		    CN_MALFORMED },
		{ "{\"bomFormat\":\"CycloneDX\",\n\"components\":[],\n"
		  " \"components\":[]}",
		    "line 3, column 2", CN_MALFORMED },
	};
	struct cn_arena *arena = cn_arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cn_error err = { 0 };
		struct cn_sbom s;

		assert_int_equal(
		    read_bytes(cn_slice_str(cases[i].text), arena, &s, &err),
		    cases[i].code);
		assert_non_null(strstr(err.place, cases[i].place));
		assert_string_not_equal(err.text, "");
		assert_int_equal(s.components, 0);
		assert_null(s.format.ptr);
	}
	cn_arena_free(arena);
}

static void
refuses_what_is_no_file(void **state)
{
	struct cn_arena *arena = cn_arena_new(1 << 20);
	struct cn_error err = { 0 };
	struct cn_sbom s;
	char fifo[80];

	(void)state;
	(void)snprintf(fifo, sizeof(fifo), "%s/fifo", dir);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(cn_sbom_read(fifo, arena, &s, &err), CN_FILE);
	assert_non_null(strstr(err.text, "FIFO"));
	assert_int_equal(unlink(fifo), 0);
	assert_int_equal(cn_sbom_read(fifo, arena, &s, NULL), CN_NOT_FOUND);
	assert_int_equal(cn_sbom_read(dir, arena, &s, NULL), CN_FILE);
	assert_int_equal(cn_sbom_read("/dev/null", arena, &s, NULL), CN_FILE);
	cn_arena_free(arena);
}

static void
refuses_depth_bombs(void **state)
{
	static char bomb[20000];
	struct cn_arena *arena = cn_arena_new(1 << 20);
	struct cn_error err = { 0 };
	struct cn_sbom s;

	(void)state;
	memset(bomb, '[', sizeof(bomb) - 1);
	memcpy(bomb, "{\"bomFormat\":\"CycloneDX\",\"x\":", 29);
	assert_int_equal(
	    read_bytes(cn_slice_str(bomb), arena, &s, &err), CN_MALFORMED);
	assert_non_null(strstr(err.text, "too deeply"));
	cn_arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_cyclonedx),
		cmocka_unit_test(reads_utf16),
		cmocka_unit_test(refuses),
		cmocka_unit_test(refuses_what_is_no_file),
		cmocka_unit_test(refuses_depth_bombs),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
