#include <carnet/bytes.h>

#include <string.h>

/*
 * Length of the well-formed sequence at p (RFC 3629, table 3-7 of Unicode), or
 * 0. No overlong forms, no surrogates, nothing beyond U+10FFFF.
 */
static size_t
sequence(const uint8_t *p, size_t left)
{
	uint8_t lead = p[0], low = 0x80, high = 0xbf;
	size_t len;

	if (lead < 0x80)
		return 1;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	len = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	if (left < len)
		return 0;
	if (lead == 0xe0)
		low = 0xa0;
	else if (lead == 0xed)
		high = 0x9f;
	else if (lead == 0xf0)
		low = 0x90;
	else if (lead == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Passes over ASCII without NUL, eight bytes at a time. */
static size_t
ascii_run(struct cn_slice text, size_t at)
{
	uint64_t x;

	while (text.len - at >= sizeof(x)) {
		memcpy(&x, text.ptr + at, sizeof(x));
		if (((x | (x - EVERY(1))) & EVERY(0x80)) != 0)
			break;
		at += sizeof(x);
	}
	return at;
}

bool
cn_utf8_ok(struct cn_slice text, size_t *bad)
{
	size_t at = 0;

	while ((at = ascii_run(text, at)) < text.len) {
		size_t len = text.ptr[at] == 0
				 ? 0
				 : sequence(text.ptr + at, text.len - at);

		if (len == 0) {
			if (bad != NULL)
				*bad = at;
			return false;
		}
		at += len;
	}
	return true;
}

size_t
cn_utf8_length(struct cn_slice text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += (text.ptr[i] & 0xc0) != 0x80;
	return count;
}
