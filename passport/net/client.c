/*
 * One request, and the redirects that it meets, by libcurl. Redirects are
 * followed by hand: each hop is judged before it is asked, and kept.
 */
#include "transfer.h"

#include <carnet/net.h>

#include <string.h>
#include <time.h>

#define DEFAULT_SECONDS 30

static bool
is_read(const struct cn_net_request *request)
{
	return strcmp(request->method, "GET") == 0 ||
	       strcmp(request->method, "HEAD") == 0;
}

/* Where the answer sends us, or false where it is for the caller. What writes
 * is repeated only where the server says that it must be (RFC 9110, 15.4). */
static bool
is_redirect(const struct cn_net_request *request, long status)
{
	if (status == 307 || status == 308)
		return true;
	return is_read(request) &&
	       (status == 301 || status == 302 || status == 303);
}

static enum cn_code
judge_hop(const struct cn_net_request *request, const struct target *from,
    const struct target *to, struct cn_error *err)
{
	if (from->https && !to->https)
		return cn_fail(
		    err, CN_NETWORK, "it redirects from https to http");
	if (!from->loopback && to->loopback)
		return cn_fail(err, CN_NETWORK,
		    "it redirects from a public address to this computer");
	/* A body may hold what only the first host is meant to see. */
	if (!is_read(request) && !target_same_origin(from, to))
		return cn_fail(err, CN_NETWORK,
		    "it redirects what was sent to another host");
	return CN_OK;
}

/* *target becomes the next hop. *again stays false where there is none. */
static enum cn_code
next_hop(struct transfer *t, struct target *target, bool *again,
    struct cn_error *err)
{
	struct target next;
	const char *to, *fault;
	enum cn_code code;

	*again = false;
	if (!is_redirect(t->request, t->answer->status))
		return CN_OK;
	to = transfer_location(t);
	if (to == NULL)
		return CN_OK;
	if (t->answer->redirects == CN_NET_REDIRECTS)
		return cn_fail(err, CN_NETWORK,
		    "it redirects more than %d "
		    "times",
		    CN_NET_REDIRECTS);
	fault = target_read(cn_slice_str(to), &next);
	if (fault != NULL)
		return cn_fail(err, CN_NETWORK,
		    "it redirects where we do not go: %s", fault);
	code = judge_hop(t->request, target, &next, err);
	if (code != CN_OK) {
		target_free(&next);
		return code;
	}
	target_free(target);
	*target = next;
	t->answer->redirects++;
	*again = true;
	return CN_OK;
}

static void
record_hop(struct cn_net_answer *answer, const struct target *target)
{
	cn_buf_reset(&answer->url);
	target_print(target, &answer->url);
	cn_buf_put(&answer->hops, cn_buf_slice(&answer->url));
	cn_buf_byte(&answer->hops, '\n');
}

static enum cn_code
follow(struct transfer *t, struct target *target, struct cn_error *err)
{
	struct cn_net_answer *answer = t->answer;
	enum cn_code code;
	bool again = true;

	while (again) {
		record_hop(answer, target);
		code = cn_buf_code(&answer->url, err);
		if (code == CN_OK)
			code = transfer_run(t, target, err);
		if (code == CN_OK)
			code = next_hop(t, target, &again, err);
		if (code != CN_OK) {
			cn_error_at(
			    err, "%.*s", CN_FMT(cn_buf_slice(&answer->url)));
			return code;
		}
	}
	return cn_buf_code(&answer->hops, err);
}

static void
answer_init(struct cn_net_answer *answer, size_t max)
{
	*answer = (struct cn_net_answer){ .status = 0 };
	cn_buf_init(&answer->body, max);
	cn_buf_init(&answer->type, 256);
	cn_buf_init(&answer->url, NET_URL + 1);
	cn_buf_init(
	    &answer->hops, (size_t)(CN_NET_REDIRECTS + 1) * (NET_URL + 1));
}

enum cn_code
cn_net(const struct cn_net_request *request, struct cn_net_answer *answer,
    struct cn_error *err)
{
	struct transfer transfer = { .request = request, .answer = answer };
	struct target target;
	const char *fault = target_read(request->url, &target);
	enum cn_code code;

	answer_init(answer, request->max);
	if (fault != NULL)
		code = cn_fail(err, CN_NETWORK, "%s", fault);
	else
		code = transfer_open(&transfer,
		    request->seconds == 0 ? DEFAULT_SECONDS : request->seconds,
		    err);
	if (code == CN_OK)
		code = follow(&transfer, &target, err);
	transfer_close(&transfer);
	target_free(&target);
	if (code != CN_OK)
		cn_net_free(answer);
	return code;
}

void
cn_net_free(struct cn_net_answer *answer)
{
	cn_buf_free(&answer->body);
	cn_buf_free(&answer->type);
	cn_buf_free(&answer->url);
	cn_buf_free(&answer->hops);
	answer->status = 0;
	answer->redirects = 0;
}
