/*
 * What the program was told: by options, by a file, by neither.
 */
#ifndef RESOLVER_CONFIG_H
#define RESOLVER_CONFIG_H

#include "http/server.h"

struct rs_config {
	char *listen; /* "127.0.0.1:8080" */
	char *store; /* "sqlite:passports.db" */
	char *trust; /* path of trust.json */
	char *public_url; /* empty: the address listened on */
	bool log_requests;
	struct rs_limits limits;
};

void rs_config_init(struct rs_config *config);
void rs_config_free(struct rs_config *config);

/* One setting, as in the file or as an option without its dashes. CN_USAGE
 * for a key that is not known (with the nearest one) or a value that is none. */
CN_MUST_USE enum cn_code rs_config_set(struct rs_config *config,
    struct cn_slice key, struct cn_slice value, struct cn_error *err);
/* Reads an INI file: "key = value" lines, '#' and ';' begin a comment, one
 * section [resolver] at most. Relative paths begin at the working directory, like
 * those of options. */
CN_MUST_USE enum cn_code rs_config_read(
    struct rs_config *config, const char *path, struct cn_error *err);
/* What is missing or does not fit together; fills defaults. */
CN_MUST_USE enum cn_code rs_config_check(
    struct rs_config *config, struct cn_error *err);

#endif
