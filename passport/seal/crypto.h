/*
 * What the files of this room share about keys and hashes. OpenSSL is known
 * here and nowhere else.
 */
#ifndef SEAL_CRYPTO_H
#define SEAL_CRYPTO_H

#include <carnet/key.h>

#include <openssl/evp.h>

struct cn_pubkey {
	enum cn_curve curve;
	uint8_t x[32], y[32]; /* y: P-256 only, else zero */
	uint8_t thumbprint[CN_DIGEST]; /* RFC 9679, SHA-256 */
	EVP_PKEY *pkey;
	EVP_MD *sha256;
	/* Initialised once, copied for each verification: a copy costs a
	 * hundredth of a microsecond and makes the key safe for threads. */
	EVP_PKEY_CTX *verify; /* P-256 */
	EVP_MD_CTX *verify_ed; /* Ed25519 */
};

struct cn_key {
	struct cn_pubkey *pub;
	EVP_PKEY *pkey;
	EVP_PKEY_CTX *sign; /* P-256 */
	EVP_MD_CTX *sign_ed; /* Ed25519 */
};

/* CN_CRYPTO with OpenSSL's own words; its error queue is emptied. */
enum cn_code cn_crypto_fail(struct cn_error *err, const char *what);

/* The public part of any key of OpenSSL's as one of ours: P-256 or Ed25519,
 * else CN_BAD_KEY saying what it is. */
enum cn_code cn_pubkey_of(
    EVP_PKEY *pkey, struct cn_pubkey **out, struct cn_error *err);

/* SHA-256 over pieces as if they were one. */
enum cn_code cn_sha256_pieces(const struct cn_slice *pieces, size_t count,
    uint8_t out[CN_DIGEST], struct cn_error *err);

/* ---- ECDSA over P-256: r‖s and DER --------------------------------------- */

#define CN_ECDSA_DER 72 /* longest DER form */

/* Raw signature to DER; 0 where r or s is not within 1 to n-1. */
size_t cn_ecdsa_to_der(
    const uint8_t raw[CN_SIGNATURE], uint8_t der[CN_ECDSA_DER]);
/* DER to raw: exactly one encoding of each pair is read (X.690 clause 10). */
bool cn_ecdsa_from_der(struct cn_slice der, uint8_t raw[CN_SIGNATURE]);

/* ---- PEM (RFC 7468) --------------------------------------------------------- */

struct cn_pem {
	char label[48];
	uint8_t *der; /* own */
	size_t len;
};

/* The one PEM block of a text. CN_BAD_KEY where there is none or more. */
enum cn_code cn_pem_read(
    struct cn_slice text, struct cn_pem *out, struct cn_error *err);
void cn_pem_free(struct cn_pem *pem); /* wipes */
/* What a label stands for: "a certificate". */
const char *cn_pem_what(const char *label);
/* Appends a block. */
enum cn_code cn_pem_write(const char *label, struct cn_slice der,
    struct cn_buf *out, struct cn_error *err);

#endif
