/*
 * Threads that each run a loop of their own over the library's epoll
 * descriptor. The library's own epoll thread goes to sleep with work left to
 * do when exactly as many connections are ready as it asks for at once; its
 * poll thread costs time for every idle connection. In a loop of ours the
 * deadlines are kept by the thread that owns the connections.
 */
#include "conn.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* Of a connection; also the ceiling of a request's head. */
#define CONNECTION_MEMORY ((size_t)16384)
#define SWEEP_MS 250

const struct rs_limits rs_default_limits = {
	.threads = 4,
	.connections = 16384,
	.per_address = 100,
	.limit_loopback = false,
	.header_seconds = 10,
	.request_seconds = 30,
	.idle_seconds = 15,
	.drain_seconds = 10,
	.body = 2u << 20,
};

/* ---- the loop -------------------------------------------------------------- */

/* Milliseconds until there is something to do without any descriptor's saying
 * so. */
static int
patience(struct rs_worker *worker, bool stopping)
{
	MHD_UNSIGNED_LONG_LONG wanted;

	if (MHD_get_timeout(worker->daemon, &wanted) == MHD_YES &&
	    wanted < SWEEP_MS)
		return (int)wanted;
	return worker->count > 0 || stopping ? SWEEP_MS : -1;
}

static void
turn(struct rs_worker *worker, int epoll, int64_t *drain_until)
{
	struct rs_server *server = worker->server;
	bool stopping = *drain_until != 0;
	bool full = atomic_load(&server->connections) >=
		    server->options.limits.connections;
	struct pollfd fds[4] = {
		{ .fd = epoll, .events = POLLIN },
		{ .fd = stopping ? -1 : server->stop[0], .events = POLLIN },
		{ .fd = stopping || full ? -1 : server->listener,
		    .events = POLLIN },
		{ .fd = worker->wake[0], .events = POLLIN },
	};
	int wait = patience(worker, stopping);
	char bytes[64];

	/* A full house empties by the deeds of other threads too. */
	if (full && (wait < 0 || wait > SWEEP_MS))
		wait = SWEEP_MS;
	if (poll(fds, 4, wait) < 0)
		return; /* a signal */
	worker->now = rs_monotonic();
	if (fds[1].revents != 0)
		*drain_until = worker->now +
			       (int64_t)server->options.limits.drain_seconds *
				   1000;
	if (fds[2].revents != 0)
		rs_accept(worker);
	if (fds[3].revents != 0)
		(void)!read(worker->wake[0], bytes, sizeof(bytes));
	(void)MHD_run(worker->daemon);
}

static void *
work(void *arg)
{
	struct rs_worker *worker = arg;
	const union MHD_DaemonInfo *info;
	int64_t swept = 0, drain_until = 0;

	info = MHD_get_daemon_info(worker->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	worker->now = rs_monotonic();
	/* Parked connections are always waited for: somebody holds them. */
	while (drain_until == 0 || worker->parked > 0 ||
	       (worker->count > 0 && worker->now < drain_until + 1000)) {
		turn(worker, info->epoll_fd, &drain_until);
		if (worker->now - swept >= SWEEP_MS) {
			rs_conn_sweep(worker, drain_until);
			swept = worker->now;
		}
	}
	return NULL;
}

/* ---- start and stop -------------------------------------------------------- */

/* Paths stay as they were sent: "%2F" in a value is data, and "%00" no end. */
static size_t
leave_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls;
	(void)connection;
	return cn_slice_str(text).len;
}

/* A pipe that is not inherited and never blocks. */
static bool
make_pipe(int pair[2])
{
	int i;

	if (pipe(pair) != 0) {
		pair[0] = pair[1] = -1;
		return false;
	}
	for (i = 0; i < 2; i++) {
		if (fcntl(pair[i], F_SETFD, FD_CLOEXEC) != 0 ||
		    fcntl(pair[i], F_SETFL, O_NONBLOCK) != 0)
			return false;
	}
	return true;
}

