/* seal/: a key is made, written, read again, signs, and what it signed is
 * verified. */
#include "fault.h"
#include "scenarios.h"

#include <carnet/file.h>
#include <carnet/key.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct what {
	enum cn_curve curve;
	bool encrypted;
};

static enum cn_code
phrase(void *ctx, struct cn_buf *buf, struct cn_error *err)
{
	(void)ctx;
	cn_buf_str(buf, "correct horse");
	return cn_buf_code(buf, err);
}

static enum cn_code
sign_and_verify(struct cn_key *key, struct cn_error *err)
{
	uint8_t signature[CN_SIGNATURE];
	struct cn_signer signer;
	enum cn_code code = cn_signer_key(key, 0, &signer, err);

	if (code == CN_OK)
		code = signer.sign(
		    signer.ctx, CN_SLICE("to be signed"), signature, err);
	if (code == CN_OK)
		code = cn_pubkey_verify(cn_key_public(key), signer.alg,
		    CN_SLICE("to be signed"), NULL,
		    cn_slice_of(signature, sizeof(signature)), err);
	return code;
}

static enum cn_code
public_round(const struct cn_key *key, struct cn_error *err)
{
	struct cn_pubkey *again = NULL;
	struct cn_buf pem;
	enum cn_code code;

	cn_buf_init(&pem, CN_MAX_KEY_FILE);
	code = cn_pubkey_write(cn_key_public(key), &pem, err);
	if (code == CN_OK)
		code = cn_pubkey_pem(cn_buf_slice(&pem), &again, err);
	if (code != CN_OK)
		assert_null(again);
	cn_pubkey_free(again);
	cn_buf_free(&pem);
	return code;
}

static enum cn_code
key_round(void *ctx, struct cn_error *err)
{
	const struct what *what = ctx;
	cn_passphrase ask = what->encrypted ? phrase : NULL;
	struct cn_key *key = NULL, *again = NULL;
	struct cn_buf pem;
	enum cn_code code;

	cn_buf_init_secret(&pem, CN_MAX_KEY_FILE);
	/* An encrypted key takes its time, by design: only what is about the
	 * encryption fails there. */
	if (what->encrypted)
		fault_pause();
	code = cn_key_generate(what->curve, &key, err);
	if (what->encrypted)
		fault_resume();
	if (code != CN_OK) {
		assert_null(key);
		goto out;
	}
	code = cn_key_write(key, ask, NULL, &pem, err);
	if (code == CN_OK)
		code = cn_key_pem(cn_buf_slice(&pem), ask, NULL, &again, err);
	if (code != CN_OK)
		assert_null(again);
	if (code == CN_OK && !what->encrypted)
		code = public_round(again, err);
	if (code == CN_OK && !what->encrypted)
		code = sign_and_verify(again, err);
out:
	cn_key_free(again);
	cn_key_free(key);
	cn_buf_free(&pem);
	return code;
}

void
faults_keys(void **state)
{
	struct what p256 = { CN_P256, false };
	struct what ed25519 = { CN_ED25519, false };

	(void)state;
	fault_run(&(struct fault_scenario){
	    .name = "a P-256 key", .run = key_round, .ctx = &p256 });
	fault_run(&(struct fault_scenario){
	    .name = "an Ed25519 key", .run = key_round, .ctx = &ed25519 });
}

void
faults_encrypted(void **state)
{
	struct what encrypted = { CN_P256, true };

	(void)state;
	fault_run(&(struct fault_scenario){ .name = "an encrypted key",
	    .run = key_round,
	    .ctx = &encrypted,
	    .slow = true });
}
