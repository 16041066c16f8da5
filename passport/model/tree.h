/*
 * What the files of this room share about trees. Private to model/.
 */
#ifndef CARNET_MODEL_TREE_H
#define CARNET_MODEL_TREE_H

#include <carnet/model.h>

/* Do two values of a row say the same? Their `next` is not looked at; where
 * they were read is of no account. */
bool value_equal(const struct cn_field *field, const struct cn_value *a,
    const struct cn_value *b);
/* The same for whole lists, order included. */
bool list_equal(const struct cn_field *field, const struct cn_value *a,
    const struct cn_value *b);
/* Is an equal value in the list? */
bool list_has(const struct cn_field *field, const struct cn_value *list,
    const struct cn_value *value);

/* Longest short text, in bytes. */
#define SHORT_TEXT 200

/* Appends one value in a few words for people. */
void value_short(const struct cn_field *field, const struct cn_value *value,
    struct cn_buf *out);
/* A copy of what the buffer holds, cut at SHORT_TEXT; ptr NULL on failure. */
struct cn_slice short_copy(struct cn_arena *arena, const struct cn_buf *buf);

#endif
