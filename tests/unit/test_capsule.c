/* Capsules: bound to one printed URL and one version. */
#include <carnet/symbol.h>

#include "seal_world.h"

struct made {
	struct cn_buf bytes;
	struct cn_capsule capsule;
};

static enum cn_code
make(struct world *world, struct cn_key *key, const char *url, cn_instant iat,
    struct made *out)
{
	struct cn_record *record = make_record(world, SUB, 1, NULL);
	struct cn_capsule_request request = { .record = record,
		.run = cn_get_record(record, CN_F_RUNS),
		.url = cn_slice_str(url),
		.iat = iat };
	struct cn_error err = { 0 };
	struct cn_signer signer;
	struct sealed s;
	enum cn_code code;

	seal_record(world->maker, record, MAKER, T_2026, &s);
	assert_int_equal(cn_signer_key(key, 0, &signer, NULL), CN_OK);
	request.passport = &s.passport;
	request.signer = &signer;
	cn_buf_init(&out->bytes, 4096);
	code = cn_capsule_seal(&request, &out->bytes, &err);
	sealed_free(&s);
	if (code == CN_OK)
		assert_int_equal(cn_capsule_parse(cn_buf_slice(&out->bytes),
				     &out->capsule, NULL),
		    CN_OK);
	else
		assert_int_equal(out->bytes.len, 0);
	return code;
}

static enum cn_code
verify(struct made *m, const char *url, struct cn_policy policy)
{
	return cn_capsule_verify(
	    &m->capsule, cn_slice_str(url), &policy, NULL, NULL);
}

static void
made_and_read(void **state)
{
	struct world *world = *state;
	const struct cn_trust_key *signer;
	struct cn_policy policy = policy_at(world->trust, T_2028);
	struct cn_error err = { 0 };
	struct made m;
	char month[8];

	assert_int_equal(make(world, world->line, URL, T_2026, &m), CN_OK);
	assert_true(m.bytes.len <= 161);
	assert_true(m.capsule.iat == T_2026);
	assert_int_equal(m.capsule.version, 1);
	cn_support_print(m.capsule.support_end, month);
	assert_string_equal(month, "2031-12");
	assert_int_equal(
	    m.capsule.cra_class, 1 + CN_CRA_CLASS_IMPORTANT_CLASS_I);
	assert_int_equal(m.capsule.ai_status, 1 + CN_AI_STATUS_NOT_AI_SYSTEM);
	assert_int_equal(m.capsule.procedure, 0);
	/* the line's key has ended, the label lives on */
	if (cn_capsule_verify(
		&m.capsule, CN_SLICE(URL), &policy, &signer, &err) != CN_OK)
		fail_msg("%s", err.text);
	assert_true(cn_slice_is(signer->issuer->iss, MAKER));
	cn_buf_free(&m.bytes);
}

static void
conclude(struct world *world, struct cn_record *verdict, const char *key,
    const char *value)
{
	struct cn_record *c = cn_add_record(
	    world->arena, verdict, CN_VERDICT_VERDICTS);

	assert_non_null(c);
	assert_true(
	    cn_add_text(world->arena, c, CN_CONCLUSION_KEY, cn_slice_str(key)));
	if (value != NULL)
		assert_true(cn_add_text(
		    world->arena, c, CN_CONCLUSION_VALUE, cn_slice_str(value)));
}

static void
told(struct world *world, const struct cn_record *record, unsigned class,
    unsigned status, unsigned procedure)
{
	struct cn_capsule_request request = { .record = record,
		.run = cn_get_record(record, CN_F_RUNS),
		.url = CN_SLICE(URL),
		.iat = T_2026 };
	struct cn_capsule capsule;
	struct cn_signer signer;
	struct sealed s;
	struct cn_buf out;

	seal_version(world, 1, NULL, T_2026, &s);
	assert_int_equal(cn_signer_key(world->line, 0, &signer, NULL), CN_OK);
	request.passport = &s.passport;
	request.signer = &signer;
	cn_buf_init(&out, 512);
	assert_int_equal(cn_capsule_seal(&request, &out, NULL), CN_OK);
	assert_int_equal(
	    cn_capsule_parse(cn_buf_slice(&out), &capsule, NULL), CN_OK);
	assert_int_equal(capsule.cra_class, class);
	assert_int_equal(capsule.ai_status, status);
	assert_int_equal(capsule.procedure, procedure);
	cn_buf_free(&out);
	sealed_free(&s);
}

