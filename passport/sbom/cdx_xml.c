/*
 * CycloneDX as XML. Elements and attributes become the events that JSON gives:
 * a wrapper is a list, its children are items, attributes are members.
 *
 * A document type declaration is refused, so there are no entities to expand;
 * a token that does not end is refused before expat keeps much of it.
 */
#include "cdx.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>

#define NAMESPACE "http://cyclonedx.org/schema/bom/1."
#define SIGNATURE "http://www.w3.org/2000/09/xmldsig#|Signature"
#define SEPARATOR '|'
#define CHUNK (32u << 10)

enum element_kind { ELEMENT_OBJECT, ELEMENT_LIST, ELEMENT_SCALAR };

struct element {
	enum element_kind kind;
	const struct slot *text; /* the member that its text is, or NULL */
	bool wrapped; /* it stands for an item that holds only it */
	bool has_ref; /* a scalar whose value was an attribute */
};

struct xml {
	struct walk *w;
	XML_Parser parser;
	struct element elements[WALK_DEPTH];
	size_t depth;
	size_t ignored; /* levels of what is of no interest */
	struct cn_buf text;
	struct cn_buf space; /* namespace of the root, with separator */
};

/* ---- places ------------------------------------------------------------------------ */

static void
set_place(struct xml *x)
{
	x->w->line = (uint32_t)XML_GetCurrentLineNumber(x->parser);
	x->w->column = (uint32_t)XML_GetCurrentColumnNumber(x->parser) + 1;
	x->w->offset = (uint64_t)XML_GetCurrentByteIndex(x->parser);
}

static void
stop_on_failure(struct xml *x)
{
	if (x->w->code != CN_OK)
		(void)XML_StopParser(x->parser, XML_FALSE);
}

static void
refuse(struct xml *x, const char *what)
{
	set_place(x);
	walk_refuse(x->w, "%s", what);
	stop_on_failure(x);
}

/* ---- text ------------------------------------------------------------------------------ */

static struct cn_slice
trim(struct cn_slice text)
{
	static const char blanks[] = " \t\r\n";

	while (text.len > 0 && strchr(blanks, text.ptr[0]) != NULL)
		text = cn_slice_sub(text, 1, text.len);
	while (text.len > 0 && strchr(blanks, text.ptr[text.len - 1]) != NULL)
		text = cn_slice_sub(text, 0, text.len - 1);
	return text;
}

static void
characters(void *ctx, const XML_Char *text, int len)
{
	struct xml *x = ctx;
	const struct element *e;

	if (x->ignored > 0 || x->depth == 0)
		return;
	e = &x->elements[x->depth - 1];
	if (e->kind != ELEMENT_SCALAR && e->text == NULL)
		return;
	cn_buf_put(&x->text, cn_slice_of(text, (size_t)len));
	if (x->text.code != CN_OK)
		refuse(x, "a text is too long");
}

static void
put_member(struct walk *w, struct cn_slice name, struct cn_slice text)
{
	walk_key(w, name);
	walk_value(w, CN_JSON_STRING, text);
}

/* ---- elements ----------------------------------------------------------------------------- */

static const struct slot *
slot_with(const struct shape *shape, unsigned flag)
{
	for (size_t i = 0; i < shape->count; i++)
		if ((shape->slots[i].flags & flag) != 0)
			return &shape->slots[i];
	return NULL;
}

static bool
wraps(const struct shape *item, const char *name)
{
	if (item->kind != SHAPE_OBJECT)
		return false;
	for (size_t i = 0; i < item->count; i++)
		if ((item->slots[i].flags & SLOT_WRAP) != 0 &&
		    strcmp(item->slots[i].name, name) == 0)
			return true;
	return false;
}

static struct element *
push(struct xml *x, enum element_kind kind, bool wrapped)
{
	struct element *e = &x->elements[x->depth++];

	*e = (struct element){ .kind = kind, .wrapped = wrapped };
	cn_buf_reset(&x->text);
	return e;
}

/* Attributes without a namespace are members. */
static void
attributes(struct xml *x, const XML_Char **list)
{
	for (; *list != NULL; list += 2)
		if (strchr(list[0], SEPARATOR) == NULL)
			put_member(
			    x->w, cn_slice_str(list[0]), cn_slice_str(list[1]));
}

