/* What a file is, told by its content, never by its name. */
#include "tool.h"

#include <carnet/symbol.h>

#include <string.h>

static const char png[] = "\x89PNG\r\n\x1a\n";

bool
tool_is_url(const char *what)
{
	return strncmp(what, "https://", 8) == 0 ||
	       strncmp(what, "http://", 7) == 0;
}

static struct cn_slice
trim(struct cn_slice text)
{
	while (
	    text.len > 0 && strchr(" \t\r\n", text.ptr[text.len - 1]) != NULL)
		text.len--;
	while (text.len > 0 && strchr(" \t\r\n", text.ptr[0]) != NULL)
		text = cn_slice_sub(text, 1, text.len);
	return text;
}

enum tool_kind
tool_tell(struct cn_slice bytes, struct cn_slice *text)
{
	struct cn_capsule capsule;

	*text = trim(bytes);
	if (cn_slice_starts(*text, "https://") ||
	    cn_slice_starts(*text, "http://"))
		return TOOL_TEXT;
	*text = CN_SLICE_NONE;
	if (cn_slice_starts(bytes, png) ||
	    cn_slice_starts(bytes, "\xff\xd8\xff"))
		return TOOL_PICTURE;
	/* Tag 18, COSE_Sign1 (RFC 9052 section 4.2), both of them. */
	if (bytes.len == 0 || bytes.ptr[0] != 0xd2)
		return TOOL_NOTHING;
	if (bytes.len <= CN_MAX_CAPSULE &&
	    cn_capsule_parse(bytes, &capsule, NULL) == CN_OK)
		return TOOL_CAPSULE;
	return TOOL_PASSPORT;
}

enum cn_code
tool_read_label(struct tool *tool, struct cn_slice bytes, struct cn_slice *text,
    struct cn_error *err)
{
	struct cn_picture picture = { 0 };
	struct cn_scanned *found = NULL;
	enum cn_code code;

	code = cn_picture_load(bytes, &picture, err);
	if (code == CN_OK)
		code = cn_picture_scan(&picture, tool->arena, &found, err);
	cn_picture_free(&picture);
	if (code != CN_OK)
		return code;
	if (found->next != NULL) {
		tool_hint(tool, "carnet scan --trust T judges each of them.");
		return cn_fail(
		    err, CN_USAGE, "there are several symbols in the picture");
	}
	*text = found->text;
	if (!cn_slice_starts(*text, "https://") &&
	    !cn_slice_starts(*text, "http://"))
		return cn_fail(err, CN_MALFORMED,
		    "the symbol is no product label; it says \"%.100s\"",
		    (const char *)text->ptr);
	return CN_OK;
}
