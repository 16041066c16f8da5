/*
 * COSE_Sign1 messages of others: a generic verifier made of the same pieces.
 * The tag is ignored, headers that are not known are too; what an algorithm
 * and a key are worth is for EXPECT_cose.json to say.
 */
#include <carnet/passport.h>

#include <string.h>

#include "../../passport/seal/sign1.h"
#include "vectors.h"

static const struct cn_sign1_profile profile = {
	.what = "message",
	.max = 1u << 20,
	.claims = CN_NO_CLAIMS,
	.lenient = true,
};

/* A message and what its file says about it. */
struct message {
	struct cn_slice cose, aad;
	struct cn_slice curve;
	const struct cn_json *key;
};

/* A coordinate: "x_hex" in hexadecimal digits or "x" in base64url. */
static bool
coordinate(struct vectors *v, const struct cn_json *key, const char *name,
    struct cn_slice *out)
{
	struct cn_slice hex = cn_arena_printf(v->arena, "%s_hex", name);

	if (hex.ptr == NULL)
		return false;
	return (vectors_hex(v, cn_json_text(key, (const char *)hex.ptr), out) ||
		   vectors_base64(v, cn_json_text(key, name), out)) &&
	       out->len == 32;
}

static enum cn_code
generic(struct vectors *v, const struct message *m, struct cn_error *err)
{
	struct cn_slice x = CN_SLICE_NONE, y = CN_SLICE_NONE;
	struct cn_pubkey *key = NULL;
	enum cn_curve curve;
	struct cn_tbs tbs;
	struct cn_sign1 s;
	enum cn_code code;

	code = cn_sign1_parse(m->cose, &profile, &s, err);
	if (code != CN_OK)
		return code;
	if (!cn_curve_parse(m->curve, &curve) || !cn_alg_fits(s.alg, curve))
		return cn_fail(err, CN_UNSUPPORTED,
		    "algorithm %s with that key", cn_alg_name(s.alg));
	if (!coordinate(v, m->key, "x", &x) ||
	    (curve == CN_P256 && !coordinate(v, m->key, "y", &y)))
		return cn_fail(err, CN_BAD_KEY, "a key without coordinates");
	code = cn_pubkey_raw(curve, x.ptr, y.ptr, &key, err);
	if (code != CN_OK)
		return code;
	tbs = (struct cn_tbs){ s.protected_, m->aad, s.payload };
	code = cn_tbs_verify(&tbs, NULL, key, s.alg, s.signature, err);
	cn_pubkey_free(key);
	return code;
}

/* Is it an algorithm that we have, with a key of its curve? */
static bool
ours(const struct cn_json *expect, struct cn_slice curve_name)
{
	const struct cn_json *alg = cn_json_get(expect, "alg");
	struct cn_slice digits;
	enum cn_curve curve;
	uint64_t number;

	if (alg == NULL || alg->type != CN_JSON_NUMBER ||
	    !cn_slice_starts(alg->text, "-") ||
	    !cn_curve_parse(curve_name, &curve))
		return false;
	digits = cn_slice_sub(alg->text, 1, alg->text.len);
	return cn_slice_uint(digits, INT32_MAX, &number) &&
	       cn_alg_fits(-(int64_t)number, curve);
}

static void
judge(struct vectors *v, const struct cn_json *expect, const struct message *m)
{
	int sig_ok = vectors_bool(cn_json_get(expect, "sig_ok"));
	struct cn_error err = { 0 };
	enum cn_code code = generic(v, m, &err);

	if (cn_json_get(expect, "oracle") != NULL)
		vectors_count(v, code != CN_OK, "message",
		    "accepted, expected to be refused");
	else if (ours(expect, m->curve))
		vectors_count(v, (code == CN_OK) == (sig_ok == 1), "message",
		    "%s, expected is %s: %s", cn_code_name(code),
		    sig_ok == 1 ? "ok" : "a refusal", err.text);
	else
		vectors_count(v, code == CN_UNSUPPORTED, "message",
		    "%s, expected is unsupported: %s", cn_code_name(code),
		    err.text);
}

