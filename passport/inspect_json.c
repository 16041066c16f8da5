#include <carnet/inspect.h>

static void
put_answer(struct cn_jw *w, const char *key, enum cn_answer answer)
{
	if (answer == CN_UNKNOWN)
		cn_jw_kv_null(w, key);
	else
		cn_jw_kv_bool(w, key, answer == CN_YES);
}

/* An absent text is null, never "". */
static void
put_text(struct cn_jw *w, const char *key, struct cn_slice text)
{
	if (text.len == 0)
		cn_jw_kv_null(w, key);
	else
		cn_jw_kv_slice(w, key, text);
}

static void
put_digest(struct cn_jw *w, const char *key, const uint8_t digest[CN_DIGEST])
{
	cn_jw_key(w, key);
	cn_jw_hex(w, cn_slice_of(digest, CN_DIGEST));
}

static void
put_instant(struct cn_jw *w, const char *key, cn_instant at)
{
	char text[21];

	cn_instant_print(at, text);
	cn_jw_kv_str(w, key, text);
}

static void
put_error(struct cn_jw *w, enum cn_code code, struct cn_slice message)
{
	if (code == CN_OK) {
		cn_jw_kv_null(w, "error");
		return;
	}
	cn_jw_key(w, "error");
	cn_jw_object(w);
	cn_jw_kv_str(w, "code", cn_code_name(code));
	if (message.len == 0)
		cn_jw_kv_str(w, "message", cn_code_text(code));
	else
		cn_jw_kv_slice(w, "message", message);
	cn_jw_object_end(w);
}

/* A choice by the position that a capsule holds: from 1, 0 undetermined. */
static void
put_choice(struct cn_jw *w, const char *key, const struct cn_choices *choices,
    unsigned position)
{
	if (position == 0 || position > choices->count)
		cn_jw_kv_null(w, key);
	else
		cn_jw_kv_str(w, key, choices->values[position - 1]);
}

/* Only what a signature vouches for is told as a fact. */
static void
put_capsule(struct cn_jw *w, const struct cn_seen_capsule *seen)
{
	const struct cn_capsule *capsule = &seen->capsule;
	char month[8];

	cn_jw_object(w);
	cn_jw_kv_bool(w, "genuine", seen->genuine);
	cn_jw_kv_slice(w, "url", seen->url);
	put_text(w, "subject", seen->subject);
	put_text(w, "issuer", seen->issuer);
	if (capsule->bytes.len > 0) {
		cn_jw_kv_uint(w, "version", capsule->version);
		put_digest(w, "passport_digest", capsule->passport);
		put_instant(w, "signed_at", capsule->iat);
		cn_support_print(capsule->support_end, month);
		cn_jw_kv_str(w, "support_end", month);
		put_choice(
		    w, "cra_class", &cn_choices_cra_class, capsule->cra_class);
		put_choice(
		    w, "ai_status", &cn_choices_ai_status, capsule->ai_status);
		put_choice(w, "cra_cybersecurity_procedure",
		    &cn_choices_cra_cybersecurity_procedure,
		    capsule->procedure);
	}
	put_error(w, seen->code, seen->message);
	cn_jw_object_end(w);
}

static void
put_identity(struct cn_jw *w, const struct cn_passport *passport)
{
	cn_jw_kv_slice(w, "issuer", passport->iss);
	cn_jw_kv_slice(w, "subject", passport->sub);
	cn_jw_kv_uint(w, "version", passport->version);
	put_digest(w, "digest", passport->digest);
	put_instant(w, "signed_at", passport->iat);
}

static void
put_passport(struct cn_jw *w, const struct cn_seen_passport *seen)
{
	cn_jw_object(w);
	cn_jw_kv_bool(w, "genuine", seen->genuine);
	if (seen->passport.bytes.len > 0)
		put_identity(w, &seen->passport);
	put_text(w, "issuer_name", seen->issuer_name);
	put_text(w, "from", seen->from);
	put_error(w, seen->code, seen->message);
	cn_jw_object_end(w);
}

static void
put_changes(struct cn_jw *w, const struct cn_change *change)
{
	static const char *const what[] = { "added", "removed", "changed" };

	cn_jw_key(w, "changes");
	cn_jw_array(w);
	for (; change != NULL; change = change->next) {
		cn_jw_object(w);
		cn_jw_key(w, "field");
		cn_jw_str(w, change->field->name);
		cn_jw_kv_str(w, "group", change->field->group);
		cn_jw_kv_str(w, "what", what[change->what]);
		put_text(w, "before", change->before);
		put_text(w, "after", change->after);
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}

/* Issuer, subject … at top level: of the passport, else what the capsule
 * says of it, else null. */
static void
put_summary(struct cn_jw *w, const struct cn_inspection *inspection)
{
	const struct cn_seen_passport *passport = inspection->passport;
	const struct cn_seen_capsule *capsule = inspection->capsule;

	if (passport != NULL && passport->passport.bytes.len > 0) {
		put_identity(w, &passport->passport);
	} else if (capsule != NULL && capsule->capsule.bytes.len > 0) {
		put_text(w, "issuer", capsule->issuer);
		put_text(w, "subject", capsule->subject);
		cn_jw_kv_uint(w, "version", capsule->capsule.version);
		put_digest(w, "digest", capsule->capsule.passport);
		put_instant(w, "signed_at", capsule->capsule.iat);
	} else {
		cn_jw_kv_null(w, "issuer");
		cn_jw_kv_null(w, "subject");
		cn_jw_kv_null(w, "version");
		cn_jw_kv_null(w, "digest");
		cn_jw_kv_null(w, "signed_at");
	}
	put_text(w, "support_end", inspection->support_end);
}

void
cn_inspection_json(const struct cn_inspection *inspection, struct cn_jw *w)
{
	cn_jw_object(w);
	cn_jw_kv_bool(w, "genuine", inspection->genuine);
	put_answer(w, "current", inspection->current);
	put_summary(w, inspection);
	if (inspection->capsule != NULL) {
		cn_jw_kv_slice(w, "text", inspection->text);
		cn_jw_key(w, "capsule");
		put_capsule(w, inspection->capsule);
		cn_jw_key(w, "passport");
		if (inspection->passport == NULL)
			cn_jw_null(w);
		else
			put_passport(w, inspection->passport);
		put_answer(w, "consistent", inspection->consistent);
		put_changes(w, inspection->changes);
	}
	put_error(w, inspection->code, inspection->message);
	cn_jw_object_end(w);
}
