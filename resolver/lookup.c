/*
 * What the store knows about an identifier. One snapshot of the store a
 * request: levels, history and current versions belong together.
 */
#include "service.h"

#include <carnet/file.h>

#include <string.h>

static enum rs_next
fault(struct rs_found *out, unsigned status, const char *reason)
{
	out->fault.status = status;
	out->fault.reason = reason;
	return RS_ANSWERED;
}

/* What went wrong inside is told to the log, not to strangers. */
static void
fault_of(struct rs_found *out, enum cn_code code)
{
	if (code == CN_NOT_FOUND)
		(void)fault(out, 404, "there is no such passport here");
	else if (code == CN_FILE)
		(void)fault(out, 503, "the store cannot be read now");
	else
		(void)fault(out, 500, "the passport cannot be shown");
}

/* ---- passports -------------------------------------------------------------- */

struct cn_slice
rs_ancestor(const struct rs_route *route, unsigned step, struct cn_arena *arena)
{
	struct cn_slice subject = CN_SLICE_NONE;
	struct cn_buf text;

	if (route->link == NULL)
		return step == 0 ? route->subject : CN_SLICE_NONE;
	cn_buf_init(&text, 4 * CN_LINK_URI);
	cn_buf_str(&text, "https://id.gs1.org");
	if (cn_link_ancestor(route->link, step, &text) &&
	    cn_buf_code(&text, NULL) == CN_OK)
		subject = cn_arena_copy(arena, cn_buf_slice(&text));
	cn_buf_free(&text);
	return subject;
}

/* "https://id.gs1.org/01/…" → "/01/…"; other subjects as they are. */
static struct cn_slice
path_of(struct cn_slice subject)
{
	static const char origin[] = "https://id.gs1.org";

	if (cn_slice_starts(subject, origin))
		return cn_slice_sub(subject, sizeof(origin) - 1, SIZE_MAX);
	return subject;
}

/* Whatever a revoked key signed counts for nothing, unless it was accepted
 * before the key was revoked. */
static bool
counts(const struct cn_trust *trust, const struct cn_passport *passport,
    cn_instant accepted)
{
	const struct cn_trust_key *key = NULL;
	bool revoked = false;

	while ((key = cn_trust_find(trust, passport->kid, key)) != NULL) {
		if (!cn_slice_eq(key->issuer->iss, passport->iss))
			continue;
		if (!key->revoked || accepted < key->revoked_at)
			return true;
		revoked = true;
	}
	return !revoked;
}

enum cn_code
rs_current(const struct rs_asking *asking, struct cn_slice subject,
    struct rs_row *row, struct cn_passport *passport, struct cn_error *err)
{
	struct rs_key key = { .sub = subject, .bytes = true };
	enum cn_code code;

	for (key.which = RS_NEWEST;; key.which = RS_BY_VERSION) {
		code = rs_reader_get(
		    asking->reader, &key, asking->arena, row, err);
		if (code == CN_OK)
			code = cn_passport_parse(row->bytes, passport, err);
		if (code != CN_OK ||
		    counts(asking->trust, passport, row->accepted))
			return code;
		if (row->version == 1)
			return cn_fail(err, CN_NOT_FOUND,
			    "all versions were signed by a revoked key");
		key.version = row->version - 1;
	}
}

/* ---- levels ------------------------------------------------------------------ */

struct walk {
	const struct rs_lookup *what;
	struct rs_reader *reader;
	struct cn_arena *arena;
	/* The nearest first. */
	struct rs_level levels[RS_LEVELS];
	size_t count;
};

