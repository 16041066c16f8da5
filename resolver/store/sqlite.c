/*
 * The SQLite engine: one file, write-ahead log, synchronous FULL (the only
 * setting whose commits survive a loss of power).
 */
#include "sqlite.h"

#include <stdlib.h>
#include <string.h>

/* "Crnt": whose file it is, in the header of the file. */
#define APPLICATION_ID 0x43726e74
#define SCHEMA_VERSION 1

/*
 * seq never skips: rows are not deleted, so the next one is the last + 1. The
 * digest stands before the bytes, so that looking for one reads no overflow
 * page. The triggers hold the promise that nothing accepted is ever changed.
 */
static const char schema[] =
    "CREATE TABLE versions ("
    " seq INTEGER PRIMARY KEY,"
    " sub TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " digest BLOB NOT NULL,"
    " iat INTEGER NOT NULL,"
    " accepted INTEGER NOT NULL,"
    " bytes BLOB NOT NULL,"
    " UNIQUE (sub, version)) STRICT;"
    "CREATE TABLE sections ("
    " seq INTEGER NOT NULL REFERENCES versions,"
    " tier INTEGER NOT NULL,"
    " bytes BLOB NOT NULL,"
    " PRIMARY KEY (seq, tier)) STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER versions_unchanged BEFORE UPDATE ON versions BEGIN"
    " SELECT RAISE(ABORT, 'versions are never changed'); END;"
    "CREATE TRIGGER versions_kept BEFORE DELETE ON versions BEGIN"
    " SELECT RAISE(ABORT, 'versions are never deleted'); END;"
    "CREATE TRIGGER sections_unchanged BEFORE UPDATE ON sections BEGIN"
    " SELECT RAISE(ABORT, 'sections are never changed'); END;"
    "CREATE TRIGGER sections_kept BEFORE DELETE ON sections BEGIN"
    " SELECT RAISE(ABORT, 'sections are never deleted'); END;"
    "PRAGMA application_id = 1131572852;"
    "PRAGMA user_version = 1;";

_Static_assert(APPLICATION_ID == 1131572852 && SCHEMA_VERSION == 1,
    "the schema's pragmas name other numbers");

enum cn_code
rs_sqlite_fail(sqlite3 *db, const char *doing, struct cn_error *err)
{
	enum cn_code code = CN_FILE;

	if (db == NULL || sqlite3_errcode(db) == SQLITE_NOMEM)
		code = CN_MEMORY;
	return cn_fail(err, code, "%s: %s", doing,
	    db == NULL ? "no memory" : sqlite3_errmsg(db));
}

enum cn_code
rs_sqlite_connect(const char *path, sqlite3 **out, struct cn_error *err)
{
	sqlite3 *db = NULL;
	enum cn_code code;

	*out = NULL;
	/* Each connection serves one thread at a time: no mutex in it. */
	if (sqlite3_open_v2(path, &db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
		NULL) != SQLITE_OK) {
		code = rs_sqlite_fail(db, "the store cannot be opened", err);
		cn_error_at(err, "%s", path);
		(void)sqlite3_close(db);
		return code;
	}
	(void)sqlite3_busy_timeout(db, 10000);
	*out = db;
	return CN_OK;
}

enum cn_code
rs_sqlite_prepare(
    sqlite3 *db, const char *sql, sqlite3_stmt **out, struct cn_error *err)
{
	if (sqlite3_prepare_v3(
		db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) != SQLITE_OK)
		return rs_sqlite_fail(db, "the store cannot be asked", err);
	return CN_OK;
}

enum cn_code
rs_sqlite_run(sqlite3_stmt *stmt, const char *doing, struct cn_error *err)
{
	enum cn_code code = CN_OK;

	if (sqlite3_step(stmt) != SQLITE_DONE)
		code = rs_sqlite_fail(sqlite3_db_handle(stmt), doing, err);
	(void)sqlite3_reset(stmt);
	return code;
}

bool
rs_sqlite_bind(sqlite3_stmt *stmt, int at, struct cn_slice blob)
{
	return sqlite3_bind_blob64(
		   stmt, at, blob.ptr, blob.len, SQLITE_STATIC) == SQLITE_OK;
}

