/*
 * Numbers as ECMAScript prints them (RFC 8785 section 3.2.2.3): the fewest
 * digits that read back as the same double, of these the nearest.
 */
#include "jcs.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MOST 17

/* value = 0.digits * 10^point */
struct decimal {
	char digits[DIGITS_MOST + 2];
	int count;
	int point;
};

/* The nearest decimal of `count` digits. */
static void
round_to(double value, int count, struct decimal *out)
{
	char text[40], *e;

	(void)snprintf(text, sizeof(text), "%.*e", count - 1, value);
	e = strchr(text, 'e');
	out->count = 0;
	for (const char *p = text; p < e; p++)
		if (*p >= '0' && *p <= '9')
			out->digits[out->count++] = *p;
	out->digits[out->count] = '\0';
	out->point = (int)strtol(e + 1, NULL, 10) + 1;
}

static bool
reads_back(const struct decimal *d, double value)
{
	char text[40];

	(void)snprintf(text, sizeof(text), "0.%se%d", d->digits, d->point);
	return strtod(text, NULL) == value;
}

/* The next decimal of as many digits. */
static void
add_one(struct decimal *d)
{
	int at = d->count - 1;

	while (at >= 0 && d->digits[at] == '9')
		d->digits[at--] = '0';
	if (at >= 0) {
		d->digits[at]++;
		return;
	}
	d->digits[0] = '1'; /* 999 became 1000: as many digits, one place up */
	d->point++;
}

/* Below a power of two doubles lie closer, so there the nearest decimal may
 * not read back while its neighbour above does. */
static void
shortest(double value, struct decimal *out)
{
	int exponent;
	bool power = frexp(value, &exponent) == 0.5;

	for (int count = 1; count <= DIGITS_MOST; count++) {
		round_to(value, count, out);
		if (reads_back(out, value))
			break;
		if (!power || count == DIGITS_MOST)
			continue;
		add_one(out);
		if (reads_back(out, value))
			break;
	}
	while (out->count > 1 && out->digits[out->count - 1] == '0')
		out->digits[--out->count] = '\0';
}

static void
zeros(struct cn_buf *out, int count)
{
	while (count-- > 0)
		cn_buf_byte(out, '0');
}

static void
print(const struct decimal *d, struct cn_buf *out)
{
	int k = d->count, n = d->point;

	if (k <= n && n <= 21) {
		cn_buf_str(out, d->digits);
		zeros(out, n - k);
	} else if (0 < n && n <= 21) {
		cn_buf_printf(out, "%.*s.%s", n, d->digits, d->digits + n);
	} else if (-6 < n && n <= 0) {
		cn_buf_str(out, "0.");
		zeros(out, -n);
		cn_buf_str(out, d->digits);
	} else {
		cn_buf_printf(out, "%c%s%se%+d", d->digits[0], k > 1 ? "." : "",
		    d->digits + 1, n - 1);
	}
}

/* Few digits without point or exponent are what they will be. */
static bool
is_plain(struct cn_slice literal)
{
	for (size_t i = 0; i < literal.len; i++)
		if (literal.ptr[i] < '0' || literal.ptr[i] > '9')
			return false;
	return literal.len <= 15;
}

/* More digits than any double needs to be told exactly (some 770): what is
 * longer is no number that two programs would agree on. */
#define LITERAL_MOST 1100

/* strtod() reads to a NUL, which a slice does not have. */
static bool
read_double(struct cn_slice literal, double *out)
{
	char text[LITERAL_MOST + 1];

	if (literal.len > LITERAL_MOST)
		return false;
	memcpy(text, literal.ptr, literal.len);
	text[literal.len] = '\0';
	*out = strtod(text, NULL);
	return isfinite(*out);
}

bool
jcs_number(struct cn_slice literal, struct cn_buf *out)
{
	locale_t c, old;
	struct decimal d;
	double value;
	bool good;

	if (is_plain(literal)) {
		cn_buf_put(out, literal);
		return true;
	}
	c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (c == (locale_t)0)
		return false;
	old = uselocale(c);
	good = read_double(literal, &value);
	if (good && value < 0)
		cn_buf_byte(out, '-');
	if (good && value == 0) {
		cn_buf_byte(out, '0'); /* also for -0 */
	} else if (good) {
		shortest(fabs(value), &d);
		print(&d, out);
	}
	(void)uselocale(old);
	freelocale(c);
	return good;
}
