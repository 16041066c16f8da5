#include "treat.h"

#include "picture.h"

#include <stdlib.h>
#include <string.h>

/* Beyond, a doubled picture has no symbol that the plain one has not. */
#define MOST_DOUBLED 16000000u
#define LEAST_HALVED 400u /* pixels, the shorter side */

const struct treatment *
treatments(size_t *count)
{
	/* Found by trial on symbols of version 10 at several sizes, angles and
	 * contrasts: beyond a blur of a third of a module only a strong
	 * sharpening of the doubled picture helps. */
	static const struct treatment list[] = {
		{ .num = 2, .den = 1, .always = true },
		{ .num = 1, .den = 2, .always = true },
		{ .num = 2, .den = 1, .stretch = true, .radius = 4, .gain = 8 },
		{ .num = 1, .den = 1, .stretch = true, .radius = 6, .gain = 8 },
		{ .num = 1, .den = 2, .stretch = true, .radius = 4, .gain = 8 },
		{ .num = 2, .den = 1, .stretch = true, .radius = 8, .gain = 4 },
		{ .num = 1, .den = 1, .stretch = true },
		{ .num = 1, .den = 1, .invert = true },
	};

	*count = sizeof(list) / sizeof(list[0]);
	return list;
}

/* ---- size --------------------------------------------------------------------- */

/* Between two pixels stands their mean. */
static void
double_row(
    const uint8_t *above, const uint8_t *below, size_t width, uint8_t *to)
{
	for (size_t x = 0; x < width; x++) {
		size_t right = x + 1 < width ? x + 1 : x;
		unsigned left_sum = (unsigned)above[x] + below[x];
		unsigned right_sum = (unsigned)above[right] + below[right];

		to[2 * x] = (uint8_t)(left_sum / 2);
		to[2 * x + 1] = (uint8_t)((left_sum + right_sum) / 4);
	}
}

static enum cn_code
doubled(const struct cn_picture *from, struct cn_picture *out)
{
	size_t width = from->width;

	if ((uint64_t)width * from->height * 4 > MOST_DOUBLED)
		return CN_TOO_LARGE;
	if (picture_new(from->width * 2, from->height * 2, out, NULL) != CN_OK)
		return CN_MEMORY;
	for (size_t y = 0; y < from->height; y++) {
		const uint8_t *row = from->grey + y * width;
		const uint8_t *next = y + 1 < from->height ? row + width : row;

		double_row(row, row, width, out->grey + 4 * y * width);
		double_row(row, next, width, out->grey + (4 * y + 2) * width);
	}
	return CN_OK;
}

static enum cn_code
halved(const struct cn_picture *from, struct cn_picture *out)
{
	size_t width = from->width;

	if (from->width < LEAST_HALVED || from->height < LEAST_HALVED)
		return CN_TOO_LARGE;
	if (picture_new(from->width / 2, from->height / 2, out, NULL) != CN_OK)
		return CN_MEMORY;
	for (size_t y = 0; y < out->height; y++) {
		const uint8_t *row = from->grey + 2 * y * width;
		uint8_t *to = out->grey + y * out->width;

		for (size_t x = 0; x < out->width; x++, row += 2)
			to[x] = (uint8_t)((row[0] + row[1] + row[width] +
					      row[width + 1]) /
					  4);
	}
	return CN_OK;
}

/* ---- tone --------------------------------------------------------------------- */

/* One pixel in a hundred may lie beyond either end. */
static void
stretch(struct cn_picture *picture)
{
	size_t count = (size_t)picture->width * picture->height;
	size_t seen[256] = { 0 }, low = 0, high = 255, sum;
	uint8_t map[256];

	for (size_t i = 0; i < count; i++)
		seen[picture->grey[i]]++;
	for (sum = seen[0]; sum <= count / 100; sum += seen[low])
		low++;
	for (sum = seen[255]; sum <= count / 100 && high > low + 1;
	     sum += seen[high])
		high--;
	if (low == high) /* a sheet of white */
		low--;
	for (size_t i = 0; i < 256; i++) {
		size_t grey = i < low ? low : i > high ? high : i;

		map[i] = (uint8_t)((grey - low) * 255 / (high - low));
	}
	for (size_t i = 0; i < count; i++)
		picture->grey[i] = map[picture->grey[i]];
}

