/*
 * The one speaker of the tool: rows, colours, notes, failures, findings.
 * Results are gathered and written at the end, so that a command that fails
 * half-way has not printed half a result.
 */
#include "tool.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define NAME_COLUMN 14

static const char *const colours[] = { "", "\033[1m", "\033[2m", "\033[32m",
	"\033[31m", "\033[33m" };

/* Texts of strangers must not steer the terminal: C0, DEL, and C1, which in
 * UTF-8 is C2 80 to C2 9F; nor forge a line of ours. Overrides of the writing
 * direction could make a text look like another one: U+202A..202E,
 * U+2066..2069. */
static void
disarm(char *text)
{
	uint8_t *at = (uint8_t *)text;

	for (; *at != 0; at++) {
		if (*at == '\n' || *at == '\r' || *at == '\t')
			*at = ' ';
		if (*at < 0x20 || *at == 0x7f)
			*at = '?';
		if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
			at[0] = at[1] = '?';
		if (at[0] == 0xe2 &&
		    ((at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) ||
			(at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9)))
			at[0] = at[1] = at[2] = '?';
	}
}

static void put_text(struct cn_buf *out, const char *fmt, va_list ap)
    CN_PRINTF(2, 0);

static void
put_text(struct cn_buf *out, const char *fmt, va_list ap)
{
	char small[1024], *text = small;
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(small, sizeof(small), fmt, ap);
	if (len >= (int)sizeof(small)) {
		text = malloc((size_t)len + 1);
		if (text == NULL)
			out->code = out->code == CN_OK ? CN_MEMORY : out->code;
		else
			(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	}
	va_end(again);
	if (text == NULL || len < 0)
		return;
	disarm(text);
	cn_buf_str(out, text);
	if (text != small)
		free(text);
}

void
tool_paint(struct tool *tool, enum tool_colour colour, const char *fmt, ...)
{
	bool paint = tool->paint && colour != TOOL_PLAIN;
	va_list ap;

	if (paint)
		cn_buf_str(&tool->out, colours[colour]);
	va_start(ap, fmt);
	put_text(&tool->out, fmt, ap);
	va_end(ap);
	if (paint)
		cn_buf_str(&tool->out, "\033[0m");
}

void
tool_end(struct tool *tool)
{
	cn_buf_byte(&tool->out, '\n');
}

void
tool_row(struct tool *tool, const char *name, const char *fmt, ...)
{
	va_list ap;

	tool_paint(tool, TOOL_DIM, "  %-*s", NAME_COLUMN, name);
	va_start(ap, fmt);
	put_text(&tool->out, fmt, ap);
	va_end(ap);
	tool_end(tool);
}

void
tool_row_digest(
    struct tool *tool, const char *name, const uint8_t digest[CN_DIGEST])
{
	char hex[2 * CN_DIGEST + 1];

	cn_hex(cn_slice_of(digest, CN_DIGEST), hex);
	tool_row(tool, name, "%s", hex);
}

void
tool_row_version(struct tool *tool, uint64_t version, cn_instant iat)
{
	char at[21];

	cn_instant_print(iat, at);
	tool_row(tool, "version", "%" PRIu64 ", signed %s", version, at);
}

/* "5 years 1 month", "3 days" */
static void
print_span(char out[64], struct cn_date from, struct cn_date to)
{
	int months = (to.year - from.year) * 12 + to.month - from.month;
	int days = cn_date_day(to) - cn_date_day(from) + 1;

	if (cn_date_day(cn_date_add_months(from, months)) > cn_date_day(to))
		months--;
	if (months < 1)
		(void)snprintf(out, 64, "%d day%s", days, days == 1 ? "" : "s");
	else if (months < 12)
		(void)snprintf(
		    out, 64, "%d month%s", months, months == 1 ? "" : "s");
	else if (months % 12 == 0)
		(void)snprintf(out, 64, "%d year%s", months / 12,
		    months / 12 == 1 ? "" : "s");
	else
		(void)snprintf(out, 64, "%d year%s %d month%s", months / 12,
		    months / 12 == 1 ? "" : "s", months % 12,
		    months % 12 == 1 ? "" : "s");
}

void
tool_row_support(struct tool *tool, struct cn_slice month)
{
	cn_day today = cn_instant_day(tool->now);
	struct cn_date end;
	char span[64];

	if (!cn_month_parse(month, &end)) {
		tool_row(tool, "support", "not stated");
		return;
	}
	if (cn_date_day(end) < today) {
		tool_row(tool, "support", "security updates ended with %.*s",
		    CN_FMT(month));
		return;
	}
	print_span(span, cn_day_date(today), end);
	tool_row(tool, "support", "security updates until %.*s (%s left)",
	    CN_FMT(month), span);
}

/* ---- standard error ------------------------------------------------------------- */

static void
say(const struct tool *tool, enum tool_colour colour, const char *word,
    const char *text)
{
	bool paint = tool->paint_err && colour != TOOL_PLAIN;

	fprintf(stderr, "carnet: %s%s%s%s\n", paint ? colours[colour] : "",
	    word, paint ? "\033[0m" : "", text);
}

void
tool_note(const struct tool *tool, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	disarm(text);
	say(tool, TOOL_WARN, "note: ", text);
}

void
tool_hint(struct tool *tool, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(tool->hint, sizeof(tool->hint), fmt, ap);
	va_end(ap);
}

/* What can be done about a failure, where the command said nothing better. */
static const char *
usual_hint(enum cn_code code)
{
	switch (code) {
	case CN_NOT_TRUSTED:
		return "Only keys of the list given with --trust are believed; "
		       "carnet keygen adds one.";
	case CN_WRONG_USE:
		return "A trust list gives each key its \"use\": passport, "
		       "capsule, or both.";
	case CN_PASSPHRASE:
		return "Type it, or use --passphrase-fd N; never as an "
		       "argument.";
	case CN_REVOKED:
		return "Whatever a stolen key signed proves nothing any more: "
		       "do not rely on it.";
	case CN_ROLLED_BACK:
		return "Somebody may be hiding a newer version: ask the maker.";
	case CN_NO_SYMBOL:
		return "Try a sharper picture, straight from above, with the "
		       "white border around the symbol.";
	default:
		return NULL;
	}
}

static void
fail_document(struct tool *tool, const struct cn_error *err)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_jw_key(&w, "error");
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "code", cn_code_name(err->code));
	cn_jw_kv_str(&w, "place", err->place);
	cn_jw_kv_str(&w, "message",
	    err->text[0] != '\0' ? err->text : cn_code_text(err->code));
	cn_jw_object_end(&w);
	cn_jw_object_end(&w);
}

