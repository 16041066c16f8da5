#include <carnet/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum cn_code
file_fail(struct cn_error *err, const char *path, const char *what)
{
	int number = errno;

	cn_error_at(err, "%s", path);
	return cn_fail(err, number == ENOENT ? CN_NOT_FOUND : CN_FILE, "%s: %s",
	    what, strerror(number));
}

/* ---- reading ------------------------------------------------------------- */

/* O_NONBLOCK: a FIFO without a writer must not hold us up. */
static enum cn_code
open_regular(const char *path, int *out, struct cn_error *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return file_fail(err, path, "cannot open");
	if (fstat(fd, &st) != 0) {
		enum cn_code code = file_fail(err, path, "cannot look at it");

		close(fd);
		return code;
	}
	if (!S_ISREG(st.st_mode)) {
		close(fd);
		cn_error_at(err, "%s", path);
		return cn_fail(err, CN_FILE, "%s, not a regular file",
		    S_ISDIR(st.st_mode)    ? "this is a directory"
		    : S_ISFIFO(st.st_mode) ? "this is a FIFO"
					   : "this is a device");
	}
	*out = fd;
	return CN_OK;
}

/* One byte beyond the ceiling shows that a file is too large. */
static enum cn_code
read_all(int fd, const char *path, struct cn_buf *buf, struct cn_error *err)
{
	uint8_t chunk[16384];
	ssize_t got;

	for (;;) {
		got = read(fd, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return file_fail(err, path, "cannot read");
		if (got == 0)
			return CN_OK;
		cn_buf_put(buf, cn_slice_of(chunk, (size_t)got));
		if (buf->secret)
			cn_wipe(chunk, (size_t)got);
		if (buf->code != CN_OK) {
			cn_error_at(err, "%s", path);
			return cn_buf_code(buf, err);
		}
	}
}

enum cn_code
cn_file_read(const char *path, struct cn_buf *buf, struct cn_error *err)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = STDIN_FILENO;
	enum cn_code code = CN_OK;

	if (!standard)
		code = open_regular(path, &fd, err);
	if (code != CN_OK)
		return code;
	code = read_all(fd, standard ? "standard input" : path, buf, err);
	if (!standard)
		close(fd);
	if (code != CN_OK)
		cn_buf_free(buf);
	return code;
}

/* ---- writing ------------------------------------------------------------- */

