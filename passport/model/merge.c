#include "tree.h"

enum rule {
	NEAREST, /* a nearer level replaces a farther one as a whole */
	OWN, /* what concerns the nearest passport itself */
	JOINED, /* notices: nothing of any level hides */
	GRAVEST /* the status */
};

static enum rule
rule_of(size_t row)
{
	switch (row) {
	case CN_F_PASSPORT_STATUS:
		return GRAVEST;
	case CN_F_RECALLS:
	case CN_F_USER_NOTICES:
	case CN_F_SAFETY_WARNINGS:
	case CN_F_FORCED_FINDINGS:
		return JOINED;
	case CN_F_PASSPORT_ID:
	case CN_F_PASSPORT_VERSION:
	case CN_F_FIELD_ACCESS_POLICY:
	case CN_F_SECTIONS:
	case CN_F_SEALED_CHANGES:
		return OWN;
	default:
		return NEAREST;
	}
}

/* How grave a status is for somebody who holds the product. */
static unsigned
gravity(const struct cn_value *status)
{
	switch ((enum cn_choices_passport_status)status->as.number) {
	case CN_PASSPORT_STATUS_RECALLED:
		return 4;
	case CN_PASSPORT_STATUS_WITHDRAWN:
		return 3;
	case CN_PASSPORT_STATUS_OPERATOR_CEASED:
		return 2;
	case CN_PASSPORT_STATUS_OUT_OF_SUPPORT:
		return 1;
	default:
		return 0;
	}
}

static void
keep_gravest(struct cn_value **slot, struct cn_value *status)
{
	if (status != NULL &&
	    (*slot == NULL || gravity(status) > gravity(*slot)))
		*slot = status;
}

/* Appends copies of values that are not there yet. */
static bool
join(struct cn_arena *arena, struct cn_record *into, size_t row,
    const struct cn_value *list)
{
	const struct cn_field *field = &into->table->rows[row];

	for (; list != NULL; list = list->next) {
		struct cn_value *copy;

		if (list_has(field, into->slots[row], list))
			continue;
		copy = cn_add(arena, into, (unsigned)row);
		if (copy == NULL)
			return false;
		copy->as = list->as;
		copy->source = list->source;
	}
	return true;
}

/* Adds what a level says; levels come nearest first. */
static bool
merge_level(struct cn_arena *arena, struct cn_record *into,
    const struct cn_record *level, bool nearest)
{
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		enum rule rule = rule_of(i);

		if (rule == JOINED) {
			if (!join(arena, into, i, level->slots[i]))
				return false;
		} else if (rule == GRAVEST) {
			keep_gravest(&into->slots[i], level->slots[i]);
		} else if (into->slots[i] == NULL &&
			   (rule == NEAREST || nearest)) {
			into->slots[i] = level->slots[i];
		}
	}
	return true;
}

static bool
unknown_has(const struct cn_unknown *list, const struct cn_unknown *entry)
{
	for (; list != NULL; list = list->next)
		if (list->tier == entry->tier &&
		    cn_slice_eq(list->key, entry->key))
			return true;
	return false;
}

/* Unknown entries by key, the nearest level's where several have one. */
static bool
merge_unknown(struct cn_arena *arena, struct cn_record *into,
    const struct cn_unknown *list)
{
	for (; list != NULL; list = list->next) {
		struct cn_unknown **at = &into->unknown;
		struct cn_unknown *copy;

		if (unknown_has(into->unknown, list))
			continue;
		copy = cn_arena_alloc(arena, 1, sizeof(*copy));
		if (copy == NULL)
			return false;
		while (*at != NULL && cn_slice_cmp((*at)->key, list->key) <= 0)
			at = &(*at)->next;
		*copy = *list;
		copy->next = *at;
		*at = copy;
	}
	return true;
}

enum cn_code
cn_model_merge(struct cn_arena *arena, const struct cn_record *const *levels,
    size_t count, struct cn_record **out, struct cn_error *err)
{
	struct cn_record *merged = cn_record_new(arena, &cn_table_passport);

	*out = NULL;
	if (merged == NULL)
		return cn_fail(err, CN_MEMORY, "no room to merge");
	for (size_t i = count; i-- > 0;)
		if (!merge_level(arena, merged, levels[i], i + 1 == count) ||
		    !merge_unknown(arena, merged, levels[i]->unknown))
			return cn_fail(err, CN_MEMORY, "no room to merge");
	if (count > 0)
		merged->authority_changes =
		    levels[count - 1]->authority_changes;
	*out = merged;
	return CN_OK;
}
