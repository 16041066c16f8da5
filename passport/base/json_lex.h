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
	struct cn_buf token; /* decoded string or number literal */
	uint64_t offset; /* of *at */
	uint32_t line, column; /* of *at */
};

/* The next byte without taking it, or -1 at the end or after a failure. */
int lex_peek(struct lex *lex, struct cn_error *err);
/* Takes the byte that lex_peek() showed. */
void lex_take(struct lex *lex);
void lex_space(struct lex *lex, struct cn_error *err);

/* Behind the opening quote: the decoded text into lex->token. */
enum cn_code lex_string(struct lex *lex, struct cn_error *err);
/* At its first character: the literal into lex->token. */
enum cn_code lex_number(struct lex *lex, struct cn_error *err);
/* At its first character: exactly this word. */
enum cn_code lex_word(struct lex *lex, const char *word, struct cn_error *err);

/* CN_MALFORMED at the present position, or the source's failure. */
enum cn_code lex_fail(struct lex *lex, struct cn_error *err, const char *what);

#endif
