#include "stage.h"

#include <carnet/file.h>
#include <carnet/link.h>

#include <string.h>

static enum cn_code
no_memory(struct cn_error *err)
{
	return cn_fail(err, CN_MEMORY, "the passport is too large to hold");
}

/* A whole file into the arena. */
static enum cn_code
load(const char *path, size_t max, struct cn_arena *arena, struct cn_slice *out,
    struct cn_error *err)
{
	struct cn_buf buf;
	enum cn_code code;

	cn_buf_init(&buf, max);
	code = cn_file_read(path, &buf, err);
	if (code == CN_OK) {
		*out = cn_arena_copy(arena, cn_buf_slice(&buf));
		if (out->ptr == NULL)
			code = no_memory(err);
	}
	cn_buf_free(&buf);
	return code;
}

/* ---- product.json ---------------------------------------------------------- */

enum cn_code
stage_read(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err)
{
	struct cn_slice json;
	enum cn_code code;

	code = load(what->descriptor, CN_MAX_DESCRIPTOR, arena, &json, err);
	if (code != CN_OK)
		return code;
	code = cn_descriptor_read(arena, cn_slice_str(what->descriptor), json,
	    &built->descriptor, &built->report, err);
	if (code == CN_OK)
		built->record = built->descriptor->record;
	else
		cn_error_at(err, "%s", what->descriptor);
	return code;
}

/* ---- SBOM ------------------------------------------------------------------ */

/* A path named in product.json is meant from where that file lies. */
static struct cn_slice
beside(struct cn_arena *arena, const char *descriptor, struct cn_slice path)
{
	const char *slash = strrchr(descriptor, '/');

	if (path.ptr[0] == '/' || slash == NULL)
		return cn_arena_copy(arena, path);
	return cn_arena_printf(arena, "%.*s%.*s", (int)(slash - descriptor) + 1,
	    descriptor, CN_FMT(path));
}

/* Field 56 says which file the maker means; where that is left to us, we say
 * it of the file that was given. A contradiction is the checks' business. */
static bool
note_sbom(struct cn_arena *arena, struct cn_record *record,
    const struct cn_sbom *sbom)
{
	int format = cn_choice(&cn_choices_sbom_format, sbom->format);
	struct cn_record *field;

	if (cn_get(record, CN_F_SBOM) != NULL || format < 0)
		return true;
	field = cn_add_record(arena, record, CN_F_SBOM);
	return field != NULL &&
	       cn_add_number(arena, field, CN_SBOM_FORMAT, (uint64_t)format) &&
	       cn_add_text(
		   arena, field, CN_SBOM_SPEC_VERSION, sbom->spec_version) &&
	       cn_add_text(arena, field, CN_SBOM_SHA256,
		   cn_slice_of(sbom->sha256, CN_DIGEST));
}

/* The facts of one file; its findings go into the report. */
static enum cn_code
read_file(struct cn_slice path, struct cn_arena *arena, struct cn_built *built,
    struct cn_error *err)
{
	struct cn_sbom_request request = { .path = (const char *)path.ptr,
		.name = path,
		.report = &built->report };
	struct cn_sbom_facts *facts;
	enum cn_code code;

	if (built->file_count == CN_BUILD_FILES)
		return cn_fail(err, CN_TOO_LARGE,
		    "more than %d SBOM and VEX files", CN_BUILD_FILES);
	facts = cn_arena_alloc(arena, 1, sizeof(*facts));
	if (facts == NULL)
		return no_memory(err);
	code = cn_sbom_facts_read(&request, arena, facts, err);
	if (code == CN_OK)
		built->files[built->file_count++] = facts;
	return code;
}

/* The path given, else the one named in product.json, meant from there. */
static enum cn_code
path_of(const struct cn_build *what, const char *given, struct cn_slice named,
    struct cn_arena *arena, struct cn_slice *out)
{
	*out = cn_slice_str(given);
	if (out->len > 0 || named.len == 0)
		return CN_OK;
	*out = beside(arena, what->descriptor, named);
	return out->ptr == NULL ? CN_MEMORY : CN_OK;
}

