#include "instant.h"

/* Exactly `digits` digits at `at`, at most max. */
static bool
number(
    struct cn_slice text, size_t at, size_t digits, unsigned max, unsigned *out)
{
	unsigned value = 0;

	if (at + digits > text.len)
		return false;
	for (size_t i = at; i < at + digits; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		value = value * 10 + (unsigned)(text.ptr[i] - '0');
	}
	*out = value;
	return value <= max;
}

static bool
is_at(struct cn_slice text, size_t at, char c)
{
	/* RFC 3339 allows a small t and z */
	return at < text.len &&
	       (text.ptr[at] == c ||
		   (c >= 'A' && c <= 'Z' && text.ptr[at] == (c | 0x20)));
}

/* "Z" or "+hh:mm" up to the end; minutes east of Greenwich. */
static bool
zone(struct cn_slice text, size_t at, int *minutes)
{
	unsigned hour, minute;

	*minutes = 0;
	if (is_at(text, at, 'Z'))
		return at + 1 == text.len;
	if (at + 6 != text.len ||
	    (text.ptr[at] != '+' && text.ptr[at] != '-') ||
	    !number(text, at + 1, 2, 23, &hour) || text.ptr[at + 3] != ':' ||
	    !number(text, at + 4, 2, 59, &minute))
		return false;
	*minutes = (int)(hour * 60 + minute);
	if (text.ptr[at] == '-')
		*minutes = -*minutes;
	return true;
}

/* The digits behind the point, at least one. */
static bool
fraction(struct cn_slice text, size_t *at, uint32_t *nanos)
{
	uint32_t unit = 100000000;
	size_t from = ++*at;

	for (; *at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9';
	     ++*at) {
		*nanos += unit * (uint32_t)(text.ptr[*at] - '0');
		unit /= 10;
	}
	return *at > from;
}

bool
instant_parse(struct cn_slice text, struct instant *out)
{
	unsigned hour, minute, second;
	struct cn_date date;
	size_t at = 19;
	int east;

	out->nanos = 0;
	if (!cn_date_parse(cn_slice_sub(text, 0, 10), &date) ||
	    !is_at(text, 10, 'T') || !number(text, 11, 2, 23, &hour) ||
	    !is_at(text, 13, ':') || !number(text, 14, 2, 59, &minute) ||
	    !is_at(text, 16, ':') || !number(text, 17, 2, 60, &second))
		return false;
	if (is_at(text, at, '.') && !fraction(text, &at, &out->nanos))
		return false;
	if (!zone(text, at, &east))
		return false;
	if (second == 60)
		second = 59;
	out->seconds = (cn_instant)cn_date_day(date) * CN_DAY_SECONDS +
		       (cn_instant)(hour * 3600 + minute * 60 + second) -
		       (cn_instant)east * 60;
	return true;
}

int
instant_cmp(struct instant a, struct instant b)
{
	if (a.seconds != b.seconds)
		return a.seconds < b.seconds ? -1 : 1;
	if (a.nanos != b.nanos)
		return a.nanos < b.nanos ? -1 : 1;
	return 0;
}
