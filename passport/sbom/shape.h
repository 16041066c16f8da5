/*
 * Shapes: what a document may hold, as tables, and the machine that walks a
 * document along its table while it streams by. The walk tells a handler what
 * it asked for (by tags), and reports what does not fit, with its place.
 *
 * JSON and XML drive the same machine: an element of a wrapper is an item of a
 * list, an attribute or child element is a member, and text is a value.
 * Private to sbom/.
 */
#ifndef CARNET_SBOM_SHAPE_H
#define CARNET_SBOM_SHAPE_H

#include "names.h"

#include <carnet/report.h>

enum shape_kind {
	SHAPE_ANY, /* whatever; passed over */
	SHAPE_TEXT,
	SHAPE_NUMBER,
	SHAPE_INTEGER,
	SHAPE_BOOLEAN,
	SHAPE_OBJECT, /* of the members in slots */
	SHAPE_LIST, /* of the one element in slots */
	SHAPE_EITHER /* the first slot whose type fits */
};

/* A known value of a text, and the edition that brought it (0: the first). */
struct choice {
	const char *name;
	unsigned since;
};

struct shape {
	enum shape_kind kind;
	const struct slot *slots;
	size_t count;
	const struct choice *choices; /* of a text; ends with a NULL name */
	bool (*good)(struct cn_slice text); /* of a text; may be NULL */
	const char *wanted; /* what good() looks for, in words */
	bool open; /* members that are not in the table are fine */
	bool filled; /* a list or object must not be empty */
	bool unique; /* nor hold a text twice */
	unsigned closed; /* edition from which they are not; 0: always */
};

enum slot_flag {
	SLOT_REQUIRED = 1,
	SLOT_ONE = 2, /* exactly one of the members with this flag */
	SLOT_NOT_EMPTY = 4, /* text must not be empty */
	SLOT_JSON = 8, /* not in XML */
	SLOT_XML = 16, /* not in JSON */
	SLOT_REPEATS = 32, /* XML: items without a wrapper */
	SLOT_TEXT = 64, /* XML: the text of the element */
	SLOT_WRAP = 128, /* XML: stands for the item that holds only it */
	SLOT_EARLY = 256, /* required up to the walk's early edition */
	SLOT_LATE = 512 /* required from the edition that closed the shape */
};

struct slot {
	const char *name; /* NULL: the element of a list */
	const struct shape *shape;
	int tag; /* told to the handler; 0: not told */
	unsigned flags; /* set of enum slot_flag */
	unsigned since; /* edition that brought it; 0: the first */
};

/* Shapes in few words. */
#define SHAPE_SLOTS(array) \
	.slots = (array), .count = sizeof(array) / sizeof((array)[0])
#define SHAPE_MEMBERS(array)                             \
	{                                                \
		.kind = SHAPE_OBJECT, SHAPE_SLOTS(array) \
	}
#define SHAPE_OPEN(array)                                              \
	{                                                              \
		.kind = SHAPE_OBJECT, SHAPE_SLOTS(array), .open = true \
	}
#define SHAPE_LIST_OF(slot)                                      \
	{                                                        \
		.kind = SHAPE_LIST, .slots = &(slot), .count = 1 \
	}
#define SHAPE_UNIQUE_LIST(slot)                                   \
	{                                                         \
		.kind = SHAPE_LIST, .slots = &(slot), .count = 1, \
		.unique = true                                    \
	}
#define SHAPE_FILLED_LIST(slot)                                   \
	{                                                         \
		.kind = SHAPE_LIST, .slots = &(slot), .count = 1, \
		.filled = true, .unique = true                    \
	}
#define SHAPE_CHOICES(array)                           \
	{                                              \
		.kind = SHAPE_TEXT, .choices = (array) \
	}
#define SHAPE_ONE_OF(array)                              \
	{                                                \
		.kind = SHAPE_EITHER, SHAPE_SLOTS(array) \
	}

