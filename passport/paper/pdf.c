/* A4 pages. Pango chooses fonts letter by letter, so that Greek, Cyrillic and
 * whatever else a font is there for print right. */
#include <carnet/paper.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>

/* Points of 1/72 inch. */
#define WIDTH 595.276
#define HEIGHT 841.89
#define MARGIN 56.7
#define FOOTER 28.0

struct sheet {
	cairo_t *cr;
	PangoLayout *layout;
	double y;
	unsigned page;
};

static const struct {
	const char *font;
	double before, after;
	bool red;
} styles[] = {
	[CN_BLOCK_TITLE] = { "DejaVu Sans Bold 16", 0, 8, false },
	[CN_BLOCK_HEADING] = { "DejaVu Sans Bold 11", 10, 4, false },
	[CN_BLOCK_TEXT] = { "DejaVu Sans 9.5", 0, 5, false },
	[CN_BLOCK_ROW] = { "DejaVu Sans 9.5", 0, 5, false },
	[CN_BLOCK_MISSING] = { "DejaVu Sans Bold 9.5", 2, 6, true },
};

static cairo_status_t
append(void *ctx, const unsigned char *data, unsigned int len)
{
	struct cn_buf *out = ctx;

	cn_buf_put(out, cn_slice_of(data, len));
	return out->code == CN_OK ? CAIRO_STATUS_SUCCESS
				  : CAIRO_STATUS_WRITE_ERROR;
}

static void
set_font(struct sheet *sheet, const char *name)
{
	PangoFontDescription *font = pango_font_description_from_string(name);

	pango_layout_set_font_description(sheet->layout, font);
	pango_font_description_free(font);
}

static void
end_page(struct sheet *sheet)
{
	char number[16];
	int width;

	(void)snprintf(number, sizeof(number), "%u", sheet->page);
	set_font(sheet, "DejaVu Sans 8");
	pango_layout_set_text(sheet->layout, number, -1);
	pango_layout_get_size(sheet->layout, &width, NULL);
	cairo_set_source_rgb(sheet->cr, 0, 0, 0);
	cairo_move_to(sheet->cr, (WIDTH - (double)width / PANGO_SCALE) / 2,
	    HEIGHT - FOOTER);
	pango_cairo_show_layout(sheet->cr, sheet->layout);
	cairo_show_page(sheet->cr);
	sheet->page++;
	sheet->y = MARGIN;
}

/* The lines of a layout cannot outlive another text in it: a page ends before
 * its footer is set, so the layout of the block is a copy. */
static void
draw_lines(struct sheet *sheet, PangoLayout *block, bool red)
{
	int count = pango_layout_get_line_count(block);

	for (int i = 0; i < count; i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(
		    block, i);
		PangoRectangle box;
		double height;

		pango_layout_line_get_extents(line, NULL, &box);
		height = (double)box.height / PANGO_SCALE;
		if (sheet->y + height > HEIGHT - MARGIN)
			end_page(sheet);
		cairo_set_source_rgb(
		    sheet->cr, red ? 0.69 : 0, 0, red ? 0.125 : 0);
		cairo_move_to(
		    sheet->cr, MARGIN, sheet->y - (double)box.y / PANGO_SCALE);
		pango_cairo_show_layout_line(sheet->cr, line);
		sheet->y += height;
	}
}

static void
draw_text(struct sheet *sheet, const char *font, struct cn_slice text, bool red)
{
	PangoLayout *block;

	set_font(sheet, font);
	block = pango_layout_copy(sheet->layout);
	pango_layout_set_width(
	    block, (int)((WIDTH - 2 * MARGIN) * PANGO_SCALE));
	pango_layout_set_wrap(block, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(block, (const char *)text.ptr, (int)text.len);
	draw_lines(sheet, block, red);
	g_object_unref(block);
}

static void
draw_block(struct sheet *sheet, const struct cn_block *block)
{
	bool red = styles[block->kind].red;

	sheet->y += styles[block->kind].before;
	/* A heading does not stand alone at the foot of a page. */
	if (block->kind == CN_BLOCK_HEADING && sheet->y > HEIGHT - MARGIN - 60)
		end_page(sheet);
	if (block->label.len > 0)
		draw_text(sheet, "DejaVu Sans Bold 8.5", block->label, red);
	draw_text(sheet, styles[block->kind].font, block->text, red);
	sheet->y += styles[block->kind].after;
}

static void
draw(const struct cn_paper *paper, cairo_surface_t *surface)
{
	struct sheet sheet = { .y = MARGIN, .page = 1 };
	PangoFontMap *fonts = pango_cairo_font_map_new();
	PangoContext *context = pango_font_map_create_context(fonts);

	sheet.cr = cairo_create(surface);
	pango_cairo_update_context(sheet.cr, context);
	sheet.layout = pango_layout_new(context);
	for (const struct cn_block *b = paper->first; b != NULL; b = b->next)
		draw_block(&sheet, b);
	end_page(&sheet);
	g_object_unref(sheet.layout);
	cairo_destroy(sheet.cr);
	g_object_unref(context);
	g_object_unref(fonts);
}

/* The same passport gives the same bytes: the date is that of issue. */
static void
describe(const struct cn_paper *paper, cairo_surface_t *surface)
{
	struct cn_date date;
	char text[11], instant[32];

	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_TITLE, (const char *)paper->title.ptr);
	if (!cn_date_parse(paper->date, &date))
		date = (struct cn_date){ 1970, 1, 1 };
	cn_date_print(date, text);
	(void)snprintf(instant, sizeof(instant), "%sT00:00:00Z", text);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATE_DATE, instant);
}

enum cn_code
cn_paper_pdf(
    const struct cn_paper *paper, struct cn_buf *out, struct cn_error *err)
{
	cairo_surface_t *surface;
	cairo_status_t status;
	enum cn_code code;

	surface = cairo_pdf_surface_create_for_stream(
	    append, out, WIDTH, HEIGHT);
	describe(paper, surface);
	draw(paper, surface);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	code = cn_buf_code(out, err);
	if (code == CN_OK && status == CAIRO_STATUS_NO_MEMORY)
		code = cn_fail(err, CN_MEMORY, "memory ran out");
	else if (code == CN_OK && status != CAIRO_STATUS_SUCCESS)
		code = cn_fail(err, CN_FILE, "the PDF cannot be drawn: %s",
		    cairo_status_to_string(status));
	return code;
}
