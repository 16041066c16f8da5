#include "inspect.h"

#include <string.h>

/* How far back a history is followed, and how many identifiers above the
 * scanned one are asked for: bounds of time, not of truth. */
#define HISTORY_MOST 512
#define ANCESTORS_MOST 8

/* Length of "scheme://host" of an absolute URL. */
static size_t
origin_length(struct cn_slice url)
{
	size_t slashes = 0;

	for (size_t i = 0; i < url.len; i++)
		if (url.ptr[i] == '/' && ++slashes == 3)
			return i;
	return url.len;
}

/* "scheme://host" to ask at: the mirror's, or the printed one. */
static struct cn_slice
origin_of(const struct scan *scan, struct cn_slice url)
{
	struct cn_slice mirror = cn_slice_str(scan->how->mirror);

	if (mirror.len == 0)
		return cn_slice_sub(url, 0, origin_length(url));
	while (mirror.len > 0 && mirror.ptr[mirror.len - 1] == '/')
		mirror.len--;
	return mirror;
}

enum cn_code
scan_address(struct scan *scan, struct cn_slice url, struct cn_slice *out,
    struct cn_error *err)
{
	struct cn_slice path = cn_slice_sub(url, origin_length(url), url.len);
	struct cn_slice origin = origin_of(scan, url);

	*out = cn_arena_printf(
	    scan->arena, "%.*s%.*s", CN_FMT(origin), CN_FMT(path));
	if (out->ptr == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for an address");
	return CN_OK;
}

enum cn_code
scan_fetch(struct scan *scan, struct cn_slice url, struct cn_slice *bytes,
    struct cn_slice *from, struct cn_error *err)
{
	struct cn_net_request request = { .method = "GET",
		.url = url,
		.accept = CN_COSE_MEDIA,
		.max = CN_MAX_PASSPORT };
	struct cn_net_answer answer;
	enum cn_code code = cn_net(&request, &answer, err);

