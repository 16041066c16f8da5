/*
 * What a text has to look like. The patterns of schema_json.c and
 * schema_cddl.c say the same; tests/unit/test_model_text.c holds them to it.
 */
#include <carnet/model.h>

#include <string.h>

#define LANG_BYTES 35 /* room for what RFC 5646 section 4.4.1 asks for */
#define DECIMAL_BYTES 64

static bool
digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
lower(uint8_t c)
{
	return c >= 'a' && c <= 'z';
}

static bool
upper(uint8_t c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
lower_or_digit(uint8_t c)
{
	return lower(c) || digit(c);
}

static bool
upper_or_digit(uint8_t c)
{
	return upper(c) || digit(c);
}

static bool
alphanumeric(uint8_t c)
{
	return lower(c) || upper(c) || digit(c);
}

static bool
all(struct cn_slice text, bool (*ok)(uint8_t))
{
	for (size_t i = 0; i < text.len; i++)
		if (!ok(text.ptr[i]))
			return false;
	return true;
}

/* ---- languages ------------------------------------------------------------ */

/* The next subtag, taken off the front of *rest. */
static struct cn_slice
subtag(struct cn_slice *rest)
{
	size_t end = cn_slice_find(*rest, '-');
	struct cn_slice part = cn_slice_sub(*rest, 0, end);

	*rest = cn_slice_sub(*rest, end + 1, rest->len);
	return part;
}

static bool
is_script(struct cn_slice part)
{
	return part.len == 4 && upper(part.ptr[0]) &&
	       all(cn_slice_sub(part, 1, 3), lower);
}

static bool
is_region(struct cn_slice part)
{
	return (part.len == 2 && all(part, upper)) ||
	       (part.len == 3 && all(part, digit));
}

static bool
is_variant(struct cn_slice part)
{
	if (!all(part, lower_or_digit))
		return false;
	return (part.len >= 5 && part.len <= 8) ||
	       (part.len == 4 && digit(part.ptr[0]));
}

/*
 * language ["-" script] ["-" region] *("-" variant) of RFC 5646 section 2.1 in
 * the case of section 2.1.1. Extended languages are deprecated, extensions and
 * private use say nothing about a text that is written.
 */
bool
cn_lang_ok(struct cn_slice tag)
{
	struct cn_slice rest = tag, part;

	if (tag.len == 0 || tag.len > LANG_BYTES || tag.ptr[tag.len - 1] == '-')
		return false;
	part = subtag(&rest);
	if (part.len < 2 || part.len > 3 || !all(part, lower))
		return false;
	if (rest.len == 0)
		return true;
	part = subtag(&rest);
	if (is_script(part)) {
		if (rest.len == 0)
			return true;
		part = subtag(&rest);
	}
	if (is_region(part)) {
		if (rest.len == 0)
			return true;
		part = subtag(&rest);
	}
	while (is_variant(part)) {
		if (rest.len == 0)
			return true;
		part = subtag(&rest);
	}
	return false;
}

int
cn_lang_cmp(struct cn_slice a, struct cn_slice b)
{
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return cn_slice_cmp(a, b);
}

/* ---- identifiers ---------------------------------------------------------- */

/* GS1 General Specifications 7.9: weights 3 and 1 from the right. */
static bool
gtin_ok(struct cn_slice text)
{
	unsigned sum = 0, weight = 1;

	if (text.len != 8 && (text.len < 12 || text.len > 14))
		return false;
	if (!all(text, digit))
		return false;
	for (size_t i = text.len; i-- > 0; weight = 4 - weight)
		sum += weight * (unsigned)(text.ptr[i] - '0');
	return sum % 10 == 0;
}

/* GS1 AI encodable character set 82 (General Specifications 7.11). */
static bool
set82(uint8_t c)
{
	return alphanumeric(c) ||
	       (c != 0 && strchr("!\"%&'()*+,-./:;<=>?_", c) != NULL);
}

static bool
eori_ok(struct cn_slice text)
{
	return text.len >= 3 && text.len <= 17 &&
	       all(cn_slice_sub(text, 0, 2), upper) &&
	       all(text, upper_or_digit);
}

/* ---- URIs ----------------------------------------------------------------- */

static bool
scheme_rest(uint8_t c)
{
	return alphanumeric(c) || c == '+' || c == '-' || c == '.';
}

/* unreserved, gen-delims and sub-delims of RFC 3986 section 2; '%' is looked
 * at by itself. */
static bool
uri_char(uint8_t c)
{
	return alphanumeric(c) ||
	       (c != 0 && strchr("-._~:/?#[]@!$&'()*+,;=", c) != NULL);
}

static bool
hex_digit(uint8_t c)
{
	return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* An absolute URI (RFC 3986), perhaps with a fragment; http and https with a
 * host. */
static bool
uri_ok(struct cn_slice text)
{
	size_t colon = cn_slice_find(text, ':');
	struct cn_slice scheme = cn_slice_sub(text, 0, colon);
	struct cn_slice rest = cn_slice_sub(text, colon + 1, text.len);

	if (scheme.len == 0 || rest.len == 0 || !all(scheme, scheme_rest) ||
	    !alphanumeric(scheme.ptr[0]) || digit(scheme.ptr[0]))
		return false;
	for (size_t i = 0; i < rest.len; i++) {
		if (uri_char(rest.ptr[i]))
			continue;
		if (rest.ptr[i] != '%' || rest.len - i < 3 ||
		    !hex_digit(rest.ptr[i + 1]) || !hex_digit(rest.ptr[i + 2]))
			return false;
		i += 2;
	}
	if (!cn_slice_is(scheme, "http") && !cn_slice_is(scheme, "https"))
		return true;
	return cn_slice_starts(rest, "//") && rest.len > 2 &&
	       (alphanumeric(rest.ptr[2]) || rest.ptr[2] == '[');
}

/* ---- kinds ---------------------------------------------------------------- */

/* "-0.125": digits, no exponent, no sign for plus, no needless zero in front. */
static bool
decimal_ok(struct cn_slice text)
{
	struct cn_slice whole, part;
	size_t point;

	if (text.len > DECIMAL_BYTES)
		return false;
	if (cn_slice_starts(text, "-"))
		text = cn_slice_sub(text, 1, text.len);
	point = cn_slice_find(text, '.');
	whole = cn_slice_sub(text, 0, point);
	part = cn_slice_sub(text, point + 1, text.len);
	if (whole.len == 0 || !all(whole, digit) ||
	    (whole.len > 1 && whole.ptr[0] == '0'))
		return false;
	return point == text.len || (part.len > 0 && all(part, digit));
}

/*
 * Line feed and tab apart, a control character (C0, DEL, C1) has no business
 * in a passport: a terminal would obey it.
 */
static bool
has_controls(struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			return true;
		if (c == 0xc2 && i + 1 < text.len && text.ptr[i + 1] < 0xa0)
			return true;
	}
	return false;
}

static const char *
form_fault(enum cn_form form, struct cn_slice text)
{
	switch (form) {
	case CN_FORM_GTIN:
		return gtin_ok(text) ? NULL
				     : "is no GTIN: 8, 12, 13 or 14 digits, "
				       "the last one the check digit";
	case CN_FORM_TARIC:
		return (text.len == 6 || text.len == 8 || text.len == 10) &&
			       all(text, digit)
			   ? NULL
			   : "is no commodity code of 6, 8 or 10 digits";
	case CN_FORM_EORI:
		return eori_ok(text) ? NULL
				     : "is no EORI number: a country code and "
				       "up to 15 capitals and digits";
	case CN_FORM_BODY:
		return text.len == 4 && all(text, digit)
			   ? NULL
			   : "is no number of a notified body (four digits)";
	case CN_FORM_LANG:
		return cn_lang_ok(text)
			   ? NULL
			   : "is no language tag such as \"en\" or \"pt-BR\"";
	case CN_FORM_LOT:
		return text.len <= 20 && all(text, set82)
			   ? NULL
			   : "is no lot or serial number: up to 20 characters "
			     "of the GS1 character set 82";
	case CN_FORM_HTTPS:
		return cn_slice_starts(text, "https://")
			   ? NULL
			   : "does not start with https://";
	default:
		return NULL;
	}
}

static const char *
kind_fault(enum cn_kind kind, struct cn_slice text)
{
	struct cn_date date;
	cn_instant at;

	switch (kind) {
	case CN_KIND_URI:
		return uri_ok(text) ? NULL : "is no absolute URI (RFC 3986)";
	case CN_KIND_DATE:
		return cn_date_parse(text, &date)
			   ? NULL
			   : "is no date that exists, written YYYY-MM-DD";
	case CN_KIND_MONTH:
		return cn_month_parse(text, &date)
			   ? NULL
			   : "is no month, written YYYY-MM";
	case CN_KIND_INSTANT:
		return cn_instant_parse(text, &at)
			   ? NULL
			   : "is no instant that exists, written "
			     "YYYY-MM-DDThh:mm:ssZ";
	case CN_KIND_DECIMAL:
		return decimal_ok(text) ? NULL
					: "is no decimal such as 0.125 or -3";
	default:
		return NULL;
	}
}

const char *
cn_text_fault(const struct cn_field *field, struct cn_slice text)
{
	const char *fault;

	if (text.len == 0)
		return "is empty";
	if (text.len > cn_field_bytes(field))
		return "is longer than allowed";
	if (!cn_utf8_ok(text, NULL))
		return "is no valid UTF-8";
	if (has_controls(text))
		return "holds a control character";
	fault = kind_fault(field->kind, text);
	return fault != NULL ? fault : form_fault(field->form, text);
}

const char *
cn_number_fault(const struct cn_field *field, uint64_t number)
{
	if (number > cn_field_highest(field))
		return "is higher than allowed";
	if (field->form == CN_FORM_POSITIVE && number == 0)
		return "must be 1 or more";
	return NULL;
}
