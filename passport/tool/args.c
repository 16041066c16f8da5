/*
 * A strict reader of options: they may stand anywhere, as "--name value" or
 * "--name=value"; "--" ends them; "-" is an operand or a value. Nothing is
 * abbreviated, so that a script never changes its meaning.
 */
#include "tool.h"

#include <string.h>

struct parse {
	struct tool *tool;
	char *const *argv;
	int argc, at;
	bool ended; /* "--" was seen */
	size_t eager; /* row of the option that takes surplus words, or
			   TOOL_MAX_OPTIONS */
	struct cn_error *err;
};

static enum cn_code
wrong(struct parse *p, const char *option, const char *what)
{
	cn_error_at(p->err, "%s", p->tool->command->name);
	return cn_fail(p->err, CN_USAGE, "%s %s", option, what);
}

static size_t
row_by_name(const struct tool_command *command, struct cn_slice name)
{
	for (size_t i = 0; i < command->option_count; i++)
		if (cn_slice_is(name, command->options[i].name))
			return i;
	return TOOL_MAX_OPTIONS;
}

static size_t
row_by_letter(const struct tool_command *command, const char *arg)
{
	for (size_t i = 0; i < command->option_count; i++)
		if (command->options[i].letter != 0 &&
		    command->options[i].letter == arg[1] && arg[2] == '\0')
			return i;
	return TOOL_MAX_OPTIONS;
}

static enum cn_code
unknown_option(struct parse *p, const char *arg)
{
	const struct tool_command *command = p->tool->command;
	const char *names[TOOL_MAX_OPTIONS + 1];
	struct cn_slice name = cn_slice_str(arg);
	const char *near;

	while (name.len > 0 && name.ptr[0] == '-')
		name = cn_slice_sub(name, 1, name.len);
	name.len = cn_slice_find(name, '=');
	for (size_t i = 0; i < command->option_count; i++)
		names[i] = command->options[i].name;
	names[command->option_count] = "help";
	near = cn_nearest(name, names, command->option_count + 1);
	if (near != NULL)
		tool_hint(p->tool, "Did you mean --%s?", near);
	cn_error_at(p->err, "%s", command->name);
	return cn_fail(p->err, CN_USAGE, "there is no option %s", arg);
}

static bool
is_choice(const char *const *choices, const char *text)
{
	for (size_t i = 0; choices != NULL && choices[i] != NULL; i++)
		if (strcmp(choices[i], text) == 0)
			return true;
	return false;
}

static enum cn_code
bad_choice(struct parse *p, const struct tool_option *option, const char *text)
{
	char list[256] = "";
	size_t count = 0;
	const char *near;

	for (; option->choices[count] != NULL; count++) {
		size_t len = strlen(list);

		(void)snprintf(list + len, sizeof(list) - len, "%s%s",
		    count > 0 ? ", " : "", option->choices[count]);
	}
	near = cn_nearest(cn_slice_str(text), option->choices, count);
	if (near != NULL)
		tool_hint(p->tool, "Did you mean %s?", near);
	cn_error_at(p->err, "%s", p->tool->command->name);
	return cn_fail(p->err, CN_USAGE, "--%s is one of %s, not \"%.60s\"",
	    option->name, list, text);
}

static enum cn_code
add_value(struct parse *p, size_t row, const char *text)
{
	const struct tool_option *option = &p->tool->command->options[row];
	struct tool_value **end = &p->tool->values[row];

	if (option->choices != NULL && !is_choice(option->choices, text))
		return bad_choice(p, option, text);
	while (*end != NULL)
		end = &(*end)->next;
	*end = cn_arena_alloc(p->tool->arena, 1, sizeof(**end));
	if (*end == NULL)
		return cn_fail(p->err, CN_MEMORY, "too many arguments");
	(*end)->text = text;
	return CN_OK;
}

/* "--name", "--name=value" or "-o"; the value may be the next argument. */
static enum cn_code
take_option(struct parse *p, const char *arg)
{
	const struct tool_command *command = p->tool->command;
	bool is_long = arg[1] == '-';
	const char *equals = is_long ? strchr(arg, '=') : NULL;
	size_t row = row_by_letter(command, arg);
	const char *value;

	if (is_long)
		row = row_by_name(command,
		    cn_slice_of(arg + 2, equals == NULL
					     ? strlen(arg + 2)
					     : (size_t)(equals - arg) - 2));
	if (row == TOOL_MAX_OPTIONS)
		return unknown_option(p, arg);
	if (p->tool->values[row] != NULL && !command->options[row].many)
		return wrong(p, arg, "was given twice");
	if (command->options[row].value == NULL)
		return equals != NULL ? wrong(p, arg, "takes no value")
				      : add_value(p, row, "");
	value = equals != NULL    ? equals + 1
		: p->at < p->argc ? p->argv[p->at]
				  : NULL;
	/* A forgotten value must not swallow the option behind it. */
	if (value == NULL || (equals == NULL && strncmp(value, "--", 2) == 0))
		return wrong(p, arg, "needs a value behind it");
	if (equals == NULL)
		p->at++;
	if (command->options[row].many)
		p->eager = row;
	return add_value(p, row, value);
}

/* Words behind "--keep TIER" that are tiers too, or that are more than the
 * command has operands, belong to that option. */
static bool
belongs_to_option(const struct parse *p, const char *arg)
{
	const struct tool_command *command = p->tool->command;
	const struct tool_option *option;

	if (p->eager == TOOL_MAX_OPTIONS || p->ended)
		return false;
	option = &command->options[p->eager];
	if (option->choices != NULL)
		return is_choice(option->choices, arg);
	return p->tool->operand_count >= command->most;
}

