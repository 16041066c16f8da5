#include "conn.h"
#include "head.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A body beyond the limit is read and thrown away, so that its sender hears
 * the answer; beyond this much more the connection is closed. */
#define DISCARD_MAX (8u << 20)

enum stage {
	STAGE_HEAD, /* the access handler was not called yet */
	STAGE_BODY, /* called once; parts of the body may follow */
	STAGE_PARKED, /* will be called when the work is done */
	STAGE_DONE /* an answer is queued */
};

struct rs_call {
	struct rs_exchange exchange;
	struct MHD_Connection *connection;
	struct rs_worker *worker;
	enum stage stage;
	unsigned status; /* of a refusal; 0: none */
	struct cn_slice target;
	struct cn_buf body;
	size_t discarded;
	int64_t answered;
};

static struct rs_call *
call_of(struct rs_exchange *exchange)
{
	return (struct rs_call *)(void *)((char *)exchange -
					  offsetof(struct rs_call, exchange));
}

static void
call_free(struct rs_call *call)
{
	rs_response_clear(&call->exchange.response);
	cn_buf_free(&call->body);
	cn_arena_free(call->exchange.arena);
	free(call);
}

void *
rs_call_begin(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct rs_worker *worker = cls;
	struct rs_conn *conn = rs_conn_of(connection);
	struct rs_call *call = calloc(1, sizeof(*call));
	struct cn_slice sent = cn_slice_str(target);

	if (conn != NULL)
		rs_conn_phase(conn, RS_P_HEAD);
	if (call == NULL)
		return NULL;
	call->worker = worker;
	call->connection = connection;
	cn_buf_init(&call->body, worker->server->options.limits.body);
	call->exchange.arena = cn_arena_new(RS_ARENA_MAX);
	/* One byte beyond the limit is enough to see that it is beyond. */
	if (call->exchange.arena != NULL)
		call->target = cn_arena_copy(call->exchange.arena,
		    cn_slice_sub(sent, 0, RS_TARGET_MAX + 1));
	if (call->target.ptr == NULL) {
		call_free(call);
		return NULL;
	}
	return call;
}

/* ---- answers --------------------------------------------------------------- */

static void
body_done(void *cls)
{
	rs_body_unref(cls);
}

static struct MHD_Response *
response_of(struct rs_response *from)
{
	struct MHD_Response *response;
	union {
		const uint8_t *in;
		void *out;
	} bytes;

	if (from->body == NULL || from->body->bytes.len == 0)
		return MHD_create_response_from_buffer_with_free_callback_cls(
		    0, NULL, NULL, NULL);
	/* Only read, though the library's type does not say so. */
	bytes.in = from->body->bytes.ptr;
	response = MHD_create_response_from_buffer_with_free_callback_cls(
	    from->body->bytes.len, bytes.out, body_done, from->body);
	if (response != NULL)
		(void)rs_body_ref(from->body);
	return response;
}

static enum MHD_Result
answer(struct rs_call *call)
{
	struct rs_response *from = &call->exchange.response;
	struct MHD_Response *response = response_of(from);
	enum MHD_Result result = MHD_YES;
	struct rs_conn *conn = rs_conn_of(call->connection);
	size_t i;

	if (response == NULL)
		return MHD_NO;
	if (from->type != NULL)
		result = MHD_add_response_header(
		    response, "Content-Type", from->type);
	for (i = 0; result == MHD_YES && i < from->line_count; i++)
		result = MHD_add_response_header(response, from->lines[i].name,
		    (const char *)from->lines[i].value.ptr);
	if (result == MHD_YES && atomic_load(&call->worker->server->stopping))
		result = MHD_add_response_header(
		    response, "Connection", "close");
	if (result == MHD_YES)
		result = MHD_queue_response(
		    call->connection, from->status, response);
	MHD_destroy_response(response);
	call->stage = STAGE_DONE;
	call->answered = rs_monotonic();
	if (conn != NULL)
		rs_conn_phase(conn, RS_P_ANSWER);
	return result;
}

/* An answer that the server itself gives: it says no more than its status. */
static enum MHD_Result
refuse(struct rs_call *call, unsigned status)
{
	rs_response_clear(&call->exchange.response);
	call->exchange.response.status = status;
	call->exchange.response.log = "refused";
	return answer(call);
}

