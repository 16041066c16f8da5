/* SPDX 3.0: facts of elements. */
#include "spdx3.h"

#include <stdlib.h>

/* ---- begin and drop ------------------------------------------------------------------ */

static void *
begin(struct reading *r)
{
	struct spdx3 *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->r = r;
	s->f = &r->facts->of.spdx3;
	names_init(&s->types, r->arena, &r->key);
	names_init(&s->relations, r->arena, &r->key);
	names_init(&s->risks, r->arena, &r->key);
	names_init(&s->profiles, r->arena, &r->key);
	names_init(&s->statuses, r->arena, &r->key);
	names_init(&s->collections, r->arena, &r->key);
	names_init(&s->creations, r->arena, &r->key);
	names_init(&s->vulnerabilities, r->arena, &r->key);
	names_init(&s->said, r->arena, &r->key);
	spdx3_reset(s);
	return s;
}

static void
drop(void *ctx)
{
	struct spdx3 *s = ctx;

	names_free(&s->types);
	names_free(&s->relations);
	names_free(&s->risks);
	names_free(&s->profiles);
	names_free(&s->statuses);
	names_free(&s->collections);
	names_free(&s->creations);
	names_free(&s->vulnerabilities);
	names_free(&s->said);
	marks_free(&s->ids);
	marks_free(&s->needs);
	free(s->spots);
	cn_buf_free(&s->type);
	cn_buf_free(&s->id);
	cn_buf_free(&s->name);
	cn_buf_free(&s->version);
	cn_buf_free(&s->from);
	cn_buf_free(&s->to);
	cn_buf_free(&s->relation);
	cn_buf_free(&s->justification);
	cn_buf_free(&s->creation_ref);
	cn_buf_free(&s->spec);
	cn_buf_free(&s->created);
	cn_buf_free(&s->identifier);
	cn_buf_free(&s->risk);
	free(s);
}

static void
clear(struct cn_buf *buf)
{
	if (buf->max == 0)
		cn_buf_init(buf, 4 * WALK_TOKEN);
	cn_buf_reset(buf);
}

void
spdx3_reset(struct spdx3 *s)
{
	clear(&s->type);
	clear(&s->id);
	clear(&s->name);
	clear(&s->version);
	clear(&s->from);
	clear(&s->to);
	clear(&s->relation);
	clear(&s->justification);
	clear(&s->creation_ref);
	clear(&s->spec);
	clear(&s->created);
	clear(&s->identifier);
	clear(&s->risk);
	s->has_spdx_id = s->supplier = s->unique = false;
	s->sha512 = s->hash = false;
	s->to_count = 0;
	s->roots = (struct text_list){ NULL, NULL };
	if (s->profiles.count > 0) {
		names_free(&s->profiles);
		names_init(&s->profiles, s->r->arena, &s->r->key);
	}
}

static struct cn_slice
text_or_none(const struct cn_buf *buf)
{
	return buf->len > 0 ? cn_buf_slice(buf) : CN_SLICE_NONE;
}

static bool
is_type(const struct spdx3 *s, const char *type)
{
	return cn_slice_is(cn_buf_slice(&s->type), type);
}

static bool
is_package(const struct spdx3 *s)
{
	return is_type(s, "software_Package") || is_type(s, "ai_AIPackage") ||
	       is_type(s, "dataset_DatasetPackage");
}

/* ---- the end of an element -------------------------------------------------------------- */

static void
remember(struct spdx3 *s)
{
	uint64_t *number;
	bool is_new;

	if (s->id.len == 0)
		return;
	number = marks_add(
	    &s->ids, hash_text(&s->r->key, cn_buf_slice(&s->id)), &is_new);
	if (number == NULL) {
		walk_no_memory(&s->r->walk);
		return;
	}
	if (!is_new) {
		walk_find(&s->r->walk, CN_WARNING, "duplicate-id",
		    "the spdxId \"%.*s\" names two elements",
		    CN_FMT(cn_slice_sub(cn_buf_slice(&s->id), 0, 80)));
		return;
	}
	if (s->spot_count == s->spot_space) {
		size_t space = s->spot_space == 0 ? 64 : s->spot_space * 2;
		struct spot *more = realloc(s->spots, space * sizeof(*more));

		if (more == NULL) {
			walk_no_memory(&s->r->walk);
			return;
		}
		s->spots = more;
		s->spot_space = space;
	}
	s->at.file = is_type(s, "software_File") ||
		     is_type(s, "software_Snippet");
	s->spots[s->spot_count++] = s->at;
	*number = s->spot_count;
}

