/*
 * The field table as CDDL (RFC 8610): the payload of a passport, its sealed
 * sections, and the envelope around them.
 */
#include "schema.h"

#include <string.h>

/* A comment at the end of a line. */
static void
note(struct cn_buf *out, const struct cn_field *field)
{
	cn_buf_str(out, " ;");
	if (field->group != NULL)
		cn_buf_printf(out, " [%s]", schema_cardinality(field));
	if (field->hint[0] != '\0' || field->sources[0] != '\0') {
		cn_buf_byte(out, ' ');
		schema_describe(field, out);
	}
	cn_buf_byte(out, '\n');
}

/* The name of a key: "identity.gtin" of a field, "operator-name" of a member.
 * Keys are rules of their own, so that the maps read like the JSON view. */
static void
key(struct cn_buf *out, const char *record, const struct cn_field *field)
{
	if (field->group != NULL)
		cn_buf_printf(out, "%s.%s", field->group, field->name);
	else
		cn_buf_printf(out, "%s-%s", record, field->name);
}

/* Kinds and forms that have a pattern, as rules of their own. `uri` is taken: in
 * the prelude it is a tagged text. */
static const struct {
	const char *name;
	struct cn_field field;
} patterns[] = {
	{ "uri_text", { .kind = CN_KIND_URI } },
	{ "https_text", { .kind = CN_KIND_URI, .form = CN_FORM_HTTPS } },
	{ "date", { .kind = CN_KIND_DATE } },
	{ "month", { .kind = CN_KIND_MONTH } },
	{ "instant", { .kind = CN_KIND_INSTANT } },
	{ "decimal", { .kind = CN_KIND_DECIMAL } },
	{ "gtin", { .kind = CN_KIND_TEXT, .form = CN_FORM_GTIN } },
	{ "commodity_code", { .kind = CN_KIND_TEXT, .form = CN_FORM_TARIC } },
	{ "eori", { .kind = CN_KIND_TEXT, .form = CN_FORM_EORI } },
	{ "body_number", { .kind = CN_KIND_TEXT, .form = CN_FORM_BODY } },
	{ "language", { .kind = CN_KIND_TEXT, .form = CN_FORM_LANG } },
	{ "lot", { .kind = CN_KIND_TEXT, .form = CN_FORM_LOT } },
};
#define PATTERNS (sizeof(patterns) / sizeof(patterns[0]))

static void
text_kind(struct cn_buf *out, const struct cn_field *field)
{
	for (size_t i = 0; i < PATTERNS; i++)
		if (patterns[i].field.kind == field->kind &&
		    patterns[i].field.form == field->form) {
			cn_buf_str(out, patterns[i].name);
			return;
		}
	cn_buf_printf(out, "text_%zu", cn_field_bytes(field));
}

static void
kind(struct cn_buf *out, const struct cn_field *field)
{
	switch (field->kind) {
	case CN_KIND_TEXTS:
		cn_buf_printf(out, "texts_%zu", cn_field_bytes(field));
		break;
	case CN_KIND_BOOL:
		cn_buf_str(out, "bool");
		break;
	case CN_KIND_UINT:
		cn_buf_printf(out, "%d..%llu", field->form == CN_FORM_POSITIVE,
		    (unsigned long long)cn_field_highest(field));
		break;
	case CN_KIND_ENUM:
		cn_buf_printf(out, "choices.%s", field->choices->name);
		break;
	case CN_KIND_DIGEST:
		cn_buf_str(out, "digest");
		break;
	case CN_KIND_RECORD:
		cn_buf_printf(out, "record.%s", field->record->name);
		break;
	case CN_KIND_TIERS:
		cn_buf_str(out, "{ * uint => 0..2 }");
		break;
	case CN_KIND_SEALS:
		cn_buf_str(out, "seal");
		break;
	default:
		text_kind(out, field);
		break;
	}
}

/* "? identity.gtin ^ => [1*100 …], ; [0..n] …". A list that is empty is left
 * out, so one that is there has an item. The cut (^) keeps a value of the wrong
 * kind from passing as an unknown entry. */
static void
entry(struct cn_buf *out, const char *record, const struct cn_field *field,
    bool optional)
{
	cn_buf_printf(out, "  %s", optional ? "? " : "");
	key(out, record, field);
	cn_buf_str(out, " ^ => ");
	if (field->many)
		cn_buf_printf(out, "[1*%zu ", cn_field_items(field));
	kind(out, field);
	if (field->many)
		cn_buf_byte(out, ']');
	cn_buf_byte(out, ',');
	note(out, field);
}

static void
keys_of(struct cn_buf *out, const struct cn_table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		key(out, table->name, &table->rows[i]);
		cn_buf_printf(out, " = %u\n", table->rows[i].key);
	}
	cn_buf_byte(out, '\n');
}

static void
fields_of(struct cn_buf *out, enum cn_tier tier)
{
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *f = &cn_table_passport.rows[i];
		bool own = i == CN_F_PASSPORT_ID ||
			   i == CN_F_PASSPORT_VERSION ||
			   i == CN_F_UNIQUE_PRODUCT_IDENTIFIER;

		/* sealed_changes stands in both sections */
		if (f->tier == tier ||
		    (i == CN_F_SEALED_CHANGES && tier == CN_AUTHORITY))
			entry(out, "", f, !own);
	}
	cn_buf_str(out, "  * uint => any ; of a newer edition\n}\n\n");
}

