/*
 * One EU declaration of conformity for all acts of a product (CRA 28, Annex V;
 * AIA 47, Annex V), and the simplified one of CRA Annex VI, from a passport.
 */
#include "document.h"

#include <carnet/verdict.h>

#include <stdio.h>
#include <string.h>

#define MAX_WORDS (64u << 10)

/* A text in the language asked for, marked where it is in another. */
static void
put_texts(struct writer *w, const struct cn_record *record, unsigned row,
    const char *label)
{
	struct cn_slice lang, text;
	struct cn_block *block;

	text = cn_get_texts(record, row, &w->lang, 1, &lang);
	block = paper_put(w, CN_BLOCK_ROW, text);
	if (block == NULL)
		return;
	block->label = cn_slice_str(label);
	if (!cn_slice_eq(lang, w->paper->lang))
		block->lang = lang;
}

/* ---- items ------------------------------------------------------------------- */

/* The values of one answer of the verdict that the passport carries (field
 * 39), or NULL. */
static const struct cn_value *
answer(const struct cn_record *passport, enum cn_verdict_key key)
{
	const struct cn_value *v = cn_get(
	    cn_get_record(passport, CN_F_RULE_VERDICT), CN_VERDICT_VERDICTS);

	for (; v != NULL; v = v->next)
		if (cn_slice_is(cn_get_text(v->as.record, CN_CONCLUSION_KEY),
			cn_verdict_name(key)))
			return cn_get(v->as.record, CN_CONCLUSION_VALUE);
	return NULL;
}

static bool
answers(const struct cn_value *v, const char *value)
{
	for (; v != NULL; v = v->next)
		if (cn_slice_is(v->as.text, value))
			return true;
	return false;
}

/* Rows CRA_V_1 … AIA_V_8 stand in the order of the verdict's items. What the
 * maker states is shown whether or not it is asked for. */
static void
put_items(struct writer *w)
{
	const struct cn_choices *items = cn_verdict_choices(CN_V_DOC_ITEMS);
	const struct cn_record *said = cn_get_record(
	    w->passport, CN_F_DECLARATION);
	const struct cn_value *asked = answer(w->passport, CN_V_DOC_ITEMS);

	paper_heading(w, "The declaration, item by item");
	if (asked == NULL)
		paper_missing(w, "the verdict on which items are asked for");
	for (unsigned i = 0; i < items->count; i++) {
		unsigned row = CN_DECLARATION_CRA_V_1 + i;
		char item[32];

		(void)snprintf(item, sizeof(item), "item %s", items->values[i]);
		if (cn_get(said, row) != NULL)
			put_texts(w, said, row,
			    cn_table_declaration.rows[row].sources);
		else if (answers(asked, items->values[i]))
			paper_missing(w, item);
	}
}

/* The sentences that the acts themselves want in it. They repeat what the
 * maker states in the item beside, and are never written without it. */
static void
put_statements(struct writer *w)
{
	const struct cn_value *acts = answer(w->passport, CN_V_DOC_ACTS);
	const struct cn_record *said = cn_get_record(
	    w->passport, CN_F_DECLARATION);
	const struct cn_record *art15 = cn_get_record(
	    w->passport, CN_F_ART15_STATEMENT);

	paper_heading(w, "Statements");
	if (answers(acts, "2024/2847")) {
		if (cn_get(said, CN_DECLARATION_CRA_V_5) != NULL)
			paper_row(w, "CRA 28(1)",
			    CN_SLICE("The fulfilment of the applicable "
				     "essential cybersecurity requirements "
				     "set out in Annex I to Regulation (EU) "
				     "2024/2847 has been demonstrated."));
		else
			paper_missing(w, "the statement of CRA 28(1)");
	}
	if (answers(acts, "2024/1689")) {
		if (cn_get(said, CN_DECLARATION_AIA_V_4) != NULL)
			paper_row(w, "AIA 47(2)",
			    CN_SLICE("The high-risk AI system meets the "
				     "requirements set out in Chapter III, "
				     "Section 2, of Regulation (EU) "
				     "2024/1689."));
		else
			paper_missing(w, "the statement of AIA 47(2)");
	}
	if (cn_get_number(art15, CN_ART15_STATEMENT_CLAIMED, 0) == 0)
		return;
	if (cn_get(art15, CN_ART15_STATEMENT_TEXT) != NULL)
		put_texts(w, art15, CN_ART15_STATEMENT_TEXT,
		    "CRA 12(1)(c), claimed by the maker");
	else
		paper_missing(w, "the statement of CRA 12(1)(c)");
}

/* ---- lists ----------------------------------------------------------------------- */

struct part {
	unsigned row;
	const char *before;
};

