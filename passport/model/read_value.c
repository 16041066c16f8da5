/*
 * Values of product.json, by kind.
 */
#include "read.h"

#include <stdio.h>
#include <string.h>

static const char *
type_name(const struct cn_json *json)
{
	switch (json->type) {
	case CN_JSON_NULL:
		return "null";
	case CN_JSON_FALSE:
	case CN_JSON_TRUE:
		return "true or false";
	case CN_JSON_NUMBER:
		return "a number";
	case CN_JSON_STRING:
		return "a text";
	case CN_JSON_ARRAY:
		return "a list";
	default:
		return "an object";
	}
}

/* "gtin" must be …, not … */
static bool
wrong_type(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, const char *want)
{
	read_fault(r, json, "descriptor.type", "\"%s\" must be %s, not %s",
	    field->name, want, type_name(json));
	return false;
}

/* ---- texts ---------------------------------------------------------------- */

/* Holds a text against its row; says what is wrong. */
static bool
check_text(
    struct reader *r, const struct cn_field *field, const struct cn_json *json)
{
	size_t most = cn_field_bytes(field);
	const char *fault;

	if (json->text.len > most) {
		read_fault(r, json, "descriptor.length",
		    "the text has %zu bytes; \"%s\" takes at most %zu",
		    json->text.len, field->name, most);
		return false;
	}
	fault = cn_text_fault(field, json->text);
	if (fault == NULL)
		return true;
	if (json->text.len == 0)
		read_fault(r, json, "descriptor.form",
		    "\"%s\" is empty; leave it out", field->name);
	else
		read_fault(r, json, "descriptor.form", "\"%s\" %s",
		    read_quote(json->text).text, fault);
	return false;
}

static const char *
wanted_text(const struct cn_field *field)
{
	switch (field->kind) {
	case CN_KIND_URI:
		return "a URI as text";
	case CN_KIND_DATE:
		return "a date as text, \"YYYY-MM-DD\"";
	case CN_KIND_MONTH:
		return "a month as text, \"YYYY-MM\"";
	case CN_KIND_INSTANT:
		return "an instant as text, \"YYYY-MM-DDThh:mm:ssZ\"";
	case CN_KIND_DECIMAL:
		return "a decimal number";
	default:
		return "a text";
	}
}

/* The reader's copy of the text lives as long as the tree. A decimal may be
 * written as a number: what counts are its digits. */
static bool
read_text(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	if (json->type != CN_JSON_STRING &&
	    (json->type != CN_JSON_NUMBER || field->kind != CN_KIND_DECIMAL))
		return wrong_type(r, field, json, wanted_text(field));
	out->as.text = json->text;
	return check_text(r, field, json);
}

static bool
read_language(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	if (!cn_lang_ok(json->key)) {
		read_fault_at_key(r, json, "descriptor.language",
		    "\"%s\" is no language tag such as \"en\" or \"pt-BR\"",
		    read_quote(json->key).text);
		return false;
	}
	if (json->type != CN_JSON_STRING)
		return wrong_type(r, field, json, "a text in each language");
	if (!check_text(r, field, json))
		return false;
	if (!cn_texts_put(r->arena, out, json->key, json->text))
		r->no_memory = true;
	return true;
}

static bool
read_texts(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	bool good = true;

	if (json->type != CN_JSON_OBJECT)
		return wrong_type(
		    r, field, json, "texts by language, {\"en\": \"…\"}");
	if (json->count == 0) {
		read_fault(r, json, "descriptor.count",
		    "\"%s\" needs a text in at least one language",
		    field->name);
		return false;
	}
	if (json->count > CN_MAX_LANGUAGES) {
		read_fault(r, json, "descriptor.count",
		    "\"%s\" has texts in %zu languages; at most %d are allowed",
		    field->name, json->count, CN_MAX_LANGUAGES);
		return false;
	}
	for (const struct cn_json *m = json->first; m != NULL; m = m->next)
		good = read_language(r, field, m, out) && good;
	return good;
}

/* ---- numbers, choices, digests --------------------------------------------- */

static bool
read_bool(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	if (json->type != CN_JSON_TRUE && json->type != CN_JSON_FALSE)
		return wrong_type(r, field, json, "true or false");
	out->as.number = json->type == CN_JSON_TRUE;
	return true;
}

static bool
read_uint(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	unsigned least = field->form == CN_FORM_POSITIVE;
	uint64_t most = cn_field_highest(field);

	if (json->type != CN_JSON_NUMBER)
		return wrong_type(r, field, json, "a whole number");
	if (cn_slice_uint(json->text, most, &out->as.number) &&
	    out->as.number >= least)
		return true;
	read_fault(r, json, "descriptor.number",
	    "\"%s\" must be a whole number from %u to %llu, written in digits",
	    field->name, least, (unsigned long long)most);
	return false;
}

/* The choices, as far as there is room in a message. */
static void
list_choices(const struct cn_choices *choices, char *out, size_t space)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < choices->count; i++) {
		int n = snprintf(out + used, space - used, "%s%s",
		    i == 0 ? "" : ", ", choices->values[i]);

		if (n < 0 || (size_t)n >= space - used) {
			memcpy(out + used, "…", sizeof("…"));
			return;
		}
		used += (size_t)n;
		if (space - used < 2 * sizeof("…"))
			return;
	}
}

