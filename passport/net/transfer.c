#include "transfer.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEADERS_MAX (64u << 10) /* all headers of an answer, bytes */

static int64_t
now_ms(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

/* ---- what curl calls --------------------------------------------------------- */

static size_t
on_body(char *bytes, size_t size, size_t count, void *ctx)
{
	struct transfer *t = ctx;

	cn_buf_put(&t->answer->body, cn_slice_of(bytes, size * count));
	return t->answer->body.code == CN_OK ? size * count : 0;
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *ctx)
{
	struct transfer *t = ctx;

	(void)bytes;
	t->header_bytes += size * count;
	return t->header_bytes <= HEADERS_MAX ? size * count : 0;
}

/* Names can resolve to anything, and to another thing the next time: what
 * counts is the address that is connected to. */
static curl_socket_t
on_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *t = ctx;
	bool own = target_is_own(&address->addr);
	int fd;

	if (purpose != CURLSOCKTYPE_IPCXN || (own && t->never_own) ||
	    (!own && t->only_own)) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	fd = socket(address->family, address->socktype, address->protocol);
	if (fd < 0)
		return CURL_SOCKET_BAD;
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	if (!own)
		t->was_public = true;
	return fd;
}

/* ---- options ------------------------------------------------------------------ */

static void
set_long(struct transfer *t, CURLoption option, long value)
{
	if (t->rc == CURLE_OK)
		t->rc = curl_easy_setopt(t->curl, option, value);
}

static void
set_ptr(struct transfer *t, CURLoption option, const void *value)
{
	if (t->rc == CURLE_OK)
		t->rc = curl_easy_setopt(t->curl, option, value);
}

static void
set_off(struct transfer *t, CURLoption option, size_t value)
{
	curl_off_t off = value > INT64_MAX ? INT64_MAX : (curl_off_t)value;

	if (t->rc == CURLE_OK)
		t->rc = curl_easy_setopt(t->curl, option, off);
}

