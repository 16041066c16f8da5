/* carrier/scan.c, treat.c: symbols are found again in pictures that resemble
 * photographs. The pictures are drawn here: each pixel is looked up in the
 * symbol at four places and averaged, as a lens would. */
#include <carnet/symbol.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define QUIET 4
#define URL "https://id.maker.example/01/09506000134352/21/SN-0001"

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* ---- drawing ------------------------------------------------------------------ */

struct pose {
	double x, y; /* centre, pixels */
	double module; /* pixels */
	double degrees;
	double tilt; /* how much the far side shrinks, per pixel */
	int dark, light;
};

static void
canvas(struct cn_picture *out, unsigned width, unsigned height, int grey)
{
	out->width = width;
	out->height = height;
	out->grey = malloc((size_t)width * height);
	assert_non_null(out->grey);
	memset(out->grey, grey, (size_t)width * height);
}

struct turn {
	double cos, sin;
};

/* The grey of a place, or -1 outside the label. */
static int
look(const struct cn_symbol *symbol, const struct pose *p, struct turn turn,
    double x, double y)
{
	double dx = x - p->x, dy = y - p->y, depth = 1 + p->tilt * dy;
	double half = symbol->size / 2.0 + QUIET;
	double u = (turn.cos * dx + turn.sin * dy) / p->module / depth;
	double v = (turn.cos * dy - turn.sin * dx) / p->module / depth;
	int size = (int)symbol->size;
	int column = (int)(u + half) - QUIET, row = (int)(v + half) - QUIET;

	if (fabs(u) >= half || fabs(v) >= half)
		return -1;
	if (column < 0 || row < 0 || column >= size || row >= size)
		return p->light;
	return symbol->modules[row * size + column] ? p->dark : p->light;
}

static void
draw(struct cn_picture *to, const struct cn_symbol *symbol, struct pose pose)
{
	double angle = pose.degrees * 3.14159265358979 / 180;
	struct turn turn = { cos(angle), sin(angle) };

	for (unsigned y = 0; y < to->height; y++) {
		for (unsigned x = 0; x < to->width; x++) {
			uint8_t *pixel = to->grey + y * to->width + x;
			int sum = 0;

			for (int i = 0; i < 4; i++) {
				int grey = look(symbol, &pose, turn,
				    x + (i % 2 + 0.5) / 2,
				    y + (i / 2 + 0.5) / 2);

				sum += grey < 0 ? *pixel : grey;
			}
			*pixel = (uint8_t)(sum / 4);
		}
	}
}

/* A box of so many pixels, twice: nearly a bell. */
static void
blur(struct cn_picture *picture, int size)
{
	struct cn_picture copy;
	int w = (int)picture->width, h = (int)picture->height;

	canvas(&copy, picture->width, picture->height, 0);
	for (int pass = 0; pass < 4; pass++) {
		memcpy(copy.grey, picture->grey, (size_t)(w * h));
		for (int i = 0; i < w * h; i++) {
			int x = i % w, y = i / w, sum = 0;

			for (int k = 0; k < size; k++) {
				int at = (pass % 2 ? x : y) + k - size / 2;
				int most = pass % 2 ? w - 1 : h - 1;

				at = at < 0 ? 0 : at > most ? most : at;
				sum += copy.grey[pass % 2 ? y * w + at
							  : at * w + x];
			}
			picture->grey[i] = (uint8_t)(sum / size);
		}
	}
	cn_picture_free(&copy);
}

static void
noise(struct cn_picture *picture, int most)
{
	uint32_t seed = 11;

	for (size_t i = 0; i < (size_t)picture->width * picture->height; i++) {
		int grey = picture->grey[i] +
			   (int)(next(&seed) % (uint32_t)(2 * most + 1)) - most;

		picture->grey[i] = (uint8_t)(grey < 0     ? 0
					     : grey > 255 ? 255
							  : grey);
	}
}

/* ---- asking ------------------------------------------------------------------- */

struct sample {
	struct cn_symbol symbol;
	struct cn_slice text;
	char space[2400];
};

