/*
 * One key of the trust list: where it is, what for, when, and whether it still
 * counts.
 */
#include <string.h>

#include <carnet/file.h>

#include "trust_reader.h"

static enum cn_code
midnight(struct cn_trust_reader *r, const struct cn_json *at, const char *name,
    cn_instant *out)
{
	const struct cn_json *value;
	enum cn_code code = cn_trust_member(
	    r, at, name, CN_JSON_STRING, &value);

	if (code != CN_OK)
		return code;
	if (!cn_trust_instant(value->text, out) || *out % CN_DAY_SECONDS != 0)
		return cn_trust_fault(
		    r, value, "a date is expected, as 2026-01-31");
	return CN_OK;
}

static enum cn_code
period(struct cn_trust_reader *r, const struct cn_json *at,
    struct cn_trust_key *key)
{
	enum cn_code code = midnight(r, at, "from", &key->from);

	if (code == CN_OK)
		code = midnight(r, at, "until", &key->until);
	if (code == CN_OK && key->until <= key->from)
		code = cn_trust_fault(r, cn_json_get(at, "until"),
		    "the period ends before it begins");
	return code;
}

static enum cn_code
revocation(struct cn_trust_reader *r, const struct cn_json *entry,
    struct cn_trust_key *key)
{
	static const char *const names[] = { "at", "reason" };
	const struct cn_json *revoked = cn_json_get(entry, "revoked"), *at;
	const struct cn_json *reason;
	enum cn_code code;

	if (revoked == NULL)
		return CN_OK;
	code = cn_trust_object(r, revoked, names, 2);
	if (code == CN_OK)
		code = cn_trust_member(r, revoked, "at", CN_JSON_STRING, &at);
	if (code != CN_OK)
		return code;
	if (!cn_trust_instant(at->text, &key->revoked_at))
		return cn_trust_fault(
		    r, at, "an instant is expected, as 2026-01-31T12:00:00Z");
	key->revoked = true;
	reason = cn_json_get(revoked, "reason");
	if (reason == NULL)
		return CN_OK;
	if (reason->type != CN_JSON_STRING)
		return cn_trust_fault(r, reason, "a text is expected");
	key->reason = cn_arena_copy(r->trust->arena, reason->text);
	return key->reason.ptr != NULL ? CN_OK : cn_trust_no_memory(r);
}

/* A file beside trust.json: relative, and never out of that directory. */
static bool
beside(struct cn_slice name)
{
	size_t start = 0, i;

	if (name.len == 0 || name.len > 255 || name.ptr[0] == '/')
		return false;
	for (i = 0; i <= name.len; i++) {
		if (i < name.len && name.ptr[i] != '/')
			continue;
		if (i == start ||
		    cn_slice_is(cn_slice_sub(name, start, i - start), ".."))
			return false;
		start = i + 1;
	}
	return true;
}

static enum cn_code
key_file(
    struct cn_trust_reader *r, const struct cn_json *pem, struct cn_buf *text)
{
	struct cn_buf path;
	enum cn_code code;

	if (r->base == NULL || !beside(pem->text))
		return cn_trust_fault(r, pem,
		    "a key in PEM form or the name of a file beside the trust "
		    "list is expected");
	cn_buf_init(&path, 4096);
	cn_buf_printf(&path, "%s/%.*s", r->base, CN_FMT(pem->text));
	cn_buf_byte(&path, 0);
	code = cn_buf_code(&path, r->err);
	if (code == CN_OK)
		code = cn_file_read((const char *)path.ptr, text, r->err);
	if (code != CN_OK)
		cn_trust_place(r, pem);
	cn_buf_free(&path);
	return code;
}

static enum cn_code
public_key(struct cn_trust_reader *r, const struct cn_json *entry,
    struct cn_trust_key *key)
{
	const struct cn_json *pem;
	struct cn_slice from = CN_SLICE_NONE;
	struct cn_buf text;
	enum cn_code code;

