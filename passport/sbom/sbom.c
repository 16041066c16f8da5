/* One file from beginning to end. */
#include "jcs.h"
#include "kind.h"

#include <stdlib.h>
#include <string.h>

/* Statements, sets and lists of one file. */
#define SCRATCH_MOST (256u << 20)

enum cn_code
run_json(struct reading *r, const struct dialect *d, struct cn_error *err)
{
	struct cn_json_reader *reader = cn_json_reader_new(
	    source_fill, r->source, CN_SLICE_NONE, WALK_TOKEN, WALK_DEPTH);
	enum cn_code code;

	if (reader == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	code = walk_json(&r->walk, d->document, reader, err);
	cn_json_reader_free(reader);
	return code;
}

static struct cn_slice
charset_name(enum charset charset)
{
	switch (charset) {
	case CHARSET_UTF8_BOM:
		return CN_SLICE("utf-8-sig");
	case CHARSET_UTF16:
		return CN_SLICE("utf-16");
	case CHARSET_UTF16_LE:
		return CN_SLICE("utf-16-le");
	case CHARSET_UTF16_BE:
		return CN_SLICE("utf-16-be");
	case CHARSET_UTF8:
		break;
	}
	return CN_SLICE_NONE;
}

/* RFC 8259 section 8.1: JSON that travels is UTF-8 without a mark. */
static void
check_charset(struct reading *r, const struct dialect *d)
{
	enum charset charset = r->source->charset;

	if (charset == CHARSET_UTF8 || d->kind == CN_SBOM_KEV)
		return;
	r->facts->charset = charset_name(charset);
	r->walk.line = r->walk.column = 1;
	if (charset == CHARSET_UTF8_BOM)
		walk_find(&r->walk, CN_NOTE, "charset",
		    "the file begins with a byte order mark; write it "
		    "without");
	else
		walk_find(&r->walk, CN_WARNING, "charset",
		    "the file is written in UTF-16; write it as UTF-8");
}

static enum cn_code
read_with(struct reading *r, const struct dialect *d, struct cn_error *err)
{
	void *ctx = d->begin(r);
	enum cn_code code;

	if (ctx == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	r->walk.ctx = ctx;
	r->walk.handler = d->handle;
	r->walk.dialect = d->rules;
	r->walk.err = err;
	r->facts->kind = d->kind;
	r->facts->encoding = cn_slice_str(d->encoding);
	r->facts->sbom.format = cn_slice_str(d->format);
	check_charset(r, d);
	code = d->run(r, d, err);
	if (code == CN_OK) {
		code = source_digests(
		    r->source, r->facts->sbom.sha256, r->facts->sha512, err);
		r->facts->sbom.bytes = r->source->bytes;
	}
	if (code == CN_OK) {
		d->end(ctx);
		code = r->walk.code;
	}
	d->drop(ctx);
	return code;
}

static enum cn_code
read_source(struct reading *r, struct cn_error *err)
{
	const struct dialect *dialect;
	enum cn_code code = kind_find(r->source, &dialect, err);

	if (code == CN_OK)
		code = source_rewind(r->source, true, err);
	if (code == CN_OK)
		code = hash_key_init(&r->key, err);
	r->walk.key = &r->key;
	if (code == CN_OK)
		code = read_with(r, dialect, err);
	return code;
}

/* Facts can be read of some files that have no canonical form. */
static enum cn_code
canonical(struct reading *r, struct cn_error *err)
{
	struct cn_error why = { 0 };
	enum cn_code code;

	if (!cn_slice_starts(r->facts->encoding, "json"))
		return CN_OK;
	code = jcs_digest(r->source, r->facts, &why);
	if (code != CN_MALFORMED) {
		if (code != CN_OK && err != NULL)
			*err = why;
		return code;
	}
	r->walk.line = r->walk.column = 0;
	walk_find(&r->walk, CN_WARNING, "canonical",
	    "no canonical form (RFC 8785): %s: %s", why.place, why.text);
	return CN_OK;
}

enum cn_code
cn_sbom_facts_read(const struct cn_sbom_request *request,
    struct cn_arena *arena, struct cn_sbom_facts *out, struct cn_error *err)
{
	struct reading *r = calloc(1, sizeof(*r));
	struct source src;
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	if (r == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	r->facts = out;
	r->arena = arena;
	r->source = &src;
	r->walk.report = request->report;
	r->walk.file = request->name.len > 0 ? request->name
					     : cn_slice_str(request->path);
	code = source_open(request->path, request->all_digests, &src, err);
	if (code == CN_OK)
		code = read_source(r, err);
	if (code == CN_OK)
		out->file = keep(r, r->walk.file);
	out->has_sha512 = request->all_digests;
	if (code == CN_OK && request->all_digests)
		code = canonical(r, err);
	source_close(&src);
	walk_free(&r->walk);
	free(r);
	if (code != CN_OK) {
		memset(out, 0, sizeof(*out));
		cn_error_at(err, "%s", request->path);
	}
	return code;
}

/* ---- the summary -------------------------------------------------------------- */

static enum cn_code
keep_summary(const struct cn_sbom *from, struct cn_arena *arena,
    struct cn_sbom *out, struct cn_error *err)
{
	*out = *from; /* the format is a constant of ours */
	out->spec_version = cn_arena_copy(arena, from->spec_version);
	out->product = cn_arena_copy(arena, from->product);
	out->product_version = cn_arena_copy(arena, from->product_version);
	if (out->spec_version.ptr != NULL && out->product.ptr != NULL &&
	    out->product_version.ptr != NULL)
		return CN_OK;
	memset(out, 0, sizeof(*out));
	return cn_fail(err, CN_MEMORY, "no memory for the summary of an SBOM");
}

enum cn_code
cn_sbom_read(const char *path, struct cn_arena *arena, struct cn_sbom *out,
    struct cn_error *err)
{
	const struct cn_sbom_request request = { .path = path };
	struct cn_arena *scratch = cn_arena_new(SCRATCH_MOST);
	struct cn_sbom_facts facts;
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	if (scratch == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	code = cn_sbom_facts_read(&request, scratch, &facts, err);
	if (code == CN_OK && facts.kind > CN_SBOM_SPDX3) {
		cn_error_at(err, "%s", path);
		code = cn_fail(err, CN_UNSUPPORTED, "this is %.*s, not an SBOM",
		    CN_FMT(facts.sbom.format));
	}
	if (code == CN_OK)
		code = keep_summary(&facts.sbom, arena, out, err);
	cn_arena_free(scratch);
	return code;
}
