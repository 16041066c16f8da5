/*
 * PNG by libpng. Its errors jump; everything that must be freed then lives in
 * the job, whose owner does not jump.
 */
#include "picture.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/* No profile, text or palette needs more; rows are ours. */
#define CHUNK_MAX (1u << 20)

struct job {
	struct cn_slice bytes;
	size_t at;
	struct cn_picture *out;
	uint8_t *row; /* RGBA, of the full width */
	png_structp png;
	png_infop info;
	enum cn_code code;
	struct cn_error *err;
};

static void
on_error(png_structp png, png_const_charp message)
{
	struct job *job = png_get_error_ptr(png);

	if (job->code == CN_OK)
		job->code = cn_fail(
		    job->err, CN_MALFORMED, "the PNG is damaged: %s", message);
	png_longjmp(png, 1);
}

/* What libpng only warns of does not keep a picture from being scanned. */
static void
on_warning(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

static void
on_read(png_structp png, png_bytep space, size_t len)
{
	struct job *job = png_get_io_ptr(png);
	struct cn_slice part = cn_slice_sub(job->bytes, job->at, len);

	if (part.len < len)
		png_error(png, "it ends too early");
	memcpy(space, part.ptr, len);
	job->at += len;
}

static void *
on_alloc(png_structp png, png_alloc_size_t size)
{
	struct job *job = png_get_mem_ptr(png);
	void *ptr = malloc(size);

	if (ptr == NULL && job->code == CN_OK)
		job->code = cn_fail(
		    job->err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	return ptr;
}

static void
on_free(png_structp png, void *ptr)
{
	(void)png;
	free(ptr);
}

/* Grey on white paper: what is transparent is white. */
static uint8_t
on_white(const uint8_t *rgba)
{
	unsigned grey = picture_luma(rgba[0], rgba[1], rgba[2]);

	return (uint8_t)((grey * rgba[3] + 255u * (255u - rgba[3])) / 255u);
}

static void
read_header(struct job *job)
{
	png_structp png = job->png;
	png_uint_32 width, height;

	png_set_user_limits(png, 0x7fffffff, 0x7fffffff); /* ours is next */
	png_set_chunk_malloc_max(png, CHUNK_MAX);
	png_read_info(png, job->info);
	width = png_get_image_width(png, job->info);
	height = png_get_image_height(png, job->info);
	job->code = picture_new(width, height, job->out, job->err);
	if (job->code != CN_OK)
		png_longjmp(png, 1);
	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
	png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
	png_read_update_info(png, job->info);
	job->row = on_alloc(png, (size_t)width * 4);
	if (job->row == NULL)
		png_longjmp(png, 1);
}

/* One pass of Adam7, or the whole of a picture that is not interlaced. Only
 * the pixels of the pass are read, so no second picture is needed. */
static void
read_pass(struct job *job, int pass)
{
	struct cn_picture *out = job->out;
	bool whole = pass < 0;
	size_t x0 = whole ? 0 : (size_t)PNG_PASS_START_COL(pass);
	size_t y0 = whole ? 0 : (size_t)PNG_PASS_START_ROW(pass);
	size_t dx = whole ? 1 : (size_t)PNG_PASS_COL_OFFSET(pass);
	size_t dy = whole ? 1 : (size_t)PNG_PASS_ROW_OFFSET(pass);

	if (x0 >= out->width) /* a pass without columns has no rows */
		return;
	for (size_t y = y0; y < out->height; y += dy) {
		const uint8_t *from = job->row;
		uint8_t *to = out->grey + y * out->width;

		png_read_row(job->png, job->row, NULL);
		for (size_t x = x0; x < out->width; x += dx, from += 4)
			to[x] = on_white(from);
	}
}

static bool
run(struct job *job)
{
	if (setjmp(png_jmpbuf(job->png)) != 0)
		return false;
	png_set_read_fn(job->png, job, on_read);
	read_header(job);
	if (png_get_interlace_type(job->png, job->info) == PNG_INTERLACE_NONE) {
		read_pass(job, -1);
	} else {
		for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
			read_pass(job, pass);
	}
	png_read_end(job->png, NULL);
	return true;
}

enum cn_code
picture_png(struct cn_slice bytes, struct cn_picture *out, struct cn_error *err)
{
	struct job job = { .bytes = bytes, .out = out, .err = err };

	job.png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, &job,
	    on_error, on_warning, &job, on_alloc, on_free);
	if (job.png != NULL)
		job.info = png_create_info_struct(job.png);
	if (job.info == NULL)
		job.code = cn_fail(
		    err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	else if (!run(&job) && job.code == CN_OK)
		job.code = cn_fail(err, CN_FOREIGN, "the PNG was not read");
	png_destroy_read_struct(&job.png, &job.info, NULL);
	free(job.row);
	return job.code;
}
