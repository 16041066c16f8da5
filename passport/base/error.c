#define CN_ERROR_C /* the home of cn_fail() */
#include <carnet/bytes.h>
#include <carnet/error.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct row {
	const char *name;
	int status;
	const char *text;
};

static const struct row rows[CN_CODE_COUNT] = {
#define CN_ERROR(symbol, name, status, text) { name, status, text },
#include <carnet/errors.def>
#undef CN_ERROR
};

static const struct row *
row_of(enum cn_code code)
{
	size_t i = (size_t)code;

	return i < CN_CODE_COUNT ? &rows[i] : &rows[CN_FOREIGN];
}

const char *
cn_code_name(enum cn_code code)
{
	return row_of(code)->name;
}

const char *
cn_code_text(enum cn_code code)
{
	return row_of(code)->text;
}

int
cn_code_status(enum cn_code code)
{
	return row_of(code)->status;
}

/* Text that was cut in the middle of a character loses that character. */
static void
trim_to_utf8(char *text)
{
	size_t bad;

	if (!cn_utf8_ok(cn_slice_str(text), &bad) &&
	    strlen(text) - bad < 4) /* only a cut, not foreign bytes */
		text[bad] = '\0';
}

enum cn_code
cn_fail(struct cn_error *err, enum cn_code code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	err->code = code;
	va_start(ap, fmt);
	(void)vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	trim_to_utf8(err->text);
	return code;
}

void
cn_error_at(struct cn_error *err, const char *fmt, ...)
{
	char outer[CN_ERROR_PLACE], inner[CN_ERROR_PLACE];
	va_list ap;

	if (err == NULL)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(outer, sizeof(outer), fmt, ap);
	va_end(ap);
	memcpy(inner, err->place, sizeof(inner));
	if (inner[0] == '\0')
		(void)snprintf(err->place, sizeof(err->place), "%s", outer);
	else
		(void)snprintf(err->place, sizeof(err->place), "%.120s: %.120s",
		    outer, inner);
	trim_to_utf8(err->place);
}

void
cn_error_clear(struct cn_error *err)
{
	if (err == NULL)
		return;
	err->code = CN_OK;
	err->place[0] = '\0';
	err->text[0] = '\0';
}
