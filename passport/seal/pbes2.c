#include "pbes2.h"

#include "crypto.h"

#include <stdlib.h>

#include <openssl/err.h>

/* scrypt (RFC 7914): 16 MiB of memory, five passes. OpenSSL reads no more than
 * 32 MiB. */
#define SCRYPT_N (UINT64_C(1) << 14)
#define SCRYPT_R 8
#define SCRYPT_P 5

/* What a file may ask for: about ten times what honest ones do. */
#define MOST_ITERATIONS 10000000
#define MOST_MEMORY (UINT64_C(32) << 20)
#define MOST_WORK (UINT64_C(1) << 23) /* N · r · p */

struct cn_pbes2 {
	X509_SIG *sig;
};

static bool
pbkdf2_bearable(const ASN1_TYPE *parameter)
{
	PBKDF2PARAM *param = ASN1_TYPE_unpack_sequence(
	    ASN1_ITEM_rptr(PBKDF2PARAM), parameter);
	bool good = false;
	int64_t n;

	if (param != NULL && ASN1_INTEGER_get_int64(&n, param->iter) == 1)
		good = n >= 1 && n <= MOST_ITERATIONS;
	PBKDF2PARAM_free(param);
	return good;
}

static bool
scrypt_bearable(const ASN1_TYPE *parameter)
{
	SCRYPT_PARAMS *param = ASN1_TYPE_unpack_sequence(
	    ASN1_ITEM_rptr(SCRYPT_PARAMS), parameter);
	uint64_t n, r, p;
	bool good = false;

	if (param != NULL &&
	    ASN1_INTEGER_get_uint64(&n, param->costParameter) == 1 &&
	    ASN1_INTEGER_get_uint64(&r, param->blockSize) == 1 &&
	    ASN1_INTEGER_get_uint64(&p, param->parallelizationParameter) == 1)
		good = n >= 2 && r >= 1 && p >= 1 && n <= MOST_MEMORY / 128 &&
		       r <= MOST_MEMORY / 128 / n && p <= MOST_WORK / n / r;
	SCRYPT_PARAMS_free(param);
	return good;
}

static enum cn_code
judge(const X509_ALGOR *alg, struct cn_error *err)
{
	PBE2PARAM *param = NULL;
	enum cn_code code = CN_OK;
	int nid = OBJ_obj2nid(alg->algorithm);
	bool good = false;

	if (nid != NID_pbes2)
		return cn_fail(err, CN_BAD_KEY,
		    "it is encrypted with %s; PBES2 is expected (openssl "
		    "pkcs8 -topk8 converts it)",
		    nid != NID_undef ? OBJ_nid2sn(nid) : "an unknown scheme");
	param = ASN1_TYPE_unpack_sequence(
	    ASN1_ITEM_rptr(PBE2PARAM), alg->parameter);
	if (param == NULL) {
		code = cn_fail(err, CN_BAD_KEY,
		    "the parameters of its encryption cannot be read");
		goto out;
	}
	nid = OBJ_obj2nid(param->keyfunc->algorithm);
	if (nid == NID_id_pbkdf2)
		good = pbkdf2_bearable(param->keyfunc->parameter);
	else if (nid == NID_id_scrypt)
		good = scrypt_bearable(param->keyfunc->parameter);
	if (!good)
		code = cn_fail(err, CN_BAD_KEY,
		    "its encryption asks for an unknown key derivation or "
		    "for more work or memory than is allowed");
	else if (EVP_get_cipherbyobj(param->encryption->algorithm) == NULL)
		code = cn_fail(
		    err, CN_BAD_KEY, "it is encrypted with an unknown cipher");
out:
	ERR_clear_error();
	PBE2PARAM_free(param);
	return code;
}

void
cn_pbes2_free(struct cn_pbes2 *box)
{
	if (box == NULL)
		return;
	X509_SIG_free(box->sig);
	free(box);
}

enum cn_code
cn_pbes2_read(struct cn_slice der, struct cn_pbes2 **out, struct cn_error *err)
{
	const unsigned char *at = der.ptr;
	struct cn_pbes2 *box = calloc(1, sizeof(*box));
	const X509_ALGOR *alg;
	enum cn_code code;

	*out = NULL;
	if (box == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a key");
	box->sig = d2i_X509_SIG(NULL, &at, (long)der.len);
	if (box->sig == NULL || at != der.ptr + der.len) {
		ERR_clear_error();
		code = cn_fail(err, CN_BAD_KEY,
		    "its PEM block holds no encrypted PKCS #8 key");
	} else {
		X509_SIG_get0(box->sig, &alg, NULL);
		code = judge(alg, err);
	}
	if (code != CN_OK)
		cn_pbes2_free(box);
	else
		*out = box;
	return code;
}

enum cn_code
cn_pbes2_open(const struct cn_pbes2 *box, struct cn_slice phrase,
    PKCS8_PRIV_KEY_INFO **out, struct cn_error *err)
{
	ERR_clear_error();
	*out = PKCS8_decrypt(
	    box->sig, (const char *)phrase.ptr, (int)phrase.len);
	if (*out != NULL)
		return CN_OK;
	if (ERR_GET_REASON(ERR_peek_error()) == ERR_R_MALLOC_FAILURE)
		return cn_crypto_fail(err, "opening a key");
	/* a wrong phrase shows as wrong padding or, one time in 256, as
	 * something that is no key */
	ERR_clear_error();
	return cn_fail(err, CN_PASSPHRASE, "the pass phrase does not fit");
}

enum cn_code
cn_pbes2_seal(PKCS8_PRIV_KEY_INFO *info, struct cn_slice phrase,
    unsigned char **der, size_t *len, struct cn_error *err)
{
	X509_SIG *sig = NULL;
	X509_ALGOR *alg;
	int got = -1;

	*der = NULL;
	*len = 0;
	/* salt and initialisation vector are drawn there */
	alg = PKCS5_pbe2_set_scrypt(
	    EVP_aes_256_cbc(), NULL, 0, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);
	if (alg != NULL)
		sig = PKCS8_set0_pbe(
		    (const char *)phrase.ptr, (int)phrase.len, info, alg);
	if (sig == NULL)
		X509_ALGOR_free(alg); /* else sig owns it */
	else
		got = i2d_X509_SIG(sig, der);
	X509_SIG_free(sig);
	if (got <= 0)
		return cn_crypto_fail(err, "encrypting a key");
	*len = (size_t)got;
	return CN_OK;
}
