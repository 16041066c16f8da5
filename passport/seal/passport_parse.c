/*
 * The strict profile of a passport: exactly the headers of the format, claims
 * and sealed sections in order. What the payload's fields hold is read by
 * cn_passport_open(); here only those that the envelope depends on.
 */
#include "passport_form.h"

#include <string.h>

const struct cn_sign1_profile cn_passport_profile = {
	.what = "passport",
	.max = CN_MAX_PASSPORT,
	.required = CN_H_BIT(CN_H_ALG) | CN_H_BIT(CN_H_CONTENT_TYPE) |
		    CN_H_BIT(CN_H_KID) | CN_H_BIT(CN_H_CLAIMS) |
		    CN_H_BIT(CN_H_TYP),
	.allowed = CN_H_BIT(CN_H_SD_ALG),
	.unprotected = CN_H_BIT(CN_H_SD_CLAIMS),
	.content_type = CN_PASSPORT_MEDIA,
	.typ = CN_COSE_MEDIA,
	.claims = CN_CLAIMS_IN_HEADER,
};

static enum cn_code
malformed(struct cn_error *err, const char *place, const char *why)
{
	cn_fail(err, CN_MALFORMED, "%s", why);
	cn_error_at(err, "%s", place);
	return CN_MALFORMED;
}

/* ---- the payload's own statements ---------------------------------------------- */

/* F02: {1: version, 2: digest of the version before, 3: changes}. */
static enum cn_code
read_version(struct cn_cbor *c, struct cn_passport *out, struct cn_error *err)
{
	static const char place[] = "payload, passport_version";
	struct cn_slice skipped, digest;
	uint64_t pairs, key;

	if (!cn_cbor_map(c, &pairs))
		return malformed(err, place, "it is no map");
	for (; pairs > 0; pairs--) {
		if (!cn_cbor_uint(c, &key)) {
			if (!cn_cbor_item(c, &skipped))
				return malformed(err, place, "it ends early");
			key = 0;
		}
		if (key == 1) {
			if (!cn_cbor_uint(c, &out->version) ||
			    out->version > CN_MAX_VERSION)
				return malformed(
				    err, place, "version is no number");
		} else if (key == 2) {
			if (!cn_cbor_bytes(c, &digest) ||
			    digest.len != CN_DIGEST)
				return malformed(
				    err, place, "supersedes is no digest");
			memcpy(out->supersedes, digest.ptr, CN_DIGEST);
			out->has_supersedes = true;
		} else if (!cn_cbor_item(c, &skipped)) {
			return malformed(err, place, "it ends early");
		}
	}
	if (out->version == 0)
		return malformed(err, place, "version is missing or 0");
	if (out->has_supersedes != (out->version > 1))
		return malformed(err, place,
		    "supersedes stands in every version but the first");
	return CN_OK;
}

/* F92: one or two different digests, each with tag 60. */
static enum cn_code
read_seals(struct cn_cbor *c, struct cn_passport *out, struct cn_error *err)
{
	static const char place[] = "payload, sections";
	struct cn_slice digest;
	uint64_t count, tag, i;

	if (!cn_cbor_array(c, &count) || count == 0 || count > CN_SEALS)
		return malformed(err, place, "it is no list of one or two");
	for (i = 0; i < count; i++) {
		if (!cn_cbor_tag(c, &tag) || tag != CN_TAG_REDACTED ||
		    !cn_cbor_bytes(c, &digest) || digest.len != CN_DIGEST)
			return malformed(
			    err, place, "an entry is no digest with tag 60");
		memcpy(out->seals[i], digest.ptr, CN_DIGEST);
	}
	if (count == 2 && memcmp(out->seals[0], out->seals[1], CN_DIGEST) == 0)
		return malformed(err, place, "a digest stands there twice");
	out->seal_count = (size_t)count;
	return CN_OK;
}

