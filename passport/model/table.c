/*
 * The tables made from fields.def, and the ways to find a row.
 */
#include <carnet/model.h>

#include <string.h>

/* ---- lists of choices --------------------------------------------------- */

#define RECORD_OPEN(SYMBOL, name)
#define MEMBER(SYMBOL, NAME, name, kind, sub, card, form, max, sources)
#define RECORD_CLOSE(SYMBOL, name)
#define FIELD( \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources)

/* clang-format off */
#define CHOICES_OPEN(SYMBOL, name) \
	static const char *const values_##name[] = {
#define CHOICE(SYMBOL, VALUE, text) text,
#define CHOICES_CLOSE(SYMBOL, name) \
	}; \
	const struct cn_choices cn_choices_##name = { \
		#name, values_##name, CN_##SYMBOL##_CHOICES };
/* clang-format on */
#include <carnet/fields.def>
#undef CHOICES_OPEN
#undef CHOICE
#undef CHOICES_CLOSE

#define CHOICES_OPEN(SYMBOL, name) &cn_choices_##name,
#define CHOICE(SYMBOL, VALUE, text)
#define CHOICES_CLOSE(SYMBOL, name)
const struct cn_choices *const cn_choice_lists[] = {
#include <carnet/fields.def>
};
const size_t cn_choice_list_count = sizeof(cn_choice_lists) /
				    sizeof(cn_choice_lists[0]);
#undef CHOICES_OPEN
#undef RECORD_OPEN
#undef MEMBER
#undef RECORD_CLOSE
#undef FIELD

/* ---- rows ---------------------------------------------------------------- */

/* What `card` says, as flags. */
enum {
	REQUIRED = 1,
	LIST = 2,
	CAN_BE_NULL = 4,
	DERIVED = 8,
	CARD_OPT = 0,
	CARD_ONE = REQUIRED,
	CARD_MANY = LIST,
	CARD_SOME = REQUIRED | LIST,
	CARD_NULLABLE = CAN_BE_NULL,
	CARD_DERIVED_ONE = DERIVED | REQUIRED,
	CARD_DERIVED_MANY = DERIVED | LIST
};

/* What `sub` names depends on the kind. */
#define RECORD_OF_TEXT(sub) NULL
#define RECORD_OF_TEXTS(sub) NULL
#define RECORD_OF_URI(sub) NULL
#define RECORD_OF_DATE(sub) NULL
#define RECORD_OF_MONTH(sub) NULL
#define RECORD_OF_INSTANT(sub) NULL
#define RECORD_OF_BOOL(sub) NULL
#define RECORD_OF_UINT(sub) NULL
#define RECORD_OF_DECIMAL(sub) NULL
#define RECORD_OF_ENUM(sub) NULL
#define RECORD_OF_DIGEST(sub) NULL
#define RECORD_OF_RECORD(sub) &cn_table_##sub
#define RECORD_OF_TIERS(sub) NULL
#define RECORD_OF_SEALS(sub) NULL

#define CHOICES_OF_TEXT(sub) NULL
#define CHOICES_OF_TEXTS(sub) NULL
#define CHOICES_OF_URI(sub) NULL
#define CHOICES_OF_DATE(sub) NULL
#define CHOICES_OF_MONTH(sub) NULL
#define CHOICES_OF_INSTANT(sub) NULL
#define CHOICES_OF_BOOL(sub) NULL
#define CHOICES_OF_UINT(sub) NULL
#define CHOICES_OF_DECIMAL(sub) NULL
#define CHOICES_OF_ENUM(sub) &cn_choices_##sub
#define CHOICES_OF_DIGEST(sub) NULL
#define CHOICES_OF_RECORD(sub) NULL
#define CHOICES_OF_TIERS(sub) NULL
#define CHOICES_OF_SEALS(sub) NULL