	*bytes = *from = CN_SLICE_NONE;
	if (code != CN_OK)
		return code;
	if (answer.status == 404 || answer.status == 410) {
		code = cn_fail(err, CN_NETWORK,
		    "no passport is known at %.*s (status %ld)", CN_FMT(url),
		    answer.status);
	} else if (answer.status != 200) {
		code = cn_fail(err, CN_NETWORK, "%.*s answered with status %ld",
		    CN_FMT(url), answer.status);
	} else {
		*bytes = cn_arena_copy(scan->arena, cn_buf_slice(&answer.body));
		*from = cn_arena_copy(scan->arena, cn_buf_slice(&answer.url));
		if (bytes->ptr == NULL || from->ptr == NULL)
			code = cn_fail(
			    err, CN_MEMORY, "no memory for a passport");
	}
	cn_net_free(&answer);
	return code;
}

/* ---- history --------------------------------------------------------------- */

static bool
unreserved(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

/* …/v1/dpps/{percent-encoded sub}/versions/{digest} */
static struct cn_slice
version_address(
    struct scan *scan, struct cn_slice sub, const uint8_t digest[CN_DIGEST])
{
	struct cn_slice result,
	    origin = origin_of(scan, scan->out->capsule->url);
	char hex[2 * CN_DIGEST + 1];
	struct cn_buf url;

	cn_buf_init(&url, 8192);
	cn_buf_put(&url, origin);
	cn_buf_str(&url, "/v1/dpps/");
	for (size_t i = 0; i < sub.len; i++) {
		if (unreserved(sub.ptr[i]))
			cn_buf_byte(&url, sub.ptr[i]);
		else
			cn_buf_printf(&url, "%%%02X", sub.ptr[i]);
	}
	cn_hex(cn_slice_of(digest, CN_DIGEST), hex);
	cn_buf_printf(&url, "/versions/%s", hex);
	result = url.code == CN_OK
		     ? cn_arena_copy(scan->arena, cn_buf_slice(&url))
		     : CN_SLICE_NONE;
	cn_buf_free(&url);
	return result;
}

/* The version that `passport` supersedes, checked against its digest: the
 * chain of digests proves the history, whoever hands it out. */
static enum cn_code
version_before(struct scan *scan, const struct cn_passport *passport,
    struct cn_passport *out, struct cn_error *err)
{
	struct cn_slice url, bytes, from;
	enum cn_code code;

	url = version_address(scan, passport->sub, passport->supersedes);
	if (url.ptr == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for an address");
	code = scan_fetch(scan, url, &bytes, &from, err);
	if (code != CN_OK)
		return code;
	code = cn_passport_parse(bytes, out, err);
	if (code != CN_OK)
		return code;
	if (memcmp(out->digest, passport->supersedes, CN_DIGEST) != 0)
		return cn_fail(err, CN_INCONSISTENT,
		    "the history does not hold: another version was handed "
		    "out than the one asked for");
	return cn_passport_follows(out, passport, err);
}

/* Goes back from `passport` to the version that the label names. CN_OK with
 * *found, or the reason why the history could not be followed. */
static enum cn_code
go_back(struct scan *scan, struct cn_passport passport, bool *found,
    struct cn_passport *at, struct cn_error *err)
{
	const struct cn_capsule *capsule = &scan->out->capsule->capsule;

	*found = false;
	for (int step = 0; step < HISTORY_MOST; step++) {
		struct cn_passport before;
		enum cn_code code;

		if (passport.version == capsule->version) {
			*found = memcmp(passport.digest, capsule->passport,
				     CN_DIGEST) == 0;
			*at = passport;
			return CN_OK;
		}
		if (passport.version < capsule->version ||
		    !passport.has_supersedes)
			return CN_OK;
		code = version_before(scan, &passport, &before, err);
		if (code != CN_OK)
			return code;
		passport = before;
	}
	return cn_fail(err, CN_INCONSISTENT,
	    "the label's version lies more than %d versions back",
	    HISTORY_MOST);
}

/* A passport from above can be rolled back as well as the nearest. */
static enum cn_code
recall(
    struct scan *scan, const struct cn_passport *passport, struct cn_error *err)
{
	struct cn_error why = { 0 };
	enum cn_code code;

	if (scan->how->known == NULL)
		return CN_OK;
	code = cn_known_check(scan->how->known, passport, &why);
	if (code == CN_OK)
		return cn_known_note(
		    scan->how->known, passport, scan->how->now, err);
	scan->out->current = CN_NO;
	scan_verdict(scan, code, &why);
	return CN_OK;
}

/* The passport of the n-th ancestor of the scanned identifier, where there is
 * a genuine one of the same issuer. */
static enum cn_code
ancestor(struct scan *scan, const struct cn_link *link, unsigned step,
    struct cn_seen_passport **out, struct cn_error *err)
{
	struct cn_slice url, bytes, from;
	struct cn_error ignored = { 0 };
	struct cn_buf path;
	enum cn_code code;

	*out = NULL;
	cn_buf_init(&path, CN_LINK_URI);
	if (!cn_link_ancestor(link, step, &path) || path.code != CN_OK) {
		cn_buf_free(&path);
		return CN_OK;
	}
	url = cn_arena_printf(scan->arena, "%.*s/dpp%.*s",
	    CN_FMT(origin_of(scan, scan->out->capsule->url)),
	    CN_FMT(cn_buf_slice(&path)));
	cn_buf_free(&path);
	if (url.ptr == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for an address");
	if (scan_fetch(scan, url, &bytes, &from, &ignored) != CN_OK)
		return CN_OK;
	code = scan_passport(scan, bytes, from, out, err);
	if (code == CN_OK && (!(*out)->genuine ||
				 !cn_slice_eq((*out)->passport.iss,
				     scan->out->capsule->issuer) ||
				 !cn_subject_speaks_for((*out)->passport.sub,
				     scan->out->capsule->subject)))
		*out = NULL;
	if (code == CN_OK && *out != NULL)
		code = recall(scan, &(*out)->passport, err);
	return code;
}

static void
not_consistent(struct scan *scan, const struct cn_error *why)
{
	const struct cn_passport *passport = &scan->out->passport->passport;
	struct cn_error text = { 0 };

	scan->out->consistent = CN_NO;
	if (passport->version < scan->out->capsule->capsule.version) {
		scan->out->current = CN_NO;
		scan_verdict(scan,
		    cn_fail(&text, CN_ROLLED_BACK,
			"version %llu was served, but the label was printed "
			"for version %llu",
			(unsigned long long)passport->version,
			(unsigned long long)
			    scan->out->capsule->capsule.version),
		    &text);
		return;
	}
	if (why->code == CN_OK)
		(void)cn_fail(&text, CN_INCONSISTENT,
		    "the version that the label names is not in the history "
		    "of the passport");
	scan_verdict(scan, CN_INCONSISTENT, why->code == CN_OK ? &text : why);
}

static enum cn_code
tell_changes(
    struct scan *scan, const struct cn_passport *then, struct cn_error *err)
{
	struct cn_record *before;
	enum cn_code code;

	scan->out->consistent = CN_YES;
	if (memcmp(then->digest, scan->out->passport->passport.digest,
		CN_DIGEST) == 0)
		return CN_OK;
	code = cn_passport_open(
	    then, CN_TIERS_PUBLIC, scan->arena, &before, err);
	if (code != CN_OK)
		return code;
	return cn_model_diff(scan->arena, before, scan->out->passport->record,
	    CN_TIERS_PUBLIC, &scan->out->changes, err);
}

enum cn_code
scan_history(struct scan *scan, struct cn_error *err)
{
	struct cn_seen_passport *from = scan->out->passport;
	struct cn_passport then = { 0 };
	struct cn_error why = { 0 }, unknown = { 0 };
	struct cn_link *link;
	bool found = false;
	enum cn_code code;

	link = cn_arena_alloc(scan->arena, 1, sizeof(*link));
	if (link == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a link");
	code = go_back(scan, from->passport, &found, &then, &why);
	if (code == CN_MEMORY)
		return cn_fail(err, CN_MEMORY, "no memory for a history");
	if (code == CN_NETWORK) { /* not known is not inconsistent */
		scan_verdict(scan, code, &why);
		return CN_OK;
	}
	if (found)
		return tell_changes(scan, &then, err);
	if (cn_link_parse(scan->out->capsule->subject, link, NULL) != CN_OK) {
		not_consistent(scan, &why);
		return CN_OK;
	}
	for (unsigned step = 1; step < ANCESTORS_MOST && !found; step++) {
		struct cn_error passed = { 0 };

		code = ancestor(scan, link, step, &from, err);
		if (code != CN_OK)
			return code;
		if (from != NULL)
			code = go_back(
			    scan, from->passport, &found, &then, &passed);
		if (code == CN_MEMORY)
			return cn_fail(
			    err, CN_MEMORY, "no memory for a history");
		if (code == CN_NETWORK && unknown.code == CN_OK)
			unknown = passed;
	}
	if (found)
		return tell_changes(scan, &then, err);
	if (unknown.code != CN_OK) {
		scan_verdict(scan, CN_NETWORK, &unknown);
		return CN_OK;
	}
	not_consistent(scan, &why);
	return CN_OK;
}
