/*
 * http and https URLs: taken apart, and judged by what a browser's URL parser
 * (WHATWG URL Standard) would make of them.
 */
#ifndef CARNET_CARRIER_URL_H
#define CARNET_CARRIER_URL_H

#include <carnet/bytes.h>

struct url {
	struct cn_slice scheme; /* as written */
	struct cn_slice host; /* brackets included */
	struct cn_slice port; /* ptr NULL: none */
	struct cn_slice origin; /* scheme, "://", host, port */
	struct cn_slice path; /* from the first '/'; may be empty */
	struct cn_slice query; /* without '?'; ptr NULL: none */
	struct cn_slice fragment; /* without '#'; ptr NULL: none */
};

/* NULL, or what is wrong with it. All but the fragment holds only characters
 * of RFC 3986, a host of DNS shape or an IPv6 address, no user, and '%' only
 * before two hex digits. */
const char *url_split(struct cn_slice text, struct url *out);

/* The same for a path with optional query, as a server sees it. */
const char *url_split_path(struct cn_slice text, struct url *out);

/* NULL, or what a browser would change in it: scheme, host, port, dot
 * segments, quotation marks. The fragment is not looked at. */
const char *url_fault(const struct url *url);

/* NULL, or which percent-encoding has a shorter or other canonical form
 * (RFC 3986 6.2.2). */
const char *url_encoding_fault(const struct url *url);

/* 127.0.0.0/8, [::1] or localhost. */
bool url_is_loopback(const struct url *url);

/* Cuts the next segment of a path that starts with '/': false at its end. */
bool url_segment(struct cn_slice *path, struct cn_slice *segment);

/* '.' and '..', also where the dots are percent-encoded. */
bool url_is_dots(struct cn_slice segment);

bool url_is_unreserved(uint8_t c);

#endif