static void
invert(struct cn_picture *picture)
{
	size_t count = (size_t)picture->width * picture->height;

	for (size_t i = 0; i < count; i++)
		picture->grey[i] = (uint8_t)(255 - picture->grey[i]);
}

struct window {
	const struct cn_picture *from;
	uint32_t *columns; /* sums of the rows in the window */
	size_t radius;
	int gain;
};

static uint8_t
driven(int pixel, int mean, int gain)
{
	int value = pixel + gain * (pixel - mean);

	return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void
window_add(struct window *w, size_t y, bool add)
{
	const uint8_t *row = w->from->grey + y * w->from->width;

	for (size_t x = 0; x < w->from->width; x++)
		w->columns[x] += add ? row[x] : 0u - row[x];
}

/* `rows` rows are in the window, fewer at the edges of the picture. */
static void
window_row(const struct window *w, size_t y, size_t rows, uint8_t *to)
{
	const uint8_t *row = w->from->grey + y * w->from->width;
	size_t width = w->from->width, columns = 0;
	uint32_t sum = 0;

	for (size_t x = 0; x < w->radius && x < width; x++, columns++)
		sum += w->columns[x];
	for (size_t x = 0; x < width; x++) {
		if (x + w->radius < width) {
			sum += w->columns[x + w->radius];
			columns++;
		}
		if (x > w->radius) {
			sum -= w->columns[x - w->radius - 1];
			columns--;
		}
		to[x] = driven(row[x], (int)(sum / (columns * rows)), w->gain);
	}
}

/* Drives each pixel away from the mean of the square around it; the means come
 * from running sums. */
static enum cn_code
sharpen(struct window *w, struct cn_picture *out)
{
	size_t height = w->from->height, rows = 0;

	w->columns = calloc(w->from->width, sizeof(*w->columns));
	if (w->columns == NULL)
		return CN_MEMORY;
	for (; rows < w->radius && rows < height; rows++)
		window_add(w, rows, true);
	for (size_t y = 0; y < height; y++) {
		if (y + w->radius < height) {
			window_add(w, y + w->radius, true);
			rows++;
		}
		if (y > w->radius) {
			window_add(w, y - w->radius - 1, false);
			rows--;
		}
		window_row(w, y, rows, out->grey + y * out->width);
	}
	free(w->columns);
	return CN_OK;
}

static enum cn_code
copied(const struct cn_picture *from, struct cn_picture *out)
{
	if (picture_new(from->width, from->height, out, NULL) != CN_OK)
		return CN_MEMORY;
	memcpy(out->grey, from->grey, (size_t)from->width * from->height);
	return CN_OK;
}

enum cn_code
treat(const struct cn_picture *picture, const struct treatment *treatment,
    struct cn_picture *out)
{
	struct cn_picture sized = { .grey = NULL };
	struct window window = { .from = &sized,
		.radius = treatment->radius,
		.gain = (int)treatment->gain };
	enum cn_code code;

	*out = sized;
	if (treatment->num > treatment->den)
		code = doubled(picture, &sized);
	else if (treatment->num < treatment->den)
		code = halved(picture, &sized);
	else
		code = copied(picture, &sized);
	if (code != CN_OK)
		return code;
	if (treatment->invert)
		invert(&sized);
	if (treatment->stretch)
		stretch(&sized);
	if (treatment->gain == 0) {
		*out = sized;
		return CN_OK;
	}
	code = picture_new(sized.width, sized.height, out, NULL);
	if (code == CN_OK)
		code = sharpen(&window, out);
	cn_picture_free(&sized);
	if (code != CN_OK)
		cn_picture_free(out);
	return code;
}
