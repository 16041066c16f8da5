/* carnet schema: the field table. */
#include "tool.h"

#include <string.h>

enum { FORMAT };

static const char *const formats[] = { "json-schema", "cddl", "markdown",
	NULL };

static const struct tool_option options[] = {
	[FORMAT] = { .name = "format",
	    .value = "FORMAT",
	    .choices = formats,
	    .help = "what to print" },
};

static const struct tool_example examples[] = {
	{ "schema --format json-schema > product.schema.json",
	    "lets an editor complete and check product.json" },
	{ "schema --format cddl", "the bytes of a passport, for programmers" },
	{ "schema --format markdown", "a reference of all fields, for people" },
};

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	const char *format;
	enum cn_code code = tool_need(tool, FORMAT, &format, err);

	if (code != CN_OK)
		return code;
	if (strcmp(format, "json-schema") == 0)
		cn_schema_json(&tool->out);
	else if (strcmp(format, "cddl") == 0)
		cn_schema_cddl(&tool->out);
	else
		cn_schema_markdown(&tool->out);
	return CN_OK;
}

const struct tool_command tool_schema = {
	.name = "schema",
	.summary = "print the field table",
	.synopsis = "--format json-schema|cddl|markdown",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
