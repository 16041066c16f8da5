/*
 * Help: examples first, then usage, then every option.
 */
#include "tool.h"

#include <string.h>

#define OPTION_COLUMN 24

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

static void
put_options(const struct tool_command *command, struct cn_buf *out)
{
	for (size_t i = 0; i < command->option_count; i++) {
		const struct tool_option *o = &command->options[i];
		char name[64];

		if (o->letter != 0)
			(void)snprintf(
			    name, sizeof(name), "-%c %s", o->letter, o->value);
		else
			(void)snprintf(name, sizeof(name), "--%s%s%s", o->name,
			    o->value != NULL ? " " : "",
			    o->value != NULL ? o->value : "");
		if (strlen(name) > OPTION_COLUMN)
			cn_buf_printf(
			    out, "  %s\n  %-*s", name, OPTION_COLUMN, "");
		else
			cn_buf_printf(out, "  %-*s", OPTION_COLUMN, name);
		cn_buf_printf(out, "  %s", o->help);
		for (size_t c = 0; o->choices != NULL && o->choices[c] != NULL;
		     c++)
			cn_buf_printf(
			    out, "%s%s", c == 0 ? ": " : ", ", o->choices[c]);
		cn_buf_byte(out, '\n');
	}
}

void
tool_help_command(const struct tool_command *command, struct cn_buf *out)
{
	cn_buf_printf(
	    out, "carnet %s: %s\n\n", command->name, command->summary);
	cn_buf_str(out, "Examples\n");
	for (size_t i = 0; i < command->example_count; i++)
		cn_buf_printf(out, "  carnet %s\n      %s\n",
		    command->examples[i].line, command->examples[i].what);
	cn_buf_printf(
	    out, "\nUsage\n  carnet %s %s\n", command->name, command->synopsis);
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
