#include "tree.h"

static bool
texts_equal(const struct cn_text *a, const struct cn_text *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (!cn_slice_eq(a->lang, b->lang) ||
		    !cn_slice_eq(a->text, b->text))
			return false;
	return a == NULL && b == NULL;
}

static bool
tiers_equal(const struct cn_tier_entry *a, const struct cn_tier_entry *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (a->key != b->key || a->tier != b->tier)
			return false;
	return a == NULL && b == NULL;
}

static bool
unknown_equal(const struct cn_unknown *a, const struct cn_unknown *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (!cn_slice_eq(a->key, b->key) ||
		    !cn_slice_eq(a->value, b->value))
			return false;
	return a == NULL && b == NULL;
}

/* Records nest as deep as the table does: three levels. */
static bool
record_equal(const struct cn_record *a, const struct cn_record *b)
{
	for (size_t i = 0; i < a->table->count; i++)
		if (!list_equal(&a->table->rows[i], a->slots[i], b->slots[i]))
			return false;
	return unknown_equal(a->unknown, b->unknown);
}

bool
value_equal(const struct cn_field *field, const struct cn_value *a,
    const struct cn_value *b)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		return texts_equal(a->as.texts, b->as.texts);
	case CN_KIND_BOOL:
	case CN_KIND_UINT:
	case CN_KIND_ENUM:
		return a->as.number == b->as.number;
	case CN_KIND_RECORD:
		return record_equal(a->as.record, b->as.record);
	case CN_KIND_TIERS:
		return tiers_equal(a->as.tiers, b->as.tiers);
	default:
		return cn_slice_eq(a->as.text, b->as.text);
	}
}

bool
list_equal(const struct cn_field *field, const struct cn_value *a,
    const struct cn_value *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (!value_equal(field, a, b))
			return false;
	return a == NULL && b == NULL;
}

bool
list_has(const struct cn_field *field, const struct cn_value *list,
    const struct cn_value *value)
{
	for (; list != NULL; list = list->next)
		if (value_equal(field, list, value))
			return true;
	return false;
}
