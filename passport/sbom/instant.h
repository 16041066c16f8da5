/*
 * Instants as SBOM and VEX files write them: RFC 3339 with fractions and
 * offsets. Private to sbom/.
 */
#ifndef CARNET_SBOM_INSTANT_H
#define CARNET_SBOM_INSTANT_H

#include <carnet/clock.h>

struct instant {
	cn_instant seconds; /* UTC */
	uint32_t nanos;
};

/* YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm); a leap second counts as the one
 * before. Digits beyond nanoseconds are dropped. */
bool instant_parse(struct cn_slice text, struct instant *out);

int instant_cmp(struct instant a, struct instant b);

#endif
