/*
 * What a verifier has seen: the highest version of each subject, when it was
 * accepted, and its digest, so that a rollback or a fork is noticed and a
 * later revocation does not undo what was accepted before it. A JSON file.
 */
#ifndef CARNET_KNOWN_H
#define CARNET_KNOWN_H

#include <carnet/passport.h>

struct cn_known;

/* A file that does not exist is an empty state. */
CN_API CN_MUST_USE enum cn_code cn_known_load(
    const char *path, struct cn_known **out, struct cn_error *err);
CN_API void cn_known_free(struct cn_known *known);
/* When this very version (by digest) was accepted; 0: never. known: NULL is
 * an empty state. */
CN_API cn_instant cn_known_accepted(const struct cn_known *known,
    struct cn_slice sub, const uint8_t digest[CN_DIGEST]);
/* CN_ROLLED_BACK where a higher version is known, CN_CONFLICT where another
 * digest of the same version is, CN_WRONG_ISSUER where another issuer spoke for
 * the product before. known: NULL is an empty state. */
CN_API CN_MUST_USE enum cn_code cn_known_check(const struct cn_known *known,
    const struct cn_passport *passport, struct cn_error *err);
/* Remembers a version that was found genuine; of a version that is known already
 * the first acceptance stays. */
CN_API CN_MUST_USE enum cn_code cn_known_note(struct cn_known *known,
    const struct cn_passport *passport, cn_instant at, struct cn_error *err);
/* Writes the file whole or not at all. */
CN_API CN_MUST_USE enum cn_code cn_known_save(
    const struct cn_known *known, const char *path, struct cn_error *err);

#endif
