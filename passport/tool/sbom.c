/* carnet sbom: the facts of an SBOM or VEX file. */
#include "tool.h"

#include <carnet/sbom.h>

enum { ALL_DIGESTS, FORMAT };

static const struct tool_option options[] = {
	[ALL_DIGESTS] = { .name = "all-digests",
	    .help = "also SHA-512, and SHA-256 of the canonical form" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "sbom sbom.cdx.json", "format, product, components, models" },
	{ "sbom openvex.json --format json",
	    "the facts of a VEX file, for machines" },
};

/* What is zero, absent or empty says nothing worth a line. */
static bool
says_nothing(const struct cn_json *json)
{
	switch (json->type) {
	case CN_JSON_NULL:
	case CN_JSON_FALSE:
		return true;
	case CN_JSON_NUMBER:
		return cn_slice_is(json->text, "0");
	case CN_JSON_STRING:
		return json->text.len == 0;
	default:
		return json->count == 0;
	}
}

/* A scalar as text; of an object or list, its members in one line. */
static void
put_inline(struct cn_buf *out, const struct cn_json *json)
{
	const char *comma = "";

	if (json->type == CN_JSON_TRUE)
		cn_buf_str(out, "yes");
	if (json->type == CN_JSON_NUMBER || json->type == CN_JSON_STRING)
		cn_buf_put(out, json->text);
	for (const struct cn_json *c = json->first; c != NULL; c = c->next) {
		if (says_nothing(c))
			continue;
		cn_buf_str(out, comma);
		comma = ", ";
		if (json->type == CN_JSON_OBJECT)
			cn_buf_printf(out, "%.*s ", CN_FMT(c->key));
		put_inline(out, c);
	}
}

/* The same document as --format json, a line for each member. */
static enum cn_code
tell(struct tool *tool, struct cn_slice document, struct cn_error *err)
{
	struct cn_json *facts;
	struct cn_buf line;
	enum cn_code code = cn_json_parse(
	    tool->arena, document, NULL, &facts, err);

	if (code != CN_OK)
		return code;
	cn_buf_init(&line, TOOL_MAX_OUTPUT);
	for (const struct cn_json *c = facts->first; c != NULL; c = c->next) {
		if (says_nothing(c))
			continue;
		cn_buf_reset(&line);
		put_inline(&line, c);
		tool_paint(tool, TOOL_DIM, "%-30.*s", CN_FMT(c->key));
		tool_paint(
		    tool, TOOL_PLAIN, " %.*s", CN_FMT(cn_buf_slice(&line)));
		tool_end(tool);
	}
	code = cn_buf_code(&line, err);
	cn_buf_free(&line);
	return code;
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct cn_sbom_request request = { .path = tool->operands[0],
		.all_digests = tool_has(tool, ALL_DIGESTS) };
	struct cn_sbom_facts facts;
	struct cn_report report;
	struct cn_buf document;
	struct cn_jw w;
	enum cn_code code;

	cn_report_init(&report, tool->arena);
	request.report = &report;
	code = cn_sbom_facts_read(&request, tool->arena, &facts, err);
	if (code != CN_OK)
		return code;
	cn_buf_init(&document, TOOL_MAX_OUTPUT);
	cn_jw_init(&w, tool->json ? &tool->out : &document, true);
	cn_sbom_facts_json(&facts, &w);
	if (!tool->json) {
		code = tell(tool, cn_buf_slice(&document), err);
		tool_findings(tool, &report);
	}
	cn_buf_free(&document);
	return code;
}

const struct tool_command tool_sbom = {
	.name = "sbom",
	.summary = "the facts of an SBOM or VEX file",
	.synopsis = "FILE [--all-digests] [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
