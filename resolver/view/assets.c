#include "assets.h"

#include <carnet/file.h>

#include <stdio.h>
#include <string.h>

#define ASSET_MAX (256u << 10)
#define ARENA_MAX (2u << 20)

/* In an order in which a script stands behind those that it imports. The last
 * is the one that a page starts. */
static const struct {
	const char *stem, *ending, *type;
	bool script;
} files[] = {
	{ "style", "css", "text/css; charset=utf-8", false },
	{ "icon", "svg", "image/svg+xml", false },
	{ "proof", "mjs", "text/javascript; charset=utf-8", true },
	{ "examine", "mjs", "text/javascript; charset=utf-8", true },
	{ "verify", "mjs", "text/javascript; charset=utf-8", true },
};
#define FILES (sizeof(files) / sizeof(files[0]))
enum { STYLE, ICON, FIRST_SCRIPT, VERIFY = FILES - 1 };

struct rs_assets {
	struct cn_arena *arena;
	struct rs_asset list[FILES];
	struct cn_slice href[FILES], sri[FILES];
	/* The scripts that are fetched ahead of the one that imports them. */
	struct rs_script_item ahead[VERIFY - FIRST_SCRIPT];
};

/* ---- names ---------------------------------------------------------------- */

static struct cn_slice
base64(struct cn_arena *arena, const uint8_t digest[CN_DIGEST])
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char text[4 * ((CN_DIGEST + 2) / 3) + 1];
	size_t n = 0;

	for (size_t i = 0; i < CN_DIGEST; i += 3) {
		uint32_t bits = (uint32_t)digest[i] << 16;
		if (i + 1 < CN_DIGEST)
			bits |= (uint32_t)digest[i + 1] << 8;
		if (i + 2 < CN_DIGEST)
			bits |= digest[i + 2];
		text[n++] = set[bits >> 18];
		text[n++] = set[bits >> 12 & 63];
		text[n++] = i + 1 < CN_DIGEST ? set[bits >> 6 & 63] : '=';
		text[n++] = i + 2 < CN_DIGEST ? set[bits & 63] : '=';
	}
	text[n] = '\0';
	return cn_arena_printf(arena, "sha256-%s", text);
}

static enum cn_code
name_asset(struct rs_assets *assets, size_t i, struct cn_error *err)
{
	uint8_t digest[CN_DIGEST];
	char hex[2 * CN_DIGEST + 1];
	struct rs_asset *asset = &assets->list[i];
	struct cn_slice name;
	enum cn_code code = cn_sha256(asset->bytes, digest, err);

	if (code != CN_OK)
		return code;
	cn_hex(cn_slice_of(digest, sizeof(digest)), hex);
	name = cn_arena_printf(
	    assets->arena, "%s.%.16s.%s", files[i].stem, hex, files[i].ending);
	assets->href[i] = cn_arena_printf(
	    assets->arena, "/assets/%.*s", CN_FMT(name));
	assets->sri[i] = base64(assets->arena, digest);
	if (name.ptr == NULL || assets->href[i].ptr == NULL ||
	    assets->sri[i].ptr == NULL)
		return cn_fail(err, CN_MEMORY, "no room for assets");
	asset->name = (const char *)name.ptr;
	asset->type = files[i].type;
	return CN_OK;
}

/* ---- bytes ----------------------------------------------------------------- */

/* The asset that a script imports as "./stem.mjs", or NULL. */
static const struct rs_asset *
imported(const struct rs_assets *assets, size_t before, struct cn_slice text,
    size_t *len)
{
	for (size_t i = FIRST_SCRIPT; i < before; i++) {
		char name[64];
		int n = snprintf(name, sizeof(name), "\"./%s.%s\"",
		    files[i].stem, files[i].ending);
		if (!cn_slice_starts(text, name))
			continue;
		*len = (size_t)n;
		return &assets->list[i];
	}
	return NULL;
}

static enum cn_code
put_script(const struct rs_assets *assets, size_t at, struct cn_slice text,
    struct cn_buf *out, struct cn_error *err)
{
	while (text.len > 0) {
		size_t quote = cn_slice_find(text, '"'), len = 1;
		struct cn_slice tail = cn_slice_sub(text, quote, SIZE_MAX);
		const struct rs_asset *asset = imported(assets, at, tail, &len);

		cn_buf_put(out, cn_slice_sub(text, 0, quote));
		if (asset != NULL)
			cn_buf_printf(out, "\"./%s\"", asset->name);
		else
			cn_buf_put(out, cn_slice_sub(tail, 0, len));
		text = cn_slice_sub(tail, len, SIZE_MAX);
	}
	return cn_buf_code(out, err);
}

static enum cn_code
read_asset(struct rs_assets *assets, size_t i, struct cn_error *err)
{
	struct cn_buf path, text, bytes;
	char name[64];
	enum cn_code code;

	cn_buf_init(&path, 4096);
	cn_buf_init(&text, ASSET_MAX);
	cn_buf_init(&bytes, 2 * ASSET_MAX);
	(void)snprintf(
	    name, sizeof(name), "page/%s.%s", files[i].stem, files[i].ending);
	code = cn_data_path(name, &path, err);
	if (code == CN_OK)
		code = cn_file_read((const char *)path.ptr, &text, err);
	if (code == CN_OK && files[i].script)
		code = put_script(assets, i, cn_buf_slice(&text), &bytes, err);
	if (code == CN_OK) {
		assets->list[i].bytes = cn_arena_copy(assets->arena,
		    cn_buf_slice(files[i].script ? &bytes : &text));
		if (assets->list[i].bytes.ptr == NULL)
			code = cn_fail(err, CN_MEMORY, "no room for assets");
	}
	cn_buf_free(&path);
	cn_buf_free(&text);
	cn_buf_free(&bytes);
	return code;
}

enum cn_code
rs_assets_open(struct rs_assets **out, struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(ARENA_MAX);
	struct rs_assets *assets =
	    arena == NULL ? NULL : cn_arena_alloc(arena, 1, sizeof(*assets));
	enum cn_code code = CN_OK;

	*out = NULL;
	if (assets == NULL) {
		cn_arena_free(arena);
		return cn_fail(err, CN_MEMORY, "no room for assets");
	}
	assets->arena = arena;
	for (size_t i = 0; i < FILES && code == CN_OK; i++) {
		code = read_asset(assets, i, err);
		if (code == CN_OK)
			code = name_asset(assets, i, err);
	}
	if (code != CN_OK) {
		rs_assets_free(assets);
		return code;
	}
	for (size_t i = FIRST_SCRIPT; i < VERIFY; i++)
		assets->ahead[i - FIRST_SCRIPT] =
		    (struct rs_script_item){ assets->href[i], assets->sri[i] };
	*out = assets;
	return CN_OK;
}

void
rs_assets_free(struct rs_assets *assets)
{
	if (assets != NULL)
		cn_arena_free(assets->arena);
}

const struct rs_asset *
rs_assets_find(const struct rs_assets *assets, struct cn_slice name)
{
	for (size_t i = 0; i < FILES; i++)
		if (cn_slice_is(name, assets->list[i].name))
			return &assets->list[i];
	return NULL;
}

void
rs_assets_head(const struct rs_assets *assets, struct rs_head *head)
{
	head->style_href = assets->href[STYLE];
	head->style_sri = assets->sri[STYLE];
	head->icon_href = assets->href[ICON];
	head->script_href = assets->href[VERIFY];
	head->script_sri = assets->sri[VERIFY];
	head->scripts = (struct rs_list){ assets->ahead,
		sizeof(assets->ahead) / sizeof(assets->ahead[0]) };
}
