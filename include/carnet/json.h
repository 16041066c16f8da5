/*
 * JSON (RFC 8259), strict: UTF-8 without BOM, no duplicate members, no NUL,
 * no unpaired surrogates, nothing behind the document. One pull reader for
 * streams of any size, one tree for small documents with the place of every
 * value, one latching writer.
 */
#ifndef CARNET_JSON_H
#define CARNET_JSON_H

#include <carnet/bytes.h>

enum cn_json_type {
	CN_JSON_NULL,
	CN_JSON_FALSE,
	CN_JSON_TRUE,
	CN_JSON_NUMBER, /* text holds the literal as written */
	CN_JSON_STRING, /* text holds the decoded UTF-8 */
	CN_JSON_ARRAY,
	CN_JSON_OBJECT
};

/* ---- tree -------------------------------------------------------------- */

struct cn_json {
	enum cn_json_type type;
	uint32_t line; /* of the value's first byte, from 1 */
	uint32_t column; /* in code points, from 1 */
	uint32_t offset; /* of the value's first byte */
	struct cn_slice text; /* strings and numbers; NUL-terminated */
	struct cn_slice key; /* as member of an object, else empty */
	uint32_t key_line, key_column;
	size_t count; /* children of arrays and objects */
	struct cn_json *first; /* child, in the order of the document */
	struct cn_json *next; /* sibling */
	struct cn_json *parent;
};

struct cn_json_limits {
	size_t bytes; /* of the document */
	uint32_t depth;
	uint32_t values;
};

/* 16 MiB, depth 64, one million values. */
extern CN_API const struct cn_json_limits cn_json_default_limits;

/*
 * Reads one document. The tree lives in the arena; strings are copies, so the
 * text may go. CN_MALFORMED with "line L, column C" as place, CN_TOO_LARGE
 * beyond a limit (NULL: the default), CN_MEMORY when the arena is full.
 * *out is NULL after a failure.
 */
CN_API CN_MUST_USE enum cn_code cn_json_parse(struct cn_arena *arena,
    struct cn_slice text, const struct cn_json_limits *limits,
    struct cn_json **out, struct cn_error *err);

/* The member of an object, or NULL (also where it is no object). */
CN_API const struct cn_json *cn_json_get(
    const struct cn_json *object, const char *key);
/* The text of a string member, or an empty slice with ptr NULL. */
CN_API struct cn_slice cn_json_text(
    const struct cn_json *object, const char *key);
/* Appends the RFC 6901 pointer of a value: "/identity/gtin/0". */
CN_API void cn_json_pointer(const struct cn_json *value, struct cn_buf *out);

/* ---- pull reader ------------------------------------------------------- */

enum cn_json_event {
	CN_JSON_EV_END, /* after the whole document */
	CN_JSON_EV_KEY, /* member name; its value follows */
	CN_JSON_EV_VALUE, /* null, false, true, number or string */
	CN_JSON_EV_OPEN, /* array or object */
	CN_JSON_EV_CLOSE
};

/*
 * Fills space with at most len bytes and sets *got; 0 is the end. A failure
 * is passed on by cn_json_next().
 */
typedef enum cn_code (*cn_json_source)(
    void *ctx, uint8_t *space, size_t len, size_t *got, struct cn_error *err);

struct cn_json_reader;

/* A reader over a source, or (source NULL) over text that stays in place.
 * token_max: ceiling of one string or number. NULL when memory is short. */
CN_API struct cn_json_reader *cn_json_reader_new(cn_json_source source,
    void *ctx, struct cn_slice text, size_t token_max, uint32_t depth);
CN_API void cn_json_reader_free(struct cn_json_reader *reader);

struct cn_json_token {
	enum cn_json_event event;
	enum cn_json_type type;
	struct cn_slice text; /* valid until the next call */
	uint32_t line, column;
	uint64_t offset;
	uint32_t depth; /* of the enclosing container */
};

/* The next event. Duplicate member names are the tree's business: the reader
 * holds no names of members that it has passed. */
CN_API CN_MUST_USE enum cn_code cn_json_next(struct cn_json_reader *reader,
    struct cn_json_token *token, struct cn_error *err);
/* Called after KEY or OPEN: skips the value that follows, or the rest of the
 * container. */
CN_API CN_MUST_USE enum cn_code cn_json_skip(struct cn_json_reader *reader,
    const struct cn_json_token *from, struct cn_error *err);

/* Called after KEY: the text of the value that follows is checked, but not
 * wanted. It may be longer than token_max and may come cut. */
CN_API void cn_json_unwanted(struct cn_json_reader *reader);

/* ---- writer ------------------------------------------------------------ */

struct cn_jw {
	struct cn_buf *out;
	unsigned depth;
	bool comma; /* a value went before at this depth */
	bool key; /* a key was written, its value follows */
	bool pretty; /* two blanks a level; else no white space */
};

CN_API void cn_jw_init(struct cn_jw *w, struct cn_buf *out, bool pretty);
CN_API void cn_jw_object(struct cn_jw *w);
CN_API void cn_jw_object_end(struct cn_jw *w);
CN_API void cn_jw_array(struct cn_jw *w);
CN_API void cn_jw_array_end(struct cn_jw *w);
CN_API void cn_jw_key(struct cn_jw *w, const char *key);
CN_API void cn_jw_key_slice(struct cn_jw *w, struct cn_slice key);
/* Control characters and bytes of invalid UTF-8 are escaped (the latter as
 * U+FFFD), so the output is always valid. */
CN_API void cn_jw_slice(struct cn_jw *w, struct cn_slice text);
CN_API void cn_jw_str(struct cn_jw *w, const char *text); /* NULL: null */
CN_API void cn_jw_hex(struct cn_jw *w, struct cn_slice bytes);
CN_API void cn_jw_uint(struct cn_jw *w, uint64_t value);
CN_API void cn_jw_int(struct cn_jw *w, int64_t value);
CN_API void cn_jw_bool(struct cn_jw *w, bool value);
CN_API void cn_jw_null(struct cn_jw *w);
/* A number literal that the caller knows to be one, or nested JSON text. */
CN_API void cn_jw_raw(struct cn_jw *w, struct cn_slice json);
/* key and value in one call */
CN_API void cn_jw_kv_str(struct cn_jw *w, const char *key, const char *text);
CN_API void cn_jw_kv_slice(
    struct cn_jw *w, const char *key, struct cn_slice text);
CN_API void cn_jw_kv_uint(struct cn_jw *w, const char *key, uint64_t value);
CN_API void cn_jw_kv_bool(struct cn_jw *w, const char *key, bool value);
CN_API void cn_jw_kv_null(struct cn_jw *w, const char *key);

#endif
