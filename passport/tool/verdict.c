/* carnet verdict: only the engine, facts in, verdict out. */
#include "tool.h"

enum { AT, EXPLAIN, FORMAT };

static const struct tool_option options[] = {
	[AT] = { .name = "at",
	    .value = "DATE",
	    .help = "day of placing, where the facts state none" },
	[EXPLAIN] = { .name = "explain",
	    .help = "the decision as an argument, with what would change it" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "verdict product.json", "what follows from conformity.assessment" },
	{ "verdict facts.json --explain",
	    "why, by which articles, and what would change it" },
	{ "verdict facts.json --at 2027-12-11 --format json",
	    "for a unit placed on that day" },
};

/* Findings of the reader: a fact that was not understood must not be taken
 * for one that was not stated. */
static enum cn_code
understood(
    struct tool *tool, const struct cn_report *report, struct cn_error *err)
{
	if (report->count[CN_FAULT] == 0)
		return CN_OK;
	if (!tool->json)
		tool_findings(tool, report);
	cn_error_at(err, "%s", tool->operands[0]);
	return cn_fail(err, CN_MALFORMED,
	    "%zu of the facts cannot be read: %.*s", report->count[CN_FAULT],
	    CN_FMT(report->first->message));
}

static enum cn_code
read_facts(struct tool *tool, struct cn_record **facts, struct cn_error *err)
{
	const char *path = tool->operands[0];
	struct cn_report report;
	struct cn_buf text;
	enum cn_code code;

	cn_report_init(&report, tool->arena);
	cn_buf_init(&text, CN_MAX_DESCRIPTOR);
	code = cn_file_read(path, &text, err);
	if (code == CN_OK) {
		code = cn_facts_read(tool->arena, cn_slice_str(path),
		    cn_buf_slice(&text), facts, &report, err);
		if (code != CN_OK)
			cn_error_at(err, "%s", path);
	}
	cn_buf_free(&text);
	return code == CN_OK ? understood(tool, &report, err) : code;
}

static void
tell_json(struct tool *tool, const struct cn_verdict *verdict)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_verdict_write_json(verdict, &w);
	cn_jw_object_end(&w);
}

static void
tell(struct tool *tool, const struct cn_verdict *verdict)
{
	struct cn_buf value;

	cn_buf_init(&value, 4096);
	for (int i = 0; i < CN_V_COUNT; i++) {
		enum cn_verdict_key key = (enum cn_verdict_key)i;

		if (!verdict->of[i].reached)
			continue;
		cn_buf_reset(&value);
		cn_verdict_value_text(verdict, key, &value);
		tool_paint(tool, TOOL_PLAIN, "%-34s", cn_verdict_name(key));
		tool_paint(tool,
		    verdict->of[i].undetermined ? TOOL_WARN : TOOL_BOLD, "%.*s",
		    CN_FMT(cn_buf_slice(&value)));
		tool_end(tool);
	}
	cn_buf_free(&value);
	tool_paint(tool, TOOL_DIM,
	    "law as of %s; --explain says why and what would change it",
	    cn_law_as_of);
	tool_end(tool);
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	bool dated = tool_has(tool, AT);
	struct cn_verdict *verdict;
	struct cn_record *facts;
	enum cn_code code;
	cn_day at;

	if ((code = tool_opt_day(tool, AT, &at, err)) != CN_OK ||
	    (code = read_facts(tool, &facts, err)) != CN_OK ||
	    (code = cn_verdict_reach(facts, dated ? &at : NULL, tool->arena,
		 &verdict, err)) != CN_OK)
		return code;
	if (tool->json)
		tell_json(tool, verdict);
	else if (tool_has(tool, EXPLAIN))
		return cn_verdict_explain(
		    verdict, facts, tool->arena, &tool->out, err);
	else
		tell(tool, verdict);
	return CN_OK;
}

const struct tool_command tool_verdict = {
	.name = "verdict",
	.summary = "what follows from the facts, and why",
	.synopsis = "facts.json [--at DATE] [--explain] [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
