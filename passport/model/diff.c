#include "tree.h"

struct diff {
	struct cn_arena *arena;
	struct cn_change **tail;
	struct cn_buf words; /* short text being made */
};

/* What of a list the other one does not have; all of it where that is
 * nothing (only the order differs). */
static struct cn_slice
words_of(struct diff *d, const struct cn_field *field,
    const struct cn_value *list, const struct cn_value *other)
{
	bool some = false;

	cn_buf_reset(&d->words);
	for (int every = 0; every < 2 && !some; every++)
		for (const struct cn_value *v = list; v != NULL; v = v->next) {
			if (!every && list_has(field, other, v))
				continue;
			if (some)
				cn_buf_str(&d->words, "; ");
			value_short(field, v, &d->words);
			some = true;
		}
	return short_copy(d->arena, &d->words);
}

/* Members of a single record that differ: "signed: no". */
static struct cn_slice
member_words(struct diff *d, const struct cn_record *record,
    const struct cn_record *other)
{
	cn_buf_reset(&d->words);
	for (size_t i = 0; i < record->table->count; i++) {
		const struct cn_field *row = &record->table->rows[i];
		const struct cn_value *v = record->slots[i];

		if (v == NULL || list_equal(row, v, other->slots[i]))
			continue;
		if (d->words.len > 0)
			cn_buf_str(&d->words, ", ");
		cn_buf_printf(&d->words, "%s: ", row->name);
		for (; v != NULL; v = v->next) {
			value_short(row, v, &d->words);
			if (v->next != NULL)
				cn_buf_byte(&d->words, ' ');
		}
	}
	return short_copy(d->arena, &d->words);
}

static struct cn_slice
describe(struct diff *d, const struct cn_field *field,
    const struct cn_value *side, const struct cn_value *other)
{
	if (side == NULL)
		return CN_SLICE("");
	if (field->kind == CN_KIND_RECORD && !field->many && other != NULL)
		return member_words(d, side->as.record, other->as.record);
	return words_of(d, field, side, other);
}

static enum cn_code
add_change(struct diff *d, const struct cn_field *field,
    const struct cn_value *before, const struct cn_value *after,
    struct cn_error *err)
{
	struct cn_change *change = cn_arena_alloc(d->arena, 1, sizeof(*change));

	if (change == NULL)
		return cn_fail(err, CN_MEMORY, "too many changes");
	change->field = field;
	change->what = before == NULL  ? CN_ADDED
		       : after == NULL ? CN_REMOVED
				       : CN_CHANGED;
	change->before = describe(d, field, before, after);
	change->after = describe(d, field, after, before);
	if (change->before.ptr == NULL || change->after.ptr == NULL)
		return cn_fail(err, CN_MEMORY, "too many changes");
	*d->tail = change;
	d->tail = &change->next;
	return CN_OK;
}

enum cn_code
cn_model_diff(struct cn_arena *arena, const struct cn_record *before,
    const struct cn_record *after, unsigned tiers, struct cn_change **out,
    struct cn_error *err)
{
	struct cn_change *first = NULL;
	struct diff d = { .arena = arena, .tail = &first };
	enum cn_code code = CN_OK;

	*out = NULL;
	/* Text beyond the ceiling is cut off: short_copy() keeps the start. */
	cn_buf_init(&d.words, 64u << 10);
	for (size_t i = 0; i < CN_F_COUNT && code == CN_OK; i++) {
		const struct cn_field *row = &cn_table_passport.rows[i];

		if (row->derived || (tiers & CN_TIER_BIT(row->tier)) == 0 ||
		    list_equal(row, before->slots[i], after->slots[i]))
			continue;
		code = add_change(
		    &d, row, before->slots[i], after->slots[i], err);
	}
	cn_buf_free(&d.words);
	if (code == CN_OK)
		*out = first;
	return code;
}
