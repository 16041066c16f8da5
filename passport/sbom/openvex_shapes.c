/* OpenVEX 0.2.0, and what older files differ in. */
#include "openvex.h"

/* Old files name a vulnerability or a product by a text. */
static const struct slot aliases_item = { NULL, &shape_text, TAG_ALIAS, 0, 0 };
static const struct shape aliases = SHAPE_LIST_OF(aliases_item);

static const struct slot vulnerability_slots[] = {
	{ "@id", &shape_text, TAG_VULN_AT_ID, 0, 0 },
	{ "name", &shape_text, TAG_VULN_NAME, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "aliases", &aliases, 0, 0, 0 },
};
static const struct shape vulnerability = SHAPE_MEMBERS(vulnerability_slots);

static const struct slot vulnerability_kinds[] = {
	{ NULL, &vulnerability, 0, 0, 0 },
	{ NULL, &shape_text, TAG_VULN_NAME, 0, 0 },
};
static const struct shape vulnerability_or_text = SHAPE_ONE_OF(
    vulnerability_kinds);

static const struct slot identifiers_slots[] = {
	{ "purl", &shape_text, TAG_IDENTIFIER, 0, 0 },
	{ "cpe22", &shape_text, TAG_IDENTIFIER, 0, 0 },
	{ "cpe23", &shape_text, TAG_IDENTIFIER, 0, 0 },
};
static const struct shape identifiers = SHAPE_MEMBERS(identifiers_slots);

static const struct slot product_slots[] = {
	{ "@id", &shape_text, TAG_PRODUCT_ID, 0, 0 },
	{ "identifiers", &identifiers, 0, 0, 0 },
	{ "hashes", &shape_any, 0, 0, 0 },
	{ "subcomponents", &shape_any, 0, 0, 0 },
};
static const struct shape product = SHAPE_MEMBERS(product_slots);

static const struct slot product_kinds[] = {
	{ NULL, &product, TAG_PRODUCT, 0, 0 },
	{ NULL, &shape_text, TAG_PRODUCT_TEXT, 0, 0 },
};
static const struct shape product_or_text = SHAPE_ONE_OF(product_kinds);
static const struct slot products_item = { NULL, &product_or_text, 0, 0, 0 };
static const struct shape products = SHAPE_LIST_OF(products_item);

static const struct choice status_choices[] = {
	{ "not_affected", 0 },
	{ "affected", 0 },
	{ "fixed", 0 },
	{ "under_investigation", 0 },
	{ NULL, 0 },
};
static const struct shape status = SHAPE_CHOICES(status_choices);

static const struct choice justification_choices[] = {
	{ "component_not_present", 0 },
	{ "vulnerable_code_not_present", 0 },
	{ "vulnerable_code_not_in_execute_path", 0 },
	{ "vulnerable_code_cannot_be_controlled_by_adversary", 0 },
	{ "inline_mitigations_already_exist", 0 },
	{ NULL, 0 },
};
static const struct shape justification = SHAPE_CHOICES(justification_choices);

static const struct slot statement_slots[] = {
	{ "@id", &shape_text, 0, 0, 0 },
	{ "version", &shape_integer, 0, 0, 0 },
	{ "vulnerability", &vulnerability_or_text, 0, SLOT_REQUIRED, 0 },
	{ "timestamp", &shape_instant, TAG_STATEMENT_TIME, 0, 0 },
	{ "last_updated", &shape_instant, 0, 0, 0 },
	{ "products", &products, 0, 0, 0 },
	{ "status", &status, TAG_STATUS, SLOT_REQUIRED, 0 },
	{ "supplier", &shape_text, 0, 0, 0 },
	{ "status_notes", &shape_text, 0, 0, 0 },
	{ "justification", &justification, TAG_JUSTIFICATION, 0, 0 },
	{ "impact_statement", &shape_text, TAG_IMPACT, 0, 0 },
	{ "impact_statement_timestamp", &shape_instant, 0, 0, 0 },
	{ "action_statement", &shape_text, TAG_ACTION, 0, 0 },
	{ "action_statement_timestamp", &shape_instant, 0, 0, 0 },
};
static const struct shape statement = SHAPE_MEMBERS(statement_slots);

static const struct slot statements_item = { NULL, &statement, TAG_STATEMENT, 0,
	0 };
static const struct shape statements = SHAPE_LIST_OF(statements_item);

static const struct slot version_kinds[] = {
	{ NULL, &shape_integer, TAG_VERSION, 0, 0 },
	{ NULL, &shape_text, TAG_VERSION_TEXT, 0, 0 },
};
static const struct shape version = SHAPE_ONE_OF(version_kinds);
static const struct slot contexts_item = { NULL, &shape_text, TAG_CONTEXT, 0,
	0 };
static const struct shape contexts = SHAPE_LIST_OF(contexts_item);

static const struct slot context_kinds[] = {
	{ NULL, &shape_text, TAG_CONTEXT, 0, 0 },
	{ NULL, &contexts, 0, 0, 0 },
};
static const struct shape context = SHAPE_ONE_OF(context_kinds);
static const struct slot openvex_document_slots[] = {
	{ "@context", &context, 0, SLOT_REQUIRED, 0 },
	{ "@id", &shape_iri, TAG_ID, SLOT_REQUIRED, 0 },
	{ "author", &shape_text, TAG_AUTHOR, SLOT_REQUIRED, 0 },
	{ "role", &shape_text, 0, 0, 0 },
	{ "timestamp", &shape_instant, TAG_TIMESTAMP, SLOT_REQUIRED, 0 },
	{ "last_updated", &shape_instant, 0, 0, 0 },
	{ "version", &version, 0, SLOT_REQUIRED, 0 },
	{ "tooling", &shape_text, 0, 0, 0 },
	{ "statements", &statements, 0, SLOT_REQUIRED, 0 },
	{ "supplier", &shape_text, 0, 0, 0 },
};
const struct shape openvex_document = SHAPE_MEMBERS(openvex_document_slots);
