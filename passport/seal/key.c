/* Private keys: PKCS #8 (RFC 5958) in PEM, plain or PBES2 (RFC 8018). */
#include "crypto.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include "pbes2.h"

void
cn_key_free(struct cn_key *key)
{
	if (key == NULL)
		return;
	EVP_PKEY_CTX_free(key->sign);
	EVP_MD_CTX_free(key->sign_ed);
	EVP_PKEY_free(key->pkey); /* clears what is secret */
	cn_pubkey_free(key->pub);
	cn_wipe(key, sizeof(*key));
	free(key);
}

const struct cn_pubkey *
cn_key_public(const struct cn_key *key)
{
	return key->pub;
}

/* A file can hold a public part that is not that of its private one. */
static enum cn_code
prove(struct cn_key *key, struct cn_error *err)
{
	static const char probe[] = "do both parts of this key belong together";
	struct cn_slice tbs = cn_slice_of(probe, sizeof(probe));
	uint8_t signature[CN_SIGNATURE];
	struct cn_signer signer;
	enum cn_code code;

	code = cn_signer_key(key, 0, &signer, err);
	if (code == CN_OK)
		code = signer.sign(signer.ctx, tbs, signature, err);
	if (code == CN_OK &&
	    cn_pubkey_verify(key->pub, signer.alg, tbs, NULL,
		cn_slice_of(signature, sizeof(signature)), NULL) != CN_OK)
		code = cn_fail(err, CN_BAD_KEY,
		    "its private and its public part do not belong together");
	return code;
}

static enum cn_code
take_pkey(EVP_PKEY *pkey, struct cn_key **out, struct cn_error *err)
{
	struct cn_key *key = calloc(1, sizeof(*key));
	enum cn_code code;

	*out = NULL;
	if (key == NULL) {
		EVP_PKEY_free(pkey);
		return cn_fail(err, CN_MEMORY, "no memory for a key");
	}
	key->pkey = pkey;
	code = cn_pubkey_of(pkey, &key->pub, err);
	if (code == CN_OK)
		code = prove(key, err);
	if (code != CN_OK)
		cn_key_free(key);
	else
		*out = key;
	return code;
}

static enum cn_code
from_info(PKCS8_PRIV_KEY_INFO *info, struct cn_key **out, struct cn_error *err)
{
	EVP_PKEY *pkey = EVP_PKCS82PKEY(info);

	if (pkey == NULL) {
		ERR_clear_error();
		return cn_fail(err, CN_BAD_KEY,
		    "its PEM block holds no private key that can be read; "
		    "a P-256 or Ed25519 key is expected");
	}
	return take_pkey(pkey, out, err);
}

static enum cn_code
read_plain(const struct cn_pem *pem, struct cn_key **out, struct cn_error *err)
{
	const unsigned char *at = pem->der;
	PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(
	    NULL, &at, (long)pem->len);
	enum cn_code code;

	if (info == NULL || at != pem->der + pem->len) {
		ERR_clear_error();
		code = cn_fail(
		    err, CN_BAD_KEY, "its PEM block holds no PKCS #8 key");
	} else {
		code = from_info(info, out, err);
	}
	PKCS8_PRIV_KEY_INFO_free(info); /* clears the key */
	return code;
}

/* Asks for a pass phrase; an empty one is none. */
static enum cn_code
pass_phrase(
    cn_passphrase ask, void *ctx, struct cn_buf *phrase, struct cn_error *err)
{
	enum cn_code code;

	if (ask == NULL)
		return cn_fail(err, CN_PASSPHRASE,
		    "it is encrypted, and no pass phrase was given");
	code = ask(ctx, phrase, err);
	if (code == CN_OK)
		code = cn_buf_code(phrase, err);
	if (code == CN_OK && phrase->len == 0)
		code = cn_fail(err, CN_PASSPHRASE, "the pass phrase is empty");
	return code;
}

