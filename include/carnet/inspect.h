/*
 * The whole way of a scan:
 *
 *     picture ─► text ─► split ─► capsule ─► fetch ─► passport ─► judge
 *
 * What is verified can be a passport file, a QR text, a picture of a label or
 * the address of a passport; the answer has one form for all.
 */
#ifndef CARNET_INSPECT_H
#define CARNET_INSPECT_H

#include <carnet/capsule.h>
#include <carnet/known.h>
#include <carnet/net.h>

/* Yes, no, or not known because nothing was fetched. */
enum cn_answer { CN_NO, CN_YES, CN_UNKNOWN };

struct cn_inspect {
	const struct cn_trust *trust;
	struct cn_known *known; /* NULL: no memory; noted where genuine */
	cn_instant now;
	bool offline; /* never touch the network */
	bool require_support; /* out of support is CN_OUT_OF_SUPPORT */
	const char *mirror; /* "https://host": fetch there instead of
					   at the printed host; or NULL */
};

/* What is known of a capsule. */
struct cn_seen_capsule {
	bool genuine;
	struct cn_capsule capsule;
	struct cn_slice url; /* printed */
	struct cn_slice subject; /* canonical */
	struct cn_slice issuer; /* from the trust list; empty: none */
	struct cn_slice issuer_name;
	enum cn_code code; /* why it is not genuine */
	struct cn_slice message;
};

/* What is known of a passport. */
struct cn_seen_passport {
	bool genuine;
	struct cn_passport passport;
	struct cn_record *record; /* every tier that travels with it */
	struct cn_slice issuer_name;
	enum cn_code code;
	struct cn_slice message;
	struct cn_slice from; /* file or address it came from */
};

struct cn_inspection {
	enum cn_code code; /* decides the exit status */
	struct cn_slice message; /* of the first failure; may be empty */
	bool genuine;
	enum cn_answer current; /* is it the version now in force? */
	enum cn_answer consistent; /* label and history; labels only */
	struct cn_slice text; /* QR text; labels only */
	struct cn_seen_capsule *capsule; /* NULL: no capsule */
	struct cn_seen_passport *passport; /* NULL: none fetched */
	struct cn_slice support_end; /* "YYYY-MM": the unit's (from capsule
					   or run), else the newest run's */
	struct cn_slice support_run; /* id of the run, may be empty */
	struct cn_change *changes; /* since the label's version */
};

/*
 * Each fills *out, whose contents live in the arena, and returns CN_OK when a
 * judgement was reached, whatever it is: out->code carries it. Another code
 * means that the question itself failed (file, memory). Network trouble while
 * the capsule is genuine is out->code CN_NETWORK.
 */
CN_API CN_MUST_USE enum cn_code cn_inspect_passport(
    const struct cn_inspect *how, struct cn_slice bytes, const char *from,
    struct cn_arena *arena, struct cn_inspection *out, struct cn_error *err);
CN_API CN_MUST_USE enum cn_code cn_inspect_text(const struct cn_inspect *how,
    struct cn_slice text, struct cn_arena *arena, struct cn_inspection *out,
    struct cn_error *err);
/* The passport that an http(s) address without a digit fragment leads to. */
CN_API CN_MUST_USE enum cn_code cn_inspect_url(const struct cn_inspect *how,
    struct cn_slice url, struct cn_arena *arena, struct cn_inspection *out,
    struct cn_error *err);

/* The document of `carnet verify --format json`. */
CN_API void cn_inspection_json(
    const struct cn_inspection *inspection, struct cn_jw *w);

#endif
