/* The keys that this resolver believes, as a JSON Web Key Set (RFC 7517). */
#include "view.h"

/* RFC 4648 section 5, without padding. */
static void
put_base64url(struct cn_buf *out, struct cn_slice bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz"
				     "0123456789-_";
	uint32_t group;
	size_t i, left;

	for (i = 0; i < bytes.len; i += 3) {
		left = bytes.len - i;
		group = (uint32_t)bytes.ptr[i] << 16;
		if (left > 1)
			group |= (uint32_t)bytes.ptr[i + 1] << 8;
		if (left > 2)
			group |= bytes.ptr[i + 2];
		cn_buf_byte(out, (uint8_t)digits[group >> 18]);
		cn_buf_byte(out, (uint8_t)digits[group >> 12 & 63]);
		if (left > 1)
			cn_buf_byte(out, (uint8_t)digits[group >> 6 & 63]);
		if (left > 2)
			cn_buf_byte(out, (uint8_t)digits[group & 63]);
	}
}

static void
kv_base64url(struct cn_jw *w, const char *key, struct cn_slice bytes)
{
	struct cn_buf text;

	cn_buf_init(&text, 256);
	put_base64url(&text, bytes);
	cn_jw_kv_slice(w, key, cn_buf_slice(&text));
	cn_buf_free(&text);
}

static void
write_point(const struct cn_pubkey *key, struct cn_jw *w)
{
	uint8_t x[32], y[32];

	cn_pubkey_point(key, x, y);
	if (cn_pubkey_curve(key) == CN_P256) {
		cn_jw_kv_str(w, "kty", "EC");
		cn_jw_kv_str(w, "crv", "P-256");
		kv_base64url(w, "x", cn_slice_of(x, sizeof(x)));
		kv_base64url(w, "y", cn_slice_of(y, sizeof(y)));
	} else {
		cn_jw_kv_str(w, "kty", "OKP");
		cn_jw_kv_str(w, "crv", "Ed25519");
		kv_base64url(w, "x", cn_slice_of(x, sizeof(x)));
	}
}

/* The day of a midnight. */
static void
kv_day(struct cn_jw *w, const char *key, cn_instant at)
{
	char text[11];

	cn_date_print(cn_day_date(cn_instant_day(at)), text);
	cn_jw_kv_str(w, key, text);
}

static void
write_uses(const struct cn_trust_key *key, struct cn_jw *w)
{
	cn_jw_key(w, "uses");
	cn_jw_array(w);
	if ((key->use & CN_USE_PASSPORT) != 0)
		cn_jw_str(w, "passport");
	if ((key->use & CN_USE_CAPSULE) != 0)
		cn_jw_str(w, "capsule");
	cn_jw_array_end(w);
}

/*
 * A JWK, with what the trust list says of the key beside it (members that are
 * not known are ignored, RFC 7517 section 4): {iss, name, uses, subjects,
 * from, until, revoked}. kid is the hex of COSE's.
 */
static void
write_key(const struct cn_trust_key *key, struct cn_jw *w)
{
	char revoked[21];
	size_t i;

	cn_jw_object(w);
	write_point(key->key, w);
	cn_jw_key(w, "kid");
	cn_jw_hex(w, cn_slice_of(key->kid, key->kid_len));
	cn_jw_kv_str(w, "use", "sig");
	cn_jw_kv_slice(w, "iss", key->issuer->iss);
	cn_jw_kv_slice(w, "name", key->issuer->name);
	write_uses(key, w);
	cn_jw_key(w, "subjects");
	cn_jw_array(w);
	for (i = 0; i < key->issuer->subject_count; i++)
		cn_jw_slice(w, key->issuer->subjects[i]);
	cn_jw_array_end(w);
	kv_day(w, "from", key->from);
	kv_day(w, "until", key->until);
	if (key->revoked) {
		cn_instant_print(key->revoked_at, revoked);
		cn_jw_kv_str(w, "revoked", revoked);
	}
	cn_jw_object_end(w);
}

void
rs_view_issuers(const struct cn_trust *trust, struct cn_buf *out)
{
	const struct cn_issuer *issuer;
	const struct cn_trust_key *key;
	struct cn_jw w;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	cn_jw_key(&w, "keys");
	cn_jw_array(&w);
	for (issuer = cn_trust_issuers(trust); issuer != NULL;
	     issuer = issuer->next) {
		for (key = issuer->keys; key != NULL; key = key->next)
			write_key(key, &w);
	}
	cn_jw_array_end(&w);
	cn_jw_object_end(&w);
}
