/* CycloneDX: the small parts that occur everywhere. */
#include "cdx.h"

const struct shape cdx_reference = { .kind = SHAPE_TEXT };
static const struct slot reference_item = { NULL, &cdx_reference, 0,
	SLOT_NOT_EMPTY, 0 };
const struct shape cdx_references = SHAPE_UNIQUE_LIST(reference_item);

static const struct slot cdx_contact_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 5 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "email", &shape_text, 0, 0, 0 },
	{ "phone", &shape_text, 0, 0, 0 },
};
const struct shape cdx_contact = SHAPE_MEMBERS(cdx_contact_slots);

static const struct slot cdx_contacts_item = { NULL, &cdx_contact, 0, 0, 0 };
const struct shape cdx_contacts = SHAPE_LIST_OF(cdx_contacts_item);

static const struct slot address_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "country", &shape_text, 0, 0, 0 },
	{ "region", &shape_text, 0, 0, 0 },
	{ "locality", &shape_text, 0, 0, 0 },
	{ "postOfficeBoxNumber", &shape_text, 0, 0, 0 },
	{ "postalCode", &shape_text, 0, 0, 0 },
	{ "streetAddress", &shape_text, 0, 0, 0 },
};
static const struct shape address = SHAPE_MEMBERS(address_slots);

static const struct slot cdx_entity_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 5 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "address", &address, 0, 0, 6 },
	{ "url", &shape_texts, 0, SLOT_REPEATS, 0 },
	{ "contact", &cdx_contacts, 0, SLOT_REPEATS, 0 },
};
const struct shape cdx_entity = SHAPE_MEMBERS(cdx_entity_slots);

static const struct slot cdx_entities_item = { NULL, &cdx_entity, 0, 0, 0 };
const struct shape cdx_entities = SHAPE_LIST_OF(cdx_entities_item);

static const struct choice encoding_choices[] = {
	{ "base64", 0 },
	{ NULL, 0 },
};
static const struct shape encoding = SHAPE_CHOICES(encoding_choices);

static const struct slot cdx_attachment_slots[] = {
	{ "contentType", &shape_text, 0, SLOT_JSON, 0 },
	{ "content-type", &shape_text, 0, SLOT_XML, 0 },
	{ "encoding", &encoding, 0, 0, 0 },
	{ "content", &shape_text, 0, SLOT_REQUIRED | SLOT_TEXT, 0 },
};
const struct shape cdx_attachment = SHAPE_MEMBERS(cdx_attachment_slots);

static const struct slot cdx_attachments_item = { NULL, &cdx_attachment, 0, 0,
	0 };
const struct shape cdx_attachments = SHAPE_LIST_OF(cdx_attachments_item);

/* Hex digits of a digest: 128, 160, 256, 384 or 512 bits. */
static bool
good_digest(struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f') &&
		    !(c >= 'A' && c <= 'F'))
			return false;
	}
	return text.len == 32 || text.len == 40 || text.len == 64 ||
	       text.len == 96 || text.len == 128;
}

static const struct shape digest = { .kind = SHAPE_TEXT,
	.good = good_digest,
	.wanted = "a digest in hexadecimal digits" };
/* JSON Signature Format: whose members are another standard's business. */
const struct shape cdx_signature = { .kind = SHAPE_OBJECT, .open = true };

static const struct choice algorithm_choices[] = {
	{ "MD5", 0 },
	{ "SHA-1", 0 },
	{ "SHA-256", 0 },
	{ "SHA-384", 0 },
	{ "SHA-512", 0 },
	{ "SHA3-256", 0 },
	{ "SHA3-384", 0 },
	{ "SHA3-512", 0 },
	{ "BLAKE2b-256", 0 },
	{ "BLAKE2b-384", 0 },
	{ "BLAKE2b-512", 0 },
	{ "BLAKE3", 0 },
	{ "Streebog-256", 7 },
	{ "Streebog-512", 7 },
	{ NULL, 0 },
};
static const struct shape algorithm = SHAPE_CHOICES(algorithm_choices);

static const struct slot hash_slots[] = {
	{ "alg", &algorithm, TAG_HASH_ALG, SLOT_REQUIRED, 0 },
	{ "content", &digest, 0, SLOT_REQUIRED | SLOT_TEXT, 0 },
};
static const struct shape hash = SHAPE_MEMBERS(hash_slots);

static const struct slot cdx_hashes_item = { NULL, &hash, 0, 0, 0 };
const struct shape cdx_hashes = SHAPE_LIST_OF(cdx_hashes_item);

