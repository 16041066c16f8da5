/* The only file of the tool that looks into the environment. */
#include "tool.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
tool_may_paint(int fd)
{
	const char *no = getenv("NO_COLOR"); /* no-color.org: if not empty */
	const char *term = getenv("TERM");

	return isatty(fd) == 1 && (no == NULL || *no == '\0') &&
	       (term == NULL || strcmp(term, "dumb") != 0);
}

const char *
tool_credentials(void)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");

	return dir != NULL && *dir == '/' ? dir : NULL;
}
