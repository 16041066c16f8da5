/*
 * The bytes and tokens under the JSON reader: input with its position, strings
 * and numbers. Private to base/.
 */
#ifndef CARNET_BASE_JSON_LEX_H
#define CARNET_BASE_JSON_LEX_H

#include <carnet/json.h>

struct lex {
	const uint8_t *at, *end; /* window of input at hand */
	cn_json_source source; /* NULL: the window is all */
	void *ctx;
	uint8_t *chunk; /* own; window of a source */
	size_t chunk_len;
	bool drained; /* the source has no more */
	enum cn_code code; /* failure of the source, latched */
	struct cn_buf token; /* decoded string or number literal, where it is
				not in the window as it stands */
	struct cn_slice text; /* the token; until the next one */
	bool in_window; /* text stands there, not in token */
	bool discard; /* nobody asks for texts: only check them */
	uint64_t read; /* bytes up to the end of the window */
	uint32_t line, column; /* of *at */
};

/* Fills the window and shows its first byte, or -1 at the end or after a
 * failure. */
int lex_refill(struct lex *lex, struct cn_error *err);

/* The next byte without taking it, or -1 at the end or after a failure. */
static inline int
lex_peek(struct lex *lex, struct cn_error *err)
{
	return lex->at != lex->end ? *lex->at : lex_refill(lex, err);
}

/* Where *at stands in the document. */
static inline uint64_t
lex_offset(const struct lex *lex)
{
	return lex->read - (uint64_t)(lex->end - lex->at);
}

/* Takes the byte that lex_peek() showed. */
static inline void
lex_take(struct lex *lex)
{
	uint8_t byte = *lex->at++;

	if (byte == '\n') {
		lex->line++;
		lex->column = 1;
	} else if ((byte & 0xc0) != 0x80) {
		lex->column++;
	}
}

void lex_pass_space(struct lex *lex, struct cn_error *err);

static inline void
lex_space(struct lex *lex, struct cn_error *err)
{
	if (lex->at == lex->end || *lex->at <= ' ')
		lex_pass_space(lex, err);
}

/* Behind the opening quote: the decoded text into lex->text. */
enum cn_code lex_string(struct lex *lex, struct cn_error *err);
/* At its first character: the literal into lex->text. */
enum cn_code lex_number(struct lex *lex, struct cn_error *err);
/* At its first character: exactly this word. */
enum cn_code lex_word(struct lex *lex, const char *word, struct cn_error *err);

/* CN_MALFORMED at the present position, or the source's failure. */
enum cn_code lex_fail(struct lex *lex, struct cn_error *err, const char *what);

#endif
