/*
 * Attacks on COSE_Sign1, judged by the profile of passports with one
 * difference: the claims lie in the payload, and content type and typ may be
 * absent. Keys, external_aad and detached payloads come from the file.
 */
#include <carnet/passport.h>

#include <string.h>

#include "../../passport/seal/sign1.h"
#include <stdio.h>

#include "vectors.h"

static const struct cn_sign1_profile profile = {
	.what = "message",
	.max = 1u << 20,
	.required = CN_H_BIT(CN_H_ALG) | CN_H_BIT(CN_H_KID),
	.allowed = CN_H_BIT(CN_H_CONTENT_TYPE) | CN_H_BIT(CN_H_TYP),
	.content_type = CN_PASSPORT_MEDIA,
	.typ = CN_COSE_MEDIA,
	.claims = CN_CLAIMS_IN_PAYLOAD,
};

static enum cn_code
read_key(struct vectors *v, const struct cn_json *entry, struct cn_pubkey **out,
    struct cn_error *err)
{
	struct cn_slice x, y = CN_SLICE_NONE;
	enum cn_curve curve;

	*out = NULL;
	if (!cn_curve_parse(cn_json_text(entry, "crv"), &curve))
		return cn_fail(err, CN_UNSUPPORTED,
		    "a key on a curve that is not supported");
	if (!vectors_hex(v, cn_json_text(entry, "x"), &x) || x.len != 32)
		return cn_fail(err, CN_BAD_KEY, "a key without coordinates");
	if (curve == CN_P256 &&
	    (!vectors_hex(v, cn_json_text(entry, "y"), &y) || y.len != 32))
		return cn_fail(err, CN_BAD_KEY, "a key without coordinates");
	return cn_pubkey_raw(curve, x.ptr, y.ptr, out, err);
}

/* Any trusted key with that kid under which the signature is right. */
static enum cn_code
verify(struct vectors *v, const struct cn_json *keys, const struct cn_sign1 *s,
    struct cn_slice aad, struct cn_error *err)
{
	struct cn_tbs tbs = { s->protected_, aad, s->payload };
	enum cn_code code = CN_NOT_TRUSTED;
	const struct cn_json *entry;
	struct cn_pubkey *key;
	struct cn_slice kid;

	cn_fail(err, code, "%s", cn_code_text(code));
	for (entry = keys->first; entry != NULL; entry = entry->next) {
		if (!vectors_hex(v, cn_json_text(entry, "kid"), &kid) ||
		    !cn_slice_eq(kid, s->kid))
			continue;
		code = read_key(v, entry, &key, err);
		if (code == CN_OK)
			code = cn_tbs_verify(
			    &tbs, NULL, key, s->alg, s->signature, err);
		cn_pubkey_free(key);
		if (code == CN_OK)
			return code;
	}
	return code;
}

static enum cn_code
judge(struct vectors *v, const struct cn_json *keys,
    const struct cn_json *vector, struct cn_slice cose, struct cn_error *err)
{
	const struct cn_json *supplied = cn_json_get(
	    vector, "detached_payload");
	struct cn_slice aad = CN_SLICE_NONE;
	struct cn_claims claims;
	struct cn_sign1 s;
	enum cn_code code;

	(void)vectors_hex(v, cn_json_text(vector, "external_aad"), &aad);
	code = cn_sign1_parse(cose, &profile, &s, err);
	if (code != CN_OK)
		return code;
	if (supplied != NULL) {
		if (s.payload.ptr != NULL)
			return cn_fail(err, CN_MALFORMED,
			    "a payload within and one beside");
		if (!vectors_hex(v, supplied->text, &s.payload))
			return cn_fail(
			    err, CN_MALFORMED, "no hexadecimal digits");
	}
	code = cn_sign1_claims(&s, &profile, &claims, err);
	if (code != CN_OK)
		return code;
	return verify(v, keys, &s, aad, err);
}

static void
run_vector(
    struct vectors *v, const struct cn_json *keys, const struct cn_json *vector)
{
	struct cn_slice strict = cn_json_text(vector, "strict");
	struct cn_slice why = cn_json_text(vector, "why"), cose;
	struct cn_error err = { 0 };
	char name[80];
	bool got;

	(void)snprintf(
	    name, sizeof(name), "%.*s", CN_FMT(cn_json_text(vector, "id")));
	if (!vectors_hex(v, cn_json_text(vector, "cose"), &cose)) {
		vectors_count(v, false, name, "no hexadecimal digits");
		return;
	}
	got = judge(v, keys, vector, cose, &err) == CN_OK;
	vectors_count(v,
	    cn_slice_is(strict, "policy") ||
		cn_slice_is(strict, got ? "accept" : "reject"),
	    name, "%s, expected is %.*s (%.*s)%s%s",
	    got ? "accepted" : "refused", CN_FMT(strict), CN_FMT(why),
	    got ? "" : ": ", got ? "" : err.text);
}

void
run_attacks(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *keys = cn_json_get(root, "trusted_keys");
	const struct cn_json *list = cn_json_get(root, "vectors"), *vector;

	if (keys == NULL || list == NULL || list->first == NULL) {
		vectors_unreadable(v, "it is no file of attacks");
		return;
	}
	for (vector = list->first; vector != NULL; vector = vector->next)
		run_vector(v, keys, vector);
}
