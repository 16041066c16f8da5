/* What a passport says: payload and held sections as one record. */
#include "passport_form.h"

/* The record's slices point into a copy, so that the passport's bytes may go. */
static enum cn_code
open_part(struct cn_slice bytes, enum cn_tier tier, struct cn_arena *arena,
    struct cn_record *record, struct cn_error *err)
{
	struct cn_slice copy = cn_arena_copy(arena, bytes);
	enum cn_code code;

	if (copy.ptr == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for the fields");
	code = cn_payload_decode(copy, tier, arena, record, err);
	if (code != CN_OK)
		cn_error_at(err, "%s",
		    tier == CN_PUBLIC      ? "payload"
		    : tier == CN_AUTHORITY ? "section of the authority"
					   : "section of legitimate interest");
	return code;
}

enum cn_code
cn_passport_open(const struct cn_passport *passport, unsigned tiers,
    struct cn_arena *arena, struct cn_record **out, struct cn_error *err)
{
	struct cn_record *record = cn_record_new(arena, &cn_table_passport);
	enum cn_code code = CN_OK;
	size_t i;

	*out = NULL;
	if (record == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for the fields");
	if (tiers & CN_TIERS_PUBLIC)
		code = open_part(
		    passport->payload, CN_PUBLIC, arena, record, err);
	for (i = 0; i < passport->held_count && code == CN_OK; i++)
		if (tiers & CN_TIER_BIT(passport->held[i].tier))
			code = open_part(passport->held[i].fields,
			    passport->held[i].tier, arena, record, err);
	if (code == CN_OK)
		*out = record;
	return code;
}
