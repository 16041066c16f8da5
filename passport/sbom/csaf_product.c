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
	c->whole = p;
}

static uint8_t
small(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

/* Is the word, in any case, between blanks or ends of the text? */
static bool
has_word(struct cn_slice text, const char *word)
{
	size_t from = 0;

	while (from < text.len) {
		size_t at = from, i = 0;

		while (at < text.len && text.ptr[at] != ' ')
			at++;
		while (i < at - from && word[i] != '\0' &&
		       small(text.ptr[from + i]) == (uint8_t)word[i])
			i++;
		if (i == at - from && word[i] == '\0')
			return true;
		from = at + 1;
	}
	return false;
}

/* Versions are written one by one; "<2.8" hides which ones are meant. */
static bool
is_range(struct cn_slice text)
{
	static const char *const words[] = { "after", "all", "before",
		"earlier", "later", "prior", "versions" };

	if (cn_slice_find(text, '<') < text.len ||
	    cn_slice_find(text, '>') < text.len)
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (has_word(text, words[i]))
			return true;
	return false;
}

static void
branch_name(struct csaf *c, struct cn_slice text)
{
	struct walk *w = &c->r->walk;

	if (c->version_branch && is_range(text))
		csaf_find(c, "6.1.31", w->line, w->column,
		    "a branch of the category product_version names one "
		    "version, not a range");
}

/* "pkg:type/name": the least that a package URL has. */
static void
check_purl(struct csaf *c, struct cn_slice text)
{
	struct walk *w = &c->r->walk;
	struct cn_slice rest = cn_slice_sub(text, 4, text.len);
	size_t slash = cn_slice_find(rest, '/');

	if (!cn_slice_starts(text, "pkg:") || slash == 0 ||
	    slash + 1 >= rest.len || cn_slice_find(rest, ' ') < rest.len)
		csaf_find(c, "6.1.13", w->line, w->column,
		    "\"%.*s\" is no package URL",
		    CN_FMT(cn_slice_sub(text, 0, 80)));
}

static void
hash_algorithm(struct csaf *c, struct cn_slice text)
{
	struct walk *w = &c->r->walk;
	struct name *n = names_add(&c->algorithms, text);

	if (n == NULL)
		walk_no_memory(w);
	else if (n->count++ > 0)
		csaf_find(c, "6.1.25", w->line, w->column,
		    "a file has two digests of one algorithm");
}

/* ---- relationships ---------------------------------------------------------------- */

static void
reference(struct csaf *c, struct cn_slice text)
{
	struct product *p = csaf_product(c, text);

	if (p == NULL)
		return;
	p->used = true;
	if (c->part_count < 2)
		c->parts[c->part_count++] = p;
}

static void
relationship_ends(struct csaf *c)
{
	for (size_t i = 0; c->whole != NULL && i < c->part_count; i++)
		c->whole->parts[i] = c->parts[i];
}

/* Walks down from a product; true where the way comes back to one that is on
 * it. */
static bool
goes_round(struct product *from)
{
	struct product *p = from;

	while (p != NULL) {
		struct product *down = NULL;

		p->state = 1;
		for (size_t i = 0; i < 2 && down == NULL; i++) {
			struct product *part = p->parts[i];

			if (part != NULL && part->state == 1)
				return true;
			if (part != NULL && part->state == 0)
				down = part;
		}
		if (down != NULL) {
			down->above = p;
			p = down;
		} else {
			p->state = 2;
			p = p->above;
		}
	}
	return false;
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
		reference(c, text);
		break;
	case TAG_PURL:
		check_purl(c, text);
		break;
	case TAG_HASH_ALGORITHM:
		hash_algorithm(c, text);
		break;
	default:
		break;
	}
}

static void
opened(struct csaf *c, int tag)
{
	switch (tag) {
	case TAG_TREE:
		c->has_tree = true;
		break;
	case TAG_PRODUCT:
	case TAG_GROUP:
		c->product_id = c->product_name = CN_SLICE_NONE;
		c->members = NULL;
		break;
	case TAG_BRANCH:
		c->version_branch = false;
		break;
	case TAG_RELATIONSHIP:
		c->part_count = 0;
		c->whole = NULL;
		break;
	case TAG_FILE_HASHES:
		names_free(&c->algorithms);
		names_init(&c->algorithms, c->r->arena, &c->r->key);
		break;
	default:
		break;
	}
}

void
csaf_product_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text)
{
	if (event == WALK_VALUE)
		value(c, tag, text);
	else if (event == WALK_ENTER)
		opened(c, tag);
	else if (tag == TAG_PRODUCT)
		product_ends(c);
	else if (tag == TAG_GROUP)
		group_ends(c);
	else if (tag == TAG_RELATIONSHIP)
		relationship_ends(c);
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
		struct product *p = n->value;

		if (p != NULL && p->state == 0 && goes_round(p))
			csaf_find(c, "6.1.3", p->line, p->column,
			    "the product_id \"%.*s\" is defined by itself",
			    CN_FMT(cn_slice_sub(n->text, 0, 80)));
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
