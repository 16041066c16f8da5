/* tool/: the manual page tells of every command and option, and of no other. */
#include "../../passport/tool/tool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *page;

static int
setup(void **state)
{
	FILE *file = fopen(CARNET_MANUAL, "r");
	size_t len;

	(void)state;
	page = calloc(1, 1 << 20);
	if (file == NULL || page == NULL)
		return -1;
	len = fread(page, 1, (1 << 20) - 1, file);
	(void)fclose(file);
	return len > 0 ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	free(page);
	return 0;
}

/* The section of a command: from behind ".Ss NAME" to the next heading. */
static struct cn_slice
section(const char *name)
{
	char heading[64];
	const char *from, *to;

	(void)snprintf(heading, sizeof(heading), "\n.Ss %s\n", name);
	from = strstr(page, heading);
	if (from == NULL)
		return CN_SLICE_NONE;
	from += strlen(heading);
	for (to = from; *to != '\0'; to++)
		if (strncmp(to, "\n.Ss ", 5) == 0 ||
		    strncmp(to, "\n.Sh ", 5) == 0)
			break;
	return cn_slice_of(from, (size_t)(to - from));
}

static struct cn_slice
next_line(struct cn_slice *text)
{
	size_t end = cn_slice_find(*text, '\n');
	struct cn_slice line = cn_slice_sub(*text, 0, end);

	*text = cn_slice_sub(*text, end + 1, text->len);
	return line;
}

/* ".It Fl -NAME …" or ".It Fl o , Fl -output Ar …": the long name. */
static struct cn_slice
option_of(struct cn_slice line)
{
	for (size_t i = 0; i + 4 < line.len; i++) {
		struct cn_slice rest = cn_slice_sub(line, i, line.len);

		if (!cn_slice_starts(rest, "Fl -"))
			continue;
		rest = cn_slice_sub(rest, 4, rest.len);
		return cn_slice_sub(rest, 0, cn_slice_find(rest, ' '));
	}
	return CN_SLICE_NONE;
}

static const struct tool_option *
known(const struct tool_command *command, struct cn_slice name)
{
	for (size_t i = 0; i < command->option_count; i++)
		if (cn_slice_is(name, command->options[i].name))
			return &command->options[i];
	return NULL;
}

static bool
told(struct cn_slice text, const struct tool_option *option)
{
	while (text.len > 0) {
		struct cn_slice line = next_line(&text);
		char letter[16];

		if (!cn_slice_starts(line, ".It ") ||
		    !cn_slice_is(option_of(line), option->name))
			continue;
		(void)snprintf(
		    letter, sizeof(letter), ".It Fl %c , ", option->letter);
		return option->letter == 0 || cn_slice_starts(line, letter);
	}
	return false;
}

static void
every_command_and_option_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < tool_command_count; i++) {
		const struct tool_command *command = tool_commands[i];
		struct cn_slice text = section(command->name);

		if (text.len == 0)
			fail_msg("no section .Ss %s", command->name);
		for (size_t o = 0; o < command->option_count; o++)
			if (!told(text, &command->options[o]))
				fail_msg("%s: no .It Fl -%s", command->name,
				    command->options[o].name);
	}
}

static void
check_line(const struct tool_command *command, struct cn_slice line)
{
	struct cn_slice option = option_of(line);

	if (!cn_slice_starts(line, ".It Fl"))
		return;
	if (known(command, option) == NULL)
		fail_msg(
		    "%s has no option --%.*s", command->name, CN_FMT(option));
}

static void
nothing_else_is_told(void **state)
{
	struct cn_slice text = cn_slice_str(page);
	const struct tool_command *command = NULL;

	(void)state;
	while (text.len > 0) {
		struct cn_slice line = next_line(&text);
		char name[64] = "";

		if (cn_slice_starts(line, ".Sh "))
			command = NULL;
		if (cn_slice_starts(line, ".Ss ")) {
			(void)snprintf(name, sizeof(name), "%.*s",
			    CN_FMT(cn_slice_sub(line, 4, line.len)));
			command = tool_find(name);
			if (command == NULL)
				fail_msg("there is no command %s", name);
		}
		if (command != NULL)
			check_line(command, line);
	}
}

static void
tables_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < tool_command_count; i++) {
		const struct tool_command *command = tool_commands[i];

		assert_non_null(command->summary);
		assert_non_null(command->synopsis);
		assert_non_null(command->run);
		assert_in_range(command->example_count, 1, 9);
		assert_in_range(command->option_count, 0, TOOL_MAX_OPTIONS);
		assert_ptr_equal(tool_find(command->name), command);
		for (size_t e = 0; e < command->example_count; e++)
			assert_int_equal(
			    strncmp(command->examples[e].line, command->name,
				strlen(command->name)),
			    0);
		for (size_t o = 0; o < command->option_count; o++)
			assert_non_null(command->options[o].help);
	}
}

static void
help_shows_every_option(void **state)
{
	(void)state;
	for (size_t i = 0; i < tool_command_count; i++) {
		const struct tool_command *command = tool_commands[i];
		struct cn_buf help;

		cn_buf_init(&help, 1 << 16);
		tool_help_command(command, &help);
		cn_buf_byte(&help, 0);
		assert_int_equal(help.code, CN_OK);
		for (size_t o = 0; o < command->option_count; o++) {
			char name[64];

			(void)snprintf(name, sizeof(name), "--%s",
			    command->options[o].name);
			if (strstr((const char *)help.ptr, name) == NULL)
				fail_msg(
				    "%s: help lacks %s", command->name, name);
		}
		cn_buf_free(&help);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_and_option_is_told),
		cmocka_unit_test(nothing_else_is_told),
		cmocka_unit_test(tables_are_whole),
		cmocka_unit_test(help_shows_every_option),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
