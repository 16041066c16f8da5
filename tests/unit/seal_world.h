/*
 * A small world for the tests of the seal: two makers with their keys, a trust
 * list, and a passport with all three tiers.
 */
#ifndef TEST_SEAL_WORLD_H
#define TEST_SEAL_WORLD_H

#include <carnet/capsule.h>
#include <carnet/known.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SUB "https://id.gs1.org/01/09506000134352"
#define URL "https://id.maker.example/01/09506000134352/21/SN-0001"
#define MAKER "https://maker.example"
#define OTHER "https://other.example"

/* 2026-06-15, 2027-06-15 … at noon */
#define T_2025 ((cn_instant)1750000000)
#define T_2026 ((cn_instant)1781524800)
#define T_2027 ((cn_instant)1813060800)
#define T_2028 ((cn_instant)1844683200)

struct world {
	struct cn_arena *arena;
	struct cn_key *maker, *line, *other, *both;
	struct cn_trust *trust;
};

static inline struct cn_key *
new_key(enum cn_curve curve)
{
	struct cn_key *key;

	assert_int_equal(cn_key_generate(curve, &key, NULL), CN_OK);
	return key;
}

/* What an entry of the trust list says beside its key. */
struct entry {
	const struct cn_key *key;
	const char *use[3]; /* up to the first NULL */
	const char *from, *until;
	const char *revoked; /* NULL: it is not */
	const char *kid; /* NULL: the thumbprint's */
};

static inline void
put_entry(struct cn_jw *w, const struct entry *e)
{
	struct cn_buf pem;
	int i;

	cn_buf_init(&pem, 4096);
	assert_int_equal(
	    cn_pubkey_write(cn_key_public(e->key), &pem, NULL), CN_OK);
	cn_jw_object(w);
	cn_jw_kv_slice(w, "pem", cn_buf_slice(&pem));
	cn_jw_key(w, "use");
	cn_jw_array(w);
	for (i = 0; e->use[i] != NULL; i++)
		cn_jw_str(w, e->use[i]);
	cn_jw_array_end(w);
	cn_jw_kv_str(w, "from", e->from);
	cn_jw_kv_str(w, "until", e->until);
	if (e->kid != NULL)
		cn_jw_kv_str(w, "kid", e->kid);
	if (e->revoked != NULL) {
		cn_jw_key(w, "revoked");
		cn_jw_object(w);
		cn_jw_kv_str(w, "at", e->revoked);
		cn_jw_kv_str(w, "reason", "stolen");
		cn_jw_object_end(w);
	}
	cn_jw_object_end(w);
	cn_buf_free(&pem);
}

static inline void
put_issuer(struct cn_jw *w, const char *iss, const char *subject,
    const struct entry *entries, size_t count)
{
	size_t i;

	cn_jw_object(w);
	cn_jw_kv_str(w, "iss", iss);
	cn_jw_kv_str(w, "name", iss + 8);
	cn_jw_key(w, "subjects");
	cn_jw_array(w);
	cn_jw_str(w, subject);
	cn_jw_array_end(w);
	cn_jw_key(w, "keys");
	cn_jw_array(w);
	for (i = 0; i < count; i++)
		put_entry(w, &entries[i]);
	cn_jw_array_end(w);
	cn_jw_object_end(w);
}

/* The trust list of the world; revoked: when the maker's and the line's key
 * were, or NULL. */
static inline void
put_trust(const struct world *world, const char *revoked, struct cn_buf *json)
{
	const struct entry maker[] = {
		{ world->maker, { "passport" }, "2026-01-01", "2029-01-01",
		    revoked, NULL },
		{ world->line, { "capsule" }, "2026-01-01", "2027-01-01",
		    revoked, NULL },
	};
	const struct entry other[] = {
		{ world->other, { "passport" }, "2026-01-01", "2029-01-01",
		    NULL, NULL },
		{ world->both, { "capsule" }, "2026-01-01", "2029-01-01", NULL,
		    "0102" },
	};
	struct cn_jw w;

	cn_jw_init(&w, json, true);
	cn_jw_object(&w);
	cn_jw_key(&w, "issuers");
	cn_jw_array(&w);
	put_issuer(&w, MAKER, "https://id.gs1.org/01/09506000", maker, 2);
	put_issuer(&w, OTHER, "https://id.gs1.org/01/0950611", other, 2);
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
	assert_int_equal(cn_buf_code(json, NULL), CN_OK);
}

