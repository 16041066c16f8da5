/* seal/: a trust list is read, a passport and a capsule are made, judged,
 * opened, redacted and joined, and what was seen is remembered. */
#include "fault.h"
#include "scenarios.h"

#include "../seal_world.h"

/* ---- the trust list ---------------------------------------------------------- */

static enum cn_code
read_trust(void *ctx, struct cn_error *err)
{
	const struct cn_buf *json = ctx;
	struct cn_trust *trust;
	enum cn_code code;

	code = cn_trust_parse(cn_buf_slice(json), NULL, &trust, err);
	assert_true((trust != NULL) == (code == CN_OK));
	cn_trust_free(trust);
	return code;
}

/* ---- passports ----------------------------------------------------------------- */

struct case_ {
	struct world *world;
	struct cn_key *key;
	const char *iss;
	const struct cn_record *record;
};

static enum cn_code
copies(const struct cn_passport *passport, struct cn_error *err)
{
	struct cn_passport bare;
	struct cn_buf redacted, joined;
	enum cn_code code;

	cn_buf_init(&redacted, 1u << 20);
	cn_buf_init(&joined, 1u << 20);
	code = cn_passport_redact(passport, CN_TIERS_PUBLIC, &redacted, err);
	if (code == CN_OK)
		code = cn_passport_parse(cn_buf_slice(&redacted), &bare, err);
	if (code == CN_OK)
		code = cn_passport_join(&bare, passport, &joined, err);
	assert_true(code == CN_OK || joined.len == 0);
	cn_buf_free(&joined);
	cn_buf_free(&redacted);
	return code;
}

static enum cn_code
open_all(const struct cn_passport *passport, struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(1u << 20);
	struct cn_record *record = NULL;
	enum cn_code code;

	if (arena == NULL)
		return cn_fail(err, CN_MEMORY, "no arena");
	code = cn_passport_open(passport, CN_TIERS_ALL, arena, &record, err);
	assert_true((record != NULL) == (code == CN_OK));
	cn_arena_free(arena);
	return code;
}

static enum cn_code
passport_round(void *ctx, struct cn_error *err)
{
	const struct case_ *c = ctx;
	struct cn_policy policy = policy_at(c->world->trust, T_2026);
	struct cn_seal_request request = {
		.record = c->record,
		.iss = cn_slice_str(c->iss),
		.sub = cn_get_text(c->record, CN_F_PASSPORT_ID),
		.iat = T_2026,
	};
	struct cn_passport passport;
	struct cn_signer signer;
	struct cn_buf bytes;
	enum cn_code code;

	cn_buf_init(&bytes, 1u << 20);
	code = cn_signer_key(c->key, 0, &signer, err);
	request.signer = &signer;
	if (code == CN_OK)
		code = cn_passport_seal(&request, &bytes, err);
	assert_true(code == CN_OK || bytes.len == 0);
	if (code == CN_OK)
		code = cn_passport_parse(cn_buf_slice(&bytes), &passport, err);
	if (code == CN_OK)
		code = cn_passport_verify(&passport, &policy, NULL, err);
	if (code == CN_OK)
		code = open_all(&passport, err);
	if (code == CN_OK)
		code = copies(&passport, err);
	cn_buf_free(&bytes);
	return code;
}

/* ---- capsules --------------------------------------------------------------------- */

static enum cn_code
capsule_round(void *ctx, struct cn_error *err)
{
	const struct case_ *c = ctx;
	struct cn_policy policy = policy_at(c->world->trust, T_2026);
	static const struct cn_passport passport = { .sub = { NULL, 0 } };
	struct cn_passport about = passport;
	struct cn_capsule_request request = { .passport = &about,
		.record = c->record,
		.run = cn_get_record(c->record, CN_F_RUNS),
		.url = CN_SLICE(URL),
		.iat = T_2026 };
	struct cn_capsule capsule;
	struct cn_signer signer;
	struct cn_buf bytes;
	enum cn_code code;

	about.sub = CN_SLICE(SUB);
	about.version = 1;
	cn_buf_init(&bytes, 512);
	code = cn_signer_key(c->key, 0, &signer, err);
	request.signer = &signer;
	if (code == CN_OK)
		code = cn_capsule_seal(&request, &bytes, err);
	assert_true(code == CN_OK || bytes.len == 0);
	if (code == CN_OK)
		code = cn_capsule_parse(cn_buf_slice(&bytes), &capsule, err);
	if (code == CN_OK)
		code = cn_capsule_verify(
		    &capsule, CN_SLICE(URL), &policy, NULL, err);
	cn_buf_free(&bytes);
	return code;
}

/* ---- what is known ------------------------------------------------------------------ */

static const char known_path[] = "faults-known.json";

static enum cn_code
known_round(void *ctx, struct cn_error *err)
{
	const struct sealed *s = ctx;
	struct cn_known *known;
	enum cn_code code;

	code = cn_known_load(known_path, &known, err);
	assert_true((known != NULL) == (code == CN_OK));
	if (code == CN_OK)
		code = cn_known_check(known, &s->passport, err);
	if (code == CN_OK)
		code = cn_known_note(known, &s->passport, T_2026, err);
	if (code == CN_OK)
		code = cn_known_save(known, known_path, err);
	cn_known_free(known);
	return code;
}

/* Whatever failed: the file is there whole, and remembers. */
static void
remembers(void *ctx, enum cn_code code)
{
	const struct sealed *s = ctx;
	struct cn_known *known;

	(void)code;
	assert_int_equal(cn_known_load(known_path, &known, NULL), CN_OK);
	assert_true(cn_known_accepted(
			known, s->passport.sub, s->passport.digest) == T_2026);
	cn_known_free(known);
}

static void
run_known(struct world *world)
{
	struct cn_known *known;
	struct sealed s;

	remove(known_path);
	seal_version(world, 1, NULL, T_2026, &s);
	assert_int_equal(cn_known_load(known_path, &known, NULL), CN_OK);
	assert_int_equal(
	    cn_known_note(known, &s.passport, T_2026, NULL), CN_OK);
	assert_int_equal(cn_known_save(known, known_path, NULL), CN_OK);
	cn_known_free(known);
	fault_run(&(struct fault_scenario){ .name = "a file of known versions",
	    .run = known_round,
	    .after = remembers,
	    .ctx = &s });
	sealed_free(&s);
	remove(known_path);
}

void
faults_seal(void **state)
{
	struct case_ p256, ed25519, line;
	struct world *world;
	struct cn_buf json;
	void *made;

	(void)state;
	assert_int_equal(world_begin(&made), 0);
	world = made;
	cn_buf_init(&json, 1u << 20);
	put_trust(world, NULL, &json);
	p256 = (struct case_){ world, world->maker, MAKER,
		make_record(world, SUB, 1, NULL) };
	ed25519 = (struct case_){ world, world->other, OTHER,
		make_record(
		    world, "https://id.gs1.org/01/09506110000011", 1, NULL) };
	line = p256;
	line.key = world->line;
	fault_run(&(struct fault_scenario){
	    .name = "a trust list", .run = read_trust, .ctx = &json });
	fault_run(&(struct fault_scenario){ .name = "a passport, ESP256",
	    .run = passport_round,
	    .ctx = &p256 });
	fault_run(&(struct fault_scenario){ .name = "a passport, Ed25519",
	    .run = passport_round,
	    .ctx = &ed25519 });
	fault_run(&(struct fault_scenario){
	    .name = "a capsule", .run = capsule_round, .ctx = &line });
	run_known(world);
	cn_buf_free(&json);
	world_end(&made);
}
