/*
 * Ranges of versions: "vers:scheme/constraint|constraint…" (the version range
 * specifier of package URLs, adopted by CycloneDX).
 */
#include "version.h"

#define CONSTRAINTS_MOST 128
#define TEXT_MOST 4096

enum comparator { EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL };

struct constraint {
	enum comparator comparator;
	struct cn_slice version;
};

struct range {
	struct cn_slice scheme;
	struct constraint list[CONSTRAINTS_MOST];
	size_t count;
	bool all; /* "*" */
	uint8_t text[TEXT_MOST]; /* versions, decoded */
	size_t used;
};

/* ---- reading -------------------------------------------------------------------- */

static enum comparator
take_comparator(struct cn_slice *text)
{
	static const struct {
		const char *sign;
		enum comparator comparator;
	} signs[] = { { "!=", NOT_EQUAL }, { "<=", LESS_EQUAL },
		{ ">=", GREATER_EQUAL }, { "<", LESS }, { ">", GREATER },
		{ "=", EQUAL } };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!cn_slice_starts(*text, signs[i].sign))
			continue;
		*text = cn_slice_sub(*text, i < 3 ? 2 : 1, text->len);
		return signs[i].comparator;
	}
	return EQUAL;
}

/* Takes blanks out and turns %XX; false where there is no room or no hex. */
static bool
decode(struct range *r, struct cn_slice text, struct cn_slice *out)
{
	size_t from = r->used;

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (c == ' ' || c == '\t')
			continue;
		if (c == '%') {
			if (!cn_unhex(cn_slice_sub(text, i + 1, 2), &c, 1))
				return false;
			i += 2;
		}
		if (r->used == TEXT_MOST)
			return false;
		r->text[r->used++] = c;
	}
	*out = cn_slice_of(r->text + from, r->used - from);
	return out->len > 0;
}

static struct cn_slice
trim(struct cn_slice text)
{
	while (text.len > 0 && text.ptr[0] == ' ')
		text = cn_slice_sub(text, 1, text.len);
	while (text.len > 0 && text.ptr[text.len - 1] == ' ')
		text = cn_slice_sub(text, 0, text.len - 1);
	return text;
}

/* Into its place: versions are in order, which writers do not always keep. */
static void
insert(struct range *r, struct constraint c)
{
	size_t at = r->count++;

	while (at > 0 && cn_version_cmp(r->scheme, c.version,
			     r->list[at - 1].version) < 0) {
		r->list[at] = r->list[at - 1];
		at--;
	}
	r->list[at] = c;
}

static bool
parse(struct cn_slice text, struct range *r)
{
	bool found;

	r->count = r->used = 0;
	r->all = false;
	text = trim(text);
	if (!cn_slice_starts(text, "vers:"))
		return false;
	text = cn_slice_sub(text, 5, text.len);
	r->scheme = version_cut(&text, '/', &found);
	text = trim(text);
	if (!found || r->scheme.len == 0 || text.len == 0)
		return false;
	r->all = cn_slice_is(text, "*");
	if (r->all)
		return true;
	while (text.len > 0) {
		struct cn_slice piece = trim(version_cut(&text, '|', NULL));
		struct constraint c;

		if (piece.len == 0)
			continue; /* "|<2" and "1|" are found in the wild */
		c.comparator = take_comparator(&piece);
		if (r->count == CONSTRAINTS_MOST ||
		    !decode(r, piece, &c.version))
			return false;
		insert(r, c);
	}
	return r->count > 0;
}

/* ---- asking ----------------------------------------------------------------------- */

static bool
upper(enum comparator c)
{
	return c == LESS || c == LESS_EQUAL;
}

static bool
lower(enum comparator c)
{
	return c == GREATER || c == GREATER_EQUAL;
}

/* Versions that are named decide at once. 1: in, 0: out, -1: not named. */
static int
named(const struct range *r, struct cn_slice version)
{
	int in = -1;

	for (size_t i = 0; i < r->count; i++) {
		const struct constraint *c = &r->list[i];

		if (cn_version_cmp(r->scheme, version, c->version) != 0)
			continue;
		if (c->comparator == NOT_EQUAL)
			return 0;
		if (c->comparator == EQUAL || c->comparator == LESS_EQUAL ||
		    c->comparator == GREATER_EQUAL)
			in = 1;
	}
	return in;
}

/* The bounds in order make intervals: from a lower bound to the upper one that
 * follows it; open where one is missing at either end. */
static bool
between(const struct range *r, struct cn_slice version)
{
	const struct constraint *before = NULL;
	bool only_not = true;

	for (size_t i = 0; i < r->count; i++) {
		const struct constraint *c = &r->list[i];
		int order;

		only_not = only_not && c->comparator == NOT_EQUAL;
		if (!upper(c->comparator) && !lower(c->comparator))
			continue;
		order = cn_version_cmp(r->scheme, version, c->version);
		if (upper(c->comparator) && order < 0 &&
		    (before == NULL || lower(before->comparator)))
			return true;
		if (order <= 0)
			return false; /* below a lower bound, or between */
		before = c;
	}
	return only_not || (before != NULL && lower(before->comparator));
}

bool
cn_vers_holds(struct cn_slice range, struct cn_slice version, bool *bad)
{
	struct range r;
	bool good = parse(range, &r);
	int in;

	if (bad != NULL)
		*bad = !good;
	if (!good)
		return false;
	if (r.all)
		return true;
	in = named(&r, version);
	return in >= 0 ? in == 1 : between(&r, version);
}
