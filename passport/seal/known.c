/*
 * The state of a verifier: a JSON file of its own form,
 *
 *     { "carnet_known": 1,
 *       "subjects": [ { "sub": …, "iss": …,
 *                       "versions": [ { "version": 2, "digest": …,
 *                                       "accepted": … } ] } ] }
 *
 * Every version seen is kept with the time at which it was first accepted: a
 * later revocation of its key does not undo that, whatever came after it.
 */
#include <carnet/known.h>

#include <stdlib.h>
#include <string.h>

#include <carnet/file.h>
#include <carnet/json.h>

#define FORM 1
#define MAX_FILE (16u << 20)
#define MAX_ARENA (256u << 20)
/* Of the table of subjects: a file of the largest size names 100,000. */
#define BUCKETS ((size_t)1 << 16)

struct version {
	uint64_t number;
	uint8_t digest[CN_DIGEST];
	cn_instant accepted;
	struct version *next; /* in the order of acceptance */
};

struct subject {
	struct cn_slice sub, iss;
	struct version *versions, **tail;
	struct subject *next; /* in the order of the file */
	struct subject *chain; /* in its bucket */
};

struct cn_known {
	struct cn_arena *arena;
	struct subject *subjects, **tail;
	struct subject **buckets;
};

static enum cn_code
no_memory(struct cn_error *err)
{
	return cn_fail(err, CN_MEMORY, "no memory for what is known");
}

void
cn_known_free(struct cn_known *known)
{
	if (known == NULL)
		return;
	cn_arena_free(known->arena);
	free(known->buckets);
	free(known);
}

/* ---- asking --------------------------------------------------------------------------- */

/* FNV-1a. Only what was genuine stands here, so nobody chooses collisions. */
static struct subject **
bucket(const struct cn_known *known, struct cn_slice sub)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < sub.len; i++)
		hash = (hash ^ sub.ptr[i]) * 1099511628211u;
	return &known->buckets[(hash ^ hash >> 32) % BUCKETS];
}

static struct subject *
find(const struct cn_known *known, struct cn_slice sub)
{
	struct subject *s = known != NULL ? *bucket(known, sub) : NULL;

	while (s != NULL && !cn_slice_eq(s->sub, sub))
		s = s->chain;
	return s;
}

static struct version *
find_digest(const struct subject *s, const uint8_t digest[CN_DIGEST])
{
	struct version *v = s != NULL ? s->versions : NULL;

	while (v != NULL && memcmp(v->digest, digest, CN_DIGEST) != 0)
		v = v->next;
	return v;
}

cn_instant
cn_known_accepted(const struct cn_known *known, struct cn_slice sub,
    const uint8_t digest[CN_DIGEST])
{
	const struct version *v = find_digest(find(known, sub), digest);

	return v != NULL ? v->accepted : 0;
}

enum cn_code
cn_known_check(const struct cn_known *known, const struct cn_passport *passport,
    struct cn_error *err)
{
	const struct subject *s = find(known, passport->sub);
	const struct version *v;
	uint64_t highest = 0;

	if (s == NULL)
		return CN_OK;
	if (!cn_slice_eq(s->iss, passport->iss))
		return cn_fail(err, CN_WRONG_ISSUER,
		    "it comes from %.*s; %.*s spoke for this product before",
		    CN_FMT(passport->iss), CN_FMT(s->iss));
	for (v = s->versions; v != NULL; v = v->next) {
		if (v->number == passport->version &&
		    memcmp(v->digest, passport->digest, CN_DIGEST) != 0)
			return cn_fail(err, CN_CONFLICT,
			    "another version %llu of this passport is known",
			    (unsigned long long)v->number);
		if (v->number > highest)
			highest = v->number;
	}
	if (highest > passport->version)
		return cn_fail(err, CN_ROLLED_BACK,
		    "it is version %llu, but version %llu is known",
		    (unsigned long long)passport->version,
		    (unsigned long long)highest);
	return CN_OK;
}

