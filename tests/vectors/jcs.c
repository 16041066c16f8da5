/* Kind jcs: output/X is the canonical form (RFC 8785) of input/X. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include <carnet/file.h>
#include <carnet/sbom.h>

#include "vectors.h"

#define MAX_FILE (64u << 20)

static bool
read_file(struct vectors *v, const char *folder, struct cn_buf *buf)
{
	struct cn_slice path = cn_arena_printf(
	    v->arena, "%s/%s/%s", v->dir, folder, v->file);

	return path.ptr != NULL &&
	       cn_file_read((const char *)path.ptr, buf, NULL) == CN_OK;
}

/* The canonical form is also its own canonical form. */
static void
one_file(struct vectors *v)
{
	struct cn_buf in, expected, out, again;
	struct cn_error err = { 0 };

	cn_buf_init(&in, MAX_FILE);
	cn_buf_init(&expected, MAX_FILE);
	cn_buf_init(&out, MAX_FILE);
	cn_buf_init(&again, MAX_FILE);
	if (!read_file(v, "input", &in) || !read_file(v, "output", &expected)) {
		vectors_unreadable(v, "not in input and output");
	} else if (cn_json_canonical(cn_buf_slice(&in), &out, &err) != CN_OK) {
		vectors_count(
		    v, false, "canonical", "%s: %s", err.place, err.text);
	} else {
		vectors_count(v,
		    cn_slice_eq(cn_buf_slice(&out), cn_buf_slice(&expected)),
		    "canonical", "%.*s", CN_FMT(cn_buf_slice(&out)));
		vectors_count(v,
		    cn_json_canonical(cn_buf_slice(&out), &again, &err) ==
			    CN_OK &&
			cn_slice_eq(cn_buf_slice(&out), cn_buf_slice(&again)),
		    "again", "%.*s", CN_FMT(cn_buf_slice(&again)));
	}
	cn_buf_free(&in);
	cn_buf_free(&expected);
	cn_buf_free(&out);
	cn_buf_free(&again);
}

static int
is_json(const struct dirent *entry)
{
	return cn_slice_ends(cn_slice_str(entry->d_name), ".json");
}

bool
whole_jcs(struct vectors *v)
{
	struct cn_slice path = cn_arena_printf(v->arena, "%s/input", v->dir);
	struct dirent **entries;
	int n;

	n = path.ptr == NULL
		? -1
		: scandir((const char *)path.ptr, &entries, is_json, alphasort);
	if (n < 0) {
		perror(v->dir);
		return false;
	}
	for (int i = 0; i < n; i++) {
		v->file = entries[i]->d_name;
		one_file(v);
		free(entries[i]);
	}
	free(entries);
	return true;
}
