/*
 * CSAF 2.0 and 2.1. Rules are cited by the numbers of the mandatory tests in
 * section 6.1 of the standard. Private to sbom/.
 */
#ifndef CARNET_SBOM_CSAF_H
#define CARNET_SBOM_CSAF_H

#include "instant.h"
#include "read.h"

enum csaf_tag {
	TAG_NONE,
	/* document */
	TAG_PUBLISHER,
	TAG_PUBLISHER_CATEGORY,
	TAG_TLP,
	TAG_REVISION,
	TAG_REVISION_DATE,
	TAG_REVISION_NUMBER,
	TAG_RELEASED,
	TAG_ID,
	TAG_STATUS,
	TAG_VERSION,
	TAG_DOCUMENT_NOTE,
	TAG_NOTE_CATEGORY, /* of the document's and of vulnerabilities */
	TAG_REFERENCE_CATEGORY,
	TAG_DOCUMENT_REFERENCE,
	TAG_CATEGORY,
	TAG_CSAF_VERSION,
	TAG_TITLE,
	TAG_LANG,
	TAG_SOURCE_LANG,
	/* products */
	TAG_TREE,
	TAG_PURL,
	TAG_FILE_HASHES,
	TAG_HASH_ALGORITHM,
	TAG_RELATIONSHIP,
	TAG_PRODUCT,
	TAG_PRODUCT_NAME,
	TAG_PRODUCT_ID,
	TAG_BRANCH,
	TAG_BRANCH_CATEGORY,
	TAG_BRANCH_NAME,
	TAG_GROUP,
	TAG_GROUP_ID,
	TAG_GROUP_PRODUCT,
	TAG_PRODUCT_REFERENCE,
	/* vulnerabilities */
	TAG_VULNERABILITIES,
	TAG_VULNERABILITY,
	TAG_CVE,
	TAG_VULN_OTHER_ID,
	TAG_ABOUT_PRODUCT,
	TAG_ABOUT_GROUP,
	TAG_FLAG,
	TAG_THREAT,
	TAG_THREAT_CATEGORY,
	TAG_REMEDIATION,
	TAG_SCORE,
	TAG_CVSS3,
	TAG_CVSS2,
	TAG_VECTOR,
	TAG_BASE_SCORE,
	TAG_BASE_SEVERITY,
	TAG_METRIC_AV, /* the metrics of a base score, in the vector's order */
	TAG_METRIC_AC,
	TAG_METRIC_PR,
	TAG_METRIC_UI,
	TAG_METRIC_S,
	TAG_METRIC_C,
	TAG_METRIC_I,
	TAG_METRIC_A,
	TAG_INVOLVEMENTS,
	TAG_INVOLVEMENT,
	TAG_INVOLVEMENT_DATE,
	TAG_PARTY,
	TAG_EXPLOITATION,
	TAG_VULNERABILITY_NOTE,
	TAG_PRODUCT_STATUS,
	TAG_FIRST_AFFECTED, /* the groups of a product status, by name */
	TAG_FIRST_FIXED,
	TAG_FIXED,
	TAG_KNOWN_AFFECTED,
	TAG_KNOWN_NOT_AFFECTED,
	TAG_LAST_AFFECTED,
	TAG_RECOMMENDED,
	TAG_UNDER_INVESTIGATION,
	TAG_UNKNOWN
};

/* A version of a document: whole number or semantic version. */
struct csaf_version {
	bool semantic;
	bool pre_release;
	struct cn_slice text;
	struct cn_slice major; /* digits */
};

bool csaf_version_parse(struct cn_slice text, struct csaf_version *out);

/* What a product_id stands for. */
struct product {
	struct name *id;
	bool defined, used;
	struct cn_slice name;
	struct product *parts[2]; /* what a relationship makes it of */
	struct product *above; /* on the way down a search for circles */
	int state; /* of that search: 0 new, 1 open, 2 done */
	uint32_t line, column; /* of the first use */
};

/* What a group_id stands for. */
struct member {
	struct product *product;
	struct member *next;
};

struct group {
	bool defined, used;
	struct member *members;
	uint32_t line, column;
};

/* A product in a group of a status, within the vulnerability at hand. */
struct mention {
	struct product *product;
	int tag;
	uint32_t line, column;
};

/* What belongs to a pair of vulnerability and product. */
struct pair {
	struct cn_vex_statement *statement;
	bool conflict;
};

enum csaf_profile {
	PROFILE_BASE,
	PROFILE_INCIDENT,
	PROFILE_INFORMATIONAL,
	PROFILE_ADVISORY,
	PROFILE_VEX
};

struct csaf {
	struct reading *r;
	struct cn_csaf *f;
	struct names products, groups, ids, statuses, pair_statuses;
	struct marks pairs; /* of numbers: a struct pair */
	struct text_list vulnerability_ids;
	enum csaf_profile profile;
	size_t notes, references; /* of the kinds that a profile asks for */
	bool in_note, external;
	bool has_tree, has_vulnerabilities;
	/* versions of the document */
	struct csaf_version version; /* of the document */
	struct csaf_version newest, latest; /* by number, by date */
	struct cn_slice revision_number;
	struct instant revision_date, newest_date, latest_date;
	bool has_revision_date;
	size_t revisions, semantic_revisions;
	struct names revision_numbers, majors;
	bool translator;
	struct cn_slice lang, source_lang;
	/* the product or group at hand */
	struct cn_slice product_id, product_name;
	struct member *members; /* of the group at hand */
	struct product *parts[2], *whole; /* of the relationship at hand */
	size_t part_count;
	struct names algorithms; /* of the hashes at hand */
	bool version_branch;
	/* the vulnerability at hand */
	struct cn_slice id;
	bool has_cve, has_status, has_note;
	struct mention *mentions; /* own */
	size_t mention_count, mention_space;
	struct marks impacts, actions; /* numbers of products, from 1 */
	struct marks flagged, scored2, scored3;
	struct marks about; /* products of the flag, threat … at hand */
	bool impact, cvss2, cvss3; /* what that one is */
	struct names involvements; /* of the vulnerability at hand */
	struct cn_buf party, date;
	struct csaf_cvss *cvss; /* own; the score at hand */
};

extern const struct shape csaf_document;

/* Takes note of a use; NULL when memory is short. */
struct product *csaf_product(struct csaf *c, struct cn_slice id);
struct group *csaf_group(struct csaf *c, struct cn_slice id);

/* Each takes the tags of its part and leaves the others. */
void csaf_document_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text);
void csaf_product_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text);
void csaf_vulnerability_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text);
/* CVSS scores (csaf_cvss.c). */
struct csaf_cvss;
struct csaf_cvss *csaf_cvss_new(void);
void csaf_cvss_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text);

/* A finding of a mandatory test at a place. */
void csaf_find(struct csaf *c, const char *test, uint32_t line, uint32_t column,
    const char *fmt, ...) CN_PRINTF(5, 6);

void csaf_document_end(struct csaf *c);
void csaf_product_end(struct csaf *c);

#endif
