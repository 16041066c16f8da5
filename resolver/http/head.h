/*
 * The head of a request: from lines to a struct, or to the status of a
 * refusal. No HTTP library, so that it can be tested and fuzzed alone.
 */
#ifndef RESOLVER_HTTP_HEAD_H
#define RESOLVER_HTTP_HEAD_H

#include "message.h"

struct rs_head {
	struct rs_request *request;
	struct cn_arena *arena;
	unsigned status; /* of the first refusal; 0: none */
	bool http11;
	unsigned lines;
	size_t bytes;
	unsigned hosts, lengths, codings;
	bool chunked;
	uint64_t length; /* of the body, where it was given */
};

/* method and version as they stand in the request line. */
void rs_head_begin(struct rs_head *head, struct rs_request *request,
    struct cn_arena *arena, struct cn_slice method, struct cn_slice version);
/* The request target, as sent. Must stay in place. */
void rs_head_target(struct rs_head *head, struct cn_slice target);
/* One header line; the value must stay in place. */
void rs_head_line(
    struct rs_head *head, struct cn_slice name, struct cn_slice value);
/* The verdict: 0, or 400, 411, 413, 414, 417, 431, 501, 505 or 500. */
unsigned rs_head_end(struct rs_head *head, size_t body_max);

#endif
