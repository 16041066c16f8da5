/*
 * Templates, languages and assets are read once and never change.
 */
#include "pages.h"

#include <carnet/file.h>

#include <stdio.h>
#include <string.h>

#define TEMPLATE_MAX (256u << 10)
#define PAGES_ARENA (16u << 20)
#define PAGE_ARENA (16u << 20)

/* The languages of the Union; those whose file is there are served. */
static const char *const languages[RS_LANGUAGES] = { "en", "bg", "cs", "da",
	"de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
	"mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv" };

static const struct {
	const char *name;
	const struct rs_keys *keys;
} parts[RS_PARTS] = {
	[RS_PART_PASSPORT] = { "passport", &rs_page_keys },
	[RS_PART_HOME] = { "home", &rs_home_keys },
	[RS_PART_TROUBLE] = { "error", &rs_trouble_keys },
	[RS_PART_ROW] = { "row", &rs_row_keys },
	[RS_PART_VALUE] = { "value", &rs_value_keys },
	[RS_PART_WORDS] = { "words", &rs_page_keys },
	[RS_PART_TOP] = { "top", &rs_head_keys },
};

/* ---- opening ---------------------------------------------------------------- */

/* Reads share/carnet/NAME into buf. */
static enum cn_code
read_data(const char *name, struct cn_buf *buf, struct cn_error *err)
{
	struct cn_buf path;
	enum cn_code code;

	cn_buf_init(&path, 4096);
	code = cn_data_path(name, &path, err);
	if (code == CN_OK)
		code = cn_file_read((const char *)path.ptr, buf, err);
	cn_buf_free(&path);
	return code;
}

static enum cn_code
read_template(struct rs_pages *pages, size_t part, struct cn_error *err)
{
	struct cn_buf buf;
	char name[64];
	enum cn_code code;

	cn_buf_init(&buf, TEMPLATE_MAX);
	(void)snprintf(name, sizeof(name), "page/%s.html", parts[part].name);
	code = read_data(name, &buf, err);
	if (code == CN_OK) {
		pages->sources[part] = cn_arena_copy(
		    pages->arena, cn_buf_slice(&buf));
		if (pages->sources[part].ptr == NULL)
			code = cn_fail(err, CN_MEMORY, "no room for templates");
	}
	cn_buf_free(&buf);
	return code;
}

/* A language whose file is not there is left out. */
static enum cn_code
read_locale(struct rs_pages *pages, const char *lang, struct cn_error *err)
{
	struct cn_error own;
	struct cn_buf buf;
	char name[64];
	enum cn_code code;

	cn_error_clear(&own);
	cn_buf_init(&buf, CN_MAX_DESCRIPTOR);
	(void)snprintf(name, sizeof(name), "locale/%s.json", lang);
	code = read_data(name, &buf, &own);
	if (code == CN_OK)
		code = rs_locale_read(lang, cn_buf_slice(&buf),
		    &pages->locales[pages->locale_count], &own);
	cn_buf_free(&buf);
	if (code == CN_OK)
		pages->locale_count++;
	else if (code == CN_NOT_FOUND && pages->locale_count > 0)
		code = CN_OK;
	else if (err != NULL)
		*err = own;
	return code;
}

static enum cn_code
compile(struct rs_pages *pages, size_t at, struct cn_error *err)
{
	struct rs_part list[RS_PARTS];
	enum cn_code code;

	for (size_t i = 0; i < RS_PARTS; i++)
		list[i] = (struct rs_part){ parts[i].name, pages->sources[i],
			parts[i].keys, NULL };
	code = rs_templates_compile(
	    pages->arena, list, RS_PARTS, pages->locales[at], err);
	if (code != CN_OK)
		cn_error_at(
		    err, "%.*s", CN_FMT(rs_locale_lang(pages->locales[at])));
	for (size_t i = 0; i < RS_PARTS; i++)
		pages->templates[at][i] = list[i].compiled;
	return code;
}