static void
package_ends(struct spdx3 *s)
{
	struct cn_sbom_facts *facts = s->r->facts;
	struct cn_sbom_elements *e = &facts->elements;
	const struct cn_found found = { .kind = cn_buf_slice(&s->type),
		.id = cn_buf_slice(&s->id),
		.name = text_or_none(&s->name),
		.version = text_or_none(&s->version) };

	e->of++;
	e->creator += s->supplier;
	e->name += s->name.len > 0;
	e->version += s->version.len > 0;
	e->unique_id += s->unique;
	e->sha512 += s->sha512;
	e->any_hash += s->hash;
	if (is_type(s, "ai_AIPackage"))
		found_add(s->r, &facts->models, &found);
	if (is_type(s, "dataset_DatasetPackage"))
		found_add(s->r, &facts->datasets, &found);
	if (s->version.len == 0)
		found_add(s->r, &facts->unversioned, &found);
	if (is_type(s, "ai_AIPackage") && s->risk.len > 0)
		tally_add(s->r, &s->risks, cn_buf_slice(&s->risk));
}

static void *
value_of(struct spdx3 *s, struct names *names, size_t size)
{
	struct name *n = names_add(names, cn_buf_slice(&s->id));

	if (n != NULL && n->value == NULL)
		n->value = cn_arena_alloc(s->r->arena, 1, size);
	if (n == NULL || n->value == NULL) {
		walk_no_memory(&s->r->walk);
		return NULL;
	}
	return n->value;
}

static void
collection_ends(struct spdx3 *s)
{
	struct collection *c = value_of(
	    s, &s->collections, sizeof(struct collection));

	if (c != NULL)
		c->roots = s->roots.first;
	if (!is_type(s, "SpdxDocument") || s->has_document)
		return;
	s->has_document = true;
	s->r->facts->id = keep(s->r, cn_buf_slice(&s->id));
	if (s->name.len > 0)
		s->f->name = keep(s->r, cn_buf_slice(&s->name));
	if (s->creation_ref.len > 0)
		s->creation = keep(s->r, cn_buf_slice(&s->creation_ref));
	if (s->spec.len > 0) /* in place */
		s->r->facts->sbom.spec_version = keep(
		    s->r, cn_buf_slice(&s->spec));
	if (s->created.len > 0)
		s->r->facts->timestamp = keep(s->r, cn_buf_slice(&s->created));
	s->f->profiles = tally_done(s->r, &s->profiles);
}

static void
creation_ends(struct spdx3 *s)
{
	struct creation *c = value_of(
	    s, &s->creations, sizeof(struct creation));

	if (c == NULL)
		return;
	if (s->spec.len > 0)
		c->spec = keep(s->r, cn_buf_slice(&s->spec));
	if (s->created.len > 0)
		c->created = keep(s->r, cn_buf_slice(&s->created));
}

static void
vulnerability_ends(struct spdx3 *s)
{
	struct cn_slice *id = value_of(s, &s->vulnerabilities, sizeof(*id));

	if (id == NULL)
		return;
	if (s->identifier.len > 0)
		*id = keep(s->r, cn_buf_slice(&s->identifier));
	else if (s->name.len > 0)
		*id = keep(s->r, cn_buf_slice(&s->name));
}

static bool
is_collection(const struct spdx3 *s)
{
	return is_type(s, "SpdxDocument") || is_type(s, "software_Sbom") ||
	       is_type(s, "Bom") || is_type(s, "Bundle");
}

static void
element_ends(struct spdx3 *s)
{
	struct walk *w = &s->r->walk;

	tally_add(s->r, &s->types,
	    s->type.len > 0 ? cn_buf_slice(&s->type) : CN_SLICE("null"));
	if (s->type.len == 0)
		walk_find(w, CN_WARNING, "missing", "\"type\" is missing");
	if (!s->has_spdx_id && !is_type(s, "CreationInfo"))
		walk_find(w, CN_WARNING, "missing",
		    "an element is named by \"spdxId\"");
	remember(s);
	if (is_package(s))
		package_ends(s);
	if (is_collection(s))
		collection_ends(s);
	if (is_type(s, "CreationInfo"))
		creation_ends(s);
	if (is_type(s, "security_Vulnerability"))
		vulnerability_ends(s);
	if (s->relation.len > 0)
		spdx3_relation_ends(s);
}

/* ---- events ---------------------------------------------------------------------------------- */

static void
set(struct spdx3 *s, struct cn_buf *buf, struct cn_slice text)
{
	cn_buf_reset(buf);
	cn_buf_put(buf, text);
	if (buf->code != CN_OK)
		walk_no_memory(&s->r->walk);
}

/* A length of four bytes, then the identifier. */
static void
add_to(struct spdx3 *s, struct cn_slice id)
{
	uint32_t len = (uint32_t)id.len;

	cn_buf_put(&s->to, cn_slice_of(&len, sizeof(len)));
	cn_buf_put(&s->to, id);
	s->to_count++;
	if (s->to.code != CN_OK)
		walk_no_memory(&s->r->walk);
}

static void
identifier(struct spdx3 *s, int tag, struct cn_slice text)
{
	if (tag == TAG_IDENTIFIER_TYPE) {
		s->unique = s->unique || cn_slice_is(text, "packageUrl") ||
			    cn_slice_is(text, "cpe23") ||
			    cn_slice_is(text, "cpe22") ||
			    cn_slice_is(text, "swid") ||
			    cn_slice_is(text, "swhid") ||
			    cn_slice_is(text, "gitoid");
	} else if (s->identifier.len == 0 || cn_slice_starts(text, "CVE-")) {
		set(s, &s->identifier, text);
	}
}

