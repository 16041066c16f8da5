#include "sqlite.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Every statement of a reader: where it is kept and what it says. */
#define ROW "seq, sub, version, digest, iat, accepted"

static const struct {
	size_t offset;
	const char *sql;
} statements[] = {
#define STATEMENT(member, sql)                                 \
	{                                                      \
		offsetof(struct rs_sqlite_reader, member), sql \
	}
	STATEMENT(begin, "BEGIN"),
	STATEMENT(commit, "COMMIT"),
	STATEMENT(newest, "SELECT " ROW ", bytes FROM versions"
			  " WHERE sub = ?1 ORDER BY version DESC LIMIT 1"),
	STATEMENT(newest_row, "SELECT " ROW " FROM versions"
			      " WHERE sub = ?1 ORDER BY version DESC LIMIT 1"),
	STATEMENT(by_version, "SELECT " ROW ", bytes FROM versions"
			      " WHERE sub = ?1 AND version = ?2"),
	STATEMENT(by_version_row, "SELECT " ROW " FROM versions"
				  " WHERE sub = ?1 AND version = ?2"),
	STATEMENT(by_digest, "SELECT " ROW ", bytes FROM versions"
			     " WHERE sub = ?1 AND digest = ?2"),
	STATEMENT(by_digest_row, "SELECT " ROW " FROM versions"
				 " WHERE sub = ?1 AND digest = ?2"),
	STATEMENT(history, "SELECT " ROW " FROM versions"
			   " WHERE sub = ?1 AND version < ?2"
			   " ORDER BY version DESC LIMIT ?3"),
	STATEMENT(history_bytes, "SELECT " ROW ", bytes FROM versions"
				 " WHERE sub = ?1 AND version < ?2"
				 " ORDER BY version DESC LIMIT ?3"),
	STATEMENT(changes, "SELECT " ROW " FROM versions"
			   " WHERE seq > ?1 ORDER BY seq LIMIT ?2"),
	STATEMENT(
	    section, "SELECT bytes FROM sections WHERE seq = ?1 AND tier = ?2"),
	STATEMENT(health,
	    "SELECT seq, digest FROM versions ORDER BY seq DESC LIMIT 1"),
#undef STATEMENT
};
#define STATEMENTS (sizeof(statements) / sizeof(statements[0]))

static sqlite3_stmt **
slot(struct rs_sqlite_reader *reader, size_t i)
{
	return (sqlite3_stmt **)(void *)((char *)reader + statements[i].offset);
}

void
rs_sqlite_reader_close(void *ctx)
{
	struct rs_sqlite_reader *reader = ctx;
	size_t i;

	for (i = 0; i < STATEMENTS; i++)
		(void)sqlite3_finalize(*slot(reader, i));
	(void)sqlite3_close(reader->db);
	free(reader);
}

