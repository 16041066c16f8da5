/*
 * The HTTP client of publish and verify. https only, except to loopback
 * addresses; bounded in time, size and redirects.
 */
#ifndef CARNET_NET_H
#define CARNET_NET_H

#include <carnet/bytes.h>

#define CN_NET_REDIRECTS 5

struct cn_net_request {
	const char *method; /* "GET", "POST", "PATCH" */
	struct cn_slice url; /* a fragment is cut off and never sent */
	const char *accept; /* or NULL */
	const char *content_type; /* of the body, or NULL */
	struct cn_slice body;
	size_t max; /* ceiling of the answer's body */
	unsigned seconds; /* whole request; 0: 30 */
};

struct cn_net_answer {
	long status;
	struct cn_buf body; /* own */
	struct cn_buf type; /* Content-Type, may be empty */
	struct cn_buf url; /* after redirects */
};

/* CN_NETWORK with the reason; any HTTP status is CN_OK. The answer is
 * initialised here and must be freed after CN_OK. A redirect never goes from
 * https to http, nor from a public address to loopback. */
CN_API CN_MUST_USE enum cn_code cn_net(const struct cn_net_request *request,
    struct cn_net_answer *answer, struct cn_error *err);
CN_API void cn_net_free(struct cn_net_answer *answer);

/* May this URL be fetched: https, or http to a loopback host? */
CN_API bool cn_net_allowed(struct cn_slice url);

#endif
