/*
 * Locales: the words of the pages, one file for each language.
 *
 * templates/locale/<lang>.json holds `fields`, `groups`, `records` and
 * `choices` (a label for every row of the field table) and `page` (the
 * sentences of the pages). Read once at start; a label or a sentence that is
 * missing is an error then.
 */
#ifndef RESOLVER_LOCALE_H
#define RESOLVER_LOCALE_H

#include <carnet/model.h>

/* Plural categories of Unicode CLDR for whole numbers. */
enum rs_plural {
	RS_PLURAL_ZERO,
	RS_PLURAL_ONE,
	RS_PLURAL_TWO,
	RS_PLURAL_FEW,
	RS_PLURAL_MANY,
	RS_PLURAL_OTHER,
	RS_PLURALS
};
extern const char *const rs_plural_names[RS_PLURALS];

struct rs_locale;

/* Reads one file's text. lang is the name of the file without ".json".
 * CN_MALFORMED with the name of what is missing or not known. */
CN_MUST_USE enum cn_code rs_locale_read(const char *lang, struct cn_slice json,
    struct rs_locale **out, struct cn_error *err);
void rs_locale_free(struct rs_locale *locale); /* NULL is fine */

struct cn_slice rs_locale_lang(const struct rs_locale *locale);
/* "ltr" or "rtl" */
struct cn_slice rs_locale_direction(const struct rs_locale *locale);

/* A sentence of `page` by its dotted name, "state.supported"; ptr NULL where
 * there is none or it has plural forms. */
struct cn_slice rs_locale_sentence(
    const struct rs_locale *locale, struct cn_slice name);
/* The plural form of a sentence; ptr NULL where there is none. */
struct cn_slice rs_locale_form(
    const struct rs_locale *locale, struct cn_slice name, enum rs_plural form);
enum rs_plural rs_locale_plural(const struct rs_locale *locale, uint64_t n);

/* Labels of the field table; never empty. */
struct cn_slice rs_locale_group(
    const struct rs_locale *locale, const char *group);
struct cn_slice rs_locale_label(const struct rs_locale *locale,
    const struct cn_table *table, const struct cn_field *field);
struct cn_slice rs_locale_choice(const struct rs_locale *locale,
    const struct cn_choices *choices, uint64_t position);

/* Dates in words of the language: "1 May 2032", "May 2032",
 * "1 May 2032, 14:05 UTC". */
void rs_locale_date(
    const struct rs_locale *locale, struct cn_date date, struct cn_buf *out);
void rs_locale_month(
    const struct rs_locale *locale, struct cn_date date, struct cn_buf *out);
void rs_locale_instant(
    const struct rs_locale *locale, cn_instant at, struct cn_buf *out);

/*
 * RFC 4647 lookup: the first of the ranges that one of the locales serves, each
 * range cut from behind until it fits ("de-AT" → "de"). NULL where none fits.
 */
const struct rs_locale *rs_locale_lookup(const struct rs_locale *const *locales,
    size_t count, const struct cn_slice *ranges, size_t range_count);

#endif