static void
set_calls(struct transfer *t)
{
	if (t->rc == CURLE_OK)
		t->rc = curl_easy_setopt(
		    t->curl, CURLOPT_WRITEFUNCTION, on_body);
	if (t->rc == CURLE_OK)
		t->rc = curl_easy_setopt(
		    t->curl, CURLOPT_HEADERFUNCTION, on_header);
	if (t->rc == CURLE_OK)
		t->rc = curl_easy_setopt(
		    t->curl, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	set_ptr(t, CURLOPT_WRITEDATA, t);
	set_ptr(t, CURLOPT_HEADERDATA, t);
	set_ptr(t, CURLOPT_OPENSOCKETDATA, t);
}

static void
set_rules(struct transfer *t)
{
	set_ptr(t, CURLOPT_ERRORBUFFER, t->reason);
	set_ptr(t, CURLOPT_PROTOCOLS_STR, "https,http");
	set_ptr(t, CURLOPT_USERAGENT, "carnet/" CARNET_VERSION);
	/* The environment must not choose who reads along. */
	set_ptr(t, CURLOPT_PROXY, "");
	set_long(t, CURLOPT_NETRC, CURL_NETRC_IGNORED);
	set_long(t, CURLOPT_FOLLOWLOCATION, 0);
	set_long(t, CURLOPT_SSL_VERIFYPEER, 1);
	set_long(t, CURLOPT_SSL_VERIFYHOST, 2);
	set_long(t, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	set_long(t, CURLOPT_PATH_AS_IS, 1);
	/* A kept connection would be used without asking on_socket(). */
	set_long(t, CURLOPT_FRESH_CONNECT, 1);
	set_long(t, CURLOPT_NOSIGNAL, 1);
}

static void
set_body(struct transfer *t)
{
	const struct cn_net_request *request = t->request;

	if (strcmp(request->method, "GET") == 0)
		return;
	if (strcmp(request->method, "HEAD") == 0) {
		set_long(t, CURLOPT_NOBODY, 1);
		return;
	}
	set_long(t, CURLOPT_POST, 1);
	set_ptr(t, CURLOPT_CUSTOMREQUEST, request->method);
	set_off(t, CURLOPT_POSTFIELDSIZE_LARGE, request->body.len);
	set_ptr(t, CURLOPT_POSTFIELDS,
	    request->body.len == 0 ? (const void *)"" : request->body.ptr);
}

/* ---- headers ------------------------------------------------------------------ */

static enum cn_code
add_header(struct transfer *t, const char *name, const char *value,
    struct cn_error *err)
{
	struct curl_slist *grown;
	struct cn_buf line;
	enum cn_code code;

	if (value == NULL)
		return CN_OK;
	for (const char *at = value; *at != '\0'; at++)
		if (*at < ' ' || *at > '~')
			return cn_fail(
			    err, CN_USAGE, "%s is no text for a header", name);
	cn_buf_init(&line, 1024);
	cn_buf_printf(&line, "%s:%s%s", name, *value == '\0' ? "" : " ", value);
	cn_buf_byte(&line, '\0');
	code = cn_buf_code(&line, err);
	if (code == CN_OK) {
		grown = curl_slist_append(t->headers, (const char *)line.ptr);
		if (grown == NULL)
			code = cn_fail(
			    err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
		else
			t->headers = grown;
	}
	cn_buf_free(&line);
	return code;
}

static enum cn_code
add_headers(struct transfer *t, struct cn_error *err)
{
	enum cn_code code = add_header(t, "Accept", t->request->accept, err);

	if (code == CN_OK)
		code = add_header(
		    t, "Content-Type", t->request->content_type, err);
	/* A server that does not know 100-continue would cost a second. */
	if (code == CN_OK)
		code = add_header(t, "Expect", "", err);
	return code;
}

/* ---- open, run, close ------------------------------------------------------------ */

static enum cn_code
curl_fail(const struct transfer *t, struct cn_error *err)
{
	const struct cn_buf *body = &t->answer->body;

	if (t->rc == CURLE_OUT_OF_MEMORY || body->code == CN_MEMORY)
		return cn_fail(err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	if (t->rc == CURLE_FILESIZE_EXCEEDED || body->code == CN_TOO_LARGE)
		return cn_fail(err, CN_TOO_LARGE,
		    "the answer is larger than the limit of %zu bytes",
		    body->max);
	if (t->header_bytes > HEADERS_MAX)
		return cn_fail(err, CN_NETWORK,
		    "the headers of the answer are larger than %u bytes",
		    HEADERS_MAX);
	if (t->refused && t->never_own)
		return cn_fail(err, CN_NETWORK,
		    "it redirects from a public address to this computer");
	if (t->refused)
		return cn_fail(err, CN_NETWORK,
		    "http:// is for this computer only, and the name leads to "
		    "another one");
	return cn_fail(err, CN_NETWORK, "%s",
	    t->reason[0] != '\0' ? t->reason : curl_easy_strerror(t->rc));
}

enum cn_code
transfer_open(struct transfer *t, unsigned seconds, struct cn_error *err)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "PATCH" };
	enum cn_code code;
	bool known = false;

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(t->request->method, methods[i]) == 0)
			known = true;
	if (!known)
		return cn_fail(err, CN_USAGE, "%s is not a method we use",
		    t->request->method);
	t->deadline = now_ms() + (int64_t)seconds * 1000;
	t->curl = curl_easy_init();
	if (t->curl == NULL)
		return cn_fail(err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	code = add_headers(t, err);
	if (code != CN_OK)
		return code;
	set_calls(t);
	set_rules(t);
	set_body(t);
	set_ptr(t, CURLOPT_HTTPHEADER, t->headers);
	set_off(t, CURLOPT_MAXFILESIZE_LARGE, t->request->max);
	return t->rc == CURLE_OK ? CN_OK : curl_fail(t, err);
}

/* A server that hangs up while we write must not end the program: the signal
 * is held back in this thread and dropped. */
static CURLcode
perform(CURL *curl)
{
	const struct timespec at_once = { 0, 0 };
	sigset_t pipe_only, before, pending;
	bool was_pending;
	CURLcode rc;

	(void)sigemptyset(&pipe_only);
	(void)sigaddset(&pipe_only, SIGPIPE);
	(void)sigemptyset(&pending);
	(void)sigpending(&pending);
	was_pending = sigismember(&pending, SIGPIPE) == 1;
	(void)pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	rc = curl_easy_perform(curl);
	(void)sigpending(&pending);
	if (!was_pending && sigismember(&pending, SIGPIPE) == 1)
		(void)sigtimedwait(&pipe_only, NULL, &at_once);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static void
keep_type(struct transfer *t)
{
	char *type = NULL;

	if (curl_easy_getinfo(t->curl, CURLINFO_CONTENT_TYPE, &type) ==
		CURLE_OK &&
	    type != NULL && strlen(type) < t->answer->type.max)
		cn_buf_str(&t->answer->type, type);
}

enum cn_code
transfer_run(
    struct transfer *t, const struct target *target, struct cn_error *err)
{
	struct cn_net_answer *answer = t->answer;
	int64_t left = t->deadline - now_ms();

	cn_buf_reset(&answer->body);
	cn_buf_reset(&answer->type);
	t->header_bytes = 0;
	t->refused = false;
	t->reason[0] = '\0';
	t->only_own = !target->https;
	t->never_own = t->was_public;
	if (left <= 0)
		return cn_fail(err, CN_NETWORK, "it took too long");
	set_ptr(t, CURLOPT_CURLU, target->url);
	set_long(t, CURLOPT_TIMEOUT_MS, (long)left);
	set_long(t, CURLOPT_CONNECTTIMEOUT_MS, (long)left);
	if (t->rc == CURLE_OK)
		t->rc = perform(t->curl);
	if (t->rc == CURLE_OK)
		t->rc = curl_easy_getinfo(
		    t->curl, CURLINFO_RESPONSE_CODE, &answer->status);
	if (t->rc != CURLE_OK)
		return curl_fail(t, err);
	keep_type(t);
	return cn_buf_code(&answer->type, err);
}

const char *
transfer_location(const struct transfer *t)
{
	char *location = NULL;

	if (curl_easy_getinfo(t->curl, CURLINFO_REDIRECT_URL, &location) !=
	    CURLE_OK)
		return NULL;
	return location;
}

void
transfer_close(struct transfer *t)
{
	curl_easy_cleanup(t->curl);
	curl_slist_free_all(t->headers);
	t->curl = NULL;
	t->headers = NULL;
}
