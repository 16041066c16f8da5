#include "kind.h"
#include "read.h"

#include <stdlib.h>
#include <string.h>

static enum cn_code
read_facts(struct source *src, enum kind kind, struct reading *reading,
    struct cn_error *err)
{
	struct cn_json_reader *reader = cn_json_reader_new(
	    source_fill, src, CN_SLICE_NONE, WALK_TOKEN, WALK_DEPTH);
	struct walk *walk = calloc(1, sizeof(*walk));
	bool spdx = kind == KIND_SPDX2;
	enum cn_code code = CN_MEMORY;

	if (reader == NULL || walk == NULL) {
		(void)cn_fail(err, CN_MEMORY, "no memory for a reader");
		goto out;
	}
	walk->ctx = reading;
	walk->handler = spdx ? spdx2_handle : cyclonedx_handle;
	walk->dialect = spdx ? "spdx" : "cyclonedx";
	reading->sbom->format = spdx ? CN_SLICE("SPDX") : CN_SLICE("CycloneDX");
	code = walk_json(
	    walk, spdx ? &spdx2_document : &cyclonedx_document, reader, err);
out:
	cn_json_reader_free(reader);
	if (walk != NULL)
		walk_free(walk);
	free(walk);
	return code;
}

enum cn_code
cn_sbom_read(const char *path, struct cn_arena *arena, struct cn_sbom *out,
    struct cn_error *err)
{
	struct reading reading = { .sbom = out, .arena = arena };
	struct source src;
	enum kind kind;
	enum cn_code code;

	memset(out, 0, sizeof(*out));
	code = source_open(path, false, &src, err);
	if (code == CN_OK)
		code = kind_find(&src, &kind, err);
	if (code == CN_OK)
		code = source_rewind(&src, true, err);
	if (code == CN_OK)
		code = read_facts(&src, kind, &reading, err);
	if (code == CN_OK)
		code = source_digests(&src, out->sha256, NULL, err);
	out->bytes = src.bytes;
	source_close(&src);
	if (code != CN_OK) {
		memset(out, 0, sizeof(*out));
		cn_error_at(err, "%s", path);
	}
	return code;
}