static inline struct cn_trust *
make_trust(const struct world *world, const char *revoked)
{
	struct cn_error err = { 0 };
	struct cn_trust *trust;
	struct cn_buf json;

	cn_buf_init(&json, 1 << 20);
	put_trust(world, revoked, &json);
	if (cn_trust_parse(cn_buf_slice(&json), NULL, &trust, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	cn_buf_free(&json);
	return trust;
}

static inline int
world_begin(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->arena = cn_arena_new(64u << 20);
	assert_non_null(world->arena);
	world->maker = new_key(CN_P256);
	world->line = new_key(CN_P256);
	world->other = new_key(CN_ED25519);
	world->both = new_key(CN_ED25519);
	world->trust = make_trust(world, NULL);
	*state = world;
	return 0;
}

static inline int
world_end(void **state)
{
	struct world *world = *state;

	cn_trust_free(world->trust);
	cn_key_free(world->maker);
	cn_key_free(world->line);
	cn_key_free(world->other);
	cn_key_free(world->both);
	cn_arena_free(world->arena);
	free(world);
	return 0;
}

/* ---- a record with something of every kind -------------------------------- */

static inline void
add_run(struct world *world, struct cn_record *record, const char *id,
    const char *end)
{
	struct cn_record *run = cn_add_record(world->arena, record, CN_F_RUNS);

	assert_non_null(run);
	assert_true(
	    cn_add_text(world->arena, run, CN_RUN_ID, cn_slice_str(id)));
	assert_true(cn_add_text(
	    world->arena, run, CN_RUN_PLACED_FROM, CN_SLICE("2026-01-01")));
	assert_true(cn_add_text(
	    world->arena, run, CN_RUN_SUPPORT_END, cn_slice_str(end)));
	assert_true(
	    cn_add_text(world->arena, run, CN_RUN_LOTS, CN_SLICE("LOT7")));
	assert_true(
	    cn_add_text(world->arena, run, CN_RUN_LOTS, CN_SLICE("LOT8")));
}

static inline void
add_texts(struct world *world, struct cn_record *record, unsigned row)
{
	struct cn_value *value = cn_add(world->arena, record, row);

	assert_non_null(value);
	assert_true(cn_texts_put(
	    world->arena, value, CN_SLICE("en"), CN_SLICE("Opens the door")));
	assert_true(cn_texts_put(
	    world->arena, value, CN_SLICE("de"), CN_SLICE("Öffnet die Tür")));
	assert_true(cn_texts_put(
	    world->arena, value, CN_SLICE("pt-BR"), CN_SLICE("Abre a porta")));
}

static inline void
add_version(struct world *world, struct cn_record *record, uint64_t version,
    const uint8_t *supersedes)
{
	struct cn_record *r = cn_add_record(
	    world->arena, record, CN_F_PASSPORT_VERSION);

	assert_non_null(r);
	assert_true(
	    cn_add_number(world->arena, r, CN_VERSION_VERSION, version));
	if (supersedes != NULL)
		assert_true(cn_add_text(world->arena, r, CN_VERSION_SUPERSEDES,
		    cn_slice_of(supersedes, CN_DIGEST)));
}

static inline struct cn_record *
make_record(struct world *world, const char *sub, uint64_t version,
    const uint8_t *supersedes)
{
	struct cn_record *record = cn_record_new(
	    world->arena, &cn_table_passport);
	struct cn_record *class, *software;

	assert_non_null(record);
	assert_true(cn_add_text(
	    world->arena, record, CN_F_PASSPORT_ID, cn_slice_str(sub)));
	add_version(world, record, version, supersedes);
	assert_true(cn_add_number(world->arena, record, CN_F_PASSPORT_STATUS,
	    CN_PASSPORT_STATUS_ACTIVE));
	assert_true(cn_add_text(
	    world->arena, record, CN_F_MODEL_TYPE, CN_SLICE("Door 5")));
	software = cn_add_record(world->arena, record, CN_F_SOFTWARE_VERSIONS);
	assert_non_null(software);
	assert_true(cn_add_text(world->arena, software, CN_SOFTWARE_COMPONENT,
	    CN_SLICE("firmware")));
	assert_true(cn_add_text(
	    world->arena, software, CN_SOFTWARE_VERSION, CN_SLICE("1.4.2")));
	assert_true(cn_add_number(
	    world->arena, software, CN_SOFTWARE_AFFECTS_COMPLIANCE, 1));
	class = cn_add_record(world->arena, record, CN_F_CRA_CLASS);
	assert_non_null(class);
	assert_true(cn_add_number(world->arena, class,
	    CN_CRA_CLASSIFICATION_CLASS, CN_CRA_CLASS_IMPORTANT_CLASS_I));
	add_texts(world, record, CN_F_INTENDED_PURPOSE);
	add_run(world, record, "2026", "2031-12");
	/* legitimate interest, and authority */
	assert_true(cn_add_text(
	    world->arena, record, CN_F_FACILITY_IDS, CN_SLICE("plant 1")));
	assert_true(cn_add_text(world->arena, record,
	    CN_F_SUPPORT_PERIOD_RATIONALE, CN_SLICE("doors last")));
	assert_true(cn_add_text(world->arena, record, CN_F_RETENTION_UNTIL,
	    CN_SLICE("2041-12-31")));
	return record;
}

/* ---- passports -------------------------------------------------------------------- */

struct sealed {
	struct cn_buf bytes;
	struct cn_passport passport;
};

static inline void
seal_record(struct cn_key *key, const struct cn_record *record, const char *iss,
    cn_instant iat, struct sealed *out)
{
	struct cn_seal_request request = {
		.record = record,
		.iss = cn_slice_str(iss),
		.sub = cn_get_text(record, CN_F_PASSPORT_ID),
		.iat = iat,
	};
	struct cn_error err = { 0 };
	struct cn_signer signer;

	assert_int_equal(cn_signer_key(key, 0, &signer, NULL), CN_OK);
	request.signer = &signer;
	cn_buf_init(&out->bytes, 1 << 20);
	if (cn_passport_seal(&request, &out->bytes, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	if (cn_passport_parse(
		cn_buf_slice(&out->bytes), &out->passport, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
}

static inline void
seal_version(struct world *world, uint64_t version, const uint8_t *before,
    cn_instant iat, struct sealed *out)
{
	seal_record(world->maker, make_record(world, SUB, version, before),
	    MAKER, iat, out);
}

static inline void
sealed_free(struct sealed *sealed)
{
	cn_buf_free(&sealed->bytes);
}

static inline struct cn_policy
policy_at(const struct cn_trust *trust, cn_instant now)
{
	struct cn_policy policy = { .trust = trust, .now = now };

	return policy;
}

#endif
