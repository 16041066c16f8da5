/* What product.json says of its SBOM against the file itself. */
#include "check.h"

#include <string.h>

static const struct cn_record *
named(const struct judge *judge)
{
	return cn_get_record(judge->in->descriptor->record, CN_F_SBOM);
}

void
check_sbom_named(const struct judge *judge)
{
	if (judge->in->sbom == NULL && named(judge) == NULL)
		judge_member(judge, "files",
		    "no SBOM: name the file in \"files\": {\"sbom\": …} or "
		    "with --sbom");
}

void
check_sbom_digest(const struct judge *judge)
{
	const struct cn_value *digest = cn_get(named(judge), CN_SBOM_SHA256);
	char hex[65];

	if (judge->in->sbom == NULL || digest == NULL ||
	    memcmp(digest->as.text.ptr, judge->in->sbom->sha256, 32) == 0)
		return;
	cn_hex(cn_slice_of(judge->in->sbom->sha256, 32), hex);
	judge_at(judge, digest,
	    "the file %.*s has another digest: %s (leave this field out and "
	    "it is taken from the file)",
	    CN_FMT(judge->in->sbom_file), hex);
}

static void
compare(const struct judge *judge, unsigned row, struct cn_slice found)
{
	const struct cn_value *value = cn_get(named(judge), row);
	struct cn_slice told = cn_get_text(named(judge), row);

	if (value != NULL && !cn_slice_eq(told, found))
		judge_at(judge, value, "the file %.*s says \"%.*s\"",
		    CN_FMT(judge->in->sbom_file), CN_FMT(found));
}

void
check_sbom_format(const struct judge *judge)
{
	if (judge->in->sbom == NULL)
		return;
	compare(judge, CN_SBOM_FORMAT, judge->in->sbom->format);
	compare(judge, CN_SBOM_SPEC_VERSION, judge->in->sbom->spec_version);
}

/* "covering at the very least the top-level dependencies" */
void
check_sbom_dependencies(const struct judge *judge)
{
	const struct cn_sbom *sbom = judge->in->sbom;

	if (sbom == NULL || sbom->dependencies > 0)
		return;
	if (sbom->components == 0)
		cn_report_add_at(judge->report, judge->check->level,
		    judge->check->id, judge->check->cite, judge->in->sbom_file,
		    1, 1, CN_SLICE_NONE, "the SBOM lists no component");
	else
		cn_report_add_at(judge->report, judge->check->level,
		    judge->check->id, judge->check->cite, judge->in->sbom_file,
		    1, 1, CN_SLICE_NONE,
		    "the SBOM does not say which components the product "
		    "depends on directly");
}
