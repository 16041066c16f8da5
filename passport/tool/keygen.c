/* carnet keygen: a key pair and its entry in a trust list. */
#include "tool.h"

#include <sys/stat.h>

#include <string.h>
#include <unistd.h>

enum { ISSUER, SUBJECT, USE, OUT, ALG, ENCRYPT, PHRASE };

static const char *const uses[] = { "passport", "capsule", NULL };
static const char *const algorithms[] = { "ESP256", "Ed25519", NULL };

static const struct tool_option options[] = {
	[ISSUER] = { .name = "issuer",
	    .value = "URL",
	    .help = "who signs: the issuer of product.json" },
	[SUBJECT] = { .name = "subject",
	    .value = "PREFIX",
	    .help = "what the key may sign for: a prefix of subjects" },
	[USE] = { .name = "use",
	    .value = "USE",
	    .choices = uses,
	    .help = "what it signs, passport by default" },
	[OUT] = { .name = "out",
	    .value = "DIR",
	    .help = "directory for the keys and trust.json" },
	[ALG] = { .name = "alg",
	    .value = "ALG",
	    .choices = algorithms,
	    .help = "kind of key, ESP256 (P-256) by default" },
	[ENCRYPT] = { .name = "encrypt",
	    .help = "protect the private key with a pass phrase" },
	[PHRASE] = TOOL_PASSPHRASE_OPTION,
};

static const struct tool_example examples[] = {
	{ "keygen --issuer https://maker.example --subject "
	  "https://id.gs1.org/01/09506000 --out keys --encrypt",
	    "signs passports of one GS1 company prefix" },
	{ "keygen --issuer https://maker.example --subject "
	  "https://id.gs1.org/01/09506000134352 --use capsule --out line",
	    "signs labels of one product on a production line" },
};

struct job {
	struct tool_trust_key key;
	struct tool_trust_issuer issuer;
	const char *dir;
	char name[64]; /* of the pair, without ending */
	char pem[80]; /* of the public key */
	char list[4096]; /* path of trust.json */
	struct cn_key *secret; /* own */
};

static enum cn_code
read_options(struct tool *tool, struct job *job, struct cn_error *err)
{
	const char *use = tool_opt(tool, USE);
	struct cn_date date;
	enum cn_code code;

	if ((code = tool_need(tool, ISSUER, &job->issuer.iss, err)) != CN_OK ||
	    (code = tool_need(tool, SUBJECT, &job->issuer.subject, err)) !=
		CN_OK ||
	    (code = tool_need(tool, OUT, &job->dir, err)) != CN_OK)
		return code;
	if (strncmp(job->issuer.iss, "https://", 8) != 0) {
		cn_error_at(err, "keygen");
		return cn_fail(err, CN_USAGE,
		    "the issuer is an https URL such as https://maker.example");
	}
	/* Without the slash behind the host, other hosts would be covered. */
	if (strncmp(job->issuer.subject, "https://", 8) != 0 ||
	    strchr(job->issuer.subject + 8, '/') == NULL) {
		cn_error_at(err, "keygen");
		return cn_fail(err, CN_USAGE,
		    "a subject prefix is the beginning of an https URL, with "
		    "the slash behind the host");
	}
	if (tool_has(tool, PHRASE) && !tool_has(tool, ENCRYPT)) {
		cn_error_at(err, "keygen");
		return cn_fail(
		    err, CN_USAGE, "--passphrase-fd is for --encrypt");
	}
	job->key.use = use == NULL ? "passport" : use;
	/* Labels outlive the keys of a line, which lie in many hands. */
	job->key.from = cn_instant_day(tool->now);
	date = cn_date_add_months(cn_day_date(job->key.from),
	    strcmp(job->key.use, "capsule") == 0 ? 12 : 36);
	job->key.until = cn_date_day(date);
	job->key.pem = job->pem;
	job->issuer.keys = &job->key;
	job->issuer.count = 1;
	(void)snprintf(job->list, sizeof(job->list), "%s/trust.json", job->dir);
	return CN_OK;
}

/* The name holds the key's id, as it stands in what it signs: no name ever
 * meets another, and a key is found by what it signed. */
