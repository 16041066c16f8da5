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

static const struct choice publisher_category_choices[] = {
	{ "coordinator", 0 },
	{ "discoverer", 0 },
	{ "multiplier", 2 },
	{ "other", 0 },
	{ "translator", 0 },
	{ "user", 0 },
	{ "vendor", 0 },
	{ NULL, 0 },
};
static const struct shape publisher_category = SHAPE_CHOICES(
    publisher_category_choices);

static const struct slot publisher_slots[] = {
	{ "category", &publisher_category, TAG_PUBLISHER_CATEGORY,
	    SLOT_REQUIRED, 0 },
	{ "name", &shape_text, TAG_PUBLISHER, SLOT_REQUIRED, 0 },
	{ "namespace", &shape_iri, 0, SLOT_REQUIRED, 0 },
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
static const struct shape revisions = SHAPE_FILLED_LIST(revisions_item);

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

static const struct choice note_category_choices[] = {
	{ "description", 0 },
	{ "details", 0 },
	{ "faq", 0 },
	{ "general", 0 },
	{ "legal_disclaimer", 0 },
	{ "other", 0 },
	{ "summary", 0 },
	{ NULL, 0 },
};
static const struct shape note_category = SHAPE_CHOICES(note_category_choices);

static const struct slot note_slots[] = {
	{ "category", &note_category, TAG_NOTE_CATEGORY, SLOT_REQUIRED, 0 },
	{ "text", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape note = SHAPE_OPEN(note_slots);

static const struct slot document_notes_item = { NULL, &note, TAG_DOCUMENT_NOTE,
	0, 0 };
static const struct shape document_notes = SHAPE_FILLED_LIST(
    document_notes_item);

static const struct choice reference_category_choices[] = {
	{ "external", 0 },
	{ "self", 0 },
	{ NULL, 0 },
};
static const struct shape reference_category = SHAPE_CHOICES(
    reference_category_choices);

static const struct slot reference_slots[] = {
	{ "summary", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "url", &shape_iri, 0, SLOT_REQUIRED, 0 },
	{ "category", &reference_category, TAG_REFERENCE_CATEGORY, 0, 0 },
};
static const struct shape reference = SHAPE_OPEN(reference_slots);

static const struct slot document_references_item = { NULL, &reference,
	TAG_DOCUMENT_REFERENCE, 0, 0 };
static const struct shape document_references = SHAPE_FILLED_LIST(
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

static const struct slot purls_item = { NULL, &shape_text, TAG_PURL, 0, 0 };
static const struct shape purls = SHAPE_FILLED_LIST(purls_item);

static const struct slot file_hash_slots[] = {
	{ "algorithm", &shape_text, TAG_HASH_ALGORITHM, SLOT_REQUIRED, 0 },
	{ "value", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape file_hash = SHAPE_OPEN(file_hash_slots);

static const struct slot file_hashes_item = { NULL, &file_hash, 0, 0, 0 };
static const struct shape file_hashes = SHAPE_FILLED_LIST(file_hashes_item);

static const struct slot hashes_slots[] = {
	{ "file_hashes", &file_hashes, TAG_FILE_HASHES, SLOT_REQUIRED, 0 },
	{ "filename", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape hashes = SHAPE_OPEN(hashes_slots);

static const struct slot hashes_list_item = { NULL, &hashes, 0, 0, 0 };
static const struct shape hashes_list = SHAPE_FILLED_LIST(hashes_list_item);

static const struct slot helper_slots[] = {
	{ "purl", &shape_text, TAG_PURL, 0, 0 },
	{ "purls", &purls, 0, 0, 0 },
	{ "cpe", &shape_text, 0, 0, 0 },
	{ "hashes", &hashes_list, 0, 0, 0 },
};
static const struct shape helper = { .kind = SHAPE_OBJECT,
	SHAPE_SLOTS(helper_slots),
	.open = true,
	.filled = true };

static const struct slot product_slots[] = {
	{ "name", &shape_text, TAG_PRODUCT_NAME, SLOT_REQUIRED, 0 },
	{ "product_id", &shape_text, TAG_PRODUCT_ID,
	    SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "product_identification_helper", &helper, 0, 0, 0 },
};
static const struct shape product = SHAPE_OPEN(product_slots);

static const struct slot products_item = { NULL, &product, TAG_PRODUCT, 0, 0 };
static const struct shape products = SHAPE_FILLED_LIST(products_item);

static const struct choice branch_category_choices[] = {
	{ "architecture", 0 },
	{ "host_name", 0 },
	{ "language", 0 },
	{ "legacy", 0 },
	{ "patch_level", 0 },
	{ "platform", 2 },
	{ "product_family", 0 },
	{ "product_name", 0 },
	{ "product_version", 0 },
	{ "product_version_range", 0 },
	{ "service_pack", 0 },
	{ "specification", 0 },
	{ "vendor", 0 },
	{ NULL, 0 },
};
static const struct shape branch_category = SHAPE_CHOICES(
    branch_category_choices);

static const struct slot branch_slots[] = {
	{ "category", &branch_category, TAG_BRANCH_CATEGORY, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, TAG_BRANCH_NAME, SLOT_REQUIRED, 0 },
	{ "branches", &branches, 0, SLOT_ONE, 0 },
	{ "product", &product, TAG_PRODUCT, SLOT_ONE, 0 },
};
static const struct shape branch = SHAPE_OPEN(branch_slots);

static const struct slot branches_item = { NULL, &branch, TAG_BRANCH, 0, 0 };
static const struct shape branches = SHAPE_FILLED_LIST(branches_item);

static const struct slot group_products_item = { NULL, &shape_text,
	TAG_GROUP_PRODUCT, 0, 0 };
static const struct shape group_products = SHAPE_FILLED_LIST(
    group_products_item);

static const struct slot group_slots[] = {
	{ "group_id", &shape_text, TAG_GROUP_ID, SLOT_REQUIRED, 0 },
	{ "product_ids", &group_products, 0, SLOT_REQUIRED, 0 },
};
static const struct shape group = SHAPE_OPEN(group_slots);

static const struct slot groups_item = { NULL, &group, TAG_GROUP, 0, 0 };
static const struct shape groups = SHAPE_FILLED_LIST(groups_item);

static const struct choice relationship_category_choices[] = {
	{ "default_component_of", 0 },
	{ "external_component_of", 0 },
	{ "installed_on", 0 },
	{ "installed_with", 0 },
	{ "optional_component_of", 0 },
	{ NULL, 0 },
};
static const struct shape relationship_category = SHAPE_CHOICES(
    relationship_category_choices);

static const struct slot relationship_slots[] = {
	{ "category", &relationship_category, 0, SLOT_REQUIRED, 0 },
	{ "full_product_name", &product, TAG_PRODUCT, SLOT_REQUIRED, 0 },
	{ "product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
	{ "relates_to_product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
};
static const struct shape relationship = SHAPE_OPEN(relationship_slots);

static const struct slot relationships_item = { NULL, &relationship,
	TAG_RELATIONSHIP, 0, 0 };
static const struct shape relationships = SHAPE_FILLED_LIST(relationships_item);

static const struct slot subpath_slots[] = {
	{ "category", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "next_product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
};
static const struct shape subpath = SHAPE_OPEN(subpath_slots);

static const struct slot subpaths_item = { NULL, &subpath, 0, 0, 0 };
static const struct shape subpaths = SHAPE_FILLED_LIST(subpaths_item);

static const struct slot path_slots[] = {
	{ "beginning_product_reference", &shape_text, TAG_PRODUCT_REFERENCE,
	    SLOT_REQUIRED, 0 },
	{ "full_product_name", &product, TAG_PRODUCT, SLOT_REQUIRED, 0 },
	{ "subpaths", &subpaths, 0, SLOT_REQUIRED, 0 },
};
static const struct shape path = SHAPE_OPEN(path_slots);

static const struct slot paths_item = { NULL, &path, 0, 0, 0 };
static const struct shape paths = SHAPE_FILLED_LIST(paths_item);

static const struct slot tree_slots[] = {
	{ "branches", &branches, 0, 0, 0 },
	{ "full_product_names", &products, 0, 0, 0 },
	{ "product_groups", &groups, 0, 0, 0 },
	{ "relationships", &relationships, 0, 0, 0 },
	{ "product_paths", &paths, 0, 0, 0 },
};
static const struct shape tree = { .kind = SHAPE_OBJECT,
	SHAPE_SLOTS(tree_slots),
	.open = true,
	.filled = true };

/* ---- vulnerabilities ------------------------------------------------------------------- */

static const struct slot about_products_item = { NULL, &shape_text,
	TAG_ABOUT_PRODUCT, 0, 0 };
static const struct shape about_products = SHAPE_FILLED_LIST(
    about_products_item);

static const struct slot about_groups_item = { NULL, &shape_text,
	TAG_ABOUT_GROUP, 0, 0 };
static const struct shape about_groups = SHAPE_FILLED_LIST(about_groups_item);

static const struct choice flag_label_choices[] = {
	{ "component_not_present", 0 },
	{ "inline_mitigations_already_exist", 0 },
	{ "vulnerable_code_cannot_be_controlled_by_adversary", 0 },
	{ "vulnerable_code_not_in_execute_path", 0 },
	{ "vulnerable_code_not_present", 0 },
	{ NULL, 0 },
};
static const struct shape flag_label = SHAPE_CHOICES(flag_label_choices);

static const struct slot flag_slots[] = {
	{ "label", &flag_label, 0, SLOT_REQUIRED, 0 },
	{ "product_ids", &about_products, 0, 0, 0 },
	{ "group_ids", &about_groups, 0, 0, 0 },
};
static const struct shape flag = SHAPE_OPEN(flag_slots);

static const struct slot flags_item = { NULL, &flag, TAG_FLAG, 0, 0 };
static const struct shape flags = SHAPE_FILLED_LIST(flags_item);

static const struct choice threat_category_choices[] = {
	{ "impact", 0 },
	{ "exploit_status", 0 },
	{ "target_set", 0 },
	{ NULL, 0 },
};
static const struct shape threat_category = SHAPE_CHOICES(
    threat_category_choices);

static const struct slot threat_slots[] = {
	{ "category", &threat_category, TAG_THREAT_CATEGORY, SLOT_REQUIRED, 0 },
	{ "details", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "product_ids", &about_products, 0, 0, 0 },
	{ "group_ids", &about_groups, 0, 0, 0 },
};
static const struct shape threat = SHAPE_OPEN(threat_slots);

static const struct slot threats_item = { NULL, &threat, TAG_THREAT, 0, 0 };
static const struct shape threats = SHAPE_FILLED_LIST(threats_item);

static const struct choice remediation_category_choices[] = {
	{ "mitigation", 0 },
	{ "no_fix_planned", 0 },
	{ "none_available", 0 },
	{ "vendor_fix", 0 },
	{ "workaround", 0 },
	{ "fix_planned", 2 },
	{ "optional_patch", 2 },
	{ NULL, 0 },
};
static const struct shape remediation_category = SHAPE_CHOICES(
    remediation_category_choices);

static const struct slot remediation_slots[] = {
	{ "category", &remediation_category, 0, SLOT_REQUIRED, 0 },
	{ "details", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "product_ids", &about_products, 0, 0, 0 },
	{ "group_ids", &about_groups, 0, 0, 0 },
};
static const struct shape remediation = SHAPE_OPEN(remediation_slots);

static const struct slot remediations_item = { NULL, &remediation,
	TAG_REMEDIATION, 0, 0 };
static const struct shape remediations = SHAPE_FILLED_LIST(remediations_item);

static const struct choice cvss3_version_choices[] = {
	{ "3.0", 0 },
	{ "3.1", 0 },
	{ NULL, 0 },
};
static const struct shape cvss3_version = SHAPE_CHOICES(cvss3_version_choices);

static const struct slot cvss3_slots[] = {
	{ "version", &cvss3_version, 0, SLOT_REQUIRED, 0 },
	{ "vectorString", &shape_text, TAG_VECTOR, SLOT_REQUIRED, 0 },
	{ "baseScore", &shape_number, TAG_BASE_SCORE, SLOT_REQUIRED, 0 },
	{ "baseSeverity", &shape_text, TAG_BASE_SEVERITY, SLOT_REQUIRED, 0 },
	{ "attackVector", &shape_text, TAG_METRIC_AV, 0, 0 },
	{ "attackComplexity", &shape_text, TAG_METRIC_AC, 0, 0 },
	{ "privilegesRequired", &shape_text, TAG_METRIC_PR, 0, 0 },
	{ "userInteraction", &shape_text, TAG_METRIC_UI, 0, 0 },
	{ "scope", &shape_text, TAG_METRIC_S, 0, 0 },
	{ "confidentialityImpact", &shape_text, TAG_METRIC_C, 0, 0 },
	{ "integrityImpact", &shape_text, TAG_METRIC_I, 0, 0 },
	{ "availabilityImpact", &shape_text, TAG_METRIC_A, 0, 0 },
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
static const struct shape scores = SHAPE_FILLED_LIST(scores_item);

static const struct choice party_choices[] = {
	{ "coordinator", 0 },
	{ "discoverer", 0 },
	{ "other", 0 },
	{ "user", 0 },
	{ "vendor", 0 },
	{ NULL, 0 },
};
static const struct shape party = SHAPE_CHOICES(party_choices);

static const struct choice involvement_status_choices[] = {
	{ "completed", 0 },
	{ "contact_attempted", 0 },
	{ "disputed", 0 },
	{ "in_progress", 0 },
	{ "not_contacted", 0 },
	{ "open", 0 },
	{ NULL, 0 },
};
static const struct shape involvement_status = SHAPE_CHOICES(
    involvement_status_choices);

static const struct slot involvement_slots[] = {
	{ "party", &party, TAG_PARTY, SLOT_REQUIRED, 0 },
	{ "status", &involvement_status, 0, SLOT_REQUIRED, 0 },
	{ "date", &shape_instant, TAG_INVOLVEMENT_DATE, 0, 0 },
};
static const struct shape involvement = SHAPE_OPEN(involvement_slots);

static const struct slot involvements_item = { NULL, &involvement,
	TAG_INVOLVEMENT, 0, 0 };
static const struct shape involvements = SHAPE_FILLED_LIST(involvements_item);

static const struct slot id_slots[] = {
	{ "system_name", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "text", &shape_text, TAG_VULN_OTHER_ID, SLOT_REQUIRED, 0 },
};
static const struct shape id = SHAPE_OPEN(id_slots);

static const struct slot ids_item = { NULL, &id, 0, 0, 0 };
static const struct shape ids = SHAPE_FILLED_LIST(ids_item);

static const struct slot first_affected_item = { NULL, &shape_text,
	TAG_FIRST_AFFECTED, 0, 0 };
static const struct shape first_affected = SHAPE_FILLED_LIST(
    first_affected_item);

static const struct slot first_fixed_item = { NULL, &shape_text,
	TAG_FIRST_FIXED, 0, 0 };
static const struct shape first_fixed = SHAPE_FILLED_LIST(first_fixed_item);

static const struct slot fixed_item = { NULL, &shape_text, TAG_FIXED, 0, 0 };
static const struct shape fixed = SHAPE_FILLED_LIST(fixed_item);

static const struct slot known_affected_item = { NULL, &shape_text,
	TAG_KNOWN_AFFECTED, 0, 0 };
static const struct shape known_affected = SHAPE_FILLED_LIST(
    known_affected_item);

static const struct slot known_not_affected_item = { NULL, &shape_text,
	TAG_KNOWN_NOT_AFFECTED, 0, 0 };
static const struct shape known_not_affected = SHAPE_FILLED_LIST(
    known_not_affected_item);

static const struct slot last_affected_item = { NULL, &shape_text,
	TAG_LAST_AFFECTED, 0, 0 };
static const struct shape last_affected = SHAPE_FILLED_LIST(last_affected_item);

static const struct slot recommended_item = { NULL, &shape_text,
	TAG_RECOMMENDED, 0, 0 };
static const struct shape recommended = SHAPE_FILLED_LIST(recommended_item);

static const struct slot under_investigation_item = { NULL, &shape_text,
	TAG_UNDER_INVESTIGATION, 0, 0 };
static const struct shape under_investigation = SHAPE_FILLED_LIST(
    under_investigation_item);

static const struct slot unknown_item = { NULL, &shape_text, TAG_UNKNOWN, 0,
	0 };
static const struct shape unknown = SHAPE_FILLED_LIST(unknown_item);

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
static const struct shape product_status = { .kind = SHAPE_OBJECT,
	SHAPE_SLOTS(product_status_slots),
	.open = true,
	.filled = true };

static const struct slot exploitations_item = { NULL, &shape_any,
	TAG_EXPLOITATION, 0, 0 };
static const struct shape exploitations = SHAPE_FILLED_LIST(exploitations_item);

static const struct slot vulnerability_notes_item = { NULL, &note,
	TAG_VULNERABILITY_NOTE, 0, 0 };
static const struct shape vulnerability_notes = SHAPE_FILLED_LIST(
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
	{ "involvements", &involvements, TAG_INVOLVEMENTS, 0, 0 },
	{ "first_known_exploitation_dates", &exploitations, 0, 0, 0 },
};
static const struct shape vulnerability = { .kind = SHAPE_OBJECT,
	SHAPE_SLOTS(vulnerability_slots),
	.open = true,
	.filled = true };

static const struct slot vulnerabilities_item = { NULL, &vulnerability,
	TAG_VULNERABILITY, 0, 0 };
static const struct shape vulnerabilities = SHAPE_FILLED_LIST(
    vulnerabilities_item);

static const struct slot csaf_document_slots[] = {
	{ "$schema", &shape_text, 0, 0, 0 },
	{ "document", &document, 0, SLOT_REQUIRED, 0 },
	{ "product_tree", &tree, TAG_TREE, 0, 0 },
	{ "vulnerabilities", &vulnerabilities, TAG_VULNERABILITIES, 0, 0 },
};
const struct shape csaf_document = SHAPE_OPEN(csaf_document_slots);