/* What the maker states, unless there is a verdict, which may leave open. */
static void
class_and_status(void **state)
{
	struct world *world = *state;
	struct cn_record *record = make_record(world, SUB, 1, NULL), *r;

	told(world, record, 1 + CN_CRA_CLASS_IMPORTANT_CLASS_I,
	    1 + CN_AI_STATUS_NOT_AI_SYSTEM, 0);
	r = cn_add_record(world->arena, record, CN_F_AI_CLASSIFICATION);
	assert_non_null(r);
	told(world, record, 1 + CN_CRA_CLASS_IMPORTANT_CLASS_I, 0, 0);
	assert_true(cn_add_number(world->arena, r, CN_AI_CLASSIFICATION_STATUS,
	    CN_AI_STATUS_NOT_HIGH_RISK));
	told(world, record, 1 + CN_CRA_CLASS_IMPORTANT_CLASS_I,
	    1 + CN_AI_STATUS_NOT_HIGH_RISK, 0);
	r = cn_add_record(world->arena, record, CN_F_RULE_VERDICT);
	assert_non_null(r);
	conclude(world, r, "cra_class", "critical");
	conclude(world, r, "ai_status", "undetermined");
	told(world, record, 1 + CN_CRA_CLASS_CRITICAL, 0, 0);
	conclude(world, r, "cra_cybersecurity_procedure", "cra_art_32_4_b");
	told(world, record, 1 + CN_CRA_CLASS_CRITICAL, 0,
	    1 + CN_CRA_PROCEDURE_CRA_ART_32_4_B);
	cn_clear(record, CN_F_CRA_CLASS);
	cn_clear(record, CN_F_RULE_VERDICT);
	told(world, record, 0, 1 + CN_AI_STATUS_NOT_HIGH_RISK, 0);
}

/* No month, no capsule. */
static void
no_support_end(void **state)
{
	struct world *world = *state;
	struct cn_record *record = make_record(world, SUB, 1, NULL);
	struct cn_capsule_request request = {
		.record = record, .url = CN_SLICE(URL), .iat = T_2026
	};
	struct cn_signer signer;
	struct sealed s;
	struct cn_buf out;

	seal_version(world, 1, NULL, T_2026, &s);
	assert_int_equal(cn_signer_key(world->line, 0, &signer, NULL), CN_OK);
	request.passport = &s.passport;
	request.signer = &signer;
	cn_buf_init(&out, 512);
	assert_int_equal(cn_capsule_seal(&request, &out, NULL), CN_MALFORMED);
	request.run = cn_record_new(world->arena, &cn_table_run);
	assert_int_equal(cn_capsule_seal(&request, &out, NULL), CN_MALFORMED);
	assert_int_equal(out.len, 0);
	cn_buf_free(&out);
	sealed_free(&s);
}

static void
moved(void **state)
{
	static const char *const elsewhere[] = {
		"https://id.maker.example/01/09506000134352/21/SN-0002",
		"https://id.maker.example/01/09506000134369/21/SN-0001",
		"https://id.other.example/01/09506000134352/21/SN-0001",
		"http://id.maker.example/01/09506000134352/21/SN-0001",
		"https://id.maker.example/01/09506000134352",
		"https://id.maker.example/01/09506000134352?17=270101",
	};
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2026);
	struct made m;
	size_t i;

	assert_int_equal(make(world, world->line, URL, T_2026, &m), CN_OK);
	assert_int_equal(verify(&m, URL, policy), CN_OK);
	for (i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++)
		assert_int_equal(
		    verify(&m, elsewhere[i], policy), CN_BAD_SIGNATURE);
	assert_int_equal(verify(&m, URL "#", policy), CN_MALFORMED);
	assert_int_equal(verify(&m, "", policy), CN_MALFORMED);
	assert_int_equal(
	    verify(&m, "https://id.maker.example/01/09506000134353", policy),
	    CN_BAD_LINK);
	cn_buf_free(&m.bytes);
}

static void
who(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2026);
	struct cn_key *stranger = new_key(CN_P256);
	struct cn_trust *trust;
	struct made m;

	assert_int_equal(make(world, stranger, URL, T_2026, &m), CN_OK);
	assert_int_equal(verify(&m, URL, policy), CN_NOT_TRUSTED);
	cn_buf_free(&m.bytes);
	cn_key_free(stranger);
	/* the key that publishes does not print */
	assert_int_equal(make(world, world->maker, URL, T_2026, &m), CN_OK);
	assert_int_equal(verify(&m, URL, policy), CN_WRONG_USE);
	cn_buf_free(&m.bytes);
	assert_int_equal(make(world, world->line, URL, T_2026, &m), CN_OK);
	policy.now = T_2026 - 1;
	assert_int_equal(verify(&m, URL, policy), CN_FUTURE);
	policy.now = T_2028;
	trust = make_trust(world, "2027-01-01");
	policy.trust = trust;
	assert_int_equal(verify(&m, URL, policy), CN_REVOKED);
	policy.accepted = T_2026;
	assert_int_equal(verify(&m, URL, policy), CN_OK);
	cn_trust_free(trust);
	cn_buf_free(&m.bytes);
	/* the line's key ended with 2026 */
	policy = policy_at(world->trust, T_2028);
	assert_int_equal(make(world, world->line, URL, T_2027, &m), CN_OK);
	assert_int_equal(verify(&m, URL, policy), CN_KEY_PERIOD);
	cn_buf_free(&m.bytes);
}

