/* Shapes that every dialect needs. */
#include "shape.h"

#include "instant.h"

const struct shape shape_any = { .kind = SHAPE_ANY };
const struct shape shape_text = { .kind = SHAPE_TEXT };
const struct shape shape_number = { .kind = SHAPE_NUMBER };
const struct shape shape_integer = { .kind = SHAPE_INTEGER };
const struct shape shape_boolean = { .kind = SHAPE_BOOLEAN };

static const struct slot one_text = { NULL, &shape_text, 0, 0, 0 };
const struct shape shape_texts = SHAPE_LIST_OF(one_text);

static bool
good_instant(struct cn_slice text)
{
	struct instant at;

	return instant_parse(text, &at);
}

const struct shape shape_instant = { .kind = SHAPE_TEXT,
	.good = good_instant,
	.wanted = "a date and time (RFC 3339), such as 2027-12-11T00:00:00Z" };

/* RFC 3987 has many rules; what breaks in practice is white space. */
static bool
good_uri(struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] <= ' ' || text.ptr[i] == '<' ||
		    text.ptr[i] == '>' || text.ptr[i] == '"')
			return false;
	return true;
}

const struct shape shape_uri = {
	.kind = SHAPE_TEXT, .good = good_uri, .wanted = "an address (RFC 3986)"
};

/* A scheme, and something behind it. */
static bool
good_iri(struct cn_slice text)
{
	size_t colon = cn_slice_find(text, ':');

	for (size_t i = 0; i < colon; i++) {
		uint8_t c = text.ptr[i] | 0x20;

		if (!(c >= 'a' && c <= 'z') &&
		    (i == 0 || (!(text.ptr[i] >= '0' && text.ptr[i] <= '9') &&
				   text.ptr[i] != '+' && text.ptr[i] != '-' &&
				   text.ptr[i] != '.')))
			return false;
	}
	return colon > 0 && colon + 1 < text.len && good_uri(text);
}

const struct shape shape_iri = { .kind = SHAPE_TEXT,
	.good = good_iri,
	.wanted = "an absolute address (RFC 3986)" };
