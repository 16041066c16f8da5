/* CycloneDX: components, services and what makes them. */
#include "cdx.h"

static const struct slot swid_slots[] = {
	{ "tagId", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "version", &shape_text, 0, 0, 0 },
	{ "tagVersion", &shape_integer, 0, 0, 0 },
	{ "patch", &shape_boolean, 0, 0, 0 },
	{ "text", &cdx_attachment, 0, 0, 0 },
	{ "url", &shape_uri, 0, 0, 0 },
};
static const struct shape swid = SHAPE_MEMBERS(swid_slots);

static const struct slot action_slots[] = {
	{ "timestamp", &shape_instant, 0, 0, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "email", &shape_text, 0, 0, 0 },
};
static const struct shape action = SHAPE_MEMBERS(action_slots);

static const struct slot commit_slots[] = {
	{ "uid", &shape_text, 0, 0, 0 },
	{ "url", &shape_uri, 0, 0, 0 },
	{ "author", &action, 0, 0, 0 },
	{ "committer", &action, 0, 0, 0 },
	{ "message", &shape_text, 0, 0, 0 },
};
static const struct shape commit = SHAPE_MEMBERS(commit_slots);

static const struct slot commits_item = { NULL, &commit, 0, 0, 0 };
static const struct shape commits = SHAPE_LIST_OF(commits_item);

static const struct slot diff_slots[] = {
	{ "text", &cdx_attachment, 0, 0, 0 },
	{ "url", &shape_uri, 0, 0, 0 },
};
static const struct shape diff = SHAPE_MEMBERS(diff_slots);

static const struct choice patch_type_choices[] = {
	{ "unofficial", 0 },
	{ "monkey", 0 },
	{ "backport", 0 },
	{ "cherry-pick", 0 },
	{ NULL, 0 },
};
static const struct shape patch_type = SHAPE_CHOICES(patch_type_choices);

static const struct slot patch_slots[] = {
	{ "type", &patch_type, 0, SLOT_REQUIRED, 0 },
	{ "diff", &diff, 0, 0, 0 },
	{ "resolves", &cdx_issues, 0, 0, 0 },
};
static const struct shape patch = SHAPE_MEMBERS(patch_slots);

static const struct slot patches_item = { NULL, &patch, 0, 0, 0 };
static const struct shape patches = SHAPE_LIST_OF(patches_item);

static const struct slot pedigree_slots[] = {
	{ "ancestors", &cdx_other_components, 0, 0, 0 },
	{ "descendants", &cdx_other_components, 0, 0, 0 },
	{ "variants", &cdx_other_components, 0, 0, 0 },
	{ "commits", &commits, 0, 0, 0 },
	{ "patches", &patches, 0, 0, 2 },
	{ "notes", &shape_text, 0, 0, 0 },
};
static const struct shape pedigree = SHAPE_MEMBERS(pedigree_slots);

static const struct slot copyright_slots[] = {
	{ "text", &shape_text, 0, SLOT_REQUIRED | SLOT_TEXT, 0 },
};
static const struct shape copyright = SHAPE_MEMBERS(copyright_slots);

static const struct slot copyrights_item = { NULL, &copyright, 0, 0, 0 };
static const struct shape copyrights = SHAPE_LIST_OF(copyrights_item);

static const struct slot occurrence_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "location", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "line", &shape_integer, 0, 0, 6 },
	{ "offset", &shape_integer, 0, 0, 6 },
	{ "symbol", &shape_text, 0, 0, 6 },
	{ "additionalContext", &shape_text, 0, 0, 6 },
};
static const struct shape occurrence = SHAPE_MEMBERS(occurrence_slots);

static const struct slot occurrences_item = { NULL, &occurrence, 0, 0, 0 };
static const struct shape occurrences = SHAPE_LIST_OF(occurrences_item);

