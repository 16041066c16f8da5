/* CycloneDX: the document, vulnerabilities and declarations. */
#include "cdx.h"

static const struct slot source_slots[] = {
	{ "url", &shape_uri, 0, 0, 0 },
	{ "name", &shape_text, 0, 0, 0 },
};
static const struct shape source = SHAPE_MEMBERS(source_slots);

static const struct slot vulnerability_reference_slots[] = {
	{ "id", &shape_text, TAG_ALIAS, SLOT_REQUIRED, 0 },
	{ "source", &source, 0, SLOT_REQUIRED, 0 },
};
static const struct shape vulnerability_reference = SHAPE_MEMBERS(
    vulnerability_reference_slots);

static const struct slot vulnerability_references_item = { NULL,
	&vulnerability_reference, 0, 0, 0 };
static const struct shape vulnerability_references = SHAPE_LIST_OF(
    vulnerability_references_item);

static const struct choice severity_choices[] = {
	{ "critical", 0 },
	{ "high", 0 },
	{ "medium", 0 },
	{ "low", 0 },
	{ "info", 0 },
	{ "none", 0 },
	{ "unknown", 0 },
	{ NULL, 0 },
};
static const struct shape severity = SHAPE_CHOICES(severity_choices);

static const struct choice score_method_choices[] = {
	{ "CVSSv2", 0 },
	{ "CVSSv3", 0 },
	{ "CVSSv31", 0 },
	{ "CVSSv4", 5 },
	{ "OWASP", 0 },
	{ "SSVC", 5 },
	{ "other", 0 },
	{ NULL, 0 },
};
static const struct shape score_method = SHAPE_CHOICES(score_method_choices);

static const struct slot rating_slots[] = {
	{ "source", &source, 0, 0, 0 },
	{ "score", &shape_number, 0, 0, 0 },
	{ "severity", &severity, 0, 0, 0 },
	{ "method", &score_method, 0, 0, 0 },
	{ "vector", &shape_text, 0, 0, 0 },
	{ "justification", &shape_text, 0, 0, 0 },
};
static const struct shape rating = SHAPE_MEMBERS(rating_slots);

static const struct slot ratings_item = { NULL, &rating, 0, 0, 0 };
static const struct shape ratings = SHAPE_LIST_OF(ratings_item);

static const struct slot advisory_slots[] = {
	{ "title", &shape_text, 0, 0, 0 },
	{ "url", &shape_uri, 0, SLOT_REQUIRED, 0 },
};
static const struct shape advisory = SHAPE_MEMBERS(advisory_slots);

static const struct slot advisories_item = { NULL, &advisory, 0, 0, 0 };
static const struct shape advisories = SHAPE_LIST_OF(advisories_item);

static const struct slot proof_slots[] = {
	{ "reproductionSteps", &shape_text, 0, 0, 0 },
	{ "environment", &shape_text, 0, 0, 0 },
	{ "supportingMaterial", &cdx_attachments, 0, 0, 0 },
};
static const struct shape proof = SHAPE_OPEN(proof_slots);

static const struct slot credits_slots[] = {
	{ "organizations", &cdx_entities, 0, 0, 0 },
	{ "individuals", &cdx_contacts, 0, 0, 0 },
};
static const struct shape credits = SHAPE_MEMBERS(credits_slots);

static const struct slot integers_item = { NULL, &shape_integer, 0, 0, 0 };
static const struct shape integers = SHAPE_LIST_OF(integers_item);

static const struct choice state_choices[] = {
	{ "resolved", 0 },
	{ "resolved_with_pedigree", 0 },
	{ "exploitable", 0 },
	{ "in_triage", 0 },
	{ "false_positive", 0 },
	{ "not_affected", 0 },
	{ NULL, 0 },
};
static const struct shape state = SHAPE_CHOICES(state_choices);

static const struct choice justification_choices[] = {
	{ "code_not_present", 0 },
	{ "code_not_reachable", 0 },
	{ "requires_configuration", 0 },
	{ "requires_dependency", 0 },
	{ "requires_environment", 0 },
	{ "protected_by_compiler", 0 },
	{ "protected_at_runtime", 0 },
	{ "protected_at_perimeter", 0 },
	{ "protected_by_mitigating_control", 0 },
	{ NULL, 0 },
};
static const struct shape justification = SHAPE_CHOICES(justification_choices);

static const struct choice response_choices[] = {
	{ "can_not_fix", 0 },
	{ "will_not_fix", 0 },
	{ "update", 0 },
	{ "rollback", 0 },
	{ "workaround_available", 0 },
	{ NULL, 0 },
};
static const struct shape response = SHAPE_CHOICES(response_choices);

static const struct slot responses_item = { NULL, &response, 0, 0, 0 };
static const struct shape responses = SHAPE_LIST_OF(responses_item);

