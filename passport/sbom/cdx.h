/*
 * The parts of CycloneDX (1.2 to 1.7), as shapes. Since-numbers are minor
 * versions. Private to sbom/.
 */
#ifndef CARNET_SBOM_CDX_H
#define CARNET_SBOM_CDX_H

#include "read.h"

enum cdx_tag {
	TAG_NONE,
	/* document and metadata */
	TAG_SPEC,
	TAG_SERIAL,
	TAG_DOC_VERSION,
	TAG_TIMESTAMP,
	TAG_PHASE,
	TAG_AUTHOR,
	TAG_TOOLS,
	TAG_METADATA_PROPERTY,
	TAG_SERVICES,
	TAG_FORMULAS,
	TAG_STANDARDS,
	TAG_ATTESTATIONS,
	TAG_CLAIMS,
	TAG_EVIDENCE,
	TAG_CITATIONS,
	TAG_AGGREGATE,
	TAG_SIGNATURE,
	TAG_DOC_REFERENCES,
	/* components */
	TAG_METADATA_COMPONENT,
	TAG_COMPONENTS, /* top-level list */
	TAG_COMPONENT, /* of a list within its parent's reach */
	TAG_OTHER_COMPONENT, /* ancestors, tools, … */
	TAG_TYPE,
	TAG_BOM_REF,
	TAG_GROUP,
	TAG_NAME,
	TAG_VERSION,
	TAG_PURL,
	TAG_CPE,
	TAG_CREATOR,
	TAG_HASHES,
	TAG_HASH_ALG,
	TAG_LICENCES,
	TAG_MODEL_CARD,
	TAG_DATA_LIST,
	TAG_DATA,
	TAG_DATA_TYPE,
	TAG_DATASET, /* of a model card */
	TAG_DATASET_TYPE,
	TAG_DATASET_NAME,
	TAG_DATASET_REF,
	TAG_REFERENCES,
	TAG_REFERENCE_TYPE,
	TAG_COMPONENT_PROPERTY,
	TAG_PROPERTY_NAME,
	TAG_PROPERTY_VALUE,
	/* dependencies */
	TAG_DEPENDENCY,
	TAG_DEPENDENCY_REF,
	TAG_DEPENDS_ON,
	/* vulnerabilities */
	TAG_VULNERABILITIES,
	TAG_VULNERABILITY,
	TAG_VULN_ID,
	TAG_ALIAS,
	TAG_STATE,
	TAG_JUSTIFICATION,
	TAG_AFFECTED,
	TAG_AFFECTED_REF,
	TAG_AFFECTED_VERSION,
	TAG_VERSION_TEXT,
	TAG_VERSION_RANGE,
	TAG_VERSION_STATUS
};

/* Where a component stands. */
enum place { PLACE_OTHER, PLACE_PRODUCT, PLACE_IN_PRODUCT, PLACE_LISTED };

/* A text of the component at hand: a piece of cdx.scratch. */
struct piece {
	size_t at, len;
	bool there;
};

/* A component while it is open. */
struct part {
	enum place place;
	size_t mark; /* of the scratch when it was opened */
	struct piece type, group, name, version, purl, ref;
	bool id, creator, hash, sha512, licence, card;
	bool data, dataset; /* has data[]; one of them is a data set */
	bool filename, executable, archive, structured; /* BSI properties */
};

#define CDX_PARTS (WALK_DEPTH / 2)

enum property {
	PROPERTY_OTHER,
	PROPERTY_MILESTONE,
	PROPERTY_FILENAME,
	PROPERTY_EXECUTABLE,
	PROPERTY_ARCHIVE,
	PROPERTY_STRUCTURED
};

struct cdx {
	struct reading *r;
	struct cn_cyclonedx *f;
	struct names types, states, aggregates, references, ids, products;
	struct marks refs; /* bom-refs of components */
	struct marks dependencies; /* refs of entries, items in each */
	struct text_list lifecycles, milestones;
	struct cn_buf scratch;
	struct part parts[CDX_PARTS];
	size_t depth;
	/* properties of the component or of the metadata */
	bool in_properties, in_hashes, in_references;
	enum property property;
	struct cn_buf milestone;
	/* the data set of a model card */
	bool dataset_ref, dataset_is;
	struct piece dataset_name;
	/* the dependency at hand */
	uint64_t dependency;
	/* the vulnerability at hand */
	struct cn_slice id, state, justification;
	struct text_list aliases;
	struct cn_vex_statement *first; /* its statements */
	struct cn_vex_versions *last_version;
	bool nameless; /* a vulnerability without id was there */
};

void *cdx_begin(struct reading *r);
void cdx_handle(void *ctx, struct walk *walk, enum walk_event event, int tag,
    struct cn_slice text);
void cdx_end(void *ctx);
void cdx_drop(void *ctx);

/* Each takes the tags of its part of the table and leaves the others. */
void cdx_part_event(
    struct cdx *c, enum walk_event event, int tag, struct cn_slice text);
void cdx_vulnerability_event(
    struct cdx *c, enum walk_event event, int tag, struct cn_slice text);
void cdx_vulnerability_end(struct cdx *c);
struct piece cdx_piece(struct cdx *c, struct cn_slice text);
struct cn_slice cdx_text(const struct cdx *c, struct piece piece);

extern const struct shape cdx_reference, cdx_references, cdx_contact,
    cdx_contacts, cdx_entity, cdx_entities, cdx_attachment, cdx_attachments,
    cdx_hashes, cdx_properties, cdx_release_notes, cdx_licences,
    cdx_external_references, cdx_issues, cdx_model_card, cdx_data_list,
    cdx_governance, cdx_component, cdx_components, cdx_other_components,
    cdx_service, cdx_services, cdx_tools, cdx_vulnerabilities, cdx_spdx_id,
    cdx_signature, cdx_property, cdx_formulas, cdx_declarations, cdx_standards;
extern const struct shape cdx_document;

#endif
