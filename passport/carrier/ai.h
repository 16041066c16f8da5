/*
 * GS1 application identifiers, as far as Digital Link needs them: one const
 * table, driven by generic code.
 *
 * Facts from GS1's syntax dictionary, release 2026-01-27.
 */
#ifndef CARNET_CARRIER_AI_H
#define CARNET_CARRIER_AI_H

#include <carnet/bytes.h>

#define AI_KEY 1u /* may stand first in the path */
#define AI_ATTRIBUTE 2u /* may stand in the query */
#define AI_FIXED 4u /* of predefined length: comes first in the query */

/*
 * One AI, or a family of them that differ in their last digits: all from
 * `first` to `last` whose final digit lies between the final digits of the
 * two (3100–3165 are 3100–3105, 3110–3115, …).
 *
 * `format` is a list of components: a character set (N digits, X set 82, Y set
 * 39, Z set 64), a length ("14", or "..20" for one to 20), checks and '?' where
 * the component may be missing. The checks:
 *   k the last digit is a check digit       a the last two are a check pair
 *   g starts with a company prefix          h has one from the second digit on
 *   d a date YYMMDD, DD may be 00           D a date YYMMDD
 *   p piece PP of total TT                  z zero
 *   n no leading zero
 *
 * `qualifiers`, of keys: alternatives with '|' between, each a list in path
 * order; '!' behind one that must be there.
 */
struct ai_row {
	char first[5], last[5];
	unsigned flags;
	const char *format;
	const char *qualifiers;
};

/* NULL where the AI is not assigned. */
const struct ai_row *ai_find(struct cn_slice ai);
/* As above, of keys only. */
const struct ai_row *ai_find_key(struct cn_slice ai);
/* Is it one of the words of old (gtin, ser, …) that Digital Link 1.3 took out
 * of the grammar? Any case. */
bool ai_is_alpha(struct cn_slice word);

/* NULL where the value is right for the AI, else what is wrong with it. */
const char *ai_fault(const struct ai_row *row, struct cn_slice value);

/* May these qualifiers stand behind the key, in this order? Up to `count`
 * slices. `missing` (may be NULL) is set where a required one is missing. */
bool ai_sequence_ok(const struct ai_row *key, const struct cn_slice *ais,
    size_t count, bool *missing);
/* Could `ai` be added to the qualifiers at its place in the path? */
bool ai_sequence_takes(const struct ai_row *key, const struct cn_slice *ais,
    size_t count, struct cn_slice ai);

#endif
