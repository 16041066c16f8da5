/*
 * What is done to a picture in which nothing was found.
 */
#ifndef CARNET_CARRIER_TREAT_H
#define CARNET_CARRIER_TREAT_H

#include <carnet/symbol.h>

struct treatment {
	unsigned num, den; /* size: 2/1, 1/1 or 1/2 */
	bool always; /* also where something was found already */
	bool invert; /* a symbol printed light on dark */
	bool stretch; /* the lightest and darkest become white and black */
	unsigned radius; /* of the square whose mean … */
	unsigned gain; /* … a pixel is driven away from; 0: not */
};

/* In the order in which they are tried; a const table. */
const struct treatment *treatments(size_t *count);

/* A treated copy; CN_TOO_LARGE where its size is out of question (nothing is
 * reported). *out is empty after a failure. */
enum cn_code treat(const struct cn_picture *picture,
    const struct treatment *treatment, struct cn_picture *out);

#endif
