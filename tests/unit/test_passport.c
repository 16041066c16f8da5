/* Passports: made, read, judged, redacted, joined. */
#include "seal_world.h"

static void
expect(enum cn_code got, enum cn_code want, const struct cn_error *err)
{
	if (got != want)
		fail_msg("%s, not %s (%s: %s)", cn_code_name(got),
		    cn_code_name(want), err->place, err->text);
}

/* ---- made and read -------------------------------------------------------------- */

static void
sealed_and_read(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2026);
	const struct cn_trust_key *signer;
	struct cn_record *record;
	struct cn_error err = { 0 };
	struct sealed s;

	seal_version(world, 1, NULL, T_2026, &s);
	assert_true(cn_slice_is(s.passport.sub, SUB));
	assert_true(cn_slice_is(s.passport.iss, MAKER));
	assert_true(s.passport.iat == T_2026);
	assert_int_equal(s.passport.version, 1);
	assert_false(s.passport.has_supersedes);
	assert_int_equal(s.passport.alg, CN_ALG_ESP256);
	assert_int_equal(s.passport.seal_count, 2);
	assert_int_equal(s.passport.held_count, 2);
	assert_int_equal(s.passport.held[0].tier, CN_LEGITIMATE_INTEREST);
	expect(cn_passport_verify(&s.passport, &policy, &signer, &err), CN_OK,
	    &err);
	assert_true(cn_slice_is(signer->issuer->iss, MAKER));

	expect(cn_passport_open(
		   &s.passport, CN_TIERS_PUBLIC, world->arena, &record, &err),
	    CN_OK, &err);
	assert_true(
	    cn_slice_is(cn_get_text(record, CN_F_MODEL_TYPE), "Door 5"));
	assert_null(cn_get(record, CN_F_FACILITY_IDS));
	assert_null(cn_get(record, CN_F_RETENTION_UNTIL));
	assert_non_null(cn_get(record, CN_F_FIELD_ACCESS_POLICY));
	expect(cn_passport_open(
		   &s.passport, CN_TIERS_ALL, world->arena, &record, &err),
	    CN_OK, &err);
	assert_true(
	    cn_slice_is(cn_get_text(record, CN_F_FACILITY_IDS), "plant 1"));
	assert_true(cn_slice_is(
	    cn_get_text(record, CN_F_RETENTION_UNTIL), "2041-12-31"));
	sealed_free(&s);
}

/* The digest is over the Sig_structure, put together or in pieces. */
static void
digest_of_structure(void **state)
{
	struct world *world = *state;
	uint8_t digest[CN_DIGEST];
	struct cn_buf tbs;
	struct sealed s;

	seal_version(world, 1, NULL, T_2026, &s);
	cn_buf_init(&tbs, 1 << 20);
	cn_sig_structure(
	    s.passport.protected_, CN_SLICE_NONE, s.passport.payload, &tbs);
	assert_int_equal(cn_sha256(cn_buf_slice(&tbs), digest, NULL), CN_OK);
	assert_memory_equal(digest, s.passport.digest, CN_DIGEST);
	cn_buf_free(&tbs);
	sealed_free(&s);
}

/* Nothing but public fields: no field 92, no sd_alg, no sd_claims. */
static void
without_sections(void **state)
{
	struct world *world = *state;
	struct cn_record *record = make_record(world, SUB, 1, NULL);
	struct sealed s;

	cn_clear(record, CN_F_FACILITY_IDS);
	cn_clear(record, CN_F_SUPPORT_PERIOD_RATIONALE);
	cn_clear(record, CN_F_RETENTION_UNTIL);
	seal_record(world->maker, record, MAKER, T_2026, &s);
	assert_int_equal(s.passport.seal_count, 0);
	assert_int_equal(s.passport.held_count, 0);
	sealed_free(&s);
}

/* Same fields, other salts: nobody who lacks a section can test a guess. */
static void
salts(void **state)
{
	struct world *world = *state;
	struct sealed a, b;

	seal_version(world, 1, NULL, T_2026, &a);
	seal_version(world, 1, NULL, T_2026, &b);
	assert_memory_not_equal(
	    a.passport.seals[0], b.passport.seals[0], CN_DIGEST);
	assert_memory_not_equal(
	    a.passport.digest, b.passport.digest, CN_DIGEST);
	sealed_free(&a);
	sealed_free(&b);
}

/* The check value of the format: SHA-256 over the byte string, its head
 * included. */
