/*
 * How many connections each address has. One table for all threads, its size
 * given at birth.
 */
#ifndef RESOLVER_HTTP_ADDRESS_H
#define RESOLVER_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* An IPv4 address, or the /64 of an IPv6 one: whoever has one address of it
 * has them all. */
struct rs_address {
	uint8_t bytes[16];
};

struct rs_address rs_address_of(const struct sockaddr *from);
bool rs_address_loopback(const struct sockaddr *from);

struct rs_addresses;

/* For at most `most` connections; NULL when memory is short. */
struct rs_addresses *rs_addresses_new(size_t most);
void rs_addresses_free(struct rs_addresses *addresses); /* NULL is fine */
/* Counts one more; false where the address has `limit` already. */
bool rs_address_enter(struct rs_addresses *addresses,
    const struct rs_address *address, unsigned limit);
void rs_address_leave(
    struct rs_addresses *addresses, const struct rs_address *address);

#endif
