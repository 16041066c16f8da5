#include <carnet/json.h>

#include <inttypes.h>
#include <string.h>

void
cn_jw_init(struct cn_jw *w, struct cn_buf *out, bool pretty)
{
	*w = (struct cn_jw){ .out = out, .pretty = pretty };
}

static void
new_line(struct cn_jw *w)
{
	if (!w->pretty)
		return;
	cn_buf_byte(w->out, '\n');
	for (unsigned i = 0; i < w->depth; i++)
		cn_buf_str(w->out, "  ");
}

/* What has to stand in front of a value. */
static void
before(struct cn_jw *w)
{
	if (w->key) {
		w->key = false;
		return;
	}
	if (w->comma)
		cn_buf_byte(w->out, ',');
	if (w->depth > 0)
		new_line(w);
}

static void
open(struct cn_jw *w, char bracket)
{
	before(w);
	cn_buf_byte(w->out, (uint8_t)bracket);
	w->depth++;
	w->comma = false;
}

static void
shut(struct cn_jw *w, char bracket)
{
	w->depth--;
	if (w->comma)
		new_line(w);
	cn_buf_byte(w->out, (uint8_t)bracket);
	w->comma = true;
	if (w->depth == 0 && w->pretty)
		cn_buf_byte(w->out, '\n');
}

void
cn_jw_object(struct cn_jw *w)
{
	open(w, '{');
}

void
cn_jw_object_end(struct cn_jw *w)
{
	shut(w, '}');
}

void
cn_jw_array(struct cn_jw *w)
{
	open(w, '[');
}

void
cn_jw_array_end(struct cn_jw *w)
{
	shut(w, ']');
}

static void
put_escape(struct cn_buf *out, uint8_t c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *hit = c == 0 ? NULL : strchr(from, c);

	if (hit != NULL)
		cn_buf_printf(out, "\\%c", to[hit - from]);
	else
		cn_buf_printf(out, "\\u%04x", c);
}

/* A character that steers a terminal or the direction of writing, where it
 * begins at `i`: C1 (U+0080..9F), U+202A..202E, U+2066..2069. *len: its bytes;
 * 0: it is none. Documents end on terminals too. */
static unsigned
steering(struct cn_slice text, size_t i, size_t *len)
{
	const uint8_t *at = text.ptr + i;
	size_t left = text.len - i;

	*len = 0;
	if (left >= 2 && at[0] == 0xc2 && at[1] < 0xa0) {
		*len = 2;
		return at[1];
	}
	if (left >= 3 && at[0] == 0xe2 &&
	    ((at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) ||
		(at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9))) {
		*len = 3;
		return 0x2000u | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
	}
	return 0;
}

static void
put_valid(struct cn_buf *out, struct cn_slice text)
{
	size_t from = 0, len;

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];
		unsigned steers = steering(text, i, &len);

		if (len == 0 && c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
			continue;
		cn_buf_put(out, cn_slice_sub(text, from, i - from));
		if (len > 0) {
			cn_buf_printf(out, "\\u%04x", steers);
			i += len - 1;
		} else {
			put_escape(out, c);
		}
		from = i + 1;
	}
	cn_buf_put(out, cn_slice_sub(text, from, text.len - from));
}

static void
put_string(struct cn_buf *out, struct cn_slice text)
{
	size_t bad;

	cn_buf_byte(out, '"');
	while (!cn_utf8_ok(text, &bad)) {
		put_valid(out, cn_slice_sub(text, 0, bad));
		cn_buf_str(out, text.ptr[bad] == 0 ? "\\u0000" : "\\ufffd");
		text = cn_slice_sub(text, bad + 1, text.len);
	}
	put_valid(out, text);
	cn_buf_byte(out, '"');
}

void
cn_jw_key_slice(struct cn_jw *w, struct cn_slice key)
{
	before(w);
	put_string(w->out, key);
	cn_buf_str(w->out, w->pretty ? ": " : ":");
	w->key = true;
	w->comma = true;
}

void
cn_jw_key(struct cn_jw *w, const char *key)
{
	cn_jw_key_slice(w, cn_slice_str(key));
}

void
cn_jw_slice(struct cn_jw *w, struct cn_slice text)
{
	before(w);
	put_string(w->out, text);
	w->comma = true;
}

void
cn_jw_raw(struct cn_jw *w, struct cn_slice json)
{
	before(w);
	cn_buf_put(w->out, json);
	w->comma = true;
}

void
cn_jw_null(struct cn_jw *w)
{
	cn_jw_raw(w, CN_SLICE("null"));
}

void
cn_jw_str(struct cn_jw *w, const char *text)
{
	if (text == NULL)
		cn_jw_null(w);
	else
		cn_jw_slice(w, cn_slice_str(text));
}

void
cn_jw_hex(struct cn_jw *w, struct cn_slice bytes)
{
	char pair[3];

	before(w);
	cn_buf_byte(w->out, '"');
	for (size_t i = 0; i < bytes.len; i++) {
		cn_hex(cn_slice_sub(bytes, i, 1), pair);
		cn_buf_str(w->out, pair);
	}
	cn_buf_byte(w->out, '"');
	w->comma = true;
}

void
cn_jw_uint(struct cn_jw *w, uint64_t value)
{
	before(w);
	cn_buf_printf(w->out, "%" PRIu64, value);
	w->comma = true;
}

void
cn_jw_int(struct cn_jw *w, int64_t value)
{
	before(w);
	cn_buf_printf(w->out, "%" PRId64, value);
	w->comma = true;
}

void
cn_jw_bool(struct cn_jw *w, bool value)
{
	cn_jw_raw(w, value ? CN_SLICE("true") : CN_SLICE("false"));
}

void
cn_jw_kv_str(struct cn_jw *w, const char *key, const char *text)
{
	cn_jw_key(w, key);
	cn_jw_str(w, text);
}

void
cn_jw_kv_slice(struct cn_jw *w, const char *key, struct cn_slice text)
{
	cn_jw_key(w, key);
	cn_jw_slice(w, text);
}

void
cn_jw_kv_uint(struct cn_jw *w, const char *key, uint64_t value)
{
	cn_jw_key(w, key);
	cn_jw_uint(w, value);
}

void
cn_jw_kv_bool(struct cn_jw *w, const char *key, bool value)
{
	cn_jw_key(w, key);
	cn_jw_bool(w, value);
}

void
cn_jw_kv_null(struct cn_jw *w, const char *key)
{
	cn_jw_key(w, key);
	cn_jw_null(w);
}
