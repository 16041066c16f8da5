#include "json_lex.h"

/* Fills the window from the source; false at the end or after a failure. */
static bool
refill(struct lex *lex, struct cn_error *err)
{
	size_t got = 0;

	if (lex->source == NULL || lex->drained || lex->code != CN_OK)
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
	return true;
}

int
lex_peek(struct lex *lex, struct cn_error *err)
{
	if (lex->at == lex->end && !refill(lex, err))
		return -1;
	return *lex->at;
}

void
lex_take(struct lex *lex)
{
	uint8_t byte = *lex->at++;

	lex->offset++;
	if (byte == '\n') {
		lex->line++;
		lex->column = 1;
	} else if ((byte & 0xc0) != 0x80) {
		lex->column++;
	}
}

void
lex_space(struct lex *lex, struct cn_error *err)
{
	int byte = lex_peek(lex, err);

	while (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r') {
		lex_take(lex);
		byte = lex_peek(lex, err);
	}
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

/* Takes the run of plain characters at hand in one piece. */
static void
plain_run(struct lex *lex)
{
	const uint8_t *from = lex->at, *p = from;
	uint32_t columns = 0;

	while (p < lex->end && *p >= 0x20 && *p != '"' && *p != '\\') {
		columns += (*p & 0xc0) != 0x80;
		p++;
	}
	cn_buf_put(&lex->token, cn_slice_of(from, (size_t)(p - from)));
	lex->offset += (uint64_t)(p - from);
	lex->column += columns;
	lex->at = p;
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
	if (!cn_utf8_ok(cn_buf_slice(&lex->token), NULL))
		return lex_fail(lex, err, "text is not valid UTF-8");
	return CN_OK;
}

enum cn_code
lex_string(struct lex *lex, struct cn_error *err)
{
	enum cn_code code;
	int c;

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
	cn_buf_reset(&lex->token);
	return CN_OK;
}