/* clang-format off */
#define ROW(where, number, label, k, sub, card, level, f, most, why, articles) \
	{ .name = (label), .group = (where), .key = (number),                 \
	  .kind = CN_KIND_##k, .form = CN_FORM_##f,                     \
	  .required = (CARD_##card & REQUIRED) != 0,                    \
	  .many = (CARD_##card & LIST) != 0,                            \
	  .nullable = (CARD_##card & CAN_BE_NULL) != 0,                 \
	  .derived = (CARD_##card & DERIVED) != 0,                      \
	  .tier = (level), .max = (most),                                   \
	  .record = RECORD_OF_##k(sub), .choices = CHOICES_OF_##k(sub), \
	  .sources = (articles), .hint = (why) },

#define CHOICES_OPEN(SYMBOL, name)
#define CHOICES_CLOSE(SYMBOL, name)
#define FIELD( \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources)
#define RECORD_OPEN(SYMBOL, name) \
	static const struct cn_field rows_##name[] = {
#define MEMBER(SYMBOL, NAME, name, kind, sub, card, form, max, sources) \
	ROW(NULL, CN_##SYMBOL##_##NAME + 1, #name, kind, sub, card, \
	    CN_PUBLIC, form, max, "", sources)
#define RECORD_CLOSE(SYMBOL, name) \
	}; \
	const struct cn_table cn_table_##name = { \
		#name, rows_##name, CN_##SYMBOL##_MEMBERS };
/* clang-format on */
#include <carnet/fields.def>
#undef RECORD_OPEN
#undef MEMBER
#undef RECORD_CLOSE

#define RECORD_OPEN(SYMBOL, name) &cn_table_##name,
#define MEMBER(SYMBOL, NAME, name, kind, sub, card, form, max, sources)
#define RECORD_CLOSE(SYMBOL, name)
const struct cn_table *const cn_records[] = {
#include <carnet/fields.def>
};
const size_t cn_record_count = sizeof(cn_records) / sizeof(cn_records[0]);
#undef RECORD_OPEN
#undef FIELD

#define RECORD_OPEN(SYMBOL, name)
#define FIELD(                                                               \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources) \
	ROW(#group, key, #name, kind, sub, card, CN_##tier, form, max, hint, \
	    sources)
static const struct cn_field rows_passport[] = {
#include <carnet/fields.def>
};
const struct cn_table cn_table_passport = { "passport", rows_passport,
	CN_F_COUNT };
#undef FIELD

/* Rows stand in the order of their keys, so that encoding is one pass: each
 * key is above the one before it. */
#define FIELD(                                                               \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources) \
	AFTER_KEY_BEFORE_##NAME, KEY_OF_##NAME = (key),
enum {
#include <carnet/fields.def>
	AFTER_LAST_KEY
};
#undef FIELD
#define FIELD(                                                               \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources) \
	_Static_assert((int)AFTER_KEY_BEFORE_##NAME <= (int)KEY_OF_##NAME,   \
	    #name " stands behind a row with a higher key");
#include <carnet/fields.def>
#undef FIELD
#undef CHOICES_OPEN
#undef CHOICE
#undef CHOICES_CLOSE
#undef RECORD_OPEN
#undef MEMBER
#undef RECORD_CLOSE

const char *const cn_groups[] = { "identity", "operators", "scope",
	"conformity", "support", "ai", "markets", "circularity", "integrity" };
const size_t cn_group_count = sizeof(cn_groups) / sizeof(cn_groups[0]);

/* ---- finding ------------------------------------------------------------- */

const struct cn_field *
cn_table_by_key(const struct cn_table *table, uint64_t key)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->rows[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->count || table->rows[low].key != key)
		return NULL;
	return &table->rows[low];
}

const struct cn_field *
cn_table_by_name(
    const struct cn_table *table, struct cn_slice group, struct cn_slice name)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct cn_field *row = &table->rows[i];

		if (!cn_slice_is(name, row->name))
			continue;
		if (group.ptr == NULL || row->group == NULL ||
		    cn_slice_is(group, row->group))
			return row;
	}
	return NULL;
}

int
cn_choice(const struct cn_choices *choices, struct cn_slice text)
{
	for (size_t i = 0; i < choices->count; i++)
		if (cn_slice_is(text, choices->values[i]))
			return (int)i;
	return -1;
}

/* ---- ceilings ------------------------------------------------------------ */

size_t
cn_field_bytes(const struct cn_field *field)
{
	if (!field->many && field->max > 0)
		return field->max;
	return field->kind == CN_KIND_URI ? 2048 : 4096;
}

size_t
cn_field_items(const struct cn_field *field)
{
	if (!field->many)
		return 1;
	return field->max > 0 ? field->max : 1000;
}

uint64_t
cn_field_highest(const struct cn_field *field)
{
	switch (field->kind) {
	case CN_KIND_BOOL:
		return 1;
	case CN_KIND_ENUM:
		return field->choices->count - 1;
	default:
		return field->max > 0 && !field->many ? field->max : UINT32_MAX;
	}
}