/* A trust entry may name another kid than the thumbprint's; its issuer does
 * not speak for this maker's products. */
static void
other_kid(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2026);
	struct cn_record *record = make_record(world, SUB, 1, NULL);
	struct cn_capsule_request request = { .record = record,
		.run = cn_get_record(record, CN_F_RUNS),
		.url = CN_SLICE(URL),
		.iat = T_2026 };
	struct cn_signer signer;
	struct sealed s;
	struct made m;

	assert_int_equal(make(world, world->both, URL, T_2026, &m), CN_OK);
	assert_int_equal(verify(&m, URL, policy), CN_NOT_TRUSTED);
	cn_buf_reset(&m.bytes);
	seal_record(world->maker, record, MAKER, T_2026, &s);
	assert_int_equal(cn_signer_key(world->both, 0, &signer, NULL), CN_OK);
	signer.kid[0] = 1;
	signer.kid[1] = 2;
	signer.kid_len = 2;
	request.passport = &s.passport;
	request.signer = &signer;
	assert_int_equal(cn_capsule_seal(&request, &m.bytes, NULL), CN_OK);
	assert_int_equal(
	    cn_capsule_parse(cn_buf_slice(&m.bytes), &m.capsule, NULL), CN_OK);
	assert_int_equal(m.capsule.alg, CN_ALG_ED25519);
	assert_int_equal(verify(&m, URL, policy), CN_WRONG_SUBJECT);
	sealed_free(&s);
	cn_buf_free(&m.bytes);
}

static void
wrong_url(void **state)
{
	struct world *world = *state;
	struct made m;

	assert_int_equal(
	    make(world, world->line,
		"https://id.maker.example/01/09506000134369/21/SN-0001", T_2026,
		&m),
	    CN_WRONG_SUBJECT);
	cn_buf_free(&m.bytes);
	assert_int_equal(
	    make(world, world->line,
		"https://id.maker.example/01/09506000134353", T_2026, &m),
	    CN_BAD_LINK);
	cn_buf_free(&m.bytes);
}

/* ---- the form ------------------------------------------------------------------- */

static void
parses(const char *protected_, const char *unprotected, const char *payload,
    enum cn_code want)
{
	uint8_t space[3][256];
	const char *hex[3] = { protected_, unprotected, payload };
	struct cn_slice part[3];
	struct cn_capsule capsule;
	struct cn_error err = { 0 };
	struct cn_buf out;
	int i;

	for (i = 0; i < 3; i++) {
		part[i] = cn_slice_of(space[i], strlen(hex[i]) / 2);
		assert_true(
		    cn_unhex(cn_slice_str(hex[i]), space[i], part[i].len));
	}
	cn_buf_init(&out, 4096);
	cn_cbor_put_tag(&out, 18);
	cn_cbor_put_array(&out, 4);
	cn_cbor_put_bytes(&out, part[0]);
	cn_buf_put(&out, part[1]);
	cn_cbor_put_bytes(&out, part[2]);
	cn_cbor_put_bytes(&out,
	    CN_SLICE("0123456789012345678901234567890123456789012345678901"
		     "234567890123"));
	if (cn_capsule_parse(cn_buf_slice(&out), &capsule, &err) != want)
		fail_msg("%s %s %s: %s, not %s", protected_, unprotected,
		    payload, cn_code_name(err.code), cn_code_name(want));
	cn_buf_free(&out);
}

#define HEAD "a2012804480123456789abcdef"
#define DIG    \
	"5820" \
	"0101010101010101010101010101010101010101010101010101010101010101"
#define IAT_VERSION "a7011a6a3000000201"
#define REST "03" DIG "0419017f050206010700"
#define PAY IAT_VERSION REST

static void
form_of_headers(void **state)
{
	(void)state;
	parses(HEAD, "a0", PAY, CN_OK);
	parses("a20138180448"
	       "0123456789abcdef",
	    "a0", PAY, CN_UNSUPPORTED);
	parses("a201382204480123456789abcdef", "a0", PAY, CN_UNSUPPORTED);
	parses("a10128", "a0", PAY, CN_MALFORMED);
	parses("a104480123456789abcdef", "a0", PAY, CN_MALFORMED);
	parses("a3012803616104480123456789abcdef", "a0", PAY, CN_MALFORMED);
	parses("a3012802810404480123456789abcdef", "a0", PAY, CN_MALFORMED);
	parses("a201280440", "a0", PAY, CN_MALFORMED);
	parses(HEAD, "a10441aa", PAY, CN_MALFORMED);
}

