#include "judge.h"

#include <carnet/link.h>

/* "key 0123456789abcdef" */
static void
print_kid(struct cn_slice kid, char out[2 * CN_MAX_KID + 1])
{
	cn_hex(cn_slice_sub(kid, 0, CN_MAX_KID), out);
}

/* The key of the list with that kid whose signature this is. A kid is a hint
 * (RFC 9052 section 3.1): two keys may share one, so all are tried. */
static enum cn_code
find_signer(const struct cn_statement *s, const struct cn_trust *trust,
    const struct cn_trust_key **signer, struct cn_error *err)
{
	const struct cn_trust_key *key = NULL;
	char kid[2 * CN_MAX_KID + 1];
	enum cn_code code = CN_NOT_TRUSTED;

	*signer = NULL;
	while ((key = cn_trust_find(trust, s->kid, key)) != NULL) {
		cn_error_clear(err);
		code = cn_tbs_verify(
		    &s->tbs, s->digest, key->key, s->alg, s->signature, err);
		if (code == CN_OK)
			*signer = key;
		if (code != CN_BAD_SIGNATURE)
			return code;
	}
	if (code == CN_NOT_TRUSTED) {
		print_kid(s->kid, kid);
		cn_fail(err, code, "the key %s is not on the trust list", kid);
	}
	return code;
}

static enum cn_code
judge_use(const struct cn_statement *s, const struct cn_trust_key *key,
    struct cn_error *err)
{
	if (key->use & (unsigned)s->use)
		return CN_OK;
	return cn_fail(err, CN_WRONG_USE,
	    s->use == CN_USE_PASSPORT
		? "the key is one for capsules and must not sign passports"
		: "the key is one for passports and must not sign capsules");
}

/* A thief chooses iat, so only what the caller accepted itself, before, still
 * counts. */
static enum cn_code
judge_revocation(const struct cn_policy *policy, const struct cn_trust_key *key,
    struct cn_error *err)
{
	char at[21];

	if (!key->revoked ||
	    (policy->accepted != 0 && policy->accepted < key->revoked_at))
		return CN_OK;
	cn_instant_print(key->revoked_at, at);
	return cn_fail(err, CN_REVOKED,
	    "the key was revoked at %s%s%.*s: nothing it signed is believed "
	    "unless it was accepted before",
	    at, key->reason.len > 0 ? ", " : "", CN_FMT(key->reason));
}

static enum cn_code
judge_subject(const struct cn_statement *s, const struct cn_trust_key *key,
    struct cn_error *err)
{
	if (!cn_subject_ok(s->sub))
		return cn_fail(err, CN_WRONG_SUBJECT,
		    "the subject is not in canonical form");
	if (!cn_issuer_covers(key->issuer, s->sub))
		return cn_fail(err, CN_WRONG_SUBJECT,
		    "%.*s may not speak for %.*s", CN_FMT(key->issuer->iss),
		    CN_FMT(s->sub));
	return CN_OK;
}

static enum cn_code
judge_time(const struct cn_statement *s, const struct cn_policy *policy,
    const struct cn_trust_key *key, struct cn_error *err)
{
	cn_instant at = policy->at_arrival ? policy->now : s->iat;
	char when[21];

	if (s->iat > policy->now) {
		cn_instant_print(s->iat, when);
		return cn_fail(err, CN_FUTURE,
		    "it says that it was signed at %s, which is in the future",
		    when);
	}
	if (at >= key->from && at < key->until)
		return CN_OK;
	cn_instant_print(at < key->from ? key->from : key->until, when);
	return cn_fail(err, CN_KEY_PERIOD, "the key is valid %s %s only",
	    at < key->from ? "from" : "until", when);
}

enum cn_code
cn_judge(const struct cn_statement *s, const struct cn_policy *policy,
    const struct cn_trust_key **signer, struct cn_error *err)
{
	const struct cn_trust_key *key;
	enum cn_code code;

	if (signer != NULL)
		*signer = NULL;
	code = find_signer(s, policy->trust, &key, err);
	if (code != CN_OK)
		return code;
	if (signer != NULL)
		*signer = key;
	code = judge_use(s, key, err);
	if (code == CN_OK && s->iss.ptr != NULL &&
	    !cn_slice_eq(s->iss, key->issuer->iss))
		code = cn_fail(err, CN_WRONG_ISSUER,
		    "it names %.*s as issuer, but its key belongs to %.*s",
		    CN_FMT(s->iss), CN_FMT(key->issuer->iss));
	if (code == CN_OK)
		code = judge_revocation(policy, key, err);
	if (code == CN_OK)
		code = judge_subject(s, key, err);
	if (code == CN_OK)
		code = judge_time(s, policy, key, err);
	return code;
}
