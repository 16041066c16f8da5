/*
 * The linkset of an identifier (RFC 9264) in the strict form of GS1: relation
 * keys are IRIs of letters, digits, dots and slashes, so no CURIEs and none
 * with '#' or '-'; every link has a title; languages are "en" or "en-GB".
 */
#include "data.h"

#include "../route/links.h"

#define VOC "https://ref.gs1.org/voc/"
#define CONTEXT "https://ref.gs1.org/standards/resolver/linkset-context"

struct writer {
	const struct rs_view *view;
	const struct rs_level *level;
	struct cn_jw w;
	bool names_default; /* a link of the level does */
	bool names_dpp;
};

/* ---- relations ------------------------------------------------------------- */

static bool
is_alnum(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* The key of a relation; false where the strict form has none for it. */
static bool
relation(struct cn_slice rel, struct cn_buf *out)
{
	struct cn_slice name = rs_link_type(rel);
	size_t i;

	for (i = 0; i < name.len; i++) {
		if (!is_alnum(name.ptr[i]) && name.ptr[i] != '.' &&
		    name.ptr[i] != '/' && name.ptr[i] != '_' &&
		    name.ptr[i] != ':')
			return false;
	}
	if (cn_slice_starts(name, "https://") ||
	    cn_slice_starts(name, "http://")) {
		/* One colon only: that of the scheme. */
		struct cn_slice rest = cn_slice_sub(
		    name, cn_slice_find(name, ':') + 1, SIZE_MAX);

		if (cn_slice_find(rest, ':') < rest.len)
			return false;
		cn_buf_put(out, name);
		return true;
	}
	if (name.len == 0 || cn_slice_find(name, ':') < name.len ||
	    cn_slice_find(name, '/') < name.len)
		return false;
	cn_buf_str(out, VOC);
	cn_buf_put(out, name);
	return true;
}

/* ---- links ----------------------------------------------------------------- */

/* \w{2} or \w{2}-\w{2} */
static bool
is_short_tag(struct cn_slice tag)
{
	if (tag.len != 2 && tag.len != 5)
		return false;
	if (!is_alnum(tag.ptr[0]) || !is_alnum(tag.ptr[1]))
		return false;
	return tag.len == 2 || (tag.ptr[2] == '-' && is_alnum(tag.ptr[3]) &&
				   is_alnum(tag.ptr[4]));
}

static void
write_tags(struct cn_jw *w, const char *key, const struct cn_value *tags,
    bool languages)
{
	bool open = false;

	for (; tags != NULL; tags = tags->next) {
		if (languages && !is_short_tag(tags->as.text))
			continue;
		if (!open) {
			cn_jw_key(w, key);
			cn_jw_array(w);
			open = true;
		}
		cn_jw_slice(w, tags->as.text);
	}
	if (open)
		cn_jw_array_end(w);
}

static void
write_link(struct cn_jw *w, const struct cn_record *link)
{
	struct cn_slice type = cn_get_text(link, CN_PRODUCT_LINK_TYPE);

	cn_jw_object(w);
	cn_jw_kv_slice(w, "href", cn_get_text(link, CN_PRODUCT_LINK_HREF));
	cn_jw_kv_slice(w, "title", cn_get_text(link, CN_PRODUCT_LINK_TITLE));
	if (type.len > 0)
		cn_jw_kv_slice(w, "type", type);
	write_tags(w, "hreflang", cn_get(link, CN_PRODUCT_LINK_HREFLANG), true);
	write_tags(w, "context", cn_get(link, CN_PRODUCT_LINK_CONTEXT), false);
	cn_jw_object_end(w);
}

static bool
same_relation(const struct cn_record *a, const struct cn_record *b)
{
	return cn_slice_eq(rs_link_type(cn_get_text(a, CN_PRODUCT_LINK_REL)),
	    rs_link_type(cn_get_text(b, CN_PRODUCT_LINK_REL)));
}

/* All links of the relation that this one is the first of. */
static void
write_relation(struct writer *writer, const struct cn_value *first)
{
	const struct cn_value *value;
	struct cn_slice rel = cn_get_text(
	    first->as.record, CN_PRODUCT_LINK_REL);
	struct cn_buf key;

	cn_buf_init(&key, 1024);
	if (relation(rel, &key)) {
		cn_jw_key_slice(&writer->w, cn_buf_slice(&key));
		cn_jw_array(&writer->w);
		for (value = first; value != NULL; value = value->next) {
			if (same_relation(value->as.record, first->as.record))
				write_link(&writer->w, value->as.record);
		}
		cn_jw_array_end(&writer->w);
	}
	cn_buf_free(&key);
	rel = rs_link_type(rel);
	writer->names_default |= cn_slice_is(rel, "defaultLink");
	writer->names_dpp |= cn_slice_is(rel, "dpp");
}

static void
write_links(struct writer *writer)
{
	const struct cn_value *list = cn_get(writer->level->record, CN_F_LINKS);
	const struct cn_value *value, *before;

	for (value = list; value != NULL; value = value->next) {
		for (before = list; before != value; before = before->next) {
			if (same_relation(before->as.record, value->as.record))
				break;
		}
		if (before == value)
			write_relation(writer, value);
	}
}

/* ---- the passport's own page ----------------------------------------------- */

static void
write_own_link(struct writer *writer, const char *type)
{
	struct cn_jw *w = &writer->w;
	struct cn_buf href;

	cn_buf_init(&href, 16384);
	cn_buf_put(&href, writer->view->public_url);
	cn_buf_str(&href, "/dpp");
	cn_buf_put(&href, writer->level->path);
	cn_jw_object(w);
	cn_jw_kv_slice(w, "href", cn_buf_slice(&href));
	cn_jw_kv_str(w, "title", "Digital product passport");
	if (type != NULL)
		cn_jw_kv_str(w, "type", type);
	cn_jw_object_end(w);
	cn_buf_free(&href);
}

static void
write_own(struct writer *writer)
{
	static const char *const types[] = {
		"text/html",
		"application/json",
		"application/ld+json",
		CN_COSE_MEDIA,
	};
	struct cn_jw *w = &writer->w;
	size_t i;

	if (!writer->names_default) {
		cn_jw_key(w, VOC "defaultLink");
		cn_jw_array(w);
		write_own_link(writer, NULL);
		cn_jw_array_end(w);
	}
	if (!writer->names_dpp) {
		cn_jw_key(w, VOC "dpp");
		cn_jw_array(w);
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			write_own_link(writer, types[i]);
		cn_jw_array_end(w);
	}
}

/* ---- contexts -------------------------------------------------------------- */

static void
write_description(struct writer *writer)
{
	struct cn_slice model;

	/* A batch or item says only what differs: the model has the name. */
	model = cn_get_text(writer->level->record, CN_F_MODEL_TYPE);
	if (model.len == 0)
		model = cn_get_text(writer->view->merged, CN_F_MODEL_TYPE);
	if (model.len == 0)
		model = writer->level->passport->sub;
	cn_jw_kv_slice(&writer->w, "itemDescription", model);
}

static void
write_level(struct writer *writer)
{
	struct cn_buf anchor;

	writer->names_default = writer->names_dpp = false;
	cn_buf_init(&anchor, 16384);
	cn_buf_put(&anchor, writer->view->public_url);
	cn_buf_put(&anchor, writer->level->path);
	cn_jw_object(&writer->w);
	cn_jw_kv_slice(&writer->w, "anchor", cn_buf_slice(&anchor));
	write_description(writer);
	write_links(writer);
	write_own(writer);
	cn_jw_object_end(&writer->w);
	cn_buf_free(&anchor);
}

void
rs_view_linkset(const struct rs_view *view, bool ld, struct cn_buf *out)
{
	struct writer writer = { .view = view };
	size_t i;

	cn_jw_init(&writer.w, out, false);
	cn_jw_object(&writer.w);
	if (ld)
		cn_jw_kv_str(&writer.w, "@context", CONTEXT);
	cn_jw_key(&writer.w, "linkset");
	cn_jw_array(&writer.w);
	for (i = view->level_count; i > 0; i--) {
		writer.level = &view->levels[i - 1];
		write_level(&writer);
	}
	cn_jw_array_end(&writer.w);
	cn_jw_object_end(&writer.w);
}
