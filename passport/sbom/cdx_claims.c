/* CycloneDX: attestations with their claims, and standards. */
#include "cdx.h"

static const struct slot assessors_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "thirdParty", &shape_boolean, 0, 0, 0 },
	{ "organization", &cdx_entity, 0, 0, 0 },
};
static const struct shape assessors = SHAPE_MEMBERS(assessors_slots);

static const struct slot assessor_list_item = { NULL, &assessors, 0, 0, 0 };
static const struct shape assessor_list = SHAPE_LIST_OF(assessor_list_item);

static const struct slot statement_conformance_slots[] = {
	{ "score", &shape_number, 0, 0, 0 },
	{ "rationale", &shape_text, 0, 0, 0 },
	{ "mitigationStrategies", &cdx_references, 0, 0, 0 },
};
static const struct shape statement_conformance = SHAPE_MEMBERS(
    statement_conformance_slots);

static const struct slot statement_confidence_slots[] = {
	{ "score", &shape_number, 0, 0, 0 },
	{ "rationale", &shape_text, 0, 0, 0 },
};
static const struct shape statement_confidence = SHAPE_MEMBERS(
    statement_confidence_slots);

static const struct slot statement_slots[] = {
	{ "requirement", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "claims", &cdx_references, 0, 0, 0 },
	{ "counterClaims", &cdx_references, 0, 0, 0 },
	{ "conformance", &statement_conformance, 0, 0, 0 },
	{ "confidence", &statement_confidence, 0, 0, 0 },
};
static const struct shape statement = SHAPE_MEMBERS(statement_slots);

static const struct slot statement_list_item = { NULL, &statement, 0, 0, 0 };
static const struct shape statement_list = SHAPE_LIST_OF(statement_list_item);

static const struct slot attestations_slots[] = {
	{ "summary", &shape_text, 0, 0, 0 },
	{ "assessor", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "map", &statement_list, 0, 0, 0 },
	{ "signature", &cdx_signature, 0, 0, 0 },
};
static const struct shape attestations = SHAPE_MEMBERS(attestations_slots);

static const struct slot attestations_list_item = { NULL, &attestations, 0, 0,
	0 };
static const struct shape attestations_list = SHAPE_LIST_OF(
    attestations_list_item);

static const struct slot claims_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "target", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "predicate", &shape_text, 0, 0, 0 },
	{ "mitigationStrategies", &cdx_references, 0, 0, 0 },
	{ "reasoning", &shape_text, 0, 0, 0 },
	{ "evidence", &cdx_references, 0, 0, 0 },
	{ "counterEvidence", &cdx_references, 0, 0, 0 },
	{ "externalReferences", &cdx_external_references, 0, 0, 0 },
	{ "signature", &cdx_signature, 0, 0, 0 },
};
static const struct shape claims = SHAPE_MEMBERS(claims_slots);

static const struct slot claims_list_item = { NULL, &claims, 0, 0, 0 };
static const struct shape claims_list = SHAPE_LIST_OF(claims_list_item);

static const struct slot evidence_data_contents_slots[] = {
	{ "attachment", &cdx_attachment, 0, 0, 0 },
	{ "url", &shape_text, 0, 0, 0 },
};
static const struct shape evidence_data_contents = SHAPE_MEMBERS(
    evidence_data_contents_slots);

static const struct slot evidence_data_slots[] = {
	{ "name", &shape_text, 0, 0, 0 },
	{ "contents", &evidence_data_contents, 0, 0, 0 },
	{ "classification", &shape_text, 0, 0, 0 },
	{ "sensitiveData", &shape_texts, 0, 0, 0 },
	{ "governance", &cdx_governance, 0, 0, 0 },
};
static const struct shape evidence_data = SHAPE_MEMBERS(evidence_data_slots);

static const struct slot evidence_data_list_item = { NULL, &evidence_data, 0, 0,
	0 };
static const struct shape evidence_data_list = SHAPE_LIST_OF(
    evidence_data_list_item);

static const struct slot evidence_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "propertyName", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "data", &evidence_data_list, 0, 0, 0 },
	{ "created", &shape_instant, 0, 0, 0 },
	{ "expires", &shape_instant, 0, 0, 0 },
	{ "author", &cdx_contact, 0, 0, 0 },
	{ "reviewer", &cdx_contact, 0, 0, 0 },
	{ "signature", &cdx_signature, 0, 0, 0 },
};
static const struct shape evidence = SHAPE_MEMBERS(evidence_slots);

