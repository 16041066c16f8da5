/*
 * The check of RFC 8949, core deterministic encoding (section 4.2.1), done in
 * one pass over the bytes with a stack of fixed depth. Nothing is allocated and
 * every count and length is held against the bytes that remain before it is
 * believed: five bytes can claim 2^28 elements (libcbor 0.8 would make room for
 * them).
 */
#include "cbor_head.h"

#include <string.h>

/* A container that is being read. */
struct frame {
	uint64_t left; /* items still to come; two for a map's pair */
	bool map;
	const uint8_t *key; /* start of the key being read, or NULL */
	struct cn_slice before; /* the key before it; ptr NULL: none yet */
};

struct scan {
	const uint8_t *start, *at, *end;
	const char *fault;
	unsigned depth;
	struct frame stack[CN_CBOR_DEPTH];
};

static bool
fault(struct scan *s, const char *why)
{
	s->fault = why;
	return false;
}

/* From a wide binary format to the next narrower one. */
struct width {
	int bits; /* fraction of the wide format */
	int keep; /* fraction of the narrow one */
	int low, high; /* normal exponents of the narrow one */
};

/* Can 1.fraction × 2^e be written in the narrower format? Below its least
 * normal exponent each step costs one bit of fraction. */
static bool
narrows(uint64_t fraction, int e, const struct width *w)
{
	int keep = w->keep;

	if (e > w->high)
		return false;
	if (e < w->low)
		keep -= w->low - e;
	if (keep < 0)
		return false;
	return (fraction & ((UINT64_C(1) << (w->bits - keep)) - 1)) == 0;
}

/* RFC 8949 section 4.2.1: the shortest of three widths that keeps the value,
 * and one bit pattern for NaN. */
static bool
float_ok(unsigned extra, uint64_t bits)
{
	static const struct width to_half = { 23, 10, -14, 15 };
	static const struct width to_single = { 52, 23, -126, 127 };
	uint64_t fraction;
	int e;

	if (extra == 25)
		return (bits & 0x7c00) != 0x7c00 || (bits & 0x3ff) == 0 ||
		       bits == 0x7e00;
	if (extra == 26) {
		e = (int)(bits >> 23 & 0xff);
		fraction = bits & 0x7fffff;
		if (e == 0xff || (e == 0 && fraction == 0))
			return false;
		/* a subnormal single is below the least half */
		return e == 0 || !narrows(fraction, e - 127, &to_half);
	}
	e = (int)(bits >> 52 & 0x7ff);
	fraction = bits & UINT64_C(0xfffffffffffff);
	if (e == 0x7ff || (e == 0 && fraction == 0))
		return false;
	return e == 0 || !narrows(fraction, e - 1023, &to_single);
}

/* Tags 2 and 3: a bignum has no leading zeros and does not fit the integers of
 * major types 0 and 1 (RFC 8949 sections 3.4.3 and 4.2.1). */
static bool
bignum_ok(struct scan *s, uint64_t tag)
{
	struct cn_cbor_head head;
	const uint8_t *at = s->at;

	if (tag != 2 && tag != 3)
		return true;
	if (!cn_cbor_head_read(&at, s->end, &head) ||
	    head.major != CN_CBOR_BYTES || head.value > (size_t)(s->end - at))
		return fault(s, "a bignum that is no byte string");
	if (head.value <= 8)
		return fault(s, "a bignum that an integer could hold");
	if (*at == 0)
		return fault(s, "a bignum with leading zeros");
	return true;
}

static bool
push(struct scan *s, uint64_t items, bool map)
{
	struct frame *frame;

	if (s->depth == CN_CBOR_DEPTH)
		return fault(s, "nested too deep");
	frame = &s->stack[s->depth++];
	memset(frame, 0, sizeof(*frame));
	frame->left = items;
	frame->map = map;
	return true;
}

static bool
string(struct scan *s, const struct cn_cbor_head *head)
{
	struct cn_slice text;

	if (head->value > (uint64_t)(s->end - s->at))
		return fault(s, "a string that ends behind the input");
	text = cn_slice_of(s->at, (size_t)head->value);
	if (head->major == CN_CBOR_TEXT && !cn_utf8_ok(text, NULL))
		return fault(s, "text that is not UTF-8 or holds a NUL");
	s->at += text.len;
	return true;
}

