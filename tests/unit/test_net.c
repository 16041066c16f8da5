/* net/: the HTTP client, against a small server of this test's own. */
#include <carnet/net.h>

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- the server ---------------------------------------------------------------- */

struct server {
	int fd;
	unsigned port;
	pthread_t thread;
	int stop[2]; /* a pipe */
	char request[8192]; /* the last one, whole; read after the answer */
	unsigned served;
	char other[64]; /* origin of another server */
};

static void
say(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t sent = send(fd, text, len, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		text += sent;
		len -= (size_t)sent;
	}
}

/* Head and, by its Content-Length, body. */
static bool
hear(struct server *s, int fd)
{
	size_t got = 0, want = SIZE_MAX;

	while (got < want && got + 1 < sizeof(s->request)) {
		ssize_t more = recv(
		    fd, s->request + got, sizeof(s->request) - 1 - got, 0);
		const char *end, *length;

		if (more <= 0)
			return false;
		got += (size_t)more;
		s->request[got] = '\0';
		end = strstr(s->request, "\r\n\r\n");
		if (end == NULL || want != SIZE_MAX)
			continue;
		want = (size_t)(end - s->request) + 4;
		length = strstr(s->request, "Content-Length: ");
		if (length != NULL && length < end)
			want += strtoul(length + 16, NULL, 10);
	}
	return true;
}

static void
redirect(int fd, const char *status, const char *to)
{
	char text[512];

	(void)snprintf(text, sizeof(text),
	    "HTTP/1.1 %s x\r\nLocation: %s\r\nContent-Length: 4\r\n"
	    "Connection: close\r\n\r\ngone",
	    status, to);
	say(fd, text);
}

static void
drip(const struct server *s, int fd, const char *piece)
{
	struct pollfd wait[] = { { .fd = s->stop[0], .events = POLLIN },
		{ .fd = fd, .events = POLLIN } };

	say(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n");
	while (poll(wait, 2, 50) == 0)
		say(fd, piece);
}

static void
answer_redirect(const struct server *s, int fd, const char *path)
{
	char to[256], status[4] = { 0 };
	unsigned left;

	if (sscanf(path, "/r/%u", &left) == 1) {
		(void)snprintf(to, sizeof(to), "/r/%u", left - 1);
		redirect(fd, "302", left == 1 ? "/ok" : to);
	} else if (strncmp(path, "/away/", 6) == 0) {
		memcpy(status, path + 6, 3);
		(void)snprintf(to, sizeof(to), "%s/ok", s->other);
		redirect(fd, status, to);
	} else if (strncmp(path, "/here/", 6) == 0) {
		memcpy(status, path + 6, 3);
		redirect(fd, status, "/ok#part");
	} else {
		/* "/to/http://…" */
		redirect(fd, "302", path + 4);
	}
}

static void
answer(const struct server *s, int fd, const char *path)
{
	if (strcmp(path, "/ok") == 0)
		say(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/x; a=b\r\n"
			"Content-Length: 5\r\nConnection: close\r\n\r\nhello");
	else if (strcmp(path, "/404") == 0)
		say(fd, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n"
			"Set-Cookie: a=b\r\nConnection: close\r\n\r\n");
	else if (strcmp(path, "/nowhere") == 0)
		say(fd, "HTTP/1.1 302 x\r\nContent-Length: 2\r\n"
			"Connection: close\r\n\r\nhm");
	else if (strcmp(path, "/long") == 0)
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n"
			"Connection: close\r\n\r\nx");
	else if (strcmp(path, "/short") == 0)
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n"
			"Connection: close\r\n\r\nx");
	else if (strcmp(path, "/garbage") == 0)
		say(fd, "hello, who are you?\r\n\r\n");
	else if (strcmp(path, "/endless") == 0)
		say(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
			"0123456789012345678901234567890123456789");
	else if (strcmp(path, "/slow") == 0)
		drip(s, fd, "X: y\r\n");
	else if (strcmp(path, "/headers") == 0)
		for (int i = 0; i < 3000; i++)
			say(fd, i == 0 ? "HTTP/1.1 200 OK\r\n"
				       : "X: 0123456789012345678901234567\r\n");
	else
		answer_redirect(s, fd, path);
}

static void *
serve(void *ctx)
{
	struct server *s = ctx;
	struct pollfd wait[] = { { .fd = s->stop[0], .events = POLLIN },
		{ .fd = s->fd, .events = POLLIN } };

	while (poll(wait, 2, -1) > 0 && wait[0].revents == 0) {
		char path[512];
		int fd = accept(s->fd, NULL, NULL);

		if (fd < 0)
			continue;
		if (hear(s, fd) && sscanf(s->request, "%*s %511s", path) == 1) {
			s->served++;
			answer(s, fd, path);
		}
		/* So that what we did not read does not reset the answer. */
		(void)shutdown(fd, SHUT_WR);
		(void)recv(fd, path, sizeof(path), MSG_DONTWAIT);
		(void)close(fd);
	}
	return NULL;
}

