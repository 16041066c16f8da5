/*
 * The strict profile: every message here carries a right signature of a trusted
 * key and is refused for its form alone.
 */
#include "seal_world.h"

/* Pieces of a message, as hexadecimal CBOR; NULL: as in a good one. */
struct parts {
	const char *tag; /* tag and array head */
	const char *alg; /* each header with its label; "" leaves out */
	const char *crit;
	const char *type;
	const char *kid;
	const char *claims;
	const char *typ;
	const char *sd_alg;
	const char *more; /* behind the others, in order */
	const char *protected_; /* the whole content instead */
	const char *unprotected;
	const char *payload; /* the content */
	const char *body; /* payload and signature items instead */
	const char *tail; /* bytes behind */
};

#define TYPE                                                             \
	"03"                                                             \
	"7824"                                                           \
	"6170706c69636174696f6e2f766e642e6361726e65742e70617373706f7274" \
	"2b63626f72"
#define TYP    \
	"10"   \
	"781b" \
	"6170706c69636174696f6e2f766e642e6361726e65742b636f7365"
#define ISS  \
	"01" \
	"75" \
	"68747470733a2f2f6d616b65722e6578616d706c65"
#define SUB_HEX                        \
	"68747470733a2f2f69642e677331" \
	"2e6f72672f30312f3039353036303030313334333532"
#define SUB_ITEM "7824" SUB_HEX
#define CLAIMS                      \
	"0f"                        \
	"a3" ISS "02" SUB_ITEM "06" \
	"1a6a2f9d40"
#define VERSION "02a10101"
#define ID "01" SUB_ITEM
#define DIGEST32 \
	"0101010101010101010101010101010101010101010101010101010101010101"

static void
put_hex(struct cn_buf *out, const char *hex)
{
	uint8_t *place = cn_buf_grow(out, strlen(hex) / 2);

	assert_true(hex[0] == '\0' ||
		    (place != NULL &&
			cn_unhex(cn_slice_str(hex), place, strlen(hex) / 2)));
}

static const char * or (const char *given, const char *good)
{
	return given != NULL ? given : good;
}

/* A map of the headers that are there. */
static void
put_protected(struct world *world, const struct parts *p, struct cn_buf *out)
{
	const char *head[8];
	uint8_t thumbprint[CN_DIGEST];
	char kid[32] = "0448";
	uint64_t count = 0;
	int i;

	if (p->protected_ != NULL) {
		put_hex(out, p->protected_);
		return;
	}
	cn_pubkey_thumbprint(cn_key_public(world->maker), thumbprint);
	cn_hex(cn_slice_of(thumbprint, CN_KID), kid + 4);
	head[0] = or (p->alg, "0128");
	head[1] = or (p->crit, "");
	head[2] = or (p->type, TYPE);
	head[3] = or (p->kid, kid);
	head[4] = or (p->claims, CLAIMS);
	head[5] = or (p->typ, TYP);
	head[6] = or (p->sd_alg, "");
	head[7] = or (p->more, "");
	for (i = 0; i < 8; i++)
		count += head[i][0] != '\0';
	cn_cbor_put_map(out, count);
	for (i = 0; i < 8; i++)
		put_hex(out, head[i]);
}