static const struct slot evidence_list_item = { NULL, &evidence, 0, 0, 0 };
static const struct shape evidence_list = SHAPE_LIST_OF(evidence_list_item);

static const struct slot targets_slots[] = {
	{ "organizations", &cdx_entities, 0, 0, 0 },
	{ "components", &cdx_other_components, 0, 0, 0 },
	{ "services", &cdx_services, 0, 0, 0 },
};
static const struct shape targets = SHAPE_MEMBERS(targets_slots);

static const struct slot affirmation_signatories_slots[] = {
	{ "name", &shape_text, 0, 0, 0 },
	{ "role", &shape_text, 0, 0, 0 },
	{ "signature", &cdx_signature, 0, SLOT_ONE, 0 },
	{ "organization", &cdx_entity, 0, 0, 0 },
	{ "externalReference", &shape_any, 0, 0, 0 },
};
static const struct shape affirmation_signatories = SHAPE_MEMBERS(
    affirmation_signatories_slots);

static const struct slot affirmation_signatories_list_item = { NULL,
	&affirmation_signatories, 0, 0, 0 };
static const struct shape affirmation_signatories_list = SHAPE_LIST_OF(
    affirmation_signatories_list_item);

static const struct slot affirmation_slots[] = {
	{ "statement", &shape_text, 0, 0, 0 },
	{ "signatories", &affirmation_signatories_list, 0, 0, 0 },
	{ "signature", &cdx_signature, 0, 0, 0 },
};
static const struct shape affirmation = SHAPE_MEMBERS(affirmation_slots);

static const struct slot cdx_declarations_slots[] = {
	{ "assessors", &assessor_list, 0, 0, 0 },
	{ "attestations", &attestations_list, TAG_ATTESTATIONS, 0, 0 },
	{ "claims", &claims_list, TAG_CLAIMS, 0, 0 },
	{ "evidence", &evidence_list, TAG_EVIDENCE, 0, 0 },
	{ "targets", &targets, 0, 0, 0 },
	{ "affirmation", &affirmation, 0, 0, 0 },
	{ "signature", &cdx_signature, TAG_SIGNATURE, 0, 0 },
};
const struct shape cdx_declarations = SHAPE_MEMBERS(cdx_declarations_slots);

static const struct slot standard_requirements_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "identifier", &shape_text, 0, 0, 0 },
	{ "title", &shape_text, 0, 0, 0 },
	{ "text", &shape_text, 0, 0, 0 },
	{ "descriptions", &shape_texts, 0, 0, 0 },
	{ "openCre", &shape_texts, 0, 0, 0 },
	{ "parent", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
	{ "externalReferences", &cdx_external_references, 0, 0, 0 },
};
static const struct shape standard_requirements = SHAPE_MEMBERS(
    standard_requirements_slots);

static const struct slot standard_requirements_list_item = { NULL,
	&standard_requirements, 0, 0, 0 };
static const struct shape standard_requirements_list = SHAPE_LIST_OF(
    standard_requirements_list_item);

static const struct slot standard_levels_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "identifier", &shape_text, 0, 0, 0 },
	{ "title", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "requirements", &cdx_references, 0, 0, 0 },
};
static const struct shape standard_levels = SHAPE_MEMBERS(
    standard_levels_slots);

static const struct slot standard_levels_list_item = { NULL, &standard_levels,
	0, 0, 0 };
static const struct shape standard_levels_list = SHAPE_LIST_OF(
    standard_levels_list_item);

static const struct slot standard_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "version", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "owner", &shape_text, 0, 0, 0 },
	{ "requirements", &standard_requirements_list, 0, 0, 0 },
	{ "levels", &standard_levels_list, 0, 0, 0 },
	{ "externalReferences", &cdx_external_references, 0, 0, 0 },
	{ "signature", &cdx_signature, 0, 0, 0 },
};
static const struct shape standard = SHAPE_MEMBERS(standard_slots);

static const struct slot cdx_standards_item = { NULL, &standard, 0, 0, 0 };
const struct shape cdx_standards = SHAPE_LIST_OF(cdx_standards_item);
