/*
 * The pen: small texts in the words of a language.
 */
#include "page_data.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX 4096

void *
rs_pen_alloc(struct rs_pen *pen, size_t count, size_t size)
{
	void *space = cn_arena_alloc(pen->arena, count == 0 ? 1 : count, size);

	if (space == NULL)
		pen->failed = true;
	return space;
}

/* A copy of what the buffer holds, which is freed. */
static struct cn_slice
keep(struct rs_pen *pen, struct cn_buf *buf)
{
	struct cn_slice copy = CN_SLICE_NONE;

	if (buf->code == CN_OK)
		copy = cn_arena_copy(pen->arena, cn_buf_slice(buf));
	cn_buf_free(buf);
	if (copy.ptr == NULL)
		pen->failed = true;
	return copy;
}

struct cn_slice
rs_pen_printf(struct rs_pen *pen, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list args;
	struct cn_slice copy;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	copy = cn_arena_copy(pen->arena, cn_slice_str(text));
	if (copy.ptr == NULL)
		pen->failed = true;
	return copy;
}

struct cn_slice
rs_pen_date(struct rs_pen *pen, struct cn_slice iso)
{
	struct cn_date date;
	struct cn_buf buf;

	if (!cn_date_parse(iso, &date))
		return iso;
	cn_buf_init(&buf, TEXT_MAX);
	rs_locale_date(pen->locale, date, &buf);
	return keep(pen, &buf);
}

struct cn_slice
rs_pen_month(struct rs_pen *pen, struct cn_slice iso)
{
	struct cn_date date;
	struct cn_buf buf;

	if (!cn_month_parse(iso, &date))
		return iso;
	cn_buf_init(&buf, TEXT_MAX);
	rs_locale_month(pen->locale, date, &buf);
	return keep(pen, &buf);
}

struct cn_slice
rs_pen_instant(struct rs_pen *pen, cn_instant at)
{
	struct cn_buf buf;

	cn_buf_init(&buf, TEXT_MAX);
	rs_locale_instant(pen->locale, at, &buf);
	return keep(pen, &buf);
}

struct cn_slice
rs_pen_hex(struct rs_pen *pen, struct cn_slice bytes)
{
	char text[2 * CN_DIGEST + 1];

	if (bytes.len > CN_DIGEST)
		return CN_SLICE_NONE;
	cn_hex(bytes, text);
	return rs_pen_printf(pen, "%s", text);
}

/* ---- links ------------------------------------------------------------------ */

static bool
is_one_of(uint8_t byte, const char *set)
{
	return byte != 0 && strchr(set, byte) != NULL;
}

static bool
is_mail(struct cn_slice text)
{
	size_t at = cn_slice_find(text, '@');

	if (at == 0 || at + 1 >= text.len || text.len > 254)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7f ||
		    is_one_of(text.ptr[i], "\"<>()[]\\,;:?&/%") ||
		    (text.ptr[i] == '@' && i != at))
			return false;
	return cn_slice_find(cn_slice_sub(text, at, SIZE_MAX), '.') <
	       text.len - at;
}

/* "+32 2 299 11 11" as "tel:+3222991111"; empty where it is no number. */
static struct cn_slice
telephone(struct rs_pen *pen, struct cn_slice text)
{
	char number[32];
	size_t n = 0;

	if (!cn_slice_starts(text, "+") || text.len > 30)
		return CN_SLICE_NONE;
	for (size_t i = 1; i < text.len; i++) {
		if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
			number[n++] = (char)text.ptr[i];
		else if (!is_one_of(text.ptr[i], " -./()"))
			return CN_SLICE_NONE;
	}
	number[n] = '\0';
	return n < 6 ? CN_SLICE_NONE : rs_pen_printf(pen, "tel:+%s", number);
}

struct cn_slice
rs_pen_link(struct rs_pen *pen, struct cn_slice text)
{
	if (cn_slice_starts(text, "https://") ||
	    cn_slice_starts(text, "http://"))
		return rs_href_ok(text) ? text : CN_SLICE_NONE;
	if (cn_slice_starts(text, "mailto:") || cn_slice_starts(text, "tel:"))
		return rs_href_ok(text) ? text : CN_SLICE_NONE;
	if (is_mail(text))
		return rs_pen_printf(pen, "mailto:%.*s", CN_FMT(text));
	return telephone(pen, text);
}

struct cn_slice
rs_pen_encoded(struct rs_pen *pen, struct cn_slice text)
{
	struct cn_buf buf;

	cn_buf_init(&buf, 3 * text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		uint8_t b = text.ptr[i];
		if ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') ||
		    (b >= '0' && b <= '9') || is_one_of(b, "-._~"))
			cn_buf_byte(&buf, b);
		else
			cn_buf_printf(&buf, "%%%02X", b);
	}
	return keep(pen, &buf);
}

/* ---- texts per language ------------------------------------------------------- */

static bool
is_lang(struct cn_slice tag, struct cn_slice lang)
{
	return cn_slice_eq(cn_slice_sub(tag, 0, lang.len), lang) &&
	       (tag.len == lang.len || tag.ptr[lang.len] == '-');
}

static const struct cn_text *
find_text(const struct cn_text *texts, struct cn_slice lang)
{
	for (; texts != NULL; texts = texts->next)
		if (is_lang(texts->lang, lang))
			return texts;
	return NULL;
}

struct rs_item
rs_pen_texts(struct rs_pen *pen, const struct cn_text *texts)
{
	struct cn_slice lang = rs_locale_lang(pen->locale);
	const struct cn_text *found = find_text(texts, lang);
	struct rs_item item = { CN_SLICE_NONE, CN_SLICE_NONE, CN_SLICE_NONE };

	if (found == NULL)
		found = find_text(texts, CN_SLICE("en"));
	if (found == NULL)
		found = texts;
	if (found == NULL)
		return item;
	item.text = found->text;
	if (!cn_slice_eq(found->lang, lang))
		item.lang = found->lang;
	item.href = rs_pen_link(pen, found->text);
	return item;
}

size_t
rs_count(const struct cn_value *value)
{
	size_t n = 0;

	for (; value != NULL; value = value->next)
		n++;
	return n;
}