static void
flags(struct spdx3 *s, int tag, struct cn_slice text)
{
	struct cn_sbom_elements *e = &s->r->facts->elements;

	if (tag == TAG_SUPPLIER)
		s->supplier = true;
	if (tag == TAG_AGENT)
		e->author = true;
	if (tag == TAG_TOOL)
		e->tool = true;
	if (tag == TAG_PURL)
		s->unique = true;
	if (tag == TAG_HASH_ALGORITHM) {
		s->hash = true;
		s->sha512 = s->sha512 || cn_slice_is(text, "sha512");
	}
}

static void
value(struct spdx3 *s, int tag, struct cn_slice text)
{
	switch (tag) {
	case TAG_TYPE:
		set(s, &s->type, text);
		break;
	case TAG_ID:
		s->has_spdx_id = true;
		set(s, &s->id, text);
		break;
	case TAG_AT_ID:
		if (!s->has_spdx_id)
			set(s, &s->id, text);
		break;
	case TAG_NAME:
		set(s, &s->name, text);
		break;
	case TAG_VERSION:
		set(s, &s->version, text);
		break;
	case TAG_CREATION:
		set(s, &s->creation_ref, text);
		break;
	case TAG_CREATED:
		set(s, &s->created, text);
		s->r->facts->elements.timestamp = true;
		break;
	case TAG_SPEC:
		set(s, &s->spec, text);
		break;
	case TAG_ROOT:
		texts_add(s->r, &s->roots, text);
		break;
	case TAG_PROFILE:
		if (!s->has_document)
			tally_add(s->r, &s->profiles, text);
		break;
	case TAG_FROM:
		set(s, &s->from, text);
		break;
	case TAG_TO:
		add_to(s, text);
		break;
	case TAG_RELATION:
		set(s, &s->relation, text);
		break;
	case TAG_JUSTIFICATION:
		set(s, &s->justification, text);
		break;
	case TAG_SAFETY_RISK:
		set(s, &s->risk, text);
		break;
	case TAG_IDENTIFIER_TYPE:
	case TAG_IDENTIFIER:
		identifier(s, tag, text);
		break;
	default:
		flags(s, tag, text);
		break;
	}
}

void
spdx3_handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text)
{
	struct spdx3 *s = ctx;

	if (event == WALK_VALUE) {
		value(s, tag, text);
	} else if (tag == TAG_ELEMENT && event == WALK_ENTER) {
		spdx3_reset(s);
		s->at = (struct spot){ .offset = w->offset,
			.line = w->line,
			.column = w->column,
			.item = (uint32_t)s->f->elements++ };
	} else if (tag == TAG_ELEMENT) {
		element_ends(s);
	}
}

/* ---- the end ------------------------------------------------------------------------------------ */

static size_t
count_of(const struct spdx3 *s, const char *type)
{
	const struct name *n = names_find(&s->types, cn_slice_str(type));

	return n == NULL ? 0 : n->count;
}

/* The document's creation info may stand behind it. */
static void
tell_creation(struct spdx3 *s)
{
	const struct name *n = names_find(&s->creations, s->creation);
	const struct creation *c = n == NULL ? NULL : n->value;
	struct cn_sbom_facts *facts = s->r->facts;

	if (c == NULL)
		return;
	if (facts->sbom.spec_version.ptr == NULL)
		facts->sbom.spec_version = c->spec;
	if (facts->timestamp.ptr == NULL)
		facts->timestamp = c->created;
}

static void
end(void *ctx)
{
	struct spdx3 *s = ctx;
	struct cn_spdx3 *f = s->f;

	tell_creation(s);
	f->ml_models = count_of(s, "ai_AIPackage");
	f->datasets = count_of(s, "dataset_DatasetPackage");
	f->packages = count_of(s, "software_Package") + f->ml_models +
		      f->datasets;
	f->files = count_of(s, "software_File");
	f->snippets = count_of(s, "software_Snippet");
	f->vulnerabilities = count_of(s, "security_Vulnerability");
	s->r->facts->sbom.components = f->packages;
	f->elements_by_type = tally_done(s->r, &s->types);
	f->relationship_types = tally_done(s->r, &s->relations);
	f->ai_safety_risk = tally_done(s->r, &s->risks);
	f->vulnerabilities_by_status = tally_done(s->r, &s->statuses);
	spdx3_relations_end(s);
	s->r->walk.at_child = false;
	s->r->walk.line = s->r->walk.column = 0;
	if (!s->has_document)
		walk_find(&s->r->walk, CN_WARNING, "missing",
		    "no element is an SpdxDocument");
	spdx3_describe(s);
}

const struct dialect spdx3_json = { CN_SBOM_SPDX3, "SPDX", "spdx", "json-ld",
	&spdx3_document, run_json, begin, spdx3_handle, end, drop };
