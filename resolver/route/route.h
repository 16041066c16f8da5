/*
 * Where a request goes: from a path to an enum and its bounded arguments, by a
 * const table. Asks nobody, allocates only in the exchange's arena.
 */
#ifndef RESOLVER_ROUTE_ROUTE_H
#define RESOLVER_ROUTE_ROUTE_H

#include <carnet/link.h>
#include <carnet/passport.h>

#include "../http/message.h"

enum rs_place {
	RS_AT_SCAN, /* /01/… : a Digital Link */
	RS_AT_PAGE, /* /dpp/01/… : its passport */
	RS_AT_HOME,
	RS_AT_DESCRIPTION, /* /.well-known/gs1resolver */
	RS_AT_ASSET,
	RS_AT_PUBLISH, /* POST /v1/dpps */
	RS_AT_DPP, /* /v1/dpps/{dppId} */
	RS_AT_UPDATE, /* PATCH /v1/dpps/{dppId} */
	RS_AT_VERSIONS,
	RS_AT_VERSION,
	RS_AT_PRODUCT, /* /v1/dppsByProductId/{productId} */
	RS_AT_ISSUERS,
	RS_AT_CHANGES,
	RS_AT_HEALTH,
	RS_AT_OPTIONS, /* OPTIONS of any of them */
	RS_AT_NOWHERE /* status says why */
};

enum rs_representation { RS_COMPRESSED, RS_FULL };

struct rs_route {
	enum rs_place place;
	const char *name; /* for the log; a literal */
	bool api; /* errors are JSON, never a page */
	unsigned allow; /* methods of this path, a set */

	unsigned status; /* of a refusal: 400, 404, 405, 414; 0: none */
	const char *reason; /* one sentence; in the arena */

	/* The identifier that was asked for, as a canonical subject; empty
	 * where the place has none. */
	struct cn_slice subject;
	/* Set where the subject is a Digital Link: its walk-up. */
	const struct cn_link *link;
	/* The path as it was sent, without "/dpp". */
	struct cn_slice path;

	struct cn_slice asset; /* name */
	uint8_t digest[CN_DIGEST]; /* of a version */
	uint64_t since; /* of /changes */
	uint64_t below; /* of a history; 0: from the newest */
	uint64_t limit;
	enum rs_representation representation;
	/* Of the query, decoded; ptr NULL: not given. */
	struct cn_slice link_type;
	struct cn_slice context;
};

/* Never fails: what is wrong becomes a status. */
void rs_route(const struct rs_request *request, struct cn_arena *arena,
    struct rs_route *out);

/* "GET, HEAD, OPTIONS" */
void rs_methods_print(unsigned methods, char *out, size_t space);

/* The value of the first parameter of that name in a query, percent-decoded;
 * ptr NULL where there is none. *bad is set where it cannot be decoded. */
struct cn_slice rs_query_get(
    struct cn_slice query, const char *name, struct cn_arena *arena, bool *bad);
/* Percent-decodes; false for "%" without two hex digits, and for control
 * characters. */
bool rs_unescape(
    struct cn_slice text, struct cn_arena *arena, struct cn_slice *out);

#endif
