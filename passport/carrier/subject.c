/*
 * Subjects: the one spelling of a product's identifier, and who speaks for
 * whom.
 */
#include "ai.h"
#include "url.h"

#include <carnet/link.h>
#include <carnet/symbol.h>

static bool
looks_like_link(const struct url *url)
{
	struct cn_slice path = url->path, segment;

	if (cn_slice_is(url->host, "id.gs1.org"))
		return true;
	while (url_segment(&path, &segment))
		if (path.len > 0 &&
		    (ai_find_key(segment) != NULL || ai_is_alpha(segment)))
			return true;
	return false;
}

/* A lot called ".." is right as a lot, but no browser would ever ask for it. */
static enum cn_code
put_link(const struct cn_link *link, struct cn_buf *out, struct cn_error *err)
{
	for (size_t i = 0; i < link->qualifier_count; i++)
		if (url_is_dots(link->qualifiers[i].value))
			return cn_fail(err, CN_BAD_LINK,
			    "the value of (%s) is a name that browsers "
			    "resolve away",
			    link->qualifiers[i].ai);
	cn_buf_str(out, "https://id.gs1.org");
	cn_link_path(link, out);
	return cn_buf_code(out, err);
}

/* IEC 61406: an https URL of the maker's, in the spelling that every URL
 * parser gives back. */
static enum cn_code
put_plain(struct cn_slice text, const struct url *url, struct cn_buf *out,
    struct cn_error *err)
{
	const char *fault = url_fault(url);

	if (!cn_slice_is(url->scheme, "https"))
		fault = "does not start with https://";
	if (fault == NULL && url->fragment.ptr != NULL)
		fault = "has a fragment";
	if (fault == NULL)
		fault = url_encoding_fault(url);
	if (fault != NULL)
		return cn_fail(err, CN_BAD_LINK, "the address %s", fault);
	if (text.len > CN_LINK_URI)
		return cn_fail(err, CN_BAD_LINK,
		    "the address is longer than %d characters", CN_LINK_URI);
	cn_buf_put(out, text);
	return cn_buf_code(out, err);
}

enum cn_code
cn_subject_of(struct cn_slice text, struct cn_buf *out, struct cn_error *err)
{
	struct cn_link link;
	struct cn_error why = { .code = CN_OK };
	struct url url;
	const char *fault = url_split(text, &url);

	if (fault != NULL)
		return cn_fail(err, CN_BAD_LINK, "the address %s", fault);
	if (cn_link_parse(text, &link, &why) == CN_OK)
		return put_link(&link, out, err);
	if (looks_like_link(&url))
		return cn_fail(err, CN_BAD_LINK, "%s", why.text);
	return put_plain(text, &url, out, err);
}

bool
cn_subject_ok(struct cn_slice sub)
{
	struct cn_buf again;
	bool ok;

	cn_buf_init(&again, 4 * CN_LINK_URI);
	ok = cn_subject_of(sub, &again, NULL) == CN_OK &&
	     cn_slice_eq(sub, cn_buf_slice(&again));
	cn_buf_free(&again);
	return ok;
}

bool
cn_subject_speaks_for(struct cn_slice sub, struct cn_slice scanned)
{
	struct cn_link link;
	struct cn_buf path;
	bool found = cn_slice_eq(sub, scanned);

	if (found || !cn_slice_starts(sub, "https://id.gs1.org/") ||
	    cn_link_parse(scanned, &link, NULL) != CN_OK)
		return found;
	cn_buf_init(&path, 4 * CN_LINK_URI);
	for (unsigned step = 1; !found; step++) {
		cn_buf_reset(&path);
		cn_buf_str(&path, "https://id.gs1.org");
		if (!cn_link_ancestor(&link, step, &path))
			break;
		found = cn_slice_eq(sub, cn_buf_slice(&path));
	}
	cn_buf_free(&path);
	return found;
}

enum cn_code
cn_url_printable(struct cn_slice text, struct cn_error *err)
{
	struct url url;
	const char *fault = url_split(text, &url);

	if (fault == NULL)
		fault = url_fault(&url);
	if (fault == NULL && url.fragment.ptr != NULL)
		fault = "has a fragment already";
	if (fault == NULL && !cn_slice_is(url.scheme, "https") &&
	    !url_is_loopback(&url))
		fault = "does not start with https://";
	if (fault != NULL)
		return cn_fail(err, CN_BAD_LINK, "the address %s", fault);
	if (text.len > CN_LINK_URI)
		return cn_fail(err, CN_BAD_LINK,
		    "the address is longer than %d characters", CN_LINK_URI);
	return CN_OK;
}
