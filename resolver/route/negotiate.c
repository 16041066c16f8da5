#include "negotiate.h"

#include <string.h>
#include <strings.h>

static bool
same_nocase(struct cn_slice a, struct cn_slice b)
{
	return a.len == b.len &&
	       (a.len == 0 || strncasecmp((const char *)a.ptr,
				  (const char *)b.ptr, a.len) == 0);
}

static struct cn_slice
trim(struct cn_slice text)
{
	while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t'))
		text = cn_slice_sub(text, 1, SIZE_MAX);
	while (text.len > 0 && (text.ptr[text.len - 1] == ' ' ||
				   text.ptr[text.len - 1] == '\t'))
		text.len--;
	return text;
}

/* Cuts the next part off at a separator that stands outside of quotes. */
static struct cn_slice
next_part(struct cn_slice *rest, uint8_t separator)
{
	struct cn_slice part;
	bool quoted = false;
	size_t i;

	for (i = 0; i < rest->len; i++) {
		if (rest->ptr[i] == '"')
			quoted = !quoted;
		else if (quoted && rest->ptr[i] == '\\')
			i++;
		else if (!quoted && rest->ptr[i] == separator)
			break;
	}
	if (i > rest->len)
		i = rest->len;
	part = cn_slice_sub(*rest, 0, i);
	*rest = cn_slice_sub(*rest, i + 1, SIZE_MAX);
	return trim(part);
}

/* "0.875" → 875. A weight that is none counts as 1, like one not given. */
static unsigned
parse_q(struct cn_slice text)
{
	unsigned q, digit, scale = 100;
	size_t i;

	if (text.len == 0 || text.len > 5 || text.ptr[0] < '0' ||
	    text.ptr[0] > '1' || (text.len > 1 && text.ptr[1] != '.'))
		return 1000;
	q = (unsigned)(text.ptr[0] - '0') * 1000;
	for (i = 2; i < text.len; i++, scale /= 10) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return 1000;
		digit = (unsigned)(text.ptr[i] - '0');
		q += digit * scale;
	}
	return q > 1000 ? 1000 : q;
}

/* The weight among the parameters of an entry. */
static unsigned
weight_of(struct cn_slice parameters)
{
	struct cn_slice part;

	while (parameters.len > 0) {
		part = next_part(&parameters, ';');
		if (part.len >= 2 && (part.ptr[0] | 0x20) == 'q' &&
		    part.ptr[1] == '=')
			return parse_q(cn_slice_sub(part, 2, SIZE_MAX));
	}
	return 1000;
}

static bool
is_token(struct cn_slice text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		if (text.ptr[i] <= 0x20 || text.ptr[i] >= 0x7f ||
		    strchr("()<>@,;:\\\"/[]?={}", text.ptr[i]) != NULL)
			return false;
	}
	return text.len > 0;
}

void
rs_accept_parse(struct cn_slice header, struct rs_accept *out)
{
	struct cn_slice entry, media;
	struct rs_range range;
	size_t slash;

	out->count = 0;
	while (header.len > 0 && out->count < RS_RANGES) {
		entry = next_part(&header, ',');
		media = next_part(&entry, ';');
		slash = cn_slice_find(media, '/');
		range.type = cn_slice_sub(media, 0, slash);
		range.subtype = cn_slice_sub(media, slash + 1, SIZE_MAX);
		/* Old clients say "*" for any. */
		if (cn_slice_is(media, "*"))
			range.subtype = range.type;
		if (!is_token(range.type) || !is_token(range.subtype) ||
		    (cn_slice_is(range.type, "*") &&
			!cn_slice_is(range.subtype, "*")))
			continue;
		range.q = weight_of(entry);
		out->ranges[out->count++] = range;
	}
}

/* 0: another type; 1: any; 2: any of its kind; 3: itself. */
static unsigned
exactness(const struct rs_range *range, struct cn_slice media)
{
	size_t slash = cn_slice_find(media, '/');

	if (cn_slice_is(range->type, "*"))
		return 1;
	if (!same_nocase(range->type, cn_slice_sub(media, 0, slash)))
		return 0;
	if (cn_slice_is(range->subtype, "*"))
		return 2;
	return same_nocase(
		   range->subtype, cn_slice_sub(media, slash + 1, SIZE_MAX))
		   ? 3
		   : 0;
}

unsigned
rs_accept_weight(const struct rs_accept *accept, struct cn_slice media)
{
	unsigned best = 0, q = 0, exact;
	size_t i;

	if (accept->count == 0)
		return 1000 * 4;
	/* The most exact entry decides, whatever the others say. */
	for (i = 0; i < accept->count; i++) {
		exact = exactness(&accept->ranges[i], media);
		if (exact > best) {
			best = exact;
			q = accept->ranges[i].q;
		}
	}
	return q == 0 ? 0 : q * 4 + best;
}

bool
rs_accept_names(const struct rs_accept *accept, struct cn_slice media)
{
	size_t i;

	for (i = 0; i < accept->count; i++) {
		if (accept->ranges[i].q > 0 &&
		    exactness(&accept->ranges[i], media) == 3)
			return true;
	}
	return false;
}

int
rs_accept_best(
    const struct rs_accept *accept, const char *const *offers, size_t count)
{
	unsigned best = 0, weight;
	int found = -1;
	size_t i;

	for (i = 0; i < count; i++) {
		weight = rs_accept_weight(accept, cn_slice_str(offers[i]));
		if (weight > best) {
			best = weight;
			found = (int)i;
		}
	}
	return found;
}

/* ---- languages ------------------------------------------------------------- */

static bool
is_language(struct cn_slice text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return text.len > 0 && text.len <= 35;
}

void
rs_languages_parse(struct cn_slice header, struct rs_languages *out)
{
	unsigned weights[RS_RANGES], q;
	struct cn_slice entry, range;
	size_t at;

	out->count = 0;
	while (header.len > 0 && out->count < RS_RANGES) {
		entry = next_part(&header, ',');
		range = next_part(&entry, ';');
		q = weight_of(entry);
		if (!is_language(range) || q == 0)
			continue;
		/* Equal weights stay in the order in which they were said. */
		for (at = out->count; at > 0 && weights[at - 1] < q; at--) {
			weights[at] = weights[at - 1];
			out->ranges[at] = out->ranges[at - 1];
		}
		weights[at] = q;
		out->ranges[at] = range;
		out->count++;
	}
}

bool
rs_language_match(struct cn_slice range, struct cn_slice tag)
{
	if (tag.len == 0 || tag.len > range.len)
		return false;
	if (tag.len < range.len && range.ptr[tag.len] != '-')
		return false;
	return same_nocase(cn_slice_sub(range, 0, tag.len), tag);
}

int
rs_languages_rank(const struct rs_languages *languages,
    const struct cn_slice *tags, size_t count)
{
	size_t i, k;

	for (i = 0; i < languages->count; i++) {
		for (k = 0; k < count; k++) {
			if (rs_language_match(languages->ranges[i], tags[k]))
				return (int)i;
		}
	}
	return -1;
}

/* ---- entity tags ----------------------------------------------------------- */

bool
rs_etag_match(struct cn_slice header, struct cn_slice etag)
{
	struct cn_slice entry;

	if (cn_slice_is(trim(header), "*"))
		return true;
	while (header.len > 0) {
		entry = next_part(&header, ',');
		if (cn_slice_starts(entry, "W/"))
			entry = cn_slice_sub(entry, 2, SIZE_MAX);
		if (cn_slice_eq(entry, etag))
			return true;
	}
	return false;
}
