/*
 * From what was found and picked to bytes. A body is shared and counted, so
 * that one prepared before can be handed out again.
 */
#include "service.h"

#include <stdio.h>
#include <string.h>

#include "route/negotiate.h"
#include "view/plain.h"

#define BODY_MAX (8u << 20)
#define ETAG_HEX 32

struct render {
	const struct rs_lookup *what;
	struct rs_found *found;
	const struct rs_pick *pick;
	struct rs_exchange *exchange;
	struct cn_buf out;
};

/* ---- entity tags -------------------------------------------------------------- */

static bool
has_etag(enum rs_form form)
{
	switch (form) {
	case RS_FORM_PAGE:
	case RS_FORM_JSON:
	case RS_FORM_LD:
	case RS_FORM_COSE:
	case RS_FORM_LINKSET:
	case RS_FORM_LINKSET_LD:
	case RS_FORM_HOME:
	case RS_FORM_ASSET:
	case RS_FORM_VERSIONS:
	case RS_FORM_ISSUERS:
	case RS_FORM_CHANGES:
		return true;
	default:
		return false;
	}
}

/* All that the bytes depend on beside the address itself: what is told, by
 * which program, in which form and language, to whom, and for a page on which
 * day, since it says how much time is left. */
static void
put_reasons(const struct render *r, struct cn_buf *text)
{
	const struct rs_view *view = &r->found->view;
	const struct rs_route *route = r->what->route;
	uint8_t trust[CN_DIGEST];
	size_t i = 0;

	cn_buf_printf(text, CARNET_VERSION " %d %s %.*s %u %d %u %.*s\n",
	    (int)r->pick->form, r->pick->type, CN_FMT(r->pick->lang),
	    r->what->tiers, (int)route->representation,
	    r->pick->form == RS_FORM_PAGE
		? (unsigned)cn_instant_day(r->exchange->request.now)
		: 0,
	    CN_FMT(view->public_url));
	cn_buf_printf(text, "%llu %zu\n", (unsigned long long)r->found->last,
	    r->found->change_count);
	cn_trust_digest(r->what->trust, trust);
	cn_buf_put(text, cn_slice_of(trust, sizeof(trust)));
	/* Signed bytes are those of one level, whatever the others do. */
	if (r->pick->form == RS_FORM_COSE && view->level_count > 0)
		i = view->level_count - 1;
	for (; i < view->level_count; i++)
		cn_buf_put(text,
		    cn_slice_of(view->levels[i].passport->digest, CN_DIGEST));
}

static struct cn_slice
make_etag(const struct render *r)
{
	struct cn_slice etag = CN_SLICE_NONE;
	uint8_t digest[CN_DIGEST];
	char hex[2 * CN_DIGEST + 1];
	struct cn_buf text;

	if (!has_etag(r->pick->form))
		return etag;
	cn_buf_init(&text, 65536);
	put_reasons(r, &text);
	if (cn_buf_code(&text, NULL) == CN_OK &&
	    cn_sha256(cn_buf_slice(&text), digest, NULL) == CN_OK) {
		cn_hex(cn_slice_of(digest, sizeof(digest)), hex);
		etag = cn_arena_printf(
		    r->exchange->arena, "\"%.*s\"", ETAG_HEX, hex);
	}
	cn_buf_free(&text);
	return etag;
}

/* ---- forms ---------------------------------------------------------------------- */

static enum cn_code
put_page(struct render *r)
{
	r->found->view.lang = r->pick->lang;
	return rs_view_html(
	    r->what->service->pages, &r->found->view, &r->out, NULL);
}

static enum cn_code
put_home(struct render *r)
{
	struct rs_home home = {
		.public_url = r->what->service->public_url,
		.lang = r->pick->lang,
		.trust = r->what->trust,
		.versions = r->found->last,
	};

	return rs_view_home(r->what->service->pages, &home, &r->out, NULL);
}

static enum cn_code
put_json(struct render *r)
{
	struct rs_json_form form = {
		.full = r->what->route->representation == RS_FULL,
		.ld = r->pick->form == RS_FORM_LD,
	};

	rs_view_json(&r->found->view, form, &r->out);
	return CN_OK;
}

static void
put_changes(struct render *r)
{
	struct rs_plain_changes changes = {
		.public_url = r->what->service->public_url,
		.last = r->found->last,
		.rows = r->found->changes,
		.count = r->found->change_count,
	};

	rs_plain_changes(&changes, &r->out);
}

