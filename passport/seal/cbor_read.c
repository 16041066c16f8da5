/*
 * The cursor. It trusts the order and the widths of what cn_cbor_check() has
 * passed, but never a length: every read is held against the end again, so
 * that a mistake of a caller cannot become a read out of bounds.
 */
#include "cbor_head.h"

bool
cn_cbor_head_read(
    const uint8_t **at, const uint8_t *end, struct cn_cbor_head *head)
{
	const uint8_t *p = *at;
	size_t width;

	if (p >= end)
		return false;
	head->major = (enum cn_cbor_major)(*p >> 5);
	head->extra = *p & 0x1f;
	p++;
	if (head->extra > 27)
		return false;
	head->value = head->extra;
	if (head->extra >= 24) {
		width = (size_t)1 << (head->extra - 24);
		if ((size_t)(end - p) < width)
			return false;
		for (head->value = 0; width > 0; width--)
			head->value = head->value << 8 | *p++;
	}
	*at = p;
	return true;
}

bool
cn_cbor_head_short(const struct cn_cbor_head *head)
{
	switch (head->extra) {
	case 24:
		return head->value > 23;
	case 25:
		return head->value > 0xff;
	case 26:
		return head->value > 0xffff;
	case 27:
		return head->value > 0xffffffff;
	default:
		return true;
	}
}

struct cn_cbor
cn_cbor_over(struct cn_slice bytes)
{
	struct cn_cbor c = { bytes.ptr, bytes.ptr };

	if (bytes.len > 0)
		c.end = bytes.ptr + bytes.len;
	return c;
}

bool
cn_cbor_at_end(const struct cn_cbor *c)
{
	return c->at == c->end;
}

int
cn_cbor_peek(const struct cn_cbor *c)
{
	return c->at == c->end ? -1 : *c->at >> 5;
}

/* Reads a head of one major type. */
static bool
expect(struct cn_cbor *c, enum cn_cbor_major major, uint64_t *value)
{
	struct cn_cbor_head head;
	const uint8_t *at = c->at;

	if (!cn_cbor_head_read(&at, c->end, &head) || head.major != major)
		return false;
	c->at = at;
	*value = head.value;
	return true;
}

bool
cn_cbor_uint(struct cn_cbor *c, uint64_t *out)
{
	return expect(c, CN_CBOR_UINT, out);
}

bool
cn_cbor_int(struct cn_cbor *c, int64_t *out)
{
	struct cn_cbor_head head;
	const uint8_t *at = c->at;

	if (!cn_cbor_head_read(&at, c->end, &head) || head.value > INT64_MAX)
		return false;
	if (head.major == CN_CBOR_UINT)
		*out = (int64_t)head.value;
	else if (head.major == CN_CBOR_NEGATIVE)
		*out = -1 - (int64_t)head.value;
	else
		return false;
	c->at = at;
	return true;
}

static bool
string(struct cn_cbor *c, enum cn_cbor_major major, struct cn_slice *out)
{
	struct cn_cbor in = *c;
	uint64_t len;

	if (!expect(&in, major, &len) || len > (uint64_t)(in.end - in.at))
		return false;
	*out = cn_slice_of(in.at, (size_t)len);
	c->at = in.at + out->len;
	return true;
}

bool
cn_cbor_bytes(struct cn_cbor *c, struct cn_slice *out)
{
	return string(c, CN_CBOR_BYTES, out);
}

bool
cn_cbor_text(struct cn_cbor *c, struct cn_slice *out)
{
	return string(c, CN_CBOR_TEXT, out);
}

bool
cn_cbor_bool(struct cn_cbor *c, bool *out)
{
	if (c->at == c->end || (*c->at != 0xf4 && *c->at != 0xf5))
		return false;
	*out = *c->at++ == 0xf5;
	return true;
}

bool
cn_cbor_nil(struct cn_cbor *c)
{
	if (c->at == c->end || *c->at != 0xf6)
		return false;
	c->at++;
	return true;
}

bool
cn_cbor_array(struct cn_cbor *c, uint64_t *count)
{
	return expect(c, CN_CBOR_ARRAY, count);
}

bool
cn_cbor_map(struct cn_cbor *c, uint64_t *pairs)
{
	return expect(c, CN_CBOR_MAP, pairs);
}

bool
cn_cbor_tag(struct cn_cbor *c, uint64_t *tag)
{
	return expect(c, CN_CBOR_TAG, tag);
}

bool
cn_cbor_item(struct cn_cbor *c, struct cn_slice *out)
{
	const uint8_t *at = c->at;
	struct cn_cbor_head head;
	uint64_t left = 1;

	while (left > 0) {
		if (!cn_cbor_head_read(&at, c->end, &head))
			return false;
		left--;
		if (head.major == CN_CBOR_TAG) {
			left++;
		} else if (head.major >= CN_CBOR_BYTES &&
			   head.major <= CN_CBOR_MAP) {
			/* a string's bytes, or at least a byte an item */
			if (head.value > (uint64_t)(c->end - at))
				return false;
			if (head.major <= CN_CBOR_TEXT)
				at += head.value;
			else if (head.major == CN_CBOR_ARRAY)
				left += head.value;
			else
				left += 2 * head.value;
		}
	}
	*out = cn_slice_of(c->at, (size_t)(at - c->at));
	c->at = at;
	return true;
}
