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
	if (judge->in->sbom == NULL && named(judge) == NULL &&
	    judge_whole(judge))
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

/* ---- what the file tells beside its digest -------------------------------------- */

static const struct cn_sbom_facts *
file_of(const struct judge *judge)
{
	return judge->in->sbom != NULL && judge->in->file_count > 0
		   ? judge->in->files[0]
		   : NULL;
}

/* The SBOM of another product, or of another version of it, is of no use. */
void
check_sbom_product(const struct judge *judge)
{
	const struct cn_sbom_facts *file = file_of(judge);
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_SOFTWARE_VERSIONS);
	struct cn_slice version;

	if (file == NULL)
		return;
	version = file->sbom.product_version;
	if (file->sbom.product.len == 0) {
		judge_file(judge, file, NULL,
		    "the SBOM does not say which product it describes");
		return;
	}
	if (version.len == 0 || v == NULL)
		return;
	for (; v != NULL; v = v->next)
		if (cn_slice_eq(version,
			cn_get_text(v->as.record, CN_SOFTWARE_VERSION)))
			return;
	judge_at(judge,
	    cn_get(judge->in->descriptor->record, CN_F_SOFTWARE_VERSIONS),
	    "the SBOM describes %.*s %.*s; no software version of the passport "
	    "is that one",
	    CN_FMT(file->sbom.product), CN_FMT(version));
}

#define TOLD 5

/* A file has a hash, no version. */
static const struct cn_found *
unversioned(const struct cn_found *found)
{
	while (found != NULL && cn_slice_is(found->kind, "file"))
		found = found->next;
	return found;
}

void
check_sbom_versions(const struct judge *judge)
{
	const struct cn_sbom_facts *file = file_of(judge);
	const struct cn_found *found;
	size_t told = 0;

	if (file == NULL)
		return;
	for (found = unversioned(file->unversioned.first); found != NULL;
	     found = unversioned(found->next)) {
		if (told++ == TOLD) {
			judge_file(judge, file, found,
			    "further components have no version");
			return;
		}
		judge_file(judge, file, found,
		    "the component \"%.*s\" has no version",
		    CN_FMT(found->name));
	}
}

/* Guidelines, not law: told as notes, each with how many of the components
 * say it. */
void
check_sbom_elements(const struct judge *judge)
{
	const struct cn_sbom_facts *file = file_of(judge);
	const struct cn_sbom_elements *e;

	if (file == NULL || file->elements.of == 0)
		return;
	e = &file->elements;
	const struct {
		const char *name;
		size_t have;
	} parts[] = {
		{ "a creator or supplier", e->creator },
		{ "a licence", e->licence },
		{ "a unique identifier (purl, CPE, SWID)", e->unique_id },
		{ "a hash", e->any_hash },
		{ "a SHA-512 hash", e->sha512 },
		{ "a file name", e->filename },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].have < e->of)
			judge_file(judge, file, NULL,
			    "%zu of %zu components state %s", parts[i].have,
			    e->of, parts[i].name);
	if (!e->author)
		judge_file(judge, file, NULL, "the SBOM names no author");
	if (!e->timestamp)
		judge_file(judge, file, NULL, "the SBOM has no timestamp");
}
