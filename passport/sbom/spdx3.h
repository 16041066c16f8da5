/*
 * SPDX 3.0 as JSON-LD: a flat list of elements that refer to each other by
 * identifiers, in any order. Private to sbom/.
 */
#ifndef CARNET_SBOM_SPDX3_H
#define CARNET_SBOM_SPDX3_H

#include "read.h"

enum spdx3_tag {
	TAG_NONE,
	TAG_ELEMENT,
	TAG_TYPE,
	TAG_ID,
	TAG_AT_ID,
	TAG_NAME,
	TAG_VERSION,
	TAG_CREATION,
	TAG_CREATED,
	TAG_SPEC,
	TAG_ROOT,
	TAG_PROFILE,
	TAG_FROM,
	TAG_TO,
	TAG_RELATION,
	TAG_JUSTIFICATION,
	TAG_SAFETY_RISK,
	TAG_SUPPLIER,
	TAG_AGENT, /* createdBy */
	TAG_TOOL, /* createdUsing */
	TAG_PURL,
	TAG_HASH_ALGORITHM,
	TAG_IDENTIFIER_TYPE,
	TAG_IDENTIFIER
};

/* Where an element stands, to read it again when it is asked for. */
struct spot {
	uint64_t offset;
	uint32_t line, column, item;
	bool file;
};

/* A document, an SBOM, a bundle: it leads on to its roots. */
struct collection {
	const struct cn_texts *roots;
	bool visited;
};

struct creation {
	struct cn_slice spec, created;
};

struct spdx3 {
	struct reading *r;
	struct cn_spdx3 *f;
	struct names types, relations, risks, profiles, statuses;
	struct names collections; /* struct collection */
	struct names creations; /* struct creation */
	struct names vulnerabilities; /* their CVE number or name */
	struct names said; /* described so far */
	struct marks ids; /* of elements: number + 1 */
	struct spot *spots; /* own */
	size_t spot_count, spot_space;
	struct marks needs; /* element: how many it depends on */
	/* the document */
	bool has_document;
	struct cn_slice creation;
	/* the element at hand */
	struct spot at;
	struct cn_buf type, id, name, version, from, to, relation;
	struct cn_buf justification, creation_ref, spec, created, identifier,
	    risk;
	bool has_spdx_id, supplier, unique, sha512, hash;
	size_t to_count;
	struct text_list roots;
};

extern const struct shape spdx3_document, spdx3_element;

void spdx3_handle(void *ctx, struct walk *walk, enum walk_event event, int tag,
    struct cn_slice text);
/* Forgets the element at hand. */
void spdx3_reset(struct spdx3 *s);
/* What relationships say (spdx3_relation.c). */
void spdx3_relation_ends(struct spdx3 *s);
void spdx3_relations_end(struct spdx3 *s);
/* The identifiers in s->to, one after the other. */
bool spdx3_next_to(const struct spdx3 *s, size_t *at, struct cn_slice *id);
/* What the document describes (spdx3_root.c). */
void spdx3_describe(struct spdx3 *s);

#endif
