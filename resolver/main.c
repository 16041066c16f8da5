/*
 * carnet-resolver: options, parts, signals.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "config.h"
#include "service.h"

static const char usage[] =
    "Examples:\n"
    "  carnet-resolver --listen 127.0.0.1:8080 --store sqlite:passports.db \\\n"
    "      --trust trust.json --public-url https://id.maker.example\n"
    "  carnet-resolver --config /etc/carnet/resolver.ini\n"
    "  carnet-resolver --config resolver.ini --check-config\n"
    "\n"
    "carnet-resolver [options]: serve digital product passports over HTTP\n"
    "\n"
    "  --listen ADDR:PORT   where to listen (127.0.0.1:8080); port 0: any\n"
    "  --store sqlite:FILE  where passports are kept; made where it is not\n"
    "  --trust FILE         the trust list: whose passports are accepted\n"
    "  --public-url URL     under which address scanners reach this service\n"
    "  --threads N          threads that answer requests (4)\n"
    "  --config FILE        settings in a file; options count more\n"
    "  --check-config       look at the settings and the trust list, then end\n"
    "  --help, --version\n"
    "\n"
    "Any setting of the file can be an option: see carnet-resolver(8).\n"
    "SIGHUP reads the trust list anew, SIGTERM ends after running requests.\n";

struct program {
	struct rs_config config;
	struct rs_service service;
	struct rs_server *server;
	bool check_only;
};

static int
complain(const struct cn_error *err)
{
	(void)fprintf(stderr, "carnet-resolver: %s%s%s\n", err->place,
	    err->place[0] == '\0' ? "" : ": ",
	    err->text[0] == '\0' ? cn_code_text(err->code) : err->text);
	return cn_code_status(err->code);
}

/* ---- options ---------------------------------------------------------------------- */

/* The value of an option: behind '=' or the next argument. */
static enum cn_code
option(struct rs_config *config, char **argv, int *at, bool files,
    struct cn_error *err)
{
	struct cn_slice text = cn_slice_str(argv[*at]), name, value;
	size_t equals;

	if (!cn_slice_starts(text, "--") || text.len == 2)
		return cn_fail(
		    err, CN_USAGE, "what is \"%s\"? See --help", argv[*at]);
	name = cn_slice_sub(text, 2, SIZE_MAX);
	equals = cn_slice_find(name, '=');
	value = cn_slice_sub(name, equals + 1, SIZE_MAX);
	if (equals == name.len) {
		if (argv[*at + 1] == NULL)
			return cn_fail(
			    err, CN_USAGE, "%s needs a value", argv[*at]);
		value = cn_slice_str(argv[++*at]);
	}
	name = cn_slice_sub(name, 0, equals);
	if (cn_slice_is(name, "config"))
		return files ? rs_config_read(
				   config, (const char *)value.ptr, err)
			     : CN_OK;
	return files ? CN_OK : rs_config_set(config, name, value, err);
}

/* First the files, then the options: these count more, in whatever order they
 * were given. */
static enum cn_code
options(struct program *program, char **argv, struct cn_error *err)
{
	enum cn_code code = CN_OK;
	int round, i;

	for (round = 0; code == CN_OK && round < 2; round++) {
		for (i = 1; code == CN_OK && argv[i] != NULL; i++) {
			if (strcmp(argv[i], "--check-config") == 0)
				program->check_only = true;
			else
				code = option(&program->config, argv, &i,
				    round == 0, err);
		}
	}
	return code == CN_OK ? rs_config_check(&program->config, err) : code;
}

static bool
has(char **argv, const char *name)
{
	for (; *argv != NULL; argv++) {
		if (strcmp(*argv, name) == 0)
			return true;
	}
	return false;
}

/* ---- parts ------------------------------------------------------------------------ */

/* No path, no query, no address: serial numbers are nobody's business here. */
static void
log_request(void *ctx, const struct rs_exchange *exchange, unsigned ms)
{
	(void)ctx;
	(void)fprintf(stderr, "%s %s %u %zu %u ms\n",
	    rs_method_name(exchange->request.method), exchange->response.log,
	    exchange->response.status,
	    exchange->response.body == NULL
		? 0
		: exchange->response.body->bytes.len,
	    ms);
}

