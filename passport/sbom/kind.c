#include "kind.h"

#include <string.h>

/* ---- JSON ------------------------------------------------------------------ */

/* A member that tells the dialect by being there, or by its value. */
static const struct {
	const char *member;
	const char *value; /* its beginning; NULL: any value */
	const struct dialect *dialect; /* NULL: known, but not read */
	const char *otherwise; /* the refusal where the value differs */
} signs[] = {
	{ "bomFormat", "CycloneDX", &cdx_json,
	    "its bomFormat is not CycloneDX" },
	{ "spdxVersion", "SPDX-2.", &spdx2_json,
	    "its spdxVersion is not SPDX-2.x" },
	{ "document", NULL, &csaf_json, NULL },
	{ "catalogVersion", NULL, &kev_json, NULL },
	{ "canonical_url", NULL, &provider_json, NULL },
	{ "metadata_version", NULL, &provider_json, NULL },
	{ "aggregator", NULL, NULL,
	    "this is a CSAF aggregator's list, not a document about a "
	    "product" },
};

/* "@context": a text or a list of them. */
static const struct {
	const char *beginning;
	const struct dialect *dialect;
} contexts[] = {
	{ "https://spdx.org/rdf/3", &spdx3_json },
	{ "http://spdx.org/rdf/3", &spdx3_json },
	{ "https://openvex.dev/ns", &openvex_json },
};

static const struct dialect *
by_context(struct cn_slice text)
{
	for (size_t i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++)
		if (cn_slice_starts(text, contexts[i].beginning))
			return contexts[i].dialect;
	return NULL;
}

struct sniff {
	struct cn_json_reader *reader;
	struct cn_json_token t;
	struct cn_error *err;
	const struct dialect *dialect;
};

static enum cn_code
next(struct sniff *s)
{
	return cn_json_next(s->reader, &s->t, s->err);
}

static bool
is_text(const struct sniff *s)
{
	return s->t.event == CN_JSON_EV_VALUE && s->t.type == CN_JSON_STRING;
}

/* At the value of "@context"; stands behind it afterwards. */
static enum cn_code
context(struct sniff *s)
{
	uint32_t depth = s->t.depth;
	enum cn_code code = CN_OK;

	if (s->t.event != CN_JSON_EV_OPEN) {
		if (is_text(s))
			s->dialect = by_context(s->t.text);
		return CN_OK;
	}
	do {
		code = next(s);
		if (code == CN_OK && is_text(s) && s->dialect == NULL)
			s->dialect = by_context(s->t.text);
	} while (code == CN_OK &&
		 !(s->t.event == CN_JSON_EV_CLOSE && s->t.depth == depth));
	return code;
}

/* At the value of a member of the document. */
static enum cn_code
judge(struct sniff *s, struct cn_slice member)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!cn_slice_is(member, signs[i].member))
			continue;
		s->dialect = signs[i].dialect;
		if (s->dialect == NULL ||
		    (signs[i].value != NULL &&
			(!is_text(s) ||
			    !cn_slice_starts(s->t.text, signs[i].value))))
			return cn_fail(
			    s->err, CN_UNSUPPORTED, "%s", signs[i].otherwise);
		return CN_OK;
	}
	if (cn_slice_is(member, "@context"))
		return context(s);
	if (s->t.event == CN_JSON_EV_OPEN)
		return cn_json_skip(s->reader, &s->t, s->err);
	return CN_OK;
}

static enum cn_code
sniff_json(struct sniff *s)
{
	uint8_t name[32];
	enum cn_code code = next(s);

	if (code == CN_OK &&
	    (s->t.event != CN_JSON_EV_OPEN || s->t.type != CN_JSON_OBJECT))
		return cn_fail(s->err, CN_UNSUPPORTED,
		    "the document is no object, so it is no SBOM");
	while (code == CN_OK && s->dialect == NULL) {
		struct cn_slice member;

		code = next(s);
		if (code != CN_OK)
			break;
		if (s->t.event != CN_JSON_EV_KEY)
			return cn_fail(s->err, CN_UNSUPPORTED,
			    "neither CycloneDX, SPDX, OpenVEX, CSAF nor a "
			    "catalogue of exploited vulnerabilities");
		member = cn_slice_sub(s->t.text, 0, sizeof(name));
		memcpy(name, member.ptr, member.len);
		member.ptr = name;
		code = next(s);
		if (code == CN_OK)
			code = judge(s, member);
	}
	return code;
}

static enum cn_code
find_json(struct source *src, const struct dialect **out, struct cn_error *err)
{
	struct sniff s = { .err = err };
	enum cn_code code = source_rewind(src, false, err);

	if (code != CN_OK)
		return code;
	s.reader = cn_json_reader_new(
	    source_fill, src, CN_SLICE_NONE, WALK_TOKEN, WALK_DEPTH);
	if (s.reader == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for a reader");
	code = sniff_json(&s);
	cn_json_reader_free(s.reader);
	*out = s.dialect;
	return code;
}

/* ---- the first line -------------------------------------------------------- */

static size_t
skip_space(struct cn_slice text, size_t at)
{
	while (
	    at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t' ||
				 text.ptr[at] == '\r' || text.ptr[at] == '\n'))
		at++;
	return at;
}

/* The name of the first tag of a tag-value file, behind its comments. */
static struct cn_slice
first_tag(struct cn_slice text)
{
	size_t at = skip_space(text, 0), from;

	while (at < text.len && text.ptr[at] == '#') {
		while (at < text.len && text.ptr[at] != '\n')
			at++;
		at = skip_space(text, at);
	}
	for (from = at; at < text.len; at++) {
		uint8_t c = text.ptr[at] | 0x20;

		if (c < 'a' || c > 'z')
			break;
	}
	if (at == text.len || text.ptr[at] != ':')
		return CN_SLICE_NONE;
	return cn_slice_sub(text, from, at - from);
}

static enum cn_code
find_tag_value(
    struct cn_slice beginning, const struct dialect **out, struct cn_error *err)
{
	struct cn_slice tag = first_tag(beginning);

	/* YAML begins its names small */
	if (tag.len == 0 || tag.ptr[0] >= 'a')
		return cn_fail(err, CN_UNSUPPORTED,
		    "neither JSON nor XML nor SPDX tag-value; if it is SPDX as "
		    "YAML or RDF, convert it to JSON");
	*out = &spdx2_tag_value;
	return CN_OK;
}

enum cn_code
kind_find(struct source *src, const struct dialect **out, struct cn_error *err)
{
	uint8_t beginning[4096];
	struct cn_slice text;
	enum cn_code code = source_rewind(src, false, err);
	size_t got = 0, at;

	*out = NULL;
	if (code == CN_OK)
		code = source_fill(
		    src, beginning, sizeof(beginning), &got, err);
	if (code != CN_OK)
		return code;
	text = cn_slice_of(beginning, got);
	at = skip_space(text, 0);
	if (at < got && beginning[at] == '<') {
		*out = &cdx_xml;
		return CN_OK;
	}
	if (at == got || strchr("{[\"-0123456789tfn", beginning[at]) != NULL)
		return find_json(src, out, err);
	return find_tag_value(text, out, err);
}
