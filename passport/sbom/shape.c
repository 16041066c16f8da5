#include "shape.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NAMES_MOST (1u << 20) /* bytes of the names on the way down */

/* ---- places ----------------------------------------------------------------- */

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

static struct cn_slice
name_at(const struct walk *w, size_t at, size_t len)
{
	return cn_slice_sub(cn_buf_slice(&w->keys), at, len);
}

void
walk_pointer(const struct walk *w, struct cn_buf *out)
{
	for (uint32_t i = 1; i < w->depth; i++) {
		const struct frame *f = &w->frames[i];

		put_step(out, &w->frames[i - 1],
		    name_at(w, f->key_at, f->key_len), f->item);
	}
	if (w->at_child && w->depth > 0) {
		const struct frame *top = &w->frames[w->depth - 1];

		put_step(out, top, name_at(w, w->key_at, w->key_len),
		    top->index - 1);
	}
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
	cn_buf_init(&pointer, NAMES_MOST);
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

/* ---- what fits ---------------------------------------------------------------- */

static bool
fits(const struct walk *w, const struct shape *shape, enum cn_json_type type,
    struct cn_slice text)
{
	bool scalar = type != CN_JSON_ARRAY && type != CN_JSON_OBJECT;

	switch (shape->kind) {
	case SHAPE_ANY:
		return true;
	case SHAPE_OBJECT:
		return type == CN_JSON_OBJECT;
	case SHAPE_LIST:
		return type == CN_JSON_ARRAY;
	case SHAPE_TEXT:
		return type == CN_JSON_STRING;
	case SHAPE_NUMBER:
		return type == CN_JSON_NUMBER || (w->xml && scalar);
	case SHAPE_INTEGER:
		return (type == CN_JSON_NUMBER || (w->xml && scalar)) &&
		       cn_slice_find(text, '.') == text.len &&
		       cn_slice_find(text, 'e') == text.len &&
		       cn_slice_find(text, 'E') == text.len;
	case SHAPE_BOOLEAN:
		return type == CN_JSON_TRUE || type == CN_JSON_FALSE ||
		       (w->xml && scalar);
	case SHAPE_EITHER:
		break;
	}
	return false;
}

/* Follows SHAPE_EITHER; *tag becomes that of the alternative, if it has one. */
static const struct shape *
settle(const struct walk *w, const struct slot *slot, enum cn_json_type type,
    struct cn_slice text, int *tag)
{
	const struct shape *shape = slot->shape;

	*tag = slot->tag;
	if (shape->kind != SHAPE_EITHER)
		return fits(w, shape, type, text) ? shape : NULL;
	for (size_t i = 0; i < shape->count; i++) {
		if (!fits(w, shape->slots[i].shape, type, text))
			continue;
		if (shape->slots[i].tag != 0)
			*tag = shape->slots[i].tag;
		return shape->slots[i].shape;
	}
	return NULL;
}

static const char *
kind_name(const struct shape *shape)
{
	switch (shape->kind) {
	case SHAPE_TEXT:
		return "a text";
	case SHAPE_NUMBER:
		return "a number";
	case SHAPE_INTEGER:
		return "a whole number";
	case SHAPE_BOOLEAN:
		return "true or false";
	case SHAPE_OBJECT:
		return "an object";
	case SHAPE_LIST:
		return "a list";
	case SHAPE_EITHER:
		return kind_name(shape->slots[0].shape);
	case SHAPE_ANY:
		break;
	}
	return "something";
}

static void
check_choice(struct walk *w, const struct choice *choices, struct cn_slice text)
{
	const char *names[64], *near;
	size_t count = 0;

	for (const struct choice *c = choices; c->name != NULL; c++) {
		if (cn_slice_is(text, c->name)) {
			if (c->since > w->edition && w->edition != 0)
				walk_find(w, CN_WARNING, "edition",
				    "\"%s\" came with a later edition",
				    c->name);
			return;
		}
		if (count < 64)
			names[count++] = c->name;
	}
	near = cn_nearest(text, names, count);
	walk_find(w, CN_WARNING, "value",
	    "\"%.*s\" is none of the known values (%s \"%s\")",
	    (int)(text.len > 80 ? 80 : text.len), text.ptr,
	    near != NULL ? "meant:" : "such as",
	    near != NULL ? near : names[0]);
}

static void
check_text(struct walk *w, const struct shape *shape, const struct slot *slot,
    struct cn_slice text)
{
	if (text.len == 0 && (slot->flags & SLOT_NOT_EMPTY) != 0)
		walk_find(w, CN_WARNING, "empty", "the text is empty");
	else if (shape->good != NULL && !shape->good(text))
		walk_find(w, CN_WARNING, "format", "\"%.*s\" is not %s",
		    (int)(text.len > 80 ? 80 : text.len), text.ptr,
		    shape->wanted);
	else if (shape->choices != NULL)
		check_choice(w, shape->choices, text);
}

/* ---- members and items ----------------------------------------------------------- */

static struct frame *
top(struct walk *w)
{
	return w->depth == 0 ? NULL : &w->frames[w->depth - 1];
}

/* Members mostly come in the table's order: look behind the newest first. */
static const struct slot *
find_slot(const struct walk *w, struct frame *f, struct cn_slice name)
{
	unsigned other = w->xml ? SLOT_JSON : SLOT_XML;
	size_t count = f->shape->count, i = f->last;

	for (size_t n = 0; n < count; n++) {
		const struct slot *slot;

		i = i + 1 >= count ? 0 : i + 1;
		slot = &f->shape->slots[i];
		if (slot->name[0] == (name.len == 0 ? 0 : name.ptr[0]) &&
		    (slot->flags & other) == 0 &&
		    cn_slice_is(name, slot->name)) {
			f->last = (uint32_t)i;
			return slot;
		}
	}
	return NULL;
}

static void
unknown_member(struct walk *w, const struct frame *f, struct cn_slice name)
{
	const char *names[64];
	size_t count = f->shape->count < 64 ? f->shape->count : 64;
	const char *near;

	if (f->shape->open || !w->strict || w->report == NULL)
		return;
	for (size_t i = 0; i < count; i++)
		names[i] = f->shape->slots[i].name;
	near = cn_nearest(name, names, count);
	walk_find(w, CN_WARNING, "member",
	    "the member \"%.*s\" is not known here%s%s%s",
	    (int)(name.len > 80 ? 80 : name.len), name.ptr,
	    near == NULL ? "" : "; did you mean \"", near == NULL ? "" : near,
	    near == NULL ? "" : "\"?");
}

void
walk_key(struct walk *w, struct cn_slice name)
{
	struct frame *f = top(w);
	uint64_t bit;

	if (w->code != CN_OK || f == NULL)
		return;
	w->keys.len = f->key_at + f->key_len;
	w->key_at = w->keys.len;
	w->key_len = name.len;
	cn_buf_put(&w->keys, name);
	if (w->keys.code != CN_OK)
		walk_no_memory(w);
	w->at_child = true;
	f->index++;
	w->slot = find_slot(w, f, name);
	if (w->slot == NULL) {
		unknown_member(w, f, name);
		return;
	}
	bit = (uint64_t)1 << (f->last & 63);
	if ((f->seen & bit) != 0 &&
	    !(w->xml && (w->slot->flags & SLOT_REPEATS) != 0))
		walk_refuse(w, "\"%s\" occurs twice", w->slot->name);
	f->seen |= bit;
	if (w->slot->since > w->edition && w->edition != 0)
		walk_find(w, CN_WARNING, "edition",
		    "\"%s\" came with a later edition", w->slot->name);
}

/* The slot of the value that comes; NULL where nothing is known of it. */
static const struct slot *
next_slot(struct walk *w)
{
	static const struct slot no_slot;
	struct frame *f = top(w);

	if (f == NULL)
		return &no_slot;
	if (f->shape->kind != SHAPE_LIST)
		return w->slot;
	f->index++;
	w->at_child = true;
	return &f->shape->slots[0];
}

void
walk_value(struct walk *w, enum cn_json_type type, struct cn_slice text)
{
	const struct slot *slot = next_slot(w);
	const struct shape *shape;
	int tag;

	if (w->code != CN_OK || slot == NULL)
		return;
	if (w->depth == 0) {
		walk_refuse(w, "an object is expected");
		return;
	}
	shape = settle(w, slot, type, text, &tag);
	if (shape == NULL) {
		walk_find(w, CN_WARNING, "type", "%s is expected here",
		    kind_name(slot->shape));
		return;
	}
	w->type = type;
	if (shape->kind == SHAPE_TEXT)
		check_text(w, shape, slot, text);
	if (tag != 0)
		w->handler(w->ctx, w, WALK_VALUE, tag, text);
}

static void
push(struct walk *w, const struct shape *shape, int tag)
{
	struct frame *parent = top(w), *f;

	if (w->depth == WALK_DEPTH) {
		walk_refuse(w, "nested too deeply");
		return;
	}
	f = &w->frames[w->depth++];
	memset(f, 0, sizeof(*f));
	f->shape = shape;
	f->tag = tag;
	f->line = w->line;
	f->column = w->column;
	f->last = UINT32_MAX;
	if (parent == NULL) {
		f->key_at = f->key_len = 0;
	} else if (parent->shape->kind == SHAPE_LIST) {
		f->key_at = parent->key_at + parent->key_len;
		f->item = parent->index - 1;
	} else {
		f->key_at = w->key_at;
		f->key_len = w->key_len;
	}
	w->at_child = false;
}

bool
walk_open(struct walk *w, enum cn_json_type type)
{
	const struct slot whole = { NULL, w->root, 0, 0, 0 };
	const struct slot *slot = next_slot(w);
	const struct shape *shape;
	int tag;

	if (w->code != CN_OK || slot == NULL)
		return false;
	if (w->depth == 0) {
		slot = &whole;
		if (!fits(w, w->root, type, CN_SLICE_NONE)) {
			walk_refuse(w, "an object is expected");
			return false;
		}
	}
	shape = settle(w, slot, type, CN_SLICE_NONE, &tag);
	if (shape == NULL)
		walk_find(w, CN_WARNING, "type", "%s is expected here",
		    kind_name(slot->shape));
	if (shape == NULL || shape->kind == SHAPE_ANY) {
		/* still told that it is there */
		if (shape != NULL && tag != 0) {
			w->type = type;
			w->handler(w->ctx, w, WALK_VALUE, tag, CN_SLICE_NONE);
		}
		return false;
	}
	push(w, shape, tag);
	if (w->code != CN_OK)
		return false;
	w->type = type;
	if (tag != 0)
		w->handler(w->ctx, w, WALK_ENTER, tag, CN_SLICE_NONE);
	return true;
}

static void
check_members(struct walk *w, const struct frame *f)
{
	const struct shape *shape = f->shape;
	unsigned other = w->xml ? SLOT_JSON : SLOT_XML, ones = 0;
	const char *first_one = NULL;

	for (size_t i = 0; i < shape->count; i++) {
		const struct slot *slot = &shape->slots[i];
		bool seen = (f->seen >> (i & 63) & 1) != 0;
		unsigned needed = SLOT_REQUIRED |
				  (w->edition != 0 &&
					      w->edition == w->first_edition
					  ? SLOT_EARLY
					  : 0);

		if ((slot->flags & needed) != 0 && !seen &&
		    (slot->flags & other) == 0)
			walk_find(w, CN_WARNING, "missing", "\"%s\" is missing",
			    slot->name);
		if ((slot->flags & SLOT_ONE) == 0)
			continue;
		ones += seen;
		if (first_one == NULL)
			first_one = slot->name;
	}
	if (first_one != NULL && ones == 0)
		walk_find(w, CN_WARNING, "missing",
		    "\"%s\" or what can stand in its place is missing",
		    first_one);
	if (ones > 1)
		walk_find(w, CN_WARNING, "both",
		    "members exclude each other: write \"%s\" alone, or what "
		    "can stand in its place",
		    first_one);
}

void
walk_close(struct walk *w)
{
	struct frame *f = top(w);

	if (w->code != CN_OK || f == NULL)
		return;
	w->at_child = false;
	w->line = f->line;
	w->column = f->column;
	w->count = f->index;
	if (f->shape->kind == SHAPE_OBJECT)
		check_members(w, f);
	if (f->tag != 0)
		w->handler(w->ctx, w, WALK_LEAVE, f->tag, CN_SLICE_NONE);
	w->depth--;
}

/* ---- JSON -------------------------------------------------------------------------- */

static enum cn_code
step_json(struct walk *w, struct cn_json_reader *reader,
    const struct cn_json_token *t, struct cn_error *err)
{
	w->line = t->line;
	w->column = t->column;
	w->offset = t->offset;
	switch (t->event) {
	case CN_JSON_EV_KEY:
		walk_key(w, t->text);
		break;
	case CN_JSON_EV_VALUE:
		walk_value(w, t->type, t->text);
		break;
	case CN_JSON_EV_OPEN:
		if (!walk_open(w, t->type) && w->code == CN_OK)
			return cn_json_skip(reader, t, err);
		break;
	case CN_JSON_EV_CLOSE:
		walk_close(w);
		break;
	case CN_JSON_EV_END:
		break;
	}
	return w->code;
}

void
walk_begin(struct walk *w, const struct shape *root, struct cn_error *err)
{
	w->root = root;
	w->err = err;
	cn_buf_free(&w->keys);
	cn_buf_init(&w->keys, NAMES_MOST);
}

enum cn_code
walk_json(struct walk *w, const struct shape *root,
    struct cn_json_reader *reader, struct cn_error *err)
{
	struct cn_json_token t = { .event = CN_JSON_EV_KEY };
	enum cn_code code = CN_OK;

	walk_begin(w, root, err);
	while (code == CN_OK) {
		code = cn_json_next(reader, &t, err);
		if (code == CN_OK && t.event == CN_JSON_EV_END)
			break;
		if (code == CN_OK)
			code = step_json(w, reader, &t, err);
		if (w->only_first && w->depth == 0)
			break;
	}
	return code;
}

void
walk_free(struct walk *w)
{
	cn_buf_free(&w->keys);
}