enum cn_code
rs_sqlite_reader_open(void *ctx, void **out, struct cn_error *err)
{
	struct rs_sqlite *self = ctx;
	struct rs_sqlite_reader *reader = calloc(1, sizeof(*reader));
	enum cn_code code;
	size_t i;

	*out = NULL;
	if (reader == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	code = rs_sqlite_connect(self->path, &reader->db, err);
	if (code == CN_OK &&
	    sqlite3_exec(reader->db,
		"PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;"
		"PRAGMA mmap_size = 67108864",
		NULL, NULL, NULL) != SQLITE_OK)
		code = rs_sqlite_fail(
		    reader->db, "a reader cannot be set up", err);
	for (i = 0; code == CN_OK && i < STATEMENTS; i++)
		code = rs_sqlite_prepare(
		    reader->db, statements[i].sql, slot(reader, i), err);
	if (code != CN_OK) {
		rs_sqlite_reader_close(reader);
		return code;
	}
	*out = reader;
	return CN_OK;
}

enum cn_code
rs_sqlite_begin(void *ctx, struct cn_error *err)
{
	struct rs_sqlite_reader *reader = ctx;

	return rs_sqlite_run(reader->begin, "the store cannot be read", err);
}

void
rs_sqlite_end(void *ctx)
{
	struct rs_sqlite_reader *reader = ctx;

	/* Nothing was written: ending cannot fail in a way that matters. */
	if (rs_sqlite_run(reader->commit, "end", NULL) != CN_OK)
		(void)sqlite3_exec(reader->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- rows ------------------------------------------------------------------ */

/* The columns of ROW, and the bytes where they were asked for. Borrowed from
 * the statement. False: the row cannot be one of ours. */
static bool
row_read(sqlite3_stmt *stmt, struct rs_row *out)
{
	struct cn_slice digest = rs_sqlite_blob(stmt, 3);

	memset(out, 0, sizeof(*out));
	if (digest.len != sizeof(out->digest))
		return false;
	memcpy(out->digest, digest.ptr, sizeof(out->digest));
	out->seq = (uint64_t)sqlite3_column_int64(stmt, 0);
	out->sub = rs_sqlite_blob(stmt, 1);
	out->version = (uint64_t)sqlite3_column_int64(stmt, 2);
	out->iat = sqlite3_column_int64(stmt, 4);
	out->accepted = sqlite3_column_int64(stmt, 5);
	/* Neither is ever empty: then memory ran out. */
	if (out->sub.len == 0)
		return false;
	if (sqlite3_column_count(stmt) <= 6)
		return true;
	out->bytes = rs_sqlite_blob(stmt, 6);
	return out->bytes.len > 0;
}

static enum cn_code
damaged(struct cn_error *err)
{
	return cn_fail(err, CN_FILE, "the store is damaged");
}

static sqlite3_stmt *
get_statement(struct rs_sqlite_reader *reader, const struct rs_key *key)
{
	switch (key->which) {
	case RS_BY_VERSION:
		return key->bytes ? reader->by_version : reader->by_version_row;
	case RS_BY_DIGEST:
		return key->bytes ? reader->by_digest : reader->by_digest_row;
	case RS_NEWEST:
	default:
		return key->bytes ? reader->newest : reader->newest_row;
	}
}

static bool
get_bind(sqlite3_stmt *stmt, const struct rs_key *key)
{
	if (!rs_sqlite_bind_text(stmt, 1, key->sub))
		return false;
	if (key->which == RS_BY_VERSION)
		return sqlite3_bind_int64(
			   stmt, 2, (sqlite3_int64)key->version) == SQLITE_OK;
	if (key->which == RS_BY_DIGEST)
		return rs_sqlite_bind(
		    stmt, 2, cn_slice_of(key->digest, CN_DIGEST));
	return true;
}

enum cn_code
rs_sqlite_get(void *ctx, const struct rs_key *key, struct cn_arena *arena,
    struct rs_row *out, struct cn_error *err)
{
	struct rs_sqlite_reader *reader = ctx;
	sqlite3_stmt *stmt = get_statement(reader, key);
	enum cn_code code = CN_OK;
	int step = SQLITE_ERROR;

	if (key->version > INT64_MAX)
		return cn_fail(err, CN_NOT_FOUND, "no such version");
	if (get_bind(stmt, key))
		step = sqlite3_step(stmt);
	if (step == SQLITE_DONE) {
		code = cn_fail(err, CN_NOT_FOUND, "no such passport");
	} else if (step != SQLITE_ROW) {
		code = rs_sqlite_fail(
		    reader->db, "the store cannot be read", err);
	} else if (!row_read(stmt, out)) {
		code = damaged(err);
	} else {
		out->sub = cn_arena_copy(arena, out->sub);
		if (key->bytes)
			out->bytes = cn_arena_copy(arena, out->bytes);
		if (out->sub.ptr == NULL ||
		    (key->bytes && out->bytes.ptr == NULL))
			code = cn_fail(
			    err, CN_MEMORY, "no memory for a passport");
	}
	(void)sqlite3_reset(stmt);
	if (code != CN_OK)
		memset(out, 0, sizeof(*out));
	return code;
}

/* Steps through a bound statement and resets it. */
static enum cn_code
walk(sqlite3_stmt *stmt, rs_each each, void *ctx, struct cn_error *err)
{
	struct rs_row row;
	enum cn_code code = CN_OK;
	int step;

	while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (!row_read(stmt, &row)) {
			code = damaged(err);
			break;
		}
		if (!each(ctx, &row))
			break;
	}
	if (step != SQLITE_ROW && step != SQLITE_DONE)
		code = rs_sqlite_fail(
		    sqlite3_db_handle(stmt), "the store cannot be read", err);
	(void)sqlite3_reset(stmt);
	return code;
}

static sqlite3_int64
clamp(uint64_t number)
{
	return number > INT64_MAX ? INT64_MAX : (sqlite3_int64)number;
}

enum cn_code
rs_sqlite_history(void *ctx, const struct rs_history *what, rs_each each,
    void *each_ctx, struct cn_error *err)
{
	struct rs_sqlite_reader *reader = ctx;
	sqlite3_stmt *stmt;

	stmt = what->bytes ? reader->history_bytes : reader->history;
	if (!rs_sqlite_bind_text(stmt, 1, what->sub) ||
	    sqlite3_bind_int64(
		stmt, 2, what->below == 0 ? INT64_MAX : clamp(what->below)) !=
		SQLITE_OK ||
	    sqlite3_bind_int64(stmt, 3, what->limit) != SQLITE_OK)
		return rs_sqlite_fail(
		    reader->db, "the store cannot be asked", err);
	return walk(stmt, each, each_ctx, err);
}

enum cn_code
rs_sqlite_changes(void *ctx, const struct rs_changes *what, rs_each each,
    void *each_ctx, struct cn_error *err)
{
	struct rs_sqlite_reader *reader = ctx;

	if (sqlite3_bind_int64(reader->changes, 1, clamp(what->since)) !=
		SQLITE_OK ||
	    sqlite3_bind_int64(reader->changes, 2, what->limit) != SQLITE_OK)
		return rs_sqlite_fail(
		    reader->db, "the store cannot be asked", err);
	return walk(reader->changes, each, each_ctx, err);
}

enum cn_code
rs_sqlite_section(void *ctx, const struct rs_section_key *key,
    struct cn_arena *arena, struct cn_slice *out, struct cn_error *err)
{
	struct rs_sqlite_reader *reader = ctx;
	sqlite3_stmt *stmt = reader->section;
	enum cn_code code = CN_OK;
	int step = SQLITE_ERROR;

	*out = CN_SLICE_NONE;
	if (sqlite3_bind_int64(stmt, 1, clamp(key->seq)) == SQLITE_OK &&
	    sqlite3_bind_int64(stmt, 2, key->tier) == SQLITE_OK)
		step = sqlite3_step(stmt);
	if (step == SQLITE_ROW) {
		struct cn_slice blob = rs_sqlite_blob(stmt, 0);

		if (blob.len > 0)
			*out = cn_arena_copy(arena, blob);
		if (blob.len == 0 || out->ptr == NULL)
			code = cn_fail(
			    err, CN_MEMORY, "no memory for a section");
	} else if (step == SQLITE_DONE) {
		code = cn_fail(err, CN_NOT_FOUND, "no such section");
	} else {
		code = rs_sqlite_fail(
		    reader->db, "the store cannot be read", err);
	}
	(void)sqlite3_reset(stmt);
	return code;
}

enum cn_code
rs_sqlite_health(void *ctx, uint64_t *last, struct cn_error *err)
{
	struct rs_sqlite_reader *reader = ctx;
	sqlite3_stmt *stmt = reader->health;
	enum cn_code code = CN_OK;
	int step = sqlite3_step(stmt);

	if (step == SQLITE_ROW && sqlite3_column_bytes(stmt, 1) != CN_DIGEST)
		code = damaged(err);
	else if (step == SQLITE_ROW)
		*last = (uint64_t)sqlite3_column_int64(stmt, 0);
	else if (step != SQLITE_DONE)
		code = rs_sqlite_fail(
		    reader->db, "the store cannot be read", err);
	(void)sqlite3_reset(stmt);
	return code;
}