static void
build(struct world *world, const struct parts *p, struct cn_buf *out)
{
	struct cn_buf protected_, payload, tbs;
	uint8_t signature[CN_SIGNATURE];
	struct cn_signer signer;

	cn_buf_init(&protected_, 8192);
	cn_buf_init(&payload, 8192);
	cn_buf_init(&tbs, 32768);
	put_protected(world, p, &protected_);
	put_hex(&payload, or (p->payload, "a2" ID VERSION));
	cn_sig_structure(cn_buf_slice(&protected_), CN_SLICE_NONE,
	    cn_buf_slice(&payload), &tbs);
	assert_int_equal(cn_signer_key(world->maker, 0, &signer, NULL), CN_OK);
	assert_int_equal(
	    signer.sign(signer.ctx, cn_buf_slice(&tbs), signature, NULL),
	    CN_OK);
	put_hex(out, or (p->tag, "d284"));
	cn_cbor_put_bytes(out, cn_buf_slice(&protected_));
	put_hex(out, or (p->unprotected, "a0"));
	if (p->body != NULL) {
		put_hex(out, p->body);
	} else {
		cn_cbor_put_bytes(out, cn_buf_slice(&payload));
		cn_cbor_put_bytes(out, cn_slice_of(signature, CN_SIGNATURE));
	}
	put_hex(out, or (p->tail, ""));
	assert_int_equal(cn_buf_code(out, NULL), CN_OK);
	cn_buf_free(&tbs);
	cn_buf_free(&payload);
	cn_buf_free(&protected_);
}

static void
check(struct world *world, struct parts p, enum cn_code want, const char *place,
    const char *words)
{
	struct cn_policy policy = policy_at(world->trust, T_2028);
	struct cn_passport passport, empty;
	struct cn_error err = { 0 };
	struct cn_buf out;
	enum cn_code code;

	cn_buf_init(&out, 32768);
	build(world, &p, &out);
	code = cn_passport_parse(cn_buf_slice(&out), &passport, &err);
	if (code == CN_OK)
		code = cn_passport_verify(&passport, &policy, NULL, &err);
	if (code != want)
		fail_msg("%s, not %s; for %s (%s: %s)", cn_code_name(code),
		    cn_code_name(want), words, err.place, err.text);
	if (strcmp(err.place, place) != 0 || strstr(err.text, words) == NULL)
		fail_msg("\"%s\": \"%s\", not \"%s\": \"%s\"", err.place,
		    err.text, place, words);
	if (want != CN_OK) {
		memset(&empty, 0, sizeof(empty));
		assert_memory_equal(&passport, &empty, sizeof(empty));
	}
	cn_buf_free(&out);
}

#define GOOD(...) check(*state, (struct parts){ __VA_ARGS__ }, CN_OK, "", "")
#define BAD(place, words, ...) \
	check(*state, (struct parts){ __VA_ARGS__ }, CN_MALFORMED, place, words)
#define UNSUPPORTED(words, ...) \
	check(*state, (struct parts){ __VA_ARGS__ }, CN_UNSUPPORTED, "", words)

static void
envelopes(void **state)
{
	GOOD(.tag = NULL);
	BAD("", "tag 18", .tag = "84");
	BAD("", "tag 18", .tag = "d184");
	BAD("", "tag 18", .tag = "d83dd284");
	BAD("", "four parts", .tag = "d2d284");
	BAD("", "four parts", .tag = "d283", .body = "4101");
	BAD("", "four parts", .tag = "d285", .tail = "00");
	BAD("byte 269", "behind", .tail = "00");
	BAD("unprotected header", "no map", .unprotected = "80");
	BAD("unprotected header", "kid must not", .unprotected = "a1044101");
	BAD("unprotected header", "not known", .unprotected = "a118214101");
	BAD("unprotected header", "crit", .unprotected = "a1028101");
	BAD("unprotected header", "not known", .unprotected = "a1616101");
	BAD("sd_claims", "no list",
	    .unprotected = "a11181"
			   "4101");
	BAD("sd_claims", "no list", .unprotected = "a11180");
	BAD("payload", "detached", .body = "f65840" DIGEST32 DIGEST32);
	BAD("payload", "no byte string", .body = "605840" DIGEST32 DIGEST32);
	BAD("signature", "no byte string", .body = "41a0f6");
	BAD("signature", "64 bytes", .body = "41a04101");
	BAD("protected header", "no map", .protected_ = "80");
	BAD("protected header: byte 0", "ends", .protected_ = "");
	BAD("protected header: byte 1", "behind", .protected_ = "a000");
	BAD("protected header", "alg is missing", .protected_ = "a0");
}

