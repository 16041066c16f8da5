/*
 * A passport made: sealed sections first, then the policy and the digests of
 * the sections into the public fields, then the signature; and what was made
 * is read, verified and opened again before it is given out.
 */
#include <string.h>

#include "passport_form.h"

/* Room for the fields of one's own output, decoded. */
#define OPENED_MAX (64u << 20)

struct sealing {
	const struct cn_seal_request *request;
	struct cn_error *err;
	struct cn_arena *arena;
	struct cn_record record; /* with fields 90 and 92 */
	struct cn_buf sections[CN_SEALS]; /* by tier - 1: disclosures */
	struct cn_buf header, protected_, payload, made;
};

static enum cn_code
no_memory(struct sealing *s)
{
	return cn_fail(s->err, CN_MEMORY, "no memory for a passport");
}

static void
begin(struct sealing *s)
{
	size_t i;

	for (i = 0; i < CN_SEALS; i++)
		cn_buf_init(&s->sections[i], CN_MAX_PASSPORT);
	cn_buf_init(&s->header, CN_MAX_PASSPORT);
	cn_buf_init(&s->protected_, CN_MAX_PASSPORT);
	cn_buf_init(&s->payload, CN_MAX_PASSPORT);
	cn_buf_init(&s->made, CN_MAX_PASSPORT);
}

static void
end(struct sealing *s)
{
	size_t i;

	for (i = 0; i < CN_SEALS; i++)
		cn_buf_free(&s->sections[i]);
	cn_buf_free(&s->header);
	cn_buf_free(&s->protected_);
	cn_buf_free(&s->payload);
	cn_buf_free(&s->made);
	cn_arena_free(s->arena);
}

/* A record like the request's, whose slots can be set. */
static enum cn_code
copy_record(struct sealing *s)
{
	const struct cn_record *record = s->request->record;
	struct cn_value **slots = cn_arena_alloc(
	    s->arena, record->table->count, sizeof(struct cn_value *));

	if (slots == NULL)
		return no_memory(s);
	memcpy(slots, record->slots,
	    record->table->count * sizeof(struct cn_value *));
	s->record = *record;
	s->record.slots = slots;
	cn_clear(&s->record, CN_F_FIELD_ACCESS_POLICY);
	cn_clear(&s->record, CN_F_SECTIONS);
	return CN_OK;
}

/* F90: the whole table, whatever fields are there, so that it tells nothing
 * about what is sealed. */
static enum cn_code
add_policy(struct sealing *s)
{
	struct cn_value *value = cn_add(
	    s->arena, &s->record, CN_F_FIELD_ACCESS_POLICY);
	struct cn_tier_entry *entry, **tail;
	size_t row;

	if (value == NULL)
		return no_memory(s);
	tail = &value->as.tiers;
	for (row = 0; row < cn_table_passport.count; row++) {
		entry = cn_arena_alloc(s->arena, 1, sizeof(*entry));
		if (entry == NULL)
			return no_memory(s);
		entry->key = cn_table_passport.rows[row].key;
		entry->tier = (uint64_t)cn_table_passport.rows[row].tier;
		*tail = entry;
		tail = &entry->next;
	}
	return CN_OK;
}

/* One tier's fields as a disclosure, and its digest into F92. */
static enum cn_code
seal_section(struct sealing *s, enum cn_tier tier)
{
	struct cn_buf *section = &s->sections[tier - 1];
	uint8_t salt[CN_SALT], digest[CN_DIGEST];
	enum cn_code code = CN_OK;
	struct cn_buf fields;

	cn_buf_init(&fields, CN_MAX_PASSPORT);
	code = cn_payload_encode(s->request->record, tier, &fields, s->err);
	if (code != CN_OK || fields.len <= 1) /* an empty map */
		goto out;
	if (s->request->salts != NULL)
		memcpy(salt, s->request->salts + CN_SALT * (tier - 1), CN_SALT);
	else
		code = cn_random(salt, CN_SALT, s->err);
	if (code != CN_OK)
		goto out;
	cn_disclosure_put(salt, tier, cn_buf_slice(&fields), section);
	code = cn_buf_code(section, s->err);
	if (code == CN_OK)
		code = cn_sha256(cn_buf_slice(section), digest, s->err);
	if (code == CN_OK && !cn_add_text(s->arena, &s->record, CN_F_SECTIONS,
				 cn_slice_of(digest, CN_DIGEST)))
		code = no_memory(s);
out:
	cn_buf_free(&fields);
	return code;
}

