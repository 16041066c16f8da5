/* Plain text, wrapped between words. */
#include <carnet/paper.h>

#define COLUMNS 78

struct line {
	struct cn_buf *out;
	size_t indent, column;
};

static void
break_line(struct line *line)
{
	cn_buf_byte(line->out, '\n');
	line->column = 0;
}

static void
put_word(struct line *line, struct cn_slice word)
{
	size_t width = cn_utf8_length(word);

	if (line->column > 0 && line->column + 1 + width > COLUMNS)
		break_line(line);
	if (line->column == 0) {
		cn_buf_printf(line->out, "%*s", (int)line->indent, "");
		line->column = line->indent;
	} else {
		cn_buf_byte(line->out, ' ');
		line->column++;
	}
	cn_buf_put(line->out, word);
	line->column += width;
}

static void
put_text(struct cn_buf *out, struct cn_slice text, size_t indent)
{
	struct line line = { out, indent, 0 };

	for (size_t i = 0; i < text.len;) {
		size_t end = i;

		while (end < text.len && text.ptr[end] > ' ')
			end++;
		if (end > i)
			put_word(&line, cn_slice_sub(text, i, end - i));
		if (end < text.len && text.ptr[end] == '\n')
			break_line(&line);
		i = end + 1;
	}
	if (line.column > 0)
		break_line(&line);
}

static void
underline(struct cn_buf *out, struct cn_slice text, char with)
{
	size_t width = cn_utf8_length(text);

	for (size_t i = 0; i < width && i < COLUMNS; i++)
		cn_buf_byte(out, (uint8_t)with);
	cn_buf_byte(out, '\n');
}

void
cn_paper_text(const struct cn_paper *paper, struct cn_buf *out)
{
	for (const struct cn_block *b = paper->first; b != NULL; b = b->next) {
		bool row = b->label.len > 0;

		if (b != paper->first)
			cn_buf_byte(out, '\n');
		if (row)
			put_text(out, b->label, 0);
		if (b->kind == CN_BLOCK_MISSING)
			cn_buf_str(out, "!!! ");
		put_text(out, b->text, row ? 4 : 0);
		if (b->kind == CN_BLOCK_TITLE)
			underline(out, b->text, '=');
		else if (b->kind == CN_BLOCK_HEADING)
			underline(out, b->text, '-');
	}
}
