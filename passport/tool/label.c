/* carnet label: one label, decoded again before it counts. */
#include "tool.h"

#include <stdlib.h>
#include <string.h>

enum {
	KEY,
	URL,
	OUTPUT,
	DPI,
	MODULE,
	LEVEL,
	TEMPLATE,
	RUN,
	NO_CAPSULE,
	FORCE,
	FORMAT,
	PHRASE
};

static const char *const levels[] = { "L", "M", "Q", NULL };
static const char *const templates[] = { "bare", NULL };

static const struct tool_option options[] = {
	[KEY] = { .name = "key",
	    .value = "K",
	    .help = "private key that signs capsules (PEM)" },
	[URL] = { .name = "url",
	    .value = "URL",
	    .help = "what the label says: a Digital Link of this product" },
	[OUTPUT] = { .name = "output",
	    .letter = 'o',
	    .value = "OUT",
	    .help = "picture to write: .png or .svg (-: a PNG)" },
	[DPI] = { .name = "dpi",
	    .value = "N",
	    .help = "resolution of the printer; default 300" },
	[MODULE] = { .name = "module",
	    .value = "MM",
	    .help = "size of a module; rounded up to whole printer dots" },
	[LEVEL] = { .name = "level",
	    .value = "LEVEL",
	    .choices = levels,
	    .help = "error correction, M by default" },
	[TEMPLATE] = { .name = "template",
	    .value = "T",
	    .choices = templates,
	    .help = "layout of the label" },
	[RUN] = { .name = "run",
	    .value = "ID",
	    .help = "run that the unit belongs to; default: the only one" },
	[NO_CAPSULE] = { .name = "no-capsule",
	    .help = "print the bare link; it proves nothing offline" },
	[FORCE] = { .name = "force",
	    .help = "allow modules below GS1's least size (0.396 mm)" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
	[PHRASE] = TOOL_PASSPHRASE_OPTION,
};

static const struct tool_example examples[] = {
	{ "label sensor.dpp --key keys/line.pem --url "
	  "https://id.maker.example/01/09506000134352/21/SN-0001 -o label.png",
	    "one unit, 300 dpi" },
	{ "label sensor.dpp --key keys/line.pem --url "
	  "https://id.maker.example/01/09506000134352 -o label.svg --level Q",
	    "the model, as a drawing with more error correction" },
};

struct job {
	const char *key, *url, *output;
	struct cn_print print;
	struct cn_printed printed;
	struct tool_key signer;
};

static enum cn_code
read_type(struct tool *tool, struct job *job, struct cn_error *err)
{
	struct cn_slice name = cn_slice_str(job->output);

	/* The picture owns standard output; a stream has no ending. */
	tool->aside = strcmp(job->output, "-") == 0;
	job->print.svg = cn_slice_ends(name, ".svg");
	if (tool->aside || job->print.svg || cn_slice_ends(name, ".png"))
		return CN_OK;
	cn_error_at(err, "%s", job->output);
	if (cn_slice_ends(name, ".pdf") || cn_slice_ends(name, ".zpl"))
		return cn_fail(err, CN_USAGE,
		    "PDF and ZPL come with carnet labels, which this version "
		    "does not have yet; write .png or .svg");
	tool_hint(tool, "The ending of the file says what is written.");
	return cn_fail(err, CN_USAGE, "a label is a .png or .svg file");
}

static enum cn_code
read_size(struct tool *tool, struct job *job, struct cn_error *err)
{
	static const unsigned dpi_range[2] = { 72, 4800 };
	const char *module = tool_opt(tool, MODULE);
	const char *level = tool_opt(tool, LEVEL);
	char *end = NULL;

	job->print.size.dpi = 300;
	job->print.size.force = tool_has(tool, FORCE);
	job->print.ecc = level == NULL || *level == 'M' ? CN_ECC_M
			 : *level == 'L'                ? CN_ECC_L
							: CN_ECC_Q;
	if (module != NULL) {
		double mm = strtod(module, &end);

		/* strtod() also reads hex, "inf" and blanks. */
		if (strspn(module, "0123456789.") != strlen(module) ||
		    end == module || *end != '\0' || mm < 0.05 || mm > 20) {
			cn_error_at(err, "label");
			return cn_fail(err, CN_USAGE,
			    "--module is a size in millimetres such as 0.5, "
			    "not \"%.40s\"",
			    module);
		}
		job->print.size.module = mm;
	}
	return tool_opt_uint(tool, DPI, dpi_range, &job->print.size.dpi, err);
}

static enum cn_code
prepare(struct tool *tool, struct job *job, struct cn_error *err)
{
	struct cn_passport passport;
	enum cn_code code;

	job->print.now = tool->now;
	job->print.run = cn_slice_str(tool_opt(tool, RUN));
	if ((code = tool_need(tool, URL, &job->url, err)) != CN_OK ||
	    (code = tool_need(tool, OUTPUT, &job->output, err)) != CN_OK ||
	    (code = read_type(tool, job, err)) != CN_OK ||
	    (code = read_size(tool, job, err)) != CN_OK)
		return code;
	job->print.url = cn_slice_str(job->url);
	if (!tool_has(tool, NO_CAPSULE)) {
		if ((code = tool_need(tool, KEY, &job->key, err)) != CN_OK ||
		    (code = tool_key_load(tool, job->key, PHRASE, NULL,
			 &job->signer, err)) != CN_OK)
			return code;
		job->print.signer = &job->signer.signer;
	}
	code = tool_read_passport(tool, tool->operands[0], &passport, err);
	if (code == CN_OK)
		job->print.passport = passport.bytes;
	return code;
}

static void
tell_json(struct tool *tool, const struct job *job)
{
	const struct cn_label_plan *plan = &job->printed.plan;
	char number[32];
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "file", job->output);
	cn_jw_kv_slice(&w, "text", cn_buf_slice(&job->printed.text));
	cn_jw_kv_bool(&w, "capsule", job->print.signer != NULL);
	cn_jw_kv_uint(&w, "symbol_version", job->printed.version);
	cn_jw_kv_uint(&w, "dpi", plan->dpi);
	cn_jw_kv_uint(&w, "dots", plan->dots);
	(void)snprintf(number, sizeof(number), "%.4f", plan->module);
	cn_jw_key(&w, "module_mm");
	cn_jw_raw(&w, cn_slice_str(number));
	(void)snprintf(number, sizeof(number), "%.2f", plan->side);
	cn_jw_key(&w, "side_mm");
	cn_jw_raw(&w, cn_slice_str(number));
	cn_jw_object_end(&w);
}

