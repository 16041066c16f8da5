/*
 * The way back: deterministic CBOR to a record. Refused are other kinds and
 * forms, empty lists, nulls, fields in a section that is not theirs. What is
 * accepted encodes to the same bytes again.
 */
#include "cbor_head.h"
#include "passport_form.h"

struct decoder {
	struct cn_arena *arena;
	struct cn_error *err;
	enum cn_tier tier;
};

static enum cn_code get_record(
    struct decoder *d, struct cn_cbor *c, struct cn_record *record, bool tiers);

static enum cn_code
refuse(struct decoder *d, const char *why)
{
	return cn_fail(d->err, CN_MALFORMED, "it %s", why);
}

static enum cn_code
no_memory(struct decoder *d)
{
	return cn_fail(d->err, CN_MEMORY, "no memory for the fields");
}

/* ---- values ---------------------------------------------------------------- */

static enum cn_code
get_text(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value *value)
{
	const char *fault;

	if (!cn_cbor_text(c, &value->as.text))
		return refuse(d, "is no text");
	fault = cn_text_fault(field, value->as.text);
	return fault != NULL ? refuse(d, fault) : CN_OK;
}

static enum cn_code
get_texts(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value *value)
{
	struct cn_text **tail = &value->as.texts, *t;
	const char *fault;
	uint64_t pairs;

	if (!cn_cbor_map(c, &pairs) || pairs == 0 || pairs > CN_MAX_LANGUAGES)
		return refuse(d, "is no map of languages to texts");
	for (; pairs > 0; pairs--) {
		t = cn_arena_alloc(d->arena, 1, sizeof(*t));
		if (t == NULL)
			return no_memory(d);
		if (!cn_cbor_text(c, &t->lang) || !cn_lang_ok(t->lang))
			return refuse(d, "has a key that is no language tag");
		if (!cn_cbor_text(c, &t->text))
			return refuse(d, "has an entry that is no text");
		fault = cn_text_fault(field, t->text);
		if (fault != NULL)
			return refuse(d, fault);
		*tail = t;
		tail = &t->next;
	}
	return CN_OK;
}

static enum cn_code
get_number(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value *value)
{
	const char *fault;

	if (!cn_cbor_uint(c, &value->as.number))
		return refuse(d, "is no unsigned number");
	fault = cn_number_fault(field, value->as.number);
	return fault != NULL ? refuse(d, fault) : CN_OK;
}

static enum cn_code
get_bool(struct decoder *d, struct cn_cbor *c, struct cn_value *value)
{
	bool set;

	if (!cn_cbor_bool(c, &set))
		return refuse(d, "is neither true nor false");
	value->as.number = set;
	return CN_OK;
}

static enum cn_code
get_choice(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value *value)
{
	struct cn_slice text;
	int position;

	if (!cn_cbor_text(c, &text))
		return refuse(d, "is no text");
	position = cn_choice(field->choices, text);
	if (position < 0)
		return refuse(d, "is none of the choices");
	value->as.number = (uint64_t)position;
	return CN_OK;
}

static enum cn_code
get_digest(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value *value)
{
	uint64_t tag;

	if (field->kind == CN_KIND_SEALS &&
	    (!cn_cbor_tag(c, &tag) || tag != CN_TAG_REDACTED))
		return refuse(d, "is no digest with tag 60");
	if (!cn_cbor_bytes(c, &value->as.text) ||
	    value->as.text.len != CN_DIGEST)
		return refuse(d, "is no digest of 32 bytes");
	return CN_OK;
}

static enum cn_code
get_tiers(struct decoder *d, struct cn_cbor *c, struct cn_value *value)
{
	struct cn_tier_entry **tail = &value->as.tiers, *t;
	uint64_t pairs;

	if (!cn_cbor_map(c, &pairs) || pairs == 0)
		return refuse(d, "is no map of fields to tiers");
	for (; pairs > 0; pairs--) {
		t = cn_arena_alloc(d->arena, 1, sizeof(*t));
		if (t == NULL)
			return no_memory(d);
		if (!cn_cbor_uint(c, &t->key) || !cn_cbor_uint(c, &t->tier) ||
		    t->tier >= CN_TIERS)
			return refuse(d, "has an entry that is no tier");
		*tail = t;
		tail = &t->next;
	}
	return CN_OK;
}

static enum cn_code
get_value(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value *value)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		return get_texts(d, field, c, value);
	case CN_KIND_BOOL:
		return get_bool(d, c, value);
	case CN_KIND_UINT:
		return get_number(d, field, c, value);
	case CN_KIND_ENUM:
		return get_choice(d, field, c, value);
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		return get_digest(d, field, c, value);
	case CN_KIND_TIERS:
		return get_tiers(d, c, value);
	case CN_KIND_RECORD:
		value->as.record = cn_record_new(d->arena, field->record);
		if (value->as.record == NULL)
			return no_memory(d);
		return get_record(d, c, value->as.record, false);
	default:
		return get_text(d, field, c, value);
	}
}

/* ---- rows --------------------------------------------------------------------- */

