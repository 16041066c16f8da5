/*
 * A symbol as PNG: one bit a pixel, with its physical size. Rows are written
 * as they are made; there is no picture in between.
 */
#include <carnet/label.h>

#include <png.h>
#include <stdlib.h>
#include <string.h>

struct job {
	const struct cn_symbol *symbol;
	const struct cn_label_plan *plan;
	struct cn_buf *out;
	uint8_t *row;
	size_t row_len;
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
		job->code = cn_fail(job->err, CN_FOREIGN,
		    "the PNG was not written: %s", message);
	png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

static void
on_write(png_structp png, png_bytep bytes, size_t len)
{
	struct job *job = png_get_io_ptr(png);

	cn_buf_put(job->out, cn_slice_of(bytes, len));
	job->code = cn_buf_code(job->out, job->err);
	if (job->code != CN_OK)
		png_longjmp(png, 1);
}

static void
on_flush(png_structp png)
{
	(void)png;
}

static void
write_header(struct job *job)
{
	unsigned pixels = job->plan->pixels;
	/* Dots per metre, rounded. */
	png_uint_32 density = (job->plan->dpi * 10000u + 127u) / 254u;

	/* Symbols are so regular that the quickest level packs them well. */
	png_set_compression_level(job->png, 1);
	png_set_filter(job->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	png_set_IHDR(job->png, job->info, pixels, pixels, 1,
	    PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
	    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(
	    job->png, job->info, density, density, PNG_RESOLUTION_METER);
	png_write_info(job->png, job->info);
}

/* Bits of one row of modules; 1 is white. */
static void
make_row(struct job *job, unsigned y)
{
	const struct cn_symbol *symbol = job->symbol;
	unsigned dots = job->plan->dots;
	const uint8_t *modules = symbol->modules + (size_t)y * symbol->size;

	memset(job->row, 0xff, job->row_len);
	for (unsigned x = 0; x < symbol->size; x++) {
		unsigned at = (x + CN_QUIET_ZONE) * dots;

		if (modules[x] == 0)
			continue;
		for (unsigned end = at + dots; at < end; at++)
			job->row[at / 8] &= (uint8_t) ~(0x80u >> at % 8);
	}
}

static void
write_row(struct job *job, unsigned times)
{
	for (unsigned i = 0; i < times * job->plan->dots; i++)
		png_write_row(job->png, job->row);
}

static bool
run(struct job *job)
{
	if (setjmp(png_jmpbuf(job->png)) != 0)
		return false;
	png_set_write_fn(job->png, job, on_write, on_flush);
	write_header(job);
	memset(job->row, 0xff, job->row_len);
	write_row(job, CN_QUIET_ZONE);
	for (unsigned y = 0; y < job->symbol->size; y++) {
		make_row(job, y);
		write_row(job, 1);
	}
	memset(job->row, 0xff, job->row_len);
	write_row(job, CN_QUIET_ZONE);
	png_write_end(job->png, NULL);
	return true;
}

enum cn_code
cn_label_png(const struct cn_symbol *symbol, const struct cn_label_plan *plan,
    struct cn_buf *out, struct cn_error *err)
{
	struct job job = { .symbol = symbol,
		.plan = plan,
		.out = out,
		.err = err,
		.row_len = (plan->pixels + 7) / 8 };
	size_t start = out->len;

	job.row = malloc(job.row_len);
	job.png = png_create_write_struct(
	    PNG_LIBPNG_VER_STRING, &job, on_error, on_warning);
	if (job.png != NULL)
		job.info = png_create_info_struct(job.png);
	if (job.row == NULL || job.info == NULL)
		job.code = cn_fail(
		    err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	else if (!run(&job))
		out->len = start;
	png_destroy_write_struct(&job.png, &job.info);
	free(job.row);
	return job.code;
}
