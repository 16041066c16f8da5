#include "vectors.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
vectors_count(
    struct vectors *v, bool passed, const char *name, const char *fmt, ...)
{
	va_list ap;

	if (passed) {
		v->passed++;
		return;
	}
	v->failed++;
	printf("%s: %s: ", v->file, name);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

void
vectors_unreadable(struct vectors *v, const char *why)
{
	v->failed++;
	printf("%s: %s\n", v->file, why);
}

bool
vectors_hex(struct vectors *v, struct cn_slice text, struct cn_slice *out)
{
	uint8_t *bytes;

	if (text.ptr == NULL || text.len % 2 != 0)
		return false;
	bytes = cn_arena_alloc(v->arena, text.len / 2 + 1, 1);
	if (bytes == NULL || !cn_unhex(text, bytes, text.len / 2))
		return false;
	*out = cn_slice_of(bytes, text.len / 2);
	return true;
}

static int
digit64(uint8_t c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

bool
vectors_base64(struct vectors *v, struct cn_slice text, struct cn_slice *out)
{
	uint8_t *bytes;
	uint32_t bits = 0;
	size_t i, n = 0;
	int d;

	if (text.ptr == NULL || text.len % 4 == 1)
		return false;
	bytes = cn_arena_alloc(v->arena, text.len + 1, 1);
	if (bytes == NULL)
		return false;
	for (i = 0; i < text.len; i++) {
		d = digit64(text.ptr[i]);
		if (d < 0)
			return false;
		bits = bits << 6 | (uint32_t)d;
		if (i % 4 != 0)
			bytes[n++] = (uint8_t)(bits >> (6 - 2 * (i % 4)));
	}
	*out = cn_slice_of(bytes, n);
	return true;
}

const struct cn_json *
vectors_at(const struct cn_json *object, const char *first, ...)
{
	const char *key = first;
	va_list ap;

	va_start(ap, first);
	for (; key != NULL && object != NULL; key = va_arg(ap, const char *))
		object = cn_json_get(object, key);
	va_end(ap);
	return object;
}

int
vectors_bool(const struct cn_json *value)
{
	if (value != NULL && value->type == CN_JSON_TRUE)
		return 1;
	if (value != NULL && value->type == CN_JSON_FALSE)
		return 0;
	return -1;
}

const struct cn_json *
vectors_expected(const struct vectors *v)
{
	const struct cn_json *entry = v->expect->first;
	struct cn_slice file;

	for (; entry != NULL; entry = entry->next) {
		file = cn_json_text(entry, "file");
		if (cn_slice_is(file, v->file))
			return entry;
		if (file.len > strlen(v->file) &&
		    cn_slice_ends(file, v->file) &&
		    file.ptr[file.len - strlen(v->file) - 1] == '/')
			return entry;
	}
	return NULL;
}
