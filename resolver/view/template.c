#include "template_ops.h"

/* Templates that call templates: a passport is nested sixteen deep at most. */
#define RS_CALLS 24

/* A struct in view, and the one around it. */
struct frame {
	const void *data;
	const struct frame *outer;
};

struct run {
	const struct rs_template *tpl;
	struct cn_buf *out;
	struct rs_marks *marks;
	unsigned calls;
};

/* ---- escaping ----------------------------------------------------------- */

static const char *
escaped(uint8_t byte)
{
	switch (byte) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
rs_escape(struct cn_slice text, struct cn_buf *out)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *entity = escaped(text.ptr[i]);
		if (entity == NULL)
			continue;
		cn_buf_put(out, cn_slice_sub(text, from, i - from));
		cn_buf_str(out, entity);
		from = i + 1;
	}
	cn_buf_put(out, cn_slice_sub(text, from, text.len));
}

bool
rs_href_ok(struct cn_slice href)
{
	static const char *const schemes[] = { "https://", "http://",
		"mailto:", "tel:" };

	for (size_t i = 0; i < href.len; i++)
		if (href.ptr[i] <= 0x20 || href.ptr[i] == 0x7f ||
		    href.ptr[i] == '\\')
			return false;
	/* "//host" would lead to another host. */
	if (cn_slice_starts(href, "/"))
		return !cn_slice_starts(href, "//");
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (cn_slice_starts(href, schemes[i]))
			return true;
	return false;
}

/* ---- values -------------------------------------------------------------- */

static const void *
member(const struct rs_op *op, const struct frame *frame)
{
	for (unsigned up = op->up; up > 0; up--)
		frame = frame->outer;
	return (const uint8_t *)frame->data + op->key->offset;
}

static void
put_mark(struct run *run, unsigned number)
{
	struct rs_marks *marks = run->marks;

	if (marks->count == RS_MARKS) {
		run->out->code = CN_TOO_LARGE;
		return;
	}
	marks->at[marks->count++] = (struct rs_mark){ run->out->len, number };
}

static void
put_value(struct run *run, const struct rs_op *op, const struct frame *frame)
{
	const struct cn_slice *text;

	switch (op->key->kind) {
	case RS_KEY_TEXT:
		text = member(op, frame);
		rs_escape(*text, run->out);
		break;
	case RS_KEY_HREF:
		text = member(op, frame);
		if (rs_href_ok(*text))
			rs_escape(*text, run->out);
		break;
	case RS_KEY_UINT:
		cn_buf_printf(run->out, "%llu",
		    (unsigned long long)*(const uint64_t *)member(op, frame));
		break;
	case RS_KEY_MARK:
		put_mark(run, (unsigned)op->key->offset);
		break;
	case RS_KEY_BOOL:
	case RS_KEY_LIST:
		break;
	}
}

static bool
is_there(const struct rs_op *op, const struct frame *frame)
{
	const void *value = member(op, frame);

	switch (op->key->kind) {
	case RS_KEY_TEXT:
		return ((const struct cn_slice *)value)->len > 0;
	case RS_KEY_HREF:
		return rs_href_ok(*(const struct cn_slice *)value);
	case RS_KEY_UINT:
		return *(const uint64_t *)value > 0;
	case RS_KEY_BOOL:
		return *(const bool *)value;
	case RS_KEY_LIST:
		return ((const struct rs_list *)value)->count > 0;
	case RS_KEY_MARK:
		break;
	}
	return true;
}

/* ---- running --------------------------------------------------------------- */

static void run_ops(struct run *run, const struct rs_op *op,
    const struct rs_op *end, const struct frame *frame);

static void
run_block(struct run *run, const struct rs_op *op, const struct frame *frame)
{
	const struct rs_list *list;

	if (is_there(op, frame) == op->negate)
		return;
	if (op->negate || op->key->kind != RS_KEY_LIST) {
		run_ops(run, op->next, op->close, frame);
		return;
	}
	list = member(op, frame);
	for (size_t i = 0; i < list->count; i++) {
		struct frame inner = { (const uint8_t *)list->items +
					   i * op->key->item->size,
			frame };
		run_ops(run, op->next, op->close, &inner);
	}
}

static void
run_form(struct run *run, const struct rs_op *op, const struct frame *frame)
{
	uint64_t n = *(const uint64_t *)member(op, frame);

	if (rs_locale_plural(run->tpl->locale, n) == op->form)
		run_ops(run, op->next, op->close, frame);
}

static void
run_call(struct run *run, const struct rs_op *op, const struct frame *frame)
{
	struct frame alone = { frame->data, NULL };

	if (run->calls == RS_CALLS) {
		run->out->code = CN_TOO_LARGE;
		return;
	}
	run->calls++;
	run_ops(run, op->call->first, NULL, &alone);
	run->calls--;
}

static void
run_ops(struct run *run, const struct rs_op *op, const struct rs_op *end,
    const struct frame *frame)
{
	for (; op != end; op = op->next) {
		switch (op->code) {
		case RS_OP_LITERAL:
			cn_buf_put(run->out, op->text);
			break;
		case RS_OP_VALUE:
			put_value(run, op, frame);
			break;
		case RS_OP_BLOCK:
			run_block(run, op, frame);
			op = op->close;
			break;
		case RS_OP_FORM:
			run_form(run, op, frame);
			op = op->close;
			break;
		case RS_OP_CALL:
			run_call(run, op, frame);
			break;
		case RS_OP_CLOSE:
			break;
		}
	}
}

void
rs_template_render(const struct rs_template *tpl, const void *data,
    struct cn_buf *out, struct rs_marks *marks)
{
	struct run run = { tpl, out, marks, 0 };
	struct frame frame = { data, NULL };

	run_ops(&run, tpl->first, NULL, &frame);
}

void
rs_marks_fill(struct cn_slice rendered, const struct rs_marks *marks,
    const struct cn_slice *values, struct cn_buf *out)
{
	size_t from = 0;

	for (size_t i = 0; i < marks->count; i++) {
		const struct rs_mark *mark = &marks->at[i];
		cn_buf_put(out, cn_slice_sub(rendered, from, mark->at - from));
		rs_escape(values[mark->number], out);
		from = mark->at;
	}
	cn_buf_put(out, cn_slice_sub(rendered, from, rendered.len));
}
