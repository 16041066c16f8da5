/*
 * product.json as a whole.
 */
#include "read.h"

#include <carnet/file.h>

#include <string.h>

/* ---- what stands beside the fields ------------------------------------------ */

static const struct cn_field rows_files[] = {
	[FILES_SBOM] = { .name = "sbom",
	    .key = 1,
	    .kind = CN_KIND_TEXT,
	    .sources = "",
	    .hint = "CycloneDX or SPDX" },
	[FILES_VEX] = { .name = "vex",
	    .key = 2,
	    .kind = CN_KIND_TEXT,
	    .many = true,
	    .max = 100,
	    .sources = "",
	    .hint = "OpenVEX, CSAF or CycloneDX" },
	[FILES_KEV] = { .name = "kev",
	    .key = 3,
	    .kind = CN_KIND_TEXT,
	    .sources = "",
	    .hint = "catalogue of known exploited "
		    "vulnerabilities" },
};
const struct cn_table table_files = { "files", rows_files, 3 };

static const struct cn_field rows_waiver[] = {
	[WAIVER_RULE] = { .name = "rule",
	    .key = 1,
	    .kind = CN_KIND_TEXT,
	    .required = true,
	    .max = 100,
	    .sources = "",
	    .hint = "id of the finding that is silenced" },
	[WAIVER_REASON] = { .name = "reason",
	    .key = 2,
	    .kind = CN_KIND_TEXT,
	    .required = true,
	    .sources = "",
	    .hint = "" },
	[WAIVER_UNTIL] = { .name = "until",
	    .key = 3,
	    .kind = CN_KIND_DATE,
	    .required = true,
	    .sources = "",
	    .hint = "last day on which it holds" },
};
const struct cn_table table_waiver = { "waiver", rows_waiver, 3 };

const struct cn_field field_issuer = { .name = "issuer",
	.kind = CN_KIND_URI,
	.form = CN_FORM_HTTPS,
	.required = true,
	.sources = "",
	.hint = "who signs, as an https URL" };
const struct cn_field field_files = { .name = "files",
	.kind = CN_KIND_RECORD,
	.record = &table_files,
	.sources = "",
	.hint = "paths, seen from this file" };
const struct cn_field field_waivers = { .name = "waivers",
	.kind = CN_KIND_RECORD,
	.many = true,
	.max = 100,
	.record = &table_waiver,
	.sources = "",
	.hint = "findings that are silenced for a time" };

static void
read_files(struct reader *r, const struct cn_json *json,
    struct cn_descriptor *descriptor)
{
	const struct cn_value *value = read_value(r, &field_files, json);
	const struct cn_json *vex = cn_json_get(json, "vex");
	const struct cn_record *files;
	size_t good = 0;

	if (value == NULL)
		return;
	files = value->as.record;
	descriptor->sbom = cn_get_text(files, FILES_SBOM);
	descriptor->kev = cn_get_text(files, FILES_KEV);
	for (value = cn_get(files, FILES_VEX); value != NULL;
	     value = value->next)
		good++;
	/* Nothing but paths stands in the list that is handed on. */
	if (good > 0 && good == vex->count)
		descriptor->vex = vex;
}

static void
read_waivers(struct reader *r, const struct cn_json *json,
    struct cn_descriptor *descriptor)
{
	const struct cn_value *v = read_value(r, &field_waivers, json);
	struct cn_waiver **tail = &descriptor->waivers, *waiver;

	for (; v != NULL; v = v->next) {
		struct cn_date until;

		/* A waiver that lacks something is a finding by now. */
		if (cn_get(v->as.record, WAIVER_RULE) == NULL ||
		    cn_get(v->as.record, WAIVER_REASON) == NULL ||
		    !cn_date_parse(
			cn_get_text(v->as.record, WAIVER_UNTIL), &until))
			continue;
		waiver = cn_arena_alloc(r->arena, 1, sizeof(*waiver));
		if (waiver == NULL) {
			r->no_memory = true;
			return;
		}
		waiver->rule = cn_get_text(v->as.record, WAIVER_RULE);
		waiver->reason = cn_get_text(v->as.record, WAIVER_REASON);
		waiver->until = until;
		waiver->source = v->source;
		*tail = waiver;
		tail = &waiver->next;
	}
}

/* ---- groups of fields --------------------------------------------------------- */

