#include "template_ops.h"

#include <string.h>

struct block {
	struct cn_slice name;
	const struct rs_keys *keys; /* of a list's items, else NULL */
	struct rs_op *op;
};

struct compiler {
	struct cn_arena *arena;
	const struct rs_part *parts;
	size_t part_count;
	const struct rs_part *part; /* being compiled */
	const struct rs_locale *locale;
	struct rs_op **tail;
	struct block blocks[RS_TEMPLATE_DEPTH];
	unsigned depth;
	size_t at; /* in the source */
	struct cn_error *err;
};

static struct cn_slice
rest(const struct compiler *c)
{
	return cn_slice_sub(c->part->source, c->at, SIZE_MAX);
}

static unsigned
line_of(const struct compiler *c)
{
	unsigned line = 1;

	for (size_t i = 0; i < c->at; i++)
		line += c->part->source.ptr[i] == '\n';
	return line;
}

static enum cn_code
refuse(struct compiler *c, const char *what, struct cn_slice name)
{
	cn_error_at(c->err, "%s.html: line %u", c->part->name, line_of(c));
	return cn_fail(c->err, CN_MALFORMED, "%s: %.*s", what, CN_FMT(name));
}

/* ---- operations ------------------------------------------------------------- */

static struct rs_op *
add_op(struct compiler *c, enum rs_opcode code)
{
	struct rs_op *op = cn_arena_alloc(c->arena, 1, sizeof(*op));

	if (op == NULL) {
		(void)cn_fail(c->err, CN_MEMORY, "no room for templates");
		return NULL;
	}
	op->code = code;
	*c->tail = op;
	c->tail = &op->next;
	return op;
}

static enum cn_code
add_literal(struct compiler *c, struct cn_slice text)
{
	struct rs_op *op;

	if (text.len == 0)
		return CN_OK;
	op = add_op(c, RS_OP_LITERAL);
	if (op == NULL)
		return CN_MEMORY;
	op->text = text;
	return CN_OK;
}

/* A literal from a sentence: escaped once, here. */
static enum cn_code
add_words(struct compiler *c, struct cn_slice words)
{
	struct cn_slice copy = CN_SLICE_NONE;
	struct cn_buf buf;

	cn_buf_init(&buf, 1u << 16);
	rs_escape(words, &buf);
	if (cn_buf_code(&buf, NULL) == CN_OK)
		copy = cn_arena_copy(c->arena, cn_buf_slice(&buf));
	cn_buf_free(&buf);
	if (copy.ptr == NULL)
		return cn_fail(c->err, CN_MEMORY, "no room for templates");
	return add_literal(c, copy);
}

/* ---- keys ------------------------------------------------------------------ */

static const struct rs_key *
key_in(const struct rs_keys *keys, struct cn_slice name)
{
	for (size_t i = 0; i < keys->count; i++)
		if (cn_slice_is(name, keys->rows[i].name))
			return &keys->rows[i];
	return NULL;
}

/* Looks from the innermost list outward; *up counts the lists passed. */
static const struct rs_key *
find_key(const struct compiler *c, struct cn_slice name, unsigned *up)
{
	const struct rs_key *key;

	*up = 0;
	for (unsigned i = c->depth; i > 0; i--) {
		if (c->blocks[i - 1].keys == NULL)
			continue;
		key = key_in(c->blocks[i - 1].keys, name);
		if (key != NULL)
			return key;
		(*up)++;
	}
	return key_in(c->part->keys, name);
}

/* Does the place that was written last lead somewhere when it is touched? */
static bool
is_link_place(struct cn_slice before)
{
	return cn_slice_ends(before, "href=\"") ||
	       cn_slice_ends(before, "src=\"");
}

static enum cn_code
add_value(struct compiler *c, struct cn_slice name, struct cn_slice before)
{
	unsigned up;
	const struct rs_key *key = find_key(c, name, &up);
	struct rs_op *op;

	if (key == NULL)
		return refuse(c, "a key that is not known", name);
	if (key->kind == RS_KEY_BOOL || key->kind == RS_KEY_LIST)
		return refuse(c, "a key without a text", name);
	if (is_link_place(before) && key->kind != RS_KEY_HREF)
		return refuse(c, "not a key for links", name);
	if (cn_slice_ends(before, "="))
		return refuse(c, "an attribute without quotes", name);
	op = add_op(c, RS_OP_VALUE);
	if (op == NULL)
		return CN_MEMORY;
	op->key = key;
	op->up = up;
	return CN_OK;
}

