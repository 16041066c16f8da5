/* The header lines of an answer. Everything public is for everybody: CORS, no
 * cookies, nothing that depends on who asks beside Accept and its language. */
#include "service.h"

/* Versions never change; what is current is asked for again each time, which
 * costs a 304. */
#define CACHE_EVER "public, max-age=31536000, immutable"
#define CACHE_ASK "public, no-cache"
#define CACHE_NOT "no-store"

#define POLICY                                                      \
	"default-src 'none'; script-src 'self'; style-src 'self'; " \
	"img-src 'self'; connect-src 'self'; base-uri 'none'; "     \
	"form-action 'none'; frame-ancestors 'none'"

#define LINKSET_CONTEXT "https://ref.gs1.org/standards/resolver/linkset-context"

static const char *
cache_of(const struct rs_lookup *what, const struct rs_pick *pick,
    const struct rs_answer *answer)
{
	if (answer->status >= 400 || pick->form == RS_FORM_RECEIPT ||
	    pick->form == RS_FORM_HEALTH)
		return CACHE_NOT;
	if (pick->form == RS_FORM_ASSET ||
	    (what->route->place == RS_AT_VERSION && pick->form == RS_FORM_COSE))
		return CACHE_EVER;
	return CACHE_ASK;
}

/* One line, whatever stands in it; no commas in titles, since some clients
 * split at every one. The anchor is ours, never the Host that was sent. */
static void
put_links(const struct rs_lookup *what, struct rs_exchange *exchange)
{
	struct cn_buf path;

	cn_buf_init(&path, 4 * CN_LINK_URI);
	cn_link_path(what->route->link, &path);
	rs_line(exchange, "Link",
	    "<%.*s%.*s?linkType=linkset>; rel=\"linkset\"; "
	    "type=\"application/linkset+json\"; title=\"Linkset\", "
	    "<" LINKSET_CONTEXT ">; "
	    "rel=\"http://www.w3.org/ns/json-ld#context\"; "
	    "type=\"application/ld+json\"",
	    CN_FMT(what->service->public_url), CN_FMT(cn_buf_slice(&path)));
	cn_buf_free(&path);
}

static void
put_options(const struct rs_lookup *what, struct rs_exchange *exchange)
{
	char methods[80];

	rs_methods_print(what->route->allow, methods, sizeof(methods));
	rs_line(exchange, "Allow", "%s", methods);
	rs_line(exchange, "Access-Control-Allow-Methods", "%s", methods);
	rs_line(exchange, "Access-Control-Allow-Headers",
	    "Accept, Accept-Language, Authorization, Content-Type, "
	    "If-None-Match");
	rs_line(exchange, "Access-Control-Max-Age", "86400");
}

static void
put_fault(
    const struct rs_lookup *what, unsigned status, struct rs_exchange *exchange)
{
	char methods[80];

	if (status == 405) {
		rs_methods_print(what->route->allow, methods, sizeof(methods));
		rs_line(exchange, "Allow", "%s", methods);
	} else if (status == 415) {
		rs_line(exchange, "Accept-Patch", CN_COSE_MEDIA);
		rs_line(exchange, "Accept-Post", CN_COSE_MEDIA);
	} else if (status == 503) {
		rs_line(exchange, "Retry-After", "2");
	}
}

static void
put_page(const struct rs_pick *pick, struct rs_exchange *exchange)
{
	rs_line(exchange, "Content-Language", "%.*s", CN_FMT(pick->lang));
	rs_line(exchange, "Content-Security-Policy", POLICY);
	rs_line(exchange, "Referrer-Policy", "no-referrer");
}

void
rs_respond(const struct rs_lookup *what, const struct rs_pick *pick,
    struct rs_answer *answer, struct rs_exchange *exchange)
{
	struct rs_response *response = &exchange->response;
	bool page = pick->form == RS_FORM_PAGE || pick->form == RS_FORM_HOME ||
		    ((pick->form == RS_FORM_TROUBLE ||
			 pick->form == RS_FORM_CHOICES) &&
			pick->html);

	rs_response_clear(response);
	response->status = answer->status;
	response->log = what->route->name;
	response->type = answer->type;
	response->body = answer->body;
	answer->body = NULL;
	rs_line(exchange, "Access-Control-Allow-Origin", "*");
	rs_line(
	    exchange, "Access-Control-Expose-Headers", "ETag, Link, Location");
	rs_line(exchange, "Cache-Control", "%s", cache_of(what, pick, answer));
	rs_line(exchange, "Vary", "Accept, Accept-Language");
	rs_line(exchange, "X-Content-Type-Options", "nosniff");
	if (answer->etag.len > 0)
		rs_line(exchange, "ETag", "%.*s", CN_FMT(answer->etag));
	if (pick->location.len > 0 &&
	    (answer->status == 307 || answer->status == 201))
		rs_line(exchange, "Location", "%.*s", CN_FMT(pick->location));
	if (what->route->place == RS_AT_SCAN && what->route->link != NULL)
		put_links(what, exchange);
	if (what->route->place == RS_AT_OPTIONS)
		put_options(what, exchange);
	if (page)
		put_page(pick, exchange);
	put_fault(what, answer->status, exchange);
}
