/* The order of Python packages (PEP 440). */
#include "version.h"

/* Where a phase stands: development before pre-releases before the release
 * before what comes after it. */
enum phase { DEV_ONLY = -4, ALPHA = -3, BETA, CANDIDATE, RELEASED };

struct pypi {
	struct cn_slice epoch, release, local;
	enum phase phase;
	struct cn_slice pre, post, dev; /* numbers; ptr NULL: none */
};

static uint8_t
lower(uint8_t c)
{
	return version_alpha(c) ? c | 0x20 : c;
}

static bool
separator(uint8_t c)
{
	return c == '.' || c == '-' || c == '_';
}

static bool
release_part(uint8_t c)
{
	return version_digit(c) || c == '.';
}

static bool
word_is(struct cn_slice word, const char *name)
{
	size_t i;

	for (i = 0; i < word.len && name[i] != '\0'; i++)
		if (lower(word.ptr[i]) != (uint8_t)name[i])
			return false;
	return i == word.len && name[i] == '\0';
}

/* A phase by its word; its number, 0 where none is written. */
static void
take_phase(struct pypi *v, struct cn_slice word, struct cn_slice number)
{
	static const struct {
		const char *word;
		enum phase phase;
	} phases[] = { { "a", ALPHA }, { "alpha", ALPHA }, { "b", BETA },
		{ "beta", BETA }, { "c", CANDIDATE }, { "rc", CANDIDATE },
		{ "pre", CANDIDATE }, { "preview", CANDIDATE } };

	if (number.len == 0)
		number = CN_SLICE("0");
	if (word.len == 0 || word_is(word, "post") || word_is(word, "rev") ||
	    word_is(word, "r"))
		v->post = number;
	if (word_is(word, "dev"))
		v->dev = number;
	for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
		if (!word_is(word, phases[i].word))
			continue;
		v->phase = phases[i].phase;
		v->pre = number;
	}
}

static struct pypi
parse(struct cn_slice text)
{
	struct pypi v = { .phase = RELEASED, .epoch = CN_SLICE("0") };
	struct cn_slice rest;
	size_t at;

	if (text.len > 0 && lower(text.ptr[0]) == 'v')
		text = cn_slice_sub(text, 1, text.len);
	at = cn_slice_find(text, '!');
	if (at < text.len)
		v.epoch = version_cut(&text, '!', NULL);
	rest = text;
	text = version_cut(&rest, '+', NULL);
	v.local = rest;
	v.release = version_take(&text, release_part);
	while (text.len > 0) {
		struct cn_slice before = text, word, number;

		(void)version_take(&text, separator);
		word = version_take(&text, version_alpha);
		(void)version_take(&text, separator);
		number = version_take(&text, version_digit);
		take_phase(&v, word, number);
		if (text.len == before.len)
			break; /* a character that has no place here */
	}
	if (v.dev.ptr != NULL && v.pre.ptr == NULL && v.post.ptr == NULL)
		v.phase = DEV_ONLY;
	return v;
}

static int
cmp_release(struct cn_slice a, struct cn_slice b)
{
	while (a.len > 0 || b.len > 0) {
		int order = version_numbers(
		    version_cut(&a, '.', NULL), version_cut(&b, '.', NULL));

		if (order != 0)
			return order;
	}
	return 0;
}

/* Numbers that may be missing; `none` is the order of a missing one. */
static int
cmp_optional(struct cn_slice a, struct cn_slice b, int none)
{
	if (a.ptr == NULL || b.ptr == NULL)
		return (a.ptr == NULL ? none : 0) - (b.ptr == NULL ? none : 0);
	return version_numbers(a, b);
}

int
version_pypi(struct cn_slice a, struct cn_slice b)
{
	struct pypi x = parse(a), y = parse(b);
	int order = version_numbers(x.epoch, y.epoch);

	if (order == 0)
		order = cmp_release(x.release, y.release);
	if (order == 0)
		order = (int)x.phase - (int)y.phase;
	if (order == 0)
		order = cmp_optional(x.pre, y.pre, 0);
	if (order == 0) /* 1.0 before 1.0.post1 */
		order = cmp_optional(x.post, y.post, -1);
	if (order == 0) /* 1.0.dev1 before 1.0 */
		order = cmp_optional(x.dev, y.dev, 1);
	return order != 0 ? order : version_maven(x.local, y.local);
}
