/* Why nothing matched. */
#include "vex_ask.h"

#include <stdio.h>

#define LISTED 6 /* names in one sentence */

/* A sentence that lists a few texts, each once. */
struct listing {
	struct cn_slice seen[LISTED];
	size_t count;
	bool more;
	char text[800];
	size_t len;
};

static void
list(struct listing *l, struct cn_slice item)
{
	int put;

	for (size_t i = 0; i < l->count; i++)
		if (cn_slice_eq(l->seen[i], item))
			return;
	if (l->count == LISTED) {
		l->more = true;
		return;
	}
	put = snprintf(l->text + l->len, sizeof(l->text) - l->len, "%s%.*s",
	    l->count == 0 ? "" : ", ", CN_FMT(cn_slice_sub(item, 0, 120)));
	l->seen[l->count++] = item;
	if (put > 0 && l->len + (size_t)put < sizeof(l->text))
		l->len += (size_t)put;
}

typedef void (*visit)(
    struct ask *a, const struct cn_vex_statement *s, struct listing *l);

static struct listing
collect(struct ask *a, visit each)
{
	struct listing l = { .count = 0, .len = 0, .more = false };

	l.text[0] = '\0';
	for (size_t i = 0; i < a->count; i++)
		for (const struct cn_vex_statement *s = a->files[i]->statements;
		     s != NULL; s = s->next)
			each(a, s, &l);
	return l;
}

static void
every_id(struct ask *a, const struct cn_vex_statement *s, struct listing *l)
{
	(void)a;
	list(l, s->vulnerability.ptr == NULL ? CN_SLICE("(without id)")
					     : s->vulnerability);
}

static void
its_products(struct ask *a, const struct cn_vex_statement *s, struct listing *l)
{
	if (ask_is_id(a, s))
		list(l, s->product);
}

/* The same package, told apart by version or qualifiers. */
static struct cn_slice
package_of(struct cn_slice purl)
{
	size_t end = cn_slice_find(purl, '?');

	purl = cn_slice_sub(purl, 0, end);
	return cn_slice_sub(purl, 0, cn_slice_find(purl, '@'));
}

static void
same_package(struct ask *a, const struct cn_vex_statement *s, struct listing *l)
{
	struct cn_slice asked = a->question->product;

	if (ask_is_id(a, s) && cn_slice_starts(asked, "pkg:") &&
	    cn_slice_starts(s->product, "pkg:") &&
	    cn_slice_eq(package_of(asked), package_of(s->product)))
		list(l, s->product);
}

static void
its_versions(struct ask *a, const struct cn_vex_statement *s, struct listing *l)
{
	const struct cn_vex_versions *v = s->versions;

	if (!ask_is_id(a, s) || !ask_is_product(a, s))
		return;
	for (; v != NULL; v = v->next)
		list(l, v->text);
}

static void
no_id(struct ask *a)
{
	struct listing l = collect(a, every_id);

	if (l.count == 0)
		ask_because(a, "the files make no statement about any "
			       "vulnerability");
	else
		ask_because(a,
		    "no statement names %.*s; those that there are name %s%s",
		    CN_FMT(ask_brief(a->question->vulnerability)), l.text,
		    l.more ? ", …" : "");
}

static void
no_product(struct ask *a)
{
	struct listing l = collect(a, same_package);

	if (l.count > 0) {
		ask_because(a,
		    "it is stated for the same package with another version "
		    "or other qualifiers: %s%s; a product matches to the "
		    "letter",
		    l.text, l.more ? ", …" : "");
		return;
	}
	l = collect(a, its_products);
	ask_because(a,
	    "it is stated, but for other products: %s%s; ask for one of "
	    "these names to the letter",
	    l.text, l.more ? ", …" : "");
}

static void
no_version(struct ask *a)
{
	struct listing l = collect(a, its_versions);
	struct cn_slice version = a->question->version;

	if (version.ptr == NULL)
		ask_because(a,
		    "it is stated for some versions only: %s%s; ask with a "
		    "version",
		    l.text, l.more ? ", …" : "");
	else
		ask_because(a, "version %.*s is none of those stated: %s%s",
		    CN_FMT(ask_brief(version)), l.text, l.more ? ", …" : "");
}

void
ask_explain(struct ask *a)
{
	if (a->named == 0)
		no_id(a);
	else if (a->matched == 0)
		no_product(a);
	else
		no_version(a);
}
