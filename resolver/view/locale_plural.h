/*
 * Which plural form a whole number takes in the languages of the Union, as in
 * the Unicode CLDR ("cardinal" rules). Private to locale*.c.
 */
#ifndef RESOLVER_LOCALE_PLURAL_H
#define RESOLVER_LOCALE_PLURAL_H

#include "locale.h"

typedef enum rs_plural (*rs_plural_rule)(uint64_t n);

/* The rule of a language ("pt-PT" like "pt"); NULL where it is not known. */
rs_plural_rule rs_plural_rule_of(struct cn_slice lang);

#endif
