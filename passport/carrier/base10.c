/*
 * Bytes as one decimal number, for the numeric mode of a QR symbol: three
 * digits cost ten bits there, so a capsule costs 0.34 % more than raw bits.
 *
 * Both ways are schoolbook arithmetic: limbs of nine digits one way, words of
 * four bytes the other, least first. It is quadratic in at most 512 bytes.
 */
#include <carnet/file.h>
#include <carnet/symbol.h>

#define LIMB 1000000000u /* nine digits, the most that 32 bits hold */
#define LIMB_DIGITS 9
#define MOST_DIGITS 1234 /* of 512 bytes */
#define LIMBS ((MOST_DIGITS + LIMB_DIGITS - 1) / LIMB_DIGITS)
#define WORDS (CN_MAX_CAPSULE / 4)

/* Digits of the largest number in len bytes: ceil(8 * len * log10(2)). The
 * product is never whole, so this is its floor plus one; twelve places of the
 * logarithm are exact far beyond 512 bytes. */
static size_t
digits_of(size_t len)
{
	return (size_t)(8 * (uint64_t)len * 301029995663u / 1000000000000u) + 1;
}

/* limbs = limbs * 2^bits + word; bits is at most 32. */
static void
append_word(uint32_t *limbs, size_t count, unsigned bits, uint32_t word)
{
	uint64_t carry = word;

	for (size_t i = 0; i < count; i++) {
		carry += (uint64_t)limbs[i] << bits;
		limbs[i] = (uint32_t)(carry % LIMB);
		carry /= LIMB;
	}
}

static void
limbs_of(struct cn_slice bytes, uint32_t *limbs, size_t count)
{
	uint32_t word = 0;
	unsigned held = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		word = word << 8 | bytes.ptr[i];
		held += 8;
		if (held < 32 && i + 1 < bytes.len)
			continue;
		append_word(limbs, count, held, word);
		word = 0;
		held = 0;
	}
}

enum cn_code
cn_base10_encode(
    struct cn_slice bytes, struct cn_buf *digits, struct cn_error *err)
{
	uint32_t limbs[LIMBS] = { 0 };
	size_t count;
	uint8_t *out;

	if (bytes.len == 0)
		return cn_fail(err, CN_MALFORMED, "no bytes to write");
	if (bytes.len > CN_MAX_CAPSULE)
		return cn_fail(err, CN_TOO_LARGE,
		    "%zu bytes, where the limit is %u", bytes.len,
		    CN_MAX_CAPSULE);
	count = digits_of(bytes.len);
	limbs_of(bytes, limbs, (count + LIMB_DIGITS - 1) / LIMB_DIGITS);
	out = cn_buf_grow(digits, count);
	if (out == NULL)
		return cn_buf_code(digits, err);
	for (size_t i = 0; i < count; i++) {
		uint32_t *limb = &limbs[i / LIMB_DIGITS];

		out[count - 1 - i] = (uint8_t)('0' + *limb % 10);
		*limb /= 10;
	}
	return CN_OK;
}

/* words = words * factor + part; what does not fit is returned. */
static uint32_t
append_part(uint32_t *words, size_t count, uint32_t factor, uint32_t part)
{
	uint64_t carry = part;

	for (size_t i = 0; i < count; i++) {
		carry += (uint64_t)words[i] * factor;
		words[i] = (uint32_t)carry;
		carry >>= 32;
	}
	return (uint32_t)carry;
}

/* Reads all digits; false where the value needs more than len bytes. */
static bool
words_of(struct cn_slice digits, uint32_t *words, size_t len)
{
	size_t count = (len + 3) / 4;
	uint32_t part = 0, factor = 1, over = 0;

	for (size_t i = 0; i < digits.len; i++) {
		part = part * 10 + (uint32_t)(digits.ptr[i] - '0');
		factor *= 10;
		if (factor < LIMB && i + 1 < digits.len)
			continue;
		over |= append_part(words, count, factor, part);
		part = 0;
		factor = 1;
	}
	if (len % 4 != 0)
		over |= words[count - 1] >> (8 * (len % 4));
	return over == 0;
}

enum cn_code
cn_base10_decode(
    struct cn_slice digits, struct cn_buf *bytes, struct cn_error *err)
{
	uint32_t words[WORDS] = { 0 };
	size_t len = 1;
	uint8_t *out;

	if (digits.len > MOST_DIGITS)
		return cn_fail(err, CN_TOO_LARGE,
		    "%zu digits, where the limit is %d", digits.len,
		    MOST_DIGITS);
	while (digits_of(len) < digits.len)
		len++;
	if (digits_of(len) != digits.len)
		return cn_fail(err, CN_MALFORMED,
		    "no number of bytes makes %zu digits", digits.len);
	for (size_t i = 0; i < digits.len; i++)
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return cn_fail(err, CN_MALFORMED,
			    "character %zu is not a digit", i + 1);
	if (!words_of(digits, words, len))
		return cn_fail(err, CN_MALFORMED,
		    "the number needs more than %zu bytes", len);
	out = cn_buf_grow(bytes, len);
	if (out == NULL)
		return cn_buf_code(bytes, err);
	for (size_t i = 0; i < len; i++)
		out[len - 1 - i] = (uint8_t)(words[i / 4] >> (8 * (i % 4)));
	return CN_OK;
}