enum cn_code
stage_sbom(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err)
{
	struct cn_slice path;
	enum cn_code code;

	if (path_of(what, what->sbom, built->descriptor->sbom, arena, &path) !=
	    CN_OK)
		return no_memory(err);
	if (path.len == 0)
		return CN_OK;
	built->sbom = cn_arena_alloc(arena, 1, sizeof(*built->sbom));
	if (built->sbom == NULL)
		return no_memory(err);
	built->sbom_file = path;
	code = read_file(path, arena, built, err);
	if (code == CN_OK && built->files[0]->kind > CN_SBOM_SPDX3) {
		cn_error_at(err, "%.*s", CN_FMT(path));
		code = cn_fail(err, CN_UNSUPPORTED, "this is no SBOM");
	}
	if (code != CN_OK) {
		built->sbom = NULL;
		return code;
	}
	*built->sbom = built->files[0]->sbom;
	return note_sbom(arena, built->record, built->sbom) ? CN_OK
							    : no_memory(err);
}

enum cn_code
stage_vex(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err)
{
	const struct cn_json *named = built->descriptor->vex;
	enum cn_code code = CN_OK;
	struct cn_slice path;

	for (size_t i = 0; i < what->vex_count && code == CN_OK; i++)
		code = read_file(cn_slice_str(what->vex[i]), arena, built, err);
	named = named == NULL ? NULL : named->first;
	for (; named != NULL && code == CN_OK; named = named->next) {
		path = beside(arena, what->descriptor, named->text);
		code = path.ptr == NULL ? no_memory(err)
					: read_file(path, arena, built, err);
	}
	if (code != CN_OK)
		return code;
	if (path_of(what, what->kev, built->descriptor->kev, arena, &path) !=
	    CN_OK)
		return no_memory(err);
	return path.len == 0 ? CN_OK : read_file(path, arena, built, err);
}

/* ---- subject and the version before ------------------------------------------ */

enum cn_code
stage_subject(
    struct cn_arena *arena, struct cn_built *built, struct cn_error *err)
{
	struct cn_slice url = cn_get_text(
	    built->record, CN_F_UNIQUE_PRODUCT_IDENTIFIER);
	struct cn_buf sub;

	cn_buf_init(&sub, CN_LINK_URI);
	/* A missing or wrong identifier is a finding of the checks. */
	if (url.len > 0 && cn_subject_of(url, &sub, NULL) == CN_OK) {
		built->subject = cn_arena_copy(arena, cn_buf_slice(&sub));
		if (built->subject.ptr == NULL) {
			cn_buf_free(&sub);
			return no_memory(err);
		}
	}
	cn_buf_free(&sub);
	return CN_OK;
}

static enum cn_code
same_passport(const struct cn_built *built, struct cn_error *err)
{
	const struct cn_passport *before = built->before;

	if (!cn_slice_eq(before->sub, built->subject))
		return cn_fail(err, CN_WRONG_SUBJECT,
		    "the version before is about %.*s, product.json about %.*s",
		    CN_FMT(before->sub), CN_FMT(built->subject));
	if (!cn_slice_eq(before->iss, built->descriptor->issuer))
		return cn_fail(err, CN_WRONG_ISSUER,
		    "the version before was issued by %.*s, not by %.*s",
		    CN_FMT(before->iss), CN_FMT(built->descriptor->issuer));
	return CN_OK;
}

enum cn_code
stage_before(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err)
{
	struct cn_slice bytes;
	enum cn_code code;

	if (what->after == NULL)
		return CN_OK;
	code = load(what->after, CN_MAX_PASSPORT, arena, &bytes, err);
	if (code != CN_OK)
		return code;
	built->before = cn_arena_alloc(arena, 1, sizeof(*built->before));
	if (built->before == NULL)
		return no_memory(err);
	code = cn_passport_parse(bytes, built->before, err);
	if (code == CN_OK)
		code = cn_passport_open(built->before, CN_TIERS_ALL, arena,
		    &built->before_record, err);
	if (code == CN_OK && built->subject.len > 0)
		code = same_passport(built, err);
	if (code != CN_OK)
		cn_error_at(err, "%s", what->after);
	return code;
}

