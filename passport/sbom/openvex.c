/* OpenVEX: of several statements about a pair the newest counts. */
#include "openvex.h"

#include "instant.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What one statement says about a pair. */
struct said {
	bool there;
	struct instant at; /* of the statement; the document's comes last */
	uint32_t order; /* in the file */
	uint32_t line, column;
	struct cn_slice status, justification;
	const struct cn_texts *aliases;
};

/* A vulnerability in a product. Whether a statement without a time of its own
 * wins is known when the document's time is: it may stand at the end. */
struct pair {
	struct cn_slice vulnerability, product;
	struct said dated; /* the newest with a time of its own */
	struct said undated; /* the last without */
};

struct product {
	const struct name *name;
	struct product *next;
};

struct openvex {
	struct reading *r;
	struct cn_openvex *f;
	struct names vulnerabilities, products, pairs, statuses;
	bool dated; /* the document has a time that can be read */
	struct instant time;
	/* the statement at hand */
	struct said at;
	bool has_time, impact, action;
	struct cn_slice vulnerability;
	struct text_list aliases;
	struct product *first, **end;
	struct cn_slice product; /* @id, else an identifier */
};

static void *
begin(struct reading *r)
{
	struct openvex *v = calloc(1, sizeof(*v));

	if (v == NULL)
		return NULL;
	v->r = r;
	v->f = &r->facts->of.openvex;
	r->walk.strict = true;
	names_init(&v->vulnerabilities, r->arena, &r->key);
	names_init(&v->products, r->arena, &r->key);
	names_init(&v->pairs, r->arena, &r->key);
	names_init(&v->statuses, r->arena, &r->key);
	return v;
}

static void
drop(void *ctx)
{
	struct openvex *v = ctx;

	names_free(&v->vulnerabilities);
	names_free(&v->products);
	names_free(&v->pairs);
	names_free(&v->statuses);
	free(v);
}

/* ---- a statement ------------------------------------------------------------------- */

static void
statement_begins(struct openvex *v)
{
	const struct walk *w = &v->r->walk;

	v->at = (struct said){ .there = true,
		.order = (uint32_t)v->f->statements++,
		.line = w->line,
		.column = w->column };
	v->has_time = v->impact = v->action = false;
	v->vulnerability = CN_SLICE_NONE;
	v->aliases = (struct text_list){ NULL, NULL };
	v->first = NULL;
	v->end = &v->first;
}

static void
product_ends(struct openvex *v)
{
	struct product *p = cn_arena_alloc(v->r->arena, 1, sizeof(*p));

	if (v->product.len == 0) {
		walk_find(&v->r->walk, CN_WARNING, "missing",
		    "the product has neither \"@id\" nor an identifier");
		return;
	}
	if (p != NULL)
		p->name = names_add(&v->products, v->product);
	if (p == NULL || p->name == NULL) {
		walk_no_memory(&v->r->walk);
		return;
	}
	*v->end = p;
	v->end = &p->next;
}

static struct pair *
pair_of(struct openvex *v, const struct name *vulnerability,
    const struct name *product)
{
	struct cn_slice key = cn_arena_printf(v->r->arena,
	    "%" PRIu32 ":%" PRIu32, vulnerability->number, product->number);
	struct name *n = key.ptr == NULL ? NULL : names_add(&v->pairs, key);
	struct pair *p;

	if (n != NULL && n->value == NULL)
		n->value = cn_arena_alloc(v->r->arena, 1, sizeof(*p));
	if (n == NULL || n->value == NULL) {
		walk_no_memory(&v->r->walk);
		return NULL;
	}
	p = n->value;
	p->vulnerability = vulnerability->text;
	p->product = product->text;
	return p;
}

/* CISA's minimum requirements for VEX: a reason for "not affected", an action
 * for "affected". */
static void
check_statement(struct openvex *v)
{
	struct walk *w = &v->r->walk;

	if (v->first == NULL)
		walk_find(w, CN_WARNING, "no-product",
		    "the statement names no product, so it matches nothing");
	if (v->vulnerability.ptr == NULL)
		walk_find(w, CN_WARNING, "missing",
		    "the vulnerability has no \"name\"");
	if (cn_slice_is(v->at.status, "not_affected") &&
	    v->at.justification.ptr == NULL && !v->impact)
		walk_find(w, CN_WARNING, "no-reason",
		    "\"not_affected\" needs a \"justification\" or an "
		    "\"impact_statement\"");
	if (cn_slice_is(v->at.status, "affected") && !v->action)
		walk_find(w, CN_WARNING, "no-action",
		    "\"affected\" needs an \"action_statement\"");
}

static void
statement_ends(struct openvex *v)
{
	const struct name *vulnerability;

	check_statement(v);
	if (v->vulnerability.ptr == NULL)
		return;
	vulnerability = names_add(&v->vulnerabilities, v->vulnerability);
	if (vulnerability == NULL) {
		walk_no_memory(&v->r->walk);
		return;
	}
	v->at.aliases = v->aliases.first;
	for (const struct product *p = v->first; p != NULL; p = p->next) {
		struct pair *pair = pair_of(v, vulnerability, p->name);

		if (pair == NULL)
			return;
		if (!v->has_time)
			pair->undated = v->at;
		else if (!pair->dated.there ||
			 instant_cmp(v->at.at, pair->dated.at) >= 0)
			pair->dated = v->at;
	}
}

