/*
 * VEX: what is said about a vulnerability in a product, and what follows for
 * one version of it.
 */
#ifndef CARNET_VEX_H
#define CARNET_VEX_H

#include <carnet/sbom.h>

/* The better first: of several answers the worst counts. */
enum cn_vex_status {
	CN_VEX_NO_STATEMENT,
	CN_VEX_NOT_AFFECTED,
	CN_VEX_FIXED,
	CN_VEX_UNKNOWN,
	CN_VEX_UNDER_INVESTIGATION,
	CN_VEX_AFFECTED,
	CN_VEX_UNSPECIFIED /* stated without a state: counts as affected */
};

/* "not_affected" …; "no_statement". Never NULL. */
CN_API const char *cn_vex_status_name(enum cn_vex_status status);

/* A version or range that a CycloneDX statement is about. */
struct cn_vex_versions {
	struct cn_slice text; /* "2.4", "vers:generic/>=2.9|<=4.1" */
	bool is_range;
	struct cn_slice status; /* affected, unaffected, unknown */
	struct cn_vex_versions *next;
};

struct cn_vex_statement {
	struct cn_slice vulnerability; /* ptr NULL: without id */
	struct cn_slice product; /* ref, @id or product_id */
	struct cn_slice product_name; /* CSAF; ptr NULL: unknown */
	struct cn_slice state; /* as written: "exploitable" */
	enum cn_vex_status status;
	struct cn_slice justification; /* ptr NULL: none */
	const struct cn_texts *aliases; /* of the vulnerability */
	struct cn_vex_versions *versions; /* NULL: of all */
	uint32_t line, column;
	struct cn_vex_statement *next;
};

struct cn_vex_question {
	struct cn_slice vulnerability;
	struct cn_slice product;
	struct cn_slice version; /* ptr NULL: not asked for one */
};

struct cn_vex_answer {
	enum cn_vex_status status; /* never CN_VEX_UNSPECIFIED */
	bool conflict; /* statements disagree */
	bool exploited; /* a catalogue among the files lists it */
	const struct cn_texts *because; /* sentences: what matched, or why
					   nothing did */
};

/*
 * The status that the files give together; files may be VEX of any dialect,
 * SBOMs with VEX inside, and catalogues. Texts live in the arena. CN_MEMORY.
 */
CN_API CN_MUST_USE enum cn_code cn_vex_ask(
    const struct cn_sbom_facts *const *files, size_t count,
    const struct cn_vex_question *question, struct cn_arena *arena,
    struct cn_vex_answer *out, struct cn_error *err);

/* Does the catalogue list the vulnerability? */
CN_API bool cn_kev_lists(
    const struct cn_sbom_facts *catalogue, struct cn_slice id);

/* Is the version in a range such as "vers:semver/>=2.0|<2.8"? A range that
 * cannot be read holds nothing; *bad (may be NULL) tells. */
CN_API bool cn_vers_holds(
    struct cn_slice range, struct cn_slice version, bool *bad);

/* Order of two versions by the rules of a scheme ("semver", "deb", "rpm",
 * "maven", "pypi", …; others: "generic"): negative, 0, positive. */
CN_API int cn_version_cmp(
    struct cn_slice scheme, struct cn_slice a, struct cn_slice b);

#endif
