/*
 * Help: examples first, then usage, then every option.
 */
#include "tool.h"

#include <string.h>

#define OPTION_COLUMN 22
#define LINE_END 79

static const char exit_status[] =
    "Exit status\n"
    "  0  good\n"
    "  1  judged and found wanting: findings, signature, trust, consistency\n"
    "  2  wrong usage\n"
    "  3  the input is not what it should be, or its algorithm is unknown\n"
    "  4  the system failed: file, network, memory\n"
    "  5  signed by a revoked key, rolled back, or out of support\n";

void
tool_help_overview(struct cn_buf *out)
{
	cn_buf_str(out,
	    "carnet makes and verifies Digital Product Passports.\n\n"
	    "Try it\n"
	    "  carnet new sensor && cd sensor\n"
	    "  carnet check product.json\n"
	    "  carnet sign product.json --key keys/maker.pem -o sensor.dpp\n"
	    "  carnet verify sensor.dpp --trust trust.json\n\n"
	    "Commands\n");
	for (size_t i = 0; i < tool_command_count; i++)
		cn_buf_printf(out, "  %-10s %s\n", tool_commands[i]->name,
		    tool_commands[i]->summary);
	cn_buf_str(out,
	    "\ncarnet help COMMAND shows its examples and options; the manual "
	    "is carnet(1).\n\n");
	cn_buf_str(out, exit_status);
}

/* Length up to the next place where a line may be broken: before an option,
 * outside brackets. */
static size_t
piece(struct cn_slice text)
{
	int depth = 0;

	for (size_t i = 1; i < text.len; i++) {
		depth += (text.ptr[i - 1] == '[') - (text.ptr[i - 1] == ']');
		if (depth == 0 && text.ptr[i - 1] == ' ' &&
		    (text.ptr[i] == '[' || text.ptr[i] == '-'))
			return i;
	}
	return text.len;
}

/* A command line, broken before its options; `more` stands where it goes on, so
 * that an example can be copied into a shell. */
static void
put_line(const char *line, const char *more, struct cn_buf *out)
{
	struct cn_slice text = cn_slice_str(line);
	size_t column = strlen("  carnet");

	cn_buf_str(out, "  carnet");
	while (text.len > 0) {
		size_t len = piece(text);
		struct cn_slice part = cn_slice_sub(text, 0, len);

		if (part.ptr[part.len - 1] == ' ')
			part.len--;
		if (column + 1 + cn_utf8_length(part) > LINE_END - 2) {
			cn_buf_printf(out, "%s\n     ", more);
			column = 5;
		}
		cn_buf_printf(out, " %.*s", CN_FMT(part));
		column += 1 + cn_utf8_length(part);
		text = cn_slice_sub(text, len, text.len);
	}
	cn_buf_byte(out, '\n');
}

/* ": a, b, c", on a line of its own where the first one has no room. */
static void
put_choices(const struct tool_option *o, struct cn_buf *out)
{
	size_t column = 4 + OPTION_COLUMN + strlen(o->help);

	for (size_t c = 0; o->choices[c] != NULL; c++)
		column += 2 + strlen(o->choices[c]);
	if (column > LINE_END)
		cn_buf_printf(out, ":\n%*s", 4 + OPTION_COLUMN, "");
	else
		cn_buf_str(out, ": ");
	for (size_t c = 0; o->choices[c] != NULL; c++)
		cn_buf_printf(out, "%s%s", c == 0 ? "" : ", ", o->choices[c]);
}

static void
put_options(const struct tool_command *command, struct cn_buf *out)
{
	for (size_t i = 0; i < command->option_count; i++) {
		const struct tool_option *o = &command->options[i];
		const char letter[] = { '-', o->letter, ',', ' ', 0 };
		char name[64];

		(void)snprintf(name, sizeof(name), "%.*s--%s%s%s",
		    o->letter != 0 ? 4 : 0, letter, o->name,
		    o->value != NULL ? " " : "",
		    o->value != NULL ? o->value : "");
		cn_buf_printf(out, "  %-*s  %s", OPTION_COLUMN, name, o->help);
		if (o->choices != NULL)
			put_choices(o, out);
		cn_buf_byte(out, '\n');
	}
}

void
tool_help_command(const struct tool_command *command, struct cn_buf *out)
{
	char usage[512];

	cn_buf_printf(
	    out, "carnet %s: %s\n\n", command->name, command->summary);
	cn_buf_str(out, "Examples\n");
	for (size_t i = 0; i < command->example_count; i++) {
		put_line(command->examples[i].line, " \\", out);
		cn_buf_printf(out, "      # %s\n", command->examples[i].what);
	}
	cn_buf_str(out, "\nUsage\n");
	(void)snprintf(
	    usage, sizeof(usage), "%s %s", command->name, command->synopsis);
	put_line(usage, "", out);
	if (command->option_count > 0)
		cn_buf_str(out, "\nOptions\n");
	put_options(command, out);
	cn_buf_byte(out, '\n');
	cn_buf_str(out, exit_status);
}

const struct tool_command *
tool_find(const char *name)
{
	for (size_t i = 0; i < tool_command_count; i++)
		if (strcmp(tool_commands[i]->name, name) == 0)
			return tool_commands[i];
	return NULL;
}

const char *
tool_nearest(const char *name)
{
	const char *names[64];
	size_t count = 0;

	for (; count < tool_command_count && count < 64; count++)
		names[count] = tool_commands[count]->name;
	return cn_nearest(cn_slice_str(name), names, count);
}
