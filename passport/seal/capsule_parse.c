/* Capsules taken apart and judged. */
#include <string.h>

#include <carnet/link.h>

#include "capsule_form.h"
#include "judge.h"

const struct cn_sign1_profile cn_capsule_profile = {
	.what = "capsule",
	.max = CN_MAX_CAPSULE,
	.required = CN_H_BIT(CN_H_ALG) | CN_H_BIT(CN_H_KID),
	.claims = CN_NO_CLAIMS,
};

static bool
number(struct cn_cbor *c, uint64_t key, uint64_t max, uint64_t *out)
{
	return cn_key_is(c, key) && cn_cbor_uint(c, out) && *out <= max;
}

/* The payload: all seven members, nothing else. */
static bool
read_payload(struct cn_cbor *c, struct cn_capsule *out)
{
	struct cn_slice digest;
	uint64_t pairs, months, class, status, procedure;

	if (!cn_cbor_map(c, &pairs) || pairs != 7 || !cn_key_is(c, 1) ||
	    !cn_iat_read(c, &out->iat) ||
	    !number(c, 2, CN_MAX_VERSION, &out->version) || out->version == 0 ||
	    !cn_key_is(c, 3) || !cn_cbor_bytes(c, &digest) ||
	    digest.len != CN_DIGEST || !number(c, 4, CN_SUPPORT_MAX, &months) ||
	    !number(c, 5, UINT8_MAX, &class) ||
	    !number(c, 6, UINT8_MAX, &status) ||
	    !number(c, 7, UINT8_MAX, &procedure))
		return false;
	memcpy(out->passport, digest.ptr, CN_DIGEST);
	out->support_end = (uint32_t)months;
	out->cra_class = (uint8_t) class;
	out->ai_status = (uint8_t)status;
	out->procedure = (uint8_t)procedure;
	return true;
}

enum cn_code
cn_capsule_parse(
    struct cn_slice bytes, struct cn_capsule *out, struct cn_error *err)
{
	struct cn_claims none;
	struct cn_sign1 s;
	struct cn_cbor c;
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	code = cn_sign1_parse(bytes, &cn_capsule_profile, &s, err);
	if (code == CN_OK)
		code = cn_sign1_claims(&s, &cn_capsule_profile, &none, err);
	if (code != CN_OK)
		return code;
	out->bytes = bytes;
	out->protected_ = s.protected_;
	out->payload = s.payload;
	out->signature = s.signature;
	out->alg = s.alg;
	out->kid = s.kid;
	c = cn_cbor_over(s.payload);
	if (read_payload(&c, out))
		return CN_OK;
	memset(out, 0, sizeof(*out));
	cn_fail(err, CN_MALFORMED, "it is not the payload of a capsule");
	cn_error_at(err, "payload");
	return CN_MALFORMED;
}

enum cn_code
cn_capsule_aad(struct cn_slice url, struct cn_buf *out, struct cn_error *err)
{
	if (url.len == 0 || cn_slice_find(url, '#') < url.len)
		return cn_fail(err, CN_MALFORMED,
		    "the printed URL is empty or holds a fragment");
	/* the NUL belongs to it: no URL can begin within the label */
	cn_buf_put(out, cn_slice_of(CN_CAPSULE_AAD, sizeof(CN_CAPSULE_AAD)));
	cn_buf_put(out, url);
	return cn_buf_code(out, err);
}

enum cn_code
cn_capsule_verify(struct cn_capsule *capsule, struct cn_slice url,
    const struct cn_policy *policy, const struct cn_trust_key **signer,
    struct cn_error *err)
{
	struct cn_statement s = {
		.tbs = { .protected_ = capsule->protected_,
		    .payload = capsule->payload },
		.digest = capsule->digest,
		.alg = capsule->alg,
		.kid = capsule->kid,
		.signature = capsule->signature,
		.use = CN_USE_CAPSULE,
		.iat = capsule->iat,
		.iss = CN_SLICE_NONE,
	};
	struct cn_buf aad, sub;
	enum cn_code code;

	if (signer != NULL)
		*signer = NULL;
	cn_buf_init(&aad, CN_MAX_URL + sizeof(CN_CAPSULE_AAD));
	cn_buf_init(&sub, CN_MAX_URL);
	code = cn_capsule_aad(url, &aad, err);
	if (code == CN_OK)
		code = cn_subject_of(url, &sub, err);
	if (code == CN_OK) {
		s.tbs.aad = cn_buf_slice(&aad);
		s.sub = cn_buf_slice(&sub);
		code = cn_tbs_digest(&s.tbs, capsule->digest, err);
	}
	if (code == CN_OK)
		code = cn_judge(&s, policy, signer, err);
	if (code != CN_OK)
		memset(capsule->digest, 0, CN_DIGEST);
	cn_buf_free(&sub);
	cn_buf_free(&aad);
	return code;
}
