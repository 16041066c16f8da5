/* GS1 Digital Link URIs: what a parser and a resolver make of them. */
#include <carnet/link.h>

#include <stdio.h>

#include "vectors.h"

/* What is expected of one part; absent members expect nothing. */
static bool
part_is(const struct cn_link_part *part, const struct cn_json *expected)
{
	return cn_slice_is(cn_json_text(expected, "ai"), part->ai) &&
	       cn_slice_eq(cn_json_text(expected, "value"), part->value);
}

static bool
parts_are(const struct cn_link_part *parts, size_t count,
    const struct cn_json *expected)
{
	const struct cn_json *at = expected == NULL ? NULL : expected->first;
	size_t i = 0;

	for (; at != NULL && i < count; at = at->next, i++)
		if (!part_is(&parts[i], at))
			return false;
	return at == NULL && i == count;
}

static bool
text_is(const struct cn_link *link,
    void (*write)(const struct cn_link *link, struct cn_buf *out),
    struct cn_slice expected)
{
	struct cn_buf out;
	bool same;

	if (expected.ptr == NULL)
		return true;
	cn_buf_init(&out, 4 * CN_LINK_URI);
	write(link, &out);
	same = cn_slice_eq(cn_buf_slice(&out), expected);
	cn_buf_free(&out);
	return same;
}

static const char *
difference(const struct cn_link *link, const struct cn_json *entry)
{
	if (!text_is(
		link, cn_link_canonical, cn_json_text(entry, "canonical_uri")))
		return "the canonical form is another";
	if (!text_is(
		link, cn_link_elements, cn_json_text(entry, "element_string")))
		return "the element string is another";
	if (cn_json_get(entry, "key") == NULL)
		return NULL;
	if (!part_is(&link->key, cn_json_get(entry, "key")))
		return "the key is another";
	if (!parts_are(link->qualifiers, link->qualifier_count,
		cn_json_get(entry, "qualifiers")))
		return "the qualifiers are others";
	if (!parts_are(link->attributes, link->attribute_count,
		cn_json_get(entry, "attributes")))
		return "the attributes are others";
	return NULL;
}

/* 1 accept, 0 refuse, -1 either. What is wrong with the authority never
 * reaches a resolver, but a parser must refuse it. */
static int
verdict(const struct cn_json *entry)
{
	struct cn_slice expected = cn_json_text(entry, "resolver_expected");

	if (cn_slice_is(expected, "resolve"))
		return 1;
	if (cn_slice_is(expected, "400"))
		return 0;
	if (cn_slice_starts(expected, "n/a"))
		return vectors_bool(cn_json_get(entry, "engine_valid"));
	return -1;
}

static void
run_entry(struct vectors *v, const struct cn_json *entry)
{
	struct cn_slice uri = vectors_text(v, entry, "uri");
	struct cn_slice id = cn_json_text(entry, "id");
	struct cn_error err = { 0 };
	struct cn_link link;
	const char *fault = NULL;
	char name[65];
	int expected = verdict(entry);
	bool accepted;

	(void)snprintf(name, sizeof(name), "%.*s", CN_FMT(id));
	if (uri.ptr == NULL ||
	    cn_json_text(entry, "resolver_expected").ptr == NULL) {
		vectors_count(v, false, name, "no URI or no expectation");
		return;
	}
	accepted = cn_link_parse(uri, &link, &err) == CN_OK;
	if (accepted && expected == 1)
		fault = difference(&link, entry);
	if (!accepted && expected == 1)
		fault = err.text;
	if (accepted && expected == 0)
		fault = "accepted";
	vectors_count(v, fault == NULL, name, "%.*s: %s", CN_FMT(uri),
	    fault == NULL ? "" : fault);
}

/* The folder holds files of other kinds too. */
void
run_links(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *list = cn_json_get(root, "vectors"), *entry;

	for (entry = list == NULL ? NULL : list->first; entry != NULL;
	     entry = entry->next)
		run_entry(v, entry);
}
