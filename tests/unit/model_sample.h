/*
 * Passports for tests, made from the groups of a product.json. The arena is
 * that of the test program's group (sample_setup, sample_teardown).
 */
#ifndef TEST_MODEL_SAMPLE_H
#define TEST_MODEL_SAMPLE_H

#include <carnet/model.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct cn_arena *arena;

static int
sample_setup(void **state)
{
	(void)state;
	arena = cn_arena_new(16u << 20);
	return arena == NULL;
}

static int
sample_teardown(void **state)
{
	(void)state;
	cn_arena_free(arena);
	return 0;
}

/* A passport from the groups of a product.json, which must be free of faults. */
static struct cn_record *
passport(const char *groups)
{
	struct cn_descriptor *d;
	struct cn_report report;
	struct cn_slice json = cn_arena_printf(arena,
	    "{\"issuer\": \"https://maker.example\"%s%s}",
	    *groups == '\0' ? "" : ", ", groups);

	cn_report_init(&report, arena);
	assert_int_equal(cn_descriptor_read(arena, CN_SLICE("p.json"), json, &d,
			     &report, NULL),
	    CN_OK);
	if (report.first != NULL)
		fail_msg("%s: %s", (const char *)report.first->pointer.ptr,
		    (const char *)report.first->message.ptr);
	return d->record;
}

static void
expect_json(
    const struct cn_record *record, unsigned tiers, const char *expected)
{
	struct cn_buf text;
	struct cn_jw w;

	cn_buf_init(&text, 1u << 20);
	cn_jw_init(&w, &text, false);
	cn_model_write_json(record, tiers, &w);
	cn_buf_byte(&text, 0);
	assert_string_equal((const char *)text.ptr, expected);
	cn_buf_free(&text);
}

#endif