static void
disclosure_digest(void **state)
{
	static const char hex[] = "5821"
				  "8350bae611067bb823486797da1ebbb52f83"
				  "6b414243442d3132333435361901f5";
	uint8_t encoded[35], want[32], got[32];

	(void)state;
	assert_true(cn_unhex(cn_slice_str(hex), encoded, sizeof(encoded)));
	assert_true(cn_unhex(CN_SLICE("af375dc3fba1d082448642c00be7b2f7"
				      "bb05c9d8fb61cfc230ddfdfb4616a693"),
	    want, 32));
	assert_int_equal(
	    cn_sha256(cn_slice_of(encoded, sizeof(encoded)), got, NULL), CN_OK);
	assert_memory_equal(got, want, 32);
}

static void
refuses_to_seal(void **state)
{
	struct world *world = *state;
	struct cn_record *record = make_record(world, SUB, 1, NULL);
	struct cn_seal_request request = { .record = record,
		.iss = CN_SLICE(MAKER),
		.sub = CN_SLICE(SUB),
		.iat = T_2026 };
	struct cn_error err = { 0 };
	struct cn_signer signer;
	struct cn_buf out;

	assert_int_equal(cn_signer_key(world->maker, 0, &signer, NULL), CN_OK);
	request.signer = &signer;
	cn_buf_init(&out, 1 << 20);
	request.sub = CN_SLICE("https://id.gs1.org/01/09506000134369");
	expect(cn_passport_seal(&request, &out, &err), CN_MALFORMED, &err);
	request.sub = CN_SLICE(SUB);
	request.iss = CN_SLICE("http://maker.example");
	expect(cn_passport_seal(&request, &out, &err), CN_MALFORMED, &err);
	request.iss = CN_SLICE(MAKER);
	request.iat = 0;
	expect(cn_passport_seal(&request, &out, &err), CN_USAGE, &err);
	request.iat = T_2026;
	/* a signer whose signatures do not fit its key */
	signer.key = cn_key_public(world->line);
	expect(cn_passport_seal(&request, &out, &err), CN_BAD_SIGNATURE, &err);
	signer.key = cn_key_public(world->maker);
	/* a field that no reader would accept */
	assert_true(
	    cn_add_text(world->arena, record, CN_F_GTIN, CN_SLICE("123")));
	expect(cn_passport_seal(&request, &out, &err), CN_MALFORMED, &err);
	assert_non_null(strstr(err.place, "gtin"));
	assert_int_equal(out.len, 0);
	cn_buf_free(&out);
}

/* ---- judged ------------------------------------------------------------------------ */

static void
judged(const struct sealed *s, struct cn_policy policy, enum cn_code want)
{
	struct cn_error err = { 0 };

	expect(
	    cn_passport_verify(&s->passport, &policy, NULL, &err), want, &err);
}

static void
who_and_when(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2027);
	struct cn_key *stranger = new_key(CN_P256);
	struct cn_record *record = make_record(world, SUB, 1, NULL);
	struct sealed s;

	seal_record(stranger, record, MAKER, T_2026, &s);
	judged(&s, policy, CN_NOT_TRUSTED);
	sealed_free(&s);
	cn_key_free(stranger);

	/* the line's key cannot publish */
	seal_record(world->line, record, MAKER, T_2026, &s);
	judged(&s, policy, CN_WRONG_USE);
	sealed_free(&s);

	/* another maker under this one's name, or about its product */
	seal_record(world->other, record, MAKER, T_2026, &s);
	judged(&s, policy, CN_WRONG_ISSUER);
	sealed_free(&s);
	seal_record(world->other, record, OTHER, T_2026, &s);
	judged(&s, policy, CN_WRONG_SUBJECT);
	sealed_free(&s);

	/* signed in the future, before or after the key's period */
	seal_record(world->maker, record, MAKER, T_2027 + 1, &s);
	judged(&s, policy, CN_FUTURE);
	sealed_free(&s);
	seal_record(world->maker, record, MAKER, T_2025, &s);
	judged(&s, policy, CN_KEY_PERIOD);
	sealed_free(&s);
}

/* A verifier looks at iat, a resolver at the hour of arrival. */
static void
periods(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, 0);
	struct cn_record *record = make_record(world, SUB, 1, NULL);
	const cn_instant begin = 1767225600, end = 1861920000;
	struct sealed s;

	seal_record(world->maker, record, MAKER, T_2026, &s);
	policy.now = end + 1;
	judged(&s, policy, CN_OK);
	policy.at_arrival = true;
	judged(&s, policy, CN_KEY_PERIOD);
	policy.now = end;
	judged(&s, policy, CN_KEY_PERIOD);
	policy.now = end - 1;
	judged(&s, policy, CN_OK);
	sealed_free(&s);

	policy.at_arrival = false;
	policy.now = end + 1;
	seal_record(world->maker, record, MAKER, end, &s);
	judged(&s, policy, CN_KEY_PERIOD);
	sealed_free(&s);
	seal_record(world->maker, record, MAKER, end - 1, &s);
	judged(&s, policy, CN_OK);
	sealed_free(&s);
	seal_record(world->maker, record, MAKER, begin, &s);
	judged(&s, policy, CN_OK);
	sealed_free(&s);
	seal_record(world->maker, record, MAKER, begin - 1, &s);
	judged(&s, policy, CN_KEY_PERIOD);
	sealed_free(&s);
}