static const struct slot stack_frame_slots[] = {
	{ "package", &shape_text, 0, 0, 0 },
	{ "module", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "function", &shape_text, 0, 0, 0 },
	{ "parameters", &shape_texts, 0, 0, 0 },
	{ "line", &shape_integer, 0, 0, 0 },
	{ "column", &shape_integer, 0, 0, 0 },
	{ "fullFilename", &shape_text, 0, 0, 0 },
};
static const struct shape stack_frame = SHAPE_MEMBERS(stack_frame_slots);

static const struct slot stack_frames_item = { NULL, &stack_frame, 0, 0, 0 };
static const struct shape stack_frames = SHAPE_LIST_OF(stack_frames_item);

static const struct slot call_stack_slots[] = {
	{ "frames", &stack_frames, 0, 0, 0 },
};
static const struct shape call_stack = SHAPE_MEMBERS(call_stack_slots);

static const struct choice technique_choices[] = {
	{ "source-code-analysis", 0 },
	{ "binary-analysis", 0 },
	{ "manifest-analysis", 0 },
	{ "ast-fingerprint", 0 },
	{ "hash-comparison", 0 },
	{ "instrumentation", 0 },
	{ "dynamic-analysis", 0 },
	{ "filename", 0 },
	{ "attestation", 0 },
	{ "other", 0 },
	{ NULL, 0 },
};
static const struct shape technique = SHAPE_CHOICES(technique_choices);

static const struct slot method_slots[] = {
	{ "technique", &technique, 0, SLOT_REQUIRED, 0 },
	{ "confidence", &shape_number, 0, SLOT_REQUIRED, 0 },
	{ "value", &shape_text, 0, 0, 0 },
};
static const struct shape method = SHAPE_MEMBERS(method_slots);

static const struct slot methods_item = { NULL, &method, 0, 0, 0 };
static const struct shape methods = SHAPE_LIST_OF(methods_item);

static const struct choice identity_field_choices[] = {
	{ "group", 0 },
	{ "name", 0 },
	{ "version", 0 },
	{ "purl", 0 },
	{ "cpe", 0 },
	{ "omniborId", 6 },
	{ "swhid", 6 },
	{ "swid", 6 },
	{ "hash", 0 },
	{ NULL, 0 },
};
static const struct shape identity_field = SHAPE_CHOICES(
    identity_field_choices);

static const struct slot identity_slots[] = {
	{ "field", &identity_field, 0, SLOT_REQUIRED, 0 },
	{ "confidence", &shape_number, 0, 0, 0 },
	{ "concludedValue", &shape_text, 0, 0, 6 },
	{ "methods", &methods, 0, 0, 0 },
	{ "tools", &cdx_references, 0, 0, 0 },
};
static const struct shape identity = SHAPE_MEMBERS(identity_slots);

static const struct slot identities_item = { NULL, &identity, 0, 0, 0 };
static const struct shape identities = SHAPE_LIST_OF(identities_item);

static const struct slot identity_kinds[] = {
	{ NULL, &identities, 0, 0, 0 },
	{ NULL, &identity, 0, 0, 0 },
};
static const struct shape identity_or_list = SHAPE_ONE_OF(identity_kinds);
static const struct slot evidence_slots[] = {
	{ "identity", &identity_or_list, 0, SLOT_JSON, 5 },
	{ "occurrences", &occurrences, 0, 0, 5 },
	{ "callstack", &call_stack, 0, 0, 5 },
	{ "licenses", &cdx_licences, 0, 0, 0 },
	{ "copyright", &copyrights, 0, 0, 0 },
	{ "identity", &shape_any, 0, SLOT_REPEATS | SLOT_XML, 0 },
};
static const struct shape evidence = SHAPE_MEMBERS(evidence_slots);

/* "text/plain": small letters, digits and -+. on both sides */
static bool
good_mime_type(struct cn_slice text)
{
	size_t slash = cn_slice_find(text, '/');

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (i != slash && !(c >= 'a' && c <= 'z') &&
		    !(c >= '0' && c <= '9') && c != '-' && c != '+' && c != '.')
			return false;
	}
	return slash > 0 && slash + 1 < text.len;
}

