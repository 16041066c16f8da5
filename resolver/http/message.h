/*
 * What a request and an answer are to the rest of the resolver: bounded
 * structs. A stranger's bytes have become enums and slices here; nothing
 * behind this header sees the HTTP library.
 */
#ifndef RESOLVER_HTTP_MESSAGE_H
#define RESOLVER_HTTP_MESSAGE_H

#include <carnet/clock.h>

#include <stdatomic.h>

/* Longest request target, path and query together. */
#define RS_TARGET_MAX 4096u
/* Header lines and their bytes in a request. */
#define RS_HEADER_LINES 64u
#define RS_HEADER_BYTES 7168u
/* Own header lines of an answer, and the longest of their values. */
#define RS_ANSWER_LINES 16u
#define RS_ANSWER_LINE_MAX 8192u
/* What one request may allocate. */
#define RS_ARENA_MAX (24u << 20)

enum rs_method {
	RS_GET,
	RS_HEAD,
	RS_OPTIONS,
	RS_POST,
	RS_PATCH,
	RS_DELETE,
	RS_METHOD_OTHER
};
#define RS_METHOD_BIT(method) (1u << (method))

enum rs_header {
	RS_H_ACCEPT,
	RS_H_ACCEPT_LANGUAGE,
	RS_H_AUTHORIZATION,
	RS_H_CONTENT_TYPE,
	RS_H_IF_NONE_MATCH,
	RS_H_ORIGIN,
	RS_HEADERS
};

struct rs_request {
	enum rs_method method;
	struct cn_slice path; /* as sent, still percent-encoded; from '/' on;
				   visible ASCII only */
	struct cn_slice query; /* as sent, without '?'; may be empty */
	bool has_query; /* there was a '?' */
	/* ptr NULL: absent. Lines of one name are joined by ", ". */
	struct cn_slice header[RS_HEADERS];
	struct cn_slice body;
	cn_instant now; /* when its header was complete */
};

/* ---- bodies: shared, immutable, counted ---------------------------------- */

struct rs_body {
	atomic_uint refs;
	struct cn_slice bytes;
	struct cn_buf own;
};

/* Takes the buffer's bytes (buf is empty afterwards, also on failure); one
 * reference. NULL when memory is short or the buffer has failed. */
struct rs_body *rs_body_take(struct cn_buf *buf);
/* Over bytes that live as long as the program's server. */
struct rs_body *rs_body_over(struct cn_slice bytes);
struct rs_body *rs_body_ref(struct rs_body *body);
void rs_body_unref(struct rs_body *body); /* NULL is fine */

/* ---- answers -------------------------------------------------------------- */

struct rs_line {
	const char *name; /* a literal, in Title-Case */
	struct cn_slice value; /* in the arena of the exchange */
};

struct rs_response {
	unsigned status;
	const char *type; /* Content-Type; NULL without a body */
	struct rs_body *body; /* own; NULL: empty */
	struct rs_line lines[RS_ANSWER_LINES];
	size_t line_count;
	const char *log; /* name of the route, for the log; a literal */
};

/* ---- exchanges ------------------------------------------------------------- */

enum rs_next {
	RS_ANSWERED, /* the response is complete */
	RS_LATER /* park the connection, then call later.start */
};

struct rs_exchange {
	struct rs_request request;
	struct rs_response response;
	struct cn_arena *arena; /* all that this exchange allocates */

	/*
	 * Work that must not hold a thread: after RS_LATER the connection is
	 * parked and start(exchange) called; whoever finishes the work calls
	 * rs_exchange_wake() from any thread, once; the handler is then called
	 * again for the same exchange, with later.ctx as it was left. start
	 * may be called on its own again only after another RS_LATER.
	 */
	struct {
		void (*start)(struct rs_exchange *exchange);
		void *ctx;
	} later;
};

void rs_exchange_wake(struct rs_exchange *exchange);

/* Adds a line with printed value. A line too many, a value with a control
 * character or memory running out makes the answer a bare 500. */
void rs_line(struct rs_exchange *exchange, const char *name, const char *fmt,
    ...) CN_PRINTF(3, 4);

/* Empties the response: no status, no lines, the body given back. */
void rs_response_clear(struct rs_response *response);

/* "GET"; "OTHER" where it is none of ours. */
const char *rs_method_name(enum rs_method method);
enum rs_method rs_method_parse(struct cn_slice name);

#endif
