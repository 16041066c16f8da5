/* SHA-256, random bytes, and OpenSSL's own words about a failure. */
#include "crypto.h"

#include <limits.h>

#include <openssl/err.h>
#include <openssl/rand.h>

enum cn_code
cn_crypto_fail(struct cn_error *err, const char *what)
{
	unsigned long code = ERR_peek_last_error();
	const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;

	ERR_clear_error();
	return cn_fail(err, CN_CRYPTO, "%s failed: %s", what,
	    reason != NULL ? reason : "no reason given");
}

enum cn_code
cn_sha256(struct cn_slice bytes, uint8_t out[CN_DIGEST], struct cn_error *err)
{
	if (EVP_Digest(bytes.ptr, bytes.len, out, NULL, EVP_sha256(), NULL) !=
	    1)
		return cn_crypto_fail(err, "SHA-256");
	return CN_OK;
}

enum cn_code
cn_sha256_pieces(const struct cn_slice *pieces, size_t count,
    uint8_t out[CN_DIGEST], struct cn_error *err)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	enum cn_code code = CN_OK;
	bool good;
	size_t i;

	good = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1;
	for (i = 0; good && i < count; i++)
		good = EVP_DigestUpdate(ctx, pieces[i].ptr, pieces[i].len) == 1;
	if (!good || EVP_DigestFinal_ex(ctx, out, NULL) != 1)
		code = cn_crypto_fail(err, "SHA-256");
	EVP_MD_CTX_free(ctx);
	return code;
}

enum cn_code
cn_random(uint8_t *out, size_t len, struct cn_error *err)
{
	if (len > INT_MAX || RAND_priv_bytes(out, (int)len) != 1)
		return cn_crypto_fail(err, "the random generator");
	return CN_OK;
}