/* Closed, and with a name, from 1.6 on. */
static const struct slot cdx_property_slots[] = {
	{ "name", &shape_text, TAG_PROPERTY_NAME, SLOT_LATE, 0 },
	{ "value", &shape_text, TAG_PROPERTY_VALUE, SLOT_TEXT, 0 },
};
const struct shape cdx_property = {
	.kind = SHAPE_OBJECT, SHAPE_SLOTS(cdx_property_slots), .closed = 6
};

static const struct slot cdx_properties_item = { NULL, &cdx_property, 0, 0, 0 };
const struct shape cdx_properties = SHAPE_LIST_OF(cdx_properties_item);

static const struct choice issue_type_choices[] = {
	{ "defect", 0 },
	{ "enhancement", 0 },
	{ "security", 0 },
	{ NULL, 0 },
};
static const struct shape issue_type = SHAPE_CHOICES(issue_type_choices);

static const struct slot issue_source_slots[] = {
	{ "name", &shape_text, 0, 0, 0 },
	{ "url", &shape_uri, 0, 0, 0 },
};
static const struct shape issue_source = SHAPE_MEMBERS(issue_source_slots);

static const struct slot issue_slots[] = {
	{ "type", &issue_type, 0, SLOT_REQUIRED, 0 },
	{ "id", &shape_text, 0, 0, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "source", &issue_source, 0, 0, 0 },
	{ "references", &shape_texts, 0, 0, 0 },
};
static const struct shape issue = SHAPE_MEMBERS(issue_slots);

static const struct slot cdx_issues_item = { NULL, &issue, 0, 0, 0 };
const struct shape cdx_issues = SHAPE_LIST_OF(cdx_issues_item);

/* "en", "en-US" */
static bool
good_locale(struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (i < 2    ? c < 'a' || c > 'z'
		    : i == 2 ? c != '-'
			     : c < 'A' || c > 'Z')
			return false;
	}
	return text.len == 2 || text.len == 5;
}

static const struct shape locale = { .kind = SHAPE_TEXT,
	.good = good_locale,
	.wanted = "a language, such as en or en-GB" };
static const struct slot note_slots[] = {
	{ "locale", &locale, 0, 0, 0 },
	{ "text", &cdx_attachment, 0, SLOT_REQUIRED, 0 },
};
static const struct shape note = SHAPE_MEMBERS(note_slots);

static const struct slot notes_item = { NULL, &note, 0, 0, 0 };
static const struct shape notes = SHAPE_LIST_OF(notes_item);

