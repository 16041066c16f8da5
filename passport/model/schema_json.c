/*
 * The field table as JSON Schema 2020-12. One schema serves two documents:
 * product.json, and what `carnet show --format json` prints, which is told by
 * its member "kind".
 */
#include "schema.h"

#include <stdio.h>

#define CONTROLS "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f"

struct name {
	char text[160];
};

static struct name
name_of(const char *prefix, const char *name)
{
	struct name n;

	(void)snprintf(n.text, sizeof(n.text), "%s.%s", prefix, name);
	return n;
}

/* ---- small parts ------------------------------------------------------------- */

static void
ref_at(struct cn_jw *w, const char *key, const char *definition)
{
	char text[200];

	(void)snprintf(text, sizeof(text), "#/$defs/%s", definition);
	cn_jw_key(w, key);
	cn_jw_object(w);
	cn_jw_kv_str(w, "$ref", text);
	cn_jw_object_end(w);
}

static void
ref(struct cn_jw *w, const char *definition)
{
	char text[200];

	(void)snprintf(text, sizeof(text), "#/$defs/%s", definition);
	cn_jw_kv_str(w, "$ref", text);
}

static void
pattern(struct cn_jw *w, const char *text)
{
	struct cn_buf whole;

	cn_buf_init(&whole, 1024);
	cn_buf_printf(&whole, "^(%s)$", text);
	cn_jw_kv_slice(w, "pattern", cn_buf_slice(&whole));
	cn_buf_free(&whole);
}

/* "type": …, or with null beside it */
static void
type(struct cn_jw *w, const struct cn_field *field, const char *name)
{
	cn_jw_key(w, "type");
	if (!field->nullable) {
		cn_jw_str(w, name);
		return;
	}
	cn_jw_array(w);
	cn_jw_str(w, name);
	cn_jw_str(w, "null");
	cn_jw_array_end(w);
}

static void
describe(struct cn_jw *w, const struct cn_field *field)
{
	struct cn_buf text;

	cn_buf_init(&text, 4096);
	schema_describe(field, &text);
	if (field->group != NULL) {
		if (text.len > 0)
			cn_buf_str(&text, "; ");
		cn_buf_printf(
		    &text, "seen by: %s", schema_audience(field->tier));
	}
	if (text.len > 0)
		cn_jw_kv_slice(w, "description", cn_buf_slice(&text));
	cn_buf_free(&text);
}

/* ---- kinds ------------------------------------------------------------------- */

/* maxLength counts code points, our ceilings bytes: it is the wider of both. */
static void
text_kind(struct cn_jw *w, const struct cn_field *field)
{
	const char *form = schema_pattern(field);

	type(w, field, "string");
	cn_jw_kv_uint(w, "minLength", 1);
	cn_jw_kv_uint(w, "maxLength", cn_field_bytes(field));
	if (form != NULL)
		pattern(w, form);
	else
		pattern(w, "[^" CONTROLS "]*");
}

static void
texts_kind(struct cn_jw *w, const struct cn_field *field)
{
	cn_jw_kv_str(w, "type", "object");
	cn_jw_kv_uint(w, "minProperties", 1);
	cn_jw_kv_uint(w, "maxProperties", CN_MAX_LANGUAGES);
	ref_at(w, "propertyNames", "language");
	cn_jw_key(w, "additionalProperties");
	cn_jw_object(w);
	text_kind(w, field);
	cn_jw_object_end(w);
}

/* Digits that may be written as a text or as a number. */
static void
decimal_kind(struct cn_jw *w, const struct cn_field *field)
{
	cn_jw_key(w, "anyOf");
	cn_jw_array(w);
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "string");
	pattern(w, schema_pattern(field));
	cn_jw_object_end(w);
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "number");
	cn_jw_object_end(w);
	cn_jw_array_end(w);
}

static void
choices_of(struct cn_jw *w, const struct cn_choices *choices, bool or_null)
{
	cn_jw_key(w, "enum");
	cn_jw_array(w);
	for (size_t i = 0; i < choices->count; i++)
		cn_jw_str(w, choices->values[i]);
	if (or_null)
		cn_jw_null(w);
	cn_jw_array_end(w);
}

static void
enum_kind(struct cn_jw *w, const struct cn_field *field)
{
	if (field->nullable)
		choices_of(w, field->choices, true);
	else
		ref(w, name_of("choices", field->choices->name).text);
}

static void
uint_kind(struct cn_jw *w, const struct cn_field *field)
{
	type(w, field, "integer");
	cn_jw_kv_uint(w, "minimum", field->form == CN_FORM_POSITIVE);
	cn_jw_kv_uint(w, "maximum", cn_field_highest(field));
}

