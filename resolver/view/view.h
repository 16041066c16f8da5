/*
 * Views: one input, several outputs.
 *
 * A view is what the resolver knows about one identifier at one moment: the
 * passports that speak for it, merged, with their history. Every view function
 * is pure: it reads the struct, appends to a buffer and asks nobody else (no
 * clock, no store, no files). All pointers are borrowed and outlive the call.
 *
 * Sealed sections never come here unless the reader may see them: the records
 * hold only fields of `tiers`, and a view that is shown to everybody has
 * tiers == CN_TIERS_PUBLIC.
 */
#ifndef RESOLVER_VIEW_H
#define RESOLVER_VIEW_H

#include <carnet/link.h>
#include <carnet/passport.h>

/* The walk-up union {21; 22+10; 10; 22; key} and the identifier itself. */
#define RS_LEVELS 6
/* Versions told by a page, the newest first; the whole history has a URL of
 * its own. */
#define RS_HISTORY 20

/* One passport that speaks for the identifier, at its current version. */
struct rs_level {
	const struct cn_passport *passport;
	const struct cn_record *record; /* its fields of the view's tiers */
	struct cn_slice path; /* "/01/…/10/…", canonical; for other
					   subjects the sub itself */
	cn_instant accepted; /* by this resolver */
};

/* One version of the nearest passport, as this resolver accepted it. */
struct rs_version {
	uint64_t version;
	uint8_t digest[CN_DIGEST];
	bool has_supersedes;
	uint8_t supersedes[CN_DIGEST];
	cn_instant iat;
	cn_instant accepted;
	/* Field passport_version {version, supersedes, changes} of that
	 * version; NULL where it could not be read. */
	const struct cn_record *note;
};

struct rs_view {
	/* The model first, the nearest last; at least one. */
	const struct rs_level *levels;
	size_t level_count;
	/* What a reader is told: cn_model_merge() of the levels' records. */
	const struct cn_record *merged;
	unsigned tiers;

	/* The identifier that was asked for: canonical path ("/01/…/21/…") and
	 * what it says about the unit; empty: not said. For a passport that was
	 * asked for by its id the path is empty where it is no Digital Link. */
	struct cn_slice path;
	struct cn_slice lot;
	struct cn_slice serial;
	struct cn_slice query; /* as asked, without '?'; may be empty */

	/* The history of the nearest passport, the newest first, at most
	 * RS_HISTORY; version_total counts all. */
	const struct rs_version *versions;
	size_t version_count;
	uint64_t version_total;

	struct cn_slice issuer_name; /* from the trust list; may be empty */
	struct cn_slice public_url; /* "https://id.maker.example", no slash
					   behind; never taken from Host */
	struct cn_slice lang; /* one of the page's languages, as
					   rs_pages_language() gave it */
	cn_instant now;
};

static inline const struct rs_level *
rs_view_nearest(const struct rs_view *view)
{
	return &view->levels[view->level_count - 1];
}

/* ---- pages (page*.c, template*.c, locale*.c) ----------------------------- */

/*
 * Templates, languages and assets, read once at start below cn_data_path(),
 * immutable afterwards and shared by all threads.
 */
struct rs_pages;

CN_MUST_USE enum cn_code rs_pages_open(
    struct rs_pages **out, struct cn_error *err);
void rs_pages_free(struct rs_pages *pages); /* NULL is fine */

/*
 * The language of a page for somebody who prefers `langs` in that order
 * (language ranges of Accept-Language, q = 0 left out; "*" and nonsense are
 * passed over; RFC 4647 lookup), else English. Points into pages: a page is
 * prepared once per language, so the set is bounded.
 */
struct cn_slice rs_pages_language(
    const struct rs_pages *pages, const struct cn_slice *langs, size_t count);

