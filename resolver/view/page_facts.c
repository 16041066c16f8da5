/*
 * At a glance: the last update, artificial intelligence, conformity, whom to
 * tell about a flaw; and the versions of the passport.
 */
#include "page_data.h"

#include <string.h>

static struct rs_list
text_items(struct rs_pen *pen, const struct cn_value *v)
{
	struct rs_item *items = rs_pen_alloc(pen, rs_count(v), sizeof(*items));
	size_t n = 0;

	for (; v != NULL && items != NULL; v = v->next) {
		items[n].text = v->as.text;
		items[n++].href = rs_pen_link(pen, v->as.text);
	}
	return (struct rs_list){ items, n };
}

/* Two members of every record of a row as one text. */
struct pair {
	unsigned row, first, second;
	const char *between, *behind;
};

static struct rs_list
pair_items(struct rs_pen *pen, const struct pair *pair)
{
	const struct cn_value *v = cn_get(pen->view->merged, pair->row);
	struct rs_item *items = rs_pen_alloc(pen, rs_count(v), sizeof(*items));
	size_t n = 0;

	for (; v != NULL && items != NULL; v = v->next) {
		struct cn_slice a = cn_get_text(v->as.record, pair->first);
		struct cn_slice b = cn_get_text(v->as.record, pair->second);
		items[n++].text = b.len == 0
				      ? a
				      : rs_pen_printf(pen, "%.*s%s%.*s%s",
					    CN_FMT(a), pair->between, CN_FMT(b),
					    pair->behind);
	}
	return (struct rs_list){ items, n };
}

/* The update that was issued last; of two on one day, the later row. */
static const struct cn_record *
last_update(const struct cn_record *merged)
{
	const struct cn_value *v = cn_get(merged, CN_F_SECURITY_UPDATES);
	const struct cn_record *last = NULL;

	for (; v != NULL; v = v->next)
		if (last == NULL ||
		    cn_slice_cmp(
			cn_get_text(v->as.record, CN_SECURITY_UPDATE_ISSUED),
			cn_get_text(last, CN_SECURITY_UPDATE_ISSUED)) >= 0)
			last = v->as.record;
	return last;
}

static void
tell_update(struct rs_pen *pen, struct rs_facts *facts)
{
	const struct cn_record *update = last_update(pen->view->merged);
	const struct cn_record *mechanism = cn_get_record(
	    pen->view->merged, CN_F_UPDATE_MECHANISM);

	facts->automatic = cn_get_number(mechanism,
			       CN_UPDATE_MECHANISM_AUTOMATIC_DEFAULT, 0) != 0;
	if (update == NULL)
		return;
	facts->update_version = cn_get_text(update, CN_SECURITY_UPDATE_VERSION);
	facts->update_date = rs_pen_date(
	    pen, cn_get_text(update, CN_SECURITY_UPDATE_ISSUED));
	facts->update_href = cn_get_text(
	    update, CN_SECURITY_UPDATE_ADVISORY_URL);
	facts->fixes = text_items(
	    pen, cn_get(update, CN_SECURITY_UPDATE_FIXES));
	facts->fixes_known = facts->fixes.count > 0;
}

static void
tell_ai(struct rs_pen *pen, struct rs_facts *facts)
{
	const struct cn_record *ai = cn_get_record(
	    pen->view->merged, CN_F_AI_CLASSIFICATION);
	uint64_t status = cn_get_number(
	    ai, CN_AI_CLASSIFICATION_STATUS, CN_AI_STATUS_NOT_AI_SYSTEM);

	facts->ai_systems = pair_items(
	    pen, &(struct pair){ CN_F_AI_SYSTEMS, CN_AI_SYSTEM_NAME,
		     CN_AI_SYSTEM_VERSION, ", ", "" });
	facts->ai_inside = status != CN_AI_STATUS_NOT_AI_SYSTEM ||
			   facts->ai_systems.count > 0;
	if (status != CN_AI_STATUS_NOT_AI_SYSTEM)
		facts->ai_status = rs_locale_choice(
		    pen->locale, &cn_choices_ai_status, status);
}

