/*
 * Values in a few words, for lists of changes.
 */
#include "tree.h"

/* Enough of a digest to tell it from another one. */
#define DIGEST_BYTES 8

static void
put_digest(struct cn_slice digest, struct cn_buf *out)
{
	char hex[2 * DIGEST_BYTES + 1];

	cn_hex(cn_slice_sub(digest, 0, DIGEST_BYTES), hex);
	cn_buf_str(out, hex);
	cn_buf_str(out, "…");
}

/* A record is its members, named where the value alone would say nothing. */
static void
put_record(const struct cn_record *record, struct cn_buf *out)
{
	bool comma = false;

	for (size_t i = 0; i < record->table->count; i++) {
		const struct cn_field *row = &record->table->rows[i];
		const struct cn_value *v = record->slots[i];

		if (v == NULL)
			continue;
		if (comma)
			cn_buf_str(out, ", ");
		comma = true;
		if (row->kind == CN_KIND_BOOL || row->kind == CN_KIND_UINT)
			cn_buf_printf(out, "%s: ", row->name);
		for (; v != NULL; v = v->next) {
			value_short(row, v, out);
			if (v->next != NULL)
				cn_buf_byte(out, ' ');
		}
	}
}

void
value_short(const struct cn_field *field, const struct cn_value *value,
    struct cn_buf *out)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		cn_buf_put(out, cn_value_texts(value, NULL, 0, NULL));
		break;
	case CN_KIND_BOOL:
		cn_buf_str(out, value->as.number != 0 ? "yes" : "no");
		break;
	case CN_KIND_UINT:
		cn_buf_printf(
		    out, "%llu", (unsigned long long)value->as.number);
		break;
	case CN_KIND_ENUM:
		cn_buf_str(out, field->choices->values[value->as.number]);
		break;
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		put_digest(value->as.text, out);
		break;
	case CN_KIND_RECORD:
		put_record(value->as.record, out);
		break;
	case CN_KIND_TIERS:
		cn_buf_str(out, "…");
		break;
	default:
		cn_buf_put(out, value->as.text);
		break;
	}
}

struct cn_slice
short_copy(struct cn_arena *arena, const struct cn_buf *buf)
{
	struct cn_slice text = cn_buf_slice(buf);
	size_t cut = SHORT_TEXT - 3; /* bytes of "…" */

	if (buf->code == CN_MEMORY)
		return CN_SLICE_NONE;
	if (text.len <= SHORT_TEXT)
		return cn_arena_copy(arena, text);
	while (cut > 0 && (text.ptr[cut] & 0xc0) == 0x80)
		cut--;
	return cn_arena_printf(
	    arena, "%.*s…", CN_FMT(cn_slice_sub(text, 0, cut)));
}
