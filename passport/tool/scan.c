/* carnet scan: every QR symbol in pictures, and what its capsule is worth. */
#include "tool.h"

#include <carnet/symbol.h>

#include <inttypes.h>

enum { TRUST, FORMAT };

static const struct tool_option options[] = {
	[TRUST] = { .name = "trust",
	    .value = "T",
	    .help = "trust list: judge the capsules too" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "scan label.png", "the text of every symbol in the picture" },
	{ "scan pallet-*.jpg --trust trust.json --format json",
	    "photographs, each label judged without a network" },
};

struct job {
	const char *file;
	struct cn_inspect how;
	struct cn_trust *trust;
	struct cn_jw w;
	struct cn_error first; /* of all pictures and symbols */
};

/* The first failure decides the exit status; later ones are told at once. */
static void
note_failure(struct tool *tool, struct job *job, const struct cn_error *why)
{
	if (job->first.code == CN_OK)
		job->first = *why;
	else
		tool_fail(tool, why);
}

/* A capsule without a trust list: what it says, not whether it is true. */
static bool
take_apart(struct tool *tool, struct cn_slice digits, struct cn_capsule *out)
{
	struct cn_slice bytes;
	struct cn_buf buf;
	bool good;

	cn_buf_init(&buf, CN_MAX_CAPSULE);
	good = cn_base10_decode(digits, &buf, NULL) == CN_OK;
	bytes = cn_arena_copy(tool->arena, cn_buf_slice(&buf));
	cn_buf_free(&buf);
	return good && bytes.ptr != NULL &&
	       cn_capsule_parse(bytes, out, NULL) == CN_OK;
}

static void
tell_unjudged(struct tool *tool, struct job *job, struct cn_slice digits)
{
	struct cn_capsule capsule;
	char month[8];

	if (!take_apart(tool, digits, &capsule)) {
		if (tool->json)
			cn_jw_kv_null(&job->w, "capsule");
		else
			tool_row(tool, "capsule", "cannot be read");
		return;
	}
	cn_support_print(capsule.support_end, month);
	if (!tool->json) {
		tool_row(tool, "capsule",
		    "for version %" PRIu64 "; not verified (give --trust T)",
		    capsule.version);
		tool_row_support(tool, cn_slice_str(month));
		return;
	}
	cn_jw_key(&job->w, "capsule");
	cn_jw_object(&job->w);
	cn_jw_kv_null(&job->w, "genuine");
	cn_jw_kv_uint(&job->w, "version", capsule.version);
	cn_jw_key(&job->w, "passport_digest");
	cn_jw_hex(&job->w, cn_slice_of(capsule.passport, CN_DIGEST));
	cn_jw_kv_str(&job->w, "support_end", month);
	cn_jw_object_end(&job->w);
}

static void
tell_judged(struct tool *tool, struct job *job, struct cn_slice text)
{
	struct cn_inspection found;
	struct cn_error why = { 0 };
	enum cn_code code;

	code = cn_inspect_text(&job->how, text, tool->arena, &found, &why);
	if (code != CN_OK) {
		if (tool->json)
			cn_jw_kv_null(&job->w, "capsule");
		else
			tool_row(tool, "capsule", "%s", why.text);
		cn_error_at(&why, "%.100s", job->file);
		note_failure(tool, job, &why);
		return;
	}
	if (tool->json) {
		cn_jw_key(&job->w, "verdict");
		cn_inspection_json(&found, &job->w);
		if (found.code == CN_OK)
			return;
		cn_error_at(&why, "%.100s", job->file);
		(void)cn_fail(&why, found.code, "%.*s", CN_FMT(found.message));
	} else {
		(void)tool_judgement(tool, job->file, &found, &why);
	}
	if (found.code != CN_OK)
		note_failure(tool, job, &why);
}

static void
put_symbol(struct tool *tool, struct job *job, const struct cn_scanned *symbol)
{
	if (!tool->json) {
		tool_paint(tool, TOOL_BOLD, "%s", job->file);
		tool_paint(tool, TOOL_DIM, "  at %d,%d", symbol->x, symbol->y);
		tool_end(tool);
		return;
	}
	cn_jw_object(&job->w);
	cn_jw_kv_str(&job->w, "file", job->file);
	cn_jw_kv_slice(&job->w, "text", symbol->text);
	cn_jw_key(&job->w, "x");
	cn_jw_int(&job->w, symbol->x);
	cn_jw_key(&job->w, "y");
	cn_jw_int(&job->w, symbol->y);
}

static void
tell_symbol(struct tool *tool, struct job *job, const struct cn_scanned *symbol)
{
	struct cn_slice url, digits;
	bool label = cn_qrtext_split(symbol->text, &url, &digits, NULL) ==
			 CN_OK &&
		     digits.len > 0;

	put_symbol(tool, job, symbol);
	if (!tool->json && !label)
		tool_row(tool, "text", "%.*s", CN_FMT(symbol->text));
	else if (!tool->json && job->trust == NULL)
		tool_row(tool, "label", "%.*s", CN_FMT(url));
	if (label && job->trust != NULL)
		tell_judged(tool, job, symbol->text);
	else if (label)
		tell_unjudged(tool, job, digits);
	else if (tool->json)
		cn_jw_kv_null(&job->w, "capsule");
	else
		tool_row(tool, "capsule", "none");
	if (tool->json)
		cn_jw_object_end(&job->w);
}

static enum cn_code
scan_picture(struct tool *tool, struct job *job, struct cn_error *err)
{
	struct cn_picture picture = { 0 };
	struct cn_scanned *found = NULL;
	struct cn_slice bytes;
	enum cn_code code;

	code = tool_read(tool, job->file, CN_MAX_IMAGE, &bytes, err);
	if (code != CN_OK)
		return code;
	code = cn_picture_load(bytes, &picture, err);
	if (code == CN_OK)
		code = cn_picture_scan(&picture, tool->arena, &found, err);
	cn_picture_free(&picture);
	if (code != CN_OK)
		cn_error_at(err, "%s", job->file);
	for (; code == CN_OK && found != NULL; found = found->next)
		tell_symbol(tool, job, found);
	return code;
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	const char *trust = tool_opt(tool, TRUST);
	struct job job = { 0 };
	enum cn_code code = CN_OK;

	if (trust != NULL)
		code = cn_trust_load(trust, &job.trust, err);
	if (code != CN_OK)
		return code;
	job.how = (struct cn_inspect){
		.trust = job.trust, .now = tool->now, .offline = true
	};
	cn_jw_init(&job.w, &tool->out, true);
	if (tool->json)
		cn_jw_array(&job.w);
	for (size_t i = 0; i < tool->operand_count; i++) {
		struct cn_error why = { 0 };

		job.file = tool->operands[i];
		if (scan_picture(tool, &job, &why) != CN_OK)
			note_failure(tool, &job, &why);
	}
	if (tool->json)
		cn_jw_array_end(&job.w);
	cn_trust_free(job.trust);
	*err = job.first;
	return job.first.code;
}

const struct tool_command tool_scan = {
	.name = "scan",
	.summary = "read every QR symbol in pictures",
	.synopsis = "IMAGE… [--trust T] [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 10000,
	.run = run,
};
