/*
 * What an engine brings to the store. One file set an engine; nothing else
 * knows it. All functions are called with the engine's own object; reading
 * ones from one thread at a time for each reader, commit from the writer's.
 */
#ifndef RESOLVER_STORE_ENGINE_H
#define RESOLVER_STORE_ENGINE_H

#include "store.h"

struct rs_engine {
	const char *scheme; /* "sqlite" */

	/* where: what stands behind "scheme:" */
	enum cn_code (*open)(
	    const char *where, void **self, struct cn_error *err);
	void (*close)(void *self);

	enum cn_code (*reader_open)(
	    void *self, void **reader, struct cn_error *err);
	void (*reader_close)(void *reader);
	enum cn_code (*begin)(void *reader, struct cn_error *err);
	void (*end)(void *reader);
	enum cn_code (*get)(void *reader, const struct rs_key *key,
	    struct cn_arena *arena, struct rs_row *out, struct cn_error *err);
	enum cn_code (*history)(void *reader, const struct rs_history *what,
	    rs_each each, void *ctx, struct cn_error *err);
	enum cn_code (*changes)(void *reader, const struct rs_changes *what,
	    rs_each each, void *ctx, struct cn_error *err);
	enum cn_code (*section)(void *reader, const struct rs_section_key *key,
	    struct cn_arena *arena, struct cn_slice *out, struct cn_error *err);
	enum cn_code (*health)(
	    void *reader, uint64_t *last, struct cn_error *err);

	/*
	 * Does all writes of the list (linked by next) in one durable
	 * transaction and sets outcome and seq of each. After a failure
	 * nothing was done and outcomes mean nothing. *changed: whether
	 * anything was written.
	 */
	enum cn_code (*commit)(void *self, struct rs_write *list, bool *changed,
	    struct cn_error *err);
};

extern const struct rs_engine rs_engine_sqlite;

#endif