static void
headers(void **state)
{
	BAD("protected header", "alg is missing", .alg = "");
	BAD("protected header", "content type is missing", .type = "");
	BAD("protected header", "kid is missing", .kid = "");
	BAD("protected header", "claims is missing", .claims = "");
	BAD("protected header", "typ is missing", .typ = "");
	BAD("protected header", "content type", .type = "036161");
	BAD("protected header", "content type", .type = "0300");
	BAD("protected header", "typ", .typ = "106161");
	BAD("protected header", "kid", .kid = "0440");
	BAD("protected header", "kid", .kid = "046161");
	BAD("protected header", "kid",
	    .kid = "0458"
		   "21" DIGEST32 "01");
	BAD("protected header", "33 is not known", .more = "18214101");
	BAD("protected header", "394 is not known", .more = "19018a80");
	BAD("protected header", "sd_claims must not", .more = "1180");
	BAD("protected header", "not known", .more = "616100");
	BAD("protected header", "crit", .crit = "028101");
	BAD("protected header", "sd_alg and", .sd_alg = "18aa2f");
	BAD("protected header", "no integer", .alg = "01f9c880");
	BAD("protected header", "no integer", .alg = "014101");
	UNSUPPORTED("-35", .alg = "013822");
	UNSUPPORTED("-257", .alg = "01390100");
	UNSUPPORTED(" 5 ", .alg = "0105");
	UNSUPPORTED("by text", .alg = "01654553323536");
}

static void
claims(void **state)
{
#define IAT "061a6a2f9d40"
#define SUBJ "02" SUB_ITEM
	BAD("CWT claims", "no map", .claims = "0f80");
	BAD("CWT claims", "not all", .claims = "0fa2" ISS SUBJ);
	BAD("CWT claims", "not all", .claims = "0fa2" ISS IAT);
	BAD("CWT claims", "not all", .claims = "0fa2" SUBJ IAT);
	BAD("CWT claims", "others", .claims = "0fa4" ISS SUBJ "0401" IAT);
	BAD("CWT claims", "others", .claims = "0fa4" ISS SUBJ IAT "616101");
	BAD("CWT claims", "iss",
	    .claims = "0fa3"
		      "0100" SUBJ IAT);
	BAD("CWT claims", "iss",
	    .claims = "0fa3"
		      "01"
		      "68"
		      "68747470733a2f2f" SUBJ IAT);
	BAD("CWT claims", "iss",
	    .claims = "0fa3"
		      "01"
		      "69"
		      "687474703a2f2f6161" SUBJ IAT);
	BAD("CWT claims", "sub", .claims = "0fa3" ISS "0260" IAT);
	BAD("CWT claims", "sub", .claims = "0fa3" ISS "026120" IAT);
	BAD("CWT claims", "sub", .claims = "0fa3" ISS "0263e280ae" IAT);
	BAD("CWT claims", "iat", .claims = "0fa3" ISS SUBJ "0600");
	BAD("CWT claims", "iat", .claims = "0fa3" ISS SUBJ "0620");
	BAD("CWT claims", "iat", .claims = "0fa3" ISS SUBJ "06c101");
	BAD("CWT claims", "iat", .claims = "0fa3" ISS SUBJ "06f93c00");
	BAD("CWT claims", "iat",
	    .claims = "0fa3" ISS SUBJ "061bffffffffffffffff");
	BAD("CWT claims", "iat",
	    .claims = "0fa3" ISS SUBJ "061b0000003afff44180");
	GOOD(.claims = "0fa3" ISS SUBJ "061a6a2f9d41");
}

