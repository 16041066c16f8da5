/* CSAF: the document, its versions and its profile. */
#include "csaf.h"

/* ---- versions ------------------------------------------------------------------------ */

/* A number without leading zeros, taken off the front. */
static struct cn_slice
take_number(struct cn_slice *text)
{
	size_t len = 0;
	struct cn_slice digits;

	while (
	    len < text->len && text->ptr[len] >= '0' && text->ptr[len] <= '9')
		len++;
	digits = cn_slice_sub(*text, 0, len);
	*text = cn_slice_sub(*text, len, text->len);
	return len > 1 && digits.ptr[0] == '0' ? CN_SLICE_NONE : digits;
}

bool
csaf_version_parse(struct cn_slice text, struct csaf_version *out)
{
	struct cn_slice rest = text;

	*out = (struct csaf_version){ .text = text };
	out->major = take_number(&rest);
	if (out->major.len == 0)
		return false;
	if (rest.len == 0)
		return true; /* a whole number */
	out->semantic = true;
	for (int i = 0; i < 2; i++) {
		if (rest.len == 0 || rest.ptr[0] != '.')
			return false;
		rest = cn_slice_sub(rest, 1, rest.len);
		if (take_number(&rest).len == 0)
			return false;
	}
	out->pre_release = rest.len > 0 && rest.ptr[0] == '-';
	return rest.len == 0 || rest.ptr[0] == '-' || rest.ptr[0] == '+';
}

/* Build metadata does not make another version. */
static struct cn_slice
bare(struct cn_slice version)
{
	return cn_slice_sub(version, 0, cn_slice_find(version, '+'));
}

static int
version_cmp(struct csaf_version a, struct csaf_version b)
{
	return cn_version_cmp(CN_SLICE("semver"), a.text, b.text);
}

/* ---- the revision history ---------------------------------------------------------------- */

static void
revision_ends(struct csaf *c)
{
	struct walk *w = &c->r->walk;
	struct csaf_version version;
	struct name *n;

	if (!csaf_version_parse(c->revision_number, &version))
		return;
	c->revisions++;
	c->semantic_revisions += version.semantic;
	n = names_add(&c->revision_numbers, bare(version.text));
	if (n == NULL) {
		walk_no_memory(w);
		return;
	}
	if (n->count++ > 0)
		csaf_find(c, "6.1.22", w->line, w->column,
		    "the revision %.*s is there twice",
		    CN_FMT(cn_slice_sub(version.text, 0, 40)));
	if (version.pre_release)
		csaf_find(c, "6.1.19", w->line, w->column,
		    "a pre-release has no place in the revision history");
	if (c->newest.text.ptr != NULL && c->has_revision_date) {
		/* newest by number must be newest by date */
		int number = version_cmp(version, c->newest);
		int date = instant_cmp(c->revision_date, c->newest_date);

		if ((number > 0 && date < 0) || (number < 0 && date > 0))
			csaf_find(c, "6.1.14", w->line, w->column,
			    "the dates of the revisions do not follow their "
			    "numbers");
	}
	if (c->newest.text.ptr == NULL || version_cmp(version, c->newest) > 0) {
		c->newest = version;
		c->newest_date = c->revision_date;
	}
}

/* With whole numbers, none may be missing from the first to the last. */
static void
check_gaps(struct csaf *c)
{
	uint64_t newest;

	if (c->semantic_revisions > 0 ||
	    !cn_slice_uint(c->newest.major, 1000000, &newest))
		return;
	if (newest + (names_find(&c->revision_numbers, CN_SLICE("0")) != NULL) >
	    c->revision_numbers.count)
		csaf_find(c, "6.1.21", 0, 0,
		    "a revision is missing between the first and the last");
}

static void
check_versions(struct csaf *c)
{
	struct cn_slice status = c->f->status;
	bool zero = cn_slice_is(c->version.major, "0");

	if (c->newest.text.ptr == NULL || c->version.text.ptr == NULL)
		return;
	if (!cn_slice_eq(bare(c->newest.text), bare(c->version.text)) &&
	    !(c->version.pre_release && cn_slice_is(status, "draft")))
		csaf_find(c, "6.1.16", 0, 0,
		    "the version is %.*s, but the last revision is %.*s",
		    CN_FMT(cn_slice_sub(c->version.text, 0, 40)),
		    CN_FMT(cn_slice_sub(c->newest.text, 0, 40)));
	if (zero && !cn_slice_is(status, "draft"))
		csaf_find(
		    c, "6.1.17", 0, 0, "a document of version 0 is a draft");
	if (!cn_slice_is(status, "draft") &&
	    names_find(&c->revision_numbers, CN_SLICE("0")) != NULL)
		csaf_find(c, "6.1.18", 0, 0,
		    "the history of a released document has no revision 0");
	if (c->version.pre_release && !cn_slice_is(status, "draft"))
		csaf_find(c, "6.1.20", 0, 0,
		    "a released document has no pre-release as its version");
	if (c->semantic_revisions > 0 &&
	    (c->semantic_revisions < c->revisions || !c->version.semantic))
		csaf_find(c, "6.1.30", 0, 0,
		    "whole numbers and semantic versions are mixed");
	check_gaps(c);
}

