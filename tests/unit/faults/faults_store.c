/* resolver/store/: a version is published and read back. What was answered as
 * stored is there afterwards; nothing is half there. */
#include "fault.h"
#include "scenarios.h"

#include "../../../resolver/store/store.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SUB "https://id.gs1.org/01/09506000134352"

struct bed {
	char dir[64];
	char path[96];
	char name[128];
	uint64_t current; /* version that is there, 0: none */
};

struct done {
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool yes;
};

static void
tell(struct rs_write *write)
{
	struct done *done = write->ctx;

	(void)pthread_mutex_lock(&done->lock);
	done->yes = true;
	(void)pthread_cond_signal(&done->told);
	(void)pthread_mutex_unlock(&done->lock);
}

static void
digest_of(uint64_t version, uint8_t out[CN_DIGEST])
{
	memset(out, 7, CN_DIGEST);
	memcpy(out, &version, sizeof(version));
}

/* What a version of that number holds. */
static struct cn_slice
bytes_of(uint64_t version, char space[32])
{
	(void)snprintf(space, 32, "signed %lu", (unsigned long)version);
	return cn_slice_str(space);
}

static enum cn_code
publish(struct rs_store *store, uint64_t version, struct cn_error *err)
{
	struct done done = { PTHREAD_MUTEX_INITIALIZER,
		PTHREAD_COND_INITIALIZER, false };
	struct rs_write write = { .sub = CN_SLICE(SUB),
		.version = version,
		.iat = 1000,
		.accepted = 2000,
		.section_count = 2,
		.sections = { { 1, CN_SLICE("one") }, { 2, CN_SLICE("two") } },
		.done = tell,
		.ctx = &done };
	char space[32];

	write.bytes = bytes_of(version, space);
	digest_of(version, write.digest);
	write.has_supersedes = version > 1;
	if (version > 1)
		digest_of(version - 1, write.supersedes);
	rs_store_submit(store, &write);
	(void)pthread_mutex_lock(&done.lock);
	while (!done.yes)
		(void)pthread_cond_wait(&done.told, &done.lock);
	(void)pthread_mutex_unlock(&done.lock);
	if (write.outcome == RS_STORED)
		return CN_OK;
	if (write.outcome != RS_FAILED)
		return cn_fail(
		    err, CN_CONFLICT, "outcome %d", (int)write.outcome);
	return cn_fail(err, write.error.code, "%s", write.error.text);
}

static enum cn_code
read_back(struct rs_store *store, struct rs_row *row, struct cn_arena *arena,
    struct cn_error *err)
{
	const struct rs_key key = {
		.sub = CN_SLICE(SUB), .which = RS_NEWEST, .bytes = true
	};
	struct rs_section_key section = { .tier = 2 };
	struct rs_reader *reader = NULL;
	struct cn_slice two;
	enum cn_code code = rs_reader_begin(store, &reader, err);

	if (code == CN_OK)
		code = rs_reader_get(reader, &key, arena, row, err);
	if (code == CN_OK) {
		section.seq = row->seq;
		code = rs_reader_section(reader, &section, arena, &two, err);
	}
	if (code == CN_OK)
		assert_true(cn_slice_is(two, "two"));
	fault_ending(true);
	rs_reader_end(reader);
	fault_ending(false);
	return code;
}

static enum cn_code
publish_and_read(void *ctx, struct cn_error *err)
{
	const struct bed *bed = ctx;
	struct cn_arena *arena = cn_arena_new(1u << 20);
	struct rs_store *store = NULL;
	struct rs_row row;
	enum cn_code code;

	if (arena == NULL)
		return cn_fail(err, CN_MEMORY, "no arena");
	code = rs_store_open(bed->name, NULL, &store, err);
	if (code != CN_OK)
		assert_null(store);
	if (code == CN_OK)
		code = publish(store, bed->current + 1, err);
	if (code == CN_OK)
		code = read_back(store, &row, arena, err);
	fault_ending(true);
	rs_store_close(store);
	fault_ending(false);
	cn_arena_free(arena);
	return code;
}

/* The newest version is the one before or the new one, and whole. */
static void
whole(void *ctx, enum cn_code code)
{
	struct bed *bed = ctx;
	struct cn_arena *arena = cn_arena_new(1u << 20);
	struct rs_store *store = NULL;
	struct rs_row row = { 0 };
	enum cn_code found;
	char space[32];

	assert_non_null(arena);
	assert_int_equal(rs_store_open(bed->name, NULL, &store, NULL), CN_OK);
	found = read_back(store, &row, arena, NULL);
	if (found == CN_NOT_FOUND) {
		assert_int_equal(bed->current, 0);
		assert_int_not_equal(code, CN_OK);
	} else {
		assert_int_equal(found, CN_OK);
		assert_true(row.version == bed->current ||
			    row.version == bed->current + 1);
		if (code == CN_OK)
			assert_true(row.version == bed->current + 1);
		assert_true(
		    cn_slice_eq(row.bytes, bytes_of(row.version, space)));
		bed->current = row.version;
	}
	rs_store_close(store);
	cn_arena_free(arena);
}

void
faults_store(void **state)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	struct bed bed = { .dir = "/tmp/carnet-faults-XXXXXX" };
	char path[128];

	(void)state;
	assert_non_null(mkdtemp(bed.dir));
	(void)snprintf(bed.path, sizeof(bed.path), "%s/p.db", bed.dir);
	(void)snprintf(bed.name, sizeof(bed.name), "sqlite:%s", bed.path);
	fault_run(&(struct fault_scenario){ .name = "a version published",
	    .run = publish_and_read,
	    .after = whole,
	    .ctx = &bed });
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		(void)snprintf(
		    path, sizeof(path), "%s%s", bed.path, endings[i]);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(bed.dir), 0);
}
