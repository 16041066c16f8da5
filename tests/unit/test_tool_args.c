/* tool/: the reader of options. */
#include "../../passport/tool/tool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { KEY, OUTPUT, FORCE, KEEP, VEX, FORMAT };

static const char *const tiers[] = { "public", "authority", NULL };

static const struct tool_option options[] = {
	[KEY] = { .name = "key", .value = "K", .help = "a key" },
	[OUTPUT] = { .name = "output",
	    .letter = 'o',
	    .value = "F",
	    .help = "a file" },
	[FORCE] = { .name = "force", .help = "a flag" },
	[KEEP] = { .name = "keep",
	    .value = "TIER",
	    .many = true,
	    .choices = tiers,
	    .help = "tiers" },
	[VEX] = { .name = "vex", .value = "F", .many = true, .help = "files" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_command command = {
	.name = "try",
	.synopsis = "FILE",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
};

struct fixture {
	struct tool tool;
	struct cn_error err;
	bool help;
};

static int
setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	f.tool.command = &command;
	f.tool.arena = cn_arena_new(1 << 20);
	*state = &f;
	return f.tool.arena == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	cn_arena_free(f->tool.arena);
	return 0;
}

#define PARSE(f, ...) parse(f, (const char *[]){ __VA_ARGS__, NULL })

static enum cn_code
parse(struct fixture *f, const char **words)
{
	char *argv[32];
	int argc = 0;

	/* argv is not written to, but main() has no const. */
	for (; words[argc] != NULL; argc++)
		memcpy(&argv[argc], &words[argc], sizeof(char *));
	cn_error_clear(&f->err);
	f->tool.hint[0] = '\0';
	return tool_parse(&f->tool, argc, argv, &f->help, &f->err);
}

static void
options_stand_anywhere(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    PARSE(f, "--key", "k.pem", "a.json", "-o", "out", "--force"),
	    CN_OK);
	assert_string_equal(tool_opt(&f->tool, KEY), "k.pem");
	assert_string_equal(tool_opt(&f->tool, OUTPUT), "out");
	assert_true(tool_has(&f->tool, FORCE));
	assert_null(tool_opt(&f->tool, VEX));
	assert_int_equal(f->tool.operand_count, 1);
	assert_string_equal(f->tool.operands[0], "a.json");
}

static void
a_value_may_follow_an_equals_sign(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(PARSE(f, "--key=--odd=name", "--output=", "a"), CN_OK);
	assert_string_equal(tool_opt(&f->tool, KEY), "--odd=name");
	assert_string_equal(tool_opt(&f->tool, OUTPUT), "");
}

static void
two_dashes_end_options(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(PARSE(f, "--", "--key"), CN_OK);
	assert_string_equal(f->tool.operands[0], "--key");
}

static void
a_dash_is_a_file(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(PARSE(f, "-", "-o", "-"), CN_OK);
	assert_string_equal(f->tool.operands[0], "-");
	assert_string_equal(tool_opt(&f->tool, OUTPUT), "-");
}

static void
words_behind_a_list_belong_to_it(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    PARSE(f, "--keep", "public", "authority", "x.dpp"), CN_OK);
	assert_string_equal(f->tool.operands[0], "x.dpp");
	assert_string_equal(f->tool.values[KEEP]->next->text, "authority");
	assert_null(f->tool.values[KEEP]->next->next);
}

static void
surplus_words_belong_to_a_list(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    PARSE(f, "x", "--vex", "a", "b", "--force", "--vex", "c"), CN_OK);
	assert_string_equal(f->tool.values[VEX]->text, "a");
	assert_string_equal(f->tool.values[VEX]->next->text, "b");
	assert_string_equal(f->tool.values[VEX]->next->next->text, "c");
}

static void
refused(
    struct fixture *f, enum cn_code code, const char *text, const char *hint)
{
	assert_int_equal(code, CN_USAGE);
	assert_string_equal(f->err.place, "try");
	assert_non_null(strstr(f->err.text, text));
	assert_string_equal(f->tool.hint, hint);
}

