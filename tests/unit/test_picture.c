/* carrier/picture*.c: PNG and JPEG of every kind, damaged and hostile ones. */
#include <carnet/symbol.h>

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <cmocka.h>

/* ---- making PNGs --------------------------------------------------------------- */

struct kind {
	int colour, depth;
};

static void
on_write(png_structp png, png_bytep bytes, size_t len)
{
	cn_buf_put(png_get_io_ptr(png), cn_slice_of(bytes, len));
}

static void
on_flush(png_structp png)
{
	(void)png;
}

/* Black and white in squares of two pixels; pixel 0 0 is black but, where the
 * kind can say so, transparent. */
static bool
is_white(unsigned x, unsigned y)
{
	return (x / 2 + y / 2) % 2 == 1;
}

/* One row, every channel full or empty: with as many bits as it takes. */
static void
png_row(uint8_t *row, struct kind kind, unsigned width, unsigned y)
{
	unsigned channels = kind.colour == PNG_COLOR_TYPE_RGB          ? 3
			    : kind.colour == PNG_COLOR_TYPE_RGB_ALPHA  ? 4
			    : kind.colour == PNG_COLOR_TYPE_GRAY_ALPHA ? 2
								       : 1;
	unsigned bit = 0;

	memset(row, 0, 256);
	for (unsigned x = 0; x < width; x++) {
		for (unsigned c = 0; c < channels; c++) {
			bool alpha = channels % 2 == 0 && c == channels - 1;
			bool set = alpha ? x + y > 0 : is_white(x, y);
			int depth = kind.depth;

			/* white is palette entry 1, transparent entry 2 */
			if (kind.colour == PNG_COLOR_TYPE_PALETTE &&
			    depth > 1 && x + y == 0) {
				bit += (unsigned)depth;
				row[(bit - 2) / 8] |= (uint8_t)(0x80u >>
								(bit - 2) % 8);
				continue;
			}
			for (int d = 0; d < depth; d++, bit++) {
				bool one = kind.colour == PNG_COLOR_TYPE_PALETTE
					       ? set && d == depth - 1
					       : set;

				if (one)
					row[bit / 8] |= (uint8_t)(0x80u >>
								  bit % 8);
			}
		}
	}
}

