/*
 * The head of a CBOR item (RFC 8949 section 3): shared by the check, the
 * cursor and the diagnostic notation.
 */
#ifndef SEAL_CBOR_HEAD_H
#define SEAL_CBOR_HEAD_H

#include <carnet/cbor.h>

struct cn_cbor_head {
	enum cn_cbor_major major;
	unsigned extra; /* additional information, 0 to 27 */
	uint64_t value; /* argument */
};

/* Reads a head and moves *at behind it; false, with *at left where it was,
 * where the bytes end early or the head is reserved or indefinite. */
bool cn_cbor_head_read(
    const uint8_t **at, const uint8_t *end, struct cn_cbor_head *head);

/* Writes the head of a byte string and returns its length; 0 where the library
 * fails. */
#define CN_CBOR_HEAD 9
size_t cn_cbor_bytes_head(size_t len, uint8_t head[CN_CBOR_HEAD]);

/* Is the argument in the shortest of the five widths? */
bool cn_cbor_head_short(const struct cn_cbor_head *head);

#endif
