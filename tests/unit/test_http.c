/* The HTTP server over real sockets: framing, limits, deadlines, parking. */
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

static void
park(struct rs_exchange *exchange)
{
	struct bed *bed = exchange->later.ctx;

	(void)pthread_mutex_lock(&bed->lock);
	bed->waiting = exchange;
	(void)pthread_mutex_unlock(&bed->lock);
	atomic_fetch_add(&bed->parked, 1);
}

static void
wake_at_once(struct rs_exchange *exchange)
{
	rs_exchange_wake(exchange);
}

static enum rs_next
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

static void
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

static struct rs_limits
small(void)
{
	struct rs_limits limits = rs_default_limits;

	limits.threads = 2;
	limits.body = 1000;
	return limits;
}

static int
setup(void **state)
{
	struct bed *bed = calloc(1, sizeof(*bed));

	assert_non_null(bed);
	(void)pthread_mutex_init(&bed->lock, NULL);
	*state = bed;
	return 0;
}

static int
teardown(void **state)
{
	struct bed *bed = *state;

	rs_server_free(bed->server);
	(void)pthread_mutex_destroy(&bed->lock);
	free(bed);
	return 0;
}

/* ---- a client --------------------------------------------------------------- */

static int
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

static void
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

static double
seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Reads one answer, or what there is until the end or ten seconds. */
static size_t
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