/* A URL with so many digits, like a capsule's. */
static void
sample(struct sample *s, const char *url, size_t digits)
{
	size_t len = strlen(url);
	uint32_t seed = (uint32_t)digits + 1;

	memcpy(s->space, url, len);
	s->space[len] = '#';
	for (size_t i = 0; i < digits; i++)
		s->space[len + 1 + i] = (char)('0' + next(&seed) % 10);
	assert_int_equal(cn_symbol_make(cn_slice_of(s->space, len),
			     cn_slice_of(s->space + len + 1, digits), CN_ECC_M,
			     &s->symbol, NULL),
	    CN_OK);
	s->text = cn_slice_of(s->space, digits > 0 ? len + 1 + digits : len);
}

static bool
found(const struct sample *s, struct pose pose, int blurred, int noisy)
{
	struct cn_picture picture;
	double room = pose.degrees == 0 ? 1.01 : 1.45;
	double side = (s->symbol.size + 2 * QUIET) * pose.module * room;
	enum cn_code code;

	canvas(&picture, (unsigned)side, (unsigned)side, pose.light);
	pose.x = pose.y = side / 2;
	draw(&picture, &s->symbol, pose);
	if (blurred > 1)
		blur(&picture, blurred);
	if (noisy > 0)
		noise(&picture, noisy);
	code = cn_picture_holds(&picture, s->text, NULL);
	assert_int_equal(cn_picture_holds(&picture, CN_SLICE("another"), NULL),
	    CN_NO_SYMBOL);
	cn_picture_free(&picture);
	return code == CN_OK;
}

/* Every version up to 25 reads back to the byte. */
static void
versions(void **state)
{
	struct pose pose = { .module = 3, .dark = 0, .light = 255 };
	unsigned last = 0;

	(void)state;
	for (size_t digits = 0; last < 25; digits += last < 6 ? 6 : 40) {
		struct sample s;

		sample(&s, "https://a/", digits);
		if (s.symbol.version != last && !found(&s, pose, 0, 0))
			fail_msg("version %u", s.symbol.version);
		assert_true(s.symbol.version - last <= 1);
		last = s.symbol.version;
		cn_symbol_free(&s.symbol);
	}
}

static void
poses(void **state)
{
	static const struct pose rows[] = {
		{ .module = 3, .degrees = 15, .dark = 0, .light = 255 },
		{ .module = 3, .degrees = 37, .dark = 0, .light = 255 },
		{ .module = 3, .degrees = 90, .dark = 0, .light = 255 },
		{ .module = 4, .degrees = 181, .dark = 0, .light = 255 },
		{ .module = 4, .degrees = 307, .dark = 0, .light = 255 },
		{ .module = 1.6, .degrees = 3, .dark = 0, .light = 255 },
		{ .module = 1.7, .degrees = 2, .dark = 0, .light = 255 },
		{ .module = 2.37, .degrees = 80, .dark = 0, .light = 255 },
		{ .module = 12.3, .degrees = 7, .dark = 0, .light = 255 },
		{ .module = 4, .degrees = 4, .dark = 90, .light = 160 },
		{ .module = 4, .degrees = 4, .dark = 120, .light = 140 },
		{ .module = 4, .degrees = 9, .dark = 240, .light = 20 },
		{ .module = 4,
		    .degrees = 5,
		    .tilt = 0.0006,
		    .dark = 30,
		    .light = 220 },
	};
	struct sample s;

	(void)state;
	sample(&s, URL, 340);
	assert_int_equal(s.symbol.version, 10);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!found(&s, rows[i], 0, 2))
			fail_msg("pose %zu", i);
	cn_symbol_free(&s.symbol);
}

static void
blurred(void **state)
{
	static const struct {
		double module;
		int box;
		double degrees;
	} rows[] = { { 3, 2, 0 }, { 4, 3, 15 }, { 6, 5, 3 }, { 5, 3, 37 } };
	struct sample s;

	(void)state;
	sample(&s, URL, 340);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pose pose = { .module = rows[i].module,
			.degrees = rows[i].degrees,
			.dark = 20,
			.light = 230 };

		if (!found(&s, pose, rows[i].box, 2))
			fail_msg("blur %zu", i);
	}
	cn_symbol_free(&s.symbol);
}

/* Bytes that are no text come back as they stand in the symbol. */
static void
bytes(void **state)
{
	static const uint8_t odd[] = { 'a', 0, 0x80, 0xff, 0xc3, 0x28, '\n', 1,
		0xe2, 0x82, 0xac };
	struct pose pose = { .module = 4, .dark = 0, .light = 255 };
	struct sample s;

	(void)state;
	assert_int_equal(cn_symbol_make(cn_slice_of(odd, sizeof(odd)),
			     CN_SLICE_NONE, CN_ECC_M, &s.symbol, NULL),
	    CN_OK);
	s.text = cn_slice_of(odd, sizeof(odd));
	assert_true(found(&s, pose, 0, 0));
	s.text.len--;
	assert_false(found(&s, pose, 0, 0));
	cn_symbol_free(&s.symbol);
}

