/* Keys, signers, signatures, hashes. */
#include <carnet/key.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "key_samples.h"

static enum cn_code
phrase(void *ctx, struct cn_buf *buf, struct cn_error *err)
{
	(void)err;
	cn_buf_str(buf, ctx);
	return CN_OK;
}

static enum cn_code
no_phrase(void *ctx, struct cn_buf *buf, struct cn_error *err)
{
	(void)ctx;
	(void)buf;
	return cn_fail(err, CN_FILE, "the terminal is gone");
}

static char right[] = "correct horse";
static char wrong[] = "wrong horse";
static char empty[] = "";

static struct cn_key *
generate(enum cn_curve curve)
{
	struct cn_key *key;

	assert_int_equal(cn_key_generate(curve, &key, NULL), CN_OK);
	return key;
}

static void
algorithms(void **state)
{
	enum cn_curve curve;
	enum cn_alg alg;

	(void)state;
	assert_true(cn_alg_parse(CN_SLICE("ESP256"), &alg) && alg == -9);
	assert_true(cn_alg_parse(CN_SLICE("Ed25519"), &alg) && alg == -19);
	assert_false(cn_alg_parse(CN_SLICE("esp256"), &alg));
	assert_false(cn_alg_parse(CN_SLICE("ES384"), &alg));
	assert_string_equal(cn_alg_name(-7), "ES256");
	assert_string_equal(cn_alg_name(-8), "EdDSA");
	assert_null(cn_alg_name(-35));
	assert_null(cn_alg_name(INT64_MIN));
	assert_true(cn_alg_fits(-7, CN_P256));
	assert_false(cn_alg_fits(-7, CN_ED25519));
	assert_false(cn_alg_fits(0, CN_P256));
	assert_true(cn_curve_parse(CN_SLICE("P-256"), &curve));
	assert_int_equal(curve, CN_P256);
	assert_false(cn_curve_parse(CN_SLICE("P-384"), &curve));
	assert_string_equal(cn_curve_name(CN_ED25519), "Ed25519");
}

/* RFC 9679 section 6: the example's key and its thumbprint. */
static void
thumbprints(void **state)
{
	uint8_t x[32], y[32], got[32], want[32];
	struct cn_pubkey *key;

	(void)state;
	assert_true(cn_unhex(CN_SLICE("65eda5a12577c2bae829437fe338701a"
				      "10aaa375e1bb5b5de108de439c08551d"),
	    x, 32));
	assert_true(cn_unhex(CN_SLICE("1e52ed75701163f7f9e40ddf9f341b3d"
				      "c9ba860af7e0ca7ca7e9eecd0084d19c"),
	    y, 32));
	assert_true(cn_unhex(CN_SLICE("496bd8afadf307e5b08c64b0421bf9dc"
				      "01528a344a43bda88fadd1669da253ec"),
	    want, 32));
	assert_int_equal(cn_pubkey_raw(CN_P256, x, y, &key, NULL), CN_OK);
	cn_pubkey_thumbprint(key, got);
	assert_memory_equal(got, want, 32);
	assert_int_equal(cn_pubkey_curve(key), CN_P256);
	cn_pubkey_point(key, got, NULL);
	assert_memory_equal(got, x, 32);
	cn_pubkey_free(key);

	y[31] ^= 1; /* no longer a point */
	assert_int_equal(cn_pubkey_raw(CN_P256, x, y, &key, NULL), CN_BAD_KEY);
	assert_null(key);
}

