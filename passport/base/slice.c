#include <carnet/bytes.h>

#include <string.h>

struct cn_slice
cn_slice_of(const void *ptr, size_t len)
{
	return (struct cn_slice){ ptr, len };
}

struct cn_slice
cn_slice_str(const char *str)
{
	if (str == NULL)
		return CN_SLICE_NONE;
	return cn_slice_of(str, strlen(str));
}

int
cn_slice_cmp(struct cn_slice a, struct cn_slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool
cn_slice_eq(struct cn_slice a, struct cn_slice b)
{
	if (a.len != b.len)
		return false;
	if (a.len == 0 || a.ptr == b.ptr)
		return true;
	return memcmp(a.ptr, b.ptr, a.len) == 0; /* NOLINT: neither is NULL */
}

bool
cn_slice_is(struct cn_slice a, const char *str)
{
	return cn_slice_eq(a, cn_slice_str(str));
}

struct cn_slice
cn_slice_sub(struct cn_slice a, size_t from, size_t len)
{
	if (from > a.len)
		from = a.len;
	if (len > a.len - from)
		len = a.len - from;
	return cn_slice_of(a.ptr == NULL ? NULL : a.ptr + from, len);
}

bool
cn_slice_starts(struct cn_slice a, const char *prefix)
{
	return cn_slice_is(cn_slice_sub(a, 0, strlen(prefix)), prefix);
}

bool
cn_slice_ends(struct cn_slice a, const char *suffix)
{
	size_t len = strlen(suffix);

	return a.len >= len &&
	       cn_slice_is(cn_slice_sub(a, a.len - len, len), suffix);
}

size_t
cn_slice_find(struct cn_slice a, uint8_t byte)
{
	const uint8_t *hit = a.len == 0 ? NULL : memchr(a.ptr, byte, a.len);

	return hit == NULL ? a.len : (size_t)(hit - a.ptr);
}

bool
cn_slice_uint(struct cn_slice a, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	if (a.len == 0 || a.len > 20 || (a.len > 1 && a.ptr[0] == '0'))
		return false;
	for (size_t i = 0; i < a.len; i++) {
		unsigned digit = (unsigned)a.ptr[i] - '0';

		if (digit > 9 || value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (value > max)
		return false;
	*out = value;
	return true;
}

void
cn_hex(struct cn_slice bytes, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes.len; i++) {
		*out++ = digits[bytes.ptr[i] >> 4];
		*out++ = digits[bytes.ptr[i] & 15];
	}
	*out = '\0';
}

static int
nibble(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
cn_unhex(struct cn_slice text, uint8_t *out, size_t len)
{
	if (text.len % 2 != 0 || text.len / 2 != len)
		return false;
	for (size_t i = 0; i < len; i++) {
		int high = nibble(text.ptr[2 * i]);
		int low = nibble(text.ptr[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}
