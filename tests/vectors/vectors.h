/*
 * What the kinds of vectors share: files of a folder, their JSON, counting.
 * Verdicts come from the product's code alone.
 */
#ifndef TEST_VECTORS_H
#define TEST_VECTORS_H

#include <carnet/json.h>

struct vectors {
	const char *dir;
	const char *file; /* the file at hand, without the folder */
	const struct cn_json *expect; /* DIR/../EXPECT_….json, or NULL */
	struct cn_arena *arena; /* of the file at hand */
	size_t passed, failed;
};

/* Runs the cases of one file. */
typedef void (*vectors_run)(struct vectors *v, const struct cn_json *root);

/* Runs the cases of a folder; false where it is no such folder. */
typedef bool (*vectors_whole)(struct vectors *v);

/* The kinds. */
void run_attacks(struct vectors *v, const struct cn_json *root);
void run_cose_wg(struct vectors *v, const struct cn_json *root);
void run_gluecose(struct vectors *v, const struct cn_json *root);
void run_cbor(struct vectors *v, const struct cn_json *root);
void run_wycheproof(struct vectors *v, const struct cn_json *root);
void run_base10(struct vectors *v, const struct cn_json *root);
void run_links(struct vectors *v, const struct cn_json *root);
void run_rules(struct vectors *v, const struct cn_json *root);
bool whole_sbom(struct vectors *v);
bool whole_vex(struct vectors *v);
bool whole_jcs(struct vectors *v);

/* A JSON file; NULL, with a word to standard error, where it is none. */
struct cn_json *vectors_load(const char *path, struct cn_arena *arena);

/* Counts a case; one that fails gets a line with its name and the words. */
void vectors_count(struct vectors *v, bool passed, const char *name,
    const char *fmt, ...) CN_PRINTF(4, 5);
/* The file is not what it should be: a failure. */
void vectors_unreadable(struct vectors *v, const char *why);

/* A text member, with NULs where the file has them; ptr NULL where there is
 * none. */
struct cn_slice vectors_text(
    struct vectors *v, const struct cn_json *object, const char *key);
/* Bytes of hex digits; false where it is no such text. */
bool vectors_hex(struct vectors *v, struct cn_slice text, struct cn_slice *out);
/* Bytes of base64url without padding (RFC 4648 section 5). */
bool vectors_base64(
    struct vectors *v, struct cn_slice text, struct cn_slice *out);
/* Member of a member …, to the first NULL. */
const struct cn_json *vectors_at(
    const struct cn_json *object, const char *first, ...);
/* true, false, or neither (other types): -1. */
int vectors_bool(const struct cn_json *value);
/* The entry of the expectations for the file at hand, or NULL. */
const struct cn_json *vectors_expected(const struct vectors *v);

#endif
