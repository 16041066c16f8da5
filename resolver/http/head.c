#include "head.h"

#include <string.h>
#include <strings.h>

static void
refuse(struct rs_head *head, unsigned status)
{
	if (head->status == 0)
		head->status = status;
}

void
rs_head_begin(struct rs_head *head, struct rs_request *request,
    struct cn_arena *arena, struct cn_slice method, struct cn_slice version)
{
	memset(head, 0, sizeof(*head));
	head->request = request;
	head->arena = arena;
	request->method = rs_method_parse(method);
	head->http11 = cn_slice_is(version, "HTTP/1.1");
	if (!head->http11 && !cn_slice_is(version, "HTTP/1.0"))
		refuse(head, 505);
}

/* ---- target ---------------------------------------------------------------- */

static bool
starts_nocase(struct cn_slice text, const char *prefix)
{
	size_t len = strlen(prefix);

	return text.len >= len &&
	       strncasecmp((const char *)text.ptr, prefix, len) == 0;
}

/* "http://host/path" → "/path" (RFC 9112 section 3.2.2). The host is not
 * looked at: links are built from the public URL, never from the request. */
static struct cn_slice
without_origin(struct cn_slice target)
{
	size_t skip = 0;
	struct cn_slice rest;

	if (starts_nocase(target, "http://"))
		skip = 7;
	else if (starts_nocase(target, "https://"))
		skip = 8;
	if (skip == 0)
		return target;
	rest = cn_slice_sub(target, skip, SIZE_MAX);
	return cn_slice_sub(rest, cn_slice_find(rest, '/'), SIZE_MAX);
}

void
rs_head_target(struct rs_head *head, struct cn_slice target)
{
	struct rs_request *request = head->request;
	size_t i, mark;

	if (target.len > RS_TARGET_MAX) {
		refuse(head, 414);
		return;
	}
	/* Visible ASCII only, and no fragment: what does not belong into a
	 * target never reaches a log, a Location or a Link line. */
	for (i = 0; i < target.len; i++) {
		if (target.ptr[i] <= 0x20 || target.ptr[i] >= 0x7f ||
		    target.ptr[i] == '#') {
			refuse(head, 400);
			return;
		}
	}
	if (cn_slice_is(target, "*") && request->method == RS_OPTIONS) {
		request->path = target;
		return;
	}
	target = without_origin(target);
	if (target.len == 0 || target.ptr[0] != '/') {
		refuse(head, 400);
		return;
	}
	mark = cn_slice_find(target, '?');
	request->path = cn_slice_sub(target, 0, mark);
	request->has_query = mark < target.len;
	request->query = cn_slice_sub(target, mark + 1, SIZE_MAX);
}

/* ---- header lines ---------------------------------------------------------- */

enum line_kind {
	LINE_KEEP, /* once */
	LINE_LIST, /* several lines are one list (RFC 9110 section 5.3) */
	LINE_HOST,
	LINE_LENGTH,
	LINE_CODING,
	LINE_EXPECT
};

static const struct {
	const char *name;
	enum line_kind kind;
	enum rs_header header;
} known[] = {
	{ "Accept", LINE_LIST, RS_H_ACCEPT },
	{ "Accept-Language", LINE_LIST, RS_H_ACCEPT_LANGUAGE },
	{ "Authorization", LINE_KEEP, RS_H_AUTHORIZATION },
	{ "Content-Type", LINE_KEEP, RS_H_CONTENT_TYPE },
	{ "If-None-Match", LINE_LIST, RS_H_IF_NONE_MATCH },
	{ "Origin", LINE_KEEP, RS_H_ORIGIN },
	{ "Host", LINE_HOST, RS_HEADERS },
	{ "Content-Length", LINE_LENGTH, RS_HEADERS },
	{ "Transfer-Encoding", LINE_CODING, RS_HEADERS },
	{ "Expect", LINE_EXPECT, RS_HEADERS },
};

static void
keep(struct rs_head *head, enum rs_header header, struct cn_slice value,
    bool list)
{
	struct cn_slice *slot = &head->request->header[header];

	if (slot->ptr == NULL) {
		*slot = value;
	} else if (!list) {
		refuse(head, 400);
	} else {
		*slot = cn_arena_printf(
		    head->arena, "%.*s, %.*s", CN_FMT(*slot), CN_FMT(value));
		if (slot->ptr == NULL)
			refuse(head, 500);
	}
}

static bool
same_nocase(struct cn_slice a, const char *b)
{
	return a.len == strlen(b) && starts_nocase(a, b);
}

static void
note_coding(struct rs_head *head, struct cn_slice value)
{
	head->codings++;
	head->chunked = same_nocase(value, "chunked");
}

static void
note_length(struct rs_head *head, struct cn_slice value)
{
	head->lengths++;
	/* Digits only: "5, 5", "+5" and "0x5" are how two parsers come to
	 * disagree about where a request ends. */
	if (!cn_slice_uint(value, INT64_MAX, &head->length))
		refuse(head, 400);
}

/* RFC 9110 section 5.6.2. "Content-Length : 5" is a name with a blank, which
 * one reader takes for a length and the next one does not. */
static bool
is_token(struct cn_slice name)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";
	size_t i;

	for (i = 0; i < name.len; i++) {
		uint8_t c = name.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') &&
		    (c == 0 || strchr(marks, c) == NULL))
			return false;
	}
	return name.len > 0;
}

void
rs_head_line(struct rs_head *head, struct cn_slice name, struct cn_slice value)
{
	size_t i;

	head->lines++;
	head->bytes += name.len + value.len + 4;
	if (!is_token(name))
		refuse(head, 400);
	for (i = 0; i < value.len; i++) {
		if ((value.ptr[i] < 0x20 && value.ptr[i] != '\t') ||
		    value.ptr[i] == 0x7f)
			refuse(head, 400);
	}
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!same_nocase(name, known[i].name))
			continue;
		switch (known[i].kind) {
		case LINE_KEEP:
		case LINE_LIST:
			keep(head, known[i].header, value,
			    known[i].kind == LINE_LIST);
			break;
		case LINE_HOST:
			head->hosts++;
			break;
		case LINE_LENGTH:
			note_length(head, value);
			break;
		case LINE_CODING:
			note_coding(head, value);
			break;
		case LINE_EXPECT:
			if (!same_nocase(value, "100-continue"))
				refuse(head, 417);
			break;
		}
	}
}

/* ---- verdict --------------------------------------------------------------- */

unsigned
rs_head_end(struct rs_head *head, size_t body_max)
{
	enum rs_method method = head->request->method;

	if (head->lines > RS_HEADER_LINES || head->bytes > RS_HEADER_BYTES)
		refuse(head, 431);
	/* RFC 9112 section 3.2: one Host, and in 1.1 always. */
	if (head->hosts > 1 || (head->http11 && head->hosts == 0))
		refuse(head, 400);
	/* RFC 9112 section 6.3: a length and a coding together, or either of
	 * them twice, is how requests are smuggled. */
	if (head->lengths > 1 || head->codings > 1 ||
	    (head->lengths > 0 && head->codings > 0) ||
	    (head->codings > 0 && !head->http11))
		refuse(head, 400);
	if (head->codings > 0 && !head->chunked)
		refuse(head, 501);
	if (head->length > body_max)
		refuse(head, 413);
	if ((method == RS_POST || method == RS_PATCH) && head->lengths == 0 &&
	    head->codings == 0)
		refuse(head, 411);
	return head->status;
}
