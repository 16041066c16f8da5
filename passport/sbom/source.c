#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum cn_code
system_fail(struct cn_error *err, const char *what)
{
	int number = errno;

	return cn_fail(err, number == ENOENT ? CN_NOT_FOUND : CN_FILE, "%s: %s",
	    what, strerror(number));
}

/* read() until len bytes are there or the file ends. */
static enum cn_code
read_full(int fd, uint8_t *space, size_t len, size_t *got, struct cn_error *err)
{
	*got = 0;
	while (*got < len) {
		ssize_t n = read(fd, space + *got, len - *got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return system_fail(err, "cannot read");
		if (n == 0)
			break;
		*got += (size_t)n;
	}
	return CN_OK;
}

/* ---- opening --------------------------------------------------------------- */

/* An unnamed file with a copy of standard input. */
static enum cn_code
spool(int *out, struct cn_error *err)
{
	FILE *file = tmpfile();
	uint8_t chunk[16384];
	enum cn_code code = CN_OK;
	size_t got;

	if (file == NULL)
		return system_fail(err, "cannot make a temporary file");
	do {
		code = read_full(STDIN_FILENO, chunk, sizeof(chunk), &got, err);
		if (code == CN_OK && fwrite(chunk, 1, got, file) != got)
			code = system_fail(err, "cannot copy standard input");
	} while (code == CN_OK && got == sizeof(chunk));
	if (code == CN_OK && fflush(file) != 0)
		code = system_fail(err, "cannot copy standard input");
	if (code == CN_OK) {
		*out = dup(fileno(file));
		if (*out < 0)
			code = system_fail(err, "cannot copy standard input");
	}
	(void)fclose(file);
	return code;
}

/* O_NONBLOCK: a FIFO without a writer must not hold us up. */
static enum cn_code
open_regular(const char *path, int *out, struct cn_error *err)
{
	struct stat st;

	*out = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (*out < 0)
		return system_fail(err, "cannot open");
	if (fstat(*out, &st) != 0)
		return system_fail(err, "cannot look at it");
	if (!S_ISREG(st.st_mode))
		return cn_fail(err, CN_FILE, "%s, not a regular file",
		    S_ISDIR(st.st_mode)    ? "this is a directory"
		    : S_ISFIFO(st.st_mode) ? "this is a FIFO"
					   : "this is a device");
	return CN_OK;
}

/* JSON, XML and tag-value all begin with a character of ASCII, so the first
 * bytes tell how characters are written (as RFC 4627 section 3 did). */
static enum cn_code
find_charset(struct source *src, struct cn_error *err)
{
	uint8_t b[4] = { 0 };
	size_t got;
	enum cn_code code = read_full(src->fd, b, sizeof(b), &got, err);

	if (code != CN_OK)
		return code;
	if (got == 0)
		return cn_fail(err, CN_MALFORMED, "the file is empty");
	if (got >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf) {
		src->charset = CHARSET_UTF8_BOM;
	} else if (got == 4 && ((b[0] == 0 && b[1] == 0) ||
				   (b[2] == 0 && b[3] == 0 &&
				       (b[1] == 0 || b[1] == 0xfe)))) {
		return cn_fail(
		    err, CN_UNSUPPORTED, "text in UTF-32; write it as UTF-8");
	} else if (got >= 2 && ((b[0] == 0xff && b[1] == 0xfe) ||
				   (b[0] == 0xfe && b[1] == 0xff))) {
		src->charset = CHARSET_UTF16;
		src->big_endian = b[0] == 0xfe;
	} else if (got >= 2 && b[0] != 0 && b[1] == 0) {
		src->charset = CHARSET_UTF16_LE;
	} else if (got >= 2 && b[0] == 0 && b[1] != 0) {
		src->charset = CHARSET_UTF16_BE;
		src->big_endian = true;
	}
	return CN_OK;
}

enum cn_code
source_open(
    const char *path, bool sha512, struct source *src, struct cn_error *err)
{
	enum cn_code code;

	memset(src, 0, sizeof(*src));
	src->fd = -1;
	code = strcmp(path, "-") == 0 ? spool(&src->fd, err)
				      : open_regular(path, &src->fd, err);
	if (code == CN_OK)
		code = cn_hash_new(CN_HASH_SHA256, &src->hash[0], err);
	if (code == CN_OK && sha512)
		code = cn_hash_new(CN_HASH_SHA512, &src->hash[1], err);
	if (code == CN_OK)
		code = source_rewind(src, false, err);
	if (code == CN_OK)
		code = find_charset(src, err);
	if (code == CN_OK)
		code = source_rewind(src, false, err);
	return code;
}

void
source_close(struct source *src)
{
	if (src->fd >= 0)
		close(src->fd);
	src->fd = -1;
	for (size_t i = 0; i < 2; i++) {
		cn_hash_free(src->hash[i]);
		src->hash[i] = NULL;
	}
}

/* ---- reading ---------------------------------------------------------------- */

/* Bytes as they stand in the file. */
static enum cn_code
read_raw(struct source *src, uint8_t *space, size_t len, size_t *got,
    struct cn_error *err)
{
	enum cn_code code = read_full(src->fd, space, len, got, err);

	if (code != CN_OK)
		return code;
	src->bytes += *got;
	for (size_t i = 0; i < 2 && src->hashing; i++)
		if (src->hash[i] != NULL)
			cn_hash_update(src->hash[i], cn_slice_of(space, *got));
	return CN_OK;
}

static size_t
put_utf8(uint32_t c, uint8_t *out)
{
	size_t n = 0;

	if (c < 0x80) {
		out[n++] = (uint8_t)c;
		return n;
	}
	if (c < 0x800) {
		out[n++] = (uint8_t)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			out[n++] = (uint8_t)(0xe0 | c >> 12);
		} else {
			out[n++] = (uint8_t)(0xf0 | c >> 18);
			out[n++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		}
		out[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	}
	out[n++] = (uint8_t)(0x80 | (c & 0x3f));
	return n;
}

/* One unit of UTF-16 becomes 0 to 4 bytes. */
static enum cn_code
turn_unit(struct source *src, uint32_t unit, uint8_t *out, size_t *len,
    struct cn_error *err)
{
	bool low = unit >= 0xdc00 && unit <= 0xdfff;

	if (low != (src->high != 0))
		return cn_fail(
		    err, CN_MALFORMED, "unpaired surrogate in UTF-16 text");
	if (unit >= 0xd800 && unit <= 0xdbff) {
		src->high = unit;
		return CN_OK;
	}
	if (low)
		unit = 0x10000 + ((src->high - 0xd800) << 10) + (unit - 0xdc00);
	src->high = 0;
	*len += put_utf8(unit, out + *len);
	return CN_OK;
}

/* At least one more unit; SOURCE_RAW is even, so an odd byte is the last. */
static enum cn_code
refill_units(struct source *src, struct cn_error *err)
{
	enum cn_code code;

	src->raw_from = 0;
	code = read_raw(src, src->raw, sizeof(src->raw), &src->raw_len, err);
	if (code != CN_OK)
		return code;
	if (src->raw_len % 2 != 0 || (src->raw_len == 0 && src->high != 0))
		return cn_fail(err, CN_MALFORMED,
		    "UTF-16 text ends in the middle of a character");
	return CN_OK;
}

static enum cn_code
fill_utf16(struct source *src, uint8_t *space, size_t len, size_t *got,
    struct cn_error *err)
{
	enum cn_code code = CN_OK;

	while (code == CN_OK && len - *got >= 4) {
		const uint8_t *u = src->raw + src->raw_from;

		if (src->raw_from == src->raw_len) {
			code = refill_units(src, err);
			if (code != CN_OK || src->raw_len == 0)
				break;
			continue;
		}
		src->raw_from += 2;
		code = turn_unit(src,
		    src->big_endian ? (uint32_t)u[0] << 8 | u[1]
				    : (uint32_t)u[1] << 8 | u[0],
		    space, got, err);
	}
	return code;
}

enum cn_code
source_fill(
    void *ctx, uint8_t *space, size_t len, size_t *got, struct cn_error *err)
{
	struct source *src = ctx;

	*got = 0;
	if (src->charset == CHARSET_UTF8 || src->charset == CHARSET_UTF8_BOM)
		return read_raw(src, space, len, got, err);
	return fill_utf16(src, space, len, got, err);
}

enum cn_code
source_rewind(struct source *src, bool hashing, struct cn_error *err)
{
	uint8_t bom[3];
	size_t got, len = src->charset == CHARSET_UTF8_BOM ? 3
			  : src->charset == CHARSET_UTF16  ? 2
							   : 0;

	if (lseek(src->fd, 0, SEEK_SET) != 0)
		return system_fail(err, "cannot go back to its beginning");
	src->hashing = hashing;
	src->bytes = 0;
	src->high = 0;
	src->raw_from = src->raw_len = 0;
	return read_raw(src, bom, len, &got, err);
}

enum cn_code
source_seek(struct source *src, uint64_t offset, struct cn_error *err)
{
	enum cn_code code = source_rewind(src, false, err);
	uint8_t skipped[4096];
	size_t got = 1;

	if (code != CN_OK)
		return code;
	if (src->charset == CHARSET_UTF8 || src->charset == CHARSET_UTF8_BOM) {
		if (lseek(src->fd, (off_t)offset, SEEK_CUR) < 0)
			return system_fail(err, "cannot look at it again");
		return CN_OK;
	}
	while (code == CN_OK && offset > 0 && got > 0) {
		/* one unit may be four bytes: the last steps are small */
		size_t step = offset >= sizeof(skipped) ? sizeof(skipped)
			      : offset > 8              ? (size_t)offset
							: 4;

		code = source_fill(src, skipped, step, &got, err);
		offset -= got < offset ? got : offset;
	}
	return code;
}

enum cn_code
source_digests(struct source *src, uint8_t sha256[32], uint8_t *sha512,
    struct cn_error *err)
{
	enum cn_code code = cn_hash_final(src->hash[0], sha256, err);

	if (code == CN_OK && sha512 != NULL && src->hash[1] != NULL)
		code = cn_hash_final(src->hash[1], sha512, err);
	return code;
}
