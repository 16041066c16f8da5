/*
 * Pass phrases: from a file descriptor, a systemd credential or the terminal;
 * never from an argument or the environment, which others can read.
 */
#include "tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LONGEST 1024
#define LOOK_EVERY 100 /* ms, at signals that wait */

static enum cn_code
no_phrase(struct cn_error *err, const char *what)
{
	return cn_fail(err, CN_PASSPHRASE, "%s", what);
}

/* Up to the end of the line or of the file; a byte at a time, so that what
 * stands behind the line is left to others. */
static enum cn_code
read_line(int fd, struct cn_buf *phrase, struct cn_error *err)
{
	char byte = 0;
	ssize_t got;

	for (;;) {
		got = read(fd, &byte, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return no_phrase(err, strerror(errno));
		if (got == 0 || byte == '\n')
			break;
		if (phrase->len == LONGEST)
			return no_phrase(err, "the pass phrase is too long");
		cn_buf_byte(phrase, (uint8_t)byte);
	}
	byte = 0;
	if (phrase->len > 0 && phrase->ptr[phrase->len - 1] == '\r')
		phrase->len--;
	return cn_buf_code(phrase, err);
}

static enum cn_code
from_descriptor(const char *text, struct cn_buf *phrase, struct cn_error *err)
{
	uint64_t fd;
	enum cn_code code;

	if (!cn_slice_uint(cn_slice_str(text), 65535, &fd))
		return cn_fail(err, CN_USAGE,
		    "--passphrase-fd is the number of an open file descriptor");
	code = read_line((int)fd, phrase, err);
	if (code != CN_OK)
		cn_error_at(err, "file descriptor %s", text);
	return code;
}

/* systemd.exec(5), LoadCredential=: the secret is in a file that only the
 * service can read. */
static bool
from_credential(struct cn_buf *phrase, enum cn_code *code, struct cn_error *err)
{
	const char *dir = tool_credentials();
	char path[4096];
	int fd, len;

	if (dir == NULL)
		return false;
	len = snprintf(path, sizeof(path), "%s/passphrase", dir);
	if (len < 0 || (size_t)len >= sizeof(path))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	*code = read_line(fd, phrase, err);
	close(fd);
	return true;
}

/* ---- the terminal ------------------------------------------------------------ */

static const int held_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

static bool
signal_waits(void)
{
	sigset_t waiting;

	if (sigpending(&waiting) != 0)
		return false;
	for (size_t i = 0; i < sizeof(held_signals) / sizeof(int); i++)
		if (sigismember(&waiting, held_signals[i]) == 1)
			return true;
	return false;
}

/* True when a line can be read, false when a signal waits. */
static bool
wait_for_line(int tty)
{
	struct pollfd one = { .fd = tty, .events = POLLIN };

	while (poll(&one, 1, LOOK_EVERY) <= 0)
		if (signal_waits())
			return false;
	return true;
}

/*
 * A line without echo. Signals are held back meanwhile: when one waits, the
 * terminal is put right first and only then the signal let through, so that
 * neither Ctrl-C nor Ctrl-Z leaves a terminal that shows nothing. No handler,
 * nothing global. After a Ctrl-Z and fg the question is asked again.
 */
static enum cn_code
read_hidden(
    int tty, const char *prompt, struct cn_buf *phrase, struct cn_error *err)
{
	struct termios shown, hidden;
	enum cn_code code = CN_OK;
	sigset_t held, before;
	bool answered = false;

	sigemptyset(&held);
	for (size_t i = 0; i < sizeof(held_signals) / sizeof(int); i++)
		sigaddset(&held, held_signals[i]);
	while (!answered) {
		if (tcgetattr(tty, &shown) != 0)
			return no_phrase(err, "the terminal cannot be used");
		hidden = shown;
		hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
		sigprocmask(SIG_BLOCK, &held, &before);
		/* Before the question is seen: whoever is quick is not shown. */
		tcsetattr(tty, TCSAFLUSH, &hidden);
		(void)!write(tty, prompt, strlen(prompt));
		answered = wait_for_line(tty);
		if (answered)
			code = read_line(tty, phrase, err);
		tcsetattr(tty, TCSAFLUSH, &shown);
		(void)!write(tty, "\n", 1);
		sigprocmask(SIG_SETMASK, &before, NULL);
	}
	return code;
}

/* A new phrase is typed twice: a slip would lock the key for ever. */
static enum cn_code
ask_again(int tty, const struct cn_buf *first, struct cn_error *err)
{
	struct cn_buf second;
	enum cn_code code;

	cn_buf_init_secret(&second, LONGEST);
	code = read_hidden(tty, "The same again: ", &second, err);
	if (code == CN_OK &&
	    !cn_slice_eq(cn_buf_slice(first), cn_buf_slice(&second)))
		code = no_phrase(err, "the two pass phrases differ");
	cn_buf_free(&second);
	return code;
}

static enum cn_code
from_terminal(
    const struct tool_asker *asker, struct cn_buf *phrase, struct cn_error *err)
{
	char prompt[512];
	enum cn_code code;
	int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (tty < 0) {
		tool_hint(asker->tool,
		    "There is no terminal to ask on: use --passphrase-fd N, or "
		    "a systemd credential named passphrase.");
		return no_phrase(err, "the key needs a pass phrase");
	}
	(void)snprintf(prompt, sizeof(prompt),
	    "%s for %.400s: ", asker->twice ? "New pass phrase" : "Pass phrase",
	    asker->what);
	code = read_hidden(tty, prompt, phrase, err);
	if (code == CN_OK && asker->twice)
		code = ask_again(tty, phrase, err);
	close(tty);
	return code;
}

enum cn_code
tool_ask(void *ctx, struct cn_buf *phrase, struct cn_error *err)
{
	const struct tool_asker *asker = ctx;
	enum cn_code code = CN_OK;

	if (asker->fd != NULL)
		code = from_descriptor(asker->fd, phrase, err);
	else if (!from_credential(phrase, &code, err))
		code = from_terminal(asker, phrase, err);
	if (code == CN_OK && asker->twice && phrase->len == 0)
		code = no_phrase(err, "an empty pass phrase protects nothing");
	return code;
}

/* ---- keys --------------------------------------------------------------------- */

static enum cn_code
signer_of(struct tool *tool, const char *alg, struct tool_key *out,
    struct cn_error *err)
{
	enum cn_alg number = 0;
	enum cn_code code;

	if (alg != NULL && !cn_alg_parse(cn_slice_str(alg), &number)) {
		cn_error_at(err, "%s", tool->command->name);
		return cn_fail(
		    err, CN_USAGE, "there is no algorithm %.40s", alg);
	}
	code = cn_signer_key(
	    out->key, alg == NULL ? 0 : (int)number, &out->signer, err);
	if (code == CN_USAGE)
		tool_hint(tool, "P-256 keys sign ESP256 or ES256, Ed25519 keys "
				"Ed25519. Leave --alg out for the usual one.");
	return code;
}

enum cn_code
tool_key_load(struct tool *tool, const char *path, size_t fd_row,
    const char *alg, struct tool_key *out, struct cn_error *err)
{
	struct tool_asker asker = {
		.tool = tool, .what = path, .fd = tool_opt(tool, fd_row)
	};
	struct cn_buf pem;
	enum cn_code code;

	out->key = NULL;
	cn_buf_init_secret(&pem, CN_MAX_KEY_FILE);
	code = cn_file_read(path, &pem, err);
	if (code == CN_OK) {
		code = cn_key_pem(
		    cn_buf_slice(&pem), tool_ask, &asker, &out->key, err);
		if (code == CN_OK)
			code = signer_of(tool, alg, out, err);
		if (code != CN_OK)
			cn_error_at(err, "%s", path);
	}
	if (code != CN_OK)
		tool_key_free(out);
	cn_buf_free(&pem);
	return code;
}

void
tool_key_free(struct tool_key *key)
{
	cn_key_free(key->key);
	key->key = NULL;
}

enum cn_code
tool_pair_write(const struct tool_pair *pair, struct cn_error *err)
{
	char secret[4096], public[4096];
	struct cn_buf pem, pub;
	enum cn_code code;

	(void)snprintf(
	    secret, sizeof(secret), "%s/%s.pem", pair->dir, pair->name);
	(void)snprintf(
	    public, sizeof(public), "%s/%s.pub.pem", pair->dir, pair->name);
	cn_buf_init_secret(&pem, CN_MAX_KEY_FILE);
	cn_buf_init(&pub, CN_MAX_KEY_FILE);
	code = cn_key_write(pair->key, pair->ask != NULL ? tool_ask : NULL,
	    pair->ask, &pem, err);
	if (code == CN_OK)
		code = cn_pubkey_write(cn_key_public(pair->key), &pub, err);
	if (code == CN_OK)
		code = cn_file_create(secret, cn_buf_slice(&pem), 0600, err);
	if (code == CN_OK) {
		code = cn_file_create(public, cn_buf_slice(&pub), 0644, err);
		if (code != CN_OK)
			(void)unlink(secret);
	}
	cn_buf_free(&pem);
	cn_buf_free(&pub);
	return code;
}
