/*
 * Checks of a descriptor: pure functions in a const table, each with its id,
 * level, articles and message.
 */
#ifndef CARNET_CHECK_H
#define CARNET_CHECK_H

#include <carnet/model.h>
#include <carnet/sbom.h>
#include <carnet/verdict.h>
#include <carnet/vex.h>

struct cn_check_input {
	const struct cn_descriptor *descriptor;
	const struct cn_sbom *sbom; /* or NULL where there is none */
	struct cn_slice sbom_file; /* its name */
	/* SBOM, VEX files and catalogue, as far as there are such. */
	const struct cn_sbom_facts *const *files;
	size_t file_count;
	const struct cn_verdict *verdict; /* or NULL where there is none */
	const struct cn_record *previous; /* version before, or NULL */
	cn_day at;
};

/* Runs every check, then applies the waivers (an expired one is a finding).
 * CN_MEMORY when the report's arena is full. */
CN_API CN_MUST_USE enum cn_code cn_check(const struct cn_check_input *input,
    struct cn_report *report, struct cn_error *err);

/* The documents of `carnet check`: SARIF 2.1.0. */
CN_API void cn_report_sarif(const struct cn_report *report, struct cn_buf *out);

#endif
