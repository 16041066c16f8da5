#include "inspect.h"

#include <string.h>

void
scan_verdict(struct scan *scan, enum cn_code code, const struct cn_error *err)
{
	struct cn_inspection *out = scan->out;
	const char *text = err != NULL && err->text[0] != '\0'
			       ? err->text
			       : cn_code_text(code);

	if (code == CN_OK || out->code != CN_OK)
		return;
	out->code = code;
	out->message = cn_arena_copy(scan->arena, cn_slice_str(text));
}

/* ---- stages ---------------------------------------------------------------- */

static enum cn_code
no_memory(struct cn_error *err)
{
	return cn_fail(err, CN_MEMORY, "the inspection is too large to hold");
}

/* The subject that a scanned or fetched address speaks of; empty where the
 * address is no identifier (a file somewhere, an API). */
static enum cn_code
subject_of(struct scan *scan, struct cn_slice url, struct cn_slice *out,
    struct cn_error *err)
{
	struct cn_buf sub;
	enum cn_code code;

	cn_buf_init(&sub, CN_LINK_URI);
	*out = CN_SLICE_NONE;
	code = cn_subject_of(url, &sub, err);
	if (code == CN_OK) {
		*out = cn_arena_copy(scan->arena, cn_buf_slice(&sub));
		if (out->ptr == NULL)
			code = no_memory(err);
	}
	cn_buf_free(&sub);
	return code;
}

static enum cn_code
decode_capsule(struct scan *scan, struct cn_slice digits,
    struct cn_seen_capsule *seen, struct cn_error *err)
{
	struct cn_slice bytes;
	struct cn_buf buf;
	enum cn_code code;

	cn_buf_init(&buf, CN_MAX_CAPSULE);
	code = cn_base10_decode(digits, &buf, err);
	bytes = cn_arena_copy(scan->arena, cn_buf_slice(&buf));
	cn_buf_free(&buf);
	if (code == CN_OK && bytes.ptr == NULL)
		code = no_memory(err);
	if (code == CN_OK)
		code = cn_capsule_parse(bytes, &seen->capsule, err);
	return code;
}

/* Capsule: form, subject, signature, trust. What fails is a judgement. */
static enum cn_code
judge_capsule(struct scan *scan, struct cn_slice url, struct cn_slice digits,
    struct cn_error *err)
{
	struct cn_policy policy = { .trust = scan->how->trust,
		.now = scan->how->now };
	const struct cn_trust_key *signer = NULL;
	struct cn_seen_capsule *seen;
	struct cn_error why = { 0 };

	seen = cn_arena_alloc(scan->arena, 1, sizeof(*seen));
	if (seen == NULL)
		return no_memory(err);
	scan->out->capsule = seen;
	seen->url = url;
	seen->code = subject_of(scan, url, &seen->subject, &why);
	if (seen->code == CN_OK)
		seen->code = decode_capsule(scan, digits, seen, &why);
	if (seen->code == CN_OK)
		seen->code = cn_capsule_verify(
		    &seen->capsule, url, &policy, &signer, &why);
	if (seen->code == CN_MEMORY)
		return no_memory(err);
	if (signer != NULL) {
		seen->issuer = signer->issuer->iss;
		seen->issuer_name = signer->issuer->name;
	}
	seen->genuine = seen->code == CN_OK;
	seen->message = cn_arena_copy(scan->arena, cn_slice_str(why.text));
	scan_verdict(scan, seen->code, &why);
	return CN_OK;
}

enum cn_code
scan_passport(struct scan *scan, struct cn_slice bytes, struct cn_slice from,
    struct cn_seen_passport **out, struct cn_error *err)
{
	struct cn_policy policy = { .trust = scan->how->trust,
		.now = scan->how->now };
	const struct cn_trust_key *signer = NULL;
	struct cn_seen_passport *seen;
	struct cn_error why = { 0 };

	seen = cn_arena_alloc(scan->arena, 1, sizeof(*seen));
	if (seen == NULL)
		return no_memory(err);
	*out = seen;
	seen->from = from;
	seen->code = cn_passport_parse(bytes, &seen->passport, &why);
	if (seen->code == CN_OK) {
		policy.accepted = cn_known_accepted(scan->how->known,
		    seen->passport.sub, seen->passport.digest);
		seen->code = cn_passport_verify(
		    &seen->passport, &policy, &signer, &why);
	}
	if (signer != NULL)
		seen->issuer_name = signer->issuer->name;
	if (seen->code == CN_OK)
		seen->code = cn_passport_open(&seen->passport, CN_TIERS_ALL,
		    scan->arena, &seen->record, &why);
	if (seen->code == CN_MEMORY)
		return no_memory(err);
	seen->genuine = seen->code == CN_OK;
	seen->message = cn_arena_copy(scan->arena, cn_slice_str(why.text));
	return CN_OK;
}

