/* CSAF: the document, its versions and its profile. */
#include "csaf.h"

#include <string.h>

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

/* Which revision is the newest by number, and which by date? */
static void
compare_revision(struct csaf *c, struct csaf_version version)
{
	struct walk *w = &c->r->walk;
	bool first = c->newest.text.ptr == NULL;

	if (!first && c->has_revision_date) {
		int number = version_cmp(version, c->newest);
		int date = instant_cmp(c->revision_date, c->newest_date);

		if ((number > 0 && date < 0) || (number < 0 && date > 0))
			csaf_find(c, "6.1.14", w->line, w->column,
			    "the dates of the revisions do not follow their "
			    "numbers");
	}
	if (first || version_cmp(version, c->newest) > 0) {
		c->newest = version;
		c->newest_date = c->revision_date;
	}
	if (first || (c->has_revision_date &&
			 instant_cmp(c->revision_date, c->latest_date) >= 0)) {
		c->latest = version;
		c->latest_date = c->revision_date;
	}
}

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
	if (n == NULL || names_add(&c->majors, version.major) == NULL) {
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
	compare_revision(c, version);
}

/* No major version may be missing from the first, 0 or 1, to the last. */
static void
check_gaps(struct csaf *c)
{
	size_t zero = names_find(&c->majors, CN_SLICE("0")) != NULL ? 1 : 0;
	uint64_t newest;

	if (cn_slice_uint(c->newest.major, 1000000, &newest) &&
	    newest + zero > c->majors.count)
		csaf_find(c, "6.1.21", 0, 0,
		    "a revision is missing between the first and the last");
}

/* Drafts may be what a document that is out must not be. */
static void
check_released(struct csaf *c)
{
	if (cn_slice_is(c->version.major, "0") || c->version.pre_release)
		csaf_find(c, "6.1.17", 0, 0,
		    "a document of version 0, or of a pre-release, is a "
		    "draft");
	if (names_find(&c->majors, CN_SLICE("0")) != NULL)
		csaf_find(c, "6.1.18", 0, 0,
		    "the history of a released document has no revision 0");
	if (c->version.pre_release)
		csaf_find(c, "6.1.20", 0, 0,
		    "a released document has no pre-release as its version");
}

static struct cn_slice
release_of(struct cn_slice version)
{
	version = bare(version);
	return cn_slice_sub(version, 0, cn_slice_find(version, '-'));
}

static void
check_versions(struct csaf *c)
{
	bool draft = cn_slice_is(c->f->status, "draft");
	struct cn_slice latest = bare(c->latest.text),
			version = bare(c->version.text);

	if (latest.ptr == NULL || version.ptr == NULL)
		return;
	if (draft) { /* its pre-releases are not in the history */
		latest = release_of(latest);
		version = release_of(version);
	}
	if (!cn_slice_eq(latest, version))
		csaf_find(c, "6.1.16", 0, 0,
		    "the version is %.*s, but the last revision is %.*s",
		    CN_FMT(cn_slice_sub(c->version.text, 0, 40)),
		    CN_FMT(cn_slice_sub(c->latest.text, 0, 40)));
	if (!draft)
		check_released(c);
	if (c->semantic_revisions + c->version.semantic != 0 &&
	    c->semantic_revisions + c->version.semantic != c->revisions + 1)
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
		csaf_find(c, "6.1.27.1", 0, 0,
		    "the document has no note that describes, details or sums "
		    "up");
	if (words && c->references == 0)
		csaf_find(c, "6.1.27.2", 0, 0,
		    "the document has no external reference");
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
	case TAG_PUBLISHER_CATEGORY:
		c->translator = cn_slice_is(text, "translator");
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
	case TAG_NOTE_CATEGORY:
		c->notes += c->in_note && (cn_slice_is(text, "description") ||
					      cn_slice_is(text, "details") ||
					      cn_slice_is(text, "general") ||
					      cn_slice_is(text, "summary"));
		break;
	case TAG_REFERENCE_CATEGORY:
		c->external = cn_slice_is(text, "external");
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

static void
opened(struct csaf *c, int tag)
{
	if (tag == TAG_REVISION) {
		c->has_revision_date = false;
		c->revision_number = CN_SLICE_NONE;
	} else if (tag == TAG_DOCUMENT_NOTE) {
		c->in_note = true;
	} else if (tag == TAG_DOCUMENT_REFERENCE) {
		c->external = true; /* where nothing is said */
	}
}

void
csaf_document_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text)
{
	if (event == WALK_VALUE)
		value(c, tag, text);
	else if (event == WALK_ENTER)
		opened(c, tag);
	else if (tag == TAG_REVISION)
		revision_ends(c);
	else if (tag == TAG_DOCUMENT_NOTE)
		c->in_note = false;
	else if (tag == TAG_DOCUMENT_REFERENCE)
		c->references += c->external;
}

/* Languages of two letters (ISO 639-1), between blanks. */
static const char languages[] =
    " aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch "
    "co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy "
    "ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo "
    "lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny "
    "oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty "
    "ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

/* The first part of a language tag (RFC 5646); those of three letters and more
 * are too many to list. */
static void
check_language(struct csaf *c, struct cn_slice tag)
{
	struct cn_slice first = cn_slice_sub(tag, 0, cn_slice_find(tag, '-'));
	char word[5] = "     ";

	if (first.len != 2)
		return;
	for (size_t i = 0; i < 2; i++)
		word[i + 1] = (char)(first.ptr[i] | 0x20);
	word[3] = ' ';
	word[4] = '\0';
	if (strstr(languages, word) == NULL)
		csaf_find(c, "6.1.12", 0, 0, "\"%.*s\" is no language",
		    CN_FMT(cn_slice_sub(tag, 0, 40)));
}

void
csaf_document_end(struct csaf *c)
{
	check_versions(c);
	check_profile(c);
	check_language(c, c->lang);
	check_language(c, c->source_lang);
	if (c->translator && c->source_lang.len == 0)
		csaf_find(c, "6.1.15", 0, 0,
		    "a translation names the language of its source "
		    "(source_lang)");
	if (c->lang.len > 0 && cn_slice_eq(c->lang, c->source_lang))
		csaf_find(c, "6.1.28", 0, 0,
		    "a translation has another language than its source");
}
