#include "route.h"

#include <stdio.h>
#include <string.h>

#define READ                                              \
	(RS_METHOD_BIT(RS_GET) | RS_METHOD_BIT(RS_HEAD) | \
	    RS_METHOD_BIT(RS_OPTIONS))
#define WRITE(method) (RS_METHOD_BIT(method) | RS_METHOD_BIT(RS_OPTIONS))

/* What the braces of a pattern hold, in the order of struct rs_route. */
enum capture { CAPTURE_NONE, CAPTURE_SUBJECT, CAPTURE_PRODUCT, CAPTURE_ASSET };

/*
 * One row a route. "{}" is one segment, decoded as `capture` says; a second
 * one is always the digest of a version. Rows of one pattern share its
 * methods; the first row whose method fits is taken.
 */
static const struct row {
	const char *pattern;
	unsigned methods;
	enum rs_place place;
	enum capture capture;
	bool api;
	const char *name;
} table[] = {
	{ "/", READ, RS_AT_HOME, CAPTURE_NONE, false, "home" },
	{ "/.well-known/gs1resolver", READ, RS_AT_DESCRIPTION, CAPTURE_NONE,
	    true, "description" },
	{ "/assets/{}", READ, RS_AT_ASSET, CAPTURE_ASSET, false, "asset" },
	{ "/changes", READ, RS_AT_CHANGES, CAPTURE_NONE, true, "changes" },
	{ "/healthz", READ, RS_AT_HEALTH, CAPTURE_NONE, true, "health" },
	{ "/v1/dpps", WRITE(RS_POST), RS_AT_PUBLISH, CAPTURE_NONE, true,
	    "publish" },
	{ "/v1/dpps/{}", READ, RS_AT_DPP, CAPTURE_SUBJECT, true, "dpp" },
	{ "/v1/dpps/{}", WRITE(RS_PATCH), RS_AT_UPDATE, CAPTURE_SUBJECT, true,
	    "update" },
	{ "/v1/dpps/{}/versions", READ, RS_AT_VERSIONS, CAPTURE_SUBJECT, true,
	    "versions" },
	{ "/v1/dpps/{}/versions/{}", READ, RS_AT_VERSION, CAPTURE_SUBJECT, true,
	    "version" },
	{ "/v1/dppsByProductId/{}", READ, RS_AT_PRODUCT, CAPTURE_PRODUCT, true,
	    "product" },
	{ "/v1/issuers", READ, RS_AT_ISSUERS, CAPTURE_NONE, true, "issuers" },
};
#define ROWS (sizeof(table) / sizeof(table[0]))

/* Beyond these a client turns the page: ?since=, ?below=. */
#define LIMIT_DEFAULT 100
#define LIMIT_MAX 1000

static void
refuse(struct rs_route *out, unsigned status, const char *reason)
{
	out->place = RS_AT_NOWHERE;
	out->status = status;
	out->reason = reason;
}

/* ---- patterns -------------------------------------------------------------- */

/* Does the path fit, and what stands for its braces? */
static bool
fits(const char *pattern, struct cn_slice path, struct cn_slice held[2])
{
	size_t count = 0, at = 0, end;

	for (; *pattern != '\0'; pattern++) {
		if (pattern[0] == '{' && pattern[1] == '}') {
			for (end = at; end < path.len && path.ptr[end] != '/';)
				end++;
			if (end == at)
				return false;
			held[count++] = cn_slice_sub(path, at, end - at);
			at = end;
			pattern++;
		} else if (at == path.len ||
			   path.ptr[at++] != (uint8_t)*pattern) {
			return false;
		}
	}
	return at == path.len;
}

/* The row for path and method; NULL where there is none. *allow: the methods
 * of the path, 0 where no row has it. */
static const struct row *
find(struct cn_slice path, enum rs_method method, unsigned *allow,
    struct cn_slice held[2])
{
	const struct row *found = NULL;
	struct cn_slice ignored[2];
	size_t i;

