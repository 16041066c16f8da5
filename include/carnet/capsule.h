/*
 * The capsule: the small signed statement inside the QR symbol. It binds one
 * printed URL (external_aad) to one version of a passport.
 */
#ifndef CARNET_CAPSULE_H
#define CARNET_CAPSULE_H

#include <carnet/passport.h>

struct cn_capsule {
	struct cn_slice bytes; /* borrow */
	struct cn_slice protected_, payload, signature;
	int64_t alg;
	struct cn_slice kid;
	cn_instant iat;
	uint64_t version;
	uint8_t passport[CN_DIGEST]; /* digest of the passport version */
	uint32_t support_end; /* months since 2000-01, to its last day */
	uint8_t cra_class; /* positions in the vocabulary from 1; 0:
				   undetermined */
	uint8_t ai_status;
	uint8_t procedure;
	uint8_t digest[CN_DIGEST]; /* SHA-256 of the Sig_structure, which
				      holds the URL: zero until verified */
};

/* Checks the strict profile: tag 18, protected {alg, kid}, nothing else. */
CN_API CN_MUST_USE enum cn_code cn_capsule_parse(
    struct cn_slice bytes, struct cn_capsule *out, struct cn_error *err);

/*
 * Signature over the printed URL (up to but not including '#') and trust: a
 * key for capsules whose issuer covers the URL's canonical subject; period at
 * iat; not revoked (accepted: see cn_policy). Errors as of
 * cn_passport_verify(). Sets capsule->digest.
 */
CN_API CN_MUST_USE enum cn_code cn_capsule_verify(struct cn_capsule *capsule,
    struct cn_slice url, const struct cn_policy *policy,
    const struct cn_trust_key **signer, struct cn_error *err);

struct cn_capsule_request {
	const struct cn_passport *passport;
	const struct cn_record *record; /* its public fields */
	const struct cn_record *run; /* whose support end is told */
	struct cn_slice url; /* as printed, without fragment */
	cn_instant iat;
	const struct cn_signer *signer;
};

/* Signs, and verifies its own output. The URL must carry the key of the
 * passport's subject (CN_WRONG_SUBJECT). Appends to out. */
CN_API CN_MUST_USE enum cn_code cn_capsule_seal(
    const struct cn_capsule_request *request, struct cn_buf *out,
    struct cn_error *err);

/* "YYYY-MM" of a support end. */
CN_API void cn_support_print(uint32_t months, char out[8]);
/* Months since 2000-01 of "YYYY-MM" text; false where it is none. */
CN_API bool cn_support_parse(struct cn_slice month, uint32_t *out);

#endif
