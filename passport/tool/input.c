/* Files that commands read. */
#include "tool.h"

#include <sys/stat.h>

enum cn_code
tool_read(struct tool *tool, const char *path, size_t max, struct cn_slice *out,
    struct cn_error *err)
{
	struct cn_buf buf;
	enum cn_code code;

	*out = CN_SLICE_NONE;
	cn_buf_init(&buf, max);
	code = cn_file_read(path, &buf, err);
	if (code == CN_OK) {
		*out = cn_arena_copy(tool->arena, cn_buf_slice(&buf));
		if (out->ptr == NULL)
			code = cn_fail(err, CN_MEMORY, "memory ran out");
	}
	cn_buf_free(&buf);
	return code;
}

enum cn_code
tool_read_passport(struct tool *tool, const char *path, struct cn_passport *out,
    struct cn_error *err)
{
	struct cn_slice bytes;
	enum cn_code code;

	code = tool_read(tool, path, CN_MAX_PASSPORT, &bytes, err);
	if (code != CN_OK)
		return code;
	code = cn_passport_parse(bytes, out, err);
	if (code != CN_OK)
		cn_error_at(err, "%s", path);
	return code;
}

enum cn_code
tool_not_same(struct tool *tool, const char *output, const char *input,
    struct cn_error *err)
{
	struct stat a, b;

	if (input == NULL || stat(output, &a) != 0 || stat(input, &b) != 0 ||
	    !S_ISREG(a.st_mode) || a.st_dev != b.st_dev || a.st_ino != b.st_ino)
		return CN_OK;
	tool_hint(tool, "Nothing was changed. Write to another name.");
	cn_error_at(err, "%s", output);
	return cn_fail(err, CN_USAGE, "this would overwrite an input");
}
