/*
 * The model: what a passport says, as a tree that one table describes.
 *
 * passport/model/fields.def declares every field of a passport, every record
 * and every list of choices, one row each. Everything here is generic code
 * over that table. A *record* is a table and one slot a row; the passport
 * itself is the record of the table cn_table_passport.
 */
#ifndef CARNET_MODEL_H
#define CARNET_MODEL_H

#include <carnet/clock.h>
#include <carnet/report.h>

/* ---- the table --------------------------------------------------------- */

enum cn_kind {
	CN_KIND_TEXT,
	CN_KIND_TEXTS, /* text per language: tag → text */
	CN_KIND_URI,
	CN_KIND_DATE, /* YYYY-MM-DD */
	CN_KIND_MONTH, /* YYYY-MM */
	CN_KIND_INSTANT, /* YYYY-MM-DDThh:mm:ssZ */
	CN_KIND_BOOL,
	CN_KIND_UINT,
	CN_KIND_DECIMAL, /* "-0.125", as text */
	CN_KIND_ENUM,
	CN_KIND_DIGEST, /* SHA-256, 32 bytes */
	CN_KIND_RECORD,
	CN_KIND_TIERS, /* field key → tier (field 90 only) */
	CN_KIND_SEALS /* tag 60 of a digest (field 92 only) */
};

enum cn_tier { CN_PUBLIC, CN_LEGITIMATE_INTEREST, CN_AUTHORITY };
#define CN_TIERS 3
/* Sets of tiers. */
#define CN_TIER_BIT(tier) (1u << (tier))
#define CN_TIERS_PUBLIC CN_TIER_BIT(CN_PUBLIC)
#define CN_TIERS_ALL 7u

/* Further demands on a text. */
enum cn_form {
	CN_FORM_ANY,
	CN_FORM_GTIN, /* 8, 12, 13 or 14 digits, check digit right */
	CN_FORM_TARIC, /* 6, 8 or 10 digits */
	CN_FORM_EORI, /* country code and up to 15 characters */
	CN_FORM_BODY, /* four digits: number of a notified body */
	CN_FORM_LANG, /* BCP 47 language tag */
	CN_FORM_LOT, /* 1 to 20 of GS1 character set 82 */
	CN_FORM_HTTPS, /* URI: https only */
	CN_FORM_POSITIVE /* UINT: not 0 */
};

struct cn_table;

struct cn_choices {
	const char *name;
	const char *const *values; /* as written in JSON and CBOR */
	size_t count;
};

/* One row: a field of the passport or a member of a record. */
struct cn_field {
	const char *name;
	const char *group; /* of a passport field, else NULL */
	uint16_t key; /* CBOR map key */
	enum cn_kind kind;
	enum cn_form form;
	bool required; /* lower cardinality 1 */
	bool many; /* a list */
	bool nullable; /* null in product.json means absent */
	bool derived; /* never typed by a person */
	enum cn_tier tier; /* of a passport field */
	uint32_t max; /* as in fields.def; 0: the kind's default */
	const struct cn_table *record; /* CN_KIND_RECORD */
	const struct cn_choices *choices; /* CN_KIND_ENUM */
	const char *sources; /* articles, for people */
	const char *hint;
};

struct cn_table {
	const char *name;
	const struct cn_field *rows; /* in the order of their keys */
	size_t count;
};

extern CN_API const struct cn_table cn_table_passport;

/* Row numbers of the passport's table: CN_F_PASSPORT_ID, …; of a record's:
 * CN_OPERATOR_NAME, …; positions of choices: CN_CRA_CLASS_DEFAULT, … and the
 * tables themselves: cn_table_operator, cn_choices_cra_class, … Made from
 * fields.def. */
#include <carnet/fields.h>

/* Names of the groups in the order in which people read them. */
extern CN_API const char *const cn_groups[];
extern CN_API const size_t cn_group_count;