static bool
read_enum(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	const struct cn_choices *choices = field->choices;
	char list[512];
	int position;

	if (json->type != CN_JSON_STRING)
		return wrong_type(r, field, json, "one of its choices as text");
	position = cn_choice(choices, json->text);
	if (position >= 0) {
		out->as.number = (uint64_t)position;
		return true;
	}
	list_choices(choices, list, sizeof(list));
	read_fault(r, json, "descriptor.choice",
	    "\"%s\" is no choice of \"%s\"%s (choices: %s)",
	    read_quote(json->text).text, field->name,
	    read_hint(r, json->text, choices->values, choices->count).text,
	    list);
	return false;
}

static bool
is_lower_hex(struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
	}
	return true;
}

static bool
read_digest(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	uint8_t *bytes;

	if (json->type != CN_JSON_STRING)
		return wrong_type(r, field, json, "64 hexadecimal digits");
	bytes = cn_arena_alloc(r->arena, 1, 32);
	if (bytes == NULL) {
		r->no_memory = true;
		return false;
	}
	if (!is_lower_hex(json->text) || !cn_unhex(json->text, bytes, 32)) {
		read_fault(r, json, "descriptor.form",
		    "\"%s\" is no SHA-256: 64 hexadecimal digits in lower case",
		    read_quote(json->text).text);
		return false;
	}
	out->as.text = cn_slice_of(bytes, 32);
	return true;
}

/* ---- records --------------------------------------------------------------- */

static void
unknown_member(
    struct reader *r, const struct cn_table *table, const struct cn_json *json)
{
	const char *names[64];
	size_t count = 0;

	for (size_t i = 0; i < table->count && count < 64; i++)
		names[count++] = table->rows[i].name;
	read_fault_at_key(r, json, "descriptor.unknown-member",
	    "\"%s\" is no member of this record (%s)%s",
	    read_quote(json->key).text, table->name,
	    read_hint(r, json->key, names, count).text);
}

struct cn_record *
read_record(
    struct reader *r, const struct cn_table *table, const struct cn_json *json)
{
	struct cn_record *record = cn_record_new(r->arena, table);

	if (record == NULL) {
		r->no_memory = true;
		return NULL;
	}
	for (const struct cn_json *m = json->first; m != NULL; m = m->next) {
		const struct cn_field *row = cn_table_by_name(
		    table, CN_SLICE_NONE, m->key);

		if (row == NULL)
			unknown_member(r, table, m);
		else
			record->slots[row - table->rows] = read_value(
			    r, row, m);
	}
	for (size_t i = 0; i < table->count; i++)
		if (table->rows[i].required &&
		    cn_json_get(json, table->rows[i].name) == NULL)
			read_fault(r, json, "descriptor.missing",
			    "\"%s\" is missing", table->rows[i].name);
	return record;
}

/* ---- one value, or a list --------------------------------------------------- */

static bool
read_kind(struct reader *r, const struct cn_field *field,
    const struct cn_json *json, struct cn_value *out)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		return read_texts(r, field, json, out);
	case CN_KIND_BOOL:
		return read_bool(r, field, json, out);
	case CN_KIND_UINT:
		return read_uint(r, field, json, out);
	case CN_KIND_ENUM:
		return read_enum(r, field, json, out);
	case CN_KIND_DIGEST:
		return read_digest(r, field, json, out);
	case CN_KIND_RECORD:
		if (json->type != CN_JSON_OBJECT)
			return wrong_type(r, field, json, "an object");
		out->as.record = read_record(r, field->record, json);
		return out->as.record != NULL;
	default:
		return read_text(r, field, json, out);
	}
}

static struct cn_value *
read_one(
    struct reader *r, const struct cn_field *field, const struct cn_json *json)
{
	struct cn_value *value;

	if (json->type == CN_JSON_NULL) {
		if (!field->nullable)
			read_fault(r, json, "descriptor.null",
			    "null is no value of \"%s\"; leave it out",
			    field->name);
		return NULL;
	}
	value = cn_arena_alloc(r->arena, 1, sizeof(*value));
	if (value == NULL) {
		r->no_memory = true;
		return NULL;
	}
	value->source = json;
	return read_kind(r, field, json, value) ? value : NULL;
}

static struct cn_value *
read_list(
    struct reader *r, const struct cn_field *field, const struct cn_json *json)
{
	struct cn_value *first = NULL, **tail = &first;
	size_t most = cn_field_items(field);

	if (json->type != CN_JSON_ARRAY) {
		(void)wrong_type(r, field, json, "a list, [ … ]");
		return NULL;
	}
	if (json->count == 0 && field->required)
		read_fault(r, json, "descriptor.count",
		    "\"%s\" needs at least one item", field->name);
	if (json->count > most) {
		read_fault(r, json, "descriptor.count",
		    "\"%s\" has %zu items; at most %zu are allowed",
		    field->name, json->count, most);
		return NULL;
	}
	for (const struct cn_json *m = json->first; m != NULL; m = m->next) {
		*tail = read_one(r, field, m);
		if (*tail != NULL)
			tail = &(*tail)->next;
	}
	return first;
}

struct cn_value *
read_value(
    struct reader *r, const struct cn_field *field, const struct cn_json *json)
{
	if (field->many && json->type != CN_JSON_NULL)
		return read_list(r, field, json);
	return read_one(r, field, json);
}
