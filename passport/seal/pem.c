/* PEM blocks (RFC 7468): exactly one in a file, and words for the others. */
#include "crypto.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

static const struct {
	const char *label, *what;
} labels[] = {
	{ "PUBLIC KEY", "a public key" },
	{ "PRIVATE KEY", "a private key" },
	{ "ENCRYPTED PRIVATE KEY", "an encrypted private key" },
	{ "CERTIFICATE", "a certificate" },
	{ "X509 CERTIFICATE", "a certificate" },
	{ "TRUSTED CERTIFICATE", "a certificate" },
	{ "CERTIFICATE REQUEST", "a certificate request" },
	{ "NEW CERTIFICATE REQUEST", "a certificate request" },
	{ "EC PRIVATE KEY",
	    "a private key in SEC 1 form (openssl pkcs8 -topk8 converts it)" },
	{ "EC PARAMETERS",
	    "a private key in SEC 1 form (openssl pkcs8 -topk8 converts it)" },
	{ "RSA PRIVATE KEY", "an RSA private key" },
	{ "RSA PUBLIC KEY", "an RSA public key" },
	{ "DSA PRIVATE KEY", "a DSA private key" },
	{ "OPENSSH PRIVATE KEY", "an OpenSSH private key" },
	{ "X509 CRL", "a revocation list" },
	{ "PKCS7", "a PKCS #7 message" },
	{ "PGP PUBLIC KEY BLOCK", "a PGP key" },
	{ "PGP PRIVATE KEY BLOCK", "a PGP key" },
};

const char *
cn_pem_what(const char *label)
{
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strcmp(label, labels[i].label) == 0)
			return labels[i].what;
	return "a PEM block of an unknown kind";
}

void
cn_pem_free(struct cn_pem *pem)
{
	OPENSSL_clear_free(pem->der, pem->len);
	memset(pem, 0, sizeof(*pem));
}

/* Is there another block behind the one that was read? */
static bool
another(BIO *bio)
{
	char *name = NULL, *header = NULL;
	unsigned char *data = NULL;
	long len = 0;
	bool found;

	ERR_clear_error();
	found = PEM_read_bio(bio, &name, &header, &data, &len) == 1 ||
		ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE;
	ERR_clear_error();
	OPENSSL_free(name);
	OPENSSL_free(header);
	if (data != NULL)
		OPENSSL_clear_free(data, (size_t)len);
	return found;
}

static enum cn_code
no_block(struct cn_slice text, struct cn_error *err)
{
	bool start = ERR_GET_REASON(ERR_peek_last_error()) !=
		     PEM_R_NO_START_LINE;

	ERR_clear_error();
	if (text.len == 0)
		return cn_fail(err, CN_BAD_KEY,
		    "it is empty; a key in PEM "
		    "form is expected");
	if (start)
		return cn_fail(err, CN_BAD_KEY, "its PEM block is damaged");
	if (cn_slice_starts(text, "ssh-"))
		return cn_fail(err, CN_BAD_KEY,
		    "it is an OpenSSH key; a key in PEM form is expected");
	if (text.ptr[0] == 0x30)
		return cn_fail(err, CN_BAD_KEY,
		    "it looks like DER; a key in PEM form is expected");
	return cn_fail(
	    err, CN_BAD_KEY, "it holds no PEM block (-----BEGIN …-----)");
}

enum cn_code
cn_pem_read(struct cn_slice text, struct cn_pem *out, struct cn_error *err)
{
	char *name = NULL, *header = NULL;
	unsigned char *data = NULL;
	enum cn_code code = CN_OK;
	long len = 0;
	BIO *bio;

	memset(out, 0, sizeof(*out));
	if (text.len == 0 || text.len > INT_MAX)
		return no_block(text, err);
	bio = BIO_new_mem_buf(text.ptr, (int)text.len);
	if (bio == NULL)
		return cn_crypto_fail(err, "reading PEM");
	ERR_clear_error();
	if (PEM_read_bio(bio, &name, &header, &data, &len) != 1) {
		code = no_block(text, err);
		goto out;
	}
	out->der = data;
	out->len = (size_t)len;
	snprintf(out->label, sizeof(out->label), "%s", name);
	if (header[0] != '\0')
		code = cn_fail(err, CN_BAD_KEY,
		    "its PEM block is encrypted in the old way; encrypted "
		    "PKCS #8 is expected (openssl pkcs8 -topk8 converts it)");
	else if (strcmp(name, "EC PARAMETERS") != 0 && another(bio))
		code = cn_fail(err, CN_BAD_KEY,
		    "it holds more than one PEM block; one is expected");
out:
	if (code != CN_OK)
		cn_pem_free(out);
	OPENSSL_free(name);
	OPENSSL_free(header);
	BIO_free(bio);
	return code;
}

enum cn_code
cn_pem_write(const char *label, struct cn_slice der, struct cn_buf *out,
    struct cn_error *err)
{
	BIO *bio = BIO_new(BIO_s_mem());
	enum cn_code code = CN_OK;
	char *text;
	long len;

	if (bio == NULL ||
	    PEM_write_bio(bio, label, "", der.ptr, (long)der.len) <= 0) {
		code = cn_crypto_fail(err, "writing PEM");
	} else {
		len = BIO_get_mem_data(bio, &text);
		cn_buf_put(out, cn_slice_of(text, (size_t)len));
		code = cn_buf_code(out, err);
	}
	BIO_free(bio); /* clears what it held */
	return code;
}