static void
is_public(const char *pem, enum cn_code want, const char *words)
{
	struct cn_error err = { 0 };
	struct cn_pubkey *key;

	if (cn_pubkey_pem(cn_slice_str(pem), &key, &err) != want)
		fail_msg("%s: %s", cn_code_name(err.code), err.text);
	if (words != NULL && strstr(err.text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text, words);
	assert_true((key != NULL) == (want == CN_OK));
	cn_pubkey_free(key);
}

static void
public_keys(void **state)
{
	(void)state;
	is_public(SAMPLE_PUBLIC, CN_OK, NULL);
	is_public(SAMPLE_ED25519_PUBLIC, CN_OK, NULL);
	is_public("Words before it are allowed.\n" SAMPLE_PUBLIC, CN_OK, NULL);
	is_public("", CN_BAD_KEY, "empty");
	is_public("hello", CN_BAD_KEY, "no PEM block");
	is_public("0\x82", CN_BAD_KEY, "DER");
	is_public("ssh-ed25519 AAAA x", CN_BAD_KEY, "OpenSSH");
	is_public("-----BEGIN PUBLIC KEY-----\nMFkw*\n"
		  "-----END PUBLIC KEY-----\n",
	    CN_BAD_KEY, "damaged");
	is_public("-----BEGIN PUBLIC KEY-----\nMFkwEwYH\n"
		  "-----END PUBLIC KEY-----\n",
	    CN_BAD_KEY, "no public key");
	is_public(SAMPLE_PRIVATE, CN_BAD_KEY, "a private key");
	is_public(SAMPLE_PBKDF2, CN_BAD_KEY, "an encrypted private key");
	is_public(SAMPLE_CERTIFICATE, CN_BAD_KEY, "a certificate");
	is_public(SAMPLE_RSA_PUBLIC, CN_BAD_KEY, "RSA");
	is_public(SAMPLE_P384_PUBLIC, CN_BAD_KEY, "P-384");
	is_public(
	    SAMPLE_PUBLIC SAMPLE_ED25519_PUBLIC, CN_BAD_KEY, "more than one");
	is_public(
	    SAMPLE_PUBLIC SAMPLE_CERTIFICATE, CN_BAD_KEY, "more than one");
	is_public("-----BEGIN \x1b[2J-----\nAAAA\n-----END \x1b[2J-----\n",
	    CN_BAD_KEY, "unknown kind");
}

/* A key with its curve's parameters spelt out is that curve's key, and only
 * the curve's name goes on. */
static void
explicit_parameters(void **state)
{
	struct cn_error err = { 0 };
	struct cn_pubkey *key;
	struct cn_buf pem;

	(void)state;
	assert_int_equal(
	    cn_pubkey_pem(CN_SLICE(SAMPLE_EXPLICIT_PUBLIC), &key, &err), CN_OK);
	cn_buf_init(&pem, 4096);
	assert_int_equal(cn_pubkey_write(key, &pem, NULL), CN_OK);
	assert_int_equal(pem.len, sizeof(SAMPLE_PUBLIC) - 1);
	cn_buf_free(&pem);
	cn_pubkey_free(key);
}

static void
is_private(const char *pem, char *ask, enum cn_code want, const char *words)
{
	struct cn_error err = { 0 };
	struct cn_key *key;
	enum cn_code code;

	code = cn_key_pem(
	    cn_slice_str(pem), ask != NULL ? phrase : NULL, ask, &key, &err);
	if (code != want)
		fail_msg("%s: %s", cn_code_name(err.code), err.text);
	if (words != NULL && strstr(err.text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text, words);
	assert_true((key != NULL) == (want == CN_OK));
	cn_key_free(key);
}

static void
private_keys(void **state)
{
	(void)state;
	is_private(SAMPLE_PRIVATE, NULL, CN_OK, NULL);
	is_private(SAMPLE_ED25519, NULL, CN_OK, NULL);
	is_private(SAMPLE_PBKDF2, right, CN_OK, NULL);
	is_private(SAMPLE_SCRYPT, right, CN_OK, NULL);
	is_private(SAMPLE_PBKDF2, wrong, CN_PASSPHRASE, "does not fit");
	is_private(SAMPLE_SCRYPT, wrong, CN_PASSPHRASE, "does not fit");
	is_private(SAMPLE_PBKDF2, empty, CN_PASSPHRASE, "empty");
	is_private(SAMPLE_PBKDF2, NULL, CN_PASSPHRASE, "no pass phrase");
	is_private(SAMPLE_OLD_SCHEME, right, CN_BAD_KEY, "PBES2");
	is_private(SAMPLE_TOO_COSTLY, right, CN_BAD_KEY, "more work");
	is_private(SAMPLE_SEC1, NULL, CN_BAD_KEY, "SEC 1");
	is_private(SAMPLE_SEC1_ENCRYPTED, right, CN_BAD_KEY, "old way");
	is_private(SAMPLE_CERTIFICATE, NULL, CN_BAD_KEY, "a certificate");
	is_private(SAMPLE_PUBLIC, NULL, CN_BAD_KEY, "a public key");
	is_private(SAMPLE_RSA, NULL, CN_BAD_KEY, "RSA");
	is_private(SAMPLE_P384, NULL, CN_BAD_KEY, "P-384");
	is_private(SAMPLE_X25519, NULL, CN_BAD_KEY, "X25519");
	is_private(SAMPLE_MISMATCH, NULL, CN_BAD_KEY, "belong together");
	is_private("", NULL, CN_BAD_KEY, "empty");
}

static void
phrase_fails(void **state)
{
	struct cn_error err = { 0 };
	struct cn_key *key;

	(void)state;
	assert_int_equal(
	    cn_key_pem(CN_SLICE(SAMPLE_PBKDF2), no_phrase, NULL, &key, &err),
	    CN_FILE);
	assert_null(key);
}

/* Wrong phrases give one and the same answer, also where the padding of the
 * garbage happens to be right (one time in 256). */
static void
many_wrong_phrases(void **state)
{
	char guess[16];
	int i;

	(void)state;
	for (i = 0; i < 600; i++) {
		snprintf(guess, sizeof(guess), "guess %d", i);
		is_private(SAMPLE_PBKDF2, guess, CN_PASSPHRASE, "does not fit");
	}
}

static void
written_and_read(enum cn_curve curve, char *ask)
{
	struct cn_key *key = generate(curve), *again;
	uint8_t a[32], b[32];
	struct cn_buf pem;

	cn_buf_init_secret(&pem, 4096);
	assert_int_equal(
	    cn_key_write(key, ask != NULL ? phrase : NULL, ask, &pem, NULL),
	    CN_OK);
	assert_true(cn_slice_starts(cn_buf_slice(&pem),
	    ask != NULL ? "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
			: "-----BEGIN PRIVATE KEY-----\n"));
	assert_int_equal(cn_key_pem(cn_buf_slice(&pem),
			     ask != NULL ? phrase : NULL, ask, &again, NULL),
	    CN_OK);
	cn_pubkey_thumbprint(cn_key_public(key), a);
	cn_pubkey_thumbprint(cn_key_public(again), b);
	assert_memory_equal(a, b, 32);
	cn_key_free(again);
	if (ask != NULL)
		assert_int_equal(
		    cn_key_pem(cn_buf_slice(&pem), phrase, wrong, &again, NULL),
		    CN_PASSPHRASE);
	cn_buf_free(&pem);

	cn_buf_init(&pem, 4096);
	assert_int_equal(
	    cn_pubkey_write(cn_key_public(key), &pem, NULL), CN_OK);
	cn_buf_byte(&pem, 0);
	is_public((const char *)pem.ptr, CN_OK, NULL);
	cn_buf_free(&pem);
	cn_key_free(key);
}

static void
round_trip(void **state)
{
	struct cn_key *key = generate(CN_P256);
	struct cn_error err = { 0 };
	struct cn_buf pem;

	(void)state;
	written_and_read(CN_P256, NULL);
	written_and_read(CN_ED25519, NULL);
	written_and_read(CN_P256, right);
	written_and_read(CN_ED25519, right);

	cn_buf_init_secret(&pem, 4096);
	assert_int_equal(
	    cn_key_write(key, phrase, empty, &pem, &err), CN_PASSPHRASE);
	cn_buf_free(&pem);
	cn_buf_init_secret(&pem, 20);
	assert_int_equal(
	    cn_key_write(key, NULL, NULL, &pem, &err), CN_TOO_LARGE);
	cn_buf_free(&pem);
	cn_key_free(key);
}

static enum cn_code
verify(const struct cn_key *key, int64_t alg, const char *text,
    const uint8_t *signature, size_t len)
{
	return cn_pubkey_verify(cn_key_public(key), alg, cn_slice_str(text),
	    NULL, cn_slice_of(signature, len), NULL);
}

static void
sign_and_verify(enum cn_curve curve, int alg)
{
	struct cn_key *key = generate(curve), *other = generate(curve);
	uint8_t signature[CN_SIGNATURE + 1] = { 0 };
	struct cn_signer signer;
	unsigned i, bit;

	assert_int_equal(cn_signer_key(key, alg, &signer, NULL), CN_OK);
	for (i = 0; i < 20; i++) {
		assert_int_equal(
		    signer.sign(signer.ctx, CN_SLICE("text"), signature, NULL),
		    CN_OK);
		assert_int_equal(
		    verify(key, signer.alg, "text", signature, CN_SIGNATURE),
		    CN_OK);
	}
	assert_int_equal(
	    verify(key, signer.alg, "other", signature, 64), CN_BAD_SIGNATURE);
	assert_int_equal(
	    verify(other, signer.alg, "text", signature, 64), CN_BAD_SIGNATURE);
	assert_int_equal(
	    verify(key, signer.alg, "text", signature, 63), CN_BAD_SIGNATURE);
	assert_int_equal(
	    verify(key, signer.alg, "text", signature, 65), CN_BAD_SIGNATURE);
	assert_int_equal(
	    verify(key, signer.alg, "text", NULL, 0), CN_BAD_SIGNATURE);
	assert_int_equal(
	    verify(key, -35, "text", signature, 64), CN_UNSUPPORTED);
	assert_int_equal(
	    verify(key, curve == CN_P256 ? CN_ALG_ED25519 : CN_ALG_ES256,
		"text", signature, 64),
	    CN_BAD_SIGNATURE);
	for (bit = 0; bit < 8 * CN_SIGNATURE; bit++) {
		signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(verify(key, signer.alg, "text", signature, 64),
		    CN_BAD_SIGNATURE);
		signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	cn_key_free(key);
	cn_key_free(other);
}

static void
signatures(void **state)
{
	(void)state;
	sign_and_verify(CN_P256, 0);
	sign_and_verify(CN_P256, CN_ALG_ES256);
	sign_and_verify(CN_ED25519, 0);
}

/* One key serves many threads: each verification copies what it needs. */
struct shared {
	struct cn_signer *signer;
	atomic_uint faults;
	uint8_t signature[CN_SIGNATURE];
};

static void *
verify_often(void *arg)
{
	struct shared *shared = arg;
	uint8_t bad[CN_SIGNATURE];
	int i;

	memcpy(bad, shared->signature, sizeof(bad));
	bad[CN_SIGNATURE - 1] ^= 1;
	for (i = 0; i < 100; i++) {
		shared->faults +=
		    cn_pubkey_verify(shared->signer->key, shared->signer->alg,
			CN_SLICE("text"), NULL,
			cn_slice_of(shared->signature, CN_SIGNATURE),
			NULL) != CN_OK;
		shared->faults += cn_pubkey_verify(shared->signer->key,
				      shared->signer->alg, CN_SLICE("text"),
				      NULL, cn_slice_of(bad, CN_SIGNATURE),
				      NULL) != CN_BAD_SIGNATURE;
	}
	return NULL;
}

static void
threads(void **state)
{
	struct cn_signer signer;
	struct shared shared = { .signer = &signer };
	pthread_t thread[4];
	int curve, i;

	(void)state;
	for (curve = 0; curve < 2; curve++) {
		struct cn_key *key = generate((enum cn_curve)curve);

		assert_int_equal(cn_signer_key(key, 0, &signer, NULL), CN_OK);
		assert_int_equal(signer.sign(signer.ctx, CN_SLICE("text"),
				     shared.signature, NULL),
		    CN_OK);
		for (i = 0; i < 4; i++)
			assert_int_equal(pthread_create(&thread[i], NULL,
					     verify_often, &shared),
			    0);
		for (i = 0; i < 4; i++)
			assert_int_equal(pthread_join(thread[i], NULL), 0);
		assert_int_equal(shared.faults, 0);
		cn_key_free(key);
	}
}

/* r or s of 0, n, or above; the digest given in place of the text. */
static void
ecdsa_edges(void **state)
{
	static const char n[] =
	    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
	struct cn_key *key = generate(CN_P256);
	uint8_t sig[CN_SIGNATURE], bad[CN_SIGNATURE], digest[CN_DIGEST];
	struct cn_signer signer;
	int half;

	(void)state;
	assert_int_equal(cn_signer_key(key, 0, &signer, NULL), CN_OK);
	assert_int_equal(
	    signer.sign(signer.ctx, CN_SLICE("text"), sig, NULL), CN_OK);
	for (half = 0; half < 2; half++) {
		memcpy(bad, sig, sizeof(bad));
		memset(bad + 32 * half, 0, 32);
		assert_int_equal(
		    verify(key, -9, "text", bad, 64), CN_BAD_SIGNATURE);
		assert_true(cn_unhex(cn_slice_str(n), bad + 32 * half, 32));
		assert_int_equal(
		    verify(key, -9, "text", bad, 64), CN_BAD_SIGNATURE);
		memset(bad + 32 * half, 0xff, 32);
		assert_int_equal(
		    verify(key, -9, "text", bad, 64), CN_BAD_SIGNATURE);
	}
	assert_int_equal(cn_sha256(CN_SLICE("text"), digest, NULL), CN_OK);
	assert_int_equal(cn_pubkey_verify(cn_key_public(key), -9, CN_SLICE_NONE,
			     digest, cn_slice_of(sig, 64), NULL),
	    CN_OK);
	digest[0] ^= 1;
	assert_int_equal(
	    cn_pubkey_verify(cn_key_public(key), -9, CN_SLICE("text"), digest,
		cn_slice_of(sig, 64), NULL),
	    CN_BAD_SIGNATURE);
	cn_key_free(key);
}

static void
wrong_algorithms(void **state)
{
	struct cn_key *ec = generate(CN_P256), *ed = generate(CN_ED25519);
	struct cn_signer signer;

	(void)state;
	assert_int_equal(
	    cn_signer_key(ec, CN_ALG_ED25519, &signer, NULL), CN_USAGE);
	assert_int_equal(
	    cn_signer_key(ed, CN_ALG_ESP256, &signer, NULL), CN_USAGE);
	assert_int_equal(
	    cn_signer_key(ed, CN_ALG_EDDSA, &signer, NULL), CN_USAGE);
	assert_int_equal(cn_signer_key(ec, -35, &signer, NULL), CN_USAGE);
	assert_null(signer.sign);
	cn_key_free(ec);
	cn_key_free(ed);
}

static void
hashes(void **state)
{
	uint8_t want[32], got[32], more[32];
	struct cn_hash *hash;
	int i;

	(void)state;
	/* FIPS 180-4, the example of one block */
	assert_true(cn_unhex(CN_SLICE("ba7816bf8f01cfea414140de5dae2223"
				      "b00361a396177a9cb410ff61f20015ad"),
	    want, 32));
	assert_int_equal(cn_sha256(CN_SLICE("abc"), got, NULL), CN_OK);
	assert_memory_equal(got, want, 32);
	assert_int_equal(cn_sha256(CN_SLICE_NONE, got, NULL), CN_OK);
	assert_int_equal(cn_hash_new(CN_HASH_SHA256, &hash, NULL), CN_OK);
	for (i = 0; i < 2; i++) { /* a digest can be begun again */
		cn_hash_update(hash, CN_SLICE("a"));
		cn_hash_update(hash, CN_SLICE_NONE);
		cn_hash_update(hash, CN_SLICE("bc"));
		assert_int_equal(cn_hash_final(hash, got, NULL), CN_OK);
		assert_memory_equal(got, want, 32);
	}
	cn_hash_free(hash);
	cn_hash_free(NULL);
	assert_int_equal(cn_random(got, 32, NULL), CN_OK);
	assert_int_equal(cn_random(more, 32, NULL), CN_OK);
	assert_memory_not_equal(got, more, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(algorithms),
		cmocka_unit_test(thumbprints),
		cmocka_unit_test(public_keys),
		cmocka_unit_test(explicit_parameters),
		cmocka_unit_test(private_keys),
		cmocka_unit_test(phrase_fails),
		cmocka_unit_test(many_wrong_phrases),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(signatures),
		cmocka_unit_test(threads),
		cmocka_unit_test(ecdsa_edges),
		cmocka_unit_test(wrong_algorithms),
		cmocka_unit_test(hashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
