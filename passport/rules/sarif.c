/* SARIF 2.1.0 (OASIS): one run, one result a finding, each with its place. */
#include <carnet/check.h>

static void
put_rules(const struct cn_report *report, struct cn_jw *w)
{
	cn_jw_key(w, "rules");
	cn_jw_array(w);
	for (const struct cn_finding *f = report->first; f != NULL;
	     f = f->next) {
		const struct cn_finding *seen = report->first;

		while (seen != f && !cn_slice_eq(seen->rule, f->rule))
			seen = seen->next;
		if (seen != f)
			continue;
		cn_jw_object(w);
		cn_jw_kv_slice(w, "id", f->rule);
		if (f->cite.len > 0) {
			cn_jw_key(w, "shortDescription");
			cn_jw_object(w);
			cn_jw_kv_slice(w, "text", f->cite);
			cn_jw_object_end(w);
		}
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}

/* Upload services refuse a result without a physical location: a finding about
 * a file as a whole points at its first line. */
static void
put_location(const struct cn_finding *f, struct cn_jw *w)
{
	cn_jw_key(w, "locations");
	cn_jw_array(w);
	cn_jw_object(w);
	cn_jw_key(w, "physicalLocation");
	cn_jw_object(w);
	cn_jw_key(w, "artifactLocation");
	cn_jw_object(w);
	cn_jw_key(w, "uri");
	if (cn_slice_is(f->file, "-"))
		cn_jw_str(w, "stdin");
	else
		cn_jw_slice(w, f->file);
	cn_jw_object_end(w);
	cn_jw_key(w, "region");
	cn_jw_object(w);
	cn_jw_kv_uint(w, "startLine", f->line == 0 ? 1 : f->line);
	cn_jw_kv_uint(w, "startColumn", f->column == 0 ? 1 : f->column);
	cn_jw_object_end(w);
	cn_jw_object_end(w);
	if (f->pointer.len > 0) {
		cn_jw_key(w, "logicalLocations");
		cn_jw_array(w);
		cn_jw_object(w);
		cn_jw_kv_slice(w, "fullyQualifiedName", f->pointer);
		cn_jw_object_end(w);
		cn_jw_array_end(w);
	}
	cn_jw_object_end(w);
	cn_jw_array_end(w);
}

static void
put_result(const struct cn_finding *f, struct cn_jw *w)
{
	cn_jw_object(w);
	cn_jw_kv_slice(w, "ruleId", f->rule);
	cn_jw_kv_str(w, "level", cn_level_name(f->level));
	cn_jw_key(w, "message");
	cn_jw_object(w);
	cn_jw_kv_slice(w, "text", f->message);
	cn_jw_object_end(w);
	put_location(f, w);
	if (f->waived) {
		cn_jw_key(w, "suppressions");
		cn_jw_array(w);
		cn_jw_object(w);
		cn_jw_kv_str(w, "kind", "inSource");
		cn_jw_object_end(w);
		cn_jw_array_end(w);
	}
	cn_jw_object_end(w);
}

void
cn_report_sarif(const struct cn_report *report, struct cn_buf *out)
{
	struct cn_jw w;

	cn_jw_init(&w, out, true);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "version", "2.1.0");
	cn_jw_kv_str(&w, "$schema",
	    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
	    "schemas/sarif-schema-2.1.0.json");
	cn_jw_key(&w, "runs");
	cn_jw_array(&w);
	cn_jw_object(&w);
	cn_jw_key(&w, "tool");
	cn_jw_object(&w);
	cn_jw_key(&w, "driver");
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "name", "carnet");
	cn_jw_kv_str(&w, "version", CARNET_VERSION);
	put_rules(report, &w);
	cn_jw_object_end(&w);
	cn_jw_object_end(&w);
	cn_jw_kv_str(&w, "columnKind", "unicodeCodePoints");
	cn_jw_key(&w, "results");
	cn_jw_array(&w);
	for (const struct cn_finding *f = report->first; f != NULL; f = f->next)
		put_result(f, &w);
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
}