/* All records and all lists of choices, in the order of the table. */
extern CN_API const struct cn_table *const cn_records[];
extern CN_API const size_t cn_record_count;
extern CN_API const struct cn_choices *const cn_choice_lists[];
extern CN_API const size_t cn_choice_list_count;

/* Ceilings of a row: bytes of one text, languages of a text, items of a list,
 * and the highest UINT. */
#define CN_MAX_LANGUAGES 40
CN_API size_t cn_field_bytes(const struct cn_field *field);
CN_API size_t cn_field_items(const struct cn_field *field);
CN_API uint64_t cn_field_highest(const struct cn_field *field);

/* What is wrong with a text of a row's kind and form, as the end of a sentence
 * ("is no date that exists, written YYYY-MM-DD"), or NULL. For TEXT, TEXTS (one
 * of its texts), URI, DATE, MONTH, INSTANT, DECIMAL. */
CN_API const char *cn_text_fault(
    const struct cn_field *field, struct cn_slice text);
/* The same for a number of a UINT, BOOL or ENUM row. */
CN_API const char *cn_number_fault(
    const struct cn_field *field, uint64_t number);
/* Is it a language tag in canonical case: language, script, region, variants
 * (RFC 5646 section 2.1)? */
CN_API bool cn_lang_ok(struct cn_slice tag);
/* Order of the languages of a text, as CBOR sorts them: shorter tags first,
 * then bytewise. */
CN_API int cn_lang_cmp(struct cn_slice a, struct cn_slice b);

/* The row with that CBOR key, or NULL. */
CN_API const struct cn_field *cn_table_by_key(
    const struct cn_table *table, uint64_t key);
/* The row with that name (and group, if not NULL), or NULL. */
CN_API const struct cn_field *cn_table_by_name(
    const struct cn_table *table, struct cn_slice group, struct cn_slice name);
/* Position of a choice, or -1. */
CN_API int cn_choice(const struct cn_choices *choices, struct cn_slice text);

/* ---- the tree ---------------------------------------------------------- */

struct cn_text { /* one entry of a text per language */
	struct cn_slice lang;
	struct cn_slice text;
	struct cn_text *next; /* shorter tags first, then bytewise */
};

struct cn_tier_entry {
	uint64_t key;
	uint64_t tier;
	struct cn_tier_entry *next; /* by key */
};

struct cn_value {
	union {
		struct cn_slice text; /* TEXT, URI, DATE, MONTH, INSTANT,
					   DECIMAL; 32 bytes of a DIGEST or
					   of SEALS */
		uint64_t number; /* UINT, BOOL, ENUM (position) */
		struct cn_text *texts;
		struct cn_tier_entry *tiers;
		struct cn_record *record;
	} as;
	const struct cn_json *source; /* where it was read, or NULL */
	struct cn_value *next; /* next item of a list */
};

/* A map entry that the table does not know: kept, shown, never interpreted. */
struct cn_unknown {
	struct cn_slice key; /* CBOR */
	struct cn_slice value; /* CBOR */
	enum cn_tier tier; /* of the section it stood in */
	struct cn_unknown *next; /* in order of key */
};

struct cn_record {
	const struct cn_table *table;
	struct cn_value **slots; /* table->count; NULL: absent */
	struct cn_unknown *unknown;
	/* Field sealed_changes stands in both sections: that of the authority
	 * is kept here, the other one in its slot. Only in a passport. */
	struct cn_value *authority_changes;
};

/* An empty record of a table, or NULL when the arena is full. */
CN_API struct cn_record *cn_record_new(
    struct cn_arena *arena, const struct cn_table *table);

/* First value of a row, or NULL. record may be NULL. */
CN_API const struct cn_value *cn_get(
    const struct cn_record *record, unsigned row);
/* Text of a row's first value; an empty slice with ptr NULL when absent. For
 * an ENUM the choice's name. */
CN_API struct cn_slice cn_get_text(
    const struct cn_record *record, unsigned row);
CN_API uint64_t cn_get_number(
    const struct cn_record *record, unsigned row, uint64_t absent);