static enum cn_code
add_level(struct walk *walk, struct cn_slice subject)
{
	struct rs_level *level = &walk->levels[walk->count];
	struct rs_asking asking = {
		.reader = walk->reader,
		.trust = walk->what->trust,
		.arena = walk->arena,
	};
	struct cn_passport *passport;
	struct cn_record *record = NULL;
	struct rs_row row;
	enum cn_code code;

	passport = cn_arena_alloc(walk->arena, 1, sizeof(*passport));
	if (passport == NULL)
		return CN_MEMORY;
	code = rs_current(&asking, subject, &row, passport, NULL);
	if (code == CN_OK)
		code = cn_passport_open(
		    passport, walk->what->tiers, walk->arena, &record, NULL);
	if (code != CN_OK)
		return code;
	level->passport = passport;
	level->record = record;
	level->path = path_of(subject);
	level->accepted = row.accepted;
	walk->count++;
	return CN_OK;
}

static enum cn_code
walk_up(struct walk *walk, bool exact)
{
	struct cn_slice subject;
	enum cn_code code;
	unsigned step;

	for (step = 0; walk->count < RS_LEVELS; step++) {
		subject = rs_ancestor(walk->what->route, step, walk->arena);
		if (subject.len == 0)
			break;
		code = add_level(walk, subject);
		if (code != CN_OK &&
		    (code != CN_NOT_FOUND || (exact && step == 0)))
			return code;
	}
	return walk->count == 0 ? CN_NOT_FOUND : CN_OK;
}

/* A batch or item passport has the model's issuer: one of another does not
 * speak here, however it came in. */
static size_t
drop_other_issuers(struct walk *walk)
{
	struct cn_slice iss = walk->levels[walk->count - 1].passport->iss;
	size_t i, kept = 0;

	for (i = 0; i < walk->count; i++) {
		if (cn_slice_eq(walk->levels[i].passport->iss, iss))
			walk->levels[kept++] = walk->levels[i];
	}
	return kept;
}

static enum cn_code
make_view(struct walk *walk, struct rs_view *view)
{
	const struct cn_record *records[RS_LEVELS];
	struct cn_record *merged = NULL;
	struct rs_level *levels;
	enum cn_code code;
	size_t i;

	walk->count = drop_other_issuers(walk);
	levels = cn_arena_alloc(walk->arena, walk->count, sizeof(*levels));
	if (levels == NULL)
		return CN_MEMORY;
	for (i = 0; i < walk->count; i++) {
		levels[i] = walk->levels[walk->count - 1 - i];
		records[i] = levels[i].record;
	}
	code = cn_model_merge(walk->arena, records, walk->count, &merged, NULL);
	view->levels = levels;
	view->level_count = code == CN_OK ? walk->count : 0;
	view->merged = merged;
	return code;
}

/* ---- history ------------------------------------------------------------------ */

struct history {
	struct cn_arena *arena;
	struct rs_version *versions;
	size_t count, space;
	bool failed;
};

/* Field passport_version alone: the rest of old versions is not needed. */
static const struct cn_record *
note_of(const struct cn_passport *passport, struct cn_arena *arena)
{
	struct cn_cbor cursor = cn_cbor_over(passport->payload);
	struct cn_record *record;
	struct cn_slice item = CN_SLICE_NONE, copy;
	struct cn_buf map;
	uint64_t pairs, key = 0;
	bool ok;

	ok = cn_cbor_map(&cursor, &pairs);
	for (; ok && pairs > 0 && key != 2; pairs--)
		ok = cn_cbor_uint(&cursor, &key) &&
		     cn_cbor_item(&cursor, &item);
	record = cn_record_new(arena, &cn_table_passport);
	if (!ok || key != 2 || record == NULL)
		return NULL;
	cn_buf_init(&map, CN_MAX_PASSPORT);
	cn_cbor_put_map(&map, 1);
	cn_cbor_put_uint(&map, 2);
	cn_buf_put(&map, item);
	/* The record borrows from what it was decoded from. */
	copy = cn_arena_copy(arena, cn_buf_slice(&map));
	ok = cn_buf_code(&map, NULL) == CN_OK && copy.ptr != NULL &&
	     cn_payload_decode(copy, CN_PUBLIC, arena, record, NULL) == CN_OK;
	cn_buf_free(&map);
	return ok ? cn_get_record(record, CN_F_PASSPORT_VERSION) : NULL;
}

