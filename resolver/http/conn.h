/*
 * Connections and their deadlines. All of a connection happens on the thread
 * of its worker: nothing here needs a lock, and no descriptor can be closed
 * and used anew between a look and a deed.
 */
#ifndef RESOLVER_HTTP_CONN_H
#define RESOLVER_HTTP_CONN_H

#include "address.h"
#include "server.h"

#include <microhttpd.h>

enum rs_phase {
	RS_P_HEAD, /* a request's head is awaited */
	RS_P_BODY, /* its body is awaited */
	RS_P_ANSWER, /* it is being answered */
	RS_P_PARKED, /* it waits for work done elsewhere */
	RS_P_IDLE /* nothing was asked since the last answer */
};

struct rs_worker;

struct rs_conn {
	struct rs_worker *worker;
	int fd;
	enum rs_phase phase;
	int64_t begun; /* the request, in ms of the worker's clock */
	int64_t entered; /* the phase */
	bool cut; /* shut down; the library will notice */
	bool counted; /* in the table of addresses */
	struct rs_address address;
	struct rs_conn *before, *after;
};

struct rs_worker {
	struct rs_server *server;
	struct MHD_Daemon *daemon;
	pthread_t thread;
	bool running;
	int wake[2]; /* a byte in [1]: something was resumed */
	struct rs_conn *conns;
	unsigned count;
	unsigned parked;
	int64_t now; /* ms, monotonic; read once a turn */
	/* Of the connection that is being handed to the library. */
	bool entering;
	struct rs_address entering_address;
};

struct rs_server {
	struct rs_server_options options;
	int listener;
	int stop[2]; /* closing [1] wakes every worker */
	atomic_bool stopping;
	atomic_uint connections;
	struct rs_addresses *addresses;
	struct rs_worker *workers;
	unsigned worker_count;
	char url[128];
};

int64_t rs_monotonic(void);
void rs_conn_phase(struct rs_conn *conn, enum rs_phase phase);
/* MHD_OPTION_NOTIFY_CONNECTION; cls is the worker. */
void rs_conn_notify(void *cls, struct MHD_Connection *connection,
    void **context, enum MHD_ConnectionNotificationCode what);
struct rs_conn *rs_conn_of(struct MHD_Connection *connection);
/* Cuts off what is past its deadline. drain_until: 0, or when even running
 * requests end. */
void rs_conn_sweep(struct rs_worker *worker, int64_t drain_until);

/* accept.c */
CN_MUST_USE enum cn_code rs_listen(
    struct rs_server *server, struct cn_error *err);
/* Takes a few waiting connections. */
void rs_accept(struct rs_worker *worker);

/* call.c: one request on its way. cls is the worker. */
void *rs_call_begin(
    void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result rs_call_access(void *cls, struct MHD_Connection *connection,
    const char *url, const char *method, const char *version, const char *data,
    size_t *size, void **call);
void rs_call_end(void *cls, struct MHD_Connection *connection, void **call,
    enum MHD_RequestTerminationCode how);

#endif
