/*
 * Templates: text with places, compiled once at start into a list of
 * operations and typed against a struct.
 *
 *     {{name}}          the value, escaped
 *     {{#name}}…{{/name}}  for every item of a list; else if the value is
 *                       there (true, not empty, not zero)
 *     {{^name}}…{{/name}}  if it is not
 *     {{>part}}         another template over the same struct; may be itself
 *     {{t:name}}        a sentence of the locale; {key} in it is a value
 *     {{t:name key}}    the form of the sentence that fits the number `key`
 *     {{w:name}}        a sentence with its {places} left as they are, for
 *                       the script
 *     {{! … }}          nothing
 *
 * A name is a row of a closed table of keys, of the innermost list or of one
 * around it. A name that is in no table, a sentence that the locale does not
 * have, a value of the wrong kind for its place: all are errors at start, with
 * the line, and none is left for a reader to meet.
 *
 * A tag that opens, closes or calls and stands alone on its line leaves no
 * line behind.
 */
#ifndef RESOLVER_TEMPLATE_H
#define RESOLVER_TEMPLATE_H

#include <carnet/bytes.h>

#include "locale.h"

/* ---- the table of keys ---------------------------------------------------- */

enum rs_key_kind {
	RS_KEY_TEXT, /* struct cn_slice */
	RS_KEY_HREF, /* struct cn_slice: the only kind that may stand in
			   href="" and src=""; see rs_href_ok() */
	RS_KEY_UINT, /* uint64_t */
	RS_KEY_BOOL, /* bool; for {{#}} and {{^}} only */
	RS_KEY_LIST, /* struct rs_list */
	RS_KEY_MARK /* nothing yet: the place is remembered, and filled
			   for each request */
};

struct rs_keys;

struct rs_key {
	const char *name;
	size_t offset; /* of the member in its struct; of a mark: its number */
	enum rs_key_kind kind;
	const struct rs_keys *item; /* RS_KEY_LIST */
};

struct rs_keys {
	const struct rs_key *rows;
	size_t count;
	size_t size; /* of the struct */
};

/* `count` structs, one behind the other, of the size that the table of the
 * list's items gives. */
struct rs_list {
	const void *items;
	size_t count;
};

/* ---- compiling -------------------------------------------------------------- */

struct rs_template;

struct rs_part {
	const char *name; /* as in {{>name}} and in errors */
	struct cn_slice source; /* must outlive the templates */
	const struct rs_keys *keys;
	struct rs_template *compiled; /* out */
};

/* Compiles templates that may call each other. Everything made lives in the
 * arena. CN_MALFORMED with "NAME.html: line N" as place; CN_MEMORY. */
CN_MUST_USE enum cn_code rs_templates_compile(struct cn_arena *arena,
    struct rs_part *parts, size_t count, const struct rs_locale *locale,
    struct cn_error *err);

/* ---- rendering -------------------------------------------------------------- */

#define RS_MARKS 16

struct rs_mark {
	size_t at; /* offset in the rendered bytes */
	unsigned number; /* which value belongs there */
};

struct rs_marks {
	struct rs_mark at[RS_MARKS];
	size_t count;
};

/* Appends what the template makes of the struct. Failures latch in out; more
 * marks than RS_MARKS or templates that call each other too deeply are
 * CN_TOO_LARGE. */
void rs_template_render(const struct rs_template *tpl, const void *data,
    struct cn_buf *out, struct rs_marks *marks);

/* Appends the rendered bytes with the values put in at the marks, escaped. */
void rs_marks_fill(struct cn_slice rendered, const struct rs_marks *marks,
    const struct cn_slice *values, struct cn_buf *out);

/* For HTML text and for attributes in either kind of quotes. */
void rs_escape(struct cn_slice text, struct cn_buf *out);

/* May a link lead there? A path of this host, or https, http, mailto or tel,
 * without blanks and control characters. */
bool rs_href_ok(struct cn_slice href);

#endif
