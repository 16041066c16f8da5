/* carnet diff: what changed between two passports. */
#include "tool.h"

#include <inttypes.h>

enum { FORMAT };

static const struct tool_option options[] = {
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "diff sensor.dpp sensor-2.dpp",
	    "what the new version says differently" },
	{ "diff sensor.dpp sensor-2.dpp --format json",
	    "the same for machines" },
};

static const char *const whats[] = { "added", "removed", "changed" };

struct pair {
	struct cn_passport old, new;
	unsigned tiers; /* that both carry: others cannot be compared */
	bool follows;
	struct cn_change *changes;
};

static unsigned
tiers_of(const struct cn_passport *passport)
{
	unsigned tiers = CN_TIERS_PUBLIC;

	for (size_t i = 0; i < passport->held_count; i++)
		tiers |= CN_TIER_BIT(passport->held[i].tier);
	return tiers;
}

static enum cn_code
compare(struct tool *tool, struct pair *pair, struct cn_error *err)
{
	struct cn_record *old, *new;
	enum cn_code code;

	code = tool_read_passport(tool, tool->operands[0], &pair->old, err);
	if (code == CN_OK)
		code = tool_read_passport(
		    tool, tool->operands[1], &pair->new, err);
	if (code != CN_OK)
		return code;
	pair->tiers = tiers_of(&pair->old) & tiers_of(&pair->new);
	pair->follows = cn_passport_follows(&pair->old, &pair->new, NULL) ==
			CN_OK;
	code = cn_passport_open(
	    &pair->old, pair->tiers, tool->arena, &old, err);
	if (code != CN_OK) {
		cn_error_at(err, "%s", tool->operands[0]);
		return code;
	}
	code = cn_passport_open(
	    &pair->new, pair->tiers, tool->arena, &new, err);
	if (code != CN_OK) {
		cn_error_at(err, "%s", tool->operands[1]);
		return code;
	}
	return cn_model_diff(
	    tool->arena, old, new, pair->tiers, &pair->changes, err);
}

/* ---- words ---------------------------------------------------------------- */

static void
tell_relation(struct tool *tool, const struct pair *pair)
{
	if (pair->follows)
		tool_paint(tool, TOOL_PLAIN,
		    "Version %" PRIu64 " follows version %" PRIu64 ".",
		    pair->new.version, pair->old.version);
	else if (!cn_slice_eq(pair->old.sub, pair->new.sub))
		tool_paint(tool, TOOL_WARN,
		    "These are passports of different products: %.*s and %.*s.",
		    CN_FMT(pair->old.sub), CN_FMT(pair->new.sub));
	else if (cn_slice_eq(cn_slice_of(pair->old.digest, CN_DIGEST),
		     cn_slice_of(pair->new.digest, CN_DIGEST)))
		tool_paint(tool, TOOL_PLAIN,
		    "Both are the same version, %" PRIu64 ".",
		    pair->old.version);
	else
		tool_paint(tool, TOOL_WARN,
		    "Version %" PRIu64 " does not follow version %" PRIu64
		    " directly.",
		    pair->new.version, pair->old.version);
	tool_end(tool);
}

static void
tell_change(struct tool *tool, const struct cn_change *change)
{
	static const enum tool_colour colours[] = { TOOL_GOOD, TOOL_BAD,
		TOOL_WARN };

	tool_paint(tool, colours[change->what], "  %-8s", whats[change->what]);
	tool_paint(tool, TOOL_BOLD, "%s.%s", change->field->group,
	    change->field->name);
	tool_end(tool);
	if (change->before.len > 0) {
		tool_paint(
		    tool, TOOL_DIM, "        - %.*s", CN_FMT(change->before));
		tool_end(tool);
	}
	if (change->after.len > 0) {
		tool_paint(
		    tool, TOOL_PLAIN, "        + %.*s", CN_FMT(change->after));
		tool_end(tool);
	}
}

void
tool_changes(struct tool *tool, const struct cn_change *changes)
{
	for (; changes != NULL; changes = changes->next)
		tell_change(tool, changes);
}

static void
tell(struct tool *tool, const struct pair *pair)
{
	tell_relation(tool, pair);
	tool_changes(tool, pair->changes);
	if (pair->changes == NULL) {
		tool_paint(tool, TOOL_PLAIN,
		    "  Nothing differs in what both "
		    "carry.");
		tool_end(tool);
	}
	if (tiers_of(&pair->old) != tiers_of(&pair->new)) {
		tool_paint(tool, TOOL_DIM,
		    "  Sealed sections that only one of them carries were not "
		    "compared.");
		tool_end(tool);
	}
}

/* ---- JSON ------------------------------------------------------------------- */

static void
put_side(struct cn_jw *w, const char *key, const struct cn_passport *passport)
{
	char at[21];

	cn_instant_print(passport->iat, at);
	cn_jw_key(w, key);
	cn_jw_object(w);
	cn_jw_kv_slice(w, "issuer", passport->iss);
	cn_jw_kv_slice(w, "subject", passport->sub);
	cn_jw_kv_uint(w, "version", passport->version);
	cn_jw_key(w, "digest");
	cn_jw_hex(w, cn_slice_of(passport->digest, CN_DIGEST));
	cn_jw_kv_str(w, "signed_at", at);
	cn_jw_object_end(w);
}

static void
tell_json(struct tool *tool, const struct pair *pair)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	put_side(&w, "old", &pair->old);
	put_side(&w, "new", &pair->new);
	cn_jw_kv_bool(&w, "follows", pair->follows);
	cn_jw_key(&w, "changes");
	cn_jw_array(&w);
	for (const struct cn_change *c = pair->changes; c != NULL;
	     c = c->next) {
		cn_jw_object(&w);
		cn_jw_kv_str(&w, "group", c->field->group);
		cn_jw_kv_str(&w, "name", c->field->name);
		cn_jw_kv_str(&w, "what", whats[c->what]);
		cn_jw_kv_slice(&w, "before", c->before);
		cn_jw_kv_slice(&w, "after", c->after);
		cn_jw_object_end(&w);
	}
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct pair pair = { 0 };
	enum cn_code code = compare(tool, &pair, err);

	if (code != CN_OK)
		return code;
	if (tool->json)
		tell_json(tool, &pair);
	else
		tell(tool, &pair);
	return CN_OK;
}

const struct tool_command tool_diff = {
	.name = "diff",
	.summary = "say what changed between two passports",
	.synopsis = "OLD.dpp NEW.dpp [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 2,
	.most = 2,
	.run = run,
};
