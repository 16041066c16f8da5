#include "json_lex.h"

#include <stdlib.h>

enum expect {
	EXPECT_VALUE, /* at the start, behind ',' or ':' */
	EXPECT_FIRST, /* behind '[' or '{' */
	EXPECT_KEY, /* behind ',' in an object */
	EXPECT_MORE, /* behind a value: ',' or the end */
	EXPECT_NOTHING /* behind the document */
};

struct cn_json_reader {
	struct lex lex;
	enum expect expect;
	uint32_t depth, most;
	uint8_t *is_object; /* own; one byte a level */
};

#define CHUNK (64u << 10)

struct cn_json_reader *
cn_json_reader_new(cn_json_source source, void *ctx, struct cn_slice text,
    size_t token_max, uint32_t depth)
{
	struct cn_json_reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->most = depth;
	r->is_object = calloc(depth == 0 ? 1 : depth, 1);
	r->lex.source = source;
	r->lex.ctx = ctx;
	r->lex.line = r->lex.column = 1;
	cn_buf_init(&r->lex.token, token_max);
	if (source != NULL) {
		r->lex.chunk_len = CHUNK;
		r->lex.chunk = malloc(CHUNK);
	} else if (text.len > 0) {
		r->lex.at = text.ptr;
		r->lex.end = text.ptr + text.len;
		r->lex.read = text.len;
	}
	if (r->is_object == NULL || (source != NULL && r->lex.chunk == NULL)) {
		cn_json_reader_free(r);
		return NULL;
	}
	return r;
}

void
cn_json_reader_free(struct cn_json_reader *r)
{
	if (r == NULL)
		return;
	cn_buf_free(&r->lex.token);
	free(r->lex.chunk);
	free(r->is_object);
	free(r);
}

static bool
in_object(const struct cn_json_reader *r)
{
	return r->depth > 0 && r->is_object[r->depth - 1] != 0;
}

static enum cn_code
open_container(struct cn_json_reader *r, struct cn_json_token *token,
    bool object, struct cn_error *err)
{
	if (r->depth >= r->most)
		return lex_fail(&r->lex, err, "nested too deeply");
	lex_take(&r->lex);
	token->event = CN_JSON_EV_OPEN;
	token->type = object ? CN_JSON_OBJECT : CN_JSON_ARRAY;
	r->is_object[r->depth++] = object;
	r->expect = EXPECT_FIRST;
	return CN_OK;
}

static enum cn_code
close_container(struct cn_json_reader *r, struct cn_json_token *token)
{
	lex_take(&r->lex);
	token->event = CN_JSON_EV_CLOSE;
	token->type = in_object(r) ? CN_JSON_OBJECT : CN_JSON_ARRAY;
	r->depth--;
	token->depth = r->depth;
	r->expect = r->depth == 0 ? EXPECT_NOTHING : EXPECT_MORE;
	return CN_OK;
}

static enum cn_code
scalar(struct cn_json_reader *r, struct cn_json_token *token, int c,
    struct cn_error *err)
{
	enum cn_code code;

	token->event = CN_JSON_EV_VALUE;
	if (c == '"') {
		lex_take(&r->lex);
		token->type = CN_JSON_STRING;
		code = lex_string(&r->lex, err);
	} else if (c == 't') {
		token->type = CN_JSON_TRUE;
		code = lex_word(&r->lex, "true", err);
	} else if (c == 'f') {
		token->type = CN_JSON_FALSE;
		code = lex_word(&r->lex, "false", err);
	} else if (c == 'n') {
		token->type = CN_JSON_NULL;
		code = lex_word(&r->lex, "null", err);
	} else if (c == '-' || (c >= '0' && c <= '9')) {
		token->type = CN_JSON_NUMBER;
		code = lex_number(&r->lex, err);
	} else {
		return lex_fail(&r->lex, err,
		    c < 0 ? "the document ends where a value is expected"
			  : "a JSON value is expected");
	}
	token->text = r->lex.text;
	r->expect = r->depth == 0 ? EXPECT_NOTHING : EXPECT_MORE;
	return code;
}

