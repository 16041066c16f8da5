/*
 * GS1 Digital Link URIs. What is accepted has a canonical form that is
 * accepted too and is its own canonical form; the walk-up ends at the key, and
 * every step of it is a link again that speaks for the first.
 */
#include "fuzz.h"

#include <carnet/link.h>

#include <string.h>

static void
canonical_round(const struct cn_link *link)
{
	static struct cn_link again;
	struct cn_buf canonical, twice, elements, elements_again;

	cn_buf_init(&canonical, 8192);
	cn_buf_init(&twice, 8192);
	cn_buf_init(&elements, 8192);
	cn_buf_init(&elements_again, 8192);
	cn_link_canonical(link, &canonical);
	cn_link_elements(link, &elements);
	FUZZ_HOLDS(cn_buf_code(&canonical, NULL) == CN_OK);
	if (canonical.len <= CN_LINK_URI) {
		FUZZ_HOLDS(cn_link_parse(cn_buf_slice(&canonical), &again,
			       NULL) == CN_OK);
		cn_link_canonical(&again, &twice);
		cn_link_elements(&again, &elements_again);
		FUZZ_HOLDS(cn_slice_eq(
		    cn_buf_slice(&canonical), cn_buf_slice(&twice)));
		FUZZ_HOLDS(cn_slice_eq(
		    cn_buf_slice(&elements), cn_buf_slice(&elements_again)));
	}
	cn_buf_free(&elements_again);
	cn_buf_free(&elements);
	cn_buf_free(&twice);
	cn_buf_free(&canonical);
}

static void
walk(const struct cn_link *link)
{
	static struct cn_link above;
	struct cn_buf path;
	unsigned step = 0;

	cn_buf_init(&path, 8192);
	for (; cn_link_ancestor(link, step, &path); step++) {
		FUZZ_HOLDS(step < 8);
		FUZZ_HOLDS(cn_link_parse_path(
			       cn_buf_slice(&path), &above, NULL) == CN_OK);
		FUZZ_HOLDS(strcmp(above.key.ai, link->key.ai) == 0);
		FUZZ_HOLDS(cn_slice_eq(above.key.value, link->key.value));
		FUZZ_HOLDS(above.qualifier_count <= link->qualifier_count);
		cn_buf_reset(&path);
	}
	FUZZ_HOLDS(step >= 1);
	cn_buf_free(&path);
}

static void
subject(struct cn_slice url)
{
	struct cn_buf sub;

	cn_buf_init(&sub, 8192);
	if (cn_subject_of(url, &sub, NULL) == CN_OK) {
		FUZZ_HOLDS(cn_subject_ok(cn_buf_slice(&sub)));
		FUZZ_HOLDS(cn_subject_speaks_for(
		    cn_buf_slice(&sub), cn_buf_slice(&sub)));
	}
	cn_buf_free(&sub);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct cn_link link;
	struct cn_slice uri = cn_slice_of(data, size);

	if (cn_link_parse(uri, &link, NULL) == CN_OK) {
		canonical_round(&link);
		walk(&link);
	}
	if (cn_link_parse_path(uri, &link, NULL) == CN_OK) {
		canonical_round(&link);
		walk(&link);
	}
	subject(uri);
	return 0;
}
