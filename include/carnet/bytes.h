/*
 * Bytes: slices that borrow, buffers that own, arenas that own many.
 *
 * A cn_slice is a pointer and a length that travel together; it owns nothing
 * and is never freed. A cn_buf owns its bytes and latches: after the first
 * failure every further write is ignored and cn_buf_code() tells why. Whatever
 * grows has a ceiling that is given at birth.
 */
#ifndef CARNET_BYTES_H
#define CARNET_BYTES_H

#include <carnet/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- slices (borrow) -------------------------------------------------- */

struct cn_slice {
	const uint8_t *ptr;
	size_t len;
};

#define CN_SLICE_NONE ((struct cn_slice){ NULL, 0 })
/* A slice of a string literal, without its NUL. */
#define CN_SLICE(literal)   \
	((struct cn_slice){ \
	    (const uint8_t *)("" literal), sizeof(literal) - 1 })

CN_API struct cn_slice cn_slice_of(const void *ptr, size_t len);
CN_API struct cn_slice cn_slice_str(const char *str); /* NULL: empty */
CN_API bool cn_slice_eq(struct cn_slice a, struct cn_slice b);
CN_API bool cn_slice_is(struct cn_slice a, const char *str);
CN_API bool cn_slice_starts(struct cn_slice a, const char *prefix);
CN_API bool cn_slice_ends(struct cn_slice a, const char *suffix);
/* Bytewise, the shorter first where one is a prefix of the other. */
CN_API int cn_slice_cmp(struct cn_slice a, struct cn_slice b);
/* The part from `from` on, at most `len` bytes; clamped, never out of range. */
CN_API struct cn_slice cn_slice_sub(struct cn_slice a, size_t from, size_t len);
/* Offset of the first `byte`, or a.len where there is none. */
CN_API size_t cn_slice_find(struct cn_slice a, uint8_t byte);
/* For printf's "%.*s": the length, cut at INT_MAX, and the pointer. */
#define CN_FMT(s)                                           \
	(int)((s).len > 0x7fffffff ? 0x7fffffff : (s).len), \
	    (const char *)((s).len == 0 ? (const uint8_t *)"" : (s).ptr)

/* Unsigned decimal without sign, space or leading zeros; false if it is not
 * one or exceeds max. */
CN_API bool cn_slice_uint(struct cn_slice a, uint64_t max, uint64_t *out);

/* ---- UTF-8 and hex ---------------------------------------------------- */

/* Valid UTF-8 (RFC 3629) without NUL. *bad: offset of the first fault, may be
 * NULL. */
CN_API bool cn_utf8_ok(struct cn_slice text, size_t *bad);
/* Number of code points of valid UTF-8. */
CN_API size_t cn_utf8_length(struct cn_slice text);
/* Writes 2 * bytes.len lower-case digits and a NUL to out. */
CN_API void cn_hex(struct cn_slice bytes, char *out);
/* Reads exactly 2 * len hex digits of either case; false otherwise. */
CN_API bool cn_unhex(struct cn_slice text, uint8_t *out, size_t len);

/* ---- buffers (own, latching, capped) ---------------------------------- */

struct cn_buf {
	uint8_t *ptr;
	size_t len;
	size_t space;
	size_t max; /* ceiling in bytes */
	enum cn_code code; /* first failure: CN_TOO_LARGE or CN_MEMORY */
	bool secret; /* wiped when it grows and when it is freed */
};

/* An empty buffer that will never hold more than max bytes. */
CN_API void cn_buf_init(struct cn_buf *buf, size_t max);
/* The same for secrets. */
CN_API void cn_buf_init_secret(struct cn_buf *buf, size_t max);
/* Frees (and wipes a secret's) bytes; the buffer is empty and usable again. */
CN_API void cn_buf_free(struct cn_buf *buf);
/* Empties without freeing and forgets a failure. */
CN_API void cn_buf_reset(struct cn_buf *buf);
CN_API void cn_buf_put(struct cn_buf *buf, struct cn_slice bytes);
CN_API void cn_buf_byte(struct cn_buf *buf, uint8_t byte);
CN_API void cn_buf_str(struct cn_buf *buf, const char *str);
CN_API void cn_buf_printf(struct cn_buf *buf, const char *fmt, ...)
    CN_PRINTF(2, 3);
/* Room for len more bytes that the caller fills: a pointer valid until the
 * next write, or NULL after a failure. The length grows at once. */
CN_API uint8_t *cn_buf_grow(struct cn_buf *buf, size_t len);
CN_API struct cn_slice cn_buf_slice(const struct cn_buf *buf);
/* CN_OK, or the latched failure put into err. */
CN_API CN_MUST_USE enum cn_code cn_buf_code(
    const struct cn_buf *buf, struct cn_error *err);

/* Overwrites in a way that the compiler keeps. NULL with 0 is fine. */
CN_API void cn_wipe(void *ptr, size_t len);

/* ---- arenas (own many small things, freed at once) --------------------- */

struct cn_arena;

/* An arena whose blocks together never exceed max bytes; NULL when memory is
 * short. */
CN_API struct cn_arena *cn_arena_new(size_t max);
CN_API void cn_arena_free(struct cn_arena *arena); /* NULL is fine */
/* Zeroed memory aligned for any type, or NULL at the ceiling or when memory
 * is short. count * size is checked for overflow. */
CN_API void *cn_arena_alloc(struct cn_arena *arena, size_t count, size_t size);
/* A copy of the bytes with a NUL behind them (not counted in len). Empty and
 * with ptr NULL on failure; an empty input gives a non-NULL ptr. */
CN_API struct cn_slice cn_arena_copy(
    struct cn_arena *arena, struct cn_slice bytes);
/* Printed text, NUL behind it; ptr NULL on failure. */
CN_API struct cn_slice cn_arena_printf(
    struct cn_arena *arena, const char *fmt, ...) CN_PRINTF(2, 3);

#endif
