/* Fields of a passport, for people: driven by the field table alone. */
#include "tool.h"

#include <inttypes.h>
#include <string.h>

#define VALUE_COLUMN 30
#define LINE_END 78

struct place {
	unsigned depth;
	bool dash; /* the first line of an item */
};

static void put_value(struct tool *tool, const struct cn_field *field,
    const struct cn_value *value, struct place at);

static void
put_blanks(struct tool *tool, unsigned count)
{
	while (count-- > 0)
		cn_buf_byte(&tool->out, ' ');
}

/* "support_period_end" as "support period end", indented; a dash in front marks
 * the first line of an item. Returns the column behind it. */
static unsigned
put_words(struct tool *tool, const char *name, struct place at)
{
	unsigned indent = 2 + 2 * at.depth;
	char words[80];
	size_t i = 0;

	for (; i < sizeof(words) - 1 && name[i] != '\0'; i++)
		words[i] = (char)(name[i] == '_' ? ' ' : name[i]);
	words[i] = '\0';
	put_blanks(tool, at.dash ? indent - 2 : indent);
	tool_paint(tool, TOOL_DIM, "%s%s", at.dash ? "- " : "", words);
	return indent + (unsigned)i;
}

/* A name with its value behind it, or below it where the name is long. */
static void
put_name(struct tool *tool, const char *name, struct place at)
{
	unsigned column = put_words(tool, name, at);

	if (column + 1 > VALUE_COLUMN) {
		tool_end(tool);
		column = 0;
	}
	put_blanks(tool, VALUE_COLUMN - column);
}

/* Words up to the end of the line, further lines below the first. The cursor
 * stands at the value's column. */
static void
put_wrapped(struct tool *tool, struct cn_slice text)
{
	size_t column = VALUE_COLUMN;

	while (text.len > 0) {
		size_t end = cn_slice_find(text, ' ');
		struct cn_slice word = cn_slice_sub(text, 0, end);
		size_t width = cn_utf8_length(word);

		if (column > VALUE_COLUMN && column + 1 + width > LINE_END) {
			tool_end(tool);
			put_blanks(tool, VALUE_COLUMN);
			column = VALUE_COLUMN;
		} else if (column > VALUE_COLUMN) {
			cn_buf_byte(&tool->out, ' ');
			column++;
		}
		tool_paint(tool, TOOL_PLAIN, "%.*s", CN_FMT(word));
		column += width;
		text = cn_slice_sub(text, end + 1, text.len);
	}
	tool_end(tool);
}

static void
put_texts(struct tool *tool, const struct cn_text *texts)
{
	bool alone = texts != NULL && texts->next == NULL;

	for (const struct cn_text *t = texts; t != NULL; t = t->next) {
		if (t != texts)
			put_blanks(tool, VALUE_COLUMN);
		if (!alone) {
			tool_paint(tool, TOOL_DIM, "%.*s", CN_FMT(t->lang));
			tool_end(tool);
			put_blanks(tool, VALUE_COLUMN);
		}
		put_wrapped(tool, t->text);
	}
}

static void
put_hex(struct tool *tool, struct cn_slice bytes)
{
	char hex[2 * CN_DIGEST + 1];

	cn_hex(cn_slice_sub(bytes, 0, CN_DIGEST), hex);
	tool_paint(tool, TOOL_PLAIN, "%s", hex);
	tool_end(tool);
}

static void
put_scalar(struct tool *tool, const struct cn_field *field,
    const struct cn_value *value)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		put_texts(tool, value->as.texts);
		break;
	case CN_KIND_BOOL:
		put_wrapped(tool,
		    value->as.number != 0 ? CN_SLICE("yes") : CN_SLICE("no"));
		break;
	case CN_KIND_UINT:
		tool_paint(tool, TOOL_PLAIN, "%" PRIu64, value->as.number);
		tool_end(tool);
		break;
	case CN_KIND_ENUM:
		put_wrapped(tool,
		    cn_slice_str(value->as.number < field->choices->count
				     ? field->choices->values[value->as.number]
				     : "?"));
		break;
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		put_hex(tool, value->as.text);
		break;
	default:
		put_wrapped(tool, value->as.text);
	}
}

static void
put_members(struct tool *tool, const struct cn_record *record, struct place at)
{
	for (unsigned row = 0; row < record->table->count; row++) {
		if (record->slots[row] == NULL)
			continue;
		put_value(
		    tool, &record->table->rows[row], record->slots[row], at);
		at.dash = false;
	}
}

/* A record stands below its name, its members a level deeper; the items of a
 * list are told apart by a dash. */
static void
put_records(struct tool *tool, const struct cn_field *field,
    const struct cn_value *value, struct place at)
{
	struct place inner = { at.depth + (field->many ? 2 : 1), field->many };

	(void)put_words(tool, field->name, at);
	tool_end(tool);
	for (; value != NULL; value = value->next)
		put_members(tool, value->as.record, inner);
}

static void
put_tiers(struct tool *tool, const struct cn_tier_entry *entries)
{
	size_t count = 0;

	for (; entries != NULL; entries = entries->next)
		count++;
	tool_paint(tool, TOOL_PLAIN, "%zu fields", count);
	tool_end(tool);
}

static void
put_value(struct tool *tool, const struct cn_field *field,
    const struct cn_value *value, struct place at)
{
	if (field->kind == CN_KIND_RECORD) {
		put_records(tool, field, value, at);
		return;
	}
	put_name(tool, field->name, at);
	if (field->kind == CN_KIND_TIERS) {
		put_tiers(tool, value->as.tiers);
		return;
	}
	for (const struct cn_value *v = value; v != NULL; v = v->next) {
		if (v != value)
			put_blanks(tool, VALUE_COLUMN);
		put_scalar(tool, field, v);
	}
}

static void
put_group(struct tool *tool, const struct cn_record *passport,
    const char *group, unsigned tiers)
{
	bool first = true;

	for (unsigned row = 0; row < passport->table->count; row++) {
		const struct cn_field *field = &passport->table->rows[row];

		if (passport->slots[row] == NULL ||
		    strcmp(field->group, group) != 0 ||
		    (tiers & CN_TIER_BIT(field->tier)) == 0)
			continue;
		if (first) {
			tool_end(tool);
			tool_paint(tool, TOOL_BOLD, "%s", group);
			tool_end(tool);
		}
		first = false;
		put_value(tool, field, passport->slots[row],
		    (struct place){ 0, false });
	}
}

void
tool_fields(struct tool *tool, const struct cn_record *passport, unsigned tiers)
{
	size_t unknown = 0;

	for (size_t i = 0; i < cn_group_count; i++)
		put_group(tool, passport, cn_groups[i], tiers);
	for (const struct cn_unknown *u = passport->unknown; u != NULL;
	     u = u->next)
		unknown += (tiers & CN_TIER_BIT(u->tier)) != 0;
	if (unknown == 0)
		return;
	tool_end(tool);
	tool_paint(tool, TOOL_WARN,
	    "%zu entries that this version does not know; --format json "
	    "shows them",
	    unknown);
	tool_end(tool);
}
