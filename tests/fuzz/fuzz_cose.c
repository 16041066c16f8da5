/*
 * Passports from strangers, judged by one trust list.
 *
 * What is parsed opens, encodes again to the signed bytes, and keeps its
 * digest when its sections are dropped. What is verified is one of the
 * versions that the makers of the list really signed: their private keys were
 * thrown away.
 */
#include "fuzz.h"

#include <carnet/passport.h>

#include <string.h>

#define ENTRY(pem, use)                               \
	"{\"pem\":\"" pem "\",\"use\":[\"" use "\"]," \
	"\"from\":\"2026-01-01\",\"until\":\"2029-01-01\"}"
#define MAKER_PEM                                                             \
	"-----BEGIN PUBLIC KEY-----\\n"                                       \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEK7xO6UzwoNUQsn6q0a86L6qGVg96\\n" \
	"lnAPPMLrXHSFpSjX1t87hD+AuX2/qn+vHY6b/Jc7V3bLMoMNwmm3zV95MA==\\n"     \
	"-----END PUBLIC KEY-----\\n"
#define OTHER_PEM                                                         \
	"-----BEGIN PUBLIC KEY-----\\n"                                   \
	"MCowBQYDK2VwAyEAcRjGD844FJ1n2/fNIGa1QO9wFgn537NzbTvlcWlf0xA=\\n" \
	"-----END PUBLIC KEY-----\\n"

static const char trust_text[] =
    "{\"issuers\":["
    "{\"iss\":\"https://maker.example\",\"name\":\"Maker\","
    "\"subjects\":[\"https://id.gs1.org/01/09506000\"],"
    "\"keys\":[" ENTRY(MAKER_PEM,
	"passport") "]},"
		    "{\"iss\":\"https://other.example\",\"name\":\"Other\","
		    "\"subjects\":[\"https://id.gs1.org/01/0950611\"],"
		    "\"keys\":[" ENTRY(OTHER_PEM, "passport") "]}]}";

/* Digests of what was signed. */
static const char *const genuine[] = {
	"8aeb1b399fafa477343b28c22e876f971f8b49fa329462e36595487776048d00",
	"77916827602c033e486bc8f5a9837979389dad9b2138a330a2dcf3fb0923e270",
	"626ae64b363af0948b9e92fefc0156d97c9ca3a63f8633a16ea90935e37014d0",
};

static void
digest_holds(const struct cn_passport *passport)
{
	uint8_t digest[CN_DIGEST];
	struct cn_buf tbs;

	cn_buf_init(&tbs, 4u << 20);
	cn_sig_structure(
	    passport->protected_, CN_SLICE_NONE, passport->payload, &tbs);
	FUZZ_HOLDS(cn_sha256(cn_buf_slice(&tbs), digest, NULL) == CN_OK);
	FUZZ_HOLDS(memcmp(digest, passport->digest, CN_DIGEST) == 0);
	cn_buf_free(&tbs);
}

/* Dropping all sections keeps the digest. */
static void
redacts(const struct cn_passport *passport)
{
	struct cn_passport bare;
	struct cn_buf out;

	cn_buf_init(&out, 2u << 20);
	FUZZ_HOLDS(
	    cn_passport_redact(passport, CN_TIERS_PUBLIC, &out, NULL) == CN_OK);
	FUZZ_HOLDS(cn_passport_parse(cn_buf_slice(&out), &bare, NULL) == CN_OK);
	FUZZ_HOLDS(bare.held_count == 0);
	FUZZ_HOLDS(memcmp(bare.digest, passport->digest, CN_DIGEST) == 0);
	cn_buf_free(&out);
}

/* What opens encodes to the bytes that were signed. */
static void
opens(const struct cn_passport *passport)
{
	struct cn_arena *arena = cn_arena_new(32u << 20);
	struct cn_record *record;
	struct cn_buf out;

	if (arena == NULL)
		return;
	cn_buf_init(&out, 2u << 20);
	if (cn_passport_open(passport, CN_TIERS_ALL, arena, &record, NULL) ==
	    CN_OK) {
		FUZZ_HOLDS(
		    cn_payload_encode(record, CN_PUBLIC, &out, NULL) == CN_OK);
		FUZZ_HOLDS(cn_slice_eq(cn_buf_slice(&out), passport->payload));
	}
	for (size_t i = 0; i < passport->held_count; i++) {
		const struct cn_disclosure *held = &passport->held[i];
		struct cn_record *one = cn_record_new(
		    arena, &cn_table_passport);

		if (one == NULL || cn_payload_decode(held->fields, held->tier,
				       arena, one, NULL) != CN_OK)
			continue;
		cn_buf_reset(&out);
		FUZZ_HOLDS(
		    cn_payload_encode(one, held->tier, &out, NULL) == CN_OK);
		FUZZ_HOLDS(cn_slice_eq(cn_buf_slice(&out), held->fields));
	}
	cn_buf_free(&out);
	cn_arena_free(arena);
}

static void
judge(const struct cn_passport *passport)
{
	struct cn_trust *trust = NULL;
	struct cn_policy policy = { .now = 1900000000 };
	char digest[2 * CN_DIGEST + 1];
	size_t i, count = sizeof(genuine) / sizeof(genuine[0]);

	if (cn_trust_parse(cn_slice_str(trust_text), NULL, &trust, NULL) !=
	    CN_OK)
		abort();
	policy.trust = trust;
	if (cn_passport_verify(passport, &policy, NULL, NULL) == CN_OK) {
		cn_hex(cn_slice_of(passport->digest, CN_DIGEST), digest);
		for (i = 0; i < count; i++)
			if (strcmp(digest, genuine[i]) == 0)
				break;
		FUZZ_HOLDS(i < count);
	}
	cn_trust_free(trust);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cn_passport passport;
	struct cn_error err = { 0 };

	if (cn_passport_parse(cn_slice_of(data, size), &passport, &err) !=
	    CN_OK) {
		FUZZ_HOLDS(err.text[0] != '\0');
		return 0;
	}
	FUZZ_HOLDS(passport.version >= 1);
	FUZZ_HOLDS(passport.version == 1 || passport.has_supersedes);
	digest_holds(&passport);
	redacts(&passport);
	opens(&passport);
	judge(&passport);
	return 0;
}
