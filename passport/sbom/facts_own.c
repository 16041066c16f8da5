/* Facts that have a form of their own. */
#include "facts.h"

static void
doc_version(struct cn_jw *w, const struct cn_sbom_facts *facts)
{
	if (facts->doc_version_is_number)
		cn_jw_raw(w, facts->doc_version);
	else
		fact_text(w, facts->doc_version);
}

static void
product(struct cn_jw *w, const struct cn_cyclonedx *f)
{
	const struct cn_cyclonedx_product *p = &f->product;
	const struct {
		const char *name;
		struct cn_slice text;
	} members[] = {
		{ "type", p->type },
		{ "group", p->group },
		{ "name", p->name },
		{ "version", p->version },
		{ "purl", p->purl },
		{ "bom-ref", p->bom_ref },
	};

	if (!f->has_product) {
		cn_jw_null(w);
		return;
	}
	cn_jw_object(w);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (members[i].text.len > 0)
			cn_jw_kv_slice(w, members[i].name, members[i].text);
	cn_jw_object_end(w);
}

static void
creators(struct cn_jw *w, const struct cn_spdx2 *f)
{
	const struct cn_texts *t = f->creators;

	if (!f->creators_listed) {
		fact_text(w, t == NULL ? CN_SLICE_NONE : t->text);
		return;
	}
	cn_jw_array(w);
	for (; t != NULL; t = t->next)
		cn_jw_slice(w, t->text);
	cn_jw_array_end(w);
}

static void
describes(struct cn_jw *w, const struct cn_found *f, const char *kind)
{
	cn_jw_array(w);
	for (; f != NULL; f = f->next) {
		cn_jw_object(w);
		cn_jw_kv_slice(w, "id", f->id);
		cn_jw_key(w, kind);
		fact_text(w, f->kind.len > 0 ? f->kind : CN_SLICE_NONE);
		cn_jw_key(w, "name");
		fact_text(w, f->name);
		cn_jw_key(w, "version");
		fact_text(w, f->version);
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}

/* [version or range, status] … */
static void
versions(struct cn_jw *w, const struct cn_vex_versions *v)
{
	cn_jw_array(w);
	for (; v != NULL; v = v->next) {
		cn_jw_array(w);
		fact_text(w, v->text);
		cn_jw_slice(w, v->status);
		cn_jw_array_end(w);
	}
	cn_jw_array_end(w);
}

/* [vulnerability, product, …] by dialect. */
static void
vex_pairs(
    struct cn_jw *w, const struct cn_vex_statement *s, enum own_fact which)
{
	cn_jw_array(w);
	for (; s != NULL; s = s->next) {
		cn_jw_array(w);
		fact_text(w, s->vulnerability);
		fact_text(w, s->product);
		if (which == OWN_CDX_PAIRS)
			fact_text(w, s->state);
		if (which == OWN_CSAF_PAIRS)
			fact_text(w, s->product_name);
		cn_jw_str(w, cn_vex_status_name(s->status));
		if (which == OWN_CDX_PAIRS)
			versions(w, s->versions);
		if (which == OWN_OPENVEX_PAIRS)
			fact_text(w, s->justification);
		cn_jw_array_end(w);
	}
	cn_jw_array_end(w);
}

void
fact_own(
    struct cn_jw *w, const struct cn_sbom_facts *facts, enum own_fact which)
{
	switch (which) {
	case OWN_DOC_VERSION:
		doc_version(w, facts);
		break;
	case OWN_PRODUCT:
		product(w, &facts->of.cyclonedx);
		break;
	case OWN_CREATORS:
		creators(w, &facts->of.spdx2);
		break;
	case OWN_DESCRIBES_2:
		describes(w, facts->describes.first, "kind");
		break;
	case OWN_DESCRIBES_3:
		describes(w, facts->describes.first, "type");
		break;
	case OWN_CDX_PAIRS:
	case OWN_OPENVEX_PAIRS:
	case OWN_CSAF_PAIRS:
		vex_pairs(w, facts->statements, which);
		break;
	}
}
