/* Strict reading of an object, with the place of every fault. */
#include "trust_reader.h"

#include <stdarg.h>
#include <stdio.h>

#include <carnet/report.h>

void
cn_trust_place(struct cn_trust_reader *r, const struct cn_json *at)
{
	struct cn_buf pointer;

	cn_buf_init(&pointer, 160);
	cn_json_pointer(at, &pointer);
	cn_error_at(r->err, "line %u, column %u%s%.*s", at->line, at->column,
	    pointer.len > 0 ? ", " : "", CN_FMT(cn_buf_slice(&pointer)));
	cn_buf_free(&pointer);
}

enum cn_code
cn_trust_fault(
    struct cn_trust_reader *r, const struct cn_json *at, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	cn_fail(r->err, CN_MALFORMED, "%s", text);
	cn_trust_place(r, at);
	return CN_MALFORMED;
}

enum cn_code
cn_trust_no_memory(struct cn_trust_reader *r)
{
	return cn_fail(r->err, CN_MEMORY, "no memory for the trust list");
}

enum cn_code
cn_trust_object(struct cn_trust_reader *r, const struct cn_json *at,
    const char *const *names, size_t count)
{
	const struct cn_json *member;
	const char *near;
	size_t i;

	if (at->type != CN_JSON_OBJECT)
		return cn_trust_fault(r, at, "an object is expected");
	for (member = at->first; member != NULL; member = member->next) {
		for (i = 0; i < count; i++)
			if (cn_slice_is(member->key, names[i]))
				break;
		if (i < count)
			continue;
		near = cn_nearest(member->key, names, count);
		return cn_trust_fault(r, member,
		    "unknown member \"%.*s\"%s%s%s",
		    CN_FMT(cn_slice_sub(member->key, 0, 60)),
		    near != NULL ? "; \"" : "", near != NULL ? near : "",
		    near != NULL ? "\" is meant, perhaps" : "");
	}
	return CN_OK;
}

enum cn_code
cn_trust_member(struct cn_trust_reader *r, const struct cn_json *at,
    const char *name, enum cn_json_type type, const struct cn_json **out)
{
	const char *what = type == CN_JSON_STRING ? "a text" : "a list";

	*out = cn_json_get(at, name);
	if (*out == NULL)
		return cn_trust_fault(r, at, "member \"%s\" is missing", name);
	if ((*out)->type != type)
		return cn_trust_fault(r, *out, "%s is expected", what);
	if (type == CN_JSON_ARRAY && (*out)->count == 0)
		return cn_trust_fault(r, *out, "the list is empty");
	return CN_OK;
}

bool
cn_trust_instant(struct cn_slice text, cn_instant *out)
{
	struct cn_date date;

	if (cn_instant_parse(text, out))
		return true;
	if (!cn_date_parse(text, &date))
		return false;
	*out = (cn_instant)cn_date_day(date) * CN_DAY_SECONDS;
	return true;
}
