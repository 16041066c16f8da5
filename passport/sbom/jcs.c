#include "jcs.h"

#include <stdlib.h>
#include <string.h>

/* Canonical forms are as large as their files. */
#define CANONICAL_MOST (256u << 20)
#define KEYS_MOST (64u << 20)

/* A member of an open object: its name, and its bytes in the output. */
struct member {
	size_t name_at, name_len; /* in jcs.names */
	size_t at, len; /* in jcs.out, without comma */
};

struct level {
	bool object;
	bool sorted; /* so far */
	size_t members_at; /* its first in jcs.members */
	size_t names_at;
	size_t items;
};

struct jcs {
	struct cn_buf *out;
	size_t base; /* where the document begins in out */
	struct cn_buf names; /* decoded, of the open objects */
	struct cn_buf spare; /* an object while its members change places */
	struct member *members; /* own; of the open objects */
	size_t count, space;
	struct level levels[JCS_DEPTH];
	size_t depth;
	bool after_key;
	struct cn_error *err;
};

/* ---- order ------------------------------------------------------------------------ */

/* By UTF-16 code units (section 3.2.3). UTF-8 has the same order, except that
 * characters beyond U+FFFF, being surrogates there, come before U+E000. */
static int
cmp_names(struct cn_slice a, struct cn_slice b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++) {
		uint8_t x = a.ptr[i], y = b.ptr[i];

		if (x == y)
			continue;
		if (x >= 0xf0 && (y == 0xee || y == 0xef))
			return -1;
		if (y >= 0xf0 && (x == 0xee || x == 0xef))
			return 1;
		return x < y ? -1 : 1;
	}
	return a.len == b.len ? 0 : a.len < b.len ? -1 : 1;
}

static struct cn_slice
name_of(const struct jcs *j, const struct member *m)
{
	return cn_slice_sub(cn_buf_slice(&j->names), m->name_at, m->name_len);
}

/* A merge sort: qsort() has no room for the buffer that holds the names. */
static void
sort(const struct jcs *j, struct member *list, struct member *space, size_t n)
{
	size_t half = n / 2, a = 0, b = half, to = 0;

	if (n < 2)
		return;
	sort(j, list, space, half);
	sort(j, list + half, space + half, n - half);
	while (a < half && b < n)
		space[to++] = cmp_names(name_of(j, &list[a]),
				  name_of(j, &list[b])) <= 0
				  ? list[a++]
				  : list[b++];
	while (a < half)
		space[to++] = list[a++];
	while (b < n)
		space[to++] = list[b++];
	memcpy(list, space, n * sizeof(*list));
}

/* ---- objects ---------------------------------------------------------------------- */

static enum cn_code
fail_memory(struct jcs *j)
{
	return cn_fail(j->err, CN_MEMORY, "no memory for a canonical form");
}

static void
member_ends(struct jcs *j, const struct level *l)
{
	if (l->object && j->count > l->members_at)
		j->members[j->count - 1].len = j->out->len -
					       j->members[j->count - 1].at;
}

/* Puts the members of the innermost object into their places. */
static void
permute(struct jcs *j, const struct level *l)
{
	size_t count = j->count - l->members_at;
	const struct member *list = &j->members[l->members_at];
	size_t from = list[0].at;

	for (size_t i = 1; i < count; i++)
		if (list[i].at < from)
			from = list[i].at;
	cn_buf_reset(&j->spare);
	cn_buf_put(
	    &j->spare, cn_slice_sub(cn_buf_slice(j->out), from, j->out->len));
	if (j->spare.code != CN_OK || j->out->code != CN_OK)
		return;
	j->out->len = from;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			cn_buf_byte(j->out, ',');
		cn_buf_put(j->out, cn_slice_sub(cn_buf_slice(&j->spare),
				       list[i].at - from, list[i].len));
	}
}

static enum cn_code
object_ends(struct jcs *j, const struct level *l)
{
	size_t count = j->count - l->members_at;
	struct member *list = count == 0 ? NULL : &j->members[l->members_at];
	struct member *space;

	if (l->sorted || count < 2)
		return CN_OK;
	space = calloc(count, sizeof(*space));
	if (space == NULL)
		return fail_memory(j);
	sort(j, list, space, count);
	free(space);
	for (size_t i = 1; i < count; i++) {
		struct cn_slice name = name_of(j, &list[i]);

		if (cmp_names(name_of(j, &list[i - 1]), name) == 0)
			return cn_fail(j->err, CN_MALFORMED,
			    "the member \"%.*s\" is there twice",
			    CN_FMT(cn_slice_sub(name, 0, 80)));
	}
	permute(j, l);
	return CN_OK;
}

/* ---- tokens ----------------------------------------------------------------------- */

static void
put_string(struct cn_buf *out, struct cn_slice text)
{
	static const char from[] = "\b\t\n\f\r\"\\", to[] = "btnfr\"\\";
	size_t plain = 0;

	cn_buf_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];
		const char *hit;

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		cn_buf_put(out, cn_slice_sub(text, plain, i - plain));
		plain = i + 1;
		hit = strchr(from, c);
		if (hit != NULL && c != 0)
			cn_buf_printf(out, "\\%c", to[hit - from]);
		else
			cn_buf_printf(out, "\\u%04x", c);
	}
	cn_buf_put(out, cn_slice_sub(text, plain, text.len));
	cn_buf_byte(out, '"');
}

/* The comma in front of an item or member. */
static void
separate(struct jcs *j)
{
	struct level *l = j->depth == 0 ? NULL : &j->levels[j->depth - 1];

	if (j->after_key)
		j->after_key = false;
	else if (l != NULL && l->items++ > 0)
		cn_buf_byte(j->out, ',');
}

