/*
 * Diagnostic notation (RFC 8949 section 8), and with << >> for byte strings
 * that hold CBOR (RFC 8610 appendix G.3).
 */
#include "cbor_head.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct diag {
	struct cn_buf *out;
	bool embedded; /* open byte strings that hold CBOR */
	unsigned level; /* of indentation */
	unsigned depth; /* of items, a guard */
};

static void diag_item(struct diag *d, struct cn_cbor *c);

static void
line(struct diag *d)
{
	unsigned i;

	cn_buf_byte(d->out, '\n');
	for (i = 0; i < d->level; i++)
		cn_buf_str(d->out, "  ");
}

static void
hex(struct diag *d, struct cn_slice bytes)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	cn_buf_str(d->out, "h'");
	for (i = 0; i < bytes.len; i++) {
		cn_buf_byte(d->out, (uint8_t)digits[bytes.ptr[i] >> 4]);
		cn_buf_byte(d->out, (uint8_t)digits[bytes.ptr[i] & 15]);
	}
	cn_buf_byte(d->out, '\'');
}

/* Code point of a character that must not reach a terminal as it is: controls
 * of C1 and those that turn the direction of writing. 0: none. */
static unsigned
invisible(struct cn_slice rest)
{
	const uint8_t *p = rest.ptr;

	if (rest.len >= 2 && p[0] == 0xc2 && p[1] < 0xa0)
		return p[1];
	if (rest.len < 3 || p[0] != 0xe2)
		return 0;
	if (p[1] == 0x80 &&
	    (p[2] == 0x8e || p[2] == 0x8f || (p[2] >= 0xa8 && p[2] <= 0xae)))
		return 0x2000u + (p[2] & 0x3fu);
	if (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)
		return 0x2040u + (p[2] & 0x3fu);
	return 0;
}

static void
text(struct diag *d, struct cn_slice s)
{
	size_t i;

	cn_buf_byte(d->out, '"');
	for (i = 0; i < s.len; i++) {
		uint8_t byte = s.ptr[i];
		unsigned code = invisible(cn_slice_sub(s, i, s.len));

		if (code != 0) {
			cn_buf_printf(d->out, "\\u%04x", code);
			i += code < 0x100 ? 1 : 2;
		} else if (byte == '"' || byte == '\\') {
			cn_buf_byte(d->out, '\\');
			cn_buf_byte(d->out, byte);
		} else if (byte == '\n') {
			cn_buf_str(d->out, "\\n");
		} else if (byte < 0x20 || byte == 0x7f) {
			cn_buf_printf(d->out, "\\u%04x", (unsigned)byte);
		} else {
			cn_buf_byte(d->out, byte);
		}
	}
	cn_buf_byte(d->out, '"');
}

/* The value of a half, single or double (RFC 8949 appendix D). */
static double
number(unsigned extra, uint64_t bits)
{
	int fraction = extra == 25 ? 10 : extra == 26 ? 23 : 52;
	int width = extra == 25 ? 5 : extra == 26 ? 8 : 11;
	int bias = (1 << (width - 1)) - 1;
	int e = (int)(bits >> fraction & ((UINT64_C(1) << width) - 1));
	uint64_t m = bits & ((UINT64_C(1) << fraction) - 1);
	double value;

	if (e == 2 * bias + 1)
		value = m == 0 ? (double)INFINITY : (double)NAN;
	else if (e == 0)
		value = ldexp((double)m, 1 - bias - fraction);
	else
		value = ldexp(
		    (double)(m | UINT64_C(1) << fraction), e - bias - fraction);
	return bits >> (fraction + width) & 1 ? -value : value;
}

static void
real(struct diag *d, unsigned extra, uint64_t bits)
{
	double value = number(extra, bits);
	struct cn_slice printed;
	char digits[32];
	int precision;

	if (isnan(value)) {
		cn_buf_str(d->out, "NaN");
		return;
	}
	if (isinf(value)) {
		cn_buf_str(d->out, value < 0 ? "-Infinity" : "Infinity");
		return;
	}
	for (precision = 1; precision <= 17; precision++) {
		snprintf(digits, sizeof(digits), "%.*g", precision, value);
		if (!(strtod(digits, NULL) < value) &&
		    !(strtod(digits, NULL) > value))
			break;
	}
	printed = cn_slice_str(digits);
	cn_buf_put(d->out, printed);
	if (cn_slice_find(printed, '.') == printed.len &&
	    cn_slice_find(printed, 'e') == printed.len)
		cn_buf_str(d->out, ".0");
}

