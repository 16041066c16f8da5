/*
 * How the reader of product.json speaks.
 */
#include "read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool
read_is_full(const struct reader *r)
{
	const size_t *count = r->report->count;

	return count[CN_NOTE] + count[CN_WARNING] + count[CN_FAULT] >=
	       CN_MAX_FINDINGS;
}

static void
add(struct reader *r, struct cn_place place, const char *rule, const char *text)
{
	if (read_is_full(r)) {
		r->report->count[CN_FAULT]++;
		r->report->dropped++;
		return;
	}
	cn_report_add(r->report, CN_FAULT, rule, "", place, "%s", text);
}

void
read_fault(struct reader *r, const struct cn_json *at, const char *rule,
    const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	add(r, (struct cn_place){ r->file, at, false }, rule, text);
}

void
read_fault_at_key(struct reader *r, const struct cn_json *at, const char *rule,
    const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	add(r, (struct cn_place){ r->file, at, true }, rule, text);
}

struct hint
read_hint(const struct reader *r, struct cn_slice name,
    const char *const *names, size_t count)
{
	struct hint hint = { "" };
	const char *nearest;

	if (read_is_full(r))
		return hint;
	nearest = cn_nearest(name, names, count);
	if (nearest != NULL)
		(void)snprintf(hint.text, sizeof(hint.text),
		    "; did you mean \"%s\"?", nearest);
	return hint;
}

struct quote
read_quote(struct cn_slice from)
{
	struct quote q = { "" };
	size_t len = from.len < QUOTE_BYTES ? from.len : QUOTE_BYTES;

	while (len < from.len && len > 0 && (from.ptr[len] & 0xc0) == 0x80)
		len--;
	for (size_t i = 0; i < len; i++) {
		uint8_t c = from.ptr[i];

		if (c < 0x20 || c == 0x7f)
			c = '?';
		q.text[i] = (char)c;
	}
	if (len < from.len)
		memcpy(q.text + len, "…", sizeof("…"));
	return q;
}