static bool
add_version(void *ctx, const struct rs_row *row)
{
	struct history *history = ctx;
	struct rs_version *version = &history->versions[history->count];
	struct cn_passport passport;

	if (cn_passport_parse(row->bytes, &passport, NULL) != CN_OK) {
		history->failed = true;
		return false;
	}
	version->version = row->version;
	memcpy(version->digest, row->digest, CN_DIGEST);
	version->has_supersedes = passport.has_supersedes;
	memcpy(version->supersedes, passport.supersedes, CN_DIGEST);
	version->iat = row->iat;
	version->accepted = row->accepted;
	version->note = note_of(&passport, history->arena);
	history->count++;
	return history->count < history->space;
}

static enum cn_code
read_history(struct walk *walk, struct rs_view *view)
{
	const struct rs_route *route = walk->what->route;
	const struct rs_level *nearest = rs_view_nearest(view);
	struct rs_history what = {
		.sub = nearest->passport->sub,
		.below = nearest->passport->version + 1,
		.limit = RS_HISTORY,
		.bytes = true,
	};
	struct history history = { .arena = walk->arena };
	enum cn_code code;

	if (route->place == RS_AT_VERSIONS) {
		what.limit = (unsigned)route->limit;
		if (route->below != 0 && route->below < what.below)
			what.below = route->below;
	}
	if (what.limit == 0)
		return CN_OK;
	history.space = what.limit;
	history.versions = cn_arena_alloc(
	    walk->arena, what.limit, sizeof(*history.versions));
	if (history.versions == NULL)
		return CN_MEMORY;
	code = rs_reader_history(
	    walk->reader, &what, add_version, &history, NULL);
	if (code == CN_OK && history.failed)
		code = CN_FILE;
	view->versions = history.versions;
	view->version_count = history.count;
	view->version_total = nearest->passport->version;
	return code;
}

/* ---- places ------------------------------------------------------------------- */

static struct cn_slice
issuer_name(const struct cn_trust *trust, struct cn_slice iss)
{
	const struct cn_issuer *issuer = cn_trust_issuers(trust);

	while (issuer != NULL && !cn_slice_eq(issuer->iss, iss))
		issuer = issuer->next;
	return issuer == NULL ? CN_SLICE_NONE : issuer->name;
}

static void
fill_view(struct walk *walk, struct rs_exchange *exchange, struct rs_view *view)
{
	const struct rs_route *route = walk->what->route;

	view->tiers = walk->what->tiers;
	view->path = path_of(route->subject);
	if (route->link == NULL)
		view->path = CN_SLICE_NONE;
	else {
		view->lot = cn_link_qualifier(route->link, "10");
		view->serial = cn_link_qualifier(route->link, "21");
	}
	view->query = exchange->request.query;
	view->issuer_name = issuer_name(
	    walk->what->trust, rs_view_nearest(view)->passport->iss);
	view->public_url = walk->what->service->public_url;
	view->now = exchange->request.now;
}

/* A page tells the history, and so does the page of a linkset. */
static bool
wants_history(const struct rs_route *route)
{
	return route->place == RS_AT_PAGE || route->place == RS_AT_VERSIONS ||
	       (route->place == RS_AT_SCAN &&
		   (cn_slice_is(route->link_type, "linkset") ||
		       cn_slice_is(route->link_type, "all")));
}

static enum cn_code
look_up_levels(
    struct walk *walk, struct rs_exchange *exchange, struct rs_found *out)
{
	enum rs_place place = walk->what->route->place;
	enum cn_code code;

	code = walk_up(walk, place == RS_AT_DPP || place == RS_AT_VERSIONS);
	if (code == CN_OK)
		code = make_view(walk, &out->view);
	if (code == CN_OK && wants_history(walk->what->route))
		code = read_history(walk, &out->view);
	if (code == CN_OK)
		fill_view(walk, exchange, &out->view);
	return code;
}

