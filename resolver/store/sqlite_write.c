#include "sqlite.h"

#include <stddef.h>
#include <string.h>

static const struct {
	size_t offset;
	const char *sql;
} statements[] = {
#define STATEMENT(member, sql)                          \
	{                                               \
		offsetof(struct rs_sqlite, member), sql \
	}
	/* IMMEDIATE: what is compared below stays true until the commit, also
	 * where a second process writes to the same file. */
	STATEMENT(begin, "BEGIN IMMEDIATE"),
	STATEMENT(commit, "COMMIT"),
	STATEMENT(rollback, "ROLLBACK"),
	STATEMENT(current, "SELECT version, digest, accepted FROM versions"
			   " WHERE sub = ?1 ORDER BY version DESC LIMIT 1"),
	STATEMENT(same, "SELECT seq, digest FROM versions"
			" WHERE sub = ?1 AND version = ?2"),
	STATEMENT(insert, "INSERT INTO versions"
			  " (sub, version, digest, iat, accepted, bytes)"
			  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
	STATEMENT(section, "INSERT OR IGNORE INTO sections"
			   " (seq, tier, bytes) VALUES (?1, ?2, ?3)"),
#undef STATEMENT
};
#define STATEMENTS (sizeof(statements) / sizeof(statements[0]))

static sqlite3_stmt **
slot(struct rs_sqlite *self, size_t i)
{
	return (sqlite3_stmt **)(void *)((char *)self + statements[i].offset);
}

enum cn_code
rs_sqlite_writer_open(struct rs_sqlite *self, struct cn_error *err)
{
	enum cn_code code = CN_OK;
	size_t i;

	for (i = 0; code == CN_OK && i < STATEMENTS; i++)
		code = rs_sqlite_prepare(
		    self->db, statements[i].sql, slot(self, i), err);
	return code;
}

void
rs_sqlite_writer_close(struct rs_sqlite *self)
{
	size_t i;

	for (i = 0; i < STATEMENTS; i++)
		(void)sqlite3_finalize(*slot(self, i));
}

/* What is there of a subject. */
struct standing {
	bool any; /* a current version */
	uint64_t version;
	uint8_t digest[CN_DIGEST];
	cn_instant accepted;
};

static enum cn_code
read_standing(struct rs_sqlite *self, const struct rs_write *write,
    struct standing *out, struct cn_error *err)
{
	sqlite3_stmt *stmt = self->current;
	enum cn_code code = CN_OK;
	struct cn_slice digest;
	int step = SQLITE_ERROR;

	memset(out, 0, sizeof(*out));
	if (rs_sqlite_bind_text(stmt, 1, write->sub))
		step = sqlite3_step(stmt);
	if (step == SQLITE_ROW) {
		out->any = true;
		out->version = (uint64_t)sqlite3_column_int64(stmt, 0);
		digest = rs_sqlite_blob(stmt, 1);
		if (digest.len == CN_DIGEST)
			memcpy(out->digest, digest.ptr, CN_DIGEST);
		else
			code = cn_fail(err, CN_FILE, "the store is damaged");
		out->accepted = sqlite3_column_int64(stmt, 2);
	} else if (step != SQLITE_DONE) {
		code = rs_sqlite_fail(
		    self->db, "the store cannot be read", err);
	}
	(void)sqlite3_reset(stmt);
	return code;
}

/* Is this very version there already? */
static enum cn_code
find_same(struct rs_sqlite *self, struct rs_write *write, bool *found,
    struct cn_error *err)
{
	sqlite3_stmt *stmt = self->same;
	enum cn_code code = CN_OK;
	int step = SQLITE_ERROR;

	*found = false;
	if (rs_sqlite_bind_text(stmt, 1, write->sub) &&
	    sqlite3_bind_int64(stmt, 2, (sqlite3_int64)write->version) ==
		SQLITE_OK)
		step = sqlite3_step(stmt);
	if (step == SQLITE_ROW) {
		*found = cn_slice_eq(rs_sqlite_blob(stmt, 1),
		    cn_slice_of(write->digest, CN_DIGEST));
		if (*found)
			write->seq = (uint64_t)sqlite3_column_int64(stmt, 0);
	} else if (step != SQLITE_DONE) {
		code = rs_sqlite_fail(
		    self->db, "the store cannot be read", err);
	}
	(void)sqlite3_reset(stmt);
	return code;
}

/* Compare: version 1 of a new subject, or the one after the current. */
static bool
follows(const struct rs_write *write, const struct standing *standing)
{
	if (!standing->any)
		return write->version == 1 && !write->has_supersedes;
	return write->version == standing->version + 1 &&
	       write->has_supersedes &&
	       memcmp(write->supersedes, standing->digest, CN_DIGEST) == 0;
}

static enum cn_code
insert_version(
    struct rs_sqlite *self, struct rs_write *write, struct cn_error *err)
{
	sqlite3_stmt *stmt = self->insert;
	enum cn_code code;

	if (!rs_sqlite_bind_text(stmt, 1, write->sub) ||
	    sqlite3_bind_int64(stmt, 2, (sqlite3_int64)write->version) !=
		SQLITE_OK ||
	    !rs_sqlite_bind(stmt, 3, cn_slice_of(write->digest, CN_DIGEST)) ||
	    sqlite3_bind_int64(stmt, 4, write->iat) != SQLITE_OK ||
	    sqlite3_bind_int64(stmt, 5, write->accepted) != SQLITE_OK ||
	    !rs_sqlite_bind(stmt, 6, write->bytes))
		return rs_sqlite_fail(
		    self->db, "a version cannot be stored", err);
	code = rs_sqlite_run(stmt, "a version cannot be stored", err);
	if (code == CN_OK)
		write->seq = (uint64_t)sqlite3_last_insert_rowid(self->db);
	return code;
}

static enum cn_code
insert_sections(struct rs_sqlite *self, const struct rs_write *write,
    bool *changed, struct cn_error *err)
{
	sqlite3_stmt *stmt = self->section;
	enum cn_code code = CN_OK;
	size_t i;

	for (i = 0; code == CN_OK && i < write->section_count; i++) {
		if (sqlite3_bind_int64(stmt, 1, (sqlite3_int64)write->seq) !=
			SQLITE_OK ||
		    sqlite3_bind_int64(stmt, 2, write->sections[i].tier) !=
			SQLITE_OK ||
		    !rs_sqlite_bind(stmt, 3, write->sections[i].bytes))
			return rs_sqlite_fail(
			    self->db, "a section cannot be stored", err);
		code = rs_sqlite_run(stmt, "a section cannot be stored", err);
		if (code == CN_OK && sqlite3_changes(self->db) > 0)
			*changed = true;
	}
	return code;
}

static enum cn_code
do_one(struct rs_sqlite *self, struct rs_write *write, bool *changed,
    struct cn_error *err)
{
	struct standing standing;
	enum cn_code code;
	bool same;

	write->outcome = RS_CONFLICT;
	if (write->version == 0 || write->version > INT64_MAX)
		return CN_OK;
	code = read_standing(self, write, &standing, err);
	if (code != CN_OK)
		return code;
	if (follows(write, &standing)) {
		/* Times of acceptance rise within a subject, whatever the
		 * system's clock did. */
		if (standing.any && write->accepted < standing.accepted)
			write->accepted = standing.accepted;
		write->outcome = RS_STORED;
		*changed = true;
		code = insert_version(self, write, err);
	} else {
		code = find_same(self, write, &same, err);
		if (code != CN_OK || !same)
			return code;
		write->outcome = RS_SAME;
	}
	if (code == CN_OK)
		code = insert_sections(self, write, changed, err);
	return code;
}

enum cn_code
rs_sqlite_commit(
    void *ctx, struct rs_write *list, bool *changed, struct cn_error *err)
{
	struct rs_sqlite *self = ctx;
	struct rs_write *write;
	enum cn_code code;

	*changed = false;
	code = rs_sqlite_run(self->begin, "the store cannot be written", err);
	if (code != CN_OK)
		return code;
	for (write = list; code == CN_OK && write != NULL; write = write->next)
		code = do_one(self, write, changed, err);
	if (code == CN_OK)
		code = rs_sqlite_run(
		    self->commit, "the store cannot be written", err);
	/* Some failures (a full disk) have ended the transaction already. */
	if (code != CN_OK && sqlite3_get_autocommit(self->db) == 0) {
		(void)sqlite3_step(self->rollback);
		(void)sqlite3_reset(self->rollback);
	}
	return code;
}
