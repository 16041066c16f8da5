#include "links.h"

#include <string.h>
#include <strings.h>

/* The most tags of one link that are compared. */
#define TAGS 40

struct cn_slice
rs_link_type(struct cn_slice rel)
{
	static const char *const prefixes[] = {
		"gs1:",
		"https://ref.gs1.org/voc/",
		"https://gs1.org/voc/",
		"https://www.gs1.org/voc/",
	};
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (cn_slice_starts(rel, prefixes[i]))
			return cn_slice_sub(rel, strlen(prefixes[i]), SIZE_MAX);
	}
	return rel;
}

/* ---- candidates ------------------------------------------------------------ */

static void
collect(const struct rs_links_query *query, size_t level,
    struct cn_slice wanted, struct rs_links *out)
{
	const struct cn_value *value;
	const struct cn_record *link;

	if (query->levels[level] == NULL)
		return;
	for (value = cn_get(query->levels[level], CN_F_LINKS);
	     value != NULL && out->count < RS_LINKS; value = value->next) {
		link = value->as.record;
		if (!cn_slice_eq(
			rs_link_type(cn_get_text(link, CN_PRODUCT_LINK_REL)),
			wanted))
			continue;
		out->level[out->count] = level;
		out->found[out->count++] = link;
	}
}

static size_t
tags_of(const struct cn_record *link, unsigned row, struct cn_slice tags[TAGS])
{
	const struct cn_value *value;
	size_t count = 0;

	for (value = cn_get(link, row); value != NULL && count < TAGS;
	     value = value->next)
		tags[count++] = value->as.text;
	return count;
}

/* ---- filters: keep those of the highest weight ----------------------------- */

typedef unsigned (*weigh)(const struct rs_links_query *query,
    const struct cn_record *link, size_t level);

/* A link without a type matches whatever is accepted, if less exactly than one
 * that has it. What is not accepted weighs nothing. */
static unsigned
weigh_media(const struct rs_links_query *query, const struct cn_record *link,
    size_t level)
{
	struct cn_slice type = cn_get_text(link, CN_PRODUCT_LINK_TYPE);
	unsigned best = 0;
	size_t i;

	(void)level;
	/* "text/html; charset=utf-8" is text/html. */
	type.len = cn_slice_find(type, ';');
	if (type.len > 0)
		return rs_accept_weight(query->accept, type);
	if (query->accept->count == 0)
		return 1000 * 4;
	for (i = 0; i < query->accept->count; i++) {
		if (query->accept->ranges[i].q > best)
			best = query->accept->ranges[i].q;
	}
	return best == 0 ? 0 : best * 4 + 1;
}

/* 0: other languages; 1: none said; more: the client's, the best the most. */
static unsigned
weigh_language(const struct rs_links_query *query, const struct cn_record *link,
    size_t level)
{
	struct cn_slice tags[TAGS];
	size_t count = tags_of(link, CN_PRODUCT_LINK_HREFLANG, tags);
	int rank;

	(void)level;
	if (query->languages->count == 0)
		return 1;
	if (count == 0)
		return 1;
	rank = rs_languages_rank(query->languages, tags, count);
	return rank < 0 ? 0 : 2 + RS_RANGES - (unsigned)rank;
}

static unsigned
weigh_context(const struct rs_links_query *query, const struct cn_record *link,
    size_t level)
{
	struct cn_slice tags[TAGS];
	size_t count = tags_of(link, CN_PRODUCT_LINK_CONTEXT, tags), i;

	(void)level;
	if (query->context.ptr == NULL || count == 0)
		return count == 0;
	for (i = 0; i < count; i++) {
		if (tags[i].len == query->context.len &&
		    strncasecmp((const char *)tags[i].ptr,
			(const char *)query->context.ptr, tags[i].len) == 0)
			return 2;
	}
	return 0;
}

static unsigned
weigh_level(const struct rs_links_query *query, const struct cn_record *link,
    size_t level)
{
	(void)link;
	return (unsigned)(query->level_count - level);
}

static void
keep_best(const struct rs_links_query *query, weigh how, struct rs_links *out)
{
	unsigned best = 0, weight;
	size_t i, kept = 0;

	for (i = 0; i < out->count; i++) {
		weight = how(query, out->found[i], out->level[i]);
		if (weight > best) {
			best = weight;
			kept = 0;
		}
		if (weight == best) {
			out->level[kept] = out->level[i];
			out->found[kept++] = out->found[i];
		}
	}
	out->count = kept;
}

/* ---- finding --------------------------------------------------------------- */

/* The nearest level that has a default decides: one in the client's language,
 * else the one for all. */
static void
find_default(const struct rs_links_query *query, struct rs_links *out)
{
	struct cn_slice tags[TAGS];
	size_t level, i, kept;

	for (level = 0; level < query->level_count; level++) {
		out->count = 0;
		collect(query, level, CN_SLICE("defaultLinkMulti"), out);
		for (i = kept = 0; i < out->count; i++) {
			size_t count = tags_of(
			    out->found[i], CN_PRODUCT_LINK_HREFLANG, tags);

			if (rs_languages_rank(query->languages, tags, count) >=
			    0)
				out->found[kept++] = out->found[i];
		}
		out->count = kept;
		if (out->count == 0)
			collect(query, level, CN_SLICE("defaultLink"), out);
		if (out->count == 0)
			continue;
		keep_best(query, weigh_language, out);
		keep_best(query, weigh_media, out);
		/* A default is one: that it is always there is its point. */
		out->count = 1;
		return;
	}
}

void
rs_links_find(const struct rs_links_query *query, struct rs_links *out)
{
	struct cn_slice wanted = rs_link_type(query->link_type);
	size_t level;

	out->count = 0;
	if (query->link_type.ptr == NULL ||
	    cn_slice_is(wanted, "defaultLink")) {
		find_default(query, out);
		return;
	}
	for (level = 0; level < query->level_count; level++)
		collect(query, level, wanted, out);
	if (out->count < 2)
		return;
	keep_best(query, weigh_media, out);
	keep_best(query, weigh_language, out);
	keep_best(query, weigh_context, out);
	keep_best(query, weigh_level, out);
}

void
rs_link_target(struct cn_slice href, struct cn_slice query, bool has_query,
    struct cn_buf *out)
{
	size_t hash = cn_slice_find(href, '#');
	struct cn_slice front = cn_slice_sub(href, 0, hash);

	cn_buf_put(out, front);
	if (has_query) {
		cn_buf_byte(
		    out, cn_slice_find(front, '?') < front.len ? '&' : '?');
		cn_buf_put(out, query);
	}
	cn_buf_put(out, cn_slice_sub(href, hash, SIZE_MAX));
}
