#include "locale.h"

#include <string.h>

#include "locale_plural.h"

#define LOCALE_ARENA (4u << 20)

/* The labels of one table or list of choices, in the order of its rows. */
struct labels {
	const void *of;
	const struct cn_slice *labels;
	struct labels *next;
};

struct rs_locale {
	struct cn_arena *arena;
	struct cn_slice lang, direction;
	const struct cn_json *root, *page;
	rs_plural_rule plural;
	struct labels *labels;
	struct cn_slice *groups; /* in order of cn_groups */
	struct cn_slice months[12], months_in_date[12];
	struct cn_slice date, month, instant; /* patterns */
};

/* ---- looking up ----------------------------------------------------------- */

static const struct cn_json *
child(const struct cn_json *object, struct cn_slice key)
{
	if (object == NULL || object->type != CN_JSON_OBJECT)
		return NULL;
	for (const struct cn_json *c = object->first; c != NULL; c = c->next)
		if (cn_slice_eq(c->key, key))
			return c;
	return NULL;
}

/* By dotted name below `page`. */
static const struct cn_json *
entry(const struct rs_locale *locale, struct cn_slice name)
{
	const struct cn_json *at = locale->page;

	for (;;) {
		size_t dot = cn_slice_find(name, '.');
		at = child(at, cn_slice_sub(name, 0, dot));
		if (at == NULL || dot == name.len)
			return at;
		name = cn_slice_sub(name, dot + 1, SIZE_MAX);
	}
}

static struct cn_slice
words_of(const struct cn_json *value)
{
	return value != NULL && value->type == CN_JSON_STRING ? value->text
							      : CN_SLICE_NONE;
}

struct cn_slice
rs_locale_sentence(const struct rs_locale *locale, struct cn_slice name)
{
	return words_of(entry(locale, name));
}

struct cn_slice
rs_locale_form(
    const struct rs_locale *locale, struct cn_slice name, enum rs_plural form)
{
	return words_of(
	    child(entry(locale, name), cn_slice_str(rs_plural_names[form])));
}

enum rs_plural
rs_locale_plural(const struct rs_locale *locale, uint64_t n)
{
	return locale->plural(n);
}

struct cn_slice
rs_locale_lang(const struct rs_locale *locale)
{
	return locale->lang;
}

struct cn_slice
rs_locale_direction(const struct rs_locale *locale)
{
	return locale->direction;
}

static struct cn_slice
label(const struct rs_locale *locale, const void *of, size_t row)
{
	const struct labels *l = locale->labels;

	while (l->of != of)
		l = l->next;
	return l->labels[row];
}

struct cn_slice
rs_locale_label(const struct rs_locale *locale, const struct cn_table *table,
    const struct cn_field *field)
{
	return label(locale, table, (size_t)(field - table->rows));
}

struct cn_slice
rs_locale_choice(const struct rs_locale *locale,
    const struct cn_choices *choices, uint64_t position)
{
	return label(locale, choices, (size_t)position);
}

struct cn_slice
rs_locale_group(const struct rs_locale *locale, const char *group)
{
	for (size_t i = 0; i < cn_group_count; i++)
		if (strcmp(cn_groups[i], group) == 0)
			return locale->groups[i];
	return cn_slice_str(group);
}

/* ---- reading labels --------------------------------------------------------- */

static enum cn_code
missing(
    struct cn_error *err, const char *what, const char *of, const char *name)
{
	return cn_fail(err, CN_MALFORMED, "no label: %s/%s%s%s", what, of,
	    *name == '\0' ? "" : "/", name);
}

static enum cn_code
out_of_memory(struct cn_error *err)
{
	return cn_fail(err, CN_MEMORY, "no room for a locale");
}

/* An empty set of labels for `count` rows, hung into the list. */
static struct cn_slice *
new_labels(struct rs_locale *locale, const void *of, size_t count)
{
	struct labels *l = cn_arena_alloc(locale->arena, 1, sizeof(*l));
	struct cn_slice *set = cn_arena_alloc(
	    locale->arena, count, sizeof(*set));

	if (l == NULL || set == NULL)
		return NULL;
	*l = (struct labels){ of, set, locale->labels };
	locale->labels = l;
	return set;
}

static bool
have(const struct rs_locale *locale, const void *of)
{
	for (const struct labels *l = locale->labels; l != NULL; l = l->next)
		if (l->of == of)
			return true;
	return false;
}

