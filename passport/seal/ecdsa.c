/*
 * ECDSA signatures: COSE carries r‖s, 32 bytes each (RFC 9053 section 2.1),
 * OpenSSL speaks DER. Both ways are exact, so that every pair has one form
 * here and every form one pair; r and s are from 1 to n-1 (FIPS 186-5
 * section 6.4.2).
 */
#include "crypto.h"

#include <string.h>

#define HALF 32

/* The order of P-256 (SP 800-186 section 3.2.1.3). */
static const uint8_t order[HALF] = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00,
	0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
	0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25,
	0x51 };

static bool
in_range(const uint8_t half[HALF])
{
	static const uint8_t zero[HALF];

	return memcmp(half, zero, HALF) != 0 && memcmp(half, order, HALF) < 0;
}

/* Writes a positive INTEGER of half and returns what follows. */
static uint8_t *
put_integer(uint8_t *p, const uint8_t half[HALF])
{
	size_t skip = 0, len;

	while (half[skip] == 0) /* not all are: in_range() */
		skip++;
	len = HALF - skip;
	*p++ = 0x02;
	*p++ = (uint8_t)(len + (half[skip] >> 7));
	if (half[skip] >> 7)
		*p++ = 0;
	memcpy(p, half + skip, len);
	return p + len;
}

size_t
cn_ecdsa_to_der(const uint8_t raw[CN_SIGNATURE], uint8_t der[CN_ECDSA_DER])
{
	uint8_t *p = der + 2;

	if (!in_range(raw) || !in_range(raw + HALF))
		return 0;
	p = put_integer(p, raw);
	p = put_integer(p, raw + HALF);
	der[0] = 0x30;
	der[1] = (uint8_t)(p - der - 2);
	return (size_t)(p - der);
}

/* Reads an INTEGER in its only DER form into 32 bytes. */
static bool
get_integer(const uint8_t **at, const uint8_t *end, uint8_t half[HALF])
{
	const uint8_t *p = *at;
	size_t len;

	if (end - p < 3 || p[0] != 0x02)
		return false;
	len = p[1];
	p += 2;
	if (len == 0 || len > HALF + 1 || len > (size_t)(end - p))
		return false;
	*at = p + len;
	if (p[0] >> 7) /* negative */
		return false;
	if (p[0] == 0) {
		if (len == 1 || !(p[1] >> 7)) /* zero, or padded */
			return false;
		p++;
		len--;
	}
	if (len > HALF)
		return false;
	memset(half, 0, HALF - len);
	memcpy(half + HALF - len, p, len);
	return in_range(half);
}

bool
cn_ecdsa_from_der(struct cn_slice der, uint8_t raw[CN_SIGNATURE])
{
	const uint8_t *at = der.ptr, *end;

	if (der.len < 2 || der.len > CN_ECDSA_DER || at[0] != 0x30 ||
	    at[1] != der.len - 2)
		return false;
	end = at + der.len;
	at += 2;
	return get_integer(&at, end, raw) &&
	       get_integer(&at, end, raw + HALF) && at == end;
}