/* Shapes that every dialect needs (shape_common.c). */
extern const struct shape shape_any, shape_text, shape_number, shape_integer,
    shape_boolean;
extern const struct shape shape_texts; /* a list of texts */
extern const struct shape shape_instant; /* RFC 3339 */
extern const struct shape shape_uri; /* without white space */
extern const struct shape shape_iri; /* and with a scheme */

enum walk_event { WALK_ENTER, WALK_LEAVE, WALK_VALUE };

struct walk;

/* WALK_VALUE: text holds the value, type its JSON type. WALK_LEAVE of a list:
 * count holds the number of its items. */
typedef void (*walk_handler)(void *ctx, struct walk *walk,
    enum walk_event event, int tag, struct cn_slice text);

struct frame {
	const struct shape *shape;
	int tag;
	uint64_t seen; /* members that were there, by their slot; of a list
			  whose texts differ: its number */
	uint32_t index; /* items or members so far */
	uint32_t last; /* slot of the newest member */
	const char *name; /* as a member of its parent, or */
	uint32_t item; /* its number there */
	uint32_t line, column;
};

#define WALK_DEPTH 200u
#define WALK_FINDINGS 100u /* told of one file */
#define WALK_TOKEN (1u << 20) /* longest string that is of interest */

struct walk {
	walk_handler handler;
	void *ctx;
	const char *dialect; /* prefix of rules: "cyclonedx" */
	unsigned edition; /* for slot.since; 0: unknown */
	unsigned early; /* edition; for SLOT_EARLY */
	bool strict; /* members that are not in the table are told */
	struct cn_report *report; /* may be NULL */
	struct cn_slice file; /* its name in findings */
	struct cn_error *err;
	enum cn_code code; /* latched */
	bool xml;
	bool only_first; /* JSON: stop behind the first value */
	/* of the value at hand: */
	enum cn_json_type type;
	uint32_t line, column;
	uint64_t offset;
	uint32_t count; /* WALK_LEAVE: items or members */
	/* own */
	struct marks items; /* texts of lists, and the list they were in */
	const struct hash_key *key; /* borrow; NULL: nobody asks */
	uint64_t lists; /* so far */
	const struct shape *root;
	size_t told; /* findings so far */
	const struct slot *slot; /* of the value that follows a key */
	const char *name; /* of the member at hand; NULL: not in the table */
	struct cn_slice unknown; /* its name then, while it is told */
	bool at_child; /* the value at hand lies in the top frame */
	uint8_t hints[256]; /* which member came behind which, lately */
	struct frame frames[WALK_DEPTH];
	uint32_t depth;
};

/* Walks one JSON document to its end. */
enum cn_code walk_json(struct walk *walk, const struct shape *root,
    struct cn_json_reader *reader, struct cn_error *err);

void walk_free(struct walk *walk);

/* What every driver does first. */
void walk_begin(
    struct walk *walk, const struct shape *root, struct cn_error *err);

/* ---- for drivers ------------------------------------------------------------- */

void walk_key(struct walk *walk, struct cn_slice name);
void walk_value(
    struct walk *walk, enum cn_json_type type, struct cn_slice text);
/* False: nothing inside is of interest; the driver passes over it. */
bool walk_open(struct walk *walk, enum cn_json_type type);
void walk_close(struct walk *walk);

/* ---- for handlers ------------------------------------------------------------- */

/* A finding at the value at hand. */
void walk_find(struct walk *walk, enum cn_level level, const char *rule,
    const char *fmt, ...) CN_PRINTF(4, 5);
/* Stops the walk: CN_MALFORMED at the value at hand. */
void walk_refuse(struct walk *walk, const char *fmt, ...) CN_PRINTF(2, 3);
/* Latches CN_MEMORY. */
void walk_no_memory(struct walk *walk);
/* Appends the RFC 6901 pointer of the value at hand. */
void walk_pointer(const struct walk *walk, struct cn_buf *out);

#endif