static bool
container(struct scan *s, const struct cn_cbor_head *head)
{
	uint64_t left = (uint64_t)(s->end - s->at);

	if (head->major == CN_CBOR_MAP) {
		if (head->value > left / 2)
			return fault(s, "a map that ends behind the input");
		return push(s, head->value * 2, true);
	}
	if (head->value > left)
		return fault(s, "an array that ends behind the input");
	return push(s, head->value, false);
}

static bool
simple(struct scan *s, const struct cn_cbor_head *head)
{
	/* section 3.3: a second byte below 32 is not well-formed */
	if (head->extra == 24 && head->value < 32)
		return fault(s, "a simple value in two bytes");
	if (head->extra > 24 && !float_ok(head->extra, head->value))
		return fault(s, "a floating-point number not in shortest form");
	return true;
}

/* One head and, where it has no items inside, what belongs to it. */
static bool
item(struct scan *s)
{
	struct cn_cbor_head head;

	if (s->at == s->end)
		return fault(s, "the input ends within an item");
	if ((*s->at & 0x1f) == 31)
		return fault(s, "an indefinite length or a stray break");
	if ((*s->at & 0x1f) > 27)
		return fault(s, "a head that is reserved");
	if (!cn_cbor_head_read(&s->at, s->end, &head))
		return fault(s, "the input ends within a head");
	if (head.major != CN_CBOR_SIMPLE && !cn_cbor_head_short(&head))
		return fault(s, "a head that is longer than it need be");
	switch (head.major) {
	case CN_CBOR_BYTES:
	case CN_CBOR_TEXT:
		return string(s, &head);
	case CN_CBOR_ARRAY:
	case CN_CBOR_MAP:
		return container(s, &head);
	case CN_CBOR_TAG:
		return bignum_ok(s, head.value) && push(s, 1, false);
	case CN_CBOR_SIMPLE:
		return simple(s, &head);
	default:
		return true;
	}
}

/* A key is complete: section 4.2.1 wants bytewise order; equal is a
 * duplicate. */
static bool
key_done(struct scan *s, struct frame *frame)
{
	struct cn_slice key = cn_slice_of(
	    frame->key, (size_t)(s->at - frame->key));
	int order = 1;

	if (frame->before.ptr != NULL)
		order = cn_slice_cmp(key, frame->before);
	if (order == 0)
		return fault(s, "a map with a duplicate key");
	if (order < 0)
		return fault(s, "a map whose keys are not in order");
	frame->before = key;
	frame->key = NULL;
	return true;
}

/* An item is complete: so may be the containers around it. */
static bool
close_item(struct scan *s)
{
	while (s->depth > 0) {
		struct frame *frame = &s->stack[s->depth - 1];

		frame->left--;
		if (frame->key != NULL && !key_done(s, frame))
			return false;
		if (frame->left > 0)
			return true;
		s->depth--;
	}
	return true;
}

static bool
scan(struct scan *s)
{
	do {
		unsigned depth = s->depth;
		struct frame *frame = depth > 0 ? &s->stack[depth - 1] : NULL;

		if (frame != NULL && frame->map && frame->left % 2 == 0)
			frame->key = s->at;
		if (!item(s))
			return false;
		if (s->depth > depth && s->stack[depth].left > 0)
			continue; /* its first item comes next */
		if (s->depth > depth)
			s->depth = depth; /* an empty one */
		if (!close_item(s))
			return false;
	} while (s->depth > 0);
	return s->at == s->end || fault(s, "bytes behind the item");
}

enum cn_code
cn_cbor_check(struct cn_slice bytes, struct cn_error *err)
{
	static const uint8_t none;
	struct scan s;

	s.start = bytes.len > 0 ? bytes.ptr : &none;
	s.at = s.start;
	s.end = s.start + bytes.len;
	s.fault = NULL;
	s.depth = 0;
	if (scan(&s))
		return CN_OK;
	cn_fail(err, CN_MALFORMED, "CBOR: %s", s.fault);
	cn_error_at(err, "byte %zu", (size_t)(s.at - s.start));
	return CN_MALFORMED;
}
