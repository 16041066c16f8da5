#include "locale_plural.h"

const char *const rs_plural_names[RS_PLURALS] = { "zero", "one", "two", "few",
	"many", "other" };

/* bg da de el en es et fi hu it nl pt sv. Millions ("many" in es, it, pt) do
 * not occur in our sentences. */
static enum rs_plural
one_other(uint64_t n)
{
	return n == 1 ? RS_PLURAL_ONE : RS_PLURAL_OTHER;
}

/* fr */
static enum rs_plural
one_with_zero(uint64_t n)
{
	return n <= 1 ? RS_PLURAL_ONE : RS_PLURAL_OTHER;
}

/* cs sk */
static enum rs_plural
czech(uint64_t n)
{
	if (n == 1)
		return RS_PLURAL_ONE;
	return n >= 2 && n <= 4 ? RS_PLURAL_FEW : RS_PLURAL_OTHER;
}

static bool
ends_in_2_to_4(uint64_t n)
{
	return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
}

static enum rs_plural
polish(uint64_t n)
{
	if (n == 1)
		return RS_PLURAL_ONE;
	return ends_in_2_to_4(n) ? RS_PLURAL_FEW : RS_PLURAL_MANY;
}

static enum rs_plural
croatian(uint64_t n)
{
	if (n % 10 == 1 && n % 100 != 11)
		return RS_PLURAL_ONE;
	return ends_in_2_to_4(n) ? RS_PLURAL_FEW : RS_PLURAL_OTHER;
}

static enum rs_plural
slovenian(uint64_t n)
{
	switch (n % 100) {
	case 1:
		return RS_PLURAL_ONE;
	case 2:
		return RS_PLURAL_TWO;
	case 3:
	case 4:
		return RS_PLURAL_FEW;
	default:
		return RS_PLURAL_OTHER;
	}
}

static bool
ends_in_teen(uint64_t n)
{
	return n % 100 >= 11 && n % 100 <= 19;
}

static enum rs_plural
latvian(uint64_t n)
{
	if (n % 10 == 0 || ends_in_teen(n))
		return RS_PLURAL_ZERO;
	return n % 10 == 1 ? RS_PLURAL_ONE : RS_PLURAL_OTHER;
}

static enum rs_plural
lithuanian(uint64_t n)
{
	if (n % 10 == 0 || ends_in_teen(n))
		return RS_PLURAL_OTHER;
	return n % 10 == 1 ? RS_PLURAL_ONE : RS_PLURAL_FEW;
}

static enum rs_plural
romanian(uint64_t n)
{
	if (n == 1)
		return RS_PLURAL_ONE;
	return n == 0 || (n % 100 >= 1 && n % 100 <= 19) ? RS_PLURAL_FEW
							 : RS_PLURAL_OTHER;
}

static enum rs_plural
maltese(uint64_t n)
{
	if (n == 1)
		return RS_PLURAL_ONE;
	if (n == 2)
		return RS_PLURAL_TWO;
	if (n == 0 || (n % 100 >= 3 && n % 100 <= 10))
		return RS_PLURAL_FEW;
	return ends_in_teen(n) ? RS_PLURAL_MANY : RS_PLURAL_OTHER;
}

static enum rs_plural
irish(uint64_t n)
{
	if (n == 1)
		return RS_PLURAL_ONE;
	if (n == 2)
		return RS_PLURAL_TWO;
	if (n >= 3 && n <= 6)
		return RS_PLURAL_FEW;
	return n >= 7 && n <= 10 ? RS_PLURAL_MANY : RS_PLURAL_OTHER;
}

static const struct {
	const char *lang;
	rs_plural_rule rule;
} rules[] = {
	{ "bg", one_other },
	{ "cs", czech },
	{ "da", one_other },
	{ "de", one_other },
	{ "el", one_other },
	{ "en", one_other },
	{ "es", one_other },
	{ "et", one_other },
	{ "fi", one_other },
	{ "fr", one_with_zero },
	{ "ga", irish },
	{ "hr", croatian },
	{ "hu", one_other },
	{ "it", one_other },
	{ "lt", lithuanian },
	{ "lv", latvian },
	{ "mt", maltese },
	{ "nl", one_other },
	{ "pl", polish },
	{ "pt", one_other },
	{ "ro", romanian },
	{ "sk", czech },
	{ "sl", slovenian },
	{ "sv", one_other },
};

rs_plural_rule
rs_plural_rule_of(struct cn_slice lang)
{
	struct cn_slice base = cn_slice_sub(lang, 0, cn_slice_find(lang, '-'));

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (cn_slice_is(base, rules[i].lang))
			return rules[i].rule;
	return NULL;
}
