/*
 * Which link answers a scan (GS1-Conformant Resolver 1.2.1): link type, then
 * media type, then language, then context, then the nearer level.
 */
#ifndef RESOLVER_ROUTE_LINKS_H
#define RESOLVER_ROUTE_LINKS_H

#include <carnet/model.h>

#include "negotiate.h"

#define RS_LINKS 256

struct rs_links_query {
	/* Records of the walk-up union, the nearest first; may be NULL. */
	const struct cn_record *const *levels;
	size_t level_count;
	struct cn_slice link_type; /* ptr NULL: the default link */
	struct cn_slice context;
	const struct rs_accept *accept;
	const struct rs_languages *languages;
};

struct rs_links {
	const struct cn_record *found[RS_LINKS]; /* of product_link */
	size_t level[RS_LINKS];
	size_t count; /* 0: none; 1: the one; more: undecidable */
};

void rs_links_find(const struct rs_links_query *query, struct rs_links *out);

/* The name of a link type without the prefix of the GS1 vocabulary: "gs1:pip"
 * and "https://ref.gs1.org/voc/pip" are "pip"; others stay as they are. */
struct cn_slice rs_link_type(struct cn_slice rel);

/* Where a link leads: href with the request's query, before any '#', joined by
 * '&' where there is a query already. */
void rs_link_target(struct cn_slice href, struct cn_slice query, bool has_query,
    struct cn_buf *out);

#endif