static int
status_of(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

/* Does the server end the connection? What it may still say does not matter
 * (the library sends the head of its own refusals twice). */
static bool
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

static int
ask(const struct bed *bed, const char *request, char *answer, size_t space)
{
	int fd = dial(bed);

	say(fd, request);
	(void)hear(fd, answer, space);
	(void)close(fd);
	return status_of(answer);
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: x\r\n\r\n"

/* ---- tests ------------------------------------------------------------------ */

static void
test_answers(void **state)
{
	struct bed *bed = *state;
	char answer[4096];
	int fd;

	start(bed, small());
	fd = dial(bed);
	say(fd, "GET /a%2Fb%00?x=1&y HTTP/1.1\r\nHost: x\r\n"
		"Accept: a/b\r\naccept: c/d\r\n\r\n");
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 200);
	assert_non_null(
	    strstr(answer, "GET /a%2Fb%00 q=x=1&y a=a/b, c/d body=0"));
	assert_non_null(strstr(answer, "X-Test: yes\r\n"));
	/* Kept alive; a body in parts; a HEAD without one. */
	say(fd, "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
	say(fd, "cde");
	(void)hear(fd, answer, sizeof(answer));
	assert_non_null(strstr(answer, "POST /p q= a= body=5"));
	say(fd, "PATCH /p HTTP/1.1\r\nHost: x\r\n"
		"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
	(void)hear(fd, answer, sizeof(answer));
	assert_non_null(strstr(answer, "PATCH /p q= a= body=3"));
	say(fd, "HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 200);
	assert_non_null(strstr(answer, "Content-Length: "));
	assert_null(strstr(answer, "HEAD /h"));
	assert_true(closed(fd));
	(void)close(fd);
}

static void
test_pipelined(void **state)
{
	struct bed *bed = *state;
	char answer[4096];
	int fd;

	start(bed, small());
	fd = dial(bed);
	say(fd, GET("/one") GET("/two") GET("http://other.example/three"));
	(void)hear(fd, answer, sizeof(answer));
	assert_non_null(strstr(answer, "GET /one "));
	(void)hear(fd, answer, sizeof(answer));
	assert_non_null(strstr(answer, "GET /two "));
	(void)hear(fd, answer, sizeof(answer));
	assert_non_null(strstr(answer, "GET /three "));
	(void)close(fd);
}

static void
test_refusals(void **state)
{
	static const struct {
		int status;
		const char *request;
	} cases[] = {
		{ 400, "GET / HTTP/1.1\r\n\r\n" },
		{ 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" },
		{ 400, "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n" },
		{ 400, "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n" },
		{ 400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n" },
		{ 400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n" },
		{ 400, "GET / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\n"
		       "Content-Type: c/d\r\n\r\n" },
		{ 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
		       "Content-Length: 2\r\n\r\nab" },
		{ 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
		       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
		{ 400, "POST / HTTP/1.0\r\nHost: a\r\n"
		       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
		{ 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n"
		       "\r\na" },
		{ 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n"
		       "\r\na" },
		{ 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 1\r\n"
		       "Content-Length: 1\r\n\r\na" },
		{ 400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n" },
		{ 400, "GET /\r\n\r\n" },
		{ 400, "POST / HTTP/1.1\r\nHost: a\r\n"
		       "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" },
		{ 411, "POST / HTTP/1.1\r\nHost: a\r\n\r\n" },
		{ 413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n"
		       "\r\n" },
		{ 417, "GET / HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\n"
		       "\r\n" },
		{ 501, "POST / HTTP/1.1\r\nHost: a\r\n"
		       "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" },
		{ 505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n" },
	};
	struct bed *bed = *state;
	char answer[4096];
	size_t i;
	int fd;

	start(bed, small());
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fd = dial(bed);
		say(fd, cases[i].request);
		(void)hear(fd, answer, sizeof(answer));
		if (status_of(answer) != cases[i].status)
			fail_msg("%s\ngave %s", cases[i].request, answer);
		/* What follows in the stream is not to be believed. */
		if (!closed(fd))
			fail_msg(
			    "%s\nwas not closed: %s", cases[i].request, answer);
		(void)close(fd);
	}
}

static void
test_too_long(void **state)
{
	static char request[20000];
	struct bed *bed = *state;
	char answer[4096];
	size_t at;
	int i;

	start(bed, small());
	at = (size_t)snprintf(request, sizeof(request), "GET /");
	memset(request + at, 'a', RS_TARGET_MAX);
	(void)snprintf(
	    request + at + RS_TARGET_MAX, 100, " HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(ask(bed, request, answer, sizeof(answer)), 414);
	memset(request + at, 'a', 18000);
	(void)snprintf(
	    request + at + 18000, 100, " HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(ask(bed, request, answer, sizeof(answer)), 414);

	at = (size_t)snprintf(
	    request, sizeof(request), "GET / HTTP/1.1\r\nHost: x\r\n");
	for (i = 0; i < 80; i++)
		at += (size_t)snprintf(
		    request + at, sizeof(request) - at, "X-%d: y\r\n", i);
	(void)snprintf(request + at, sizeof(request) - at, "\r\n");
	assert_int_equal(ask(bed, request, answer, sizeof(answer)), 431);
	at = (size_t)snprintf(
	    request, sizeof(request), "GET / HTTP/1.1\r\nHost: x\r\nX-Y: ");
	memset(request + at, 'a', 18000);
	(void)snprintf(request + at + 18000, 100, "\r\n\r\n");
	assert_int_equal(ask(bed, request, answer, sizeof(answer)), 431);
}

static void
test_chunked_too_large(void **state)
{
	static char chunk[1100];
	struct bed *bed = *state;
	char answer[4096];
	int fd;

	start(bed, small());
	fd = dial(bed);
	say(fd, "POST / HTTP/1.1\r\nHost: x\r\n"
		"Transfer-Encoding: chunked\r\n\r\n3f0\r\n");
	memset(chunk, 'a', 0x3f0);
	say(fd, chunk);
	say(fd, "\r\n3f0\r\n");
	say(fd, chunk);
	say(fd, "\r\n0\r\n\r\n");
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 413);
	(void)close(fd);
}

static void
test_continue(void **state)
{
	struct bed *bed = *state;
	char answer[4096];
	int fd;

	start(bed, small());
	fd = dial(bed);
	say(fd, "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
		"Content-Length: 2\r\n\r\n");
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 100);
	say(fd, "ab");
	(void)hear(fd, answer, sizeof(answer));
	assert_non_null(strstr(answer, "body=2"));
	(void)close(fd);
	/* Refused before the body is sent. */
	fd = dial(bed);
	say(fd, "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
		"Content-Length: 5000\r\n\r\n");
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 413);
	(void)close(fd);
}

/* Says one byte every 200 ms until the server has had enough. */
static double
drip(int fd, const char *text)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	double begun = seconds();

	for (; *text != '\0' && poll(&wait, 1, 200) == 0; text++) {
		if (send(fd, text, 1, MSG_NOSIGNAL) != 1)
			break;
	}
	return seconds() - begun;
}

static void
test_slow_clients(void **state)
{
	static const char endless[] =
	    "GET / HTTP/1.1\r\nHost: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	struct bed *bed = *state;
	struct rs_limits limits = small();
	char answer[4096];
	double took;
	int fd;

	limits.header_seconds = 1;
	limits.request_seconds = 2;
	limits.idle_seconds = 1;
	start(bed, limits);

	fd = dial(bed);
	took = drip(fd, endless);
	assert_true(took > 0.8 && took < 3);
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 408);
	assert_true(closed(fd));
	(void)close(fd);

	fd = dial(bed);
	say(fd, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n");
	took = drip(fd, endless);
	assert_true(took > 1.5 && took < 5);
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 408);
	assert_true(closed(fd));
	(void)close(fd);

	/* Idle after an answer: closed without a word. */
	fd = dial(bed);
	say(fd, GET("/"));
	(void)hear(fd, answer, sizeof(answer));
	took = seconds();
	assert_true(closed(fd));
	took = seconds() - took;
	assert_true(took > 0.5 && took < 3);
	(void)close(fd);

	/* The clock of a second request begins with it. */
	fd = dial(bed);
	say(fd, GET("/"));
	(void)hear(fd, answer, sizeof(answer));
	took = drip(fd, endless);
	assert_true(took > 0.5 && took < 4);
	(void)close(fd);
}

static void
test_per_address(void **state)
{
	struct bed *bed = *state;
	struct rs_limits limits = small();
	char answer[4096];
	int fds[3], extra, i;

	limits.per_address = 3;
	limits.limit_loopback = true;
	start(bed, limits);
	for (i = 0; i < 3; i++) {
		fds[i] = dial(bed);
		say(fds[i], GET("/"));
		(void)hear(fds[i], answer, sizeof(answer));
		assert_int_equal(status_of(answer), 200);
	}
	extra = dial(bed);
	(void)hear(extra, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 429);
	assert_true(closed(extra));
	(void)close(extra);
	/* A place that was left can be taken again. */
	(void)close(fds[0]);
	for (i = 0; i < 100; i++) {
		if (ask(bed, GET("/"), answer, sizeof(answer)) == 200)
			break;
		(void)poll(NULL, 0, 20);
	}
	assert_int_equal(status_of(answer), 200);
	(void)close(fds[1]);
	(void)close(fds[2]);
}

/* All places taken by clients that say nothing: a new one is served soon. */
static void
test_crowded(void **state)
{
	struct bed *bed = *state;
	struct rs_limits limits = small();
	char answer[4096];
	double begun;
	int fds[8], i;

	limits.connections = 8;
	start(bed, limits);
	for (i = 0; i < 8; i++)
		fds[i] = dial(bed);
	begun = seconds();
	assert_int_equal(ask(bed, GET("/"), answer, sizeof(answer)), 200);
	assert_true(seconds() - begun < 5);
	for (i = 0; i < 8; i++)
		(void)close(fds[i]);
}

/* More than the library's epoll takes at once (128), on one thread. */
static void
test_many_ready(void **state)
{
	static int fds[400];
	struct bed *bed = *state;
	struct rs_limits limits = small();
	char answer[4096];
	int round, i;

	limits.threads = 1;
	start(bed, limits);
	for (i = 0; i < 400; i++)
		fds[i] = dial(bed);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 400; i++)
			say(fds[i], GET("/"));
		for (i = 0; i < 400; i++) {
			(void)hear(fds[i], answer, sizeof(answer));
			assert_int_equal(status_of(answer), 200);
		}
	}
	for (i = 0; i < 400; i++)
		(void)close(fds[i]);
}

static struct rs_exchange *
take_parked(struct bed *bed)
{
	struct rs_exchange *exchange;
	int i;

	for (i = 0; i < 500 && atomic_load(&bed->parked) == 0; i++)
		(void)poll(NULL, 0, 10);
	(void)pthread_mutex_lock(&bed->lock);
	exchange = bed->waiting;
	(void)pthread_mutex_unlock(&bed->lock);
	assert_non_null(exchange);
	return exchange;
}

static void
test_parked(void **state)
{
	struct bed *bed = *state;
	struct rs_limits limits = small();
	char answer[4096];
	int fd;

	limits.threads = 1;
	start(bed, limits);
	fd = dial(bed);
	say(fd, "POST /park HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
		"\r\nx");
	(void)take_parked(bed);
	/* The only thread is free for others. */
	assert_int_equal(ask(bed, GET("/"), answer, sizeof(answer)), 200);
	assert_int_equal(
	    ask(bed, GET("/park-and-go"), answer, sizeof(answer)), 200);
	rs_exchange_wake(take_parked(bed));
	(void)hear(fd, answer, sizeof(answer));
	assert_non_null(strstr(answer, "POST /park q= a= body=1"));
	(void)close(fd);
}

static void *
wake_soon(void *arg)
{
	(void)poll(NULL, 0, 700);
	rs_exchange_wake(arg);
	return NULL;
}

/* Stopping waits for what is parked, answers it, and closes the idle. */
static void
test_drain(void **state)
{
	struct bed *bed = *state;
	char answer[4096];
	pthread_t thread;
	double begun;
	int fd, idle;

	start(bed, small());
	idle = dial(bed);
	say(idle, GET("/"));
	(void)hear(idle, answer, sizeof(answer));
	fd = dial(bed);
	say(fd, GET("/park"));
	assert_int_equal(
	    pthread_create(&thread, NULL, wake_soon, take_parked(bed)), 0);
	begun = seconds();
	rs_server_stop(bed->server);
	assert_true(seconds() - begun > 0.5 && seconds() - begun < 5);
	(void)pthread_join(thread, NULL);
	(void)hear(fd, answer, sizeof(answer));
	assert_int_equal(status_of(answer), 200);
	assert_true(closed(idle));
	(void)close(fd);
	(void)close(idle);
}

static void
test_listen_parse(void **state)
{
	struct cn_slice host;
	uint16_t port = 0;

	(void)state;
	assert_true(rs_listen_parse(CN_SLICE("127.0.0.1:80"), &host, &port));
	assert_true(cn_slice_is(host, "127.0.0.1"));
	assert_int_equal(port, 80);
	assert_true(rs_listen_parse(CN_SLICE("[::1]:0"), &host, &port));
	assert_true(cn_slice_is(host, "::1"));
	assert_int_equal(port, 0);
	assert_true(rs_listen_parse(CN_SLICE(":8080"), &host, &port));
	assert_int_equal(host.len, 0);
	assert_false(rs_listen_parse(CN_SLICE("::1:80"), &host, &port));
	assert_false(rs_listen_parse(CN_SLICE("localhost"), &host, &port));
	assert_false(rs_listen_parse(CN_SLICE("a:65536"), &host, &port));
	assert_false(rs_listen_parse(CN_SLICE("a:"), &host, &port));
}

static void
test_address_in_use(void **state)
{
	struct bed *bed = *state;
	struct rs_server_options options = {
		.limits = small(),
		.host = CN_SLICE("127.0.0.1"),
		.handler = handle,
		.ctx = bed,
	};
	struct rs_server *second;
	struct cn_error err = { 0 };

	start(bed, small());
	options.port = bed->port;
	assert_int_equal(rs_server_open(&options, &second, &err), CN_NETWORK);
	assert_null(second);
	options.host = CN_SLICE("no.such.host.invalid.");
	cn_error_clear(&err);
	assert_int_equal(rs_server_open(&options, &second, &err), CN_USAGE);
}

/* What a stranger sent cannot begin a header line of its own. */
static void
test_lines(void **state)
{
	struct rs_exchange exchange = { 0 };
	unsigned i;

	(void)state;
	exchange.arena = cn_arena_new(1u << 20);
	exchange.response.status = 200;
	rs_line(&exchange, "X", "%s", "a\tb");
	assert_int_equal(exchange.response.status, 500);
	exchange.response.status = 200;
	rs_line(&exchange, "X", "a\r\nSet-Cookie: b");
	assert_int_equal(exchange.response.status, 500);
	assert_int_equal(exchange.response.line_count, 0);
	exchange.response.status = 200;
	rs_line(&exchange, "X", "%0*d", 3000, 7);
	assert_int_equal(exchange.response.lines[0].value.len, 3000);
	rs_line(&exchange, "X", "%0*d", 9000, 7);
	assert_int_equal(exchange.response.status, 500);
	exchange.response.status = 200;
	for (i = 0; i < RS_ANSWER_LINES; i++)
		rs_line(&exchange, "X", "y");
	assert_int_equal(exchange.response.status, 200);
	rs_line(&exchange, "X", "y");
	assert_int_equal(exchange.response.status, 500);
	cn_arena_free(exchange.arena);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	static const struct CMUnitTest tests[] = {
		TEST(test_answers),
		TEST(test_pipelined),
		TEST(test_refusals),
		TEST(test_too_long),
		TEST(test_chunked_too_large),
		TEST(test_continue),
		TEST(test_slow_clients),
		TEST(test_per_address),
		TEST(test_crowded),
		TEST(test_many_ready),
		TEST(test_parked),
		TEST(test_drain),
		TEST(test_address_in_use),
		cmocka_unit_test(test_listen_parse),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
