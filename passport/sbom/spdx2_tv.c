/*
 * SPDX 2 as tag-value: lines "Tag: value", where a value in <text>…</text> may
 * go over several. Its tags become the events that JSON gives.
 */
#include "spdx2.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ------------------------------------------------------------------------ */

struct lines {
	struct source *source;
	uint8_t chunk[16384];
	size_t at, len;
	struct cn_buf line; /* without its end */
	uint32_t number;
	uint64_t offset, next; /* of this line, of the next one */
	struct cn_error *err;
	enum cn_code code;
};

static enum cn_code
line_fail(struct lines *l, const char *what)
{
	if (l->err != NULL)
		l->err->place[0] = '\0';
	cn_error_at(l->err, "line %" PRIu32, l->number);
	return cn_fail(l->err, CN_MALFORMED, "%s", what);
}

/* Adds to the line up to its end; true where the end was seen. */
static bool
take_piece(struct lines *l)
{
	struct cn_slice rest = cn_slice_of(l->chunk + l->at, l->len - l->at);
	size_t len = cn_slice_find(rest, '\n');
	bool ended = len < rest.len;

	/* what is longer than any name is some text that nobody asks for */
	if (l->line.len + len <= WALK_TOKEN)
		cn_buf_put(&l->line, cn_slice_sub(rest, 0, len));
	l->at += len + ended;
	l->next += len + ended;
	return ended;
}

static bool
next_line(struct lines *l)
{
	bool any = false;

	cn_buf_reset(&l->line);
	l->offset = l->next;
	l->number++;
	for (;;) {
		if (l->at == l->len) {
			l->at = l->len = 0;
			l->code = source_fill(l->source, l->chunk,
			    sizeof(l->chunk), &l->len, l->err);
			if (l->code != CN_OK)
				return false;
			if (l->len == 0)
				break;
		}
		any = true;
		if (take_piece(l))
			break;
	}
	if (l->line.code != CN_OK)
		l->code = cn_buf_code(&l->line, l->err);
	else if (!cn_utf8_ok(cn_buf_slice(&l->line), NULL))
		l->code = line_fail(l, "text is not valid UTF-8");
	return any && l->code == CN_OK;
}

static struct lines *
lines_new(struct source *source, struct cn_error *err)
{
	struct lines *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	l->source = source;
	l->err = err;
	cn_buf_init(&l->line, 2 * WALK_TOKEN);
	return l;
}

static void
lines_free(struct lines *l)
{
	if (l != NULL)
		cn_buf_free(&l->line);
	free(l);
}

/* ---- tags ----------------------------------------------------------------------------- */

/* What a tag does. */
enum act {
	ACT_NOTHING, /* known, but not of interest */
	ACT_VALUE,
	ACT_BEGIN, /* an element, whose name or id this is */
	ACT_END, /* another part of the document begins */
	ACT_CHECKSUM, /* "SHA1: …" */
	ACT_REFERENCE, /* "SECURITY cpe23Type …" */
	ACT_RELATIONSHIP /* "A CONTAINS B" */
};

static const struct {
	const char *name;
	enum act act;
	int tag; /* told; of an element for ACT_BEGIN */
	int member; /* ACT_BEGIN: what its value is */
} tags[] = {
	{ "SPDXVersion", ACT_VALUE, TAG_SPEC, 0 },
	{ "DataLicense", ACT_VALUE, TAG_DATA_LICENCE, 0 },
	{ "DocumentName", ACT_VALUE, TAG_DOCUMENT_NAME, 0 },
	{ "DocumentNamespace", ACT_VALUE, TAG_NAMESPACE, 0 },
	{ "Creator", ACT_VALUE, TAG_CREATOR_NAME, 0 },
	{ "Created", ACT_VALUE, TAG_CREATED, 0 },
	{ "SPDXID", ACT_VALUE, TAG_ID, 0 },
	{ "PackageName", ACT_BEGIN, TAG_PACKAGE, TAG_NAME },
	{ "FileName", ACT_BEGIN, TAG_FILE, TAG_NAME },
	{ "SnippetSPDXID", ACT_BEGIN, TAG_SNIPPET, TAG_ID },
	{ "SnippetSPDXIdentifier", ACT_BEGIN, TAG_SNIPPET, TAG_ID },
	{ "SnippetName", ACT_VALUE, TAG_NAME, 0 },
	{ "PackageVersion", ACT_VALUE, TAG_VERSION, 0 },
	{ "PackageFileName", ACT_VALUE, TAG_FILE_NAME, 0 },
	{ "PackageSupplier", ACT_VALUE, TAG_CREATOR, 0 },
	{ "PackageOriginator", ACT_VALUE, TAG_CREATOR, 0 },
	{ "PackageLicenseConcluded", ACT_VALUE, TAG_LICENCE, 0 },
	{ "PackageLicenseDeclared", ACT_VALUE, TAG_LICENCE, 0 },
	{ "PackageChecksum", ACT_CHECKSUM, TAG_CHECKSUM, 0 },
	{ "FileChecksum", ACT_CHECKSUM, TAG_CHECKSUM, 0 },
	{ "ExternalRef", ACT_REFERENCE, TAG_REFERENCE, 0 },
	{ "Relationship", ACT_RELATIONSHIP, TAG_RELATIONSHIP, 0 },
	{ "LicenseID", ACT_END, 0, 0 },
};

