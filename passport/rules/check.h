/*
 * A check is a pure function over one input; what it finds goes into the
 * report. Private to rules/.
 */
#ifndef CARNET_RULES_CHECK_H
#define CARNET_RULES_CHECK_H

#include <carnet/check.h>

struct check;

/* What one check is given. */
struct judge {
	const struct cn_check_input *in;
	const struct check *check;
	struct cn_report *report;
};

struct check {
	const char *id;
	enum cn_level level;
	const char *cite;
	void (*run)(const struct judge *judge);
};

/* A finding of the running check at a value that was read from product.json,
 * or, where it is absent, at the file as a whole. */
void judge_at(const struct judge *judge, const struct cn_value *value,
    const char *fmt, ...) CN_PRINTF(3, 4);
/* The same at a member of product.json: "files", "issuer". */
void judge_member(const struct judge *judge, const char *member,
    const char *fmt, ...) CN_PRINTF(3, 4);

/* Does the CRA apply in full, as far as the verdict says? */
bool judge_cra(const struct judge *judge);

/* check_identity.c */
/* Is it the passport of a model, which must say everything? */
bool judge_whole(const struct judge *judge);
void check_required(const struct judge *judge);
void check_issuer(const struct judge *judge);
void check_subject(const struct judge *judge);
void check_gtin(const struct judge *judge);
/* check_class.c */
void check_cra_class(const struct judge *judge);
void check_ai_status(const struct judge *judge);
/* check_route.c */
void check_module(const struct judge *judge);
void check_bodies(const struct judge *judge);
void check_certificates(const struct judge *judge);
void check_ce_number(const struct judge *judge);
void check_facts_stated(const struct judge *judge);
/* check_declaration.c */
void check_declaration_items(const struct judge *judge);
void check_declaration_acts(const struct judge *judge);
void check_act_references(const struct judge *judge);
void check_art15_claim(const struct judge *judge);
/* check_period.c */
void check_support_least(const struct judge *judge);
void check_support_rationale(const struct judge *judge);
void check_update_period(const struct judge *judge);
/* check_support.c */
void check_run_ids(const struct judge *judge);
void check_run_dates(const struct judge *judge);
void check_run_shortened(const struct judge *judge);
void check_recall_ranges(const struct judge *judge);
void check_update_dates(const struct judge *judge);
/* check_sbom.c */
void check_sbom_named(const struct judge *judge);
void check_sbom_digest(const struct judge *judge);
void check_sbom_format(const struct judge *judge);
void check_sbom_dependencies(const struct judge *judge);

void check_sbom_product(const struct judge *judge);
void check_sbom_versions(const struct judge *judge);
void check_sbom_elements(const struct judge *judge);
/* check_ai.c */
void check_ai_models(const struct judge *judge);
void check_ai_absent(const struct judge *judge);
void check_ai_accuracy(const struct judge *judge);
/* check_vex.c */
void check_exploitable(const struct judge *judge);
void check_investigated(const struct judge *judge);
void check_exploited_clock(const struct judge *judge);
void check_vex_about(const struct judge *judge);

/* A finding at a place in an SBOM or VEX file. */
void judge_file(const struct judge *judge, const struct cn_sbom_facts *file,
    const struct cn_found *found, const char *fmt, ...) CN_PRINTF(4, 5);

/* waive.c: takes waived findings out of the count, names expired waivers. */
void waive(const struct cn_check_input *in, struct cn_report *report);

#endif