static enum cn_code
member_name(struct cn_json_reader *r, struct cn_json_token *token, int c,
    struct cn_error *err)
{
	enum cn_code code;

	if (c != '"')
		return lex_fail(
		    &r->lex, err, "a member name in quotes is expected");
	lex_take(&r->lex);
	code = lex_string(&r->lex, err);
	if (code != CN_OK)
		return code;
	lex_space(&r->lex, err);
	if (lex_peek(&r->lex, err) != ':')
		return lex_fail(
		    &r->lex, err, "':' is expected behind the member name");
	lex_take(&r->lex);
	token->event = CN_JSON_EV_KEY;
	token->type = CN_JSON_STRING;
	token->text = r->lex.text;
	r->expect = EXPECT_VALUE;
	return CN_OK;
}

/* Behind a value: takes the comma and says what has to follow it. */
static enum cn_code
comma(struct cn_json_reader *r, struct cn_error *err)
{
	int c = lex_peek(&r->lex, err);

	if (c == (in_object(r) ? '}' : ']'))
		return CN_OK;
	if (c != ',')
		return lex_fail(&r->lex, err,
		    c < 0          ? "the document ends too early"
		    : in_object(r) ? "',' or '}' is expected"
				   : "',' or ']' is expected");
	lex_take(&r->lex);
	lex_space(&r->lex, err);
	r->expect = in_object(r) ? EXPECT_KEY : EXPECT_VALUE;
	return CN_OK;
}

static enum cn_code
at_end(
    struct cn_json_reader *r, struct cn_json_token *token, struct cn_error *err)
{
	if (lex_peek(&r->lex, err) >= 0)
		return lex_fail(
		    &r->lex, err, "something stands behind the document");
	if (r->lex.code != CN_OK)
		return r->lex.code;
	token->event = CN_JSON_EV_END;
	return CN_OK;
}

static enum cn_code
next_token(
    struct cn_json_reader *r, struct cn_json_token *token, struct cn_error *err)
{
	enum cn_code code;
	int c;

	*token = (struct cn_json_token){ .event = CN_JSON_EV_END };
	lex_space(&r->lex, err);
	if (r->expect == EXPECT_MORE) {
		code = comma(r, err);
		if (code != CN_OK)
			return code;
	}
	token->line = r->lex.line;
	token->column = r->lex.column;
	token->offset = lex_offset(&r->lex);
	token->depth = r->depth;
	if (r->expect == EXPECT_NOTHING)
		return at_end(r, token, err);
	c = lex_peek(&r->lex, err);
	if ((r->expect == EXPECT_FIRST || r->expect == EXPECT_MORE) &&
	    c == (in_object(r) ? '}' : ']'))
		return close_container(r, token);
	if (r->expect == EXPECT_KEY ||
	    (r->expect == EXPECT_FIRST && in_object(r)))
		return member_name(r, token, c, err);
	if (c == '{' || c == '[')
		return open_container(r, token, c == '{', err);
	return scalar(r, token, c, err);
}

enum cn_code
cn_json_next(
    struct cn_json_reader *r, struct cn_json_token *token, struct cn_error *err)
{
	enum cn_code code = next_token(r, token, err);

	r->lex.discard = false;
	return code;
}

void
cn_json_unwanted(struct cn_json_reader *r)
{
	r->lex.discard = true;
}

enum cn_code
cn_json_skip(struct cn_json_reader *r, const struct cn_json_token *from,
    struct cn_error *err)
{
	struct cn_json_token token;
	uint32_t depth = from->depth;
	enum cn_code code;

	do {
		r->lex.discard = true;
		code = cn_json_next(r, &token, err);
	} while (
	    code == CN_OK && token.event != CN_JSON_EV_END && r->depth > depth);
	return code;
}
