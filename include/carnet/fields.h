/*
 * Row numbers of the field table, made from fields.def (which the build puts
 * beside this header). Include <carnet/model.h>, not this.
 *
 * CN_F_<NAME> is a row of the passport's table, CN_<RECORD>_<MEMBER> a row of
 * a record's, CN_<CHOICES>_<VALUE> a position in a list of choices, from 0.
 */
#ifndef CARNET_FIELDS_H
#define CARNET_FIELDS_H

#include <carnet/error.h>

/* Choices: cn_choices_<name>, enum cn_choices_<name> */
#define CHOICES_OPEN(SYMBOL, name)                               \
	extern CN_API const struct cn_choices cn_choices_##name; \
	enum cn_choices_##name                                   \
	{
#define CHOICE(SYMBOL, VALUE, text) CN_##SYMBOL##_##VALUE,
#define CHOICES_CLOSE(SYMBOL, name) \
	CN_##SYMBOL##_CHOICES       \
	}                           \
	;
#define RECORD_OPEN(SYMBOL, name)
#define MEMBER(SYMBOL, NAME, name, kind, sub, card, form, max, sources)
#define RECORD_CLOSE(SYMBOL, name)
#define FIELD( \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources)
#include <carnet/fields.def>
#undef CHOICES_OPEN
#undef CHOICE
#undef CHOICES_CLOSE
#undef RECORD_OPEN
#undef MEMBER
#undef RECORD_CLOSE
#undef FIELD

/* Members of records: cn_table_<name>, enum cn_rows_<name> */
#define CHOICES_OPEN(SYMBOL, name)
#define CHOICE(SYMBOL, VALUE, text)
#define CHOICES_CLOSE(SYMBOL, name)
#define RECORD_OPEN(SYMBOL, name)                            \
	extern CN_API const struct cn_table cn_table_##name; \
	enum cn_rows_##name                                  \
	{
#define MEMBER(SYMBOL, NAME, name, kind, sub, card, form, max, sources) \
	CN_##SYMBOL##_##NAME,
#define RECORD_CLOSE(SYMBOL, name) \
	CN_##SYMBOL##_MEMBERS      \
	}                          \
	;
#define FIELD( \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources)
#include <carnet/fields.def>
#undef RECORD_OPEN
#undef MEMBER
#undef RECORD_CLOSE
#undef FIELD

/* Fields of the passport: enum cn_rows_passport */
#define RECORD_OPEN(SYMBOL, name)
#define MEMBER(SYMBOL, NAME, name, kind, sub, card, form, max, sources)
#define RECORD_CLOSE(SYMBOL, name)
#define FIELD(                                                               \
    key, group, NAME, name, kind, sub, card, tier, form, max, hint, sources) \
	CN_F_##NAME,
enum cn_rows_passport {
#include <carnet/fields.def>
	CN_F_COUNT
};
#undef CHOICES_OPEN
#undef CHOICE
#undef CHOICES_CLOSE
#undef RECORD_OPEN
#undef MEMBER
#undef RECORD_CLOSE
#undef FIELD

#endif
