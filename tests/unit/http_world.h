/*
 * A server with a handler that tells what it got, and a client that says
 * exactly what it is told to.
 */
#ifndef TEST_HTTP_WORLD_H
#define TEST_HTTP_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../../resolver/http/server.h"

struct bed {
	struct rs_server *server;
	uint16_t port;
	atomic_uint parked;
	struct rs_exchange *waiting;
	pthread_mutex_t lock;
};

/* ---- a handler that tells what it got -------------------------------------- */

static inline void
park(struct rs_exchange *exchange)
{
	struct bed *bed = exchange->later.ctx;

	(void)pthread_mutex_lock(&bed->lock);
	bed->waiting = exchange;
	(void)pthread_mutex_unlock(&bed->lock);
	atomic_fetch_add(&bed->parked, 1);
}

static inline void
wake_at_once(struct rs_exchange *exchange)
{
	rs_exchange_wake(exchange);
}

static inline enum rs_next
handle(void *ctx, struct rs_exchange *exchange)
{
	struct rs_request *request = &exchange->request;
	struct rs_response *response = &exchange->response;
	struct cn_buf out;

	if (exchange->later.ctx == NULL &&
	    cn_slice_starts(request->path, "/park")) {
		exchange->later.ctx = ctx;
		exchange->later.start = cn_slice_is(request->path, "/park")
					    ? park
					    : wake_at_once;
		return RS_LATER;
	}
	cn_buf_init(&out, 4u << 20);
	cn_buf_printf(&out, "%s %.*s q=%.*s a=%.*s body=%zu",
	    rs_method_name(request->method), CN_FMT(request->path),
	    CN_FMT(request->query), CN_FMT(request->header[RS_H_ACCEPT]),
	    request->body.len);
	response->status = 200;
	response->type = "text/plain";
	rs_line(exchange, "X-Test", "%s", "yes");
	response->body = rs_body_take(&out);
	return RS_ANSWERED;
}

static inline void
start(struct bed *bed, struct rs_limits limits)
{
	struct rs_server_options options = {
		.limits = limits,
		.host = CN_SLICE("127.0.0.1"),
		.handler = handle,
		.ctx = bed,
	};
	struct cn_error err = { 0 };
	const char *url;

	if (rs_server_open(&options, &bed->server, &err) != CN_OK ||
	    rs_server_run(bed->server, &err) != CN_OK)
		fail_msg("%s", err.text);
	url = rs_server_url(bed->server);
	assert_int_equal(strncmp(url, "http://127.0.0.1:", 17), 0);
	bed->port = (uint16_t)atoi(url + 17);
}

static inline struct rs_limits
small(void)
{
	struct rs_limits limits = rs_default_limits;

	limits.threads = 2;
	limits.body = 1000;
	return limits;
}

static inline int
setup(void **state)
{
	struct bed *bed = calloc(1, sizeof(*bed));

	assert_non_null(bed);
	(void)pthread_mutex_init(&bed->lock, NULL);
	*state = bed;
	return 0;
}

static inline int
teardown(void **state)
{
	struct bed *bed = *state;

	rs_server_free(bed->server);
	(void)pthread_mutex_destroy(&bed->lock);
	free(bed);
	return 0;
}

/* ---- a client --------------------------------------------------------------- */

static inline int
dial(const struct bed *bed)
{
	struct sockaddr_in at = { 0 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	at.sin_family = AF_INET;
	at.sin_port = htons(bed->port);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

static inline void
say(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t sent = send(fd, text, len, MSG_NOSIGNAL);

		if (sent < 0)
			return; /* closed: the answer will tell why */
		text += sent;
		len -= (size_t)sent;
	}
}

static inline double
seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Reads one answer, or what there is until the end or ten seconds. */
static inline size_t
hear(int fd, char *out, size_t space)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	size_t got = 0, whole = SIZE_MAX;
	char *end, *length;

	out[0] = '\0';
	while (got < whole && got + 1 < space && poll(&wait, 1, 10000) == 1) {
		/* Byte by byte, so that the next answer stays where it is. */
		ssize_t n = recv(fd, out + got, 1, 0);

		if (n <= 0)
			break;
		out[++got] = '\0';
		end = whole == SIZE_MAX ? strstr(out, "\r\n\r\n") : NULL;
		if (end != NULL) {
			length = strstr(out, "Content-Length: ");
			whole = (size_t)(end - out) + 4 +
				(length == NULL || strncmp(out, "HTTP/1.1 100",
						       12) == 0
					? 0
					: (size_t)atoi(length + 16));
		}
	}
	return got;
}

static inline int
status_of(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

/* Does the server end the connection? What it may still say does not matter
 * (the library sends the head of its own refusals twice). */
static inline bool
closed(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	char some[256];

	while (poll(&wait, 1, 10000) == 1) {
		if (recv(fd, some, sizeof(some), 0) <= 0)
			return true;
	}
	return false;
}

static inline int
ask(const struct bed *bed, const char *request, char *answer, size_t space)
{
	int fd = dial(bed);

	say(fd, request);
	(void)hear(fd, answer, space);
	(void)close(fd);
	return status_of(answer);
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: x\r\n\r\n"

#endif
