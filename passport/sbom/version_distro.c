/* Orders of distributions: Debian (deb-version(7)), RPM, Alpine. */
#include "version.h"

static bool
not_digit(uint8_t c)
{
	return !version_digit(c);
}

/* "epoch:", 0 where there is none. */
static struct cn_slice
epoch(struct cn_slice *text)
{
	struct cn_slice rest = *text,
			digits = version_take(&rest, version_digit);

	if (digits.len == 0 || rest.len == 0 || rest.ptr[0] != ':')
		return CN_SLICE("0");
	*text = cn_slice_sub(rest, 1, rest.len);
	return digits;
}

/* What stands behind the last '-', cut off; ptr NULL where there is none. */
static struct cn_slice
revision(struct cn_slice *text)
{
	size_t at = text->len;
	struct cn_slice behind;

	while (at > 0 && text->ptr[at - 1] != '-')
		at--;
	if (at == 0)
		return CN_SLICE_NONE;
	behind = cn_slice_sub(*text, at, text->len);
	*text = cn_slice_sub(*text, 0, at - 1);
	return behind;
}

/* ---- Debian ------------------------------------------------------------------- */

/* Letters before other characters, '~' before everything, even the end. */
static int
deb_weight(struct cn_slice text, size_t at)
{
	if (at >= text.len)
		return 0;
	if (text.ptr[at] == '~')
		return -1;
	return version_alpha(text.ptr[at]) ? text.ptr[at] : text.ptr[at] + 256;
}

static int
deb_part(struct cn_slice a, struct cn_slice b)
{
	while (a.len > 0 || b.len > 0) {
		struct cn_slice x = version_take(&a, not_digit),
				y = version_take(&b, not_digit);
		int order;

		for (size_t i = 0; i < x.len || i < y.len; i++) {
			order = deb_weight(x, i) - deb_weight(y, i);
			if (order != 0)
				return order;
		}
		order = version_numbers(version_take(&a, version_digit),
		    version_take(&b, version_digit));
		if (order != 0)
			return order;
	}
	return 0;
}

int
version_deb(struct cn_slice a, struct cn_slice b)
{
	int order = version_numbers(epoch(&a), epoch(&b));
	struct cn_slice x, y;

	if (order != 0)
		return order;
	x = revision(&a);
	y = revision(&b);
	order = deb_part(a, b);
	if (order != 0)
		return order;
	return deb_part(x, y); /* none is the same as 0 */
}

/* ---- RPM ------------------------------------------------------------------------ */

static bool
rpm_separator(uint8_t c)
{
	return !version_digit(c) && !version_alpha(c) && c != '~' && c != '^';
}

static bool
begins(struct cn_slice text, uint8_t c)
{
	return text.len > 0 && text.ptr[0] == c;
}

/* '~' comes before everything, '^' behind the end but before the rest. True
 * where the order is found or both were passed over (*order 0). */
static bool
rpm_mark(struct cn_slice *a, struct cn_slice *b, int *order)
{
	bool x = begins(*a, '~'), y = begins(*b, '~');

	*order = 0;
	if (x || y) {
		*order = x && y ? 0 : x ? -1 : 1;
	} else {
		x = begins(*a, '^');
		y = begins(*b, '^');
		if (!x && !y)
			return false;
		if (!(x && y)) /* the end before '^' before the rest */
			*order = x ? (b->len == 0 ? 1 : -1)
				   : (a->len == 0 ? -1 : 1);
	}
	*a = cn_slice_sub(*a, 1, a->len);
	*b = cn_slice_sub(*b, 1, b->len);
	return true;
}

static int
rpm_segment(struct cn_slice *a, struct cn_slice *b)
{
	bool number = version_digit(a->ptr[0]);
	struct cn_slice x = version_take(
			    a, number ? version_digit : version_alpha),
			y = version_take(
			    b, number ? version_digit : version_alpha);

	if (y.len == 0)
		return number ? 1 : -1; /* numbers behind words */
	return number ? version_numbers(x, y) : cn_slice_cmp(x, y);
}

static int
rpm_part(struct cn_slice a, struct cn_slice b)
{
	int order;

	for (;;) {
		(void)version_take(&a, rpm_separator);
		(void)version_take(&b, rpm_separator);
		if (rpm_mark(&a, &b, &order)) {
			if (order != 0)
				return order;
			continue;
		}
		if (a.len == 0 || b.len == 0)
			return (a.len > 0) - (b.len > 0);
		order = rpm_segment(&a, &b);
		if (order != 0)
			return order;
	}
}

int
version_rpm(struct cn_slice a, struct cn_slice b)
{
	int order = version_numbers(epoch(&a), epoch(&b));
	struct cn_slice x, y;

	if (order != 0)
		return order;
	x = revision(&a);
	y = revision(&b);
	order = rpm_part(a, b);
	if (order != 0 || x.ptr == NULL || y.ptr == NULL)
		return order; /* without a release any release is meant */
	return rpm_part(x, y);
}

/* ---- Alpine ----------------------------------------------------------------------- */

static const struct {
	const char *suffix;
	int rank; /* below 0: before the release itself */
} suffixes[] = { { "alpha", -4 }, { "beta", -3 }, { "pre", -2 }, { "rc", -1 },
	{ "cvs", 1 }, { "svn", 2 }, { "git", 3 }, { "hg", 4 }, { "p", 5 } };

/* Takes "_suffix" and its number off the front; 0 where there is none. */
static int
apk_suffix(struct cn_slice *text, struct cn_slice *number)
{
	struct cn_slice rest, word;

	*number = CN_SLICE_NONE;
	if (!begins(*text, '_'))
		return 0;
	rest = cn_slice_sub(*text, 1, text->len);
	word = version_take(&rest, version_alpha);
	*number = version_take(&rest, version_digit);
	*text = rest;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (cn_slice_is(word, suffixes[i].suffix))
			return suffixes[i].rank;
	return 6;
}

/* Numbers between points; having more is greater. */
static int
apk_numbers(struct cn_slice *a, struct cn_slice *b)
{
	for (;;) {
		int order = version_numbers(version_take(a, version_digit),
		    version_take(b, version_digit));
		bool x = begins(*a, '.'), y = begins(*b, '.');

		if (order != 0)
			return order;
		if (!x || !y)
			return x - y;
		*a = cn_slice_sub(*a, 1, a->len);
		*b = cn_slice_sub(*b, 1, b->len);
	}
}

int
version_apk(struct cn_slice a, struct cn_slice b)
{
	int order = apk_numbers(&a, &b), x, y;
	struct cn_slice n, m;

	if (order != 0)
		return order;
	order = cn_slice_cmp(
	    version_take(&a, version_alpha), version_take(&b, version_alpha));
	while (order == 0 && (begins(a, '_') || begins(b, '_'))) {
		x = apk_suffix(&a, &n);
		y = apk_suffix(&b, &m);
		order = x != y ? x - y : version_numbers(n, m);
	}
	if (order != 0)
		return order;
	n = revision(&a); /* "r3" */
	m = revision(&b);
	return version_numbers(
	    cn_slice_sub(n, 1, n.len), cn_slice_sub(m, 1, m.len));
}