/* Trouble and choices: words for people, a document for programs. */
static enum cn_code
put_trouble(struct render *r, unsigned status)
{
	const struct rs_pick *pick = r->pick;
	struct rs_trouble trouble = {
		.status = status,
		.reason = cn_slice_str(pick->fault.reason),
		.lang = pick->lang,
		.choices = pick->choices,
		.choice_count = pick->choice_count,
	};

	if (pick->html)
		return rs_view_trouble(
		    r->what->service->pages, &trouble, &r->out, NULL);
	if (status == 300)
		rs_plain_choices(&trouble, &r->out);
	else
		rs_plain_trouble(&trouble, r->exchange->request.now, &r->out);
	return CN_OK;
}

static void
put_receipt(struct render *r)
{
	const struct rs_receipt *receipt = &r->found->receipt;

	rs_plain_receipt(
	    receipt->passport, receipt->created && !receipt->same, &r->out);
}

/* Appends the body of the form. */
static enum cn_code
put(struct render *r, unsigned status)
{
	switch (r->pick->form) {
	case RS_FORM_PAGE:
		return put_page(r);
	case RS_FORM_HOME:
		return put_home(r);
	case RS_FORM_JSON:
	case RS_FORM_LD:
		return put_json(r);
	case RS_FORM_COSE:
		cn_buf_put(
		    &r->out, rs_view_nearest(&r->found->view)->passport->bytes);
		break;
	case RS_FORM_LINKSET:
	case RS_FORM_LINKSET_LD:
		rs_view_linkset(&r->found->view,
		    r->pick->form == RS_FORM_LINKSET_LD, &r->out);
		break;
	case RS_FORM_DESCRIPTION:
		rs_plain_description(r->what->service->public_url, &r->out);
		break;
	case RS_FORM_VERSIONS:
		rs_view_versions(&r->found->view, &r->out);
		break;
	case RS_FORM_ISSUERS:
		rs_view_issuers(r->what->trust, &r->out);
		break;
	case RS_FORM_CHANGES:
		put_changes(r);
		break;
	case RS_FORM_HEALTH:
		rs_plain_health(r->found->last, &r->out);
		break;
	case RS_FORM_RECEIPT:
		put_receipt(r);
		break;
	case RS_FORM_CHOICES:
	case RS_FORM_TROUBLE:
		return put_trouble(r, status);
	case RS_FORM_ASSET:
	case RS_FORM_EMPTY:
	case RS_FORM_REDIRECT:
	default:
		break;
	}
	return CN_OK;
}

/* ---- the stage ------------------------------------------------------------------ */

static unsigned
status_of(const struct render *r)
{
	const struct rs_receipt *receipt = &r->found->receipt;

	switch (r->pick->form) {
	case RS_FORM_TROUBLE:
		return r->pick->fault.status;
	case RS_FORM_REDIRECT:
		return 307;
	case RS_FORM_CHOICES:
		return 300;
	case RS_FORM_EMPTY:
		return 204;
	case RS_FORM_RECEIPT:
		return receipt->created && !receipt->same ? 201 : 200;
	default:
		return 200;
	}
}

static const char *
type_of(const struct render *r)
{
	if (r->pick->type != NULL)
		return r->pick->type;
	return r->pick->html ? "text/html; charset=utf-8" : "application/json";
}

static struct rs_body *
make_body(struct render *r, unsigned status)
{
	const struct rs_asset *asset;
	struct rs_body *body;

	if (r->pick->form == RS_FORM_ASSET) {
		asset = rs_pages_asset(
		    r->what->service->pages, r->what->route->asset);
		return asset == NULL ? NULL : rs_body_over(asset->bytes);
	}
	cn_buf_init(&r->out, BODY_MAX);
	if (put(r, status) != CN_OK)
		cn_buf_free(&r->out);
	body = r->out.len > 0 ? rs_body_take(&r->out) : NULL;
	cn_buf_free(&r->out);
	return body;
}

void
rs_render(const struct rs_lookup *what, struct rs_found *found,
    const struct rs_pick *pick, struct rs_exchange *exchange,
    struct rs_answer *out)
{
	struct render r = {
		.what = what,
		.found = found,
		.pick = pick,
		.exchange = exchange,
	};
	const struct rs_request *request = &exchange->request;

	memset(out, 0, sizeof(*out));
	out->status = status_of(&r);
	out->etag = make_etag(&r);
	if (out->etag.len > 0 &&
	    rs_etag_match(request->header[RS_H_IF_NONE_MATCH], out->etag)) {
		out->status = 304;
		return;
	}
	if (pick->form == RS_FORM_EMPTY || pick->form == RS_FORM_REDIRECT)
		return;
	out->body = make_body(&r, out->status);
	out->type = type_of(&r);
	if (out->body == NULL) {
		out->status = 500;
		out->type = NULL;
		out->etag = CN_SLICE_NONE;
	}
}
