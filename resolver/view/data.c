#include "data.h"

const char *
rs_granularity(struct cn_slice subject)
{
	struct cn_link link;

	if (cn_link_parse(subject, &link, NULL) != CN_OK)
		return "model";
	if (cn_link_qualifier(&link, "21").len > 0)
		return "item";
	return cn_link_qualifier(&link, "10").len > 0 ? "batch" : "model";
}

void
rs_write_instant(struct cn_jw *w, const char *key, cn_instant at)
{
	char text[21];

	cn_instant_print(at, text);
	cn_jw_kv_str(w, key, text);
}

void
rs_put_escaped(struct cn_buf *out, struct cn_slice text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		    c == '_' || c == '~')
			cn_buf_byte(out, c);
		else
			cn_buf_printf(out, "%%%02X", c);
	}
}

void
rs_put_dpp_url(
    struct cn_buf *out, struct cn_slice public_url, struct cn_slice subject)
{
	cn_buf_put(out, public_url);
	cn_buf_str(out, "/v1/dpps/");
	rs_put_escaped(out, subject);
}
