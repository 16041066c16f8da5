/* In which form the answer goes out, and in which language. */
#include "service.h"

#include <string.h>

#include "route/links.h"
#include "route/negotiate.h"
#include "view/data.h"

/* What the client said, and what it is choosing from. */
struct asked {
	const struct rs_lookup *what;
	const struct rs_found *found;
	struct rs_exchange *exchange;
	struct rs_accept accept;
	struct rs_languages languages;
};

struct offer {
	const char *type;
	enum rs_form form;
};

#define COSE_OFFERS                                                            \
	{ CN_COSE_MEDIA, RS_FORM_COSE }, { "application/cose", RS_FORM_COSE }, \
	{                                                                      \
		"application/cwt", RS_FORM_COSE                                \
	}

static const struct offer page_offers[] = {
	{ "text/html", RS_FORM_PAGE },
	{ "application/json", RS_FORM_JSON },
	{ "application/ld+json", RS_FORM_LD },
	COSE_OFFERS,
};
static const struct offer dpp_offers[] = {
	{ "application/json", RS_FORM_JSON },
	{ "application/ld+json", RS_FORM_LD },
	COSE_OFFERS,
};
static const struct offer version_offers[] = {
	COSE_OFFERS,
	{ "application/json", RS_FORM_JSON },
	{ "application/ld+json", RS_FORM_LD },
};
static const struct offer linkset_offers[] = {
	{ "application/linkset+json", RS_FORM_LINKSET },
	{ "application/ld+json", RS_FORM_LINKSET_LD },
	{ "application/json", RS_FORM_LINKSET },
	{ "text/html", RS_FORM_PAGE },
};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OFFERS_MOST 8

static void
choose(const struct asked *asked, const struct offer *offers, size_t count,
    struct rs_pick *out)
{
	const char *types[OFFERS_MOST];
	size_t i;
	int best;

	for (i = 0; i < count; i++)
		types[i] = offers[i].type;
	best = rs_accept_best(&asked->accept, types, count);
	if (best < 0) {
		out->fault.status = 406;
		out->fault.reason = "none of the forms that there are is "
				    "accepted";
		return;
	}
	out->form = offers[best].form;
	out->type = out->form == RS_FORM_PAGE ? "text/html; charset=utf-8"
					      : offers[best].type;
}

/* ---- scanning -------------------------------------------------------------------- */

static void
redirect(const struct asked *asked, struct cn_slice href, struct rs_pick *out)
{
	const struct rs_request *request = &asked->exchange->request;
	struct cn_buf target;

	cn_buf_init(&target, 2 * RS_ANSWER_LINE_MAX);
	rs_link_target(href, request->query, request->has_query, &target);
	out->form = RS_FORM_REDIRECT;
	out->location = cn_arena_copy(
	    asked->exchange->arena, cn_buf_slice(&target));
	cn_buf_free(&target);
}

/* The passport's own page. On this host, by a path: a resolver answers under
 * any name that leads to it, and the fragment stays with the browser. */
static void
redirect_page(const struct asked *asked, struct rs_pick *out)
{
	struct cn_slice path;

	path = cn_arena_printf(asked->exchange->arena, "/dpp%.*s",
	    CN_FMT(asked->what->route->path));
	redirect(asked, path, out);
}

static void
offer_choices(const struct asked *asked, const struct rs_links *links,
    struct rs_pick *out)
{
	struct rs_choice *choice;
	size_t i;

	out->form = RS_FORM_CHOICES;
	out->choices = cn_arena_alloc(
	    asked->exchange->arena, links->count, sizeof(*out->choices));
	for (i = 0; out->choices != NULL && i < links->count; i++) {
		choice = &out->choices[i];
		choice->href = cn_get_text(
		    links->found[i], CN_PRODUCT_LINK_HREF);
		choice->title = cn_get_text(
		    links->found[i], CN_PRODUCT_LINK_TITLE);
		choice->type = cn_get_text(
		    links->found[i], CN_PRODUCT_LINK_TYPE);
		choice->lang = cn_get_text(
		    links->found[i], CN_PRODUCT_LINK_HREFLANG);
		out->choice_count++;
	}
}

/* Does the client ask for this type by name, and for no other more? */
static bool
prefers(const struct asked *asked, const char *media)
{
	struct cn_slice type = cn_slice_str(media);
	unsigned weight = rs_accept_weight(&asked->accept, type);
	size_t i;

	if (!rs_accept_names(&asked->accept, type))
		return false;
	for (i = 0; i < asked->accept.count; i++) {
		if (asked->accept.ranges[i].q * 4 + 3 > weight)
			return false;
	}
	return true;
}

static void
find_link(const struct asked *asked, struct rs_pick *out)
{
	const struct rs_view *view = &asked->found->view;
	const struct cn_record *levels[RS_LEVELS];
	struct rs_links_query query = {
		.levels = levels,
		.level_count = view->level_count,
		.link_type = asked->what->route->link_type,
		.context = asked->what->route->context,
		.accept = &asked->accept,
		.languages = &asked->languages,
	};
	struct cn_slice wanted = rs_link_type(query.link_type);
	struct rs_links links;
	size_t i;

	for (i = 0; i < view->level_count; i++)
		levels[i] = view->levels[view->level_count - 1 - i].record;
	rs_links_find(&query, &links);
	if (links.count == 1) {
		redirect(asked,
		    cn_get_text(links.found[0], CN_PRODUCT_LINK_HREF), out);
	} else if (links.count > 1) {
		offer_choices(asked, &links, out);
	} else if (query.link_type.ptr == NULL ||
		   cn_slice_is(wanted, "defaultLink") ||
		   cn_slice_is(wanted, "dpp")) {
		redirect_page(asked, out);
	} else {
		out->fault.status = 404;
		out->fault.reason = "the product has no link of that type";
	}
}

