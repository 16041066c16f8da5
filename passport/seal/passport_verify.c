/* Passports judged: alone, and as the next version of another. */
#include <string.h>

#include "judge.h"

enum cn_code
cn_passport_verify(const struct cn_passport *passport,
    const struct cn_policy *policy, const struct cn_trust_key **signer,
    struct cn_error *err)
{
	struct cn_statement s = {
		.tbs = { passport->protected_, CN_SLICE_NONE,
		    passport->payload },
		.digest = passport->digest,
		.alg = passport->alg,
		.kid = passport->kid,
		.signature = passport->signature,
		.use = CN_USE_PASSPORT,
		.iat = passport->iat,
		.iss = passport->iss,
		.sub = passport->sub,
	};

	return cn_judge(&s, policy, signer, err);
}

enum cn_code
cn_passport_follows(const struct cn_passport *before,
    const struct cn_passport *next, struct cn_error *err)
{
	if (!cn_slice_eq(before->sub, next->sub))
		return cn_fail(err, CN_CONFLICT,
		    "it is about %.*s, the version before about %.*s",
		    CN_FMT(next->sub), CN_FMT(before->sub));
	if (!cn_slice_eq(before->iss, next->iss))
		return cn_fail(err, CN_WRONG_ISSUER,
		    "it comes from %.*s, the version before from %.*s",
		    CN_FMT(next->iss), CN_FMT(before->iss));
	if (next->version != before->version + 1)
		return cn_fail(err, CN_CONFLICT,
		    "it is version %llu, after version %llu",
		    (unsigned long long)next->version,
		    (unsigned long long)before->version);
	if (!next->has_supersedes ||
	    memcmp(next->supersedes, before->digest, CN_DIGEST) != 0)
		return cn_fail(err, CN_CONFLICT,
		    "it supersedes another version %llu",
		    (unsigned long long)before->version);
	if (next->iat < before->iat)
		return cn_fail(err, CN_CONFLICT,
		    "it was signed before the version it supersedes");
	return CN_OK;
}
