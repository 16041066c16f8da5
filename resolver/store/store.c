#include "queue.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Engines by the scheme of a store's name. */
static const struct rs_engine *const engines[] = {
	&rs_engine_sqlite,
};

const struct rs_store_options rs_store_defaults = {
	.queue = 1024,
	.batch = 256,
	.readers = 8,
};

struct rs_reader {
	struct rs_store *store;
	void *engine; /* the engine's own */
	struct rs_reader *next; /* in the store's list */
};

struct rs_store {
	const struct rs_engine *engine;
	void *self;
	struct rs_queue *queue;
	unsigned keep;

	pthread_mutex_t lock;
	/* Under the lock: readers that nobody uses. */
	struct rs_reader *idle;
	unsigned idle_count;
};

static const struct rs_engine *
engine_of(const char *name, const char **where)
{
	size_t i, len;

	for (i = 0; i < sizeof(engines) / sizeof(engines[0]); i++) {
		len = strlen(engines[i]->scheme);
		if (strncmp(name, engines[i]->scheme, len) == 0 &&
		    name[len] == ':' && name[len + 1] != '\0') {
			*where = name + len + 1;
			return engines[i];
		}
	}
	return NULL;
}

enum cn_code
rs_store_open(const char *name, const struct rs_store_options *options,
    struct rs_store **out, struct cn_error *err)
{
	const struct rs_engine *engine;
	struct rs_store *store;
	const char *where = NULL;
	enum cn_code code;

	*out = NULL;
	if (options == NULL)
		options = &rs_store_defaults;
	engine = engine_of(name, &where);
	if (engine == NULL)
		return cn_fail(err, CN_USAGE,
		    "a store is named sqlite:FILE, not \"%s\"", name);
	store = calloc(1, sizeof(*store));
	if (store == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for the store");
	store->engine = engine;
	store->keep = options->readers;
	(void)pthread_mutex_init(&store->lock, NULL);
	code = engine->open(where, &store->self, err);
	if (code == CN_OK)
		code = rs_queue_start(
		    engine, store->self, options, &store->queue, err);
	if (code != CN_OK) {
		rs_store_close(store);
		return code;
	}
	*out = store;
	return CN_OK;
}

static void
reader_free(struct rs_reader *reader)
{
	if (reader->engine != NULL)
		reader->store->engine->reader_close(reader->engine);
	free(reader);
}

void
rs_store_close(struct rs_store *store)
{
	struct rs_reader *reader;

	if (store == NULL)
		return;
	rs_queue_stop(store->queue);
	while ((reader = store->idle) != NULL) {
		store->idle = reader->next;
		reader_free(reader);
	}
	if (store->self != NULL)
		store->engine->close(store->self);
	(void)pthread_mutex_destroy(&store->lock);
	free(store);
}

/* ---- reading --------------------------------------------------------------- */

static struct rs_reader *
reader_new(struct rs_store *store, struct cn_error *err)
{
	struct rs_reader *reader = calloc(1, sizeof(*reader));

	if (reader == NULL) {
		(void)cn_fail(err, CN_MEMORY, "no memory for a reader");
		return NULL;
	}
	reader->store = store;
	if (store->engine->reader_open(store->self, &reader->engine, err) !=
	    CN_OK) {
		reader_free(reader);
		return NULL;
	}
	return reader;
}

enum cn_code
rs_reader_begin(
    struct rs_store *store, struct rs_reader **out, struct cn_error *err)
{
	struct cn_error why = { 0 };
	struct rs_reader *reader;

	*out = NULL;
	(void)pthread_mutex_lock(&store->lock);
	reader = store->idle;
	if (reader != NULL) {
		store->idle = reader->next;
		store->idle_count--;
	}
	(void)pthread_mutex_unlock(&store->lock);
	if (reader == NULL)
		reader = reader_new(store, &why);
	if (reader != NULL &&
	    store->engine->begin(reader->engine, &why) != CN_OK) {
		reader_free(reader);
		reader = NULL;
	}
	if (reader == NULL) {
		if (err != NULL)
			*err = why;
		return why.code;
	}
	*out = reader;
	return CN_OK;
}

void
rs_reader_end(struct rs_reader *reader)
{
	struct rs_store *store;
	bool keep;

	if (reader == NULL)
		return;
	store = reader->store;
	store->engine->end(reader->engine);
	(void)pthread_mutex_lock(&store->lock);
	keep = store->idle_count < store->keep;
	if (keep) {
		reader->next = store->idle;
		store->idle = reader;
		store->idle_count++;
	}
	(void)pthread_mutex_unlock(&store->lock);
	if (!keep)
		reader_free(reader);
}

enum cn_code
rs_reader_get(struct rs_reader *reader, const struct rs_key *key,
    struct cn_arena *arena, struct rs_row *out, struct cn_error *err)
{
	memset(out, 0, sizeof(*out));
	return reader->store->engine->get(reader->engine, key, arena, out, err);
}

enum cn_code
rs_reader_history(struct rs_reader *reader, const struct rs_history *what,
    rs_each each, void *ctx, struct cn_error *err)
{
	return reader->store->engine->history(
	    reader->engine, what, each, ctx, err);
}

enum cn_code
rs_reader_changes(struct rs_reader *reader, const struct rs_changes *what,
    rs_each each, void *ctx, struct cn_error *err)
{
	return reader->store->engine->changes(
	    reader->engine, what, each, ctx, err);
}

enum cn_code
rs_reader_section(struct rs_reader *reader, const struct rs_section_key *key,
    struct cn_arena *arena, struct cn_slice *out, struct cn_error *err)
{
	*out = CN_SLICE_NONE;
	return reader->store->engine->section(
	    reader->engine, key, arena, out, err);
}

enum cn_code
rs_reader_health(struct rs_reader *reader, uint64_t *last, struct cn_error *err)
{
	*last = 0;
	return reader->store->engine->health(reader->engine, last, err);
}

/* ---- writing --------------------------------------------------------------- */

void
rs_store_submit(struct rs_store *store, struct rs_write *write)
{
	rs_queue_put(store->queue, write);
}

uint64_t
rs_store_commits(const struct rs_store *store)
{
	return rs_queue_commits(store->queue);
}