/* ---- the profile ---------------------------------------------------------------------------- */

static const struct {
	const char *category;
	enum csaf_profile profile;
	const char *title; /* must not be used as a category (6.1.26) */
} profiles[] = {
	{ "csaf_security_incident_response", PROFILE_INCIDENT,
	    "securityincidentresponse" },
	{ "csaf_informational_advisory", PROFILE_INFORMATIONAL,
	    "informationaladvisory" },
	{ "csaf_security_advisory", PROFILE_ADVISORY, "securityadvisory" },
	{ "csaf_vex", PROFILE_VEX, "vex" },
	{ "csaf_base", PROFILE_BASE, "base" },
};

/* Compared without case, blanks, hyphens and underscores. */
static bool
reads_as(struct cn_slice text, const char *title)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if (c == ' ' || c == '-' || c == '_')
			continue;
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (c != (uint8_t)*title++)
			return false;
	}
	return *title == '\0';
}

static void
category(struct csaf *c, struct cn_slice text)
{
	struct walk *w = &c->r->walk;

	c->f->category = keep(c->r, text);
	for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
		if (cn_slice_is(text, profiles[i].category))
			c->profile = profiles[i].profile;
		else if (reads_as(text, profiles[i].title))
			csaf_find(c, "6.1.26", w->line, w->column,
			    "the category reads like a profile; write \"%s\"",
			    profiles[i].category);
	}
}

static void
check_profile(struct csaf *c)
{
	bool products = c->profile == PROFILE_ADVISORY ||
			c->profile == PROFILE_VEX;
	bool words = c->profile == PROFILE_INCIDENT ||
		     c->profile == PROFILE_INFORMATIONAL;

	if (words && c->notes == 0)
		csaf_find(c, "6.1.27.1", 0, 0, "the document has no notes");
	if (words && c->references == 0)
		csaf_find(
		    c, "6.1.27.2", 0, 0, "the document has no references");
	if (c->profile == PROFILE_INFORMATIONAL && c->has_vulnerabilities)
		csaf_find(c, "6.1.27.3", 0, 0,
		    "an informational advisory has no vulnerabilities");
	if (products && !c->has_tree)
		csaf_find(
		    c, "6.1.27.4", 0, 0, "the document has no product_tree");
	if (products && !c->has_vulnerabilities)
		csaf_find(c, "6.1.27.11", 0, 0,
		    "the document has no vulnerabilities");
}

/* ---- events ----------------------------------------------------------------------------------- */

static void
csaf_version(struct csaf *c, struct cn_slice text)
{
	c->r->facts->sbom.spec_version = keep(c->r, text);
	c->r->walk.edition = cn_slice_is(text, "2.0")   ? 1
			     : cn_slice_is(text, "2.1") ? 2
							: 0;
}

static void
document_version(struct csaf *c, struct cn_slice text)
{
	c->r->facts->doc_version = keep(c->r, text);
	(void)csaf_version_parse(c->r->facts->doc_version, &c->version);
}

static void
value(struct csaf *c, int tag, struct cn_slice text)
{
	struct cn_sbom_facts *facts = c->r->facts;

	switch (tag) {
	case TAG_PUBLISHER:
		c->f->publisher = keep(c->r, text);
		break;
	case TAG_TLP:
		c->f->tlp = keep(c->r, text);
		break;
	case TAG_REVISION_DATE:
		c->has_revision_date = instant_parse(text, &c->revision_date);
		break;
	case TAG_REVISION_NUMBER:
		c->revision_number = keep(c->r, text);
		break;
	case TAG_RELEASED:
		facts->timestamp = keep(c->r, text);
		break;
	case TAG_ID:
		facts->id = keep(c->r, text);
		break;
	case TAG_STATUS:
		c->f->status = keep(c->r, text);
		break;
	case TAG_VERSION:
		document_version(c, text);
		break;
	case TAG_CATEGORY:
		category(c, text);
		break;
	case TAG_CSAF_VERSION:
		csaf_version(c, text);
		break;
	case TAG_TITLE:
		c->f->title = keep(c->r, text);
		break;
	case TAG_LANG:
		c->lang = keep(c->r, text);
		break;
	case TAG_SOURCE_LANG:
		c->source_lang = keep(c->r, text);
		break;
	default:
		break;
	}
}

void
csaf_document_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text)
{
	if (event == WALK_VALUE) {
		value(c, tag, text);
	} else if (event == WALK_LEAVE) {
		if (tag == TAG_REVISION)
			revision_ends(c);
	} else if (tag == TAG_REVISION) {
		c->has_revision_date = false;
		c->revision_number = CN_SLICE_NONE;
	} else if (tag == TAG_DOCUMENT_NOTE) {
		c->notes++;
	} else if (tag == TAG_DOCUMENT_REFERENCE) {
		c->references++;
	}
}

void
csaf_document_end(struct csaf *c)
{
	check_versions(c);
	check_profile(c);
	if (c->lang.len > 0 && cn_slice_eq(c->lang, c->source_lang))
		csaf_find(c, "6.1.28", 0, 0,
		    "a translation has another language than its source");
}