/* A reference may stand in an attribute instead of a text. */
static void
scalar_begins(struct xml *x, const XML_Char **list, bool wrapped)
{
	struct element *e = push(x, ELEMENT_SCALAR, wrapped);

	for (; *list != NULL; list += 2) {
		if (strcmp(list[0], "ref") != 0)
			continue;
		cn_buf_put(&x->text, cn_slice_str(list[1]));
		e->has_ref = true;
	}
}

static void
value_begins(struct xml *x, const struct shape *shape, const XML_Char **list,
    bool wrapped)
{
	switch (shape->kind) {
	case SHAPE_OBJECT:
		if (!walk_open(x->w, CN_JSON_OBJECT))
			break;
		push(x, ELEMENT_OBJECT, wrapped)->text = slot_with(
		    shape, SLOT_TEXT);
		attributes(x, list);
		return;
	case SHAPE_LIST:
		if (!walk_open(x->w, CN_JSON_ARRAY))
			break;
		(void)push(x, ELEMENT_LIST, wrapped);
		return;
	case SHAPE_ANY:
	case SHAPE_EITHER:
		(void)walk_open(x->w, CN_JSON_OBJECT); /* only told */
		break;
	case SHAPE_TEXT:
	case SHAPE_NUMBER:
	case SHAPE_INTEGER:
	case SHAPE_BOOLEAN:
		scalar_begins(x, list, wrapped);
		return;
	}
	x->ignored = 1;
	if (wrapped)
		walk_close(x->w);
}

/* A child element: an item of a list or a member. */
static void
child_begins(struct xml *x, const char *name, const XML_Char **list)
{
	const struct frame *f = &x->w->frames[x->w->depth - 1];
	const struct slot *slot;
	bool wrapped = false;

	if (f->shape->kind == SHAPE_LIST) {
		slot = &f->shape->slots[0];
		wrapped = wraps(slot->shape, name);
		if (wrapped && walk_open(x->w, CN_JSON_OBJECT)) {
			walk_key(x->w, cn_slice_str(name));
			slot = x->w->slot;
		}
	} else {
		walk_key(x->w, cn_slice_str(name));
		slot = x->w->slot;
		if (slot != NULL && (slot->flags & SLOT_REPEATS) != 0 &&
		    slot->shape->kind == SHAPE_LIST)
			slot = x->w->slot = &slot->shape->slots[0];
	}
	if (slot == NULL || x->w->code != CN_OK)
		x->ignored = 1;
	else
		value_begins(x, slot->shape, list, wrapped);
}

static void
root_begins(struct xml *x, const char *name, const XML_Char **list)
{
	struct cn_slice full = cn_slice_str(name);
	size_t colon = cn_slice_find(full, SEPARATOR);
	struct cn_slice version;

	if (!cn_slice_starts(full, NAMESPACE) || colon == full.len ||
	    !cn_slice_is(cn_slice_sub(full, colon + 1, full.len), "bom")) {
		refuse(x, "the root is no <bom> in a namespace of CycloneDX");
		return;
	}
	version = cn_slice_sub(full, sizeof(NAMESPACE) - 3, 3);
	if (colon != sizeof(NAMESPACE) || version.ptr[2] < '0' ||
	    version.ptr[2] > '9') {
		refuse(x, "the namespace is no version of CycloneDX");
		return;
	}
	cn_buf_put(&x->space, cn_slice_sub(full, 0, colon + 1));
	if (x->space.code != CN_OK) { /* else every namespace would do */
		refuse(x, "no memory for the namespace");
		return;
	}
	if (!walk_open(x->w, CN_JSON_OBJECT))
		return;
	(void)push(x, ELEMENT_OBJECT, false);
	put_member(x->w, CN_SLICE("specVersion"), version);
	attributes(x, list);
}

static void
begins(void *ctx, const XML_Char *name, const XML_Char **list)
{
	struct xml *x = ctx;
	size_t space = x->space.len;

	set_place(x);
	if (x->ignored > 0) {
		x->ignored++;
	} else if (x->depth == 0) {
		root_begins(x, name, list);
	} else if (x->depth == WALK_DEPTH) {
		refuse(x, "nested too deeply");
	} else if (x->elements[x->depth - 1].kind == ELEMENT_SCALAR) {
		x->ignored = 1; /* markup within a text */
	} else if (strncmp(name, (const char *)x->space.ptr, space) == 0) {
		child_begins(x, name + space, list);
	} else {
		x->ignored = 1; /* an extension, in a namespace of its own */
		if (x->depth == 1 && strcmp(name, SIGNATURE) == 0)
			put_member(x->w, CN_SLICE("signature"), CN_SLICE_NONE);
	}
	stop_on_failure(x);
}

