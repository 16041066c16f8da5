#include "json_lex.h"

#include <string.h>

/* A text that stands in the window is not lost when that is filled anew. */
static bool
rescue_text(struct lex *lex, struct cn_error *err)
{
	if (!lex->in_window)
		return true;
	lex->in_window = false;
	cn_buf_reset(&lex->token);
	cn_buf_put(&lex->token, lex->text);
	lex->code = cn_buf_code(&lex->token, err);
	lex->text = cn_buf_slice(&lex->token);
	return lex->code == CN_OK;
}

/* Fills the window from the source; false at the end or after a failure. */
static bool
refill(struct lex *lex, struct cn_error *err)
{
	size_t got = 0;

	if (lex->source == NULL || lex->drained || lex->code != CN_OK)
		return false;
	if (!rescue_text(lex, err))
		return false;
	lex->code = lex->source(
	    lex->ctx, lex->chunk, lex->chunk_len, &got, err);
	if (lex->code != CN_OK)
		return false;
	if (got == 0) {
		lex->drained = true;
		return false;
	}
	lex->at = lex->chunk;
	lex->end = lex->chunk + got;
	lex->read += got;
	return true;
}

int
lex_refill(struct lex *lex, struct cn_error *err)
{
	return refill(lex, err) ? *lex->at : -1;
}

