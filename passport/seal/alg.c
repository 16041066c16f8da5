/* The algorithms: RFC 9864 (fully specified) and RFC 9053 (to be read). */
#include <carnet/key.h>

struct row {
	const char *name;
	enum cn_alg alg;
	enum cn_curve curve;
};

static const struct row rows[] = {
	{ "ESP256", CN_ALG_ESP256, CN_P256 },
	{ "Ed25519", CN_ALG_ED25519, CN_ED25519 },
	{ "ES256", CN_ALG_ES256, CN_P256 },
	{ "EdDSA", CN_ALG_EDDSA, CN_ED25519 },
};

static const struct row *
row_of(int64_t alg)
{
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if ((int64_t)rows[i].alg == alg)
			return &rows[i];
	return NULL;
}

bool
cn_alg_parse(struct cn_slice name, enum cn_alg *out)
{
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (cn_slice_is(name, rows[i].name)) {
			*out = rows[i].alg;
			return true;
		}
	return false;
}

const char *
cn_alg_name(int64_t alg)
{
	const struct row *row = row_of(alg);

	return row != NULL ? row->name : NULL;
}

bool
cn_alg_fits(int64_t alg, enum cn_curve curve)
{
	const struct row *row = row_of(alg);

	return row != NULL && row->curve == curve;
}

const char *
cn_curve_name(enum cn_curve curve)
{
	return curve == CN_P256 ? "P-256" : "Ed25519";
}

bool
cn_curve_parse(struct cn_slice name, enum cn_curve *out)
{
	if (cn_slice_is(name, "P-256"))
		*out = CN_P256;
	else if (cn_slice_is(name, "Ed25519"))
		*out = CN_ED25519;
	else
		return false;
	return true;
}
