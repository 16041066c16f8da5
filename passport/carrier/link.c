/*
 * GS1 Digital Link, URI Syntax 1.7: reading. Which identifiers there are, and
 * in which order they may stand, is the table's business (ai.h).
 */
#include "ai.h"
#include "url.h"

#include <carnet/link.h>

#include <string.h>

struct reader {
	struct cn_link *out;
	struct cn_error *err;
	size_t used; /* of out->text */
};

/* Decodes percent-encoding behind what the struct holds already. Decoded text
 * is never longer, so the sum fits. The encoding is sound: url.c looked. */
static struct cn_slice
decode(struct reader *r, struct cn_slice raw)
{
	uint8_t *start = r->out->text + r->used, *to = start;

	for (size_t i = 0; i < raw.len; i++) {
		if (raw.ptr[i] == '%') {
			(void)cn_unhex(cn_slice_sub(raw, i + 1, 2), to++, 1);
			i += 2;
		} else {
			*to++ = raw.ptr[i];
		}
	}
	r->used += (size_t)(to - start);
	return cn_slice_of(start, (size_t)(to - start));
}

/* A value for the message of an error: others' bytes, so ASCII only. */
static void
quote(struct cn_slice value, char out[44])
{
	size_t len = value.len < 40 ? value.len : 40;

	for (size_t i = 0; i < len; i++)
		out[i] = value.ptr[i] > ' ' && value.ptr[i] < 0x7f
			     ? (char)value.ptr[i]
			     : '?';
	out[len] = '\0';
}

static enum cn_code
read_part(struct reader *r, const struct ai_row *row, struct cn_slice ai,
    struct cn_slice raw, struct cn_link_part *part)
{
	const char *fault;

	memcpy(part->ai, ai.ptr, ai.len); /* up to four digits: it has a row */
	part->ai[ai.len] = '\0';
	part->value = decode(r, raw);
	fault = ai_fault(row, part->value);
	if (fault == NULL)
		return CN_OK;
	return cn_fail(
	    r->err, CN_BAD_LINK, "the value of (%s) %s", part->ai, fault);
}

/* ---- path -------------------------------------------------------------------- */

static size_t
segment_count(struct cn_slice path)
{
	struct cn_slice segment;
	size_t count = 0;

	while (url_segment(&path, &segment))
		count++;
	return count;
}

static enum cn_code
no_key(struct cn_slice path, struct cn_error *err)
{
	struct cn_slice segment;
	char word[44];

	for (struct cn_slice rest = path; url_segment(&rest, &segment);) {
		quote(segment, word);
		if (ai_is_alpha(segment))
			return cn_fail(err, CN_BAD_LINK,
			    "words such as %s were taken out of Digital Link: "
			    "write the number",
			    word);
		if (ai_find_key(segment) != NULL)
			return cn_fail(err, CN_BAD_LINK,
			    "the path behind %s is not made of pairs", word);
	}
	return cn_fail(
	    err, CN_BAD_LINK, "there is no GS1 identification key in the path");
}

/*
 * The key: the first pair, counted so that whole pairs follow, whose AI is
 * that of a key and whose value is right. What stands before it is a custom
 * stem (URI Syntax 4.1), which only an absolute URI may have. *path moves
 * behind the key.
 */
static enum cn_code
read_key(struct reader *r, bool stem_allowed, struct cn_slice *path,
    const struct ai_row **row)
{
	struct cn_slice rest = *path, ai, raw;
	struct cn_error *err = r->err, first = { .code = CN_OK };
	size_t left = segment_count(rest);

	while (url_segment(&rest, &ai)) {
		struct cn_slice behind = rest;
		struct cn_error fault = { .code = CN_OK };

		left--;
		*row = left % 2 == 1 ? ai_find_key(ai) : NULL;
		if (*row != NULL && url_segment(&behind, &raw)) {
			r->used = 0;
			r->err = &fault;
			if (read_part(r, *row, ai, raw, &r->out->key) ==
			    CN_OK) {
				r->err = err;
				*path = behind;
				return CN_OK;
			}
			if (first.code == CN_OK)
				first = fault;
		}
		if (!stem_allowed)
			break;
	}
	r->err = err;
	if (first.code != CN_OK)
		return cn_fail(err, first.code, "%s", first.text);
	return no_key(*path, err);
}

static enum cn_code
sequence_fail(struct reader *r, const struct ai_row *key, bool missing)
{
	const char *list = key->qualifiers;

	if (missing)
		return cn_fail(r->err, CN_BAD_LINK,
		    "(%s) does not stand without (%.4s)", r->out->key.ai, list);
	if (*list == '\0')
		return cn_fail(r->err, CN_BAD_LINK,
		    "(%s) has no qualifiers in the path", r->out->key.ai);
	return cn_fail(r->err, CN_BAD_LINK,
	    "behind (%s) may stand, in this order and each once: %s",
	    r->out->key.ai, list);
}

static enum cn_code
read_qualifiers(
    struct reader *r, const struct ai_row *key, struct cn_slice path)
{
	struct cn_slice ais[CN_LINK_QUALIFIERS], ai, raw;
	struct cn_link *out = r->out;
	bool missing = false;

	while (url_segment(&path, &ai) && url_segment(&path, &raw)) {
		const struct ai_row *row = ai_find(ai);
		enum cn_code code;

		if (out->qualifier_count == CN_LINK_QUALIFIERS || row == NULL)
			return sequence_fail(r, key, false);
		ais[out->qualifier_count] = ai;
		code = read_part(
		    r, row, ai, raw, &out->qualifiers[out->qualifier_count++]);
		if (code != CN_OK)
			return code;
	}
	if (!ai_sequence_ok(key, ais, out->qualifier_count, &missing))
		return sequence_fail(r, key, missing);
	return CN_OK;
}