CN_API const struct cn_record *cn_get_record(
    const struct cn_record *record, unsigned row);
/* The text in the first of the languages that is there (a tag also matches
 * its shorter forms, RFC 4647 lookup), else in English, else the first. *lang
 * is the tag found, may be NULL. */
CN_API struct cn_slice cn_get_texts(const struct cn_record *record,
    unsigned row, const struct cn_slice *langs, size_t count,
    struct cn_slice *lang);

/* The same for one value of a TEXTS row, such as an item of a list. */
CN_API struct cn_slice cn_value_texts(const struct cn_value *value,
    const struct cn_slice *langs, size_t count, struct cn_slice *lang);

/* Appends a value to a row; NULL when the arena is full. */
CN_API struct cn_value *cn_add(
    struct cn_arena *arena, struct cn_record *record, unsigned row);
/* Appends a copy of the text; false when the arena is full. */
CN_API bool cn_add_text(struct cn_arena *arena, struct cn_record *record,
    unsigned row, struct cn_slice text);
CN_API bool cn_add_number(struct cn_arena *arena, struct cn_record *record,
    unsigned row, uint64_t number);
CN_API struct cn_record *cn_add_record(
    struct cn_arena *arena, struct cn_record *record, unsigned row);
/* Puts a copy of a text into a value of a TEXTS row, in the order of languages;
 * false when the arena is full. */
CN_API bool cn_texts_put(struct cn_arena *arena, struct cn_value *value,
    struct cn_slice lang, struct cn_slice text);
/* Empties a row. */
CN_API void cn_clear(struct cn_record *record, unsigned row);

/* ---- the descriptor: product.json --------------------------------------- */

struct cn_waiver {
	struct cn_slice rule;
	struct cn_slice reason;
	struct cn_date until;
	const struct cn_json *source;
	struct cn_waiver *next;
};

struct cn_descriptor {
	struct cn_slice file; /* name as given */
	const struct cn_json *json; /* the whole tree, for places */
	struct cn_slice issuer; /* https URL; becomes iss */
	struct cn_slice sbom; /* paths as written; may be empty */
	struct cn_slice kev;
	const struct cn_json *vex; /* array of strings, or NULL */
	struct cn_waiver *waivers;
	struct cn_record *record; /* the passport's fields */
};

/*
 * Reads product.json. Every fault becomes a finding (level CN_FAULT, rule
 * "descriptor.…") with line, column and pointer; reading goes on behind it, so
 * that one run names all. Text that is no JSON gives one finding. Checked here:
 * names (with the nearest known one), kinds, forms, lengths, that derived
 * fields are absent, cardinality within records. That required passport
 * fields are there is asked of the merged view: cn_model_required().
 * Unknown members are faults; "$schema" at the top is allowed and ignored. An
 * empty list is as good as none.
 *
 * The rules: descriptor.syntax, .type, .form, .length, .number, .choice,
 * .language, .count, .null, .missing, .unknown-field, .unknown-member and
 * .derived.
 *
 * Returns CN_OK when the tree is usable (*out set), whether or not there were
 * findings; CN_MALFORMED where there is no tree at all; CN_MEMORY.
 */
CN_API CN_MUST_USE enum cn_code cn_descriptor_read(struct cn_arena *arena,
    struct cn_slice file, struct cn_slice json, struct cn_descriptor **out,
    struct cn_report *report, struct cn_error *err);

/*
 * Reads the facts of an assessment (a record of cn_table_assessment): a document
 * that holds nothing else, or those of a whole product.json. Findings and
 * errors as of cn_descriptor_read().
 */
CN_API CN_MUST_USE enum cn_code cn_facts_read(struct cn_arena *arena,
    struct cn_slice file, struct cn_slice json, struct cn_record **out,
    struct cn_report *report, struct cn_error *err);

/* One finding for each required, not derived field that is absent. */
CN_API void cn_model_required(const struct cn_record *passport,
    struct cn_place place, struct cn_report *report);

