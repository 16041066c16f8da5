/*
 * Assets: style sheet, scripts and icon, read at start and served under names
 * that hold a digest of their bytes, so they may be kept for ever.
 */
#ifndef RESOLVER_ASSETS_H
#define RESOLVER_ASSETS_H

#include "page_data.h"

struct rs_assets;

/* Reads the files below share/carnet/page. A script that imports another one
 * ("./proof.mjs") gets the name under which that is served. */
CN_MUST_USE enum cn_code rs_assets_open(
    struct rs_assets **out, struct cn_error *err);
void rs_assets_free(struct rs_assets *assets); /* NULL is fine */
const struct rs_asset *rs_assets_find(
    const struct rs_assets *assets, struct cn_slice name);
/* The members of a page's head that lead to assets. */
void rs_assets_head(const struct rs_assets *assets, struct rs_head *head);

#endif
