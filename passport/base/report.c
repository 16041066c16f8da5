#include <carnet/report.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
cn_report_init(struct cn_report *report, struct cn_arena *arena)
{
	memset(report, 0, sizeof(*report));
	report->arena = arena;
	report->code = CN_OK;
}

const char *
cn_level_name(enum cn_level level)
{
	static const char *const names[] = { "note", "warning", "error" };

	return names[level];
}

/* A finding at the end of the list, or NULL: too many, or no memory. */
static struct cn_finding *
append(struct cn_report *report, enum cn_level level)
{
	size_t total = report->count[CN_NOTE] + report->count[CN_WARNING] +
		       report->count[CN_FAULT];
	struct cn_finding *finding = NULL;

	report->count[level]++;
	if (total >= CN_MAX_FINDINGS) {
		report->dropped++;
		return NULL;
	}
	finding = cn_arena_alloc(report->arena, 1, sizeof(*finding));
	if (finding == NULL) {
		report->code = CN_MEMORY;
		return NULL;
	}
	finding->level = level;
	if (report->last == NULL)
		report->first = finding;
	else
		report->last->next = finding;
	report->last = finding;
	return finding;
}

static struct cn_slice
keep(struct cn_report *report, struct cn_slice text)
{
	struct cn_slice copy = cn_arena_copy(report->arena, text);

	if (copy.ptr == NULL)
		report->code = CN_MEMORY;
	return copy;
}

/* The place is three of the parameters, spelt out for streams. */
void /* NOLINTNEXTLINE(readability-function-size) */
cn_report_add_at(struct cn_report *report, enum cn_level level,
    const char *rule, const char *cite, struct cn_slice file, uint32_t line,
    uint32_t column, struct cn_slice pointer, const char *text)
{
	struct cn_finding *finding = append(report, level);

	if (finding == NULL)
		return;
	finding->rule = keep(report, cn_slice_str(rule));
	finding->cite = keep(report, cn_slice_str(cite));
	finding->message = keep(report, cn_slice_str(text));
	finding->file = keep(report, file);
	finding->pointer = keep(report, pointer);
	finding->line = line;
	finding->column = column;
}

void
cn_report_add(struct cn_report *report, enum cn_level level, const char *rule,
    const char *cite, struct cn_place place, const char *fmt, ...)
{
	const struct cn_json *value = place.value;
	uint32_t line = 0, column = 0;
	struct cn_buf pointer;
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	cn_buf_init(&pointer, 4096);
	if (value != NULL) {
		bool key = place.at_key && value->key_line > 0;

		cn_json_pointer(value, &pointer);
		line = key ? value->key_line : value->line;
		column = key ? value->key_column : value->column;
	}
	if (cn_buf_code(&pointer, NULL) != CN_OK)
		report->code = CN_MEMORY;
	cn_report_add_at(report, level, rule, cite, place.file, line, column,
	    cn_buf_slice(&pointer), text);
	cn_buf_free(&pointer);
}