static void
unknown_field(
    struct reader *r, struct cn_slice group, const struct cn_json *json)
{
	const struct cn_field *elsewhere = cn_table_by_name(
	    &cn_table_passport, CN_SLICE_NONE, json->key);
	const char *names[CN_F_COUNT];
	size_t count = 0;

	if (elsewhere != NULL) {
		read_fault_at_key(r, json, "descriptor.unknown-field",
		    "\"%s\" belongs in \"%s\", not in \"%.*s\"",
		    elsewhere->name, elsewhere->group, CN_FMT(group));
		return;
	}
	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *row = &cn_table_passport.rows[i];

		if (cn_slice_is(group, row->group) && !row->derived)
			names[count++] = row->name;
	}
	read_fault_at_key(r, json, "descriptor.unknown-field",
	    "\"%s\" is no field of \"%.*s\"%s", read_quote(json->key).text,
	    CN_FMT(group), read_hint(r, json->key, names, count).text);
}

static void
read_field(struct reader *r, struct cn_slice group, const struct cn_json *json,
    struct cn_record *record)
{
	const struct cn_field *row = cn_table_by_name(
	    &cn_table_passport, group, json->key);

	if (row == NULL)
		unknown_field(r, group, json);
	else if (row->derived)
		read_fault_at_key(r, json, "descriptor.derived",
		    "\"%s\" is derived; nobody writes it by hand", row->name);
	else
		record->slots[row - cn_table_passport.rows] = read_value(
		    r, row, json);
}

static void
read_group(
    struct reader *r, const struct cn_json *json, struct cn_record *record)
{
	if (json->type != CN_JSON_OBJECT) {
		read_fault(r, json, "descriptor.type",
		    "\"%.*s\" must be an object of fields", CN_FMT(json->key));
		return;
	}
	for (const struct cn_json *m = json->first; m != NULL; m = m->next)
		read_field(r, json->key, m, record);
}

static bool
is_group(struct cn_slice name)
{
	for (size_t i = 0; i < cn_group_count; i++)
		if (cn_slice_is(name, cn_groups[i]))
			return true;
	return false;
}

/* ---- the document ----------------------------------------------------------------- */

static void
unknown_top(struct reader *r, const struct cn_json *json)
{
	const char *names[16] = { field_issuer.name, field_files.name,
		field_waivers.name };
	size_t count = 3;

	for (size_t i = 0; i < cn_group_count; i++)
		names[count++] = cn_groups[i];
	read_fault_at_key(r, json, "descriptor.unknown-member",
	    "\"%s\" has no place in product.json%s", read_quote(json->key).text,
	    read_hint(r, json->key, names, count).text);
}

static void
read_top(struct reader *r, const struct cn_json *json,
    struct cn_descriptor *descriptor)
{
	if (is_group(json->key)) {
		read_group(r, json, descriptor->record);
	} else if (cn_slice_is(json->key, field_issuer.name)) {
		const struct cn_value *v = read_value(r, &field_issuer, json);

		if (v != NULL)
			descriptor->issuer = v->as.text;
	} else if (cn_slice_is(json->key, field_files.name)) {
		read_files(r, json, descriptor);
	} else if (cn_slice_is(json->key, field_waivers.name)) {
		read_waivers(r, json, descriptor);
	} else if (!cn_slice_is(json->key, "$schema")) {
		unknown_top(r, json);
	}
}

/* The number that stands behind a word of a place, or 0. */
static uint32_t
number_behind(const char *place, const char *word)
{
	const char *at = strstr(place, word);
	uint32_t number = 0;

	if (at == NULL)
		return 0;
	for (at += strlen(word); *at >= '0' && *at <= '9'; at++)
		number = number * 10 + (uint32_t)(*at - '0');
	return number;
}

/* The one finding about a text that is no JSON: its place is in err, as "line
 * L, column C". */
static void
syntax_fault(struct reader *r, const struct cn_error *err)
{
	cn_report_add_at(r->report, CN_FAULT, "descriptor.syntax", "", r->file,
	    number_behind(err->place, "line "),
	    number_behind(err->place, "column "), CN_SLICE_NONE, err->text);
}

