/*
 * What a walk checks where findings are asked for. Private to sbom/.
 */
#ifndef CARNET_SBOM_SHAPE_CHECK_H
#define CARNET_SBOM_SHAPE_CHECK_H

#include "shape.h"

#include <string.h>

/* cn_slice_is(), which mostly fails, without a call for that. */
static inline bool
text_is(struct cn_slice text, const char *name)
{
	return text.len > 0 && text.ptr[0] == (uint8_t)name[0] &&
	       strncmp((const char *)text.ptr, name, text.len) == 0 &&
	       name[text.len] == '\0';
}

/* The value at hand has another type. */
void check_type(struct walk *w, const struct shape *shape);
void check_text(struct walk *w, const struct shape *shape,
    const struct slot *slot, struct cn_slice text);
/* A member that is not in the table. */
void check_unknown(struct walk *w, const struct frame *f, struct cn_slice name);
/* Has the text been in this very list before? */
void check_repeated(
    struct walk *w, const struct frame *f, struct cn_slice text);
/* At the end of an object: what is missing, what excludes each other. */
void check_members(struct walk *w, const struct frame *f);

#endif