static void
server_start(struct server *s)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof(at);

	memset(s, 0, sizeof(*s));
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(s->fd >= 0);
	assert_int_equal(bind(s->fd, (struct sockaddr *)&at, len), 0);
	assert_int_equal(listen(s->fd, 16), 0);
	assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &len), 0);
	s->port = ntohs(at.sin_port);
	assert_int_equal(pipe(s->stop), 0);
	assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static void
server_stop(struct server *s)
{
	assert_int_equal(write(s->stop[1], "x", 1), 1);
	assert_int_equal(pthread_join(s->thread, NULL), 0);
	(void)close(s->fd);
	(void)close(s->stop[0]);
	(void)close(s->stop[1]);
}

struct world {
	struct server one, two;
};

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	server_start(&world->one);
	server_start(&world->two);
	(void)snprintf(world->one.other, sizeof(world->one.other),
	    "http://127.0.0.1:%u", world->two.port);
	*state = world;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *world = *state;

	server_stop(&world->one);
	server_stop(&world->two);
	free(world);
	return 0;
}

/* ---- asking ---------------------------------------------------------------------- */

struct asked {
	struct cn_net_answer answer;
	struct cn_error err;
	enum cn_code code;
	char url[512];
};

static void
ask(struct asked *a, const struct server *s, const char *method,
    const char *path)
{
	struct cn_net_request request = {
		.method = method, .accept = "text/x", .max = 32, .seconds = 5
	};

	(void)snprintf(
	    a->url, sizeof(a->url), "http://127.0.0.1:%u%s", s->port, path);
	request.url = cn_slice_str(a->url);
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
		request.body = CN_SLICE("\0pass\nport");
		request.content_type = "application/x";
	}
	cn_error_clear(&a->err);
	a->code = cn_net(&request, &a->answer, &a->err);
}

static void
expect(struct asked *a, const struct server *s, const char *path, long status)
{
	ask(a, s, "GET", path);
	if (a->code != CN_OK)
		fail_msg("%s: %s", path, a->err.text);
	assert_int_equal(a->answer.status, status);
}

static void
expect_failure(const struct server *s, const char *method, const char *path,
    enum cn_code code, const char *word)
{
	struct asked a;

	ask(&a, s, method, path);
	if (a.code != code || strstr(a.err.text, word) == NULL)
		fail_msg("%s: %d %s", path, (int)a.code, a.err.text);
	assert_true(strncmp(a.err.place, "http://127.0.0.1:", 17) == 0);
	assert_null(a.answer.body.ptr);
	assert_null(a.answer.url.ptr);
	assert_int_equal(a.answer.status, 0);
}

static void
get(void **state)
{
	struct world *w = *state;
	struct asked a;

	expect(&a, &w->one, "/ok#secret", 200);
	assert_true(cn_slice_is(cn_buf_slice(&a.answer.body), "hello"));
	assert_true(cn_slice_is(cn_buf_slice(&a.answer.type), "text/x; a=b"));
	assert_int_equal(a.answer.redirects, 0);
	a.url[strlen(a.url) - 7] = '\0';
	assert_true(cn_slice_is(cn_buf_slice(&a.answer.url), a.url));
	cn_net_free(&a.answer);
	assert_null(strstr(w->one.request, "secret"));
	assert_non_null(strstr(w->one.request, "\r\nAccept: text/x\r\n"));
	assert_non_null(strstr(w->one.request, "\r\nUser-Agent: carnet/"));
	assert_null(strstr(w->one.request, "Cookie"));
	assert_null(strstr(w->one.request, "Accept-Encoding"));
	assert_null(strstr(w->one.request, "Authorization"));

	expect(&a, &w->one, "/404", 404);
	assert_int_equal(a.answer.body.len, 0);
	assert_int_equal(a.answer.type.len, 0);
	cn_net_free(&a.answer);
	expect(&a, &w->one, "/nowhere", 302);
	assert_true(cn_slice_is(cn_buf_slice(&a.answer.body), "hm"));
	cn_net_free(&a.answer);
	ask(&a, &w->one, "HEAD", "/ok");
	assert_int_equal(a.code, CN_OK);
	assert_int_equal(a.answer.body.len, 0);
	cn_net_free(&a.answer);
}

