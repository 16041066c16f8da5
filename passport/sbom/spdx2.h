/*
 * SPDX 2.2 and 2.3, as JSON and as tag-value. Private to sbom/.
 */
#ifndef CARNET_SBOM_SPDX2_H
#define CARNET_SBOM_SPDX2_H

#include "read.h"

enum spdx2_tag {
	TAG_NONE,
	TAG_SPEC,
	TAG_DATA_LICENCE,
	TAG_DOCUMENT_NAME,
	TAG_NAMESPACE,
	TAG_CREATED,
	TAG_CREATORS,
	TAG_CREATOR_NAME,
	TAG_DOCUMENT_DESCRIBES,
	/* elements */
	TAG_PACKAGE,
	TAG_FILE,
	TAG_SNIPPET,
	TAG_ID,
	TAG_NAME,
	TAG_VERSION,
	TAG_FILE_NAME,
	TAG_CREATOR,
	TAG_LICENCE,
	TAG_CHECKSUMS,
	TAG_CHECKSUM,
	TAG_REFERENCE,
	TAG_REF_CATEGORY,
	TAG_REF_TYPE,
	/* relationships */
	TAG_RELATIONSHIP,
	TAG_FROM,
	TAG_TO,
	TAG_RELATION
};

/* Where an element stands, to read its name again when it is asked for. */
struct element {
	uint64_t offset;
	uint32_t line, column;
	uint32_t item; /* in its list */
	int tag; /* TAG_PACKAGE, TAG_FILE, TAG_SNIPPET */
};

struct spdx2 {
	struct reading *r;
	struct cn_spdx2 *f;
	struct names security_refs;
	struct text_list creators;
	struct names described; /* documentDescribes, in order */
	struct names related; /* DESCRIBES and DESCRIBED_BY, in order */
	struct element *elements; /* own */
	size_t element_count, element_space;
	struct marks ids; /* of elements: number + 1 */
	struct marks needs; /* element: how many it depends on */
	/* the element at hand */
	struct element at;
	uint32_t items[3]; /* packages, files, snippets so far */
	struct cn_buf id, name, version;
	bool creator, licence, file_name, purl, cpe, sha512;
	size_t checksums;
	/* the external reference at hand */
	bool security;
	struct cn_buf ref_type;
	/* the relationship at hand */
	struct cn_buf from, to, relation;
};

extern const struct shape spdx2_document, spdx2_package_again, spdx2_file_again,
    spdx2_snippet_again;

void *spdx2_begin(struct reading *r);
void spdx2_handle(void *ctx, struct walk *walk, enum walk_event event, int tag,
    struct cn_slice text);
void spdx2_end(void *ctx);
void spdx2_drop(void *ctx);

/* The name and version of an element, read again into s->name and s->version.
 * One for JSON, one for tag-value. */
void spdx2_reread(struct spdx2 *s, const struct element *element);
void spdx2_tag_value_reread(struct spdx2 *s, const struct element *element);

/* "SPDX-2.3" */
void spdx2_edition(struct spdx2 *s, struct cn_slice text);
bool spdx2_stated(struct cn_slice text); /* not NOASSERTION, not NONE */

#endif
