/* Who and what: issuer, subject, GTIN, and that nothing asked for is absent. */
#include "check.h"

#include <carnet/link.h>
#include <carnet/symbol.h>

#include <string.h>

/* A batch or item passport says only what differs from the model's: its
 * cardinalities bind the merged view, which is not at hand here. */
bool
judge_whole(const struct judge *judge)
{
	struct cn_slice url = cn_get_text(
	    judge->in->descriptor->record, CN_F_UNIQUE_PRODUCT_IDENTIFIER);
	struct cn_link link;

	return cn_link_parse(url, &link, NULL) != CN_OK ||
	       link.qualifier_count == 0;
}

void
check_required(const struct judge *judge)
{
	const struct cn_descriptor *descriptor = judge->in->descriptor;
	struct cn_place place = { descriptor->file, descriptor->json, false };

	if (judge_whole(judge))
		cn_model_required(descriptor->record, place, judge->report);
}

void
check_issuer(const struct judge *judge)
{
	struct cn_slice iss = judge->in->descriptor->issuer;

	/* That it is an https URL was read; a name has no further parts. */
	for (size_t i = 0; i < iss.len; i++) {
		if (strchr("#?@\\", iss.ptr[i]) == NULL)
			continue;
		judge_member(judge, "issuer",
		    "the issuer must be an https URL without user, query or "
		    "fragment, such as \"https://maker.example\"");
		return;
	}
}

void
check_subject(const struct judge *judge)
{
	const struct cn_value *value = cn_get(
	    judge->in->descriptor->record, CN_F_UNIQUE_PRODUCT_IDENTIFIER);
	struct cn_error why = { 0 };
	struct cn_buf sub;
	enum cn_code code;

	if (value == NULL) /* check_required() says so */
		return;
	cn_buf_init(&sub, CN_LINK_URI);
	code = cn_subject_of(value->as.text, &sub, &why);
	if (code == CN_OK)
		code = cn_url_printable(value->as.text, &why);
	if (code != CN_OK)
		judge_at(judge, value, "this cannot be a product's address: %s",
		    why.text);
	cn_buf_free(&sub);
}

/* GTIN-8, -12 and -13 are the same number with zeros in front. */
static bool
same_gtin(struct cn_slice a, struct cn_slice b)
{
	while (a.len > 0 && a.ptr[0] == '0')
		a = cn_slice_sub(a, 1, a.len);
	while (b.len > 0 && b.ptr[0] == '0')
		b = cn_slice_sub(b, 1, b.len);
	return cn_slice_eq(a, b);
}

void
check_gtin(const struct judge *judge)
{
	const struct cn_record *record = judge->in->descriptor->record;
	const struct cn_value *v = cn_get(record, CN_F_GTIN);
	const struct cn_value *first = v;
	struct cn_link link;

	if (v == NULL ||
	    cn_link_parse(cn_get_text(record, CN_F_UNIQUE_PRODUCT_IDENTIFIER),
		&link, NULL) != CN_OK ||
	    !cn_slice_is(cn_slice_str(link.key.ai), "01"))
		return;
	for (; v != NULL; v = v->next)
		if (same_gtin(v->as.text, link.key.value))
			return;
	judge_at(judge, first,
	    "the GTIN %.*s of the product's address is not among these",
	    CN_FMT(link.key.value));
}