static void
kind(struct cn_jw *w, const struct cn_field *field)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		texts_kind(w, field);
		break;
	case CN_KIND_BOOL:
		type(w, field, "boolean");
		break;
	case CN_KIND_UINT:
		uint_kind(w, field);
		break;
	case CN_KIND_DECIMAL:
		decimal_kind(w, field);
		break;
	case CN_KIND_ENUM:
		enum_kind(w, field);
		break;
	case CN_KIND_RECORD:
		ref(w, name_of("record", field->record->name).text);
		break;
	case CN_KIND_TIERS:
		ref(w, "tiers");
		break;
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		ref(w, "digest");
		break;
	default:
		text_kind(w, field);
		break;
	}
}

/* A row: its kind, or a list of it. */
static void
row(struct cn_jw *w, const struct cn_field *field)
{
	cn_jw_object(w);
	describe(w, field);
	if (!field->many) {
		kind(w, field);
		cn_jw_object_end(w);
		return;
	}
	cn_jw_kv_str(w, "type", "array");
	if (field->required)
		cn_jw_kv_uint(w, "minItems", 1);
	cn_jw_kv_uint(w, "maxItems", cn_field_items(field));
	cn_jw_key(w, "items");
	cn_jw_object(w);
	kind(w, field);
	cn_jw_object_end(w);
	cn_jw_object_end(w);
}

/* ---- definitions ------------------------------------------------------------- */

static void
record(struct cn_jw *w, const struct cn_table *table)
{
	bool some = false;

	cn_jw_key(w, name_of("record", table->name).text);
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "object");
	cn_jw_key(w, "properties");
	cn_jw_object(w);
	for (size_t i = 0; i < table->count; i++) {
		cn_jw_key(w, table->rows[i].name);
		row(w, &table->rows[i]);
		some = some || table->rows[i].required;
	}
	cn_jw_object_end(w);
	if (some) {
		cn_jw_key(w, "required");
		cn_jw_array(w);
		for (size_t i = 0; i < table->count; i++)
			if (table->rows[i].required)
				cn_jw_str(w, table->rows[i].name);
		cn_jw_array_end(w);
	}
	cn_jw_kv_bool(w, "additionalProperties", false);
	cn_jw_object_end(w);
}

static void
small_definitions(struct cn_jw *w)
{
	cn_jw_key(w, "language");
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "string");
	cn_jw_kv_str(
	    w, "description", "language, script, region, variants (RFC 5646)");
	cn_jw_kv_uint(w, "maxLength", 35);
	pattern(w, schema_language);
	cn_jw_object_end(w);

	cn_jw_key(w, "digest");
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "string");
	cn_jw_kv_str(w, "description", "SHA-256, in lower case");
	pattern(w, "[0-9a-f]{64}");
	cn_jw_object_end(w);

	cn_jw_key(w, "tiers");
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "object");
	cn_jw_kv_str(w, "description", "key of a field and who may see it");
	cn_jw_key(w, "additionalProperties");
	cn_jw_object(w);
	cn_jw_key(w, "enum");
	cn_jw_raw(w,
	    CN_SLICE("[\"public\", \"legitimate_interest\", \"authority\"]"));
	cn_jw_object_end(w);
	cn_jw_object_end(w);

	cn_jw_key(w, "unknown");
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "object");
	cn_jw_kv_str(w, "description",
	    "entries of a newer edition: key and CBOR in hexadecimal");
	cn_jw_key(w, "additionalProperties");
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "string");
	pattern(w, "([0-9a-f]{2})+");
	cn_jw_object_end(w);
	cn_jw_object_end(w);
}

/* Fields of a group: those that people write, or all. Cardinalities bind the
 * merged view of all levels, so only the identifier is required of each. */
static void
group(struct cn_jw *w, const char *document, const char *name, bool derived)
{
	const struct cn_field *id =
	    &cn_table_passport.rows[CN_F_UNIQUE_PRODUCT_IDENTIFIER];

	cn_jw_key(w, name_of(document, name).text);
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "object");
	cn_jw_key(w, "properties");
	cn_jw_object(w);
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *f = &cn_table_passport.rows[i];

		if (cn_slice_is(cn_slice_str(name), f->group) &&
		    (derived || !f->derived))
			ref_at(w, f->name, name_of(f->group, f->name).text);
	}
	cn_jw_object_end(w);
	if (!derived && cn_slice_is(cn_slice_str(name), id->group)) {
		cn_jw_key(w, "required");
		cn_jw_array(w);
		cn_jw_str(w, id->name);
		cn_jw_array_end(w);
	}
	cn_jw_kv_bool(w, "additionalProperties", false);
	cn_jw_object_end(w);
}

static void
group_refs(struct cn_jw *w, const char *document)
{
	for (size_t i = 0; i < cn_group_count; i++)
		ref_at(w, cn_groups[i], name_of(document, cn_groups[i]).text);
}