static void
ends(void *ctx, const XML_Char *name)
{
	struct xml *x = ctx;
	const struct element *e;
	struct cn_slice text;

	(void)name;
	/* a tag without content ends even where its beginning was refused */
	if (x->w->code != CN_OK || x->depth == 0)
		return;
	set_place(x);
	if (x->ignored > 0) {
		x->ignored--;
		return;
	}
	e = &x->elements[--x->depth];
	text = trim(cn_buf_slice(&x->text));
	if (e->kind == ELEMENT_SCALAR)
		walk_value(x->w, CN_JSON_STRING, text);
	else if (e->text != NULL && text.len > 0)
		put_member(x->w, cn_slice_str(e->text->name), text);
	if (e->kind != ELEMENT_SCALAR)
		walk_close(x->w);
	if (e->wrapped)
		walk_close(x->w);
	cn_buf_reset(&x->text);
	stop_on_failure(x);
}

static void
doctype(void *ctx, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	refuse(ctx, "a document type declaration is not allowed");
}

/* ---- the document ----------------------------------------------------------------------------- */

static enum cn_code
syntax_error(struct xml *x)
{
	enum XML_Error error = XML_GetErrorCode(x->parser);

	if (error == XML_ERROR_NO_MEMORY)
		return cn_fail(x->w->err, CN_MEMORY, "no memory for XML");
	set_place(x);
	walk_refuse(x->w, "%s", XML_ErrorString(error));
	return x->w->code;
}

static enum cn_code
feed(struct xml *x, struct source *src)
{
	uint64_t fed = 0;
	size_t got = 1;
	enum cn_code code = CN_OK;

	while (code == CN_OK && got > 0) {
		void *chunk = XML_GetBuffer(x->parser, CHUNK);

		if (chunk == NULL)
			return syntax_error(x);
		code = source_fill(src, chunk, CHUNK, &got, x->w->err);
		if (code != CN_OK)
			break;
		fed += got;
		if (XML_ParseBuffer(x->parser, (int)got, got == 0) !=
		    XML_STATUS_OK)
			return x->w->code != CN_OK ? x->w->code
						   : syntax_error(x);
		/* what is behind the last event is a token without end */
		if (got > 0 &&
		    fed - (uint64_t)XML_GetCurrentByteIndex(x->parser) >
			2 * WALK_TOKEN) {
			set_place(x);
			walk_refuse(x->w, "a tag or text is too long");
			code = x->w->code;
		}
	}
	return code;
}

static enum cn_code
run(struct reading *r, const struct dialect *d, struct cn_error *err)
{
	bool utf8 = r->source->charset != CHARSET_UTF8;
	struct xml *x = calloc(1, sizeof(*x));
	enum cn_code code;

	if (x == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	x->w = &r->walk;
	x->w->xml = true;
	walk_begin(x->w, d->document, err);
	cn_buf_init(&x->text, WALK_TOKEN);
	cn_buf_init(&x->space, 256);
	/* what the source has turned to UTF-8 declares something else */
	x->parser = XML_ParserCreateNS(utf8 ? "UTF-8" : NULL, SEPARATOR);
	if (x->parser == NULL) {
		code = cn_fail(err, CN_MEMORY, "no memory for a reader");
	} else {
		XML_SetUserData(x->parser, x);
		XML_SetElementHandler(x->parser, begins, ends);
		XML_SetCharacterDataHandler(x->parser, characters);
		XML_SetStartDoctypeDeclHandler(x->parser, doctype);
		code = feed(x, r->source);
		XML_ParserFree(x->parser);
	}
	cn_buf_free(&x->text);
	cn_buf_free(&x->space);
	free(x);
	return code;
}

const struct dialect cdx_xml = { CN_SBOM_CYCLONEDX, "CycloneDX", "cyclonedx",
	"xml", &cdx_document, run, cdx_begin, cdx_handle, cdx_end, cdx_drop };
