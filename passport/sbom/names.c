#include "names.h"

#include <carnet/key.h>

#include <stdlib.h>
#include <string.h>

/* ---- the hash --------------------------------------------------------------- */

enum cn_code
hash_key_init(struct hash_key *key, struct cn_error *err)
{
	uint8_t bytes[16];
	enum cn_code code = cn_random(bytes, sizeof(bytes), err);

	memcpy(key->k, bytes, sizeof(bytes));
	return code;
}

static uint64_t
rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static void
sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[0] = rotate(v[0], 32);
	v[2] += v[3];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[2] = rotate(v[2], 32);
}

uint64_t
hash_text(const struct hash_key *key, struct cn_slice text)
{
	uint64_t v[4] = { key->k[0] ^ 0x736f6d6570736575u,
		key->k[1] ^ 0x646f72616e646f6du,
		key->k[0] ^ 0x6c7967656e657261u,
		key->k[1] ^ 0x7465646279746573u };
	uint64_t word, tail = (uint64_t)text.len << 56;
	size_t whole = text.len / 8 * 8;

	for (size_t i = 0; i < whole; i += 8) {
		memcpy(&word, text.ptr + i, 8);
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
	}
	for (size_t i = whole; i < text.len; i++)
		tail |= (uint64_t)text.ptr[i] << (i - whole) * 8;
	v[3] ^= tail;
	sip_round(v);
	v[0] ^= tail;
	v[2] ^= 0xff;
	sip_round(v);
	sip_round(v);
	sip_round(v);
	word = v[0] ^ v[1] ^ v[2] ^ v[3];
	return word == 0 ? 1 : word; /* 0 marks a free slot */
}

/* ---- names ------------------------------------------------------------------- */

void
names_init(
    struct names *names, struct cn_arena *arena, const struct hash_key *key)
{
	memset(names, 0, sizeof(*names));
	names->arena = arena;
	names->key = key;
}

void
names_free(struct names *names)
{
	free(names->buckets);
	names->buckets = NULL;
	names->bucket_count = 0;
}

static bool
grow(struct names *names)
{
	size_t count = names->bucket_count == 0 ? 16 : names->bucket_count * 4;
	struct name **buckets = calloc(count, sizeof(struct name *));

	if (buckets == NULL)
		return false;
	for (struct name *n = names->first; n != NULL; n = n->next) {
		size_t at = hash_text(names->key, n->text) % count;

		n->chain = buckets[at];
		buckets[at] = n;
	}
	free(names->buckets);
	names->buckets = buckets;
	names->bucket_count = count;
	return true;
}

static struct name *
look(const struct names *names, struct cn_slice text, size_t *at)
{
	struct name *n;

	*at = hash_text(names->key, text) % names->bucket_count;
	for (n = names->buckets[*at]; n != NULL; n = n->chain)
		if (cn_slice_eq(n->text, text))
			break;
	return n;
}

struct name *
names_find(const struct names *names, struct cn_slice text)
{
	size_t at;

	return names->bucket_count == 0 ? NULL : look(names, text, &at);
}

struct name *
names_add(struct names *names, struct cn_slice text)
{
	struct name *n;
	size_t at;

	if (names->count >= names->bucket_count * 2 && !grow(names))
		return NULL;
	n = look(names, text, &at);
	if (n != NULL)
		return n;
	n = cn_arena_alloc(names->arena, 1, sizeof(*n));
	if (n == NULL)
		return NULL;
	n->text = cn_arena_copy(names->arena, text);
	if (n->text.ptr == NULL)
		return NULL;
	n->number = (uint32_t)names->count++;
	n->chain = names->buckets[at];
	names->buckets[at] = n;
	if (names->last == NULL)
		names->first = n;
	else
		names->last->next = n;
	names->last = n;
	return n;
}

/* ---- marks --------------------------------------------------------------------- */

void
marks_free(struct marks *marks)
{
	free(marks->slots);
	memset(marks, 0, sizeof(*marks));
}

static struct mark *
find_mark(const struct marks *marks, uint64_t hash)
{
	size_t mask = marks->space - 1; /* a power of two */
	size_t at = (size_t)hash & mask;

	while (marks->slots[at].hash != 0 && marks->slots[at].hash != hash)
		at = (at + 1) & mask;
	return &marks->slots[at];
}

static bool
grow_marks(struct marks *marks)
{
	struct marks more = { .space = marks->space == 0 ? 64
							 : marks->space * 2 };

	more.slots = calloc(more.space, sizeof(*more.slots));
	if (more.slots == NULL)
		return false;
	more.count = marks->count;
	for (size_t i = 0; i < marks->space; i++)
		if (marks->slots[i].hash != 0)
			*find_mark(
			    &more, marks->slots[i].hash) = marks->slots[i];
	free(marks->slots);
	*marks = more;
	return true;
}

uint64_t *
marks_add(struct marks *marks, uint64_t hash, bool *is_new)
{
	struct mark *mark;

	if (marks->count * 4 >= marks->space * 3 && !grow_marks(marks))
		return NULL;
	mark = find_mark(marks, hash);
	if (is_new != NULL)
		*is_new = mark->hash == 0;
	if (mark->hash == 0) {
		mark->hash = hash;
		marks->count++;
	}
	return &mark->value;
}

const uint64_t *
marks_find(const struct marks *marks, uint64_t hash)
{
	const struct mark *mark;

	if (marks->space == 0)
		return NULL;
	mark = find_mark(marks, hash);
	return mark->hash == 0 ? NULL : &mark->value;
}
