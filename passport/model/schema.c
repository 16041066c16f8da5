#include "schema.h"

const char schema_language[] =
    "[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
    "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*";

#define DATE "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"

static const char *
form_pattern(enum cn_form form)
{
	switch (form) {
	case CN_FORM_GTIN:
		return "[0-9]{8}|[0-9]{12,14}";
	case CN_FORM_TARIC:
		return "[0-9]{6}|[0-9]{8}|[0-9]{10}";
	case CN_FORM_EORI:
		return "[A-Z]{2}[A-Z0-9]{1,15}";
	case CN_FORM_BODY:
		return "[0-9]{4}";
	case CN_FORM_LANG:
		return schema_language;
	case CN_FORM_LOT: /* GS1 character set 82, and '#' and '$' */
		return "[!-?A-Z_a-z]{1,20}";
	default:
		return NULL;
	}
}

const char *
schema_pattern(const struct cn_field *field)
{
	switch (field->kind) {
	case CN_KIND_TEXT:
		return form_pattern(field->form);
	case CN_KIND_URI:
		if (field->form == CN_FORM_HTTPS)
			return "https://[!-~]+";
		return "[A-Za-z][A-Za-z0-9+.-]*:[!-~]+";
	case CN_KIND_DATE:
		return DATE;
	case CN_KIND_MONTH:
		return "[0-9]{4}-(0[1-9]|1[0-2])";
	case CN_KIND_INSTANT:
		return DATE "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z";
	case CN_KIND_DECIMAL:
		return "-?(0|[1-9][0-9]*)([.][0-9]+)?";
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		return "[0-9a-f]{64}";
	default:
		return NULL;
	}
}

const char *
schema_audience(enum cn_tier tier)
{
	static const char *const names[CN_TIERS] = { "public",
		"legitimate interest", "authorities" };

	return names[tier];
}

const char *
schema_cardinality(const struct cn_field *field)
{
	if (field->many)
		return field->required ? "1..n" : "0..n";
	return field->required ? "1" : "0..1";
}

void
schema_describe(const struct cn_field *field, struct cn_buf *out)
{
	bool both = field->hint[0] != '\0' && field->sources[0] != '\0';

	cn_buf_str(out, field->hint);
	if (field->sources[0] != '\0')
		cn_buf_printf(out, both ? " (%s)" : "%s", field->sources);
}
