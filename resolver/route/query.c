#include "route.h"

static int
hex_digit(uint8_t c)
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
rs_unescape(struct cn_slice text, struct cn_arena *arena, struct cn_slice *out)
{
	uint8_t *to = cn_arena_alloc(arena, text.len + 1, 1);
	size_t i, len = 0;
	int high, low;

	*out = CN_SLICE_NONE;
	if (to == NULL)
		return false;
	for (i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (c == '%') {
			if (i + 2 >= text.len)
				return false;
			high = hex_digit(text.ptr[i + 1]);
			low = hex_digit(text.ptr[i + 2]);
			if (high < 0 || low < 0)
				return false;
			c = (uint8_t)(high * 16 + low);
			i += 2;
		}
		if (c < 0x20 || c == 0x7f)
			return false;
		to[len++] = c;
	}
	*out = cn_slice_of(to, len);
	return cn_utf8_ok(*out, NULL);
}

struct cn_slice
rs_query_get(
    struct cn_slice query, const char *name, struct cn_arena *arena, bool *bad)
{
	struct cn_slice part, value, got;
	size_t end, mark;

	while (query.len > 0) {
		/* GS1 lets ';' stand for '&'. */
		for (end = 0; end < query.len && query.ptr[end] != '&' &&
			      query.ptr[end] != ';';)
			end++;
		part = cn_slice_sub(query, 0, end);
		query = cn_slice_sub(query, end + 1, SIZE_MAX);
		mark = cn_slice_find(part, '=');
		if (!cn_slice_is(cn_slice_sub(part, 0, mark), name))
			continue;
		value = cn_slice_sub(part, mark + 1, SIZE_MAX);
		if (rs_unescape(value, arena, &got))
			return got;
		*bad = true;
		return CN_SLICE_NONE;
	}
	return CN_SLICE_NONE;
}
