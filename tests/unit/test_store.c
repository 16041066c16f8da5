/* The store: compare-and-swap, order, durability, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../resolver/store/store.h"

#define SUB "https://id.gs1.org/01/09506000134352"
#define OTHER "https://id.gs1.org/01/09506000134352/21/S1"

struct bed {
	char dir[64];
	char path[128];
	char name[160];
	struct rs_store *store;
	struct cn_arena *arena;
};

static void
reopen(struct bed *bed)
{
	struct cn_error err = { 0 };

	rs_store_close(bed->store);
	if (rs_store_open(bed->name, NULL, &bed->store, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
}

static int
setup(void **state)
{
	struct bed *bed = calloc(1, sizeof(*bed));

	assert_non_null(bed);
	(void)snprintf(bed->dir, sizeof(bed->dir), "/tmp/carnet-store-XXXXXX");
	assert_non_null(mkdtemp(bed->dir));
	(void)snprintf(bed->path, sizeof(bed->path), "%s/p.db", bed->dir);
	(void)snprintf(bed->name, sizeof(bed->name), "sqlite:%s", bed->path);
	bed->arena = cn_arena_new(1u << 20);
	assert_non_null(bed->arena);
	reopen(bed);
	*state = bed;
	return 0;
}

static int
teardown(void **state)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	struct bed *bed = *state;
	char path[160];
	size_t i;

	rs_store_close(bed->store);
	cn_arena_free(bed->arena);
	for (i = 0; i < 3; i++) {
		(void)snprintf(
		    path, sizeof(path), "%s%s", bed->path, endings[i]);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(bed->dir), 0);
	free(bed);
	return 0;
}

/* ---- one write at a time --------------------------------------------------- */

struct wait {
	pthread_mutex_t lock;
	pthread_cond_t done;
	unsigned left;
};

static void
wait_done(struct rs_write *write)
{
	struct wait *wait = write->ctx;

	(void)pthread_mutex_lock(&wait->lock);
	wait->left--;
	(void)pthread_cond_signal(&wait->done);
	(void)pthread_mutex_unlock(&wait->lock);
}

static void
wait_for(struct wait *wait)
{
	(void)pthread_mutex_lock(&wait->lock);
	while (wait->left > 0)
		(void)pthread_cond_wait(&wait->done, &wait->lock);
	(void)pthread_mutex_unlock(&wait->lock);
}

#define WAIT(count)                                                          \
	{                                                                    \
		PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, (count) \
	}

/* A digest that tells its version and line of descent. */
static void
digest_of(uint64_t version, char line, uint8_t out[CN_DIGEST])
{
	memset(out, line, CN_DIGEST);
	memcpy(out, &version, sizeof(version));
}

static void
fill(struct rs_write *write, const char *sub, uint64_t version, char line)
{
	memset(write, 0, sizeof(*write));
	write->sub = cn_slice_str(sub);
	write->version = version;
	digest_of(version, line, write->digest);
	write->has_supersedes = version > 1;
	if (version > 1)
		digest_of(version - 1, line, write->supersedes);
	write->iat = 1000;
	write->accepted = 2000 + (cn_instant)version;
	write->bytes = CN_SLICE("signed bytes");
}

static enum rs_outcome
submit(struct rs_store *store, struct rs_write *write)
{
	struct wait wait = WAIT(1);

	write->done = wait_done;
	write->ctx = &wait;
	rs_store_submit(store, write);
	wait_for(&wait);
	return write->outcome;
}

static enum rs_outcome
store_version(struct bed *bed, const char *sub, uint64_t version, char line)
{
	struct rs_write write;

	fill(&write, sub, version, line);
	return submit(bed->store, &write);
}

static enum cn_code
get(struct bed *bed, const struct rs_key *key, struct rs_row *row)
{
	struct rs_reader *reader = NULL;
	enum cn_code code;

	assert_int_equal(rs_reader_begin(bed->store, &reader, NULL), CN_OK);
	code = rs_reader_get(reader, key, bed->arena, row, NULL);
	rs_reader_end(reader);
	return code;
}

static uint64_t
newest(struct bed *bed, const char *sub)
{
	struct rs_key key = { .sub = cn_slice_str(sub), .which = RS_NEWEST };
	struct rs_row row;
	enum cn_code code = get(bed, &key, &row);

	if (code == CN_NOT_FOUND)
		return 0;
	assert_int_equal(code, CN_OK);
	return row.version;
}

