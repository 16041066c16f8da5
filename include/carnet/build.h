/*
 * The whole way of a passport:
 *
 *     product.json + SBOM ─► model ─► verdict ─► encode ─► seal
 *                                                   ─► carrier ─► label
 */
#ifndef CARNET_BUILD_H
#define CARNET_BUILD_H

#include <carnet/capsule.h>
#include <carnet/check.h>
#include <carnet/label.h>
#include <carnet/verdict.h>

/* Ceilings: of an arena for one build, of the text in one symbol. */
#define CN_BUILD_MEMORY (64u << 20)
#define CN_BUILD_FILES 64
#define CN_PRINT_TEXT 7089u /* digits of a version 40-L symbol */

struct cn_build {
	const char *descriptor; /* path of product.json */
	const char *sbom; /* path, or NULL: the one named there */
	const char *const *vex; /* paths beside those named there */
	size_t vex_count;
	const char *kev; /* path of a catalogue of known exploited
				   vulnerabilities, or NULL: the one
				   named there */
	const char *after; /* path of the version before, or NULL */
	cn_instant now; /* becomes iat */
	cn_day at; /* day of the checks */
	bool force; /* sign in spite of errors, and say so */
	const struct cn_signer *signer; /* NULL: only check */
};

/* What a build leaves behind; everything lives in the arena. */
struct cn_built {
	struct cn_descriptor *descriptor;
	struct cn_sbom *sbom; /* NULL where there is none */
	/* SBOM, VEX files, catalogue: as far as there are such. */
	const struct cn_sbom_facts *files[CN_BUILD_FILES];
	size_t file_count;
	struct cn_slice sbom_file; /* its path */
	struct cn_slice subject; /* canonical */
	struct cn_passport *before; /* the version before, or NULL */
	struct cn_record *before_record;
	struct cn_verdict *verdict; /* NULL where no facts are stated */
	struct cn_record *record; /* with the derived fields */
	struct cn_report report;
};

/*
 * Reads, checks, derives, and (with a signer) seals into out. CN_FINDINGS
 * where errors stand and force is not set: the report says which. built is
 * filled as far as the way led.
 */
CN_API CN_MUST_USE enum cn_code cn_build_passport(const struct cn_build *what,
    struct cn_arena *arena, struct cn_built *built, struct cn_buf *out,
    struct cn_error *err);

struct cn_print {
	struct cn_slice passport; /* signed bytes */
	struct cn_slice url; /* to be printed */
	struct cn_slice run; /* id; empty: the only one */
	const struct cn_signer *signer; /* NULL: a bare link */
	cn_instant now;
	enum cn_ecc ecc;
	struct cn_label_size size;
	bool svg;
};

struct cn_printed {
	struct cn_label_plan plan;
	unsigned version; /* of the symbol */
	struct cn_buf text; /* in the symbol; own */
};

/* One label: capsule, text, symbol, proof, picture. CN_USAGE where the passport
 * has several runs and none is named. */
CN_API CN_MUST_USE enum cn_code cn_build_label(const struct cn_print *what,
    struct cn_printed *printed, struct cn_buf *picture, struct cn_error *err);
CN_API void cn_printed_free(struct cn_printed *printed);

#endif
