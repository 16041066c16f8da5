/* CSAF: from event to the part that it belongs to. */
#include "csaf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void
csaf_drop(void *ctx)
{
	struct csaf *c = ctx;

	names_free(&c->products);
	names_free(&c->groups);
	names_free(&c->ids);
	names_free(&c->statuses);
	names_free(&c->pair_statuses);
	names_free(&c->revision_numbers);
	names_free(&c->majors);
	names_free(&c->algorithms);
	names_free(&c->involvements);
	cn_buf_free(&c->party);
	cn_buf_free(&c->date);
	free(c->cvss);
	marks_free(&c->pairs);
	marks_free(&c->impacts);
	marks_free(&c->actions);
	marks_free(&c->flagged);
	marks_free(&c->scored3);
	marks_free(&c->scored2);
	marks_free(&c->about);
	free(c->mentions);
	free(c);
}

static void *
begin(struct reading *r)
{
	struct csaf *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->r = r;
	c->f = &r->facts->of.csaf;
	names_init(&c->products, r->arena, &r->key);
	names_init(&c->groups, r->arena, &r->key);
	names_init(&c->ids, r->arena, &r->key);
	names_init(&c->statuses, r->arena, &r->key);
	names_init(&c->pair_statuses, r->arena, &r->key);
	names_init(&c->revision_numbers, r->arena, &r->key);
	names_init(&c->majors, r->arena, &r->key);
	names_init(&c->algorithms, r->arena, &r->key);
	names_init(&c->involvements, r->arena, &r->key);
	cn_buf_init(&c->party, WALK_TOKEN);
	cn_buf_init(&c->date, WALK_TOKEN);
	c->cvss = csaf_cvss_new();
	if (c->cvss == NULL) {
		csaf_drop(c);
		return NULL;
	}
	return c;
}

void
csaf_find(struct csaf *c, const char *test, uint32_t line, uint32_t column,
    const char *fmt, ...)
{
	struct walk *w = &c->r->walk;
	uint32_t old_line = w->line, old_column = w->column;
	char text[384];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	w->line = line;
	w->column = column;
	walk_find(w, CN_WARNING, test, "%s", text);
	w->line = old_line;
	w->column = old_column;
}

static void
handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text)
{
	struct csaf *c = ctx;

	(void)w;
	if (tag >= TAG_VULNERABILITIES)
		csaf_vulnerability_event(c, event, tag, text);
	else if (tag >= TAG_TREE)
		csaf_product_event(c, event, tag, text);
	else
		csaf_document_event(c, event, tag, text);
}

/* The pairs by what was decided for each. */
static void
tally_pairs(struct csaf *c)
{
	const struct cn_vex_statement *s = c->r->facts->statements;

	for (; s != NULL; s = s->next)
		tally_add(c->r, &c->pair_statuses,
		    cn_slice_str(cn_vex_status_name(s->status)));
	c->f->pairs = c->r->facts->statement_count;
	c->f->pairs_by_status = tally_done(c->r, &c->pair_statuses);
}

static void
end(void *ctx)
{
	struct csaf *c = ctx;

	csaf_document_end(c);
	csaf_product_end(c);
	tally_pairs(c);
	c->f->product_status_counts = tally_done(c->r, &c->statuses);
	c->f->vulnerability_ids = c->vulnerability_ids.first;
}

const struct dialect csaf_json = { CN_SBOM_CSAF, "CSAF", "csaf", "json",
	&csaf_document, run_json, begin, handle, end, csaf_drop };
