/*
 * The command line: what every command of carnet shares. One file a command;
 * each declares its options in a const table and gets them parsed.
 */
#ifndef TOOL_H
#define TOOL_H

#include <carnet/build.h>
#include <carnet/file.h>
#include <carnet/inspect.h>
#include <carnet/json.h>
#include <carnet/key.h>
#include <carnet/report.h>
#include <carnet/trust.h>

#include <stdio.h>

#define TOOL_MAX_OPTIONS 24
#define TOOL_MAX_OUTPUT (64u << 20) /* bytes a command prints */
#define TOOL_MAX_ARENA ((size_t)256 << 20)

/* ---- tables ---------------------------------------------------------------- */

struct tool_option {
	const char *name; /* without dashes */
	const char *value; /* placeholder of its value; NULL: a flag */
	const char *help;
	const char *const *choices; /* allowed values up to NULL, or NULL */
	char letter; /* "-o", or 0 */
	bool many; /* may be given again */
};

struct tool_example {
	const char *line;
	const char *what;
};

struct tool;

struct tool_command {
	const char *name;
	const char *summary;
	const char *synopsis; /* behind "carnet NAME " */
	const struct tool_example *examples;
	size_t example_count;
	const struct tool_option *options;
	size_t option_count;
	unsigned least, most; /* operands */
	enum cn_code (*run)(struct tool *tool, struct cn_error *err);
};

extern const struct tool_command *const tool_commands[];
extern const size_t tool_command_count;

extern const struct tool_command tool_check, tool_diff, tool_keygen, tool_label,
    tool_link, tool_new, tool_publish, tool_redact, tool_sbom, tool_scan,
    tool_schema, tool_show, tool_sign, tool_verdict, tool_verify, tool_vex;

/* Rows that several commands share. */
#define TOOL_FORMAT_OPTION(list)                                        \
	{                                                               \
		.name = "format", .value = "FORMAT", .choices = (list), \
		.help = "how to print the result"                       \
	}
#define TOOL_PASSPHRASE_OPTION                                           \
	{                                                                \
		.name = "passphrase-fd", .value = "N",                   \
		.help = "read the pass phrase from this file descriptor" \
	}
/* The files of a build beside product.json, the same in every command. */
#define TOOL_SBOM_OPTION                                                     \
	{                                                                    \
		.name = "sbom", .value = "F",                                \
		.help = "the SBOM, instead of the one named in product.json" \
	}
#define TOOL_VEX_OPTION                                                       \
	{                                                                     \
		.name = "vex", .value = "F", .many = true,                    \
		.help = "a VEX file beside those named there; again for more" \
	}
#define TOOL_KEV_OPTION                                                  \
	{                                                                \
		.name = "kev", .value = "F",                             \
		.help = "a catalogue of known exploited vulnerabilities" \
	}
extern const char *const tool_text_json[]; /* "text", "json" */

/* ---- one run ---------------------------------------------------------------- */

struct tool_value {
	const char *text;
	struct tool_value *next;
};

struct tool {
	const struct tool_command *command;
	struct cn_arena *arena;
	struct cn_buf out; /* standard output, written at the end */
	cn_instant now;
	bool json; /* --format json */
	bool aside; /* standard output is a file's ("-o -"): words go to
			   standard error */
	bool paint; /* colours on standard output */
	bool paint_err; /* colours on standard error */
	char hint[512]; /* what to do about a failure; may be empty */
	const char **operands;
	size_t operand_count;
	struct tool_value *values[TOOL_MAX_OPTIONS];
};

/* Fills command's options and operands from the arguments behind its name.
 * *help: --help was asked for, nothing else counts. CN_USAGE. */
enum cn_code tool_parse(struct tool *tool, int argc, char *const *argv,
    bool *help, struct cn_error *err);

/* The value of an option by its row, or NULL. A flag that is set: "". */
const char *tool_opt(const struct tool *tool, size_t row);
bool tool_has(const struct tool *tool, size_t row);
/* The values of an option that may be given again, in order; *count of them.
 * NULL with *count 0 where there are none or the arena is full. */
const char *const *tool_opt_list(
    const struct tool *tool, size_t row, size_t *count);
/* CN_USAGE naming the option where it was not given. */
enum cn_code tool_need(
    struct tool *tool, size_t row, const char **out, struct cn_error *err);
/* A whole number from least to most; `absent` where it was not given. */
enum cn_code tool_opt_uint(const struct tool *tool, size_t row,
    const unsigned range[2], unsigned *value, struct cn_error *err);
/* The day of an option YYYY-MM-DD, or today. */
enum cn_code tool_opt_day(
    const struct tool *tool, size_t row, cn_day *out, struct cn_error *err);

/* ---- help -------------------------------------------------------------------- */

void tool_help_overview(struct cn_buf *out);
void tool_help_command(const struct tool_command *command, struct cn_buf *out);
const struct tool_command *tool_find(const char *name);
/* The known command nearest to name, or NULL. */
const char *tool_nearest(const char *name);

/* ---- speaking ------------------------------------------------------------------ */

enum tool_colour {
	TOOL_PLAIN,
	TOOL_BOLD,
	TOOL_DIM,
	TOOL_GOOD,
	TOOL_BAD,
	TOOL_WARN
};

/* Text in a colour where colours are on. Control characters are shown as '?'
 * or a blank, so that a stranger's text can neither steer a terminal nor forge
 * a line: line ends are made by tool_end() alone. */
void tool_paint(struct tool *tool, enum tool_colour colour, const char *fmt,
    ...) CN_PRINTF(3, 4);