/* Known tags that say nothing of interest here. */
static const char *const others[] = { "DocumentComment", "ExternalDocumentRef",
	"LicenseListVersion", "CreatorComment", "PackageDownloadLocation",
	"FilesAnalyzed", "PackageVerificationCode", "PackageHomePage",
	"PackageSourceInfo", "PackageLicenseInfoFromFiles",
	"PackageLicenseComments", "PackageCopyrightText", "PackageSummary",
	"PackageDescription", "PackageComment", "PackageAttributionText",
	"PrimaryPackagePurpose", "BuiltDate", "ReleaseDate", "ValidUntilDate",
	"ExternalRefComment", "FileType", "LicenseConcluded",
	"LicenseInfoInFile", "LicenseComments", "FileCopyrightText",
	"FileComment", "FileNotice", "FileContributor", "FileAttributionText",
	"FileDependency", "ArtifactOfProjectName", "ArtifactOfProjectHomePage",
	"ArtifactOfProjectURI", "SnippetFromFileSPDXID", "SnippetByteRange",
	"SnippetLineRange", "SnippetLicenseConcluded", "LicenseInfoInSnippet",
	"SnippetLicenseComments", "SnippetCopyrightText", "SnippetComment",
	"SnippetAttributionText", "ExtractedText", "LicenseName",
	"LicenseCrossReference", "LicenseComment", "RelationshipComment",
	"Annotator", "AnnotationDate", "AnnotationType", "SPDXREF",
	"AnnotationComment", "Reviewer", "ReviewDate", "ReviewComment" };

struct tv {
	struct spdx2 *s;
	struct walk *w;
	struct lines *lines;
	int element; /* the tag of the open one, 0: none */
	bool version; /* SPDXVersion was there */
};

static void
tell(struct tv *t, enum walk_event event, int tag, struct cn_slice text)
{
	if (t->w->code == CN_OK)
		spdx2_handle(t->s, t->w, event, tag, text);
}

static void
close_element(struct tv *t)
{
	if (t->element != 0)
		tell(t, WALK_LEAVE, t->element, CN_SLICE_NONE);
	t->element = 0;
}

/* Takes a word and the blanks behind it off the front. */
static struct cn_slice
take_word(struct cn_slice *text)
{
	size_t len = 0;
	struct cn_slice word;

	while (
	    len < text->len && text->ptr[len] != ' ' && text->ptr[len] != '\t')
		len++;
	word = cn_slice_sub(*text, 0, len);
	while (len < text->len &&
	       (text->ptr[len] == ' ' || text->ptr[len] == '\t'))
		len++;
	*text = cn_slice_sub(*text, len, text->len);
	return word;
}

static void
three_words(struct tv *t, enum act act, int tag, struct cn_slice text)
{
	struct cn_slice first = take_word(&text), second = take_word(&text),
			third = take_word(&text);

	if (third.len == 0) {
		walk_find(t->w, CN_WARNING, "format",
		    "three words are expected here");
		return;
	}
	tell(t, WALK_ENTER, tag, CN_SLICE_NONE);
	if (act == ACT_REFERENCE) {
		tell(t, WALK_VALUE, TAG_REF_CATEGORY, first);
		tell(t, WALK_VALUE, TAG_REF_TYPE, second);
	} else {
		tell(t, WALK_VALUE, TAG_FROM, first);
		tell(t, WALK_VALUE, TAG_RELATION, second);
		tell(t, WALK_VALUE, TAG_TO, third);
	}
	tell(t, WALK_LEAVE, tag, CN_SLICE_NONE);
}

static void
act_on(struct tv *t, size_t i, struct cn_slice text)
{
	switch (tags[i].act) {
	case ACT_BEGIN:
		close_element(t);
		t->element = tags[i].tag;
		tell(t, WALK_ENTER, t->element, CN_SLICE_NONE);
		tell(t, WALK_VALUE, tags[i].member, text);
		break;
	case ACT_END:
		close_element(t);
		break;
	case ACT_CHECKSUM:
		tell(t, WALK_VALUE, tags[i].tag,
		    cn_slice_sub(text, 0, cn_slice_find(text, ':')));
		break;
	case ACT_REFERENCE:
	case ACT_RELATIONSHIP:
		three_words(t, tags[i].act, tags[i].tag, text);
		break;
	case ACT_VALUE:
		t->version = t->version || tags[i].tag == TAG_SPEC;
		if (tags[i].tag == TAG_CREATOR_NAME)
			t->s->f->creators_listed = true;
		/* the document's own id belongs to no element */
		if (tags[i].tag < TAG_PACKAGE || t->element != 0)
			tell(t, WALK_VALUE, tags[i].tag, text);
		break;
	case ACT_NOTHING:
		break;
	}
}

static bool
is_other(struct cn_slice name)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (cn_slice_is(name, others[i]))
			return true;
	return false;
}

