/* base/: a document is parsed and written; a file is replaced. */
#include "fault.h"
#include "scenarios.h"

#include <carnet/file.h>
#include <carnet/json.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char old_text[] = "{\"a\":1}";
static const char new_text[] =
    "{\"list\":[1,2.5,true,null],\"text\":\"Gr\\u00fc\\u00dfe\",\"m\":{}}";

struct place {
	char dir[64];
	char file[96];
};

static enum cn_code
json_round(void *ctx, struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(1u << 20);
	struct cn_json *tree = NULL;
	struct cn_buf pointer;
	enum cn_code code;

	(void)ctx;
	cn_buf_init(&pointer, 1024);
	if (arena == NULL)
		return cn_fail(err, CN_MEMORY, "no arena");
	code = cn_json_parse(arena, cn_slice_str(new_text), NULL, &tree, err);
	if (code == CN_OK) {
		cn_json_pointer(cn_json_get(tree, "text"), &pointer);
		code = cn_buf_code(&pointer, err);
	} else {
		assert_null(tree);
	}
	cn_buf_free(&pointer);
	cn_arena_free(arena);
	return code;
}

static enum cn_code
replace(void *ctx, struct cn_error *err)
{
	const struct place *place = ctx;

	return cn_file_write(place->file, cn_slice_str(new_text), 0644, err);
}

/* Whole, the old or the new one, and nothing else in the folder. */
static void
whole(void *ctx, enum cn_code code)
{
	const struct place *place = ctx;
	struct cn_buf now;

	cn_buf_init(&now, 4096);
	assert_int_equal(cn_file_read(place->file, &now, NULL), CN_OK);
	if (code == CN_OK)
		assert_true(cn_slice_is(cn_buf_slice(&now), new_text));
	else
		assert_true(cn_slice_is(cn_buf_slice(&now), new_text) ||
			    cn_slice_is(cn_buf_slice(&now), old_text));
	cn_buf_free(&now);
	assert_int_equal(unlink(place->file), 0);
	/* Only an empty folder can be removed: no temporary file stayed. */
	assert_int_equal(rmdir(place->dir), 0);
	assert_int_equal(cn_dir_make(place->dir, 0755, NULL), CN_OK);
	assert_int_equal(
	    cn_file_write(place->file, cn_slice_str(old_text), 0644, NULL),
	    CN_OK);
}

static enum cn_code
read_back(void *ctx, struct cn_error *err)
{
	const struct place *place = ctx;
	struct cn_buf now;
	enum cn_code code;

	cn_buf_init(&now, 4096);
	code = cn_file_read(place->file, &now, err);
	if (code != CN_OK)
		assert_int_equal(now.len, 0);
	cn_buf_free(&now);
	return code;
}

void
faults_base(void **state)
{
	struct place place = { .dir = "/tmp/carnet-faults-XXXXXX" };

	(void)state;
	assert_non_null(mkdtemp(place.dir));
	(void)snprintf(place.file, sizeof(place.file), "%s/f.json", place.dir);
	assert_int_equal(
	    cn_file_write(place.file, cn_slice_str(old_text), 0644, NULL),
	    CN_OK);
	fault_run(&(struct fault_scenario){
	    .name = "a document", .run = json_round });
	fault_run(&(struct fault_scenario){ .name = "a file replaced",
	    .run = replace,
	    .after = whole,
	    .ctx = &place });
	fault_run(&(struct fault_scenario){
	    .name = "a file read", .run = read_back, .ctx = &place });
	assert_int_equal(unlink(place.file), 0);
	assert_int_equal(rmdir(place.dir), 0);
}
