/*
 * Signatures of Project Wycheproof: ECDSA over P-256 with SHA-256, r‖s and DER,
 * and Ed25519. DER is read by the strict reader that stands behind our signer.
 */
#include <carnet/key.h>

#include <string.h>

#include "../../passport/seal/crypto.h"
#include <stdio.h>

#include "vectors.h"

struct group {
	struct cn_pubkey *key;
	bool der;
	int64_t alg;
};

/* A big-endian number in exactly 32 bytes: a sign byte may lead it. */
static bool
number32(struct vectors *v, const struct cn_json *object, const char *name,
    uint8_t out[32])
{
	struct cn_slice bytes;

	if (!vectors_hex(v, cn_json_text(object, name), &bytes))
		return false;
	while (bytes.len > 32 && bytes.ptr[0] == 0)
		bytes = cn_slice_sub(bytes, 1, bytes.len);
	if (bytes.len > 32)
		return false;
	memset(out, 0, 32 - bytes.len);
	memcpy(out + 32 - bytes.len, bytes.ptr, bytes.len);
	return true;
}

static bool
open_group(struct vectors *v, const struct cn_json *json, struct group *out)
{
	const struct cn_json *key = cn_json_get(json, "publicKey");
	struct cn_slice type = cn_json_text(json, "type"), bytes;
	uint8_t x[32], y[32];

	memset(out, 0, sizeof(*out));
	if (cn_slice_is(type, "EddsaVerify")) {
		out->alg = CN_ALG_ED25519;
		return cn_slice_is(
			   cn_json_text(key, "curve"), "edwards25519") &&
		       vectors_hex(v, cn_json_text(key, "pk"), &bytes) &&
		       bytes.len == 32 &&
		       cn_pubkey_raw(CN_ED25519, bytes.ptr, NULL, &out->key,
			   NULL) == CN_OK;
	}
	out->alg = CN_ALG_ESP256;
	out->der = cn_slice_is(type, "EcdsaVerify");
	return (out->der || cn_slice_is(type, "EcdsaP1363Verify")) &&
	       cn_slice_is(cn_json_text(key, "curve"), "secp256r1") &&
	       cn_slice_is(cn_json_text(json, "sha"), "SHA-256") &&
	       number32(v, key, "wx", x) && number32(v, key, "wy", y) &&
	       cn_pubkey_raw(CN_P256, x, y, &out->key, NULL) == CN_OK;
}

static bool
accepts(const struct group *group, struct cn_slice msg, struct cn_slice sig)
{
	uint8_t raw[CN_SIGNATURE];

	if (group->der) {
		if (!cn_ecdsa_from_der(sig, raw))
			return false;
		sig = cn_slice_of(raw, sizeof(raw));
	}
	return cn_pubkey_verify(group->key, group->alg, msg, NULL, sig, NULL) ==
	       CN_OK;
}

static void
run_test(
    struct vectors *v, const struct group *group, const struct cn_json *test)
{
	const struct cn_json *id = cn_json_get(test, "tcId");
	struct cn_slice result = cn_json_text(test, "result");
	struct cn_slice why = cn_json_text(test, "comment"), msg, sig;
	char name[32];
	bool got;

	(void)snprintf(name, sizeof(name), "tcId %.*s",
	    CN_FMT(id != NULL ? id->text : CN_SLICE("?")));
	if (!vectors_hex(v, cn_json_text(test, "msg"), &msg) ||
	    !vectors_hex(v, cn_json_text(test, "sig"), &sig)) {
		vectors_count(v, false, name, "no hexadecimal digits");
		return;
	}
	got = accepts(group, msg, sig);
	vectors_count(v,
	    cn_slice_is(result, "acceptable") ||
		cn_slice_is(result, got ? "valid" : "invalid"),
	    name, "%s, but %.*s: %.*s", got ? "accepted" : "refused",
	    CN_FMT(result), CN_FMT(why));
}

void
run_wycheproof(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *groups = cn_json_get(root, "testGroups");
	const struct cn_json *group, *tests, *test;
	struct group open;

	if (groups == NULL || groups->first == NULL) {
		vectors_unreadable(v, "it is no file of Wycheproof vectors");
		return;
	}
	for (group = groups->first; group != NULL; group = group->next) {
		tests = cn_json_get(group, "tests");
		if (tests == NULL || !open_group(v, group, &open)) {
			vectors_unreadable(v,
			    "a group is not for P-256 with SHA-256 or for "
			    "Ed25519");
			continue;
		}
		for (test = tests->first; test != NULL; test = test->next)
			run_test(v, &open, test);
		cn_pubkey_free(open.key);
	}
}
