/*
 * The HTTP server: connections, limits, deadlines, threads.
 */
#ifndef RESOLVER_HTTP_SERVER_H
#define RESOLVER_HTTP_SERVER_H

#include "message.h"

struct rs_limits {
	unsigned threads;
	unsigned connections; /* in total */
	unsigned per_address; /* IPv4 address or IPv6 /64; 0: any */
	bool limit_loopback; /* false: the front server's many
					   connections are not one stranger's */
	unsigned header_seconds; /* from the first byte of a request (or
					   the opening of the connection) to
					   the end of its header */
	unsigned request_seconds; /* until the answer has been taken */
	unsigned idle_seconds; /* between requests */
	unsigned drain_seconds; /* given to running requests at stop */
	size_t body; /* bytes of a request's body */
};

extern const struct rs_limits rs_default_limits;

typedef enum rs_next (*rs_handler)(void *ctx, struct rs_exchange *exchange);

struct rs_server_options {
	struct rs_limits limits;
	struct cn_slice host; /* "127.0.0.1", "::1", "localhost"; empty: any */
	uint16_t port; /* 0: the system chooses */
	rs_handler handler; /* called from all threads at once */
	void *ctx;
	/* One line for each answer; NULL: no log. Called from all threads. */
	void (*log)(void *ctx, const struct rs_exchange *exchange,
	    unsigned milliseconds);
};

struct rs_server;

/* Opens the socket. CN_USAGE for an address that is none, CN_NETWORK where it
 * cannot be had. *out is NULL after a failure. */
CN_MUST_USE enum cn_code rs_server_open(const struct rs_server_options *options,
    struct rs_server **out, struct cn_error *err);
/* Starts the threads: from here on requests are answered. */
CN_MUST_USE enum cn_code rs_server_run(
    struct rs_server *server, struct cn_error *err);
/* "http://127.0.0.1:8080", with the real port. Valid until freed. */
const char *rs_server_url(const struct rs_server *server);
/* Takes no more connections, lets running requests end (drain_seconds, but
 * always those that are parked), closes everything. */
void rs_server_stop(struct rs_server *server);
/* Stops; NULL is fine. Whoever wakes exchanges must have ended by now: stop the
 * server, then that, then free the server. */
void rs_server_free(struct rs_server *server);

/* "ADDR:PORT", "[ADDR]:PORT", ":PORT" into its parts. */
bool rs_listen_parse(
    struct cn_slice text, struct cn_slice *host, uint16_t *port);

#endif