static enum cn_code
take_word(struct parse *p, const char *arg)
{
	struct tool *tool = p->tool;

	if (belongs_to_option(p, arg))
		return add_value(p, p->eager, arg);
	p->eager = TOOL_MAX_OPTIONS;
	if (tool->operand_count >= tool->command->most) {
		cn_error_at(p->err, "%s", tool->command->name);
		return cn_fail(p->err, CN_USAGE,
		    "\"%.200s\" is one argument too many", arg);
	}
	tool->operands[tool->operand_count++] = arg;
	return CN_OK;
}

static enum cn_code
parse_all(struct parse *p, bool *help)
{
	enum cn_code code = CN_OK;

	while (code == CN_OK && p->at < p->argc) {
		const char *arg = p->argv[p->at++];

		if (p->ended || arg[0] != '-' || arg[1] == '\0') {
			code = take_word(p, arg);
		} else if (strcmp(arg, "--") == 0) {
			p->ended = true;
		} else if (strcmp(arg, "--help") == 0 ||
			   strcmp(arg, "-h") == 0) {
			*help = true;
			return CN_OK;
		} else {
			p->eager = TOOL_MAX_OPTIONS;
			code = take_option(p, arg);
		}
	}
	return code;
}

enum cn_code
tool_parse(struct tool *tool, int argc, char *const *argv, bool *help,
    struct cn_error *err)
{
	struct parse p = { .tool = tool,
		.argv = argv,
		.argc = argc,
		.eager = TOOL_MAX_OPTIONS,
		.err = err };
	enum cn_code code;
	size_t format;

	*help = false;
	memset(tool->values, 0, sizeof(tool->values));
	tool->operand_count = 0;
	tool->operands = cn_arena_alloc(
	    tool->arena, (size_t)argc + 1, sizeof(*tool->operands));
	if (tool->operands == NULL)
		return cn_fail(err, CN_MEMORY, "too many arguments");
	code = parse_all(&p, help);
	/* Known first of all: a failure is told in the form asked for. */
	format = row_by_name(tool->command, CN_SLICE("format"));
	if (format != TOOL_MAX_OPTIONS && tool->values[format] != NULL)
		tool->json = strcmp(tool->values[format]->text, "json") == 0;
	if (code != CN_OK || *help)
		return code;
	if (tool->operand_count < tool->command->least) {
		cn_error_at(err, "%s", tool->command->name);
		return cn_fail(err, CN_USAGE,
		    "%s is missing; write: carnet %s %s",
		    tool->operand_count == 0 ? "an argument"
					     : "another argument",
		    tool->command->name, tool->command->synopsis);
	}
	return CN_OK;
}

/* ---- what was given ---------------------------------------------------------- */

const char *
tool_opt(const struct tool *tool, size_t row)
{
	return tool->values[row] == NULL ? NULL : tool->values[row]->text;
}

const char *const *
tool_opt_list(const struct tool *tool, size_t row, size_t *count)
{
	const struct tool_value *v;
	const char **list;

	*count = 0;
	for (v = tool->values[row]; v != NULL; v = v->next)
		++*count;
	list = *count == 0 ? NULL
			   : cn_arena_alloc(tool->arena, *count, sizeof(*list));
	if (list == NULL) {
		*count = 0;
		return NULL;
	}
	*count = 0;
	for (v = tool->values[row]; v != NULL; v = v->next)
		list[(*count)++] = v->text;
	return list;
}

bool
tool_has(const struct tool *tool, size_t row)
{
	return tool->values[row] != NULL;
}

enum cn_code
tool_need(struct tool *tool, size_t row, const char **out, struct cn_error *err)
{
	const struct tool_option *option = &tool->command->options[row];

	*out = tool_opt(tool, row);
	if (*out != NULL && **out != '\0')
		return CN_OK;
	cn_error_at(err, "%s", tool->command->name);
	if (option->letter != 0)
		return cn_fail(err, CN_USAGE, "write also -%c %s: %s",
		    option->letter, option->value, option->help);
	return cn_fail(err, CN_USAGE, "write also --%s %s: %s", option->name,
	    option->value, option->help);
}

enum cn_code
tool_opt_uint(const struct tool *tool, size_t row, const unsigned range[2],
    unsigned *value, struct cn_error *err)
{
	const struct tool_option *option = &tool->command->options[row];
	const char *text = tool_opt(tool, row);
	uint64_t number = 0;

	if (text == NULL)
		return CN_OK;
	if (!cn_slice_uint(cn_slice_str(text), range[1], &number) ||
	    number < range[0]) {
		cn_error_at(err, "%s", tool->command->name);
		return cn_fail(err, CN_USAGE,
		    "--%s is a whole number from %u to %u, not \"%.40s\"",
		    option->name, range[0], range[1], text);
	}
	*value = (unsigned)number;
	return CN_OK;
}

enum cn_code
tool_opt_day(
    const struct tool *tool, size_t row, cn_day *out, struct cn_error *err)
{
	const char *text = tool_opt(tool, row);
	struct cn_date date;

	*out = cn_instant_day(tool->now);
	if (text == NULL)
		return CN_OK;
	if (!cn_date_parse(cn_slice_str(text), &date)) {
		cn_error_at(err, "%s", tool->command->name);
		return cn_fail(err, CN_USAGE,
		    "--%s is a date such as 2027-12-11, not \"%.40s\"",
		    tool->command->options[row].name, text);
	}
	*out = cn_date_day(date);
	return CN_OK;
}