static enum cn_code
read_choices(struct rs_locale *locale, const struct cn_choices *choices,
    struct cn_error *err)
{
	const struct cn_json *from = child(
	    cn_json_get(locale->root, "choices"), cn_slice_str(choices->name));
	struct cn_slice *set;

	set = new_labels(locale, choices, choices->count);
	if (set == NULL)
		return out_of_memory(err);
	for (size_t i = 0; i < choices->count; i++) {
		set[i] = words_of(
		    child(from, cn_slice_str(choices->values[i])));
		if (set[i].len == 0)
			return missing(
			    err, "choices", choices->name, choices->values[i]);
	}
	return CN_OK;
}

/* The labels of a table and of all tables below it. A table may
 * stand in several places; it is read once. */
static enum cn_code
read_table(struct rs_locale *locale, const struct cn_table *table,
    struct cn_error *err)
{
	bool top = table == &cn_table_passport;
	const struct cn_json *from = top ? cn_json_get(locale->root, "fields")
					 : child(cn_json_get(
						     locale->root, "records"),
					       cn_slice_str(table->name));
	enum cn_code code = CN_OK;
	struct cn_slice *set;

	if (have(locale, table))
		return CN_OK;
	set = new_labels(locale, table, table->count);
	if (set == NULL)
		return out_of_memory(err);
	for (size_t i = 0; i < table->count && code == CN_OK; i++) {
		const struct cn_field *row = &table->rows[i];
		set[i] = words_of(child(from, cn_slice_str(row->name)));
		if (set[i].len == 0)
			return missing(err, top ? "fields" : "records",
			    top ? row->name : table->name,
			    top ? "" : row->name);
		if (row->record != NULL)
			code = read_table(locale, row->record, err);
	}
	return code;
}

static enum cn_code
read_groups(struct rs_locale *locale, struct cn_error *err)
{
	const struct cn_json *from = cn_json_get(locale->root, "groups");

	locale->groups = cn_arena_alloc(
	    locale->arena, cn_group_count, sizeof(*locale->groups));
	if (locale->groups == NULL)
		return out_of_memory(err);
	for (size_t i = 0; i < cn_group_count; i++) {
		locale->groups[i] = words_of(
		    child(from, cn_slice_str(cn_groups[i])));
		if (locale->groups[i].len == 0)
			return missing(err, "groups", cn_groups[i], "");
	}
	return CN_OK;
}

/* ---- reading the rest --------------------------------------------------------- */

static enum cn_code
read_months(struct rs_locale *locale, const char *name,
    struct cn_slice months[12], struct cn_error *err)
{
	const struct cn_json *list = entry(locale, cn_slice_str(name));
	size_t n = 0;

	if (list != NULL && list->type == CN_JSON_ARRAY && list->count == 12)
		for (const struct cn_json *m = list->first;
		     m != NULL && words_of(m).len > 0; m = m->next)
			months[n++] = words_of(m);
	if (n == 12)
		return CN_OK;
	return cn_fail(err, CN_MALFORMED, "page.%s: not twelve names", name);
}

static enum cn_code
read_dates(struct rs_locale *locale, struct cn_error *err)
{
	enum cn_code code = read_months(
	    locale, "date.months", locale->months, err);

	if (code == CN_OK)
		code = read_months(
		    locale, "date.months_in_date", locale->months_in_date, err);
	if (code != CN_OK)
		return code;
	locale->date = rs_locale_sentence(locale, CN_SLICE("date.day"));
	locale->month = rs_locale_sentence(locale, CN_SLICE("date.month"));
	locale->instant = rs_locale_sentence(locale, CN_SLICE("date.instant"));
	locale->direction = rs_locale_sentence(locale, CN_SLICE("direction"));
	if (locale->date.len == 0 || locale->month.len == 0 ||
	    locale->instant.len == 0 || locale->direction.len == 0)
		return cn_fail(err, CN_MALFORMED,
		    "page: date.day, date.month, date.instant or direction "
		    "is missing");
	return CN_OK;
}

static enum cn_code
read_all(struct rs_locale *locale, struct cn_slice json, struct cn_error *err)
{
	struct cn_json *root;
	enum cn_code code = cn_json_parse(
	    locale->arena, json, NULL, &root, err);

	if (code != CN_OK)
		return code;
	locale->root = root;
	locale->page = cn_json_get(root, "page");
	code = read_dates(locale, err);
	if (code == CN_OK)
		code = read_groups(locale, err);
	if (code == CN_OK)
		code = read_table(locale, &cn_table_passport, err);
	for (size_t i = 0; i < cn_choice_list_count && code == CN_OK; i++)
		code = read_choices(locale, cn_choice_lists[i], err);
	return code;
}

