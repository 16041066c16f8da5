#include "ai.h"

#include <carnet/clock.h>

#include <string.h>

/* Figure 7.11-1 of the GS1 General Specifications, in the order that gives a
 * character its value in a check pair. */
static const char set82[] = "!\"%&'()*+,-./0123456789:;<=>?"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
			    "abcdefghijklmnopqrstuvwxyz";
static const char set39[] = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char set64[] = "-0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
			    "abcdefghijklmnopqrstuvwxyz";

static bool
in_set(struct cn_slice value, const char *set)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] == '\0' || strchr(set, value.ptr[i]) == NULL)
			return false;
	return true;
}

static const char *
set_fault(char set, struct cn_slice value)
{
	switch (set) {
	case 'N':
		return in_set(value, "0123456789")
			   ? NULL
			   : "has a character that is not a digit";
	case 'Y':
		return in_set(value, set39) ? NULL
					    : "has a character outside the "
					      "GS1 character set 39";
	case 'Z':
		return in_set(value, set64) ? NULL
					    : "has a character outside the "
					      "GS1 character set 64";
	default:
		return in_set(value, set82) ? NULL
					    : "has a character outside the "
					      "GS1 character set 82";
	}
}

/* Weights 3, 1, 3, … from the digit before the last. */
static bool
check_digit_ok(struct cn_slice digits)
{
	unsigned sum = 0;

	for (size_t i = 0; i + 1 < digits.len; i++) {
		unsigned digit = (unsigned)digits.ptr[i] - '0';

		sum += (digits.len - i) % 2 == 0 ? 3 * digit : digit;
	}
	return digits.len > 0 &&
	       digits.ptr[digits.len - 1] == '0' + (10 - sum % 10) % 10;
}

/* Weights are the primes, counted from the character before the pair; the sum
 * modulo 1021 is written with 32 characters. */