bool
rs_sqlite_bind_text(sqlite3_stmt *stmt, int at, struct cn_slice text)
{
	return sqlite3_bind_text64(stmt, at, (const char *)text.ptr, text.len,
		   SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
}

struct cn_slice
rs_sqlite_blob(sqlite3_stmt *stmt, int column)
{
	const void *ptr = sqlite3_column_blob(stmt, column);
	int len = sqlite3_column_bytes(stmt, column);

	return cn_slice_of(ptr, ptr == NULL || len < 0 ? 0 : (size_t)len);
}

/* ---- whose file it is ------------------------------------------------------ */

static enum cn_code
pragma_number(
    sqlite3 *db, const char *sql, sqlite3_int64 *out, struct cn_error *err)
{
	sqlite3_stmt *stmt = NULL;
	enum cn_code code;

	code = rs_sqlite_prepare(db, sql, &stmt, err);
	if (code == CN_OK && sqlite3_step(stmt) != SQLITE_ROW)
		code = rs_sqlite_fail(db, "the store cannot be read", err);
	if (code == CN_OK)
		*out = sqlite3_column_int64(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return code;
}

/* *fresh: there is nothing in it yet. */
static enum cn_code
check_owner(sqlite3 *db, bool *fresh, struct cn_error *err)
{
	sqlite3_int64 application = 0, version = 0, tables = 0;
	enum cn_code code;

	code = pragma_number(db, "PRAGMA application_id", &application, err);
	if (code == CN_OK)
		code = pragma_number(db, "PRAGMA user_version", &version, err);
	if (code == CN_OK)
		code = pragma_number(
		    db, "SELECT count(*) FROM sqlite_schema", &tables, err);
	if (code != CN_OK)
		return code;
	*fresh = application == 0 && version == 0 && tables == 0;
	if (*fresh)
		return CN_OK;
	if (application != APPLICATION_ID)
		return cn_fail(
		    err, CN_FILE, "this is the database of another program");
	if (version != SCHEMA_VERSION)
		return cn_fail(err, CN_FILE,
		    "the store has form %lld, this program knows form %d",
		    (long long)version, SCHEMA_VERSION);
	return CN_OK;
}

static enum cn_code
execute(sqlite3 *db, const char *sql, const char *doing, struct cn_error *err)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return rs_sqlite_fail(db, doing, err);
	return CN_OK;
}

/* Two resolvers may begin with the same empty file: the second one finds the
 * work done. */
static enum cn_code
create(sqlite3 *db, struct cn_error *err)
{
	bool fresh = false;
	enum cn_code code;

	code = execute(db, "BEGIN IMMEDIATE", "the store is locked", err);
	if (code != CN_OK)
		return code;
	code = check_owner(db, &fresh, err);
	if (code == CN_OK && fresh)
		code = execute(db, schema, "the store cannot be made", err);
	if (code == CN_OK)
		code = execute(db, "COMMIT", "the store cannot be made", err);
	if (code != CN_OK)
		(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return code;
}

static enum cn_code
prepare_file(sqlite3 *db, struct cn_error *err)
{
	bool fresh = false;
	enum cn_code code;

	/* Before anything is written: it may not be ours. */
	code = check_owner(db, &fresh, err);
	if (code == CN_OK)
		code = execute(db, "PRAGMA journal_mode = WAL",
		    "the store cannot keep a log", err);
	if (code == CN_OK)
		code = execute(db,
		    "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;"
		    "PRAGMA mmap_size = 67108864",
		    "the store cannot be set up", err);
	if (code == CN_OK && fresh)
		code = create(db, err);
	return code;
}

/* ---- open and close -------------------------------------------------------- */

static void
close_store(void *ctx)
{
	struct rs_sqlite *self = ctx;

	rs_sqlite_writer_close(self);
	(void)sqlite3_close(self->db);
	free(self->path);
	free(self);
}

static enum cn_code
open_store(const char *where, void **out, struct cn_error *err)
{
	struct rs_sqlite *self = calloc(1, sizeof(*self));
	enum cn_code code;
	size_t len = strlen(where);

	if (self != NULL)
		self->path = malloc(len + 1);
	if (self == NULL || self->path == NULL) {
		free(self);
		return cn_fail(err, CN_MEMORY, "no memory for the store");
	}
	memcpy(self->path, where, len + 1);
	code = rs_sqlite_connect(where, &self->db, err);
	if (code == CN_OK) {
		code = prepare_file(self->db, err);
		if (code == CN_OK)
			code = rs_sqlite_writer_open(self, err);
		if (code != CN_OK)
			cn_error_at(err, "%s", where);
	}
	if (code != CN_OK) {
		close_store(self);
		return code;
	}
	*out = self;
	return CN_OK;
}

const struct rs_engine rs_engine_sqlite = {
	.scheme = "sqlite",
	.open = open_store,
	.close = close_store,
	.reader_open = rs_sqlite_reader_open,
	.reader_close = rs_sqlite_reader_close,
	.begin = rs_sqlite_begin,
	.end = rs_sqlite_end,
	.get = rs_sqlite_get,
	.history = rs_sqlite_history,
	.changes = rs_sqlite_changes,
	.section = rs_sqlite_section,
	.health = rs_sqlite_health,
	.commit = rs_sqlite_commit,
};
