/* CSAF 2.0 and 2.1. Other members than these are allowed everywhere. */
#include "csaf.h"

static bool
good_cve(struct cn_slice text)
{
	if (!cn_slice_starts(text, "CVE-") || text.len < 13)
		return false;
	for (size_t i = 4; i < text.len; i++)
		if (i == 8 ? text.ptr[i] != '-'
			   : text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return true;
}

static const struct shape cve = { .kind = SHAPE_TEXT,
	.good = good_cve,
	.wanted = "a CVE number, such as CVE-2024-3094" };

/* A whole number, or a semantic version. */
static bool
good_version(struct cn_slice text)
{
	struct csaf_version v;

	return csaf_version_parse(text, &v);
}

static const struct shape version = { .kind = SHAPE_TEXT,
	.good = good_version,
	.wanted = "a version: a whole number or a semantic version" };

/* ---- the document ---------------------------------------------------------------- */

static const struct slot publisher_slots[] = {
	{ "category", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, TAG_PUBLISHER, SLOT_REQUIRED, 0 },
	{ "namespace", &shape_uri, 0, SLOT_REQUIRED, 0 },
};
static const struct shape publisher = SHAPE_OPEN(publisher_slots);

static const struct choice tlp_label_choices[] = {
	{ "CLEAR", 0 },
	{ "GREEN", 0 },
	{ "AMBER", 0 },
	{ "AMBER+STRICT", 0 },
	{ "RED", 0 },
	{ "WHITE", 0 },
	{ NULL, 0 },
};
static const struct shape tlp_label = SHAPE_CHOICES(tlp_label_choices);

static const struct slot tlp_slots[] = {
	{ "label", &tlp_label, TAG_TLP, SLOT_REQUIRED, 0 },
};
static const struct shape tlp = SHAPE_OPEN(tlp_slots);

static const struct slot distribution_slots[] = {
	{ "tlp", &tlp, 0, 0, 0 },
};
static const struct shape distribution = SHAPE_OPEN(distribution_slots);

static const struct slot revision_slots[] = {
	{ "date", &shape_instant, TAG_REVISION_DATE, SLOT_REQUIRED, 0 },
	{ "number", &version, TAG_REVISION_NUMBER, SLOT_REQUIRED, 0 },
	{ "summary", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape revision = SHAPE_OPEN(revision_slots);

static const struct slot revisions_item = { NULL, &revision, TAG_REVISION, 0,
	0 };
static const struct shape revisions = SHAPE_LIST_OF(revisions_item);

static const struct choice status_choices[] = {
	{ "draft", 0 },
	{ "final", 0 },
	{ "interim", 0 },
	{ NULL, 0 },
};
static const struct shape status = SHAPE_CHOICES(status_choices);

static const struct slot tracking_slots[] = {
	{ "current_release_date", &shape_instant, TAG_RELEASED, SLOT_REQUIRED,
	    0 },
	{ "id", &shape_text, TAG_ID, SLOT_REQUIRED, 0 },
	{ "initial_release_date", &shape_instant, 0, SLOT_REQUIRED, 0 },
	{ "revision_history", &revisions, 0, SLOT_REQUIRED, 0 },
	{ "status", &status, TAG_STATUS, SLOT_REQUIRED, 0 },
	{ "version", &version, TAG_VERSION, SLOT_REQUIRED, 0 },
};
static const struct shape tracking = SHAPE_OPEN(tracking_slots);

static const struct slot note_slots[] = {
	{ "category", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "text", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape note = SHAPE_OPEN(note_slots);

static const struct slot document_notes_item = { NULL, &note, TAG_DOCUMENT_NOTE,
	0, 0 };
static const struct shape document_notes = SHAPE_LIST_OF(document_notes_item);

static const struct slot reference_slots[] = {
	{ "summary", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "url", &shape_uri, 0, SLOT_REQUIRED, 0 },
	{ "category", &shape_text, 0, 0, 0 },
};
static const struct shape reference = SHAPE_OPEN(reference_slots);

static const struct slot document_references_item = { NULL, &reference,
	TAG_DOCUMENT_REFERENCE, 0, 0 };
static const struct shape document_references = SHAPE_LIST_OF(
    document_references_item);

static const struct choice csaf_version_choices[] = {
	{ "2.0", 0 },
	{ "2.1", 0 },
	{ NULL, 0 },
};
static const struct shape csaf_version = SHAPE_CHOICES(csaf_version_choices);

static const struct slot document_slots[] = {
	{ "category", &shape_text, TAG_CATEGORY, SLOT_REQUIRED, 0 },
	{ "csaf_version", &csaf_version, TAG_CSAF_VERSION, SLOT_REQUIRED, 0 },
	{ "publisher", &publisher, 0, SLOT_REQUIRED, 0 },
	{ "title", &shape_text, TAG_TITLE, SLOT_REQUIRED, 0 },
	{ "tracking", &tracking, 0, SLOT_REQUIRED, 0 },
	{ "distribution", &distribution, 0, 0, 0 },
	{ "lang", &shape_text, TAG_LANG, 0, 0 },
	{ "source_lang", &shape_text, TAG_SOURCE_LANG, 0, 0 },
	{ "notes", &document_notes, 0, 0, 0 },
	{ "references", &document_references, 0, 0, 0 },
};
static const struct shape document = SHAPE_OPEN(document_slots);

static const struct shape branches; /* it holds itself */

/* ---- products ------------------------------------------------------------------------ */

static const struct slot helper_hashes_item = { NULL, &shape_any, 0, 0, 0 };
static const struct shape helper_hashes = SHAPE_LIST_OF(helper_hashes_item);

static const struct slot helper_slots[] = {
	{ "purl", &shape_text, TAG_HELPER, 0, 0 },
	{ "cpe", &shape_text, TAG_HELPER, 0, 0 },
	{ "hashes", &helper_hashes, 0, 0, 0 },
};
static const struct shape helper = SHAPE_OPEN(helper_slots);

static const struct slot product_slots[] = {
	{ "name", &shape_text, TAG_PRODUCT_NAME, SLOT_REQUIRED, 0 },
	{ "product_id", &shape_text, TAG_PRODUCT_ID,
	    SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "product_identification_helper", &helper, 0, 0, 0 },
};
static const struct shape product = SHAPE_OPEN(product_slots);

static const struct slot products_item = { NULL, &product, TAG_PRODUCT, 0, 0 };
static const struct shape products = SHAPE_LIST_OF(products_item);

static const struct slot branch_slots[] = {
	{ "category", &shape_text, TAG_BRANCH_CATEGORY, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, TAG_BRANCH_NAME, SLOT_REQUIRED, 0 },
	{ "branches", &branches, 0, SLOT_ONE, 0 },
	{ "product", &product, TAG_PRODUCT, SLOT_ONE, 0 },
};
static const struct shape branch = SHAPE_OPEN(branch_slots);

static const struct slot branches_item = { NULL, &branch, TAG_BRANCH, 0, 0 };
static const struct shape branches = SHAPE_LIST_OF(branches_item);

static const struct slot group_products_item = { NULL, &shape_text,
	TAG_GROUP_PRODUCT, 0, 0 };
static const struct shape group_products = SHAPE_LIST_OF(group_products_item);

static const struct slot group_slots[] = {
	{ "group_id", &shape_text, TAG_GROUP_ID, SLOT_REQUIRED, 0 },
	{ "product_ids", &group_products, 0, SLOT_REQUIRED, 0 },
};
static const struct shape group = SHAPE_OPEN(group_slots);

static const struct slot groups_item = { NULL, &group, TAG_GROUP, 0, 0 };
static const struct shape groups = SHAPE_LIST_OF(groups_item);

static const struct slot relationship_slots[] = {
	{ "category", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "full_product_name", &product, TAG_PRODUCT, SLOT_REQUIRED, 0 },
	{ "product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
	{ "relates_to_product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
};
static const struct shape relationship = SHAPE_OPEN(relationship_slots);

static const struct slot relationships_item = { NULL, &relationship, 0, 0, 0 };
static const struct shape relationships = SHAPE_LIST_OF(relationships_item);

static const struct slot subpath_slots[] = {
	{ "category", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "next_product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
};
static const struct shape subpath = SHAPE_OPEN(subpath_slots);

static const struct slot subpaths_item = { NULL, &subpath, 0, 0, 0 };
static const struct shape subpaths = SHAPE_LIST_OF(subpaths_item);

static const struct slot path_slots[] = {
	{ "beginning_product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
	{ "full_product_name", &product, TAG_PRODUCT, SLOT_REQUIRED, 0 },
	{ "subpaths", &subpaths, 0, SLOT_REQUIRED, 0 },
};
static const struct shape path = SHAPE_OPEN(path_slots);

static const struct slot paths_item = { NULL, &path, 0, 0, 0 };
static const struct shape paths = SHAPE_LIST_OF(paths_item);

static const struct slot tree_slots[] = {
	{ "branches", &branches, 0, 0, 0 },
	{ "full_product_names", &products, 0, 0, 0 },
	{ "product_groups", &groups, 0, 0, 0 },
	{ "relationships", &relationships, 0, 0, 0 },
	{ "product_paths", &paths, 0, 0, 0 },
};
static const struct shape tree = SHAPE_OPEN(tree_slots);

/* ---- vulnerabilities ------------------------------------------------------------------- */

static const struct slot about_products_item = { NULL, &shape_text,
	TAG_ABOUT_PRODUCT, 0, 0 };
static const struct shape about_products = SHAPE_LIST_OF(about_products_item);

static const struct slot about_groups_item = { NULL, &shape_text,
	TAG_ABOUT_GROUP, 0, 0 };
static const struct shape about_groups = SHAPE_LIST_OF(about_groups_item);

static const struct slot flag_slots[] = {
	{ "label", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "product_ids", &about_products, 0, 0, 0 },
	{ "group_ids", &about_groups, 0, 0, 0 },
};
static const struct shape flag = SHAPE_OPEN(flag_slots);

static const struct slot flags_item = { NULL, &flag, TAG_FLAG, 0, 0 };
static const struct shape flags = SHAPE_LIST_OF(flags_item);

static const struct slot threat_slots[] = {
	{ "category", &shape_text, TAG_THREAT_CATEGORY, SLOT_REQUIRED, 0 },
	{ "details", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "product_ids", &about_products, 0, 0, 0 },
	{ "group_ids", &about_groups, 0, 0, 0 },
};
static const struct shape threat = SHAPE_OPEN(threat_slots);

static const struct slot threats_item = { NULL, &threat, TAG_THREAT, 0, 0 };
static const struct shape threats = SHAPE_LIST_OF(threats_item);

static const struct slot remediation_slots[] = {
	{ "category", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "details", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "product_ids", &about_products, 0, 0, 0 },
	{ "group_ids", &about_groups, 0, 0, 0 },
};
static const struct shape remediation = SHAPE_OPEN(remediation_slots);

static const struct slot remediations_item = { NULL, &remediation,
	TAG_REMEDIATION, 0, 0 };
static const struct shape remediations = SHAPE_LIST_OF(remediations_item);

static const struct slot cvss3_slots[] = {
	{ "version", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "vectorString", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "baseScore", &shape_number, 0, SLOT_REQUIRED, 0 },
	{ "baseSeverity", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape cvss3 = SHAPE_OPEN(cvss3_slots);

static const struct slot cvss2_slots[] = {
	{ "version", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "vectorString", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "baseScore", &shape_number, 0, SLOT_REQUIRED, 0 },
};
static const struct shape cvss2 = SHAPE_OPEN(cvss2_slots);

static const struct slot score_slots[] = {
	{ "products", &about_products, 0, SLOT_REQUIRED, 0 },
	{ "cvss_v3", &cvss3, TAG_CVSS3, 0, 0 },
	{ "cvss_v2", &cvss2, TAG_CVSS2, 0, 0 },
};
static const struct shape score = SHAPE_OPEN(score_slots);

static const struct slot scores_item = { NULL, &score, TAG_SCORE, 0, 0 };
static const struct shape scores = SHAPE_LIST_OF(scores_item);

static const struct slot id_slots[] = {
	{ "system_name", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "text", &shape_text, TAG_VULN_OTHER_ID, SLOT_REQUIRED, 0 },
};
static const struct shape id = SHAPE_OPEN(id_slots);

static const struct slot ids_item = { NULL, &id, 0, 0, 0 };
static const struct shape ids = SHAPE_LIST_OF(ids_item);

static const struct slot first_affected_item = { NULL, &shape_text,
	TAG_FIRST_AFFECTED, 0, 0 };
static const struct shape first_affected = SHAPE_LIST_OF(first_affected_item);

static const struct slot first_fixed_item = { NULL, &shape_text,
	TAG_FIRST_FIXED, 0, 0 };
static const struct shape first_fixed = SHAPE_LIST_OF(first_fixed_item);

static const struct slot fixed_item = { NULL, &shape_text, TAG_FIXED, 0, 0 };
static const struct shape fixed = SHAPE_LIST_OF(fixed_item);

static const struct slot known_affected_item = { NULL, &shape_text,
	TAG_KNOWN_AFFECTED, 0, 0 };
static const struct shape known_affected = SHAPE_LIST_OF(known_affected_item);

static const struct slot known_not_affected_item = { NULL, &shape_text,
	TAG_KNOWN_NOT_AFFECTED, 0, 0 };
static const struct shape known_not_affected = SHAPE_LIST_OF(
    known_not_affected_item);

static const struct slot last_affected_item = { NULL, &shape_text,
	TAG_LAST_AFFECTED, 0, 0 };
static const struct shape last_affected = SHAPE_LIST_OF(last_affected_item);

static const struct slot recommended_item = { NULL, &shape_text,
	TAG_RECOMMENDED, 0, 0 };
static const struct shape recommended = SHAPE_LIST_OF(recommended_item);

static const struct slot under_investigation_item = { NULL, &shape_text,
	TAG_UNDER_INVESTIGATION, 0, 0 };
static const struct shape under_investigation = SHAPE_LIST_OF(
    under_investigation_item);

static const struct slot unknown_item = { NULL, &shape_text, TAG_UNKNOWN, 0,
	0 };
static const struct shape unknown = SHAPE_LIST_OF(unknown_item);

static const struct slot product_status_slots[] = {
	{ "first_affected", &first_affected, 0, 0, 0 },
	{ "first_fixed", &first_fixed, 0, 0, 0 },
	{ "fixed", &fixed, 0, 0, 0 },
	{ "known_affected", &known_affected, 0, 0, 0 },
	{ "known_not_affected", &known_not_affected, 0, 0, 0 },
	{ "last_affected", &last_affected, 0, 0, 0 },
	{ "recommended", &recommended, 0, 0, 0 },
	{ "under_investigation", &under_investigation, 0, 0, 0 },
	{ "unknown", &unknown, 0, 0, 2 },
};
static const struct shape product_status = SHAPE_MEMBERS(product_status_slots);

static const struct slot exploitations_item = { NULL, &shape_any,
	TAG_EXPLOITATION, 0, 0 };
static const struct shape exploitations = SHAPE_LIST_OF(exploitations_item);

static const struct slot vulnerability_notes_item = { NULL, &note,
	TAG_VULNERABILITY_NOTE, 0, 0 };
static const struct shape vulnerability_notes = SHAPE_LIST_OF(
    vulnerability_notes_item);

static const struct slot vulnerability_slots[] = {
	{ "cve", &cve, TAG_CVE, 0, 0 },
	{ "ids", &ids, 0, 0, 0 },
	{ "notes", &vulnerability_notes, 0, 0, 0 },
	{ "product_status", &product_status, TAG_PRODUCT_STATUS, 0, 0 },
	{ "flags", &flags, 0, 0, 0 },
	{ "threats", &threats, 0, 0, 0 },
	{ "remediations", &remediations, 0, 0, 0 },
	{ "scores", &scores, 0, 0, 0 },
	{ "first_known_exploitation_dates", &exploitations, 0, 0, 0 },
};
static const struct shape vulnerability = SHAPE_OPEN(vulnerability_slots);

static const struct slot vulnerabilities_item = { NULL, &vulnerability,
	TAG_VULNERABILITY, 0, 0 };
static const struct shape vulnerabilities = SHAPE_LIST_OF(vulnerabilities_item);

static const struct slot csaf_document_slots[] = {
	{ "$schema", &shape_text, 0, 0, 0 },
	{ "document", &document, 0, SLOT_REQUIRED, 0 },
	{ "product_tree", &tree, TAG_TREE, 0, 0 },
	{ "vulnerabilities", &vulnerabilities, TAG_VULNERABILITIES, 0, 0 },
};
const struct shape csaf_document = SHAPE_OPEN(csaf_document_slots);