/* One line a record: its members in the order of parts, as far as stated. */
static void
put_list(struct writer *w, unsigned field, const struct part *parts,
    const char *label)
{
	const struct cn_value *v = cn_get(w->passport, field);
	struct cn_buf words;

	cn_buf_init(&words, MAX_WORDS);
	for (; v != NULL; v = v->next) {
		for (const struct part *p = parts; p->before != NULL; p++) {
			struct cn_slice text = cn_get_text(
			    v->as.record, p->row);

			if (text.len > 0)
				cn_buf_printf(
				    &words, "%s%.*s", p->before, CN_FMT(text));
		}
		paper_row(w, label, paper_keep(w, &words));
	}
	cn_buf_free(&words);
}

static void
put_acts(struct writer *w)
{
	const struct cn_value *v = cn_get(w->passport, CN_F_APPLICABLE_ACTS);
	bool any = false;

	paper_heading(w, "Acts of the Union with which conformity is declared");
	for (; v != NULL; v = v->next) {
		if (cn_get_number(v->as.record, CN_ACT_IN_SCOPE, 0) == 0)
			continue;
		(void)paper_put(
		    w, CN_BLOCK_TEXT, cn_get_text(v->as.record, CN_ACT_ACT));
		any = true;
	}
	if (!any)
		paper_missing(w, "an act in scope");
}

static void
put_evidence(struct writer *w)
{
	static const struct part standard[] = {
		{ CN_STANDARD_REF, "" },
		{ CN_STANDARD_EDITION, ":" },
		{ CN_STANDARD_ACT, ", for " },
		{ CN_STANDARD_APPLIED, ", applied in " },
		{ CN_STANDARD_PARTS, ": " },
		{ CN_STANDARD_OJ_CITATION,
		    "; cited in the Official Journal: " },
		{ 0, NULL },
	};
	static const struct part procedure[] = {
		{ CN_PROCEDURE_ACT, "" },
		{ CN_PROCEDURE_PROCEDURE, ": " },
		{ CN_PROCEDURE_LEGAL_BASIS, ", under " },
		{ 0, NULL },
	};
	static const struct part body[] = {
		{ CN_NOTIFIED_BODY_NAME, "" },
		{ CN_NOTIFIED_BODY_NUMBER, ", number " },
		{ CN_NOTIFIED_BODY_ACT, ", for " },
		{ CN_NOTIFIED_BODY_ROLE, ", " },
		{ CN_NOTIFIED_BODY_CERTIFICATE_ID, "; certificate " },
		{ CN_NOTIFIED_BODY_ISSUED, ", issued " },
		{ CN_NOTIFIED_BODY_EXPIRES, ", expires " },
		{ 0, NULL },
	};
	static const struct part certificate[] = {
		{ CN_CERTIFICATE_SCHEME, "" },
		{ CN_CERTIFICATE_LEVEL, ", level " },
		{ CN_CERTIFICATE_ID, ", certificate " },
		{ CN_CERTIFICATE_EXPIRES, ", expires " },
		{ 0, NULL },
	};

	paper_heading(w, "Standards, procedures, bodies and certificates");
	put_list(w, CN_F_STANDARDS, standard, "Standard");
	put_list(w, CN_F_CONFORMITY_PROCEDURES, procedure, "Procedure");
	put_list(w, CN_F_NOTIFIED_BODIES, body, "Notified body");
	put_list(w, CN_F_CYBERSECURITY_CERTIFICATES, certificate,
	    "Cybersecurity certificate");
	if (cn_get(w->passport, CN_F_CONFORMITY_PROCEDURES) == NULL)
		paper_missing(w, "the conformity assessment procedure");
}

/* ---- who and what ------------------------------------------------------------------ */

static void
put_product(struct writer *w)
{
	const struct cn_value *v = cn_get(w->passport, CN_F_GTIN);

	paper_heading(w, "Product");
	if (cn_get(w->passport, CN_F_MODEL_TYPE) == NULL)
		paper_missing(w, "the type of the product");
	paper_row(w, "Type", cn_get_text(w->passport, CN_F_MODEL_TYPE));
	for (; v != NULL; v = v->next)
		paper_row(w, "GTIN", v->as.text);
	paper_row(w, "Batch or serial number",
	    cn_get_text(w->passport, CN_F_BATCH_OR_SERIAL));
	paper_row(w, "Identifier",
	    cn_get_text(w->passport, CN_F_UNIQUE_PRODUCT_IDENTIFIER));
}

static void
put_operators(struct writer *w)
{
	static const struct part operator[] = {
		{ CN_OPERATOR_NAME, "" },
		{ CN_OPERATOR_POSTAL_ADDRESS, "\n" },
		{ CN_OPERATOR_EMAIL_OR_DIGITAL_CONTACT, "\n" },
		{ 0, NULL },
	};

	paper_heading(w, "Responsible");
	if (cn_get(w->passport, CN_F_MANUFACTURER) == NULL)
		paper_missing(w, "the manufacturer");
	put_list(w, CN_F_MANUFACTURER, operator, "Manufacturer");
	put_list(w, CN_F_AI_PROVIDER, operator, "Provider of the AI system");
	put_list(w, CN_F_AUTHORISED_REPRESENTATIVE, operator,
	    "Authorised representative");
}

