/* Public keys: made, read, written, named by their thumbprint. */
#include "crypto.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

/*
 * COSE Key Thumbprint (RFC 9679 section 4): SHA-256 over the key's required
 * members in deterministic CBOR, {1: 2, -1: 1, -2: x, -3: y} for P-256 and
 * {1: 1, -1: 6, -2: x} for Ed25519.
 */
static enum cn_code
thumbprint(struct cn_pubkey *key, struct cn_error *err)
{
	static const uint8_t ec[] = { 0xa4, 0x01, 0x02, 0x20, 0x01, 0x21, 0x58,
		0x20 };
	static const uint8_t ec_y[] = { 0x22, 0x58, 0x20 };
	static const uint8_t okp[] = { 0xa3, 0x01, 0x01, 0x20, 0x06, 0x21, 0x58,
		0x20 };
	bool p256 = key->curve == CN_P256;
	struct cn_slice pieces[4] = {
		cn_slice_of(p256 ? ec : okp, sizeof(ec)),
		cn_slice_of(key->x, sizeof(key->x)),
		cn_slice_of(ec_y, sizeof(ec_y)),
		cn_slice_of(key->y, sizeof(key->y)),
	};

	return cn_sha256_pieces(pieces, p256 ? 4 : 2, key->thumbprint, err);
}

static EVP_PKEY *
make_p256(const struct cn_pubkey *key)
{
	char group[] = "prime256v1";
	uint8_t point[65] = { POINT_CONVERSION_UNCOMPRESSED };
	OSSL_PARAM params[3];
	EVP_PKEY_CTX *ctx;
	EVP_PKEY *pkey = NULL;

	memcpy(point + 1, key->x, 32);
	memcpy(point + 33, key->y, 32);
	params[0] = OSSL_PARAM_construct_utf8_string(
	    OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	params[1] = OSSL_PARAM_construct_octet_string(
	    OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point));
	params[2] = OSSL_PARAM_construct_end();
	ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	/* a point that is not on the curve fails here */
	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		pkey = NULL;
	EVP_PKEY_CTX_free(ctx);
	return pkey;
}

/* The contexts that verifications copy. */
static bool
prepare(struct cn_pubkey *key)
{
	key->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (key->sha256 == NULL)
		return false;
	if (key->curve == CN_P256) {
		key->verify = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);
		return key->verify != NULL &&
		       EVP_PKEY_verify_init(key->verify) == 1;
	}
	key->verify_ed = EVP_MD_CTX_new();
	return key->verify_ed != NULL && EVP_DigestVerifyInit(key->verify_ed,
					     NULL, NULL, NULL, key->pkey) == 1;
}

enum cn_code
cn_pubkey_raw(enum cn_curve curve, const uint8_t *x, const uint8_t *y,
    struct cn_pubkey **out, struct cn_error *err)
{
	struct cn_pubkey *key = calloc(1, sizeof(*key));
	enum cn_code code = CN_OK;

