/*
 * A locale made from the field table itself: every label is its name. Tests
 * that need sentences add them.
 */
#ifndef TEST_LOCALE_SAMPLE_H
#define TEST_LOCALE_SAMPLE_H

#include <carnet/model.h>

#include <string.h>

#include "../../resolver/view/locale.h"

#define CHOICES_OPEN(SYMBOL, name)
#define CHOICE(SYMBOL, VALUE, text)
#define CHOICES_CLOSE(SYMBOL, name)
#define RECORD_OPEN(SYMBOL, name) &cn_table_##name,
#define MEMBER(SYMBOL, NAME, name, kind, sub, card, form, max, sources)
#define RECORD_CLOSE(SYMBOL, name)
#define FIELD( \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources)
static const struct cn_table *const sample_records[] = {
#include <carnet/fields.def>
};
#undef CHOICES_OPEN
#undef CHOICE
#undef CHOICES_CLOSE
#undef RECORD_OPEN
#undef MEMBER
#undef RECORD_CLOSE
#undef FIELD

/* A label that is left out: "fields/model_type"; NULL: none is. */
static void
sample_label(struct cn_jw *w, const char *name, const char *left_out)
{
	if (left_out == NULL || strcmp(name, left_out) != 0)
		cn_jw_kv_str(w, name, name);
}

static void
sample_table(
    struct cn_jw *w, const struct cn_table *table, const char *left_out)
{
	for (size_t i = 0; i < table->count; i++)
		sample_label(w, table->rows[i].name, left_out);
}

static void
sample_labels(struct cn_jw *w, const char *left_out)
{
	cn_jw_key(w, "groups");
	cn_jw_object(w);
	for (size_t i = 0; i < cn_group_count; i++)
		sample_label(w, cn_groups[i], left_out);
	cn_jw_object_end(w);
	cn_jw_key(w, "fields");
	cn_jw_object(w);
	sample_table(w, &cn_table_passport, left_out);
	cn_jw_object_end(w);
	cn_jw_key(w, "records");
	cn_jw_object(w);
	for (size_t i = 0;
	     i < sizeof(sample_records) / sizeof(sample_records[0]); i++) {
		cn_jw_key(w, sample_records[i]->name);
		cn_jw_object(w);
		sample_table(w, sample_records[i], left_out);
		cn_jw_object_end(w);
	}
	cn_jw_object_end(w);
	cn_jw_key(w, "choices");
	cn_jw_object(w);
	for (size_t i = 0; i < cn_choice_list_count; i++) {
		const struct cn_choices *list = cn_choice_lists[i];
		cn_jw_key(w, list->name);
		cn_jw_object(w);
		for (size_t k = 0; k < list->count; k++)
			sample_label(w, list->values[k], left_out);
		cn_jw_object_end(w);
	}
	cn_jw_object_end(w);
}

#define SAMPLE_MONTHS                                               \
	"[\"Jan\",\"Feb\",\"Mar\",\"Apr\",\"May\",\"Jun\",\"Jul\"," \
	"\"Aug\",\"Sep\",\"Oct\",\"Nov\",\"Dec\"]"
#define SAMPLE_DATES                                                        \
	"\"direction\":\"ltr\",\"date\":{\"day\":\"{day} {month} {year}\"," \
	"\"month\":\"{month} {year}\","                                     \
	"\"instant\":\"{day} {month} {year}, {time} UTC\","                 \
	"\"months\":" SAMPLE_MONTHS ",\"months_in_date\":" SAMPLE_MONTHS "}"

/* The text of a locale with these members of `page`. */
static void
sample_locale(const char *page, const char *left_out, struct cn_buf *out)
{
	struct cn_jw w;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	sample_labels(&w, left_out);
	cn_jw_key(&w, "page");
	cn_jw_raw(&w, cn_slice_str(page));
	cn_jw_object_end(&w);
}

#endif