static void
png_make(struct cn_buf *out, struct kind kind, unsigned side, int interlace)
{
	png_structp png = png_create_write_struct(
	    PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_color palette[] = { { 0, 0, 0 }, { 255, 255, 255 }, { 0, 0, 0 } };
	png_byte alpha[] = { 255, 255, 0 };
	uint8_t row[256];
	int passes;

	assert_non_null(info);
	cn_buf_reset(out);
	png_set_write_fn(png, out, on_write, on_flush);
	png_set_IHDR(png, info, side, side, kind.depth, kind.colour, interlace,
	    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	if (kind.colour == PNG_COLOR_TYPE_PALETTE) {
		int colours = kind.depth == 1 ? 2 : 3;

		png_set_PLTE(png, info, palette, colours);
		png_set_tRNS(png, info, alpha, colours, NULL);
	}
	png_write_info(png, info);
	passes = png_set_interlace_handling(png);
	for (int pass = 0; pass < passes; pass++) {
		for (unsigned y = 0; y < side; y++) {
			png_row(row, kind, side, y);
			png_write_row(png, row);
		}
	}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	assert_int_equal(out->code, CN_OK);
}

static bool
has_alpha(struct kind kind)
{
	return (kind.colour & PNG_COLOR_MASK_ALPHA) != 0 ||
	       (kind.colour == PNG_COLOR_TYPE_PALETTE && kind.depth > 1);
}

static void
png_kinds(void **state)
{
	static const struct kind kinds[] = { { PNG_COLOR_TYPE_GRAY, 1 },
		{ PNG_COLOR_TYPE_GRAY, 2 }, { PNG_COLOR_TYPE_GRAY, 4 },
		{ PNG_COLOR_TYPE_GRAY, 8 }, { PNG_COLOR_TYPE_GRAY, 16 },
		{ PNG_COLOR_TYPE_RGB, 8 }, { PNG_COLOR_TYPE_RGB, 16 },
		{ PNG_COLOR_TYPE_PALETTE, 1 }, { PNG_COLOR_TYPE_PALETTE, 2 },
		{ PNG_COLOR_TYPE_PALETTE, 4 }, { PNG_COLOR_TYPE_PALETTE, 8 },
		{ PNG_COLOR_TYPE_GRAY_ALPHA, 8 },
		{ PNG_COLOR_TYPE_GRAY_ALPHA, 16 },
		{ PNG_COLOR_TYPE_RGB_ALPHA, 8 },
		{ PNG_COLOR_TYPE_RGB_ALPHA, 16 } };
	struct cn_picture picture;
	struct cn_buf bytes;

	(void)state;
	cn_buf_init(&bytes, 1 << 16);
	for (size_t i = 0; i < 2 * sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct kind kind = kinds[i / 2];

		/* Small ones have empty passes of Adam7. */
		for (unsigned side = 1; side < 19; side++) {
			png_make(&bytes, kind, side, (int)(i % 2));
			assert_int_equal(cn_picture_load(cn_buf_slice(&bytes),
					     &picture, NULL),
			    CN_OK);
			assert_int_equal(picture.width, side);
			assert_int_equal(picture.height, side);
			for (unsigned at = 0; at < side * side; at++) {
				bool white = is_white(at % side, at / side) ||
					     (at == 0 && has_alpha(kind));

				if (picture.grey[at] != (white ? 255 : 0))
					fail_msg("kind %zu, side %u, pixel %u",
					    i, side, at);
			}
			cn_picture_free(&picture);
		}
	}
	cn_buf_free(&bytes);
}

/* ---- making JPEGs -------------------------------------------------------------- */

static void
jpeg_make(struct cn_buf *out, J_COLOR_SPACE space, int channels, bool waves)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr handler;
	unsigned char *bytes = NULL;
	unsigned long len = 0;
	uint8_t row[4 * 32];

	jpeg.err = jpeg_std_error(&handler);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &bytes, &len);
	jpeg.image_width = jpeg.image_height = 32;
	jpeg.input_components = channels;
	jpeg.in_color_space = space;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, 95, TRUE);
	jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
	if (waves)
		jpeg_simple_progression(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	while (jpeg.next_scanline < jpeg.image_height) {
		JSAMPROW rows = row;

		/* left half black, right half white; no ink is 255, as Adobe
		 * has it */
		memset(row, 255, sizeof(row));
		memset(row, 0, 16 * (size_t)channels);
		(void)jpeg_write_scanlines(&jpeg, &rows, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	cn_buf_reset(out);
	cn_buf_put(out, cn_slice_of(bytes, len));
	free(bytes);
	assert_int_equal(out->code, CN_OK);
}

static void
jpeg_kinds(void **state)
{
	static const struct {
		J_COLOR_SPACE space;
		int channels;
	} kinds[] = { { JCS_GRAYSCALE, 1 }, { JCS_RGB, 3 }, { JCS_CMYK, 4 } };
	struct cn_picture picture;
	struct cn_buf bytes;

	(void)state;
	cn_buf_init(&bytes, 1 << 16);
	for (size_t i = 0; i < 6; i++) {
		jpeg_make(
		    &bytes, kinds[i / 2].space, kinds[i / 2].channels, i % 2);
		assert_int_equal(
		    cn_picture_load(cn_buf_slice(&bytes), &picture, NULL),
		    CN_OK);
		assert_int_equal(picture.width, 32);
		for (unsigned at = 0; at < 32 * 32; at++) {
			int far = at % 32 < 16 ? picture.grey[at]
					       : 255 - picture.grey[at];

			if (far > 8)
				fail_msg(
				    "kind %zu, pixel %u is %d off", i, at, far);
		}
		cn_picture_free(&picture);
	}
	cn_buf_free(&bytes);
}

/* ---- strangers' pictures --------------------------------------------------------- */

static void
not_pictures(void **state)
{
	static const char *const texts[] = { "", "GIF89a", "hello",
		"\x89PNG\r\n\x1a\n", "\x89PNG", "\xff\xd8\xff", "\xff\xd8" };
	struct cn_picture picture;
	struct cn_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		cn_error_clear(&err);
		assert_int_equal(
		    cn_picture_load(cn_slice_str(texts[i]), &picture, &err),
		    CN_MALFORMED);
		assert_null(picture.grey);
		assert_true(err.text[0] != '\0');
	}
}

/* Cut short anywhere it is refused; with a byte changed it is refused or read,
 * but nothing else happens. */
static void
harm(struct cn_slice good)
{
	uint8_t *bytes = malloc(good.len);
	struct cn_picture picture;

	assert_non_null(bytes);
	for (size_t len = 0; len < good.len; len += len < 60 ? 1 : 50) {
		assert_int_equal(
		    cn_picture_load(cn_slice_sub(good, 0, len), &picture, NULL),
		    CN_MALFORMED);
		assert_null(picture.grey);
	}
	for (size_t at = 0; at < good.len; at++) {
		memcpy(bytes, good.ptr, good.len);
		for (int change = 0; change < 3; change++) {
			enum cn_code code;

			bytes[at] = (uint8_t)(bytes[at] * 5 + 1);
			code = cn_picture_load(
			    cn_slice_of(bytes, good.len), &picture, NULL);
			assert_true((code == CN_OK) == (picture.grey != NULL));
			cn_picture_free(&picture);
		}
	}
	free(bytes);
}

static void
damaged(void **state)
{
	struct cn_buf bytes;

	(void)state;
	cn_buf_init(&bytes, 1 << 16);
	png_make(&bytes, (struct kind){ PNG_COLOR_TYPE_RGB_ALPHA, 16 }, 18, 1);
	harm(cn_buf_slice(&bytes));
	png_make(&bytes, (struct kind){ PNG_COLOR_TYPE_PALETTE, 4 }, 18, 0);
	harm(cn_buf_slice(&bytes));
	jpeg_make(&bytes, JCS_RGB, 3, true);
	harm(cn_buf_slice(&bytes));
	jpeg_make(&bytes, JCS_CMYK, 4, false);
	harm(cn_buf_slice(&bytes));
	cn_buf_free(&bytes);
}

/* ---- bombs ------------------------------------------------------------------------ */

/* CRC of PNG, bit by bit. */
static uint32_t
crc(const uint8_t *bytes, size_t len)
{
	uint32_t value = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		value ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			value = value >> 1 ^ (value & 1 ? 0xedb88320u : 0);
	}
	return ~value;
}