static void
post(void **state)
{
	struct world *w = *state;
	struct asked a;
	const char *body;

	ask(&a, &w->one, "PATCH", "/ok");
	assert_int_equal(a.code, CN_OK);
	cn_net_free(&a.answer);
	assert_true(strncmp(w->one.request, "PATCH /ok HTTP/1.1\r\n", 20) == 0);
	assert_non_null(
	    strstr(w->one.request, "\r\nContent-Type: application/x\r\n"));
	assert_non_null(strstr(w->one.request, "\r\nContent-Length: 10\r\n"));
	assert_null(strstr(w->one.request, "Expect"));
	body = strstr(w->one.request, "\r\n\r\n") + 4;
	assert_memory_equal(body, "\0pass\nport", 10);

	/* sent again where the server insists, at the same origin */
	ask(&a, &w->one, "POST", "/here/307");
	assert_int_equal(a.code, CN_OK);
	assert_int_equal(a.answer.status, 200);
	assert_int_equal(a.answer.redirects, 1);
	cn_net_free(&a.answer);
	assert_true(strncmp(w->one.request, "POST /ok HTTP/1.1\r\n", 19) == 0);
	assert_memory_equal(
	    strstr(w->one.request, "\r\n\r\n") + 4, "\0pass\nport", 10);
	/* not followed: 301, 302, 303 */
	ask(&a, &w->one, "POST", "/here/303");
	assert_int_equal(a.code, CN_OK);
	assert_int_equal(a.answer.status, 303);
	cn_net_free(&a.answer);
	/* never to another host */
	w->two.served = 0;
	expect_failure(
	    &w->one, "POST", "/away/307", CN_NETWORK, "another host");
	assert_int_equal(w->two.served, 0);
}

static void
redirects(void **state)
{
	struct world *w = *state;
	struct asked a;
	char hops[512], path[64];

	expect(&a, &w->one, "/r/5", 200);
	assert_int_equal(a.answer.redirects, 5);
	assert_true(cn_slice_is(cn_buf_slice(&a.answer.body), "hello"));
	cn_net_free(&a.answer);
	expect_failure(&w->one, "GET", "/r/6", CN_NETWORK, "more than 5");
	for (int status = 301; status <= 308; status++) {
		bool followed = status < 304 || status > 306;

		(void)snprintf(path, sizeof(path), "/away/%d", status);
		expect(&a, &w->one, path, followed ? 200 : status);
		assert_int_equal(a.answer.redirects, followed ? 1 : 0);
		(void)snprintf(hops, sizeof(hops),
		    "http://127.0.0.1:%u%s\nhttp://127.0.0.1:%u/ok\n",
		    w->one.port, path, w->two.port);
		if (followed)
			assert_true(
			    cn_slice_is(cn_buf_slice(&a.answer.hops), hops));
		cn_net_free(&a.answer);
	}
	/* to where we do not go */
	expect_failure(&w->one, "GET", "/to/http://192.0.2.1/", CN_NETWORK,
	    "this computer only");
	expect_failure(
	    &w->one, "GET", "/to/file:///etc/passwd", CN_NETWORK, "do not go");
	expect_failure(
	    &w->one, "GET", "/to/gopher://127.0.0.1/", CN_NETWORK, "do not go");
	expect_failure(
	    &w->one, "GET", "/to/http://me:pw@127.0.0.1/", CN_NETWORK, "user");
}

static void
limits(void **state)
{
	struct world *w = *state;
	struct timespec from, to;
	struct asked a;
	struct cn_net_request request = {
		.method = "GET", .max = 40, .seconds = 1
	};

	expect_failure(&w->one, "GET", "/long", CN_TOO_LARGE, "32 bytes");
	expect_failure(&w->one, "GET", "/endless", CN_TOO_LARGE, "32 bytes");
	expect_failure(&w->one, "GET", "/headers", CN_NETWORK, "headers");
	expect_failure(&w->one, "GET", "/short", CN_NETWORK, "");
	expect_failure(&w->one, "GET", "/garbage", CN_NETWORK, "");
	/* to the last byte */
	(void)snprintf(
	    a.url, sizeof(a.url), "http://localhost:%u/endless", w->one.port);
	request.url = cn_slice_str(a.url);
	assert_int_equal(cn_net(&request, &a.answer, NULL), CN_OK);
	assert_int_equal(a.answer.body.len, 40);
	cn_net_free(&a.answer);
	/* a server that never stops talking does not hold us */
	(void)snprintf(
	    a.url, sizeof(a.url), "http://127.0.0.1:%u/slow", w->two.port);
	request.url = cn_slice_str(a.url);
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &from), 0);
	assert_int_equal(cn_net(&request, &a.answer, NULL), CN_NETWORK);
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &to), 0);
	assert_true(to.tv_sec - from.tv_sec < 4);
}

