/*
 * Reading pictures: one reader a format, one way to make room.
 */
#ifndef CARNET_CARRIER_PICTURE_H
#define CARNET_CARRIER_PICTURE_H

#include <carnet/symbol.h>

/* Asked before anything of that size is allocated. */
enum cn_code picture_new(unsigned width, unsigned height,
    struct cn_picture *out, struct cn_error *err);

enum cn_code picture_png(
    struct cn_slice bytes, struct cn_picture *out, struct cn_error *err);
enum cn_code picture_jpeg(
    struct cn_slice bytes, struct cn_picture *out, struct cn_error *err);

/* Rec. 601 luma; 255, 255, 255 gives 255. */
static inline uint8_t
picture_luma(unsigned r, unsigned g, unsigned b)
{
	return (uint8_t)((77 * r + 150 * g + 29 * b) >> 8);
}

#endif
