/* SPDX 2: facts of packages, files and what the document describes. */
#include "spdx2.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT "SPDXRef-DOCUMENT"

void *
spdx2_begin(struct reading *r)
{
	struct spdx2 *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->r = r;
	s->f = &r->facts->of.spdx2;
	names_init(&s->security_refs, r->arena, &r->key);
	names_init(&s->described, r->arena, &r->key);
	names_init(&s->related, r->arena, &r->key);
	cn_buf_init(&s->id, WALK_TOKEN);
	cn_buf_init(&s->name, WALK_TOKEN);
	cn_buf_init(&s->version, WALK_TOKEN);
	cn_buf_init(&s->ref_type, WALK_TOKEN);
	cn_buf_init(&s->from, WALK_TOKEN);
	cn_buf_init(&s->to, WALK_TOKEN);
	cn_buf_init(&s->relation, WALK_TOKEN);
	r->walk.early = 2;
	return s;
}

void
spdx2_drop(void *ctx)
{
	struct spdx2 *s = ctx;

	names_free(&s->security_refs);
	names_free(&s->described);
	names_free(&s->related);
	marks_free(&s->ids);
	marks_free(&s->needs);
	free(s->elements);
	cn_buf_free(&s->id);
	cn_buf_free(&s->name);
	cn_buf_free(&s->version);
	cn_buf_free(&s->ref_type);
	cn_buf_free(&s->from);
	cn_buf_free(&s->to);
	cn_buf_free(&s->relation);
	free(s);
}

static void
set(struct spdx2 *s, struct cn_buf *buf, struct cn_slice text)
{
	cn_buf_reset(buf);
	cn_buf_put(buf, text);
	if (buf->code != CN_OK)
		walk_no_memory(&s->r->walk);
}

static struct cn_slice
text_or_none(const struct cn_buf *buf)
{
	return buf->len > 0 ? cn_buf_slice(buf) : CN_SLICE_NONE;
}

bool
spdx2_stated(struct cn_slice text)
{
	return text.len > 0 && !cn_slice_is(text, "NOASSERTION") &&
	       !cn_slice_is(text, "NONE");
}

/* ---- elements -------------------------------------------------------------------- */

static void
element_begins(struct spdx2 *s, int tag)
{
	const struct walk *w = &s->r->walk;

	s->at = (struct element){ .offset = w->offset,
		.line = w->line,
		.column = w->column,
		.item = s->items[tag - TAG_PACKAGE]++,
		.tag = tag };
	cn_buf_reset(&s->id);
	cn_buf_reset(&s->name);
	cn_buf_reset(&s->version);
	s->creator = s->licence = s->file_name = s->purl = false;
	s->cpe = s->sha512 = false;
	s->checksums = 0;
}

static bool
room_for_element(struct spdx2 *s)
{
	size_t space = s->element_space == 0 ? 64 : s->element_space * 2;
	struct element *more;

	if (s->element_count < s->element_space)
		return true;
	more = realloc(s->elements, space * sizeof(*more));
	if (more == NULL)
		return false;
	s->elements = more;
	s->element_space = space;
	return true;
}

static void
remember(struct spdx2 *s)
{
	struct cn_slice id = cn_buf_slice(&s->id);
	uint64_t *number;
	bool is_new;

	if (id.len == 0)
		return;
	number = marks_add(&s->ids, hash_text(&s->r->key, id), &is_new);
	if (number == NULL || !room_for_element(s)) {
		walk_no_memory(&s->r->walk);
		return;
	}
	if (!is_new) {
		walk_find(&s->r->walk, CN_WARNING, "duplicate-id",
		    "the SPDXID \"%.*s\" names two elements",
		    (int)(id.len > 80 ? 80 : id.len), id.ptr);
		return;
	}
	s->elements[s->element_count++] = s->at;
	*number = s->element_count;
}

static void
package_ends(struct spdx2 *s)
{
	struct cn_sbom_elements *e = &s->r->facts->elements;

	s->f->packages_with_purl += s->purl;
	s->f->packages_with_version += s->version.len > 0;
	s->f->packages_with_checksum += s->checksums > 0;
	e->of++;
	e->creator += s->creator;
	e->name += s->name.len > 0;
	e->version += s->version.len > 0;
	e->licence += s->licence;
	e->unique_id += s->purl || s->cpe;
	e->sha512 += s->sha512;
	e->any_hash += s->checksums > 0;
	e->filename += s->file_name;
	if (s->version.len == 0) {
		const struct cn_found found = { .kind = CN_SLICE("package"),
			.id = cn_buf_slice(&s->id),
			.name = text_or_none(&s->name) };

		found_add(s->r, &s->r->facts->unversioned, &found);
	}
}

