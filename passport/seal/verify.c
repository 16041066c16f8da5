/*
 * One signature. The contexts of the key are copied for each call, so several
 * threads may verify with one key; nothing is fetched or parsed again.
 */
#include "crypto.h"

#include <openssl/err.h>

static enum cn_code
result(int verdict, struct cn_error *err)
{
	if (verdict < 0)
		return cn_crypto_fail(err, "verifying a signature");
	ERR_clear_error();
	if (verdict == 0)
		return cn_fail(err, CN_BAD_SIGNATURE, "%s",
		    cn_code_text(CN_BAD_SIGNATURE));
	return CN_OK;
}

static enum cn_code
verify_p256(const struct cn_pubkey *key, struct cn_slice tbs,
    const uint8_t *digest, const uint8_t *raw, struct cn_error *err)
{
	uint8_t der[CN_ECDSA_DER], own[CN_DIGEST];
	size_t len = cn_ecdsa_to_der(raw, der);
	EVP_PKEY_CTX *ctx;
	int verdict;

	if (len == 0)
		return result(0, err);
	if (digest == NULL) {
		if (EVP_Digest(
			tbs.ptr, tbs.len, own, NULL, key->sha256, NULL) != 1)
			return cn_crypto_fail(err, "SHA-256");
		digest = own;
	}
	ctx = EVP_PKEY_CTX_dup(key->verify);
	if (ctx == NULL)
		return cn_crypto_fail(err, "verifying a signature");
	verdict = EVP_PKEY_verify(ctx, der, len, digest, CN_DIGEST);
	EVP_PKEY_CTX_free(ctx);
	return result(verdict, err);
}

static enum cn_code
verify_ed25519(const struct cn_pubkey *key, struct cn_slice tbs,
    const uint8_t *raw, struct cn_error *err)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int verdict = -1;

	if (ctx != NULL && EVP_MD_CTX_copy_ex(ctx, key->verify_ed) == 1)
		verdict = EVP_DigestVerify(
		    ctx, raw, CN_SIGNATURE, tbs.ptr, tbs.len);
	EVP_MD_CTX_free(ctx);
	return result(verdict, err);
}

enum cn_code
cn_pubkey_verify(const struct cn_pubkey *key, int64_t alg, struct cn_slice tbs,
    const uint8_t *digest, struct cn_slice signature, struct cn_error *err)
{
	const char *name = cn_alg_name(alg);

	if (name == NULL)
		return cn_fail(err, CN_UNSUPPORTED,
		    "algorithm %lld is not supported", (long long)alg);
	/* the key decides: an algorithm of the message's cannot turn it into
	 * a key of another kind */
	if (!cn_alg_fits(alg, key->curve))
		return cn_fail(err, CN_BAD_SIGNATURE,
		    "algorithm %s does not fit a key of %s", name,
		    cn_curve_name(key->curve));
	if (signature.len != CN_SIGNATURE)
		return cn_fail(err, CN_BAD_SIGNATURE,
		    "a signature of %zu bytes, not %d", signature.len,
		    CN_SIGNATURE);
	if (key->curve == CN_P256)
		return verify_p256(key, tbs, digest, signature.ptr, err);
	return verify_ed25519(key, tbs, signature.ptr, err);
}
