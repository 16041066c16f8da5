#include "address.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

struct entry {
	struct rs_address address;
	unsigned count;
	uint32_t next; /* in its bucket, or in the free list */
};

struct rs_addresses {
	pthread_mutex_t lock;
	size_t buckets; /* a power of two */
	uint32_t *heads;
	struct entry *entries;
	uint32_t free;
};

static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

struct rs_address
rs_address_of(const struct sockaddr *from)
{
	struct rs_address out = { { 0 } };
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	if (from->sa_family == AF_INET) {
		memcpy(&in, from, sizeof(in));
		memcpy(out.bytes, mapped, sizeof(mapped));
		memcpy(out.bytes + sizeof(mapped), &in.sin_addr, 4);
	} else if (from->sa_family == AF_INET6) {
		memcpy(&in6, from, sizeof(in6));
		memcpy(out.bytes, &in6.sin6_addr, 16);
		if (memcmp(out.bytes, mapped, sizeof(mapped)) != 0)
			memset(out.bytes + 8, 0, 8);
	}
	return out;
}

bool
rs_address_loopback(const struct sockaddr *from)
{
	struct sockaddr_in6 in6;
	struct rs_address address = rs_address_of(from);

	if (from->sa_family == AF_INET6) {
		memcpy(&in6, from, sizeof(in6));
		if (memcmp(&in6.sin6_addr, &in6addr_loopback, 16) == 0)
			return true;
	}
	return memcmp(address.bytes, mapped, sizeof(mapped)) == 0 &&
	       address.bytes[12] == 127;
}

struct rs_addresses *
rs_addresses_new(size_t most)
{
	struct rs_addresses *addresses = calloc(1, sizeof(*addresses));
	size_t i;

	if (addresses == NULL || most == 0 || most >= NONE / 2) {
		free(addresses);
		return NULL;
	}
	for (addresses->buckets = 1; addresses->buckets < most;)
		addresses->buckets *= 2;
	addresses->heads = calloc(
	    addresses->buckets, sizeof(*addresses->heads));
	addresses->entries = calloc(most, sizeof(*addresses->entries));
	(void)pthread_mutex_init(&addresses->lock, NULL);
	if (addresses->heads == NULL || addresses->entries == NULL) {
		rs_addresses_free(addresses);
		return NULL;
	}
	for (i = 0; i < addresses->buckets; i++)
		addresses->heads[i] = NONE;
	for (i = 0; i < most; i++)
		addresses->entries[i].next = i + 1 < most ? (uint32_t)(i + 1)
							  : NONE;
	return addresses;
}

void
rs_addresses_free(struct rs_addresses *addresses)
{
	if (addresses == NULL)
		return;
	(void)pthread_mutex_destroy(&addresses->lock);
	free(addresses->heads);
	free(addresses->entries);
	free(addresses);
}

/* FNV-1a. Whoever finds addresses that share a bucket only makes the list of
 * that bucket longer, up to the number of connections. */
static uint32_t *
bucket(struct rs_addresses *addresses, const struct rs_address *address)
{
	uint64_t hash = 14695981039346656037u;
	size_t i;

	for (i = 0; i < sizeof(address->bytes); i++)
		hash = (hash ^ address->bytes[i]) * 1099511628211u;
	hash ^= hash >> 32;
	return &addresses->heads[hash & (addresses->buckets - 1)];
}

/* The link that leads to the address's entry, or to the end of its list. */
static uint32_t *
find(struct rs_addresses *addresses, const struct rs_address *address)
{
	uint32_t *link = bucket(addresses, address);

	while (*link != NONE && memcmp(&addresses->entries[*link].address,
				    address, sizeof(*address)) != 0)
		link = &addresses->entries[*link].next;
	return link;
}

bool
rs_address_enter(struct rs_addresses *addresses,
    const struct rs_address *address, unsigned limit)
{
	struct entry *entry;
	uint32_t *link, fresh;
	bool entered = false;

	(void)pthread_mutex_lock(&addresses->lock);
	link = find(addresses, address);
	if (*link == NONE && addresses->free != NONE) {
		fresh = addresses->free;
		entry = &addresses->entries[fresh];
		addresses->free = entry->next;
		entry->address = *address;
		entry->count = 0;
		entry->next = NONE;
		*link = fresh;
	}
	if (*link != NONE && addresses->entries[*link].count < limit) {
		addresses->entries[*link].count++;
		entered = true;
	}
	(void)pthread_mutex_unlock(&addresses->lock);
	return entered;
}

void
rs_address_leave(
    struct rs_addresses *addresses, const struct rs_address *address)
{
	struct entry *entry;
	uint32_t *link, gone;

	(void)pthread_mutex_lock(&addresses->lock);
	link = find(addresses, address);
	if (*link != NONE) {
		gone = *link;
		entry = &addresses->entries[gone];
		if (--entry->count == 0) {
			*link = entry->next;
			entry->next = addresses->free;
			addresses->free = gone;
		}
	}
	(void)pthread_mutex_unlock(&addresses->lock);
}
