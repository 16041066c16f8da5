/* label/: true sizes, PNG and SVG that show exactly the symbol, and the proof
 * that it reads back. */
#include <carnet/label.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DIGITS "3141592653589793238462643383279502884197169399375105820974944"
#define URL "https://id.maker.example/01/09506000134352/21/SN-0001"

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* ---- sizes --------------------------------------------------------------------- */

static void
plans(void **state)
{
	static const struct {
		unsigned dpi;
		double module;
		bool force;
		unsigned dots, micrometres; /* of a module */
	} rows[] = {
		{ 203, 0, false, 4, 500 },
		{ 300, 0, false, 5, 423 },
		{ 0, 0, false, 5, 423 },
		{ 600, 0, false, 10, 423 },
		{ 1200, 0, false, 19, 402 },
		{ 300, 0.5, false, 6, 508 },
		{ 300, 25.4 / 300 * 5, false, 5, 423 }, /* not 6 */
		{ 300, 25.4 / 300 * 7, false, 7, 593 },
		{ 300, 0.396, false, 5, 423 },
		{ 300, 0.35, false, 5, 423 }, /* rounded up it is enough */
		{ 300, 0.3, true, 4, 339 },
		{ 72, 0.01, true, 1, 353 },
	};
	struct cn_symbol symbol = { .size = 57, .version = 10 };
	struct cn_label_plan plan;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cn_label_size size = { .dpi = rows[i].dpi,
			.module = rows[i].module,
			.force = rows[i].force };

		assert_int_equal(
		    cn_label_plan(&symbol, &size, &plan, NULL), CN_OK);
		assert_int_equal(plan.dots, rows[i].dots);
		assert_int_equal(
		    (int)(plan.module * 1000 + 0.5), rows[i].micrometres);
		assert_int_equal(plan.pixels, 65 * plan.dots);
		assert_true(plan.side > 64.999 * plan.module &&
			    plan.side < 65.001 * plan.module);
	}
	assert_int_equal(plan.dpi, 72);
}

static void
refused(void **state)
{
	static const struct {
		unsigned dpi;
		double module;
		enum cn_code code;
	} rows[] = {
		{ 71, 0, CN_USAGE },
		{ 4801, 0, CN_USAGE },
		{ 300, -1, CN_USAGE },
		{ 300, 25.1, CN_USAGE },
		{ 4800, 25, CN_TOO_LARGE },
		{ 300, 0.3, CN_TOO_SMALL },
		{ 600, 0.38, CN_TOO_SMALL },
	};
	struct cn_symbol symbol = { .size = 57, .version = 10 };
	struct cn_label_size nan = { .dpi = 300 };
	struct cn_label_plan plan;
	struct cn_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cn_label_size size = { .dpi = rows[i].dpi,
			.module = rows[i].module };

		assert_int_equal(
		    cn_label_plan(&symbol, &size, &plan, &err), rows[i].code);
		assert_int_equal(plan.pixels, 0);
	}
	/* 600 dpi: what would fit */
	assert_non_null(strstr(err.text, "10 dots"));
	assert_non_null(strstr(err.text, "0.423 mm"));
	assert_non_null(strstr(err.text, "27.5 mm"));
	nan.module = strtod("nan", NULL);
	assert_int_equal(cn_label_plan(&symbol, &nan, &plan, &err), CN_USAGE);
}

/* ---- PNG ----------------------------------------------------------------------- */

