/*
 * Reading product.json: what its files share. Private to model/.
 */
#ifndef CARNET_MODEL_READ_H
#define CARNET_MODEL_READ_H

#include <carnet/model.h>

struct reader {
	struct cn_arena *arena;
	struct cn_report *report;
	struct cn_slice file;
	bool no_memory; /* latched */
};

/* What stands beside the groups of fields is read by the same code, from
 * tables of its own. */
enum { FILES_SBOM, FILES_VEX, FILES_KEV };
enum { WAIVER_RULE, WAIVER_REASON, WAIVER_UNTIL };
extern const struct cn_table table_files;
extern const struct cn_table table_waiver;
extern const struct cn_field field_issuer;
extern const struct cn_field field_waivers;
extern const struct cn_field field_files;

/* A finding at a value, or at the name of a member. */
void read_fault(struct reader *r, const struct cn_json *at, const char *rule,
    const char *fmt, ...) CN_PRINTF(4, 5);
void read_fault_at_key(struct reader *r, const struct cn_json *at,
    const char *rule, const char *fmt, ...) CN_PRINTF(4, 5);
/* Are there so many findings that further ones are only counted? Looking for
 * the nearest name is then a waste of time, which a hostile file could use. */
bool read_is_full(const struct reader *r);

/* "; did you mean "x"?", or nothing. */
struct hint {
	char text[128];
};
struct hint read_hint(const struct reader *r, struct cn_slice name,
    const char *const *names, size_t count);

/* A text for a message: cut, and without what a terminal would obey. */
#define QUOTE_BYTES 48
struct quote {
	char text[QUOTE_BYTES + 8];
};
struct quote read_quote(struct cn_slice from);

/* The value or list of a row; NULL where it is absent, empty or faulty. */
struct cn_value *read_value(
    struct reader *r, const struct cn_field *field, const struct cn_json *json);
/* An object as a record; never NULL unless memory is short (latched). */
struct cn_record *read_record(
    struct reader *r, const struct cn_table *table, const struct cn_json *json);

#endif