static void
definitions(struct cn_jw *w)
{
	small_definitions(w);
	for (size_t i = 0; i < cn_choice_list_count; i++) {
		const struct cn_choices *list = cn_choice_lists[i];

		cn_jw_key(w, name_of("choices", list->name).text);
		cn_jw_object(w);
		choices_of(w, list, false);
		cn_jw_object_end(w);
	}
	record(w, &table_files);
	record(w, &table_waiver);
	for (size_t i = 0; i < cn_record_count; i++)
		record(w, cn_records[i]);
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *f = &cn_table_passport.rows[i];

		cn_jw_key(w, name_of(f->group, f->name).text);
		row(w, f);
	}
	for (size_t i = 0; i < cn_group_count; i++) {
		group(w, "product", cn_groups[i], false);
		group(w, "shown", cn_groups[i], true);
	}
}

/* ---- the two documents ---------------------------------------------------------- */

static const struct cn_field signed_at = { .name = "signed_at",
	.kind = CN_KIND_INSTANT,
	.required = true,
	.sources = "",
	.hint = "" };

static void
product(struct cn_jw *w)
{
	cn_jw_key(w, "product");
	cn_jw_object(w);
	cn_jw_kv_str(w, "description", "product.json");
	cn_jw_kv_str(w, "type", "object");
	cn_jw_key(w, "properties");
	cn_jw_object(w);
	cn_jw_key(w, "$schema");
	cn_jw_raw(w, CN_SLICE("{\"type\": \"string\"}"));
	cn_jw_key(w, field_issuer.name);
	row(w, &field_issuer);
	cn_jw_key(w, field_files.name);
	row(w, &field_files);
	cn_jw_key(w, field_waivers.name);
	row(w, &field_waivers);
	group_refs(w, "product");
	cn_jw_object_end(w);
	cn_jw_key(w, "required");
	cn_jw_raw(w, CN_SLICE("[\"issuer\", \"identity\"]"));
	cn_jw_kv_bool(w, "additionalProperties", false);
	cn_jw_object_end(w);
}

static void
shown(struct cn_jw *w)
{
	cn_jw_key(w, "shown");
	cn_jw_object(w);
	cn_jw_kv_str(w, "description", "carnet show --format json");
	cn_jw_kv_str(w, "type", "object");
	cn_jw_key(w, "properties");
	cn_jw_object(w);
	cn_jw_key(w, "kind");
	cn_jw_raw(w, CN_SLICE("{\"const\": \"passport\"}"));
	cn_jw_key(w, "issuer");
	row(w, &field_issuer);
	cn_jw_key(w, "subject");
	cn_jw_raw(w, CN_SLICE("{\"type\": \"string\"}"));
	cn_jw_key(w, "version");
	cn_jw_raw(w, CN_SLICE("{\"type\": \"integer\", \"minimum\": 1}"));
	ref_at(w, "digest", "digest");
	cn_jw_key(w, "signed_at");
	row(w, &signed_at);
	cn_jw_key(w, "fields");
	cn_jw_object(w);
	cn_jw_kv_str(w, "type", "object");
	cn_jw_key(w, "properties");
	cn_jw_object(w);
	group_refs(w, "shown");
	ref_at(w, "unknown", "unknown");
	cn_jw_object_end(w);
	cn_jw_kv_bool(w, "additionalProperties", false);
	cn_jw_object_end(w);
	cn_jw_object_end(w);
	cn_jw_key(w, "required");
	cn_jw_raw(w, CN_SLICE("[\"kind\", \"issuer\", \"subject\", \"version\","
			      " \"digest\", \"signed_at\", \"fields\"]"));
	cn_jw_kv_bool(w, "additionalProperties", false);
	cn_jw_object_end(w);
}

void
cn_schema_json(struct cn_buf *out)
{
	struct cn_jw w;

	cn_jw_init(&w, out, true);
	cn_jw_object(&w);
	cn_jw_kv_str(
	    &w, "$schema", "https://json-schema.org/draft/2020-12/schema");
	cn_jw_kv_str(&w, "title", "Digital Product Passport");
	cn_jw_kv_str(&w, "description",
	    "product.json, or with a member \"kind\" a passport as shown");
	cn_jw_kv_str(&w, "type", "object");
	cn_jw_key(&w, "if");
	cn_jw_raw(&w, CN_SLICE("{\"properties\": {\"kind\": true},"
			       " \"required\": [\"kind\"]}"));
	ref_at(&w, "then", "shown");
	ref_at(&w, "else", "product");
	cn_jw_key(&w, "$defs");
	cn_jw_object(&w);
	product(&w);
	shown(&w);
	definitions(&w);
	cn_jw_object_end(&w);
	cn_jw_object_end(&w);
}
