#include <carnet/json.h>

#include <stdlib.h>

const struct cn_json_limits cn_json_default_limits = { 16u << 20, 64, 1000000 };

struct builder {
	struct cn_arena *arena;
	struct cn_json_reader *reader;
	const struct cn_json_limits *limits;
	struct cn_json *parent; /* container being filled */
	struct cn_json **tail; /* where its next child goes */
	struct cn_slice key; /* of the member to come */
	uint32_t key_line, key_column;
	uint32_t values;
	bool keyed;
};

static enum cn_code
no_memory(struct cn_error *err)
{
	return cn_fail(err, CN_MEMORY, "the document is too large to hold");
}

static enum cn_code
add(struct builder *b, const struct cn_json_token *token, struct cn_json **out,
    struct cn_error *err)
{
	struct cn_json *node;

	if (++b->values > b->limits->values) {
		cn_error_at(
		    err, "line %u, column %u", token->line, token->column);
		return cn_fail(err, CN_TOO_LARGE, "more than %u values",
		    b->limits->values);
	}
	node = cn_arena_alloc(b->arena, 1, sizeof(*node));
	if (node == NULL)
		return no_memory(err);
	node->type = token->type;
	node->line = token->line;
	node->column = token->column;
	node->offset = (uint32_t)token->offset;
	node->parent = b->parent;
	if (b->keyed) {
		node->key = b->key;
		node->key_line = b->key_line;
		node->key_column = b->key_column;
		b->keyed = false;
	}
	if (token->type == CN_JSON_STRING || token->type == CN_JSON_NUMBER) {
		node->text = cn_arena_copy(b->arena, token->text);
		if (node->text.ptr == NULL)
			return no_memory(err);
	}
	if (b->parent != NULL)
		b->parent->count++;
	*b->tail = node;
	b->tail = &node->next;
	*out = node;
	return CN_OK;
}

static enum cn_code
remember_key(
    struct builder *b, const struct cn_json_token *token, struct cn_error *err)
{
	b->key = cn_arena_copy(b->arena, token->text);
	if (b->key.ptr == NULL)
		return no_memory(err);
	b->key_line = token->line;
	b->key_column = token->column;
	b->keyed = true;
	return CN_OK;
}

static int
by_key(const void *a, const void *b)
{
	const struct cn_json *const *x = a, *const *y = b;
	int order = cn_slice_cmp((*x)->key, (*y)->key);

	if (order != 0)
		return order;
	return ((*x)->offset > (*y)->offset) - ((*x)->offset < (*y)->offset);
}

/* Sorted neighbours find a duplicate in n log n. */
static enum cn_code
no_duplicates(const struct cn_json *object, struct cn_error *err)
{
	const struct cn_json **members, *m;
	enum cn_code code = CN_OK;
	size_t n = 0;

	if (object->type != CN_JSON_OBJECT || object->count < 2)
		return CN_OK;
	members = calloc(object->count, sizeof(*members));
	if (members == NULL)
		return no_memory(err);
	for (m = object->first; m != NULL; m = m->next)
		members[n++] = m;
	qsort(members, n, sizeof(*members), by_key);
	for (size_t i = 1; i < n && code == CN_OK; i++) {
		if (!cn_slice_eq(members[i - 1]->key, members[i]->key))
			continue;
		cn_error_at(err, "line %u, column %u", members[i]->key_line,
		    members[i]->key_column);
		code = cn_fail(err, CN_MALFORMED,
		    "the member \"%.*s\" stands twice (first in line %u)",
		    CN_FMT(members[i]->key), members[i - 1]->key_line);
	}
	free(members);
	return code;
}

static enum cn_code
leave(struct builder *b, struct cn_error *err)
{
	struct cn_json *done = b->parent;
	enum cn_code code;

	/* The reader closes only what it opened. */
	if (done == NULL)
		return cn_fail(err, CN_MALFORMED, "nothing is open");
	code = no_duplicates(done, err);
	b->parent = done->parent;
	b->tail = &done->next;
	return code;
}

static enum cn_code
build(struct builder *b, struct cn_error *err)
{
	struct cn_json_token token;
	struct cn_json *node = NULL;
	enum cn_code code;

	for (;;) {
		code = cn_json_next(b->reader, &token, err);
		if (code != CN_OK || token.event == CN_JSON_EV_END)
			return code;
		if (token.event == CN_JSON_EV_KEY) {
			code = remember_key(b, &token, err);
		} else if (token.event == CN_JSON_EV_CLOSE) {
			code = leave(b, err);
		} else {
			code = add(b, &token, &node, err);
			if (code == CN_OK && token.event == CN_JSON_EV_OPEN) {
				b->parent = node;
				b->tail = &node->first;
			}
		}
		if (code != CN_OK)
			return code;
	}
}

enum cn_code
cn_json_parse(struct cn_arena *arena, struct cn_slice text,
    const struct cn_json_limits *limits, struct cn_json **out,
    struct cn_error *err)
{
	struct cn_json *root = NULL;
	struct builder b = { .arena = arena, .tail = &root };
	enum cn_code code;

	*out = NULL;
	b.limits = limits != NULL ? limits : &cn_json_default_limits;
	if (text.len > b.limits->bytes)
		return cn_fail(err, CN_TOO_LARGE,
		    "the document has more than %zu bytes", b.limits->bytes);
	b.reader = cn_json_reader_new(
	    NULL, NULL, text, b.limits->bytes, b.limits->depth);
	if (b.reader == NULL)
		return no_memory(err);
	code = build(&b, err);
	cn_json_reader_free(b.reader);
	if (code == CN_OK)
		*out = root;
	return code;
}

const struct cn_json *
cn_json_get(const struct cn_json *object, const char *key)
{
	if (object == NULL || object->type != CN_JSON_OBJECT)
		return NULL;
	for (const struct cn_json *m = object->first; m != NULL; m = m->next)
		if (cn_slice_is(m->key, key))
			return m;
	return NULL;
}

struct cn_slice
cn_json_text(const struct cn_json *object, const char *key)
{
	const struct cn_json *value = cn_json_get(object, key);

	if (value == NULL || value->type != CN_JSON_STRING)
		return CN_SLICE_NONE;
	return value->text;
}

static void
put_escaped(struct cn_buf *out, struct cn_slice name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '~')
			cn_buf_str(out, "~0");
		else if (name.ptr[i] == '/')
			cn_buf_str(out, "~1");
		else
			cn_buf_byte(out, name.ptr[i]);
	}
}

/* Depth is bounded by the reader's limit, so recursion is too. */
void
cn_json_pointer(const struct cn_json *value, struct cn_buf *out)
{
	const struct cn_json *sibling;
	unsigned long index = 0;

	if (value == NULL || value->parent == NULL)
		return;
	cn_json_pointer(value->parent, out);
	cn_buf_byte(out, '/');
	if (value->parent->type == CN_JSON_OBJECT) {
		put_escaped(out, value->key);
		return;
	}
	for (sibling = value->parent->first; sibling != value;
	     sibling = sibling->next)
		index++;
	cn_buf_printf(out, "%lu", index);
}