static void
simple(struct diag *d, const struct cn_cbor_head *head)
{
	static const char *const names[] = { "false", "true", "null",
		"undefined" };

	if (head->extra > 24)
		real(d, head->extra, head->value);
	else if (head->value >= 20 && head->value <= 23)
		cn_buf_str(d->out, names[head->value - 20]);
	else
		cn_buf_printf(d->out, "simple(%u)", (unsigned)head->value);
}

static void
bytes(struct diag *d, struct cn_slice s)
{
	struct cn_cbor inner = cn_cbor_over(s);
	int major = cn_cbor_peek(&inner);

	/* Items within strings within items: a guard of its own. */
	if (!d->embedded || d->depth > 2 * CN_CBOR_DEPTH ||
	    (major != CN_CBOR_MAP && major != CN_CBOR_ARRAY) ||
	    cn_cbor_check(s, NULL) != CN_OK) {
		hex(d, s);
		return;
	}
	cn_buf_str(d->out, "<< ");
	diag_item(d, &inner);
	cn_buf_str(d->out, " >>");
}

static void
container(struct diag *d, struct cn_cbor *c, const struct cn_cbor_head *head)
{
	bool map = head->major == CN_CBOR_MAP;
	uint64_t i;

	cn_buf_byte(d->out, map ? '{' : '[');
	d->level++;
	for (i = 0; i < head->value && d->out->code == CN_OK; i++) {
		if (i > 0)
			cn_buf_byte(d->out, ',');
		line(d);
		diag_item(d, c);
		if (map) {
			cn_buf_str(d->out, ": ");
			diag_item(d, c);
		}
	}
	d->level--;
	if (head->value > 0)
		line(d);
	cn_buf_byte(d->out, map ? '}' : ']');
}

static void
integer(struct diag *d, const struct cn_cbor_head *head)
{
	if (head->major == CN_CBOR_UINT)
		cn_buf_printf(d->out, "%" PRIu64, head->value);
	else if (head->value == UINT64_MAX)
		cn_buf_str(d->out, "-18446744073709551616");
	else
		cn_buf_printf(d->out, "-%" PRIu64, head->value + 1);
}

static void
compound(struct diag *d, struct cn_cbor *c, const struct cn_cbor_head *head)
{
	if (head->major != CN_CBOR_TAG) {
		container(d, c, head);
		return;
	}
	cn_buf_printf(d->out, "%llu(", (unsigned long long)head->value);
	diag_item(d, c);
	cn_buf_byte(d->out, ')');
}

static void
diag_item(struct diag *d, struct cn_cbor *c)
{
	struct cn_cbor_head head;
	struct cn_slice s;
	int major = cn_cbor_peek(c);

	if (major < 0 || d->depth > 4 * CN_CBOR_DEPTH)
		return; /* not with checked bytes */
	d->depth++;
	if (major == CN_CBOR_BYTES && cn_cbor_bytes(c, &s))
		bytes(d, s);
	else if (major == CN_CBOR_TEXT && cn_cbor_text(c, &s))
		text(d, s);
	else if (!cn_cbor_head_read(&c->at, c->end, &head))
		c->at = c->end;
	else if (head.major == CN_CBOR_SIMPLE)
		simple(d, &head);
	else if (head.major <= CN_CBOR_NEGATIVE)
		integer(d, &head);
	else
		compound(d, c, &head);
	d->depth--;
}

void
cn_cbor_diag(struct cn_slice checked, struct cn_buf *out)
{
	struct cn_cbor c = cn_cbor_over(checked);
	struct diag d = { out, false, 0, 0 };

	diag_item(&d, &c);
}

void
cn_cbor_diag_embedded(struct cn_slice checked, struct cn_buf *out)
{
	struct cn_cbor c = cn_cbor_over(checked);
	struct diag d = { out, true, 0, 0 };

	diag_item(&d, &c);
}
