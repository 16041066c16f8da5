#include "config.h"

#include <carnet/file.h>
#include <carnet/report.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define CONFIG_MAX (64u << 10)

/* ---- the keys ------------------------------------------------------------------ */

enum kind { TEXT, NUMBER, SWITCH, CHOICE };

/* "log" is a choice of one: requests or none. */
static const struct setting {
	const char *name;
	enum kind kind;
	size_t offset;
	unsigned least, most;
} settings[] = {
#define TEXT_OF(name, member)                                        \
	{                                                            \
		name, TEXT, offsetof(struct rs_config, member), 0, 0 \
	}
#define NUMBER_OF(name, member, least, most)                             \
	{                                                                \
		name, NUMBER, offsetof(struct rs_config, limits.member), \
		    least, most                                          \
	}
	TEXT_OF("listen", listen),
	TEXT_OF("store", store),
	TEXT_OF("trust", trust),
	TEXT_OF("public-url", public_url),
	{ "log", CHOICE, offsetof(struct rs_config, log_requests), 0, 0 },
	NUMBER_OF("threads", threads, 1, 256),
	NUMBER_OF("max-connections", connections, 1, 1000000),
	NUMBER_OF("max-per-address", per_address, 0, 1000000),
	{ "limit-loopback", SWITCH,
	    offsetof(struct rs_config, limits.limit_loopback), 0, 0 },
	NUMBER_OF("header-timeout", header_seconds, 1, 3600),
	NUMBER_OF("request-timeout", request_seconds, 1, 3600),
	NUMBER_OF("idle-timeout", idle_seconds, 1, 3600),
	NUMBER_OF("drain-timeout", drain_seconds, 1, 3600),
#undef TEXT_OF
#undef NUMBER_OF
};
#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

void
rs_config_init(struct rs_config *config)
{
	memset(config, 0, sizeof(*config));
	config->limits = rs_default_limits;
}

void
rs_config_free(struct rs_config *config)
{
	free(config->listen);
	free(config->store);
	free(config->trust);
	free(config->public_url);
	memset(config, 0, sizeof(*config));
}

static enum cn_code
set_text(char **slot, struct cn_slice value, struct cn_error *err)
{
	char *copy = malloc(value.len + 1);

	if (copy == NULL)
		return cn_fail(err, CN_MEMORY, "no memory");
	if (value.len > 0)
		memcpy(copy, value.ptr, value.len);
	copy[value.len] = '\0';
	free(*slot);
	*slot = copy;
	return CN_OK;
}

static enum cn_code
set_number(unsigned *slot, const struct setting *setting, struct cn_slice value,
    struct cn_error *err)
{
	uint64_t number;

	if (!cn_slice_uint(value, setting->most, &number) ||
	    number < setting->least)
		return cn_fail(err, CN_USAGE, "%s is a number from %u to %u",
		    setting->name, setting->least, setting->most);
	*slot = (unsigned)number;
	return CN_OK;
}

static enum cn_code
set_switch(bool *slot, const struct setting *setting, struct cn_slice value,
    struct cn_error *err)
{
	static const char *const words[2][2] = { { "no", "yes" },
		{ "none", "requests" } };
	const char *const *names = words[setting->kind == CHOICE];

	if (!cn_slice_is(value, names[0]) && !cn_slice_is(value, names[1]))
		return cn_fail(err, CN_USAGE, "%s is %s or %s", setting->name,
		    names[0], names[1]);
	*slot = cn_slice_is(value, names[1]);
	return CN_OK;
}

static enum cn_code
unknown(struct cn_slice key, struct cn_error *err)
{
	const char *names[SETTINGS], *nearest;
	size_t i;

	for (i = 0; i < SETTINGS; i++)
		names[i] = settings[i].name;
	nearest = cn_nearest(key, names, SETTINGS);
	if (nearest != NULL)
		return cn_fail(err, CN_USAGE,
		    "there is no setting \"%.*s\"; did you mean \"%s\"?",
		    CN_FMT(key), nearest);
	return cn_fail(
	    err, CN_USAGE, "there is no setting \"%.*s\"", CN_FMT(key));
}

enum cn_code
rs_config_set(struct rs_config *config, struct cn_slice key,
    struct cn_slice value, struct cn_error *err)
{
	void *slot;
	size_t i;

	for (i = 0; i < SETTINGS; i++) {
		if (!cn_slice_is(key, settings[i].name))
			continue;
		slot = (char *)config + settings[i].offset;
		switch (settings[i].kind) {
		case TEXT:
			return set_text(slot, value, err);
		case NUMBER:
			return set_number(slot, &settings[i], value, err);
		case SWITCH:
		case CHOICE:
		default:
			return set_switch(slot, &settings[i], value, err);
		}
	}
	return unknown(key, err);
}