/* ---- remembering ------------------------------------------------------------------------- */

static struct subject *
add_subject(struct cn_known *known, struct cn_slice sub, struct cn_slice iss)
{
	struct subject *s = cn_arena_alloc(known->arena, 1, sizeof(*s));
	struct subject **chain = bucket(known, sub);

	if (s == NULL)
		return NULL;
	s->sub = cn_arena_copy(known->arena, sub);
	s->iss = cn_arena_copy(known->arena, iss);
	if (s->sub.ptr == NULL || s->iss.ptr == NULL)
		return NULL;
	s->tail = &s->versions;
	s->chain = *chain;
	*chain = s;
	*known->tail = s;
	known->tail = &s->next;
	return s;
}

static struct version *
add_version(struct cn_known *known, struct subject *s)
{
	struct version *v = cn_arena_alloc(known->arena, 1, sizeof(*v));

	if (v == NULL)
		return NULL;
	*s->tail = v;
	s->tail = &v->next;
	return v;
}

enum cn_code
cn_known_note(struct cn_known *known, const struct cn_passport *passport,
    cn_instant at, struct cn_error *err)
{
	struct subject *s = find(known, passport->sub);
	struct version *v;

	if (s == NULL)
		s = add_subject(known, passport->sub, passport->iss);
	if (s == NULL)
		return no_memory(err);
	/* the first acceptance is the one that counts */
	if (find_digest(s, passport->digest) != NULL)
		return CN_OK;
	v = add_version(known, s);
	if (v == NULL)
		return no_memory(err);
	v->number = passport->version;
	memcpy(v->digest, passport->digest, CN_DIGEST);
	v->accepted = at;
	return CN_OK;
}

/* ---- reading ------------------------------------------------------------------------------- */

static enum cn_code
malformed(const struct cn_json *at, struct cn_error *err)
{
	cn_fail(err, CN_MALFORMED,
	    "it is no file of known versions as this program writes it");
	cn_error_at(err, "line %u, column %u", at->line, at->column);
	return CN_MALFORMED;
}

/* A member of exactly that type, of an object with `count` members. */
static const struct cn_json *
get(const struct cn_json *object, size_t count, const char *name,
    enum cn_json_type type)
{
	const struct cn_json *member = cn_json_get(object, name);

	if (object->count != count || member == NULL || member->type != type)
		return NULL;
	return member;
}

static enum cn_code
read_version(struct cn_known *known, struct subject *s,
    const struct cn_json *at, struct cn_error *err)
{
	const struct cn_json *number, *digest, *accepted;
	struct version *v = add_version(known, s);

	if (v == NULL)
		return no_memory(err);
	number = get(at, 3, "version", CN_JSON_NUMBER);
	digest = get(at, 3, "digest", CN_JSON_STRING);
	accepted = get(at, 3, "accepted", CN_JSON_STRING);
	if (number == NULL || digest == NULL || accepted == NULL ||
	    !cn_slice_uint(number->text, UINT32_MAX, &v->number) ||
	    v->number == 0 || digest->text.len != 2 * CN_DIGEST ||
	    !cn_unhex(digest->text, v->digest, CN_DIGEST) ||
	    !cn_instant_parse(accepted->text, &v->accepted))
		return malformed(at, err);
	return CN_OK;
}

static enum cn_code
read_subject(
    struct cn_known *known, const struct cn_json *at, struct cn_error *err)
{
	const struct cn_json *sub, *iss, *versions, *item;
	enum cn_code code = CN_OK;
	struct subject *s;

	sub = get(at, 3, "sub", CN_JSON_STRING);
	iss = get(at, 3, "iss", CN_JSON_STRING);
	versions = get(at, 3, "versions", CN_JSON_ARRAY);
	if (sub == NULL || iss == NULL || versions == NULL ||
	    versions->count == 0 || find(known, sub->text) != NULL)
		return malformed(at, err);
	s = add_subject(known, sub->text, iss->text);
	if (s == NULL)
		return no_memory(err);
	for (item = versions->first; item != NULL && code == CN_OK;
	     item = item->next)
		code = read_version(known, s, item, err);
	return code;
}

