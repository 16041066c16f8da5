/*
 * The stages of a build, each `out = stage(in)`. Private to build.c and
 * stage.c; no stage calls another.
 */
#ifndef CARNET_PASSPORT_STAGE_H
#define CARNET_PASSPORT_STAGE_H

#include <carnet/build.h>

/* product.json ─► model */
enum cn_code stage_read(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err);
/* SBOM ─► facts, and field 56 where the maker left it to us */
enum cn_code stage_sbom(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err);
/* the version before, opened with every section it carries */
enum cn_code stage_before(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err);
/* VEX files and catalogue ─► facts */
enum cn_code stage_vex(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err);
/* facts ─► verdict */
enum cn_code stage_verdict(
    struct cn_arena *arena, struct cn_built *built, struct cn_error *err);
/* F04 ─► subject */
enum cn_code stage_subject(
    struct cn_arena *arena, struct cn_built *built, struct cn_error *err);
/* model ─► findings */
enum cn_code stage_check(
    const struct cn_build *what, struct cn_built *built, struct cn_error *err);
/* model ─► model with the fields that no person types */
enum cn_code stage_derive(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_error *err);
/* model ─► signed bytes */
enum cn_code stage_seal(const struct cn_build *what, struct cn_built *built,
    struct cn_buf *out, struct cn_error *err);

/* What travels between the stages of a label. */
struct print {
	const struct cn_print *what;
	struct cn_arena *arena;
	struct cn_passport passport;
	struct cn_record *record;
	const struct cn_record *run;
	struct cn_buf capsule, digits;
	struct cn_symbol symbol;
};

/* signed bytes ─► passport, record and the run of the unit */
enum cn_code stage_open(struct print *print, struct cn_error *err);
/* passport + URL ─► capsule, as digits */
enum cn_code stage_capsule(struct print *print, struct cn_error *err);
/* URL + digits ─► text and matrix */
enum cn_code stage_symbol(
    struct print *print, struct cn_printed *printed, struct cn_error *err);
/* matrix ─► picture at its true size, read back before it counts */
enum cn_code stage_picture(struct print *print, struct cn_printed *printed,
    struct cn_buf *picture, struct cn_error *err);

#endif
