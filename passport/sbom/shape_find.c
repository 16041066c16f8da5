/* Where a walk stands, and what it has to say there. */
#include "shape.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define POINTER_MOST (1u << 20)

static void
put_escaped(struct cn_buf *out, struct cn_slice name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '~')
			cn_buf_str(out, "~0");
		else if (name.ptr[i] == '/')
			cn_buf_str(out, "~1");
		else
			cn_buf_byte(out, name.ptr[i]);
	}
}

static void
put_step(struct cn_buf *out, const struct frame *parent, struct cn_slice name,
    uint32_t item)
{
	cn_buf_byte(out, '/');
	if (parent->shape->kind == SHAPE_LIST)
		cn_buf_printf(out, "%" PRIu32, item);
	else
		put_escaped(out, name);
}

void
walk_pointer(const struct walk *w, struct cn_buf *out)
{
	const struct frame *f = w->frames;

	for (uint32_t i = 1; i < w->depth; i++)
		put_step(out, &f[i - 1], cn_slice_str(f[i].name), f[i].item);
	if (w->at_child && w->depth > 0)
		put_step(out, &f[w->depth - 1],
		    w->name != NULL ? cn_slice_str(w->name) : w->unknown,
		    f[w->depth - 1].index - 1);
}

void
walk_find(
    struct walk *w, enum cn_level level, const char *rule, const char *fmt, ...)
{
	char text[512], id[96];
	struct cn_buf pointer;
	va_list ap;

	if (w->report == NULL || w->code != CN_OK || w->told++ >= WALK_FINDINGS)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	(void)snprintf(id, sizeof(id), "%s.%s", w->dialect, rule);
	cn_buf_init(&pointer, POINTER_MOST);
	walk_pointer(w, &pointer);
	cn_report_add_at(w->report, level, id, NULL, w->file, w->line,
	    w->column, cn_buf_slice(&pointer), text);
	cn_buf_free(&pointer);
}

void
walk_refuse(struct walk *w, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	if (w->code != CN_OK)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (w->err != NULL)
		w->err->place[0] = '\0';
	cn_error_at(
	    w->err, "line %" PRIu32 ", column %" PRIu32, w->line, w->column);
	w->code = cn_fail(w->err, CN_MALFORMED, "%s", text);
}

void
walk_no_memory(struct walk *w)
{
	if (w->code == CN_OK)
		w->code = cn_fail(w->err, CN_MEMORY,
		    "the file holds more than fits into memory");
}
