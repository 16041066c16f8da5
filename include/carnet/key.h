/*
 * Keys and signers. Private keys never leave this room; a signer is the port
 * through which a hardware token can take their place.
 */
#ifndef CARNET_KEY_H
#define CARNET_KEY_H

#include <carnet/bytes.h>

/* COSE algorithm numbers (RFC 9864, RFC 9053). */
enum cn_alg {
	CN_ALG_ESP256 = -9,
	CN_ALG_ED25519 = -19,
	CN_ALG_ES256 = -7, /* read; written for older tools on request */
	CN_ALG_EDDSA = -8 /* read only */
};

enum cn_curve { CN_P256, CN_ED25519 };

#define CN_SIGNATURE 64 /* bytes of r‖s or of EdDSA */
#define CN_DIGEST 32
#define CN_KID 8

/* "ESP256" … ↔ number; false where unknown. */
CN_API bool cn_alg_parse(struct cn_slice name, enum cn_alg *out);
CN_API const char *cn_alg_name(int64_t alg); /* NULL where unknown */
CN_API bool cn_alg_fits(int64_t alg, enum cn_curve curve);
/* "P-256", "Ed25519" (as in JOSE) ↔ curve. */
CN_API const char *cn_curve_name(enum cn_curve curve);
CN_API bool cn_curve_parse(struct cn_slice name, enum cn_curve *out);

/* ---- public keys -------------------------------------------------------- */

struct cn_pubkey;

/* PEM SubjectPublicKeyInfo of P-256 or Ed25519. A certificate, a private key,
 * another curve: CN_BAD_KEY, saying what it is. */
CN_API CN_MUST_USE enum cn_code cn_pubkey_pem(
    struct cn_slice pem, struct cn_pubkey **out, struct cn_error *err);
/* From coordinates; y is NULL for Ed25519. 32 bytes each. */
CN_API CN_MUST_USE enum cn_code cn_pubkey_raw(enum cn_curve curve,
    const uint8_t *x, const uint8_t *y, struct cn_pubkey **out,
    struct cn_error *err);
CN_API void cn_pubkey_free(struct cn_pubkey *key);
CN_API enum cn_curve cn_pubkey_curve(const struct cn_pubkey *key);
/* x, and y for P-256, 32 bytes each (y may be NULL). */
CN_API void cn_pubkey_point(
    const struct cn_pubkey *key, uint8_t x[32], uint8_t y[32]);
/* COSE Key Thumbprint (RFC 9679) with SHA-256; kid is its first 8 bytes. */
CN_API void cn_pubkey_thumbprint(
    const struct cn_pubkey *key, uint8_t out[CN_DIGEST]);
/* Appends PEM. */
CN_API CN_MUST_USE enum cn_code cn_pubkey_write(
    const struct cn_pubkey *key, struct cn_buf *pem, struct cn_error *err);

/* ---- private keys --------------------------------------------------------- */

struct cn_key;

/* Fills buf (a secret one) with the pass phrase, without a line end. */
typedef enum cn_code (*cn_passphrase)(
    void *ctx, struct cn_buf *buf, struct cn_error *err);

/* PEM PKCS#8, encrypted or not (ask may be NULL: encrypted is then
 * CN_PASSPHRASE). Wrong phrase: CN_PASSPHRASE. Public key, certificate, other
 * curve: CN_BAD_KEY, saying what it is. */
CN_API CN_MUST_USE enum cn_code cn_key_pem(struct cn_slice pem,
    cn_passphrase ask, void *ctx, struct cn_key **out, struct cn_error *err);
CN_API CN_MUST_USE enum cn_code cn_key_generate(
    enum cn_curve curve, struct cn_key **out, struct cn_error *err);
/* Wipes. */
CN_API void cn_key_free(struct cn_key *key);
CN_API const struct cn_pubkey *cn_key_public(const struct cn_key *key);
/* Appends PKCS#8 PEM to a secret buffer; encrypted (PBES2, AES-256, scrypt)
 * where ask is given. */
CN_API CN_MUST_USE enum cn_code cn_key_write(const struct cn_key *key,
    cn_passphrase ask, void *ctx, struct cn_buf *pem, struct cn_error *err);

/* ---- signers ---------------------------------------------------------------- */

struct cn_signer {
	enum cn_alg alg;
	uint8_t kid[32];
	size_t kid_len;
	const struct cn_pubkey *key; /* to verify own output; borrow */
	/* Signs the bytes of a Sig_structure. */
	enum cn_code (*sign)(void *ctx, struct cn_slice tbs,
	    uint8_t signature[CN_SIGNATURE], struct cn_error *err);
	void *ctx;
};

/* A signer with a key of ours and its thumbprint's kid. alg 0: the key's
 * default (ESP256, Ed25519). CN_USAGE where alg and key do not fit. The key
 * must outlive the signer. Signers of one key share its contexts: one thread
 * at a time for each key. */
CN_API CN_MUST_USE enum cn_code cn_signer_key(
    struct cn_key *key, int alg, struct cn_signer *out, struct cn_error *err);

/* One signature over a Sig_structure. Constant errors: CN_BAD_SIGNATURE, or
 * CN_CRYPTO where the library fails. digest: SHA-256 of tbs if known, else
 * NULL. Thread-safe. */
CN_API CN_MUST_USE enum cn_code cn_pubkey_verify(const struct cn_pubkey *key,
    int64_t alg, struct cn_slice tbs, const uint8_t *digest,
    struct cn_slice signature, struct cn_error *err);

/* SHA-256. */
CN_API CN_MUST_USE enum cn_code cn_sha256(
    struct cn_slice bytes, uint8_t out[CN_DIGEST], struct cn_error *err);

/* ---- digests of streams -------------------------------------------------- */

enum cn_hash_name { CN_HASH_SHA256, CN_HASH_SHA512 };

#define CN_HASH_MOST 64 /* bytes of the longest digest */

struct cn_hash;

CN_API CN_MUST_USE enum cn_code cn_hash_new(
    enum cn_hash_name name, struct cn_hash **out, struct cn_error *err);
CN_API void cn_hash_free(struct cn_hash *hash); /* NULL is fine */
/* Takes bytes in. A failure is latched and told by cn_hash_final(). */
CN_API void cn_hash_update(struct cn_hash *hash, struct cn_slice bytes);
/* Writes the digest (32 or 64 bytes) and makes the hash ready for the next
 * stream. */
CN_API CN_MUST_USE enum cn_code cn_hash_final(
    struct cn_hash *hash, uint8_t *out, struct cn_error *err);

/* From the system's generator. */
CN_API CN_MUST_USE enum cn_code cn_random(
    uint8_t *out, size_t len, struct cn_error *err);

#endif
