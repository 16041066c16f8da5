/*
 * The facts as JSON. One table a dialect says which members come, in which
 * order and from where.
 */
#include "facts.h"

#include <stddef.h>

enum fact_kind {
	FACT_TEXT, /* struct cn_slice; null where there is none */
	FACT_COUNT, /* size_t */
	FACT_FLAG, /* bool */
	FACT_TALLY, /* const struct cn_tally *: an object of counters */
	FACT_NAMES, /* const struct cn_tally *: a list of its names */
	FACT_TEXTS, /* const struct cn_texts * */
	FACT_PAIRS, /* const struct cn_texts *: name, value, name, … */
	FACT_ZERO, /* what the dialect cannot say */
	FACT_OWN /* written by write_own() */
};

struct fact {
	const char *name;
	enum fact_kind kind;
	size_t at; /* offset in struct cn_sbom_facts, or enum own_fact */
};

#define AT(member) offsetof(struct cn_sbom_facts, member)
#define CDX(name, kind)                            \
	{                                          \
#name, kind, AT(of.cyclonedx.name) \
	}
#define SPDX2(name, kind)                      \
	{                                      \
#name, kind, AT(of.spdx2.name) \
	}
#define SPDX3(name, kind)                      \
	{                                      \
#name, kind, AT(of.spdx3.name) \
	}
#define OPENVEX(name, kind)                      \
	{                                        \
#name, kind, AT(of.openvex.name) \
	}
#define CSAF(name, kind)                      \
	{                                     \
#name, kind, AT(of.csaf.name) \
	}
#define FORMAT                                       \
	{                                            \
		"format", FACT_TEXT, AT(sbom.format) \
	}
#define SPEC                                                     \
	{                                                        \
		"spec_version", FACT_TEXT, AT(sbom.spec_version) \
	}
#define ID                              \
	{                               \
		"id", FACT_TEXT, AT(id) \
	}
#define TIMESTAMP                                     \
	{                                             \
		"timestamp", FACT_TEXT, AT(timestamp) \
	}
#define DOC_VERSION                                      \
	{                                                \
		"doc_version", FACT_OWN, OWN_DOC_VERSION \
	}
#define END                        \
	{                          \
		NULL, FACT_ZERO, 0 \
	}

static const struct fact cyclonedx[] = {
	FORMAT,
	SPEC,
	ID,
	DOC_VERSION,
	TIMESTAMP,
	{ "product", FACT_OWN, OWN_PRODUCT },
	{ "components", FACT_COUNT, AT(sbom.components) },
	CDX(components_top_level, FACT_COUNT),
	CDX(components_nested_in_metadata, FACT_COUNT),
	CDX(components_by_type, FACT_TALLY),
	CDX(components_with_purl, FACT_COUNT),
	CDX(components_with_version, FACT_COUNT),
	CDX(components_with_hash, FACT_COUNT),
	CDX(components_with_licence, FACT_COUNT),
	CDX(ml_models, FACT_COUNT),
	CDX(model_cards, FACT_COUNT),
	CDX(data_components, FACT_COUNT),
	CDX(datasets, FACT_COUNT),
	CDX(dataset_inline, FACT_COUNT),
	CDX(dataset_refs, FACT_COUNT),
	CDX(services, FACT_COUNT),
	CDX(dependency_entries, FACT_COUNT),
	CDX(dependency_edges, FACT_COUNT),
	CDX(vulnerabilities, FACT_COUNT),
	CDX(vulnerability_ids, FACT_COUNT),
	CDX(vulnerabilities_by_state, FACT_TALLY),
	CDX(vulnerabilities_by_status, FACT_TALLY),
	CDX(lifecycles, FACT_TEXTS),
	CDX(compositions, FACT_TALLY),
	CDX(formulas, FACT_COUNT),
	CDX(standards, FACT_COUNT),
	CDX(attestations, FACT_COUNT),
	CDX(claims, FACT_COUNT),
	CDX(evidence, FACT_COUNT),
	CDX(citations, FACT_COUNT),
	CDX(external_reference_types, FACT_TALLY),
	CDX(lifecycle_milestones, FACT_PAIRS),
	{ "signed", FACT_FLAG, AT(of.cyclonedx.is_signed) },
	{ "vex_pairs", FACT_OWN, OWN_CDX_PAIRS },
	{ "vex_pairs_count", FACT_COUNT, AT(statement_count) },
	END,
};

