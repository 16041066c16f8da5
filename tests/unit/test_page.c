/* resolver/view/page*.c, assets.c: the pages that people see. */
#include "key_samples.h"
#include "page_sample.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define PAGE_MAX (8u << 20)

static int
open_pages(void **state)
{
	struct rs_pages *pages;
	struct cn_error err = { .code = CN_OK };

	if (rs_pages_open(&pages, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	*state = pages;
	return 0;
}

static int
close_pages(void **state)
{
	rs_pages_free(*state);
	return 0;
}

/* The page of the sample, into an initialised buffer. */
static void
render(
    const struct rs_pages *pages, const struct sample *s, struct cn_buf *html)
{
	struct cn_error err = { .code = CN_OK };

	cn_buf_reset(html);
	if (rs_view_html(pages, &s->view, html, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
}

/* ---- what it says ------------------------------------------------------------- */

static void
first_screen(void **state)
{
	static const char *const texts[] = { "<html lang=\"en\" dir=\"ltr\">",
		"<h1>Lamp One</h1>", "by Maker &amp; Daughters",
		"<h2 id=\"state-title\">Security updates until June 2034</h2>",
		"6 years left.", "May 2028", "newest units", "Version 1.2",
		"20 May 2028", "<li>CVE-2028-1</li>", "No AI inside",
		"<li>CRA: B+C</li>", "<li>House (0123)</li>",
		"href=\"https://maker.example/doc\"",
		"href=\"mailto:sec@maker.example\"", "href=\"tel:+3225550199\"",
		"href=\"https://maker.example/cvd\"",
		"<span class=\"strong\">javascript:alert(1)</span>",
		"Not checked", "was Lamp Zero, now Lamp One",
		"The first version",
		"href=\"/v1/dpps/"
		"https%3A%2F%2Fid.gs1.org%2F01%2F09506000134352/"
		"versions/a7a7",
		"data-public-url=\"https://id.maker.example\"",
		"data-url=\"/dpp/01/09506000134352\"", "It lights.",
		"<span lang=\"de\">Nur deutsch.</span>" };
	struct sample s;
	struct cn_buf html;

	sample_open(&s, sample_product);
	cn_buf_init(&html, PAGE_MAX);
	render(*state, &s, &html);
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_contains(&html, texts[i]);
	assert_lacks(&html, "Sie leuchtet");
	assert_lacks(&html, "Version 1.1");
	assert_lacks(&html, "What to do now");
	cn_buf_free(&html);
	sample_close(&s);
}

/* What a reader may not see is in no part of the page. */
static void
sealed_fields_stay_away(void **state)
{
	struct sample s;
	struct cn_buf html;

	sample_open(&s, sample_product);
	cn_buf_init(&html, PAGE_MAX);
	render(*state, &s, &html);
	assert_lacks(&html, "SEALED");
	s.view.tiers |= CN_TIER_BIT(CN_LEGITIMATE_INTEREST);
	render(*state, &s, &html);
	assert_contains(&html, "SEALED-1");
	assert_lacks(&html, "SEALED-2");
	s.view.tiers = CN_TIERS_ALL;
	render(*state, &s, &html);
	assert_contains(&html, "SEALED-2");
	cn_buf_free(&html);
	sample_close(&s);
}

/* ---- states --------------------------------------------------------------------- */

static struct cn_record *
add_recall(struct sample *s, const char *lot, const char *from, const char *to)
{
	struct cn_record *recall = cn_add_record(
	    s->arena, s->record, CN_F_RECALLS);
	struct cn_record *range;

	assert_non_null(recall);
	assert_true(cn_add_text(
	    s->arena, recall, CN_RECALL_DATE, CN_SLICE("2028-05-18")));
	if (lot != NULL)
		assert_true(cn_add_text(
		    s->arena, recall, CN_RECALL_LOTS, cn_slice_str(lot)));
	if (from != NULL) {
		range = cn_add_record(s->arena, recall, CN_RECALL_SERIALS);
		assert_non_null(range);
		assert_true(cn_add_text(
		    s->arena, range, CN_SERIAL_RANGE_FROM, cn_slice_str(from)));
		assert_true(cn_add_text(
		    s->arena, range, CN_SERIAL_RANGE_TO, cn_slice_str(to)));
	}
	return recall;
}

struct state_case {
	unsigned status;
	const char *recall_lot, *from, *to; /* all NULL: no recall */
	bool recall;
	const char *lot, *serial;
	cn_instant now;
	const char *tone, *title, *also;
};

static void
states(void **state)
{
	static const struct state_case cases[] = {
		{ CN_PASSPORT_STATUS_ACTIVE, NULL, NULL, NULL, false, NULL,
		    NULL, JUNE_2028, "good", "Security updates until June 2034",
		    NULL },
		{ CN_PASSPORT_STATUS_ACTIVE, NULL, NULL, NULL, false, "L7",
		    NULL, JUNE_2028, "good",
		    "Security updates until December 2033",
		    "for units of your lot" },
		/* 2034-05-31: one month; 2034-06-30: the last day */
		{ CN_PASSPORT_STATUS_ACTIVE, NULL, NULL, NULL, false, NULL,
		    NULL, 2032646400, "warn",
		    "Security updates until June 2034", "1 month left." },
		{ CN_PASSPORT_STATUS_ACTIVE, NULL, NULL, NULL, false, NULL,
		    NULL, 2035324799, "warn",
		    "Security updates until June 2034", "end this month" },
		{ CN_PASSPORT_STATUS_ACTIVE, NULL, NULL, NULL, false, NULL,
		    NULL, 2035324800, "warn",
		    "Security updates ended in June 2034", "off the network" },
		{ CN_PASSPORT_STATUS_OUT_OF_SUPPORT, NULL, NULL, NULL, false,
		    NULL, NULL, JUNE_2028, "warn", "Security updates ended",
		    NULL },
		{ CN_PASSPORT_STATUS_WITHDRAWN, NULL, NULL, NULL, false, NULL,
		    NULL, JUNE_2028, "warn", "Withdrawn from the market",
		    "Security updates until June 2034" },
		{ CN_PASSPORT_STATUS_OPERATOR_CEASED, NULL, NULL, NULL, false,
		    NULL, NULL, JUNE_2028, "warn",
		    "Its maker has ceased to operate", NULL },
		{ CN_PASSPORT_STATUS_RECALLED, NULL, NULL, NULL, false, NULL,
		    NULL, JUNE_2028, "bad", "Recalled by its maker", NULL },
		{ CN_PASSPORT_STATUS_RECALLED, "L7", "SN-40", "SN-60", true,
		    "L7", NULL, JUNE_2028, "bad",
		    "Recalled: your unit is concerned", "Lots concerned: L7" },
		{ CN_PASSPORT_STATUS_ACTIVE, "L7", "SN-40", "SN-60", true, NULL,
		    "SN-42", JUNE_2028, "bad",
		    "Recalled: your unit is concerned",
		    "Serial numbers concerned: SN-40 – SN-60" },
		{ CN_PASSPORT_STATUS_RECALLED, "L7", "SN-40", "SN-60", true,
		    "L8", "SN-99", JUNE_2028, "good",
		    "Security updates until June 2034",
		    "your unit is not concerned" },
		{ CN_PASSPORT_STATUS_ACTIVE, "L7", NULL, NULL, true, NULL,
		    "SN-9000", JUNE_2028, "warn",
		    "Recalled: look at the lot number on your product",
		    "compare the lot number" },
		{ CN_PASSPORT_STATUS_ACTIVE, NULL, NULL, NULL, true, NULL, NULL,
		    JUNE_2028, "bad", "Recalled: your unit is concerned",
		    NULL },
		{ CN_PASSPORT_STATUS_WITHDRAWN, NULL, NULL, NULL, true, NULL,
		    NULL, JUNE_2028, "bad", "Recalled: your unit is concerned",
		    "<p>Withdrawn from the market</p>" },
	};
	struct cn_buf html;

	cn_buf_init(&html, PAGE_MAX);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct state_case *c = &cases[i];
		struct sample s;
		char text[200];

		sample_open(&s, sample_product);
		cn_clear(s.record, CN_F_PASSPORT_STATUS);
		assert_true(cn_add_number(
		    s.arena, s.record, CN_F_PASSPORT_STATUS, c->status));
		if (c->recall)
			add_recall(&s, c->recall_lot, c->from, c->to);
		s.view.lot = cn_slice_str(c->lot);
		s.view.serial = cn_slice_str(c->serial);
		s.view.now = c->now;
		render(*state, &s, &html);
		(void)snprintf(text, sizeof(text), "\"state %s\"", c->tone);
		assert_contains(&html, text);
		(void)snprintf(
		    text, sizeof(text), "<h2 id=\"state-title\">%s", c->title);
		assert_contains(&html, text);
		if (c->also != NULL)
			assert_contains(&html, c->also);
		sample_close(&s);
	}
	cn_buf_free(&html);
}

/* ---- units ------------------------------------------------------------------------ */

static void
one_page_for_many_units(void **state)
{
	struct rs_prepared prepared;
	struct sample s;
	struct cn_buf direct, filled;

	sample_open(&s, sample_product);
	cn_buf_init(&direct, PAGE_MAX);
	cn_buf_init(&filled, PAGE_MAX);
	s.view.serial = CN_SLICE("SN-1");
	assert_int_equal(
	    rs_page_prepare(*state, &s.view, &prepared, NULL), CN_OK);
	assert_false(rs_page_serial_matters(&s.view));
	s.view.serial = CN_SLICE("SN<2>&");
	rs_page_fill(&prepared, &s.view, &filled);
	render(*state, &s, &direct);
	assert_true(cn_slice_eq(cn_buf_slice(&direct), cn_buf_slice(&filled)));
	assert_contains(&filled, "Serial number SN&lt;2&gt;&amp;");
	assert_contains(&filled, "data-item=\"1\"");
	add_recall(&s, NULL, "SN-1", "SN-3");
	assert_true(rs_page_serial_matters(&s.view));
	rs_prepared_free(&prepared);
	cn_buf_free(&direct);
	cn_buf_free(&filled);
	sample_close(&s);
}

/* ---- hostile texts ------------------------------------------------------------------ */

#define HOSTILE "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

static void fill_record(
    struct sample *s, struct cn_record *record, unsigned depth);

static void
fill_row(
    struct sample *s, struct cn_record *record, unsigned row, unsigned depth)
{
	const struct cn_field *field = &record->table->rows[row];
	struct cn_value *value;
	struct cn_text *text;

	if (field->kind == CN_KIND_RECORD) {
		fill_record(s, cn_add_record(s->arena, record, row), depth + 1);
		return;
	}
	if (field->kind == CN_KIND_TIERS)
		return;
	value = cn_add(s->arena, record, row);
	assert_non_null(value);
	switch (field->kind) {
	case CN_KIND_BOOL:
	case CN_KIND_UINT:
	case CN_KIND_ENUM:
		value->as.number = 0;
		break;
	case CN_KIND_TEXTS:
		text = cn_arena_alloc(s->arena, 1, sizeof(*text));
		assert_non_null(text);
		text->lang = CN_SLICE("x\"><b>");
		text->text = CN_SLICE(HOSTILE);
		value->as.texts = text;
		break;
	case CN_KIND_URI:
		value->as.text = CN_SLICE("javascript:alert(document.domain)");
		break;
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		value->as.text = cn_slice_of(s->passport.digest, CN_DIGEST);
		break;
	default:
		value->as.text = CN_SLICE(HOSTILE);
	}
}

static void
fill_record(struct sample *s, struct cn_record *record, unsigned depth)
{
	assert_non_null(record);
	for (unsigned i = 0; i < record->table->count && depth < 8; i++)
		if (record->slots[i] == NULL)
			fill_row(s, record, i, depth);
}

/* Every field of the table holds what would run if it got out. */
static void
nothing_runs(void **state)
{
	struct sample s;
	struct cn_buf html;

	sample_open(&s, "{\"issuer\":\"https://maker.example\"}");
	fill_record(&s, s.record, 0);
	s.view.serial = CN_SLICE(HOSTILE);
	s.view.lot = CN_SLICE(HOSTILE);
	s.view.tiers = CN_TIERS_ALL;
	cn_buf_init(&html, PAGE_MAX);
	render(*state, &s, &html);
	assert_lacks(&html, "<script>");
	assert_lacks(&html, "<img");
	assert_lacks(&html, "<b>\"");
	assert_lacks(&html, "\"javascript:");
	assert_lacks(&html, "lang=\"x\"");
	assert_contains(
	    &html, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;");
	/* Nor does anything stand where the policy of the page forbids it. */
	assert_lacks(&html, " style=");
	assert_lacks(&html, "<style");
	assert_lacks(&html, " onload=");
	cn_buf_free(&html);
	sample_close(&s);
}

/* A new row of the field table is on the page without a line of code. */
static void
every_public_field_appears(void **state)
{
	struct sample s;
	struct cn_buf html;
	size_t rows = 0, public = 0;

	sample_open(&s, "{\"issuer\":\"https://maker.example\"}");
	fill_record(&s, s.record, 0);
	cn_buf_init(&html, PAGE_MAX);
	render(*state, &s, &html);
	for (size_t i = 0; i < cn_table_passport.count; i++)
	public += cn_table_passport.rows[i].tier == CN_PUBLIC &&
		  cn_table_passport.rows[i].kind != CN_KIND_TIERS;
	for (size_t i = 0; i + 20 < html.len; i++)
		rows += cn_slice_starts(
		    cn_slice_sub(cn_buf_slice(&html), i, 20),
		    "\n<div class=\"row\">");
	/* Those of records stand within. */
	assert_true(public > 50 && rows > public);
	cn_buf_free(&html);
	sample_close(&s);
}

/* ---- form ---------------------------------------------------------------------------- */

static bool
is_void(struct cn_slice name)
{
	static const char *const names[] = { "meta", "link", "br", "img",
		"rect", "!doctype" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (cn_slice_is(name, names[i]))
			return true;
	return false;
}

/* Every element that opens closes, in order. */
static void
expect_balanced(const struct cn_buf *html)
{
	struct cn_slice open[64], all = cn_buf_slice(html);
	size_t depth = 0;

	for (size_t i = 0; i < all.len; i++) {
		struct cn_slice name = cn_slice_sub(all, i + 1, SIZE_MAX);
		bool closes = cn_slice_starts(name, "/");
		if (all.ptr[i] != '<')
			continue;
		name = cn_slice_sub(name, closes, SIZE_MAX);
		name.len = strcspn((const char *)name.ptr, " \n>");
		if (is_void(name))
			continue;
		if (closes) {
			assert_true(depth > 0);
			depth--;
			if (!cn_slice_eq(open[depth], name))
				fail_msg("<%.*s> closed by </%.*s>",
				    CN_FMT(open[depth]), CN_FMT(name));
		} else {
			assert_true(depth < COUNT(open));
			open[depth++] = name;
		}
	}
	assert_int_equal(depth, 0);
}

static void
elements_close(void **state)
{
	struct sample s;
	struct cn_buf html;

	cn_buf_init(&html, PAGE_MAX);
	sample_open(&s, sample_product);
	add_recall(&s, "L7", "SN-40", "SN-60");
	s.view.serial = CN_SLICE("SN-41");
	render(*state, &s, &html);
	cn_buf_byte(&html, '\0');
	html.len--;
	expect_balanced(&html);
	sample_close(&s);
	sample_open(&s, "{\"issuer\":\"https://maker.example\"}");
	fill_record(&s, s.record, 0);
	render(*state, &s, &html);
	cn_buf_byte(&html, '\0');
	html.len--;
	expect_balanced(&html);
	sample_close(&s);
	cn_buf_free(&html);
}

/* A page that does not fit leaves nothing behind. */
static void
failures_leave_nothing(void **state)
{
	struct sample s;
	struct cn_buf html;
	struct cn_error err;

	cn_error_clear(&err);
	sample_open(&s, sample_product);
	cn_buf_init(&html, 1000);
	assert_int_equal(
	    rs_view_html(*state, &s.view, &html, &err), CN_TOO_LARGE);
	cn_buf_free(&html);
	sample_close(&s);
}

/* ---- assets ------------------------------------------------------------------------------ */

/* What the page asks for is served, under a name that changes with the
 * bytes; the integrity that it demands is that of the bytes. */
static void
expect_asset(const struct rs_pages *pages, struct cn_slice tag)
{
	struct cn_slice name = CN_SLICE_NONE, sri = CN_SLICE_NONE;
	const struct rs_asset *asset;
	uint8_t digest[CN_DIGEST];
	char hex[2 * CN_DIGEST + 1];

	for (size_t i = 0; i < tag.len; i++) {
		struct cn_slice at = cn_slice_sub(tag, i, SIZE_MAX);
		if (cn_slice_starts(at, "/assets/"))
			name = cn_slice_sub(at, strlen("/assets/"), SIZE_MAX);
		if (cn_slice_starts(at, "sha256-"))
			sri = at;
	}
	name.len = cn_slice_find(name, '"');
	sri.len = cn_slice_find(sri, '"');
	asset = rs_pages_asset(pages, name);
	assert_non_null(asset);
	assert_int_equal(cn_sha256(asset->bytes, digest, NULL), CN_OK);
	cn_hex(cn_slice_of(digest, sizeof(digest)), hex);
	hex[16] = '\0';
	assert_non_null(strstr(asset->name, hex));
	/* 32 bytes in base64 */
	assert_int_equal(sri.len, strlen("sha256-") + 44);
}

static void
assets(void **state)
{
	struct sample s;
	struct cn_buf html;
	size_t found = 0;
	struct cn_slice all;

	sample_open(&s, sample_product);
	cn_buf_init(&html, PAGE_MAX);
	render(*state, &s, &html);
	all = cn_buf_slice(&html);
	for (size_t i = 0; i < all.len; i++) {
		struct cn_slice tag = cn_slice_sub(all, i, SIZE_MAX);
		tag.len = cn_slice_find(tag, '>');
		if (!cn_slice_starts(tag, "<script ") &&
		    !cn_slice_starts(tag, "<link rel=\"stylesheet\"") &&
		    !cn_slice_starts(tag, "<link rel=\"modulepreload\""))
			continue;
		expect_asset(*state, tag);
		found++;
	}
	assert_int_equal(found, 4);
	assert_null(rs_pages_asset(*state, CN_SLICE("style.css")));
	assert_null(rs_pages_asset(*state, CN_SLICE("../locale/en.json")));
	cn_buf_free(&html);
	sample_close(&s);
}

/* ---- the other pages ------------------------------------------------------------------------ */

static void
troubles(void **state)
{
	static const struct {
		unsigned status;
		const char *text;
	} cases[] = {
		{ 300, "Several answers fit" },
		{ 400, "This address cannot be read" },
		{ 404, "Nothing is known about this identifier" },
		{ 406, "This cannot be given" },
		{ 503, "Something failed on our side" },
	};
	const struct rs_choice choices[] = {
		{ CN_SLICE("https://maker.example/en"), CN_SLICE("Manual"),
		    CN_SLICE("text/html"), CN_SLICE("en") },
		{ CN_SLICE("javascript:alert(1)"), CN_SLICE("<b>"),
		    CN_SLICE("text/html"), CN_SLICE("de") },
	};
	struct cn_buf html;

	cn_buf_init(&html, PAGE_MAX);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rs_trouble trouble = { .status = cases[i].status,
			.reason = CN_SLICE("no such <thing>"),
			.lang = CN_SLICE("en"),
			.choices = choices,
			.choice_count = 2 };
		cn_buf_reset(&html);
		assert_int_equal(
		    rs_view_trouble(*state, &trouble, &html, NULL), CN_OK);
		assert_contains(&html, cases[i].text);
		assert_contains(&html, "no such &lt;thing&gt;");
		assert_lacks(&html, "javascript:");
		if (cases[i].status == 300)
			assert_contains(
			    &html, "<a href=\"https://maker.example/en\"");
		cn_buf_byte(&html, '\0');
		html.len--;
		expect_balanced(&html);
	}
	cn_buf_free(&html);
}

static struct cn_trust *
one_issuer(void)
{
	struct cn_trust *trust;
	struct cn_error err = { .code = CN_OK };
	struct cn_buf json;
	struct cn_jw w;

	cn_buf_init(&json, 4096);
	cn_buf_str(&json, "{\"issuers\":[{\"iss\":\"https://maker.example\","
			  "\"name\":\"Maker & Co\",\"subjects\":["
			  "\"https://id.gs1.org/01/0950\"],\"keys\":[{\"use\":["
			  "\"passport\"],\"from\":\"2026-01-01\",\"until\":"
			  "\"2029-01-01\",\"pem\":");
	cn_jw_init(&w, &json, false);
	cn_jw_str(&w, SAMPLE_PUBLIC);
	cn_buf_str(&json, "}]}]}");
	if (cn_trust_parse(cn_buf_slice(&json), NULL, &trust, &err) != CN_OK)
		fail_msg("%s: %s", err.place, err.text);
	cn_buf_free(&json);
	return trust;
}

static void
home(void **state)
{
	struct rs_home what = { .lang = CN_SLICE("xx"),
		.versions = 1,
		.public_url = CN_SLICE("https://id.maker.example") };
	struct cn_trust *trust;
	struct cn_buf html;

	trust = one_issuer();
	cn_buf_init(&html, PAGE_MAX);
	what.trust = trust;
	assert_int_equal(rs_view_home(*state, &what, &html, NULL), CN_OK);
	assert_contains(&html, "Maker &amp; Co");
	assert_contains(&html, "href=\"https://maker.example\"");
	assert_contains(&html, "1 signed version of a passport");
	assert_contains(&html, "A label can be photocopied");
	cn_buf_byte(&html, '\0');
	html.len--;
	expect_balanced(&html);
	cn_buf_reset(&html);
	what.trust = NULL;
	what.versions = 7;
	assert_int_equal(rs_view_home(*state, &what, &html, NULL), CN_OK);
	assert_contains(&html, "7 signed versions of passports");
	assert_contains(&html, "No maker is accepted here yet");
	cn_buf_free(&html);
	cn_trust_free(trust);
}

static void
language(void **state)
{
	const struct cn_slice wanted[] = { CN_SLICE("undefined"), CN_SLICE("*"),
		CN_SLICE("en-GB") };

	assert_true(cn_slice_is(rs_pages_language(*state, wanted, 3), "en"));
	assert_true(cn_slice_is(rs_pages_language(*state, NULL, 0), "en"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_screen),
		cmocka_unit_test(sealed_fields_stay_away),
		cmocka_unit_test(states),
		cmocka_unit_test(one_page_for_many_units),
		cmocka_unit_test(nothing_runs),
		cmocka_unit_test(every_public_field_appears),
		cmocka_unit_test(elements_close),
		cmocka_unit_test(failures_leave_nothing),
		cmocka_unit_test(assets),
		cmocka_unit_test(troubles),
		cmocka_unit_test(home),
		cmocka_unit_test(language),
	};

	return cmocka_run_group_tests(tests, open_pages, close_pages);
}