/* ---- views ------------------------------------------------------------- */

/* {group: {name: value}} of the fields whose tier is in the set, and
 * "unknown": {"<key>": "<hex of the CBOR>"} where there are such. Values as in
 * product.json: digests as 64 hex digits, texts as {lang: text}. */
CN_API void cn_model_write_json(
    const struct cn_record *passport, unsigned tiers, struct cn_jw *w);
/* One value, or a list where the row is many. */
CN_API void cn_value_write_json(const struct cn_field *field,
    const struct cn_value *value, struct cn_jw *w);

/*
 * Merges passports of several levels, the model first, the nearest last: a
 * field of a nearer level replaces that of the farther one as a whole, except
 * notices (status, recalls, user notices, safety warnings, forced findings),
 * which never hide: lists are joined, the nearer first, what two levels say
 * once, and the gravest status wins. What concerns the nearest passport itself
 * (id, version, sections, policy, sealed changes) comes from it alone. The
 * result shares values with its inputs.
 */
CN_API CN_MUST_USE enum cn_code cn_model_merge(struct cn_arena *arena,
    const struct cn_record *const *levels, size_t count, struct cn_record **out,
    struct cn_error *err);

/* One difference between two passports. */
struct cn_change {
	const struct cn_field *field;
	enum { CN_ADDED, CN_REMOVED, CN_CHANGED } what;
	struct cn_slice before, after; /* short text for people */
	struct cn_change *next;
};

/* Differences in fields of the given tiers, derived ones left out; *out is
 * NULL when there are none. */
CN_API CN_MUST_USE enum cn_code cn_model_diff(struct cn_arena *arena,
    const struct cn_record *before, const struct cn_record *after,
    unsigned tiers, struct cn_change **out, struct cn_error *err);

/*
 * Fills what no person types: F01 (sub), F02 (the version after `previous`,
 * or 1; `digest`, 32 bytes, is that of the previous version; both NULL for the
 * first one), F19 and F44 (from the runs, where there are any), and F98 in
 * both sections. What changed in a section that `previous` does not hold, but
 * has, is not told. CN_MEMORY.
 */
CN_API CN_MUST_USE enum cn_code cn_model_derive(struct cn_arena *arena,
    struct cn_record *record, struct cn_slice sub,
    const struct cn_record *previous, const uint8_t *digest,
    struct cn_error *err);

/* ---- what is concluded for one unit -------------------------------------- */

enum cn_concerned {
	CN_NOT_CONCERNED,
	CN_CONCERNED,
	CN_LOOK_AT_LOT /* the recall names lots or serials; that of the
			   unit is not known */
};

/*
 * Does this recall concern the unit? Empty slices: not known. A recall that
 * names neither lots nor serials concerns every unit; one that names both
 * concerns what either names. Serials of equal length compare bytewise, which
 * is the order of numbers for digits; in others each run of digits is a
 * number: SN-9 is before SN-10.
 */
CN_API enum cn_concerned cn_recall_concerns(const struct cn_record *recall,
    struct cn_slice lot, struct cn_slice serial);

/* The run that a unit belongs to: the one with the id, else the one that
 * lists the lot, else the newest (by placed_from, later row wins). *known:
 * whether id or lot decided; may be NULL. NULL where there are no runs. */
CN_API const struct cn_record *cn_run_of(const struct cn_record *passport,
    struct cn_slice id, struct cn_slice lot, bool *known);

/* ---- schemas ------------------------------------------------------------ */

/*
 * The field table as JSON Schema 2020-12 (of product.json and of the document
 * that `carnet show --format json` prints), as CDDL (RFC 8610; the payload
 * and the sections) and as a Markdown reference.
 */
CN_API void cn_schema_json(struct cn_buf *out);
CN_API void cn_schema_cddl(struct cn_buf *out);
CN_API void cn_schema_markdown(struct cn_buf *out);

#endif
