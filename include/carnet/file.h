/*
 * Files: read under a cap, written whole or not at all.
 */
#ifndef CARNET_FILE_H
#define CARNET_FILE_H

#include <carnet/bytes.h>

/* Ceilings of what strangers hand us, in bytes. */
#define CN_MAX_DESCRIPTOR (4u << 20)
#define CN_MAX_PASSPORT (1u << 20)
#define CN_MAX_CAPSULE 512u
#define CN_MAX_KEY_FILE (64u << 10)
#define CN_MAX_TRUST (4u << 20)
#define CN_MAX_IMAGE (64u << 20)

/*
 * Reads a whole regular file, or standard input for "-", into buf (which the
 * caller has initialised; its max is the cap). CN_NOT_FOUND, CN_FILE (a
 * directory, a FIFO, a device, no permission), CN_TOO_LARGE. A FIFO is refused
 * without waiting for a writer. The place names the path. buf is empty after
 * a failure.
 */
CN_API CN_MUST_USE enum cn_code cn_file_read(
    const char *path, struct cn_buf *buf, struct cn_error *err);

/*
 * Writes bytes to a temporary file beside path, fsyncs it, renames it onto
 * path and fsyncs the directory; "-" is standard output. mode is that of a new
 * file (0644, or 0600 for secrets). A failure leaves what was at path before,
 * and no temporary file.
 */
CN_API CN_MUST_USE enum cn_code cn_file_write(const char *path,
    struct cn_slice bytes, unsigned mode, struct cn_error *err);

/* The same, but CN_FILE where path exists already. */
CN_API CN_MUST_USE enum cn_code cn_file_create(const char *path,
    struct cn_slice bytes, unsigned mode, struct cn_error *err);

/* Makes one directory; fine where it is there already as a directory. */
CN_API CN_MUST_USE enum cn_code cn_dir_make(
    const char *path, unsigned mode, struct cn_error *err);

/*
 * Path of an installed data file, such as "locale/en.json": below
 * ../share/carnet of the running program, which is right for the build tree
 * and for an installation. Printed into buf, NUL-terminated.
 */
CN_API CN_MUST_USE enum cn_code cn_data_path(
    const char *name, struct cn_buf *buf, struct cn_error *err);

#endif
