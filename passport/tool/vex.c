/* carnet vex: the status of one vulnerability for one product, and why. */
#include "tool.h"

#include <carnet/vex.h>

#define MOST_FILES 1000

enum { VULN, PRODUCT, VERSION, EXPLAIN, FORMAT };

static const struct tool_option options[] = {
	[VULN] = { .name = "vuln",
	    .value = "ID",
	    .help = "the vulnerability, such as CVE-2024-3094" },
	[PRODUCT] = { .name = "product",
	    .value = "P",
	    .help = "the product: a reference, purl or id of the files" },
	[VERSION] = { .name = "version",
	    .value = "V",
	    .help = "the version of the product" },
	[EXPLAIN] = { .name = "explain",
	    .help = "say which statements matched, or why none did" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "vex --vuln CVE-2026-0001 --product pkg:generic/tls@3.6.2 vex.json",
	    "what the file says" },
	{ "vex --vuln CVE-2026-0001 --product tls --version 3.6.2 "
	  "sbom.cdx.json "
	  "kev.json --explain",
	    "several files together, with the reasons" },
};

static enum cn_code
read_files(
    struct tool *tool, const struct cn_sbom_facts **files, struct cn_error *err)
{
	for (size_t i = 0; i < tool->operand_count; i++) {
		struct cn_sbom_request request = { .path = tool->operands[i] };
		struct cn_sbom_facts *facts = cn_arena_alloc(
		    tool->arena, 1, sizeof(*facts));
		enum cn_code code;

		if (facts == NULL)
			return cn_fail(err, CN_MEMORY, "memory ran out");
		code = cn_sbom_facts_read(&request, tool->arena, facts, err);
		if (code != CN_OK)
			return code;
		files[i] = facts;
	}
	return CN_OK;
}

static void
tell_json(struct tool *tool, const struct cn_vex_answer *answer)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "status", cn_vex_status_name(answer->status));
	cn_jw_kv_bool(&w, "conflict", answer->conflict);
	cn_jw_kv_bool(&w, "exploited", answer->exploited);
	cn_jw_key(&w, "because");
	cn_jw_array(&w);
	for (const struct cn_texts *t = answer->because; t != NULL; t = t->next)
		cn_jw_slice(&w, t->text);
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
}

static void
tell(struct tool *tool, const struct cn_vex_answer *answer)
{
	bool calm = answer->status == CN_VEX_NOT_AFFECTED ||
		    answer->status == CN_VEX_FIXED;

	tool_paint(tool,
	    calm                                ? TOOL_GOOD
	    : answer->status == CN_VEX_AFFECTED ? TOOL_BAD
						: TOOL_WARN,
	    "%s", cn_vex_status_name(answer->status));
	tool_end(tool);
	if (answer->conflict)
		tool_row(
		    tool, "conflict", "statements disagree; the worst counts");
	if (answer->exploited)
		tool_row(tool, "exploited", "known to be exploited");
	if (!tool_has(tool, EXPLAIN) && answer->status != CN_VEX_NO_STATEMENT)
		return;
	for (const struct cn_texts *t = answer->because; t != NULL; t = t->next)
		tool_row(tool, "because", "%.*s", CN_FMT(t->text));
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	const struct cn_sbom_facts **files = cn_arena_alloc(
	    tool->arena, tool->operand_count, sizeof(const void *));
	struct cn_vex_question question;
	struct cn_vex_answer answer;
	const char *vuln, *product;
	enum cn_code code;

	if (files == NULL)
		return cn_fail(err, CN_MEMORY, "memory ran out");
	if ((code = tool_need(tool, VULN, &vuln, err)) != CN_OK ||
	    (code = tool_need(tool, PRODUCT, &product, err)) != CN_OK ||
	    (code = read_files(tool, files, err)) != CN_OK)
		return code;
	question.vulnerability = cn_slice_str(vuln);
	question.product = cn_slice_str(product);
	question.version = cn_slice_str(tool_opt(tool, VERSION));
	code = cn_vex_ask(
	    files, tool->operand_count, &question, tool->arena, &answer, err);
	if (code != CN_OK)
		return code;
	if (tool->json)
		tell_json(tool, &answer);
	else
		tell(tool, &answer);
	return CN_OK;
}

const struct tool_command tool_vex = {
	.name = "vex",
	.summary = "the status of a vulnerability, and why",
	.synopsis = "FILE… --vuln ID --product P [--version V] [--explain] "
		    "[--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = MOST_FILES,
	.run = run,
};
