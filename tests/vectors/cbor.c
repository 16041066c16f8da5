/*
 * CBOR. Three shapes of files: RFC 8949 appendix A, of which exactly the items
 * in deterministic form are accepted; lists that are refused as a whole; lists
 * of good and bad items.
 */
#include <carnet/cbor.h>

#include <stdio.h>

#include "vectors.h"

static void
item(struct vectors *v, struct cn_slice hex, bool want)
{
	struct cn_error err = { 0 };
	struct cn_slice bytes;
	char name[65];
	bool got;

	(void)snprintf(name, sizeof(name), "%.*s", CN_FMT(hex));
	if (!vectors_hex(v, hex, &bytes)) {
		vectors_count(v, false, name, "no hexadecimal digits");
		return;
	}
	got = cn_cbor_check(bytes, &err) == CN_OK;
	vectors_count(v, got == want, name, "expected to be %s%s%s",
	    want ? "accepted" : "refused", want ? ": " : "",
	    want ? err.text : "");
}

/*
 * "roundtrip" says that the encoder of RFC 7049 gives the same bytes. Two more
 * things are asked of a deterministic item: no indefinite length (the file says
 * true for chunked strings in some editions), and a simple value in two bytes
 * is 32 at least (RFC 8949 section 3.3; RFC 7049 still had simple(24)).
 */
static bool
deterministic(const struct cn_json *entry)
{
	struct cn_slice hex = cn_json_text(entry, "hex");
	uint8_t head[2] = { 0, 0 };

	if (hex.len >= 4)
		(void)cn_unhex(cn_slice_sub(hex, 0, 4), head, 2);
	if ((head[0] & 0x1f) == 31 || (head[0] == 0xf8 && head[1] < 32))
		return false;
	return vectors_bool(cn_json_get(entry, "roundtrip")) == 1;
}

static void
appendix_a(struct vectors *v, const struct cn_json *list)
{
	const struct cn_json *entry;

	for (entry = list->first; entry != NULL; entry = entry->next)
		item(v, cn_json_text(entry, "hex"), deterministic(entry));
}

/* Entries are texts or objects with a member "hex". */
static void
all_of(struct vectors *v, const struct cn_json *list, bool want)
{
	const struct cn_json *entry = list != NULL ? list->first : NULL;

	for (; entry != NULL; entry = entry->next)
		item(v,
		    entry->type == CN_JSON_STRING ? entry->text
						  : cn_json_text(entry, "hex"),
		    want);
}

void
run_cbor(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *items = cn_json_get(root, "items");
	struct cn_slice expect = cn_json_text(root, "expect");
	const struct cn_json *good = cn_json_get(root, "good");
	const struct cn_json *bad = cn_json_get(root, "bad");

	if (root->type == CN_JSON_ARRAY) {
		appendix_a(v, root);
	} else if (items != NULL && cn_slice_is(expect, "reject")) {
		all_of(v, items, false);
	} else if (items != NULL && cn_slice_is(expect, "accept")) {
		all_of(v, items, true);
	} else if (good != NULL || bad != NULL) {
		all_of(v, good, true);
		all_of(v, bad, false);
	} else {
		vectors_unreadable(v, "it is no file of CBOR vectors");
	}
}