/* ---- verdict --------------------------------------------------------------- */

/* Facts that state no placing are judged for the newest run: the units that
 * are being placed now. */
enum cn_code
stage_verdict(
    struct cn_arena *arena, struct cn_built *built, struct cn_error *err)
{
	const struct cn_record *facts = cn_get_record(
	    built->record, CN_F_ASSESSMENT);
	const struct cn_record *run = cn_run_of(
	    built->record, CN_SLICE_NONE, CN_SLICE_NONE, NULL);
	struct cn_date placed;
	cn_day at;

	if (facts == NULL)
		return CN_OK;
	if (!cn_date_parse(cn_get_text(run, CN_RUN_PLACED_FROM), &placed))
		return cn_verdict_reach(
		    facts, NULL, arena, &built->verdict, err);
	at = cn_date_day(placed);
	return cn_verdict_reach(facts, &at, arena, &built->verdict, err);
}

/* ---- checks ---------------------------------------------------------------- */

/* What could not even be read cannot be signed by force. */
static bool
unreadable(const struct cn_report *report)
{
	const struct cn_finding *f;

	for (f = report->first; f != NULL; f = f->next)
		if (f->level == CN_FAULT &&
		    cn_slice_starts(f->rule, "descriptor."))
			return true;
	return false;
}

enum cn_code
stage_check(
    const struct cn_build *what, struct cn_built *built, struct cn_error *err)
{
	struct cn_check_input input = { .descriptor = built->descriptor,
		.sbom = built->sbom,
		.sbom_file = built->sbom_file,
		.files = built->files,
		.file_count = built->file_count,
		.verdict = built->verdict,
		.previous = built->before_record,
		.at = what->at };
	size_t errors;
	enum cn_code code = cn_check(&input, &built->report, err);

	if (code != CN_OK)
		return code;
	errors = built->report.count[CN_FAULT];
	if (errors == 0 || (what->force && !unreadable(&built->report)))
		return CN_OK;
	cn_error_at(err, "%s", what->descriptor);
	return cn_fail(err, CN_FINDINGS, "%zu error%s found", errors,
	    errors == 1 ? "" : "s");
}

/* ---- derived fields -------------------------------------------------------- */

/* A passport that was forced says so, in public. */
static bool
note_forced(struct cn_arena *arena, struct cn_built *built)
{
	const struct cn_finding *f;
	struct cn_record *row;

	for (f = built->report.first; f != NULL; f = f->next) {
		if (f->level != CN_FAULT || f->waived)
			continue;
		row = cn_add_record(arena, built->record, CN_F_FORCED_FINDINGS);
		if (row == NULL ||
		    !cn_add_text(arena, row, CN_FORCED_FINDING_RULE, f->rule) ||
		    !cn_add_text(
			arena, row, CN_FORCED_FINDING_MESSAGE, f->message))
			return false;
	}
	return true;
}

enum cn_code
stage_derive(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err)
{
	const struct cn_passport *before = built->before;

	if (built->subject.len == 0)
		return cn_fail(err, CN_FINDINGS,
		    "without a unique product identifier there is nothing to "
		    "sign");
	if (what->force && !note_forced(arena, built))
		return no_memory(err);
	if (built->verdict != NULL) {
		enum cn_code code = cn_verdict_record(
		    built->verdict, arena, built->record, err);

		if (code != CN_OK)
			return code;
	}
	return cn_model_derive(arena, built->record, built->subject,
	    built->before_record, before == NULL ? NULL : before->digest, err);
}

/* ---- seal ------------------------------------------------------------------ */

enum cn_code
stage_seal(const struct cn_build *what, struct cn_built *built,
    struct cn_buf *out, struct cn_error *err)
{
	struct cn_seal_request request = { .record = built->record,
		.iss = built->descriptor->issuer,
		.sub = built->subject,
		.iat = what->now,
		.signer = what->signer };

	if (built->before != NULL && built->before->iat > what->now)
		return cn_fail(err, CN_FUTURE,
		    "the version before was signed later than now");
	return cn_passport_seal(&request, out, err);
}

/* ---- a label --------------------------------------------------------------- */

