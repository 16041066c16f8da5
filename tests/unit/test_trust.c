/* The trust list: read strictly, asked simply. */
#include <sys/stat.h>
#include <unistd.h>

#include <carnet/file.h>

#include "key_samples.h"
#include "seal_world.h"

static struct cn_buf text;

/* The list with one key, in which one piece is replaced by another. */
static struct cn_slice
list(const char *from, const char *to)
{
	static const char whole[] =
	    "{\"issuers\":[{\"iss\":\"https://maker.example\",\"name\":\"M\","
	    "\"subjects\":[\"https://id.gs1.org/01/09506000\"],"
	    "\"keys\":[{\"pem\":\"pub.pem\",\"use\":[\"passport\"],"
	    "\"from\":\"2026-01-01\",\"until\":\"2029-01-01\"}]}]}";
	const char *at = from != NULL ? strstr(whole, from) : NULL;

	cn_buf_reset(&text);
	if (from == NULL) {
		cn_buf_str(&text, whole);
	} else {
		assert_non_null(at);
		cn_buf_put(&text, cn_slice_of(whole, (size_t)(at - whole)));
		cn_buf_str(&text, to);
		cn_buf_str(&text, at + strlen(from));
	}
	assert_int_equal(cn_buf_code(&text, NULL), CN_OK);
	return cn_buf_slice(&text);
}

static void
refused(const char *from, const char *to, enum cn_code want, const char *words)
{
	struct cn_error err = { 0 };
	struct cn_trust *trust;

	if (cn_trust_parse(list(from, to), "trust-keys", &trust, &err) != want)
		fail_msg("%s → %s: %s, %s", from, to, cn_code_name(err.code),
		    err.text);
	if (want == CN_OK) {
		cn_trust_free(trust);
		return;
	}
	assert_null(trust);
	if (strstr(err.text, words) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text, words);
	if (strstr(err.place, "line 1, column ") == NULL)
		fail_msg("no place in \"%s\"", err.place);
}

static void
strict(void **state)
{
	(void)state;
	refused(NULL, NULL, CN_OK, NULL);
	refused("\"name\":\"M\",", "", CN_OK, NULL);
	refused("\"issuers\":[", "\"issuer\":[", CN_MALFORMED, "issuers");
	refused("\"name\"", "\"nome\"", CN_MALFORMED, "unknown member");
	refused("\"until\"", "\"untill\"", CN_MALFORMED, "\"until\" is meant");
	refused("\"name\":\"M\"", "\"name\":1", CN_MALFORMED, "text");
	refused("\"https://maker.example\"", "\"http://maker.example\"",
	    CN_MALFORMED, "https URL");
	refused("\"https://maker.example\"", "\"https://\"", CN_MALFORMED,
	    "https URL");
	refused("\"https://maker.example\"", "7", CN_MALFORMED, "text");
	refused("\"use\":[\"passport\"],", "", CN_MALFORMED, "missing");
	refused("[\"passport\"]", "[]", CN_MALFORMED, "empty");
	refused(
	    "[\"passport\"]", "[\"passports\"]", CN_MALFORMED, "\"capsule\"");
	refused("[\"passport\"]", "[\"capsule\",\"capsule\"]", CN_MALFORMED,
	    "once");
	refused("[\"passport\"]", "[\"capsule\",\"passport\"]", CN_OK, NULL);
	refused("[\"passport\"]", "\"passport\"", CN_MALFORMED, "list");
	refused("\"2026-01-01\"", "\"2026-02-30\"", CN_MALFORMED, "date");
	refused("\"2026-01-01\"", "\"2026-01-01T00:00:00Z\"", CN_OK, NULL);
	refused(
	    "\"2026-01-01\"", "\"2026-01-01T00:00:01Z\"", CN_MALFORMED, "date");
	refused("\"2029-01-01\"", "\"2026-01-01\"", CN_MALFORMED, "ends");
	refused("\"2029-01-01\"", "\"2029-01-01\",\"revoked\":true",
	    CN_MALFORMED, "object");
	refused("\"2029-01-01\"", "\"2029-01-01\",\"revoked\":{}", CN_MALFORMED,
	    "\"at\" is missing");
	refused("\"2029-01-01\"",
	    "\"2029-01-01\",\"revoked\":{\"at\":\"soon\"}", CN_MALFORMED,
	    "instant");
	refused("\"2029-01-01\"",
	    "\"2029-01-01\",\"revoked\":{\"at\":\"2027-01-01T10:00:00Z\"}",
	    CN_OK, NULL);
	refused("\"2029-01-01\"",
	    "\"2029-01-01\",\"revoked\":{\"at\":\"2027-01-01\","
	    "\"reason\":3}",
	    CN_MALFORMED, "text");
	refused(
	    "\"2029-01-01\"", "\"2029-01-01\",\"kid\":\"00ff\"", CN_OK, NULL);
	refused("\"2029-01-01\"", "\"2029-01-01\",\"kid\":\"0\"", CN_MALFORMED,
	    "hexadecimal");
	refused("\"2029-01-01\"", "\"2029-01-01\",\"kid\":\"\"", CN_MALFORMED,
	    "hexadecimal");
	refused("\"2029-01-01\"", "\"2029-01-01\",\"kid\":\"xy\"", CN_MALFORMED,
	    "hexadecimal");
	refused("\"subjects\":[\"https://id.gs1.org/01/09506000\"]",
	    "\"subjects\":[]", CN_MALFORMED, "empty");
}

