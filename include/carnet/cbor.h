/*
 * CBOR (RFC 8949), core deterministic encoding only (section 4.2.1): shortest
 * heads, definite lengths, keys in bytewise order, no duplicates, valid UTF-8
 * without NUL, nothing behind the item. The check allocates nothing and is
 * done before anything else looks at the bytes; the cursor relies on it.
 */
#ifndef CARNET_CBOR_H
#define CARNET_CBOR_H

#include <carnet/bytes.h>

#define CN_CBOR_DEPTH 16

/* One complete item in deterministic form, nested at most CN_CBOR_DEPTH deep
 * (arrays, maps and tags count). Floating-point numbers are in the shortest
 * form that keeps the value, NaN is f97e00, a bignum is one that no integer
 * could hold; null and unassigned simple values pass: which kinds are wanted
 * is the decoder's matter. CN_MALFORMED with "byte N" as place. */
CN_API CN_MUST_USE enum cn_code cn_cbor_check(
    struct cn_slice bytes, struct cn_error *err);

enum cn_cbor_major {
	CN_CBOR_UINT,
	CN_CBOR_NEGATIVE,
	CN_CBOR_BYTES,
	CN_CBOR_TEXT,
	CN_CBOR_ARRAY,
	CN_CBOR_MAP,
	CN_CBOR_TAG,
	CN_CBOR_SIMPLE
};

/* A cursor over checked bytes. A read that does not fit the next item returns
 * false and leaves the cursor where it was. */
struct cn_cbor {
	const uint8_t *at, *end;
};

CN_API struct cn_cbor cn_cbor_over(struct cn_slice bytes);
CN_API bool cn_cbor_at_end(const struct cn_cbor *c);
/* Major type of the next item, or -1 at the end. */
CN_API int cn_cbor_peek(const struct cn_cbor *c);
CN_API bool cn_cbor_uint(struct cn_cbor *c, uint64_t *out);
/* Any integer within int64_t. */
CN_API bool cn_cbor_int(struct cn_cbor *c, int64_t *out);
CN_API bool cn_cbor_bytes(struct cn_cbor *c, struct cn_slice *out);
CN_API bool cn_cbor_text(struct cn_cbor *c, struct cn_slice *out);
CN_API bool cn_cbor_bool(struct cn_cbor *c, bool *out);
CN_API bool cn_cbor_nil(struct cn_cbor *c);
CN_API bool cn_cbor_array(struct cn_cbor *c, uint64_t *count);
CN_API bool cn_cbor_map(struct cn_cbor *c, uint64_t *pairs);
CN_API bool cn_cbor_tag(struct cn_cbor *c, uint64_t *tag);
/* The next item as a whole, passed over. Every read is held against the end,
 * so bytes that were not checked give false, never a read out of bounds. */
CN_API bool cn_cbor_item(struct cn_cbor *c, struct cn_slice *out);

/* Latching writer: shortest heads into a capped buffer. The caller brings map
 * keys in order. */
CN_API void cn_cbor_put_uint(struct cn_buf *out, uint64_t value);
CN_API void cn_cbor_put_int(struct cn_buf *out, int64_t value);
CN_API void cn_cbor_put_bytes(struct cn_buf *out, struct cn_slice bytes);
CN_API void cn_cbor_put_text(struct cn_buf *out, struct cn_slice text);
CN_API void cn_cbor_put_bool(struct cn_buf *out, bool value);
CN_API void cn_cbor_put_array(struct cn_buf *out, uint64_t count);
CN_API void cn_cbor_put_map(struct cn_buf *out, uint64_t pairs);
CN_API void cn_cbor_put_tag(struct cn_buf *out, uint64_t tag);

/* Diagnostic notation (RFC 8949 section 8), two blanks a level. Characters that
 * a terminal would obey (controls, direction overrides) are escaped. */
CN_API void cn_cbor_diag(struct cn_slice checked, struct cn_buf *out);
/* The same, but a byte string that holds a map or an array in deterministic
 * form is opened: << … >> (RFC 8610 appendix G.3). For COSE messages. */
CN_API void cn_cbor_diag_embedded(struct cn_slice checked, struct cn_buf *out);

#endif