static enum cn_code
worker_start(
    struct rs_server *server, struct rs_worker *worker, struct cn_error *err)
{
	worker->server = server;
	if (!make_pipe(worker->wake))
		return cn_fail(err, CN_FILE, "no pipe for the server");
	/* Not MHD_OPTION_STRICT_FOR_CLIENT: the refusals that it brings send
	 * their header twice in 0.9.75. head.c is strict enough. */
	worker->daemon = MHD_start_daemon(
	    MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME,
	    0, NULL, NULL, rs_call_access, worker, MHD_OPTION_URI_LOG_CALLBACK,
	    rs_call_begin, worker, MHD_OPTION_NOTIFY_COMPLETED, rs_call_end,
	    worker, MHD_OPTION_NOTIFY_CONNECTION, rs_conn_notify, worker,
	    MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
	    MHD_OPTION_CONNECTION_LIMIT, server->options.limits.connections,
	    MHD_OPTION_END);
	if (worker->daemon == NULL)
		return cn_fail(
		    err, CN_FOREIGN, "the HTTP library cannot start");
	if (pthread_create(&worker->thread, NULL, work, worker) != 0)
		return cn_fail(err, CN_MEMORY, "no thread for the server");
	worker->running = true;
	return CN_OK;
}

static enum cn_code
prepare(struct rs_server *server, struct cn_error *err)
{
	const struct rs_limits *limits = &server->options.limits;
	enum cn_code code;
	unsigned i;

	code = rs_listen(server, err);
	if (code != CN_OK)
		return code;
	if (!make_pipe(server->stop))
		return cn_fail(err, CN_FILE, "no pipe for the server");
	server->addresses = rs_addresses_new(limits->connections);
	server->workers = calloc(limits->threads, sizeof(*server->workers));
	if (server->addresses == NULL || server->workers == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for the server");
	server->worker_count = limits->threads;
	for (i = 0; i < limits->threads; i++)
		server->workers[i].wake[0] = server->workers[i].wake[1] = -1;
	return CN_OK;
}

enum cn_code
rs_server_open(const struct rs_server_options *options, struct rs_server **out,
    struct cn_error *err)
{
	struct rs_server *server = calloc(1, sizeof(*server));
	enum cn_code code;

	*out = NULL;
	if (server == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for the server");
	server->options = *options;
	server->listener = server->stop[0] = server->stop[1] = -1;
	atomic_init(&server->stopping, false);
	atomic_init(&server->connections, 0);
	code = prepare(server, err);
	if (code != CN_OK) {
		rs_server_free(server);
		return code;
	}
	*out = server;
	return CN_OK;
}

enum cn_code
rs_server_run(struct rs_server *server, struct cn_error *err)
{
	enum cn_code code = CN_OK;
	unsigned i;

	for (i = 0; code == CN_OK && i < server->worker_count; i++)
		code = worker_start(server, &server->workers[i], err);
	return code;
}

const char *
rs_server_url(const struct rs_server *server)
{
	return server->url;
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

void
rs_server_stop(struct rs_server *server)
{
	unsigned i;

	atomic_store(&server->stopping, true);
	close_fd(&server->stop[1]);
	for (i = 0; i < server->worker_count; i++) {
		if (server->workers[i].running)
			(void)pthread_join(server->workers[i].thread, NULL);
		server->workers[i].running = false;
	}
	for (i = 0; i < server->worker_count; i++) {
		if (server->workers[i].daemon != NULL)
			MHD_stop_daemon(server->workers[i].daemon);
		server->workers[i].daemon = NULL;
	}
	close_fd(&server->listener);
}

void
rs_server_free(struct rs_server *server)
{
	unsigned i;

	if (server == NULL)
		return;
	rs_server_stop(server);
	for (i = 0; i < server->worker_count; i++) {
		close_fd(&server->workers[i].wake[0]);
		close_fd(&server->workers[i].wake[1]);
	}
	close_fd(&server->stop[0]);
	rs_addresses_free(server->addresses);
	free(server->workers);
	free(server);
}
