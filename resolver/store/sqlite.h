/* The SQLite engine's own: connections and statements. */
#ifndef RESOLVER_STORE_SQLITE_H
#define RESOLVER_STORE_SQLITE_H

#include "engine.h"

#include <sqlite3.h>

struct rs_sqlite {
	char *path;
	sqlite3 *db; /* the writer's connection */
	sqlite3_stmt *begin, *commit, *rollback;
	sqlite3_stmt *current, *insert, *same, *section;
};

struct rs_sqlite_reader {
	sqlite3 *db;
	sqlite3_stmt *begin, *commit;
	sqlite3_stmt *newest, *by_version, *by_digest;
	sqlite3_stmt *newest_row, *by_version_row, *by_digest_row;
	sqlite3_stmt *history, *history_bytes, *changes, *section, *health;
};

/* Records what SQLite says about its last call. */
enum cn_code rs_sqlite_fail(
    sqlite3 *db, const char *doing, struct cn_error *err);
CN_MUST_USE enum cn_code rs_sqlite_connect(
    const char *path, sqlite3 **out, struct cn_error *err);
CN_MUST_USE enum cn_code rs_sqlite_prepare(
    sqlite3 *db, const char *sql, sqlite3_stmt **out, struct cn_error *err);
/* Runs a statement without result and resets it. */
CN_MUST_USE enum cn_code rs_sqlite_run(
    sqlite3_stmt *stmt, const char *doing, struct cn_error *err);
bool rs_sqlite_bind(sqlite3_stmt *stmt, int at, struct cn_slice blob);
bool rs_sqlite_bind_text(sqlite3_stmt *stmt, int at, struct cn_slice text);
struct cn_slice rs_sqlite_blob(sqlite3_stmt *stmt, int column);

/* sqlite_read.c */
enum cn_code rs_sqlite_reader_open(
    void *self, void **out, struct cn_error *err);
void rs_sqlite_reader_close(void *reader);
enum cn_code rs_sqlite_begin(void *reader, struct cn_error *err);
void rs_sqlite_end(void *reader);
enum cn_code rs_sqlite_get(void *reader, const struct rs_key *key,
    struct cn_arena *arena, struct rs_row *out, struct cn_error *err);
enum cn_code rs_sqlite_history(void *ctx, const struct rs_history *what,
    rs_each each, void *each_ctx, struct cn_error *err);
enum cn_code rs_sqlite_changes(void *ctx, const struct rs_changes *what,
    rs_each each, void *each_ctx, struct cn_error *err);
enum cn_code rs_sqlite_section(void *reader, const struct rs_section_key *key,
    struct cn_arena *arena, struct cn_slice *out, struct cn_error *err);
enum cn_code rs_sqlite_health(
    void *reader, uint64_t *last, struct cn_error *err);

/* sqlite_write.c */
CN_MUST_USE enum cn_code rs_sqlite_writer_open(
    struct rs_sqlite *self, struct cn_error *err);
void rs_sqlite_writer_close(struct rs_sqlite *self);
enum cn_code rs_sqlite_commit(
    void *self, struct rs_write *list, bool *changed, struct cn_error *err);

#endif