static void
form_of_payload(void **state)
{
	(void)state;
	parses(HEAD, "a0", "", CN_MALFORMED);
	parses(HEAD, "a0", "a0", CN_MALFORMED);
	/* version 0; iat 0 or negative; a member more */
	parses(HEAD, "a0", "a7011a6a3000000200" REST, CN_MALFORMED);
	parses(HEAD, "a0", "a701000201" REST, CN_MALFORMED);
	parses(HEAD, "a0", "a701200201" REST, CN_MALFORMED);
	parses(HEAD, "a0", "a8011a6a3000000201" REST "0800", CN_MALFORMED);
	/* a digest too short; a month and a class beyond */
	parses(
	    HEAD, "a0", IAT_VERSION "0341010419017f050206010700", CN_MALFORMED);
	parses(HEAD, "a0", IAT_VERSION "03" DIG "041a00020000050206010700",
	    CN_MALFORMED);
	parses(HEAD, "a0", IAT_VERSION "03" DIG "0419017f0519010006010700",
	    CN_MALFORMED);
}

static void
months(void **state)
{
	uint32_t n;
	char text[8];

	(void)state;
	assert_true(cn_support_parse(CN_SLICE("2000-01"), &n) && n == 0);
	assert_true(cn_support_parse(CN_SLICE("2031-12"), &n) && n == 383);
	assert_true(cn_support_parse(CN_SLICE("9999-12"), &n));
	cn_support_print(n, text);
	assert_string_equal(text, "9999-12");
	assert_false(cn_support_parse(CN_SLICE("1999-12"), &n));
	assert_false(cn_support_parse(CN_SLICE("2031-13"), &n));
	assert_false(cn_support_parse(CN_SLICE("2031-12-31"), &n));
}

/* ---- tampering ---------------------------------------------------------------------- */

/* What a scanner does with a QR text. */
static enum cn_code
scan(struct cn_slice text, const struct cn_policy *policy)
{
	size_t hash = cn_slice_find(text, '#');
	struct cn_slice url = cn_slice_sub(text, 0, hash);
	struct cn_slice digits = cn_slice_sub(text, hash + 1, text.len);
	struct cn_capsule capsule;
	struct cn_buf bytes;
	enum cn_code code = CN_OK;

	cn_buf_init(&bytes, 512);
	if (hash == text.len)
		code = CN_MALFORMED; /* a bare link proves nothing */
	if (code == CN_OK)
		code = cn_base10_decode(digits, &bytes, NULL);
	if (code == CN_OK)
		code = cn_capsule_parse(cn_buf_slice(&bytes), &capsule, NULL);
	if (code == CN_OK)
		code = cn_capsule_verify(&capsule, url, policy, NULL, NULL);
	cn_buf_free(&bytes);
	return code;
}

static void
every_bit(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2026);
	struct cn_capsule capsule;
	struct cn_buf text;
	struct made m;
	size_t bit;

	assert_int_equal(make(world, world->line, URL, T_2026, &m), CN_OK);
	cn_buf_init(&text, 4096);
	cn_buf_str(&text, URL "#");
	assert_int_equal(
	    cn_base10_encode(cn_buf_slice(&m.bytes), &text, NULL), CN_OK);
	assert_int_equal(scan(cn_buf_slice(&text), &policy), CN_OK);
	for (bit = 0; bit < 8 * text.len; bit++) {
		text.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (scan(cn_buf_slice(&text), &policy) == CN_OK)
			fail_msg("bit %zu of the text", bit);
		text.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (bit = 0; bit < 8 * m.bytes.len; bit++) {
		m.bytes.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (cn_capsule_parse(cn_buf_slice(&m.bytes), &capsule, NULL) ==
			CN_OK &&
		    cn_capsule_verify(
			&capsule, CN_SLICE(URL), &policy, NULL, NULL) == CN_OK)
			fail_msg("bit %zu of the capsule", bit);
		m.bytes.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	cn_buf_free(&text);
	cn_buf_free(&m.bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_and_read),
		cmocka_unit_test(class_and_status),
		cmocka_unit_test(no_support_end),
		cmocka_unit_test(moved),
		cmocka_unit_test(who),
		cmocka_unit_test(other_kid),
		cmocka_unit_test(wrong_url),
		cmocka_unit_test(form_of_headers),
		cmocka_unit_test(form_of_payload),
		cmocka_unit_test(months),
		cmocka_unit_test(every_bit),
	};

	return cmocka_run_group_tests(tests, world_begin, world_end);
}
