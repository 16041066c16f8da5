/*
 * Everything that a passport says, generically from the field table: a new
 * field appears by itself.
 */
#include "page_data.h"

#include <carnet/cbor.h>

#include <string.h>

#define DIAG_MAX 2048

static struct rs_list rows_of(
    struct rs_pen *pen, const struct cn_record *record);

/* ---- values -------------------------------------------------------------------- */

static void
fill_text(struct rs_pen *pen, struct cn_slice text, struct rs_value *out)
{
	out->text = text;
	out->href = rs_pen_link(pen, text);
}

static void
fill_texts(
    struct rs_pen *pen, const struct cn_text *texts, struct rs_value *out)
{
	struct rs_item item = rs_pen_texts(pen, texts);

	out->text = item.text;
	out->lang = item.lang;
	out->href = item.href;
}

static void
fill_instant(struct rs_pen *pen, struct cn_slice text, struct rs_value *out)
{
	cn_instant at;

	out->text = cn_instant_parse(text, &at) ? rs_pen_instant(pen, at)
						: text;
}

static void
fill_value(struct rs_pen *pen, const struct cn_field *field,
    const struct cn_value *value, struct rs_value *out)
{
	switch (field->kind) {
	case CN_KIND_TEXT:
	case CN_KIND_URI:
	case CN_KIND_DECIMAL:
		fill_text(pen, value->as.text, out);
		break;
	case CN_KIND_TEXTS:
		fill_texts(pen, value->as.texts, out);
		break;
	case CN_KIND_DATE:
		out->text = rs_pen_date(pen, value->as.text);
		break;
	case CN_KIND_MONTH:
		out->text = rs_pen_month(pen, value->as.text);
		break;
	case CN_KIND_INSTANT:
		fill_instant(pen, value->as.text, out);
		break;
	case CN_KIND_BOOL:
		out->yes = value->as.number != 0;
		out->no = !out->yes;
		break;
	case CN_KIND_UINT:
		out->text = rs_pen_printf(
		    pen, "%llu", (unsigned long long)value->as.number);
		break;
	case CN_KIND_ENUM:
		out->text = rs_locale_choice(
		    pen->locale, field->choices, value->as.number);
		break;
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		out->text = rs_pen_hex(pen, value->as.text);
		out->mono = true;
		break;
	case CN_KIND_RECORD:
		out->rows = rows_of(pen, value->as.record);
		out->nested = out->rows.count > 0;
		break;
	case CN_KIND_TIERS:
		break;
	}
}

/* Which fields are not for everybody, and for whom they are. */
static struct rs_list
tier_values(struct rs_pen *pen, const struct cn_tier_entry *entries)
{
	size_t n = 0, room = 0;
	struct rs_value *values;

	for (const struct cn_tier_entry *e = entries; e != NULL; e = e->next)
		room++;
	values = rs_pen_alloc(pen, room, sizeof(*values));
	for (const struct cn_tier_entry *e = entries;
	     e != NULL && values != NULL; e = e->next) {
		const struct cn_field *field = cn_table_by_key(
		    &cn_table_passport, e->key);
		if (e->tier == CN_PUBLIC)
			continue;
		values[n].text = field == NULL ? rs_pen_printf(pen, "%llu",
						     (unsigned long long)e->key)
					       : rs_locale_label(pen->locale,
						     &cn_table_passport, field);
		values[n].legitimate_interest = e->tier ==
						CN_LEGITIMATE_INTEREST;
		values[n++].authority = e->tier == CN_AUTHORITY;
	}
	return (struct rs_list){ values, n };
}

static struct rs_list
field_values(struct rs_pen *pen, const struct cn_field *field,
    const struct cn_value *value)
{
	struct rs_value *values;
	size_t n = 0;

	if (field->kind == CN_KIND_TIERS)
		return tier_values(pen, value->as.tiers);
	values = rs_pen_alloc(pen, rs_count(value), sizeof(*values));
	for (; value != NULL && values != NULL; value = value->next)
		fill_value(pen, field, value, &values[n++]);
	return (struct rs_list){ values, n };
}

/* ---- what the table does not know -------------------------------------------------- */

