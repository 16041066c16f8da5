/*
 * The store: every accepted version of every passport, for ever.
 *
 * Versions are only added, never changed or deleted. What everybody may read
 * (the signed bytes without disclosures) and what only some may (the sealed
 * sections) are kept apart, so that a public read cannot touch the latter.
 *
 * Readers see a snapshot and never wait for the writer. Writes go through one
 * queue: whatever has gathered while a commit was on its way to the disk goes
 * into the next one together, and each is answered only after its commit is
 * there.
 *
 * The store verifies no signature and reads no passport: that is done before.
 */
#ifndef RESOLVER_STORE_H
#define RESOLVER_STORE_H

#include <carnet/clock.h>
#include <carnet/key.h>

#define RS_SECTIONS 2

struct rs_store;

struct rs_store_options {
	/* Writes that wait; beyond it they are refused as busy. */
	unsigned queue;
	/* Writes in one commit. */
	unsigned batch;
	/* Readers kept open between requests. */
	unsigned readers;
};

extern const struct rs_store_options rs_store_defaults;

/*
 * Opens "sqlite:FILE", making it where there is none. CN_USAGE for a name that
 * no engine knows, CN_FILE where it cannot be opened or belongs to another
 * program or to a newer version of this one. options NULL: the defaults.
 */
CN_MUST_USE enum cn_code rs_store_open(const char *name,
    const struct rs_store_options *options, struct rs_store **out,
    struct cn_error *err);
/* Lets the queue run empty first; every write is answered. NULL is fine. */
void rs_store_close(struct rs_store *store);

/* ---- reading ---------------------------------------------------------------- */

/* A snapshot, for one thread, for a moment. */
struct rs_reader;

CN_MUST_USE enum cn_code rs_reader_begin(
    struct rs_store *store, struct rs_reader **out, struct cn_error *err);
void rs_reader_end(struct rs_reader *reader); /* NULL is fine */

struct rs_row {
	uint64_t seq; /* place in the order of acceptance, from 1;
				   rises, may skip */
	struct cn_slice sub;
	uint64_t version;
	uint8_t digest[CN_DIGEST];
	cn_instant iat;
	cn_instant accepted;
	struct cn_slice bytes; /* signed, without disclosures; empty where
				   only the row was asked for */
};

/*
 * A version of a subject; slices live in the arena. which: the newest, one by
 * number (key.version) or by digest (key.digest). CN_NOT_FOUND where there is
 * none.
 */
enum rs_which { RS_NEWEST, RS_BY_VERSION, RS_BY_DIGEST };
struct rs_key {
	struct cn_slice sub;
	enum rs_which which;
	uint64_t version;
	const uint8_t *digest;
	bool bytes; /* wanted */
};
CN_MUST_USE enum cn_code rs_reader_get(struct rs_reader *reader,
    const struct rs_key *key, struct cn_arena *arena, struct rs_row *out,
    struct cn_error *err);

/* Called for each row; false ends the walk. The row's slices are valid during
 * the call only. */
typedef bool (*rs_each)(void *ctx, const struct rs_row *row);

/* The versions of a subject, the newest first, from `below` (exclusive; 0:
 * from the newest) on, at most limit. */
struct rs_history {
	struct cn_slice sub;
	uint64_t below;
	unsigned limit;
	bool bytes;
};
CN_MUST_USE enum cn_code rs_reader_history(struct rs_reader *reader,
    const struct rs_history *what, rs_each each, void *ctx,
    struct cn_error *err);

/* All versions after `since` in order of acceptance, at most limit, without
 * their bytes. */
struct rs_changes {
	uint64_t since;
	unsigned limit;
};
CN_MUST_USE enum cn_code rs_reader_changes(struct rs_reader *reader,
    const struct rs_changes *what, rs_each each, void *ctx,
    struct cn_error *err);

/* A real read. *last: seq of the version accepted last, 0 where there is
 * none. */
CN_MUST_USE enum cn_code rs_reader_health(
    struct rs_reader *reader, uint64_t *last, struct cn_error *err);

/* A sealed section as it was published: the same passport with that section
 * only. For readers who may see it, never for an answer to everybody.
 * CN_NOT_FOUND where it is not held. */
struct rs_section_key {
	uint64_t seq;
	unsigned tier;
};
CN_MUST_USE enum cn_code rs_reader_section(struct rs_reader *reader,
    const struct rs_section_key *key, struct cn_arena *arena,
    struct cn_slice *out, struct cn_error *err);

/* ---- writing ------------------------------------------------------------------ */

enum rs_outcome {
	RS_STORED, /* a new version */
	RS_SAME, /* it was there; missing sections were added */
	RS_CONFLICT, /* not the version after the current one (any more) */
	RS_BUSY, /* the queue is full; nothing was done */
	RS_FAILED /* the disk failed; nothing was done; see error */
};

struct rs_section {
	unsigned tier;
	struct cn_slice bytes;
};

/*
 * One version to be stored: accepted where it is version 1 of a subject that
 * has none, or where the current version is the one before and has the digest
 * `supersedes`. The caller owns it and everything it points to until done() is
 * called, which happens exactly once, on the writer's thread (on the caller's
 * for RS_BUSY), and must not block.
 */
struct rs_write {
	struct cn_slice sub;
	uint64_t version;
	uint8_t digest[CN_DIGEST];
	bool has_supersedes;
	uint8_t supersedes[CN_DIGEST];
	cn_instant iat;
	cn_instant accepted; /* raised to that of the version
					   before where a clock went back */
	struct cn_slice bytes;
	struct rs_section sections[RS_SECTIONS];
	size_t section_count;

	enum rs_outcome outcome;
	uint64_t seq; /* of the stored or same version */
	struct cn_error error;

	void (*done)(struct rs_write *write);
	void *ctx;
	struct rs_write *next; /* the queue's */
};

void rs_store_submit(struct rs_store *store, struct rs_write *write);

/* Rises with every commit that changed something: what was prepared from an
 * older one has to be looked at again. */
uint64_t rs_store_commits(const struct rs_store *store);

#endif
