/*
 * What the stages of an inspection share. Private to inspect*.c.
 */
#ifndef CARNET_PASSPORT_INSPECT_H
#define CARNET_PASSPORT_INSPECT_H

#include <carnet/file.h>
#include <carnet/inspect.h>
#include <carnet/link.h>
#include <carnet/symbol.h>

struct scan {
	const struct cn_inspect *how;
	struct cn_arena *arena;
	struct cn_inspection *out;
};

/* The first failure decides the exit status; later ones leave it. */
void scan_verdict(
    struct scan *scan, enum cn_code code, const struct cn_error *err);

/* Verifies bytes as a passport into *out; the judgement is in out->code.
 * Another return than CN_OK: memory. */
enum cn_code scan_passport(struct scan *scan, struct cn_slice bytes,
    struct cn_slice from, struct cn_seen_passport **out, struct cn_error *err);

/* Bytes of a passport behind a URL, into the arena. */
enum cn_code scan_fetch(struct scan *scan, struct cn_slice url,
    struct cn_slice *bytes, struct cn_slice *from, struct cn_error *err);

/* Where to ask for a printed URL: there, or at the mirror. */
enum cn_code scan_address(struct scan *scan, struct cn_slice url,
    struct cn_slice *out, struct cn_error *err);

/*
 * Does the version that the capsule names stand in the history of the fetched
 * passport, or of one of an ancestor? Sets consistent and changes.
 */
enum cn_code scan_history(struct scan *scan, struct cn_error *err);

#endif
