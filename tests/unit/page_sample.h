/*
 * A product for the tests of the pages, and the view of it.
 */
#ifndef TEST_PAGE_SAMPLE_H
#define TEST_PAGE_SAMPLE_H

#include <carnet/trust.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../resolver/view/page.h"

#define SUB "https://id.gs1.org/01/09506000134352"
#define PATH "/01/09506000134352"
/* 2028-06-01T00:00:00Z */
#define JUNE_2028 ((cn_instant)1843430400)

static const char sample_product[] =
    "{\"issuer\":\"https://maker.example\",\"identity\":{"
    "\"passport_status\":\"active\",\"unique_product_identifier\":"
    "\"https://id.maker.example/01/09506000134352\","
    "\"model_type\":\"Lamp One\"},\"operators\":{\"manufacturer\":{"
    "\"name\":\"Maker & Daughters\",\"postal_address\":\"1 Street\","
    "\"email_or_digital_contact\":\"hello@maker.example\"},"
    "\"facility_ids\":[\"SEALED-1\"]},\"scope\":{"
    "\"cra_class\":{\"class\":\"important_class_I\"},"
    "\"intended_purpose\":{\"en\":\"It lights.\",\"de\":\"Sie leuchtet.\"},"
    "\"functions_and_security_properties\":{\"de\":\"Nur deutsch.\"}},"
    "\"conformity\":{\"declaration_url\":\"https://maker.example/doc\","
    "\"conformity_procedures\":[{\"act\":\"CRA\",\"procedure\":\"B+C\"}],"
    "\"notified_bodies\":[{\"name\":\"House\",\"number\":\"0123\","
    "\"act\":\"CRA\"}]},\"support\":{"
    "\"support_period_rationale\":\"SEALED-2\","
    "\"single_point_of_contact\":{\"channels\":[\"sec@maker.example\","
    "\"+32 2 555 01 99\",\"javascript:alert(1)\"],"
    "\"not_only_automated\":true},"
    "\"cvd_policy\":\"https://maker.example/cvd\","
    "\"security_updates\":[{\"version\":\"1.2\",\"issued\":\"2028-05-20\","
    "\"fixes\":[\"CVE-2028-1\"]},{\"version\":\"1.1\","
    "\"issued\":\"2028-02-01\"}],"
    "\"runs\":[{\"id\":\"a\",\"placed_from\":\"2028-01-01\","
    "\"support_end\":\"2033-12\",\"lots\":[\"L7\"]},{\"id\":\"b\","
    "\"placed_from\":\"2028-05-01\",\"support_end\":\"2034-06\"}]}}";

struct sample {
	struct cn_arena *arena;
	struct cn_record *record;
	struct cn_passport passport;
	struct rs_level level;
	struct rs_version versions[2];
	struct rs_view view;
};

static inline void
sample_read(struct sample *s, const char *json)
{
	struct cn_descriptor *descriptor;
	struct cn_report report;

	s->arena = cn_arena_new(32u << 20);
	assert_non_null(s->arena);
	cn_report_init(&report, s->arena);
	assert_int_equal(cn_descriptor_read(s->arena, CN_SLICE("product.json"),
			     cn_slice_str(json), &descriptor, &report, NULL),
	    CN_OK);
	if (report.first != NULL)
		fail_msg("%.*s", CN_FMT(report.first->message));
	s->record = descriptor->record;
}

/* What the resolver knows about the product: version 2 of a model. */
static inline void
sample_open(struct sample *s, const char *json)
{
	struct cn_record *note, *change;

	memset(s, 0, sizeof(*s));
	sample_read(s, json);
	assert_true(
	    cn_add_text(s->arena, s->record, CN_F_PASSPORT_ID, CN_SLICE(SUB)));
	note = cn_record_new(s->arena, &cn_table_version);
	assert_non_null(note);
	change = cn_add_record(s->arena, note, CN_VERSION_CHANGES);
	assert_true(cn_add_text(s->arena, change, CN_CHANGE_FIELD,
	    CN_SLICE("identity.model_type")));
	assert_true(cn_add_number(
	    s->arena, change, CN_CHANGE_WHAT, CN_CHANGE_KIND_CHANGED));
	assert_true(cn_add_text(
	    s->arena, change, CN_CHANGE_BEFORE, CN_SLICE("Lamp Zero")));
	assert_true(cn_add_text(
	    s->arena, change, CN_CHANGE_AFTER, CN_SLICE("Lamp One")));
	s->passport.sub = CN_SLICE(SUB);
	s->passport.iss = CN_SLICE("https://maker.example");
	s->passport.version = 2;
	memset(s->passport.digest, 0xa7, sizeof(s->passport.digest));
	s->level = (struct rs_level){ .passport = &s->passport,
		.record = s->record,
		.path = CN_SLICE(PATH) };
	s->versions[0] = (struct rs_version){
		.version = 2, .iat = 1842400000, .note = note
	};
	s->versions[1] = (struct rs_version){ .version = 1, .iat = 1832400000 };
	s->view = (struct rs_view){ .levels = &s->level,
		.level_count = 1,
		.merged = s->record,
		.tiers = CN_TIERS_PUBLIC,
		.path = CN_SLICE(PATH),
		.versions = s->versions,
		.version_count = 2,
		.version_total = 2,
		.issuer_name = CN_SLICE("Maker"),
		.public_url = CN_SLICE("https://id.maker.example"),
		.lang = CN_SLICE("en"),
		.now = JUNE_2028 };
}

static inline void
sample_close(struct sample *s)
{
	cn_arena_free(s->arena);
}

/* ---- looking at HTML ---------------------------------------------------------- */

static inline bool
contains(const struct cn_buf *html, const char *text)
{
	struct cn_slice all = cn_buf_slice(html);

	for (size_t i = 0; i < all.len; i++)
		if (cn_slice_starts(cn_slice_sub(all, i, SIZE_MAX), text))
			return true;
	return false;
}

#define assert_contains(html, text)                            \
	do {                                                   \
		if (!contains(html, text))                     \
			fail_msg("not in the page: %s", text); \
	} while (0)
#define assert_lacks(html, text)                           \
	do {                                               \
		if (contains(html, text))                  \
			fail_msg("in the page: %s", text); \
	} while (0)

#endif
