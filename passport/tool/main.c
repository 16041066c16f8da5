/*
 * carnet COMMAND [OPTION…] FILE…
 */
#include "tool.h"

#include <string.h>
#include <unistd.h>

static enum cn_code
unknown_command(struct tool *tool, const char *name, struct cn_error *err)
{
	const char *near = tool_nearest(name);

	if (near != NULL)
		tool_hint(tool, "Did you mean carnet %s?", near);
	else
		tool_hint(tool, "See: carnet help");
	return cn_fail(err, CN_USAGE, "there is no command %.60s", name);
}

/* carnet help [COMMAND] */
static enum cn_code
run_help(struct tool *tool, const char *name, struct cn_error *err)
{
	const struct tool_command *command;

	if (name == NULL) {
		tool_help_overview(&tool->out);
		return CN_OK;
	}
	command = tool_find(name);
	if (command == NULL)
		return unknown_command(tool, name, err);
	tool_help_command(command, &tool->out);
	return CN_OK;
}

static enum cn_code
run_command(struct tool *tool, int argc, char **argv, struct cn_error *err)
{
	enum cn_code code;
	bool help;

	tool->command = tool_find(argv[0]);
	if (tool->command == NULL)
		return unknown_command(tool, argv[0], err);
	code = tool_parse(tool, argc - 1, argv + 1, &help, err);
	if (code == CN_OK && help)
		tool_help_command(tool->command, &tool->out);
	else if (code == CN_OK)
		code = tool->command->run(tool, err);
	return code;
}

static enum cn_code
dispatch(struct tool *tool, int argc, char **argv, struct cn_error *err)
{
	const char *word = argc > 1 ? argv[1] : NULL;

	if (word == NULL) {
		tool_hint(tool, "See: carnet help");
		return cn_fail(err, CN_USAGE, "a command is missing");
	}
	if (strcmp(word, "--version") == 0) {
		cn_buf_str(&tool->out, "carnet " CARNET_VERSION "\n");
		return CN_OK;
	}
	if (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 ||
	    strcmp(word, "-h") == 0)
		return run_help(tool, argc > 2 ? argv[2] : NULL, err);
	return run_command(tool, argc - 1, argv + 1, err);
}

int
main(int argc, char **argv)
{
	struct cn_error err = { 0 }, late = { 0 };
	struct tool tool = { .now = cn_clock_now() };
	enum cn_code code;

	tool.paint = tool_may_paint(STDOUT_FILENO);
	tool.paint_err = tool_may_paint(STDERR_FILENO);
	cn_buf_init(&tool.out, TOOL_MAX_OUTPUT);
	tool.arena = cn_arena_new(TOOL_MAX_ARENA);
	code = tool.arena == NULL ? cn_fail(&err, CN_MEMORY, "memory ran out")
				  : dispatch(&tool, argc, argv, &err);
	if (tool_flush(&tool, &err, &late) != CN_OK) {
		tool.hint[0] = '\0';
		tool_fail(&tool, &late);
		code = code == CN_OK ? late.code : code;
	} else if (code != CN_OK) {
		tool_fail(&tool, &err);
	}
	cn_arena_free(tool.arena);
	cn_buf_free(&tool.out);
	return cn_code_status(code);
}