/* A passport that is genuine must still be about what was asked for, and come
 * from whom the label comes from. */
static void
judge_belonging(struct scan *scan, struct cn_slice subject)
{
	struct cn_seen_passport *seen = scan->out->passport;
	const struct cn_seen_capsule *capsule = scan->out->capsule;
	struct cn_error why = { 0 };

	if (seen->genuine && subject.len > 0 &&
	    !cn_subject_speaks_for(seen->passport.sub, subject))
		seen->code = cn_fail(&why, CN_WRONG_SUBJECT,
		    "the passport is about %.*s, not about %.*s",
		    CN_FMT(seen->passport.sub), CN_FMT(subject));
	else if (seen->genuine && capsule != NULL && capsule->genuine &&
		 !cn_slice_eq(capsule->issuer, seen->passport.iss))
		seen->code = cn_fail(&why, CN_WRONG_ISSUER,
		    "the label comes from %.*s, the passport from %.*s",
		    CN_FMT(capsule->issuer), CN_FMT(seen->passport.iss));
	if (why.code != CN_OK) {
		seen->genuine = false;
		seen->message = cn_arena_copy(
		    scan->arena, cn_slice_str(why.text));
	}
	if (!seen->genuine) {
		(void)cn_fail(&why, seen->code, "%.*s", CN_FMT(seen->message));
		scan_verdict(scan, seen->code, &why);
	}
}

/* Rollback and forks against what was seen before; then remember. */
static enum cn_code
judge_memory(struct scan *scan, struct cn_error *err)
{
	const struct cn_passport *passport = &scan->out->passport->passport;
	struct cn_error why = { 0 };
	enum cn_code code;

	if (!scan->out->passport->genuine || scan->how->known == NULL)
		return CN_OK;
	code = cn_known_check(scan->how->known, passport, &why);
	if (code != CN_OK) {
		scan->out->current = CN_NO;
		scan_verdict(scan, code, &why);
		return CN_OK;
	}
	return cn_known_note(scan->how->known, passport, scan->how->now, err);
}

/* Whose support ends when: the capsule knows its unit's run. */
static enum cn_code
judge_support(struct scan *scan, struct cn_slice lot, struct cn_error *err)
{
	struct cn_inspection *out = scan->out;
	const struct cn_record *run = NULL;
	struct cn_date end;
	char month[8];

	if (out->capsule != NULL && out->capsule->genuine) {
		cn_support_print(out->capsule->capsule.support_end, month);
		out->support_end = cn_arena_copy(
		    scan->arena, cn_slice_str(month));
		if (out->support_end.ptr == NULL)
			return no_memory(err);
	} else if (out->passport != NULL && out->passport->genuine) {
		run = cn_run_of(
		    out->passport->record, CN_SLICE_NONE, lot, NULL);
		out->support_end = cn_get_text(run, CN_RUN_SUPPORT_END);
		out->support_run = cn_get_text(run, CN_RUN_ID);
	}
	if (scan->how->require_support &&
	    cn_month_parse(out->support_end, &end) &&
	    cn_date_day(end) < cn_instant_day(scan->how->now)) {
		struct cn_error why = { 0 };

		scan_verdict(scan,
		    cn_fail(&why, CN_OUT_OF_SUPPORT,
			"the support period ended with %.*s",
			CN_FMT(out->support_end)),
		    &why);
	}
	return CN_OK;
}

static void
start(struct scan *scan, const struct cn_inspect *how, struct cn_arena *arena,
    struct cn_inspection *out)
{
	memset(out, 0, sizeof(*out));
	out->current = CN_UNKNOWN;
	out->consistent = CN_UNKNOWN;
	*scan = (struct scan){ how, arena, out };
}

/* Fetches; trouble with the network is a judgement, not an accident. */
static enum cn_code
fetch(struct scan *scan, struct cn_slice url, struct cn_error *err)
{
	struct cn_slice address, bytes, from;
	struct cn_error why = { 0 };
	enum cn_code code;

	code = scan_address(scan, url, &address, err);
	if (code != CN_OK)
		return code;
	code = scan_fetch(scan, address, &bytes, &from, &why);
	if (code == CN_MEMORY)
		return no_memory(err);
	if (code != CN_OK) {
		scan_verdict(scan, code, &why);
		return CN_OK;
	}
	return scan_passport(scan, bytes, from, &scan->out->passport, err);
}

