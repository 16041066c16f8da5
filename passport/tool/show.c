/* carnet show: a passport or a capsule, for people and machines. */
#include "tool.h"

#include <carnet/link.h>
#include <carnet/symbol.h>

#include <inttypes.h>
#include <string.h>

enum { FORMAT, DISCLOSE };

static const char *const formats[] = { "text", "json", "diag", NULL };

static const struct tool_option options[] = {
	[FORMAT] = { .name = "format",
	    .value = "FORMAT",
	    .choices = formats,
	    .help = "how to print it; diag is CBOR diagnostic notation" },
	[DISCLOSE] = { .name = "disclose",
	    .help = "show the sealed sections too; else they are counted" },
};

static const struct tool_example examples[] = {
	{ "show sensor.dpp", "what everybody may read" },
	{ "show sensor.dpp --disclose --format json",
	    "everything that travels in this file, for machines" },
	{ "show label.png", "the capsule in the picture of a label" },
};

/* What is to be shown; nothing here was verified. */
struct shown {
	struct cn_slice url; /* of a label; empty: none */
	struct cn_slice subject;
	struct cn_passport passport;
	struct cn_capsule capsule;
	struct cn_record *record; /* NULL: it is a capsule */
	unsigned tiers;
};

static bool
is_format(const struct tool *tool, const char *name)
{
	const char *format = tool_opt(tool, FORMAT);

	return format != NULL && strcmp(format, name) == 0;
}

/* ---- reading ----------------------------------------------------------------- */

static enum cn_code
read_passport(struct tool *tool, struct cn_slice bytes, struct shown *shown,
    struct cn_error *err)
{
	enum cn_code code = cn_passport_parse(bytes, &shown->passport, err);

	shown->tiers = tool_has(tool, DISCLOSE) ? CN_TIERS_ALL
						: CN_TIERS_PUBLIC;
	if (code == CN_OK)
		code = cn_passport_open(&shown->passport, shown->tiers,
		    tool->arena, &shown->record, err);
	return code;
}

static enum cn_code
read_text(struct tool *tool, struct cn_slice text, struct shown *shown,
    struct cn_error *err)
{
	struct cn_slice digits, bytes = CN_SLICE_NONE;
	struct cn_buf buf;
	enum cn_code code;

	code = cn_qrtext_split(text, &shown->url, &digits, err);
	if (code != CN_OK)
		return code;
	if (digits.len == 0) {
		tool_hint(tool, "carnet verify fetches the passport behind an "
				"address; carnet link takes it apart.");
		return cn_fail(
		    err, CN_MALFORMED, "this is a bare link without a capsule");
	}
	cn_buf_init(&buf, CN_MAX_CAPSULE);
	code = cn_base10_decode(digits, &buf, err);
	if (code == CN_OK)
		bytes = cn_arena_copy(tool->arena, cn_buf_slice(&buf));
	cn_buf_reset(&buf);
	if (code == CN_OK)
		code = cn_capsule_parse(bytes, &shown->capsule, err);
	cn_buf_free(&buf);
	if (code != CN_OK)
		return code;
	cn_buf_init(&buf, CN_LINK_URI);
	if (cn_subject_of(shown->url, &buf, NULL) == CN_OK)
		shown->subject = cn_arena_copy(tool->arena, cn_buf_slice(&buf));
	cn_buf_free(&buf);
	return CN_OK;
}

static enum cn_code
read_bytes(struct tool *tool, struct cn_slice bytes, struct shown *shown,
    struct cn_error *err)
{
	struct cn_slice text;
	enum cn_code code;

	switch (tool_tell(bytes, &text)) {
	case TOOL_PASSPORT:
		return read_passport(tool, bytes, shown, err);
	case TOOL_CAPSULE:
		return cn_capsule_parse(bytes, &shown->capsule, err);
	case TOOL_PICTURE:
		code = tool_read_label(tool, bytes, &text, err);
		return code == CN_OK ? read_text(tool, text, shown, err) : code;
	case TOOL_TEXT:
		return read_text(tool, text, shown, err);
	case TOOL_NOTHING:
		break;
	}
	return cn_fail(err, CN_MALFORMED, "%s",
	    bytes.len == 0 ? "the file is empty"
			   : "this is neither a passport nor a label");
}

static enum cn_code
read_what(struct tool *tool, struct shown *shown, struct cn_error *err)
{
	const char *what = tool->operands[0];
	struct cn_slice bytes = cn_slice_str(what);
	enum cn_code code = CN_OK;

	if (!tool_is_url(what))
		code = tool_read(tool, what, CN_MAX_IMAGE, &bytes, err);
	if (code != CN_OK)
		return code;
	code = read_bytes(tool, bytes, shown, err);
	if (code != CN_OK)
		cn_error_at(err, "%.100s", what);
	return code;
}

/* ---- capsules ----------------------------------------------------------------- */

static const char *
choice(const struct cn_choices *choices, uint8_t position)
{
	return position == 0 || position > choices->count
		   ? "undetermined"
		   : choices->values[position - 1];
}

