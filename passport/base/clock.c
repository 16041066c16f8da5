#include <carnet/clock.h>

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

cn_instant
cn_clock_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return 0;
	return (cn_instant)now.tv_sec;
}

static bool
leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
cn_month_last(int year, int month)
{
	static const int last[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	return month == 2 && leap(year) ? 29 : last[month - 1];
}

/* Exactly `len` digits at `from`. */
static bool
digits(struct cn_slice text, size_t from, size_t len, int *out)
{
	int value = 0;

	for (size_t i = from; i < from + len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		value = value * 10 + (text.ptr[i] - '0');
	}
	*out = value;
	return true;
}

static bool
year_month(struct cn_slice text, struct cn_date *out)
{
	return digits(text, 0, 4, &out->year) && text.ptr[4] == '-' &&
	       digits(text, 5, 2, &out->month) && out->year >= 1 &&
	       out->month >= 1 && out->month <= 12;
}

bool
cn_date_parse(struct cn_slice text, struct cn_date *out)
{
	struct cn_date date;

	if (text.len != 10 || !year_month(text, &date) || text.ptr[7] != '-' ||
	    !digits(text, 8, 2, &date.day) || date.day < 1 ||
	    date.day > cn_month_last(date.year, date.month))
		return false;
	*out = date;
	return true;
}

bool
cn_month_parse(struct cn_slice text, struct cn_date *out)
{
	struct cn_date date;

	if (text.len != 7 || !year_month(text, &date))
		return false;
	date.day = cn_month_last(date.year, date.month);
	*out = date;
	return true;
}

bool
cn_instant_parse(struct cn_slice text, cn_instant *out)
{
	struct cn_date date;
	int hour, minute, second;

	if (text.len != 20 || !cn_date_parse(cn_slice_sub(text, 0, 10), &date))
		return false;
	if (text.ptr[10] != 'T' || text.ptr[13] != ':' || text.ptr[16] != ':' ||
	    text.ptr[19] != 'Z')
		return false;
	if (!digits(text, 11, 2, &hour) || !digits(text, 14, 2, &minute) ||
	    !digits(text, 17, 2, &second) || hour > 23 || minute > 59 ||
	    second > 59)
		return false;
	*out = (cn_instant)cn_date_day(date) * CN_DAY_SECONDS + hour * 3600 +
	       minute * 60 + second;
	return true;
}

/* Days are counted in years that begin in March, so that the leap day comes
 * last; 400 years have 146,097 days. */
cn_day
cn_date_day(struct cn_date date)
{
	int year = date.month <= 2 ? date.year - 1 : date.year;
	int era = year / 400, of_era = year - era * 400;
	int month = date.month > 2 ? date.month - 3 : date.month + 9;
	int of_year = (153 * month + 2) / 5 + date.day - 1;
	int day = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

	return (cn_day)(era * 146097 + day - 719468);
}

struct cn_date
cn_day_date(cn_day day)
{
	int64_t days = (int64_t)day + 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int of_era = (int)(days - era * 146097);
	int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		   365;
	int of_year = of_era - (365 * year + year / 4 - year / 100);
	int month = (5 * of_year + 2) / 153;
	struct cn_date date;

	date.day = of_year - (153 * month + 2) / 5 + 1;
	date.month = month < 10 ? month + 3 : month - 9;
	date.year = (int)(year + era * 400) + (date.month <= 2);
	return date;
}

cn_day
cn_instant_day(cn_instant at)
{
	int64_t day = at / CN_DAY_SECONDS;

	if (at % CN_DAY_SECONDS < 0)
		day--;
	return (cn_day)day;
}

struct cn_date
cn_date_add_months(struct cn_date date, int months)
{
	int count = date.year * 12 + date.month - 1 + months;
	struct cn_date sum = { count / 12, count % 12 + 1, date.day };
	int last = cn_month_last(sum.year, sum.month);

	if (sum.day > last)
		sum.day = last;
	return sum;
}

void
cn_date_print(struct cn_date date, char out[11])
{
	char text[48];

	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year,
	    date.month, date.day);
	(void)snprintf(out, 11, "%.10s", text);
}

void
cn_month_print(struct cn_date date, char out[8])
{
	char text[48];

	(void)snprintf(text, sizeof(text), "%04d-%02d", date.year, date.month);
	(void)snprintf(out, 8, "%.7s", text);
}

void
cn_instant_print(cn_instant at, char out[21])
{
	cn_day day = cn_instant_day(at);
	int64_t second = at - (int64_t)day * CN_DAY_SECONDS;
	char date[11], text[64];

	cn_date_print(cn_day_date(day), date);
	(void)snprintf(text, sizeof(text),
	    "%sT%02" PRId64 ":%02" PRId64 ":%02" PRId64 "Z", date,
	    second / 3600, second / 60 % 60, second % 60);
	(void)snprintf(out, 21, "%.20s", text);
}