/* {17: [disclosures]} */
static enum cn_code
put_unprotected(struct sealing *s)
{
	struct cn_disclosure held[CN_SEALS];
	size_t i, count = 0;

	memset(held, 0, sizeof(held));
	for (i = 0; i < CN_SEALS; i++)
		if (s->sections[i].len > 0)
			held[count++].encoded = cn_buf_slice(&s->sections[i]);
	cn_disclosures_put(held, count, &s->header);
	return cn_buf_code(&s->header, s->err);
}

static enum cn_code
put_protected(struct sealing *s)
{
	const struct cn_seal_request *r = s->request;
	bool sealed = cn_get(&s->record, CN_F_SECTIONS) != NULL;
	struct cn_buf *out = &s->protected_;

	if (r->iat <= 0)
		return cn_fail(
		    s->err, CN_USAGE, "the time of signing is not known");
	cn_cbor_put_map(out, sealed ? 6 : 5);
	cn_cbor_put_uint(out, 1);
	cn_cbor_put_int(out, r->signer->alg);
	cn_cbor_put_uint(out, 3);
	cn_cbor_put_text(out, CN_SLICE(CN_PASSPORT_MEDIA));
	cn_cbor_put_uint(out, 4);
	cn_cbor_put_bytes(out, cn_slice_of(r->signer->kid, r->signer->kid_len));
	cn_cbor_put_uint(out, 15);
	cn_cbor_put_map(out, 3);
	cn_cbor_put_uint(out, CN_CLAIM_ISS);
	cn_cbor_put_text(out, r->iss);
	cn_cbor_put_uint(out, CN_CLAIM_SUB);
	cn_cbor_put_text(out, r->sub);
	cn_cbor_put_uint(out, CN_CLAIM_IAT);
	cn_cbor_put_uint(out, (uint64_t)r->iat);
	cn_cbor_put_uint(out, 16);
	cn_cbor_put_text(out, CN_SLICE(CN_COSE_MEDIA));
	if (sealed) {
		cn_cbor_put_uint(out, 170);
		cn_cbor_put_int(out, CN_SD_ALG);
	}
	return cn_buf_code(out, s->err);
}

/* The signature was verified when it was made (cn_sign1_seal); here the form
 * and every field are read as a stranger would. */
static enum cn_code
prove(struct sealing *s)
{
	struct cn_arena *arena = cn_arena_new(OPENED_MAX);
	struct cn_passport passport;
	struct cn_record *record;
	enum cn_code code;

	if (arena == NULL)
		return no_memory(s);
	code = cn_passport_parse(cn_buf_slice(&s->made), &passport, s->err);
	if (code == CN_OK)
		code = cn_passport_open(
		    &passport, CN_TIERS_ALL, arena, &record, s->err);
	if (code != CN_OK)
		cn_error_at(s->err, "the passport just made");
	cn_arena_free(arena);
	return code;
}

static enum cn_code
make(struct sealing *s)
{
	struct cn_tbs tbs = { .aad = CN_SLICE_NONE };
	enum cn_code code;
	int tier;

	code = copy_record(s);
	if (code == CN_OK)
		code = add_policy(s);
	for (tier = 1; tier <= CN_SEALS && code == CN_OK; tier++)
		code = seal_section(s, (enum cn_tier)tier);
	if (code == CN_OK)
		code = put_unprotected(s);
	if (code == CN_OK)
		code = put_protected(s);
	if (code == CN_OK)
		code = cn_payload_encode(
		    &s->record, CN_PUBLIC, &s->payload, s->err);
	if (code != CN_OK)
		return code;
	tbs.protected_ = cn_buf_slice(&s->protected_);
	tbs.payload = cn_buf_slice(&s->payload);
	code = cn_sign1_seal(&tbs, cn_buf_slice(&s->header), s->request->signer,
	    &s->made, s->err);
	return code == CN_OK ? prove(s) : code;
}

enum cn_code
cn_passport_seal(const struct cn_seal_request *request, struct cn_buf *out,
    struct cn_error *err)
{
	struct sealing s = { .request = request, .err = err };
	enum cn_code code;

	begin(&s);
	s.arena = cn_arena_new(CN_MAX_PASSPORT);
	code = s.arena != NULL ? make(&s) : no_memory(&s);
	if (code == CN_OK) {
		cn_buf_put(out, cn_buf_slice(&s.made));
		code = cn_buf_code(out, err);
	}
	end(&s);
	return code;
}