/* ---- blocks ------------------------------------------------------------------ */

static enum cn_code
push(struct compiler *c, struct rs_op *op, struct cn_slice name,
    const struct rs_keys *keys)
{
	if (c->depth == RS_TEMPLATE_DEPTH)
		return refuse(c, "too many blocks", name);
	c->blocks[c->depth++] = (struct block){ name, keys, op };
	return CN_OK;
}

static enum cn_code
open_block(struct compiler *c, struct cn_slice name, bool negate)
{
	unsigned up;
	const struct rs_key *key = find_key(c, name, &up);
	struct rs_op *op;

	if (key == NULL)
		return refuse(c, "a key that is not known", name);
	if (key->kind == RS_KEY_MARK)
		return refuse(c, "a key that is never asked", name);
	op = add_op(c, RS_OP_BLOCK);
	if (op == NULL)
		return CN_MEMORY;
	op->key = key;
	op->up = up;
	op->negate = negate;
	return push(c, op, name,
	    key->kind == RS_KEY_LIST && !negate ? key->item : NULL);
}

static enum cn_code
close_block(struct compiler *c, struct cn_slice name)
{
	struct rs_op *op;

	if (c->depth == 0 || !cn_slice_eq(c->blocks[c->depth - 1].name, name))
		return refuse(c, "closes what is not open", name);
	op = add_op(c, RS_OP_CLOSE);
	if (op == NULL)
		return CN_MEMORY;
	c->blocks[--c->depth].op->close = op;
	return CN_OK;
}

static enum cn_code
call_part(struct compiler *c, struct cn_slice name)
{
	struct rs_op *op;

	for (size_t i = 0; i < c->part_count; i++) {
		const struct rs_keys *keys = c->part->keys;
		for (unsigned d = 0; d < c->depth; d++)
			if (c->blocks[d].keys != NULL)
				keys = c->blocks[d].keys;
		if (!cn_slice_is(name, c->parts[i].name))
			continue;
		if (c->parts[i].keys != keys)
			return refuse(c, "a part for another struct", name);
		op = add_op(c, RS_OP_CALL);
		if (op == NULL)
			return CN_MEMORY;
		op->call = c->parts[i].compiled;
		return CN_OK;
	}
	return refuse(c, "a part that is not there", name);
}

/* ---- sentences ----------------------------------------------------------------- */

static enum cn_code
add_sentence(struct compiler *c, struct cn_slice words)
{
	while (words.len > 0) {
		size_t open = cn_slice_find(words, '{');
		struct cn_slice text = cn_slice_sub(words, 0, open);
		struct cn_slice tail = cn_slice_sub(words, open + 1, SIZE_MAX);
		size_t close = cn_slice_find(tail, '}');
		enum cn_code code = add_words(c, text);

		if (code != CN_OK || open == words.len)
			return code;
		if (close == tail.len)
			return refuse(c, "a place without an end", words);
		code = add_value(c, cn_slice_sub(tail, 0, close), text);
		if (code != CN_OK)
			return code;
		words = cn_slice_sub(tail, close + 1, SIZE_MAX);
	}
	return CN_OK;
}

/* All plural forms that the locale has for the sentence, each as a block. */
static enum cn_code
add_plural(struct compiler *c, struct cn_slice name, struct cn_slice number)
{
	unsigned up, forms = 0;
	const struct rs_key *key = find_key(c, number, &up);
	enum cn_code code = CN_OK;

	if (key == NULL || key->kind != RS_KEY_UINT)
		return refuse(c, "not a key of a number", number);
	for (unsigned form = 0; form < RS_PLURALS && code == CN_OK; form++) {
		struct cn_slice words = rs_locale_form(
		    c->locale, name, (enum rs_plural)form);
		struct rs_op *op;

		if (words.ptr == NULL)
			continue;
		forms++;
		op = add_op(c, RS_OP_FORM);
		if (op == NULL)
			return CN_MEMORY;
		op->key = key;
		op->up = up;
		op->form = (enum rs_plural)form;
		code = push(c, op, name, NULL);
		if (code == CN_OK)
			code = add_sentence(c, words);
		if (code == CN_OK)
			code = close_block(c, name);
	}
	if (forms == 0)
		return refuse(c, "no plural sentence of the locale", name);
	return code;
}

