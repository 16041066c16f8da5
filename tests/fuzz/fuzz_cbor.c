/*
 * The CBOR check and cursor. Whatever the check accepts is read by the cursor
 * to its end and written again as the same bytes; nothing longer or shorter
 * is accepted.
 */
#include "fuzz.h"

#include <carnet/cbor.h>

#include <string.h>

static void copy_item(struct cn_cbor *c, struct cn_buf *out);

static void
copy_container(struct cn_cbor *c, struct cn_buf *out)
{
	uint64_t count = 0;

	if (cn_cbor_array(c, &count)) {
		cn_cbor_put_array(out, count);
	} else {
		FUZZ_HOLDS(cn_cbor_map(c, &count));
		cn_cbor_put_map(out, count);
		FUZZ_HOLDS(count <= UINT64_MAX / 2);
		count *= 2;
	}
	for (uint64_t i = 0; i < count; i++)
		copy_item(c, out);
}

static void
copy_simple(struct cn_cbor *c, struct cn_buf *out)
{
	struct cn_slice item;
	bool yes;

	if (cn_cbor_bool(c, &yes)) {
		cn_cbor_put_bool(out, yes);
		return;
	}
	FUZZ_HOLDS(cn_cbor_item(c, &item));
	cn_buf_put(out, item);
}

static void
copy_integer(struct cn_cbor *c, struct cn_buf *out)
{
	struct cn_slice item;
	uint64_t number;
	int64_t integer;

	if (cn_cbor_uint(c, &number)) {
		cn_cbor_put_uint(out, number);
	} else if (cn_cbor_int(c, &integer)) {
		FUZZ_HOLDS(integer < 0);
		cn_cbor_put_int(out, integer);
	} else { /* below int64_t */
		FUZZ_HOLDS(cn_cbor_item(c, &item));
		cn_buf_put(out, item);
	}
}

static void
copy_item(struct cn_cbor *c, struct cn_buf *out)
{
	struct cn_slice text;
	uint64_t tag;

	switch (cn_cbor_peek(c)) {
	case CN_CBOR_UINT:
	case CN_CBOR_NEGATIVE:
		copy_integer(c, out);
		break;
	case CN_CBOR_BYTES:
		FUZZ_HOLDS(cn_cbor_bytes(c, &text));
		cn_cbor_put_bytes(out, text);
		break;
	case CN_CBOR_TEXT:
		FUZZ_HOLDS(cn_cbor_text(c, &text));
		FUZZ_HOLDS(cn_utf8_ok(text, NULL));
		cn_cbor_put_text(out, text);
		break;
	case CN_CBOR_ARRAY:
	case CN_CBOR_MAP:
		copy_container(c, out);
		break;
	case CN_CBOR_TAG:
		FUZZ_HOLDS(cn_cbor_tag(c, &tag));
		cn_cbor_put_tag(out, tag);
		copy_item(c, out);
		break;
	default:
		FUZZ_HOLDS(!cn_cbor_at_end(c));
		copy_simple(c, out);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cn_slice bytes = cn_slice_of(data, size);
	struct cn_cbor c = cn_cbor_over(bytes);
	struct cn_error err = { 0 };
	struct cn_buf out, diag;

	if (cn_cbor_check(bytes, &err) != CN_OK) {
		FUZZ_HOLDS(err.text[0] != '\0');
		return 0;
	}
	cn_buf_init(&out, size);
	cn_buf_init(&diag, 8u << 20);
	copy_item(&c, &out);
	FUZZ_HOLDS(cn_cbor_at_end(&c));
	FUZZ_HOLDS(cn_buf_code(&out, NULL) == CN_OK);
	FUZZ_HOLDS(cn_slice_eq(cn_buf_slice(&out), bytes));
	FUZZ_HOLDS(
	    cn_cbor_check(cn_slice_sub(bytes, 0, size - 1), NULL) != CN_OK);
	cn_cbor_diag(bytes, &diag);
	FUZZ_HOLDS(cn_utf8_ok(cn_buf_slice(&diag), NULL));
	cn_buf_free(&diag);
	cn_buf_free(&out);
	return 0;
}
