/* The trust list in use: who may say what. */
#include "trust_list.h"

#include <stdlib.h>
#include <string.h>

void
cn_trust_free(struct cn_trust *trust)
{
	const struct cn_issuer *issuer;
	const struct cn_trust_key *key;

	if (trust == NULL)
		return;
	for (issuer = trust->issuers; issuer != NULL; issuer = issuer->next)
		for (key = issuer->keys; key != NULL; key = key->next)
			cn_pubkey_free(key->key);
	cn_arena_free(trust->arena);
	free(trust);
}

const struct cn_issuer *
cn_trust_issuers(const struct cn_trust *trust)
{
	return trust->issuers;
}

void
cn_trust_digest(const struct cn_trust *trust, uint8_t out[CN_DIGEST])
{
	memcpy(out, trust->digest, CN_DIGEST);
}

const struct cn_trust_key *
cn_trust_find(const struct cn_trust *trust, struct cn_slice kid,
    const struct cn_trust_key *after)
{
	const struct cn_issuer *issuer = trust->issuers;
	const struct cn_trust_key *key;

	if (after != NULL)
		issuer = after->issuer;
	for (; issuer != NULL; issuer = issuer->next) {
		key = issuer->keys;
		if (after != NULL)
			key = after->next;
		after = NULL;
		for (; key != NULL; key = key->next)
			if (cn_slice_eq(
				kid, cn_slice_of(key->kid, key->kid_len)))
				return key;
	}
	return NULL;
}

bool
cn_issuer_covers(const struct cn_issuer *issuer, struct cn_slice subject)
{
	size_t i;

	for (i = 0; i < issuer->subject_count; i++) {
		struct cn_slice prefix = issuer->subjects[i];

		/* a prefix holds the slash behind its host, so the host is
		 * compared as a whole */
		if (cn_slice_eq(prefix, cn_slice_sub(subject, 0, prefix.len)))
			return true;
	}
	return false;
}
