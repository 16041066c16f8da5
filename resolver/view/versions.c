#include "data.h"

static void
write_one(const struct rs_view *view, const struct rs_version *version,
    struct cn_jw *w)
{
	const struct cn_field *changes;
	struct cn_buf url;
	char hex[2 * CN_DIGEST + 1];

	cn_hex(cn_slice_of(version->digest, CN_DIGEST), hex);
	cn_jw_object(w);
	cn_jw_kv_uint(w, "version", version->version);
	cn_jw_kv_str(w, "digest", hex);
	cn_jw_key(w, "supersedes");
	if (version->has_supersedes)
		cn_jw_hex(w, cn_slice_of(version->supersedes, CN_DIGEST));
	else
		cn_jw_null(w);
	rs_write_instant(w, "signedAt", version->iat);
	rs_write_instant(w, "acceptedAt", version->accepted);
	changes = &cn_table_version.rows[CN_VERSION_CHANGES];
	if (cn_get(version->note, CN_VERSION_CHANGES) != NULL) {
		cn_jw_key(w, "changes");
		cn_value_write_json(
		    changes, cn_get(version->note, CN_VERSION_CHANGES), w);
	}
	cn_buf_init(&url, 16384);
	rs_put_dpp_url(
	    &url, view->public_url, rs_view_nearest(view)->passport->sub);
	cn_buf_printf(&url, "/versions/%s", hex);
	cn_jw_kv_slice(w, "href", cn_buf_slice(&url));
	cn_buf_free(&url);
	cn_jw_object_end(w);
}

void
rs_view_versions(const struct rs_view *view, struct cn_buf *out)
{
	struct cn_jw w;
	size_t i;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	cn_jw_kv_slice(&w, "digitalProductPassportId",
	    rs_view_nearest(view)->passport->sub);
	cn_jw_kv_slice(&w, "issuer", rs_view_nearest(view)->passport->iss);
	cn_jw_kv_uint(&w, "current", view->version_total);
	cn_jw_key(&w, "versions");
	cn_jw_array(&w);
	for (i = 0; i < view->version_count; i++)
		write_one(view, &view->versions[i], &w);
	cn_jw_array_end(&w);
	/* There is more: asked for with ?below=<the last one's number>. */
	if (view->version_count > 0 &&
	    view->versions[view->version_count - 1].version > 1)
		cn_jw_kv_uint(&w, "below",
		    view->versions[view->version_count - 1].version);
	cn_jw_object_end(&w);
}
