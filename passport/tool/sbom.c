/* carnet sbom: the facts of an SBOM. */
#include "tool.h"

#include <carnet/sbom.h>

#include <inttypes.h>

enum { FORMAT };

static const struct tool_option options[] = {
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "sbom sbom.cdx.json", "format, product, number of components" },
	{ "sbom sbom.spdx.json --format json", "the same for machines" },
};

static void
tell_json(struct tool *tool, const struct cn_sbom *sbom)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_jw_kv_slice(&w, "format", sbom->format);
	cn_jw_kv_slice(&w, "spec_version", sbom->spec_version);
	cn_jw_kv_uint(&w, "components", sbom->components);
	cn_jw_kv_uint(&w, "bytes", sbom->bytes);
	cn_jw_key(&w, "sha256");
	cn_jw_hex(&w, cn_slice_of(sbom->sha256, sizeof(sbom->sha256)));
	cn_jw_object_end(&w);
}

static void
tell(struct tool *tool, const struct cn_sbom *sbom)
{
	tool_paint(tool, TOOL_BOLD, "%.*s %.*s", CN_FMT(sbom->format),
	    CN_FMT(sbom->spec_version));
	tool_end(tool);
	tool_row(tool, "product", "%.*s %.*s",
	    CN_FMT(
		sbom->product.len > 0 ? sbom->product : CN_SLICE("not named")),
	    CN_FMT(sbom->product_version));
	tool_row(tool, "components", "%zu", sbom->components);
	tool_row(tool, "depends on", "%zu directly", sbom->dependencies);
	tool_row(tool, "bytes", "%" PRIu64, sbom->bytes);
	tool_row_digest(tool, "sha256", sbom->sha256);
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct cn_sbom sbom;
	enum cn_code code;

	code = cn_sbom_read(tool->operands[0], tool->arena, &sbom, err);
	if (code != CN_OK)
		return code;
	if (tool->json)
		tell_json(tool, &sbom);
	else
		tell(tool, &sbom);
	return CN_OK;
}

const struct tool_command tool_sbom = {
	.name = "sbom",
	.summary = "the facts of an SBOM",
	.synopsis = "FILE [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
