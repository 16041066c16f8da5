/*
 * Which addresses may be fetched: URLs before the connection, socket addresses
 * when it is made.
 */
#ifndef CARNET_NET_TARGET_H
#define CARNET_NET_TARGET_H

#include <carnet/bytes.h>

#include <curl/curl.h>

#define NET_URL 4096 /* longest URL fetched, bytes */

struct target {
	CURLU *url; /* own */
	bool https;
	bool loopback; /* by its name: 127.0.0.0/8, ::1, localhost */
};

/* Takes a URL apart, its fragment cut off. NULL, or what is wrong with it; the
 * target is empty then. */
const char *target_read(struct cn_slice text, struct target *out);
void target_free(struct target *target);

/* Appends the URL as it is fetched. */
void target_print(const struct target *target, struct cn_buf *out);

/* Same scheme, host and port? */
bool target_same_origin(const struct target *a, const struct target *b);

/* Does the system take it for itself: 127.0.0.0/8, ::1, and the unspecified
 * addresses, also mapped into IPv6. */
bool target_is_own(const struct sockaddr *address);

#endif
