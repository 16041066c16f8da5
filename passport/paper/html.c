/* A page that stands alone: no script, nothing loaded. */
#include <carnet/paper.h>

static void
put_escaped(struct cn_buf *out, struct cn_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		switch (text.ptr[i]) {
		case '&':
			cn_buf_str(out, "&amp;");
			break;
		case '<':
			cn_buf_str(out, "&lt;");
			break;
		case '>':
			cn_buf_str(out, "&gt;");
			break;
		case '"':
			cn_buf_str(out, "&quot;");
			break;
		case '\'':
			cn_buf_str(out, "&#39;");
			break;
		default:
			cn_buf_byte(out, text.ptr[i]);
		}
}

static const char *const elements[] = {
	[CN_BLOCK_TITLE] = "h1",
	[CN_BLOCK_HEADING] = "h2",
	[CN_BLOCK_TEXT] = "p",
	[CN_BLOCK_ROW] = "p",
	[CN_BLOCK_MISSING] = "p",
};

static void
put_block(struct cn_buf *out, const struct cn_block *block)
{
	const char *element = elements[block->kind];

	cn_buf_printf(out, "<%s%s>", element,
	    block->kind == CN_BLOCK_MISSING ? " class=\"missing\"" : "");
	if (block->label.len > 0) {
		cn_buf_str(out, "<b>");
		put_escaped(out, block->label);
		cn_buf_str(out, "</b><br>");
	}
	if (block->lang.len > 0) {
		cn_buf_str(out, "<span lang=\"");
		put_escaped(out, block->lang);
		cn_buf_str(out, "\">");
	}
	put_escaped(out, block->text);
	cn_buf_printf(
	    out, "%s</%s>\n", block->lang.len > 0 ? "</span>" : "", element);
}

void
cn_paper_html(const struct cn_paper *paper, struct cn_buf *out)
{
	cn_buf_str(out, "<!DOCTYPE html>\n<html lang=\"");
	put_escaped(out, paper->lang);
	cn_buf_str(out, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	put_escaped(out, paper->title);
	cn_buf_str(out,
	    "</title>\n<style>\n"
	    "body { font-family: sans-serif; line-height: 1.4;\n"
	    "    max-width: 45em; margin: 2em auto; padding: 0 1em; }\n"
	    "p { white-space: pre-line; overflow-wrap: anywhere; }\n"
	    ".missing { border: 2px solid #b00020; padding: 0.5em;\n"
	    "    font-weight: bold; }\n"
	    "@page { size: A4; margin: 20mm; }\n"
	    "</style>\n</head>\n<body>\n");
	for (const struct cn_block *b = paper->first; b != NULL; b = b->next)
		put_block(out, b);
	cn_buf_str(out, "</body>\n</html>\n");
}
