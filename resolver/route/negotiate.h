/*
 * Content negotiation (RFC 9110 section 12, RFC 4647 section 3.4). Nothing
 * that a client can say makes it fail: what cannot be understood counts as not
 * said.
 */
#ifndef RESOLVER_ROUTE_NEGOTIATE_H
#define RESOLVER_ROUTE_NEGOTIATE_H

#include <carnet/bytes.h>

/* More entries of a header than this are not looked at. */
#define RS_RANGES 32

/* One entry of Accept; slices borrow from the header. */
struct rs_range {
	struct cn_slice type, subtype; /* "*" where any */
	unsigned q; /* thousandths */
};

struct rs_accept {
	struct rs_range ranges[RS_RANGES];
	size_t count; /* 0: no preference */
};

void rs_accept_parse(struct cn_slice header, struct rs_accept *out);

/* How well a media type fits: q * 4 + how exactly it was named (1 for any, 2
 * for type/any, 3 for itself), or 0 where it is not wanted. No preference: all
 * fit alike. */
unsigned rs_accept_weight(
    const struct rs_accept *accept, struct cn_slice media);
/* Does the header name this very type, with q > 0? */
bool rs_accept_names(const struct rs_accept *accept, struct cn_slice media);

/* The best of the offers, in the server's order of preference where the client
 * has none; -1 where none is wanted. */
int rs_accept_best(
    const struct rs_accept *accept, const char *const *offers, size_t count);

/* Language ranges in order of preference, those with q = 0, "*" and nonsense
 * left out. */
struct rs_languages {
	struct cn_slice ranges[RS_RANGES];
	size_t count;
};
void rs_languages_parse(struct cn_slice header, struct rs_languages *out);
/* RFC 4647 lookup: is `tag` the range, or what is left of it when subtags are
 * dropped from its end? Case does not matter. */
bool rs_language_match(struct cn_slice range, struct cn_slice tag);
/* Position of the first range that matches any of the tags, or -1. */
int rs_languages_rank(const struct rs_languages *languages,
    const struct cn_slice *tags, size_t count);

/* Does an If-None-Match header hold the tag (weak comparison)? `etag` with its
 * quotes. "*" holds any. */
bool rs_etag_match(struct cn_slice header, struct cn_slice etag);

#endif