	*out = NULL;
	if (key == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a key");
	key->curve = curve;
	memcpy(key->x, x, sizeof(key->x));
	if (curve == CN_P256) {
		memcpy(key->y, y, sizeof(key->y));
		key->pkey = make_p256(key);
	} else {
		key->pkey = EVP_PKEY_new_raw_public_key_ex(
		    NULL, "ED25519", NULL, key->x, sizeof(key->x));
	}
	if (key->pkey == NULL) {
		ERR_clear_error();
		code = cn_fail(err, CN_BAD_KEY,
		    "its coordinates are no point of %s", cn_curve_name(curve));
	} else if (!prepare(key)) {
		code = cn_crypto_fail(err, "preparing a key");
	} else {
		code = thumbprint(key, err);
	}
	if (code != CN_OK)
		cn_pubkey_free(key);
	else
		*out = key;
	return code;
}

void
cn_pubkey_free(struct cn_pubkey *key)
{
	if (key == NULL)
		return;
	EVP_PKEY_CTX_free(key->verify);
	EVP_MD_CTX_free(key->verify_ed);
	EVP_MD_free(key->sha256);
	EVP_PKEY_free(key->pkey);
	free(key);
}

enum cn_curve
cn_pubkey_curve(const struct cn_pubkey *key)
{
	return key->curve;
}

void
cn_pubkey_point(const struct cn_pubkey *key, uint8_t x[32], uint8_t y[32])
{
	memcpy(x, key->x, 32);
	if (y != NULL)
		memcpy(y, key->y, 32);
}

void
cn_pubkey_thumbprint(const struct cn_pubkey *key, uint8_t out[CN_DIGEST])
{
	memcpy(out, key->thumbprint, CN_DIGEST);
}

/* ---- from a key of OpenSSL's ---------------------------------------------- */

static enum cn_code
other_key(EVP_PKEY *pkey, const char *group, struct cn_error *err)
{
	const char *type = EVP_PKEY_get0_type_name(pkey);
	const char *what = type != NULL ? type : "unknown";

	if (group != NULL)
		what = group;
	if (strcmp(what, "secp384r1") == 0)
		what = "P-384";
	else if (strcmp(what, "secp521r1") == 0)
		what = "P-521";
	return cn_fail(err, CN_BAD_KEY,
	    "it is a key of kind %s; a P-256 or Ed25519 key is expected", what);
}

static bool
coordinate(EVP_PKEY *pkey, const char *name, uint8_t out[32])
{
	BIGNUM *bn = NULL;
	bool good;

	good = EVP_PKEY_get_bn_param(pkey, name, &bn) == 1 &&
	       BN_bn2binpad(bn, out, 32) == 32;
	BN_free(bn);
	return good;
}

enum cn_code
cn_pubkey_of(EVP_PKEY *pkey, struct cn_pubkey **out, struct cn_error *err)
{
	char group[64] = "";
	uint8_t x[32], y[32];
	size_t len = sizeof(x);

	*out = NULL;
	if (EVP_PKEY_is_a(pkey, "ED25519")) {
		if (EVP_PKEY_get_raw_public_key(pkey, x, &len) != 1 ||
		    len != sizeof(x))
			return cn_crypto_fail(err, "reading a key");
		return cn_pubkey_raw(CN_ED25519, x, NULL, out, err);
	}
	if (!EVP_PKEY_is_a(pkey, "EC"))
		return other_key(pkey, NULL, err);
	if (EVP_PKEY_get_group_name(pkey, group, sizeof(group), &len) != 1) {
		ERR_clear_error();
		return other_key(pkey, "EC with a curve of its own", err);
	}
	if (strcmp(group, "prime256v1") != 0)
		return other_key(pkey, group, err);
	/* Built anew from its coordinates: a key that brings parameters of
	 * its own cannot bring another generator. */
	if (!coordinate(pkey, OSSL_PKEY_PARAM_EC_PUB_X, x) ||
	    !coordinate(pkey, OSSL_PKEY_PARAM_EC_PUB_Y, y))
		return cn_crypto_fail(err, "reading a key");
	return cn_pubkey_raw(CN_P256, x, y, out, err);
}

/* ---- PEM --------------------------------------------------------------------- */

enum cn_code
cn_pubkey_pem(struct cn_slice pem, struct cn_pubkey **out, struct cn_error *err)
{
	struct cn_pem block = { 0 };
	const unsigned char *at;
	EVP_PKEY *pkey = NULL;
	enum cn_code code;

	*out = NULL;
	code = cn_pem_read(pem, &block, err);
	if (code != CN_OK)
		return code;
	if (strcmp(block.label, "PUBLIC KEY") != 0) {
		code = cn_fail(err, CN_BAD_KEY,
		    "it is %s; a public key (BEGIN PUBLIC KEY) is expected",
		    cn_pem_what(block.label));
		goto out;
	}
	at = block.der;
	pkey = d2i_PUBKEY(NULL, &at, (long)block.len);
	if (pkey == NULL || at != block.der + block.len) {
		ERR_clear_error();
		code = cn_fail(err, CN_BAD_KEY,
		    "its PEM block holds no public key that can be read");
		goto out;
	}
	code = cn_pubkey_of(pkey, out, err);
out:
	EVP_PKEY_free(pkey);
	cn_pem_free(&block);
	return code;
}

enum cn_code
cn_pubkey_write(
    const struct cn_pubkey *key, struct cn_buf *pem, struct cn_error *err)
{
	unsigned char *der = NULL;
	enum cn_code code;
	int len;

	len = i2d_PUBKEY(key->pkey, &der);
	if (len <= 0)
		return cn_crypto_fail(err, "writing a key");
	code = cn_pem_write(
	    "PUBLIC KEY", cn_slice_of(der, (size_t)len), pem, err);
	OPENSSL_free(der);
	return code;
}