/* Without a verdict: it is read, whatever comes of it. */
static void
read_only(struct vectors *v, struct cn_slice cose)
{
	struct cn_sign1 s;

	(void)cn_sign1_parse(cose, &profile, &s, NULL);
	vectors_count(v, cose.len > 0, "message", "there is none");
}

/* ---- cose-wg/Examples ------------------------------------------------------------- */

void
run_cose_wg(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *sign0 = vectors_at(root, "input", "sign0", NULL);
	const struct cn_json *output = cn_json_get(root, "output");
	const struct cn_json *expect = vectors_expected(v);
	struct message m = { .aad = CN_SLICE_NONE };
	struct cn_slice external = cn_json_text(sign0, "external");

	if (expect == NULL) {
		vectors_unreadable(v, "there is no expectation for it");
		return;
	}
	if (!vectors_hex(v, cn_json_text(output, "cbor"), &m.cose)) {
		vectors_unreadable(v, "it holds no message");
		return;
	}
	if (cn_json_get(expect, "note") != NULL) {
		read_only(v, m.cose);
		return;
	}
	m.key = cn_json_get(sign0, "key");
	m.curve = cn_json_text(m.key, "crv");
	if (external.ptr != NULL && !vectors_hex(v, external, &m.aad)) {
		vectors_unreadable(v, "its external data are not readable");
		return;
	}
	judge(v, expect, &m);
}

/* ---- gluecose --------------------------------------------------------------------------- */

/* The Sig_structure that a signer must make of the parts. */
static void
check_tbs(struct vectors *v, const struct cn_json *sign)
{
	struct cn_slice protected_, payload, want, aad = CN_SLICE_NONE;
	struct cn_buf tbs;

	if (!vectors_hex(v,
		cn_json_text(cn_json_get(sign, "protectedHeaders"), "cborHex"),
		&protected_) ||
	    !vectors_hex(v, cn_json_text(sign, "payload"), &payload) ||
	    !vectors_hex(v,
		cn_json_text(cn_json_get(sign, "tbsHex"), "cborHex"), &want)) {
		vectors_unreadable(v, "it is no vector for signing");
		return;
	}
	(void)vectors_hex(v, cn_json_text(sign, "external"), &aad);
	/* an empty map is signed as an empty string */
	if (protected_.len == 1 && protected_.ptr[0] == 0xa0)
		protected_ = CN_SLICE_NONE;
	cn_buf_init(&tbs, 1 << 20);
	cn_sig_structure(protected_, aad, payload, &tbs);
	vectors_count(v, cn_slice_eq(cn_buf_slice(&tbs), want), "Sig_structure",
	    "it is another");
	cn_buf_free(&tbs);
}

void
run_gluecose(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *sign = cn_json_get(root, "sign1::sign");
	const struct cn_json *verify = cn_json_get(root, "sign1::verify");
	const struct cn_json *expect = vectors_expected(v);
	struct message m = { .aad = CN_SLICE_NONE };
	const struct cn_json *cose = cn_json_get(verify, "taggedCOSESign1");

	if (expect == NULL) {
		vectors_unreadable(v, "there is no expectation for it");
		return;
	}
	if (sign != NULL) {
		check_tbs(v, sign);
		return;
	}
	if (!vectors_hex(v, cn_json_text(cose, "cborHex"), &m.cose)) {
		vectors_unreadable(v, "it holds no message");
		return;
	}
	if (cn_json_get(expect, "note") != NULL) {
		read_only(v, m.cose);
		return;
	}
	(void)vectors_hex(v, cn_json_text(verify, "external"), &m.aad);
	m.key = cn_json_get(root, "key");
	m.curve = cn_json_text(m.key, "crv");
	judge(v, expect, &m);
}