static void
tell(struct tool *tool, const struct job *job)
{
	const struct cn_label_plan *plan = &job->printed.plan;

	tool_paint(tool, TOOL_GOOD, "Printed");
	tool_paint(tool, TOOL_PLAIN, " %s, and read back",
	    tool->aside ? "to standard output" : job->output);
	tool_end(tool);
	tool_row(tool, "url", "%s", job->url);
	tool_row(tool, "capsule", "%s",
	    job->print.signer != NULL
		? "signed; can be verified without a network"
		: "none; the label proves nothing by itself");
	tool_row(tool, "symbol",
	    "QR version %u-%c, %.1f mm a side with its "
	    "border",
	    job->printed.version, "LMQ"[job->print.ecc], plan -> side);
	tool_row(tool, "module", "%.3f mm (%u dots at %u dpi)", plan->module,
	    plan->dots, plan->dpi);
	tool_paint(tool, TOOL_DIM,
	    "  Print at 100 %%: scaling would blur the modules.");
	tool_end(tool);
}

static enum cn_code
build(struct job *job, struct cn_buf *picture, struct cn_error *err)
{
	enum cn_code code = cn_build_label(
	    &job->print, &job->printed, picture, err);

	if (code != CN_OK && err->place[0] == '\0')
		cn_error_at(err, "label");
	return code;
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct job job = { 0 };
	struct cn_buf picture;
	enum cn_code code;

	cn_buf_init(&picture, CN_MAX_IMAGE);
	cn_buf_init(&job.printed.text, 0);
	code = prepare(tool, &job, err);
	if (code == CN_OK)
		code = build(&job, &picture, err);
	if (code == CN_OK)
		code = cn_file_write(
		    job.output, cn_buf_slice(&picture), 0644, err);
	if (code == CN_OK && tool->json)
		tell_json(tool, &job);
	else if (code == CN_OK)
		tell(tool, &job);
	cn_printed_free(&job.printed);
	tool_key_free(&job.signer);
	cn_buf_free(&picture);
	return code;
}

const struct tool_command tool_label = {
	.name = "label",
	.summary = "print one label with its signed capsule",
	.synopsis = "X.dpp --key K --url URL -o OUT.png|OUT.svg [--dpi N] "
		    "[--module MM] [--level L|M|Q] [--template T] [--run ID] "
		    "[--no-capsule] [--force]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
