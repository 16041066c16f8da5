#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- methods --------------------------------------------------------------- */

static const char *const method_names[] = {
	[RS_GET] = "GET",
	[RS_HEAD] = "HEAD",
	[RS_OPTIONS] = "OPTIONS",
	[RS_POST] = "POST",
	[RS_PATCH] = "PATCH",
	[RS_DELETE] = "DELETE",
	[RS_METHOD_OTHER] = "OTHER",
};

const char *
rs_method_name(enum rs_method method)
{
	return method_names[method];
}

enum rs_method
rs_method_parse(struct cn_slice name)
{
	int method;

	for (method = RS_GET; method < RS_METHOD_OTHER; method++) {
		if (cn_slice_is(name, method_names[method]))
			return (enum rs_method)method;
	}
	return RS_METHOD_OTHER;
}

/* ---- bodies ---------------------------------------------------------------- */

struct rs_body *
rs_body_take(struct cn_buf *buf)
{
	struct rs_body *body = NULL;

	if (cn_buf_code(buf, NULL) == CN_OK)
		body = calloc(1, sizeof(*body));
	if (body == NULL) {
		cn_buf_free(buf);
		return NULL;
	}
	atomic_init(&body->refs, 1);
	body->own = *buf;
	body->bytes = cn_buf_slice(&body->own);
	cn_buf_init(buf, body->own.max);
	return body;
}

struct rs_body *
rs_body_over(struct cn_slice bytes)
{
	struct rs_body *body = calloc(1, sizeof(*body));

	if (body == NULL)
		return NULL;
	atomic_init(&body->refs, 1);
	cn_buf_init(&body->own, 0);
	body->bytes = bytes;
	return body;
}

struct rs_body *
rs_body_ref(struct rs_body *body)
{
	if (body != NULL)
		atomic_fetch_add(&body->refs, 1);
	return body;
}

void
rs_body_unref(struct rs_body *body)
{
	if (body == NULL || atomic_fetch_sub(&body->refs, 1) != 1)
		return;
	cn_buf_free(&body->own);
	free(body);
}

/* ---- answers --------------------------------------------------------------- */

void
rs_response_clear(struct rs_response *response)
{
	rs_body_unref(response->body);
	memset(response, 0, sizeof(*response));
}

/* What stands in a header line: no control characters, so that nothing a
 * stranger sent can begin a line of its own (RFC 9110 section 5.5). */
static bool
is_field_value(struct cn_slice value)
{
	size_t i;

	for (i = 0; i < value.len; i++) {
		if (value.ptr[i] < 0x20 || value.ptr[i] == 0x7f)
			return false;
	}
	return true;
}

void
rs_line(struct rs_exchange *exchange, const char *name, const char *fmt, ...)
{
	struct rs_response *response = &exchange->response;
	struct cn_slice value = CN_SLICE_NONE;
	va_list ap;
	char small[512];
	int len;

	va_start(ap, fmt);
	len = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (len >= 0 && (size_t)len < sizeof(small)) {
		value = cn_arena_copy(
		    exchange->arena, cn_slice_of(small, (size_t)len));
	} else if (len >= 0 && (size_t)len < RS_ANSWER_LINE_MAX) {
		char *space = cn_arena_alloc(
		    exchange->arena, 1, (size_t)len + 1);

		if (space != NULL) {
			va_start(ap, fmt);
			(void)vsnprintf(space, (size_t)len + 1, fmt, ap);
			va_end(ap);
			value = cn_slice_of(space, (size_t)len);
		}
	}
	if (value.ptr == NULL || !is_field_value(value) ||
	    response->line_count == RS_ANSWER_LINES) {
		rs_response_clear(response);
		response->status = 500;
		return;
	}
	response->lines[response->line_count].name = name;
	response->lines[response->line_count++].value = value;
}
