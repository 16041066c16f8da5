/*
 * The small JSON documents of the resolver: descriptions, receipts, errors.
 */
#ifndef RESOLVER_VIEW_PLAIN_H
#define RESOLVER_VIEW_PLAIN_H

#include "../store/store.h"
#include "view.h"

/* GS1-Conformant Resolver 1.2: /.well-known/gs1resolver. */
void rs_plain_description(struct cn_slice public_url, struct cn_buf *out);

/* {last, changes: [{seq, digitalProductPassportId, version, digest, signedAt,
 * acceptedAt, href}]} in order of acceptance; the last one's seq is the next
 * ?since=. */
struct rs_plain_changes {
	struct cn_slice public_url;
	uint64_t last;
	const struct rs_row *rows;
	size_t count;
};
void rs_plain_changes(
    const struct rs_plain_changes *changes, struct cn_buf *out);

/* {status: "ok", last} */
void rs_plain_health(uint64_t last, struct cn_buf *out);

/* {statusCode, digitalProductPassportId, version, digest} */
void rs_plain_receipt(
    const struct cn_passport *passport, bool created, struct cn_buf *out);

/* The error body of EN 18222: {statusCode, message: [{messageType, text, code,
 * correlationId, timestamp}]}. */
void rs_plain_trouble(
    const struct rs_trouble *trouble, cn_instant now, struct cn_buf *out);

/* {choices: [{href, title, type, hreflang}]} of a 300. */
void rs_plain_choices(const struct rs_trouble *trouble, struct cn_buf *out);

#endif
