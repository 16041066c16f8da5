/*
 * The order of the stages, and nothing else:
 *
 *   product.json + SBOM ─► model ─► verdict ─► encode ─► seal
 *                                       ─► carrier ─► label
 */
#include "stage.h"

#include <carnet/file.h>

#include <string.h>

enum cn_code
cn_build_passport(const struct cn_build *what, struct cn_arena *arena,
    struct cn_built *built, struct cn_buf *out, struct cn_error *err)
{
	enum cn_code code;

	memset(built, 0, sizeof(*built));
	cn_report_init(&built->report, arena);
	if ((code = stage_read(what, arena, built, err)) != CN_OK ||
	    (code = stage_sbom(what, arena, built, err)) != CN_OK ||
	    (code = stage_vex(what, arena, built, err)) != CN_OK ||
	    (code = stage_subject(arena, built, err)) != CN_OK ||
	    (code = stage_before(what, arena, built, err)) != CN_OK ||
	    (code = stage_verdict(arena, built, err)) != CN_OK ||
	    (code = stage_check(what, built, err)) != CN_OK)
		return code;
	if (what->signer == NULL)
		return CN_OK;
	if ((code = stage_derive(what, arena, built, err)) != CN_OK)
		return code;
	return stage_seal(what, built, out, err);
}

enum cn_code
cn_build_label(const struct cn_print *what, struct cn_printed *printed,
    struct cn_buf *picture, struct cn_error *err)
{
	struct print print = { .what = what };
	enum cn_code code = CN_MEMORY;

	memset(printed, 0, sizeof(*printed));
	cn_buf_init(&printed->text, CN_PRINT_TEXT);
	cn_buf_init(&print.capsule, CN_MAX_CAPSULE);
	cn_buf_init(&print.digits, CN_PRINT_TEXT);
	print.arena = cn_arena_new(CN_BUILD_MEMORY);
	if (print.arena == NULL)
		cn_fail(err, CN_MEMORY, "no memory for a label");
	else if ((code = stage_open(&print, err)) == CN_OK &&
		 (code = stage_capsule(&print, err)) == CN_OK &&
		 (code = stage_symbol(&print, printed, err)) == CN_OK)
		code = stage_picture(&print, printed, picture, err);
	cn_symbol_free(&print.symbol);
	cn_buf_free(&print.digits);
	cn_buf_free(&print.capsule);
	cn_arena_free(print.arena);
	if (code != CN_OK)
		cn_printed_free(printed);
	return code;
}

void
cn_printed_free(struct cn_printed *printed)
{
	cn_buf_free(&printed->text);
}
