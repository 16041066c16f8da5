/*
 * What an SBOM or a VEX file says, whatever its dialect: CycloneDX 1.2 to 1.7
 * (JSON, XML), SPDX 2.2 and 2.3 (JSON, tag-value), SPDX 3.0 (JSON-LD), OpenVEX,
 * CSAF 2.0 and 2.1, the catalogue of known exploited vulnerabilities. Told by
 * content, never by name. Files stream through: memory does not grow with
 * their size, except for what is asked of them.
 */
#ifndef CARNET_SBOM_H
#define CARNET_SBOM_H

#include <carnet/report.h>

/* ---- the summary: what a passport says (F56, F56b) ------------------------- */

struct cn_sbom {
	struct cn_slice format; /* "CycloneDX" or "SPDX" */
	struct cn_slice spec_version; /* "1.6" */
	struct cn_slice product; /* name of what it describes; may be
					   empty */
	struct cn_slice product_version;
	size_t components;
	size_t dependencies; /* of the product itself, top level */
	uint64_t bytes;
	uint8_t sha256[32]; /* over the raw bytes */
};

/* An SBOM of any dialect; a file that is none (VEX, CSAF, a catalogue) is
 * CN_UNSUPPORTED. Texts live in the arena. CN_MALFORMED with line and column,
 * and the errors of reading a file (directories, FIFOs and devices are
 * CN_FILE). out is empty after a failure. */
CN_API CN_MUST_USE enum cn_code cn_sbom_read(const char *path,
    struct cn_arena *arena, struct cn_sbom *out, struct cn_error *err);

/* ---- facts ------------------------------------------------------------------ */

enum cn_sbom_kind {
	CN_SBOM_CYCLONEDX,
	CN_SBOM_SPDX2,
	CN_SBOM_SPDX3,
	CN_SBOM_OPENVEX,
	CN_SBOM_CSAF,
	CN_SBOM_CSAF_PROVIDER, /* provider-metadata.json */
	CN_SBOM_KEV /* catalogue of known exploited vulnerabilities */
};

/* Texts in order. */
struct cn_texts {
	struct cn_slice text;
	const struct cn_texts *next;
};

/* How often each of some names occurs, in bytewise order of the names. */
struct cn_tally {
	struct cn_slice name;
	size_t count;
	const struct cn_tally *next;
};

/* Something found in a file, with its place. */
struct cn_found {
	struct cn_slice kind; /* "machine-learning-model", "package", … */
	struct cn_slice id; /* bom-ref, SPDXID, spdxId; may be empty */
	struct cn_slice name; /* ptr NULL where there is none */
	struct cn_slice version; /* ptr NULL where there is none */
	uint32_t line, column;
	struct cn_slice pointer; /* RFC 6901; empty for tag-value */
	const struct cn_found *next;
};

/* In the order of the file. All are counted, the first CN_SBOM_LISTED kept. */
#define CN_SBOM_LISTED 1000

struct cn_found_list {
	const struct cn_found *first;
	struct cn_found *last;
	size_t count;
};

/* Members of a component; ptr NULL where there is none. */
struct cn_cyclonedx_product {
	struct cn_slice type, group, name, version, purl, bom_ref;
};

struct cn_cyclonedx {
	bool has_product;
	struct cn_cyclonedx_product product; /* metadata.component */
	size_t components_top_level, components_nested_in_metadata;
	const struct cn_tally *components_by_type;
	size_t components_with_purl, components_with_version;
	size_t components_with_hash, components_with_licence;
	size_t ml_models, model_cards, data_components;
	size_t datasets, dataset_inline, dataset_refs;
	size_t services, dependency_entries, dependency_edges;
	size_t vulnerabilities, vulnerability_ids;
	const struct cn_tally *vulnerabilities_by_state;
	const struct cn_tally *vulnerabilities_by_status;
	const struct cn_texts *lifecycles;
	const struct cn_tally *compositions;
	size_t formulas, standards, attestations, claims, evidence, citations;
	const struct cn_tally *external_reference_types;
	/* cdx:lifecycle:milestone:… of the product: milestone, date, … */
	const struct cn_texts *lifecycle_milestones;
	bool is_signed;
};

struct cn_spdx2 {
	struct cn_slice name, data_licence;
	bool creators_listed; /* else creators holds one text, or nothing */
	const struct cn_texts *creators;
	size_t packages, files, snippets, relationships;
	size_t packages_with_purl, packages_with_version;
	size_t packages_with_checksum;
	const struct cn_tally *security_refs;
};

