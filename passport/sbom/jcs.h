/*
 * The JSON Canonicalization Scheme (RFC 8785). Private to sbom/.
 */
#ifndef CARNET_SBOM_JCS_H
#define CARNET_SBOM_JCS_H

#include "read.h"

#define JCS_DEPTH 512u

/* The canonical form of the one document that the reader holds. */
enum cn_code jcs_write(
    struct cn_json_reader *reader, struct cn_buf *out, struct cn_error *err);

/* A number literal as ECMAScript prints it; false beyond a double. */
bool jcs_number(struct cn_slice literal, struct cn_buf *out);

/* Its SHA-256 over a whole source, into facts. Not for XML and tag-value. */
enum cn_code jcs_digest(
    struct source *src, struct cn_sbom_facts *facts, struct cn_error *err);

#endif