/*
 * The consumer page of a passport: a complete HTML document. It is sent with
 *
 *     Content-Security-Policy: default-src 'none'; script-src 'self';
 *         style-src 'self'; img-src 'self'; connect-src 'self';
 *         base-uri 'none'; form-action 'none'; frame-ancestors 'none'
 *
 * so style sheets and scripts are assets, never inline. The signed bytes are
 * at the page's own URL with `Accept: application/vnd.carnet+cose`, the public
 * keys at /v1/issuers, the history at /v1/dpps/{percent-encoded sub}/versions.
 */
CN_MUST_USE enum cn_code rs_view_html(const struct rs_pages *pages,
    const struct rs_view *view, struct cn_buf *out, struct cn_error *err);

/* The page of "/": what this is, and where to go on. */
struct rs_home {
	struct cn_slice public_url;
	struct cn_slice lang;
	const struct cn_trust *trust; /* issuers that are accepted here */
	uint64_t versions; /* accepted so far */
};
CN_MUST_USE enum cn_code rs_view_home(const struct rs_pages *pages,
    const struct rs_home *home, struct cn_buf *out, struct cn_error *err);

/* The page of an error for people: 300, 400, 404, 406, 410, 5xx … `reason` is
 * one sentence in English for the curious; it may quote the request, so it is
 * escaped like any other text. `choices` is for 300, else empty. */
struct rs_choice {
	struct cn_slice href, title, type, lang;
};
struct rs_trouble {
	unsigned status;
	struct cn_slice reason;
	struct cn_slice lang;
	const struct rs_choice *choices;
	size_t choice_count;
};
CN_MUST_USE enum cn_code rs_view_trouble(const struct rs_pages *pages,
    const struct rs_trouble *trouble, struct cn_buf *out, struct cn_error *err);

/* A file served under /assets/<name>; the name holds a digest of the bytes, so
 * it may be kept for ever. NULL where there is none of that name. */
struct rs_asset {
	const char *name; /* "page.3f9a1c20.css" */
	const char *type; /* "text/css; charset=utf-8" */
	struct cn_slice bytes;
};
const struct rs_asset *rs_pages_asset(
    const struct rs_pages *pages, struct cn_slice name);

/* ---- data (json.c, linkset.c, issuers.c) --------------------------------- */

/*
 * The passport as JSON with the element names of EN 18223:
 *
 *     { digitalProductPassportId, uniqueProductIdentifier, granularity,
 *       dppSchemaVersion, dppStatus, lastUpdated, economicOperatorId,
 *       facilityId, contentSpecificationIds,
 *       elements: {group: {name: value}},
 *       version, digest, supersedes, issuer, levels: [{…}] }
 *
 * `full` is the expanded form of the elements: a list of
 * {elementId, objectType, valueDataType, value}. `ld` adds "@context".
 */
struct rs_json_form {
	bool full;
	bool ld;
};
void rs_view_json(
    const struct rs_view *view, struct rs_json_form form, struct cn_buf *out);

/*
 * The linkset (RFC 9264) of an identifier, one context object for each level,
 * the nearest first. Anchors are built from public_url. `ld`: with "@context".
 */
void rs_view_linkset(const struct rs_view *view, bool ld, struct cn_buf *out);

/*
 * The history of the nearest passport, the newest version first:
 *
 *     { digitalProductPassportId, issuer, current,
 *       versions: [{version, digest, supersedes, signedAt, acceptedAt,
 *                   changes, href}], below }
 *
 * current is the number of the version now in force. Where there are older
 * ones than the last in the list, `below` is there: ask again with
 * ?below=<that>.
 */
void rs_view_versions(const struct rs_view *view, struct cn_buf *out);

/* JSON Web Key Set (RFC 7517) of the issuers of a trust list: {keys: [{kty,
 * crv, x, y, kid, use, iss, name, uses, subjects, from, until, revoked}]};
 * kid in hex, from and until as dates, revoked as an instant and only where
 * the key is. */
void rs_view_issuers(const struct cn_trust *trust, struct cn_buf *out);

#endif
