/*
 * Accepting a version. There is no password: the signature is the permission.
 * What is judged here from a snapshot is compared again where it is written,
 * in the transaction itself.
 */
#include "service.h"

#include <carnet/file.h>

#include <string.h>
#include <strings.h>

/* A publication on its way; lives in the exchange's arena. */
struct publication {
	struct rs_store *store;
	struct cn_passport passport;
	struct rs_write write;
	bool created;
};

static enum rs_next
refuse(struct rs_found *out, unsigned status, const char *reason)
{
	out->fault.status = status;
	out->fault.reason = reason;
	return RS_ANSWERED;
}

/* The library's sentence as the reason. */
static enum rs_next
refuse_with(struct rs_found *out, struct rs_exchange *exchange, unsigned status,
    const struct cn_error *err)
{
	struct cn_slice text;

	text = cn_arena_printf(exchange->arena, "%s%s%s", err->place,
	    err->place[0] == '\0' ? "" : ": ",
	    err->text[0] == '\0' ? cn_code_text(err->code) : err->text);
	return refuse(out, status,
	    text.ptr == NULL ? cn_code_text(err->code)
			     : (const char *)text.ptr);
}

/* ---- form -------------------------------------------------------------------- */

static struct cn_slice
media_of(struct cn_slice header)
{
	header.len = cn_slice_find(header, ';');
	while (header.len > 0 && header.ptr[header.len - 1] == ' ')
		header.len--;
	return header;
}

static bool
is_media(struct cn_slice media, const char *name)
{
	return media.len == strlen(name) &&
	       strncasecmp((const char *)media.ptr, name, media.len) == 0;
}

/* 415 with the reason, where the body is not a signed passport. */
static const char *
wrong_media(struct cn_slice header)
{
	struct cn_slice media = media_of(header);

	if (is_media(media, CN_COSE_MEDIA))
		return NULL;
	if (is_media(media, "application/merge-patch+json") ||
	    is_media(media, "application/json-patch+json") ||
	    is_media(media, "application/json"))
		return "a passport is changed by its next signed version, as "
		       "application/vnd.carnet+cose; a patch has no signature";
	return "publish signed passports, as application/vnd.carnet+cose";
}

/* ---- judgement ---------------------------------------------------------------- */

static unsigned
status_of(enum cn_code code)
{
	switch (code) {
	case CN_BAD_SIGNATURE:
	case CN_NOT_TRUSTED:
	case CN_WRONG_USE:
	case CN_KEY_PERIOD:
	case CN_REVOKED:
	case CN_WRONG_SUBJECT:
	case CN_WRONG_ISSUER:
		return 403;
	case CN_CONFLICT:
		return 409;
	case CN_TOO_LARGE:
		return 413;
	case CN_MALFORMED:
	case CN_UNSUPPORTED:
	case CN_FUTURE:
	case CN_BAD_LINK:
		return 400;
	case CN_FILE:
	case CN_MEMORY:
		return 503;
	default:
		return 500;
	}
}

/*
 * Signature and trust. A version that is here already was judged when it came:
 * that its key has run out since does not make publishing it again an error.
 */
static enum cn_code
judge_signature(const struct rs_lookup *what, struct rs_exchange *exchange,
    const struct cn_passport *passport, const struct rs_row *same,
    struct cn_error *err)
{
	struct cn_policy policy = {
		.trust = what->trust,
		.now = exchange->request.now,
		.at_arrival = true,
		.accepted = same == NULL ? 0 : same->accepted,
	};
	enum cn_code code;

	code = cn_passport_verify(passport, &policy, NULL, err);
	if (same != NULL && code == CN_KEY_PERIOD)
		return CN_OK;
	return code;
}