static const struct slot analysis_slots[] = {
	{ "state", &state, TAG_STATE, 0, 0 },
	{ "justification", &justification, TAG_JUSTIFICATION, 0, 0 },
	{ "response", &responses, 0, SLOT_JSON, 0 },
	{ "responses", &responses, 0, SLOT_XML, 0 },
	{ "detail", &shape_text, 0, 0, 0 },
	{ "firstIssued", &shape_instant, 0, 0, 5 },
	{ "lastUpdated", &shape_instant, 0, 0, 5 },
};
static const struct shape analysis = SHAPE_MEMBERS(analysis_slots);

static const struct choice affected_status_choices[] = {
	{ "affected", 0 },
	{ "unaffected", 0 },
	{ "unknown", 0 },
	{ NULL, 0 },
};
static const struct shape affected_status = SHAPE_CHOICES(
    affected_status_choices);

static const struct slot affected_version_slots[] = {
	{ "version", &shape_text, TAG_VERSION_TEXT, SLOT_ONE, 0 },
	{ "range", &shape_text, TAG_VERSION_RANGE, SLOT_ONE, 0 },
	{ "status", &affected_status, TAG_VERSION_STATUS, 0, 0 },
};
static const struct shape affected_version = SHAPE_MEMBERS(
    affected_version_slots);

static const struct slot affected_versions_item = { NULL, &affected_version,
	TAG_AFFECTED_VERSION, 0, 0 };
static const struct shape affected_versions = SHAPE_LIST_OF(
    affected_versions_item);

static const struct slot affected_slots[] = {
	{ "ref", &cdx_reference, TAG_AFFECTED_REF,
	    SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "versions", &affected_versions, 0, 0, 0 },
};
static const struct shape affected = SHAPE_MEMBERS(affected_slots);

static const struct slot affected_list_item = { NULL, &affected, TAG_AFFECTED,
	0, 0 };
static const struct shape affected_list = SHAPE_LIST_OF(affected_list_item);

