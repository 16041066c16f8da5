/* CycloneDX: what components, their data and their model cards say. */
#include "cdx.h"

#include <string.h>

struct piece
cdx_piece(struct cdx *c, struct cn_slice text)
{
	struct piece piece = { c->scratch.len, text.len, true };

	cn_buf_put(&c->scratch, text);
	if (c->scratch.code != CN_OK)
		walk_no_memory(&c->r->walk);
	return piece;
}

struct cn_slice
cdx_text(const struct cdx *c, struct piece piece)
{
	return piece.there ? cn_slice_sub(
				 cn_buf_slice(&c->scratch), piece.at, piece.len)
			   : CN_SLICE_NONE;
}

static struct part *
top(struct cdx *c)
{
	return c->depth == 0 ? NULL : &c->parts[c->depth - 1];
}

static bool
counts(const struct part *p)
{
	return p != NULL && p->place != PLACE_OTHER;
}

/* ---- from one component to the next ---------------------------------------------- */

static void
enter(struct cdx *c, int tag)
{
	const struct part *above = top(c);
	struct part *p;

	if (c->depth == CDX_PARTS) {
		walk_refuse(&c->r->walk, "components are nested too deeply");
		return;
	}
	p = &c->parts[c->depth++];
	memset(p, 0, sizeof(*p));
	p->mark = c->scratch.len;
	if (tag == TAG_METADATA_COMPONENT)
		p->place = PLACE_PRODUCT;
	else if (tag == TAG_OTHER_COMPONENT)
		p->place = PLACE_OTHER;
	else if (above == NULL)
		p->place = PLACE_LISTED;
	else if (above->place == PLACE_PRODUCT)
		p->place = PLACE_IN_PRODUCT;
	else
		p->place = above->place;
}

static struct cn_slice
keep_piece(struct cdx *c, struct piece piece)
{
	return piece.there ? keep(c->r, cdx_text(c, piece)) : CN_SLICE_NONE;
}

static void
tell_product(struct cdx *c, const struct part *p)
{
	struct cn_cyclonedx_product *product = &c->f->product;

	c->f->has_product = true;
	product->type = keep_piece(c, p->type);
	product->group = keep_piece(c, p->group);
	product->name = keep_piece(c, p->name);
	product->version = keep_piece(c, p->version);
	product->purl = keep_piece(c, p->purl);
	product->bom_ref = keep_piece(c, p->ref);
}

/* Components of the list, counted. */
static void
tell_listed(struct cdx *c, const struct part *p)
{
	struct cn_slice type = cdx_text(c, p->type);

	c->r->facts->sbom.components++;
	tally_add(c->r, &c->types, type.ptr == NULL ? CN_SLICE("null") : type);
	c->f->components_with_purl += p->purl.len > 0;
	c->f->components_with_version += p->version.len > 0;
	c->f->components_with_hash += p->hash;
	c->f->components_with_licence += p->licence;
}

static void
tell_elements(struct cdx *c, const struct part *p)
{
	struct cn_sbom_elements *e = &c->r->facts->elements;

	/* A file is part of a component: the guidelines ask for its hash, not
	 * for a supplier and a licence of its own. */
	if (cn_slice_is(cdx_text(c, p->type), "file"))
		return;
	e->of++;
	e->creator += p->creator;
	e->name += p->name.len > 0;
	e->version += p->version.len > 0;
	e->licence += p->licence;
	e->unique_id += p->id || p->purl.len > 0;
	e->sha512 += p->sha512;
	e->any_hash += p->hash;
	e->filename += p->filename;
	e->executable += p->executable;
	e->archive += p->archive;
	e->structured += p->structured;
}

