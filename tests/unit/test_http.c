/* The HTTP server over real sockets: framing, bodies, refusals. */
#include "http_world.h"

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
		TEST(test_address_in_use),
		cmocka_unit_test(test_listen_parse),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