/* ---- tests ----------------------------------------------------------------- */

static void
test_cas(void **state)
{
	struct bed *bed = *state;

	assert_int_equal(newest(bed, SUB), 0);
	/* A gap at the beginning. */
	assert_int_equal(store_version(bed, SUB, 2, 'a'), RS_CONFLICT);
	assert_int_equal(store_version(bed, SUB, 0, 'a'), RS_CONFLICT);
	assert_int_equal(store_version(bed, SUB, 1, 'a'), RS_STORED);
	assert_int_equal(store_version(bed, SUB, 2, 'a'), RS_STORED);
	/* A gap, a fork of the past, a fork of the present. */
	assert_int_equal(store_version(bed, SUB, 4, 'a'), RS_CONFLICT);
	assert_int_equal(store_version(bed, SUB, 1, 'b'), RS_CONFLICT);
	assert_int_equal(store_version(bed, SUB, 2, 'b'), RS_CONFLICT);
	/* The right number on the wrong predecessor. */
	assert_int_equal(store_version(bed, SUB, 3, 'b'), RS_CONFLICT);
	assert_int_equal(newest(bed, SUB), 2);
	assert_int_equal(store_version(bed, SUB, 3, 'a'), RS_STORED);
	assert_int_equal(newest(bed, SUB), 3);
	assert_int_equal(newest(bed, OTHER), 0);
}

static void
test_first_claims_predecessor(void **state)
{
	struct bed *bed = *state;
	struct rs_write write;

	fill(&write, SUB, 1, 'a');
	write.has_supersedes = true;
	assert_int_equal(submit(bed->store, &write), RS_CONFLICT);
	assert_int_equal(newest(bed, SUB), 0);
}

static void
test_version_beyond_integers(void **state)
{
	struct bed *bed = *state;
	struct rs_key key = { .sub = CN_SLICE(SUB), .which = RS_BY_VERSION };
	struct rs_row row;

	assert_int_equal(store_version(bed, SUB, UINT64_MAX, 'a'), RS_CONFLICT);
	key.version = UINT64_MAX;
	assert_int_equal(get(bed, &key, &row), CN_NOT_FOUND);
}

static void
test_same_again(void **state)
{
	struct bed *bed = *state;
	struct rs_write write;
	uint64_t commits, seq;

	fill(&write, SUB, 1, 'a');
	assert_int_equal(submit(bed->store, &write), RS_STORED);
	seq = write.seq;
	assert_int_equal(store_version(bed, SUB, 2, 'a'), RS_STORED);
	commits = rs_store_commits(bed->store);
	fill(&write, SUB, 1, 'a');
	assert_int_equal(submit(bed->store, &write), RS_SAME);
	assert_int_equal(write.seq, seq);
	/* Nothing new: what was prepared stays good. */
	assert_int_equal(rs_store_commits(bed->store), commits);
}

static enum cn_code
section(struct bed *bed, uint64_t seq, unsigned tier, struct cn_slice *out)
{
	struct rs_section_key key = { seq, tier };
	struct rs_reader *reader = NULL;
	enum cn_code code;

	assert_int_equal(rs_reader_begin(bed->store, &reader, NULL), CN_OK);
	code = rs_reader_section(reader, &key, bed->arena, out, NULL);
	rs_reader_end(reader);
	return code;
}

static void
test_sections_are_added(void **state)
{
	struct bed *bed = *state;
	struct rs_write write;
	struct cn_slice got;

	fill(&write, SUB, 1, 'a');
	assert_int_equal(submit(bed->store, &write), RS_STORED);
	assert_int_equal(section(bed, write.seq, 2, &got), CN_NOT_FOUND);
	/* The redacted copy came first: the sections are not lost. */
	write.sections[0].tier = 2;
	write.sections[0].bytes = CN_SLICE("for authorities");
	write.section_count = 1;
	assert_int_equal(submit(bed->store, &write), RS_SAME);
	assert_int_equal(section(bed, write.seq, 2, &got), CN_OK);
	assert_true(cn_slice_is(got, "for authorities"));
	/* And are never replaced. */
	write.sections[0].bytes = CN_SLICE("something else");
	assert_int_equal(submit(bed->store, &write), RS_SAME);
	assert_int_equal(section(bed, write.seq, 2, &got), CN_OK);
	assert_true(cn_slice_is(got, "for authorities"));
	assert_int_equal(section(bed, write.seq, 1, &got), CN_NOT_FOUND);
}

