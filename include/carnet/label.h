/*
 * Labels: a symbol at its true size.
 */
#ifndef CARNET_LABEL_H
#define CARNET_LABEL_H

#include <carnet/symbol.h>

/* GS1's least X-dimension for Digital Link QR codes, mm. */
#define CN_LEAST_MODULE 0.396
#define CN_QUIET_ZONE 4 /* modules */

struct cn_label_size {
	unsigned dpi; /* 0: 300 */
	double module; /* mm wanted; 0: the least allowed */
	bool force; /* allow less than the least */
};

struct cn_label_plan {
	unsigned dpi;
	unsigned dots; /* printer dots a module */
	double module; /* mm a module, as printed */
	unsigned pixels; /* a side, with quiet zone */
	double side; /* mm, with quiet zone */
};

/* Rounds a module up to whole printer dots. CN_TOO_SMALL where the result is
 * below CN_LEAST_MODULE and force is not set: says what would fit. CN_USAGE
 * where dpi (72 to 4,800) or module (up to 25 mm) cannot be meant, CN_TOO_LARGE
 * beyond 8,000 pixels a side. *out is empty after a failure. */
CN_API CN_MUST_USE enum cn_code cn_label_plan(const struct cn_symbol *symbol,
    const struct cn_label_size *size, struct cn_label_plan *out,
    struct cn_error *err);

/* 1-bit PNG with pHYs. Appends; after a failure nothing was appended. */
CN_API CN_MUST_USE enum cn_code cn_label_png(const struct cn_symbol *symbol,
    const struct cn_label_plan *plan, struct cn_buf *out, struct cn_error *err);
/* SVG in mm, the symbol as one path on white; no scripts, no text. Appends;
 * after a failure nothing was appended. */
CN_API CN_MUST_USE enum cn_code cn_label_svg(const struct cn_symbol *symbol,
    const struct cn_label_plan *plan, struct cn_buf *out, struct cn_error *err);

/* Prints the symbol as PNG, reads that and scans it again, whatever the output
 * is: CN_FOREIGN if it does not read back as text. text is the whole QR text,
 * '#' and digits included. */
CN_API CN_MUST_USE enum cn_code cn_label_proof(const struct cn_symbol *symbol,
    const struct cn_label_plan *plan, struct cn_slice text,
    struct cn_error *err);
/* The same for the bytes of a finished PNG. */
CN_API CN_MUST_USE enum cn_code cn_label_proof_png(
    struct cn_slice png, struct cn_slice text, struct cn_error *err);

#endif
