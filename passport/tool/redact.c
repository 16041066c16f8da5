/* carnet redact: drop sealed sections; the signature stays as it is. */
#include "tool.h"

#include <string.h>

enum { KEEP, OUTPUT };

static const char *const tiers[] = { "public", "legitimate_interest",
	"authority", NULL };

static const struct tool_option options[] = {
	[KEEP] = { .name = "keep",
	    .value = "TIER",
	    .choices = tiers,
	    .many = true,
	    .help = "what may stay; what is public stays always" },
	[OUTPUT] = { .name = "output",
	    .letter = 'o',
	    .value = "Y.dpp",
	    .help = "where to write the copy" },
};

static const struct tool_example examples[] = {
	{ "redact sensor.dpp --keep public -o sensor-public.dpp",
	    "for everybody: no sealed section left" },
	{ "redact sensor.dpp --keep legitimate_interest -o sensor-repair.dpp",
	    "for repairers: what is for authorities only is gone" },
};

/* The choices are in the order of enum cn_tier. */
static enum cn_code
kept(struct tool *tool, unsigned *out, struct cn_error *err)
{
	const char *first;
	enum cn_code code = tool_need(tool, KEEP, &first, err);

	*out = CN_TIERS_PUBLIC;
	for (const struct tool_value *v = tool->values[KEEP]; v != NULL;
	     v = v->next)
		for (unsigned i = 0; tiers[i] != NULL; i++)
			if (strcmp(v->text, tiers[i]) == 0)
				*out |= 1u << i;
	return code;
}

static void
tell(struct tool *tool, const struct cn_passport *passport, unsigned keep,
    const char *output)
{
	tool_paint(tool, TOOL_GOOD, "Written");
	tool_paint(tool, TOOL_PLAIN, " %s", output);
	tool_end(tool);
	tool_row(tool, "product", "%.*s", CN_FMT(passport->sub));
	tool_row_version(tool, passport->version, passport->iat);
	tool_row_digest(tool, "digest", passport->digest);
	for (size_t i = 0; i < passport->held_count; i++)
		tool_row(tool,
		    keep & CN_TIER_BIT(passport->held[i].tier) ? "kept"
							       : "dropped",
		    "section for %s", tiers[passport->held[i].tier]);
	if (passport->held_count == 0)
		tool_row(tool, "sections", "none was there");
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct cn_passport passport;
	const char *output;
	struct cn_buf copy;
	unsigned keep;
	enum cn_code code;

	if ((code = kept(tool, &keep, err)) != CN_OK ||
	    (code = tool_need(tool, OUTPUT, &output, err)) != CN_OK ||
	    (code = tool_not_same(tool, output, tool->operands[0], err)) !=
		CN_OK ||
	    (code = tool_read_passport(
		 tool, tool->operands[0], &passport, err)) != CN_OK)
		return code;
	tool->aside = strcmp(output, "-") == 0;
	cn_buf_init(&copy, CN_MAX_PASSPORT);
	code = cn_passport_redact(&passport, keep, &copy, err);
	if (code == CN_OK)
		code = cn_file_write(output, cn_buf_slice(&copy), 0644, err);
	cn_buf_free(&copy);
	if (code == CN_OK)
		tell(tool, &passport, keep, output);
	return code;
}

const struct tool_command tool_redact = {
	.name = "redact",
	.summary = "drop sealed sections from a passport",
	.synopsis = "X.dpp --keep TIER… -o Y.dpp",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
