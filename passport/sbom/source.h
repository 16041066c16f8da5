/*
 * Where the bytes of an SBOM come from: a regular file or standard input,
 * hashed while they are read, handed on as UTF-8. Private to sbom/.
 */
#ifndef CARNET_SBOM_SOURCE_H
#define CARNET_SBOM_SOURCE_H

#include <carnet/json.h>
#include <carnet/key.h>

enum charset {
	CHARSET_UTF8,
	CHARSET_UTF8_BOM,
	CHARSET_UTF16, /* byte order told by a BOM */
	CHARSET_UTF16_LE, /* without BOM, told by the first characters */
	CHARSET_UTF16_BE
};

#define SOURCE_RAW 4096u

struct source {
	int fd;
	enum charset charset;
	bool big_endian; /* UTF-16 only */
	struct cn_hash *hash[2]; /* own; SHA-256 and, if asked, SHA-512 */
	bool hashing;
	uint64_t bytes; /* read since the last rewind */
	uint32_t high; /* pending high surrogate of UTF-16 */
	uint8_t raw[SOURCE_RAW]; /* UTF-16 before it is turned */
	size_t raw_from, raw_len;
};

/* Opens a path ("-": standard input, copied to an unnamed file, because it is
 * read more than once). Directories, FIFOs and devices are CN_FILE. src is to
 * be closed after a failure as well. */
enum cn_code source_open(
    const char *path, bool sha512, struct source *src, struct cn_error *err);
void source_close(struct source *src);

/* To the first character again. hashing: this pass makes the digests. */
enum cn_code source_rewind(
    struct source *src, bool hashing, struct cn_error *err);

/* To the character at this offset of the UTF-8 text. */
enum cn_code source_seek(
    struct source *src, uint64_t offset, struct cn_error *err);

/* A cn_json_source; ctx is the struct source. */
enum cn_code source_fill(
    void *ctx, uint8_t *space, size_t len, size_t *got, struct cn_error *err);

/* The digests of a pass that has come to the end. sha512 may be NULL. */
enum cn_code source_digests(struct source *src, uint8_t sha256[32],
    uint8_t *sha512, struct cn_error *err);

#endif
