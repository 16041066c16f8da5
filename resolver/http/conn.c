#include "conn.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t
rs_monotonic(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
rs_conn_phase(struct rs_conn *conn, enum rs_phase phase)
{
	if (conn->phase == phase)
		return;
	/* A request begins with the first line after an answer; the first one
	 * of a connection began with the connection. */
	if (conn->phase == RS_P_IDLE)
		conn->begun = conn->worker->now;
	if (conn->phase == RS_P_PARKED)
		conn->worker->parked--;
	if (phase == RS_P_PARKED)
		conn->worker->parked++;
	conn->phase = phase;
	conn->entered = conn->worker->now;
}

/* ---- coming and going ------------------------------------------------------ */

static struct rs_conn *
conn_new(struct rs_worker *worker, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info;
	struct rs_conn *conn = calloc(1, sizeof(*conn));

	info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (conn == NULL || info == NULL) {
		free(conn);
		return NULL;
	}
	conn->worker = worker;
	conn->fd = info->connect_fd;
	conn->begun = conn->entered = worker->now;
	conn->counted = worker->entering;
	conn->address = worker->entering_address;
	worker->entering = false;
	conn->after = worker->conns;
	if (conn->after != NULL)
		conn->after->before = conn;
	worker->conns = conn;
	worker->count++;
	atomic_fetch_add(&worker->server->connections, 1);
	return conn;
}

static void
conn_gone(struct rs_conn *conn)
{
	struct rs_worker *worker = conn->worker;

	if (conn->phase == RS_P_PARKED)
		worker->parked--;
	if (conn->before != NULL)
		conn->before->after = conn->after;
	else
		worker->conns = conn->after;
	if (conn->after != NULL)
		conn->after->before = conn->before;
	worker->count--;
	atomic_fetch_sub(&worker->server->connections, 1);
	if (conn->counted)
		rs_address_leave(worker->server->addresses, &conn->address);
	free(conn);
}

void
rs_conn_notify(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode what)
{
	struct rs_worker *worker = cls;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = conn_new(worker, connection);
	} else if (*context != NULL) {
		conn_gone(*context);
		*context = NULL;
	}
}

struct rs_conn *
rs_conn_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info;

	info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info == NULL ? NULL : info->socket_context;
}

/* ---- deadlines ------------------------------------------------------------- */

static void
cut(struct rs_conn *conn)
{
	static const char timeout[] = "HTTP/1.1 408 Request Timeout\r\n"
				      "Connection: close\r\n"
				      "Content-Length: 0\r\n\r\n";

	/* Of an answer that has not begun the library has sent nothing, so
	 * this one cannot fall into the middle of it. */
	if (conn->phase == RS_P_HEAD || conn->phase == RS_P_BODY)
		(void)send(conn->fd, timeout, sizeof(timeout) - 1,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)shutdown(conn->fd, SHUT_RDWR);
	conn->cut = true;
}

/* When a connection ends if nothing happens before. */
static int64_t
deadline(const struct rs_conn *conn, bool crowded)
{
	const struct rs_limits *limits = &conn->worker->server->options.limits;

	switch (conn->phase) {
	case RS_P_IDLE:
		return conn->entered +
		       (crowded ? 500 : (int64_t)limits->idle_seconds * 1000);
	case RS_P_HEAD:
		return conn->begun +
		       (crowded ? 2000
				: (int64_t)limits->header_seconds * 1000);
	case RS_P_BODY:
	case RS_P_ANSWER:
	case RS_P_PARKED:
	default:
		return conn->begun + (int64_t)limits->request_seconds * 1000;
	}
}

/* Is there nothing to wait for, now that the service ends? A connection whose
 * request has begun to come in gets a moment to say it all. */
static bool
may_end(const struct rs_conn *conn, int64_t drain_until)
{
	int64_t now = conn->worker->now;

	return conn->phase == RS_P_IDLE ||
	       (conn->phase == RS_P_HEAD && now >= conn->begun + 1000) ||
	       now >= drain_until;
}

void
rs_conn_sweep(struct rs_worker *worker, int64_t drain_until)
{
	struct rs_server *server = worker->server;
	struct rs_conn *conn, *after;
	unsigned most = server->options.limits.connections;
	bool crowded;

	/* Where nearly all places are taken, who says nothing must go sooner,
	 * so that whoever has a question finds one. */
	crowded = atomic_load(&server->connections) > most - most / 8;
	for (conn = worker->conns; conn != NULL; conn = after) {
		after = conn->after;
		if (conn->cut || conn->phase == RS_P_PARKED)
			continue;
		if (worker->now >= deadline(conn, crowded) ||
		    (drain_until != 0 && may_end(conn, drain_until)))
			cut(conn);
	}
}