	*allow = 0;
	for (i = 0; i < ROWS; i++) {
		if (!fits(table[i].pattern, path, ignored))
			continue;
		if (found == NULL)
			found = &table[i];
		if ((table[i].methods & RS_METHOD_BIT(method)) != 0 &&
		    (found->methods & RS_METHOD_BIT(method)) == 0)
			found = &table[i];
		*allow |= table[i].methods;
	}
	if (found != NULL)
		(void)fits(found->pattern, path, held);
	return found;
}

/* ---- arguments ------------------------------------------------------------- */

/* A product is named by any URL of it or, as GS1 writes identifiers without
 * a host, by the path alone: "01/09506000134352/21/1". */
static void
put_product(struct cn_buf *out, struct cn_slice id)
{
	if (id.len > 0 && id.ptr[0] >= '0' && id.ptr[0] <= '9')
		cn_buf_str(out, "https://id.gs1.org/");
	else if (id.len > 0 && id.ptr[0] == '/')
		cn_buf_str(out, "https://id.gs1.org");
	cn_buf_put(out, id);
}

/* A passport's id is its subject as it stands in it. */
static void
take_subject(struct rs_route *out, struct cn_slice held, bool exact,
    struct cn_arena *arena)
{
	struct cn_error err = { 0 };
	struct cn_link *link;
	struct cn_buf canonical, full;
	struct cn_slice id;

	if (!rs_unescape(held, arena, &id)) {
		refuse(out, 400, "the identifier is not percent-encoded text");
		return;
	}
	cn_buf_init(&canonical, 4 * CN_LINK_URI);
	cn_buf_init(&full, 4 * CN_LINK_URI);
	if (!exact) {
		put_product(&full, id);
		id = cn_buf_slice(&full);
	}
	if (cn_subject_of(id, &canonical, &err) != CN_OK) {
		out->subject = CN_SLICE_NONE;
		refuse(out, 400, "the identifier is no product identifier");
		if (err.text[0] != '\0')
			out->reason = (const char *)cn_arena_copy(
			    arena, cn_slice_str(err.text))
					  .ptr;
	} else if (exact && !cn_slice_eq(cn_buf_slice(&canonical), id)) {
		refuse(out, 404, "passports are known by their canonical id");
	} else {
		out->subject = cn_arena_copy(arena, cn_buf_slice(&canonical));
		link = cn_arena_alloc(arena, 1, sizeof(*link));
		if (link != NULL &&
		    cn_link_parse(out->subject, link, NULL) == CN_OK)
			out->link = link;
	}
	cn_buf_free(&canonical);
	cn_buf_free(&full);
}

static void
take_held(struct rs_route *out, const struct row *row,
    const struct cn_slice held[2], struct cn_arena *arena)
{
	switch (row->capture) {
	case CAPTURE_SUBJECT:
		take_subject(out, held[0], true, arena);
		break;
	case CAPTURE_PRODUCT:
		take_subject(out, held[0], false, arena);
		break;
	case CAPTURE_ASSET:
		out->asset = held[0];
		break;
	case CAPTURE_NONE:
	default:
		break;
	}
	if (row->place == RS_AT_VERSION && out->status == 0 &&
	    !cn_unhex(held[1], out->digest, CN_DIGEST))
		refuse(out, 400, "a digest is 64 hex digits");
}

static bool
take_number(
    struct rs_route *out, struct cn_slice text, uint64_t max, uint64_t *number)
{
	if (text.ptr == NULL || cn_slice_uint(text, max, number))
		return true;
	refuse(out, 400, "a number in the query is none");
	return false;
}

static void
take_query(struct rs_route *out, struct cn_slice query, struct cn_arena *arena)
{
	struct cn_slice text;
	bool bad = false;

	out->link_type = rs_query_get(query, "linkType", arena, &bad);
	out->context = rs_query_get(query, "context", arena, &bad);
	text = rs_query_get(query, "representation", arena, &bad);
	if (cn_slice_is(text, "full"))
		out->representation = RS_FULL;
	else if (out->api && text.ptr != NULL &&
		 !cn_slice_is(text, "compressed"))
		refuse(out, 400, "representation is compressed or full");
	out->limit = LIMIT_DEFAULT;
	if (out->api && out->status == 0 &&
	    take_number(out, rs_query_get(query, "since", arena, &bad),
		INT64_MAX, &out->since) &&
	    take_number(out, rs_query_get(query, "below", arena, &bad),
		INT64_MAX, &out->below) &&
	    take_number(out, rs_query_get(query, "limit", arena, &bad),
		INT64_MAX, &out->limit) &&
	    out->limit > LIMIT_MAX)
		out->limit = LIMIT_MAX;
	/* Last, since each of them may be what cannot be read: a number that
	 * is none must not count as one that was not given. */
	if (bad)
		refuse(out, 400, "the query is not percent-encoded text");
}

