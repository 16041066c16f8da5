/*
 * The field table as a reference for people, in Markdown.
 */
#include "schema.h"

#include <string.h>

/* A bar would end the cell. */
static void
cell(struct cn_buf *out, const char *text)
{
	cn_buf_byte(out, ' ');
	for (; *text != '\0'; text++) {
		if (*text == '|')
			cn_buf_byte(out, '\\');
		cn_buf_byte(out, (uint8_t)*text);
	}
	cn_buf_str(out, " |");
}

static const char *
form_words(enum cn_form form)
{
	switch (form) {
	case CN_FORM_GTIN:
		return "GTIN";
	case CN_FORM_TARIC:
		return "commodity code";
	case CN_FORM_EORI:
		return "EORI number";
	case CN_FORM_BODY:
		return "four digits";
	case CN_FORM_LANG:
		return "language tag";
	case CN_FORM_LOT:
		return "lot or serial number";
	case CN_FORM_HTTPS:
		return "https";
	case CN_FORM_POSITIVE:
		return "from 1";
	default:
		return NULL;
	}
}

static const char *
kind_words(enum cn_kind kind)
{
	switch (kind) {
	case CN_KIND_TEXT:
		return "text";
	case CN_KIND_TEXTS:
		return "text per language";
	case CN_KIND_URI:
		return "URI";
	case CN_KIND_DATE:
		return "date";
	case CN_KIND_MONTH:
		return "month";
	case CN_KIND_INSTANT:
		return "instant";
	case CN_KIND_BOOL:
		return "true or false";
	case CN_KIND_UINT:
		return "whole number";
	case CN_KIND_DECIMAL:
		return "decimal";
	case CN_KIND_DIGEST:
		return "SHA-256";
	case CN_KIND_TIERS:
		return "tier per field";
	case CN_KIND_SEALS:
		return "digest of a section";
	default:
		return "";
	}
}

/* GitHub makes the anchor of a heading from its words. */
static void
kind(struct cn_buf *out, const struct cn_field *field)
{
	const char *form = form_words(field->form);

	cn_buf_byte(out, ' ');
	if (field->kind == CN_KIND_RECORD)
		cn_buf_printf(out, "[%s](#record-%s)", field->record->name,
		    field->record->name);
	else if (field->kind == CN_KIND_ENUM)
		cn_buf_printf(out, "[%s](#choices-%s)", field->choices->name,
		    field->choices->name);
	else
		cn_buf_str(out, kind_words(field->kind));
	if (form != NULL)
		cn_buf_printf(out, " (%s)", form);
	if (field->nullable)
		cn_buf_str(out, " or null");
	cn_buf_str(out, " |");
}

static void
row(struct cn_buf *out, const struct cn_field *field)
{
	cn_buf_printf(out, "| %u | `%s` |", field->key, field->name);
	kind(out, field);
	cell(out, schema_cardinality(field));
	if (field->group != NULL)
		cell(out, schema_audience(field->tier));
	cell(out, field->sources);
	if (field->group != NULL && field->derived)
		cn_buf_printf(out, " derived%s%s |",
		    field->hint[0] != '\0' ? "; " : "", field->hint);
	else if (field->group != NULL)
		cell(out, field->hint);
	cn_buf_byte(out, '\n');
}

static void
group(struct cn_buf *out, const char *name)
{
	cn_buf_printf(out,
	    "## Group `%s`\n\n"
	    "| key | name | kind | how many | seen by | from | note |\n"
	    "|---|---|---|---|---|---|---|\n",
	    name);
	for (size_t i = 0; i < CN_F_COUNT; i++)
		if (strcmp(cn_table_passport.rows[i].group, name) == 0)
			row(out, &cn_table_passport.rows[i]);
	cn_buf_byte(out, '\n');
}

static void
record(struct cn_buf *out, const struct cn_table *table)
{
	cn_buf_printf(out,
	    "### Record `%s`\n\n"
	    "| key | name | kind | how many | from |\n"
	    "|---|---|---|---|---|\n",
	    table->name);
	for (size_t i = 0; i < table->count; i++)
		row(out, &table->rows[i]);
	cn_buf_byte(out, '\n');
}

static void
choices(struct cn_buf *out, const struct cn_choices *list)
{
	cn_buf_printf(out, "### Choices `%s`\n\n", list->name);
	for (size_t i = 0; i < list->count; i++)
		cn_buf_printf(
		    out, "%s`%s`", i == 0 ? "" : ", ", list->values[i]);
	cn_buf_str(out, "\n\n");
}

void
cn_schema_markdown(struct cn_buf *out)
{
	cn_buf_str(out,
	    "# Fields of a passport\n\n"
	    "Keys are those of the CBOR map. How many: `1`, `0..1`, `1..n`, "
	    "`0..n`;\nthat binds the merged view of model, batch and item. "
	    "Authorities also see\nwhat persons with a legitimate interest "
	    "see. Derived fields are never\nwritten by hand.\n\n");
	for (size_t i = 0; i < cn_group_count; i++)
		group(out, cn_groups[i]);
	cn_buf_str(out, "## Records\n\n");
	for (size_t i = 0; i < cn_record_count; i++)
		record(out, cn_records[i]);
	cn_buf_str(out, "## Choices\n\n");
	for (size_t i = 0; i < cn_choice_list_count; i++)
		choices(out, cn_choice_lists[i]);
}
