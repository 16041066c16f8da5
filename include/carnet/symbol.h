/*
 * QR symbols: which text goes in, the matrix, and reading pictures.
 */
#ifndef CARNET_SYMBOL_H
#define CARNET_SYMBOL_H

#include <carnet/bytes.h>

/* ---- the text -------------------------------------------------------------- */

/* One big-endian integer in decimal, zero-padded to ceil(8·N·log10 2) digits.
 * Bytes: 1 to 512. */
CN_API CN_MUST_USE enum cn_code cn_base10_encode(
    struct cn_slice bytes, struct cn_buf *digits, struct cn_error *err);
/* Refuses a digit count that no N has, a value that needs more than N bytes,
 * any other character. */
CN_API CN_MUST_USE enum cn_code cn_base10_decode(
    struct cn_slice digits, struct cn_buf *bytes, struct cn_error *err);

/* A URL that may be printed: https (http only for loopback), no fragment, no
 * user, and left unchanged by a browser's URL parser (WHATWG): else
 * CN_BAD_LINK saying why. */
CN_API CN_MUST_USE enum cn_code cn_url_printable(
    struct cn_slice url, struct cn_error *err);

/* Splits a QR text at '#'; digits is empty (ptr NULL) where there is no
 * fragment. CN_MALFORMED where the fragment is not all digits. */
CN_API CN_MUST_USE enum cn_code cn_qrtext_split(struct cn_slice text,
    struct cn_slice *url, struct cn_slice *digits, struct cn_error *err);

/* ---- the matrix ------------------------------------------------------------- */

enum cn_ecc { CN_ECC_L, CN_ECC_M, CN_ECC_Q };

struct cn_symbol {
	unsigned version; /* 1 to 40 */
	unsigned size; /* modules a side, without quiet zone */
	enum cn_ecc ecc;
	uint8_t *modules; /* own; size * size; 1 is dark */
};

/* The smallest symbol: url in byte mode and, where digits are given, '#' and
 * the digits in numeric mode. CN_TOO_LARGE beyond version 40. */
CN_API CN_MUST_USE enum cn_code cn_symbol_make(struct cn_slice url,
    struct cn_slice digits, enum cn_ecc ecc, struct cn_symbol *out,
    struct cn_error *err);
CN_API void cn_symbol_free(struct cn_symbol *symbol);

/* ---- pictures --------------------------------------------------------------- */

struct cn_picture {
	unsigned width, height;
	uint8_t *grey; /* own; one byte a pixel, 255 is white */
};

/* PNG or JPEG, told by content; colour becomes grey, what is transparent
 * white. At most 64 million pixels (CN_TOO_LARGE before they are allocated).
 * CN_MALFORMED where it is neither, damaged or cut short. */
CN_API CN_MUST_USE enum cn_code cn_picture_load(
    struct cn_slice bytes, struct cn_picture *out, struct cn_error *err);
CN_API void cn_picture_free(struct cn_picture *picture);

struct cn_scanned {
	struct cn_slice text; /* as it stands in the symbol */
	int x, y; /* centre, pixels */
	struct cn_scanned *next;
};

/*
 * Every QR symbol found in the picture (also rotated, a little blurred),
 * top to bottom, each text once; bytes as they stand in the symbol, which need
 * be neither UTF-8 nor a URL. CN_NO_SYMBOL where there is none; the text of
 * the error names another kind of symbol that was seen. The list lives in the
 * arena; *out is NULL after a failure.
 */
CN_API CN_MUST_USE enum cn_code cn_picture_scan(
    const struct cn_picture *picture, struct cn_arena *arena,
    struct cn_scanned **out, struct cn_error *err);

/* Does a QR symbol in the picture hold exactly this text? CN_NO_SYMBOL where
 * none does. Stops at the first that does, so it is the quick way to prove
 * what was just printed. */
CN_API CN_MUST_USE enum cn_code cn_picture_holds(
    const struct cn_picture *picture, struct cn_slice text,
    struct cn_error *err);

#endif