static void
tell_conformity(struct rs_pen *pen, struct rs_facts *facts)
{
	const struct cn_record *merged = pen->view->merged;
	const struct cn_value *class = cn_get(
	    cn_get_record(merged, CN_F_CRA_CLASS), CN_CRA_CLASSIFICATION_CLASS);

	if (class != NULL)
		facts->cra_class = rs_locale_choice(
		    pen->locale, &cn_choices_cra_class, class->as.number);
	facts->procedures = pair_items(
	    pen, &(struct pair){ CN_F_CONFORMITY_PROCEDURES, CN_PROCEDURE_ACT,
		     CN_PROCEDURE_PROCEDURE, ": ", "" });
	facts->bodies = pair_items(
	    pen, &(struct pair){ CN_F_NOTIFIED_BODIES, CN_NOTIFIED_BODY_NAME,
		     CN_NOTIFIED_BODY_NUMBER, " (", ")" });
	facts->bodies_known = facts->bodies.count > 0;
	facts->declaration_href = cn_get_text(merged, CN_F_DECLARATION_URL);
}

void
rs_page_facts(struct rs_pen *pen, struct rs_facts *facts)
{
	const struct cn_record *contact = cn_get_record(
	    pen->view->merged, CN_F_SINGLE_POINT_OF_CONTACT);

	tell_update(pen, facts);
	tell_ai(pen, facts);
	tell_conformity(pen, facts);
	facts->contacts = text_items(pen, cn_get(contact, CN_CONTACT_CHANNELS));
	facts->cvd_href = cn_get_text(pen->view->merged, CN_F_CVD_POLICY);
}

/* ---- versions ---------------------------------------------------------------- */

/* The label of a changed field, which is named "group.name". */
static struct cn_slice
field_label(struct rs_pen *pen, struct cn_slice name)
{
	size_t dot = cn_slice_find(name, '.');
	const struct cn_field *field =
	    dot == name.len ? NULL
			    : cn_table_by_name(&cn_table_passport,
				  cn_slice_sub(name, 0, dot),
				  cn_slice_sub(name, dot + 1, SIZE_MAX));

	return field == NULL
		   ? name
		   : rs_locale_label(pen->locale, &cn_table_passport, field);
}

static struct rs_list
change_items(struct rs_pen *pen, const struct cn_value *v)
{
	struct rs_change_item *items = rs_pen_alloc(
	    pen, rs_count(v), sizeof(*items));
	size_t n = 0;

	for (; v != NULL && items != NULL; v = v->next) {
		const struct cn_record *change = v->as.record;
		uint64_t what = cn_get_number(
		    change, CN_CHANGE_WHAT, CN_CHANGE_KIND_CHANGED);

		items[n].field = field_label(
		    pen, cn_get_text(change, CN_CHANGE_FIELD));
		items[n].before = cn_get_text(change, CN_CHANGE_BEFORE);
		items[n].after = cn_get_text(change, CN_CHANGE_AFTER);
		items[n].added = what == CN_CHANGE_KIND_ADDED;
		items[n].removed = what == CN_CHANGE_KIND_REMOVED;
		items[n++].changed = what == CN_CHANGE_KIND_CHANGED;
	}
	return (struct rs_list){ items, n };
}

void
rs_page_history(struct rs_pen *pen, struct rs_page *page)
{
	const struct rs_view *view = pen->view;
	struct rs_version_item *items = rs_pen_alloc(
	    pen, view->version_count, sizeof(*items));

	if (items == NULL)
		return;
	for (size_t i = 0; i < view->version_count; i++) {
		const struct rs_version *version = &view->versions[i];
		items[i].version = version->version;
		items[i].date = rs_pen_instant(pen, version->iat);
		items[i].first = version->version == 1;
		items[i].changes = change_items(
		    pen, cn_get(version->note, CN_VERSION_CHANGES));
	}
	page->versions = (struct rs_list){ items, view->version_count };
	page->version_total = view->version_total;
	page->versions_more = view->version_total > view->version_count;
}
