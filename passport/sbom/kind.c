#include "kind.h"

#include "shape.h"

#include <string.h>

/* What the value of a member of the document says about its kind. */
static enum cn_code
judge(struct cn_slice name, const struct cn_json_token *value, bool *found,
    enum kind *kind, struct cn_error *err)
{
	bool text = value->event == CN_JSON_EV_VALUE &&
		    value->type == CN_JSON_STRING;

	*found = true;
	if (cn_slice_is(name, "bomFormat")) {
		*kind = KIND_CYCLONEDX;
		if (text && cn_slice_is(value->text, "CycloneDX"))
			return CN_OK;
		return cn_fail(
		    err, CN_UNSUPPORTED, "its bomFormat is not CycloneDX");
	}
	if (cn_slice_is(name, "spdxVersion")) {
		*kind = KIND_SPDX2;
		if (text && cn_slice_starts(value->text, "SPDX-2."))
			return CN_OK;
		return cn_fail(
		    err, CN_UNSUPPORTED, "its spdxVersion is not SPDX-2.x");
	}
	*found = false;
	return CN_OK;
}

static enum cn_code
find_member(
    struct cn_json_reader *reader, enum kind *kind, struct cn_error *err)
{
	struct cn_json_token t;
	bool found = false;
	char name[64];
	enum cn_code code = cn_json_next(reader, &t, err);

	if (code == CN_OK && t.event != CN_JSON_EV_OPEN)
		return cn_fail(err, CN_UNSUPPORTED, "not an SBOM");
	while (code == CN_OK && !found) {
		struct cn_slice key;

		code = cn_json_next(reader, &t, err);
		if (code != CN_OK)
			break;
		if (t.event != CN_JSON_EV_KEY)
			return cn_fail(
			    err, CN_UNSUPPORTED, "neither CycloneDX nor SPDX");
		key = cn_slice_sub(t.text, 0, sizeof(name));
		memcpy(name, key.ptr, key.len);
		key.ptr = (const uint8_t *)name;
		code = cn_json_next(reader, &t, err);
		if (code == CN_OK)
			code = judge(key, &t, &found, kind, err);
		if (code == CN_OK && !found && t.event == CN_JSON_EV_OPEN)
			code = cn_json_skip(reader, &t, err);
	}
	return code;
}

enum cn_code
kind_find(struct source *src, enum kind *kind, struct cn_error *err)
{
	struct cn_json_reader *reader;
	enum cn_code code = source_rewind(src, false, err);

	if (code != CN_OK)
		return code;
	reader = cn_json_reader_new(
	    source_fill, src, CN_SLICE_NONE, WALK_TOKEN, WALK_DEPTH);
	if (reader == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	code = find_member(reader, kind, err);
	cn_json_reader_free(reader);
	return code;
}