static const struct fact spdx2[] = {
	FORMAT,
	SPEC,
	ID,
	SPDX2(name, FACT_TEXT),
	TIMESTAMP,
	{ "creators", FACT_OWN, OWN_CREATORS },
	SPDX2(data_licence, FACT_TEXT),
	{ "describes", FACT_OWN, OWN_DESCRIBES_2 },
	SPDX2(packages, FACT_COUNT),
	SPDX2(files, FACT_COUNT),
	SPDX2(snippets, FACT_COUNT),
	SPDX2(relationships, FACT_COUNT),
	SPDX2(packages_with_purl, FACT_COUNT),
	SPDX2(packages_with_version, FACT_COUNT),
	SPDX2(packages_with_checksum, FACT_COUNT),
	SPDX2(security_refs, FACT_TALLY),
	{ "ml_models", FACT_ZERO, 0 },
	{ "datasets", FACT_ZERO, 0 },
	{ "vulnerabilities", FACT_ZERO, 0 },
	END,
};

static const struct fact spdx3[] = {
	FORMAT,
	SPEC,
	ID,
	SPDX3(name, FACT_TEXT),
	SPDX3(profiles, FACT_NAMES),
	TIMESTAMP,
	{ "describes", FACT_OWN, OWN_DESCRIBES_3 },
	SPDX3(packages, FACT_COUNT),
	SPDX3(files, FACT_COUNT),
	SPDX3(snippets, FACT_COUNT),
	SPDX3(relationships, FACT_COUNT),
	SPDX3(relationship_types, FACT_TALLY),
	SPDX3(ml_models, FACT_COUNT),
	SPDX3(datasets, FACT_COUNT),
	SPDX3(ai_safety_risk, FACT_TALLY),
	SPDX3(trained_on, FACT_COUNT),
	SPDX3(tested_on, FACT_COUNT),
	SPDX3(vulnerabilities, FACT_COUNT),
	SPDX3(vulnerabilities_by_status, FACT_TALLY),
	SPDX3(elements, FACT_COUNT),
	SPDX3(elements_by_type, FACT_TALLY),
	END,
};

static const struct fact openvex[] = {
	FORMAT,
	SPEC,
	ID,
	DOC_VERSION,
	TIMESTAMP,
	OPENVEX(author, FACT_TEXT),
	OPENVEX(statements, FACT_COUNT),
	OPENVEX(statements_by_status, FACT_TALLY),
	OPENVEX(vulnerabilities, FACT_COUNT),
	OPENVEX(products, FACT_COUNT),
	OPENVEX(pairs, FACT_COUNT),
	OPENVEX(pairs_by_status, FACT_TALLY),
	{ "vex_pairs", FACT_OWN, OWN_OPENVEX_PAIRS },
	END,
};

static const struct fact csaf[] = {
	FORMAT,
	SPEC,
	ID,
	DOC_VERSION,
	CSAF(status, FACT_TEXT),
	CSAF(category, FACT_TEXT),
	CSAF(title, FACT_TEXT),
	CSAF(publisher, FACT_TEXT),
	CSAF(tlp, FACT_TEXT),
	TIMESTAMP,
	CSAF(products, FACT_COUNT),
	CSAF(vulnerabilities, FACT_COUNT),
	CSAF(vulnerability_ids, FACT_TEXTS),
	CSAF(product_status_counts, FACT_TALLY),
	CSAF(pairs, FACT_COUNT),
	CSAF(pairs_by_status, FACT_TALLY),
	CSAF(recommended, FACT_COUNT),
	CSAF(status_conflicts, FACT_COUNT),
	CSAF(exploit_status_threats, FACT_COUNT),
	CSAF(first_known_exploitation_dates, FACT_COUNT),
	{ "vex_pairs", FACT_OWN, OWN_CSAF_PAIRS },
	END,
};

static const struct fact provider[] = {
	FORMAT,
	SPEC,
	ID,
	{ "role", FACT_TEXT, AT(of.provider.role) },
	{ "publisher", FACT_TEXT, AT(of.provider.publisher) },
	TIMESTAMP,
	{ "feeds", FACT_TEXTS, AT(of.provider.feeds) },
	{ "directories", FACT_TEXTS, AT(of.provider.directories) },
	END,
};