/* One version as it is, whatever came after it or stands above it. */
static enum cn_code
look_up_version(
    struct walk *walk, struct rs_exchange *exchange, struct rs_found *out)
{
	const struct rs_route *route = walk->what->route;
	struct rs_key key = {
		.sub = route->subject,
		.which = RS_BY_DIGEST,
		.digest = route->digest,
		.bytes = true,
	};
	struct rs_level *level = &walk->levels[0];
	struct cn_passport *passport;
	struct cn_record *record = NULL;
	struct rs_row row;
	enum cn_code code;

	passport = cn_arena_alloc(walk->arena, 1, sizeof(*passport));
	if (passport == NULL)
		return CN_MEMORY;
	code = rs_reader_get(walk->reader, &key, walk->arena, &row, NULL);
	if (code == CN_OK)
		code = cn_passport_parse(row.bytes, passport, NULL);
	if (code == CN_OK)
		code = cn_passport_open(
		    passport, walk->what->tiers, walk->arena, &record, NULL);
	if (code != CN_OK)
		return code;
	level->passport = passport;
	level->record = record;
	level->path = path_of(route->subject);
	level->accepted = row.accepted;
	walk->count = 1;
	code = make_view(walk, &out->view);
	if (code == CN_OK)
		fill_view(walk, exchange, &out->view);
	return code;
}

struct changes {
	struct cn_arena *arena;
	struct rs_row *rows;
	size_t count;
	bool failed;
};

static bool
add_change(void *ctx, const struct rs_row *row)
{
	struct changes *changes = ctx;

	changes->rows[changes->count] = *row;
	changes->rows[changes->count].sub = cn_arena_copy(
	    changes->arena, row->sub);
	changes->failed = changes->rows[changes->count++].sub.ptr == NULL;
	return !changes->failed;
}

static enum cn_code
look_up_changes(struct walk *walk, struct rs_found *out)
{
	struct rs_changes what = {
		.since = walk->what->route->since,
		.limit = (unsigned)walk->what->route->limit,
	};
	struct changes changes = { .arena = walk->arena };
	enum cn_code code;

	code = rs_reader_health(walk->reader, &out->last, NULL);
	if (code != CN_OK || what.limit == 0)
		return code;
	changes.rows = cn_arena_alloc(
	    walk->arena, what.limit, sizeof(*changes.rows));
	if (changes.rows == NULL)
		return CN_MEMORY;
	code = rs_reader_changes(
	    walk->reader, &what, add_change, &changes, NULL);
	if (code == CN_OK && changes.failed)
		code = CN_MEMORY;
	out->changes = changes.rows;
	out->change_count = changes.count;
	return code;
}

enum rs_next
rs_look_up(const struct rs_lookup *what, struct rs_exchange *exchange,
    struct rs_found *out)
{
	struct walk walk = { .what = what, .arena = exchange->arena };
	enum rs_place place = what->route->place;
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	if (place == RS_AT_PUBLISH || place == RS_AT_UPDATE)
		return rs_publish(what, exchange, out);
	if (place == RS_AT_NOWHERE)
		return fault(out, what->route->status, what->route->reason);
	if (place == RS_AT_OPTIONS || place == RS_AT_DESCRIPTION ||
	    place == RS_AT_ASSET || place == RS_AT_ISSUERS)
		return RS_ANSWERED;
	code = rs_reader_begin(what->service->store, &walk.reader, NULL);
	if (code == CN_OK && place == RS_AT_VERSION)
		code = look_up_version(&walk, exchange, out);
	else if (code == CN_OK && place == RS_AT_CHANGES)
		code = look_up_changes(&walk, out);
	else if (code == CN_OK &&
		 (place == RS_AT_HEALTH || place == RS_AT_HOME))
		code = rs_reader_health(walk.reader, &out->last, NULL);
	else if (code == CN_OK)
		code = look_up_levels(&walk, exchange, out);
	rs_reader_end(walk.reader);
	if (code != CN_OK)
		fault_of(out, code);
	return RS_ANSWERED;
}