static uint32_t
be(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

/* Any matrix: what is drawn need not be a valid symbol. */
static void
matrix(struct cn_symbol *out, unsigned size, unsigned kind)
{
	uint32_t seed = size * 4 + kind;

	*out = (struct cn_symbol){ .size = size,
		.version = (size - 17) / 4,
		.modules = malloc(size * size) };
	assert_non_null(out->modules);
	for (unsigned i = 0; i < size * size; i++)
		out->modules[i] = kind == 0   ? 0
				  : kind == 1 ? 1
				  : kind == 2 ? (i / size + i % size) % 2
					      : next(&seed) % 2;
}

static void
expect_pixels(const struct cn_symbol *symbol, const struct cn_label_plan *plan,
    struct cn_slice png)
{
	struct cn_picture picture;
	int size = (int)symbol->size;

	assert_int_equal(cn_picture_load(png, &picture, NULL), CN_OK);
	assert_int_equal(picture.width, plan->pixels);
	assert_int_equal(picture.height, plan->pixels);
	for (unsigned i = 0; i < plan->pixels * plan->pixels; i++) {
		int x = (int)(i % plan->pixels / plan->dots) - CN_QUIET_ZONE;
		int y = (int)(i / plan->pixels / plan->dots) - CN_QUIET_ZONE;
		bool dark = x >= 0 && y >= 0 && x < size && y < size &&
			    symbol->modules[y * size + x] != 0;

		if (picture.grey[i] != (dark ? 0 : 255))
			fail_msg("pixel %u", i);
	}
	cn_picture_free(&picture);
}

static void
png(void **state)
{
	struct cn_label_plan plan;
	struct cn_symbol symbol;
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 1 << 20);
	for (unsigned i = 0; i < 24; i++) {
		struct cn_label_size size = {
			.dpi = i % 2 ? 203 : 300,
			.module = 25.4 / 300 * (i % 5 + 1),
			.force = true,
		};
		const uint8_t *at;

		matrix(&symbol, 21 + 4 * (i % 7), i % 4);
		assert_int_equal(
		    cn_label_plan(&symbol, &size, &plan, NULL), CN_OK);
		cn_buf_reset(&out);
		cn_buf_str(&out, "before");
		assert_int_equal(
		    cn_label_png(&symbol, &plan, &out, NULL), CN_OK);
		assert_memory_equal(out.ptr, "before", 6);
		at = out.ptr + 6;
		assert_memory_equal(at + 12, "IHDR", 4);
		assert_int_equal(be(at + 16), plan.pixels);
		assert_memory_equal(at + 24, "\1\0\0\0\0", 5); /* 1-bit grey */
		assert_memory_equal(at + 37, "pHYs", 4);
		assert_int_equal(be(at + 41), i % 2 ? 7992 : 11811);
		assert_int_equal(be(at + 45), i % 2 ? 7992 : 11811);
		assert_int_equal(at[49], 1); /* per metre */
		expect_pixels(&symbol, &plan,
		    cn_slice_sub(cn_buf_slice(&out), 6, out.len));
		cn_symbol_free(&symbol);
	}
	cn_buf_free(&out);
}

static void
no_room(void **state)
{
	struct cn_label_size size = { .dpi = 300 };
	struct cn_label_plan plan;
	struct cn_symbol symbol;

	(void)state;
	matrix(&symbol, 57, 3);
	assert_int_equal(cn_label_plan(&symbol, &size, &plan, NULL), CN_OK);
	for (size_t max = 4; max < 1200; max += 97) {
		struct cn_error err = { 0 };
		struct cn_buf out;

		cn_buf_init(&out, max);
		cn_buf_str(&out, "x");
		assert_int_equal(
		    cn_label_png(&symbol, &plan, &out, &err), CN_TOO_LARGE);
		assert_int_equal(out.len, 1);
		assert_int_equal(err.code, CN_TOO_LARGE);
		cn_buf_reset(&out);
		cn_buf_str(&out, "x");
		assert_int_equal(
		    cn_label_svg(&symbol, &plan, &out, &err), CN_TOO_LARGE);
		assert_int_equal(out.len, 1);
		cn_buf_free(&out);
	}
	cn_symbol_free(&symbol);
}

/* ---- SVG ----------------------------------------------------------------------- */

struct pen {
	int x, y, start_x, start_y;
	int winding[200][200]; /* changes of the winding number, by cell */
};

/* A vertical line changes the winding number of all cells to its right. */
static void
vertical(struct pen *pen, int to)
{
	int from = pen->y, step = to > from ? 1 : -1;

	for (int y = from; y != to; y += step)
		pen->winding[step > 0 ? y : y - 1][pen->x] += step;
	pen->y = to;
}

/* Draws "m… h… v… z" and nothing else. */
static void
draw_path(struct pen *pen, const char *path)
{
	while (*path != '"') {
		char op = *path++;
		char *end;
		int a = 0, b = 0;

		if (op != 'z') {
			a = (int)strtol(path, &end, 10);
			path = end;
		}
		switch (op) {
		case 'm':
			b = (int)strtol(path, &end, 10);
			path = end;
			pen->x = pen->start_x += a;
			pen->y = pen->start_y += b;
			break;
		case 'h':
			pen->x += a;
			break;
		case 'v':
			vertical(pen, pen->y + a);
			break;
		case 'z':
			/* a straight line back */
			assert_true(
			    pen->x == pen->start_x || pen->y == pen->start_y);
			vertical(pen, pen->start_y);
			pen->x = pen->start_x;
			break;
		default:
			fail_msg("path: %c", op);
		}
	}
}

