/* The HTTP server under pressure: deadlines, limits, parking, the end. */
#include "http_world.h"

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

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	static const struct CMUnitTest tests[] = {
		TEST(test_slow_clients),
		TEST(test_per_address),
		TEST(test_crowded),
		TEST(test_many_ready),
		TEST(test_parked),
		TEST(test_drain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
