/*
 * Which dialect is it? Told by content, never by name. Private to sbom/.
 */
#ifndef CARNET_SBOM_KIND_H
#define CARNET_SBOM_KIND_H

#include "read.h"

/* Reads as far as is needed to tell; the source stands anywhere afterwards.
 * CN_UNSUPPORTED where it is none of them, CN_MALFORMED where the text breaks
 * before it is told. */
enum cn_code kind_find(
    struct source *src, const struct dialect **out, struct cn_error *err);

#endif
