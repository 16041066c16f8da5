#include "conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Connections that one thread takes before it looks at those it has, so that
 * a burst is shared out between the threads. */
#define ACCEPT_AT_ONCE 4

bool
rs_listen_parse(struct cn_slice text, struct cn_slice *host, uint16_t *port)
{
	uint64_t number;
	size_t colon = text.len;

	while (colon > 0 && text.ptr[colon - 1] != ':')
		colon--;
	if (colon == 0 ||
	    !cn_slice_uint(cn_slice_sub(text, colon, SIZE_MAX), 65535, &number))
		return false;
	*port = (uint16_t)number;
	*host = cn_slice_sub(text, 0, colon - 1);
	if (host->len >= 2 && host->ptr[0] == '[' &&
	    host->ptr[host->len - 1] == ']')
		*host = cn_slice_sub(*host, 1, host->len - 2);
	else if (cn_slice_find(*host, ':') < host->len)
		return false; /* which colon begins the port? */
	return true;
}

/* ---- the listening socket -------------------------------------------------- */

static bool
set_flags(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
	       fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

static int
open_listener(const struct addrinfo *at)
{
	int on = 1;
	int fd = socket(at->ai_family, at->ai_socktype, at->ai_protocol);

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (!set_flags(fd) || bind(fd, at->ai_addr, at->ai_addrlen) != 0 ||
	    listen(fd, 1024) != 0) {
		int saved = errno;

		(void)close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

static enum cn_code
print_url(struct rs_server *server, struct cn_error *err)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof(at);
	char host[64], port[8];

	if (getsockname(server->listener, (struct sockaddr *)&at, &len) != 0 ||
	    getnameinfo((struct sockaddr *)&at, len, host, sizeof(host), port,
		sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return cn_fail(err, CN_NETWORK, "the own address is unknown");
	(void)snprintf(server->url, sizeof(server->url),
	    at.ss_family == AF_INET6 ? "http://[%s]:%s" : "http://%s:%s", host,
	    port);
	return CN_OK;
}

enum cn_code
rs_listen(struct rs_server *server, struct cn_error *err)
{
	struct addrinfo hints = { 0 }, *list = NULL, *at;
	struct cn_slice name = server->options.host;
	char host[256], port[8];
	int failed;

	if (name.len >= sizeof(host))
		return cn_fail(err, CN_USAGE, "the address is too long");
	(void)snprintf(host, sizeof(host), "%.*s", CN_FMT(name));
	(void)snprintf(
	    port, sizeof(port), "%u", (unsigned)server->options.port);
	hints.ai_socktype = SOCK_STREAM;
	hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
	failed = getaddrinfo(name.len == 0 ? NULL : host, port, &hints, &list);
	if (failed != 0)
		return cn_fail(err, CN_USAGE, "no such address: \"%s\" (%s)",
		    host, gai_strerror(failed));
	for (at = list; at != NULL && server->listener < 0; at = at->ai_next)
		server->listener = open_listener(at);
	freeaddrinfo(list);
	if (server->listener < 0)
		return cn_fail(err, CN_NETWORK, "cannot listen on %s:%s: %s",
		    host, port, strerror(errno));
	return print_url(server, err);
}

/* ---- connections ----------------------------------------------------------- */

static void
turn_away(int fd)
{
	static const char many[] = "HTTP/1.1 429 Too Many Requests\r\n"
				   "Connection: close\r\n"
				   "Retry-After: 10\r\n"
				   "Content-Length: 0\r\n\r\n";

	(void)send(fd, many, sizeof(many) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)close(fd);
}

static void
take_in(struct rs_worker *worker, int fd, const struct sockaddr *from,
    socklen_t len)
{
	struct rs_server *server = worker->server;
	const struct rs_limits *limits = &server->options.limits;
	int on = 1;

	if (!set_flags(fd)) {
		(void)close(fd);
		return;
	}
	worker->entering_address = rs_address_of(from);
	worker->entering = limits->per_address > 0 &&
			   (limits->limit_loopback ||
			       !rs_address_loopback(from));
	if (worker->entering &&
	    !rs_address_enter(server->addresses, &worker->entering_address,
		limits->per_address)) {
		worker->entering = false;
		turn_away(fd);
		return;
	}
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	/* From here on the descriptor is the library's, also on failure. */
	(void)MHD_add_connection(worker->daemon, fd, from, len);
	if (worker->entering) {
		rs_address_leave(server->addresses, &worker->entering_address);
		worker->entering = false;
	}
}

void
rs_accept(struct rs_worker *worker)
{
	struct rs_server *server = worker->server;
	struct sockaddr_storage from;
	socklen_t len;
	int fd, i;

	for (i = 0; i < ACCEPT_AT_ONCE; i++) {
		if (atomic_load(&server->connections) >=
		    server->options.limits.connections)
			return;
		len = sizeof(from);
		fd = accept(server->listener, (struct sockaddr *)&from, &len);
		if (fd < 0)
			return;
		take_in(worker, fd, (const struct sockaddr *)&from, len);
	}
}