static enum cn_code
add_text(struct compiler *c, struct cn_slice name, bool raw)
{
	size_t blank = cn_slice_find(name, ' ');
	struct cn_slice words;

	if (blank < name.len)
		return add_plural(c, cn_slice_sub(name, 0, blank),
		    cn_slice_sub(name, blank + 1, SIZE_MAX));
	words = rs_locale_sentence(c->locale, name);
	if (words.ptr == NULL)
		return refuse(c, "no sentence of the locale", name);
	return raw ? add_words(c, words) : add_sentence(c, words);
}

/* ---- the source ---------------------------------------------------------------- */

/* Does the source up to `at` end with a line feed and white space, and how much
 * of that? */
static bool
begins_line(struct cn_slice source, size_t at, size_t *blanks)
{
	size_t n = at;

	while (n > 0 && (source.ptr[n - 1] == ' ' || source.ptr[n - 1] == '\t'))
		n--;
	*blanks = at - n;
	return n == 0 || source.ptr[n - 1] == '\n';
}

static enum cn_code
run_tag(struct compiler *c, struct cn_slice tag, struct cn_slice before)
{
	struct cn_slice name = cn_slice_sub(tag, 1, SIZE_MAX);

	if (cn_slice_starts(tag, "t:"))
		return add_text(c, cn_slice_sub(tag, 2, SIZE_MAX), false);
	if (cn_slice_starts(tag, "w:"))
		return add_text(c, cn_slice_sub(tag, 2, SIZE_MAX), true);
	switch (tag.len > 0 ? tag.ptr[0] : 0) {
	case '#':
		return open_block(c, name, false);
	case '^':
		return open_block(c, name, true);
	case '/':
		return close_block(c, name);
	case '>':
		return call_part(c, name);
	case '!':
		return CN_OK;
	default:
		return add_value(c, tag, before);
	}
}

/* The text up to the next tag, and the tag. Returns with c->at behind them. */
static enum cn_code
next_tag(struct compiler *c)
{
	struct cn_slice text = rest(c), tag;
	size_t open = 0, close, blanks;
	bool alone;
	enum cn_code code;

	while (open < text.len &&
	       !cn_slice_starts(cn_slice_sub(text, open, 2), "{{"))
		open++;
	text.len = open;
	c->at += open;
	tag = cn_slice_sub(rest(c), 2, SIZE_MAX);
	for (close = 0; close + 1 < tag.len; close++)
		if (tag.ptr[close] == '}' && tag.ptr[close + 1] == '}')
			break;
	if (rest(c).len == 0)
		return add_literal(c, text);
	if (close + 1 >= tag.len)
		return refuse(c, "a tag without an end", CN_SLICE_NONE);
	tag.len = close;
	/* A tag that makes no text and has a line for itself takes it along. */
	alone = tag.len > 0 && strchr("#^/>!", tag.ptr[0]) != NULL &&
		begins_line(c->part->source, c->at, &blanks) &&
		cn_slice_starts(cn_slice_sub(rest(c), close + 4, 1), "\n");
	if (alone)
		text.len -= blanks;
	code = add_literal(c, text);
	if (code == CN_OK)
		code = run_tag(c, tag, text);
	c->at += close + (alone ? 5 : 4);
	return code;
}

static enum cn_code
compile_part(struct compiler *c, const struct rs_part *part)
{
	enum cn_code code = CN_OK;

	c->part = part;
	c->tail = &part->compiled->first;
	c->depth = 0;
	c->at = 0;
	while (code == CN_OK && rest(c).len > 0)
		code = next_tag(c);
	if (code == CN_OK && c->depth > 0)
		code = refuse(c, "never closed", c->blocks[c->depth - 1].name);
	return code;
}

enum cn_code
rs_templates_compile(struct cn_arena *arena, struct rs_part *parts,
    size_t count, const struct rs_locale *locale, struct cn_error *err)
{
	struct compiler c = { .arena = arena,
		.parts = parts,
		.part_count = count,
		.locale = locale,
		.err = err };
	enum cn_code code = CN_OK;

	for (size_t i = 0; i < count; i++) {
		struct rs_template *tpl = cn_arena_alloc(
		    arena, 1, sizeof(*tpl));
		if (tpl == NULL)
			return cn_fail(err, CN_MEMORY, "no room for templates");
		tpl->name = parts[i].name;
		tpl->keys = parts[i].keys;
		tpl->locale = locale;
		parts[i].compiled = tpl;
	}
	for (size_t i = 0; i < count && code == CN_OK; i++)
		code = compile_part(&c, &parts[i]);
	return code;
}
