/* model/, rules/, sbom/: a descriptor is read, checked, encoded, shown,
 * compared; an SBOM is read. */
#include "fault.h"
#include "scenarios.h"

#include <carnet/check.h>
#include <carnet/file.h>
#include <carnet/passport.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#ifndef FAULTS_SOURCE
#error "the folder of the tests"
#endif

struct stage {
	struct cn_buf descriptor;
	const char *sbom;
};

static enum cn_code
read_descriptor(struct stage *stage, struct cn_arena *arena,
    struct cn_descriptor **out, struct cn_report *report, struct cn_error *err)
{
	enum cn_code code;

	cn_report_init(report, arena);
	code = cn_descriptor_read(arena, CN_SLICE("product.json"),
	    cn_buf_slice(&stage->descriptor), out, report, err);
	if (code != CN_OK)
		assert_null(*out);
	if (code == CN_OK && report->code != CN_OK)
		code = cn_fail(err, report->code, "the report is full");
	return code;
}

static enum cn_code
describe(void *ctx, struct cn_error *err)
{
	struct stage *stage = ctx;
	struct cn_arena *arena = cn_arena_new(8u << 20);
	struct cn_descriptor *descriptor = NULL;
	struct cn_check_input input = { .at = 20000 };
	struct cn_report report;
	struct cn_sbom sbom;
	enum cn_code code;

	if (arena == NULL)
		return cn_fail(err, CN_MEMORY, "no arena");
	code = read_descriptor(stage, arena, &descriptor, &report, err);
	if (code == CN_OK)
		code = cn_sbom_read(stage->sbom, arena, &sbom, err);
	if (code == CN_OK) {
		input.descriptor = descriptor;
		input.sbom = &sbom;
		input.sbom_file = CN_SLICE("sbom.cdx.json");
		code = cn_check(&input, &report, err);
	}
	cn_arena_free(arena);
	return code;
}

static enum cn_code
write_views(const struct cn_record *record, struct cn_arena *arena,
    struct cn_error *err)
{
	const struct cn_record *levels[2] = { record, record };
	struct cn_record *merged = NULL;
	struct cn_change *changes = NULL;
	struct cn_buf out;
	struct cn_jw w;
	enum cn_code code;

	cn_buf_init(&out, 1u << 20);
	cn_jw_init(&w, &out, true);
	cn_model_write_json(record, CN_TIERS_ALL, &w);
	code = cn_buf_code(&out, err);
	cn_buf_reset(&out);
	if (code == CN_OK)
		code = cn_payload_encode(record, CN_PUBLIC, &out, err);
	if (code == CN_OK)
		code = cn_model_merge(arena, levels, 2, &merged, err);
	if (code == CN_OK)
		code = cn_model_diff(
		    arena, record, merged, CN_TIERS_ALL, &changes, err);
	cn_buf_free(&out);
	return code;
}

static enum cn_code
view(void *ctx, struct cn_error *err)
{
	struct stage *stage = ctx;
	struct cn_arena *arena = cn_arena_new(8u << 20);
	struct cn_descriptor *descriptor = NULL;
	struct cn_report report;
	enum cn_code code;

	if (arena == NULL)
		return cn_fail(err, CN_MEMORY, "no arena");
	code = read_descriptor(stage, arena, &descriptor, &report, err);
	if (code == CN_OK)
		code = write_views(descriptor->record, arena, err);
	cn_arena_free(arena);
	return code;
}

void
faults_model(void **state)
{
	struct stage stage = {
		.sbom = FAULTS_SOURCE "/../../../templates/starter/"
				      "sbom.cdx.json",
	};

	(void)state;
	cn_buf_init(&stage.descriptor, CN_MAX_DESCRIPTOR);
	assert_int_equal(
	    cn_file_read(FAULTS_SOURCE "/../../fuzz/corpus/descriptor/starter",
		&stage.descriptor, NULL),
	    CN_OK);
	fault_run(&(struct fault_scenario){
	    .name = "a descriptor checked", .run = describe, .ctx = &stage });
	fault_run(&(struct fault_scenario){
	    .name = "views of a record", .run = view, .ctx = &stage });
	cn_buf_free(&stage.descriptor);
}
