/* Envelopes taken apart. */
#include "sign1.h"

#include <string.h>

#define SIGN1_TAG 18
#define LABEL_CRIT 2

static const struct {
	int64_t label;
	const char *name;
} headers[CN_H_COUNT] = {
	[CN_H_ALG] = { 1, "alg" },
	[CN_H_CONTENT_TYPE] = { 3, "content type" },
	[CN_H_KID] = { 4, "kid" },
	[CN_H_CLAIMS] = { 15, "CWT claims" },
	[CN_H_TYP] = { 16, "typ" },
	[CN_H_SD_CLAIMS] = { 17, "sd_claims" },
	[CN_H_SD_ALG] = { 170, "sd_alg" },
};

struct bucket {
	const char *name;
	struct cn_slice *items; /* by enum cn_header */
	unsigned allowed;
	bool lenient;
};

static enum cn_code
malformed(struct cn_error *err, const char *place, const char *why)
{
	cn_fail(err, CN_MALFORMED, "%s", why);
	cn_error_at(err, "%s", place);
	return CN_MALFORMED;
}

/* One label: an integer that is known, or -1. Text labels are not known. */
static int
read_label(struct cn_cbor *c, int64_t *label)
{
	struct cn_slice skipped;
	int i;

	*label = 0;
	if (!cn_cbor_int(c, label)) {
		(void)cn_cbor_item(c, &skipped);
		return -1;
	}
	for (i = 0; i < CN_H_COUNT; i++)
		if (headers[i].label == *label)
			return i;
	return -1;
}

static enum cn_code
not_allowed(const struct bucket *bucket, int header, int64_t label,
    struct cn_error *err)
{
	if (header >= 0)
		cn_fail(err, CN_MALFORMED, "header %s must not stand here",
		    headers[header].name);
	else if (label == LABEL_CRIT)
		cn_fail(err, CN_MALFORMED,
		    "critical headers (crit) are not accepted");
	else if (label != 0)
		cn_fail(err, CN_MALFORMED, "header %lld is not known",
		    (long long)label);
	else
		cn_fail(err, CN_MALFORMED, "a header is not known");
	cn_error_at(err, "%s", bucket->name);
	return CN_MALFORMED;
}

/* Files the headers of one map; duplicates were refused by the check. */
static enum cn_code
read_headers(
    struct cn_slice map, const struct bucket *bucket, struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(map);
	struct cn_slice value;
	uint64_t pairs;
	int64_t label;
	int header;

	if (!cn_cbor_map(&c, &pairs))
		return malformed(err, bucket->name, "it is no map");
	for (; pairs > 0; pairs--) {
		header = read_label(&c, &label);
		if (!cn_cbor_item(&c, &value))
			return malformed(err, bucket->name, "it ends early");
		if (label == LABEL_CRIT ||
		    (!bucket->lenient &&
			(header < 0 || !(bucket->allowed & CN_H_BIT(header)))))
			return not_allowed(bucket, header, label, err);
		if (header >= 0)
			bucket->items[header] = value;
	}
	return CN_OK;
}

/* alg: an integer of ours, else unsupported; RFC 9052 allows text as well. */
static enum cn_code
read_alg(const struct cn_sign1_profile *profile, struct cn_sign1 *out,
    struct cn_error *err)
{
	struct cn_slice item = out->header[CN_H_ALG];
	struct cn_slice name;
	struct cn_cbor c;

	if (item.ptr == NULL && profile->lenient)
		item = out->unprotected[CN_H_ALG];
	if (item.ptr == NULL)
		return cn_fail(err, CN_UNSUPPORTED, "no algorithm is named");
	c = cn_cbor_over(item);
	if (cn_cbor_text(&c, &name))
		return cn_fail(err, CN_UNSUPPORTED,
		    "an algorithm named by text is not supported");
	if (!cn_cbor_int(&c, &out->alg))
		return malformed(err, "protected header", "alg is no integer");
	if (cn_alg_name(out->alg) == NULL)
		return cn_fail(err, CN_UNSUPPORTED,
		    "algorithm %lld is not supported", (long long)out->alg);
	return CN_OK;
}

static enum cn_code
read_kid(const struct cn_sign1_profile *profile, struct cn_sign1 *out,
    struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(out->header[CN_H_KID]);

	if (profile->lenient && out->header[CN_H_KID].ptr == NULL)
		return CN_OK;
	if (!cn_cbor_bytes(&c, &out->kid) || out->kid.len == 0 ||
	    out->kid.len > CN_MAX_KID)
		return malformed(err, "protected header",
		    "kid is no byte string of 1 to 32 bytes");
	return CN_OK;
}

static enum cn_code
read_protected(const struct cn_sign1_profile *profile, struct cn_sign1 *out,
    struct cn_error *err)
{
	struct bucket bucket = { "protected header", out->header,
		profile->required | profile->allowed, profile->lenient };
	enum cn_code code;
	int i;

	if (out->protected_.len == 0 && profile->lenient)
		return CN_OK;
	code = cn_cbor_check(out->protected_, err);
	if (code == CN_OK)
		code = read_headers(out->protected_, &bucket, err);
	else
		cn_error_at(err, "protected header");
	if (code != CN_OK)
		return code;
	/* an empty map is signed as an empty string (RFC 9052 section 3) */
	if (out->protected_.len == 1)
		out->protected_ = CN_SLICE_NONE;
	for (i = 0; i < CN_H_COUNT; i++)
		if ((profile->required & CN_H_BIT(i)) &&
		    out->header[i].ptr == NULL) {
			cn_fail(err, CN_MALFORMED, "header %s is missing",
			    headers[i].name);
			cn_error_at(err, "protected header");
			return CN_MALFORMED;
		}
	return CN_OK;
}

