/*
 * JPEG by libjpeg. Its errors jump; everything that must be freed then lives
 * in the job, whose owner does not jump.
 */
#include "picture.h"

#include <setjmp.h>
#include <stdio.h> /* jpeglib.h needs it before */
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

/* A progressive picture is held as coefficients: two bytes each. */
#define MEMORY_MAX (256L << 20)
/* Each scan goes over the whole picture: a small file must not ask for
 * thousands. Encoders write about ten. */
#define SCANS_MAX 64
#define WARNINGS_MAX 1000

struct job {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr handler;
	struct jpeg_progress_mgr progress;
	jmp_buf back;
	struct cn_picture *out;
	uint8_t *row;
	enum cn_code code;
	struct cn_error *err;
};

static void
give_up(j_common_ptr jpeg, enum cn_code code, const char *message)
{
	struct job *job = jpeg->client_data;

	job->code = code == CN_MALFORMED
			? cn_fail(job->err, code, "the JPEG is damaged: %s",
			      message)
			: cn_fail(job->err, code, "%s", message);
	longjmp(job->back, 1);
}

static void
on_exit_error(j_common_ptr jpeg)
{
	char message[JMSG_LENGTH_MAX];

	(*jpeg->err->format_message)(jpeg, message);
	if (jpeg->err->msg_code == JERR_OUT_OF_MEMORY)
		give_up(jpeg, CN_MEMORY, cn_code_text(CN_MEMORY));
	if (jpeg->err->msg_code == JERR_NO_BACKING_STORE)
		give_up(jpeg, CN_TOO_LARGE,
		    "the JPEG needs more memory than the limit");
	give_up(jpeg, CN_MALFORMED, message);
}

/* libjpeg paints over damage. A file that was cut short is refused; other
 * damage may still leave a symbol that can be read. */
static void
on_message(j_common_ptr jpeg, int level)
{
	if (level >= 0)
		return;
	if (jpeg->err->msg_code == JWRN_JPEG_EOF)
		give_up(jpeg, CN_MALFORMED, "it ends too early");
	if (++jpeg->err->num_warnings > WARNINGS_MAX)
		give_up(jpeg, CN_MALFORMED, "it is corrupt throughout");
}

static void
on_output(j_common_ptr jpeg)
{
	(void)jpeg;
}

static void
on_progress(j_common_ptr jpeg)
{
	struct job *job = jpeg->client_data;

	if (job->jpeg.input_scan_number > SCANS_MAX)
		give_up(jpeg, CN_MALFORMED, "it has too many scans");
}

static void
read_header(struct job *job)
{
	struct jpeg_decompress_struct *jpeg = &job->jpeg;

	(void)jpeg_read_header(jpeg, TRUE);
	job->code = picture_new(
	    jpeg->image_width, jpeg->image_height, job->out, job->err);
	if (job->code != CN_OK)
		longjmp(job->back, 1);
	if (jpeg->jpeg_color_space == JCS_CMYK ||
	    jpeg->jpeg_color_space == JCS_YCCK)
		jpeg->out_color_space = JCS_CMYK;
	else
		jpeg->out_color_space = JCS_GRAYSCALE;
}

/* Adobe's programs store ink inverted. */
static void
row_of_cmyk(struct job *job, uint8_t *to)
{
	uint8_t flip = job->jpeg.saw_Adobe_marker ? 0 : 255;

	for (size_t x = 0; x < job->out->width; x++) {
		const uint8_t *ink = job->row + 4 * x;
		unsigned k = ink[3] ^ flip;

		to[x] = picture_luma((ink[0] ^ flip) * k / 255,
		    (ink[1] ^ flip) * k / 255, (ink[2] ^ flip) * k / 255);
	}
}

static void
read_rows(struct job *job)
{
	struct jpeg_decompress_struct *jpeg = &job->jpeg;
	bool cmyk = jpeg->out_color_space == JCS_CMYK;

	if (cmyk) {
		job->row = malloc((size_t)job->out->width * 4);
		if (job->row == NULL)
			give_up((j_common_ptr)jpeg, CN_MEMORY,
			    cn_code_text(CN_MEMORY));
	}
	while (jpeg->output_scanline < jpeg->output_height) {
		uint8_t *to = job->out->grey +
			      (size_t)jpeg->output_scanline * job->out->width;
		JSAMPROW row = cmyk ? job->row : to;

		(void)jpeg_read_scanlines(jpeg, &row, 1);
		if (cmyk)
			row_of_cmyk(job, to);
	}
}

static void
run(struct job *job, struct cn_slice bytes)
{
	struct jpeg_decompress_struct *jpeg = &job->jpeg;

	if (setjmp(job->back) != 0)
		return;
	jpeg_create_decompress(jpeg);
	jpeg->mem->max_memory_to_use = MEMORY_MAX;
	job->progress.progress_monitor = on_progress;
	jpeg->progress = &job->progress;
	jpeg_mem_src(jpeg, bytes.ptr, bytes.len);
	read_header(job);
	(void)jpeg_start_decompress(jpeg);
	read_rows(job);
	(void)jpeg_finish_decompress(jpeg);
}

enum cn_code
picture_jpeg(
    struct cn_slice bytes, struct cn_picture *out, struct cn_error *err)
{
	struct job job;

	memset(&job, 0, sizeof(job));
	job.out = out;
	job.err = err;
	job.jpeg.err = jpeg_std_error(&job.handler);
	job.jpeg.client_data = &job;
	job.handler.error_exit = on_exit_error;
	job.handler.emit_message = on_message;
	job.handler.output_message = on_output;
	run(&job, bytes);
	jpeg_destroy_decompress(&job.jpeg);
	free(job.row);
	return job.code;
}
