/*
 * The tree: making records, reading and filling their rows.
 */
#include <carnet/model.h>

struct cn_record *
cn_record_new(struct cn_arena *arena, const struct cn_table *table)
{
	struct cn_record *record = cn_arena_alloc(arena, 1, sizeof(*record));

	if (record == NULL)
		return NULL;
	record->table = table;
	record->slots = cn_arena_alloc(
	    arena, table->count, sizeof(struct cn_value *));
	return record->slots == NULL ? NULL : record;
}

/* ---- reading -------------------------------------------------------------- */

const struct cn_value *
cn_get(const struct cn_record *record, unsigned row)
{
	if (record == NULL || row >= record->table->count)
		return NULL;
	return record->slots[row];
}

struct cn_slice
cn_get_text(const struct cn_record *record, unsigned row)
{
	const struct cn_value *value = cn_get(record, row);
	const struct cn_field *field;

	if (value == NULL)
		return CN_SLICE_NONE;
	field = &record->table->rows[row];
	switch (field->kind) {
	case CN_KIND_ENUM:
		return cn_slice_str(field->choices->values[value->as.number]);
	case CN_KIND_TEXT:
	case CN_KIND_URI:
	case CN_KIND_DATE:
	case CN_KIND_MONTH:
	case CN_KIND_INSTANT:
	case CN_KIND_DECIMAL:
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		return value->as.text;
	default:
		return CN_SLICE_NONE;
	}
}

uint64_t
cn_get_number(const struct cn_record *record, unsigned row, uint64_t absent)
{
	const struct cn_value *value = cn_get(record, row);
	enum cn_kind kind;

	if (value == NULL)
		return absent;
	kind = record->table->rows[row].kind;
	if (kind != CN_KIND_UINT && kind != CN_KIND_BOOL &&
	    kind != CN_KIND_ENUM)
		return absent;
	return value->as.number;
}

const struct cn_record *
cn_get_record(const struct cn_record *record, unsigned row)
{
	const struct cn_value *value = cn_get(record, row);

	if (value == NULL || record->table->rows[row].kind != CN_KIND_RECORD)
		return NULL;
	return value->as.record;
}

/* ---- languages ------------------------------------------------------------ */

static uint8_t
fold(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

static bool
same_tag(struct cn_slice a, struct cn_slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.ptr[i]) != fold(b.ptr[i]))
			return false;
	return true;
}

/* The range without its last subtag, and without a single letter that is left
 * at the end then (RFC 4647 section 3.4). */
static struct cn_slice
shorten(struct cn_slice range)
{
	do {
		while (range.len > 0 && range.ptr[--range.len] != '-')
			continue;
	} while (range.len > 1 && range.ptr[range.len - 2] == '-');
	return range;
}

static const struct cn_text *
lookup(const struct cn_text *texts, struct cn_slice range)
{
	for (; range.len > 0; range = shorten(range))
		for (const struct cn_text *t = texts; t != NULL; t = t->next)
			if (same_tag(t->lang, range))
				return t;
	return NULL;
}

static const struct cn_text *
english(const struct cn_text *texts)
{
	for (const struct cn_text *t = texts; t != NULL; t = t->next)
		if (cn_slice_is(t->lang, "en") ||
		    cn_slice_starts(t->lang, "en-"))
			return t;
	return NULL;
}

struct cn_slice
cn_value_texts(const struct cn_value *value, const struct cn_slice *langs,
    size_t count, struct cn_slice *lang)
{
	const struct cn_text *texts = value != NULL ? value->as.texts : NULL;
	const struct cn_text *found = NULL;

	for (size_t i = 0; i < count && found == NULL; i++)
		found = lookup(texts, langs[i]);
	if (found == NULL)
		found = english(texts);
	if (found == NULL)
		found = texts;
	if (lang != NULL)
		*lang = found != NULL ? found->lang : CN_SLICE_NONE;
	return found != NULL ? found->text : CN_SLICE_NONE;
}

struct cn_slice
cn_get_texts(const struct cn_record *record, unsigned row,
    const struct cn_slice *langs, size_t count, struct cn_slice *lang)
{
	const struct cn_value *value = cn_get(record, row);

	if (value != NULL && record->table->rows[row].kind != CN_KIND_TEXTS)
		value = NULL;
	return cn_value_texts(value, langs, count, lang);
}

/* ---- filling -------------------------------------------------------------- */

struct cn_value *
cn_add(struct cn_arena *arena, struct cn_record *record, unsigned row)
{
	struct cn_value *value = cn_arena_alloc(arena, 1, sizeof(*value));
	struct cn_value **tail = &record->slots[row];

	if (value == NULL)
		return NULL;
	while (*tail != NULL)
		tail = &(*tail)->next;
	*tail = value;
	return value;
}

bool
cn_add_text(struct cn_arena *arena, struct cn_record *record, unsigned row,
    struct cn_slice text)
{
	struct cn_slice copy = cn_arena_copy(arena, text);
	struct cn_value *value;

	if (copy.ptr == NULL)
		return false;
	value = cn_add(arena, record, row);
	if (value == NULL)
		return false;
	value->as.text = copy;
	return true;
}

bool
cn_add_number(struct cn_arena *arena, struct cn_record *record, unsigned row,
    uint64_t number)
{
	struct cn_value *value = cn_add(arena, record, row);

	if (value == NULL)
		return false;
	value->as.number = number;
	return true;
}

struct cn_record *
cn_add_record(struct cn_arena *arena, struct cn_record *record, unsigned row)
{
	struct cn_record *made = cn_record_new(
	    arena, record->table->rows[row].record);
	struct cn_value *value;

	if (made == NULL)
		return NULL;
	value = cn_add(arena, record, row);
	if (value == NULL)
		return NULL;
	value->as.record = made;
	return made;
}

bool
cn_texts_put(struct cn_arena *arena, struct cn_value *value,
    struct cn_slice lang, struct cn_slice text)
{
	struct cn_text **at = &value->as.texts;
	struct cn_text *entry = cn_arena_alloc(arena, 1, sizeof(*entry));

	if (entry == NULL)
		return false;
	entry->lang = cn_arena_copy(arena, lang);
	entry->text = cn_arena_copy(arena, text);
	if (entry->lang.ptr == NULL || entry->text.ptr == NULL)
		return false;
	while (*at != NULL && cn_lang_cmp((*at)->lang, lang) <= 0)
		at = &(*at)->next;
	entry->next = *at;
	*at = entry;
	return true;
}

void
cn_clear(struct cn_record *record, unsigned row)
{
	record->slots[row] = NULL;
}