static void
test_get(void **state)
{
	struct bed *bed = *state;
	struct rs_key key = { .sub = CN_SLICE(SUB), .bytes = true };
	struct rs_row row;
	uint8_t digest[CN_DIGEST];

	assert_int_equal(store_version(bed, SUB, 1, 'a'), RS_STORED);
	assert_int_equal(store_version(bed, OTHER, 1, 'b'), RS_STORED);
	assert_int_equal(store_version(bed, SUB, 2, 'a'), RS_STORED);

	key.which = RS_BY_VERSION;
	key.version = 1;
	assert_int_equal(get(bed, &key, &row), CN_OK);
	assert_int_equal(row.version, 1);
	assert_int_equal(row.seq, 1);
	assert_int_equal(row.iat, 1000);
	assert_int_equal(row.accepted, 2001);
	assert_true(cn_slice_is(row.sub, SUB));
	assert_true(cn_slice_is(row.bytes, "signed bytes"));
	key.version = 3;
	assert_int_equal(get(bed, &key, &row), CN_NOT_FOUND);

	key.which = RS_BY_DIGEST;
	key.digest = digest;
	key.bytes = false;
	digest_of(2, 'a', digest);
	assert_int_equal(get(bed, &key, &row), CN_OK);
	assert_int_equal(row.version, 2);
	assert_int_equal(row.bytes.len, 0);
	/* A digest of another subject is not found under this one. */
	digest_of(1, 'b', digest);
	assert_int_equal(get(bed, &key, &row), CN_NOT_FOUND);
}

struct seen {
	uint64_t numbers[16];
	size_t count;
	size_t stop;
};

static bool
see_version(void *ctx, const struct rs_row *row)
{
	struct seen *seen = ctx;

	seen->numbers[seen->count++] = row->version;
	return seen->count != seen->stop;
}

static bool
see_seq(void *ctx, const struct rs_row *row)
{
	struct seen *seen = ctx;

	seen->numbers[seen->count++] = row->seq;
	return seen->count != seen->stop;
}

static void
test_history_and_changes(void **state)
{
	struct bed *bed = *state;
	struct rs_history what = { .sub = CN_SLICE(SUB), .limit = 3 };
	struct rs_changes since = { .since = 2, .limit = 10 };
	struct rs_reader *reader = NULL;
	struct seen seen = { 0 };
	uint64_t version, last;

	for (version = 1; version <= 4; version++)
		assert_int_equal(
		    store_version(bed, SUB, version, 'a'), RS_STORED);
	assert_int_equal(store_version(bed, OTHER, 1, 'b'), RS_STORED);
	assert_int_equal(rs_reader_begin(bed->store, &reader, NULL), CN_OK);

	assert_int_equal(
	    rs_reader_history(reader, &what, see_version, &seen, NULL), CN_OK);
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.numbers[0], 4);
	assert_int_equal(seen.numbers[2], 2);
	memset(&seen, 0, sizeof(seen));
	what.below = 2;
	assert_int_equal(
	    rs_reader_history(reader, &what, see_version, &seen, NULL), CN_OK);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.numbers[0], 1);

	memset(&seen, 0, sizeof(seen));
	assert_int_equal(
	    rs_reader_changes(reader, &since, see_seq, &seen, NULL), CN_OK);
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.numbers[0], 3);
	assert_int_equal(seen.numbers[2], 5);
	memset(&seen, 0, sizeof(seen));
	seen.stop = 1;
	assert_int_equal(
	    rs_reader_changes(reader, &since, see_seq, &seen, NULL), CN_OK);
	assert_int_equal(seen.count, 1);

	assert_int_equal(rs_reader_health(reader, &last, NULL), CN_OK);
	assert_int_equal(last, 5);
	rs_reader_end(reader);
}

static void
test_snapshot(void **state)
{
	struct bed *bed = *state;
	struct rs_key key = { .sub = CN_SLICE(SUB) };
	struct rs_reader *reader = NULL;
	struct rs_row row;

	assert_int_equal(store_version(bed, SUB, 1, 'a'), RS_STORED);
	assert_int_equal(rs_reader_begin(bed->store, &reader, NULL), CN_OK);
	assert_int_equal(
	    rs_reader_get(reader, &key, bed->arena, &row, NULL), CN_OK);
	/* A writer does not wait for the reader, nor disturb it. */
	assert_int_equal(store_version(bed, SUB, 2, 'a'), RS_STORED);
	assert_int_equal(
	    rs_reader_get(reader, &key, bed->arena, &row, NULL), CN_OK);
	assert_int_equal(row.version, 1);
	rs_reader_end(reader);
	assert_int_equal(newest(bed, SUB), 2);
}

