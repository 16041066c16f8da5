/* Adding to a trust list; what stands there is kept. */
#include "tool.h"

#include <string.h>

static void copy(struct cn_jw *w, const struct cn_json *json);

static void
copy_children(struct cn_jw *w, const struct cn_json *json)
{
	for (const struct cn_json *c = json->first; c != NULL; c = c->next) {
		if (json->type == CN_JSON_OBJECT)
			cn_jw_key_slice(w, c->key);
		copy(w, c);
	}
}

/* A tree as it is; its depth is bounded by the reader. */
static void
copy(struct cn_jw *w, const struct cn_json *json)
{
	switch (json->type) {
	case CN_JSON_NULL:
		cn_jw_null(w);
		break;
	case CN_JSON_FALSE:
	case CN_JSON_TRUE:
		cn_jw_bool(w, json->type == CN_JSON_TRUE);
		break;
	case CN_JSON_NUMBER:
		cn_jw_raw(w, json->text);
		break;
	case CN_JSON_STRING:
		cn_jw_slice(w, json->text);
		break;
	case CN_JSON_ARRAY:
		cn_jw_array(w);
		copy_children(w, json);
		cn_jw_array_end(w);
		break;
	case CN_JSON_OBJECT:
		cn_jw_object(w);
		copy_children(w, json);
		cn_jw_object_end(w);
		break;
	}
}

static void
put_key(struct cn_jw *w, const struct tool_trust_key *key)
{
	char from[11], until[11];

	cn_date_print(cn_day_date(key->from), from);
	cn_date_print(cn_day_date(key->until), until);
	cn_jw_object(w);
	cn_jw_kv_str(w, "pem", key->pem);
	cn_jw_key(w, "use");
	cn_jw_array(w);
	cn_jw_str(w, key->use);
	cn_jw_array_end(w);
	cn_jw_kv_str(w, "from", from);
	cn_jw_kv_str(w, "until", until);
	cn_jw_object_end(w);
}

/* old: the list so far, or NULL */
static void
put_subjects(struct cn_jw *w, const struct cn_json *old, const char *subject)
{
	bool there = false;

	cn_jw_key(w, "subjects");
	cn_jw_array(w);
	if (old != NULL)
		copy_children(w, old);
	for (const struct cn_json *c = old == NULL ? NULL : old->first;
	     c != NULL; c = c->next)
		there = there || cn_slice_is(c->text, subject);
	if (!there)
		cn_jw_str(w, subject);
	cn_jw_array_end(w);
}

static void
put_keys(struct cn_jw *w, const struct cn_json *old,
    const struct tool_trust_issuer *issuer)
{
	cn_jw_key(w, "keys");
	cn_jw_array(w);
	if (old != NULL)
		copy_children(w, old);
	for (size_t i = 0; i < issuer->count; i++)
		put_key(w, &issuer->keys[i]);
	cn_jw_array_end(w);
}

/* An issuer's entry; old: what stood there, or NULL for a new one. */
static void
put_issuer(struct cn_jw *w, const struct cn_json *old,
    const struct tool_trust_issuer *issuer)
{
	cn_jw_object(w);
	if (old == NULL) {
		cn_jw_kv_str(w, "iss", issuer->iss);
		if (issuer->name != NULL)
			cn_jw_kv_str(w, "name", issuer->name);
	}
	for (const struct cn_json *c = old == NULL ? NULL : old->first;
	     c != NULL; c = c->next) {
		if (cn_slice_is(c->key, "subjects") ||
		    cn_slice_is(c->key, "keys"))
			continue;
		cn_jw_key_slice(w, c->key);
		copy(w, c);
	}
	put_subjects(w, cn_json_get(old, "subjects"), issuer->subject);
	put_keys(w, cn_json_get(old, "keys"), issuer);
	cn_jw_object_end(w);
}

static void
put_list(struct cn_jw *w, const struct cn_json *old,
    const struct tool_trust_issuer *issuer)
{
	bool there = false;

	cn_jw_key(w, "issuers");
	cn_jw_array(w);
	for (const struct cn_json *c = old == NULL ? NULL : old->first;
	     c != NULL; c = c->next) {
		bool same = cn_slice_is(cn_json_text(c, "iss"), issuer->iss);

		if (same && !there)
			put_issuer(w, c, issuer);
		else
			copy(w, c);
		there = there || same;
	}
	if (!there)
		put_issuer(w, NULL, issuer);
	cn_jw_array_end(w);
}

enum cn_code
tool_trust_merge(struct tool *tool, struct cn_slice json,
    const struct tool_trust_issuer *issuer, struct cn_buf *out,
    struct cn_error *err)
{
	struct cn_json *root = NULL;
	const struct cn_json *list = NULL;
	enum cn_code code = CN_OK;
	struct cn_jw w;

	if (json.len > 0)
		code = cn_json_parse(tool->arena, json, NULL, &root, err);
	if (code != CN_OK)
		return code;
	list = root == NULL ? NULL : cn_json_get(root, "issuers");
	if (root != NULL && (list == NULL || list->type != CN_JSON_ARRAY))
		return cn_fail(err, CN_MALFORMED,
		    "this is no trust list: there is no array \"issuers\"");
	cn_jw_init(&w, out, true);
	cn_jw_object(&w);
	for (const struct cn_json *c = root == NULL ? NULL : root->first;
	     c != NULL; c = c->next) {
		if (c == list)
			continue;
		cn_jw_key_slice(&w, c->key);
		copy(&w, c);
	}
	put_list(&w, list, issuer);
	cn_jw_object_end(&w);
	return cn_buf_code(out, err);
}