struct cn_spdx3 {
	struct cn_slice name;
	const struct cn_tally *profiles; /* for the names */
	size_t packages, files, snippets, relationships;
	const struct cn_tally *relationship_types;
	size_t ml_models, datasets;
	const struct cn_tally *ai_safety_risk;
	size_t trained_on, tested_on, vulnerabilities;
	const struct cn_tally *vulnerabilities_by_status;
	size_t elements;
	const struct cn_tally *elements_by_type;
};

struct cn_openvex {
	struct cn_slice author;
	size_t statements;
	const struct cn_tally *statements_by_status;
	size_t vulnerabilities, products, pairs;
	const struct cn_tally *pairs_by_status;
};

struct cn_csaf {
	struct cn_slice status, category, title, publisher, tlp;
	size_t products, vulnerabilities;
	const struct cn_texts *vulnerability_ids; /* ptr NULL: without id */
	const struct cn_tally *product_status_counts;
	size_t pairs;
	const struct cn_tally *pairs_by_status;
	size_t recommended, status_conflicts;
	size_t exploit_status_threats, first_known_exploitation_dates;
};

struct cn_csaf_provider {
	struct cn_slice role, publisher;
	const struct cn_texts *feeds, *directories;
};

struct cn_kev {
	struct cn_slice catalog_version;
	size_t count;
	const struct cn_slice *ids; /* "CVE-2024-3094" …, sorted, each once */
	size_t id_count;
};

/* How many components say what guidelines ask for (BSI TR-03183-2, the minimum
 * elements of CISA), and whether the document does. SPDX: packages. */
struct cn_sbom_elements {
	size_t of; /* components looked at */
	size_t creator, name, version, licence, unique_id;
	size_t sha512, any_hash, filename, executable, archive, structured;
	size_t in_dependencies; /* CycloneDX: that have an entry; 0 where
				   no findings are asked for */
	bool author, timestamp, tool, context;
};

struct cn_vex_statement; /* <carnet/vex.h> */

struct cn_sbom_facts {
	struct cn_slice file; /* its name, as in the request */
	enum cn_sbom_kind kind;
	struct cn_sbom sbom; /* format also of what is no SBOM */
	struct cn_slice encoding; /* json, json-ld, xml, tag-value */
	struct cn_slice charset; /* empty: UTF-8 */
	struct cn_slice id, timestamp; /* ptr NULL where there is none */
	struct cn_slice doc_version;
	bool doc_version_is_number;
	union {
		struct cn_cyclonedx cyclonedx;
		struct cn_spdx2 spdx2;
		struct cn_spdx3 spdx3;
		struct cn_openvex openvex;
		struct cn_csaf csaf;
		struct cn_csaf_provider provider;
		struct cn_kev kev;
	} of;
	struct cn_sbom_elements elements;
	struct cn_found_list describes; /* SPDX */
	struct cn_found_list models, datasets;
	struct cn_found_list unversioned; /* components without version */
	struct cn_vex_statement *statements; /* in order */
	size_t statement_count;
	bool has_sha512, has_jcs;
	uint8_t sha512[64];
	uint8_t jcs_sha256[32]; /* over the RFC 8785 form */
};

struct cn_sbom_request {
	const char *path; /* "-": standard input */
	struct cn_slice name; /* in findings; empty: path */
	bool all_digests; /* SHA-512 and, for JSON, that of the RFC 8785
			     form; needs memory as large as the file */
	struct cn_report *report; /* takes findings; may be NULL */
};

/*
 * Reads a file of any kind. Findings say what does not fit the dialect's rules
 * although facts could be read; "cyclonedx.value" and the like, with line,
 * column and pointer. Errors and ownership as with cn_sbom_read(); CN_MEMORY
 * when the arena is full.
 */
CN_API CN_MUST_USE enum cn_code cn_sbom_facts_read(
    const struct cn_sbom_request *request, struct cn_arena *arena,
    struct cn_sbom_facts *out, struct cn_error *err);

/* One object: the facts, then bytes, sha256 and the digests that were asked
 * for (carnet-sbom(1)). */
CN_API void cn_sbom_facts_json(
    const struct cn_sbom_facts *facts, struct cn_jw *w);

/*
 * Appends the RFC 8785 canonical form of a JSON text. CN_MALFORMED with the
 * place where it is no I-JSON (duplicate members, lone surrogates, numbers
 * beyond a double). What was appended is undefined after a failure.
 */
CN_API CN_MUST_USE enum cn_code cn_json_canonical(
    struct cn_slice json, struct cn_buf *out, struct cn_error *err);

#endif
