/*
 * How facts become JSON. Private to sbom/.
 */
#ifndef CARNET_SBOM_FACTS_H
#define CARNET_SBOM_FACTS_H

#include <carnet/vex.h>

/* Facts that have a form of their own. */
enum own_fact {
	OWN_DOC_VERSION,
	OWN_PRODUCT,
	OWN_CREATORS,
	OWN_DESCRIBES_2,
	OWN_DESCRIBES_3,
	OWN_CDX_PAIRS,
	OWN_OPENVEX_PAIRS,
	OWN_CSAF_PAIRS
};

void fact_own(
    struct cn_jw *w, const struct cn_sbom_facts *facts, enum own_fact which);
/* null where there is none */
void fact_text(struct cn_jw *w, struct cn_slice text);

#endif
