/* carnet verify: is it genuine, is it current, does the label fit? */
#include "tool.h"

enum { TRUST, KNOWN, OFFLINE, MIRROR, SUPPORT, FORMAT };

static const struct tool_option options[] = {
	[TRUST] = { .name = "trust",
	    .value = "T",
	    .help = "trust list: whom to believe, and for what" },
	[KNOWN] = { .name = "known",
	    .value = "STATE",
	    .help = "file that remembers versions, so that going back shows" },
	[OFFLINE] = { .name = "offline", .help = "do not touch the network" },
	[MIRROR] = { .name = "mirror",
	    .value = "URL",
	    .help = "fetch from here instead of the printed host" },
	[SUPPORT] = { .name = "require-support",
	    .help = "fail (5) where security support has ended" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "verify sensor.dpp --trust trust.json", "a passport in a file" },
	{ "verify label.png --trust trust.json --offline",
	    "the picture of a label, without a network" },
	{ "verify label.png --trust trust.json --known seen.json",
	    "a label and the passport it leads to; remembers the version" },
	{ "verify https://id.maker.example/01/09506000134352 --trust "
	  "trust.json",
	    "the passport behind an address" },
};

struct job {
	struct cn_inspect how;
	struct cn_trust *trust;
	struct cn_known *known;
	struct cn_inspection found;
};

static enum cn_code
prepare(struct tool *tool, struct job *job, struct cn_error *err)
{
	const char *known = tool_opt(tool, KNOWN);
	const char *trust;
	enum cn_code code;

	job->how.now = tool->now;
	job->how.offline = tool_has(tool, OFFLINE);
	job->how.require_support = tool_has(tool, SUPPORT);
	job->how.mirror = tool_opt(tool, MIRROR);
	code = tool_need(tool, TRUST, &trust, err);
	if (code != CN_OK)
		return code;
	if (job->how.offline && job->how.mirror != NULL) {
		cn_error_at(err, "verify");
		return cn_fail(
		    err, CN_USAGE, "--offline and --mirror exclude each other");
	}
	if (job->how.mirror != NULL &&
	    !cn_net_allowed(cn_slice_str(job->how.mirror))) {
		cn_error_at(err, "%s", job->how.mirror);
		return cn_fail(err, CN_USAGE,
		    "a mirror is reached by https only, or by http on this "
		    "machine");
	}
	code = cn_trust_load(trust, &job->trust, err);
	if (code == CN_OK && known != NULL)
		code = cn_known_load(known, &job->known, err);
	job->how.trust = job->trust;
	job->how.known = job->known;
	return code;
}

static enum cn_code
inspect_file(
    struct tool *tool, struct job *job, const char *what, struct cn_error *err)
{
	struct cn_slice bytes, text;
	enum cn_code code;

	code = tool_read(tool, what, CN_MAX_IMAGE, &bytes, err);
	if (code != CN_OK)
		return code;
	switch (tool_tell(bytes, &text)) {
	case TOOL_PASSPORT:
		return cn_inspect_passport(
		    &job->how, bytes, what, tool->arena, &job->found, err);
	case TOOL_PICTURE:
		code = tool_read_label(tool, bytes, &text, err);
		break;
	case TOOL_TEXT:
		break;
	case TOOL_CAPSULE:
		tool_hint(tool, "Give the text of the symbol: the URL, #, and "
				"the digits.");
		code = cn_fail(err, CN_MALFORMED,
		    "a bare capsule cannot be verified: it is bound to the "
		    "URL on its label");
		break;
	case TOOL_NOTHING:
		code = cn_fail(err, CN_MALFORMED, "%s",
		    bytes.len == 0 ? "the file is empty"
				   : "this is neither a passport, a picture "
				     "nor the text of a label");
		break;
	}
	if (code == CN_OK)
		code = cn_inspect_text(
		    &job->how, text, tool->arena, &job->found, err);
	if (code != CN_OK)
		cn_error_at(err, "%s", what);
	return code;
}

/* A state that was wrong to write: it would bless what was just refused. */
static enum cn_code
remember(struct tool *tool, const struct job *job, struct cn_error *err)
{
	enum cn_code code = job->found.code;

	if (job->known == NULL || job->found.passport == NULL ||
	    !job->found.genuine || code == CN_ROLLED_BACK ||
	    code == CN_CONFLICT || code == CN_INCONSISTENT)
		return CN_OK;
	return cn_known_save(job->known, tool_opt(tool, KNOWN), err);
}

static enum cn_code
tell_json(struct tool *tool, const struct job *job, const char *what,
    struct cn_error *err)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_inspection_json(&job->found, &w);
	if (job->found.code == CN_OK)
		return CN_OK;
	cn_error_at(err, "%.100s", what);
	return cn_fail(
	    err, job->found.code, "%.*s", CN_FMT(job->found.message));
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	const char *what = tool->operands[0];
	struct job job = { 0 };
	enum cn_code code;

	code = prepare(tool, &job, err);
	if (code == CN_OK && tool_is_url(what))
		code = cn_inspect_text(
		    &job.how, cn_slice_str(what), tool->arena, &job.found, err);
	else if (code == CN_OK)
		code = inspect_file(tool, &job, what, err);
	if (code == CN_OK)
		code = remember(tool, &job, err);
	if (code == CN_OK)
		code = tool->json ? tell_json(tool, &job, what, err)
				  : tool_judgement(tool, what, &job.found, err);
	cn_known_free(job.known);
	cn_trust_free(job.trust);
	return code;
}

const struct tool_command tool_verify = {
	.name = "verify",
	.summary = "is it genuine and current?",
	.synopsis = "WHAT --trust T [--known STATE] [--offline] "
		    "[--mirror URL] [--require-support] [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