static const struct shape mime_type = { .kind = SHAPE_TEXT,
	.good = good_mime_type,
	.wanted = "a media type, such as text/plain" };
static const struct choice component_type_choices[] = {
	{ "application", 0 },
	{ "framework", 0 },
	{ "library", 0 },
	{ "container", 0 },
	{ "platform", 5 },
	{ "operating-system", 0 },
	{ "device", 0 },
	{ "device-driver", 5 },
	{ "firmware", 0 },
	{ "file", 0 },
	{ "machine-learning-model", 5 },
	{ "data", 5 },
	{ "cryptographic-asset", 6 },
	{ NULL, 0 },
};
static const struct shape component_type = SHAPE_CHOICES(
    component_type_choices);

static const struct choice scope_choices[] = {
	{ "required", 0 },
	{ "optional", 0 },
	{ "excluded", 0 },
	{ NULL, 0 },
};
static const struct shape scope = SHAPE_CHOICES(scope_choices);

static const struct slot cdx_component_slots[] = {
	{ "type", &component_type, TAG_TYPE, SLOT_REQUIRED, 0 },
	{ "bom-ref", &cdx_reference, TAG_BOM_REF, SLOT_NOT_EMPTY, 0 },
	{ "mime-type", &mime_type, 0, 0, 0 },
	{ "supplier", &cdx_entity, TAG_CREATOR, 0, 0 },
	{ "manufacturer", &cdx_entity, TAG_CREATOR, 0, 6 },
	{ "authors", &cdx_contacts, TAG_CREATOR, 0, 6 },
	{ "author", &shape_text, TAG_CREATOR, 0, 0 },
	{ "publisher", &shape_text, TAG_CREATOR, 0, 0 },
	{ "group", &shape_text, TAG_GROUP, 0, 0 },
	{ "name", &shape_text, TAG_NAME, SLOT_REQUIRED, 0 },
	{ "version", &shape_text, TAG_VERSION, SLOT_EARLY, 0 },
	{ "versionRange", &shape_text, 0, 0, 7 },
	{ "isExternal", &shape_boolean, 0, 0, 7 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "scope", &scope, 0, 0, 0 },
	{ "hashes", &cdx_hashes, TAG_HASHES, 0, 0 },
	{ "licenses", &cdx_licences, TAG_LICENCES, 0, 0 },
	{ "copyright", &shape_text, 0, 0, 0 },
	{ "patentAssertions", &shape_any, 0, 0, 7 },
	{ "cpe", &shape_text, TAG_CPE, 0, 0 },
	{ "purl", &shape_text, TAG_PURL, 0, 0 },
	{ "omniborId", &shape_texts, TAG_CPE, SLOT_REPEATS, 6 },
	{ "swhid", &shape_texts, TAG_CPE, SLOT_REPEATS, 6 },
	{ "swid", &swid, TAG_CPE, 0, 0 },
	{ "modified", &shape_boolean, 0, 0, 0 },
	{ "pedigree", &pedigree, 0, 0, 0 },
	{ "externalReferences", &cdx_external_references, TAG_REFERENCES, 0,
	    0 },
	{ "properties", &cdx_properties, TAG_COMPONENT_PROPERTY, 0, 0 },
	{ "components", &cdx_components, 0, 0, 0 },
	{ "evidence", &evidence, 0, 0, 3 },
	{ "releaseNotes", &cdx_release_notes, 0, 0, 4 },
	{ "modelCard", &cdx_model_card, TAG_MODEL_CARD, 0, 5 },
	{ "data", &cdx_data_list, TAG_DATA_LIST, SLOT_REPEATS, 5 },
	{ "cryptoProperties", &shape_any, 0, 0, 6 },
	{ "tags", &shape_texts, 0, 0, 6 },
	{ "signature", &cdx_signature, 0, 0, 4 },
};
const struct shape cdx_component = SHAPE_MEMBERS(cdx_component_slots);

