/*
 * The Sig_structure (RFC 9052 section 4.4), hashed in pieces or put together,
 * and envelopes put together. Signatures are always over the bytes at hand,
 * never over a re-encoding.
 */
#include "sign1.h"

#include <carnet/passport.h>

#include "cbor_head.h"
#include "crypto.h"

#define SIGN1_TAG 18
#define CONTEXT "Signature1"

/* Heads, context string and the rest: more than enough. */
#define TBS_OVERHEAD 64

void
cn_sig_structure(struct cn_slice protected_, struct cn_slice aad,
    struct cn_slice payload, struct cn_buf *out)
{
	cn_cbor_put_array(out, 4);
	cn_cbor_put_text(out, CN_SLICE(CONTEXT));
	cn_cbor_put_bytes(out, protected_);
	cn_cbor_put_bytes(out, aad);
	cn_cbor_put_bytes(out, payload);
}

enum cn_code
cn_tbs_digest(
    const struct cn_tbs *tbs, uint8_t out[CN_DIGEST], struct cn_error *err)
{
	static const uint8_t start[] = { 0x84, 0x6a, 'S', 'i', 'g', 'n', 'a',
		't', 'u', 'r', 'e', '1' };
	uint8_t heads[3][CN_CBOR_HEAD];
	const struct cn_slice parts[3] = { tbs->protected_, tbs->aad,
		tbs->payload };
	struct cn_slice pieces[7];
	size_t i, n = 0;

	pieces[n++] = cn_slice_of(start, sizeof(start));
	for (i = 0; i < 3; i++) {
		size_t len = cn_cbor_bytes_head(parts[i].len, heads[i]);

		if (len == 0)
			return cn_fail(
			    err, CN_FOREIGN, "the CBOR library wrote no head");
		pieces[n++] = cn_slice_of(heads[i], len);
		pieces[n++] = parts[i];
	}
	return cn_sha256_pieces(pieces, n, out, err);
}

/* The Sig_structure as bytes, for those who hash it themselves. */
static enum cn_code
assemble(const struct cn_tbs *tbs, struct cn_buf *out, struct cn_error *err)
{
	cn_buf_init(out, tbs->protected_.len + tbs->aad.len + tbs->payload.len +
			     TBS_OVERHEAD);
	cn_sig_structure(tbs->protected_, tbs->aad, tbs->payload, out);
	return cn_buf_code(out, err);
}

enum cn_code
cn_tbs_verify(const struct cn_tbs *tbs, const uint8_t *digest,
    const struct cn_pubkey *key, int64_t alg, struct cn_slice signature,
    struct cn_error *err)
{
	uint8_t own[CN_DIGEST];
	struct cn_buf bytes;
	enum cn_code code;

	if (cn_pubkey_curve(key) == CN_P256) {
		code = CN_OK;
		if (digest == NULL)
			code = cn_tbs_digest(tbs, own, err);
		if (code != CN_OK)
			return code;
		return cn_pubkey_verify(key, alg, CN_SLICE_NONE,
		    digest != NULL ? digest : own, signature, err);
	}
	code = assemble(tbs, &bytes, err);
	if (code == CN_OK)
		code = cn_pubkey_verify(
		    key, alg, cn_buf_slice(&bytes), NULL, signature, err);
	cn_buf_free(&bytes);
	return code;
}

void
cn_sign1_put(struct cn_slice protected_, struct cn_slice unprotected,
    struct cn_slice payload, struct cn_slice signature, struct cn_buf *out)
{
	cn_cbor_put_tag(out, SIGN1_TAG);
	cn_cbor_put_array(out, 4);
	cn_cbor_put_bytes(out, protected_);
	if (unprotected.len > 0)
		cn_buf_put(out, unprotected);
	else
		cn_cbor_put_map(out, 0);
	cn_cbor_put_bytes(out, payload);
	cn_cbor_put_bytes(out, signature);
}

enum cn_code
cn_sign1_seal(const struct cn_tbs *tbs, struct cn_slice unprotected,
    const struct cn_signer *signer, struct cn_buf *out, struct cn_error *err)
{
	uint8_t signature[CN_SIGNATURE] = { 0 };
	struct cn_slice signed_ = cn_slice_of(signature, sizeof(signature));
	struct cn_buf bytes;
	enum cn_code code;

	code = assemble(tbs, &bytes, err);
	if (code == CN_OK)
		code = signer->sign(
		    signer->ctx, cn_buf_slice(&bytes), signature, err);
	if (code == CN_OK)
		code = cn_pubkey_verify(signer->key, signer->alg,
		    cn_buf_slice(&bytes), NULL, signed_, err);
	cn_buf_free(&bytes);
	if (code != CN_OK)
		return code;
	cn_sign1_put(tbs->protected_, unprotected, tbs->payload, signed_, out);
	return cn_buf_code(out, err);
}
