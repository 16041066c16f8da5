/*
 * GS1 Digital Link URIs (URI Syntax 1.7): parse, canonical form, walk-up.
 * Parsing allocates nothing: values are decoded into the struct itself.
 */
#ifndef CARNET_LINK_H
#define CARNET_LINK_H

#include <carnet/bytes.h>

#define CN_LINK_QUALIFIERS 4
#define CN_LINK_ATTRIBUTES 16
#define CN_LINK_URI 2048 /* longest URI read, bytes */

struct cn_link_part {
	char ai[5];
	struct cn_slice value; /* decoded; points into the struct */
};

struct cn_link {
	struct cn_link_part key;
	struct cn_link_part qualifiers[CN_LINK_QUALIFIERS];
	size_t qualifier_count;
	struct cn_link_part attributes[CN_LINK_ATTRIBUTES];
	size_t attribute_count;
	struct cn_slice origin; /* "https://id.maker.example", borrow; empty
				   where only a path was parsed */
	uint8_t text[CN_LINK_URI];
};

/*
 * An absolute http(s) URI; a fragment is ignored, a custom stem before the key
 * ("https://maker.example/shop/01/…") is allowed, one trailing slash is
 * tolerated. Read strictly: order and number of qualifiers, length, character
 * set, check digits, dates. Attributes of the query are kept; words and numbers
 * that are no assigned AI are passed over; ';' separates as '&' does.
 * CN_BAD_LINK with the reason; the struct is empty then.
 * The struct points into itself: do not copy it by assignment.
 */
CN_API CN_MUST_USE enum cn_code cn_link_parse(
    struct cn_slice uri, struct cn_link *out, struct cn_error *err);
/* A path with optional query, as a server sees it: "/01/…?17=…". Without a
 * stem: whoever serves below one cuts it off. */
CN_API CN_MUST_USE enum cn_code cn_link_parse_path(
    struct cn_slice path, struct cn_link *out, struct cn_error *err);

/* The value of a qualifier, or an empty slice with ptr NULL. */
CN_API struct cn_slice cn_link_qualifier(
    const struct cn_link *link, const char *ai);

/* "https://id.gs1.org/01/…/21/…"; attributes of predefined length first, else
 * in their order. Needs at most 3 * CN_LINK_URI bytes and some. */
CN_API void cn_link_canonical(const struct cn_link *link, struct cn_buf *out);
/* "/01/…/21/…": key and qualifiers in canonical percent-encoding. */
CN_API void cn_link_path(const struct cn_link *link, struct cn_buf *out);
/* "(01)…(21)…"; '(' in a value is written "\(". */
CN_API void cn_link_elements(const struct cn_link *link, struct cn_buf *out);

/*
 * The identifiers that speak for a link, the nearest first: itself, then what
 * is left when qualifiers are dropped, within {21; 22+10; 10; 22; key} and
 * always the key. step counts from 0. Appends the path of that identifier and
 * returns true; false when there are no more.
 */
CN_API bool cn_link_ancestor(
    const struct cn_link *link, unsigned step, struct cn_buf *out);

/* ---- subjects ------------------------------------------------------------- */

/*
 * The subject (sub) of a product URL: the canonical Digital Link without
 * attributes where it is one, else the https URL itself if a URL parser would
 * leave it unchanged. What looks like a Digital Link but is none is CN_BAD_LINK,
 * never a plain URL.
 */
CN_API CN_MUST_USE enum cn_code cn_subject_of(
    struct cn_slice url, struct cn_buf *out, struct cn_error *err);
/* Is it exactly what cn_subject_of() makes of it? */
CN_API bool cn_subject_ok(struct cn_slice sub);
/* Is `sub` equal to `scanned` or one of its ancestors? Both canonical. */
CN_API bool cn_subject_speaks_for(struct cn_slice sub, struct cn_slice scanned);

#endif
