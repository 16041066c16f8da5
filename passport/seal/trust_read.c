/*
 * trust.json read: strict, because a slip here decides whom everybody else
 * believes. Every fault names its line and its pointer.
 *
 * A key stands in the list once: as part of one issuer, with one period and one
 * list of uses. So a key that is marked revoked is revoked for whatever it
 * signed, and a capsule, which names no issuer, has one.
 */
#include <stdlib.h>
#include <string.h>

#include <carnet/file.h>

#include "claims.h"
#include "trust_reader.h"

#define ARENA_MAX (64u << 20)

/* "https://host/…": lower-case host, a slash behind it, printable ASCII. */
static bool
prefix_ok(struct cn_slice prefix)
{
	size_t i, host = 8;

	if (!cn_iss_ok(prefix))
		return false;
	for (i = host; i < prefix.len && prefix.ptr[i] != '/'; i++)
		if ((prefix.ptr[i] >= 'A' && prefix.ptr[i] <= 'Z') ||
		    prefix.ptr[i] == '@' || prefix.ptr[i] == '?' ||
		    prefix.ptr[i] == '#')
			return false;
	return i < prefix.len;
}

static enum cn_code
read_subjects(struct cn_trust_reader *r, const struct cn_json *entry,
    struct cn_issuer *issuer)
{
	const struct cn_json *list, *item;
	struct cn_slice *subjects;
	enum cn_code code;

	code = cn_trust_member(r, entry, "subjects", CN_JSON_ARRAY, &list);
	if (code != CN_OK)
		return code;
	subjects = cn_arena_alloc(
	    r->trust->arena, list->count, sizeof(*subjects));
	if (subjects == NULL)
		return cn_trust_no_memory(r);
	issuer->subjects = subjects;
	for (item = list->first; item != NULL; item = item->next) {
		if (item->type != CN_JSON_STRING || !prefix_ok(item->text))
			return cn_trust_fault(r, item,
			    "a prefix is expected that holds the slash behind "
			    "its host, as https://id.gs1.org/01/09506000");
		*subjects = cn_arena_copy(r->trust->arena, item->text);
		if (subjects++->ptr == NULL)
			return cn_trust_no_memory(r);
		issuer->subject_count++;
	}
	return CN_OK;
}

static enum cn_code
read_names(struct cn_trust_reader *r, const struct cn_json *entry,
    struct cn_issuer *issuer)
{
	const struct cn_issuer *other = r->trust->issuers;
	const struct cn_json *iss, *name;
	enum cn_code code = cn_trust_member(
	    r, entry, "iss", CN_JSON_STRING, &iss);

	if (code != CN_OK)
		return code;
	if (!cn_iss_ok(iss->text))
		return cn_trust_fault(r, iss, "an https URL is expected");
	for (; other != NULL; other = other->next)
		if (cn_slice_eq(other->iss, iss->text))
			return cn_trust_fault(
			    r, iss, "this issuer stands in the list before");
	name = cn_json_get(entry, "name");
	if (name != NULL && name->type != CN_JSON_STRING)
		return cn_trust_fault(r, name, "a text is expected");
	issuer->iss = cn_arena_copy(r->trust->arena, iss->text);
	issuer->name = cn_arena_copy(
	    r->trust->arena, name != NULL ? name->text : iss->text);
	if (issuer->iss.ptr == NULL || issuer->name.ptr == NULL)
		return cn_trust_no_memory(r);
	return CN_OK;
}

static enum cn_code
read_keys(struct cn_trust_reader *r, const struct cn_json *list,
    struct cn_issuer *issuer)
{
	struct cn_trust_key *key, *last = NULL;
	const struct cn_json *item;
	enum cn_code code = CN_OK;

	for (item = list->first; item != NULL && code == CN_OK;
	     item = item->next) {
		key = NULL;
		code = cn_trust_read_key(r, item, issuer, &key);
		if (key == NULL)
			break;
		if (last != NULL)
			last->next = key;
		else
			issuer->keys = key;
		last = key;
	}
	return code;
}

static enum cn_code
read_issuer(struct cn_trust_reader *r, const struct cn_json *entry)
{
	static const char *const names[] = { "iss", "name", "subjects",
		"keys" };
	struct cn_issuer *issuer = cn_arena_alloc(
	    r->trust->arena, 1, sizeof(*issuer));
	const struct cn_json *keys = NULL;
	enum cn_code code;

	if (issuer == NULL)
		return cn_trust_no_memory(r);
	code = cn_trust_object(r, entry, names, sizeof(names) / sizeof(*names));
	if (code == CN_OK)
		code = read_names(r, entry, issuer);
	if (code == CN_OK)
		code = read_subjects(r, entry, issuer);
	if (code == CN_OK)
		code = cn_trust_member(r, entry, "keys", CN_JSON_ARRAY, &keys);
	if (code != CN_OK)
		return code;
	if (r->last != NULL)
		r->last->next = issuer;
	else
		r->trust->issuers = issuer;
	r->last = issuer;
	return read_keys(r, keys, issuer);
}

static enum cn_code
read_list(struct cn_trust_reader *r, const struct cn_json *root)
{
	static const char *const names[] = { "issuers" };
	const struct cn_json *list = NULL, *item;
	enum cn_code code = cn_trust_object(r, root, names, 1);

	if (code == CN_OK)
		code = cn_trust_member(
		    r, root, "issuers", CN_JSON_ARRAY, &list);
	if (code != CN_OK)
		return code;
	for (item = list->first; item != NULL && code == CN_OK;
	     item = item->next)
		code = read_issuer(r, item);
	return code;
}

enum cn_code
cn_trust_parse(struct cn_slice json, const char *base, struct cn_trust **out,
    struct cn_error *err)
{
	struct cn_trust_reader r = { .base = base, .err = err };
	struct cn_json *root = NULL;
	enum cn_code code = CN_OK;

	*out = NULL;
	r.trust = calloc(1, sizeof(*r.trust));
	r.scratch = cn_arena_new(ARENA_MAX);
	if (r.trust != NULL)
		r.trust->arena = cn_arena_new(ARENA_MAX);
	if (r.trust == NULL || r.scratch == NULL || r.trust->arena == NULL)
		code = cn_trust_no_memory(&r);
	if (code == CN_OK)
		code = cn_json_parse(r.scratch, json, NULL, &root, err);
	if (code == CN_OK)
		code = read_list(&r, root);
	if (code == CN_OK)
		code = cn_sha256(json, r.trust->digest, err);
	if (code != CN_OK)
		cn_trust_free(r.trust);
	else
		*out = r.trust;
	cn_arena_free(r.scratch);
	return code;
}

enum cn_code
cn_trust_load(const char *path, struct cn_trust **out, struct cn_error *err)
{
	const char *slash = strrchr(path, '/');
	struct cn_buf text, base;
	enum cn_code code;

	*out = NULL;
	cn_buf_init(&text, CN_MAX_TRUST);
	cn_buf_init(&base, 4096);
	if (slash == NULL)
		cn_buf_str(&base, ".");
	else if (slash == path)
		cn_buf_str(&base, "/");
	else
		cn_buf_put(&base, cn_slice_of(path, (size_t)(slash - path)));
	cn_buf_byte(&base, 0);
	code = cn_buf_code(&base, err);
	if (code == CN_OK)
		code = cn_file_read(path, &text, err);
	if (code == CN_OK) {
		code = cn_trust_parse(
		    cn_buf_slice(&text), (const char *)base.ptr, out, err);
		if (code != CN_OK)
			cn_error_at(err, "%s", path);
	}
	cn_buf_free(&base);
	cn_buf_free(&text);
	return code;
}
