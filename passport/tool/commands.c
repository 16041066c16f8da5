#include "tool.h"

/* In the order in which one needs them. */
const struct tool_command *const tool_commands[] = {
	&tool_new,
	&tool_keygen,
	&tool_check,
	&tool_verdict,
	&tool_sbom,
	&tool_vex,
	&tool_sign,
	&tool_show,
	&tool_diff,
	&tool_redact,
	&tool_label,
	&tool_publish,
	&tool_scan,
	&tool_verify,
	&tool_link,
	&tool_schema,
};

const size_t tool_command_count = sizeof(tool_commands) /
				  sizeof(tool_commands[0]);

const char *const tool_text_json[] = { "text", "json", NULL };