static const struct slot cdx_components_item = { NULL, &cdx_component,
	TAG_COMPONENT, 0, 0 };
const struct shape cdx_components = SHAPE_LIST_OF(cdx_components_item);

static const struct slot cdx_other_components_item = { NULL, &cdx_component,
	TAG_OTHER_COMPONENT, 0, 0 };
const struct shape cdx_other_components = SHAPE_LIST_OF(
    cdx_other_components_item);

static const struct choice flow_choices[] = {
	{ "inbound", 0 },
	{ "outbound", 0 },
	{ "bi-directional", 0 },
	{ "unknown", 0 },
	{ NULL, 0 },
};
static const struct shape flow = SHAPE_CHOICES(flow_choices);

static const struct slot service_data_slots[] = {
	{ "flow", &flow, 0, SLOT_REQUIRED, 0 },
	{ "classification", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, 0, 0, 5 },
	{ "description", &shape_text, 0, 0, 5 },
	{ "governance", &cdx_governance, 0, 0, 5 },
	{ "source", &shape_texts, 0, 0, 5 },
	{ "destination", &shape_texts, 0, 0, 5 },
};
static const struct shape service_data = SHAPE_MEMBERS(service_data_slots);

static const struct slot service_data_list_item = { NULL, &service_data, 0, 0,
	0 };
static const struct shape service_data_list = SHAPE_LIST_OF(
    service_data_list_item);

static const struct slot cdx_service_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "provider", &cdx_entity, 0, 0, 0 },
	{ "group", &shape_text, 0, 0, 0 },
	{ "name", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "version", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "endpoints", &shape_texts, 0, 0, 0 },
	{ "authenticated", &shape_boolean, 0, 0, 0 },
	{ "x-trust-boundary", &shape_boolean, 0, 0, 0 },
	{ "trustZone", &shape_text, 0, 0, 5 },
	{ "data", &service_data_list, 0, SLOT_JSON, 0 },
	{ "data", &shape_any, 0, SLOT_REPEATS | SLOT_XML, 0 },
	{ "licenses", &cdx_licences, 0, 0, 0 },
	{ "patentAssertions", &shape_any, 0, 0, 7 },
	{ "externalReferences", &cdx_external_references, 0, 0, 0 },
	{ "services", &cdx_services, 0, 0, 0 },
	{ "releaseNotes", &cdx_release_notes, 0, 0, 4 },
	{ "properties", &cdx_properties, 0, 0, 3 },
	{ "tags", &shape_texts, 0, 0, 6 },
	{ "signature", &cdx_signature, 0, 0, 4 },
};
const struct shape cdx_service = SHAPE_MEMBERS(cdx_service_slots);

static const struct slot cdx_services_item = { NULL, &cdx_service, 0, 0, 0 };
const struct shape cdx_services = SHAPE_LIST_OF(cdx_services_item);

static const struct slot old_tool_slots[] = {
	{ "vendor", &shape_text, 0, 0, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "version", &shape_text, 0, 0, 0 },
	{ "hashes", &cdx_hashes, 0, 0, 0 },
	{ "externalReferences", &cdx_external_references, 0, 0, 4 },
};
static const struct shape old_tool = SHAPE_MEMBERS(old_tool_slots);

static const struct slot old_tools_item = { NULL, &old_tool, 0, 0, 0 };
static const struct shape old_tools = SHAPE_LIST_OF(old_tools_item);

static const struct slot new_tools_slots[] = {
	{ "components", &cdx_other_components, 0, 0, 5 },
	{ "services", &cdx_services, 0, 0, 5 },
};
static const struct shape new_tools = SHAPE_MEMBERS(new_tools_slots);

static const struct slot tool_kinds[] = {
	{ NULL, &old_tools, 0, 0, 0 },
	{ NULL, &new_tools, 0, 0, 5 },
};
const struct shape cdx_tools = SHAPE_ONE_OF(tool_kinds);