static void
pick_scan(const struct asked *asked, struct rs_pick *out)
{
	struct cn_slice type = asked->what->route->link_type;

	if (cn_slice_is(rs_link_type(type), "linkset") ||
	    cn_slice_is(type, "all")) {
		choose(asked, linkset_offers, COUNT(linkset_offers), out);
	} else if (prefers(asked, "application/linkset+json")) {
		out->form = RS_FORM_LINKSET;
		out->type = "application/linkset+json";
	} else if (type.ptr == NULL && prefers(asked, "application/ld+json")) {
		out->form = RS_FORM_LINKSET_LD;
		out->type = "application/ld+json";
	} else {
		find_link(asked, out);
	}
}

/* ---- places with one form ----------------------------------------------------------- */

static const struct {
	enum rs_place place;
	enum rs_form form;
	const char *type;
} fixed[] = {
	{ RS_AT_HOME, RS_FORM_HOME, "text/html; charset=utf-8" },
	{ RS_AT_DESCRIPTION, RS_FORM_DESCRIPTION, "application/json" },
	{ RS_AT_PUBLISH, RS_FORM_RECEIPT, "application/json" },
	{ RS_AT_UPDATE, RS_FORM_RECEIPT, "application/json" },
	{ RS_AT_VERSIONS, RS_FORM_VERSIONS, "application/json" },
	{ RS_AT_ISSUERS, RS_FORM_ISSUERS, "application/jwk-set+json" },
	{ RS_AT_CHANGES, RS_FORM_CHANGES, "application/json" },
	{ RS_AT_HEALTH, RS_FORM_HEALTH, "application/json" },
	{ RS_AT_OPTIONS, RS_FORM_EMPTY, NULL },
};

/* Where what was published can be read. */
static void
locate_receipt(const struct asked *asked, struct rs_pick *out)
{
	struct cn_buf path;

	cn_buf_init(&path, RS_ANSWER_LINE_MAX);
	rs_put_dpp_url(
	    &path, CN_SLICE(""), asked->found->receipt.passport->sub);
	out->location = cn_arena_copy(
	    asked->exchange->arena, cn_buf_slice(&path));
	cn_buf_free(&path);
}

static void
pick_fixed(const struct asked *asked, struct rs_pick *out)
{
	size_t i;

	for (i = 0; i < COUNT(fixed); i++) {
		if (fixed[i].place == asked->what->route->place) {
			out->form = fixed[i].form;
			out->type = fixed[i].type;
		}
	}
	if (out->form == RS_FORM_RECEIPT)
		locate_receipt(asked, out);
}

static void
pick_asset(const struct asked *asked, struct rs_pick *out)
{
	const struct rs_asset *asset;

	asset = rs_pages_asset(
	    asked->what->service->pages, asked->what->route->asset);
	if (asset == NULL) {
		out->fault.status = 404;
		out->fault.reason = "there is no such file here";
		return;
	}
	out->form = RS_FORM_ASSET;
	out->type = asset->type;
}

static void
pick(const struct asked *asked, struct rs_pick *out)
{
	switch (asked->what->route->place) {
	case RS_AT_SCAN:
		pick_scan(asked, out);
		break;
	case RS_AT_PAGE:
		choose(asked, page_offers, COUNT(page_offers), out);
		break;
	case RS_AT_DPP:
	case RS_AT_PRODUCT:
		choose(asked, dpp_offers, COUNT(dpp_offers), out);
		break;
	case RS_AT_VERSION:
		choose(asked, version_offers, COUNT(version_offers), out);
		break;
	case RS_AT_ASSET:
		pick_asset(asked, out);
		break;
	default:
		pick_fixed(asked, out);
		break;
	}
}

void
rs_negotiate(const struct rs_lookup *what, const struct rs_found *found,
    struct rs_exchange *exchange, struct rs_pick *out)
{
	struct asked asked = {
		.what = what,
		.found = found,
		.exchange = exchange,
	};
	const struct cn_slice *header = exchange->request.header;

	memset(out, 0, sizeof(*out));
	rs_accept_parse(header[RS_H_ACCEPT], &asked.accept);
	rs_languages_parse(header[RS_H_ACCEPT_LANGUAGE], &asked.languages);
	out->lang = rs_pages_language(what->service->pages,
	    asked.languages.ranges, asked.languages.count);
	/* People at a browser name HTML; nobody else gets a page of words. */
	out->html = !what->route->api &&
		    rs_accept_names(&asked.accept, CN_SLICE("text/html"));
	out->fault = found->fault;
	if (out->fault.status == 0)
		pick(&asked, out);
	if (out->fault.status != 0) {
		out->form = RS_FORM_TROUBLE;
		out->type = NULL;
	}
}