static enum cn_code
get_list(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value **tail)
{
	enum cn_code code = CN_OK;
	uint64_t count, i;

	if (!cn_cbor_array(c, &count))
		return refuse(d, "is no list");
	if (count == 0)
		return refuse(d, "is an empty list, which is left out");
	if (count > cn_field_items(field))
		return refuse(d, "is a list with too many items");
	for (i = 0; i < count && code == CN_OK; i++) {
		*tail = cn_arena_alloc(d->arena, 1, sizeof(**tail));
		if (*tail == NULL)
			return no_memory(d);
		code = get_value(d, field, c, *tail);
		if (code != CN_OK)
			cn_error_at(d->err, "[%llu]", (unsigned long long)i);
		tail = &(*tail)->next;
	}
	return code;
}

static enum cn_code
get_row(struct decoder *d, const struct cn_field *field, struct cn_cbor *c,
    struct cn_value **slot)
{
	enum cn_code code;

	if (field->many) {
		code = get_list(d, field, c, slot);
	} else {
		*slot = cn_arena_alloc(d->arena, 1, sizeof(**slot));
		code = *slot == NULL ? no_memory(d)
				     : get_value(d, field, c, *slot);
	}
	if (code != CN_OK)
		cn_error_at(d->err, "%s", field->name);
	return code;
}

/* Where a passport's row goes, or NULL where it has no place in this tier. */
static struct cn_value **
slot_of(struct decoder *d, struct cn_record *record,
    const struct cn_field *field, bool tiers)
{
	size_t row = (size_t)(field - record->table->rows);

	if (!tiers || field->tier == d->tier)
		return &record->slots[row];
	if (row == CN_F_SEALED_CHANGES && d->tier == CN_AUTHORITY)
		return &record->authority_changes;
	return NULL;
}

/* ---- what the table does not know ------------------------------------------------ */

/* null and undefined, at any depth: there are none in the format. */
static bool
holds_null(struct cn_slice item)
{
	const uint8_t *at = item.ptr, *end = item.ptr + item.len;
	struct cn_cbor_head head;

	while (at < end && cn_cbor_head_read(&at, end, &head)) {
		if (head.major == CN_CBOR_BYTES || head.major == CN_CBOR_TEXT)
			at += head.value;
		else if (head.major == CN_CBOR_SIMPLE &&
			 (head.extra == 22 || head.extra == 23))
			return true;
	}
	return false;
}

static enum cn_code
get_unknown(struct decoder *d, struct cn_slice key, struct cn_cbor *c,
    struct cn_unknown ***tail)
{
	struct cn_unknown *u = cn_arena_alloc(d->arena, 1, sizeof(*u));

	if (u == NULL)
		return no_memory(d);
	u->key = key;
	u->tier = d->tier;
	if (!cn_cbor_item(c, &u->value))
		return refuse(d, "ends early");
	if (holds_null(u->key) || holds_null(u->value))
		return refuse(d, "holds an unknown entry with a null");
	u->next = **tail;
	**tail = u;
	*tail = &u->next;
	return CN_OK;
}

/* Unknown entries of all tiers are in one list in order of key: those of this
 * tier find their place from `tail` on. */
static void
skip_lower(struct cn_unknown ***tail, struct cn_slice key)
{
	while (**tail != NULL && cn_slice_cmp((**tail)->key, key) <= 0)
		*tail = &(**tail)->next;
}

/* ---- records ----------------------------------------------------------------------- */

static enum cn_code
get_entry(struct decoder *d, struct cn_cbor *c, struct cn_record *record,
    bool tiers, struct cn_unknown ***tail)
{
	const struct cn_field *field = NULL;
	struct cn_value **slot;
	struct cn_slice item;
	struct cn_cbor inner;
	uint64_t key;

	if (!cn_cbor_item(c, &item))
		return refuse(d, "ends early");
	inner = cn_cbor_over(item);
	if (cn_cbor_uint(&inner, &key))
		field = cn_table_by_key(record->table, key);
	if (field == NULL) {
		skip_lower(tail, item);
		return get_unknown(d, item, c, tail);
	}
	slot = slot_of(d, record, field, tiers);
	if (slot == NULL) {
		refuse(d, "must not stand in this section");
		cn_error_at(d->err, "%s", field->name);
		return CN_MALFORMED;
	}
	return get_row(d, field, c, slot);
}

static enum cn_code
get_record(
    struct decoder *d, struct cn_cbor *c, struct cn_record *record, bool tiers)
{
	struct cn_unknown **tail = &record->unknown;
	enum cn_code code = CN_OK;
	uint64_t pairs;

	if (!cn_cbor_map(c, &pairs))
		return refuse(d, "is no map");
	for (; pairs > 0 && code == CN_OK; pairs--)
		code = get_entry(d, c, record, tiers, &tail);
	return code;
}

enum cn_code
cn_payload_decode(struct cn_slice bytes, enum cn_tier tier,
    struct cn_arena *arena, struct cn_record *record, struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(bytes);
	struct decoder d = { arena, err, tier };

	return get_record(&d, &c, record, record->table == &cn_table_passport);
}
