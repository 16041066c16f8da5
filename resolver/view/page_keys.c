/*
 * The closed tables of the names that templates may use: each is the path of a
 * member in its struct.
 */
#include "page_data.h"

#define KEY(type, member, kind)                                             \
	{                                                                   \
#member, offsetof(struct type, member), RS_KEY_##kind, NULL \
	}
#define LIST(type, member, items)                                             \
	{                                                                     \
#member, offsetof(struct type, member), RS_KEY_LIST, &(items) \
	}
#define KEYS(type, rows)                                                    \
	{                                                                   \
		rows, sizeof(rows) / sizeof((rows)[0]), sizeof(struct type) \
	}

/* ---- items --------------------------------------------------------------- */

static const struct rs_key item_rows[] = {
	KEY(rs_item, text, TEXT),
	KEY(rs_item, lang, TEXT),
	KEY(rs_item, href, HREF),
};
static const struct rs_keys item_keys = KEYS(rs_item, item_rows);

/* A row holds values, a value holds rows: the templates row and value call each
 * other as deep as the passport is nested. */
static const struct rs_key value_rows[] = {
	KEY(rs_value, text, TEXT),
	KEY(rs_value, lang, TEXT),
	KEY(rs_value, href, HREF),
	KEY(rs_value, mono, BOOL),
	KEY(rs_value, yes, BOOL),
	KEY(rs_value, no, BOOL),
	KEY(rs_value, nested, BOOL),
	KEY(rs_value, legitimate_interest, BOOL),
	KEY(rs_value, authority, BOOL),
	LIST(rs_value, rows, rs_row_keys),
};
const struct rs_keys rs_value_keys = KEYS(rs_value, value_rows);

static const struct rs_key row_rows[] = {
	KEY(rs_row, label, TEXT),
	KEY(rs_row, unknown, TEXT),
	LIST(rs_row, values, rs_value_keys),
};
const struct rs_keys rs_row_keys = KEYS(rs_row, row_rows);

static const struct rs_key section_rows[] = {
	KEY(rs_section, title, TEXT),
	LIST(rs_section, rows, rs_row_keys),
};
static const struct rs_keys section_keys = KEYS(rs_section, section_rows);

static const struct rs_key recall_rows[] = {
	KEY(rs_recall_item, concerned, BOOL),
	KEY(rs_recall_item, look, BOOL),
	KEY(rs_recall_item, not_concerned, BOOL),
	KEY(rs_recall_item, tone, TEXT),
	KEY(rs_recall_item, date, TEXT),
	KEY(rs_recall_item, remedy, TEXT),
	KEY(rs_recall_item, lang, TEXT),
	KEY(rs_recall_item, lots, TEXT),
	KEY(rs_recall_item, serials, TEXT),
	KEY(rs_recall_item, reference, TEXT),
};
static const struct rs_keys recall_keys = KEYS(rs_recall_item, recall_rows);

static const struct rs_key notice_rows[] = {
	KEY(rs_notice_item, exploited, BOOL),
	KEY(rs_notice_item, severe_incident, BOOL),
	KEY(rs_notice_item, date, TEXT),
	KEY(rs_notice_item, text, TEXT),
	KEY(rs_notice_item, lang, TEXT),
	KEY(rs_notice_item, href, HREF),
};
static const struct rs_keys notice_keys = KEYS(rs_notice_item, notice_rows);

static const struct rs_key change_rows[] = {
	KEY(rs_change_item, added, BOOL),
	KEY(rs_change_item, removed, BOOL),
	KEY(rs_change_item, changed, BOOL),
	KEY(rs_change_item, field, TEXT),
	KEY(rs_change_item, before, TEXT),
	KEY(rs_change_item, after, TEXT),
};
static const struct rs_keys change_keys = KEYS(rs_change_item, change_rows);

static const struct rs_key version_rows[] = {
	KEY(rs_version_item, version, UINT),
	KEY(rs_version_item, date, TEXT),
	KEY(rs_version_item, first, BOOL),
	LIST(rs_version_item, changes, change_keys),
};
static const struct rs_keys version_keys = KEYS(rs_version_item, version_rows);

static const struct rs_key level_rows[] = {
	KEY(rs_level_item, url, TEXT),
	KEY(rs_level_item, versions_url, TEXT),
	KEY(rs_level_item, digest, TEXT),
	KEY(rs_level_item, version, UINT),
};
static const struct rs_keys level_keys = KEYS(rs_level_item, level_rows);

static const struct rs_key choice_rows[] = {
	KEY(rs_choice_item, value, TEXT),
	KEY(rs_choice_item, label, TEXT),
};
static const struct rs_keys choice_keys = KEYS(rs_choice_item, choice_rows);

static const struct rs_key script_rows[] = {
	KEY(rs_script_item, href, HREF),
	KEY(rs_script_item, sri, TEXT),
};
static const struct rs_keys script_keys = KEYS(rs_script_item, script_rows);

/* ---- pages ---------------------------------------------------------------- */

