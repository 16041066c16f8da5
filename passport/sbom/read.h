/*
 * What the readers of all dialects share. Private to sbom/.
 */
#ifndef CARNET_SBOM_READ_H
#define CARNET_SBOM_READ_H

#include "names.h"
#include "shape.h"
#include "source.h"

#include <carnet/vex.h>

struct reading {
	struct cn_sbom_facts *facts;
	struct cn_arena *arena; /* what outlives the reading */
	struct source *source;
	struct hash_key key;
	struct cn_vex_statement *last_statement;
	struct walk walk;
};

/* One dialect: how its documents look, and who makes facts of them. */
struct dialect {
	enum cn_sbom_kind kind;
	const char *format; /* "CycloneDX" */
	const char *rules; /* prefix of findings: "cyclonedx" */
	const char *encoding; /* "json" */
	const struct shape *document;
	/* Walks the document. */
	enum cn_code (*run)(struct reading *r, const struct dialect *dialect,
	    struct cn_error *err);
	/* What a reading of it needs; NULL when memory is short. */
	void *(*begin)(struct reading *r);
	walk_handler handle; /* with what begin() gave */
	/* After the document; not called after a failure. */
	void (*end)(void *ctx);
	void (*drop)(void *ctx);
};

extern const struct dialect cdx_json, cdx_xml, spdx2_json, spdx2_tag_value,
    spdx3_json, openvex_json, csaf_json, provider_json, kev_json;

enum cn_code run_json(
    struct reading *r, const struct dialect *dialect, struct cn_error *err);

/* Copies of texts; what fails is latched in the walk. */
struct cn_slice keep(struct reading *r, struct cn_slice text);
struct cn_slice keep_pointer(struct reading *r);

/* Adds to the end of a list. */
struct text_list {
	const struct cn_texts *first;
	struct cn_texts *last;
};
void texts_add(struct reading *r, struct text_list *list, struct cn_slice text);

/* Counts an occurrence of a name. */
void tally_add(struct reading *r, struct names *tally, struct cn_slice name);
/* The counters in bytewise order. */
const struct cn_tally *tally_done(struct reading *r, struct names *tally);

/* Takes note of something; place and pointer are the walk's. */
void found_add(
    struct reading *r, struct cn_found_list *list, const struct cn_found *what);

/* A statement at the end of the list; NULL when memory is short. */
struct cn_vex_statement *statement_add(struct reading *r);

#endif
