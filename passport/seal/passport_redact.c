/* Sections dropped from a passport, and put together again from two copies:
 * neither touches what is signed. */
#include <string.h>

#include "passport_form.h"

/* What was made is read with the form of a passport before it goes out. */
static enum cn_code
release(struct cn_buf *made, struct cn_buf *out, struct cn_error *err)
{
	struct cn_passport again;
	enum cn_code code;

	code = cn_buf_code(made, err);
	if (code == CN_OK)
		code = cn_passport_parse(cn_buf_slice(made), &again, err);
	if (code != CN_OK)
		return code;
	cn_buf_put(out, cn_buf_slice(made));
	return cn_buf_code(out, err);
}

static enum cn_code
with_sections(const struct cn_passport *passport,
    const struct cn_disclosure *held, size_t count, struct cn_buf *out,
    struct cn_error *err)
{
	struct cn_buf header, made;
	enum cn_code code;

	cn_buf_init(&header, CN_MAX_PASSPORT);
	cn_buf_init(&made, CN_MAX_PASSPORT);
	cn_disclosures_put(held, count, &header);
	code = cn_buf_code(&header, err);
	if (code == CN_OK) {
		cn_sign1_put(passport->protected_, cn_buf_slice(&header),
		    passport->payload, passport->signature, &made);
		code = release(&made, out, err);
	}
	cn_buf_free(&made);
	cn_buf_free(&header);
	return code;
}

enum cn_code
cn_passport_redact(const struct cn_passport *passport, unsigned keep,
    struct cn_buf *out, struct cn_error *err)
{
	struct cn_disclosure held[CN_SEALS];
	size_t i, count = 0;

	for (i = 0; i < passport->held_count; i++)
		if (keep & CN_TIER_BIT(passport->held[i].tier))
			held[count++] = passport->held[i];
	return with_sections(passport, held, count, out, err);
}

static const struct cn_disclosure *
section_of(const struct cn_passport *passport, enum cn_tier tier)
{
	size_t i;

	for (i = 0; i < passport->held_count; i++)
		if (passport->held[i].tier == tier)
			return &passport->held[i];
	return NULL;
}

enum cn_code
cn_passport_join(const struct cn_passport *a, const struct cn_passport *b,
    struct cn_buf *out, struct cn_error *err)
{
	struct cn_disclosure held[CN_SEALS];
	const struct cn_disclosure *found;
	size_t count = 0;
	int tier;

	if (memcmp(a->digest, b->digest, CN_DIGEST) != 0)
		return cn_fail(err, CN_CONFLICT,
		    "they are not copies of the same version");
	for (tier = CN_LEGITIMATE_INTEREST; tier <= CN_AUTHORITY; tier++) {
		found = section_of(a, (enum cn_tier)tier);
		if (found == NULL)
			found = section_of(b, (enum cn_tier)tier);
		if (found != NULL)
			held[count++] = *found;
	}
	return with_sections(a, held, count, out, err);
}