/* One entry of the payload: those that matter here are read, the others passed
 * over. */
static enum cn_code
read_entry(struct cn_cbor *c, struct cn_passport *out, struct cn_slice *id,
    struct cn_error *err)
{
	struct cn_slice skipped;
	uint64_t key = 0;

	if (!cn_cbor_uint(c, &key) && !cn_cbor_item(c, &skipped))
		return malformed(err, "payload", "it ends early");
	if (key == CN_KEY_VERSION)
		return read_version(c, out, err);
	if (key == CN_KEY_SEALS)
		return read_seals(c, out, err);
	if (key == CN_KEY_ID) {
		if (!cn_cbor_text(c, id))
			return malformed(
			    err, "payload, passport_id", "it is no text");
	} else if (!cn_cbor_item(c, &skipped)) {
		return malformed(err, "payload", "it ends early");
	}
	return CN_OK;
}

static enum cn_code
read_payload(struct cn_passport *out, struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(out->payload);
	struct cn_slice id = CN_SLICE_NONE;
	enum cn_code code = CN_OK;
	uint64_t pairs;

	if (!cn_cbor_map(&c, &pairs))
		return malformed(err, "payload", "it is no map");
	for (; pairs > 0 && code == CN_OK; pairs--)
		code = read_entry(&c, out, &id, err);
	if (code != CN_OK)
		return code;
	if (out->version == 0)
		return malformed(
		    err, "payload, passport_version", "it is missing");
	if (!cn_slice_eq(id, out->sub))
		return malformed(err, "payload, passport_id",
		    "it is not the subject of the claims");
	return CN_OK;
}

/* sd_alg stands exactly where there are sealed sections. */
static enum cn_code
check_sd_alg(struct cn_slice item, const struct cn_passport *passport,
    struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(item);
	int64_t alg;

	if ((item.ptr != NULL) != (passport->seal_count > 0))
		return malformed(err, "protected header",
		    "sd_alg and the payload's sections go together");
	if (item.ptr == NULL)
		return CN_OK;
	if (!cn_cbor_int(&c, &alg))
		return malformed(
		    err, "protected header", "sd_alg is no integer");
	if (alg != CN_SD_ALG)
		return cn_fail(err, CN_UNSUPPORTED,
		    "hash algorithm %lld (sd_alg) is not supported",
		    (long long)alg);
	return CN_OK;
}

/* ---- the whole -------------------------------------------------------------------- */

static enum cn_code
parse(const struct cn_sign1 *s, struct cn_passport *out, struct cn_error *err)
{
	struct cn_tbs tbs = { s->protected_, CN_SLICE_NONE, s->payload };
	struct cn_claims claims;
	enum cn_code code;

	out->protected_ = s->protected_;
	out->payload = s->payload;
	out->signature = s->signature;
	out->alg = s->alg;
	out->kid = s->kid;
	code = cn_sign1_claims(s, &cn_passport_profile, &claims, err);
	if (code != CN_OK)
		return code;
	out->iss = claims.iss;
	out->sub = claims.sub;
	out->iat = claims.iat;
	code = read_payload(out, err);
	if (code == CN_OK)
		code = check_sd_alg(s->header[CN_H_SD_ALG], out, err);
	if (code == CN_OK)
		code = cn_disclosures_read(
		    s->unprotected[CN_H_SD_CLAIMS], out, err);
	if (code == CN_OK)
		code = cn_tbs_digest(&tbs, out->digest, err);
	return code;
}

enum cn_code
cn_passport_parse(
    struct cn_slice bytes, struct cn_passport *out, struct cn_error *err)
{
	struct cn_sign1 s;
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	code = cn_sign1_parse(bytes, &cn_passport_profile, &s, err);
	if (code == CN_OK)
		code = parse(&s, out, err);
	if (code != CN_OK)
		memset(out, 0, sizeof(*out));
	else
		out->bytes = bytes;
	return code;
}
