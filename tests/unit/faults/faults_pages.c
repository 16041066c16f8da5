/* resolver/view: templates, languages and assets are opened; a page is made. */
#include "../page_sample.h"
#include "fault.h"
#include "scenarios.h"

#define PAGE_MAX (8u << 20)

static enum cn_code
open_pages(void *ctx, struct cn_error *err)
{
	struct rs_pages *pages;
	enum cn_code code = rs_pages_open(&pages, err);

	(void)ctx;
	if (code != CN_OK)
		assert_null(pages);
	rs_pages_free(pages);
	return code;
}

struct desk {
	struct rs_pages *pages;
	struct sample sample;
};

static enum cn_code
make_page(void *ctx, struct cn_error *err)
{
	const struct desk *desk = ctx;
	struct rs_prepared prepared;
	enum cn_code code = rs_page_prepare(
	    desk->pages, &desk->sample.view, &prepared, err);

	if (code != CN_OK) {
		assert_int_equal(prepared.html.len, 0);
		assert_int_equal(prepared.marks.count, 0);
	}
	rs_prepared_free(&prepared);
	return code;
}

static enum cn_code
make_trouble(void *ctx, struct cn_error *err)
{
	const struct desk *desk = ctx;
	const struct rs_trouble trouble = { .status = 404,
		.reason = CN_SLICE("no such thing"),
		.lang = CN_SLICE("en") };
	struct cn_buf out;
	enum cn_code code;

	cn_buf_init(&out, PAGE_MAX);
	code = rs_view_trouble(desk->pages, &trouble, &out, err);
	if (code != CN_OK)
		assert_int_equal(out.len, 0);
	cn_buf_free(&out);
	return code;
}

void
faults_pages(void **state)
{
	struct desk desk;

	(void)state;
	fault_run(&(struct fault_scenario){
	    .name = "pages opened", .run = open_pages });
	assert_int_equal(rs_pages_open(&desk.pages, NULL), CN_OK);
	sample_open(&desk.sample, sample_product);
	fault_run(&(struct fault_scenario){
	    .name = "a page", .run = make_page, .ctx = &desk });
	fault_run(&(struct fault_scenario){
	    .name = "a page of trouble", .run = make_trouble, .ctx = &desk });
	sample_close(&desk.sample);
	rs_pages_free(desk.pages);
}