static enum cn_code
key(struct jcs *j, struct cn_slice name)
{
	struct level *l = &j->levels[j->depth - 1];
	struct member *m;

	member_ends(j, l);
	separate(j);
	j->after_key = true;
	if (j->count == j->space) {
		size_t space = j->space == 0 ? 64 : j->space * 2;
		struct member *more = realloc(
		    j->members, space * sizeof(*more));

		if (more == NULL)
			return fail_memory(j);
		j->members = more;
		j->space = space;
	}
	if (j->count > l->members_at && l->sorted)
		l->sorted = cmp_names(name_of(j, &j->members[j->count - 1]),
				name) < 0;
	m = &j->members[j->count++];
	*m = (struct member){ j->names.len, name.len, j->out->len, 0 };
	cn_buf_put(&j->names, name);
	put_string(j->out, name);
	cn_buf_byte(j->out, ':');
	return CN_OK;
}

static enum cn_code
opened(struct jcs *j, bool object)
{
	separate(j);
	if (j->depth == JCS_DEPTH)
		return cn_fail(j->err, CN_MALFORMED, "nested too deeply");
	j->levels[j->depth++] = (struct level){ .object = object,
		.sorted = true,
		.members_at = j->count,
		.names_at = j->names.len };
	cn_buf_byte(j->out, object ? '{' : '[');
	return CN_OK;
}

static enum cn_code
closed(struct jcs *j)
{
	struct level *l = &j->levels[j->depth - 1];
	enum cn_code code = CN_OK;

	member_ends(j, l);
	if (l->object)
		code = object_ends(j, l);
	cn_buf_byte(j->out, l->object ? '}' : ']');
	j->count = l->members_at;
	j->names.len = l->names_at;
	j->depth--;
	return code;
}

static enum cn_code
scalar(struct jcs *j, const struct cn_json_token *t)
{
	static const char *const words[] = { "null", "false", "true" };

	separate(j);
	if (t->type == CN_JSON_STRING)
		put_string(j->out, t->text);
	else if (t->type != CN_JSON_NUMBER)
		cn_buf_str(j->out, words[t->type]);
	else if (!jcs_number(t->text, j->out))
		return cn_fail(j->err, CN_MALFORMED,
		    "the number is beyond what a double can hold");
	return CN_OK;
}

static enum cn_code
take(struct jcs *j, const struct cn_json_token *t)
{
	switch (t->event) {
	case CN_JSON_EV_KEY:
		return key(j, t->text);
	case CN_JSON_EV_OPEN:
		return opened(j, t->type == CN_JSON_OBJECT);
	case CN_JSON_EV_CLOSE:
		return closed(j);
	case CN_JSON_EV_VALUE:
		return scalar(j, t);
	case CN_JSON_EV_END:
		break;
	}
	return CN_OK;
}

static enum cn_code
walk(struct jcs *j, struct cn_json_reader *reader)
{
	struct cn_json_token t;
	enum cn_code code;

	do {
		code = cn_json_next(reader, &t, j->err);
		if (code != CN_OK)
			return code;
		code = take(j, &t);
		if (code == CN_OK)
			code = cn_buf_code(j->out, j->err);
		if (code == CN_OK)
			code = cn_buf_code(&j->names, j->err);
		if (code == CN_OK)
			code = cn_buf_code(&j->spare, j->err);
		if (code != CN_OK)
			cn_error_at(
			    j->err, "line %u, column %u", t.line, t.column);
	} while (code == CN_OK && t.event != CN_JSON_EV_END);
	return code;
}

enum cn_code
jcs_write(
    struct cn_json_reader *reader, struct cn_buf *out, struct cn_error *err)
{
	struct jcs *j = calloc(1, sizeof(*j));
	enum cn_code code;

	if (j == NULL)
		return cn_fail(
		    err, CN_MEMORY, "no memory for a canonical form");
	j->out = out;
	j->err = err;
	cn_buf_init(&j->names, KEYS_MOST);
	cn_buf_init(&j->spare, CANONICAL_MOST);
	code = walk(j, reader);
	cn_buf_free(&j->names);
	cn_buf_free(&j->spare);
	free(j->members);
	free(j);
	return code;
}

enum cn_code
cn_json_canonical(
    struct cn_slice json, struct cn_buf *out, struct cn_error *err)
{
	struct cn_json_reader *reader = cn_json_reader_new(
	    NULL, NULL, json, CANONICAL_MOST, JCS_DEPTH);
	enum cn_code code;

	if (reader == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	code = jcs_write(reader, out, err);
	cn_json_reader_free(reader);
	return code;
}

enum cn_code
jcs_digest(
    struct source *src, struct cn_sbom_facts *facts, struct cn_error *err)
{
	struct cn_json_reader *reader;
	struct cn_buf out;
	enum cn_code code = source_rewind(src, false, err);

	if (code != CN_OK)
		return code;
	reader = cn_json_reader_new(
	    source_fill, src, CN_SLICE_NONE, CANONICAL_MOST, JCS_DEPTH);
	if (reader == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	cn_buf_init(&out, CANONICAL_MOST);
	code = jcs_write(reader, &out, err);
	cn_json_reader_free(reader);
	if (code == CN_OK)
		code = cn_sha256(cn_buf_slice(&out), facts->jcs_sha256, err);
	facts->has_jcs = code == CN_OK;
	cn_buf_free(&out);
	return code;
}
