/* Digests of streams that need not fit into memory. */
#include "crypto.h"

#include <stdlib.h>

struct cn_hash {
	EVP_MD_CTX *ctx;
	const EVP_MD *md;
	bool failed;
};

enum cn_code
cn_hash_new(enum cn_hash_name name, struct cn_hash **out, struct cn_error *err)
{
	struct cn_hash *hash = calloc(1, sizeof(*hash));

	*out = NULL;
	if (hash == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a digest");
	hash->md = name == CN_HASH_SHA512 ? EVP_sha512() : EVP_sha256();
	hash->ctx = EVP_MD_CTX_new();
	if (hash->ctx == NULL ||
	    EVP_DigestInit_ex(hash->ctx, hash->md, NULL) != 1) {
		cn_hash_free(hash);
		return cn_crypto_fail(err, "beginning a digest");
	}
	*out = hash;
	return CN_OK;
}

void
cn_hash_free(struct cn_hash *hash)
{
	if (hash == NULL)
		return;
	EVP_MD_CTX_free(hash->ctx);
	free(hash);
}

void
cn_hash_update(struct cn_hash *hash, struct cn_slice bytes)
{
	if (bytes.len > 0 &&
	    EVP_DigestUpdate(hash->ctx, bytes.ptr, bytes.len) != 1)
		hash->failed = true;
}

enum cn_code
cn_hash_final(struct cn_hash *hash, uint8_t *out, struct cn_error *err)
{
	if (hash->failed || EVP_DigestFinal_ex(hash->ctx, out, NULL) != 1 ||
	    EVP_DigestInit_ex(hash->ctx, hash->md, NULL) != 1)
		return cn_crypto_fail(err, "a digest");
	return CN_OK;
}