static void
expect_path(const struct cn_symbol *symbol, const char *path)
{
	struct pen *pen = calloc(1, sizeof(*pen));
	int size = (int)symbol->size;

	assert_non_null(pen);
	draw_path(pen, path);
	for (int y = 0; y < size + 2 * CN_QUIET_ZONE; y++) {
		int winding = 0;

		for (int x = 0; x < size + 2 * CN_QUIET_ZONE; x++) {
			int column = x - CN_QUIET_ZONE, row = y - CN_QUIET_ZONE;
			bool dark = row >= 0 && column >= 0 && row < size &&
				    column < size &&
				    symbol->modules[row * size + column];

			winding += pen->winding[y][x];
			if ((winding != 0) != dark)
				fail_msg("module %d %d", column, row);
		}
		assert_int_equal(winding, 0);
	}
	free(pen);
}

static void
svg(void **state)
{
	struct cn_label_size size = { .dpi = 300 };
	struct cn_label_plan plan;
	struct cn_symbol symbol;
	struct cn_buf out;

	(void)state;
	cn_buf_init(&out, 1 << 20);
	for (unsigned i = 0; i < 32; i++) {
		const char *text;
		char head[160];

		matrix(&symbol, i < 28 ? 21 + 4 * (i % 7) : 177, i % 4);
		assert_int_equal(
		    cn_label_plan(&symbol, &size, &plan, NULL), CN_OK);
		cn_buf_reset(&out);
		assert_int_equal(
		    cn_label_svg(&symbol, &plan, &out, NULL), CN_OK);
		cn_buf_byte(&out, '\0');
		text = (const char *)out.ptr;
		(void)snprintf(head, sizeof(head),
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" "
		    "width=\"%.3fmm\" height=\"%.3fmm\" viewBox=\"0 0 %u %u\" "
		    "shape-rendering=\"crispEdges\">",
		    plan.side, plan.side, symbol.size + 8, symbol.size + 8);
		assert_true(strncmp(text, head, strlen(head)) == 0);
		text = strstr(text, "<path d=\"");
		assert_non_null(text);
		/* The symbol is one path, and nothing else is. */
		assert_null(strstr(text + 1, "<path"));
		assert_ptr_equal(strstr((const char *)out.ptr, "<path"), text);
		expect_path(&symbol, text + 9);
		assert_string_equal(strchr(text + 9, '"'), "\"/></svg>\n");
		cn_symbol_free(&symbol);
	}
	cn_buf_free(&out);
}

/* ---- proof ---------------------------------------------------------------------- */

static void
proof(void **state)
{
	static const double modules[] = { 0.084, 0.17, 0.396, 0.8, 2 };
	struct cn_symbol symbol;
	struct cn_label_plan plan;
	struct cn_error err = { 0 };

	(void)state;
	assert_int_equal(cn_symbol_make(CN_SLICE(URL), CN_SLICE(DIGITS),
			     CN_ECC_M, &symbol, NULL),
	    CN_OK);
	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
		struct cn_label_size size = {
			.dpi = 300, .module = modules[i], .force = true
		};

		assert_int_equal(
		    cn_label_plan(&symbol, &size, &plan, NULL), CN_OK);
		if (cn_label_proof(&symbol, &plan, CN_SLICE(URL "#" DIGITS),
			&err) != CN_OK)
			fail_msg("%u dots: %s", plan.dots, err.text);
	}
	assert_int_equal(
	    cn_label_proof(&symbol, &plan, CN_SLICE(URL), &err), CN_FOREIGN);
	/* more modules damaged than level M repairs */
	for (unsigned i = 12 * symbol.size; i < 22 * symbol.size; i++)
		symbol.modules[i] ^= i % 2;
	assert_int_equal(
	    cn_label_proof(&symbol, &plan, CN_SLICE(URL "#" DIGITS), &err),
	    CN_FOREIGN);
	assert_int_equal(
	    cn_label_proof_png(CN_SLICE("no PNG"), CN_SLICE(URL), &err),
	    CN_MALFORMED);
	cn_symbol_free(&symbol);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans),
		cmocka_unit_test(refused),
		cmocka_unit_test(png),
		cmocka_unit_test(no_room),
		cmocka_unit_test(svg),
		cmocka_unit_test(proof),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
