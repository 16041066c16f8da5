/*
 * Finding symbols in a picture. The one place that knows ZBar.
 *
 * ZBar finds a symbol at any angle, but wants edges: modules of some pixels, a
 * fair contrast, little blur. So a picture is tried as it is and in its other
 * size; where that finds nothing, after treatment (treat.h).
 */
#include "treat.h"

#include <carnet/symbol.h>

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

/* Symbols listed of one picture. */
#define MOST_SYMBOLS 1000

struct search {
	zbar_image_scanner_t *scanner;
	struct cn_arena *arena; /* or NULL: only `want` is looked for */
	struct cn_slice want;
	struct cn_scanned *list;
	size_t count;
	bool found; /* `want`, or with an arena: anything */
	enum cn_code code;
};

/* ---- ZBar -------------------------------------------------------------------- */

static zbar_image_t *
wrap(const struct cn_picture *picture)
{
	zbar_image_t *image = zbar_image_create();

	if (image == NULL)
		return NULL;
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, picture->width, picture->height);
	zbar_image_set_data(image, picture->grey,
	    (unsigned long)picture->width * picture->height, NULL);
	return image;
}

static zbar_image_scanner_t *
scanner_new(const zbar_symbol_type_t *kinds, size_t count)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();

	if (scanner == NULL)
		return NULL;
	/* What was scanned is nobody else's business. */
	(void)zbar_image_scanner_request_dbus(scanner, 0);
	(void)zbar_image_scanner_set_config(
	    scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	for (size_t i = 0; i < count; i++)
		(void)zbar_image_scanner_set_config(
		    scanner, kinds[i], ZBAR_CFG_ENABLE, 1);
	/* Bytes as they stand in the symbol, not as they might be meant. */
	(void)zbar_image_scanner_set_config(
	    scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
	return scanner;
}

/* ---- the list ----------------------------------------------------------------- */

static void
centre_of(const zbar_symbol_t *symbol, unsigned num, unsigned den,
    struct cn_scanned *out)
{
	unsigned count = zbar_symbol_get_loc_size(symbol);
	long x = 0, y = 0;

	for (unsigned i = 0; i < count; i++) {
		x += zbar_symbol_get_loc_x(symbol, i);
		y += zbar_symbol_get_loc_y(symbol, i);
	}
	if (count == 0)
		return;
	out->x = (int)(x * (long)den / (long)num / (long)count);
	out->y = (int)(y * (long)den / (long)num / (long)count);
}

static bool
is_before(const struct cn_scanned *a, const struct cn_scanned *b)
{
	return a->y != b->y ? a->y < b->y : a->x < b->x;
}

static void
list_add(struct search *s, struct cn_scanned found)
{
	struct cn_scanned **at, *node;

	for (node = s->list; node != NULL; node = node->next)
		if (cn_slice_eq(node->text, found.text))
			return;
	if (s->count == MOST_SYMBOLS)
		return;
	node = cn_arena_alloc(s->arena, 1, sizeof(*node));
	if (node != NULL)
		found.text = cn_arena_copy(s->arena, found.text);
	if (node == NULL || found.text.ptr == NULL) {
		s->code = CN_MEMORY;
		return;
	}
	for (at = &s->list; *at != NULL && is_before(*at, &found);)
		at = &(*at)->next;
	*node = found;
	node->next = *at;
	*at = node;
	s->count++;
}

/* num / den: how much larger the picture is than the one that was given. */
static void
search_picture(struct search *s, const struct cn_picture *picture, unsigned num,
    unsigned den)
{
	zbar_image_t *image = wrap(picture);

	if (image == NULL || zbar_scan_image(s->scanner, image) < 0) {
		s->code = CN_FOREIGN;
		if (image != NULL) /* ZBar does not look */
			zbar_image_destroy(image);
		return;
	}
	for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
	     symbol != NULL; symbol = zbar_symbol_next(symbol)) {
		struct cn_scanned found = { .text = CN_SLICE_NONE };

		if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE)
			continue;
		found.text = cn_slice_of(zbar_symbol_get_data(symbol),
		    zbar_symbol_get_data_length(symbol));
		if (s->arena != NULL) {
			centre_of(symbol, num, den, &found);
			list_add(s, found);
			s->found = true;
		} else if (cn_slice_eq(found.text, s->want)) {
			s->found = true;
		}
	}
	zbar_image_destroy(image);
}

