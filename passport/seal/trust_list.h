/* The trust list as its two files see it. */
#ifndef SEAL_TRUST_LIST_H
#define SEAL_TRUST_LIST_H

#include <carnet/trust.h>

#include "sign1.h"

struct cn_trust {
	struct cn_arena *arena;
	const struct cn_issuer *issuers;
	uint8_t digest[CN_DIGEST];
};

#endif