static void
records(struct cn_buf *out)
{
	for (size_t i = 0; i < cn_record_count; i++) {
		const struct cn_table *table = cn_records[i];

		cn_buf_printf(out, "record.%s = {\n", table->name);
		for (size_t j = 0; j < table->count; j++)
			entry(out, table->name, &table->rows[j],
			    !table->rows[j].required);
		cn_buf_str(out, "}\n");
		keys_of(out, table);
	}
}

static void
choices(struct cn_buf *out)
{
	for (size_t i = 0; i < cn_choice_list_count; i++) {
		const struct cn_choices *list = cn_choice_lists[i];

		cn_buf_printf(out, "choices.%s = ", list->name);
		for (size_t j = 0; j < list->count; j++)
			cn_buf_printf(out, "%s\"%s\"", j == 0 ? "" : "\n  / ",
			    list->values[j]);
		cn_buf_str(out, "\n\n");
	}
}

/* ---- texts by their ceiling ------------------------------------------------- */

#define SIZES 64

/* The ceilings that stand in the table, each once. */
struct sizes {
	size_t size[SIZES];
	size_t count;
};

static void
add_sizes(struct sizes *sizes, const struct cn_table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		size_t size = cn_field_bytes(&table->rows[i]), j = 0;

		if (table->rows[i].kind != CN_KIND_TEXT &&
		    table->rows[i].kind != CN_KIND_TEXTS)
			continue;
		while (j < sizes->count && sizes->size[j] != size)
			j++;
		if (j == sizes->count && j < SIZES)
			sizes->size[sizes->count++] = size;
	}
}

/* A rule for each: not every reader of CDDL takes an operator inside an array
 * or a map. */
static void
texts(struct cn_buf *out)
{
	struct sizes sizes = { .count = 0 };

	add_sizes(&sizes, &cn_table_passport);
	for (size_t i = 0; i < cn_record_count; i++)
		add_sizes(&sizes, cn_records[i]);
	for (size_t i = 0; i < sizes.count; i++)
		cn_buf_printf(out,
		    "text_%zu = tstr .size (1..%zu)\n"
		    "texts_%zu = { + language => text_%zu }\n",
		    sizes.size[i], sizes.size[i], sizes.size[i], sizes.size[i]);
	cn_buf_byte(out, '\n');
}

/* ---- the document ------------------------------------------------------------- */

static const char head[] =
    "; Digital Product Passport: payload, sealed sections, envelope.\n"
    "; CBOR in core deterministic encoding (RFC 8949 section 4.2.1).\n"
    "; Cardinalities in brackets bind the merged view of model, batch and\n"
    "; item; one passport may say less. Byte strings that hold CBOR say so in\n"
    "; a comment: not every reader of CDDL knows the operator for it.\n"
    "\n";

static const char envelope[] =
    "; A sealed section travels as an SD-CWT disclosure; field 92 holds the\n"
    "; SHA-256 of the disclosure's byte string, head included.\n"
    "disclosure = bytes ; holds: salted\n"
    "salted = [salt: bytes .size 16, section: section]\n"
    "section = section_1 / section_2\n"
    "section_1 = { section-tier ^ => 1, section-fields ^ => "
    "legitimate_interest }\n"
    "section_2 = { section-tier ^ => 2, section-fields ^ => authority }\n"
    "section-tier = 1\n"
    "section-fields = 2\n"
    "\n"
    "; COSE_Sign1 (RFC 9052).\n"
    "passport = #6.18(envelope)\n"
    "envelope = [\n"
    "  protected: bytes, ; holds: headers\n"
    "  unprotected: unprotected,\n"
    "  payload: bytes, ; holds: payload\n"
    "  signature: bytes .size 64\n"
    "]\n"
    "unprotected = { ? header-sd_claims ^ => [1*2 disclosure] }\n"
    "headers = {\n"
    "  header-alg ^ => algorithm,\n"
    "  header-content_type ^ => \"application/vnd.carnet.passport+cbor\",\n"
    "  header-kid ^ => bytes,\n"
    "  header-claims ^ => claims,\n"
    "  header-typ ^ => \"application/vnd.carnet+cose\",\n"
    "  ? header-sd_alg ^ => -16, ; SHA-256, where there are sections\n"
    "}\n"
    "header-alg = 1\n"
    "header-content_type = 3\n"
    "header-kid = 4\n"
    "header-claims = 15\n"
    "header-typ = 16\n"
    "header-sd_claims = 17\n"
    "header-sd_alg = 170\n"
    "algorithm = -9 / -19 / -7 / -8 ; ESP256, Ed25519; older names of both\n"
    "claims = {\n"
    "  claim-iss ^ => tstr,\n"
    "  claim-sub ^ => tstr,\n"
    "  claim-iat ^ => uint,\n"
    "}\n"
    "claim-iss = 1\n"
    "claim-sub = 2\n"
    "claim-iat = 6\n"
    "\n";

void
cn_schema_cddl(struct cn_buf *out)
{
	cn_buf_str(out, head);
	cn_buf_str(out, "payload = {\n");
	fields_of(out, CN_PUBLIC);
	cn_buf_str(out, "legitimate_interest = {\n");
	fields_of(out, CN_LEGITIMATE_INTEREST);
	cn_buf_str(out, "authority = {\n");
	fields_of(out, CN_AUTHORITY);
	keys_of(out, &cn_table_passport);
	cn_buf_str(out, envelope);
	cn_buf_str(out, "digest = bytes .size 32 ; SHA-256\n"
			"seal = #6.60(digest)\n");
	for (size_t i = 0; i < PATTERNS; i++) {
		cn_buf_printf(out, "%s = tstr .regexp \"%s\"\n",
		    patterns[i].name, schema_pattern(&patterns[i].field));
	}
	texts(out);
	records(out);
	choices(out);
}