/* The issuer of what stands above: a batch or item passport has the model's. */
static enum cn_code
judge_above(const struct rs_lookup *what, struct rs_reader *reader,
    struct rs_exchange *exchange, const struct cn_passport *passport,
    struct cn_error *err)
{
	struct rs_route above = { .subject = passport->sub };
	struct rs_asking asking = {
		.reader = reader,
		.trust = what->trust,
		.arena = exchange->arena,
	};
	struct cn_link *link;
	struct cn_passport parent;
	struct cn_slice subject;
	struct rs_row row;
	unsigned step;

	link = cn_arena_alloc(exchange->arena, 1, sizeof(*link));
	if (link == NULL)
		return cn_fail(err, CN_MEMORY, "no memory");
	if (cn_link_parse(passport->sub, link, NULL) == CN_OK)
		above.link = link;
	for (step = 1;; step++) {
		subject = rs_ancestor(&above, step, exchange->arena);
		if (subject.len == 0)
			return CN_OK;
		if (rs_current(&asking, subject, &row, &parent, NULL) ==
			CN_OK &&
		    !cn_slice_eq(parent.iss, passport->iss))
			return cn_fail(err, CN_WRONG_ISSUER,
			    "the passport above it has another issuer");
	}
}

static enum cn_code
judge_order(const struct rs_lookup *what, struct rs_reader *reader,
    struct rs_exchange *exchange, const struct cn_passport *passport,
    struct cn_error *err)
{
	struct rs_key key = { .sub = passport->sub, .bytes = true };
	struct cn_passport before;
	struct rs_row row;
	enum cn_code code;

	code = rs_reader_get(reader, &key, exchange->arena, &row, NULL);
	if (code == CN_NOT_FOUND) {
		if (passport->version != 1)
			return cn_fail(err, CN_CONFLICT,
			    "version 1 of this passport is not here");
		return judge_above(what, reader, exchange, passport, err);
	}
	if (code == CN_OK)
		code = cn_passport_parse(row.bytes, &before, err);
	else
		(void)cn_fail(err, code, "the store cannot be read");
	if (code == CN_OK)
		code = cn_passport_follows(&before, passport, err);
	return code;
}

/* ---- writing ------------------------------------------------------------------- */

static bool
redact(const struct cn_passport *passport, unsigned keep,
    struct cn_arena *arena, struct cn_slice *out)
{
	struct cn_buf bytes;

	cn_buf_init(&bytes, CN_MAX_PASSPORT);
	*out = CN_SLICE_NONE;
	if (cn_passport_redact(passport, keep, &bytes, NULL) == CN_OK)
		*out = cn_arena_copy(arena, cn_buf_slice(&bytes));
	cn_buf_free(&bytes);
	return out->ptr != NULL;
}

/* What everybody may read, and each sealed section apart from it. */
static bool
split(struct publication *publication, struct cn_arena *arena)
{
	const struct cn_passport *passport = &publication->passport;
	struct rs_write *write = &publication->write;
	size_t i;

	if (!redact(passport, 0, arena, &write->bytes))
		return false;
	for (i = 0; i < passport->held_count && i < RS_SECTIONS; i++) {
		write->sections[i].tier = passport->held[i].tier;
		if (!redact(passport, CN_TIER_BIT(passport->held[i].tier),
			arena, &write->sections[i].bytes))
			return false;
		write->section_count++;
	}
	return true;
}

static void
written(struct rs_write *write)
{
	rs_exchange_wake(write->ctx);
}

static void
begin(struct rs_exchange *exchange)
{
	struct publication *publication = exchange->later.ctx;

	rs_store_submit(publication->store, &publication->write);
}

static enum rs_next
submit(const struct rs_lookup *what, struct rs_exchange *exchange,
    struct publication *publication, struct rs_found *out)
{
	const struct cn_passport *passport = &publication->passport;
	struct rs_write *write = &publication->write;

	if (!split(publication, exchange->arena))
		return refuse(out, 503, "the passport cannot be stored now");
	write->sub = passport->sub;
	write->version = passport->version;
	memcpy(write->digest, passport->digest, CN_DIGEST);
	write->has_supersedes = passport->has_supersedes;
	memcpy(write->supersedes, passport->supersedes, CN_DIGEST);
	write->iat = passport->iat;
	write->accepted = exchange->request.now;
	write->done = written;
	write->ctx = exchange;
	publication->store = what->service->store;
	exchange->later.start = begin;
	exchange->later.ctx = publication;
	return RS_LATER;
}