static void
test_clock_that_went_back(void **state)
{
	struct bed *bed = *state;
	struct rs_write write;

	fill(&write, SUB, 1, 'a');
	write.accepted = 5000;
	assert_int_equal(submit(bed->store, &write), RS_STORED);
	fill(&write, SUB, 2, 'a');
	write.accepted = 4000;
	assert_int_equal(submit(bed->store, &write), RS_STORED);
	assert_int_equal(write.accepted, 5000);
}

#define MANY 200

static void
test_many_at_once(void **state)
{
	static struct rs_write writes[MANY];
	static char subs[MANY][64];
	struct bed *bed = *state;
	struct wait wait = WAIT(MANY);
	unsigned i;

	for (i = 0; i < MANY; i++) {
		(void)snprintf(subs[i], sizeof(subs[i]), SUB "/21/%u", i / 2);
		/* Pairs that build on each other, in one commit or two. */
		fill(&writes[i], subs[i], 1 + i % 2, 'a');
		writes[i].done = wait_done;
		writes[i].ctx = &wait;
		rs_store_submit(bed->store, &writes[i]);
	}
	wait_for(&wait);
	for (i = 0; i < MANY; i++)
		assert_int_equal(writes[i].outcome, RS_STORED);
	/* Group commit: far fewer commits than writes. */
	assert_true(rs_store_commits(bed->store) < MANY / 2);
	reopen(bed);
	assert_int_equal(newest(bed, subs[MANY - 1]), 2);
}

/* Two writers race for the same version: one wins. */
static void
test_race(void **state)
{
	struct bed *bed = *state;
	struct wait wait = WAIT(2);
	struct rs_write a, b;

	assert_int_equal(store_version(bed, SUB, 1, 'a'), RS_STORED);
	fill(&a, SUB, 2, 'a');
	fill(&b, SUB, 2, 'a');
	memset(b.digest, 'x', CN_DIGEST);
	a.done = b.done = wait_done;
	a.ctx = b.ctx = &wait;
	rs_store_submit(bed->store, &a);
	rs_store_submit(bed->store, &b);
	wait_for(&wait);
	assert_int_equal(a.outcome, RS_STORED);
	assert_int_equal(b.outcome, RS_CONFLICT);
}

static void
test_busy(void **state)
{
	static const struct rs_store_options none = {
		.queue = 0,
		.batch = 1,
		.readers = 1,
	};
	struct bed *bed = *state;
	struct rs_write write;

	rs_store_close(bed->store);
	bed->store = NULL;
	assert_int_equal(
	    rs_store_open(bed->name, &none, &bed->store, NULL), CN_OK);
	fill(&write, SUB, 1, 'a');
	assert_int_equal(submit(bed->store, &write), RS_BUSY);
	assert_int_equal(newest(bed, SUB), 0);
}

