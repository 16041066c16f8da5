/*
 * Which kind of document is it? Told by content, never by name. Private to
 * sbom/.
 */
#ifndef CARNET_SBOM_KIND_H
#define CARNET_SBOM_KIND_H

#include "source.h"

enum kind { KIND_CYCLONEDX, KIND_SPDX2 };

/* Reads as far as is needed to tell; the source stands anywhere afterwards.
 * CN_UNSUPPORTED where it is none of them. */
enum cn_code kind_find(
    struct source *src, enum kind *kind, struct cn_error *err);

#endif
