#include <carnet/report.h>

#include <string.h>

#define LONGEST 64

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * Edits between two names: insert, delete, replace, swap of neighbours
 * (optimal string alignment).
 */
static unsigned
distance(struct cn_slice a, struct cn_slice b)
{
	unsigned rows[3][LONGEST + 1];
	unsigned *before = rows[0], *last = rows[1], *row = rows[2], *spare;

	for (unsigned j = 0; j <= b.len; j++)
		last[j] = j;
	memset(before, 0, sizeof(rows[0]));
	for (unsigned i = 1; i <= a.len; i++) {
		row[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			unsigned cost = a.ptr[i - 1] != b.ptr[j - 1];

			row[j] = least(least(last[j] + 1, row[j - 1] + 1),
			    last[j - 1] + cost);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return last[b.len];
}

const char *
cn_nearest(struct cn_slice name, const char *const *names, size_t count)
{
	const char *best = NULL;
	unsigned best_distance, limit;

	if (name.len == 0 || name.len > LONGEST)
		return NULL;
	limit = (unsigned)name.len / 3 + 1;
	best_distance = limit + 1;
	for (size_t i = 0; i < count; i++) {
		struct cn_slice other = cn_slice_str(names[i]);
		unsigned d;

		if (other.len > LONGEST)
			continue;
		d = distance(name, other);
		if (d < best_distance && d < other.len) {
			best_distance = d;
			best = names[i];
		}
	}
	return best;
}
