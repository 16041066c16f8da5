/* What the data views share. */
#ifndef RESOLVER_VIEW_DATA_H
#define RESOLVER_VIEW_DATA_H

#include "view.h"

/* "model", "batch" or "item": what a subject names. */
const char *rs_granularity(struct cn_slice subject);
void rs_write_instant(struct cn_jw *w, const char *key, cn_instant at);
/* Appends text percent-encoded as one path segment (RFC 3986 unreserved). */
void rs_put_escaped(struct cn_buf *out, struct cn_slice text);
/* "…/v1/dpps/{id}" below the public URL. */
void rs_put_dpp_url(
    struct cn_buf *out, struct cn_slice public_url, struct cn_slice subject);

#endif
