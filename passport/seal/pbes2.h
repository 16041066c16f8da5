/*
 * Encrypted PKCS #8: PBES2 (RFC 8018 section 6.2) with scrypt or PBKDF2 to
 * read, with scrypt and AES-256 to write.
 */
#ifndef SEAL_PBES2_H
#define SEAL_PBES2_H

#include <carnet/bytes.h>

#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#define CN_PASSPHRASE_MAX 1024

struct cn_pbes2; /* an EncryptedPrivateKeyInfo whose cost is bearable */

/* CN_BAD_KEY where it is something else, uses another scheme, or asks for more
 * work or memory than any honest file does. */
enum cn_code cn_pbes2_read(
    struct cn_slice der, struct cn_pbes2 **out, struct cn_error *err);
void cn_pbes2_free(struct cn_pbes2 *box);

/* CN_PASSPHRASE where the phrase does not fit. */
enum cn_code cn_pbes2_open(const struct cn_pbes2 *box, struct cn_slice phrase,
    PKCS8_PRIV_KEY_INFO **out, struct cn_error *err);

/* *der is freed by OPENSSL_free(). */
enum cn_code cn_pbes2_seal(PKCS8_PRIV_KEY_INFO *info, struct cn_slice phrase,
    unsigned char **der, size_t *len, struct cn_error *err);

#endif
