#include <carnet/bytes.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
cn_wipe(void *ptr, size_t len)
{
	volatile uint8_t *p = ptr;

	while (len-- > 0)
		*p++ = 0;
}

void
cn_buf_init(struct cn_buf *buf, size_t max)
{
	*buf = (struct cn_buf){ .max = max, .code = CN_OK };
}

void
cn_buf_init_secret(struct cn_buf *buf, size_t max)
{
	cn_buf_init(buf, max);
	buf->secret = true;
}

static void
release(const struct cn_buf *buf)
{
	if (buf->secret && buf->ptr != NULL)
		cn_wipe(buf->ptr, buf->space);
	free(buf->ptr);
}

void
cn_buf_free(struct cn_buf *buf)
{
	size_t max = buf->max;
	bool secret = buf->secret;

	release(buf);
	cn_buf_init(buf, max);
	buf->secret = secret;
}

void
cn_buf_reset(struct cn_buf *buf)
{
	if (buf->secret && buf->ptr != NULL)
		cn_wipe(buf->ptr, buf->space);
	buf->len = 0;
	buf->code = CN_OK;
}

/* Space for at least `need` bytes; need is within the ceiling, or one more for
 * the NUL of vsnprintf. A secret moves by copy, so that the old place can be
 * wiped: realloc would leave it. */
static bool
reserve(struct cn_buf *buf, size_t need)
{
	size_t space = buf->space < 128 ? 128 : buf->space;
	size_t most = buf->max > need ? buf->max : need;
	uint8_t *ptr;

	if (need <= buf->space)
		return true;
	while (space < need)
		space = space > most / 2 ? most : space * 2;
	if (space > most)
		space = most;
	ptr = buf->secret ? malloc(space) : realloc(buf->ptr, space);
	if (ptr == NULL) {
		buf->code = CN_MEMORY;
		return false;
	}
	if (buf->secret) {
		if (buf->len > 0)
			memcpy(ptr, buf->ptr, buf->len);
		release(buf);
	}
	buf->ptr = ptr;
	buf->space = space;
	return true;
}

uint8_t *
cn_buf_grow(struct cn_buf *buf, size_t len)
{
	uint8_t *place;

	if (buf->code != CN_OK)
		return NULL;
	if (len > buf->max - buf->len) {
		buf->code = CN_TOO_LARGE;
		return NULL;
	}
	if (!reserve(buf, buf->len + len))
		return NULL;
	if (buf->ptr == NULL) /* a ceiling or length of nothing */
		return NULL;
	place = buf->ptr + buf->len;
	buf->len += len;
	return place;
}

void
cn_buf_put(struct cn_buf *buf, struct cn_slice bytes)
{
	uint8_t *place;

	if (bytes.len == 0)
		return;
	place = cn_buf_grow(buf, bytes.len);
	if (place != NULL)
		memcpy(place, bytes.ptr, bytes.len);
}

void
cn_buf_byte(struct cn_buf *buf, uint8_t byte)
{
	cn_buf_put(buf, cn_slice_of(&byte, 1));
}

void
cn_buf_str(struct cn_buf *buf, const char *str)
{
	cn_buf_put(buf, cn_slice_str(str));
}

void
cn_buf_printf(struct cn_buf *buf, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	uint8_t *place;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (len < 0) {
		if (buf->code == CN_OK)
			buf->code = CN_FOREIGN;
		return;
	}
	if ((size_t)len < sizeof(small)) {
		cn_buf_put(buf, cn_slice_of(small, (size_t)len));
		return;
	}
	place = cn_buf_grow(buf, (size_t)len);
	if (place == NULL || !reserve(buf, buf->len + 1))
		return;
	place = buf->ptr + buf->len - len;
	va_start(ap, fmt);
	(void)vsnprintf((char *)place, (size_t)len + 1, fmt, ap);
	va_end(ap);
}

struct cn_slice
cn_buf_slice(const struct cn_buf *buf)
{
	return cn_slice_of(buf->ptr, buf->len);
}

enum cn_code
cn_buf_code(const struct cn_buf *buf, struct cn_error *err)
{
	if (buf->code == CN_OK)
		return CN_OK;
	if (buf->code == CN_TOO_LARGE)
		return cn_fail(err, CN_TOO_LARGE,
		    "more than the limit of %zu bytes", buf->max);
	return cn_fail(err, buf->code, "%s", cn_code_text(buf->code));
}
