/*
 * GS1 Digital Link: writing.
 */
#include "ai.h"
#include "url.h"

#include <carnet/link.h>

#include <string.h>

/* All but the unreserved characters are encoded, so that a value has one
 * spelling whatever the part of the URI it stands in. */
static void
put_encoded(struct cn_buf *out, struct cn_slice value)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];

		if (url_is_unreserved(c)) {
			cn_buf_byte(out, c);
			continue;
		}
		cn_buf_byte(out, '%');
		cn_buf_byte(out, (uint8_t)digits[c >> 4]);
		cn_buf_byte(out, (uint8_t)digits[c & 15]);
	}
}

static void
put_pair(struct cn_buf *out, const struct cn_link_part *part)
{
	cn_buf_byte(out, '/');
	cn_buf_str(out, part->ai);
	cn_buf_byte(out, '/');
	put_encoded(out, part->value);
}

void
cn_link_path(const struct cn_link *link, struct cn_buf *out)
{
	put_pair(out, &link->key);
	for (size_t i = 0; i < link->qualifier_count; i++)
		put_pair(out, &link->qualifiers[i]);
}

static void
put_attributes(
    const struct cn_link *link, bool fixed, bool *first, struct cn_buf *out)
{
	for (size_t i = 0; i < link->attribute_count; i++) {
		const struct cn_link_part *part = &link->attributes[i];
		const struct ai_row *row = ai_find(cn_slice_str(part->ai));

		if (row == NULL || ((row->flags & AI_FIXED) != 0) != fixed)
			continue;
		cn_buf_byte(out, *first ? '?' : '&');
		*first = false;
		cn_buf_str(out, part->ai);
		cn_buf_byte(out, '=');
		put_encoded(out, part->value);
	}
}

/* As in a bar code, attributes of predefined length come before the others;
 * among themselves they stay as they were. */
void
cn_link_canonical(const struct cn_link *link, struct cn_buf *out)
{
	bool first = true;

	cn_buf_str(out, "https://id.gs1.org");
	cn_link_path(link, out);
	put_attributes(link, true, &first, out);
	put_attributes(link, false, &first, out);
}

static void
put_element(struct cn_buf *out, const struct cn_link_part *part)
{
	cn_buf_printf(out, "(%s)", part->ai);
	for (size_t i = 0; i < part->value.len; i++) {
		if (part->value.ptr[i] == '(')
			cn_buf_byte(out, '\\');
		cn_buf_byte(out, part->value.ptr[i]);
	}
}

void
cn_link_elements(const struct cn_link *link, struct cn_buf *out)
{
	put_element(out, &link->key);
	for (size_t i = 0; i < link->qualifier_count; i++)
		put_element(out, &link->qualifiers[i]);
	for (size_t i = 0; i < link->attribute_count; i++)
		put_element(out, &link->attributes[i]);
}

/* ---- walking up ------------------------------------------------------------------ */

/* Resolver 1.2.1, 2.5.9: what speaks for a link, the nearest first. A set of
 * qualifiers that the link has not is passed over. */
static const char *const unions[][2] = {
	{ "21", NULL },
	{ "22", "10" },
	{ "10", NULL },
	{ "22", NULL },
	{ NULL, NULL },
};

/* Bits of the qualifiers that a row of `unions` keeps; false where the link
 * lacks one. */
static bool
union_mask(const struct cn_link *link, size_t row, unsigned *mask)
{
	unsigned want = 0, found = 0;

	*mask = 0;
	for (size_t i = 0; i < 2 && unions[row][i] != NULL; i++) {
		want++;
		for (size_t j = 0; j < link->qualifier_count; j++) {
			if (strcmp(unions[row][i], link->qualifiers[j].ai) != 0)
				continue;
			*mask |= 1u << j;
			found++;
		}
	}
	return want == found;
}

bool
cn_link_ancestor(const struct cn_link *link, unsigned step, struct cn_buf *out)
{
	unsigned all = (1u << link->qualifier_count) - 1, mask = all;

	for (size_t row = 0; step > 0; row++) {
		if (row == sizeof(unions) / sizeof(unions[0]))
			return false;
		/* The link itself came first. */
		if (union_mask(link, row, &mask) && mask != all)
			step--;
	}
	put_pair(out, &link->key);
	for (size_t i = 0; i < link->qualifier_count; i++)
		if ((mask & 1u << i) != 0)
			put_pair(out, &link->qualifiers[i]);
	return true;
}
