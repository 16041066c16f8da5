/* The signer over a key of ours: contexts are made once and used again. */
#include "crypto.h"

#include <string.h>

static enum cn_code
sign_p256(void *ctx, struct cn_slice tbs, uint8_t signature[CN_SIGNATURE],
    struct cn_error *err)
{
	struct cn_key *key = ctx;
	uint8_t digest[CN_DIGEST], der[CN_ECDSA_DER];
	size_t len = sizeof(der);

	if (EVP_Digest(
		tbs.ptr, tbs.len, digest, NULL, key->pub->sha256, NULL) != 1 ||
	    EVP_PKEY_sign(key->sign, der, &len, digest, sizeof(digest)) != 1)
		return cn_crypto_fail(err, "signing");
	if (!cn_ecdsa_from_der(cn_slice_of(der, len), signature))
		return cn_fail(err, CN_CRYPTO,
		    "signing failed: the library's signature is malformed");
	return CN_OK;
}

static enum cn_code
sign_ed25519(void *ctx, struct cn_slice tbs, uint8_t signature[CN_SIGNATURE],
    struct cn_error *err)
{
	struct cn_key *key = ctx;
	size_t len = CN_SIGNATURE;

	/* a context that has signed is finished: initialised again, which
	 * costs little because nothing is fetched */
	if (EVP_DigestSignInit(key->sign_ed, NULL, NULL, NULL, key->pkey) !=
		1 ||
	    EVP_DigestSign(key->sign_ed, signature, &len, tbs.ptr, tbs.len) !=
		1 ||
	    len != CN_SIGNATURE)
		return cn_crypto_fail(err, "signing");
	return CN_OK;
}

static enum cn_code
prepare(struct cn_key *key, struct cn_error *err)
{
	if (key->pub->curve == CN_ED25519) {
		if (key->sign_ed == NULL)
			key->sign_ed = EVP_MD_CTX_new();
		return key->sign_ed != NULL
			   ? CN_OK
			   : cn_crypto_fail(err, "preparing a signer");
	}
	if (key->sign != NULL)
		return CN_OK;
	key->sign = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);
	if (key->sign == NULL || EVP_PKEY_sign_init(key->sign) != 1) {
		EVP_PKEY_CTX_free(key->sign);
		key->sign = NULL;
		return cn_crypto_fail(err, "preparing a signer");
	}
	return CN_OK;
}

enum cn_code
cn_signer_key(
    struct cn_key *key, int alg, struct cn_signer *out, struct cn_error *err)
{
	bool p256 = key->pub->curve == CN_P256;
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	if (alg == 0)
		alg = p256 ? CN_ALG_ESP256 : CN_ALG_ED25519;
	if (!cn_alg_fits(alg, key->pub->curve))
		return cn_fail(err, CN_USAGE,
		    "algorithm %s does not fit a key of %s",
		    cn_alg_name(alg) != NULL ? cn_alg_name(alg) : "unknown",
		    cn_curve_name(key->pub->curve));
	if (alg == CN_ALG_EDDSA)
		return cn_fail(
		    err, CN_USAGE, "EdDSA is only read; Ed25519 is written");
	code = prepare(key, err);
	if (code != CN_OK)
		return code;
	out->alg = (enum cn_alg)alg;
	memcpy(out->kid, key->pub->thumbprint, CN_KID);
	out->kid_len = CN_KID;
	out->key = key->pub;
	out->sign = p256 ? sign_p256 : sign_ed25519;
	out->ctx = key;
	return CN_OK;
}