static enum cn_code
parse(struct reader *r, struct cn_slice text, struct cn_json **root,
    struct cn_error *err)
{
	/* Enough for every field at its ceiling that fits the file. */
	const struct cn_json_limits limits = { CN_MAX_DESCRIPTOR, 32, 200000 };
	struct cn_error why = { CN_OK, "", "" };
	enum cn_code code;

	code = cn_json_parse(r->arena, text, &limits, root, &why);
	if (code == CN_OK && (*root)->type != CN_JSON_OBJECT) {
		read_fault(r, *root, "descriptor.type",
		    "product.json must be an object");
		return cn_fail(err, CN_MALFORMED, "it is no JSON object");
	}
	if (code == CN_OK)
		return CN_OK;
	if (code != CN_MEMORY)
		syntax_fault(r, &why);
	if (err != NULL)
		*err = why;
	return code;
}

static enum cn_code
out_of_memory(struct cn_error *err)
{
	return cn_fail(err, CN_MEMORY, "product.json is too large to hold");
}

enum cn_code
cn_descriptor_read(struct cn_arena *arena, struct cn_slice file,
    struct cn_slice json, struct cn_descriptor **out, struct cn_report *report,
    struct cn_error *err)
{
	struct reader r = { .arena = arena, .report = report, .file = file };
	struct cn_descriptor *descriptor;
	struct cn_json *root;
	enum cn_code code;

	*out = NULL;
	code = parse(&r, json, &root, err);
	if (code != CN_OK)
		return code;
	descriptor = cn_arena_alloc(arena, 1, sizeof(*descriptor));
	if (descriptor == NULL)
		return out_of_memory(err);
	descriptor->file = file;
	descriptor->json = root;
	descriptor->record = cn_record_new(arena, &cn_table_passport);
	if (descriptor->record == NULL)
		return out_of_memory(err);
	for (const struct cn_json *m = root->first; m != NULL; m = m->next)
		read_top(&r, m, descriptor);
	if (cn_json_get(root, field_issuer.name) == NULL)
		read_fault(
		    &r, root, "descriptor.missing", "\"issuer\" is missing");
	if (r.no_memory || report->code != CN_OK)
		return out_of_memory(err);
	*out = descriptor;
	return CN_OK;
}

/* ---- facts alone ------------------------------------------------------------------- */

/* The facts of a whole product.json, or the document itself. */
static const struct cn_json *
facts_of(const struct cn_json *root)
{
	const struct cn_json *group = cn_json_get(root, "conformity");

	if (group == NULL && cn_json_get(root, "issuer") == NULL)
		return root;
	return cn_json_get(group, "assessment");
}

enum cn_code
cn_facts_read(struct cn_arena *arena, struct cn_slice file,
    struct cn_slice json, struct cn_record **out, struct cn_report *report,
    struct cn_error *err)
{
	struct reader r = { .arena = arena, .report = report, .file = file };
	const struct cn_json *facts;
	struct cn_record *record;
	struct cn_json *root;
	enum cn_code code;

	*out = NULL;
	code = parse(&r, json, &root, err);
	if (code != CN_OK)
		return code;
	facts = facts_of(root);
	if (facts == NULL)
		return cn_fail(err, CN_MALFORMED,
		    "it has no conformity.assessment: there are no facts");
	record = facts->type == CN_JSON_OBJECT
		     ? read_record(&r, &cn_table_assessment, facts)
		     : NULL;
	if (r.no_memory || report->code != CN_OK)
		return out_of_memory(err);
	if (record == NULL)
		return cn_fail(err, CN_MALFORMED, "facts must be an object");
	*out = record;
	return CN_OK;
}

/* ---- cardinality of the merged view ------------------------------------------------- */

void
cn_model_required(const struct cn_record *passport, struct cn_place place,
    struct cn_report *report)
{
	const struct cn_json *top = place.value;

	for (size_t i = 0; i < CN_F_COUNT; i++) {
		const struct cn_field *row = &cn_table_passport.rows[i];

		if (!row->required || row->derived ||
		    passport->slots[i] != NULL)
			continue;
		place.value = cn_json_get(top, row->group);
		if (place.value == NULL)
			place.value = top;
		/* What is there but faulty has its finding. */
		if (cn_json_get(place.value, row->name) != NULL &&
		    place.value != top)
			continue;
		cn_report_add(report, CN_FAULT, "fields.missing", row->sources,
		    place, "\"%s.%s\" is missing", row->group, row->name);
	}
}
