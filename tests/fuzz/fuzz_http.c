/*
 * The head of a request, as the HTTP library hands it over: a request line and
 * header lines, from there to the route and to what the client would like to
 * have. What is not refused has a path of visible ASCII, bounded everything,
 * and a route or the status of a refusal.
 */
#include "fuzz.h"

#include "../../resolver/http/head.h"
#include "../../resolver/route/negotiate.h"
#include "../../resolver/route/route.h"

static const char *const offers[] = { "text/html", "application/json",
	"application/ld+json", "application/vnd.carnet+cose",
	"application/linkset+json" };
#define OFFERS (sizeof(offers) / sizeof(offers[0]))

static struct cn_slice
until(struct cn_slice *rest, uint8_t byte)
{
	size_t at = cn_slice_find(*rest, byte);
	struct cn_slice part = cn_slice_sub(*rest, 0, at);

	*rest = cn_slice_sub(*rest, at + 1, rest->len);
	return part;
}

static void
wishes(const struct rs_request *request)
{
	struct rs_accept accept;
	struct rs_languages languages;
	int best;

	rs_accept_parse(request->header[RS_H_ACCEPT], &accept);
	FUZZ_HOLDS(accept.count <= RS_RANGES);
	best = rs_accept_best(&accept, offers, OFFERS);
	FUZZ_HOLDS(best >= -1 && best < (int)OFFERS);
	if (best >= 0)
		FUZZ_HOLDS(
		    rs_accept_weight(&accept, cn_slice_str(offers[best])) > 0);
	rs_languages_parse(request->header[RS_H_ACCEPT_LANGUAGE], &languages);
	FUZZ_HOLDS(languages.count <= RS_RANGES);
	for (size_t i = 0; i < languages.count; i++)
		FUZZ_HOLDS(languages.ranges[i].len > 0);
	(void)rs_etag_match(request->header[RS_H_IF_NONE_MATCH],
	    CN_SLICE("\"8aeb1b399fafa477\""));
}

static void
way(const struct rs_request *request, struct cn_arena *arena)
{
	struct rs_route route = { 0 };

	FUZZ_HOLDS(request->path.len > 0 && request->path.ptr[0] == '/');
	FUZZ_HOLDS(request->path.len + request->query.len <= RS_TARGET_MAX);
	for (size_t i = 0; i < request->path.len; i++)
		FUZZ_HOLDS(
		    request->path.ptr[i] > 0x20 && request->path.ptr[i] < 0x7f);
	rs_route(request, arena, &route);
	FUZZ_HOLDS(route.name != NULL);
	if (route.place == RS_AT_NOWHERE)
		FUZZ_HOLDS(route.status >= 400 && route.status < 600);
	if (route.subject.len > 0 && route.status == 0)
		FUZZ_HOLDS(cn_subject_ok(route.subject));
	FUZZ_HOLDS(cn_utf8_ok(route.link_type, NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cn_arena *arena = cn_arena_new(RS_ARENA_MAX);
	struct cn_slice rest = cn_slice_of(data, size), line, name;
	struct rs_request request = { 0 };
	struct rs_head head = { 0 };
	struct cn_slice method, target, version;

	if (arena == NULL)
		return 0;
	line = until(&rest, '\n');
	method = until(&line, ' ');
	target = until(&line, ' ');
	version = line;
	rs_head_begin(&head, &request, arena, method, version);
	rs_head_target(&head, target);
	while (rest.len > 0) {
		line = until(&rest, '\n');
		name = until(&line, ':');
		rs_head_line(&head, name, line);
	}
	if (rs_head_end(&head, 1u << 20) == 0) {
		way(&request, arena);
		wishes(&request);
	}
	cn_arena_free(arena);
	return 0;
}
