#include "shape_check.h"

#include <string.h>

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
settle(struct walk *w, const struct slot *slot, enum cn_json_type type,
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
		if (shape->slots[i].since > w->edition && w->edition != 0)
			walk_find(w, CN_WARNING, "edition",
			    "this form came with a later edition");
		return shape->slots[i].shape;
	}
	return NULL;
}

/* ---- members and items ----------------------------------------------------------- */

static struct frame *
top(struct walk *w)
{
	return w->depth == 0 ? NULL : &w->frames[w->depth - 1];
}

static bool
slot_is(const struct walk *w, const struct slot *slot, struct cn_slice name)
{
	return text_is(name, slot->name) &&
	       (slot->flags & (w->xml ? SLOT_JSON : SLOT_XML)) == 0;
}

/* A writer puts its members in the same order every time: what came behind the
 * one before last time is looked at first. */
static const struct slot *
find_slot(struct walk *w, struct frame *f, struct cn_slice name)
{
	const struct shape *shape = f->shape;
	uint8_t *hint = &w->hints[((uintptr_t)shape / 16 * 31 + f->last) & 255];

	if (*hint < shape->count && slot_is(w, &shape->slots[*hint], name)) {
		f->last = *hint;
		return &shape->slots[*hint];
	}
	for (uint32_t i = 0; i < shape->count; i++) {
		if (!slot_is(w, &shape->slots[i], name))
			continue;
		f->last = i;
		*hint = (uint8_t)i;
		return &shape->slots[i];
	}
	return NULL;
}

void
walk_key(struct walk *w, struct cn_slice name)
{
	struct frame *f = top(w);
	uint64_t bit;

	if (w->code != CN_OK || f == NULL)
		return;
	w->at_child = true;
	f->index++;
	w->slot = find_slot(w, f, name);
	w->name = w->slot == NULL ? NULL : w->slot->name;
	if (w->slot == NULL) {
		w->unknown = name;
		check_unknown(w, f, name);
		w->unknown = CN_SLICE_NONE;
		return;
	}
	bit = (uint64_t)1 << (f->last & 63);
	if ((f->seen & bit) != 0 &&
	    !(w->xml && (w->slot->flags & SLOT_REPEATS) != 0))
		walk_refuse(w, "\"%s\" occurs twice", w->slot->name);
	f->seen |= bit;
	if (w->slot->since > w->edition && w->edition != 0 && w->strict)
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
	const struct frame *f;
	int tag;

	if (w->code != CN_OK || slot == NULL)
		return;
	if (w->depth == 0) {
		walk_refuse(w, "an object is expected");
		return;
	}
	shape = settle(w, slot, type, text, &tag);
	if (shape == NULL) {
		check_type(w, slot->shape);
		return;
	}
	w->type = type;
	if (shape->kind == SHAPE_TEXT && w->report != NULL)
		check_text(w, shape, slot, text);
	f = top(w);
	if (f != NULL && f->shape->unique && shape->kind == SHAPE_TEXT)
		check_repeated(w, f, text);
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
	if (shape->unique)
		f->seen = ++w->lists;
	if (parent != NULL && parent->shape->kind == SHAPE_LIST)
		f->item = parent->index - 1;
	else
		f->name = w->name;
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
		check_type(w, slot->shape);
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
	if (f->shape->kind == SHAPE_OBJECT && w->report != NULL)
		check_members(w, f);
	if (f->shape->filled && f->index == 0)
		walk_find(w, CN_WARNING, "empty", "nothing is in it");
	if (f->tag != 0)
		w->handler(w->ctx, w, WALK_LEAVE, f->tag, CN_SLICE_NONE);
	w->depth--;
}

/* ---- JSON -------------------------------------------------------------------------- */

/* Does anybody look at the text of the value that follows? Attachments may be
 * longer than anything that is kept. */
static bool
is_wanted(const struct walk *w)
{
	const struct slot *slot = w->slot;

	return slot != NULL &&
	       (slot->tag != 0 || slot->shape->kind != SHAPE_TEXT ||
		   slot->shape->good != NULL || slot->shape->choices != NULL ||
		   (slot->flags & SLOT_NOT_EMPTY) != 0);
}

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
		if (!is_wanted(w))
			cn_json_unwanted(reader);
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
	marks_free(&w->items);
}