static void
several(void **state)
{
	static const struct pose poses[] = {
		{ .x = 500, .y = 120, .module = 3, .degrees = 12 },
		{ .x = 150, .y = 300, .module = 4, .degrees = 45 },
		{ .x = 650, .y = 420, .module = 5, .degrees = 200 },
		{ .x = 180, .y = 620, .module = 6, .degrees = 1 },
	};
	struct sample s[4];
	struct cn_picture picture;
	struct cn_scanned *list = NULL, *at;
	struct cn_arena *arena = cn_arena_new(1 << 16);
	struct cn_arena *narrow = cn_arena_new(1);
	size_t i = 0;

	(void)state;
	canvas(&picture, 900, 760, 200);
	for (i = 0; i < 4; i++) {
		struct pose pose = poses[i];

		pose.dark = 20;
		pose.light = 235;
		/* the last has the text of the first */
		sample(&s[i], "https://a.example/", i % 3 * 7);
		draw(&picture, &s[i].symbol, pose);
	}
	assert_int_equal(cn_picture_scan(&picture, arena, &list, NULL), CN_OK);
	for (at = list, i = 0; at != NULL; at = at->next, i++) {
		assert_true(i < 3);
		assert_true(cn_slice_eq(at->text, s[i].text));
		assert_true(fabs(at->x - poses[i].x) < 12);
		assert_true(fabs(at->y - poses[i].y) < 12);
	}
	assert_int_equal(i, 3);
	assert_int_equal(
	    cn_picture_scan(&picture, narrow, &list, NULL), CN_MEMORY);
	assert_null(list);
	for (i = 0; i < 4; i++)
		cn_symbol_free(&s[i].symbol);
	cn_picture_free(&picture);
	cn_arena_free(arena);
	cn_arena_free(narrow);
}

/* 9506000134352 as EAN-13: the first digit is in the choice of patterns. */
static void
bar_code(struct cn_picture *picture)
{
	static const char bars[] = "101"
				   "0110001"
				   "0100111"
				   "0000101"
				   "0001101"
				   "0100111"
				   "0001101"
				   "01010"
				   "1100110"
				   "1000010"
				   "1011100"
				   "1000010"
				   "1001110"
				   "1101100"
				   "101";

	for (unsigned y = 40; y < 160; y++)
		for (size_t i = 0; i < sizeof(bars) - 1; i++)
			memset(picture->grey + y * picture->width + 60 + 3 * i,
			    bars[i] == '1' ? 0 : 255, 3);
}

static void
nothing(void **state)
{
	struct cn_picture picture;
	struct cn_scanned *list = NULL;
	struct cn_arena *arena = cn_arena_new(1 << 16);
	struct cn_error err = { 0 };

	(void)state;
	canvas(&picture, 500, 420, 255);
	assert_int_equal(
	    cn_picture_scan(&picture, arena, &list, &err), CN_NO_SYMBOL);
	assert_null(list);
	assert_null(strstr(err.text, "kind"));
	noise(&picture, 255);
	assert_int_equal(
	    cn_picture_scan(&picture, arena, &list, &err), CN_NO_SYMBOL);
	memset(picture.grey, 255, 500 * 420);
	bar_code(&picture);
	assert_int_equal(
	    cn_picture_scan(&picture, arena, &list, &err), CN_NO_SYMBOL);
	if (strstr(err.text, "EAN-13") == NULL)
		fail_msg("%s", err.text);
	cn_picture_free(&picture);
	for (unsigned side = 1; side < 4; side++) {
		canvas(&picture, side, 1, 0);
		assert_int_equal(cn_picture_scan(&picture, arena, &list, &err),
		    CN_NO_SYMBOL);
		cn_picture_free(&picture);
	}
	assert_int_equal(
	    cn_picture_scan(&picture, arena, &list, &err), CN_NO_SYMBOL);
	cn_arena_free(arena);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions),
		cmocka_unit_test(poses),
		cmocka_unit_test(blurred),
		cmocka_unit_test(bytes),
		cmocka_unit_test(several),
		cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