	cn_buf_init(&text, CN_MAX_KEY_FILE);
	code = cn_trust_member(r, entry, "pem", CN_JSON_STRING, &pem);
	if (code == CN_OK && cn_slice_starts(pem->text, "-----BEGIN ")) {
		cn_buf_put(&text, pem->text);
		code = cn_buf_code(&text, r->err);
	} else if (code == CN_OK) {
		from = pem->text;
		code = key_file(r, pem, &text);
	}
	if (code == CN_OK) {
		code = cn_pubkey_pem(cn_buf_slice(&text), &key->key, r->err);
		if (code != CN_OK && from.len > 0)
			cn_error_at(r->err, "%.*s", CN_FMT(from));
		if (code != CN_OK)
			cn_trust_place(r, pem);
	}
	cn_buf_free(&text);
	return code;
}

/* The thumbprint's first bytes, or what the entry names instead. */
static enum cn_code
key_id(struct cn_trust_reader *r, const struct cn_json *entry,
    struct cn_trust_key *key)
{
	const struct cn_json *kid = cn_json_get(entry, "kid");
	uint8_t thumbprint[CN_DIGEST];

	if (kid == NULL) {
		cn_pubkey_thumbprint(key->key, thumbprint);
		memcpy(key->kid, thumbprint, CN_KID);
		key->kid_len = CN_KID;
		return CN_OK;
	}
	key->kid_len = kid->text.len / 2;
	if (kid->type != CN_JSON_STRING || kid->text.len == 0 ||
	    kid->text.len % 2 != 0 || key->kid_len > sizeof(key->kid) ||
	    !cn_unhex(kid->text, key->kid, key->kid_len))
		return cn_trust_fault(r, kid,
		    "1 to 32 bytes in hexadecimal digits "
		    "are expected");
	return CN_OK;
}

static enum cn_code
uses(struct cn_trust_reader *r, const struct cn_json *entry,
    struct cn_trust_key *key)
{
	const struct cn_json *list, *use;
	enum cn_code code = cn_trust_member(
	    r, entry, "use", CN_JSON_ARRAY, &list);
	unsigned bit;

	if (code != CN_OK)
		return code;
	for (use = list->first; use != NULL; use = use->next) {
		bit = 0;
		if (use->type == CN_JSON_STRING &&
		    cn_slice_is(use->text, "passport"))
			bit = CN_USE_PASSPORT;
		else if (use->type == CN_JSON_STRING &&
			 cn_slice_is(use->text, "capsule"))
			bit = CN_USE_CAPSULE;
		if (bit == 0 || (key->use & bit))
			return cn_trust_fault(r, use,
			    "\"passport\" or \"capsule\" is expected, each "
			    "once");
		key->use |= bit;
	}
	return CN_OK;
}

/* Is the same key in the list already? */
static bool
known_key(const struct cn_trust *trust, const struct cn_trust_key *key)
{
	const struct cn_issuer *issuer;
	const struct cn_trust_key *other;
	uint8_t mine[CN_DIGEST], theirs[CN_DIGEST];

	cn_pubkey_thumbprint(key->key, mine);
	for (issuer = trust->issuers; issuer != NULL; issuer = issuer->next)
		for (other = issuer->keys; other != NULL; other = other->next) {
			if (other == key)
				continue;
			cn_pubkey_thumbprint(other->key, theirs);
			if (memcmp(mine, theirs, CN_DIGEST) == 0)
				return true;
		}
	return false;
}

enum cn_code
cn_trust_read_key(struct cn_trust_reader *r, const struct cn_json *entry,
    const struct cn_issuer *issuer, struct cn_trust_key **out)
{
	static const char *const names[] = { "pem", "use", "from", "until",
		"kid", "revoked" };
	struct cn_trust_key *key = cn_arena_alloc(
	    r->trust->arena, 1, sizeof(*key));
	enum cn_code code;

	if (key == NULL)
		return cn_trust_no_memory(r);
	key->issuer = issuer;
	code = cn_trust_object(r, entry, names, sizeof(names) / sizeof(*names));
	if (code == CN_OK)
		code = public_key(r, entry, key);
	if (code != CN_OK)
		return code;
	*out = key;
	code = key_id(r, entry, key);
	if (code == CN_OK)
		code = uses(r, entry, key);
	if (code == CN_OK)
		code = period(r, entry, key);
	if (code == CN_OK)
		code = revocation(r, entry, key);
	if (code == CN_OK && known_key(r->trust, key))
		code = cn_trust_fault(r, entry,
		    "this key stands in the list before: one entry names "
		    "all its uses");
	return code;
}
