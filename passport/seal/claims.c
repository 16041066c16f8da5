/*
 * CWT claims (RFC 8392): in the protected header of a passport, where exactly
 * three stand, or in the payload of another message, where more may.
 */
#include "claims.h"

#include <string.h>

/* 9999-12-31T23:59:59Z: the last instant that can be written. */
#define LAST_INSTANT UINT64_C(253402300799)

/* Printable ASCII without blanks: what a URI is made of (RFC 3986). */
static bool
uri_text(struct cn_slice text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (text.ptr[i] <= ' ' || text.ptr[i] > '~')
			return false;
	return text.len > 0;
}

bool
cn_iss_ok(struct cn_slice iss)
{
	return cn_slice_starts(iss, "https://") && iss.len > 8 &&
	       iss.len <= CN_MAX_ISS && iss.ptr[8] != '/' && uri_text(iss);
}

bool
cn_iat_read(struct cn_cbor *c, cn_instant *out)
{
	uint64_t seconds;

	/* no tag, no fraction (RFC 8392 section 2 leaves the tag out) */
	if (!cn_cbor_uint(c, &seconds) || seconds == 0 ||
	    seconds > LAST_INSTANT)
		return false;
	*out = (cn_instant)seconds;
	return true;
}

static enum cn_code
read_claim(struct cn_cbor *c, uint64_t key, struct cn_claims *out,
    struct cn_error *err)
{
	switch (key) {
	case CN_CLAIM_ISS:
		if (cn_cbor_text(c, &out->iss) && cn_iss_ok(out->iss))
			return CN_OK;
		return cn_fail(err, CN_MALFORMED, "iss is no https URL");
	case CN_CLAIM_SUB:
		if (cn_cbor_text(c, &out->sub) && uri_text(out->sub) &&
		    out->sub.len <= CN_MAX_SUB)
			return CN_OK;
		return cn_fail(err, CN_MALFORMED,
		    "sub is no URI of up to %d bytes", CN_MAX_SUB);
	default:
		if (cn_iat_read(c, &out->iat))
			return CN_OK;
		return cn_fail(err, CN_MALFORMED,
		    "iat is no whole number of seconds since 1970");
	}
}

enum cn_code
cn_claims_read(struct cn_slice map, bool closed, struct cn_claims *out,
    struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(map);
	struct cn_slice skipped;
	enum cn_code code = CN_OK;
	uint64_t pairs, key;

	memset(out, 0, sizeof(*out));
	if (!cn_cbor_map(&c, &pairs))
		return cn_fail(err, CN_MALFORMED, "they are no map");
	for (; pairs > 0 && code == CN_OK; pairs--) {
		key = 0;
		if (!cn_cbor_uint(&c, &key))
			(void)cn_cbor_item(&c, &skipped);
		if (key == CN_CLAIM_ISS || key == CN_CLAIM_SUB ||
		    key == CN_CLAIM_IAT)
			code = read_claim(&c, key, out, err);
		else if (closed || !cn_cbor_item(&c, &skipped))
			code = cn_fail(err, CN_MALFORMED,
			    "there are others than iss, sub and iat");
	}
	if (code == CN_OK && closed &&
	    (out->iss.ptr == NULL || out->sub.ptr == NULL || out->iat == 0))
		code = cn_fail(
		    err, CN_MALFORMED, "they are not all of iss, sub and iat");
	return code;
}