static void
payloads(void **state)
{
	static const char version[] = "payload, passport_version";

	GOOD(.payload = "a3" ID VERSION "19ffff"
			"01");
	GOOD(.payload = "a3" ID VERSION "6161"
			"01");
	BAD("payload: byte 0", "ends", .payload = "");
	BAD("payload", "no map", .payload = "80");
	BAD("payload: byte 4", "duplicate", .payload = "a201010101");
	BAD("payload, passport_id", "not the subject",
	    .payload = "a2016161" VERSION);
	BAD("payload, passport_id", "not the subject", .payload = "a1" VERSION);
	BAD("payload, passport_id", "no text", .payload = "a20101" VERSION);
	BAD(version, "missing", .payload = "a1" ID);
	BAD(version, "no map", .payload = "a2" ID "0201");
	BAD(version, "missing or 0", .payload = "a2" ID "02a0");
	BAD(version, "missing or 0", .payload = "a2" ID "02a10100");
	BAD(version, "no number", .payload = "a2" ID "02a10120");
	BAD(version, "no number",
	    .payload = "a2" ID "02a1011b0000000100000000");
	BAD(version, "supersedes stands", .payload = "a2" ID "02a10102");
	BAD(version, "supersedes stands",
	    .payload = "a2" ID "02a20101025820" DIGEST32);
	BAD(version, "no digest", .payload = "a2" ID "02a20102024101");
	BAD(version, "no digest", .payload = "a2" ID "02a2010202f6");
	GOOD(.payload = "a2" ID "02a20102025820" DIGEST32);
	GOOD(.payload = "a2" ID "02a40101"
			"0381a0"
			"1863"
			"00"
			"6161"
			"00");
}

/* ---- sections --------------------------------------------------------------------- */

/* A payload that seals the given disclosures, by their digests. */
struct seals {
	char payload[1024];
	char unprotected[1024];
};

static void
seal_hex(const char *const *encoded, size_t count, struct seals *out)
{
	char digests[2][65];
	uint8_t bytes[512], digest[CN_DIGEST];
	size_t i, len;

	assert_true(count >= 1 && count <= 2);
	snprintf(out->unprotected, sizeof(out->unprotected), "a1118%zu%s%s",
	    count, encoded[0], count > 1 ? encoded[1] : "");
	for (i = 0; i < count; i++) {
		len = strlen(encoded[i]) / 2;
		assert_true(cn_unhex(cn_slice_str(encoded[i]), bytes, len));
		assert_int_equal(
		    cn_sha256(cn_slice_of(bytes, len), digest, NULL), CN_OK);
		cn_hex(cn_slice_of(digest, CN_DIGEST), digests[i]);
	}
	snprintf(out->payload, sizeof(out->payload),
	    "a3" ID VERSION "185c8%zu"
	    "d83c5820%s%s%s",
	    count, digests[0], count > 1 ? "d83c5820" : "",
	    count > 1 ? digests[1] : "");
}

#define SALT "50000102030405060708090a0b0c0d0e0f"
#define SALT2 "50100102030405060708090a0b0c0d0e0f"
#define SD "18aa2f"
#define LI                     \
	"581b82" SALT "a20101" \
	"02a111816161"
#define AU                     \
	"581b82" SALT "a20102" \
	"02a1182e6161"

