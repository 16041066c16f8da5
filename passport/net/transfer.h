/*
 * One exchange with one server.
 */
#ifndef CARNET_NET_TRANSFER_H
#define CARNET_NET_TRANSFER_H

#include "target.h"

#include <carnet/net.h>

struct transfer {
	const struct cn_net_request *request;
	struct cn_net_answer *answer;
	CURL *curl;
	struct curl_slist *headers;
	CURLcode rc; /* latched while options are set */
	int64_t deadline; /* of all hops together, ms of the monotonic clock */
	size_t header_bytes;
	bool only_own, never_own; /* addresses, of this hop */
	bool refused; /* an address was */
	bool was_public; /* an earlier hop was at another computer */
	char reason[CURL_ERROR_SIZE];
};

enum cn_code transfer_open(
    struct transfer *t, unsigned seconds, struct cn_error *err);
void transfer_close(struct transfer *t); /* also one that was never opened */

/* Fills status, type and body of the answer. */
enum cn_code transfer_run(
    struct transfer *t, const struct target *target, struct cn_error *err);
/* Where the last answer points to, absolute; NULL where it does not. Valid
 * until the next run. */
const char *transfer_location(const struct transfer *t);

#endif
