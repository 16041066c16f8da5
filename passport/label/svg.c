/*
 * A symbol as SVG: the outlines of its dark areas as one path. Outlines, not
 * one rectangle a module, leave no hairlines between modules when a printer
 * smooths edges, and are a third of the size.
 */
#include <carnet/label.h>

#include <stdlib.h>
#include <string.h>

#define MOST_SIZE 177 /* modules of version 40 */

struct tracer {
	const struct cn_symbol *symbol;
	struct cn_buf *out;
	/* Cells whose upper edge was walked along. */
	uint8_t seen[(MOST_SIZE * MOST_SIZE + 7) / 8];
	int x, y; /* where the pen is, modules */
};

enum heading { EAST, SOUTH, WEST, NORTH };

static bool
dark(const struct tracer *t, int x, int y)
{
	int size = (int)t->symbol->size;

	return x >= 0 && y >= 0 && x < size && y < size &&
	       t->symbol->modules[y * size + x] != 0;
}

static bool
mark(struct tracer *t, int x, int y)
{
	int bit = y * (int)t->symbol->size + x;
	bool was = (t->seen[bit / 8] & 1u << bit % 8) != 0;

	t->seen[bit / 8] |= (uint8_t)(1u << bit % 8);
	return was;
}

/* The cells ahead of the pen, to the right and left of its way. */
static void
ahead(const struct tracer *t, enum heading heading, bool *right, bool *left)
{
	/* From the corner where the pen is to the cell's upper left one. */
	static const int dx[] = { 0, -1, -1, 0 }, dy[] = { 0, 0, -1, -1 };
	unsigned to_left = ((unsigned)heading + 3) % 4;

	*right = dark(t, t->x + dx[heading], t->y + dy[heading]);
	*left = dark(t, t->x + dx[to_left], t->y + dy[to_left]);
}

/* Walks straight on until the outline turns; the way, with the dark area on
 * the right. */
static int
walk(struct tracer *t, enum heading heading, enum heading *next)
{
	static const int dx[] = { 1, 0, -1, 0 }, dy[] = { 0, 1, 0, -1 };
	bool right, left;
	int steps = 0;

	do {
		if (heading == EAST)
			(void)mark(t, t->x, t->y);
		t->x += dx[heading];
		t->y += dy[heading];
		steps++;
		ahead(t, heading, &right, &left);
	} while (right && !left);
	/* Areas that touch at a corner only stay apart. */
	*next = (enum heading)(((unsigned)heading + (right ? 3 : 1)) % 4);
	return steps;
}

/* One outline, from an upper edge back to it. "z" draws its last side. */
static void
trace(struct tracer *t, int x, int y, int from_x, int from_y)
{
	enum heading heading = EAST;

	cn_buf_printf(t->out, "m%d", x - from_x);
	cn_buf_printf(t->out, y < from_y ? "%d" : " %d", y - from_y);
	t->x = x;
	t->y = y;
	for (;;) {
		enum heading next;
		int steps = walk(t, heading, &next);

		if (t->x == x && t->y == y && next == EAST)
			break;
		cn_buf_byte(
		    t->out, heading == EAST || heading == WEST ? 'h' : 'v');
		cn_buf_printf(t->out, "%d",
		    heading == EAST || heading == SOUTH ? steps : -steps);
		heading = next;
	}
	cn_buf_byte(t->out, 'z');
}

static void
trace_all(struct tracer *t)
{
	int size = (int)t->symbol->size;
	int from_x = -CN_QUIET_ZONE, from_y = -CN_QUIET_ZONE;

	for (int y = 0; y < size; y++) {
		for (int x = 0; x < size; x++) {
			if (!dark(t, x, y) || dark(t, x, y - 1) ||
			    mark(t, x, y))
				continue;
			trace(t, x, y, from_x, from_y);
			from_x = x;
			from_y = y;
		}
	}
}

/* Millimetres without the locale's decimal point. */
static void
put_mm(struct cn_buf *out, const char *name, double mm)
{
	unsigned long um = (unsigned long)(mm * 1000 + 0.5);

	cn_buf_printf(out, " %s=\"%lu.%03lumm\"", name, um / 1000, um % 1000);
}

enum cn_code
cn_label_svg(const struct cn_symbol *symbol, const struct cn_label_plan *plan,
    struct cn_buf *out, struct cn_error *err)
{
	struct tracer t = { .symbol = symbol, .out = out };
	unsigned modules = symbol->size + 2 * CN_QUIET_ZONE;
	size_t start = out->len;
	enum cn_code code;

	if (symbol->size > MOST_SIZE)
		return cn_fail(err, CN_TOO_LARGE, "no symbol is that large");
	cn_buf_str(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	put_mm(out, "width", plan->side);
	put_mm(out, "height", plan->side);
	cn_buf_printf(out,
	    " viewBox=\"0 0 %u %u\" shape-rendering=\"crispEdges\">"
	    "<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/><path d=\"",
	    modules, modules, modules, modules);
	/* The first "m" of a path counts from 0 0. */
	trace_all(&t);
	cn_buf_str(out, "\"/></svg>\n");
	code = cn_buf_code(out, err);
	if (code != CN_OK)
		out->len = start;
	return code;
}
