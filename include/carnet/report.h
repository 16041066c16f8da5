/*
 * Findings: what a reader or a check has to say about a file, with its place.
 */
#ifndef CARNET_REPORT_H
#define CARNET_REPORT_H

#include <carnet/json.h>

enum cn_level { CN_NOTE, CN_WARNING, CN_FAULT }; /* note, warning, error */

struct cn_finding {
	enum cn_level level;
	struct cn_slice rule; /* stable id: "descriptor.unknown-field" */
	struct cn_slice message; /* one sentence: what, and what to write */
	struct cn_slice cite; /* "CRA 13(19)"; may be empty */
	struct cn_slice file; /* as named by the user */
	uint32_t line, column; /* from 1; 0: the file as a whole */
	struct cn_slice pointer; /* RFC 6901; may be empty */
	bool waived;
	struct cn_finding *next;
};

/* A list of findings in the order in which they were made. All texts live in
 * the arena. Beyond CN_MAX_FINDINGS further ones are only counted. */
#define CN_MAX_FINDINGS 1000

struct cn_report {
	struct cn_arena *arena; /* borrow */
	struct cn_finding *first, *last;
	size_t count[3]; /* not waived, by level */
	size_t dropped;
	enum cn_code code; /* CN_MEMORY latched, else CN_OK */
};

CN_API void cn_report_init(struct cn_report *report, struct cn_arena *arena);

/* Where a finding is: a file's name and a value of its tree (may be NULL). */
struct cn_place {
	struct cn_slice file;
	const struct cn_json *value;
	bool at_key; /* point at the member's name, not its value */
};

CN_API void cn_report_add(struct cn_report *report, enum cn_level level,
    const char *rule, const char *cite, struct cn_place place, const char *fmt,
    ...) CN_PRINTF(6, 7);

/* For a place that is no JSON value: line and column given. */
CN_API void cn_report_add_at(struct cn_report *report, enum cn_level level,
    const char *rule, const char *cite, struct cn_slice file, uint32_t line,
    uint32_t column, struct cn_slice pointer, const char *text);

/* "error", "warning", "note" */
CN_API const char *cn_level_name(enum cn_level level);

/* The entry of names that is nearest to name (Damerau-Levenshtein), or NULL
 * where none is near enough to be meant. */
CN_API const char *cn_nearest(
    struct cn_slice name, const char *const *names, size_t count);

#endif