enum cn_code
rs_locale_read(const char *lang, struct cn_slice json, struct rs_locale **out,
    struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(LOCALE_ARENA);
	struct rs_locale *locale =
	    arena == NULL ? NULL : cn_arena_alloc(arena, 1, sizeof(*locale));
	enum cn_code code;

	*out = NULL;
	if (locale == NULL) {
		cn_arena_free(arena);
		return out_of_memory(err);
	}
	locale->arena = arena;
	locale->lang = cn_arena_copy(arena, cn_slice_str(lang));
	locale->plural = rs_plural_rule_of(locale->lang);
	if (locale->lang.ptr == NULL)
		code = out_of_memory(err);
	else if (locale->plural == NULL)
		code = cn_fail(err, CN_MALFORMED, "no plural rule for it");
	else
		code = read_all(locale, json, err);
	if (code != CN_OK) {
		cn_error_at(err, "locale/%s.json", lang);
		rs_locale_free(locale);
		return code;
	}
	*out = locale;
	return CN_OK;
}

void
rs_locale_free(struct rs_locale *locale)
{
	if (locale != NULL)
		cn_arena_free(locale->arena);
}

/* ---- dates ---------------------------------------------------------------------- */

struct date_words {
	struct cn_slice month;
	struct cn_date date;
	char time[6];
};

static void
put_date_part(
    struct cn_slice place, const struct date_words *w, struct cn_buf *out)
{
	if (cn_slice_is(place, "year"))
		cn_buf_printf(out, "%d", w->date.year);
	else if (cn_slice_is(place, "month"))
		cn_buf_put(out, w->month);
	else if (cn_slice_is(place, "day"))
		cn_buf_printf(out, "%d", w->date.day);
	else if (cn_slice_is(place, "time"))
		cn_buf_str(out, w->time);
}

static void
put_pattern(
    struct cn_slice pattern, const struct date_words *w, struct cn_buf *out)
{
	while (pattern.len > 0) {
		size_t open = cn_slice_find(pattern, '{');
		struct cn_slice tail = cn_slice_sub(
		    pattern, open + 1, SIZE_MAX);
		size_t close = cn_slice_find(tail, '}');

		cn_buf_put(out, cn_slice_sub(pattern, 0, open));
		put_date_part(cn_slice_sub(tail, 0, close), w, out);
		pattern = cn_slice_sub(tail, close + 1, SIZE_MAX);
	}
}

void
rs_locale_date(
    const struct rs_locale *locale, struct cn_date date, struct cn_buf *out)
{
	struct date_words w = { locale->months_in_date[date.month - 1], date,
		"" };

	put_pattern(locale->date, &w, out);
}

void
rs_locale_month(
    const struct rs_locale *locale, struct cn_date date, struct cn_buf *out)
{
	struct date_words w = { locale->months[date.month - 1], date, "" };

	put_pattern(locale->month, &w, out);
}

void
rs_locale_instant(
    const struct rs_locale *locale, cn_instant at, struct cn_buf *out)
{
	struct cn_date date = cn_day_date(cn_instant_day(at));
	struct date_words w = { locale->months_in_date[date.month - 1], date,
		"" };
	char text[21];

	cn_instant_print(at, text);
	memcpy(w.time, text + strlen("YYYY-MM-DDT"), 5);
	put_pattern(locale->instant, &w, out);
}

/* ---- which language --------------------------------------------------------------- */

static bool
same_tag(struct cn_slice a, struct cn_slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if ((a.ptr[i] | 0x20) != (b.ptr[i] | 0x20))
			return false;
	return true;
}

/* RFC 4647 section 3.4: cut the last subtag, and a single letter before it. */
static struct cn_slice
shorter(struct cn_slice range)
{
	while (range.len > 0 && range.ptr[range.len - 1] != '-')
		range.len--;
	if (range.len > 0)
		range.len--;
	if (range.len >= 2 && range.ptr[range.len - 2] == '-')
		range.len -= 2;
	return range;
}

const struct rs_locale *
rs_locale_lookup(const struct rs_locale *const *locales, size_t count,
    const struct cn_slice *ranges, size_t range_count)
{
	for (size_t i = 0; i < range_count; i++)
		for (struct cn_slice r = ranges[i]; r.len > 0; r = shorter(r))
			for (size_t k = 0; k < count; k++)
				if (same_tag(r, locales[k]->lang))
					return locales[k];
	return NULL;
}