static void
revocation(void **state)
{
	struct world *world = *state;
	/* 2027-01-01: after the signature, which proves nothing */
	struct cn_trust *trust = make_trust(world, "2027-01-01T00:00:00Z");
	struct cn_policy policy = policy_at(trust, T_2027);
	const cn_instant at = 1798761600;
	const struct cn_trust_key *signer;
	struct cn_error err = { 0 };
	struct sealed s;

	seal_version(world, 1, NULL, T_2026, &s);
	judged(&s, policy, CN_REVOKED);
	policy.accepted = at;
	judged(&s, policy, CN_REVOKED);
	policy.accepted = at - 1;
	judged(&s, policy, CN_OK);
	policy.accepted = 0;
	/* the signature itself is right: who signed is told */
	expect(cn_passport_verify(&s.passport, &policy, &signer, &err),
	    CN_REVOKED, &err);
	assert_non_null(signer);
	assert_non_null(strstr(err.text, "stolen"));
	assert_int_equal(cn_code_status(err.code), 5);
	sealed_free(&s);
	cn_trust_free(trust);
}

static void
subject_form(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2027);
	struct sealed s;

	/* under the prefix as text, but not canonical */
	seal_record(world->maker,
	    make_record(world, "https://id.gs1.org/01/09506000134352?17=270101",
		1, NULL),
	    MAKER, T_2026, &s);
	judged(&s, policy, CN_WRONG_SUBJECT);
	sealed_free(&s);
	seal_record(world->maker,
	    make_record(world, "https://id.gs1.org/01/09506000134353", 1, NULL),
	    MAKER, T_2026, &s);
	judged(&s, policy, CN_WRONG_SUBJECT);
	sealed_free(&s);
}

static void
follows(void **state)
{
	struct world *world = *state;
	struct cn_error err = { 0 };
	struct sealed one, two, odd;

	seal_version(world, 1, NULL, T_2026, &one);
	seal_version(world, 2, one.passport.digest, T_2027, &two);
	expect(cn_passport_follows(&one.passport, &two.passport, &err), CN_OK,
	    &err);
	expect(cn_passport_follows(&two.passport, &one.passport, &err),
	    CN_CONFLICT, &err);
	expect(cn_passport_follows(&one.passport, &one.passport, &err),
	    CN_CONFLICT, &err);

	seal_version(world, 3, one.passport.digest, T_2027, &odd);
	expect(cn_passport_follows(&one.passport, &odd.passport, &err),
	    CN_CONFLICT, &err);
	sealed_free(&odd);
	seal_version(world, 2, two.passport.digest, T_2027, &odd);
	expect(cn_passport_follows(&one.passport, &odd.passport, &err),
	    CN_CONFLICT, &err);
	sealed_free(&odd);
	seal_version(world, 2, one.passport.digest, T_2026 - 1, &odd);
	expect(cn_passport_follows(&one.passport, &odd.passport, &err),
	    CN_CONFLICT, &err);
	sealed_free(&odd);
	seal_record(world->other,
	    make_record(world, SUB, 2, one.passport.digest), OTHER, T_2027,
	    &odd);
	expect(cn_passport_follows(&one.passport, &odd.passport, &err),
	    CN_WRONG_ISSUER, &err);
	sealed_free(&odd);
	seal_record(world->maker,
	    make_record(world, "https://id.gs1.org/01/09506000134369", 2,
		one.passport.digest),
	    MAKER, T_2027, &odd);
	expect(cn_passport_follows(&one.passport, &odd.passport, &err),
	    CN_CONFLICT, &err);
	sealed_free(&odd);
	sealed_free(&one);
	sealed_free(&two);
}

/* ---- redacted and joined ----------------------------------------------------------------- */

static void
redacted(const struct sealed *from, unsigned keep, struct sealed *out)
{
	struct cn_error err = { 0 };

	cn_buf_init(&out->bytes, 1 << 20);
	expect(cn_passport_redact(&from->passport, keep, &out->bytes, &err),
	    CN_OK, &err);
	expect(
	    cn_passport_parse(cn_buf_slice(&out->bytes), &out->passport, &err),
	    CN_OK, &err);
	assert_memory_equal(
	    from->passport.digest, out->passport.digest, CN_DIGEST);
}

