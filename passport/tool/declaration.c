/* carnet declaration: the EU declaration of conformity of a passport. */
#include "tool.h"

#include <carnet/paper.h>

#include <string.h>

enum { SIMPLIFIED, LANGUAGE, OUTPUT };

static const struct tool_option options[] = {
	[SIMPLIFIED] = { .name = "simplified",
	    .help = "the simplified declaration of CRA Annex VI" },
	[LANGUAGE] = { .name = "lang",
	    .value = "L",
	    .help = "language of the maker's words; default: en" },
	[OUTPUT] = { .name = "output",
	    .letter = 'o',
	    .value = "OUT",
	    .help = "where to write it: a name in .html, .pdf or .txt" },
};

static const struct tool_example examples[] = {
	{ "declaration sensor.dpp -o declaration.pdf",
	    "one declaration for all acts of the product" },
	{ "declaration sensor.dpp --lang el -o declaration.html",
	    "with the maker's words in Greek, where the passport holds them" },
	{ "declaration sensor.dpp --simplified -o -",
	    "the sentence that goes into the box" },
};

static enum cn_code
render(struct tool *tool, const char *output, const struct cn_paper *paper,
    struct cn_buf *out, struct cn_error *err)
{
	struct cn_slice name = cn_slice_str(output);

	if (cn_slice_ends(name, ".pdf"))
		return cn_paper_pdf(paper, out, err);
	if (cn_slice_ends(name, ".html")) {
		cn_paper_html(paper, out);
	} else if (cn_slice_ends(name, ".txt") || strcmp(output, "-") == 0) {
		cn_paper_text(paper, out);
	} else {
		tool_hint(tool, "End the name in .html, .pdf or .txt.");
		cn_error_at(err, "%s", output);
		return cn_fail(
		    err, CN_USAGE, "the name does not say what to write");
	}
	return cn_buf_code(out, err);
}

static enum cn_code
make(struct tool *tool, const char *output, struct cn_paper **paper,
    struct cn_error *err)
{
	const char *lang = tool_opt(tool, LANGUAGE);
	struct cn_paper_request request = {
		.simplified = tool_has(tool, SIMPLIFIED),
		.lang = cn_slice_str(lang),
	};
	struct cn_passport passport;
	struct cn_record *record;
	enum cn_code code;

	if (lang != NULL && !cn_lang_ok(request.lang))
		return cn_fail(
		    err, CN_USAGE, "--lang: \"%s\" is no language tag", lang);
	if ((code = tool_not_same(tool, output, tool->operands[0], err)) !=
		CN_OK ||
	    (code = tool_read_passport(
		 tool, tool->operands[0], &passport, err)) != CN_OK ||
	    (code = cn_passport_open(&passport, CN_TIERS_PUBLIC, tool->arena,
		 &record, err)) != CN_OK)
		return code;
	request.passport = record;
	return cn_declaration_make(&request, tool->arena, paper, err);
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	const char *output;
	struct cn_paper *paper;
	struct cn_buf out;
	enum cn_code code;

	if ((code = tool_need(tool, OUTPUT, &output, err)) != CN_OK ||
	    (code = make(tool, output, &paper, err)) != CN_OK)
		return code;
	cn_buf_init(&out, CN_MAX_PAPER);
	code = render(tool, output, paper, &out, err);
	if (code == CN_OK)
		code = cn_file_write(output, cn_buf_slice(&out), 0644, err);
	cn_buf_free(&out);
	if (code != CN_OK)
		return code;
	for (const struct cn_block *b = paper->first; b != NULL; b = b->next)
		if (b->kind == CN_BLOCK_MISSING)
			tool_note(tool, "%.*s", CN_FMT(b->text));
	return CN_OK;
}

const struct tool_command tool_declaration = {
	.name = "declaration",
	.summary = "the EU declaration of conformity on paper",
	.synopsis = "X.dpp [--simplified] [--lang L] -o OUT.{html,pdf,txt}",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