static void
element_member(struct spdx2 *s, int tag, struct cn_slice text)
{
	switch (tag) {
	case TAG_ID:
		set(s, &s->id, text);
		break;
	case TAG_NAME:
		set(s, &s->name, text);
		break;
	case TAG_VERSION:
		set(s, &s->version, text);
		break;
	case TAG_FILE_NAME:
		s->file_name = true;
		break;
	case TAG_CREATOR:
		s->creator = s->creator || spdx2_stated(text);
		break;
	case TAG_LICENCE:
		s->licence = s->licence || spdx2_stated(text);
		break;
	case TAG_CHECKSUM:
		s->checksums++;
		s->sha512 = s->sha512 || cn_slice_is(text, "SHA512");
		break;
	default:
		break;
	}
}

static void
reference_ends(struct spdx2 *s)
{
	struct cn_slice type = cn_buf_slice(&s->ref_type);

	if (type.len == 0 || s->at.tag != TAG_PACKAGE)
		return;
	if (s->security)
		tally_add(s->r, &s->security_refs, type);
	s->purl = s->purl || cn_slice_is(type, "purl") ||
		  cn_slice_ends(type, "/references/purl");
	s->cpe = s->cpe || cn_slice_is(type, "cpe23Type") ||
		 cn_slice_is(type, "cpe22Type");
}

/* ---- relationships ------------------------------------------------------------------- */

/* A relationship that makes one element need another. */
static const struct {
	const char *relation;
	bool forward; /* the first needs the second */
} needs[] = {
	{ "DEPENDS_ON", true },
	{ "CONTAINS", true },
	{ "DYNAMIC_LINK", true },
	{ "STATIC_LINK", true },
	{ "HAS_PREREQUISITE", true },
	{ "DEPENDENCY_OF", false },
	{ "BUILD_DEPENDENCY_OF", false },
	{ "RUNTIME_DEPENDENCY_OF", false },
	{ "PROVIDED_DEPENDENCY_OF", false },
	{ "OPTIONAL_DEPENDENCY_OF", false },
	{ "CONTAINED_BY", false },
	{ "PREREQUISITE_FOR", false },
};

static bool
is_file(const struct spdx2 *s, struct cn_slice id)
{
	const uint64_t *number = marks_find(&s->ids, hash_text(&s->r->key, id));

	return number != NULL && *number > 0 &&
	       s->elements[*number - 1].tag != TAG_PACKAGE;
}

/* Files that a package contains are not what it depends on. */
static void
count_need(struct spdx2 *s, struct cn_slice who, struct cn_slice what)
{
	uint64_t *count;

	if (is_file(s, what) || cn_slice_is(who, DOCUMENT))
		return;
	count = marks_add(&s->needs, hash_text(&s->r->key, who), NULL);
	if (count == NULL)
		walk_no_memory(&s->r->walk);
	else
		++*count;
}

static void
relationship_ends(struct spdx2 *s)
{
	struct cn_slice from = cn_buf_slice(&s->from),
			to = cn_buf_slice(&s->to),
			relation = cn_buf_slice(&s->relation), described;

	s->f->relationships++;
	described = CN_SLICE_NONE;
	if (cn_slice_is(relation, "DESCRIBES") && cn_slice_is(from, DOCUMENT))
		described = to;
	if (cn_slice_is(relation, "DESCRIBED_BY") && cn_slice_is(to, DOCUMENT))
		described = from;
	if (described.len > 0 && names_add(&s->related, described) == NULL)
		walk_no_memory(&s->r->walk);
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
		if (!cn_slice_is(relation, needs[i].relation))
			continue;
		if (needs[i].forward)
			count_need(s, from, to);
		else
			count_need(s, to, from);
	}
}

/* ---- events ------------------------------------------------------------------------------ */

void
spdx2_edition(struct spdx2 *s, struct cn_slice text)
{
	struct cn_slice version = cn_slice_sub(text, 5, text.len);
	struct walk *w = &s->r->walk;

	s->r->facts->sbom.spec_version = keep(s->r, version);
	if (cn_slice_is(version, "2.2") || cn_slice_is(version, "2.3")) {
		w->edition = (unsigned)(version.ptr[2] - '0');
		w->strict = true;
		return;
	}
	walk_find(w, CN_WARNING, "edition",
	    "SPDX %.*s is not known; read as 2.3",
	    (int)(version.len > 20 ? 20 : version.len), version.ptr);
}

static void
document_member(struct spdx2 *s, int tag, struct cn_slice text)
{
	struct cn_sbom_facts *facts = s->r->facts;

	switch (tag) {
	case TAG_SPEC:
		spdx2_edition(s, text);
		break;
	case TAG_DATA_LICENCE:
		s->f->data_licence = keep(s->r, text);
		break;
	case TAG_DOCUMENT_NAME:
		s->f->name = keep(s->r, text);
		break;
	case TAG_NAMESPACE:
		facts->id = keep(s->r, text);
		break;
	case TAG_CREATED:
		facts->timestamp = keep(s->r, text);
		facts->elements.timestamp = true;
		break;
	case TAG_CREATORS: /* one text where a list is due */
	case TAG_CREATOR_NAME:
		texts_add(s->r, &s->creators, text);
		facts->elements.tool = facts->elements.tool ||
				       cn_slice_starts(text, "Tool:");
		facts->elements.author = facts->elements.author ||
					 !cn_slice_starts(text, "Tool:");
		if (tag == TAG_CREATORS)
			walk_find(&s->r->walk, CN_WARNING, "type",
			    "a list is expected here");
		break;
	case TAG_DOCUMENT_DESCRIBES:
		if (names_add(&s->described, text) == NULL)
			walk_no_memory(&s->r->walk);
		break;
	default:
		break;
	}
}