static void
not_http(void **state)
{
	struct world *w = *state;
	struct cn_net_request request = {
		.method = "GET", .max = 32, .seconds = 1
	};
	struct cn_net_answer answer;
	struct cn_error err = { 0 };
	char url[64];

	/* TLS is spoken to a server that does not know it */
	(void)snprintf(
	    url, sizeof(url), "https://127.0.0.1:%u/ok", w->one.port);
	request.url = cn_slice_str(url);
	assert_int_equal(cn_net(&request, &answer, &err), CN_NETWORK);
	/* nobody listens */
	request.url = CN_SLICE("http://127.0.0.1:1/");
	assert_int_equal(cn_net(&request, &answer, &err), CN_NETWORK);
	/* what is not asked at all */
	request.url = CN_SLICE("http://id.maker.example/");
	assert_int_equal(cn_net(&request, &answer, &err), CN_NETWORK);
	assert_non_null(strstr(err.text, "https"));
	request.url = cn_slice_str(url);
	request.method = "DELETE";
	assert_int_equal(cn_net(&request, &answer, &err), CN_USAGE);
	request.method = "GET";
	request.accept = "a\r\nX: y";
	assert_int_equal(cn_net(&request, &answer, &err), CN_USAGE);
	cn_net_free(&answer); /* may be freed all the same */
}

/* The environment does not choose who reads along. */
static void
no_proxy(void **state)
{
	struct world *w = *state;
	struct asked a;

	w->two.served = 0;
	assert_int_equal(setenv("http_proxy", w->one.other, 1), 0);
	assert_int_equal(setenv("ALL_PROXY", w->one.other, 1), 0);
	expect(&a, &w->one, "/ok", 200);
	cn_net_free(&a.answer);
	assert_int_equal(unsetenv("http_proxy"), 0);
	assert_int_equal(unsetenv("ALL_PROXY"), 0);
	assert_int_equal(w->two.served, 0);
}

static void
allowed(void **state)
{
	static const struct {
		const char *url;
		bool yes;
	} rows[] = {
		{ "https://maker.example/p?q#f", true },
		{ "HTTPS://maker.example", true },
		{ "https://[2001:db8::1]/", true },
		{ "http://127.0.0.1:8080/", true },
		{ "http://127.1.2.3/", true },
		{ "http://localhost/", true },
		{ "http://[::1]:80/", true },
		{ "https://127.0.0.1/", true },
		{ "http://127.1/", true }, /* an old spelling of 127.0.0.1 */
		{ "http://maker.example/", false },
		{ "http://127.0.0.1.maker.example/", false },
		{ "http://127.example/", false },
		{ "http://localhost.maker.example/", false },
		{ "http://0.0.0.0/", false },
		{ "http://10.0.0.1/", false },
		{ "http://[::ffff:127.0.0.1]/", false },
		{ "http://2130706434/", true }, /* 127.0.0.2 */
		{ "http://3232235777/", false },
		{ "https://me@maker.example/", false },
		{ "https://me:pw@maker.example/", false },
		{ "http://127.0.0.1@maker.example/", false },
		{ "http://127.0.0.1\\@maker.example/", false },
		{ "http:/127.0.0.1/", false },
		{ "https:maker.example", false },
		{ "https://", false },
		{ "https:///p", false },
		{ "https://maker.example:99999/", false },
		{ "https://maker.example/a b", false },
		{ "https://maker.example/\n", false },
		{ "https://m\xc3\xa4ker.example/", false },
		{ "ftp://maker.example/", false },
		{ "file:///etc/passwd", false },
		{ "", false },
	};
	char many[5000];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (cn_net_allowed(cn_slice_str(rows[i].url)) != rows[i].yes)
			fail_msg("%s", rows[i].url);
	memset(many, 'a', sizeof(many));
	memcpy(many, "https://a/", 10);
	assert_true(cn_net_allowed(cn_slice_of(many, 4096)));
	assert_false(cn_net_allowed(cn_slice_of(many, 4097)));
	assert_false(cn_net_allowed(CN_SLICE("https://a/\0b")));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(get, set_up, tear_down),
		cmocka_unit_test_setup_teardown(post, set_up, tear_down),
		cmocka_unit_test_setup_teardown(redirects, set_up, tear_down),
		cmocka_unit_test_setup_teardown(limits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(not_http, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_proxy, set_up, tear_down),
		cmocka_unit_test(allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
