/* What the readers of trust.json share: places in every fault. */
#ifndef SEAL_TRUST_READER_H
#define SEAL_TRUST_READER_H

#include "trust_list.h"

struct cn_trust_reader {
	struct cn_trust *trust;
	struct cn_issuer *last; /* of its issuers, or NULL */
	struct cn_arena *scratch; /* of the JSON tree */
	const char *base; /* directory of key files, or NULL */
	struct cn_error *err;
};

/* Adds line, column and pointer of a value to the error. */
void cn_trust_place(struct cn_trust_reader *r, const struct cn_json *at);
/* CN_MALFORMED at a value. */
enum cn_code cn_trust_fault(struct cn_trust_reader *r, const struct cn_json *at,
    const char *fmt, ...) CN_PRINTF(3, 4);
enum cn_code cn_trust_no_memory(struct cn_trust_reader *r);

/* An object whose members all have one of the names. */
enum cn_code cn_trust_object(struct cn_trust_reader *r,
    const struct cn_json *at, const char *const *names, size_t count);
/* A member of that type: a text, or a list that is not empty. */
enum cn_code cn_trust_member(struct cn_trust_reader *r,
    const struct cn_json *at, const char *name, enum cn_json_type type,
    const struct cn_json **out);
/* An instant, or a date for its midnight (UTC). */
bool cn_trust_instant(struct cn_slice text, cn_instant *out);

/* One entry of an issuer's keys. *out is set as soon as it owns a key, also
 * where the entry is refused later: the caller links it in, so that it is
 * freed with the list. */
enum cn_code cn_trust_read_key(struct cn_trust_reader *r,
    const struct cn_json *entry, const struct cn_issuer *issuer,
    struct cn_trust_key **out);

#endif