static void
tell_lists(struct cdx *c, const struct part *p)
{
	struct cn_sbom_facts *facts = c->r->facts;
	const struct cn_found found = { .kind = cdx_text(c, p->type),
		.id = cdx_text(c, p->ref),
		.name = cdx_text(c, p->name),
		.version = cdx_text(c, p->version) };

	if (cn_slice_is(found.kind, "machine-learning-model")) {
		c->f->ml_models++;
		found_add(c->r, &facts->models, &found);
	}
	if (cn_slice_is(found.kind, "data")) {
		c->f->data_components++;
		if (!p->data || p->dataset) {
			c->f->datasets++;
			found_add(c->r, &facts->datasets, &found);
		}
	}
	if (p->version.len == 0 && p->place != PLACE_PRODUCT)
		found_add(c->r, &facts->unversioned, &found);
	c->f->model_cards += p->card;
}

static void
leave(struct cdx *c)
{
	const struct part *p = top(c);

	if (p == NULL)
		return;
	if (p->place == PLACE_PRODUCT)
		tell_product(c, p);
	if (p->place == PLACE_IN_PRODUCT)
		c->f->components_nested_in_metadata++;
	if (p->place == PLACE_LISTED)
		tell_listed(c, p);
	if (counts(p)) {
		tell_lists(c, p);
		tell_elements(c, p);
	}
	c->scratch.len = p->mark;
	c->depth--;
}

/* ---- what a component says ------------------------------------------------------------ */

/* The same name for two components makes every reference to it ambiguous. */
static void
reference(struct cdx *c, struct part *p, struct cn_slice text)
{
	bool is_new;

	p->ref = cdx_piece(c, text);
	if (c->r->walk.report == NULL)
		return; /* nobody asks */
	if (marks_add(&c->refs, hash_text(&c->r->key, text), &is_new) == NULL)
		walk_no_memory(&c->r->walk);
	else if (!is_new)
		walk_find(&c->r->walk, CN_WARNING, "duplicate-ref",
		    "the bom-ref \"%.*s\" names two things",
		    (int)(text.len > 80 ? 80 : text.len), text.ptr);
}

static void
member(struct cdx *c, struct part *p, int tag, struct cn_slice text)
{
	switch (tag) {
	case TAG_TYPE:
		p->type = cdx_piece(c, text);
		break;
	case TAG_BOM_REF:
		reference(c, p, text);
		break;
	case TAG_GROUP:
		p->group = cdx_piece(c, text);
		break;
	case TAG_NAME:
		p->name = cdx_piece(c, text);
		break;
	case TAG_VERSION:
		p->version = cdx_piece(c, text);
		break;
	case TAG_PURL:
		p->purl = cdx_piece(c, text);
		break;
	case TAG_CPE:
		p->id = true;
		break;
	case TAG_CREATOR:
		p->creator = true;
		break;
	case TAG_DATA_TYPE:
		p->dataset = p->dataset || cn_slice_is(text, "dataset");
		break;
	case TAG_HASH_ALG:
		p->sha512 = p->sha512 ||
			    (c->in_hashes && cn_slice_is(text, "SHA-512"));
		break;
	default:
		break;
	}
}

static void
property_name(struct cdx *c, const struct part *p, struct cn_slice name)
{
	static const struct {
		const char *name;
		enum property property;
	} known[] = {
		{ "bsi:component:filename", PROPERTY_FILENAME },
		{ "bsi:component:executable", PROPERTY_EXECUTABLE },
		{ "bsi:component:archive", PROPERTY_ARCHIVE },
		{ "bsi:component:structured", PROPERTY_STRUCTURED },
	};
	static const char milestone[] = "cdx:lifecycle:milestone:";

	c->property = PROPERTY_OTHER;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (cn_slice_is(name, known[i].name))
			c->property = known[i].property;
	if ((p != NULL && p->place != PLACE_PRODUCT) ||
	    !cn_slice_starts(name, milestone))
		return;
	c->property = PROPERTY_MILESTONE;
	cn_buf_reset(&c->milestone);
	cn_buf_put(
	    &c->milestone, cn_slice_sub(name, sizeof(milestone) - 1, name.len));
}

static void
property_value(struct cdx *c, struct part *p, struct cn_slice text)
{
	if (c->property == PROPERTY_MILESTONE) {
		texts_add(c->r, &c->milestones, cn_buf_slice(&c->milestone));
		texts_add(c->r, &c->milestones, text);
	}
	if (p == NULL)
		return;
	p->filename = p->filename || c->property == PROPERTY_FILENAME;
	p->executable = p->executable || c->property == PROPERTY_EXECUTABLE;
	p->archive = p->archive || c->property == PROPERTY_ARCHIVE;
	p->structured = p->structured || c->property == PROPERTY_STRUCTURED;
}