/* Support belongs to the unit: with several runs somebody must say which. */
static enum cn_code
choose_run(struct print *print, struct cn_error *err)
{
	const struct cn_value *first = cn_get(print->record, CN_F_RUNS);

	if (print->what->run.len > 0) {
		for (const struct cn_value *v = first; v != NULL; v = v->next)
			if (cn_slice_eq(print->what->run,
				cn_get_text(v->as.record, CN_RUN_ID)))
				print->run = v->as.record;
		if (print->run == NULL)
			return cn_fail(err, CN_USAGE,
			    "the passport has no run \"%.*s\"",
			    CN_FMT(print->what->run));
		return CN_OK;
	}
	if (first == NULL)
		return cn_fail(err, CN_USAGE,
		    "the passport has no runs: a batch or item label is made "
		    "from the passport that lists them");
	if (first->next != NULL)
		return cn_fail(err, CN_USAGE,
		    "the passport has several runs: say which with --run");
	print->run = first->as.record;
	return CN_OK;
}

enum cn_code
stage_open(struct print *print, struct cn_error *err)
{
	enum cn_code code;

	code = cn_passport_parse(print->what->passport, &print->passport, err);
	if (code != CN_OK)
		return code;
	code = cn_url_printable(print->what->url, err);
	if (code != CN_OK)
		return code;
	code = cn_passport_open(&print->passport, CN_TIERS_PUBLIC, print->arena,
	    &print->record, err);
	if (code != CN_OK || print->what->signer == NULL)
		return code;
	return choose_run(print, err);
}

/* The printed URL must lead to this product, whatever host it names. */
static enum cn_code
right_product(const struct print *print, struct cn_error *err)
{
	enum cn_code code;
	struct cn_buf sub;

	cn_buf_init(&sub, CN_LINK_URI);
	code = cn_subject_of(print->what->url, &sub, err);
	if (code == CN_OK &&
	    !cn_subject_speaks_for(print->passport.sub, cn_buf_slice(&sub)))
		code = cn_fail(err, CN_WRONG_SUBJECT,
		    "the address is of %.*s, the passport of %.*s",
		    CN_FMT(cn_buf_slice(&sub)), CN_FMT(print->passport.sub));
	cn_buf_free(&sub);
	return code;
}

enum cn_code
stage_capsule(struct print *print, struct cn_error *err)
{
	struct cn_capsule_request request = { .passport = &print->passport,
		.record = print->record,
		.run = print->run,
		.url = print->what->url,
		.iat = print->what->now,
		.signer = print->what->signer };
	enum cn_code code = right_product(print, err);

	if (code != CN_OK || print->what->signer == NULL)
		return code;
	code = cn_capsule_seal(&request, &print->capsule, err);
	if (code != CN_OK)
		return code;
	return cn_base10_encode(
	    cn_buf_slice(&print->capsule), &print->digits, err);
}

enum cn_code
stage_symbol(
    struct print *print, struct cn_printed *printed, struct cn_error *err)
{
	struct cn_slice digits = cn_buf_slice(&print->digits);
	enum cn_code code;

	cn_buf_put(&printed->text, print->what->url);
	if (digits.len > 0) {
		cn_buf_byte(&printed->text, '#');
		cn_buf_put(&printed->text, digits);
	}
	code = cn_buf_code(&printed->text, err);
	if (code != CN_OK)
		return code;
	code = cn_symbol_make(
	    print->what->url, digits, print->what->ecc, &print->symbol, err);
	if (code == CN_OK)
		printed->version = print->symbol.version;
	return code;
}

enum cn_code
stage_picture(struct print *print, struct cn_printed *printed,
    struct cn_buf *picture, struct cn_error *err)
{
	enum cn_code code;

	code = cn_label_plan(
	    &print->symbol, &print->what->size, &printed->plan, err);
	if (code == CN_OK)
		code = cn_label_proof(&print->symbol, &printed->plan,
		    cn_buf_slice(&printed->text), err);
	if (code != CN_OK)
		return code;
	return print->what->svg
		   ? cn_label_svg(&print->symbol, &printed->plan, picture, err)
		   : cn_label_png(&print->symbol, &printed->plan, picture, err);
}
