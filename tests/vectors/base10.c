/* The digits of a QR text. */
#include <carnet/symbol.h>

#include <stdio.h>

#include "vectors.h"

static void
valid(struct vectors *v, const struct cn_json *entry)
{
	struct cn_slice digits = vectors_text(v, entry, "digits"), bytes;
	struct cn_error err = { 0 };
	struct cn_buf out;
	char name[65];

	(void)snprintf(name, sizeof(name), "%.*s", CN_FMT(digits));
	if (!vectors_hex(v, cn_json_text(entry, "bytes"), &bytes)) {
		vectors_count(v, false, name, "no hexadecimal digits");
		return;
	}
	cn_buf_init(&out, 4096);
	vectors_count(v,
	    cn_base10_decode(digits, &out, &err) == CN_OK &&
		cn_slice_eq(cn_buf_slice(&out), bytes),
	    name, "decoding gives other bytes (%s)", err.text);
	cn_buf_reset(&out);
	cn_error_clear(&err);
	vectors_count(v,
	    cn_base10_encode(bytes, &out, &err) == CN_OK &&
		cn_slice_eq(cn_buf_slice(&out), digits),
	    name, "encoding gives other digits (%s)", err.text);
	cn_buf_free(&out);
}

static void
invalid(struct vectors *v, const struct cn_json *entry)
{
	struct cn_slice digits = vectors_text(v, entry, "digits");
	struct cn_slice why = cn_json_text(entry, "why");
	struct cn_buf out;
	char name[65];

	(void)snprintf(name, sizeof(name), "%.*s", CN_FMT(digits));
	cn_buf_init(&out, 4096);
	vectors_count(v,
	    digits.ptr != NULL && cn_base10_decode(digits, &out, NULL) != CN_OK,
	    name, "accepted, but: %.*s", CN_FMT(why));
	cn_buf_free(&out);
}

void
run_base10(struct vectors *v, const struct cn_json *root)
{
	const struct cn_json *good = cn_json_get(root, "valid"), *entry;
	const struct cn_json *bad = cn_json_get(root, "invalid");

	if (good == NULL && bad == NULL) {
		vectors_unreadable(v, "it is no file of base10 vectors");
		return;
	}
	for (entry = good != NULL ? good->first : NULL; entry != NULL;
	     entry = entry->next)
		valid(v, entry);
	for (entry = bad != NULL ? bad->first : NULL; entry != NULL;
	     entry = entry->next)
		invalid(v, entry);
}