static enum rs_next
finish(struct publication *publication, struct rs_found *out)
{
	out->receipt.passport = &publication->passport;
	out->receipt.created = publication->created;
	switch (publication->write.outcome) {
	case RS_STORED:
		return RS_ANSWERED;
	case RS_SAME:
		out->receipt.same = true;
		return RS_ANSWERED;
	case RS_CONFLICT:
		return refuse(
		    out, 409, "another version was accepted in the meantime");
	case RS_BUSY:
		return refuse(out, 503, "too many publications at once");
	case RS_FAILED:
	default:
		return refuse(out, 503, "the passport cannot be stored now");
	}
}

/* ---- the way -------------------------------------------------------------------- */

/* Is this very version here? NULL where it is not. */
static const struct rs_row *
find_same(struct rs_reader *reader, const struct cn_passport *passport,
    struct cn_arena *arena, struct rs_row *row)
{
	struct rs_key key = {
		.sub = passport->sub,
		.which = RS_BY_DIGEST,
		.digest = passport->digest,
	};

	return rs_reader_get(reader, &key, arena, row, NULL) == CN_OK ? row
								      : NULL;
}

static enum cn_code
judge(const struct rs_lookup *what, struct rs_reader *reader,
    struct rs_exchange *exchange, const struct cn_passport *passport,
    struct cn_error *err)
{
	const struct rs_row *same;
	struct cn_record *fields;
	struct rs_row row;
	enum cn_code code;

	same = find_same(reader, passport, exchange->arena, &row);
	code = judge_signature(what, exchange, passport, same, err);
	/* What is stored is shown for good: every field must be readable, also
	 * those of the sections. */
	if (code == CN_OK)
		code = cn_passport_open(
		    passport, CN_TIERS_ALL, exchange->arena, &fields, err);
	if (code != CN_OK || same != NULL)
		return code;
	if (what->route->place == RS_AT_PUBLISH && passport->version != 1)
		return cn_fail(err, CN_CONFLICT,
		    "only a first version is posted; the next one is a PATCH "
		    "of /v1/dpps/{dppId}");
	return judge_order(what, reader, exchange, passport, err);
}

enum rs_next
rs_publish(const struct rs_lookup *what, struct rs_exchange *exchange,
    struct rs_found *out)
{
	struct publication *publication = exchange->later.ctx;
	struct rs_request *request = &exchange->request;
	struct rs_reader *reader = NULL;
	struct cn_error err = { 0 };
	const char *wrong;
	enum cn_code code;

	if (publication != NULL)
		return finish(publication, out);
	wrong = wrong_media(request->header[RS_H_CONTENT_TYPE]);
	if (wrong != NULL)
		return refuse(out, 415, wrong);
	publication = cn_arena_alloc(exchange->arena, 1, sizeof(*publication));
	if (publication == NULL)
		return refuse(out, 503, "no memory");
	code = cn_passport_parse(request->body, &publication->passport, &err);
	if (code != CN_OK)
		return refuse_with(out, exchange, status_of(code), &err);
	if (what->route->place == RS_AT_UPDATE &&
	    !cn_slice_eq(publication->passport.sub, what->route->subject))
		return refuse(out, 400, "it is a passport of another product");
	publication->created = what->route->place == RS_AT_PUBLISH;
	code = rs_reader_begin(what->service->store, &reader, &err);
	if (code == CN_OK)
		code = judge(
		    what, reader, exchange, &publication->passport, &err);
	rs_reader_end(reader);
	if (code == CN_FILE)
		return refuse(out, 503, "the store cannot be read now");
	if (code != CN_OK)
		return refuse_with(out, exchange, status_of(code), &err);
	return submit(what, exchange, publication, out);
}