static void
test_refused_files(void **state)
{
	struct bed *bed = *state;
	struct rs_store *store;
	struct cn_error err = { 0 };
	sqlite3 *db = NULL;
	int fd;

	assert_int_equal(
	    rs_store_open("passports.db", NULL, &store, &err), CN_USAGE);
	assert_null(store);
	assert_int_equal(
	    rs_store_open("sqlite:", NULL, &store, NULL), CN_USAGE);
	assert_int_equal(
	    rs_store_open("sqlite:/nonexistent/dir/p.db", NULL, &store, NULL),
	    CN_FILE);

	/* A newer form of ours. */
	rs_store_close(bed->store);
	bed->store = NULL;
	assert_int_equal(sqlite3_open(bed->path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, "PRAGMA user_version = 2", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	cn_error_clear(&err);
	assert_int_equal(rs_store_open(bed->name, NULL, &store, &err), CN_FILE);
	assert_non_null(strstr(err.text, "form 2"));

	/* Another program's, which stays as it is. */
	(void)unlink(bed->path);
	assert_int_equal(sqlite3_open(bed->path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	cn_error_clear(&err);
	assert_int_equal(rs_store_open(bed->name, NULL, &store, &err), CN_FILE);
	assert_non_null(strstr(err.text, "another program"));
	assert_null(store);

	/* No database at all. */
	(void)unlink(bed->path);
	fd = open(bed->path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd,
			     "this is a text, not a database, and it is"
			     " longer than a header of one is: 100 bytes"
			     " at the least.",
			     97),
	    97);
	(void)close(fd);
	assert_int_equal(rs_store_open(bed->name, NULL, &store, NULL), CN_FILE);
	(void)unlink(bed->path);
}

/* The database itself refuses what would rewrite history. */
static void
test_append_only(void **state)
{
	struct bed *bed = *state;
	sqlite3 *db = NULL;

	assert_int_equal(store_version(bed, SUB, 1, 'a'), RS_STORED);
	assert_int_equal(sqlite3_open(bed->path, &db), SQLITE_OK);
	assert_int_not_equal(
	    sqlite3_exec(db, "DELETE FROM versions", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(db, "UPDATE versions SET version = 9",
				 NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(newest(bed, SUB), 1);
}

/* A row that cannot be ours is a damaged store, not a passport. */
static void
test_damaged_row(void **state)
{
	struct bed *bed = *state;
	struct rs_key key = { .sub = CN_SLICE(SUB) };
	struct rs_reader *reader = NULL;
	struct rs_row row;
	sqlite3 *db = NULL;
	uint64_t last;

	assert_int_equal(sqlite3_open(bed->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
			     "INSERT INTO versions VALUES (1, '" SUB "', 1,"
			     " x'00', 0, 0, x'00')",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(get(bed, &key, &row), CN_FILE);
	assert_int_equal(rs_reader_begin(bed->store, &reader, NULL), CN_OK);
	assert_int_equal(rs_reader_health(reader, &last, NULL), CN_FILE);
	rs_reader_end(reader);
	assert_int_equal(store_version(bed, SUB, 2, 'a'), RS_FAILED);
}

/* A file that may not grow stands for a full disk: writes fail, say so, leave
 * nothing behind, and work again when there is room. */
static void
test_disk_full(void **state)
{
	struct bed *bed = *state;
	struct rlimit old, small;
	struct rs_write write;

	assert_int_equal(store_version(bed, SUB, 1, 'a'), RS_STORED);
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 64;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	fill(&write, SUB, 2, 'a');
	assert_int_equal(submit(bed->store, &write), RS_FAILED);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(write.error.code, CN_FILE);
	assert_string_not_equal(write.error.text, "");
	assert_int_equal(newest(bed, SUB), 1);
	assert_int_equal(store_version(bed, SUB, 2, 'a'), RS_STORED);
}

/* A process that dies between two commits: all that was acknowledged is there,
 * and the next process can go on. */
static void
test_killed(void **state)
{
	struct bed *bed = *state;
	int ends[2];
	uint64_t version, told = 0;
	pid_t pid;

	rs_store_close(bed->store);
	bed->store = NULL;
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (rs_store_open(bed->name, NULL, &bed->store, NULL) != CN_OK)
			_exit(1);
		for (version = 1;; version++) {
			if (store_version(bed, SUB, version, 'a') != RS_STORED)
				_exit(1);
			if (write(ends[1], &version, sizeof(version)) < 0)
				_exit(1);
		}
	}
	(void)close(ends[1]);
	while (told < 20)
		assert_int_equal(
		    read(ends[0], &told, sizeof(told)), (int)sizeof(told));
	assert_int_equal(kill(pid, SIGKILL), 0);
	while (read(ends[0], &version, sizeof(version)) ==
	       (ssize_t)sizeof(version))
		told = version;
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	(void)close(ends[0]);
	reopen(bed);
	version = newest(bed, SUB);
	assert_true(version == told || version == told + 1);
	assert_int_equal(store_version(bed, SUB, version + 1, 'a'), RS_STORED);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	static const struct CMUnitTest tests[] = {
		TEST(test_cas),
		TEST(test_first_claims_predecessor),
		TEST(test_version_beyond_integers),
		TEST(test_same_again),
		TEST(test_sections_are_added),
		TEST(test_get),
		TEST(test_history_and_changes),
		TEST(test_snapshot),
		TEST(test_clock_that_went_back),
		TEST(test_many_at_once),
		TEST(test_race),
		TEST(test_busy),
		TEST(test_refused_files),
		TEST(test_append_only),
		TEST(test_damaged_row),
		TEST(test_disk_full),
		TEST(test_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
