/*
 * Sets of texts: each is kept once, has a number and a counter. And a smaller
 * one that keeps only keyed hashes. Private to sbom/.
 */
#ifndef CARNET_SBOM_NAMES_H
#define CARNET_SBOM_NAMES_H

#include <carnet/bytes.h>

/* SipHash-1-3 under a key of this process' own, so that a stranger cannot
 * choose texts that collide. */
struct hash_key {
	uint64_t k[2];
};

enum cn_code hash_key_init(struct hash_key *key, struct cn_error *err);
uint64_t hash_text(const struct hash_key *key, struct cn_slice text);

struct name {
	struct cn_slice text; /* in the arena; NUL-terminated */
	size_t count;
	uint32_t number; /* in the order of arrival, from 0 */
	void *value; /* the user's */
	struct name *next; /* in the order of arrival */
	struct name *chain;
};

struct names {
	struct cn_arena *arena; /* borrow */
	const struct hash_key *key; /* borrow */
	struct name **buckets; /* own */
	size_t bucket_count, count;
	struct name *first, *last;
};

void names_init(
    struct names *names, struct cn_arena *arena, const struct hash_key *key);
void names_free(struct names *names);
/* The name, made where it is new; NULL when memory is short. */
struct name *names_add(struct names *names, struct cn_slice text);
/* NULL where it is not there. */
struct name *names_find(const struct names *names, struct cn_slice text);

/* Hash → number. 64 bits under a secret key stand for the text itself. */
struct marks {
	struct mark {
		uint64_t hash; /* never 0 */
		uint64_t value;
	} * slots; /* own */
	size_t space, count;
};

void marks_free(struct marks *marks);
/* The value of a hash, 0 where it is new; NULL when memory is short. *is_new
 * may be NULL. */
uint64_t *marks_add(struct marks *marks, uint64_t hash, bool *is_new);
const uint64_t *marks_find(const struct marks *marks, uint64_t hash);

#endif
