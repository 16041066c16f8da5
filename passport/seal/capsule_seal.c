/* Capsules made. */
#include <string.h>

#include <carnet/link.h>

#include "capsule_form.h"

/* ---- months ----------------------------------------------------------------------- */

void
cn_support_print(uint32_t months, char out[8])
{
	struct cn_date date = { .day = 1 };

	if (months > CN_SUPPORT_MAX)
		months = CN_SUPPORT_MAX;
	date.year = 2000 + (int)(months / 12);
	date.month = 1 + (int)(months % 12);
	cn_month_print(date, out);
}

bool
cn_support_parse(struct cn_slice month, uint32_t *out)
{
	struct cn_date date;

	if (!cn_month_parse(month, &date) || date.year < 2000)
		return false;
	*out = (uint32_t)(12 * (date.year - 2000) + date.month - 1);
	return true;
}

/* ---- what it tells ----------------------------------------------------------------- */

/* The verdict's conclusion with that key, as a position from 1; 0 where the
 * verdict leaves it open or there is none. */
static bool
concluded(const struct cn_record *record, const char *key,
    const struct cn_choices *choices, uint64_t *out)
{
	const struct cn_record *verdict = cn_get_record(
	    record, CN_F_RULE_VERDICT);
	const struct cn_value *v;
	int position;

	for (v = verdict != NULL ? cn_get(verdict, CN_VERDICT_VERDICTS) : NULL;
	     v != NULL; v = v->next) {
		if (!cn_slice_is(
			cn_get_text(v->as.record, CN_CONCLUSION_KEY), key))
			continue;
		position = cn_choice(
		    choices, cn_get_text(v->as.record, CN_CONCLUSION_VALUE));
		*out = position < 0 ? 0 : (uint64_t)position + 1;
		return true;
	}
	return false;
}

/* From the verdict, else from what the maker states. */
static uint64_t
cra_class(const struct cn_record *record)
{
	const struct cn_record *stated = cn_get_record(record, CN_F_CRA_CLASS);
	uint64_t position;

	if (concluded(record, "cra_class", &cn_choices_cra_class, &position))
		return position;
	if (stated == NULL || !cn_get(stated, CN_CRA_CLASSIFICATION_CLASS))
		return 0;
	return 1 + cn_get_number(stated, CN_CRA_CLASSIFICATION_CLASS, 0);
}

static uint64_t
ai_status(const struct cn_record *record)
{
	const struct cn_record *stated = cn_get_record(
	    record, CN_F_AI_CLASSIFICATION);
	uint64_t position;

	if (concluded(record, "ai_status", &cn_choices_ai_status, &position))
		return position;
	if (stated == NULL)
		return 1 + CN_AI_STATUS_NOT_AI_SYSTEM;
	if (!cn_get(stated, CN_AI_CLASSIFICATION_STATUS))
		return 0;
	return 1 + cn_get_number(stated, CN_AI_CLASSIFICATION_STATUS, 0);
}

static uint64_t
procedure(const struct cn_record *record)
{
	uint64_t position;

	if (concluded(record, "cra_cybersecurity_procedure",
		&cn_choices_cra_cybersecurity_procedure, &position))
		return position;
	return 0;
}

static enum cn_code
put_payload(const struct cn_capsule_request *r, struct cn_buf *out,
    struct cn_error *err)
{
	struct cn_slice end = cn_get_text(r->run, CN_RUN_SUPPORT_END);
	uint32_t months;

	if (!cn_support_parse(end, &months))
		return cn_fail(err, CN_MALFORMED,
		    "the run has no month in which its support ends");
	cn_cbor_put_map(out, 7);
	cn_cbor_put_uint(out, 1);
	cn_cbor_put_uint(out, (uint64_t)r->iat);
	cn_cbor_put_uint(out, 2);
	cn_cbor_put_uint(out, r->passport->version);
	cn_cbor_put_uint(out, 3);
	cn_cbor_put_bytes(out, cn_slice_of(r->passport->digest, CN_DIGEST));
	cn_cbor_put_uint(out, 4);
	cn_cbor_put_uint(out, months);
	cn_cbor_put_uint(out, 5);
	cn_cbor_put_uint(out, cra_class(r->record));
	cn_cbor_put_uint(out, 6);
	cn_cbor_put_uint(out, ai_status(r->record));
	cn_cbor_put_uint(out, 7);
	cn_cbor_put_uint(out, procedure(r->record));
	return cn_buf_code(out, err);
}

/* ---- the whole ------------------------------------------------------------------------- */

/* The URL must be one that the passport speaks for. */
static enum cn_code
check_url(const struct cn_capsule_request *r, struct cn_error *err)
{
	struct cn_buf sub;
	enum cn_code code;

	cn_buf_init(&sub, CN_MAX_URL);
	code = cn_subject_of(r->url, &sub, err);
	if (code == CN_OK &&
	    !cn_subject_speaks_for(r->passport->sub, cn_buf_slice(&sub)))
		code = cn_fail(err, CN_WRONG_SUBJECT,
		    "the URL is about %.*s, the passport about %.*s",
		    CN_FMT(cn_buf_slice(&sub)), CN_FMT(r->passport->sub));
	cn_buf_free(&sub);
	return code;
}

static void
put_protected(const struct cn_signer *signer, struct cn_buf *out)
{
	cn_cbor_put_map(out, 2);
	cn_cbor_put_uint(out, 1);
	cn_cbor_put_int(out, signer->alg);
	cn_cbor_put_uint(out, 4);
	cn_cbor_put_bytes(out, cn_slice_of(signer->kid, signer->kid_len));
}

static enum cn_code
release(struct cn_buf *made, struct cn_buf *out, struct cn_error *err)
{
	struct cn_capsule again;
	enum cn_code code;

	code = cn_capsule_parse(cn_buf_slice(made), &again, err);
	if (code != CN_OK) {
		cn_error_at(err, "the capsule just made");
		return code;
	}
	cn_buf_put(out, cn_buf_slice(made));
	return cn_buf_code(out, err);
}

enum cn_code
cn_capsule_seal(const struct cn_capsule_request *request, struct cn_buf *out,
    struct cn_error *err)
{
	struct cn_buf protected_, payload, aad, made;
	struct cn_tbs tbs;
	enum cn_code code;

	cn_buf_init(&protected_, CN_MAX_CAPSULE);
	cn_buf_init(&payload, CN_MAX_CAPSULE);
	cn_buf_init(&aad, CN_MAX_URL + sizeof(CN_CAPSULE_AAD));
	cn_buf_init(&made, CN_MAX_CAPSULE);
	code = check_url(request, err);
	if (code == CN_OK)
		code = cn_capsule_aad(request->url, &aad, err);
	if (code == CN_OK)
		code = put_payload(request, &payload, err);
	put_protected(request->signer, &protected_);
	if (code == CN_OK)
		code = cn_buf_code(&protected_, err);
	tbs.protected_ = cn_buf_slice(&protected_);
	tbs.aad = cn_buf_slice(&aad);
	tbs.payload = cn_buf_slice(&payload);
	if (code == CN_OK)
		code = cn_sign1_seal(
		    &tbs, CN_SLICE_NONE, request->signer, &made, err);
	if (code == CN_OK)
		code = release(&made, out, err);
	cn_buf_free(&made);
	cn_buf_free(&aad);
	cn_buf_free(&payload);
	cn_buf_free(&protected_);
	return code;
}