static void
value(struct spdx2 *s, int tag, struct cn_slice text)
{
	if (tag <= TAG_DOCUMENT_DESCRIBES)
		document_member(s, tag, text);
	else if (tag == TAG_REF_CATEGORY)
		s->security = cn_slice_is(text, "SECURITY");
	else if (tag == TAG_REF_TYPE)
		set(s, &s->ref_type, text);
	else if (tag == TAG_FROM)
		set(s, &s->from, text);
	else if (tag == TAG_TO)
		set(s, &s->to, text);
	else if (tag == TAG_RELATION)
		set(s, &s->relation, text);
	else
		element_member(s, tag, text);
}

static void
opened(struct spdx2 *s, int tag)
{
	if (tag == TAG_PACKAGE || tag == TAG_FILE || tag == TAG_SNIPPET) {
		element_begins(s, tag);
	} else if (tag == TAG_REFERENCE) {
		s->security = false;
		cn_buf_reset(&s->ref_type);
	} else if (tag == TAG_RELATIONSHIP) {
		cn_buf_reset(&s->from);
		cn_buf_reset(&s->to);
		cn_buf_reset(&s->relation);
	} else if (tag == TAG_CREATORS) {
		s->f->creators_listed = true;
	}
}

static void
closed(struct spdx2 *s, int tag)
{
	if (tag == TAG_PACKAGE)
		package_ends(s);
	if (tag == TAG_PACKAGE || tag == TAG_FILE || tag == TAG_SNIPPET)
		remember(s);
	else if (tag == TAG_REFERENCE)
		reference_ends(s);
	else if (tag == TAG_RELATIONSHIP)
		relationship_ends(s);
}

void
spdx2_handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text)
{
	(void)w;
	if (event == WALK_VALUE)
		value(ctx, tag, text);
	else if (event == WALK_ENTER)
		opened(ctx, tag);
	else
		closed(ctx, tag);
}

/* ---- the end ---------------------------------------------------------------------------- */

static void
tell_described(struct spdx2 *s, struct cn_slice id)
{
	const uint64_t *number = marks_find(&s->ids, hash_text(&s->r->key, id));
	struct cn_found found = { .id = id };
	static const char *const kinds[] = { "package", "file", "snippet" };
	const struct element *e;

	s->r->walk.line = s->r->walk.column = 0;
	s->r->walk.at_child = false;
	if (number == NULL || *number == 0) {
		found_add(s->r, &s->r->facts->describes, &found);
		return;
	}
	e = &s->elements[*number - 1];
	if (s->r->facts->encoding.len == 4) /* json */
		spdx2_reread(s, e);
	else
		spdx2_tag_value_reread(s, e);
	found.kind = cn_slice_str(kinds[e->tag - TAG_PACKAGE]);
	if (s->r->facts->encoding.len == 4)
		found.pointer = cn_arena_printf(s->r->arena, "/%ss/%" PRIu32,
		    kinds[e->tag - TAG_PACKAGE], e->item);
	found.name = text_or_none(&s->name);
	found.version = e->tag == TAG_PACKAGE ? text_or_none(&s->version)
					      : CN_SLICE_NONE;
	s->r->walk.line = e->line;
	s->r->walk.column = e->column;
	found_add(s->r, &s->r->facts->describes, &found);
}

/* The product is the first package that is described, else the first thing. */
static void
tell_product(struct spdx2 *s)
{
	struct cn_sbom *sbom = &s->r->facts->sbom;
	const struct cn_found *product = NULL;
	const struct cn_found *f = s->r->facts->describes.first;
	const uint64_t *count;

	for (; f != NULL; f = f->next)
		if (product == NULL ||
		    (cn_slice_is(f->kind, "package") &&
			!cn_slice_is(product->kind, "package")))
			product = f;
	if (product == NULL)
		return;
	sbom->product = product->name;
	sbom->product_version = product->version;
	count = marks_find(&s->needs, hash_text(&s->r->key, product->id));
	if (count != NULL)
		sbom->dependencies = (size_t)*count;
}

void
spdx2_end(void *ctx)
{
	struct spdx2 *s = ctx;

	s->f->packages = s->r->facts->sbom.components = s->items[0];
	s->f->files = s->items[1];
	s->f->snippets = s->items[2];
	s->f->creators = s->creators.first;
	s->f->security_refs = tally_done(s->r, &s->security_refs);
	for (const struct name *n = s->described.first; n != NULL; n = n->next)
		tell_described(s, n->text);
	for (const struct name *n = s->related.first; n != NULL; n = n->next)
		if (names_find(&s->described, n->text) == NULL)
			tell_described(s, n->text);
	tell_product(s);
}
