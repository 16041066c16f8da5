/*
 * Dates (ISO 8601, proleptic Gregorian, UTC). The time is an argument
 * everywhere: only the programs ask the system for it.
 */
#ifndef CARNET_CLOCK_H
#define CARNET_CLOCK_H

#include <carnet/bytes.h>

/* Seconds since 1970-01-01T00:00:00Z. */
typedef int64_t cn_instant;
/* Days since 1970-01-01. */
typedef int32_t cn_day;

#define CN_DAY_SECONDS 86400

struct cn_date {
	int year; /* 1 to 9999 */
	int month; /* 1 to 12 */
	int day; /* 1 to the month's last */
};

/* The system's clock. */
CN_API cn_instant cn_clock_now(void);

/* YYYY-MM-DD, a date that exists, years 1 to 9999. */
CN_API bool cn_date_parse(struct cn_slice text, struct cn_date *out);
/* YYYY-MM; out->day is the month's last day. */
CN_API bool cn_month_parse(struct cn_slice text, struct cn_date *out);
/* YYYY-MM-DDThh:mm:ssZ, whole seconds, no leap second. */
CN_API bool cn_instant_parse(struct cn_slice text, cn_instant *out);

CN_API cn_day cn_date_day(struct cn_date date);
CN_API struct cn_date cn_day_date(cn_day day);
CN_API cn_day cn_instant_day(cn_instant at);
CN_API int cn_month_last(int year, int month);
/* The same day n months later, or the month's last where there is none. */
CN_API struct cn_date cn_date_add_months(struct cn_date date, int months);

/* Write "YYYY-MM-DD", "YYYY-MM" and "YYYY-MM-DDThh:mm:ssZ" with a NUL. */
CN_API void cn_date_print(struct cn_date date, char out[11]);
CN_API void cn_month_print(struct cn_date date, char out[8]);
CN_API void cn_instant_print(cn_instant at, char out[21]);

#endif