static const struct slot vulnerability_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "id", &shape_text, TAG_VULN_ID, 0, 0 },
	{ "source", &source, 0, 0, 0 },
	{ "references", &vulnerability_references, 0, 0, 0 },
	{ "ratings", &ratings, 0, 0, 0 },
	{ "cwes", &integers, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "detail", &shape_text, 0, 0, 0 },
	{ "recommendation", &shape_text, 0, 0, 0 },
	{ "workaround", &shape_text, 0, 0, 5 },
	{ "proofOfConcept", &proof, 0, 0, 5 },
	{ "advisories", &advisories, 0, 0, 0 },
	{ "created", &shape_instant, 0, 0, 0 },
	{ "published", &shape_instant, 0, 0, 0 },
	{ "updated", &shape_instant, 0, 0, 0 },
	{ "rejected", &shape_instant, 0, 0, 5 },
	{ "credits", &credits, 0, 0, 0 },
	{ "tools", &cdx_tools, 0, SLOT_JSON, 0 },
	{ "tools", &shape_any, 0, SLOT_XML, 0 },
	{ "analysis", &analysis, 0, 0, 0 },
	{ "affects", &affected_list, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape vulnerability = SHAPE_MEMBERS(vulnerability_slots);

static const struct slot cdx_vulnerabilities_item = { NULL, &vulnerability,
	TAG_VULNERABILITY, 0, 0 };
const struct shape cdx_vulnerabilities = SHAPE_LIST_OF(
    cdx_vulnerabilities_item);

/* ---- metadata ------------------------------------------------------------------ */

static const struct choice phase_choices[] = {
	{ "design", 0 },
	{ "pre-build", 0 },
	{ "build", 0 },
	{ "post-build", 0 },
	{ "operations", 0 },
	{ "discovery", 0 },
	{ "decommission", 0 },
	{ NULL, 0 },
};
static const struct shape phase = SHAPE_CHOICES(phase_choices);

static const struct slot lifecycle_slots[] = {
	{ "phase", &phase, TAG_PHASE, SLOT_ONE, 0 },
	{ "name", &shape_text, TAG_PHASE, SLOT_ONE, 0 },
	{ "description", &shape_text, 0, 0, 0 },
};
static const struct shape lifecycle = SHAPE_MEMBERS(lifecycle_slots);

static const struct slot lifecycles_item = { NULL, &lifecycle, 0, 0, 0 };
static const struct shape lifecycles = SHAPE_LIST_OF(lifecycles_item);

static const struct choice tlp_choices[] = {
	{ "CLEAR", 0 },
	{ "GREEN", 0 },
	{ "AMBER", 0 },
	{ "AMBER_AND_STRICT", 0 },
	{ "RED", 0 },
	{ NULL, 0 },
};
static const struct shape tlp = SHAPE_CHOICES(tlp_choices);

static const struct slot distribution_slots[] = {
	{ "tlp", &tlp, 0, 0, 0 },
};
static const struct shape distribution = SHAPE_MEMBERS(distribution_slots);

static const struct slot metadata_slots[] = {
	{ "timestamp", &shape_instant, TAG_TIMESTAMP, 0, 0 },
	{ "lifecycles", &lifecycles, 0, 0, 5 },
	{ "tools", &cdx_tools, TAG_TOOLS, SLOT_JSON, 0 },
	{ "tools", &shape_any, TAG_TOOLS, SLOT_XML, 0 },
	{ "manufacturer", &cdx_entity, TAG_AUTHOR, 0, 6 },
	{ "authors", &cdx_contacts, TAG_AUTHOR, 0, 0 },
	{ "component", &cdx_component, TAG_METADATA_COMPONENT, 0, 0 },
	{ "manufacture", &cdx_entity, TAG_AUTHOR, 0, 0 },
	{ "supplier", &cdx_entity, TAG_AUTHOR, 0, 0 },
	{ "licenses", &cdx_licences, 0, 0, 3 },
	{ "properties", &cdx_properties, TAG_METADATA_PROPERTY, 0, 3 },
	{ "distributionConstraints", &distribution, 0, 0, 7 },
};
static const struct shape metadata = SHAPE_MEMBERS(metadata_slots);

/* ---- dependencies and compositions ------------------------------------------------ */

static const struct slot depends_on_item = { NULL, &cdx_reference,
	TAG_DEPENDS_ON, SLOT_NOT_EMPTY, 0 };
static const struct shape depends_on = SHAPE_UNIQUE_LIST(depends_on_item);
static const struct slot dependency_slots[] = {
	{ "ref", &cdx_reference, TAG_DEPENDENCY_REF,
	    SLOT_REQUIRED | SLOT_NOT_EMPTY, 0 },
	{ "dependsOn", &depends_on, 0, SLOT_JSON, 0 },
	{ "provides", &cdx_references, 0, SLOT_JSON, 6 },
	{ "dependency", &depends_on, 0, SLOT_XML | SLOT_REPEATS, 0 },
	{ "provides", &cdx_references, 0, SLOT_XML | SLOT_REPEATS, 0 },
};
static const struct shape dependency = SHAPE_MEMBERS(dependency_slots);

static const struct slot dependencies_item = { NULL, &dependency,
	TAG_DEPENDENCY, 0, 0 };
static const struct shape dependencies = SHAPE_LIST_OF(dependencies_item);

static const struct choice aggregate_choices[] = {
	{ "complete", 0 },
	{ "incomplete", 0 },
	{ "incomplete_first_party_only", 0 },
	{ "incomplete_first_party_proprietary_only", 5 },
	{ "incomplete_first_party_opensource_only", 5 },
	{ "incomplete_third_party_only", 0 },
	{ "incomplete_third_party_proprietary_only", 5 },
	{ "incomplete_third_party_opensource_only", 5 },
	{ "unknown", 0 },
	{ "not_specified", 0 },
	{ NULL, 0 },
};
static const struct shape aggregate = SHAPE_CHOICES(aggregate_choices);

static const struct slot composition_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 5 },
	{ "aggregate", &aggregate, TAG_AGGREGATE, SLOT_REQUIRED, 0 },
	{ "assemblies", &cdx_references, 0, 0, 0 },
	{ "dependencies", &cdx_references, 0, 0, 0 },
	{ "vulnerabilities", &cdx_references, 0, 0, 5 },
	{ "signature", &cdx_signature, 0, 0, 4 },
};
static const struct shape composition = SHAPE_MEMBERS(composition_slots);

static const struct slot compositions_item = { NULL, &composition, 0, 0, 0 };
static const struct shape compositions = SHAPE_LIST_OF(compositions_item);

static const struct slot annotator_slots[] = {
	{ "organization", &cdx_entity, 0, SLOT_ONE, 0 },
	{ "individual", &cdx_contact, 0, SLOT_ONE, 0 },
	{ "component", &cdx_component, TAG_OTHER_COMPONENT, SLOT_ONE, 0 },
	{ "service", &cdx_service, 0, SLOT_ONE, 0 },
};
static const struct shape annotator = SHAPE_MEMBERS(annotator_slots);

static const struct slot annotation_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "subjects", &cdx_references, 0, SLOT_REQUIRED, 0 },
	{ "annotator", &annotator, 0, SLOT_REQUIRED, 0 },
	{ "timestamp", &shape_instant, 0, SLOT_REQUIRED, 0 },
	{ "text", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "signature", &cdx_signature, 0, 0, 0 },
};
static const struct shape annotation = SHAPE_MEMBERS(annotation_slots);