static void
capsule_text(struct tool *tool, const struct shown *shown)
{
	const struct cn_capsule *capsule = &shown->capsule;
	char kid[2 * 32 + 1], month[8], at[21];

	cn_hex(cn_slice_sub(capsule->kid, 0, 32), kid);
	cn_support_print(capsule->support_end, month);
	cn_instant_print(capsule->iat, at);
	tool_paint(tool, TOOL_BOLD, "Capsule");
	tool_paint(tool, TOOL_PLAIN, " (not verified)");
	tool_end(tool);
	if (shown->url.len > 0)
		tool_row(tool, "label", "%.*s", CN_FMT(shown->url));
	tool_row(tool, "signed", "%s by key %s", at, kid);
	tool_row(tool, "printed for", "version %" PRIu64, capsule->version);
	tool_row_digest(tool, "digest", capsule->passport);
	tool_row_support(tool, cn_slice_str(month));
	tool_row(tool, "CRA class", "%s",
	    choice(&cn_choices_cra_class, capsule->cra_class));
	tool_row(tool, "AI status", "%s",
	    choice(&cn_choices_ai_status, capsule->ai_status));
	tool_row(tool, "procedure", "%s",
	    choice(
		&cn_choices_cra_cybersecurity_procedure, capsule->procedure));
}

static void
capsule_fields(struct cn_jw *w, const struct cn_capsule *capsule)
{
	char month[8];

	cn_support_print(capsule->support_end, month);
	cn_jw_key(w, "fields");
	cn_jw_object(w);
	cn_jw_key(w, "capsule");
	cn_jw_object(w);
	cn_jw_kv_str(w, "support_end", month);
	cn_jw_kv_str(
	    w, "cra_class", choice(&cn_choices_cra_class, capsule->cra_class));
	cn_jw_kv_str(
	    w, "ai_status", choice(&cn_choices_ai_status, capsule->ai_status));
	cn_jw_kv_str(w, "cra_cybersecurity_procedure",
	    choice(
		&cn_choices_cra_cybersecurity_procedure, capsule->procedure));
	cn_jw_object_end(w);
	cn_jw_object_end(w);
}

/* ---- passports ------------------------------------------------------------------ */

static void
passport_text(struct tool *tool, const struct shown *shown)
{
	const struct cn_passport *passport = &shown->passport;
	size_t held = passport->held_count;

	tool_paint(tool, TOOL_BOLD, "Passport");
	tool_paint(tool, TOOL_PLAIN, " (not verified)");
	tool_end(tool);
	tool_row(tool, "product", "%.*s", CN_FMT(passport->sub));
	tool_row(tool, "issuer", "%.*s", CN_FMT(passport->iss));
	tool_row_version(tool, passport->version, passport->iat);
	tool_row_digest(tool, "digest", passport->digest);
	if (passport->seal_count == 0)
		tool_row(tool, "sealed", "nothing");
	else
		tool_row(tool, "sealed", "%zu section%s, %zu in this file%s",
		    passport->seal_count, passport->seal_count == 1 ? "" : "s",
		    held,
		    held > 0 && !tool_has(tool, DISCLOSE)
			? " (shown with --disclose)"
			: "");
	tool_fields(tool, shown->record, shown->tiers);
}

/* Without --disclose the sections are left out of the notation as well. */
static enum cn_code
passport_diag(
    struct tool *tool, const struct shown *shown, struct cn_error *err)
{
	const struct cn_passport *passport = &shown->passport;
	struct cn_buf copy;
	enum cn_code code;

	if (tool_has(tool, DISCLOSE) || passport->held_count == 0) {
		cn_cbor_diag_embedded(passport->bytes, &tool->out);
		tool_end(tool);
		return CN_OK;
	}
	cn_buf_init(&copy, CN_MAX_PASSPORT);
	code = cn_passport_redact(passport, CN_TIERS_PUBLIC, &copy, err);
	if (code == CN_OK) {
		tool_paint(tool, TOOL_DIM,
		    "/ %zu sealed sections left out; --disclose shows them /",
		    passport->held_count);
		tool_end(tool);
		cn_cbor_diag_embedded(cn_buf_slice(&copy), &tool->out);
		tool_end(tool);
	}
	cn_buf_free(&copy);
	return code;
}

static void
put_text_or_null(struct cn_jw *w, const char *key, struct cn_slice text)
{
	if (text.len > 0)
		cn_jw_kv_slice(w, key, text);
	else
		cn_jw_kv_null(w, key);
}

static void
both_json(struct tool *tool, const struct shown *shown)
{
	const struct cn_passport *passport = &shown->passport;
	bool full = shown->record != NULL;
	struct cn_jw w;
	char at[21];

	cn_instant_print(full ? passport->iat : shown->capsule.iat, at);
	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "kind", full ? "passport" : "capsule");
	put_text_or_null(&w, "issuer", passport->iss);
	put_text_or_null(&w, "subject", full ? passport->sub : shown->subject);
	cn_jw_kv_uint(
	    &w, "version", full ? passport->version : shown->capsule.version);
	cn_jw_key(&w, "digest");
	cn_jw_hex(
	    &w, cn_slice_of(full ? passport->digest : shown->capsule.passport,
		    CN_DIGEST));
	cn_jw_kv_str(&w, "signed_at", at);
	if (full) {
		cn_jw_key(&w, "fields");
		cn_model_write_json(shown->record, shown->tiers, &w);
	} else {
		capsule_fields(&w, &shown->capsule);
	}
	cn_jw_object_end(&w);
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct shown shown = { 0 };
	enum cn_code code = read_what(tool, &shown, err);

	if (code != CN_OK)
		return code;
	if (tool->json)
		both_json(tool, &shown);
	else if (is_format(tool, "diag") && shown.record != NULL)
		return passport_diag(tool, &shown, err);
	else if (is_format(tool, "diag")) {
		cn_cbor_diag_embedded(shown.capsule.bytes, &tool->out);
		tool_end(tool);
	} else if (shown.record != NULL)
		passport_text(tool, &shown);
	else
		capsule_text(tool, &shown);
	return CN_OK;
}

const struct tool_command tool_show = {
	.name = "show",
	.summary = "a passport or capsule in words",
	.synopsis = "FILE [--format text|json|diag] [--disclose]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