static size_t
find_tag(struct cn_slice name)
{
	size_t i = 0;

	while (i < sizeof(tags) / sizeof(tags[0]) &&
	       !cn_slice_is(name, tags[i].name))
		i++;
	return i;
}

/* ---- a line ------------------------------------------------------------------------------ */

static struct cn_slice
trim(struct cn_slice text)
{
	while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t'))
		text = cn_slice_sub(text, 1, text.len);
	while (text.len > 0 && (text.ptr[text.len - 1] == ' ' ||
				   text.ptr[text.len - 1] == '\t' ||
				   text.ptr[text.len - 1] == '\r'))
		text = cn_slice_sub(text, 0, text.len - 1);
	return text;
}

static bool
holds(struct cn_slice text, const char *what)
{
	for (size_t at = 0; at < text.len; at++)
		if (cn_slice_starts(cn_slice_sub(text, at, text.len), what))
			return true;
	return false;
}

/* "<text>x</text>" on one line is x; what goes over lines is some prose that
 * is passed over. */
static struct cn_slice
unwrap(struct lines *l, struct cn_slice text)
{
	if (!cn_slice_starts(text, "<text>"))
		return text;
	text = cn_slice_sub(text, 6, text.len);
	if (cn_slice_ends(text, "</text>"))
		return cn_slice_sub(text, 0, text.len - 7);
	while (!holds(text, "</text>") && next_line(l))
		text = cn_buf_slice(&l->line);
	if (l->code == CN_OK && !holds(text, "</text>"))
		l->code = line_fail(l, "<text> is never closed");
	return CN_SLICE("");
}

/* False where the line is blank or a comment. */
static bool
split(struct lines *l, struct cn_slice *name, struct cn_slice *text)
{
	struct cn_slice line = trim(cn_buf_slice(&l->line));
	size_t colon = cn_slice_find(line, ':');

	if (line.len == 0 || line.ptr[0] == '#')
		return false;
	*name = trim(cn_slice_sub(line, 0, colon));
	*text = trim(cn_slice_sub(line, colon + 1, line.len));
	if (colon == line.len) {
		l->code = line_fail(l, "a line \"Tag: value\" is expected");
		return false;
	}
	return true;
}

static void
one_line(struct tv *t)
{
	struct cn_slice name, text;
	size_t i;

	t->w->line = t->lines->number;
	t->w->column = 1;
	t->w->offset = t->lines->offset;
	if (!split(t->lines, &name, &text))
		return;
	i = find_tag(name);
	if (i == sizeof(tags) / sizeof(tags[0]) && !is_other(name))
		walk_find(t->w, CN_WARNING, "member",
		    "the tag \"%.*s\" is not known",
		    CN_FMT(cn_slice_sub(name, 0, 80)));
	text = unwrap(t->lines, text);
	if (i < sizeof(tags) / sizeof(tags[0]) && t->lines->code == CN_OK)
		act_on(t, i, text);
}

static enum cn_code
run(struct reading *r, const struct dialect *d, struct cn_error *err)
{
	struct tv t = { .s = r->walk.ctx, .w = &r->walk };
	enum cn_code code;

	(void)d;
	t.lines = lines_new(r->source, err);
	if (t.lines == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	walk_begin(&r->walk, NULL, err);
	while (r->walk.code == CN_OK && next_line(t.lines))
		one_line(&t);
	code = t.lines->code != CN_OK ? t.lines->code : r->walk.code;
	if (code == CN_OK && !t.version)
		code = cn_fail(err, CN_MALFORMED,
		    "no SPDXVersion: this is no SPDX document");
	if (code == CN_OK)
		close_element(&t);
	lines_free(t.lines);
	return code != CN_OK ? code : r->walk.code;
}

void
spdx2_tag_value_reread(struct spdx2 *s, const struct element *element)
{
	struct walk *w = &s->r->walk;
	struct lines *l = lines_new(s->r->source, w->err);
	struct cn_slice name, text;
	bool begun = false;

	cn_buf_reset(&s->name);
	cn_buf_reset(&s->version);
	if (l == NULL) {
		walk_no_memory(w);
		return;
	}
	l->code = source_seek(s->r->source, element->offset, w->err);
	while (l->code == CN_OK && next_line(l)) {
		size_t i;

		if (!split(l, &name, &text))
			continue;
		i = find_tag(name);
		text = unwrap(l, text);
		if (i == sizeof(tags) / sizeof(tags[0]))
			continue;
		if (tags[i].act == ACT_BEGIN && begun)
			break;
		begun = true;
		if (tags[i].tag == TAG_VERSION)
			cn_buf_put(&s->version, text);
		if (tags[i].member == TAG_NAME || tags[i].tag == TAG_NAME)
			cn_buf_put(&s->name, text);
	}
	if (l->code != CN_OK)
		w->code = l->code;
	lines_free(l);
}

const struct dialect spdx2_tag_value = { CN_SBOM_SPDX2, "SPDX", "spdx",
	"tag-value", NULL, run, spdx2_begin, spdx2_handle, spdx2_end,
	spdx2_drop };