/* ---- Digital Links --------------------------------------------------------- */

static void
take_link(const struct rs_request *request, struct rs_route *out,
    struct cn_slice path, struct cn_arena *arena)
{
	struct cn_link *link = cn_arena_alloc(arena, 1, sizeof(*link));
	struct cn_error err = { 0 };
	struct cn_slice text = path;
	struct cn_buf subject;

	/* The attributes in the query are part of what is judged. */
	if (request->query.len > 0)
		text = cn_arena_printf(
		    arena, "%.*s?%.*s", CN_FMT(path), CN_FMT(request->query));
	if (link == NULL || text.ptr == NULL) {
		refuse(out, 500, "no memory");
	} else if (cn_link_parse_path(text, link, &err) != CN_OK) {
		refuse(out, err.code == CN_TOO_LARGE ? 414 : 400, NULL);
		out->reason = (const char *)cn_arena_copy(
		    arena, cn_slice_str(err.text))
				  .ptr;
	} else {
		out->link = link;
		cn_buf_init(&subject, 4 * CN_LINK_URI);
		cn_buf_str(&subject, "https://id.gs1.org");
		cn_link_path(link, &subject);
		out->subject = cn_arena_copy(arena, cn_buf_slice(&subject));
		cn_buf_free(&subject);
		if (out->subject.len == 0)
			refuse(out, 500, "no memory");
	}
}

/* One slash at the end is tolerated. */
static struct cn_slice
without_slash(struct cn_slice path)
{
	if (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	return path;
}

static void
route_link(const struct rs_request *request, struct rs_route *out,
    struct cn_arena *arena)
{
	struct cn_slice path = request->path;

	out->place = RS_AT_SCAN;
	out->name = "scan";
	if (cn_slice_starts(path, "/dpp/")) {
		out->place = RS_AT_PAGE;
		out->name = "page";
		path = cn_slice_sub(path, 4, SIZE_MAX);
	}
	out->path = path;
	out->allow = READ;
	take_link(request, out, path, arena);
	if (out->status == 0)
		take_query(out, request->query, arena);
}

/* ---- the way --------------------------------------------------------------- */

void
rs_route(const struct rs_request *request, struct cn_arena *arena,
    struct rs_route *out)
{
	struct cn_slice held[2] = { CN_SLICE_NONE, CN_SLICE_NONE };
	struct cn_slice path = without_slash(request->path);
	const struct row *row;

	memset(out, 0, sizeof(*out));
	out->path = request->path;
	row = find(path, request->method, &out->allow, held);
	if (row != NULL) {
		out->place = row->place;
		out->name = row->name;
		out->api = row->api;
	} else if (cn_slice_is(path, "*")) {
		out->name = "any";
		out->allow = READ;
	} else {
		out->api = cn_slice_starts(path, "/v1/");
		route_link(request, out, arena);
	}
	if (out->status != 0)
		return;
	if ((out->allow & RS_METHOD_BIT(request->method)) == 0) {
		refuse(out, 405, "the method is not allowed here");
	} else if (request->method == RS_OPTIONS) {
		out->place = RS_AT_OPTIONS;
	} else if (row != NULL) {
		take_held(out, row, held, arena);
		if (out->status == 0)
			take_query(out, request->query, arena);
	}
}

void
rs_methods_print(unsigned methods, char *out, size_t space)
{
	int method, len = 0;

	out[0] = '\0';
	for (method = RS_GET; method < RS_METHOD_OTHER; method++) {
		if ((methods & RS_METHOD_BIT(method)) == 0 ||
		    (size_t)len >= space)
			continue;
		len += snprintf(out + len, space - (size_t)len, "%s%s",
		    len == 0 ? "" : ", ",
		    rs_method_name((enum rs_method)method));
	}
}
