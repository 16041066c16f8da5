#include <carnet/verdict.h>

#include <string.h>

static void
put_list(struct cn_jw *w, const struct cn_choices *choices, uint32_t set)
{
	cn_jw_array(w);
	for (size_t i = 0; i < choices->count; i++)
		if ((set >> i & 1) != 0)
			cn_jw_str(w, choices->values[i]);
	cn_jw_array_end(w);
}

static void
put_value(
    struct cn_jw *w, enum cn_verdict_key key, const struct cn_conclusion *c)
{
	const struct cn_choices *choices = cn_verdict_choices(key);
	char text[21];

	switch (cn_verdict_kind(key)) {
	case CN_V_CHOICE:
		cn_jw_str(w, choices->values[c->number]);
		break;
	case CN_V_SET:
		put_list(w, choices, c->set);
		break;
	case CN_V_BOOL:
		cn_jw_bool(w, c->number != 0);
		break;
	case CN_V_UINT:
		cn_jw_uint(w, c->number);
		break;
	case CN_V_DATE:
		cn_date_print(cn_day_date(c->day), text);
		cn_jw_str(w, text);
		break;
	case CN_V_INSTANT:
		cn_instant_print(c->instant, text);
		cn_jw_str(w, text);
		break;
	}
}

static void
put_reasons(struct cn_jw *w, const struct cn_reason *reason)
{
	cn_jw_key(w, "reasons");
	cn_jw_array(w);
	for (; reason != NULL; reason = reason->next) {
		cn_jw_object(w);
		cn_jw_kv_str(w, "key", cn_verdict_name(reason->key));
		cn_jw_kv_str(w, "rule", reason->rule);
		cn_jw_kv_str(w, "cite", reason->cite);
		cn_jw_kv_str(w, "because", reason->because);
		if (reason->applies_from != NULL)
			cn_jw_kv_str(w, "applies_from", reason->applies_from);
		if (reason->edition != NULL)
			cn_jw_kv_str(w, "edition", reason->edition);
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}

static void
put_open(struct cn_jw *w, const struct cn_open_question *open)
{
	cn_jw_key(w, "undetermined");
	cn_jw_array(w);
	for (; open != NULL; open = open->next) {
		const struct cn_choices *choices = cn_verdict_choices(
		    open->key);

		cn_jw_object(w);
		cn_jw_kv_str(w, "key", cn_verdict_name(open->key));
		cn_jw_kv_str(w, "question", open->question);
		cn_jw_key(w, "candidates");
		if (choices != NULL) {
			put_list(w, choices, open->candidates);
		} else {
			cn_jw_array(w);
			cn_jw_array_end(w);
		}
		cn_jw_kv_str(w, "cite", open->cite);
		cn_jw_kv_str(w, "because", open->because);
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}

void
cn_verdict_write_json(const struct cn_verdict *verdict, struct cn_jw *w)
{
	for (int i = 0; i < CN_V_COUNT; i++) {
		enum cn_verdict_key key = (enum cn_verdict_key)i;
		const struct cn_conclusion *c = &verdict->of[i];

		if (!c->reached)
			continue;
		cn_jw_key(w, cn_verdict_name(key));
		if (c->undetermined)
			cn_jw_str(w, "undetermined");
		else
			put_value(w, key, c);
	}
	cn_jw_kv_str(w, "law_as_of", cn_law_as_of);
	put_reasons(w, verdict->reasons);
	put_open(w, verdict->open);
}

/* ---- fields 39 and 97 --------------------------------------------------------- */

static bool
add_str(struct cn_arena *arena, struct cn_record *record, unsigned row,
    const char *text)
{
	return cn_add_text(arena, record, row, cn_slice_str(text));
}

static bool
add_list(struct cn_arena *arena, struct cn_record *record, unsigned row,
    const struct cn_choices *choices, uint32_t set)
{
	for (size_t i = 0; i < choices->count; i++)
		if ((set >> i & 1) != 0 &&
		    !add_str(arena, record, row, choices->values[i]))
			return false;
	return true;
}

/* One answer as a list of texts; an empty set is no text at all. */
static bool
add_value(struct cn_arena *arena, struct cn_record *row,
    enum cn_verdict_key key, const struct cn_conclusion *c)
{
	const struct cn_choices *choices = cn_verdict_choices(key);
	struct cn_buf text;
	struct cn_jw w;
	struct cn_slice json;
	bool ok;

	if (c->undetermined)
		return add_str(arena, row, CN_CONCLUSION_VALUE, "undetermined");
	if (cn_verdict_kind(key) == CN_V_SET)
		return add_list(
		    arena, row, CN_CONCLUSION_VALUE, choices, c->set);
	cn_buf_init(&text, 256);
	cn_jw_init(&w, &text, false);
	put_value(&w, key, c);
	json = cn_buf_slice(&text);
	if (cn_slice_starts(json, "\"")) /* a text: without its quotes */
		json = cn_slice_sub(json, 1, json.len - 2);
	ok = text.code == CN_OK &&
	     cn_add_text(arena, row, CN_CONCLUSION_VALUE, json);
	cn_buf_free(&text);
	return ok;
}

static bool
add_conclusions(const struct cn_verdict *verdict, struct cn_arena *arena,
    struct cn_record *field)
{
	for (int i = 0; i < CN_V_COUNT; i++) {
		enum cn_verdict_key key = (enum cn_verdict_key)i;
		const struct cn_conclusion *c = &verdict->of[i];
		struct cn_record *row;

		if (!c->reached)
			continue;
		row = cn_add_record(arena, field, CN_VERDICT_VERDICTS);
		if (row == NULL ||
		    !add_str(
			arena, row, CN_CONCLUSION_KEY, cn_verdict_name(key)) ||
		    !add_value(arena, row, key, c))
			return false;
	}
	return true;
}

/* In public only rule and article; the words draw on the facts and belong to
 * the authority's section. */
static bool
add_reasons(const struct cn_verdict *verdict, struct cn_arena *arena,
    struct cn_record *field, struct cn_record *passport)
{
	for (const struct cn_reason *r = verdict->reasons; r != NULL;
	     r = r->next) {
		struct cn_record *row = cn_add_record(
		    arena, field, CN_VERDICT_REASONS);
		struct cn_slice words = cn_arena_printf(
		    arena, "%s: %s", r->rule, r->because);

		if (row == NULL || words.ptr == NULL ||
		    !add_str(arena, row, CN_REASON_RULE, r->rule) ||
		    !add_str(arena, row, CN_REASON_CITE, r->cite) ||
		    !cn_add_text(arena, passport, CN_F_VERDICT_REASONS, words))
			return false;
	}
	return true;
}

static bool
add_open(const struct cn_verdict *verdict, struct cn_arena *arena,
    struct cn_record *field)
{
	for (const struct cn_open_question *o = verdict->open; o != NULL;
	     o = o->next) {
		const struct cn_choices *choices = cn_verdict_choices(o->key);
		struct cn_record *row = cn_add_record(
		    arena, field, CN_VERDICT_UNDETERMINED);

		if (row == NULL ||
		    !add_str(arena, row, CN_OPEN_QUESTION_KEY,
			cn_verdict_name(o->key)) ||
		    !add_str(
			arena, row, CN_OPEN_QUESTION_QUESTION, o->question) ||
		    !add_str(arena, row, CN_OPEN_QUESTION_CITE, o->cite) ||
		    (choices != NULL &&
			!add_list(arena, row, CN_OPEN_QUESTION_CANDIDATES,
			    choices, o->candidates)))
			return false;
	}
	return true;
}

enum cn_code
cn_verdict_record(const struct cn_verdict *verdict, struct cn_arena *arena,
    struct cn_record *passport, struct cn_error *err)
{
	struct cn_record *field;

	cn_clear(passport, CN_F_RULE_VERDICT);
	cn_clear(passport, CN_F_VERDICT_REASONS);
	field = cn_add_record(arena, passport, CN_F_RULE_VERDICT);
	if (field == NULL ||
	    !add_str(
		arena, field, CN_VERDICT_ENGINE_VERSION, cn_engine_version) ||
	    !add_str(arena, field, CN_VERDICT_LAW_AS_OF, cn_law_as_of) ||
	    !add_conclusions(verdict, arena, field) ||
	    !add_reasons(verdict, arena, field, passport) ||
	    !add_open(verdict, arena, field))
		return cn_fail(err, CN_MEMORY, "no memory for a verdict");
	return CN_OK;
}