/* ---- data sets of model cards -------------------------------------------------------------- */

static void
dataset_begins(struct cdx *c)
{
	c->dataset_ref = c->dataset_is = false;
	c->dataset_name.there = false;
}

static void
dataset_ends(struct cdx *c)
{
	const struct cn_found found = { .kind = CN_SLICE("dataset"),
		.name = cdx_text(c, c->dataset_name) };

	if (!counts(top(c)))
		return;
	c->f->dataset_refs += c->dataset_ref;
	if (c->dataset_ref || !c->dataset_is)
		return;
	c->f->dataset_inline++;
	c->f->datasets++;
	found_add(c->r, &c->r->facts->datasets, &found);
}

/* ---- events ---------------------------------------------------------------------------------- */

static void
value(struct cdx *c, int tag, struct cn_slice text)
{
	struct part *p = top(c);

	switch (tag) {
	case TAG_PROPERTY_NAME:
		if (c->in_properties)
			property_name(c, p, text);
		break;
	case TAG_PROPERTY_VALUE:
		if (c->in_properties)
			property_value(c, p, text);
		break;
	case TAG_DATASET_REF:
		c->dataset_ref = true;
		break;
	case TAG_DATASET_TYPE:
		c->dataset_is = cn_slice_is(text, "dataset");
		break;
	case TAG_DATASET_NAME:
		c->dataset_name = cdx_piece(c, text);
		break;
	case TAG_REFERENCE_TYPE:
		if (c->in_references && (p == NULL || counts(p)))
			tally_add(c->r, &c->references, text);
		break;
	default:
		if (p != NULL)
			member(c, p, tag, text);
		break;
	}
}

static void
opened(struct cdx *c, int tag)
{
	struct part *p = top(c);

	switch (tag) {
	case TAG_METADATA_COMPONENT:
	case TAG_COMPONENT:
	case TAG_OTHER_COMPONENT:
		enter(c, tag);
		return;
	case TAG_COMPONENT_PROPERTY:
	case TAG_METADATA_PROPERTY:
		c->in_properties = true;
		return;
	case TAG_HASHES:
		c->in_hashes = true;
		return;
	case TAG_REFERENCES:
	case TAG_DOC_REFERENCES:
		c->in_references = true;
		return;
	case TAG_DATASET:
		dataset_begins(c);
		return;
	default:
		break;
	}
	if (p == NULL)
		return;
	p->card = p->card || tag == TAG_MODEL_CARD;
	p->data = p->data || tag == TAG_DATA;
	p->creator = p->creator || tag == TAG_CREATOR;
	p->id = p->id || tag == TAG_CPE;
}

static void
closed(struct cdx *c, int tag)
{
	struct part *p = top(c);

	if (tag == TAG_METADATA_COMPONENT || tag == TAG_COMPONENT ||
	    tag == TAG_OTHER_COMPONENT)
		leave(c);
	else if (tag == TAG_COMPONENT_PROPERTY || tag == TAG_METADATA_PROPERTY)
		c->in_properties = false;
	else if (tag == TAG_DATASET)
		dataset_ends(c);
	else if (tag == TAG_HASHES)
		c->in_hashes = false;
	else if (tag == TAG_REFERENCES || tag == TAG_DOC_REFERENCES)
		c->in_references = false;
	if (tag == TAG_HASHES && p != NULL)
		p->hash = p->hash || c->r->walk.count > 0;
	else if (tag == TAG_LICENCES && p != NULL)
		p->licence = p->licence || c->r->walk.count > 0;
}

void
cdx_part_event(
    struct cdx *c, enum walk_event event, int tag, struct cn_slice text)
{
	if (event == WALK_VALUE)
		value(c, tag, text);
	else if (event == WALK_ENTER)
		opened(c, tag);
	else
		closed(c, tag);
}
