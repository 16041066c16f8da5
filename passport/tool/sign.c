/* carnet sign: check, build, seal, sign, verify own output. */
#include "tool.h"

#include <inttypes.h>
#include <string.h>

enum { KEY, AFTER, SBOM, VEX, KEV, AT, OUTPUT, ALG, FORCE, FORMAT, PHRASE };

static const char *const algorithms[] = { "ESP256", "Ed25519", "ES256", NULL };

static const struct tool_option options[] = {
	[KEY] = { .name = "key",
	    .value = "K",
	    .help = "private key that signs passports (PEM)" },
	[AFTER] = { .name = "after",
	    .value = "OLD.dpp",
	    .help = "the version before; without it this is version 1" },
	[SBOM] = TOOL_SBOM_OPTION,
	[VEX] = TOOL_VEX_OPTION,
	[KEV] = TOOL_KEV_OPTION,
	[AT] = { .name = "at",
	    .value = "DATE",
	    .help = "day for which to check (YYYY-MM-DD); default: today" },
	[OUTPUT] = { .name = "output",
	    .letter = 'o',
	    .value = "NEW.dpp",
	    .help = "where to write the passport" },
	[ALG] = { .name = "alg",
	    .value = "ALG",
	    .choices = algorithms,
	    .help = "signature algorithm; ES256 is for older tools" },
	[FORCE] = { .name = "force-findings",
	    .help = "sign in spite of errors; the passport will say so" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
	[PHRASE] = TOOL_PASSPHRASE_OPTION,
};

static const struct tool_example examples[] = {
	{ "sign product.json --key keys/maker.pem -o sensor.dpp",
	    "the first version" },
	{ "sign product.json --key keys/maker.pem --after sensor.dpp -o "
	  "sensor-2.dpp",
	    "the version after it; every printed label will show it" },
	{ "sign product.json --key k.pem --passphrase-fd 3 -o l.dpp 3< phrase",
	    "with an encrypted key, in a script" },
};

struct job {
	const char *key, *output;
	struct cn_build build;
	struct cn_built built;
	struct tool_key signer;
};

static enum cn_code
prepare(struct tool *tool, struct job *job, struct cn_error *err)
{
	struct cn_build *build = &job->build;
	enum cn_code code;

	build->descriptor = tool->operands[0];
	build->sbom = tool_opt(tool, SBOM);
	build->vex = tool_opt_list(tool, VEX, &build->vex_count);
	build->kev = tool_opt(tool, KEV);
	build->after = tool_opt(tool, AFTER);
	build->force = tool_has(tool, FORCE);
	build->now = tool->now;
	if ((code = tool_need(tool, KEY, &job->key, err)) != CN_OK ||
	    (code = tool_need(tool, OUTPUT, &job->output, err)) != CN_OK ||
	    (code = tool_opt_day(tool, AT, &build->at, err)) != CN_OK ||
	    (code = tool_not_same(tool, job->output, build->descriptor, err)) !=
		CN_OK ||
	    (code = tool_not_same(tool, job->output, job->key, err)) != CN_OK ||
	    (code = tool_not_same(tool, job->output, build->sbom, err)) !=
		CN_OK ||
	    (code = tool_not_same(tool, job->output, build->after, err)) !=
		CN_OK)
		return code;
	tool->aside = strcmp(job->output, "-") == 0;
	code = tool_key_load(
	    tool, job->key, PHRASE, tool_opt(tool, ALG), &job->signer, err);
	build->signer = &job->signer.signer;
	return code;
}

static void
tell_json(struct tool *tool, const struct job *job,
    const struct cn_passport *passport)
{
	struct cn_jw w;
	char at[21];

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	if (passport != NULL) {
		cn_instant_print(passport->iat, at);
		cn_jw_kv_slice(&w, "issuer", passport->iss);
		cn_jw_kv_slice(&w, "subject", passport->sub);
		cn_jw_kv_uint(&w, "version", passport->version);
		cn_jw_key(&w, "digest");
		cn_jw_hex(&w, cn_slice_of(passport->digest, CN_DIGEST));
		cn_jw_kv_str(&w, "signed_at", at);
	}
	cn_jw_key(&w, "findings");
	tool_findings_json(&w, &job->built.report);
	cn_jw_object_end(&w);
}

static void
tell(struct tool *tool, const struct job *job,
    const struct cn_passport *passport)
{
	char kid[2 * 32 + 1];

	cn_hex(passport->kid, kid);
	tool_paint(tool, TOOL_GOOD, "Signed");
	tool_paint(tool, TOOL_PLAIN, " %s",
	    tool->aside ? "to standard output" : job->output);
	tool_end(tool);
	tool_row(tool, "product", "%.*s", CN_FMT(passport->sub));
	tool_row(tool, "issuer", "%.*s", CN_FMT(passport->iss));
	tool_row_version(tool, passport->version, passport->iat);
	tool_row_digest(tool, "digest", passport->digest);
	tool_row(tool, "key", "%s (%s, %s)", kid, cn_alg_name(passport->alg),
	    job->key);
	tool_findings(tool, &job->built.report);
}

/* Errors found and not forced: nothing was written, the report says why. */
static enum cn_code
refuse(struct tool *tool, const struct job *job, struct cn_error *err)
{
	const struct cn_report *report = &job->built.report;

	if (tool->json)
		tell_json(tool, job, NULL);
	else
		tool_findings(tool, report);
	tool_hint(tool,
	    "Nothing was written. Mend product.json, waive a "
	    "finding there with a reason, or use --force-findings.");
	cn_error_clear(err);
	cn_error_at(err, "%s", job->build.descriptor);
	return cn_fail(err, CN_FINDINGS, "not signed: %zu error%s",
	    report->count[CN_FAULT], report->count[CN_FAULT] == 1 ? "" : "s");
}

static enum cn_code
sign(struct tool *tool, struct job *job, struct cn_buf *out,
    struct cn_error *err)
{
	struct cn_passport passport;
	enum cn_code code;

	code = cn_build_passport(
	    &job->build, tool->arena, &job->built, out, err);
	if (code == CN_FINDINGS)
		return refuse(tool, job, err);
	if (code == CN_OK)
		code = cn_passport_parse(cn_buf_slice(out), &passport, err);
	if (code == CN_OK)
		code = cn_file_write(job->output, cn_buf_slice(out), 0644, err);
	if (code != CN_OK)
		return code;
	if (tool->json)
		tell_json(tool, job, &passport);
	else
		tell(tool, job, &passport);
	return CN_OK;
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct job job = { 0 };
	struct cn_buf out;
	enum cn_code code;

	cn_buf_init(&out, CN_MAX_PASSPORT);
	code = prepare(tool, &job, err);
	if (code == CN_OK)
		code = sign(tool, &job, &out, err);
	tool_key_free(&job.signer);
	cn_buf_free(&out);
	return code;
}

const struct tool_command tool_sign = {
	.name = "sign",
	.summary = "check, build and sign a passport",
	.synopsis = "product.json --key K [--after OLD.dpp] [--sbom F] [--vex "
		    "F] [--kev F] "
		    "[--at DATE] -o NEW.dpp [--alg ALG] [--force-findings]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
