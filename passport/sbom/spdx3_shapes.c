/* SPDX 3.0: the members of elements that are of interest. */
#include "spdx3.h"

/* JSON-LD writes a list of one as that one. */
static const struct slot root_list_item = { NULL, &shape_text, TAG_ROOT, 0, 0 };
static const struct shape root_list = SHAPE_LIST_OF(root_list_item);

static const struct slot root_kinds[] = {
	{ NULL, &root_list, 0, 0, 0 },
	{ NULL, &shape_text, TAG_ROOT, 0, 0 },
};
static const struct shape roots = SHAPE_ONE_OF(root_kinds);
static const struct slot to_list_item = { NULL, &shape_text, TAG_TO, 0, 0 };
static const struct shape to_list = SHAPE_LIST_OF(to_list_item);

static const struct slot to_kinds[] = {
	{ NULL, &to_list, 0, 0, 0 },
	{ NULL, &shape_text, TAG_TO, 0, 0 },
};
static const struct shape to = SHAPE_ONE_OF(to_kinds);
static const struct slot profile_list_item = { NULL, &shape_text, TAG_PROFILE,
	0, 0 };
static const struct shape profile_list = SHAPE_LIST_OF(profile_list_item);

static const struct slot profile_kinds[] = {
	{ NULL, &profile_list, 0, 0, 0 },
	{ NULL, &shape_text, TAG_PROFILE, 0, 0 },
};
static const struct shape profiles = SHAPE_ONE_OF(profile_kinds);

/* Referred to, or in place. */
static const struct slot creation_info_slots[] = {
	{ "@id", &shape_text, 0, 0, 0 },
	{ "type", &shape_text, 0, 0, 0 },
	{ "specVersion", &shape_text, TAG_SPEC, 0, 0 },
	{ "created", &shape_instant, TAG_CREATED, 0, 0 },
	{ "createdBy", &shape_any, TAG_AGENT, 0, 0 },
	{ "createdUsing", &shape_any, TAG_TOOL, 0, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
};
static const struct shape creation_info = SHAPE_MEMBERS(creation_info_slots);

static const struct slot creation_kinds[] = {
	{ NULL, &shape_text, TAG_CREATION, 0, 0 },
	{ NULL, &creation_info, 0, 0, 0 },
};
static const struct shape creation = SHAPE_ONE_OF(creation_kinds);

static const struct slot hash_slots[] = {
	{ "algorithm", &shape_text, TAG_HASH_ALGORITHM, 0, 0 },
};
static const struct shape hash = SHAPE_OPEN(hash_slots);

static const struct slot hashes_item = { NULL, &hash, 0, 0, 0 };
static const struct shape hashes = SHAPE_LIST_OF(hashes_item);

static const struct slot identifier_slots[] = {
	{ "externalIdentifierType", &shape_text, TAG_IDENTIFIER_TYPE, 0, 0 },
	{ "identifier", &shape_text, TAG_IDENTIFIER, 0, 0 },
};
static const struct shape identifier = SHAPE_OPEN(identifier_slots);

static const struct slot identifiers_item = { NULL, &identifier, 0, 0, 0 };
static const struct shape identifiers = SHAPE_LIST_OF(identifiers_item);

static const struct choice safety_risk_choices[] = {
	{ "serious", 0 },
	{ "high", 0 },
	{ "medium", 0 },
	{ "low", 0 },
	{ NULL, 0 },
};
static const struct shape safety_risk = SHAPE_CHOICES(safety_risk_choices);

static const struct slot spdx3_element_slots[] = {
	{ "type", &shape_text, TAG_TYPE, 0, 0 },
	{ "@type", &shape_text, TAG_TYPE, 0, 0 },
	{ "spdxId", &shape_iri, TAG_ID, 0, 0 },
	{ "@id", &shape_text, TAG_AT_ID, 0, 0 },
	{ "creationInfo", &creation, 0, 0, 0 },
	{ "name", &shape_text, TAG_NAME, 0, 0 },
	{ "software_packageVersion", &shape_text, TAG_VERSION, 0, 0 },
	{ "software_packageUrl", &shape_text, TAG_PURL, 0, 0 },
	{ "relationshipType", &shape_text, TAG_RELATION, 0, 0 },
	{ "from", &shape_text, TAG_FROM, 0, 0 },
	{ "to", &to, 0, 0, 0 },
	{ "specVersion", &shape_text, TAG_SPEC, 0, 0 },
	{ "created", &shape_instant, TAG_CREATED, 0, 0 },
	{ "createdBy", &shape_any, TAG_AGENT, 0, 0 },
	{ "createdUsing", &shape_any, TAG_TOOL, 0, 0 },
	{ "rootElement", &roots, 0, 0, 0 },
	{ "profileConformance", &profiles, 0, 0, 0 },
	{ "suppliedBy", &shape_any, TAG_SUPPLIER, 0, 0 },
	{ "originatedBy", &shape_any, TAG_SUPPLIER, 0, 0 },
	{ "verifiedUsing", &hashes, 0, 0, 0 },
	{ "externalIdentifier", &identifiers, 0, 0, 0 },
	{ "ai_safetyRiskAssessment", &safety_risk, TAG_SAFETY_RISK, 0, 0 },
	{ "security_justificationType", &shape_text, TAG_JUSTIFICATION, 0, 0 },
};
const struct shape spdx3_element = SHAPE_OPEN(spdx3_element_slots);

static const struct slot elements_item = { NULL, &spdx3_element, TAG_ELEMENT, 0,
	0 };
static const struct shape elements = SHAPE_LIST_OF(elements_item);

static const struct slot spdx3_document_slots[] = {
	{ "@context", &shape_any, 0, SLOT_REQUIRED, 0 },
	{ "@graph", &elements, 0, SLOT_REQUIRED, 0 },
};
const struct shape spdx3_document = SHAPE_OPEN(spdx3_document_slots);
