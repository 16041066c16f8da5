/*
 * The HTTP client of publish and verify. https only, except to loopback
 * addresses; bounded in time, size and redirects. No cookies, no credentials,
 * no compression, no proxy (also none of the environment's).
 */
#ifndef CARNET_NET_H
#define CARNET_NET_H

#include <carnet/bytes.h>

#define CN_NET_REDIRECTS 5

struct cn_net_request {
	const char *method; /* "GET", "HEAD", "POST", "PATCH" */
	struct cn_slice url; /* a fragment is cut off and never sent */
	const char *accept; /* or NULL */
	const char *content_type; /* of the body, or NULL */
	struct cn_slice body;
	size_t max; /* ceiling of the answer's body */
	unsigned seconds; /* all hops together; 0: 30 */
};

struct cn_net_answer {
	long status;
	struct cn_buf body; /* own */
	struct cn_buf type; /* Content-Type, may be empty */
	struct cn_buf url; /* after redirects, without fragment */
	struct cn_buf hops; /* all URLs fetched, the first first, "\n" behind
			       each */
	unsigned redirects; /* followed */
};

/*
 * CN_NETWORK with the reason and the URL as place; CN_TOO_LARGE where the body
 * is beyond request->max; any HTTP status is CN_OK. The answer is initialised
 * here, must be freed after CN_OK and is empty after a failure.
 *
 * A redirect never goes from https to http, nor from a public address to
 * loopback: by name, and by the address that the name turns out to have. 301,
 * 302 and 303 are followed for GET and HEAD only; what POST and PATCH send is
 * sent again only for 307 and 308, and only to the same origin. A redirect that
 * is not followed is an answer like any other.
 */
CN_API CN_MUST_USE enum cn_code cn_net(const struct cn_net_request *request,
    struct cn_net_answer *answer, struct cn_error *err);
CN_API void cn_net_free(struct cn_net_answer *answer);

/* May this URL be fetched: https, or http to 127.0.0.0/8, [::1] or
 * localhost; no user in it. */
CN_API bool cn_net_allowed(struct cn_slice url);

#endif