/* Passes over the white space at hand in one piece. */
static void
space_run(struct lex *lex)
{
	const uint8_t *p = lex->at, *line = NULL;

	while (p < lex->end &&
	       (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) {
		if (*p == '\n') {
			lex->line++;
			line = p + 1;
		}
		p++;
	}
	if (line != NULL)
		lex->column = 1 + (uint32_t)(p - line);
	else
		lex->column += (uint32_t)(p - lex->at);
	lex->at = p;
}

void
lex_pass_space(struct lex *lex, struct cn_error *err)
{
	int byte;

	do {
		space_run(lex);
		if (lex->at < lex->end)
			return;
		byte = lex_peek(lex, err);
	} while (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r');
}

enum cn_code
lex_fail(struct lex *lex, struct cn_error *err, const char *what)
{
	if (lex->code != CN_OK)
		return lex->code;
	if (err != NULL) {
		err->place[0] = '\0';
		cn_error_at(err, "line %u, column %u", lex->line, lex->column);
	}
	return cn_fail(err, CN_MALFORMED, "%s", what);
}

/* Four hex digits of an escape. */
static enum cn_code
hex4(struct lex *lex, unsigned *out, struct cn_error *err)
{
	unsigned value = 0;

	for (int i = 0; i < 4; i++) {
		int c = lex_peek(lex, err);
		unsigned digit;

		if (c >= '0' && c <= '9')
			digit = (unsigned)c - '0';
		else if (c >= 'a' && c <= 'f')
			digit = (unsigned)c - 'a' + 10;
		else if (c >= 'A' && c <= 'F')
			digit = (unsigned)c - 'A' + 10;
		else
			return lex_fail(lex, err,
			    "\\u must be followed by four hex digits");
		value = value << 4 | digit;
		lex_take(lex);
	}
	*out = value;
	return CN_OK;
}

static void
put_code_point(struct cn_buf *out, unsigned c)
{
	uint8_t bytes[4];
	size_t len = 0;

	if (c < 0x80) {
		bytes[len++] = (uint8_t)c;
	} else if (c < 0x800) {
		bytes[len++] = (uint8_t)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		bytes[len++] = (uint8_t)(0xe0 | c >> 12);
		bytes[len++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	} else {
		bytes[len++] = (uint8_t)(0xf0 | c >> 18);
		bytes[len++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		bytes[len++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		bytes[len++] = (uint8_t)(0x80 | (c & 0x3f));
	cn_buf_put(out, cn_slice_of(bytes, len));
}

/* Behind "\u". */
static enum cn_code
unicode_escape(struct lex *lex, struct cn_error *err)
{
	unsigned high, low;
	enum cn_code code = hex4(lex, &high, err);

	if (code != CN_OK)
		return code;
	if (high == 0)
		return lex_fail(lex, err, "NUL is not allowed in text");
	if (high >= 0xdc00 && high <= 0xdfff)
		return lex_fail(lex, err, "unpaired surrogate");
	if (high >= 0xd800 && high <= 0xdbff) {
		if (lex_peek(lex, err) != '\\')
			return lex_fail(lex, err, "unpaired surrogate");
		lex_take(lex);
		if (lex_peek(lex, err) != 'u')
			return lex_fail(lex, err, "unpaired surrogate");
		lex_take(lex);
		code = hex4(lex, &low, err);
		if (code != CN_OK)
			return code;
		if (low < 0xdc00 || low > 0xdfff)
			return lex_fail(lex, err, "unpaired surrogate");
		high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
	}
	put_code_point(&lex->token, high);
	return CN_OK;
}

static enum cn_code
escape(struct lex *lex, struct cn_error *err)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	int c;

	lex_take(lex); /* the backslash */
	c = lex_peek(lex, err);
	if (c == 'u') {
		lex_take(lex);
		return unicode_escape(lex, err);
	}
	for (size_t i = 0; from[i] != '\0'; i++) {
		if (c != from[i])
			continue;
		lex_take(lex);
		cn_buf_byte(&lex->token, (uint8_t)to[i]);
		return CN_OK;
	}
	return lex_fail(lex, err, "unknown escape in a string");
}

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The highest bit of each of eight bytes that is below 0x20, a quote or a
 * backslash. Borrows may set more bits, but only above one that is right. */
static uint64_t
not_plain(uint64_t x)
{
	uint64_t quote = x ^ EVERY('"'), slash = x ^ EVERY('\\');
	uint64_t found = (x - EVERY(0x20)) & ~x;

	found |= (quote - EVERY(1)) & ~quote;
	found |= (slash - EVERY(1)) & ~slash;
	return found & EVERY(0x80);
}

/* How many bytes lie below the lowest one whose highest bit is set. */
static size_t
bytes_below(uint64_t bits)
{
	uint64_t below = ((bits >> 7) & (~(bits >> 7) + 1)) - 1;

	return (size_t)((below & EVERY(1)) * EVERY(1) >> 56);
}

static bool
low_byte_first(void)
{
	const uint16_t one = 1;
	uint8_t first;

	memcpy(&first, &one, 1);
	return first == 1;
}

/* The first byte that is not plain, or the end of the window. *high gathers
 * the bits of the bytes before it, and maybe of some behind. */
static const uint8_t *
plain_end(const struct lex *lex, uint64_t *high)
{
	const uint8_t *p = lex->at;
	uint64_t x, found;

	while ((size_t)(lex->end - p) >= sizeof(x)) {
		memcpy(&x, p, sizeof(x));
		found = not_plain(x);
		*high |= x;
		if (found == 0)
			p += sizeof(x);
		else if (low_byte_first())
			return p + bytes_below(found);
		else
			break;
	}
	while (p < lex->end && *p >= 0x20 && *p != '"' && *p != '\\')
		*high |= *p++;
	return p;
}

/* Moves over a run of plain characters. */
static void
pass(struct lex *lex, const uint8_t *to, bool ascii)
{
	struct cn_slice run = { lex->at, (size_t)(to - lex->at) };

	lex->column += (uint32_t)(ascii ? run.len : cn_utf8_length(run));
	lex->at = to;
}

/* What nobody asks for is kept only until its UTF-8 is checked: up to the last
 * sequence, which may go on behind the window. */
static void
drop_checked(struct lex *lex)
{
	struct cn_slice text = cn_buf_slice(&lex->token);
	size_t bad = text.len;

	if (cn_utf8_ok(text, &bad))
		bad = text.len;
	else if (text.len - bad > 3)
		return; /* a fault, which is told at the end */
	memmove(lex->token.ptr, lex->token.ptr + bad, text.len - bad);
	lex->token.len = text.len - bad;
}

#define DISCARD_MOST 4096u

/* Takes the run of plain characters at hand in one piece. */
static void
plain_run(struct lex *lex)
{
	uint64_t high = 0;
	const uint8_t *to = plain_end(lex, &high);

	cn_buf_put(&lex->token, cn_slice_of(lex->at, (size_t)(to - lex->at)));
	pass(lex, to, (high & EVERY(0x80)) == 0);
	if (lex->discard && lex->token.len > DISCARD_MOST)
		drop_checked(lex);
}

/* A string that lies in the window and has no escapes needs no copy. True
 * where it was one; its UTF-8 is good then. */
static bool
in_place(struct lex *lex)
{
	uint64_t high = 0;
	const uint8_t *from = lex->at, *to = plain_end(lex, &high);
	struct cn_slice text = { from, (size_t)(to - from) };
	bool ascii = (high & EVERY(0x80)) == 0;

	if (to == lex->end || *to != '"' || text.len > lex->token.max ||
	    (!ascii && !cn_utf8_ok(text, NULL)))
		return false;
	pass(lex, to, ascii);
	lex_take(lex);
	lex->text = text;
	lex->in_window = true;
	return true;
}

static enum cn_code
token_done(struct lex *lex, struct cn_error *err)
{
	enum cn_code code = cn_buf_code(&lex->token, err);

	if (code != CN_OK) {
		if (err != NULL)
			err->place[0] = '\0';
		cn_error_at(err, "line %u, column %u", lex->line, lex->column);
		return code;
	}
	if (lex->code != CN_OK) /* the token may be cut short */
		return lex->code;
	lex->text = cn_buf_slice(&lex->token);
	if (!cn_utf8_ok(lex->text, NULL))
		return lex_fail(lex, err, "text is not valid UTF-8");
	return CN_OK;
}

enum cn_code
lex_string(struct lex *lex, struct cn_error *err)
{
	enum cn_code code;
	int c;

	lex->in_window = false;
	if (in_place(lex))
		return CN_OK;
	cn_buf_reset(&lex->token);
	for (;;) {
		c = lex_peek(lex, err);
		if (c == '"')
			break;
		if (c < 0)
			return lex_fail(
			    lex, err, "the document ends within a string");
		if (c < 0x20)
			return lex_fail(lex, err,
			    "control characters in strings must be escaped");
		if (c == '\\') {
			code = escape(lex, err);
			if (code != CN_OK)
				return code;
		} else {
			plain_run(lex);
		}
		if (lex->token.code != CN_OK)
			return token_done(lex, err);
	}
	lex_take(lex);
	return token_done(lex, err);
}

/* Takes digits into the token; false where there is none. */
static bool
digits(struct lex *lex, struct cn_error *err)
{
	int c = lex_peek(lex, err);

	if (c < '0' || c > '9')
		return false;
	while (c >= '0' && c <= '9' && lex->token.code == CN_OK) {
		if (!lex->discard || lex->token.len < DISCARD_MOST)
			cn_buf_byte(&lex->token, (uint8_t)c);
		lex_take(lex);
		c = lex_peek(lex, err);
	}
	return true;
}

/* Takes one of two characters into the token, if it is there. */
static bool
taken(struct lex *lex, char a, char b, struct cn_error *err)
{
	int c = lex_peek(lex, err);

	if (c != a && c != b)
		return false;
	cn_buf_byte(&lex->token, (uint8_t)c);
	lex_take(lex);
	return true;
}

enum cn_code
lex_number(struct lex *lex, struct cn_error *err)
{
	lex->in_window = false;
	cn_buf_reset(&lex->token);
	(void)taken(lex, '-', '-', err);
	if (taken(lex, '0', '0', err)) {
		int c = lex_peek(lex, err);

		if (c >= '0' && c <= '9')
			return lex_fail(
			    lex, err, "a number must not begin with 0");
	} else if (!digits(lex, err)) {
		return lex_fail(lex, err, "a digit is missing");
	}
	if (taken(lex, '.', '.', err) && !digits(lex, err))
		return lex_fail(lex, err, "a digit must follow the point");
	if (taken(lex, 'e', 'E', err)) {
		(void)taken(lex, '+', '-', err);
		if (!digits(lex, err))
			return lex_fail(
			    lex, err, "a digit is missing in the exponent");
	}
	return token_done(lex, err);
}

enum cn_code
lex_word(struct lex *lex, const char *word, struct cn_error *err)
{
	for (; *word != '\0'; word++) {
		if (lex_peek(lex, err) != *word)
			return lex_fail(lex, err, "a JSON value is expected");
		lex_take(lex);
	}
	lex->in_window = false;
	lex->text = CN_SLICE_NONE;
	return CN_OK;
}
