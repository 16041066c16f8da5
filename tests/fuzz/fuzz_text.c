/*
 * The text of a symbol and the base 10 in it. Digits that are read are written
 * again as the same digits; bytes that are written are read again as the same
 * bytes; a text that is split joins to itself.
 */
#include "fuzz.h"

#include <carnet/capsule.h>
#include <carnet/file.h>
#include <carnet/symbol.h>

static void
digits_round(struct cn_slice digits)
{
	struct cn_capsule capsule;
	struct cn_buf bytes, again;

	cn_buf_init(&bytes, CN_MAX_CAPSULE);
	cn_buf_init(&again, 4096);
	if (cn_base10_decode(digits, &bytes, NULL) == CN_OK) {
		FUZZ_HOLDS(cn_base10_encode(
			       cn_buf_slice(&bytes), &again, NULL) == CN_OK);
		FUZZ_HOLDS(cn_slice_eq(cn_buf_slice(&again), digits));
		(void)!cn_capsule_parse(cn_buf_slice(&bytes), &capsule, NULL);
	}
	cn_buf_free(&again);
	cn_buf_free(&bytes);
}

static void
bytes_round(struct cn_slice bytes)
{
	struct cn_buf digits, again;

	cn_buf_init(&digits, 4096);
	cn_buf_init(&again, CN_MAX_CAPSULE);
	if (cn_base10_encode(bytes, &digits, NULL) == CN_OK) {
		FUZZ_HOLDS(cn_base10_decode(
			       cn_buf_slice(&digits), &again, NULL) == CN_OK);
		FUZZ_HOLDS(cn_slice_eq(cn_buf_slice(&again), bytes));
	} else {
		FUZZ_HOLDS(bytes.len == 0 || bytes.len > CN_MAX_CAPSULE);
	}
	cn_buf_free(&again);
	cn_buf_free(&digits);
}

static void
text_round(struct cn_slice text)
{
	struct cn_slice url, digits;
	struct cn_buf joined;

	if (cn_qrtext_split(text, &url, &digits, NULL) != CN_OK)
		return;
	cn_buf_init(&joined, text.len);
	cn_buf_put(&joined, url);
	if (digits.ptr != NULL) {
		cn_buf_byte(&joined, '#');
		cn_buf_put(&joined, digits);
		digits_round(digits);
	}
	FUZZ_HOLDS(cn_slice_eq(cn_buf_slice(&joined), text));
	cn_buf_free(&joined);
	if (cn_url_printable(url, NULL) == CN_OK)
		FUZZ_HOLDS(cn_slice_starts(url, "https://") ||
			   cn_slice_starts(url, "http://"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cn_slice input = cn_slice_of(data, size);
	struct cn_capsule capsule;

	digits_round(input);
	bytes_round(input);
	text_round(input);
	if (cn_capsule_parse(input, &capsule, NULL) == CN_OK)
		FUZZ_HOLDS(capsule.signature.len == CN_SIGNATURE);
	return 0;
}
