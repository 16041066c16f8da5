#include "shape_check.h"

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

void
check_type(struct walk *w, const struct shape *shape)
{
	walk_find(
	    w, CN_WARNING, "type", "%s is expected here", kind_name(shape));
}

static void
check_choice(struct walk *w, const struct choice *choices, struct cn_slice text)
{
	const char *names[64], *near;
	size_t count = 0;

	for (const struct choice *c = choices; c->name != NULL; c++) {
		if (text_is(text, c->name)) {
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

void
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

void
check_unknown(struct walk *w, const struct frame *f, struct cn_slice name)
{
	const char *names[64];
	size_t count = f->shape->count < 64 ? f->shape->count : 64;
	const char *near;

	if (f->shape->open || w->edition < f->shape->closed || !w->strict ||
	    w->report == NULL)
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
check_repeated(struct walk *w, const struct frame *f, struct cn_slice text)
{
	uint64_t *list;

	if (w->key == NULL || w->report == NULL)
		return;
	list = marks_add(&w->items, hash_text(w->key, text), NULL);
	if (list == NULL) {
		walk_no_memory(w);
		return;
	}
	if (*list == f->seen)
		walk_find(w, CN_WARNING, "repeated", "\"%.*s\" is there twice",
		    (int)(text.len > 80 ? 80 : text.len), text.ptr);
	*list = f->seen;
}

void
check_members(struct walk *w, const struct frame *f)
{
	const struct shape *shape = f->shape;
	unsigned other = w->xml ? SLOT_JSON : SLOT_XML, ones = 0;
	unsigned needed = SLOT_REQUIRED;
	const char *first_one = NULL;

	if (w->edition != 0 && w->edition <= w->early)
		needed |= SLOT_EARLY;
	if (w->edition >= shape->closed)
		needed |= SLOT_LATE;
	for (size_t i = 0; i < shape->count; i++) {
		const struct slot *slot = &shape->slots[i];
		bool seen = (f->seen >> (i & 63) & 1) != 0;

		if ((slot->flags & (needed | SLOT_ONE)) == 0)
			continue;
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
