/* Which order a scheme has, and what all orders share. */
#include "version.h"

bool
version_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

bool
version_alpha(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct cn_slice
without_zeros(struct cn_slice digits)
{
	while (digits.len > 0 && digits.ptr[0] == '0')
		digits = cn_slice_sub(digits, 1, digits.len);
	return digits;
}

int
version_numbers(struct cn_slice a, struct cn_slice b)
{
	a = without_zeros(a);
	b = without_zeros(b);
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return cn_slice_cmp(a, b);
}

struct cn_slice
version_take(struct cn_slice *text, bool (*is)(uint8_t c))
{
	size_t len = 0;
	struct cn_slice run;

	while (len < text->len && is(text->ptr[len]))
		len++;
	run = cn_slice_sub(*text, 0, len);
	*text = cn_slice_sub(*text, len, text->len);
	return run;
}

struct cn_slice
version_cut(struct cn_slice *text, uint8_t c, bool *found)
{
	size_t at = cn_slice_find(*text, c);
	struct cn_slice piece = cn_slice_sub(*text, 0, at);

	if (found != NULL)
		*found = at < text->len;
	*text = cn_slice_sub(*text, at + (at < text->len), text->len);
	return piece;
}

/* The names that vers gives to the schemes of packages. */
static const struct {
	const char *scheme;
	int (*cmp)(struct cn_slice a, struct cn_slice b);
} orders[] = {
	{ "semver", version_semver },
	{ "npm", version_semver },
	{ "golang", version_semver },
	{ "cargo", version_semver },
	{ "composer", version_semver },
	{ "nuget", version_semver },
	{ "hex", version_semver },
	{ "deb", version_deb },
	{ "ebuild", version_apk },
	{ "apk", version_apk },
	{ "alpine", version_apk },
	{ "rpm", version_rpm },
	{ "alpm", version_rpm },
	{ "pypi", version_pypi },
};

int
cn_version_cmp(struct cn_slice scheme, struct cn_slice a, struct cn_slice b)
{
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (cn_slice_is(scheme, orders[i].scheme))
			return orders[i].cmp(a, b);
	return version_maven(a, b); /* which reads anything */
}
