/*
 * A record as deterministic CBOR: generic code over the field table. Rows stand
 * in the order of their keys; entries that the table does not know are put
 * between them where their keys belong.
 */
#include "passport_form.h"

static void put_record(const struct cn_record *record, struct cn_buf *out);

static void
put_texts(const struct cn_text *texts, struct cn_buf *out)
{
	const struct cn_text *t;
	uint64_t count = 0;

	for (t = texts; t != NULL; t = t->next)
		count++;
	cn_cbor_put_map(out, count);
	for (t = texts; t != NULL; t = t->next) {
		cn_cbor_put_text(out, t->lang);
		cn_cbor_put_text(out, t->text);
	}
}

static void
put_tiers(const struct cn_tier_entry *tiers, struct cn_buf *out)
{
	const struct cn_tier_entry *t;
	uint64_t count = 0;

	for (t = tiers; t != NULL; t = t->next)
		count++;
	cn_cbor_put_map(out, count);
	for (t = tiers; t != NULL; t = t->next) {
		cn_cbor_put_uint(out, t->key);
		cn_cbor_put_uint(out, t->tier);
	}
}

static void
put_choice(
    const struct cn_choices *choices, uint64_t position, struct cn_buf *out)
{
	if (position < choices->count)
		cn_cbor_put_text(out, cn_slice_str(choices->values[position]));
	else if (out->code == CN_OK)
		out->code = CN_MALFORMED;
}

static void
put_value(const struct cn_field *field, const struct cn_value *value,
    struct cn_buf *out)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		put_texts(value->as.texts, out);
		break;
	case CN_KIND_BOOL:
		cn_cbor_put_bool(out, value->as.number != 0);
		break;
	case CN_KIND_UINT:
		cn_cbor_put_uint(out, value->as.number);
		break;
	case CN_KIND_ENUM:
		put_choice(field->choices, value->as.number, out);
		break;
	case CN_KIND_SEALS:
	case CN_KIND_DIGEST:
		if (field->kind == CN_KIND_SEALS)
			cn_cbor_put_tag(out, CN_TAG_REDACTED);
		cn_cbor_put_bytes(out, value->as.text);
		break;
	case CN_KIND_RECORD:
		put_record(value->as.record, out);
		break;
	case CN_KIND_TIERS:
		put_tiers(value->as.tiers, out);
		break;
	default:
		cn_cbor_put_text(out, value->as.text);
	}
}

static void
put_values(const struct cn_field *field, const struct cn_value *values,
    struct cn_buf *out)
{
	const struct cn_value *v;
	uint64_t count = 0;

	if (!field->many) {
		put_value(field, values, out);
		return;
	}
	for (v = values; v != NULL; v = v->next)
		count++;
	cn_cbor_put_array(out, count);
	for (v = values; v != NULL; v = v->next)
		put_value(field, v, out);
}

/* A record's entries, or those of one tier of a passport's. */
struct entries {
	const struct cn_record *record;
	bool all; /* not a passport: no tiers */
	enum cn_tier tier;
};

static const struct cn_value *
values_of(const struct entries *e, size_t row)
{
	const struct cn_record *record = e->record;

	if (e->all)
		return record->slots[row];
	if (row == CN_F_SEALED_CHANGES && e->tier == CN_AUTHORITY)
		return record->authority_changes;
	if (record->table->rows[row].tier != e->tier)
		return NULL;
	return record->slots[row];
}

/* The next unknown entry of the tier, from u on. */
static const struct cn_unknown *
unknown_of(const struct entries *e, const struct cn_unknown *u)
{
	while (u != NULL && !e->all && u->tier != e->tier)
		u = u->next;
	return u;
}

/* Does an unknown key come before that of a row? Row keys are unsigned, which
 * sort by number and before everything else. */
static bool
comes_before(const struct cn_unknown *u, uint64_t key)
{
	struct cn_cbor c = cn_cbor_over(u->key);
	uint64_t number;

	return cn_cbor_uint(&c, &number) && number < key;
}

static const struct cn_unknown *
put_unknown(
    const struct entries *e, const struct cn_unknown *u, struct cn_buf *out)
{
	cn_buf_put(out, u->key);
	cn_buf_put(out, u->value);
	return unknown_of(e, u->next);
}

static uint64_t
count_entries(const struct entries *e)
{
	const struct cn_unknown *u;
	uint64_t count = 0;
	size_t row;

	for (row = 0; row < e->record->table->count; row++)
		count += values_of(e, row) != NULL;
	for (u = unknown_of(e, e->record->unknown); u != NULL;
	     u = unknown_of(e, u->next))
		count++;
	return count;
}

static void
put_entries(const struct entries *e, struct cn_buf *out)
{
	const struct cn_table *table = e->record->table;
	const struct cn_unknown *u = unknown_of(e, e->record->unknown);
	size_t row;

	cn_cbor_put_map(out, count_entries(e));
	for (row = 0; row < table->count; row++) {
		const struct cn_value *values = values_of(e, row);

		if (values == NULL)
			continue;
		while (u != NULL && comes_before(u, table->rows[row].key))
			u = put_unknown(e, u, out);
		cn_cbor_put_uint(out, table->rows[row].key);
		put_values(&table->rows[row], values, out);
	}
	while (u != NULL)
		u = put_unknown(e, u, out);
}

static void
put_record(const struct cn_record *record, struct cn_buf *out)
{
	struct entries e = { record, true, CN_PUBLIC };

	put_entries(&e, out);
}

enum cn_code
cn_payload_encode(const struct cn_record *record, enum cn_tier tier,
    struct cn_buf *out, struct cn_error *err)
{
	struct entries e = { record, record->table != &cn_table_passport,
		tier };

	put_entries(&e, out);
	return cn_buf_code(out, err);
}