static enum MHD_Result
run(struct rs_call *call)
{
	const struct rs_server_options *options;
	struct rs_conn *conn = rs_conn_of(call->connection);

	options = &call->worker->server->options;
	call->exchange.request.body = cn_buf_slice(&call->body);
	if (options->handler(options->ctx, &call->exchange) == RS_ANSWERED)
		return answer(call);
	/* First parked, then begun: the work may be done at once. */
	call->stage = STAGE_PARKED;
	if (conn != NULL)
		rs_conn_phase(conn, RS_P_PARKED);
	MHD_suspend_connection(call->connection);
	call->exchange.later.start(&call->exchange);
	return MHD_YES;
}

void
rs_exchange_wake(struct rs_exchange *exchange)
{
	/* The exchange may be gone as soon as it is resumed. */
	int wake = call_of(exchange)->worker->wake[1];

	MHD_resume_connection(call_of(exchange)->connection);
	/* The library's own signal does not reach a loop of ours. A full pipe
	 * is signal enough. */
	(void)!write(wake, "", 1);
}

/* ---- requests -------------------------------------------------------------- */

static enum MHD_Result
take_line(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len,
    const char *value, size_t value_len)
{
	(void)kind;
	rs_head_line(cls, cn_slice_of(name, name_len),
	    value == NULL ? CN_SLICE("") : cn_slice_of(value, value_len));
	return MHD_YES;
}

static void
take_head(struct rs_call *call, const char *method, const char *version)
{
	struct rs_head head;

	rs_head_begin(&head, &call->exchange.request, call->exchange.arena,
	    cn_slice_str(method), cn_slice_str(version));
	rs_head_target(&head, call->target);
	(void)MHD_get_connection_values_n(
	    call->connection, MHD_HEADER_KIND, take_line, &head);
	call->status = rs_head_end(&head, call->body.max);
	call->exchange.request.now = cn_clock_now();
}

static enum MHD_Result
take_body(struct rs_call *call, const char *data, size_t *size)
{
	enum rs_method method = call->exchange.request.method;
	bool wanted = method == RS_POST || method == RS_PATCH;

	if (wanted && cn_buf_code(&call->body, NULL) == CN_OK)
		cn_buf_put(&call->body, cn_slice_of(data, *size));
	else
		call->discarded += *size;
	*size = 0;
	return call->discarded > DISCARD_MAX ? MHD_NO : MHD_YES;
}

/* The library's signature: NOLINTBEGIN(readability-function-size) */
enum MHD_Result
rs_call_access(void *cls, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **context)
{
	struct rs_call *call = *context;
	struct rs_conn *conn = rs_conn_of(connection);

	(void)cls;
	(void)url;
	if (call == NULL || conn == NULL)
		return MHD_NO;
	if (call->stage == STAGE_HEAD) {
		rs_conn_phase(conn, RS_P_BODY);
		call->stage = STAGE_BODY;
		take_head(call, method, version);
		/* An answer now, before the second call, ends the connection:
		 * right for a request whose end is in doubt, slow for any
		 * other. */
		return call->status == 0 ? MHD_YES : refuse(call, call->status);
	}
	if (call->stage == STAGE_BODY && *size > 0)
		return take_body(call, data, size);
	rs_conn_phase(conn, RS_P_ANSWER);
	switch (cn_buf_code(&call->body, NULL)) {
	case CN_OK:
		return run(call);
	case CN_TOO_LARGE:
		return refuse(call, 413);
	default:
		return refuse(call, 503);
	}
}
/* NOLINTEND(readability-function-size) */

void
rs_call_end(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode how)
{
	struct rs_worker *worker = cls;
	const struct rs_server_options *options = &worker->server->options;
	struct rs_conn *conn = rs_conn_of(connection);
	struct rs_call *call = *context;

	(void)how;
	*context = NULL;
	if (call != NULL && call->stage == STAGE_DONE && options->log != NULL)
		options->log(options->ctx, &call->exchange,
		    conn == NULL ? 0
				 : (unsigned)(call->answered - conn->begun));
	if (conn != NULL)
		rs_conn_phase(conn, RS_P_IDLE);
	if (call != NULL)
		call_free(call);
}