static enum cn_code
write_all(int fd, const char *path, struct cn_slice bytes, struct cn_error *err)
{
	while (bytes.len > 0) {
		ssize_t put = write(fd, bytes.ptr, bytes.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return file_fail(err, path, "cannot write");
		bytes = cn_slice_sub(bytes, (size_t)put, bytes.len);
	}
	return CN_OK;
}

/* Length of the directory part, with its slash. */
static size_t
directory_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* A rename is only durable when the directory is on disk. */
static enum cn_code
sync_directory(const char *path, struct cn_error *err)
{
	char name[4096];
	size_t len = directory_length(path);
	enum cn_code code = CN_OK;
	int fd;

	if (len == 0)
		(void)snprintf(name, sizeof(name), ".");
	else
		(void)snprintf(name, sizeof(name), "%.*s", (int)len, path);
	fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return file_fail(err, name, "cannot open the directory");
	if (fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
		code = file_fail(err, name, "cannot sync the directory");
	close(fd);
	return code;
}

/* A new file beside path; its name is put into temp. */
static enum cn_code
open_temporary(const char *path, unsigned mode, char temp[4096], int *out,
    struct cn_error *err)
{
	size_t dir = directory_length(path);

	for (unsigned attempt = 0; attempt < 100; attempt++) {
		int len = snprintf(temp, 4096, "%.*s.carnet-%ld-%u.tmp",
		    (int)dir, path, (long)getpid(), attempt);

		if (len < 0 || len >= 4096) {
			errno = ENAMETOOLONG;
			break;
		}
		*out = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    (mode_t)mode);
		if (*out >= 0)
			return CN_OK;
		if (errno != EEXIST)
			break;
	}
	return file_fail(err, path, "cannot make a file beside it");
}

/* Moves temp onto path; with `create`, only where nothing is there. */
static enum cn_code
put_in_place(
    const char *temp, const char *path, bool create, struct cn_error *err)
{
	int failed = create ? link(temp, path) : rename(temp, path);

	if (failed != 0)
		return file_fail(err, path,
		    create && errno == EEXIST ? "will not overwrite"
					      : "cannot put it in place");
	if (create)
		(void)unlink(temp);
	return sync_directory(path, err);
}

static enum cn_code
write_whole(const char *path, struct cn_slice bytes, unsigned mode, bool create,
    struct cn_error *err)
{
	char temp[4096];
	enum cn_code code;
	int fd = -1;

	code = open_temporary(path, mode, temp, &fd, err);
	if (code != CN_OK)
		return code;
	code = write_all(fd, path, bytes, err);
	if (code == CN_OK && fsync(fd) != 0)
		code = file_fail(err, path, "cannot bring it to disk");
	if (close(fd) != 0 && code == CN_OK)
		code = file_fail(err, path, "cannot close");
	if (code == CN_OK)
		code = put_in_place(temp, path, create, err);
	if (code != CN_OK)
		(void)unlink(temp);
	return code;
}

/* Devices such as /dev/null are written to, never replaced. */
static enum cn_code
write_device(const char *path, struct cn_slice bytes, struct cn_error *err)
{
	enum cn_code code;
	int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return file_fail(err, path, "cannot open");
	code = write_all(fd, path, bytes, err);
	close(fd);
	return code;
}

enum cn_code
cn_file_write(const char *path, struct cn_slice bytes, unsigned mode,
    struct cn_error *err)
{
	struct stat st;

	if (strcmp(path, "-") == 0)
		return write_all(STDOUT_FILENO, "standard output", bytes, err);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		if (S_ISCHR(st.st_mode))
			return write_device(path, bytes, err);
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return file_fail(err, path, "cannot write");
	}
	return write_whole(path, bytes, mode, false, err);
}

enum cn_code
cn_file_create(const char *path, struct cn_slice bytes, unsigned mode,
    struct cn_error *err)
{
	struct stat st;

	if (lstat(path, &st) == 0) {
		errno = EEXIST;
		return file_fail(err, path, "will not overwrite");
	}
	return write_whole(path, bytes, mode, true, err);
}

enum cn_code
cn_dir_make(const char *path, unsigned mode, struct cn_error *err)
{
	struct stat st;

	if (mkdir(path, (mode_t)mode) == 0)
		return CN_OK;
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return CN_OK;
	return file_fail(err, path, "cannot make the directory");
}

/* ---- data files ------------------------------------------------------------ */

/* Tests lie deeper in the build tree than programs do: look a little higher. */
#define LEVELS_UP 3

enum cn_code
cn_data_path(const char *name, struct cn_buf *buf, struct cn_error *err)
{
	char exe[4096], path[4352];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (len < 0)
		return file_fail(err, "/proc/self/exe", "cannot read");
	exe[len] = '\0';
	for (int level = 0; level <= LEVELS_UP; level++) {
		char *slash = strrchr(exe, '/');

		if (slash == NULL)
			break;
		*slash = '\0';
		(void)snprintf(path, sizeof(path), "%s/share/carnet", exe);
		if (level == 0 || access(path, R_OK) != 0)
			continue;
		cn_buf_printf(buf, "%s/%s", path, name);
		cn_buf_byte(buf, 0);
		buf->len -= buf->code == CN_OK;
		return cn_buf_code(buf, err);
	}
	return cn_fail(err, CN_NOT_FOUND,
	    "the data folder share/carnet was not found beside the program");
}
