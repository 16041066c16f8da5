/* What an inspection found, in words. */
#include "tool.h"

#include <inttypes.h>

/* "Maker Ltd (https://maker.example)" */
static void
tell_issuer(struct tool *tool, struct cn_slice iss, struct cn_slice name)
{
	if (name.len > 0)
		tool_row(
		    tool, "issuer", "%.*s (%.*s)", CN_FMT(name), CN_FMT(iss));
	else
		tool_row(tool, "issuer", "%.*s", CN_FMT(iss));
}

static void
tell_capsule(struct tool *tool, const struct cn_seen_capsule *seen)
{
	tool_row(tool, "label", "%.*s", CN_FMT(seen->url));
	if (!seen->genuine)
		return;
	if (seen->issuer.len > 0)
		tell_issuer(tool, seen->issuer, seen->issuer_name);
	tool_row(
	    tool, "printed for", "version %" PRIu64, seen->capsule.version);
}

static void
tell_passport(
    struct tool *tool, const struct cn_seen_passport *seen, bool with_issuer)
{
	const struct cn_passport *passport = &seen->passport;

	if (passport->sub.len == 0) /* it could not even be read */
		return;
	tool_row(tool, "product", "%.*s", CN_FMT(passport->sub));
	if (with_issuer)
		tell_issuer(tool, passport->iss, seen->issuer_name);
	tool_row_version(tool, passport->version, passport->iat);
	tool_row_digest(tool, "digest", passport->digest);
}

static void
tell_changes(struct tool *tool, const struct cn_inspection *inspection)
{
	if (inspection->changes == NULL)
		return;
	tool_end(tool);
	tool_paint(tool, TOOL_BOLD, "New since the label was printed");
	tool_end(tool);
	tool_changes(tool, inspection->changes);
}

/* What the words above do not claim. */
static void
tell_limits(struct tool *tool, const struct cn_inspection *inspection)
{
	const char *limit = "Whether a newer version exists was not asked.";

	if (!inspection->genuine)
		return;
	if (inspection->capsule != NULL && inspection->passport == NULL)
		limit = "Only the label was checked, not the passport. A "
			"label can be copied.";
	else if (inspection->capsule != NULL)
		limit = "A label can be copied: this speaks of label and "
			"passport, not of the thing.";
	else if (inspection->current != CN_UNKNOWN)
		return;
	tool_paint(tool, TOOL_DIM, "  %s", limit);
	tool_end(tool);
}

static void
tell_verdict(struct tool *tool, const struct cn_inspection *inspection)
{
	bool good = inspection->genuine && inspection->code == CN_OK;

	if (good)
		tool_paint(tool, TOOL_GOOD, "Genuine");
	else if (!inspection->genuine && cn_code_status(inspection->code) == 4)
		tool_paint(tool, TOOL_WARN, "Not checked");
	else if (!inspection->genuine)
		tool_paint(tool, TOOL_BAD, "Not genuine");
	else if (inspection->code == CN_NETWORK)
		tool_paint(tool, TOOL_WARN,
		    "Genuine label, but the passport could not be fetched");
	else
		tool_paint(tool, TOOL_WARN, "Genuine, but not good");
	if (!good)
		tool_paint(
		    tool, TOOL_PLAIN, ": %.*s", CN_FMT(inspection->message));
	tool_end(tool);
}

enum cn_code
tool_judgement(struct tool *tool, const char *what,
    const struct cn_inspection *inspection, struct cn_error *err)
{
	static const char *const answers[] = { "no", "yes", NULL };
	const char *current = answers[inspection->current];
	const char *consistent = answers[inspection->consistent];

	tell_verdict(tool, inspection);
	if (inspection->capsule != NULL)
		tell_capsule(tool, inspection->capsule);
	if (inspection->passport != NULL)
		tell_passport(
		    tool, inspection->passport, inspection->capsule == NULL);
	if (current != NULL)
		tool_row(tool, "current", "%s", current);
	if (consistent != NULL)
		tool_row(tool, "consistent",
		    inspection->consistent == CN_YES
			? "yes, the label's version is in the history"
			: "no");
	if (inspection->genuine)
		tool_row_support(tool, inspection->support_end);
	tell_limits(tool, inspection);
	tell_changes(tool, inspection);
	if (inspection->code == CN_OK)
		return CN_OK;
	cn_error_at(err, "%.100s", what);
	return cn_fail(
	    err, inspection->code, "%.*s", CN_FMT(inspection->message));
}