static enum cn_code
read_unprotected(const struct cn_sign1_profile *profile, struct cn_cbor *c,
    struct cn_sign1 *out, struct cn_error *err)
{
	struct bucket bucket = { "unprotected header", out->unprotected,
		profile->unprotected, profile->lenient };
	struct cn_slice map;

	if (!cn_cbor_item(c, &map))
		return malformed(err, bucket.name, "it is missing");
	return read_headers(map, &bucket, err);
}

/* The tag and the array's head. */
static enum cn_code
open_envelope(const struct cn_sign1_profile *profile, struct cn_cbor *c,
    struct cn_error *err)
{
	bool tagged;
	uint64_t tag = 0, count = 0;

	tagged = cn_cbor_tag(c, &tag);
	if (!profile->lenient && (!tagged || tag != SIGN1_TAG))
		return cn_fail(err, CN_MALFORMED,
		    "it is no %s: no COSE_Sign1 with tag 18", profile->what);
	if (!cn_cbor_array(c, &count) || count != 4)
		return cn_fail(err, CN_MALFORMED,
		    "it is no %s: no COSE_Sign1 of four parts", profile->what);
	return CN_OK;
}

static enum cn_code
read_body(struct cn_cbor *c, struct cn_sign1 *out, struct cn_error *err)
{
	if (!cn_cbor_nil(c) && !cn_cbor_bytes(c, &out->payload))
		return malformed(err, "payload", "it is no byte string");
	if (!cn_cbor_bytes(c, &out->signature))
		return malformed(err, "signature", "it is no byte string");
	return CN_OK;
}

static enum cn_code
read_parts(const struct cn_sign1_profile *profile, struct cn_cbor *c,
    struct cn_sign1 *out, struct cn_error *err)
{
	enum cn_code code = open_envelope(profile, c, err);

	if (code != CN_OK)
		return code;
	if (!cn_cbor_bytes(c, &out->protected_))
		return malformed(
		    err, "protected header", "it is no byte string");
	code = read_protected(profile, out, err);
	if (code == CN_OK)
		code = read_unprotected(profile, c, out, err);
	if (code == CN_OK)
		code = read_body(c, out, err);
	if (code == CN_OK)
		code = read_alg(profile, out, err);
	if (code == CN_OK)
		code = read_kid(profile, out, err);
	if (code == CN_OK && !profile->lenient &&
	    out->signature.len != CN_SIGNATURE)
		code = malformed(err, "signature", "it is not 64 bytes long");
	return code;
}

enum cn_code
cn_sign1_parse(struct cn_slice bytes, const struct cn_sign1_profile *profile,
    struct cn_sign1 *out, struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(bytes);
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	if (bytes.len == 0)
		return cn_fail(err, CN_MALFORMED,
		    "it is empty; a %s is "
		    "expected",
		    profile->what);
	if (bytes.len > profile->max)
		return cn_fail(err, CN_TOO_LARGE,
		    "a %s has at most %zu bytes, not %zu", profile->what,
		    profile->max, bytes.len);
	code = cn_cbor_check(bytes, err);
	if (code == CN_OK)
		code = read_parts(profile, &c, out, err);
	if (code != CN_OK)
		memset(out, 0, sizeof(*out));
	return code;
}

/* ---- what a profile says about the values ------------------------------------- */

/* A header that may be absent, but not say something else. */
static bool
says(struct cn_slice item, const char *text)
{
	struct cn_cbor c = cn_cbor_over(item);
	struct cn_slice got;

	return item.ptr == NULL || (text != NULL && cn_cbor_text(&c, &got) &&
				       cn_slice_is(got, text));
}

static enum cn_code
check_payload(struct cn_slice payload, struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(payload);

	if (payload.ptr == NULL)
		return malformed(err, "payload", "it is missing (detached)");
	if (cn_cbor_check(payload, err) != CN_OK) {
		cn_error_at(err, "payload");
		return CN_MALFORMED;
	}
	if (cn_cbor_peek(&c) != CN_CBOR_MAP)
		return malformed(err, "payload", "it is no map");
	return CN_OK;
}

enum cn_code
cn_sign1_claims(const struct cn_sign1 *s,
    const struct cn_sign1_profile *profile, struct cn_claims *out,
    struct cn_error *err)
{
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	if (!says(s->header[CN_H_CONTENT_TYPE], profile->content_type))
		return malformed(
		    err, "protected header", "content type is another");
	if (!says(s->header[CN_H_TYP], profile->typ))
		return malformed(err, "protected header", "typ is another");
	code = check_payload(s->payload, err);
	if (code != CN_OK || profile->claims == CN_NO_CLAIMS)
		return code;
	if (profile->claims == CN_CLAIMS_IN_PAYLOAD)
		code = cn_claims_read(s->payload, false, out, err);
	else
		code = cn_claims_read(s->header[CN_H_CLAIMS], true, out, err);
	if (code != CN_OK)
		cn_error_at(err, "CWT claims");
	return code;
}
