/*
 * mint: signed passports for tests, also such as no tool of ours would make.
 *
 *     mint KEY.pem ISS SUB PRODUCT.json OUT [after=OLD] [iat=SECONDS]
 *          [count=N]
 *
 * PRODUCT.json is read as a descriptor; that fields are missing does not
 * matter here. With count, a chain of versions is written to OUT.1, OUT.2, …
 */
#include <carnet/file.h>
#include <carnet/passport.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mint {
	struct cn_signer signer;
	struct cn_slice iss, sub;
	cn_instant iat;
	unsigned count;
	struct cn_slice product;
	struct cn_slice before; /* signed bytes; empty: a first version */
};

static enum cn_code
read_file(const char *path, struct cn_arena *arena, struct cn_slice *out,
    struct cn_error *err)
{
	struct cn_buf buf;
	enum cn_code code;

	cn_buf_init(&buf, 8u << 20);
	code = cn_file_read(path, &buf, err);
	if (code == CN_OK)
		*out = cn_arena_copy(arena, cn_buf_slice(&buf));
	cn_buf_free(&buf);
	return code;
}

/* Thousands of them, so without the care (and the time) of cn_file_write(). */
static enum cn_code
write_file(const char *path, struct cn_slice bytes, struct cn_error *err)
{
	FILE *file = fopen(path, "wb");
	bool ok;

	if (file == NULL)
		return cn_fail(err, CN_FILE, "cannot write");
	ok = fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len;
	if (fclose(file) != 0 || !ok)
		return cn_fail(err, CN_FILE, "cannot write");
	return CN_OK;
}

/* The record of the descriptor, with what follows from the version before. */
static enum cn_code
make_record(const struct mint *mint, struct cn_arena *arena,
    struct cn_record **out, struct cn_error *err)
{
	struct cn_descriptor *descriptor = NULL;
	struct cn_record *before = NULL;
	struct cn_passport passport;
	struct cn_report report;
	enum cn_code code;

	cn_report_init(&report, arena);
	code = cn_descriptor_read(arena, CN_SLICE("product.json"),
	    mint->product, &descriptor, &report, err);
	if (code == CN_OK && report.first != NULL) {
		(void)fprintf(stderr, "mint: %.*s %.*s\n",
		    CN_FMT(report.first->pointer),
		    CN_FMT(report.first->message));
	}
	if (code == CN_OK && mint->before.len > 0) {
		code = cn_passport_parse(mint->before, &passport, err);
		if (code == CN_OK)
			code = cn_passport_open(
			    &passport, CN_TIERS_ALL, arena, &before, err);
	}
	if (code == CN_OK)
		code = cn_model_derive(arena, descriptor->record, mint->sub,
		    before, before == NULL ? NULL : passport.digest, err);
	if (code == CN_OK)
		*out = descriptor->record;
	return code;
}

static enum cn_code
make_one(struct mint *mint, const char *path, struct cn_arena *keep,
    struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(64u << 20);
	struct cn_record *record = NULL;
	struct cn_buf out;
	enum cn_code code;

	cn_buf_init(&out, CN_MAX_PASSPORT);
	code = arena == NULL ? CN_MEMORY
			     : make_record(mint, arena, &record, err);
	if (code == CN_OK) {
		struct cn_seal_request request = {
			.record = record,
			.iss = mint->iss,
			.sub = mint->sub,
			.iat = mint->iat,
			.signer = &mint->signer,
		};

		code = cn_passport_seal(&request, &out, err);
	}
	if (code == CN_OK)
		code = write_file(path, cn_buf_slice(&out), err);
	if (code == CN_OK)
		mint->before = cn_arena_copy(keep, cn_buf_slice(&out));
	cn_buf_free(&out);
	cn_arena_free(arena);
	return code;
}

static enum cn_code
make_all(struct mint *mint, const char *path, struct cn_arena *keep,
    struct cn_error *err)
{
	enum cn_code code = CN_OK;
	char name[4096];
	unsigned i;

	if (mint->count == 0)
		return make_one(mint, path, keep, err);
	for (i = 1; code == CN_OK && i <= mint->count; i++) {
		(void)snprintf(name, sizeof(name), "%s.%u", path, i);
		code = make_one(mint, name, keep, err);
	}
	return code;
}

static enum cn_code
read_options(struct mint *mint, char **argv, struct cn_arena *arena,
    struct cn_error *err)
{
	enum cn_code code = CN_OK;

	for (; code == CN_OK && *argv != NULL; argv++) {
		if (strncmp(*argv, "after=", 6) == 0)
			code = read_file(*argv + 6, arena, &mint->before, err);
		else if (strncmp(*argv, "iat=", 4) == 0)
			mint->iat = strtoll(*argv + 4, NULL, 10);
		else if (strncmp(*argv, "count=", 6) == 0)
			mint->count = (unsigned)strtoul(*argv + 6, NULL, 10);
		else
			code = cn_fail(err, CN_USAGE, "what is %s?", *argv);
	}
	return code;
}

int
main(int argc, char **argv)
{
	struct mint mint = { .iat = cn_clock_now() };
	struct cn_arena *arena = cn_arena_new(256u << 20);
	struct cn_error err = { 0 };
	struct cn_key *key = NULL;
	struct cn_slice pem = CN_SLICE_NONE;
	enum cn_code code;

	if (argc < 6 || arena == NULL)
		return 2;
	mint.iss = cn_slice_str(argv[2]);
	mint.sub = cn_slice_str(argv[3]);
	code = read_options(&mint, argv + 6, arena, &err);
	if (code == CN_OK)
		code = read_file(argv[1], arena, &pem, &err);
	if (code == CN_OK)
		code = cn_key_pem(pem, NULL, NULL, &key, &err);
	if (code == CN_OK)
		code = cn_signer_key(key, 0, &mint.signer, &err);
	if (code == CN_OK)
		code = read_file(argv[4], arena, &mint.product, &err);
	if (code == CN_OK)
		code = make_all(&mint, argv[5], arena, &err);
	if (code != CN_OK)
		(void)fprintf(stderr, "mint: %s: %s\n", err.place, err.text);
	cn_key_free(key);
	cn_arena_free(arena);
	return code == CN_OK ? 0 : 1;
}
