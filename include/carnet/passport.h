/*
 * The signed passport: a COSE_Sign1 (RFC 9052) with tag 18 in a strict
 * profile, its sealed sections, and its digest. The format is written down in
 * docs/format.md.
 */
#ifndef CARNET_PASSPORT_H
#define CARNET_PASSPORT_H

#include <carnet/cbor.h>
#include <carnet/model.h>
#include <carnet/trust.h>

#define CN_PASSPORT_MEDIA "application/vnd.carnet.passport+cbor"
#define CN_COSE_MEDIA "application/vnd.carnet+cose"

/* A sealed section that travels with the passport (SD-CWT disclosure). */
struct cn_disclosure {
	struct cn_slice encoded; /* the byte string, head included */
	struct cn_slice fields; /* CBOR map: key → value */
	enum cn_tier tier;
};

/* A passport whose form was checked; every slice borrows from the bytes. */
struct cn_passport {
	struct cn_slice bytes;
	struct cn_slice protected_; /* content of the byte string */
	struct cn_slice payload;
	struct cn_slice signature;
	int64_t alg;
	struct cn_slice kid;
	struct cn_slice iss, sub;
	cn_instant iat;
	uint64_t version;
	bool has_supersedes;
	uint8_t supersedes[CN_DIGEST];
	uint8_t seals[2][CN_DIGEST]; /* field 92, in order */
	size_t seal_count;
	struct cn_disclosure held[2]; /* sections present, by tier */
	size_t held_count;
	uint8_t digest[CN_DIGEST]; /* SHA-256 of the Sig_structure */
};

/*
 * Checks the strict profile and takes the envelope apart, without an
 * allocation that depends on the input. Verifies no signature, but every
 * disclosure against its digest. Of the payload only what the envelope depends
 * on is read (id, version, sections): cn_passport_open() reads the rest, and
 * whoever accepts a passport must have opened it. CN_MALFORMED with the place,
 * CN_UNSUPPORTED for an algorithm that is not known, CN_TOO_LARGE beyond 1 MiB.
 * *out is all zero after a failure.
 */
CN_API CN_MUST_USE enum cn_code cn_passport_parse(
    struct cn_slice bytes, struct cn_passport *out, struct cn_error *err);

struct cn_policy {
	const struct cn_trust *trust;
	cn_instant now;
	/* A resolver judges a key's period at arrival (now), a verifier at
	 * iat: labels outlive the keys of the line. */
	bool at_arrival;
	/* When the caller itself accepted this very version; 0: never. What a
	 * key signed counts in spite of a revocation only if this is earlier. */
	cn_instant accepted;
};

/*
 * Signature and trust: a key of the list with that kid, its use, its period,
 * no revocation, issuer and subject of its entry, sub in canonical form, iat
 * not in the future. CN_BAD_SIGNATURE, CN_NOT_TRUSTED, CN_WRONG_USE,
 * CN_KEY_PERIOD, CN_REVOKED, CN_WRONG_SUBJECT, CN_WRONG_ISSUER, CN_FUTURE.
 * *signer (may be NULL) is set where the signature itself is right.
 */
CN_API CN_MUST_USE enum cn_code cn_passport_verify(
    const struct cn_passport *passport, const struct cn_policy *policy,
    const struct cn_trust_key **signer, struct cn_error *err);

/* Is `next` the version after `before`? Same sub, same iss, version + 1,
 * supersedes, iat not earlier. CN_CONFLICT or CN_WRONG_ISSUER, with reason. */
CN_API CN_MUST_USE enum cn_code cn_passport_follows(
    const struct cn_passport *before, const struct cn_passport *next,
    struct cn_error *err);

/* The fields of payload and held sections of the given tiers as a record in
 * the arena, which holds copies: the passport's bytes may go. CN_MALFORMED names
 * the field: wrong kinds and forms, empty lists, nulls, and fields in a section
 * that is not theirs are refused; keys that are not known are kept. */
CN_API CN_MUST_USE enum cn_code cn_passport_open(
    const struct cn_passport *passport, unsigned tiers, struct cn_arena *arena,
    struct cn_record **out, struct cn_error *err);

struct cn_seal_request {
	const struct cn_record *record; /* all tiers; fields 90 and 92 are
					   made here */
	struct cn_slice iss, sub;
	cn_instant iat;
	const struct cn_signer *signer;
	/* Salts of the two sections, 16 bytes each; NULL: random. For tests. */
	const uint8_t *salts;
};

/* Encodes, seals, signs, then verifies, parses and opens its own output before
 * it gives it out. A tier without fields makes no section. The record's field
 * 1 must be sub. Appends to out; nothing is appended after a failure. */
CN_API CN_MUST_USE enum cn_code cn_passport_seal(
    const struct cn_seal_request *request, struct cn_buf *out,
    struct cn_error *err);

/* The same passport with only the sections of the given tiers; the signature
 * stays as it is. */
CN_API CN_MUST_USE enum cn_code cn_passport_redact(
    const struct cn_passport *passport, unsigned keep, struct cn_buf *out,
    struct cn_error *err);

/* Two copies of the same version: out gets the first one's signature and the
 * sections of both. CN_CONFLICT where the digests differ. */
CN_API CN_MUST_USE enum cn_code cn_passport_join(const struct cn_passport *a,
    const struct cn_passport *b, struct cn_buf *out, struct cn_error *err);

/* ---- encode ↔ decode of a record ----------------------------------------- */

/* The fields of one tier as a deterministic CBOR map (unknown entries of that
 * tier included). */
CN_API CN_MUST_USE enum cn_code cn_payload_encode(
    const struct cn_record *record, enum cn_tier tier, struct cn_buf *out,
    struct cn_error *err);
/* Reads such a map into the record, whose slices point into bytes, which are
 * checked CBOR (cn_cbor_check). Every value accepted re-encodes to the same
 * bytes. */
CN_API CN_MUST_USE enum cn_code cn_payload_decode(struct cn_slice bytes,
    enum cn_tier tier, struct cn_arena *arena, struct cn_record *record,
    struct cn_error *err);

/* ---- COSE_Sign1 in general ------------------------------------------------ */

/* Appends the Sig_structure ["Signature1", protected, aad, payload]. */
CN_API void cn_sig_structure(struct cn_slice protected_, struct cn_slice aad,
    struct cn_slice payload, struct cn_buf *out);

#endif