static void
disclosures(void **state)
{
	static const struct {
		const char *hex, *words;
	} bad[] = {
		{ "4100", "no pair" },
		{ "41ff", "CBOR" },
		{ "4180", "no pair" },
		{ "581b82" SALT "a20100"
		  "02a111816161",
		    "{1: tier" },
		{ "581b82" SALT "a20103"
		  "02a111816161",
		    "{1: tier" },
		{ "581b82" SALT "a20101"
		  "03a111816161",
		    "{1: tier" },
		{ "5582" SALT "a10101", "{1: tier" },
		{ "5782" SALT "a20101"
		  "0280",
		    "{1: tier" },
		{ "5782" SALT "a20101"
		  "02a0",
		    "empty" },
		{ "581a83" SALT "a20101"
		  "02a10000"
		  "00",
		    "no pair" },
		{ "581882"
		  "4f0102030405060708090a0b0c0d0e0f"
		  "a20101"
		  "02a10000",
		    "no pair" },
	};
	const char *two[2] = { LI, AU };
	struct seals s, other;
	size_t i;

	seal_hex(two, 2, &s);
	GOOD(.payload = s.payload, .unprotected = s.unprotected, .sd_alg = SD);
	GOOD(.payload = s.payload, .sd_alg = SD);
	BAD("protected header", "sd_alg and", .payload = s.payload);
	UNSUPPORTED("-44", .payload = s.payload, .sd_alg = "18aa382b");
	BAD("protected header", "no integer", .payload = s.payload,
	    .sd_alg = "18aa6161");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		two[0] = bad[i].hex;
		seal_hex(two, 1, &s);
		check(*state,
		    (struct parts){ .payload = s.payload,
			.unprotected = s.unprotected,
			.sd_alg = SD },
		    CN_MALFORMED, i == 1 ? "sd_claims: byte 0" : "sd_claims",
		    bad[i].words);
	}
	/* in the other order, of the same tier, the same twice, one too many,
	 * one that is not sealed */
	two[0] = AU;
	two[1] = LI;
	seal_hex(two, 2, &s);
	GOOD(.payload = s.payload, .unprotected = s.unprotected, .sd_alg = SD);
	two[1] = "581b82" SALT2 "a20102"
		 "02a1182e6161";
	seal_hex(two, 2, &s);
	BAD("sd_claims", "same tier", .payload = s.payload,
	    .unprotected = s.unprotected, .sd_alg = SD);
	two[1] = AU;
	seal_hex(two, 2, &s);
	BAD("payload, sections", "twice", .payload = s.payload, .sd_alg = SD);
	seal_hex(two, 1, &other);
	BAD("sd_claims", "as many", .payload = other.payload,
	    .unprotected = s.unprotected, .sd_alg = SD);
	two[0] = LI;
	seal_hex(two, 1, &s);
	BAD("sd_claims", "matches no digest", .payload = other.payload,
	    .unprotected = s.unprotected, .sd_alg = SD);
	BAD("sd_claims", "as many", .unprotected = s.unprotected);
}

static void
sections(void **state)
{
	static const char place[] = "payload, sections";

	BAD(place, "no list", .sd_alg = SD,
	    .payload = "a3" ID VERSION "185c"
		       "80");
	BAD(place, "no list", .sd_alg = SD,
	    .payload = "a3" ID VERSION "185c"
		       "d83c5820" DIGEST32);
	BAD(place, "tag 60", .sd_alg = SD,
	    .payload = "a3" ID VERSION "185c"
		       "815820" DIGEST32);
	BAD(place, "tag 60", .sd_alg = SD,
	    .payload = "a3" ID VERSION "185c"
		       "81d83c4101");
	BAD(place, "no list", .sd_alg = SD,
	    .payload = "a3" ID VERSION "185c"
		       "83d83c4101d83c4102d83c4103");
}

/* Empty, and beyond the limit. */
static void
sizes(void **state)
{
	static uint8_t large[(1u << 20) + 1];
	struct cn_passport passport;
	struct cn_error err = { 0 };

	(void)state;
	assert_int_equal(
	    cn_passport_parse(CN_SLICE_NONE, &passport, &err), CN_MALFORMED);
	assert_non_null(strstr(err.text, "empty"));
	assert_int_equal(cn_passport_parse(cn_slice_of(large, sizeof(large)),
			     &passport, &err),
	    CN_TOO_LARGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(envelopes),
		cmocka_unit_test(headers),
		cmocka_unit_test(claims),
		cmocka_unit_test(payloads),
		cmocka_unit_test(disclosures),
		cmocka_unit_test(sections),
		cmocka_unit_test(sizes),
	};

	return cmocka_run_group_tests(tests, world_begin, world_end);
}
