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

struct shape {
	enum shape_kind kind;
	const struct slot *slots;
	size_t count;
	const char *const *choices; /* of a text; NULL-terminated */
	bool (*good)(struct cn_slice text); /* of a text; may be NULL */
	const char *wanted; /* what good() looks for, in words */
	bool open; /* members that are not in the table are fine */
	bool wrap; /* XML: the name of an item is its only member */
};

enum slot_flag {
	SLOT_REQUIRED = 1,
	SLOT_REPEATS = 2, /* XML: items without a wrapper */
	SLOT_TEXT = 4, /* XML: the text of the element */
	SLOT_NOT_EMPTY = 8
};

struct slot {
	const char *name; /* NULL: the element of a list */
	const struct shape *shape;
	int tag; /* told to the handler; 0: not told */
	unsigned flags; /* set of enum slot_flag */
	unsigned since; /* edition that brought it; 0: the first */
};

#define SHAPE_SLOTS(array) \
	.slots = (array), .count = sizeof(array) / sizeof((array)[0])

enum walk_event { WALK_ENTER, WALK_LEAVE, WALK_VALUE };

struct walk;

/* WALK_VALUE: text holds the value, type its JSON type. WALK_LEAVE of a list:
 * count holds the number of its items. */
typedef void (*walk_handler)(void *ctx, struct walk *walk,
    enum walk_event event, int tag, struct cn_slice text);

struct frame {
	const struct shape *shape;
	int tag;
	uint64_t seen; /* members that were there, by their slot */
	uint32_t index; /* items or members so far */
	uint32_t last; /* slot of the newest member */
	size_t key_at, key_len; /* its name in its parent, or */
	uint32_t item; /* its number there */
	bool is_item;
	uint32_t line, column;
};

#define WALK_DEPTH 200u
#define WALK_TOKEN (1u << 20) /* longest string that is of interest */

struct walk {
	walk_handler handler;
	void *ctx;
	const char *dialect; /* prefix of rules: "cyclonedx" */
	unsigned edition; /* minor version, for slot.since; 0: unknown */
	struct cn_report *report; /* may be NULL */
	struct cn_slice file; /* its name in findings */
	struct cn_error *err;
	enum cn_code code; /* latched */
	bool xml;
	/* of the value at hand: */
	enum cn_json_type type;
	uint32_t line, column;
	uint64_t offset;
	uint32_t count; /* WALK_LEAVE: items or members */
	/* own */
	const struct shape *root;
	const struct slot *slot; /* of the value that follows a key */
	struct cn_buf keys; /* names on the way down */
	size_t key_at, key_len; /* of the member at hand */
	bool at_child; /* the value at hand lies in the top frame */
	struct frame frames[WALK_DEPTH];
	uint32_t depth;
};

/* Walks one JSON document to its end. */
enum cn_code walk_json(struct walk *walk, const struct shape *root,
    struct cn_json_reader *reader, struct cn_error *err);

void walk_free(struct walk *walk);

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