static enum cn_code
read_all(
    struct cn_known *known, const struct cn_json *root, struct cn_error *err)
{
	const struct cn_json *form, *subjects, *item;
	enum cn_code code = CN_OK;
	uint64_t number;

	form = get(root, 2, "carnet_known", CN_JSON_NUMBER);
	subjects = get(root, 2, "subjects", CN_JSON_ARRAY);
	if (form == NULL || subjects == NULL ||
	    !cn_slice_uint(form->text, UINT32_MAX, &number) || number != FORM)
		return malformed(root, err);
	for (item = subjects->first; item != NULL && code == CN_OK;
	     item = item->next)
		code = read_subject(known, item, err);
	return code;
}

static enum cn_code
parse(struct cn_known *known, struct cn_slice text, struct cn_error *err)
{
	struct cn_arena *arena = cn_arena_new(MAX_ARENA);
	struct cn_json *root;
	enum cn_code code;

	if (arena == NULL)
		return no_memory(err);
	code = cn_json_parse(arena, text, NULL, &root, err);
	if (code == CN_OK)
		code = read_all(known, root, err);
	cn_arena_free(arena);
	return code;
}

enum cn_code
cn_known_load(const char *path, struct cn_known **out, struct cn_error *err)
{
	struct cn_known *known = calloc(1, sizeof(*known));
	enum cn_code code = CN_OK;
	struct cn_buf text;

	*out = NULL;
	cn_buf_init(&text, MAX_FILE);
	if (known != NULL) {
		known->tail = &known->subjects;
		known->arena = cn_arena_new(MAX_ARENA);
		known->buckets = calloc(BUCKETS, sizeof(*known->buckets));
	}
	if (known == NULL || known->arena == NULL || known->buckets == NULL)
		code = no_memory(err);
	if (code == CN_OK)
		code = cn_file_read(path, &text, err);
	if (code == CN_OK) {
		code = parse(known, cn_buf_slice(&text), err);
		if (code != CN_OK)
			cn_error_at(err, "%s", path);
	} else if (code == CN_NOT_FOUND) {
		cn_error_clear(err);
		code = CN_OK;
	}
	if (code == CN_OK)
		*out = known;
	else
		cn_known_free(known);
	cn_buf_free(&text);
	return code;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void
write_versions(const struct version *v, struct cn_jw *w)
{
	char accepted[21];

	cn_jw_key(w, "versions");
	cn_jw_array(w);
	for (; v != NULL; v = v->next) {
		cn_instant_print(v->accepted, accepted);
		cn_jw_object(w);
		cn_jw_kv_uint(w, "version", v->number);
		cn_jw_key(w, "digest");
		cn_jw_hex(w, cn_slice_of(v->digest, CN_DIGEST));
		cn_jw_kv_str(w, "accepted", accepted);
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}

enum cn_code
cn_known_save(
    const struct cn_known *known, const char *path, struct cn_error *err)
{
	const struct subject *s;
	enum cn_code code;
	struct cn_buf out;
	struct cn_jw w;

	cn_buf_init(&out, MAX_FILE);
	cn_jw_init(&w, &out, true);
	cn_jw_object(&w);
	cn_jw_kv_uint(&w, "carnet_known", FORM);
	cn_jw_key(&w, "subjects");
	cn_jw_array(&w);
	for (s = known->subjects; s != NULL; s = s->next) {
		cn_jw_object(&w);
		cn_jw_kv_slice(&w, "sub", s->sub);
		cn_jw_kv_slice(&w, "iss", s->iss);
		write_versions(s->versions, &w);
		cn_jw_object_end(&w);
	}
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
	cn_buf_byte(&out, '\n');
	code = cn_buf_code(&out, err);
	if (code == CN_OK)
		code = cn_file_write(path, cn_buf_slice(&out), 0644, err);
	cn_buf_free(&out);
	return code;
}