/* Lot of a subject, or empty. */
static struct cn_slice
lot_of(struct scan *scan, struct cn_slice subject)
{
	struct cn_link *link = cn_arena_alloc(scan->arena, 1, sizeof(*link));

	if (link == NULL || subject.len == 0 ||
	    cn_link_parse(subject, link, NULL) != CN_OK)
		return CN_SLICE_NONE;
	return cn_link_qualifier(link, "10");
}

/* ---- the three ways -------------------------------------------------------- */

enum cn_code
cn_inspect_passport(const struct cn_inspect *how, struct cn_slice bytes,
    const char *from, struct cn_arena *arena, struct cn_inspection *out,
    struct cn_error *err)
{
	struct scan scan;
	enum cn_code code;

	start(&scan, how, arena, out);
	code = scan_passport(
	    &scan, bytes, cn_slice_str(from), &out->passport, err);
	if (code != CN_OK)
		return code;
	judge_belonging(&scan, CN_SLICE_NONE);
	out->genuine = out->passport->genuine;
	code = judge_memory(&scan, err);
	if (code != CN_OK)
		return code;
	return judge_support(
	    &scan, lot_of(&scan, out->passport->passport.sub), err);
}

enum cn_code
cn_inspect_text(const struct cn_inspect *how, struct cn_slice text,
    struct cn_arena *arena, struct cn_inspection *out, struct cn_error *err)
{
	struct cn_slice url, digits;
	struct scan scan;
	enum cn_code code;

	start(&scan, how, arena, out);
	code = cn_qrtext_split(text, &url, &digits, err);
	if (code != CN_OK)
		return code;
	if (digits.len == 0)
		return how->offline ? cn_fail(err, CN_USAGE,
					  "a bare link proves nothing offline")
				    : cn_inspect_url(how, url, arena, out, err);
	out->text = text;
	code = judge_capsule(&scan, url, digits, err);
	if (code == CN_OK && out->capsule->genuine && !how->offline)
		code = fetch(&scan, url, err);
	if (code != CN_OK)
		return code;
	if (out->passport != NULL) {
		judge_belonging(&scan, out->capsule->subject);
		out->current = out->passport->genuine ? CN_YES : CN_UNKNOWN;
		code = judge_memory(&scan, err);
	}
	if (code == CN_OK && out->passport != NULL && out->passport->genuine)
		code = scan_history(&scan, err);
	out->genuine = out->capsule->genuine &&
		       (out->passport == NULL || out->passport->genuine);
	if (code != CN_OK)
		return code;
	return judge_support(&scan, CN_SLICE_NONE, err);
}

/* "/dpp" in front of a Digital Link is the page of that link. */
static struct cn_slice
without_dpp(struct scan *scan, struct cn_slice url)
{
	struct cn_slice rest = url, path;
	size_t host;

	for (size_t i = 0; i < 2 && rest.len > 0; i++)
		rest = cn_slice_sub(
		    rest, cn_slice_find(rest, '/') + 1, rest.len);
	host = cn_slice_find(rest, '/');
	path = cn_slice_sub(rest, host, rest.len);
	if (!cn_slice_starts(path, "/dpp/"))
		return url;
	return cn_arena_printf(scan->arena, "%.*s%.*s",
	    (int)(url.len - path.len), (const char *)url.ptr,
	    CN_FMT(cn_slice_sub(path, 4, path.len)));
}

enum cn_code
cn_inspect_url(const struct cn_inspect *how, struct cn_slice url,
    struct cn_arena *arena, struct cn_inspection *out, struct cn_error *err)
{
	struct cn_slice subject = CN_SLICE_NONE;
	struct cn_link *link;
	struct scan scan;
	enum cn_code code;

	start(&scan, how, arena, out);
	if (how->offline)
		return cn_fail(
		    err, CN_USAGE, "an address cannot be verified offline");
	link = cn_arena_alloc(arena, 1, sizeof(*link));
	if (link == NULL)
		return no_memory(err);
	url = cn_slice_sub(url, 0, cn_slice_find(url, '#'));
	if (cn_link_parse(without_dpp(&scan, url), link, NULL) == CN_OK) {
		code = subject_of(
		    &scan, without_dpp(&scan, url), &subject, err);
		if (code != CN_OK)
			return code;
	}
	code = fetch(&scan, url, err);
	if (code != CN_OK || out->passport == NULL)
		return code;
	judge_belonging(&scan, subject);
	out->genuine = out->passport->genuine;
	out->current = out->genuine ? CN_YES : CN_UNKNOWN;
	code = judge_memory(&scan, err);
	if (code != CN_OK)
		return code;
	return judge_support(&scan, lot_of(&scan, subject), err);
}
