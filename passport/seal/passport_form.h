/*
 * The passport's form, shared by those who read it and those who write it.
 */
#ifndef SEAL_PASSPORT_FORM_H
#define SEAL_PASSPORT_FORM_H

#include <carnet/file.h>
#include <carnet/passport.h>

#include "claims.h"
#include "sign1.h"

extern const struct cn_sign1_profile cn_passport_profile;

#define CN_LABEL_SD_CLAIMS 17
#define CN_SD_ALG (-16) /* SHA-256, RFC 9054 */
#define CN_TAG_REDACTED 60 /* draft-ietf-spice-sd-cwt */
#define CN_SALT 16 /* bytes */
#define CN_SEALS 2 /* tiers beside public */

/* Payload keys that the envelope depends on. */
#define CN_KEY_ID 1 /* F01 */
#define CN_KEY_VERSION 2 /* F02 */
#define CN_KEY_SEALS 92 /* F92 */

#define CN_MAX_VERSION UINT32_MAX

/* The next item is the unsigned integer `want`. */
bool cn_key_is(struct cn_cbor *c, uint64_t want);

/* Reads sd_claims (item ptr NULL: none) into out->held: each disclosure must
 * match a seal of out, and the tiers be distinct. */
enum cn_code cn_disclosures_read(
    struct cn_slice item, struct cn_passport *out, struct cn_error *err);

/* Appends the byte string of [salt, {1: tier, 2: fields}]. */
void cn_disclosure_put(const uint8_t salt[CN_SALT], enum cn_tier tier,
    struct cn_slice fields, struct cn_buf *out);

/* Appends the map {17: [disclosures]}, an unprotected header; nothing where
 * there are none. */
void cn_disclosures_put(
    const struct cn_disclosure *held, size_t count, struct cn_buf *out);

#endif
