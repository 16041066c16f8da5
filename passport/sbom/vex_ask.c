/* What files say together about one vulnerability in one product. */
#include "vex_ask.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
ask_because(struct ask *a, const char *fmt, ...)
{
	struct cn_texts *t = cn_arena_alloc(a->arena, 1, sizeof(*t));
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (t != NULL)
		t->text = cn_arena_copy(a->arena, cn_slice_str(text));
	if (t == NULL || t->text.ptr == NULL) {
		a->no_memory = true;
		return;
	}
	if (a->last == NULL)
		a->answer->because = t;
	else
		a->last->next = t;
	a->last = t;
}

struct cn_slice
ask_brief(struct cn_slice text)
{
	size_t len = text.len < 160 ? text.len : 160;

	while (len < text.len && len > 0 && (text.ptr[len] & 0xc0) == 0x80)
		len--;
	return cn_slice_sub(text, 0, len);
}

/* ---- does a statement belong to the question? -------------------------------------- */

bool
ask_is_id(const struct ask *a, const struct cn_vex_statement *s)
{
	struct cn_slice id = a->question->vulnerability;

	if (cn_slice_eq(s->vulnerability, id))
		return true; /* also where neither has one */
	if (!a->loose || id.len == 0)
		return false;
	for (const struct cn_texts *t = s->aliases; t != NULL; t = t->next)
		if (cn_slice_eq(t->text, id))
			return true;
	return false;
}

/* "pkg:type/name@version" of a question's product and version. */
static bool
is_purl_of(struct cn_slice purl, const struct cn_vex_question *q)
{
	return q->version.len > 0 && cn_slice_starts(q->product, "pkg:") &&
	       purl.len == q->product.len + 1 + q->version.len &&
	       cn_slice_eq(cn_slice_sub(purl, 0, q->product.len), q->product) &&
	       purl.ptr[q->product.len] == '@' &&
	       cn_slice_eq(cn_slice_sub(purl, q->product.len + 1, purl.len),
		   q->version);
}

/* "urn:cdx:serial/version#bom-ref" (BOM-Link). */
static bool
is_link_to(struct cn_slice link, struct cn_slice product)
{
	size_t at = cn_slice_find(link, '#');

	return cn_slice_starts(link, "urn:cdx:") && at < link.len &&
	       cn_slice_eq(cn_slice_sub(link, at + 1, link.len), product);
}

bool
ask_is_product(const struct ask *a, const struct cn_vex_statement *s)
{
	const struct cn_vex_question *q = a->question;

	if (cn_slice_eq(s->product, q->product))
		return true;
	if (!a->loose || q->product.len == 0)
		return false;
	return cn_slice_eq(s->product_name, q->product) ||
	       is_purl_of(s->product, q) || is_link_to(s->product, q->product);
}

/* ---- what a statement answers ------------------------------------------------------- */

static void
take(struct ask *a, const struct cn_sbom_facts *file,
    const struct cn_vex_statement *s, enum cn_vex_status status)
{
	if (status == CN_VEX_UNSPECIFIED)
		status = CN_VEX_AFFECTED; /* nothing takes it back */
	if (a->answers++ > 0 && status != a->answer->status)
		a->answer->conflict = true;
	if (status > a->answer->status)
		a->answer->status = status;
	ask_because(a, "%.*s, line %" PRIu32 ": \"%.*s\" for %.*s%s%.*s%s: %s",
	    CN_FMT(ask_brief(file->file)), s->line, CN_FMT(ask_brief(s->state)),
	    CN_FMT(ask_brief(s->product)), s->justification.len > 0 ? " (" : "",
	    CN_FMT(ask_brief(s->justification)),
	    s->justification.len > 0 ? ")" : "", cn_vex_status_name(status));
}

static bool
holds(const struct cn_vex_versions *v, struct cn_slice version)
{
	return v->is_range ? cn_vers_holds(v->text, version, NULL)
			   : cn_slice_eq(v->text, version);
}

/* The status of a version that a statement names. */
static enum cn_vex_status
status_of(const struct cn_vex_statement *s, const struct cn_vex_versions *v)
{
	if (cn_slice_is(v->status, "unaffected"))
		return s->status == CN_VEX_FIXED ? CN_VEX_FIXED
						 : CN_VEX_NOT_AFFECTED;
	if (cn_slice_is(v->status, "unknown"))
		return CN_VEX_UNDER_INVESTIGATION;
	return s->status;
}

static void
weigh(struct ask *a, const struct cn_sbom_facts *file,
    const struct cn_vex_statement *s)
{
	if (s->versions == NULL) {
		take(a, file, s, s->status);
		return;
	}
	if (a->question->version.ptr == NULL)
		return; /* it is about some versions only */
	for (const struct cn_vex_versions *v = s->versions; v != NULL;
	     v = v->next)
		if (holds(v, a->question->version))
			take(a, file, s, status_of(s, v));
}

static void
one_round(struct ask *a)
{
	for (size_t i = 0; i < a->count; i++) {
		const struct cn_sbom_facts *file = a->files[i];

		for (const struct cn_vex_statement *s = file->statements;
		     s != NULL; s = s->next) {
			if (!ask_is_id(a, s))
				continue;
			a->named++;
			if (!ask_is_product(a, s))
				continue;
			a->matched++;
			weigh(a, file, s);
		}
	}
}

static void
look_for_exploitation(struct ask *a)
{
	for (size_t i = 0; i < a->count; i++) {
		if (!cn_kev_lists(a->files[i], a->question->vulnerability))
			continue;
		a->answer->exploited = true;
		ask_because(a, "%.*s lists it as known to be exploited",
		    CN_FMT(ask_brief(a->files[i]->file)));
	}
}

enum cn_code
cn_vex_ask(const struct cn_sbom_facts *const *files, size_t count,
    const struct cn_vex_question *question, struct cn_arena *arena,
    struct cn_vex_answer *out, struct cn_error *err)
{
	struct ask a = { .files = files,
		.count = count,
		.question = question,
		.arena = arena,
		.answer = out };

	memset(out, 0, sizeof(*out));
	one_round(&a);
	if (a.matched == 0) {
		a.loose = true;
		a.named = 0;
		one_round(&a);
	}
	if (out->conflict)
		ask_because(&a, "statements disagree: the worst counts");
	if (a.answers == 0)
		ask_explain(&a);
	look_for_exploitation(&a);
	if (!a.no_memory)
		return CN_OK;
	memset(out, 0, sizeof(*out));
	return cn_fail(err, CN_MEMORY, "no memory for an answer");
}