/* ---- the file ------------------------------------------------------------------- */

static struct cn_slice
trim(struct cn_slice text)
{
	while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t'))
		text = cn_slice_sub(text, 1, SIZE_MAX);
	while (text.len > 0 && (text.ptr[text.len - 1] == ' ' ||
				   text.ptr[text.len - 1] == '\t' ||
				   text.ptr[text.len - 1] == '\r'))
		text.len--;
	return text;
}

static enum cn_code
read_line(struct rs_config *config, struct cn_slice line, struct cn_error *err)
{
	size_t equals;

	line = trim(line);
	if (line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == ';')
		return CN_OK;
	if (line.ptr[0] == '[') {
		if (cn_slice_is(line, "[resolver]"))
			return CN_OK;
		return cn_fail(err, CN_USAGE, "the only section is [resolver]");
	}
	equals = cn_slice_find(line, '=');
	if (equals == line.len)
		return cn_fail(err, CN_USAGE, "a line is \"key = value\"");
	return rs_config_set(config, trim(cn_slice_sub(line, 0, equals)),
	    trim(cn_slice_sub(line, equals + 1, SIZE_MAX)), err);
}

enum cn_code
rs_config_read(struct rs_config *config, const char *path, struct cn_error *err)
{
	struct cn_slice rest;
	struct cn_buf text;
	enum cn_code code;
	unsigned line = 1;
	size_t end;

	cn_buf_init(&text, CONFIG_MAX);
	code = cn_file_read(path, &text, err);
	rest = cn_buf_slice(&text);
	if (code == CN_OK && !cn_utf8_ok(rest, NULL)) {
		cn_error_at(err, "%s", path);
		code = cn_fail(err, CN_USAGE, "it is no UTF-8 text");
	}
	for (; code == CN_OK && rest.len > 0; line++) {
		end = cn_slice_find(rest, '\n');
		code = read_line(config, cn_slice_sub(rest, 0, end), err);
		if (code != CN_OK)
			cn_error_at(err, "%s: line %u", path, line);
		rest = cn_slice_sub(rest, end + 1, SIZE_MAX);
	}
	cn_buf_free(&text);
	return code;
}

/* ---- the whole ------------------------------------------------------------------ */

/* Scheme and host, perhaps a port; nothing behind, since paths are ours. */
static enum cn_code
check_public_url(struct rs_config *config, struct cn_error *err)
{
	struct cn_slice url = cn_slice_str(config->public_url), rest;
	size_t i;

	if (url.len > 0 && url.ptr[url.len - 1] == '/')
		config->public_url[--url.len] = '\0';
	rest = cn_slice_sub(
	    url, cn_slice_starts(url, "https://") ? 8 : 7, SIZE_MAX);
	for (i = 0; i < url.len; i++) {
		if (url.ptr[i] <= 0x20 || url.ptr[i] >= 0x7f ||
		    strchr("<>\"?#\\", url.ptr[i]) != NULL)
			rest.len = 0;
	}
	if ((!cn_slice_starts(url, "https://") &&
		!cn_slice_starts(url, "http://")) ||
	    rest.len == 0 || cn_slice_find(rest, '/') < rest.len)
		return cn_fail(err, CN_USAGE,
		    "public-url is a scheme and a host, such as "
		    "https://id.maker.example");
	return CN_OK;
}

enum cn_code
rs_config_check(struct rs_config *config, struct cn_error *err)
{
	struct cn_slice host;
	uint16_t port;

	if (config->store == NULL || config->store[0] == '\0')
		return cn_fail(err, CN_USAGE,
		    "--store is missing, such as "
		    "--store sqlite:passports.db");
	if (config->trust == NULL || config->trust[0] == '\0')
		return cn_fail(err, CN_USAGE,
		    "--trust is missing: the list of keys that may publish");
	if (config->listen == NULL) {
		enum cn_code code = set_text(
		    &config->listen, CN_SLICE("127.0.0.1:8080"), err);

		if (code != CN_OK)
			return code;
	}
	if (!rs_listen_parse(cn_slice_str(config->listen), &host, &port))
		return cn_fail(err, CN_USAGE,
		    "listen is ADDRESS:PORT, such as 127.0.0.1:8080 or "
		    "[::1]:8080, not \"%s\"",
		    config->listen);
	if (config->public_url != NULL && config->public_url[0] != '\0')
		return check_public_url(config, err);
	return CN_OK;
}
