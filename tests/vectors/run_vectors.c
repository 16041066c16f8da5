/*
 * run_vectors KIND DIR: runs the vector files of a folder, prints a line per
 * case that fails, closes with "N passed, N failed". Exit status 0 where none
 * failed, 1 where one did, 2 for wrong usage.
 */
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <carnet/file.h>

#include "vectors.h"

static const struct kind {
	const char *name;
	vectors_run run; /* a file; or */
	const char *expect; /* beside the folder, or NULL */
	vectors_whole whole; /* the folder */
} kinds[] = {
	{ "attacks", run_attacks, NULL, NULL },
	{ "cose-wg", run_cose_wg, "EXPECT_cose.json", NULL },
	{ "gluecose", run_gluecose, "EXPECT_cose.json", NULL },
	{ "cbor", run_cbor, NULL, NULL },
	{ "wycheproof", run_wycheproof, NULL, NULL },
	{ "base10", run_base10, NULL, NULL },
	{ "rules", run_rules, NULL, NULL },
	{ "sbom", NULL, NULL, whole_sbom },
	{ "vex", NULL, NULL, whole_vex },
	{ "gs1-links", run_links, NULL, NULL },
	{ "jcs", NULL, NULL, whole_jcs },
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

#define MAX_FILE (64u << 20)
#define MAX_ARENA (512u << 20)

/* Our JSON knows no NUL, which some vectors hold on purpose: it travels as a
 * private character. */
#define NUL_ESCAPE "\\u0000"
#define NUL_TRAVELS "\\ue000"
#define NUL_DECODED "\xee\x80\x80"

static void
hide_nuls(struct cn_buf *text)
{
	size_t n = sizeof(NUL_ESCAPE) - 1, i;

	for (i = 0; i + n <= text->len; i++) {
		if (text->ptr[i] != '\\')
			continue;
		if (memcmp(text->ptr + i, NUL_ESCAPE, n) == 0)
			memcpy(text->ptr + i, NUL_TRAVELS, n);
		i++; /* what is escaped begins no escape */
	}
}

struct cn_slice
vectors_text(struct vectors *v, const struct cn_json *object, const char *key)
{
	struct cn_slice text = cn_json_text(object, key), out;
	size_t n = sizeof(NUL_DECODED) - 1, i;
	struct cn_buf buf;

	if (text.ptr == NULL)
		return text;
	cn_buf_init(&buf, MAX_FILE);
	for (i = 0; i < text.len; i++)
		if (i + n <= text.len &&
		    memcmp(text.ptr + i, NUL_DECODED, n) == 0) {
			cn_buf_byte(&buf, 0);
			i += n - 1;
		} else {
			cn_buf_byte(&buf, text.ptr[i]);
		}
	out = cn_arena_copy(v->arena, cn_buf_slice(&buf));
	cn_buf_free(&buf);
	return out;
}

struct cn_json *
vectors_load(const char *path, struct cn_arena *arena)
{
	static const struct cn_json_limits limits = { MAX_FILE, 64, 4000000 };
	struct cn_error err = { 0 };
	struct cn_json *root = NULL;
	struct cn_buf text;

	cn_buf_init(&text, MAX_FILE);
	if (cn_file_read(path, &text, &err) == CN_OK) {
		hide_nuls(&text);
		if (cn_json_parse(arena, cn_buf_slice(&text), &limits, &root,
			&err) != CN_OK)
			cn_error_at(&err, "%s", path);
	}
	if (root == NULL)
		fprintf(stderr, "%s: %s\n", err.place, err.text);
	cn_buf_free(&text);
	return root;
}

static void
run_file(struct vectors *v, const struct kind *kind, const char *name)
{
	struct cn_slice path;
	struct cn_json *root = NULL;

	v->file = name;
	v->arena = cn_arena_new(MAX_ARENA);
	if (v->arena != NULL) {
		path = cn_arena_printf(v->arena, "%s/%s", v->dir, name);
		if (path.ptr != NULL)
			root = vectors_load((const char *)path.ptr, v->arena);
	}
	if (root != NULL)
		kind->run(v, root);
	else
		vectors_unreadable(v, "it is no JSON file");
	cn_arena_free(v->arena);
	v->arena = NULL;
}

static int
is_json(const struct dirent *entry)
{
	return cn_slice_ends(cn_slice_str(entry->d_name), ".json");
}

static int
close_with(const struct vectors *v)
{
	printf("%zu passed, %zu failed\n", v->passed, v->failed);
	if (v->passed + v->failed == 0) {
		fprintf(stderr, "%s: no vectors\n", v->dir);
		return 2;
	}
	return v->failed > 0;
}

/* The files in order of name. */
static int
run_folder(struct vectors *v, const struct kind *kind)
{
	struct dirent **entries;
	int n, i;

	n = scandir(v->dir, &entries, is_json, alphasort);
	if (n < 0) {
		perror(v->dir);
		return 2;
	}
	for (i = 0; i < n; i++) {
		run_file(v, kind, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return close_with(v);
}

static int
run(const struct kind *kind, const char *dir)
{
	struct cn_arena *arena = cn_arena_new(MAX_ARENA);
	struct vectors v = { .dir = dir };
	struct cn_slice path;
	int status = 2;

	if (arena == NULL)
		return 2;
	v.arena = arena;
	if (kind->whole != NULL && kind->whole(&v))
		status = close_with(&v);
	if (kind->expect != NULL) {
		path = cn_arena_printf(arena, "%s/../%s", dir, kind->expect);
		if (path.ptr != NULL)
			v.expect = vectors_load((const char *)path.ptr, arena);
	}
	if (kind->run != NULL && (kind->expect == NULL || v.expect != NULL))
		status = run_folder(&v, kind);
	cn_arena_free(arena);
	return status;
}

int
main(int argc, char **argv)
{
	size_t i;

	if (argc == 3)
		for (i = 0; i < KINDS; i++)
			if (strcmp(argv[1], kinds[i].name) == 0)
				return run(&kinds[i], argv[2]);
	fprintf(stderr, "usage: run_vectors KIND DIR\nKIND is one of");
	for (i = 0; i < KINDS; i++)
		fprintf(stderr, "%s %s", i > 0 ? "," : "", kinds[i].name);
	fprintf(stderr, "\n");
	return 2;
}
