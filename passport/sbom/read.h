/*
 * What the readers of all dialects share. Private to sbom/.
 */
#ifndef CARNET_SBOM_READ_H
#define CARNET_SBOM_READ_H

#include "shape.h"

#include <carnet/sbom.h>

struct reading {
	struct cn_sbom *sbom;
	struct cn_arena *arena;
	struct cn_slice product_ref;
	size_t pending; /* items of the dependency at hand */
	bool in_product;
	bool own_dependency;
};

extern const struct shape cyclonedx_document, spdx2_document;
void cyclonedx_handle(void *ctx, struct walk *walk, enum walk_event event,
    int tag, struct cn_slice text);
void spdx2_handle(void *ctx, struct walk *walk, enum walk_event event, int tag,
    struct cn_slice text);

#endif
