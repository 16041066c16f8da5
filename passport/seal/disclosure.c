/*
 * Sealed sections: SD-CWT disclosures (draft-ietf-spice-sd-cwt) of elements of
 * the payload's list of sections.
 */
#include "passport_form.h"

#include <string.h>

bool
cn_key_is(struct cn_cbor *c, uint64_t want)
{
	uint64_t key;

	return cn_cbor_uint(c, &key) && key == want;
}

static enum cn_code
read_section(
    struct cn_slice encoded, struct cn_disclosure *out, struct cn_error *err)
{
	struct cn_cbor outer = cn_cbor_over(encoded), c;
	struct cn_slice content, salt;
	uint64_t count, tier;

	out->encoded = encoded;
	if (!cn_cbor_bytes(&outer, &content))
		return cn_fail(err, CN_MALFORMED, "it is no byte string");
	if (cn_cbor_check(content, err) != CN_OK)
		return CN_MALFORMED;
	c = cn_cbor_over(content);
	if (!cn_cbor_array(&c, &count) || count != 2 ||
	    !cn_cbor_bytes(&c, &salt) || salt.len != CN_SALT)
		return cn_fail(
		    err, CN_MALFORMED, "it is no pair of a salt and a section");
	if (!cn_cbor_map(&c, &count) || count != 2 || !cn_key_is(&c, 1) ||
	    !cn_cbor_uint(&c, &tier) || tier < CN_LEGITIMATE_INTEREST ||
	    tier > CN_AUTHORITY || !cn_key_is(&c, 2) ||
	    cn_cbor_peek(&c) != CN_CBOR_MAP || !cn_cbor_item(&c, &out->fields))
		return cn_fail(err, CN_MALFORMED,
		    "its section is not {1: tier, 2: fields}");
	if (out->fields.len <= 1)
		return cn_fail(err, CN_MALFORMED, "its section is empty");
	out->tier = (enum cn_tier)tier;
	return CN_OK;
}

/* Place of the seal that the disclosure opens, or -1. */
static int
seal_of(const struct cn_passport *passport, const uint8_t digest[CN_DIGEST])
{
	size_t i;

	for (i = 0; i < passport->seal_count; i++)
		if (memcmp(passport->seals[i], digest, CN_DIGEST) == 0)
			return (int)i;
	return -1;
}

static enum cn_code
take_disclosure(
    struct cn_slice encoded, struct cn_passport *out, struct cn_error *err)
{
	struct cn_disclosure *held = &out->held[out->held_count];
	uint8_t digest[CN_DIGEST];
	enum cn_code code;

	code = cn_sha256(encoded, digest, err);
	if (code != CN_OK)
		return code;
	if (seal_of(out, digest) < 0)
		return cn_fail(err, CN_MALFORMED,
		    "a disclosure matches no digest of the payload");
	code = read_section(encoded, held, err);
	if (code != CN_OK)
		return code;
	/* the same disclosure twice has the same tier twice */
	if (out->held_count == 1 && out->held[0].tier == held->tier)
		return cn_fail(
		    err, CN_MALFORMED, "two disclosures are of the same tier");
	out->held_count++;
	return CN_OK;
}

static void
sort_held(struct cn_passport *out)
{
	struct cn_disclosure swap;

	if (out->held_count == 2 && out->held[0].tier > out->held[1].tier) {
		swap = out->held[0];
		out->held[0] = out->held[1];
		out->held[1] = swap;
	}
}

enum cn_code
cn_disclosures_read(
    struct cn_slice item, struct cn_passport *out, struct cn_error *err)
{
	struct cn_cbor c = cn_cbor_over(item);
	struct cn_slice encoded;
	enum cn_code code = CN_OK;
	uint64_t count;

	if (item.ptr == NULL)
		return CN_OK;
	if (!cn_cbor_array(&c, &count) || count == 0 || count > out->seal_count)
		code = cn_fail(err, CN_MALFORMED,
		    "it is no list of as many disclosures as there are "
		    "sections");
	else
		for (; count > 0 && code == CN_OK; count--) {
			(void)cn_cbor_item(&c, &encoded);
			code = take_disclosure(encoded, out, err);
		}
	if (code != CN_OK)
		cn_error_at(err, "sd_claims");
	sort_held(out);
	return code;
}

void
cn_disclosures_put(
    const struct cn_disclosure *held, size_t count, struct cn_buf *out)
{
	size_t i;

	if (count == 0)
		return;
	cn_cbor_put_map(out, 1);
	cn_cbor_put_uint(out, CN_LABEL_SD_CLAIMS);
	cn_cbor_put_array(out, count);
	for (i = 0; i < count; i++)
		cn_buf_put(out, held[i].encoded);
}

void
cn_disclosure_put(const uint8_t salt[CN_SALT], enum cn_tier tier,
    struct cn_slice fields, struct cn_buf *out)
{
	struct cn_buf content;

	cn_buf_init(&content, CN_MAX_PASSPORT);
	cn_cbor_put_array(&content, 2);
	cn_cbor_put_bytes(&content, cn_slice_of(salt, CN_SALT));
	cn_cbor_put_map(&content, 2);
	cn_cbor_put_uint(&content, 1);
	cn_cbor_put_uint(&content, (uint64_t)tier);
	cn_cbor_put_uint(&content, 2);
	cn_buf_put(&content, fields);
	if (content.code == CN_OK)
		cn_cbor_put_bytes(out, cn_buf_slice(&content));
	else if (out->code == CN_OK)
		out->code = content.code;
	cn_buf_free(&content);
}