static const struct fact kev[] = {
	FORMAT,
	{ "catalog_version", FACT_TEXT, AT(of.kev.catalog_version) },
	{ "count", FACT_COUNT, AT(of.kev.count) },
	END,
};

static const struct fact *const tables[] = {
	[CN_SBOM_CYCLONEDX] = cyclonedx,
	[CN_SBOM_SPDX2] = spdx2,
	[CN_SBOM_SPDX3] = spdx3,
	[CN_SBOM_OPENVEX] = openvex,
	[CN_SBOM_CSAF] = csaf,
	[CN_SBOM_CSAF_PROVIDER] = provider,
	[CN_SBOM_KEV] = kev,
};

/* ---- values ------------------------------------------------------------------ */

void
fact_text(struct cn_jw *w, struct cn_slice text)
{
	if (text.ptr == NULL)
		cn_jw_null(w);
	else
		cn_jw_slice(w, text);
}

static void
tally(struct cn_jw *w, const struct cn_tally *t)
{
	cn_jw_object(w);
	for (; t != NULL; t = t->next) {
		cn_jw_key_slice(w, t->name);
		cn_jw_uint(w, t->count);
	}
	cn_jw_object_end(w);
}

static void
names(struct cn_jw *w, const struct cn_tally *t)
{
	cn_jw_array(w);
	for (; t != NULL; t = t->next)
		cn_jw_slice(w, t->name);
	cn_jw_array_end(w);
}

static void
texts(struct cn_jw *w, const struct cn_texts *t)
{
	cn_jw_array(w);
	for (; t != NULL; t = t->next)
		fact_text(w, t->text);
	cn_jw_array_end(w);
}

static void
pairs(struct cn_jw *w, const struct cn_texts *t)
{
	cn_jw_object(w);
	for (; t != NULL && t->next != NULL; t = t->next->next) {
		cn_jw_key_slice(w, t->text);
		fact_text(w, t->next->text);
	}
	cn_jw_object_end(w);
}

static void
fact_value(
    struct cn_jw *w, const struct cn_sbom_facts *facts, const struct fact *fact)
{
	const void *at = (const char *)facts +
			 (fact->kind == FACT_OWN ? 0 : fact->at);

	switch (fact->kind) {
	case FACT_TEXT:
		fact_text(w, *(const struct cn_slice *)at);
		break;
	case FACT_COUNT:
		cn_jw_uint(w, *(const size_t *)at);
		break;
	case FACT_FLAG:
		cn_jw_bool(w, *(const bool *)at);
		break;
	case FACT_TALLY:
		tally(w, *(const struct cn_tally *const *)at);
		break;
	case FACT_NAMES:
		names(w, *(const struct cn_tally *const *)at);
		break;
	case FACT_TEXTS:
		texts(w, *(const struct cn_texts *const *)at);
		break;
	case FACT_PAIRS:
		pairs(w, *(const struct cn_texts *const *)at);
		break;
	case FACT_ZERO:
		cn_jw_uint(w, 0);
		break;
	case FACT_OWN:
		fact_own(w, facts, (enum own_fact)fact->at);
		break;
	}
}

static void
digests(struct cn_jw *w, const struct cn_sbom_facts *facts)
{
	cn_jw_kv_uint(w, "bytes", facts->sbom.bytes);
	cn_jw_key(w, "sha256");
	cn_jw_hex(w, cn_slice_of(facts->sbom.sha256, 32));
	if (facts->has_sha512) {
		cn_jw_key(w, "sha512");
		cn_jw_hex(w, cn_slice_of(facts->sha512, 64));
	}
	if (facts->has_jcs) {
		cn_jw_key(w, "jcs_sha256");
		cn_jw_hex(w, cn_slice_of(facts->jcs_sha256, 32));
	}
}

void
cn_sbom_facts_json(const struct cn_sbom_facts *facts, struct cn_jw *w)
{
	const struct fact *fact = tables[facts->kind];

	cn_jw_object(w);
	for (; fact->name != NULL; fact++) {
		cn_jw_key(w, fact->name);
		fact_value(w, facts, fact);
	}
	if (facts->kind != CN_SBOM_KEV)
		cn_jw_kv_slice(w, "encoding", facts->encoding);
	if (facts->charset.len > 0)
		cn_jw_kv_slice(w, "charset", facts->charset);
	digests(w, facts);
	cn_jw_object_end(w);
}