/* ---- query ------------------------------------------------------------------- */

static bool
stands_already(const struct cn_link *link, struct cn_slice ai)
{
	if (cn_slice_is(ai, link->key.ai))
		return true;
	for (size_t i = 0; i < link->qualifier_count; i++)
		if (cn_slice_is(ai, link->qualifiers[i].ai))
			return true;
	for (size_t i = 0; i < link->attribute_count; i++)
		if (cn_slice_is(ai, link->attributes[i].ai))
			return true;
	return false;
}

static bool
belongs_in_path(
    const struct cn_link *link, const struct ai_row *key, struct cn_slice ai)
{
	struct cn_slice ais[CN_LINK_QUALIFIERS];

	for (size_t i = 0; i < link->qualifier_count; i++)
		ais[i] = cn_slice_str(link->qualifiers[i].ai);
	return ai_sequence_takes(key, ais, link->qualifier_count, ai);
}

static enum cn_code
read_attribute(struct reader *r, const struct ai_row *key, struct cn_slice ai,
    struct cn_slice raw)
{
	const struct ai_row *row = ai_find(ai);
	struct cn_link *out = r->out;

	/* Words, and numbers that are not assigned (yet), are for others
	 * (URI Syntax 4.10, Resolver 2.4). */
	if (row == NULL)
		return CN_OK;
	if (stands_already(out, ai))
		return cn_fail(
		    r->err, CN_BAD_LINK, "(%.*s) stands twice", CN_FMT(ai));
	if (belongs_in_path(out, key, ai))
		return cn_fail(r->err, CN_BAD_LINK,
		    "(%.*s) belongs in the path, not in the query", CN_FMT(ai));
	if ((row->flags & AI_ATTRIBUTE) == 0)
		return cn_fail(r->err, CN_BAD_LINK,
		    "(%.*s) is not an attribute", CN_FMT(ai));
	if (out->attribute_count == CN_LINK_ATTRIBUTES)
		return cn_fail(r->err, CN_BAD_LINK,
		    "there are more than %d attributes", CN_LINK_ATTRIBUTES);
	/* Forms write a space as '+', and a space is never in a value. */
	if (cn_slice_find(raw, '+') < raw.len)
		return cn_fail(r->err, CN_BAD_LINK,
		    "the value of (%.*s) has a + (write %%2B)", CN_FMT(ai));
	return read_part(
	    r, row, ai, raw, &out->attributes[out->attribute_count++]);
}

/* Both '&' and ';' are delimiters (queryStringDelim in the grammar). */
static enum cn_code
read_query(struct reader *r, const struct ai_row *key, struct cn_slice query)
{
	size_t end;

	for (size_t start = 0; start < query.len; start = end + 1) {
		struct cn_slice pair;
		enum cn_code code;
		size_t equals;

		for (end = start; end < query.len && query.ptr[end] != '&' &&
				  query.ptr[end] != ';';)
			end++;
		pair = cn_slice_sub(query, start, end - start);
		equals = cn_slice_find(pair, '=');
		code = read_attribute(r, key, cn_slice_sub(pair, 0, equals),
		    cn_slice_sub(pair, equals + 1, pair.len));
		if (code != CN_OK)
			return code;
	}
	return CN_OK;
}

/* ---- the whole ----------------------------------------------------------------- */

static enum cn_code
read_link(struct reader *r, struct cn_slice path, struct cn_slice query,
    bool stem_allowed)
{
	const struct ai_row *key = NULL;
	enum cn_code code;

	/* One trailing slash is tolerated (Resolver 2.13). */
	if (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	code = read_key(r, stem_allowed, &path, &key);
	if (code == CN_OK)
		code = read_qualifiers(r, key, path);
	if (code == CN_OK)
		code = read_query(r, key, query);
	return code;
}

static void
link_clear(struct cn_link *link)
{
	link->key = (struct cn_link_part){ .ai = "" };
	link->qualifier_count = 0;
	link->attribute_count = 0;
	link->origin = CN_SLICE_NONE;
}

static enum cn_code
parse(struct cn_slice uri, bool absolute, struct cn_link *out,
    struct cn_error *err)
{
	struct reader r = { .out = out, .err = err };
	struct url url;
	const char *fault;
	enum cn_code code;

	link_clear(out);
	fault = absolute ? url_split(uri, &url) : url_split_path(uri, &url);
	if (fault != NULL)
		return cn_fail(err, CN_BAD_LINK, "the address %s", fault);
	if (cn_slice_find(uri, '#') > CN_LINK_URI)
		return cn_fail(err, CN_BAD_LINK,
		    "the address is longer than %d characters", CN_LINK_URI);
	code = read_link(&r, url.path, url.query, absolute);
	if (code != CN_OK) {
		link_clear(out);
		return code;
	}
	out->origin = url.origin;
	return CN_OK;
}

enum cn_code
cn_link_parse(struct cn_slice uri, struct cn_link *out, struct cn_error *err)
{
	return parse(uri, true, out, err);
}

enum cn_code
cn_link_parse_path(
    struct cn_slice path, struct cn_link *out, struct cn_error *err)
{
	return parse(path, false, out, err);
}

struct cn_slice
cn_link_qualifier(const struct cn_link *link, const char *ai)
{
	for (size_t i = 0; i < link->qualifier_count; i++)
		if (strcmp(link->qualifiers[i].ai, ai) == 0)
			return link->qualifiers[i].value;
	return CN_SLICE_NONE;
}
