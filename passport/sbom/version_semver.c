/*
 * Semantic versions (semver 2.0.0), and leniently what is written like them:
 * a "v" in front, fewer or more than three numbers. And Maven's order, which
 * reads anything and so serves as the generic one.
 */
#include "version.h"

/* ---- semver --------------------------------------------------------------- */

/* Identifiers of a pre-release: numbers before words (item 11). */
static int
cmp_identifier(struct cn_slice a, struct cn_slice b)
{
	struct cn_slice x = a, y = b;
	bool a_number = version_take(&x, version_digit).len > 0 && x.len == 0;
	bool b_number = version_take(&y, version_digit).len > 0 && y.len == 0;

	if (a_number && b_number)
		return version_numbers(a, b);
	if (a_number != b_number)
		return a_number ? -1 : 1;
	return cn_slice_cmp(a, b);
}

/* Pieces between points; `missing` is the piece where one side has none left
 * (empty: having more is greater). */
static int
cmp_pieces(struct cn_slice a, struct cn_slice b, struct cn_slice missing)
{
	while (a.len > 0 || b.len > 0) {
		struct cn_slice x = a.len > 0 ? version_cut(&a, '.', NULL)
					      : missing;
		struct cn_slice y = b.len > 0 ? version_cut(&b, '.', NULL)
					      : missing;
		int order;

		if (x.ptr == NULL || y.ptr == NULL)
			return x.ptr == NULL ? -1 : 1;
		order = cmp_identifier(x, y);
		if (order != 0)
			return order;
	}
	return 0;
}

static struct cn_slice
without_v(struct cn_slice text)
{
	if (text.len > 1 && (text.ptr[0] == 'v' || text.ptr[0] == 'V') &&
	    version_digit(text.ptr[1]))
		return cn_slice_sub(text, 1, text.len);
	return text;
}

int
version_semver(struct cn_slice a, struct cn_slice b)
{
	struct cn_slice core_a, core_b;
	bool pre_a, pre_b;
	int order;

	a = without_v(a);
	b = without_v(b);
	a = version_cut(&a, '+', NULL); /* build metadata has no order */
	b = version_cut(&b, '+', NULL);
	core_a = version_cut(&a, '-', &pre_a);
	core_b = version_cut(&b, '-', &pre_b);
	order = cmp_pieces(core_a, core_b, CN_SLICE("0"));
	if (order != 0)
		return order;
	if (pre_a != pre_b)
		return pre_a ? -1 : 1;
	return cmp_pieces(a, b, CN_SLICE_NONE);
}

/* ---- Maven ------------------------------------------------------------------ */

/* Qualifiers in their order; the empty one is a release. */
static const char *const qualifiers[] = { "alpha", "beta", "milestone", "rc",
	"snapshot", "", "sp" };

#define RELEASE 5
#define OTHER_WORD 7

static bool
same_word(struct cn_slice word, const char *known)
{
	size_t i;

	for (i = 0; i < word.len && known[i] != '\0'; i++)
		if ((word.ptr[i] | 0x20) != known[i])
			return false;
	return i == word.len && known[i] == '\0';
}

static int
rank(struct cn_slice word, bool before_number)
{
	static const struct {
		const char *word;
		int rank;
		bool needs_number;
	} same[] = { { "a", 0, true }, { "b", 1, true }, { "m", 2, true },
		{ "cr", 3, false }, { "pre", 3, false }, { "dev", 0, false },
		{ "ga", RELEASE, false }, { "final", RELEASE, false },
		{ "release", RELEASE, false } };

	for (int i = 0; i < OTHER_WORD; i++)
		if (same_word(word, qualifiers[i]))
			return i;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (same_word(word, same[i].word) &&
		    (before_number || !same[i].needs_number))
			return same[i].rank;
	return OTHER_WORD;
}

static int
fold_cmp(struct cn_slice a, struct cn_slice b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++) {
		int x = a.ptr[i] | 0x20, y = b.ptr[i] | 0x20;

		if (x != y)
			return x - y;
	}
	return a.len == b.len ? 0 : a.len < b.len ? -1 : 1;
}

struct token {
	bool number;
	struct cn_slice text; /* empty: the end */
	int rank; /* of a word */
};

static struct token
next_token(struct cn_slice *text)
{
	struct token t = { .number = false, .rank = RELEASE };

	while (text->len > 0 && !version_digit(text->ptr[0]) &&
	       !version_alpha(text->ptr[0]))
		*text = cn_slice_sub(*text, 1, text->len);
	if (text->len == 0)
		return t;
	t.number = version_digit(text->ptr[0]);
	t.text = version_take(text, t.number ? version_digit : version_alpha);
	if (!t.number)
		t.rank = rank(
		    t.text, text->len > 0 && version_digit(text->ptr[0]));
	return t;
}

/* 1.0 is 1.0.0 is 1.0-ga; 1.0-rc1 comes before, 1.0-sp1 behind. */
static int
cmp_token(struct token a, struct token b)
{
	struct cn_slice zero = CN_SLICE("0");

	if (a.number || b.number) {
		if (!a.number && a.text.len > 0)
			return -1; /* 1-x before 1-1 */
		if (!b.number && b.text.len > 0)
			return 1;
		return version_numbers(
		    a.number ? a.text : zero, b.number ? b.text : zero);
	}
	if (a.rank != b.rank)
		return a.rank - b.rank;
	return a.rank == OTHER_WORD ? fold_cmp(a.text, b.text) : 0;
}

int
version_maven(struct cn_slice a, struct cn_slice b)
{
	a = without_v(a);
	b = without_v(b);
	for (;;) {
		struct token x = next_token(&a), y = next_token(&b);
		int order = cmp_token(x, y);

		if (order != 0)
			return order;
		if (x.text.len == 0 && y.text.len == 0)
			return 0;
	}
}