static void
put_signature(struct writer *w)
{
	static const struct {
		unsigned row;
		const char *label, *item;
	} lines[] = {
		{ CN_DECLARATION_SIGNED_FOR, "Signed for and on behalf of",
		    "for whom the declaration is signed" },
		{ CN_DECLARATION_PLACE, "Place of issue",
		    "the place of issue" },
		{ CN_DECLARATION_DATE, "Date of issue", "the date of issue" },
		{ CN_DECLARATION_SIGNATORY_NAME, "Name",
		    "the name of the signatory" },
		{ CN_DECLARATION_SIGNATORY_FUNCTION, "Function",
		    "the function of the signatory" },
	};
	const struct cn_record *said = cn_get_record(
	    w->passport, CN_F_DECLARATION);

	paper_heading(w, "Signature");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (cn_get(said, lines[i].row) == NULL)
			paper_missing(w, lines[i].item);
		else
			paper_row(
			    w, lines[i].label, cn_get_text(said, lines[i].row));
}

/* ---- CRA Annex VI -------------------------------------------------------------------- */

static bool
holds(struct cn_slice text, struct cn_slice part)
{
	for (size_t i = 0; part.len > 0 && i + part.len <= text.len; i++)
		if (memcmp(text.ptr + i, part.ptr, part.len) == 0)
			return true;
	return false;
}

static bool
is_english(struct cn_slice lang)
{
	return lang.len == 0 || cn_slice_is(lang, "en") ||
	       cn_slice_starts(lang, "en-");
}

static void
put_sentence(struct writer *w)
{
	struct cn_slice own = cn_get_text(
	    w->passport, CN_F_SIMPLIFIED_DECLARATION);
	struct cn_slice name = cn_get_text(
	    cn_get_record(w->passport, CN_F_MANUFACTURER), CN_OPERATOR_NAME);
	struct cn_slice type = cn_get_text(w->passport, CN_F_MODEL_TYPE);
	struct cn_slice url = cn_get_text(w->passport, CN_F_DECLARATION_URL);
	struct cn_buf words;

	if (name.len == 0)
		paper_missing(w, "the name of the manufacturer");
	if (type.len == 0)
		paper_missing(w, "the type of the product");
	if (url.len == 0)
		paper_missing(w, "the address of the full declaration");
	if (holds(own, name) && holds(own, type) && holds(own, url)) {
		(void)paper_put(w, CN_BLOCK_TEXT, own);
		return;
	}
	if (!is_english(w->lang))
		paper_missing(w, "the sentence in the language asked for");
	if (w->paper->missing > 0)
		return;
	cn_buf_init(&words, MAX_WORDS);
	cn_buf_printf(&words,
	    "Hereby, %.*s declares that the product with digital elements type "
	    "%.*s is in compliance with Regulation (EU) 2024/2847. The full "
	    "text of the EU declaration of conformity is available at the "
	    "following internet address: %.*s",
	    CN_FMT(name), CN_FMT(type), CN_FMT(url));
	(void)paper_put(w, CN_BLOCK_TEXT, paper_keep(w, &words));
	cn_buf_free(&words);
}

static void
put_full(struct writer *w)
{
	put_product(w);
	put_operators(w);
	put_items(w);
	put_statements(w);
	put_acts(w);
	put_evidence(w);
	put_signature(w);
}

enum cn_code
cn_declaration_make(const struct cn_paper_request *request,
    struct cn_arena *arena, struct cn_paper **out, struct cn_error *err)
{
	struct writer w = { .arena = arena,
		.passport = request->passport,
		.lang = request->lang.len > 0 ? request->lang
					      : CN_SLICE("en") };

	*out = NULL;
	w.paper = cn_arena_alloc(arena, 1, sizeof(*w.paper));
	if (w.paper == NULL)
		return cn_fail(err, CN_MEMORY, "memory ran out");
	w.tail = &w.paper->first;
	w.paper->lang = CN_SLICE("en");
	w.paper->title = request->simplified
			     ? CN_SLICE(
				   "Simplified EU declaration of conformity")
			     : CN_SLICE("EU declaration of conformity");
	w.paper->date = cn_get_text(
	    cn_get_record(w.passport, CN_F_DECLARATION), CN_DECLARATION_DATE);
	(void)paper_put(&w, CN_BLOCK_TITLE, w.paper->title);
	if (request->simplified)
		put_sentence(&w);
	else
		put_full(&w);
	if (w.failed)
		return cn_fail(err, CN_MEMORY, "memory ran out");
	*out = w.paper;
	return CN_OK;
}