static const struct slot cdx_release_notes_slots[] = {
	{ "type", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "title", &shape_text, 0, 0, 0 },
	{ "featuredImage", &shape_uri, 0, 0, 0 },
	{ "socialImage", &shape_uri, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "timestamp", &shape_instant, 0, 0, 0 },
	{ "aliases", &shape_texts, 0, 0, 0 },
	{ "tags", &shape_texts, 0, 0, 0 },
	{ "resolves", &cdx_issues, 0, 0, 0 },
	{ "notes", &notes, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
const struct shape cdx_release_notes = SHAPE_MEMBERS(cdx_release_notes_slots);

static const struct choice reference_type_choices[] = {
	{ "vcs", 0 },
	{ "issue-tracker", 0 },
	{ "website", 0 },
	{ "advisories", 0 },
	{ "bom", 0 },
	{ "mailing-list", 0 },
	{ "social", 0 },
	{ "chat", 0 },
	{ "documentation", 0 },
	{ "support", 0 },
	{ "source-distribution", 6 },
	{ "distribution", 0 },
	{ "distribution-intake", 5 },
	{ "license", 0 },
	{ "build-meta", 0 },
	{ "build-system", 0 },
	{ "release-notes", 4 },
	{ "security-contact", 5 },
	{ "model-card", 5 },
	{ "log", 5 },
	{ "configuration", 5 },
	{ "evidence", 5 },
	{ "formulation", 5 },
	{ "attestation", 5 },
	{ "threat-model", 5 },
	{ "adversary-model", 5 },
	{ "risk-assessment", 5 },
	{ "vulnerability-assertion", 5 },
	{ "exploitability-statement", 5 },
	{ "pentest-report", 5 },
	{ "static-analysis-report", 5 },
	{ "dynamic-analysis-report", 5 },
	{ "runtime-analysis-report", 5 },
	{ "component-analysis-report", 5 },
	{ "maturity-report", 5 },
	{ "certification-report", 5 },
	{ "codified-infrastructure", 5 },
	{ "quality-metrics", 5 },
	{ "poam", 5 },
	{ "electronic-signature", 6 },
	{ "digital-signature", 6 },
	{ "rfc-9116", 6 },
	{ "patent", 7 },
	{ "patent-family", 7 },
	{ "patent-assertion", 7 },
	{ "citation", 7 },
	{ "other", 0 },
	{ NULL, 0 },
};
static const struct shape reference_type = SHAPE_CHOICES(
    reference_type_choices);

static const struct slot external_reference_slots[] = {
	{ "url", &shape_uri, 0, SLOT_REQUIRED, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
	{ "type", &reference_type, TAG_REFERENCE_TYPE, SLOT_REQUIRED, 0 },
	{ "hashes", &cdx_hashes, 0, 0, 3 },
	{ "properties", &cdx_properties, 0, 0, 7 },
};
static const struct shape external_reference = SHAPE_MEMBERS(
    external_reference_slots);

static const struct slot cdx_external_references_item = { NULL,
	&external_reference, 0, 0, 0 };
const struct shape cdx_external_references = SHAPE_LIST_OF(
    cdx_external_references_item);

static const struct choice acknowledgement_choices[] = {
	{ "declared", 0 },
	{ "concluded", 0 },
	{ NULL, 0 },
};
static const struct shape acknowledgement = SHAPE_CHOICES(
    acknowledgement_choices);

static const struct choice licence_type_choices[] = {
	{ "academic", 0 },
	{ "appliance", 0 },
	{ "client-access", 0 },
	{ "concurrent-user", 0 },
	{ "core-points", 0 },
	{ "custom-metric", 0 },
	{ "device", 0 },
	{ "evaluation", 0 },
	{ "named-user", 0 },
	{ "node-locked", 0 },
	{ "oem", 0 },
	{ "perpetual", 0 },
	{ "processor-points", 0 },
	{ "subscription", 0 },
	{ "user", 0 },
	{ "other", 0 },
	{ NULL, 0 },
};
static const struct shape licence_type = SHAPE_CHOICES(licence_type_choices);

static const struct slot licence_types_item = { NULL, &licence_type, 0, 0, 0 };
static const struct shape licence_types = SHAPE_LIST_OF(licence_types_item);

static const struct slot licence_party_slots[] = {
	{ "organization", &cdx_entity, 0, SLOT_ONE, 0 },
	{ "individual", &cdx_contact, 0, SLOT_ONE, 0 },
};
static const struct shape licence_party = SHAPE_MEMBERS(licence_party_slots);

static const struct slot licensing_slots[] = {
	{ "altIds", &shape_texts, 0, 0, 0 },
	{ "licensor", &licence_party, 0, 0, 0 },
	{ "licensee", &licence_party, 0, 0, 0 },
	{ "purchaser", &licence_party, 0, 0, 0 },
	{ "purchaseOrder", &shape_text, 0, 0, 0 },
	{ "licenseTypes", &licence_types, 0, 0, 0 },
	{ "lastRenewal", &shape_instant, 0, 0, 0 },
	{ "expiration", &shape_instant, 0, 0, 0 },
};
static const struct shape licensing = SHAPE_MEMBERS(licensing_slots);

static const struct slot licence_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 5 },
	{ "id", &cdx_spdx_id, 0, SLOT_ONE, 0 },
	{ "name", &shape_text, 0, SLOT_ONE, 0 },
	{ "acknowledgement", &acknowledgement, 0, 0, 6 },
	{ "text", &cdx_attachment, 0, 0, 0 },
	{ "url", &shape_uri, 0, 0, 0 },
	{ "licensing", &licensing, 0, 0, 5 },
	{ "properties", &cdx_properties, 0, 0, 5 },
};
static const struct shape licence = SHAPE_MEMBERS(licence_slots);

static const struct slot expression_detail_slots[] = {
	{ "licenseIdentifier", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "text", &cdx_attachment, 0, 0, 0 },
	{ "url", &shape_uri, 0, 0, 0 },
};
static const struct shape expression_detail = SHAPE_MEMBERS(
    expression_detail_slots);

static const struct slot expression_details_item = { NULL, &expression_detail,
	0, 0, 0 };
static const struct shape expression_details = SHAPE_LIST_OF(
    expression_details_item);

/* Each item is a licence or an expression. */
static const struct slot licence_choice_slots[] = {
	{ "license", &licence, 0, SLOT_ONE | SLOT_WRAP, 0 },
	{ "expression", &shape_text, 0, SLOT_ONE | SLOT_WRAP, 0 },
	{ "expressionDetails", &expression_details, 0, 0, 7 },
	{ "acknowledgement", &acknowledgement, 0, 0, 6 },
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 5 },
	{ "licensing", &licensing, 0, 0, 7 },
	{ "properties", &cdx_properties, 0, 0, 7 },
};
static const struct shape licence_choice = SHAPE_MEMBERS(licence_choice_slots);

static const struct slot cdx_licences_item = { NULL, &licence_choice, 0, 0, 0 };
const struct shape cdx_licences = SHAPE_LIST_OF(cdx_licences_item);
