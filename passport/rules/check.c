#include "check.h"

#include <stdarg.h>
#include <stdio.h>

/*
 * The table of checks, in the order in which they report. A new check is a row
 * here and a function.
 */
static const struct check checks[] = {
	{ "fields.missing", CN_FAULT, "CRA Annex II, Annex V; AIA Annex V",
	    check_required },
	{ "identity.issuer", CN_FAULT, "RFC 8392 3.1.1", check_issuer },
	{ "identity.subject", CN_FAULT, "CRA 13(15); ESPR Annex III(b)",
	    check_subject },
	{ "identity.gtin", CN_FAULT, "GS1 Digital Link URI Syntax 1.7",
	    check_gtin },
	{ "class.cra", CN_FAULT, "CRA 7-8; Impl. Reg. (EU) 2025/2392",
	    check_cra_class },
	{ "class.ai", CN_FAULT, "AIA 6", check_ai_status },
	{ "class.facts", CN_WARNING, "CRA 7, 31; AIA 6", check_facts_stated },
	{ "route.module", CN_FAULT, "CRA 32", check_module },
	{ "route.bodies", CN_FAULT, "CRA 32; AIA 43", check_bodies },
	{ "route.certificates", CN_FAULT, "CRA 27, 32; AIA 44",
	    check_certificates },
	{ "route.ce-number", CN_FAULT, "CRA 30(4)", check_ce_number },
	{ "declaration.items", CN_FAULT, "CRA Annex V; AIA Annex V",
	    check_declaration_items },
	{ "declaration.acts", CN_FAULT, "CRA 28(3); AIA 47(3)",
	    check_declaration_acts },
	{ "declaration.references", CN_WARNING, "CRA 28(3)",
	    check_act_references },
	{ "declaration.art15", CN_FAULT, "CRA 12(1)(c); AIA 42(3)",
	    check_art15_claim },
	{ "support.least", CN_FAULT, "CRA 13(8)", check_support_least },
	{ "support.rationale", CN_WARNING, "CRA 13(8)",
	    check_support_rationale },
	{ "support.updates", CN_FAULT, "CRA 13(9)", check_update_period },
	{ "support.run-id", CN_FAULT, "CRA 13(8)", check_run_ids },
	{ "support.run-dates", CN_FAULT, "CRA 13(8), 13(19)", check_run_dates },
	{ "support.shortened", CN_FAULT, "CRA 13(8)", check_run_shortened },
	{ "support.update-dates", CN_FAULT, "CRA 13(9)", check_update_dates },
	{ "markets.recall-range", CN_FAULT, "GPSR 36", check_recall_ranges },
	{ "sbom.named", CN_FAULT, "CRA Annex I.II(1)", check_sbom_named },
	{ "sbom.digest", CN_FAULT, "CRA Annex VII.8", check_sbom_digest },
	{ "sbom.format", CN_FAULT, "CRA Annex I.II(1)", check_sbom_format },
	{ "sbom.dependencies", CN_WARNING, "CRA Annex I.II(1)",
	    check_sbom_dependencies },
	{ "sbom.product", CN_WARNING, "CRA Annex I.II(1)", check_sbom_product },
	{ "sbom.versions", CN_WARNING, "CRA Annex I.II(1)",
	    check_sbom_versions },
	{ "sbom.elements", CN_NOTE, "BSI TR-03183-2; CISA minimum elements",
	    check_sbom_elements },
	{ "ai.models", CN_FAULT, "AIA 11, Annex IV.2; CRA Annex I.II(1)",
	    check_ai_models },
	{ "ai.absent", CN_WARNING, "AIA 11, Annex IV.2", check_ai_absent },
	{ "ai.accuracy", CN_FAULT, "AIA 15(3), 13(3)(b)(ii)",
	    check_ai_accuracy },
	{ "vulnerability.exploitable", CN_FAULT, "CRA Annex I.I(2)(a)",
	    check_exploitable },
	{ "vulnerability.investigated", CN_WARNING, "CRA Annex I.II(2), 13(7)",
	    check_investigated },
	{ "vulnerability.exploited", CN_WARNING, "CRA 14(1)",
	    check_exploited_clock },
	{ "vex.about", CN_WARNING, "CRA Annex I.II(4)", check_vex_about },
};

void
judge_at(const struct judge *judge, const struct cn_value *value,
    const char *fmt, ...)
{
	struct cn_place place = { judge->in->descriptor->file,
		value == NULL ? NULL : value->source, false };
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	cn_report_add(judge->report, judge->check->level, judge->check->id,
	    judge->check->cite, place, "%s", text);
}

void
judge_member(
    const struct judge *judge, const char *member, const char *fmt, ...)
{
	const struct cn_json *root = judge->in->descriptor->json;
	struct cn_place place = { judge->in->descriptor->file,
		cn_json_get(root, member), true };
	char text[1024];
	va_list ap;

	if (place.value == NULL)
		place.value = root;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	cn_report_add(judge->report, judge->check->level, judge->check->id,
	    judge->check->cite, place, "%s", text);
}

void
judge_file(const struct judge *judge, const struct cn_sbom_facts *file,
    const struct cn_found *found, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	cn_report_add_at(judge->report, judge->check->level, judge->check->id,
	    judge->check->cite, file->file, found == NULL ? 1 : found->line,
	    found == NULL ? 1 : found->column,
	    found == NULL ? CN_SLICE_NONE : found->pointer, text);
}

bool
judge_cra(const struct judge *judge)
{
	const struct cn_conclusion *c;

	if (judge->in->verdict == NULL)
		return false;
	c = &judge->in->verdict->of[CN_V_CRA_APPLIES];
	return c->reached && c->number == 0; /* full */
}

enum cn_code
cn_check(const struct cn_check_input *input, struct cn_report *report,
    struct cn_error *err)
{
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		struct judge judge = { input, &checks[i], report };

		checks[i].run(&judge);
	}
	waive(input, report);
	if (report->code != CN_OK)
		return cn_fail(err, report->code, "no memory for findings");
	return CN_OK;
}