static const struct slot annotations_item = { NULL, &annotation, 0, 0, 0 };
static const struct shape annotations = SHAPE_LIST_OF(annotations_item);

/* ---- declarations ------------------------------------------------------------------- */

/* XML wraps these in ways of its own: counted, not looked into. */
static const struct slot any_attestations_item = { NULL, &shape_any, 0, 0, 0 };
static const struct shape any_attestations = SHAPE_LIST_OF(
    any_attestations_item);

static const struct slot any_claims_item = { NULL, &shape_any, 0, 0, 0 };
static const struct shape any_claims = SHAPE_LIST_OF(any_claims_item);

static const struct slot any_evidence_item = { NULL, &shape_any, 0, 0, 0 };
static const struct shape any_evidence = SHAPE_LIST_OF(any_evidence_item);

static const struct slot any_declarations_slots[] = {
	{ "attestations", &any_attestations, TAG_ATTESTATIONS, 0, 0 },
	{ "claims", &any_claims, TAG_CLAIMS, 0, 0 },
	{ "evidence", &any_evidence, TAG_EVIDENCE, 0, 0 },
};
static const struct shape any_declarations = SHAPE_OPEN(any_declarations_slots);

static const struct slot any_formulas_item = { NULL, &shape_any, 0, 0, 0 };
static const struct shape any_formulas = SHAPE_LIST_OF(any_formulas_item);

static const struct slot any_standards_item = { NULL, &shape_any, 0, 0, 0 };
static const struct shape any_standards = SHAPE_LIST_OF(any_standards_item);

static const struct slot definitions_slots[] = {
	{ "standards", &cdx_standards, TAG_STANDARDS, SLOT_JSON, 0 },
	{ "standards", &any_standards, TAG_STANDARDS, SLOT_XML, 0 },
	{ "patents", &shape_any, 0, 0, 7 },
};
static const struct shape definitions = SHAPE_MEMBERS(definitions_slots);

/* ---- the document -------------------------------------------------------------------- */

static bool
good_serial(struct cn_slice text)
{
	static const char form[] =
	    "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (text.len != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];
		bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');

		if (form[i] == 'x' ? !hex : c != (uint8_t)form[i])
			return false;
	}
	return true;
}

static const struct shape serial = { .kind = SHAPE_TEXT,
	.good = good_serial,
	.wanted = "of the form urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" };
static const struct slot components_item = { NULL, &cdx_component,
	TAG_COMPONENT, 0, 0 };
static const struct shape components = SHAPE_LIST_OF(components_item);

static const struct slot services_item = { NULL, &cdx_service, 0, 0, 0 };
static const struct shape services = SHAPE_LIST_OF(services_item);

static const struct slot citations_item = { NULL, &shape_any, 0, 0, 0 };
static const struct shape citations = SHAPE_LIST_OF(citations_item);

static const struct slot cdx_document_slots[] = {
	{ "$schema", &shape_text, 0, SLOT_JSON, 0 },
	{ "bomFormat", &shape_text, 0, SLOT_REQUIRED | SLOT_JSON, 0 },
	{ "specVersion", &shape_text, TAG_SPEC, SLOT_REQUIRED, 0 },
	{ "serialNumber", &serial, TAG_SERIAL, 0, 0 },
	{ "version", &shape_integer, TAG_DOC_VERSION, 0, 0 },
	{ "metadata", &metadata, 0, 0, 0 },
	{ "components", &components, TAG_COMPONENTS, 0, 0 },
	{ "services", &services, TAG_SERVICES, 0, 0 },
	{ "externalReferences", &cdx_external_references, TAG_DOC_REFERENCES, 0,
	    0 },
	{ "dependencies", &dependencies, 0, 0, 0 },
	{ "compositions", &compositions, 0, 0, 3 },
	{ "vulnerabilities", &cdx_vulnerabilities, TAG_VULNERABILITIES, 0, 4 },
	{ "annotations", &annotations, 0, 0, 5 },
	{ "formulation", &cdx_formulas, TAG_FORMULAS, SLOT_JSON, 5 },
	{ "formulation", &any_formulas, TAG_FORMULAS, SLOT_XML, 0 },
	{ "declarations", &cdx_declarations, 0, SLOT_JSON, 6 },
	{ "declarations", &any_declarations, 0, SLOT_XML, 0 },
	{ "definitions", &definitions, 0, 0, 6 },
	{ "citations", &citations, TAG_CITATIONS, 0, 7 },
	{ "properties", &cdx_properties, 0, 0, 5 },
	{ "signature", &cdx_signature, TAG_SIGNATURE, 0, 4 },
};
const struct shape cdx_document = SHAPE_MEMBERS(cdx_document_slots);