static const struct rs_key head_rows[] = {
	KEY(rs_head, lang, TEXT),
	KEY(rs_head, direction, TEXT),
	KEY(rs_head, style_href, HREF),
	KEY(rs_head, style_sri, TEXT),
	KEY(rs_head, icon_href, HREF),
	KEY(rs_head, script_href, HREF),
	KEY(rs_head, script_sri, TEXT),
	LIST(rs_head, scripts, script_keys),
};
const struct rs_keys rs_head_keys = KEYS(rs_head, head_rows);

static const struct rs_key page_rows[] = {
	LIST(rs_page, head, rs_head_keys),
	{ "serial", RS_MARK_SERIAL, RS_KEY_MARK, NULL },
	{ "lot", RS_MARK_LOT, RS_KEY_MARK, NULL },
	KEY(rs_page, product, TEXT),
	KEY(rs_page, maker, TEXT),
	KEY(rs_page, subject, TEXT),
	KEY(rs_page, digest, TEXT),
	KEY(rs_page, public_url, TEXT),
	KEY(rs_page, purpose, TEXT),
	KEY(rs_page, purpose_lang, TEXT),
	KEY(rs_page, image_href, HREF),
	KEY(rs_page, image_alt, TEXT),
	KEY(rs_page, version, UINT),
	KEY(rs_page, version_total, UINT),
	KEY(rs_page, serial_known, BOOL),
	KEY(rs_page, lot_known, BOOL),
	KEY(rs_page, unit_known, BOOL),
	KEY(rs_page, state.tone, TEXT),
	KEY(rs_page, state.concerned, BOOL),
	KEY(rs_page, state.look_at_lot, BOOL),
	KEY(rs_page, state.recalled, BOOL),
	KEY(rs_page, state.withdrawn, BOOL),
	KEY(rs_page, state.ceased, BOOL),
	KEY(rs_page, state.supported, BOOL),
	KEY(rs_page, state.ended, BOOL),
	KEY(rs_page, state.unstated, BOOL),
	KEY(rs_page, state.grave, BOOL),
	KEY(rs_page, state.also_withdrawn, BOOL),
	KEY(rs_page, state.support_from, TEXT),
	KEY(rs_page, state.support_end, TEXT),
	KEY(rs_page, state.support_over, BOOL),
	KEY(rs_page, state.years_left, UINT),
	KEY(rs_page, state.months_over, UINT),
	KEY(rs_page, state.months_left, UINT),
	KEY(rs_page, state.bar_used, UINT),
	KEY(rs_page, state.bar_left, UINT),
	KEY(rs_page, state.bar_tone, TEXT),
	KEY(rs_page, state.run_known, BOOL),
	KEY(rs_page, state.run_newest, BOOL),
	KEY(rs_page, todo, BOOL),
	LIST(rs_page, recalls, recall_keys),
	LIST(rs_page, notices, notice_keys),
	LIST(rs_page, warnings, item_keys),
	KEY(rs_page, facts.update_version, TEXT),
	KEY(rs_page, facts.update_date, TEXT),
	KEY(rs_page, facts.update_href, HREF),
	KEY(rs_page, facts.fixes_known, BOOL),
	LIST(rs_page, facts.fixes, item_keys),
	KEY(rs_page, facts.automatic, BOOL),
	KEY(rs_page, facts.ai_inside, BOOL),
	KEY(rs_page, facts.ai_status, TEXT),
	LIST(rs_page, facts.ai_systems, item_keys),
	KEY(rs_page, facts.cra_class, TEXT),
	LIST(rs_page, facts.procedures, item_keys),
	LIST(rs_page, facts.bodies, item_keys),
	KEY(rs_page, facts.bodies_known, BOOL),
	KEY(rs_page, facts.declaration_href, HREF),
	LIST(rs_page, facts.contacts, item_keys),
	KEY(rs_page, facts.cvd_href, HREF),
	LIST(rs_page, sections, section_keys),
	LIST(rs_page, versions, version_keys),
	LIST(rs_page, levels, level_keys),
	KEY(rs_page, versions_more, BOOL),
	LIST(rs_page, classes, choice_keys),
	LIST(rs_page, ai_states, choice_keys),
	LIST(rs_page, procedure_names, choice_keys),
	KEY(rs_page, history_href, HREF),
	KEY(rs_page, bytes_href, HREF),
	KEY(rs_page, json_href, HREF),
};
const struct rs_keys rs_page_keys = KEYS(rs_page, page_rows);

static const struct rs_key home_rows[] = {
	LIST(rs_home_page, head, rs_head_keys),
	KEY(rs_home_page, versions, UINT),
	KEY(rs_home_page, none, BOOL),
	LIST(rs_home_page, issuers, item_keys),
};
const struct rs_keys rs_home_keys = KEYS(rs_home_page, home_rows);

static const struct rs_key trouble_rows[] = {
	LIST(rs_trouble_page, head, rs_head_keys),
	KEY(rs_trouble_page, status, UINT),
	KEY(rs_trouble_page, not_found, BOOL),
	KEY(rs_trouble_page, bad, BOOL),
	KEY(rs_trouble_page, choose, BOOL),
	KEY(rs_trouble_page, refused, BOOL),
	KEY(rs_trouble_page, failed, BOOL),
	KEY(rs_trouble_page, reason, TEXT),
	LIST(rs_trouble_page, choices, item_keys),
};
const struct rs_keys rs_trouble_keys = KEYS(rs_trouble_page, trouble_rows);