static bool
holds(const struct sealed *s, const char *words)
{
	size_t n = strlen(words), i;

	for (i = 0; i + n <= s->bytes.len; i++)
		if (memcmp(s->bytes.ptr + i, words, n) == 0)
			return true;
	return false;
}

static void
redaction(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2026);
	struct cn_error err = { 0 };
	struct sealed all, none, interest, authority, joined;

	seal_version(world, 1, NULL, T_2026, &all);
	redacted(&all, CN_TIERS_PUBLIC, &none);
	redacted(&all, CN_TIER_BIT(CN_LEGITIMATE_INTEREST), &interest);
	redacted(&all, CN_TIER_BIT(CN_AUTHORITY), &authority);
	judged(&none, policy, CN_OK);
	judged(&interest, policy, CN_OK);
	assert_int_equal(none.passport.held_count, 0);
	assert_int_equal(none.passport.seal_count, 2);
	assert_true(holds(&all, "plant 1") && holds(&all, "doors last"));
	assert_false(holds(&none, "plant 1") || holds(&none, "doors last"));
	assert_true(holds(&interest, "plant 1"));
	assert_false(holds(&interest, "doors last"));

	/* the two halves make the whole again, byte for byte */
	cn_buf_init(&joined.bytes, 1 << 20);
	expect(cn_passport_join(&authority.passport, &interest.passport,
		   &joined.bytes, &err),
	    CN_OK, &err);
	assert_true(
	    cn_slice_eq(cn_buf_slice(&joined.bytes), cn_buf_slice(&all.bytes)));
	cn_buf_reset(&joined.bytes);
	expect(cn_passport_join(
		   &none.passport, &all.passport, &joined.bytes, &err),
	    CN_OK, &err);
	assert_true(
	    cn_slice_eq(cn_buf_slice(&joined.bytes), cn_buf_slice(&all.bytes)));
	cn_buf_reset(&joined.bytes);
	sealed_free(&interest);
	seal_version(world, 1, NULL, T_2026, &interest);
	expect(cn_passport_join(
		   &none.passport, &interest.passport, &joined.bytes, &err),
	    CN_CONFLICT, &err);
	assert_int_equal(joined.bytes.len, 0);
	sealed_free(&joined);
	sealed_free(&authority);
	sealed_free(&interest);
	sealed_free(&none);
	sealed_free(&all);
}

/* ---- tampering ---------------------------------------------------------------------------- */

/* Every single bit: the form, a disclosure's digest or the signature notices. */
static void
every_bit(void **state)
{
	struct world *world = *state;
	struct cn_policy policy = policy_at(world->trust, T_2026);
	struct cn_passport passport;
	struct sealed s;
	size_t bit;

	seal_version(world, 1, NULL, T_2026, &s);
	for (bit = 0; bit < 8 * s.bytes.len; bit++) {
		s.bytes.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (cn_passport_parse(
			cn_buf_slice(&s.bytes), &passport, NULL) == CN_OK &&
		    cn_passport_verify(&passport, &policy, NULL, NULL) == CN_OK)
			fail_msg("bit %zu of byte %zu makes no difference",
			    bit % 8, bit / 8);
		s.bytes.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	sealed_free(&s);
}

static void
every_length(void **state)
{
	struct world *world = *state;
	struct cn_passport passport;
	struct sealed s;
	size_t len;

	seal_version(world, 1, NULL, T_2026, &s);
	for (len = 0; len < s.bytes.len; len++)
		assert_int_not_equal(
		    cn_passport_parse(
			cn_slice_of(s.bytes.ptr, len), &passport, NULL),
		    CN_OK);
	cn_buf_byte(&s.bytes, 0);
	assert_int_equal(
	    cn_passport_parse(cn_buf_slice(&s.bytes), &passport, NULL),
	    CN_MALFORMED);
	sealed_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sealed_and_read),
		cmocka_unit_test(digest_of_structure),
		cmocka_unit_test(without_sections),
		cmocka_unit_test(salts),
		cmocka_unit_test(disclosure_digest),
		cmocka_unit_test(refuses_to_seal),
		cmocka_unit_test(who_and_when),
		cmocka_unit_test(periods),
		cmocka_unit_test(revocation),
		cmocka_unit_test(subject_form),
		cmocka_unit_test(follows),
		cmocka_unit_test(redaction),
		cmocka_unit_test(every_bit),
		cmocka_unit_test(every_length),
	};

	return cmocka_run_group_tests(tests, world_begin, world_end);
}