static void
prefixes(void **state)
{
	static const char *const bad[] = { "\"https://id.gs1.org\"",
		"\"https://id.gs1.or\"", "\"http://id.gs1.org/\"",
		"\"https:///01/\"", "\"https://id.GS1.org/01/\"",
		"\"https://a@id.gs1.org/\"", "\"https://id.gs1.org?/\"",
		"\"https://id.gs1.org/ 01\"", "\"\"", "1" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		refused("\"https://id.gs1.org/01/09506000\"", bad[i],
		    CN_MALFORMED, "slash behind");
	refused("\"https://id.gs1.org/01/09506000\"", "\"https://id.gs1.org/\"",
	    CN_OK, NULL);
}

static void
key_files(void **state)
{
	(void)state;
	refused("\"pub.pem\"", "\"sub/pub.pem\"", CN_OK, NULL);
	refused("\"pub.pem\"", "\"../pub.pem\"", CN_MALFORMED, "beside");
	refused("\"pub.pem\"", "\"sub/../pub.pem\"", CN_MALFORMED, "beside");
	refused("\"pub.pem\"", "\"sub/..\"", CN_MALFORMED, "beside");
	refused("\"pub.pem\"", "\"/pub.pem\"", CN_MALFORMED, "beside");
	refused("\"pub.pem\"", "\"sub//pub.pem\"", CN_MALFORMED, "beside");
	refused("\"pub.pem\"", "\"\"", CN_MALFORMED, "beside");
	refused("\"pub.pem\"", "\"none.pem\"", CN_NOT_FOUND, "");
	refused("\"pub.pem\"", "\"sub\"", CN_FILE, "");
	refused("\"pub.pem\"", "\"cert.pem\"", CN_BAD_KEY, "a certificate");
	refused("\"pub.pem\"", "\"key.pem\"", CN_BAD_KEY, "a private key");
	refused("\"pub.pem\"", "\"p384.pem\"", CN_BAD_KEY, "P-384");
	/* one entry for a key: revoked there, revoked for good */
	refused("\"2029-01-01\"}",
	    "\"2029-01-01\"},{\"pem\":\"sub/pub.pem\",\"use\":[\"capsule\"],"
	    "\"from\":\"2026-01-01\",\"until\":\"2029-01-01\"}",
	    CN_MALFORMED, "before");
	refused("\"2029-01-01\"}]}",
	    "\"2029-01-01\"}]},{\"iss\":\"https://b.example\",\"subjects\":"
	    "[\"https://b.example/\"],\"keys\":[{\"pem\":\"pub.pem\",\"use\":"
	    "[\"capsule\"],\"from\":\"2026-01-01\",\"until\":\"2029-01-01\"}"
	    "]}",
	    CN_MALFORMED, "before");
	refused("\"2029-01-01\"}]}",
	    "\"2029-01-01\"}]},{\"iss\":\"https://maker.example\","
	    "\"subjects\":[\"https://b.example/\"],\"keys\":[{\"pem\":"
	    "\"ed.pem\",\"use\":[\"capsule\"],\"from\":\"2026-01-01\","
	    "\"until\":\"2029-01-01\"}]}",
	    CN_MALFORMED, "before");
}

static void
loaded(void **state)
{
	const struct cn_issuer *issuer;
	const struct cn_trust_key *key;
	struct cn_error err = { 0 };
	struct cn_trust *trust;
	uint8_t digest[CN_DIGEST], want[CN_DIGEST];

	(void)state;
	assert_int_equal(cn_file_write("trust-keys/trust.json",
			     list(NULL, NULL), 0644, NULL),
	    CN_OK);
	assert_int_equal(
	    cn_trust_load("trust-keys/trust.json", &trust, &err), CN_OK);
	issuer = cn_trust_issuers(trust);
	assert_true(cn_slice_is(issuer->iss, MAKER));
	assert_null(issuer->next);
	key = issuer->keys;
	assert_int_equal(key->use, CN_USE_PASSPORT);
	assert_true(key->from == 1767225600 && key->until == 1861920000);
	assert_ptr_equal(key->issuer, issuer);
	assert_ptr_equal(
	    cn_trust_find(trust, cn_slice_of(key->kid, key->kid_len), NULL),
	    key);
	assert_null(
	    cn_trust_find(trust, cn_slice_of(key->kid, key->kid_len), key));
	assert_null(cn_trust_find(trust, cn_slice_of(key->kid, 7), NULL));
	cn_trust_digest(trust, digest);
	assert_int_equal(cn_sha256(cn_buf_slice(&text), want, NULL), CN_OK);
	assert_memory_equal(digest, want, CN_DIGEST);

	assert_true(cn_issuer_covers(
	    issuer, CN_SLICE("https://id.gs1.org/01/09506000134352")));
	assert_true(cn_issuer_covers(
	    issuer, CN_SLICE("https://id.gs1.org/01/09506000")));
	assert_false(cn_issuer_covers(
	    issuer, CN_SLICE("https://id.gs1.org/01/0950600")));
	assert_false(cn_issuer_covers(
	    issuer, CN_SLICE("https://id.gs1.org/01/09506001134352")));
	assert_false(cn_issuer_covers(issuer, CN_SLICE_NONE));
	cn_trust_free(trust);

	assert_int_equal(
	    cn_trust_load("trust-keys/none.json", &trust, &err), CN_NOT_FOUND);
	assert_int_equal(cn_trust_load("trust-keys", &trust, &err), CN_FILE);
	assert_int_equal(cn_file_write("trust-keys/trust.json",
			     CN_SLICE("{\"issuers\":\n  3}"), 0644, NULL),
	    CN_OK);
	cn_error_clear(&err);
	assert_int_equal(
	    cn_trust_load("trust-keys/trust.json", &trust, &err), CN_MALFORMED);
	assert_string_equal(
	    err.place, "trust-keys/trust.json: line 2, column 3, /issuers");
}

/* Two keys may share a kid: each is found. */
static void
shared_kid(void **state)
{
	const struct cn_trust_key *key;
	struct cn_trust *trust;
	const uint8_t kid[] = { 0xaa };
	struct cn_slice json = list("\"2029-01-01\"}",
	    "\"2029-01-01\",\"kid\":\"aa\"},{\"pem\":\"ed.pem\",\"use\":"
	    "[\"capsule\"],\"kid\":\"AA\",\"from\":\"2026-01-01\","
	    "\"until\":\"2029-01-01\"}");

	(void)state;
	assert_int_equal(
	    cn_trust_parse(json, "trust-keys", &trust, NULL), CN_OK);
	key = cn_trust_find(trust, cn_slice_of(kid, 1), NULL);
	assert_int_equal(cn_pubkey_curve(key->key), CN_P256);
	key = cn_trust_find(trust, cn_slice_of(kid, 1), key);
	assert_int_equal(cn_pubkey_curve(key->key), CN_ED25519);
	assert_null(cn_trust_find(trust, cn_slice_of(kid, 1), key));
	cn_trust_free(trust);
}

/* Inline keys need no directory, files do. */
static void
no_directory(void **state)
{
	struct cn_trust *trust;

	(void)state;
	assert_int_equal(
	    cn_trust_parse(list(NULL, NULL), NULL, &trust, NULL), CN_MALFORMED);
	assert_null(trust);
}

static int
begin(void **state)
{
	static const struct {
		const char *name, *text;
	} files[] = { { "trust-keys/pub.pem", SAMPLE_PUBLIC },
		{ "trust-keys/sub/pub.pem", SAMPLE_PUBLIC },
		{ "trust-keys/ed.pem", SAMPLE_ED25519_PUBLIC },
		{ "trust-keys/cert.pem", SAMPLE_CERTIFICATE },
		{ "trust-keys/key.pem", SAMPLE_PRIVATE },
		{ "trust-keys/p384.pem", SAMPLE_P384_PUBLIC } };
	size_t i;

	(void)state;
	cn_buf_init(&text, 1 << 16);
	if (cn_dir_make("trust-keys", 0755, NULL) != CN_OK ||
	    cn_dir_make("trust-keys/sub", 0755, NULL) != CN_OK)
		return -1;
	for (i = 0; i < sizeof(files) / sizeof(*files); i++)
		if (cn_file_write(files[i].name, cn_slice_str(files[i].text),
			0644, NULL) != CN_OK)
			return -1;
	return 0;
}

static int
end(void **state)
{
	(void)state;
	cn_buf_free(&text);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strict),
		cmocka_unit_test(prefixes),
		cmocka_unit_test(key_files),
		cmocka_unit_test(loaded),
		cmocka_unit_test(shared_kid),
		cmocka_unit_test(no_directory),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
