#include "plain.h"

#include <stdio.h>

#include "data.h"

void
rs_plain_description(struct cn_slice public_url, struct cn_buf *out)
{
	struct cn_jw w;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "name", "Carnet resolver");
	cn_jw_kv_slice(&w, "resolverRoot", public_url);
	cn_jw_key(&w, "supportedPrimaryKeys");
	cn_jw_array(&w);
	cn_jw_str(&w, "all");
	cn_jw_array_end(&w);
	cn_jw_key(&w, "supportedLinkType");
	cn_jw_array(&w);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "namespace", "https://ref.gs1.org/voc/");
	cn_jw_kv_str(&w, "prefix", "gs1:");
	cn_jw_object_end(&w);
	cn_jw_array_end(&w);
	cn_jw_kv_bool(&w, "linkTypeDefaultCanBeLinkset", false);
	cn_jw_object_end(&w);
}

void
rs_plain_changes(const struct rs_plain_changes *changes, struct cn_buf *out)
{
	const struct rs_row *row;
	struct cn_buf url;
	struct cn_jw w;
	char hex[2 * CN_DIGEST + 1];
	size_t i;

	cn_jw_init(&w, out, false);
	cn_buf_init(&url, 16384);
	cn_jw_object(&w);
	cn_jw_kv_uint(&w, "last", changes->last);
	cn_jw_key(&w, "changes");
	cn_jw_array(&w);
	for (i = 0; i < changes->count; i++) {
		row = &changes->rows[i];
		cn_hex(cn_slice_of(row->digest, CN_DIGEST), hex);
		cn_buf_reset(&url);
		rs_put_dpp_url(&url, changes->public_url, row->sub);
		cn_buf_printf(&url, "/versions/%s", hex);
		cn_jw_object(&w);
		cn_jw_kv_uint(&w, "seq", row->seq);
		cn_jw_kv_slice(&w, "digitalProductPassportId", row->sub);
		cn_jw_kv_uint(&w, "version", row->version);
		cn_jw_kv_str(&w, "digest", hex);
		rs_write_instant(&w, "signedAt", row->iat);
		rs_write_instant(&w, "acceptedAt", row->accepted);
		cn_jw_kv_slice(&w, "href", cn_buf_slice(&url));
		cn_jw_object_end(&w);
	}
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
	cn_buf_free(&url);
}

void
rs_plain_health(uint64_t last, struct cn_buf *out)
{
	struct cn_jw w;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "status", "ok");
	cn_jw_kv_uint(&w, "last", last);
	cn_jw_object_end(&w);
}

void
rs_plain_receipt(
    const struct cn_passport *passport, bool created, struct cn_buf *out)
{
	struct cn_jw w;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "statusCode", created ? "SuccessCreated" : "Success");
	cn_jw_kv_slice(&w, "digitalProductPassportId", passport->sub);
	cn_jw_kv_uint(&w, "version", passport->version);
	cn_jw_key(&w, "digest");
	cn_jw_hex(&w, cn_slice_of(passport->digest, CN_DIGEST));
	cn_jw_object_end(&w);
}

/* ---- errors ------------------------------------------------------------------ */

static const char *
status_code(unsigned status)
{
	switch (status) {
	case 401:
		return "ClientNotAuthorized";
	case 403:
		return "ClientForbidden";
	case 404:
		return "ClientErrorResourceNotFound";
	case 405:
		return "ClientMethodNotAllowed";
	case 409:
		return "ClientResourceConflict";
	default:
		return status >= 500 ? "ServerInternalError"
				     : "ClientErrorBadRequest";
	}
}

/* Names one answer, so that whoever reports it and whoever looks for it mean
 * the same. Only to tell them apart: its being guessed harms nobody. */
static void
correlation(char out[33])
{
	uint8_t bytes[16] = { 0 };

	if (cn_random(bytes, sizeof(bytes), NULL) != CN_OK)
		bytes[0] = 0;
	cn_hex(cn_slice_of(bytes, sizeof(bytes)), out);
}

void
rs_plain_trouble(
    const struct rs_trouble *trouble, cn_instant now, struct cn_buf *out)
{
	struct cn_jw w;
	char id[33], status[8];

	correlation(id);
	(void)snprintf(status, sizeof(status), "%u", trouble->status);
	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "statusCode", status_code(trouble->status));
	cn_jw_key(&w, "message");
	cn_jw_array(&w);
	cn_jw_object(&w);
	cn_jw_kv_str(&w, "messageType", "Error");
	cn_jw_kv_slice(&w, "text", trouble->reason);
	cn_jw_kv_str(&w, "code", status);
	cn_jw_kv_str(&w, "correlationId", id);
	rs_write_instant(&w, "timestamp", now);
	cn_jw_object_end(&w);
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
}

void
rs_plain_choices(const struct rs_trouble *trouble, struct cn_buf *out)
{
	const struct rs_choice *choice;
	struct cn_jw w;
	size_t i;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	cn_jw_key(&w, "choices");
	cn_jw_array(&w);
	for (i = 0; i < trouble->choice_count; i++) {
		choice = &trouble->choices[i];
		cn_jw_object(&w);
		cn_jw_kv_slice(&w, "href", choice->href);
		cn_jw_kv_slice(&w, "title", choice->title);
		if (choice->type.len > 0)
			cn_jw_kv_slice(&w, "type", choice->type);
		if (choice->lang.len > 0)
			cn_jw_kv_slice(&w, "hreflang", choice->lang);
		cn_jw_object_end(&w);
	}
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
}