static void
put_be(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static enum cn_code
load_png_of(struct cn_buf *bytes, uint32_t width, uint32_t height)
{
	struct cn_picture picture;
	enum cn_code code;

	put_be(bytes->ptr + 16, width);
	put_be(bytes->ptr + 20, height);
	put_be(bytes->ptr + 29, crc(bytes->ptr + 12, 17));
	code = cn_picture_load(cn_buf_slice(bytes), &picture, NULL);
	assert_true((code == CN_OK) == (picture.grey != NULL));
	cn_picture_free(&picture);
	return code;
}

static void
png_bombs(void **state)
{
	struct cn_buf bytes;

	(void)state;
	cn_buf_init(&bytes, 1 << 16);
	png_make(&bytes, (struct kind){ PNG_COLOR_TYPE_GRAY, 1 }, 18, 0);
	assert_int_equal(load_png_of(&bytes, 18, 18), CN_OK);
	assert_int_equal(load_png_of(&bytes, 60000, 60000), CN_TOO_LARGE);
	assert_int_equal(load_png_of(&bytes, 0x7fffffff, 1), CN_TOO_LARGE);
	assert_int_equal(load_png_of(&bytes, 1, 65501), CN_TOO_LARGE);
	assert_int_equal(load_png_of(&bytes, 8001, 8000), CN_TOO_LARGE);
	assert_int_equal(load_png_of(&bytes, 0, 18), CN_MALFORMED);
	assert_int_equal(load_png_of(&bytes, 0xffffffff, 18), CN_MALFORMED);
	/* as large as may be, but there is no more data */
	assert_int_equal(load_png_of(&bytes, 8000, 8000), CN_MALFORMED);
	cn_buf_free(&bytes);
}

/* Offset of a marker's two bytes. */
static size_t
marker(const struct cn_buf *jpeg, uint8_t which)
{
	for (size_t at = 0; at + 1 < jpeg->len; at++)
		if (jpeg->ptr[at] == 0xff && jpeg->ptr[at + 1] == which)
			return at;
	fail();
	return 0;
}

static enum cn_code
load_jpeg_of(struct cn_buf *bytes, unsigned width, unsigned height)
{
	size_t frame = marker(bytes, 0xc2);
	struct cn_picture picture;
	enum cn_code code;

	bytes->ptr[frame + 5] = (uint8_t)(height >> 8);
	bytes->ptr[frame + 6] = (uint8_t)height;
	bytes->ptr[frame + 7] = (uint8_t)(width >> 8);
	bytes->ptr[frame + 8] = (uint8_t)width;
	code = cn_picture_load(cn_buf_slice(bytes), &picture, NULL);
	assert_true((code == CN_OK) == (picture.grey != NULL));
	cn_picture_free(&picture);
	return code;
}

static void
jpeg_bombs(void **state)
{
	struct cn_buf bytes;

	(void)state;
	cn_buf_init(&bytes, 1 << 16);
	jpeg_make(&bytes, JCS_RGB, 3, true);
	assert_int_equal(load_jpeg_of(&bytes, 32, 32), CN_OK);
	assert_int_equal(load_jpeg_of(&bytes, 65500, 65500), CN_TOO_LARGE);
	assert_int_equal(load_jpeg_of(&bytes, 65535, 1), CN_MALFORMED);
	assert_int_equal(load_jpeg_of(&bytes, 8001, 8000), CN_TOO_LARGE);
	/* few enough pixels, but too many coefficients */
	assert_int_equal(load_jpeg_of(&bytes, 8000, 8000), CN_TOO_LARGE);
	cn_buf_free(&bytes);
}

/* The same scan again and again, each over the whole picture. */
static void
jpeg_scans(void **state)
{
	struct cn_buf bytes, many;
	struct cn_picture picture;
	struct cn_error err = { 0 };
	size_t scan;

	(void)state;
	cn_buf_init(&bytes, 1 << 16);
	cn_buf_init(&many, 1 << 20);
	jpeg_make(&bytes, JCS_GRAYSCALE, 1, true);
	scan = marker(&bytes, 0xda);
	cn_buf_put(&many, cn_slice_of(bytes.ptr, scan));
	for (int i = 0; i < 200; i++)
		cn_buf_put(
		    &many, cn_slice_of(bytes.ptr + scan, bytes.len - scan - 2));
	cn_buf_str(&many, "\xff\xd9");
	assert_int_equal(
	    cn_picture_load(cn_buf_slice(&many), &picture, &err), CN_MALFORMED);
	assert_non_null(strstr(err.text, "scans"));
	cn_buf_free(&bytes);
	cn_buf_free(&many);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(png_kinds),
		cmocka_unit_test(jpeg_kinds),
		cmocka_unit_test(not_pictures),
		cmocka_unit_test(damaged),
		cmocka_unit_test(png_bombs),
		cmocka_unit_test(jpeg_bombs),
		cmocka_unit_test(jpeg_scans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