static struct cn_slice
diag(struct rs_pen *pen, struct cn_slice cbor)
{
	struct cn_buf buf;
	struct cn_slice text;

	cn_buf_init(&buf, DIAG_MAX);
	cn_cbor_diag(cbor, &buf);
	text = buf.code == CN_OK
		   ? rs_pen_printf(pen, "%.*s", CN_FMT(cn_buf_slice(&buf)))
		   : cn_slice_str("…");
	cn_buf_free(&buf);
	return text;
}

static size_t
unknown_rows(
    struct rs_pen *pen, const struct cn_unknown *unknown, struct rs_row *rows)
{
	size_t n = 0;

	for (; unknown != NULL; unknown = unknown->next) {
		struct rs_value *value = rs_pen_alloc(pen, 1, sizeof(*value));
		if (value == NULL)
			break;
		if ((pen->view->tiers & CN_TIER_BIT(unknown->tier)) == 0)
			continue;
		value->text = diag(pen, unknown->value);
		value->mono = true;
		rows[n].unknown = diag(pen, unknown->key);
		rows[n++].values = (struct rs_list){ value, 1 };
	}
	return n;
}

static size_t
unknown_count(const struct cn_unknown *unknown)
{
	size_t n = 0;

	for (; unknown != NULL; unknown = unknown->next)
		n++;
	return n;
}

/* ---- rows ---------------------------------------------------------------------------- */

static void
fill_row(struct rs_pen *pen, const struct cn_record *record, size_t i,
    struct rs_row *row)
{
	const struct cn_field *field = &record->table->rows[i];

	row->label = rs_locale_label(pen->locale, record->table, field);
	row->values = field_values(pen, field, record->slots[i]);
}

static struct rs_list
rows_of(struct rs_pen *pen, const struct cn_record *record)
{
	size_t n = 0,
	       room = record->table->count + unknown_count(record->unknown);
	struct rs_row *rows = rs_pen_alloc(pen, room, sizeof(*rows));

	for (size_t i = 0; i < record->table->count && rows != NULL; i++)
		if (record->slots[i] != NULL)
			fill_row(pen, record, i, &rows[n++]);
	if (rows != NULL)
		n += unknown_rows(pen, record->unknown, rows + n);
	return (struct rs_list){ rows, n };
}

/* ---- sections ------------------------------------------------------------------------- */

/* The public fields of one group that the passport has. */
static struct rs_list
group_rows(struct rs_pen *pen, const char *group)
{
	const struct cn_record *record = pen->view->merged;
	struct rs_row *rows = rs_pen_alloc(
	    pen, record->table->count, sizeof(*rows));
	size_t n = 0;

	for (size_t i = 0; i < record->table->count && rows != NULL; i++) {
		const struct cn_field *field = &record->table->rows[i];
		if (record->slots[i] == NULL ||
		    strcmp(field->group, group) != 0 ||
		    (pen->view->tiers & CN_TIER_BIT(field->tier)) == 0)
			continue;
		fill_row(pen, record, i, &rows[n]);
		n += rows[n].values.count > 0;
	}
	return (struct rs_list){ rows, n };
}

void
rs_page_sections(struct rs_pen *pen, struct rs_page *page)
{
	const struct cn_record *record = pen->view->merged;
	struct rs_section *sections = rs_pen_alloc(
	    pen, cn_group_count + 1, sizeof(*sections));
	size_t n = 0;

	for (size_t i = 0; i < cn_group_count && sections != NULL; i++) {
		sections[n].rows = group_rows(pen, cn_groups[i]);
		if (sections[n].rows.count == 0)
			continue;
		sections[n++].title = rs_locale_group(
		    pen->locale, cn_groups[i]);
	}
	if (record->unknown != NULL && sections != NULL) {
		struct rs_row *rows = rs_pen_alloc(
		    pen, unknown_count(record->unknown), sizeof(*rows));
		if (rows != NULL)
			sections[n].rows = (struct rs_list){ rows,
				unknown_rows(pen, record->unknown, rows) };
		/* Without a title of its own: see the template. */
		n += sections[n].rows.count > 0;
	}
	page->sections = (struct rs_list){ sections, n };
}
