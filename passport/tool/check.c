/* carnet check: the gate for every commit. */
#include "tool.h"

#include <string.h>

enum { SBOM, VEX, KEV, AT, FORMAT };

static const char *const formats[] = { "text", "json", "sarif", NULL };

static const struct tool_option options[] = {
	[SBOM] = TOOL_SBOM_OPTION,
	[VEX] = TOOL_VEX_OPTION,
	[KEV] = TOOL_KEV_OPTION,
	[AT] = { .name = "at",
	    .value = "DATE",
	    .help = "day for which to check (YYYY-MM-DD); default: today" },
	[FORMAT] = { .name = "format",
	    .value = "FORMAT",
	    .choices = formats,
	    .help = "how to print the findings" },
};

static const struct tool_example examples[] = {
	{ "check product.json", "every finding with file, line and pointer" },
	{ "check product.json --at 2027-12-11",
	    "as if it were the first day on which the CRA applies in full" },
	{ "check product.json --format sarif > carnet.sarif",
	    "for code hosts and editors that show SARIF" },
};

static void
tell_json(struct tool *tool, const struct cn_built *built)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	if (built->verdict != NULL)
		cn_verdict_write_json(built->verdict, &w);
	cn_jw_key(&w, "findings");
	tool_findings_json(&w, &built->report);
	cn_jw_object_end(&w);
}

static void
tell(struct tool *tool, const char *file, const struct cn_report *report)
{
	tool_findings(tool, report);
	if (report->count[CN_FAULT] > 0)
		return;
	tool_paint(tool, TOOL_GOOD, "Good");
	tool_paint(tool, TOOL_PLAIN, ": %s has no errors", file);
	if (report->count[CN_WARNING] == 0)
		tool_paint(tool, TOOL_PLAIN, " and no warnings");
	tool_end(tool);
}

static void
put_report(struct tool *tool, const char *file, const struct cn_built *built)
{
	const struct cn_report *report = &built->report;
	const char *format = tool_opt(tool, FORMAT);

	if (tool->json)
		tell_json(tool, built);
	else if (format != NULL && strcmp(format, "sarif") == 0)
		cn_report_sarif(report, &tool->out);
	else
		tell(tool, file, report);
}

static enum cn_code
judge(const char *file, const struct cn_report *report, struct cn_error *err)
{
	size_t faults = report->count[CN_FAULT];

	cn_error_clear(err);
	if (faults == 0)
		return CN_OK;
	cn_error_at(err, "%s", file);
	return cn_fail(
	    err, CN_FINDINGS, "%zu error%s", faults, faults == 1 ? "" : "s");
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct cn_build build = { .descriptor = tool->operands[0],
		.sbom = tool_opt(tool, SBOM),
		.kev = tool_opt(tool, KEV),
		.now = tool->now };
	struct cn_built built;
	struct cn_buf none;
	enum cn_code code;

	build.vex = tool_opt_list(tool, VEX, &build.vex_count);
	code = tool_opt_day(tool, AT, &build.at, err);
	if (code != CN_OK)
		return code;
	cn_buf_init(&none, 0);
	code = cn_build_passport(&build, tool->arena, &built, &none, err);
	cn_buf_free(&none);
	/* What cannot be read at all is a finding as well, with its place. */
	if (code == CN_OK || code == CN_FINDINGS || built.report.first != NULL)
		put_report(tool, build.descriptor, &built);
	if (code != CN_OK && code != CN_FINDINGS)
		return code;
	return judge(build.descriptor, &built.report, err);
}

const struct tool_command tool_check = {
	.name = "check",
	.summary = "look for errors in product.json and its SBOM",
	.synopsis = "product.json [--sbom F] [--vex F] [--kev F] [--at DATE] "
		    "[--format text|json|sarif]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
