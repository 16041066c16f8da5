/* SPDX 2.2 and 2.3 as JSON. Editions are minor versions. */
#include "spdx2.h"

static bool
good_id(struct cn_slice text)
{
	return cn_slice_starts(text, "SPDXRef-") && text.len > 8;
}

static const struct shape element_id = { .kind = SHAPE_TEXT,
	.good = good_id,
	.wanted = "an identifier that begins with SPDXRef-" };

static const struct choice algorithm_choices[] = {
	{ "SHA1", 0 },
	{ "SHA224", 0 },
	{ "SHA256", 0 },
	{ "SHA384", 0 },
	{ "SHA512", 0 },
	{ "MD2", 0 },
	{ "MD4", 0 },
	{ "MD5", 0 },
	{ "MD6", 0 },
	{ "SHA3-256", 3 },
	{ "SHA3-384", 3 },
	{ "SHA3-512", 3 },
	{ "BLAKE2b-256", 3 },
	{ "BLAKE2b-384", 3 },
	{ "BLAKE2b-512", 3 },
	{ "BLAKE3", 3 },
	{ "ADLER32", 3 },
	{ NULL, 0 },
};
static const struct shape algorithm = SHAPE_CHOICES(algorithm_choices);

static const struct slot checksum_slots[] = {
	{ "algorithm", &algorithm, TAG_CHECKSUM, SLOT_REQUIRED, 0 },
	{ "checksumValue", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape checksum = SHAPE_MEMBERS(checksum_slots);

static const struct slot checksums_item = { NULL, &checksum, 0, 0, 0 };
static const struct shape checksums = SHAPE_LIST_OF(checksums_item);

static const struct choice category_choices[] = {
	{ "SECURITY", 0 },
	{ "PACKAGE-MANAGER", 0 },
	{ "PACKAGE_MANAGER", 0 },
	{ "PERSISTENT-ID", 0 },
	{ "PERSISTENT_ID", 0 },
	{ "OTHER", 0 },
	{ NULL, 0 },
};
static const struct shape category = SHAPE_CHOICES(category_choices);

static const struct slot reference_slots[] = {
	{ "comment", &shape_text, 0, 0, 0 },
	{ "referenceCategory", &category, TAG_REF_CATEGORY, SLOT_REQUIRED, 0 },
	{ "referenceLocator", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "referenceType", &shape_text, TAG_REF_TYPE, SLOT_REQUIRED, 0 },
};
static const struct shape reference = SHAPE_MEMBERS(reference_slots);

static const struct slot references_item = { NULL, &reference, TAG_REFERENCE, 0,
	0 };
static const struct shape references = SHAPE_LIST_OF(references_item);

static const struct choice annotation_type_choices[] = {
	{ "REVIEW", 0 },
	{ "OTHER", 0 },
	{ NULL, 0 },
};
static const struct shape annotation_type = SHAPE_CHOICES(
    annotation_type_choices);

static const struct slot annotation_slots[] = {
	{ "annotationDate", &shape_instant, 0, SLOT_REQUIRED, 0 },
	{ "annotationType", &annotation_type, 0, SLOT_REQUIRED, 0 },
	{ "annotator", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "comment", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape annotation = SHAPE_MEMBERS(annotation_slots);

static const struct slot annotations_item = { NULL, &annotation, 0, 0, 0 };
static const struct shape annotations = SHAPE_LIST_OF(annotations_item);

static const struct slot verification_slots[] = {
	{ "packageVerificationCodeExcludedFiles", &shape_texts, 0, 0, 0 },
	{ "packageVerificationCodeValue", &shape_text, 0, SLOT_REQUIRED, 0 },
};
static const struct shape verification = SHAPE_MEMBERS(verification_slots);

static const struct choice purpose_choices[] = {
	{ "APPLICATION", 0 },
	{ "FRAMEWORK", 0 },
	{ "LIBRARY", 0 },
	{ "CONTAINER", 0 },
	{ "OPERATING-SYSTEM", 0 },
	{ "OPERATING_SYSTEM", 0 },
	{ "DEVICE", 0 },
	{ "FIRMWARE", 0 },
	{ "SOURCE", 0 },
	{ "ARCHIVE", 0 },
	{ "FILE", 0 },
	{ "INSTALL", 0 },
	{ "OTHER", 0 },
	{ NULL, 0 },
};
static const struct shape purpose = SHAPE_CHOICES(purpose_choices);

static const struct slot package_slots[] = {
	{ "name", &shape_text, TAG_NAME, SLOT_REQUIRED, 0 },
	{ "SPDXID", &element_id, TAG_ID, SLOT_REQUIRED, 0 },
	{ "versionInfo", &shape_text, TAG_VERSION, 0, 0 },
	{ "packageFileName", &shape_text, TAG_FILE_NAME, 0, 0 },
	{ "supplier", &shape_text, TAG_CREATOR, 0, 0 },
	{ "originator", &shape_text, TAG_CREATOR, 0, 0 },
	{ "downloadLocation", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "filesAnalyzed", &shape_boolean, 0, 0, 0 },
	{ "packageVerificationCode", &verification, 0, 0, 0 },
	{ "checksums", &checksums, TAG_CHECKSUMS, 0, 0 },
	{ "homepage", &shape_text, 0, 0, 0 },
	{ "sourceInfo", &shape_text, 0, 0, 0 },
	{ "licenseConcluded", &shape_text, TAG_LICENCE, SLOT_EARLY, 0 },
	{ "licenseInfoFromFiles", &shape_texts, 0, 0, 0 },
	{ "licenseDeclared", &shape_text, TAG_LICENCE, SLOT_EARLY, 0 },
	{ "licenseComments", &shape_text, 0, 0, 0 },
	{ "copyrightText", &shape_text, 0, SLOT_EARLY, 0 },
	{ "summary", &shape_text, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
	{ "externalRefs", &references, 0, 0, 0 },
	{ "attributionTexts", &shape_texts, 0, 0, 0 },
	{ "annotations", &annotations, 0, 0, 0 },
	{ "hasFiles", &shape_texts, 0, 0, 0 },
	{ "builtDate", &shape_instant, 0, 0, 3 },
	{ "releaseDate", &shape_instant, 0, 0, 3 },
	{ "validUntilDate", &shape_instant, 0, 0, 3 },
	{ "primaryPackagePurpose", &purpose, 0, 0, 3 },
};
static const struct shape package = SHAPE_MEMBERS(package_slots);

static const struct slot packages_item = { NULL, &package, TAG_PACKAGE, 0, 0 };
static const struct shape packages = SHAPE_LIST_OF(packages_item);

static const struct slot file_slots[] = {
	{ "fileName", &shape_text, TAG_NAME, SLOT_REQUIRED, 0 },
	{ "SPDXID", &element_id, TAG_ID, SLOT_REQUIRED, 0 },
	{ "checksums", &checksums, 0, SLOT_REQUIRED, 0 },
	{ "licenseConcluded", &shape_text, 0, SLOT_EARLY, 0 },
	{ "licenseInfoInFiles", &shape_texts, 0, 0, 0 },
	{ "licenseComments", &shape_text, 0, 0, 0 },
	{ "copyrightText", &shape_text, 0, SLOT_EARLY, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
	{ "noticeText", &shape_text, 0, 0, 0 },
	{ "fileTypes", &shape_texts, 0, 0, 0 },
	{ "fileContributors", &shape_texts, 0, 0, 0 },
	{ "fileDependencies", &shape_texts, 0, 0, 0 },
	{ "attributionTexts", &shape_texts, 0, 0, 0 },
	{ "annotations", &annotations, 0, 0, 0 },
	{ "artifactOfs", &shape_any, 0, 0, 0 },
};
static const struct shape file = SHAPE_MEMBERS(file_slots);

static const struct slot files_item = { NULL, &file, TAG_FILE, 0, 0 };
static const struct shape files = SHAPE_LIST_OF(files_item);

static const struct slot snippet_slots[] = {
	{ "SPDXID", &element_id, TAG_ID, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, TAG_NAME, SLOT_EARLY, 0 },
	{ "ranges", &shape_any, 0, SLOT_REQUIRED, 0 },
	{ "snippetFromFile", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "licenseConcluded", &shape_text, 0, SLOT_EARLY, 0 },
	{ "licenseInfoInSnippets", &shape_texts, 0, 0, 0 },
	{ "licenseComments", &shape_text, 0, 0, 0 },
	{ "copyrightText", &shape_text, 0, SLOT_EARLY, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
	{ "attributionTexts", &shape_texts, 0, 0, 0 },
	{ "annotations", &annotations, 0, 0, 0 },
};
static const struct shape snippet = SHAPE_MEMBERS(snippet_slots);

static const struct slot snippets_item = { NULL, &snippet, TAG_SNIPPET, 0, 0 };
static const struct shape snippets = SHAPE_LIST_OF(snippets_item);

static const struct choice relationship_type_choices[] = {
	{ "CONTAINS", 0 },
	{ "CONTAINED_BY", 0 },
	{ "DEPENDS_ON", 0 },
	{ "DEPENDENCY_OF", 0 },
	{ "DESCRIBES", 0 },
	{ "DESCRIBED_BY", 0 },
	{ "OTHER", 0 },
	{ "GENERATED_FROM", 0 },
	{ "GENERATES", 0 },
	{ "DEPENDENCY_MANIFEST_OF", 0 },
	{ "BUILD_DEPENDENCY_OF", 0 },
	{ "DEV_DEPENDENCY_OF", 0 },
	{ "OPTIONAL_DEPENDENCY_OF", 0 },
	{ "PROVIDED_DEPENDENCY_OF", 0 },
	{ "TEST_DEPENDENCY_OF", 0 },
	{ "RUNTIME_DEPENDENCY_OF", 0 },
	{ "EXAMPLE_OF", 0 },
	{ "ANCESTOR_OF", 0 },
	{ "DESCENDANT_OF", 0 },
	{ "VARIANT_OF", 0 },
	{ "DISTRIBUTION_ARTIFACT", 0 },
	{ "PATCH_FOR", 0 },
	{ "PATCH_APPLIED", 0 },
	{ "COPY_OF", 0 },
	{ "FILE_ADDED", 0 },
	{ "FILE_DELETED", 0 },
	{ "FILE_MODIFIED", 0 },
	{ "EXPANDED_FROM_ARCHIVE", 0 },
	{ "DYNAMIC_LINK", 0 },
	{ "STATIC_LINK", 0 },
	{ "DATA_FILE_OF", 0 },
	{ "TEST_CASE_OF", 0 },
	{ "BUILD_TOOL_OF", 0 },
	{ "DEV_TOOL_OF", 0 },
	{ "TEST_OF", 0 },
	{ "TEST_TOOL_OF", 0 },
	{ "DOCUMENTATION_OF", 0 },
	{ "OPTIONAL_COMPONENT_OF", 0 },
	{ "METAFILE_OF", 0 },
	{ "PACKAGE_OF", 0 },
	{ "AMENDS", 0 },
	{ "PREREQUISITE_FOR", 0 },
	{ "HAS_PREREQUISITE", 0 },
	{ "REQUIREMENT_DESCRIPTION_FOR", 3 },
	{ "SPECIFICATION_FOR", 3 },
	{ NULL, 0 },
};
static const struct shape relationship_type = SHAPE_CHOICES(
    relationship_type_choices);

static const struct slot relationship_slots[] = {
	{ "spdxElementId", &shape_text, TAG_FROM, SLOT_REQUIRED, 0 },
	{ "relatedSpdxElement", &shape_text, TAG_TO, SLOT_REQUIRED, 0 },
	{ "relationshipType", &relationship_type, TAG_RELATION, SLOT_REQUIRED,
	    0 },
	{ "comment", &shape_text, 0, 0, 0 },
};
static const struct shape relationship = SHAPE_MEMBERS(relationship_slots);

static const struct slot relationships_item = { NULL, &relationship,
	TAG_RELATIONSHIP, 0, 0 };
static const struct shape relationships = SHAPE_LIST_OF(relationships_item);

static const struct slot creators_item = { NULL, &shape_text, TAG_CREATOR_NAME,
	0, 0 };
static const struct shape creators = SHAPE_LIST_OF(creators_item);

static const struct slot creators_kinds[] = {
	{ NULL, &creators, TAG_CREATORS, 0, 0 },
	{ NULL, &shape_text, TAG_CREATORS, 0, 0 },
};
static const struct shape creators_or_text = SHAPE_ONE_OF(creators_kinds);
static const struct slot creation_slots[] = {
	{ "created", &shape_instant, TAG_CREATED, SLOT_REQUIRED, 0 },
	{ "creators", &creators_or_text, 0, SLOT_REQUIRED, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
	{ "licenseListVersion", &shape_text, 0, 0, 0 },
};
static const struct shape creation = SHAPE_MEMBERS(creation_slots);

static const struct slot external_document_slots[] = {
	{ "checksum", &checksum, 0, SLOT_REQUIRED, 0 },
	{ "externalDocumentId", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "spdxDocument", &shape_uri, 0, SLOT_REQUIRED, 0 },
};
static const struct shape external_document = SHAPE_MEMBERS(
    external_document_slots);

static const struct slot external_documents_item = { NULL, &external_document,
	0, 0, 0 };
static const struct shape external_documents = SHAPE_LIST_OF(
    external_documents_item);

static const struct slot extracted_licence_slots[] = {
	{ "extractedText", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "licenseId", &shape_text, 0, SLOT_REQUIRED, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
	{ "crossRefs", &shape_any, 0, 0, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "seeAlsos", &shape_texts, 0, 0, 0 },
};
static const struct shape extracted_licence = SHAPE_MEMBERS(
    extracted_licence_slots);

static const struct slot extracted_licences_item = { NULL, &extracted_licence,
	0, 0, 0 };
static const struct shape extracted_licences = SHAPE_LIST_OF(
    extracted_licences_item);

static const struct slot described_item = { NULL, &shape_text,
	TAG_DOCUMENT_DESCRIBES, 0, 0 };
static const struct shape described = SHAPE_LIST_OF(described_item);

static const struct slot spdx2_document_slots[] = {
	{ "spdxVersion", &shape_text, TAG_SPEC, SLOT_REQUIRED, 0 },
	{ "SPDXID", &element_id, 0, SLOT_REQUIRED, 0 },
	{ "$schema", &shape_text, 0, 0, 0 },
	{ "dataLicense", &shape_text, TAG_DATA_LICENCE, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, TAG_DOCUMENT_NAME, SLOT_REQUIRED, 0 },
	{ "documentNamespace", &shape_text, TAG_NAMESPACE, 0, 0 },
	{ "creationInfo", &creation, 0, SLOT_REQUIRED, 0 },
	{ "comment", &shape_text, 0, 0, 0 },
	{ "externalDocumentRefs", &external_documents, 0, 0, 0 },
	{ "hasExtractedLicensingInfos", &extracted_licences, 0, 0, 0 },
	{ "annotations", &annotations, 0, 0, 0 },
	{ "revieweds", &shape_any, 0, 0, 0 },
	{ "documentDescribes", &described, 0, 0, 0 },
	{ "packages", &packages, 0, 0, 0 },
	{ "files", &files, 0, 0, 0 },
	{ "snippets", &snippets, 0, 0, 0 },
	{ "relationships", &relationships, 0, 0, 0 },
};
const struct shape spdx2_document = SHAPE_MEMBERS(spdx2_document_slots);

/* One element, read again. */
static const struct slot spdx2_package_again_slots[] = {
	{ "name", &shape_text, TAG_NAME, 0, 0 },
	{ "versionInfo", &shape_text, TAG_VERSION, 0, 0 },
};
const struct shape spdx2_package_again = SHAPE_OPEN(spdx2_package_again_slots);

static const struct slot spdx2_file_again_slots[] = {
	{ "fileName", &shape_text, TAG_NAME, 0, 0 },
};
const struct shape spdx2_file_again = SHAPE_OPEN(spdx2_file_again_slots);

static const struct slot spdx2_snippet_again_slots[] = {
	{ "name", &shape_text, TAG_NAME, 0, 0 },
};
const struct shape spdx2_snippet_again = SHAPE_OPEN(spdx2_snippet_again_slots);
