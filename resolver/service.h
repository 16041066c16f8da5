/*
 * What the stages of an answer hand on to each other.
 *
 *     request ─► route ─► lookup ─► negotiate ─► render ─► respond
 *
 * Each stage reads what stands before it and fills its own struct; serve.c
 * alone knows the order. A stage that cannot do its part leaves a status and a
 * reason, and the ones behind it make an answer of that.
 */
#ifndef RESOLVER_SERVICE_H
#define RESOLVER_SERVICE_H

#include "route/route.h"
#include "store/store.h"
#include "trust.h"
#include "view/view.h"

/* What lives as long as the program. */
struct rs_service {
	struct rs_store *store;
	struct rs_trust_box *trust;
	struct rs_pages *pages;
	struct cn_slice public_url; /* no slash behind */
};

/* A refusal: status 0 is none. */
struct rs_fault {
	unsigned status;
	const char *reason; /* one sentence; lives in the arena */
};

/* ---- lookup ---------------------------------------------------------------- */

struct rs_receipt {
	bool created; /* a first version; else a next or the same one */
	bool same;
	const struct cn_passport *passport;
};

struct rs_found {
	struct rs_fault fault;
	/* What speaks for the subject; view.level_count 0: nothing was asked
	 * for. Levels, versions and all they point to live in the arena. */
	struct rs_view view;
	struct rs_row *changes; /* of /changes */
	size_t change_count;
	uint64_t last; /* seq of the version accepted last */
	struct rs_receipt receipt; /* of a publication */
};

struct rs_lookup {
	struct rs_service *service;
	const struct cn_trust *trust;
	unsigned tiers; /* what the reader may see */
	const struct rs_route *route;
};

/* lookup.c. RS_LATER where a version is on its way to the disk. */
enum rs_next rs_look_up(const struct rs_lookup *what,
    struct rs_exchange *exchange, struct rs_found *out);
/* publish.c: the same for POST and PATCH. */
enum rs_next rs_publish(const struct rs_lookup *what,
    struct rs_exchange *exchange, struct rs_found *out);
/* The passport that is current for a subject: the newest version whose key is
 * not revoked (or was not when it was accepted). CN_NOT_FOUND. */
struct rs_asking {
	struct rs_reader *reader;
	const struct cn_trust *trust;
	struct cn_arena *arena; /* row and passport borrow from it */
};
CN_MUST_USE enum cn_code rs_current(const struct rs_asking *asking,
    struct cn_slice subject, struct rs_row *row, struct cn_passport *passport,
    struct cn_error *err);
/* The canonical subject of the step-th identifier that speaks for a route's;
 * empty when there are no more. */
struct cn_slice rs_ancestor(
    const struct rs_route *route, unsigned step, struct cn_arena *arena);

/* ---- negotiate --------------------------------------------------------------- */

enum rs_form {
	RS_FORM_EMPTY, /* 204, or what the status says */
	RS_FORM_REDIRECT,
	RS_FORM_CHOICES, /* 300 */
	RS_FORM_PAGE,
	RS_FORM_JSON,
	RS_FORM_LD,
	RS_FORM_COSE,
	RS_FORM_LINKSET,
	RS_FORM_LINKSET_LD,
	RS_FORM_HOME,
	RS_FORM_DESCRIPTION,
	RS_FORM_ASSET,
	RS_FORM_VERSIONS,
	RS_FORM_ISSUERS,
	RS_FORM_CHANGES,
	RS_FORM_HEALTH,
	RS_FORM_RECEIPT,
	RS_FORM_TROUBLE
};

struct rs_pick {
	struct rs_fault fault;
	enum rs_form form;
	const char *type; /* Content-Type */
	bool html; /* trouble and choices: a page, else JSON */
	struct cn_slice lang; /* of a page */
	struct cn_slice location;
	struct rs_choice *choices;
	size_t choice_count;
};

void rs_negotiate(const struct rs_lookup *what, const struct rs_found *found,
    struct rs_exchange *exchange, struct rs_pick *out);

/* ---- render ------------------------------------------------------------------ */

struct rs_answer {
	unsigned status;
	const char *type; /* NULL without a body */
	struct rs_body *body; /* own; NULL: none, also for 304 */
	struct cn_slice etag; /* with quotes; empty: none */
};

void rs_render(const struct rs_lookup *what, struct rs_found *found,
    const struct rs_pick *pick, struct rs_exchange *exchange,
    struct rs_answer *out);

/* ---- respond ------------------------------------------------------------------ */

/* Takes the answer's body. */
void rs_respond(const struct rs_lookup *what, const struct rs_pick *pick,
    struct rs_answer *answer, struct rs_exchange *exchange);

/* ---- serve -------------------------------------------------------------------- */

/* The handler of the server; ctx is the service. */
enum rs_next rs_serve(void *ctx, struct rs_exchange *exchange);

#endif