static enum cn_code
open_all(struct rs_pages *pages, struct cn_error *err)
{
	enum cn_code code = rs_assets_open(&pages->assets, err);

	for (size_t i = 0; i < RS_PARTS && code == CN_OK; i++)
		code = read_template(pages, i, err);
	for (size_t i = 0; i < RS_LANGUAGES && code == CN_OK; i++)
		code = read_locale(pages, languages[i], err);
	for (size_t i = 0; i < pages->locale_count && code == CN_OK; i++)
		code = compile(pages, i, err);
	return code;
}

enum cn_code
rs_pages_open(struct rs_pages **out, struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(PAGES_ARENA);
	struct rs_pages *pages = arena == NULL
				     ? NULL
				     : cn_arena_alloc(arena, 1, sizeof(*pages));
	enum cn_code code;

	*out = NULL;
	if (pages == NULL) {
		cn_arena_free(arena);
		return cn_fail(err, CN_MEMORY, "no room for pages");
	}
	pages->arena = arena;
	code = open_all(pages, err);
	if (code == CN_OK)
		*out = pages;
	else
		rs_pages_free(pages);
	return code;
}

void
rs_pages_free(struct rs_pages *pages)
{
	if (pages == NULL)
		return;
	for (size_t i = 0; i < pages->locale_count; i++)
		rs_locale_free(pages->locales[i]);
	rs_assets_free(pages->assets);
	cn_arena_free(pages->arena);
}

/* ---- languages and assets -------------------------------------------------- */

static const struct rs_locale *
lookup(const struct rs_pages *pages, const struct cn_slice *langs, size_t count)
{
	const struct rs_locale *list[RS_LANGUAGES], *found;

	for (size_t i = 0; i < pages->locale_count; i++)
		list[i] = pages->locales[i];
	found = rs_locale_lookup(list, pages->locale_count, langs, count);
	return found == NULL ? pages->locales[0] : found;
}

struct cn_slice
rs_pages_language(
    const struct rs_pages *pages, const struct cn_slice *langs, size_t count)
{
	return rs_locale_lang(lookup(pages, langs, count));
}

const struct rs_asset *
rs_pages_asset(const struct rs_pages *pages, struct cn_slice name)
{
	return rs_assets_find(pages->assets, name);
}

/* ---- one page ----------------------------------------------------------------- */

enum cn_code
rs_making_begin(struct rs_making *m, const struct rs_pages *pages,
    struct cn_slice lang, struct cn_error *err)
{
	const struct rs_locale *locale = lookup(pages, &lang, 1);
	size_t at = 0;

	memset(m, 0, sizeof(*m));
	while (pages->locales[at] != locale)
		at++;
	m->pages = pages;
	m->templates = pages->templates[at];
	m->arena = cn_arena_new(PAGE_ARENA);
	if (m->arena == NULL)
		return cn_fail(err, CN_MEMORY, "no room for a page");
	m->head.lang = rs_locale_lang(locale);
	m->head.direction = rs_locale_direction(locale);
	rs_assets_head(pages->assets, &m->head);
	m->heads = (struct rs_list){ &m->head, 1 };
	m->pen = (struct rs_pen){ m->arena, locale, NULL, false };
	return CN_OK;
}

enum cn_code
rs_making_render(struct rs_making *m, enum rs_page_part part, const void *data,
    struct rs_prepared *out, struct cn_error *err)
{
	enum cn_code code;

	cn_buf_init(&out->html, RS_PAGE_MAX);
	out->marks.count = 0;
	if (m->pen.failed)
		return cn_fail(err, CN_MEMORY, "no room for a page");
	rs_template_render(m->templates[part], data, &out->html, &out->marks);
	code = cn_buf_code(&out->html, err);
	if (code != CN_OK)
		rs_prepared_free(out);
	return code;
}

void
rs_making_end(struct rs_making *m)
{
	cn_arena_free(m->arena);
}
