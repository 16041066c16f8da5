/* carnet new: a starter project that checks clean and signs at once. */
#include "tool.h"

#include <carnet/link.h>

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SAMPLE_GTIN "09506000134352"
#define ISSUER "https://maker.example"

enum { GTIN };

static const struct tool_option options[] = {
	[GTIN] = { .name = "gtin",
	    .value = "G",
	    .help = "number of the product (8, 12, 13 or 14 digits)" },
};

static const struct tool_example examples[] = {
	{ "new sensor", "everything to try out, in the directory sensor" },
	{ "new sensor --gtin 4012345000009", "with a number of your own" },
};

/* What is made, in the order in which it is told; directories last. */
static const struct {
	const char *name, *what;
} parts[] = {
	{ "product.json", "what you say about the product: edit this" },
	{ "product.schema.json", "lets an editor check it while you type" },
	{ "sbom.cdx.json", "bill of materials: put your own in its place" },
	{ "keys/maker.pem", "signs passports (not encrypted: for trying out)" },
	{ "keys/maker.pub.pem", NULL },
	{ "keys/line.pem", "signs labels" },
	{ "keys/line.pub.pem", NULL },
	{ "trust.json", "whom a verifier believes, and for what" },
	{ "keys", NULL },
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* What is renamed into place: the parts that do not lie in another one. */
static const char *const tops[] = { "product.json", "product.schema.json",
	"sbom.cdx.json", "trust.json", "keys" };
#define TOPS (sizeof(tops) / sizeof(tops[0]))

struct job {
	struct tool *tool;
	char dir[3072]; /* without a slash at the end */
	bool exists; /* as an empty directory */
	char temp[3200]; /* where everything is made first */
	char gtin[15];
	char subject[64];
};

static enum cn_code
fail_at(struct cn_error *err, const char *path, const char *what)
{
	int number = errno;

	cn_error_at(err, "%s", path);
	return cn_fail(err, number == ENOENT ? CN_NOT_FOUND : CN_FILE, "%s: %s",
	    what, strerror(number));
}

/* ---- arguments ------------------------------------------------------------------ */

/* 14 digits with the right check digit; shorter numbers get zeros in front. */
static enum cn_code
read_gtin(struct job *job, struct cn_error *err)
{
	const char *text = tool_opt(job->tool, GTIN);
	struct cn_error why = { 0 };
	struct cn_link link;
	char uri[64];
	size_t len;

	if (text == NULL)
		text = SAMPLE_GTIN;
	len = strlen(text);
	if (strspn(text, "0123456789") != len ||
	    (len != 8 && len != 12 && len != 13 && len != 14)) {
		cn_error_at(err, "new");
		return cn_fail(err, CN_USAGE,
		    "a GTIN has 8, 12, 13 or 14 digits: \"%.40s\" is none",
		    text);
	}
	memset(job->gtin, '0', 14);
	memcpy(job->gtin + 14 - len, text, len);
	(void)snprintf(uri, sizeof(uri), "https://id.gs1.org/01/%s", job->gtin);
	if (cn_link_parse(cn_slice_str(uri), &link, &why) != CN_OK) {
		cn_error_at(err, "new");
		return cn_fail(
		    err, CN_USAGE, "this GTIN is wrong: %.200s", why.text);
	}
	/* A GS1 company prefix is not visible in a number; eight digits hold
	 * the longest usual indicator and prefix of the sample. Numbers of
	 * eight digits belong to one product each. */
	(void)snprintf(job->subject, sizeof(job->subject),
	    "https://id.gs1.org/01/%.*s", len == 8 ? 14 : 8, job->gtin);
	return CN_OK;
}

static enum cn_code
look_at_dir(struct job *job, struct cn_error *err)
{
	struct dirent *entry;
	bool empty = true;
	DIR *dir = opendir(job->dir);

	if (dir == NULL)
		return errno == ENOENT
			   ? CN_OK
			   : fail_at(err, job->dir, "cannot be used");
	while ((entry = readdir(dir)) != NULL)
		empty = empty && (strcmp(entry->d_name, ".") == 0 ||
				     strcmp(entry->d_name, "..") == 0);
	closedir(dir);
	job->exists = true;
	if (empty)
		return CN_OK;
	tool_hint(job->tool, "Nothing was changed. Name a new directory.");
	cn_error_at(err, "%s", job->dir);
	return cn_fail(err, CN_FILE, "the directory is not empty");
}

static enum cn_code
read_arguments(struct job *job, struct cn_error *err)
{
	const char *name = job->tool->operands[0];
	size_t len = strlen(name);
	enum cn_code code;

	while (len > 1 && name[len - 1] == '/')
		len--;
	if (len == 0 || len >= sizeof(job->dir)) {
		cn_error_at(err, "new");
		return cn_fail(err, CN_USAGE, "this is no name of a directory");
	}
	memcpy(job->dir, name, len);
	job->dir[len] = '\0';
	code = read_gtin(job, err);
	return code == CN_OK ? look_at_dir(job, err) : code;
}

/* ---- making ----------------------------------------------------------------------- */

static void
path_of(const struct job *job, const char *name, char out[4096])
{
	(void)snprintf(out, 4096, "%s/%s", job->temp, name);
}

struct filler {
	const char *mark, *text;
};

/* The template with each mark replaced. */
static void
fill(struct cn_slice template, const struct filler *fillers, size_t count,
    struct cn_buf *out)
{
	while (template.len > 0) {
		size_t at = cn_slice_find(template, '@'), i = 0;

		cn_buf_put(out, cn_slice_sub(template, 0, at));
		template = cn_slice_sub(template, at, template.len);
		while (i < count && !cn_slice_starts(template, fillers[i].mark))
			i++;
		if (i < count) {
			cn_buf_str(out, fillers[i].text);
			template = cn_slice_sub(
			    template, strlen(fillers[i].mark), template.len);
		} else if (template.len > 0) {
			cn_buf_byte(out, template.ptr[0]);
			template = cn_slice_sub(template, 1, template.len);
		}
	}
}

/* RFC 9562, version 4 */
static enum cn_code
print_uuid(char out[37], struct cn_error *err)
{
	uint8_t r[16];
	char hex[33];
	enum cn_code code = cn_random(r, sizeof(r), err);

	if (code != CN_OK)
		return code;
	r[6] = (uint8_t)((r[6] & 0x0f) | 0x40);
	r[8] = (uint8_t)((r[8] & 0x3f) | 0x80);
	cn_hex(cn_slice_of(r, sizeof(r)), hex);
	(void)snprintf(out, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8,
	    hex + 12, hex + 16, hex + 20);
	return CN_OK;
}

static enum cn_code
write_template(const struct job *job, const char *name, struct cn_error *err)
{
	char uuid[37] = "", today[11], now[21], path[4096], data[64];
	struct filler fillers[] = { { "@GTIN14@", job->gtin },
		{ "@TODAY@", today }, { "@NOW@", now }, { "@UUID@", uuid } };
	struct cn_slice template = CN_SLICE_NONE;
	struct cn_buf where, text;
	enum cn_code code;

	cn_date_print(cn_day_date(cn_instant_day(job->tool->now)), today);
	cn_instant_print(job->tool->now, now);
	cn_buf_init(&where, 8192);
	cn_buf_init(&text, CN_MAX_DESCRIPTOR);
	(void)snprintf(data, sizeof(data), "starter/%s", name);
	path_of(job, name, path);
	code = print_uuid(uuid, err);
	if (code == CN_OK)
		code = cn_data_path(data, &where, err);
	if (code == CN_OK)
		code = tool_read(job->tool, (const char *)where.ptr,
		    CN_MAX_DESCRIPTOR, &template, err);
	if (code == CN_OK) {
		fill(template, fillers, sizeof(fillers) / sizeof(fillers[0]),
		    &text);
		code = cn_buf_code(&text, err);
	}
	if (code == CN_OK)
		code = cn_file_create(path, cn_buf_slice(&text), 0644, err);
	cn_buf_free(&where);
	cn_buf_free(&text);
	return code;
}

static enum cn_code
write_schema(const struct job *job, struct cn_error *err)
{
	struct cn_buf schema;
	char path[4096];
	enum cn_code code;

	path_of(job, "product.schema.json", path);
	cn_buf_init(&schema, CN_MAX_DESCRIPTOR);
	cn_schema_json(&schema);
	code = cn_buf_code(&schema, err);
	if (code == CN_OK)
		code = cn_file_create(path, cn_buf_slice(&schema), 0644, err);
	cn_buf_free(&schema);
	return code;
}

static enum cn_code
write_key(const struct job *job, const char *name, struct cn_error *err)
{
	struct cn_key *key = NULL;
	char dir[4096];
	struct tool_pair pair = { .dir = dir, .name = name };
	enum cn_code code = cn_key_generate(CN_P256, &key, err);

	path_of(job, "keys", dir);
	pair.key = key;
	if (code == CN_OK)
		code = tool_pair_write(&pair, err);
	cn_key_free(key);
	return code;
}

/* Passports for three years, labels for one: the key on the line lies in more
 * hands. */
static enum cn_code
write_trust(const struct job *job, struct cn_error *err)
{
	cn_day today = cn_instant_day(job->tool->now);
	struct cn_date date = cn_day_date(today);
	const struct tool_trust_key keys[] = {
		{ "keys/maker.pub.pem", "passport", today,
		    cn_date_day(cn_date_add_months(date, 36)) },
		{ "keys/line.pub.pem", "capsule", today,
		    cn_date_day(cn_date_add_months(date, 12)) },
	};
	const struct tool_trust_issuer issuer = { ISSUER, "Maker Ltd",
		job->subject, keys, sizeof(keys) / sizeof(keys[0]) };
	struct cn_buf list;
	char path[4096];
	enum cn_code code;

	path_of(job, "trust.json", path);
	cn_buf_init(&list, CN_MAX_TRUST);
	code = tool_trust_merge(job->tool, CN_SLICE_NONE, &issuer, &list, err);
	if (code == CN_OK)
		code = cn_file_create(path, cn_buf_slice(&list), 0644, err);
	cn_buf_free(&list);
	return code;
}

static enum cn_code
make_all(const struct job *job, struct cn_error *err)
{
	char keys[4096];
	enum cn_code code;

	path_of(job, "keys", keys);
	if ((code = cn_dir_make(keys, 0755, err)) != CN_OK ||
	    (code = write_template(job, "product.json", err)) != CN_OK ||
	    (code = write_template(job, "sbom.cdx.json", err)) != CN_OK ||
	    (code = write_schema(job, err)) != CN_OK ||
	    (code = write_key(job, "maker", err)) != CN_OK ||
	    (code = write_key(job, "line", err)) != CN_OK)
		return code;
	return write_trust(job, err);
}

/* ---- all or nothing ------------------------------------------------------------------ */

static void
remove_parts(const char *dir)
{
	char path[4096];

	for (size_t i = 0; i < PARTS; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", dir, parts[i].name);
		if (unlink(path) != 0)
			(void)rmdir(path);
	}
}

/* An empty directory that is there is kept (somebody may stand in it) and gets
 * the parts; a new one appears whole. */
static enum cn_code
put_in_place(const struct job *job, struct cn_error *err)
{
	char from[4096], to[4096];

	if (!job->exists)
		return rename(job->temp, job->dir) == 0
			   ? CN_OK
			   : fail_at(err, job->dir, "cannot be put in place");
	for (size_t i = 0; i < TOPS; i++) {
		path_of(job, tops[i], from);
		(void)snprintf(to, sizeof(to), "%s/%s", job->dir, tops[i]);
		if (rename(from, to) != 0) {
			enum cn_code code = fail_at(
			    err, to, "cannot be put in place");

			remove_parts(job->dir);
			return code;
		}
	}
	return rmdir(job->temp) == 0 ? CN_OK
				     : fail_at(err, job->temp, "cannot go");
}

static enum cn_code
make_project(struct job *job, struct cn_error *err)
{
	enum cn_code code;

	/* Beside a new directory, inside one that is there: the same file
	 * system, so that a rename is enough. */
	(void)snprintf(job->temp, sizeof(job->temp), "%s%scarnet-%ld.tmp",
	    job->dir, job->exists ? "/." : ".", (long)getpid());
	if (mkdir(job->temp, 0755) != 0)
		return fail_at(err, job->dir, "cannot be made");
	code = make_all(job, err);
	if (code == CN_OK)
		code = put_in_place(job, err);
	if (code != CN_OK) {
		remove_parts(job->temp);
		(void)rmdir(job->temp);
	}
	return code;
}

static void
tell(struct tool *tool, const struct job *job)
{
	tool_paint(tool, TOOL_GOOD, "Made");
	tool_paint(tool, TOOL_PLAIN, " %s, a passport project for ", job->dir);
	tool_paint(tool, TOOL_PLAIN, "GTIN %s", job->gtin);
	tool_end(tool);
	for (size_t i = 0; i < PARTS; i++) {
		if (parts[i].what == NULL)
			continue;
		tool_paint(tool, TOOL_PLAIN, "  %-20s", parts[i].name);
		tool_paint(tool, TOOL_DIM, "  %s", parts[i].what);
		tool_end(tool);
	}
	tool_end(tool);
	tool_paint(tool, TOOL_BOLD, "Next");
	tool_end(tool);
	if (strcmp(job->dir, ".") != 0) {
		tool_paint(tool, TOOL_PLAIN, "  cd %s", job->dir);
		tool_end(tool);
	}
	tool_paint(tool, TOOL_PLAIN, "  carnet check product.json");
	tool_end(tool);
	tool_paint(tool, TOOL_PLAIN,
	    "  carnet sign product.json --key keys/maker.pem -o product.dpp");
	tool_end(tool);
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct job job = { .tool = tool };
	enum cn_code code = read_arguments(&job, err);

	if (code == CN_OK)
		code = make_project(&job, err);
	if (code == CN_OK)
		tell(tool, &job);
	return code;
}

const struct tool_command tool_new = {
	.name = "new",
	.summary = "a starter project that signs at once",
	.synopsis = "DIR [--gtin G]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
