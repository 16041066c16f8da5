/*
 * The trust list: whom a verifier or resolver believes, and for what.
 * (trust.json; a key inside a message is never believed by itself.)
 */
#ifndef CARNET_TRUST_H
#define CARNET_TRUST_H

#include <carnet/clock.h>
#include <carnet/json.h>
#include <carnet/key.h>

enum cn_use { CN_USE_PASSPORT = 1, CN_USE_CAPSULE = 2 };

struct cn_trust_key {
	struct cn_pubkey *key;
	uint8_t kid[32];
	size_t kid_len;
	unsigned use; /* set of enum cn_use */
	cn_instant from, until; /* UTC midnights, until exclusive */
	bool revoked;
	cn_instant revoked_at;
	struct cn_slice reason;
	const struct cn_issuer *issuer;
	const struct cn_trust_key *next; /* within the issuer */
};

struct cn_issuer {
	struct cn_slice iss;
	struct cn_slice name;
	const struct cn_slice *subjects; /* prefixes */
	size_t subject_count;
	const struct cn_trust_key *keys;
	const struct cn_issuer *next;
};

struct cn_trust;

/*
 * Reads trust.json; key files are looked for beside it, never above. Faults
 * have line, column and pointer as place. Members of an issuer: iss, subjects,
 * keys, and name or not; of a key: pem, use, from, until, and kid (hexadecimal
 * digits) and revoked {at, reason} or not. A member that is not known is an
 * error; a prefix must contain the slash after the host; a key stands in the
 * list once, so that it has one issuer, and is revoked for all its uses or for
 * none. CN_MALFORMED, CN_BAD_KEY, CN_NOT_FOUND, CN_FILE.
 */
CN_API CN_MUST_USE enum cn_code cn_trust_load(
    const char *path, struct cn_trust **out, struct cn_error *err);
/* From text; `base` is the directory of the key files, NULL: only keys given
 * inline ("pem" holding PEM text) are accepted. */
CN_API CN_MUST_USE enum cn_code cn_trust_parse(struct cn_slice json,
    const char *base, struct cn_trust **out, struct cn_error *err);
CN_API void cn_trust_free(struct cn_trust *trust);
CN_API const struct cn_issuer *cn_trust_issuers(const struct cn_trust *trust);
/* SHA-256 over the text it was read from: names the version of a list. */
CN_API void cn_trust_digest(
    const struct cn_trust *trust, uint8_t out[CN_DIGEST]);

/* Next key with that kid after `after` (NULL: the first), any issuer. */
CN_API const struct cn_trust_key *cn_trust_find(const struct cn_trust *trust,
    struct cn_slice kid, const struct cn_trust_key *after);

/* Does the subject lie under one of the issuer's prefixes? A prefix ends at a
 * path segment or within one: "https://id.gs1.org/01/09506000" covers every
 * GTIN of that company prefix. */
CN_API bool cn_issuer_covers(
    const struct cn_issuer *issuer, struct cn_slice subject);

#endif