static bool
check_pair_ok(struct cn_slice value)
{
	static const uint8_t primes[] = { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29,
		31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83 };
	static const char set32[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
	unsigned sum = 0;

	if (value.len < 3 || value.len - 2 > sizeof(primes))
		return false;
	for (size_t i = 0; i + 2 < value.len; i++) {
		const char *at = strchr(set82, value.ptr[i]);

		if (at == NULL)
			return false;
		sum += (unsigned)(at - set82) * primes[value.len - 3 - i];
	}
	sum %= 1021;
	return value.ptr[value.len - 2] == (uint8_t)set32[sum >> 5] &&
	       value.ptr[value.len - 1] == (uint8_t)set32[sum & 31];
}

static int
two_digits(struct cn_slice value, size_t at)
{
	return (value.ptr[at] - '0') * 10 + value.ptr[at + 1] - '0';
}

/* The century is not told; YY is a leap year in 20YY exactly when it is in
 * 19YY, 00 apart. */
static bool
date_ok(struct cn_slice value, bool day_needed)
{
	int month = two_digits(value, 2), day = two_digits(value, 4);

	if (month < 1 || month > 12)
		return false;
	if (day == 0)
		return !day_needed;
	return day <= cn_month_last(2000 + two_digits(value, 0), month);
}

static bool
prefix_ok(struct cn_slice value, size_t from)
{
	struct cn_slice prefix = cn_slice_sub(value, from, 4);

	/* The shortest company prefix has four digits. */
	return prefix.len == 4 && in_set(prefix, "0123456789");
}

static const char *
check_fault(char check, struct cn_slice value)
{
	switch (check) {
	case 'k':
		return check_digit_ok(value) ? NULL : "has a wrong check digit";
	case 'a':
		return check_pair_ok(value)
			   ? NULL
			   : "has a wrong check pair at the end";
	case 'g':
	case 'h':
		return prefix_ok(value, check == 'h')
			   ? NULL
			   : "does not start with a company prefix";
	case 'd':
	case 'D':
		return date_ok(value, check == 'D') ? NULL
						    : "is not a date YYMMDD";
	case 'z':
		return value.ptr[0] == '0' ? NULL : "does not start with 0";
	case 'n':
		return value.ptr[0] != '0' ? NULL : "starts with 0";
	case 'p': {
		int piece = two_digits(value, 0), total = two_digits(value, 2);

		return piece > 0 && piece <= total
			   ? NULL
			   : "names a piece that its total does not have";
	}
	default:
		return "has a format without a check";
	}
}

struct component {
	char set;
	bool variable, optional;
	size_t length;
	char checks[4];
};

/* Reads one component and moves *format behind it and its space. The table is
 * our own: its syntax is trusted (and tested). */
static struct component
component_read(const char **format)
{
	struct component out = { .set = **format };
	const char *at = *format + 1;
	size_t checks = 0;

	if (at[0] == '.') {
		out.variable = true;
		at += 2;
	}
	while (*at >= '0' && *at <= '9')
		out.length = out.length * 10 + (size_t)(*at++ - '0');
	for (; *at != ' ' && *at != '\0'; at++) {
		if (*at == '?')
			out.optional = true;
		else if (checks + 1 < sizeof(out.checks))
			out.checks[checks++] = *at;
	}
	*format = *at == ' ' ? at + 1 : at;
	return out;
}

const char *
ai_fault(const struct ai_row *row, struct cn_slice value)
{
	const char *format = row->format;
	size_t at = 0;

	if (value.len == 0)
		return "is empty";
	while (*format != '\0') {
		struct component c = component_read(&format);
		struct cn_slice part = cn_slice_sub(value, at, c.length);
		const char *fault;

		if (part.len == 0 && c.optional)
			continue;
		/* Strange characters are worth more words than the length. */
		fault = set_fault(c.set, part);
		if (fault != NULL)
			return fault;
		if (part.len == 0 || (!c.variable && part.len < c.length))
			return "is too short";
		at += part.len;
		if (*format == '\0' && at < value.len)
			return "is too long";
		for (const char *check = c.checks; *check != '\0'; check++) {
			fault = check_fault(*check, part);
			if (fault != NULL)
				return fault;
		}
	}
	return at < value.len ? "is too long" : NULL;
}

/* ---- sequences of qualifiers ---------------------------------------------- */

/* The next AI of an alternative; moves *list behind it. False at its end. */
static bool
list_next(const char **list, struct cn_slice *ai, bool *required)
{
	size_t len = strspn(*list, "0123456789");

	if (len == 0)
		return false;
	*ai = cn_slice_of(*list, len);
	*list += len;
	*required = **list == '!';
	*list += strspn(*list, "!,");
	return true;
}

/* One alternative: are `ais` a part of it, in its order? */
static bool
list_ok(
    const char *list, const struct cn_slice *ais, size_t count, bool *missing)
{
	struct cn_slice ai;
	bool required;
	size_t at = 0;

	*missing = false;
	while (list_next(&list, &ai, &required)) {
		if (at < count && cn_slice_eq(ai, ais[at]))
			at++;
		else if (required)
			*missing = true;
	}
	return at == count;
}

bool
ai_sequence_ok(const struct ai_row *key, const struct cn_slice *ais,
    size_t count, bool *missing)
{
	const char *list = key->qualifiers;
	bool lacks = false;

	while (list != NULL) {
		if (list_ok(list, ais, count, &lacks)) {
			if (missing != NULL)
				*missing = lacks;
			return !lacks;
		}
		list = strchr(list, '|');
		if (list != NULL)
			list++;
	}
	if (missing != NULL)
		*missing = false;
	return false;
}

/* As list_ok() for `ais` and `ai` together, wherever in the order it stands. */
static bool
list_takes(const char *list, const struct cn_slice *ais, size_t count,
    struct cn_slice ai)
{
	struct cn_slice next;
	bool required, found = false;
	size_t at = 0;

	while (list_next(&list, &next, &required)) {
		if (at < count && cn_slice_eq(next, ais[at]))
			at++;
		else if (cn_slice_eq(next, ai))
			found = true;
	}
	return found && at == count;
}

bool
ai_sequence_takes(const struct ai_row *key, const struct cn_slice *ais,
    size_t count, struct cn_slice ai)
{
	const char *list = key->qualifiers;

	while (list != NULL) {
		if (list_takes(list, ais, count, ai))
			return true;
		list = strchr(list, '|');
		if (list != NULL)
			list++;
	}
	return false;
}
