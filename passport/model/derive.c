#include "tree.h"

static const enum cn_choices_change_kind kind_of[] = {
	[CN_ADDED] = CN_CHANGE_KIND_ADDED,
	[CN_REMOVED] = CN_CHANGE_KIND_REMOVED,
	[CN_CHANGED] = CN_CHANGE_KIND_CHANGED,
};

/* One record "change" in a list that stands in `row` of `into`. */
static bool
put_change(struct cn_arena *arena, struct cn_record *into, unsigned row,
    const struct cn_change *change)
{
	struct cn_slice name = cn_arena_printf(
	    arena, "%s.%s", change->field->group, change->field->name);
	struct cn_record *record = cn_add_record(arena, into, row);

	if (name.ptr == NULL || record == NULL ||
	    !cn_add_text(arena, record, CN_CHANGE_FIELD, name) ||
	    !cn_add_number(
		arena, record, CN_CHANGE_WHAT, kind_of[change->what]))
		return false;
	if (change->before.len > 0 &&
	    !cn_add_text(arena, record, CN_CHANGE_BEFORE, change->before))
		return false;
	return change->after.len == 0 ||
	       cn_add_text(arena, record, CN_CHANGE_AFTER, change->after);
}

static bool
has_tier(const struct cn_record *passport, enum cn_tier tier)
{
	for (size_t i = 0; i < CN_F_COUNT; i++)
		if (cn_table_passport.rows[i].tier == tier &&
		    passport->slots[i] != NULL)
			return true;
	return false;
}

/*
 * What changed in a tier can be said where the version before shows it: a
 * section that did not travel with it is not one that was empty.
 */
static bool
can_compare(const struct cn_record *previous, enum cn_tier tier)
{
	size_t sealed = 0, held;

	if (tier == CN_PUBLIC || has_tier(previous, tier))
		return true;
	for (const struct cn_value *v = previous->slots[CN_F_SECTIONS];
	     v != NULL; v = v->next)
		sealed++;
	held = (size_t)has_tier(previous, CN_LEGITIMATE_INTEREST) +
	       (size_t)has_tier(previous, CN_AUTHORITY);
	return held >= sealed;
}

/* Appends the changes of one tier to a list in `row` of `into`. */
static enum cn_code
put_changes(struct cn_arena *arena, const struct cn_record *const sides[2],
    enum cn_tier tier, struct cn_value **list, struct cn_error *err)
{
	struct cn_record *holder = cn_record_new(arena, &cn_table_version);
	struct cn_change *change = NULL;
	enum cn_code code;

	*list = NULL;
	if (holder == NULL)
		return cn_fail(err, CN_MEMORY, "too many changes");
	if (sides[0] == NULL || !can_compare(sides[0], tier))
		return CN_OK;
	code = cn_model_diff(
	    arena, sides[0], sides[1], CN_TIER_BIT(tier), &change, err);
	for (; code == CN_OK && change != NULL; change = change->next)
		if (!put_change(arena, holder, CN_VERSION_CHANGES, change))
			code = cn_fail(err, CN_MEMORY, "too many changes");
	if (code == CN_OK)
		*list = holder->slots[CN_VERSION_CHANGES];
	return code;
}

/* F02: which version it is, which one it follows, what changed in public. */
static enum cn_code
derive_version(struct cn_arena *arena, struct cn_record *record,
    const struct cn_record *previous, const uint8_t *digest,
    struct cn_error *err)
{
	const struct cn_record *sides[2] = { previous, record };
	struct cn_record *version;
	uint64_t number = cn_get_number(
	    cn_get_record(previous, CN_F_PASSPORT_VERSION), CN_VERSION_VERSION,
	    0);

	cn_clear(record, CN_F_PASSPORT_VERSION);
	version = cn_add_record(arena, record, CN_F_PASSPORT_VERSION);
	if (version == NULL ||
	    !cn_add_number(arena, version, CN_VERSION_VERSION, number + 1))
		return cn_fail(err, CN_MEMORY, "no room for the version");
	if (digest != NULL &&
	    !cn_add_text(
		arena, version, CN_VERSION_SUPERSEDES, cn_slice_of(digest, 32)))
		return cn_fail(err, CN_MEMORY, "no room for the version");
	return put_changes(
	    arena, sides, CN_PUBLIC, &version->slots[CN_VERSION_CHANGES], err);
}

/* F98, which stands in both sections. */
static enum cn_code
derive_sealed_changes(struct cn_arena *arena, struct cn_record *record,
    const struct cn_record *previous, struct cn_error *err)
{
	const struct cn_record *sides[2] = { previous, record };
	enum cn_code code;

	code = put_changes(arena, sides, CN_LEGITIMATE_INTEREST,
	    &record->slots[CN_F_SEALED_CHANGES], err);
	if (code != CN_OK)
		return code;
	return put_changes(
	    arena, sides, CN_AUTHORITY, &record->authority_changes, err);
}

static struct cn_slice
first_placing(const struct cn_value *runs)
{
	struct cn_slice first = CN_SLICE_NONE;

	for (; runs != NULL; runs = runs->next) {
		struct cn_slice from = cn_get_text(
		    runs->as.record, CN_RUN_PLACED_FROM);

		/* ISO 8601 dates sort as text. */
		if (first.ptr == NULL || cn_slice_cmp(from, first) < 0)
			first = from;
	}
	return first;
}

/* F19 and F44, where there are runs. */
static bool
derive_from_runs(struct cn_arena *arena, struct cn_record *record)
{
	const struct cn_record *newest = cn_run_of(
	    record, CN_SLICE_NONE, CN_SLICE_NONE, NULL);

	cn_clear(record, CN_F_PLACED_ON_MARKET);
	cn_clear(record, CN_F_SUPPORT_PERIOD_END);
	if (newest == NULL)
		return true;
	return cn_add_text(arena, record, CN_F_PLACED_ON_MARKET,
		   first_placing(cn_get(record, CN_F_RUNS))) &&
	       cn_add_text(arena, record, CN_F_SUPPORT_PERIOD_END,
		   cn_get_text(newest, CN_RUN_SUPPORT_END));
}

enum cn_code
cn_model_derive(struct cn_arena *arena, struct cn_record *record,
    struct cn_slice sub, const struct cn_record *previous,
    const uint8_t *digest, struct cn_error *err)
{
	enum cn_code code;

	cn_clear(record, CN_F_PASSPORT_ID);
	if (!cn_add_text(arena, record, CN_F_PASSPORT_ID, sub) ||
	    !derive_from_runs(arena, record))
		return cn_fail(err, CN_MEMORY, "no room for derived fields");
	code = derive_version(arena, record, previous, digest, err);
	if (code != CN_OK)
		return code;
	return derive_sealed_changes(arena, record, previous, err);
}
