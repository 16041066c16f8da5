#include <carnet/bytes.h>

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A chain of blocks, the newest first. */
struct block {
	struct block *older;
	size_t space, used;
	alignas(max_align_t) uint8_t bytes[];
};

struct cn_arena {
	struct block *newest;
	size_t max, total;
};

#define BLOCK_LEAST 4096u
#define BLOCK_MOST (256u << 10)

struct cn_arena *
cn_arena_new(size_t max)
{
	struct cn_arena *arena = calloc(1, sizeof(*arena));

	if (arena != NULL)
		arena->max = max;
	return arena;
}

void
cn_arena_free(struct cn_arena *arena)
{
	if (arena == NULL)
		return;
	while (arena->newest != NULL) {
		struct block *block = arena->newest;

		arena->newest = block->older;
		free(block);
	}
	free(arena);
}

/* A block with room for `need` bytes; each is twice the one before. */
static struct block *
add_block(struct cn_arena *arena, size_t need)
{
	size_t space = arena->newest == NULL ? BLOCK_LEAST
					     : arena->newest->space * 2;
	struct block *block;

	if (space > BLOCK_MOST)
		space = BLOCK_MOST;
	if (space < need)
		space = need;
	if (space > arena->max - arena->total)
		space = arena->max - arena->total;
	if (space < need)
		return NULL;
	block = calloc(1, sizeof(*block) + space);
	if (block == NULL)
		return NULL;
	block->space = space;
	block->older = arena->newest;
	arena->newest = block;
	arena->total += space;
	return block;
}

void *
cn_arena_alloc(struct cn_arena *arena, size_t count, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct block *block = arena->newest;
	size_t need;
	void *place;

	if (size != 0 && count > (SIZE_MAX - align) / size)
		return NULL;
	need = (count * size + align - 1) / align * align;
	if (need == 0)
		need = align;
	if (need > arena->max)
		return NULL;
	if (block == NULL || need > block->space - block->used) {
		block = add_block(arena, need);
		if (block == NULL)
			return NULL;
	}
	place = block->bytes + block->used;
	block->used += need;
	return place;
}

struct cn_slice
cn_arena_copy(struct cn_arena *arena, struct cn_slice bytes)
{
	uint8_t *place = bytes.len == SIZE_MAX
			     ? NULL
			     : cn_arena_alloc(arena, bytes.len + 1, 1);

	if (place == NULL)
		return CN_SLICE_NONE;
	if (bytes.len > 0)
		memcpy(place, bytes.ptr, bytes.len);
	place[bytes.len] = 0;
	return cn_slice_of(place, bytes.len);
}

struct cn_slice
cn_arena_printf(struct cn_arena *arena, const char *fmt, ...)
{
	va_list ap;
	char *place;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		return CN_SLICE_NONE;
	place = cn_arena_alloc(arena, (size_t)len + 1, 1);
	if (place == NULL)
		return CN_SLICE_NONE;
	va_start(ap, fmt);
	(void)vsnprintf(place, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return cn_slice_of(place, (size_t)len);
}
