/* CSAF: the product tree. */
#include "csaf.h"

struct product *
csaf_product(struct csaf *c, struct cn_slice id)
{
	struct name *n = names_add(&c->products, id);
	struct product *p;

	if (n != NULL && n->value == NULL)
		n->value = cn_arena_alloc(c->r->arena, 1, sizeof(*p));
	if (n == NULL || n->value == NULL) {
		walk_no_memory(&c->r->walk);
		return NULL;
	}
	p = n->value;
	p->id = n;
	if (!p->used && !p->defined) {
		p->line = c->r->walk.line;
		p->column = c->r->walk.column;
	}
	return p;
}

struct group *
csaf_group(struct csaf *c, struct cn_slice id)
{
	struct name *n = names_add(&c->groups, id);
	struct group *g;

	if (n != NULL && n->value == NULL)
		n->value = cn_arena_alloc(c->r->arena, 1, sizeof(*g));
	if (n == NULL || n->value == NULL) {
		walk_no_memory(&c->r->walk);
		return NULL;
	}
	g = n->value;
	if (!g->used && !g->defined) {
		g->line = c->r->walk.line;
		g->column = c->r->walk.column;
	}
	return g;
}

static void
product_ends(struct csaf *c)
{
	struct walk *w = &c->r->walk;
	struct product *p;

	if (c->product_id.ptr == NULL)
		return;
	p = csaf_product(c, c->product_id);
	if (p == NULL)
		return;
	if (p->defined)
		csaf_find(c, "6.1.2", w->line, w->column,
		    "the product_id \"%.*s\" is defined twice",
		    CN_FMT(cn_slice_sub(c->product_id, 0, 80)));
	else
		c->f->products++;
	p->defined = true;
	p->name = c->product_name;
}

/* Versions are written one by one; "<2.8" hides which ones are meant. */
static void
branch_name(struct csaf *c, struct cn_slice text)
{
	static const char *const words[] = { "<", ">", "prior to", "before ",
		"and earlier", "and later", " or earlier", " or later" };
	struct walk *w = &c->r->walk;

	if (!c->version_branch)
		return;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (size_t at = 0; at < text.len; at++)
			if (cn_slice_starts(
				cn_slice_sub(text, at, text.len), words[i])) {
				csaf_find(c, "6.1.31", w->line, w->column,
				    "a branch of the category "
				    "product_version names one version, not "
				    "a range");
				return;
			}
}

static void
group_member(struct csaf *c, struct cn_slice id)
{
	struct product *p = csaf_product(c, id);
	struct member *m = cn_arena_alloc(c->r->arena, 1, sizeof(*m));

	if (m == NULL)
		walk_no_memory(&c->r->walk);
	if (p == NULL || m == NULL)
		return;
	p->used = true;
	/* the group's name may come behind its products */
	m->product = p;
	m->next = c->members;
	c->members = m;
}

static void
group_ends(struct csaf *c)
{
	struct walk *w = &c->r->walk;
	struct group *g;

	if (c->product_id.ptr == NULL)
		return;
	g = csaf_group(c, c->product_id);
	if (g == NULL)
		return;
	if (g->defined)
		csaf_find(c, "6.1.5", w->line, w->column,
		    "the group_id \"%.*s\" is defined twice",
		    CN_FMT(cn_slice_sub(c->product_id, 0, 80)));
	g->defined = true;
	g->members = c->members;
}

static void
value(struct csaf *c, int tag, struct cn_slice text)
{
	struct product *p;

	switch (tag) {
	case TAG_PRODUCT_ID:
	case TAG_GROUP_ID:
		c->product_id = keep(c->r, text);
		break;
	case TAG_PRODUCT_NAME:
		c->product_name = keep(c->r, text);
		break;
	case TAG_BRANCH_CATEGORY:
		c->version_branch = cn_slice_is(text, "product_version");
		break;
	case TAG_BRANCH_NAME:
		branch_name(c, text);
		break;
	case TAG_GROUP_PRODUCT:
		group_member(c, text);
		break;
	case TAG_PRODUCT_REFERENCE:
		p = csaf_product(c, text);
		if (p != NULL)
			p->used = true;
		break;
	default:
		break;
	}
}

void
csaf_product_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text)
{
	if (event == WALK_VALUE) {
		value(c, tag, text);
	} else if (event == WALK_ENTER) {
		c->has_tree = c->has_tree || tag == TAG_TREE;
		if (tag == TAG_PRODUCT || tag == TAG_GROUP) {
			c->product_id = c->product_name = CN_SLICE_NONE;
			c->members = NULL;
		}
		if (tag == TAG_BRANCH)
			c->version_branch = false;
	} else if (tag == TAG_PRODUCT) {
		product_ends(c);
	} else if (tag == TAG_GROUP) {
		group_ends(c);
	}
}

/* Names of the statements' products, and ids that nothing defines. */
void
csaf_product_end(struct csaf *c)
{
	struct cn_vex_statement *s = c->r->facts->statements;

	c->r->walk.at_child = false;
	for (; s != NULL; s = s->next) {
		const struct name *n = names_find(&c->products, s->product);
		const struct product *p = n == NULL ? NULL : n->value;

		if (p != NULL)
			s->product_name = p->name;
	}
	for (const struct name *n = c->products.first; n != NULL; n = n->next) {
		const struct product *p = n->value;

		if (p != NULL && p->used && !p->defined)
			csaf_find(c, "6.1.1", p->line, p->column,
			    "nothing defines the product_id \"%.*s\"",
			    CN_FMT(cn_slice_sub(n->text, 0, 80)));
	}
	for (const struct name *n = c->groups.first; n != NULL; n = n->next) {
		const struct group *g = n->value;

		if (g != NULL && g->used && !g->defined)
			csaf_find(c, "6.1.4", g->line, g->column,
			    "nothing defines the group_id \"%.*s\"",
			    CN_FMT(cn_slice_sub(n->text, 0, 80)));
	}
}
