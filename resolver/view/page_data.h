/*
 * What a page is filled from: structs that the templates are typed against.
 * Private to page*.c; page_keys.c names every member for the templates.
 */
#ifndef RESOLVER_PAGE_DATA_H
#define RESOLVER_PAGE_DATA_H

#include "template.h"
#include "view.h"

/* A text with what belongs to it: language and link may be empty. */
struct rs_item {
	struct cn_slice text, lang, href;
};

/* One value of the generic part: a text, a list of rows, or a word. */
struct rs_value {
	struct cn_slice text, lang, href;
	bool mono, yes, no, nested;
	bool legitimate_interest, authority; /* with text: a label */
	struct rs_list rows; /* struct rs_row */
};

struct rs_row {
	struct cn_slice label;
	struct cn_slice unknown; /* its key, where the table knows it not */
	struct rs_list values; /* struct rs_value */
};

struct rs_section {
	struct cn_slice title;
	struct rs_list rows;
};

struct rs_recall_item {
	bool concerned, look, not_concerned;
	struct cn_slice tone; /* a class of the style sheet */
	struct cn_slice date, remedy, lang, lots, serials, reference;
};

struct rs_notice_item {
	bool exploited, severe_incident;
	struct cn_slice date, text, lang, href;
};

struct rs_change_item {
	bool added, removed, changed;
	struct cn_slice field, before, after;
};

struct rs_version_item {
	uint64_t version;
	struct cn_slice date;
	bool first;
	struct rs_list changes;
};

struct rs_level_item {
	struct cn_slice url, versions_url, digest;
	uint64_t version;
};

struct rs_choice_item {
	struct cn_slice value, label;
};

struct rs_script_item {
	struct cn_slice href, sri;
};

/* What every page begins with. */
struct rs_head {
	struct cn_slice lang, direction;
	struct cn_slice style_href, style_sri, icon_href;
	struct cn_slice script_href, script_sri;
	struct rs_list scripts; /* struct rs_script_item */
};

/* Marks of a passport's page: what is put in for each request. */
enum { RS_MARK_SERIAL, RS_MARK_LOT, RS_MARK_COUNT };

/* The first screen: what state the product is in. */
struct rs_state {
	struct cn_slice tone;
	bool concerned, look_at_lot, recalled, withdrawn, ceased, supported,
	    ended, unstated; /* exactly one */
	bool grave; /* it is none of the last three */
	bool also_withdrawn;
	struct cn_slice support_from, support_end;
	bool support_over;
	uint64_t years_left, months_over, months_left;
	uint64_t bar_used, bar_left; /* thousandths */
	struct cn_slice bar_tone;
	bool run_known, run_newest;
};

struct rs_facts {
	struct cn_slice update_version, update_date, update_href;
	bool fixes_known, automatic;
	struct rs_list fixes;
	bool ai_inside;
	struct cn_slice ai_status;
	struct rs_list ai_systems;
	struct cn_slice cra_class;
	struct rs_list procedures, bodies;
	bool bodies_known;
	struct cn_slice declaration_href;
	struct rs_list contacts;
	struct cn_slice cvd_href;
};

struct rs_page {
	struct rs_list head; /* one struct rs_head */
	struct cn_slice product, maker, subject, digest, public_url;
	struct cn_slice purpose, purpose_lang;
	struct cn_slice image_href, image_alt;
	uint64_t version, version_total;
	bool serial_known, lot_known, unit_known;
	struct rs_state state;
	bool todo;
	struct rs_list recalls, notices, warnings;
	struct rs_facts facts;
	struct rs_list sections, versions, levels;
	bool versions_more;
	struct rs_list classes, ai_states, procedure_names;
	struct cn_slice history_href, bytes_href, json_href;
};

struct rs_home_page {
	struct rs_list head; /* one struct rs_head */
	uint64_t versions;
	bool none;
	struct rs_list issuers; /* struct rs_item */
};

struct rs_trouble_page {
	struct rs_list head; /* one struct rs_head */
	uint64_t status;
	bool not_found, bad, choose, refused, failed; /* exactly one */
	struct cn_slice reason;
	struct rs_list choices; /* struct rs_item */
};

extern const struct rs_keys rs_head_keys;
extern const struct rs_keys rs_page_keys;
extern const struct rs_keys rs_row_keys;
extern const struct rs_keys rs_value_keys;
extern const struct rs_keys rs_home_keys;
extern const struct rs_keys rs_trouble_keys;

/* ---- filling it ---------------------------------------------------------- */

/* What all builders share. Texts they make live in the arena; a lack of room
 * is latched and everything after it may be left out. */
struct rs_pen {
	struct cn_arena *arena;
	const struct rs_locale *locale;
	const struct rs_view *view;
	bool failed;
};

void *rs_pen_alloc(struct rs_pen *pen, size_t count, size_t size);
struct cn_slice rs_pen_printf(struct rs_pen *pen, const char *fmt, ...)
    CN_PRINTF(2, 3);
/* "2028-05-01", "2028-05", "…Z" in words; as it is where it cannot be read. */
struct cn_slice rs_pen_date(struct rs_pen *pen, struct cn_slice iso);
struct cn_slice rs_pen_month(struct rs_pen *pen, struct cn_slice iso);
struct cn_slice rs_pen_instant(struct rs_pen *pen, cn_instant at);
struct cn_slice rs_pen_hex(struct rs_pen *pen, struct cn_slice bytes);
/* Where a text leads: an address, a mail address, a telephone number; empty
 * where nowhere. */
struct cn_slice rs_pen_link(struct rs_pen *pen, struct cn_slice text);
/* Percent-encoded but for RFC 3986's unreserved characters. */
struct cn_slice rs_pen_encoded(struct rs_pen *pen, struct cn_slice text);
/* The text in the page's language, else in English, else the first; lang is
 * left empty where it is that of the page. */
struct rs_item rs_pen_texts(struct rs_pen *pen, const struct cn_text *texts);

/* An empty list with room for one item for each value of a row. */
size_t rs_count(const struct cn_value *value);

void rs_page_state(struct rs_pen *pen, struct rs_page *page);
void rs_page_todo(struct rs_pen *pen, struct rs_page *page);
void rs_page_facts(struct rs_pen *pen, struct rs_facts *facts);
void rs_page_history(struct rs_pen *pen, struct rs_page *page);
void rs_page_sections(struct rs_pen *pen, struct rs_page *page);

#endif