void
tool_fail(const struct tool *tool, const struct cn_error *err)
{
	char text[sizeof(err->place) + sizeof(err->text) + 4];
	const char *hint = tool->hint[0] != '\0' ? tool->hint
						 : usual_hint(err->code);
	const char *sentence = err->text[0] != '\0' ? err->text
						    : cn_code_text(err->code);

	(void)snprintf(text, sizeof(text), "%s%s%s", err->place,
	    err->place[0] != '\0' ? ": " : "", sentence);
	disarm(text);
	say(tool, TOOL_PLAIN, "", text);
	if (hint != NULL)
		fprintf(stderr, "  %s\n", hint);
	else if (err->code == CN_USAGE && tool->command != NULL)
		fprintf(stderr, "  See: carnet help %s\n", tool->command->name);
}

enum cn_code
tool_flush(
    struct tool *tool, const struct cn_error *failed, struct cn_error *err)
{
	enum cn_code code;

	if (failed->code != CN_OK && tool->json && tool->out.len == 0)
		fail_document(tool, failed);
	code = cn_buf_code(&tool->out, err);
	if (code != CN_OK || tool->out.len == 0)
		return code;
	if (!tool->aside)
		return cn_file_write("-", cn_buf_slice(&tool->out), 0, err);
	(void)fwrite(tool->out.ptr, 1, tool->out.len, stderr);
	return CN_OK;
}
