/*
 * What a passport says about its SBOM: format, version, digest, and what the
 * file itself tells, whatever its dialect.
 */
#ifndef CARNET_SBOM_H
#define CARNET_SBOM_H

#include <carnet/report.h>

struct cn_sbom {
	struct cn_slice format; /* "CycloneDX" or "SPDX" */
	struct cn_slice spec_version; /* "1.6" */
	struct cn_slice product; /* name of what it describes; may be
					   empty */
	struct cn_slice product_version;
	size_t components;
	size_t dependencies; /* of the product itself, top level */
	uint64_t bytes;
	uint8_t sha256[32]; /* over the raw bytes */
};

/* CycloneDX or SPDX as JSON, told by content. Texts live in the arena.
 * CN_MALFORMED, CN_UNSUPPORTED, and the errors of reading a file. */
CN_API CN_MUST_USE enum cn_code cn_sbom_read(const char *path,
    struct cn_arena *arena, struct cn_sbom *out, struct cn_error *err);

#endif
