/*
 * Whether a statement is believed: which key of the trust list signed it, and
 * whether that key may.
 */
#ifndef SEAL_JUDGE_H
#define SEAL_JUDGE_H

#include <carnet/passport.h>

#include "sign1.h"

/* A signed statement, whatever its kind. */
struct cn_statement {
	struct cn_tbs tbs;
	const uint8_t *digest; /* of tbs */
	int64_t alg;
	struct cn_slice kid;
	struct cn_slice signature;
	enum cn_use use; /* the use a key must have */
	cn_instant iat;
	struct cn_slice iss; /* ptr NULL: it names none */
	struct cn_slice sub;
};

/* Finds the key and judges it; *signer (may be NULL) is set where the
 * signature itself is right, also where the judgement is not. */
enum cn_code cn_judge(const struct cn_statement *statement,
    const struct cn_policy *policy, const struct cn_trust_key **signer,
    struct cn_error *err);

#endif
