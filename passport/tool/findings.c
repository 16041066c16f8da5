/*
 * Findings for people and for machines.
 */
#include "tool.h"

static const struct {
	enum cn_level level;
	enum tool_colour colour;
	const char *one, *many;
} groups[] = {
	{ CN_FAULT, TOOL_BAD, "error", "errors" },
	{ CN_WARNING, TOOL_WARN, "warning", "warnings" },
	{ CN_NOTE, TOOL_DIM, "note", "notes" },
};

/* "product.json:12:5" */
static void
put_place(struct tool *tool, const struct cn_finding *finding)
{
	if (finding->file.len > 0)
		tool_paint(tool, TOOL_BOLD, "%.*s", CN_FMT(finding->file));
	if (finding->line > 0)
		tool_paint(
		    tool, TOOL_BOLD, ":%u:%u", finding->line, finding->column);
	if (finding->pointer.len > 0)
		tool_paint(tool, TOOL_DIM, "  %.*s", CN_FMT(finding->pointer));
}

static void
put_finding(struct tool *tool, const struct cn_finding *finding)
{
	cn_buf_str(&tool->out, "  ");
	put_place(tool, finding);
	tool_end(tool);
	tool_paint(tool, TOOL_PLAIN, "      %.*s", CN_FMT(finding->message));
	if (finding->cite.len > 0)
		tool_paint(tool, TOOL_DIM, " (%.*s)", CN_FMT(finding->cite));
	tool_paint(tool, TOOL_DIM, "  [%.*s]", CN_FMT(finding->rule));
	tool_end(tool);
}

static void
put_waived(struct tool *tool, const struct cn_report *report)
{
	size_t waived = 0;

	for (const struct cn_finding *f = report->first; f != NULL; f = f->next)
		waived += f->waived;
	if (waived == 0)
		return;
	tool_paint(tool, TOOL_DIM, "%zu waived", waived);
	tool_end(tool);
}

void
tool_findings(struct tool *tool, const struct cn_report *report)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		size_t count = report->count[groups[i].level];

		if (count == 0)
			continue;
		tool_paint(tool, groups[i].colour, "%zu %s", count,
		    count == 1 ? groups[i].one : groups[i].many);
		tool_end(tool);
		for (const struct cn_finding *f = report->first; f != NULL;
		     f = f->next)
			if (f->level == groups[i].level && !f->waived)
				put_finding(tool, f);
	}
	if (report->dropped > 0) {
		tool_paint(tool, TOOL_DIM, "… and %zu more", report->dropped);
		tool_end(tool);
	}
	put_waived(tool, report);
}

/* A place in the file, as numbers; null where it is the file as a whole. */
static void
put_number(struct cn_jw *w, const char *key, uint32_t number)
{
	if (number > 0)
		cn_jw_kv_uint(w, key, number);
	else
		cn_jw_kv_null(w, key);
}

void
tool_findings_json(struct cn_jw *w, const struct cn_report *report)
{
	cn_jw_array(w);
	for (const struct cn_finding *f = report->first; f != NULL;
	     f = f->next) {
		cn_jw_object(w);
		cn_jw_kv_slice(w, "rule", f->rule);
		cn_jw_kv_str(w, "level", cn_level_name(f->level));
		cn_jw_kv_slice(w, "message", f->message);
		cn_jw_kv_slice(w, "cite", f->cite);
		cn_jw_kv_slice(w, "file", f->file);
		put_number(w, "line", f->line);
		put_number(w, "column", f->column);
		cn_jw_kv_slice(w, "pointer", f->pointer);
		cn_jw_kv_bool(w, "waived", f->waived);
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}