static enum cn_code
read_encrypted(const struct cn_pem *pem, cn_passphrase ask, void *ctx,
    struct cn_key **out, struct cn_error *err)
{
	PKCS8_PRIV_KEY_INFO *info = NULL;
	struct cn_pbes2 *box = NULL;
	struct cn_buf phrase;
	enum cn_code code;

	cn_buf_init_secret(&phrase, CN_PASSPHRASE_MAX);
	code = cn_pbes2_read(cn_slice_of(pem->der, pem->len), &box, err);
	if (code == CN_OK)
		code = pass_phrase(ask, ctx, &phrase, err);
	if (code == CN_OK)
		code = cn_pbes2_open(box, cn_buf_slice(&phrase), &info, err);
	if (code == CN_OK)
		code = from_info(info, out, err);
	PKCS8_PRIV_KEY_INFO_free(info);
	cn_pbes2_free(box);
	cn_buf_free(&phrase);
	return code;
}

enum cn_code
cn_key_pem(struct cn_slice pem, cn_passphrase ask, void *ctx,
    struct cn_key **out, struct cn_error *err)
{
	struct cn_pem block = { 0 };
	enum cn_code code;

	*out = NULL;
	code = cn_pem_read(pem, &block, err);
	if (code != CN_OK)
		return code;
	if (strcmp(block.label, "PRIVATE KEY") == 0)
		code = read_plain(&block, out, err);
	else if (strcmp(block.label, "ENCRYPTED PRIVATE KEY") == 0)
		code = read_encrypted(&block, ask, ctx, out, err);
	else
		code = cn_fail(err, CN_BAD_KEY,
		    "it is %s; a private key (BEGIN PRIVATE KEY) is expected",
		    cn_pem_what(block.label));
	cn_pem_free(&block);
	return code;
}

enum cn_code
cn_key_generate(enum cn_curve curve, struct cn_key **out, struct cn_error *err)
{
	EVP_PKEY *pkey;

	*out = NULL;
	if (curve == CN_P256)
		pkey = EVP_EC_gen("P-256");
	else
		pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	if (pkey == NULL)
		return cn_crypto_fail(err, "making a key");
	return take_pkey(pkey, out, err);
}

static enum cn_code
write_plain(PKCS8_PRIV_KEY_INFO *info, struct cn_buf *pem, struct cn_error *err)
{
	unsigned char *der = NULL;
	int len = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
	enum cn_code code;

	if (len <= 0)
		return cn_crypto_fail(err, "writing a key");
	code = cn_pem_write(
	    "PRIVATE KEY", cn_slice_of(der, (size_t)len), pem, err);
	OPENSSL_clear_free(der, (size_t)len);
	return code;
}

static enum cn_code
write_encrypted(PKCS8_PRIV_KEY_INFO *info, struct cn_slice phrase,
    struct cn_buf *pem, struct cn_error *err)
{
	unsigned char *der = NULL;
	size_t len = 0;
	enum cn_code code;

	code = cn_pbes2_seal(info, phrase, &der, &len, err);
	if (code == CN_OK)
		code = cn_pem_write(
		    "ENCRYPTED PRIVATE KEY", cn_slice_of(der, len), pem, err);
	OPENSSL_free(der);
	return code;
}

enum cn_code
cn_key_write(const struct cn_key *key, cn_passphrase ask, void *ctx,
    struct cn_buf *pem, struct cn_error *err)
{
	PKCS8_PRIV_KEY_INFO *info = NULL;
	struct cn_buf phrase;
	enum cn_code code = CN_OK;

	cn_buf_init_secret(&phrase, CN_PASSPHRASE_MAX);
	if (ask != NULL)
		code = pass_phrase(ask, ctx, &phrase, err);
	if (code != CN_OK)
		goto out;
	info = EVP_PKEY2PKCS8(key->pkey);
	if (info == NULL)
		code = cn_crypto_fail(err, "writing a key");
	else if (ask == NULL)
		code = write_plain(info, pem, err);
	else
		code = write_encrypted(info, cn_buf_slice(&phrase), pem, err);
out:
	PKCS8_PRIV_KEY_INFO_free(info);
	cn_buf_free(&phrase);
	return code;
}