/* A descriptor for each connection and some more. */
static void
raise_limits(struct rs_limits *limits)
{
	rlim_t wanted = (rlim_t)limits->connections + 128;
	struct rlimit now;

	if (getrlimit(RLIMIT_NOFILE, &now) != 0)
		return;
	if (now.rlim_cur < wanted) {
		now.rlim_cur = wanted < now.rlim_max ? wanted : now.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &now);
	}
	if (getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_cur < wanted &&
	    now.rlim_cur > 256)
		limits->connections = (unsigned)(now.rlim_cur - 128);
}

static enum cn_code
open_parts(struct program *program, struct cn_error *err)
{
	struct rs_service *service = &program->service;
	enum cn_code code;

	code = rs_trust_open(program->config.trust, &service->trust, err);
	if (code == CN_OK)
		code = rs_pages_open(&service->pages, err);
	if (code == CN_OK && !program->check_only)
		code = rs_store_open(
		    program->config.store, NULL, &service->store, err);
	return code;
}

static enum cn_code
open_server(struct program *program, struct cn_error *err)
{
	const struct rs_config *config = &program->config;
	struct rs_server_options options = {
		.limits = config->limits,
		.handler = rs_serve,
		.ctx = &program->service,
		.log = config->log_requests ? log_request : NULL,
	};
	enum cn_code code;

	(void)rs_listen_parse(
	    cn_slice_str(config->listen), &options.host, &options.port);
	raise_limits(&options.limits);
	code = rs_server_open(&options, &program->server, err);
	if (code != CN_OK)
		return code;
	program->service.public_url = cn_slice_str(config->public_url);
	if (program->service.public_url.len == 0)
		program->service.public_url = cn_slice_str(
		    rs_server_url(program->server));
	return rs_server_run(program->server, err);
}

static void
close_parts(struct program *program)
{
	/* Answers wait for the store, the store's thread wakes answers. */
	if (program->server != NULL)
		rs_server_stop(program->server);
	rs_store_close(program->service.store);
	rs_server_free(program->server);
	rs_pages_free(program->service.pages);
	rs_trust_close(program->service.trust);
	rs_config_free(&program->config);
}

/* ---- signals ---------------------------------------------------------------------- */

/* Blocked before the first thread begins, so that they come here. */
static void
block_signals(sigset_t *set)
{
	(void)sigemptyset(set);
	(void)sigaddset(set, SIGTERM);
	(void)sigaddset(set, SIGINT);
	(void)sigaddset(set, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void
wait_for_end(struct program *program, const sigset_t *set)
{
	struct cn_error err;
	int number;

	while (sigwait(set, &number) == 0 && number == SIGHUP) {
		cn_error_clear(&err);
		if (rs_trust_reload(program->service.trust, &err) != CN_OK)
			(void)complain(&err);
		else
			(void)fprintf(
			    stderr, "carnet-resolver: read the trust list\n");
	}
	(void)fprintf(stderr, "carnet-resolver: ending\n");
}

int
main(int argc, char **argv)
{
	struct program program = { 0 };
	struct cn_error err = { 0 };
	enum cn_code code;
	sigset_t set;

	(void)argc;
	if (has(argv, "--help") || has(argv, "--version")) {
		(void)fputs(has(argv, "--help")
				? usage
				: "carnet-resolver " CARNET_VERSION "\n",
		    stdout);
		return 0;
	}
	rs_config_init(&program.config);
	block_signals(&set);
	code = options(&program, argv, &err);
	if (code == CN_OK)
		code = open_parts(&program, &err);
	if (code == CN_OK && !program.check_only)
		code = open_server(&program, &err);
	if (code == CN_OK && !program.check_only) {
		(void)printf(
		    "listening on %s\n", rs_server_url(program.server));
		(void)fflush(stdout);
		wait_for_end(&program, &set);
	}
	close_parts(&program);
	return code == CN_OK ? 0 : complain(&err);
}