/* ---- the passes ---------------------------------------------------------------- */

static void
search_treated(struct search *s, const struct cn_picture *picture,
    const struct treatment *treatment)
{
	struct cn_picture treated;
	enum cn_code code = treat(picture, treatment, &treated);

	if (code == CN_OK)
		search_picture(s, &treated, treatment->num, treatment->den);
	else if (code != CN_TOO_LARGE) /* a size that would not help anyway */
		s->code = code;
	cn_picture_free(&treated);
}

static void
search_all(struct search *s, const struct cn_picture *picture)
{
	size_t count;
	const struct treatment *list = treatments(&count);

	search_picture(s, picture, 1, 1);
	for (size_t i = 0; i < count && s->code == CN_OK; i++)
		if (!s->found || (s->arena != NULL && list[i].always))
			search_treated(s, picture, &list[i]);
}

/* Another kind of symbol than QR, by its name; NULL where there is none. The
 * kinds are those whose decoders have a sound record. */
static const char *
other_kind(const struct cn_picture *picture)
{
	static const zbar_symbol_type_t kinds[] = { ZBAR_EAN13, ZBAR_EAN8,
		ZBAR_CODE128, ZBAR_CODE39, ZBAR_I25 };
	zbar_image_scanner_t *scanner = scanner_new(
	    kinds, sizeof(kinds) / sizeof(kinds[0]));
	zbar_image_t *image = wrap(picture);
	const zbar_symbol_t *symbol = NULL;
	const char *name = NULL;

	if (scanner != NULL && image != NULL &&
	    zbar_scan_image(scanner, image) > 0)
		symbol = zbar_image_first_symbol(image);
	if (symbol != NULL)
		name = zbar_get_symbol_name(zbar_symbol_get_type(symbol));
	if (image != NULL)
		zbar_image_destroy(image);
	if (scanner != NULL)
		zbar_image_scanner_destroy(scanner);
	return name;
}

static enum cn_code
search_run(
    struct search *s, const struct cn_picture *picture, struct cn_error *err)
{
	static const zbar_symbol_type_t qr[] = { ZBAR_QRCODE };

	if (picture->width == 0 || picture->height == 0)
		return cn_fail(err, CN_NO_SYMBOL, "the picture is empty");
	s->scanner = scanner_new(qr, 1);
	if (s->scanner == NULL)
		return cn_fail(err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	search_all(s, picture);
	zbar_image_scanner_destroy(s->scanner);
	if (s->code != CN_OK)
		return cn_fail(err, s->code, "%s", cn_code_text(s->code));
	return CN_OK;
}

enum cn_code
cn_picture_scan(const struct cn_picture *picture, struct cn_arena *arena,
    struct cn_scanned **out, struct cn_error *err)
{
	struct search s = { .arena = arena };
	enum cn_code code = search_run(&s, picture, err);
	const char *other;

	*out = NULL;
	if (code != CN_OK)
		return code;
	if (s.list == NULL) {
		other = other_kind(picture);
		if (other != NULL)
			return cn_fail(err, CN_NO_SYMBOL,
			    "no QR symbol was found, but a symbol of kind %s",
			    other);
		return cn_fail(
		    err, CN_NO_SYMBOL, "%s", cn_code_text(CN_NO_SYMBOL));
	}
	*out = s.list;
	return CN_OK;
}

enum cn_code
cn_picture_holds(const struct cn_picture *picture, struct cn_slice text,
    struct cn_error *err)
{
	struct search s = { .want = text };
	enum cn_code code = search_run(&s, picture, err);

	if (code == CN_OK && !s.found)
		return cn_fail(
		    err, CN_NO_SYMBOL, "%s", cn_code_text(CN_NO_SYMBOL));
	return code;
}