void tool_end(struct tool *tool);
/* "  name        text" and a line end, the names in one column. */
void tool_row(struct tool *tool, const char *name, const char *fmt, ...)
    CN_PRINTF(3, 4);
/* A digest as a row of 64 hex digits. */
void tool_row_digest(
    struct tool *tool, const char *name, const uint8_t digest[CN_DIGEST]);
/* "version N, signed INSTANT" */
void tool_row_version(struct tool *tool, uint64_t version, cn_instant iat);
/* "security updates until 2033-01 (5 years 1 month left)" for a support end "YYYY-MM". */
void tool_row_support(struct tool *tool, struct cn_slice month);
/* A note on standard error: "carnet: note: …". */
void tool_note(const struct tool *tool, const char *fmt, ...) CN_PRINTF(2, 3);
/* What to do about the failure that is about to be returned. */
void tool_hint(struct tool *tool, const char *fmt, ...) CN_PRINTF(2, 3);
/* "carnet: PLACE: sentence", then the hint, on standard error. */
void tool_fail(const struct tool *tool, const struct cn_error *err);
/* Writes what was gathered to standard output; with --format json and a
 * failure that left it empty, a document with the error: always exactly one. */
enum cn_code tool_flush(
    struct tool *tool, const struct cn_error *failed, struct cn_error *err);
/* Findings grouped by level, the gravest first, each with its place. */
void tool_findings(struct tool *tool, const struct cn_report *report);
void tool_findings_json(struct cn_jw *w, const struct cn_report *report);

/* ---- the environment ----------------------------------------------------------------
 * Read in one file only; no secret is ever looked for there. */

/* May colours be written to this descriptor? (NO_COLOR, TERM, a terminal) */
bool tool_may_paint(int fd);
/* The directory of systemd's credentials (systemd.exec(5)), or NULL. */
const char *tool_credentials(void);

/* ---- files and keys --------------------------------------------------------------- */

/* A whole file as bytes that live in the arena. max: its ceiling. */
enum cn_code tool_read(struct tool *tool, const char *path, size_t max,
    struct cn_slice *out, struct cn_error *err);
/* The same, and taken apart as a passport. */
enum cn_code tool_read_passport(struct tool *tool, const char *path,
    struct cn_passport *out, struct cn_error *err);

/* Refuses (CN_USAGE) an output that is one of the command's inputs. */
enum cn_code tool_not_same(struct tool *tool, const char *output,
    const char *input, struct cn_error *err);

struct tool_key {
	struct cn_key *key; /* own */
	struct cn_signer signer;
};

/* The private key in a file; asks for a pass phrase where it needs one: the
 * descriptor of option row fd_row, else the systemd credential "passphrase",
 * else the terminal. alg: name of an algorithm or NULL. */
enum cn_code tool_key_load(struct tool *tool, const char *path, size_t fd_row,
    const char *alg, struct tool_key *out, struct cn_error *err);
void tool_key_free(struct tool_key *key);

struct tool_asker {
	struct tool *tool;
	const char *what; /* "keys/maker.pem" */
	const char *fd; /* text of --passphrase-fd, or NULL */
	bool twice; /* a new phrase: typed twice */
};
/* A cn_passphrase; ctx is a struct tool_asker. */
enum cn_code tool_ask(void *ctx, struct cn_buf *phrase, struct cn_error *err);

/* ---- what a file is, told by its content ---------------------------------------- */

enum tool_kind {
	TOOL_NOTHING,
	TOOL_PASSPORT,
	TOOL_CAPSULE, /* the bare bytes */
	TOOL_TEXT, /* an http(s) address or QR text; *text without blanks */
	TOOL_PICTURE /* PNG or JPEG */
};

enum tool_kind tool_tell(struct cn_slice bytes, struct cn_slice *text);

/* The text of the one symbol in a picture, an http(s) address. CN_USAGE where
 * there are several. */
enum cn_code tool_read_label(struct tool *tool, struct cn_slice picture,
    struct cn_slice *text, struct cn_error *err);

/* Is this argument an address rather than the name of a file? */
bool tool_is_url(const char *what);

/* Differences as words, a few lines each. */
void tool_changes(struct tool *tool, const struct cn_change *changes);

/* The fields of a record whose tier is in the set, as words. */
void tool_fields(
    struct tool *tool, const struct cn_record *passport, unsigned tiers);

/* What an inspection found, as words; fills err with the judgement and
 * returns its code. what: the thing as the user named it. */
enum cn_code tool_judgement(struct tool *tool, const char *what,
    const struct cn_inspection *inspection, struct cn_error *err);

/* ---- trust lists --------------------------------------------------------------------- */

struct tool_trust_key {
	const char *pem; /* file name beside the list */
	const char *use; /* "passport" or "capsule" */
	cn_day from, until;
};

struct tool_trust_issuer {
	const char *iss;
	const char *name; /* for a new issuer; NULL: none */
	const char *subject; /* prefix */
	const struct tool_trust_key *keys;
	size_t count;
};

/* Appends to out the list `json` (empty: a new one) with the issuer's subject
 * and keys added; what stands in it is kept. CN_MALFORMED where it is no
 * list. */
enum cn_code tool_trust_merge(struct tool *tool, struct cn_slice json,
    const struct tool_trust_issuer *issuer, struct cn_buf *out,
    struct cn_error *err);

/* A fresh key pair as PEM: NAME.pem (0600) and NAME.pub.pem in a directory;
 * nothing is left where one of them fails. ask: NULL writes it in the clear. */
struct tool_pair {
	const char *dir;
	const char *name;
	const struct cn_key *key;
	struct tool_asker *ask;
};
enum cn_code tool_pair_write(
    const struct tool_pair *pair, struct cn_error *err);

#endif