static void
an_unknown_option_names_the_nearest(void **state)
{
	struct fixture *f = *state;

	refused(f, PARSE(f, "a", "--outptu=x"), "no option --outptu",
	    "Did you mean --output?");
	refused(f, PARSE(f, "a", "-x"), "no option -x", "");
	refused(f, PARSE(f, "a", "-oout"), "no option -oout", "");
	refused(f, PARSE(f, "a", "--ke", "k"), "no option --ke",
	    "Did you mean --key?");
}

static void
a_missing_value_swallows_nothing(void **state)
{
	struct fixture *f = *state;

	refused(f, PARSE(f, "a", "--key"), "needs a value", "");
	refused(f, PARSE(f, "a", "--key", "--force"), "needs a value", "");
	refused(f, PARSE(f, "a", "--force=yes"), "takes no value", "");
}

static void
nothing_is_given_twice(void **state)
{
	struct fixture *f = *state;

	refused(
	    f, PARSE(f, "a", "-o", "x", "--output", "y"), "given twice", "");
}

static void
a_choice_names_the_choices(void **state)
{
	struct fixture *f = *state;

	refused(f, PARSE(f, "a", "--keep", "autority"),
	    "is one of public, authority", "Did you mean authority?");
}

static void
arguments_are_counted(void **state)
{
	struct fixture *f = *state;

	refused(f, PARSE(f, "a", "b"), "one argument too many", "");
	refused(f, PARSE(f, "--force"), "an argument is missing", "");
}

static void
help_stops_everything(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(PARSE(f, "a", "--help", "--wrong"), CN_OK);
	assert_true(f->help);
	assert_int_equal(PARSE(f, "-h"), CN_OK);
	assert_true(f->help);
}

static void
json_is_known_even_of_a_failure(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(PARSE(f, "a", "--format", "json", "b"), CN_USAGE);
	assert_true(f->tool.json);
}

static void
numbers_have_a_range(void **state)
{
	static const unsigned range[2] = { 1, 99 };
	struct fixture *f = *state;
	unsigned value = 7;

	assert_int_equal(PARSE(f, "a"), CN_OK);
	assert_int_equal(
	    tool_opt_uint(&f->tool, KEY, range, &value, &f->err), CN_OK);
	assert_int_equal(value, 7);
	assert_int_equal(PARSE(f, "a", "--key", "99"), CN_OK);
	assert_int_equal(
	    tool_opt_uint(&f->tool, KEY, range, &value, &f->err), CN_OK);
	assert_int_equal(value, 99);
	for (size_t i = 0; i < 5; i++) {
		static const char *const bad[] = { "0", "100", "-1", "1.5",
			"0x10" };

		f->tool.values[KEY]->text = bad[i];
		assert_int_equal(
		    tool_opt_uint(&f->tool, KEY, range, &value, &f->err),
		    CN_USAGE);
		assert_int_equal(value, 99);
	}
}

static void
days_exist(void **state)
{
	struct fixture *f = *state;
	cn_day day;

	f->tool.now = (cn_instant)CN_DAY_SECONDS * 10 + 5;
	assert_int_equal(PARSE(f, "a"), CN_OK);
	assert_int_equal(tool_opt_day(&f->tool, KEY, &day, &f->err), CN_OK);
	assert_int_equal(day, 10);
	assert_int_equal(PARSE(f, "a", "--key", "1970-02-01"), CN_OK);
	assert_int_equal(tool_opt_day(&f->tool, KEY, &day, &f->err), CN_OK);
	assert_int_equal(day, 31);
	f->tool.values[KEY]->text = "1970-02-30";
	assert_int_equal(tool_opt_day(&f->tool, KEY, &day, &f->err), CN_USAGE);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(options_stand_anywhere),
		TEST(a_value_may_follow_an_equals_sign),
		TEST(two_dashes_end_options),
		TEST(a_dash_is_a_file),
		TEST(words_behind_a_list_belong_to_it),
		TEST(surplus_words_belong_to_a_list),
		TEST(an_unknown_option_names_the_nearest),
		TEST(a_missing_value_swallows_nothing),
		TEST(nothing_is_given_twice),
		TEST(a_choice_names_the_choices),
		TEST(arguments_are_counted),
		TEST(help_stops_everything),
		TEST(json_is_known_even_of_a_failure),
		TEST(numbers_have_a_range),
		TEST(days_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
