/*
 * One error list, one speaker.
 *
 * Every function of libcarnet that can fail returns an enum cn_code and takes
 * a struct cn_error * last, which may be NULL. On CN_OK the struct is left as
 * it was. On failure it holds the code, the place (a file, a JSON pointer, an
 * offset; may be empty) and one sentence without a full stop. No function of
 * libcarnet prints.
 */
#ifndef CARNET_ERROR_H
#define CARNET_ERROR_H

#if defined(__GNUC__)
#define CN_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define CN_API __attribute__((visibility("default")))
#define CN_MUST_USE __attribute__((warn_unused_result))
#else
#define CN_PRINTF(f, a)
#define CN_API
#define CN_MUST_USE
#endif

enum cn_code {
#define CN_ERROR(symbol, name, status, text) CN_##symbol,
#include <carnet/errors.def>
#undef CN_ERROR
	CN_CODE_COUNT
};

#define CN_ERROR_PLACE 256 /* bytes, with the NUL */

struct cn_error {
	enum cn_code code;
	char place[CN_ERROR_PLACE];
	char text[512];
};

/* The machine's name of a code: "bad_signature". Never NULL. */
CN_API const char *cn_code_name(enum cn_code code);

/* The sentence of a code. Never NULL. */
CN_API const char *cn_code_text(enum cn_code code);

/* The exit status of a code: 0 to 5. */
CN_API int cn_code_status(enum cn_code code);

/*
 * Records a failure and returns its code, so that a caller can write
 * `return cn_fail(err, CN_MALFORMED, "…")`. Keeps a place that was set before.
 * Text that does not fit is cut at a UTF-8 boundary. err may be NULL.
 */
CN_API enum cn_code cn_fail(struct cn_error *err, enum cn_code code,
    const char *fmt, ...) CN_PRINTF(3, 4);

#if defined(__clang_analyzer__) && !defined(CN_ERROR_C)
/* The static analyser looks at one file at a time: tell it that a failure is
 * one, or it follows ways that do not exist. */
void cn_fail_analysed(const struct cn_error *err, const char *fmt, ...);
#define cn_fail(err, code, ...) (cn_fail_analysed(err, __VA_ARGS__), (code))
#endif

/* Names the place of a failure; an outer caller's name is put in front of an
 * inner one with ": " between. err may be NULL. */
CN_API void cn_error_at(struct cn_error *err, const char *fmt, ...)
    CN_PRINTF(2, 3);

/* Makes err a fresh CN_OK without place or text. */
CN_API void cn_error_clear(struct cn_error *err);

#endif
