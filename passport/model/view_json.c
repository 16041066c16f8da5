#include <carnet/cbor.h>
#include <carnet/model.h>

#include <inttypes.h>
#include <stdio.h>

static const char *const tier_names[CN_TIERS] = { "public",
	"legitimate_interest", "authority" };

/* ---- values --------------------------------------------------------------- */

static void
write_texts(const struct cn_text *texts, struct cn_jw *w)
{
	cn_jw_object(w);
	for (; texts != NULL; texts = texts->next) {
		cn_jw_key_slice(w, texts->lang);
		cn_jw_slice(w, texts->text);
	}
	cn_jw_object_end(w);
}

static void
write_tiers(const struct cn_tier_entry *entry, struct cn_jw *w)
{
	char key[24];

	cn_jw_object(w);
	for (; entry != NULL; entry = entry->next) {
		(void)snprintf(key, sizeof(key), "%" PRIu64, entry->key);
		cn_jw_key(w, key);
		if (entry->tier < CN_TIERS)
			cn_jw_str(w, tier_names[entry->tier]);
		else
			cn_jw_uint(w, entry->tier);
	}
	cn_jw_object_end(w);
}

/* An integer key as its digits, any other as the hex of its CBOR. */
static void
write_unknown_key(struct cn_slice cbor, struct cn_jw *w)
{
	struct cn_cbor cursor = cn_cbor_over(cbor);
	struct cn_buf hex;
	int64_t number;
	char key[24];

	if (cn_cbor_int(&cursor, &number)) {
		(void)snprintf(key, sizeof(key), "%" PRId64, number);
		cn_jw_key(w, key);
		return;
	}
	cn_buf_init(&hex, 4096);
	for (size_t i = 0; i < cbor.len; i++)
		cn_buf_printf(&hex, "%02x", cbor.ptr[i]);
	cn_jw_key_slice(w, cn_buf_slice(&hex));
	cn_buf_free(&hex);
}

static void
write_unknown(const struct cn_unknown *list, unsigned tiers, struct cn_jw *w)
{
	bool open = false;

	for (; list != NULL; list = list->next) {
		if ((tiers & CN_TIER_BIT(list->tier)) == 0)
			continue;
		if (!open) {
			cn_jw_key(w, "unknown");
			cn_jw_object(w);
			open = true;
		}
		write_unknown_key(list->key, w);
		cn_jw_hex(w, list->value);
	}
	if (open)
		cn_jw_object_end(w);
}

static void
write_record(const struct cn_record *record, struct cn_jw *w)
{
	cn_jw_object(w);
	for (size_t i = 0; i < record->table->count; i++) {
		const struct cn_field *row = &record->table->rows[i];

		if (record->slots[i] == NULL)
			continue;
		cn_jw_key(w, row->name);
		cn_value_write_json(row, record->slots[i], w);
	}
	write_unknown(record->unknown, CN_TIERS_ALL, w);
	cn_jw_object_end(w);
}

static void
write_one(
    const struct cn_field *field, const struct cn_value *value, struct cn_jw *w)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		write_texts(value->as.texts, w);
		break;
	case CN_KIND_BOOL:
		cn_jw_bool(w, value->as.number != 0);
		break;
	case CN_KIND_UINT:
		cn_jw_uint(w, value->as.number);
		break;
	case CN_KIND_ENUM:
		cn_jw_str(w, field->choices->values[value->as.number]);
		break;
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		cn_jw_hex(w, value->as.text);
		break;
	case CN_KIND_RECORD:
		write_record(value->as.record, w);
		break;
	case CN_KIND_TIERS:
		write_tiers(value->as.tiers, w);
		break;
	default:
		cn_jw_slice(w, value->as.text);
		break;
	}
}

void
cn_value_write_json(
    const struct cn_field *field, const struct cn_value *value, struct cn_jw *w)
{
	if (value == NULL) {
		cn_jw_null(w);
		return;
	}
	if (!field->many) {
		write_one(field, value, w);
		return;
	}
	cn_jw_array(w);
	for (; value != NULL; value = value->next)
		write_one(field, value, w);
	cn_jw_array_end(w);
}

/* ---- the passport ---------------------------------------------------------- */

/* Field sealed_changes has a part in each sealed section. */
static void
write_sealed_changes(
    const struct cn_record *passport, unsigned tiers, struct cn_jw *w)
{
	const struct cn_field *row =
	    &cn_table_passport.rows[CN_F_SEALED_CHANGES];
	const struct cn_value *v;

	cn_jw_array(w);
	if ((tiers & CN_TIER_BIT(CN_LEGITIMATE_INTEREST)) != 0)
		for (v = passport->slots[CN_F_SEALED_CHANGES]; v != NULL;
		     v = v->next)
			write_one(row, v, w);
	if ((tiers & CN_TIER_BIT(CN_AUTHORITY)) != 0)
		for (v = passport->authority_changes; v != NULL; v = v->next)
			write_one(row, v, w);
	cn_jw_array_end(w);
}

static bool
is_shown(const struct cn_record *passport, size_t row, unsigned tiers)
{
	enum cn_tier tier = cn_table_passport.rows[row].tier;

	if (row == CN_F_SEALED_CHANGES && passport->authority_changes != NULL &&
	    (tiers & CN_TIER_BIT(CN_AUTHORITY)) != 0)
		return true;
	return passport->slots[row] != NULL && (tiers & CN_TIER_BIT(tier)) != 0;
}

static void
write_group(const struct cn_record *passport, const char *group, unsigned tiers,
    struct cn_jw *w)
{
	struct cn_slice name = cn_slice_str(group);
	bool open = false;

	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *row = &cn_table_passport.rows[i];

		if (!cn_slice_is(name, row->group) ||
		    !is_shown(passport, i, tiers))
			continue;
		if (!open) {
			cn_jw_key(w, group);
			cn_jw_object(w);
			open = true;
		}
		cn_jw_key(w, row->name);
		if (i == CN_F_SEALED_CHANGES)
			write_sealed_changes(passport, tiers, w);
		else
			cn_value_write_json(row, passport->slots[i], w);
	}
	if (open)
		cn_jw_object_end(w);
}

void
cn_model_write_json(
    const struct cn_record *passport, unsigned tiers, struct cn_jw *w)
{
	cn_jw_object(w);
	for (size_t i = 0; i < cn_group_count; i++)
		write_group(passport, cn_groups[i], tiers, w);
	write_unknown(passport->unknown, tiers, w);
	cn_jw_object_end(w);
}
