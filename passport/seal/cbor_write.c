/*
 * The writer, on the low-level encoders of libcbor: they write the shortest
 * head and return 0 where the room is too small. Everything else of that
 * library stays unused (its reader makes room for whatever a head claims).
 */
#include "cbor_head.h"

#include <cbor.h>

#define HEAD CN_CBOR_HEAD

static void
put_head(struct cn_buf *out, const uint8_t *head, size_t len)
{
	/* 0 cannot happen with room for the longest head */
	if (len > 0)
		cn_buf_put(out, cn_slice_of(head, len));
	else if (out->code == CN_OK)
		out->code = CN_FOREIGN;
}

void
cn_cbor_put_uint(struct cn_buf *out, uint64_t value)
{
	uint8_t head[HEAD];

	put_head(out, head, cbor_encode_uint(value, head, sizeof(head)));
}

void
cn_cbor_put_int(struct cn_buf *out, int64_t value)
{
	uint8_t head[HEAD];

	if (value >= 0) {
		cn_cbor_put_uint(out, (uint64_t)value);
		return;
	}
	put_head(out, head,
	    cbor_encode_negint((uint64_t)(-1 - value), head, sizeof(head)));
}

size_t
cn_cbor_bytes_head(size_t len, uint8_t head[CN_CBOR_HEAD])
{
	return cbor_encode_bytestring_start(len, head, CN_CBOR_HEAD);
}

void
cn_cbor_put_bytes(struct cn_buf *out, struct cn_slice bytes)
{
	uint8_t head[HEAD];

	put_head(out, head,
	    cbor_encode_bytestring_start(bytes.len, head, sizeof(head)));
	cn_buf_put(out, bytes);
}

void
cn_cbor_put_text(struct cn_buf *out, struct cn_slice text)
{
	uint8_t head[HEAD];

	put_head(
	    out, head, cbor_encode_string_start(text.len, head, sizeof(head)));
	cn_buf_put(out, text);
}

void
cn_cbor_put_bool(struct cn_buf *out, bool value)
{
	uint8_t head[HEAD];

	put_head(out, head, cbor_encode_bool(value, head, sizeof(head)));
}

void
cn_cbor_put_array(struct cn_buf *out, uint64_t count)
{
	uint8_t head[HEAD];

	put_head(out, head,
	    cbor_encode_array_start((size_t)count, head, sizeof(head)));
}

void
cn_cbor_put_map(struct cn_buf *out, uint64_t pairs)
{
	uint8_t head[HEAD];

	put_head(out, head,
	    cbor_encode_map_start((size_t)pairs, head, sizeof(head)));
}

void
cn_cbor_put_tag(struct cn_buf *out, uint64_t tag)
{
	uint8_t head[HEAD];

	put_head(out, head, cbor_encode_tag(tag, head, sizeof(head)));
}