/* ---- events ------------------------------------------------------------------------------ */

static void
context(struct openvex *v, struct cn_slice text)
{
	static const char before[] = "https://openvex.dev/ns/v";

	if (cn_slice_starts(text, before))
		v->r->facts->sbom.spec_version = keep(
		    v->r, cn_slice_sub(text, sizeof(before) - 1, text.len));
	else if (v->r->facts->sbom.spec_version.ptr == NULL)
		walk_find(&v->r->walk, CN_NOTE, "edition",
		    "the context names no version of OpenVEX");
}

static void
document_value(struct openvex *v, int tag, struct cn_slice text)
{
	struct cn_sbom_facts *facts = v->r->facts;

	if (tag == TAG_CONTEXT) {
		context(v, text);
	} else if (tag == TAG_ID) {
		facts->id = keep(v->r, text);
	} else if (tag == TAG_AUTHOR) {
		v->f->author = keep(v->r, text);
	} else if (tag == TAG_TIMESTAMP) {
		facts->timestamp = keep(v->r, text);
		v->dated = instant_parse(text, &v->time);
	} else {
		facts->doc_version = keep(v->r, text);
		facts->doc_version_is_number = tag == TAG_VERSION;
	}
}

static void
value(struct openvex *v, int tag, struct cn_slice text)
{
	switch (tag) {
	case TAG_VULN_NAME:
		v->vulnerability = keep(v->r, text);
		break;
	case TAG_VULN_AT_ID:
		if (v->vulnerability.ptr == NULL)
			v->vulnerability = keep(v->r, text);
		break;
	case TAG_ALIAS:
		texts_add(v->r, &v->aliases, text);
		break;
	case TAG_STATEMENT_TIME:
		v->has_time = instant_parse(text, &v->at.at);
		break;
	case TAG_STATUS:
		v->at.status = keep(v->r, text);
		tally_add(v->r, &v->statuses, text);
		break;
	case TAG_JUSTIFICATION:
		v->at.justification = keep(v->r, text);
		break;
	case TAG_IMPACT:
		v->impact = true;
		break;
	case TAG_ACTION:
		v->action = true;
		break;
	case TAG_PRODUCT_ID:
		v->product = keep(v->r, text);
		break;
	case TAG_IDENTIFIER:
		if (v->product.ptr == NULL)
			v->product = keep(v->r, text);
		break;
	case TAG_PRODUCT_TEXT:
		v->product = keep(v->r, text);
		product_ends(v);
		break;
	default:
		document_value(v, tag, text);
		break;
	}
}

static void
handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text)
{
	struct openvex *v = ctx;

	(void)w;
	if (event == WALK_VALUE)
		value(v, tag, text);
	else if (tag == TAG_STATEMENT && event == WALK_ENTER)
		statement_begins(v);
	else if (tag == TAG_STATEMENT)
		statement_ends(v);
	else if (tag == TAG_PRODUCT && event == WALK_ENTER)
		v->product = CN_SLICE_NONE;
	else if (tag == TAG_PRODUCT)
		product_ends(v);
}

/* ---- the end --------------------------------------------------------------------------------- */

static enum cn_vex_status
status_of(struct cn_slice text)
{
	for (int s = CN_VEX_NOT_AFFECTED; s <= CN_VEX_AFFECTED; s++)
		if (cn_slice_is(
			text, cn_vex_status_name((enum cn_vex_status)s)))
			return (enum cn_vex_status)s;
	return CN_VEX_UNSPECIFIED;
}

/* The newest; of two as new as each other the later in the file. */
static const struct said *
newest(const struct openvex *v, const struct pair *p)
{
	int order;

	if (!p->dated.there || !p->undated.there)
		return p->dated.there ? &p->dated : &p->undated;
	order = v->dated ? instant_cmp(p->dated.at, v->time) : 1;
	if (order == 0)
		order = p->dated.order > p->undated.order ? 1 : -1;
	return order > 0 ? &p->dated : &p->undated;
}

static void
end(void *ctx)
{
	struct openvex *v = ctx;
	struct names by_status;

	names_init(&by_status, v->r->arena, &v->r->key);
	for (const struct name *n = v->pairs.first; n != NULL; n = n->next) {
		const struct pair *p = n->value;
		const struct said *said = newest(v, p);
		struct cn_vex_statement *s = statement_add(v->r);

		if (s == NULL)
			break;
		s->vulnerability = p->vulnerability;
		s->product = p->product;
		s->state = said->status;
		s->status = status_of(said->status);
		s->justification = said->justification;
		s->aliases = said->aliases;
		s->line = said->line;
		s->column = said->column;
		tally_add(v->r, &by_status,
		    said->status.ptr == NULL ? CN_SLICE("null") : said->status);
	}
	v->f->pairs = v->pairs.count;
	v->f->vulnerabilities = v->vulnerabilities.count;
	v->f->products = v->products.count;
	v->f->statements_by_status = tally_done(v->r, &v->statuses);
	v->f->pairs_by_status = tally_done(v->r, &by_status);
	names_free(&by_status);
}

const struct dialect openvex_json = { CN_SBOM_OPENVEX, "OpenVEX", "openvex",
	"json-ld", &openvex_document, run_json, begin, handle, end, drop };