static enum cn_code
generate(struct tool *tool, struct job *job, struct cn_error *err)
{
	const char *alg = tool_opt(tool, ALG);
	uint8_t thumbprint[CN_DIGEST];
	char kid[2 * CN_KID + 1];
	enum cn_code code;

	code = cn_key_generate(
	    alg != NULL && strcmp(alg, "Ed25519") == 0 ? CN_ED25519 : CN_P256,
	    &job->secret, err);
	if (code != CN_OK)
		return code;
	cn_pubkey_thumbprint(cn_key_public(job->secret), thumbprint);
	cn_hex(cn_slice_of(thumbprint, CN_KID), kid);
	(void)snprintf(
	    job->name, sizeof(job->name), "%s-%s", job->key.use, kid);
	(void)snprintf(job->pem, sizeof(job->pem), "%s.pub.pem", job->name);
	return CN_OK;
}

static enum cn_code
write_pair(struct tool *tool, const struct job *job, struct cn_error *err)
{
	struct tool_asker asker = { .tool = tool,
		.what = job->name,
		.fd = tool_opt(tool, PHRASE),
		.twice = true };
	struct tool_pair pair = { .dir = job->dir,
		.name = job->name,
		.key = job->secret,
		.ask = tool_has(tool, ENCRYPT) ? &asker : NULL };

	return tool_pair_write(&pair, err);
}

static void
remove_pair(const struct job *job)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s.pem", job->dir, job->name);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/%s", job->dir, job->pem);
	(void)unlink(path);
}

/* The list with the new entry, proven to be one before it replaces the old. */
static enum cn_code
write_list(struct tool *tool, const struct job *job, struct cn_error *err)
{
	struct cn_slice old = CN_SLICE_NONE;
	struct cn_trust *trust = NULL;
	struct cn_buf list;
	struct stat st;
	enum cn_code code = CN_OK;

	if (lstat(job->list, &st) == 0)
		code = tool_read(tool, job->list, CN_MAX_TRUST, &old, err);
	if (code != CN_OK)
		return code;
	cn_buf_init(&list, CN_MAX_TRUST);
	code = tool_trust_merge(tool, old, &job->issuer, &list, err);
	if (code == CN_OK)
		code = cn_trust_parse(
		    cn_buf_slice(&list), job->dir, &trust, err);
	if (code != CN_OK)
		cn_error_at(err, "%s", job->list);
	if (code == CN_OK)
		code = cn_file_write(job->list, cn_buf_slice(&list), 0644, err);
	cn_trust_free(trust);
	cn_buf_free(&list);
	return code;
}

static void
tell(struct tool *tool, const struct job *job)
{
	char from[11], until[11];

	cn_date_print(cn_day_date(job->key.from), from);
	cn_date_print(cn_day_date(job->key.until), until);
	tool_paint(tool, TOOL_GOOD, "Made");
	tool_paint(tool, TOOL_PLAIN, " a key that signs %ss", job->key.use);
	tool_end(tool);
	tool_row(tool, "private", "%s/%s.pem%s", job->dir, job->name,
	    tool_has(tool, ENCRYPT) ? "" : " (not encrypted: guard it)");
	tool_row(tool, "public", "%s/%s", job->dir, job->pem);
	tool_row(tool, "issuer", "%s", job->issuer.iss);
	tool_row(tool, "subjects", "%s…", job->issuer.subject);
	tool_row(tool, "valid", "from %s until %s", from, until);
	tool_row(tool, "trust list", "%s", job->list);
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct job job = { 0 };
	enum cn_code code;

	if ((code = read_options(tool, &job, err)) != CN_OK ||
	    (code = cn_dir_make(job.dir, 0777, err)) != CN_OK ||
	    (code = generate(tool, &job, err)) != CN_OK ||
	    (code = write_pair(tool, &job, err)) != CN_OK)
		goto out;
	code = write_list(tool, &job, err);
	if (code != CN_OK)
		remove_pair(&job);
	else
		tell(tool, &job);
out:
	cn_key_free(job.secret);
	return code;
}

const struct tool_command tool_keygen = {
	.name = "keygen",
	.summary = "make a key pair and believe it",
	.synopsis = "--issuer URL --subject PREFIX [--use passport|capsule] "
		    "--out DIR [--alg ESP256|Ed25519] [--encrypt]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
