/* carrier/ and label/: a symbol is made, drawn, proved, and read again from a
 * PNG and from a JPEG. */
#include "foreign.h"

#include "fault.h"
#include "scenarios.h"

#include <carnet/label.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define LINK "https://id.maker.example/01/09506000134352/21/SN-0001"
#define DIGITS "0417"

struct stage {
	struct cn_buf jpeg;
	struct cn_buf png;
};

static enum cn_code
draw(struct cn_buf *png, struct cn_error *err)
{
	const struct cn_label_size size = { .dpi = 300 };
	struct cn_symbol symbol = { 0 };
	struct cn_label_plan plan;
	struct cn_buf svg;
	enum cn_code code;

	cn_buf_init(&svg, 1u << 20);
	code = cn_symbol_make(
	    CN_SLICE(LINK), CN_SLICE(DIGITS), CN_ECC_M, &symbol, err);
	if (code != CN_OK)
		assert_null(symbol.modules);
	if (code == CN_OK)
		code = cn_label_plan(&symbol, &size, &plan, err);
	if (code == CN_OK)
		code = cn_label_svg(&symbol, &plan, &svg, err);
	if (code == CN_OK)
		code = cn_label_png(&symbol, &plan, png, err);
	if (code == CN_OK)
		code = cn_label_proof(
		    &symbol, &plan, CN_SLICE(LINK "#" DIGITS), err);
	cn_symbol_free(&symbol);
	cn_buf_free(&svg);
	return code;
}

static enum cn_code
make(void *ctx, struct cn_error *err)
{
	struct cn_buf png;
	enum cn_code code;

	(void)ctx;
	cn_buf_init(&png, 1u << 20);
	code = draw(&png, err);
	cn_buf_free(&png);
	return code;
}

static enum cn_code
scan(const struct cn_buf *bytes, struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(1u << 20);
	struct cn_picture picture = { 0 };
	struct cn_scanned *found = NULL;
	enum cn_code code;

	if (arena == NULL)
		return cn_fail(err, CN_MEMORY, "no arena");
	code = cn_picture_load(cn_buf_slice(bytes), &picture, err);
	if (code != CN_OK)
		assert_null(picture.grey);
	if (code == CN_OK)
		code = cn_picture_scan(&picture, arena, &found, err);
	if (code != CN_OK)
		assert_null(found);
	else
		assert_true(cn_slice_is(found->text, LINK "#" DIGITS));
	cn_picture_free(&picture);
	cn_arena_free(arena);
	return code;
}

static enum cn_code
scan_png(void *ctx, struct cn_error *err)
{
	return scan(&((struct stage *)ctx)->png, err);
}

static enum cn_code
scan_jpeg(void *ctx, struct cn_error *err)
{
	return scan(&((struct stage *)ctx)->jpeg, err);
}

/* The picture as a JPEG, by calling libjpeg barely. */
static void
jpeg_of(const struct cn_picture *picture, struct cn_buf *out)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *bytes = NULL;
	unsigned long len = 0;

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &bytes, &len);
	jpeg.image_width = picture->width;
	jpeg.image_height = picture->height;
	jpeg.input_components = 1;
	jpeg.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	while (jpeg.next_scanline < jpeg.image_height) {
		JSAMPROW row = picture->grey +
			       (size_t)jpeg.next_scanline * picture->width;

		(void)jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	cn_buf_put(out, cn_slice_of(bytes, len));
	free(bytes);
}

void
faults_label(void **state)
{
	struct cn_picture picture = { 0 };
	struct stage stage;

	(void)state;
	cn_buf_init(&stage.png, 1u << 20);
	cn_buf_init(&stage.jpeg, 1u << 20);
	assert_int_equal(draw(&stage.png, NULL), CN_OK);
	assert_int_equal(
	    cn_picture_load(cn_buf_slice(&stage.png), &picture, NULL), CN_OK);
	jpeg_of(&picture, &stage.jpeg);
	cn_picture_free(&picture);

	fault_run(&(struct fault_scenario){ .name = "a label", .run = make });
	fault_run(&(struct fault_scenario){
	    .name = "a PNG scanned", .run = scan_png, .ctx = &stage });
	fault_run(&(struct fault_scenario){
	    .name = "a JPEG scanned", .run = scan_jpeg, .ctx = &stage });
	cn_buf_free(&stage.jpeg);
	cn_buf_free(&stage.png);
}
