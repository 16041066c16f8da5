/*
 * What the schema writers share. Private to model/.
 */
#ifndef CARNET_MODEL_SCHEMA_H
#define CARNET_MODEL_SCHEMA_H

#include "read.h"

/*
 * The whole text of a row's kind and form as a regular expression without
 * anchors, in what ECMA-262, XSD and POSIX have in common; NULL where any text
 * will do. It can be wider than cn_text_fault() (a check digit, the days of a
 * month), never narrower. It holds neither quotation marks nor backslashes,
 * which readers of CDDL take differently.
 */
const char *schema_pattern(const struct cn_field *field);
extern const char schema_language[];

/* "public", "legitimate interest", "authorities" */
const char *schema_audience(enum cn_tier tier);
/* "1", "0..1", "1..n", "0..n" */
const char *schema_cardinality(const struct cn_field *field);
/* Appends "hint (articles)": whichever there is. */
void schema_describe(const struct cn_field *field, struct cn_buf *out);

#endif
