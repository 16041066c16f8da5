/*
 * COSE_Sign1 (RFC 9052 section 4.2) under a profile: the one place where an
 * envelope is taken apart or put together. Passports, capsules and foreign
 * messages differ only in the profile.
 */
#ifndef SEAL_SIGN1_H
#define SEAL_SIGN1_H

#include <carnet/cbor.h>
#include <carnet/key.h>

#include "claims.h"

/* The header parameters that are known here. */
enum cn_header {
	CN_H_ALG, /* 1 */
	CN_H_CONTENT_TYPE, /* 3 */
	CN_H_KID, /* 4 */
	CN_H_CLAIMS, /* 15, RFC 9597 */
	CN_H_TYP, /* 16, RFC 9596 */
	CN_H_SD_CLAIMS, /* 17, draft-ietf-spice-sd-cwt */
	CN_H_SD_ALG, /* 170, the same */
	CN_H_COUNT
};
#define CN_H_BIT(header) (1u << (header))

#define CN_MAX_KID 32

struct cn_sign1_profile {
	const char *what; /* "passport": for messages */
	size_t max; /* bytes of a message */
	unsigned required; /* protected headers that must be there, */
	unsigned allowed; /* and further ones that may */
	unsigned unprotected; /* headers that may stand there */
	const char *content_type, *typ; /* what these say where they stand */
	enum { CN_CLAIMS_IN_HEADER, CN_CLAIMS_IN_PAYLOAD, CN_NO_CLAIMS } claims;
	/* As RFC 9052 leaves it: any tag or none, unknown headers ignored,
	 * alg in either bucket, kid not needed, a signature of any length. The
	 * encoding is deterministic and crit refused all the same. */
	bool lenient;
};

/* An envelope taken apart; everything borrows from the bytes. */
struct cn_sign1 {
	struct cn_slice protected_; /* content; empty where no header */
	struct cn_slice payload; /* content; ptr NULL where detached */
	struct cn_slice signature;
	struct cn_slice header[CN_H_COUNT]; /* protected: CBOR items */
	struct cn_slice unprotected[CN_H_COUNT];
	int64_t alg;
	struct cn_slice kid; /* protected */
};

/* CN_TOO_LARGE, CN_MALFORMED with the place, CN_UNSUPPORTED for an algorithm
 * that is not known. Checks headers for presence and the kinds of alg and kid;
 * the values of others are the caller's. */
enum cn_code cn_sign1_parse(struct cn_slice bytes,
    const struct cn_sign1_profile *profile, struct cn_sign1 *out,
    struct cn_error *err);

/*
 * The second half: content type and typ are those of the profile, the payload
 * (a caller may have put a detached one in place) is one map in deterministic
 * CBOR, and the claims are where the profile has them: in the header exactly
 * iss, sub and iat, in the payload among others.
 */
enum cn_code cn_sign1_claims(const struct cn_sign1 *s,
    const struct cn_sign1_profile *profile, struct cn_claims *out,
    struct cn_error *err);

/* What is signed. */
struct cn_tbs {
	struct cn_slice protected_, aad, payload;
};

/* SHA-256 of the Sig_structure, without putting it together. */
enum cn_code cn_tbs_digest(
    const struct cn_tbs *tbs, uint8_t out[CN_DIGEST], struct cn_error *err);

/* One signature over it. digest: as of cn_tbs_digest(), or NULL. */
enum cn_code cn_tbs_verify(const struct cn_tbs *tbs, const uint8_t *digest,
    const struct cn_pubkey *key, int64_t alg, struct cn_slice signature,
    struct cn_error *err);

/* Signs, verifies with the signer's public key, and appends the message with
 * tag 18. unprotected: a CBOR map, or empty for an empty one. Nothing is
 * appended after a failure. */
enum cn_code cn_sign1_seal(const struct cn_tbs *tbs,
    struct cn_slice unprotected, const struct cn_signer *signer,
    struct cn_buf *out, struct cn_error *err);

/* Appends a message with tag 18 from its parts. */
void cn_sign1_put(struct cn_slice protected_, struct cn_slice unprotected,
    struct cn_slice payload, struct cn_slice signature, struct cn_buf *out);

#endif
