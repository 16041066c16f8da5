/*
 * The passport as JSON. The names of the envelope are those of EN 18223 as
 * public implementations use them; the elements are the groups and names of
 * the field table.
 */
#include "data.h"

#include <string.h>

#define SCHEMA_VERSION "carnet/1"
#define VOCABULARY "https://carnet.example/vocabulary#"

/* ---- the expanded elements ------------------------------------------------- */

static const char *
value_type(enum cn_kind kind)
{
	switch (kind) {
	case CN_KIND_TEXTS:
		return "rdf:langString";
	case CN_KIND_URI:
		return "xsd:anyURI";
	case CN_KIND_DATE:
		return "xsd:date";
	case CN_KIND_MONTH:
		return "xsd:gYearMonth";
	case CN_KIND_INSTANT:
		return "xsd:dateTime";
	case CN_KIND_BOOL:
		return "xsd:boolean";
	case CN_KIND_UINT:
		return "xsd:nonNegativeInteger";
	case CN_KIND_DECIMAL:
		return "xsd:decimal";
	case CN_KIND_DIGEST:
	case CN_KIND_SEALS:
		return "xsd:hexBinary";
	default:
		return "xsd:string";
	}
}

static void
write_element(
    const struct cn_field *field, const struct cn_value *value, struct cn_jw *w)
{
	bool record = field->kind == CN_KIND_RECORD ||
		      field->kind == CN_KIND_TIERS;
	struct cn_buf id;

	cn_buf_init(&id, 256);
	cn_buf_printf(&id, "%s.%s", field->group, field->name);
	cn_jw_object(w);
	cn_jw_kv_slice(w, "elementId", cn_buf_slice(&id));
	if (record) {
		cn_jw_kv_str(w, "objectType", "DataElementCollection");
	} else {
		cn_jw_kv_str(w, "objectType",
		    field->many ? "MultiValuedDataElement"
				: "SingleValuedDataElement");
		cn_jw_kv_str(w, "valueDataType", value_type(field->kind));
	}
	cn_jw_key(w, "value");
	cn_value_write_json(field, value, w);
	cn_jw_object_end(w);
	cn_buf_free(&id);
}

static void
write_full(const struct rs_view *view, struct cn_jw *w)
{
	const struct cn_record *merged = view->merged;
	size_t row;

	cn_jw_array(w);
	for (row = 0; row < merged->table->count; row++) {
		const struct cn_field *field = &merged->table->rows[row];

		if (merged->slots[row] != NULL &&
		    (view->tiers & CN_TIER_BIT(field->tier)) != 0)
			write_element(field, merged->slots[row], w);
	}
	cn_jw_array_end(w);
}

/* ---- the envelope ---------------------------------------------------------- */

static void
write_operator(const struct rs_view *view, struct cn_jw *w)
{
	const struct cn_record *maker;
	struct cn_slice id;

	maker = cn_get_record(view->merged, CN_F_RESPONSIBLE_ECONOMIC_OPERATOR);
	id = cn_get_text(maker, CN_OPERATOR_UNIQUE_OPERATOR_ID);
	if (id.len == 0) {
		maker = cn_get_record(view->merged, CN_F_MANUFACTURER);
		id = cn_get_text(maker, CN_OPERATOR_UNIQUE_OPERATOR_ID);
	}
	/* Who signed is always known. */
	if (id.len == 0)
		id = rs_view_nearest(view)->passport->iss;
	cn_jw_kv_slice(w, "economicOperatorId", id);
}

static void
write_facility(const struct rs_view *view, struct cn_jw *w)
{
	const struct cn_field *field;
	struct cn_slice id;

	field = &cn_table_passport.rows[CN_F_FACILITY_IDS];
	id = cn_get_text(view->merged, CN_F_FACILITY_IDS);
	if (id.len > 0 && (view->tiers & CN_TIER_BIT(field->tier)) != 0)
		cn_jw_kv_slice(w, "facilityId", id);
}

static void
write_acts(const struct rs_view *view, struct cn_jw *w)
{
	const struct cn_value *act;

	cn_jw_key(w, "contentSpecificationIds");
	cn_jw_array(w);
	for (act = cn_get(view->merged, CN_F_APPLICABLE_ACTS); act != NULL;
	     act = act->next) {
		if (cn_get_number(act->as.record, CN_ACT_IN_SCOPE, 0) != 0)
			cn_jw_slice(w, cn_get_text(act->as.record, CN_ACT_ACT));
	}
	cn_jw_array_end(w);
}

static void
write_context(const struct rs_view *view, struct cn_jw *w)
{
	cn_jw_key(w, "@context");
	cn_jw_object(w);
	cn_jw_kv_str(w, "@vocab", VOCABULARY);
	cn_jw_kv_str(w, "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
	cn_jw_kv_str(w, "xsd", "http://www.w3.org/2001/XMLSchema#");
	cn_jw_object_end(w);
	cn_jw_kv_slice(w, "@id", rs_view_nearest(view)->passport->sub);
	cn_jw_kv_str(w, "@type", "DigitalProductPassport");
}

static cn_instant
last_updated(const struct rs_view *view)
{
	cn_instant last = view->levels[0].passport->iat;
	size_t i;

	for (i = 1; i < view->level_count; i++) {
		if (view->levels[i].passport->iat > last)
			last = view->levels[i].passport->iat;
	}
	return last;
}

static void
write_envelope(const struct rs_view *view, struct cn_jw *w)
{
	const struct cn_passport *nearest = rs_view_nearest(view)->passport;

	cn_jw_kv_slice(w, "digitalProductPassportId", nearest->sub);
	cn_jw_kv_slice(w, "uniqueProductIdentifier",
	    cn_get_text(view->merged, CN_F_UNIQUE_PRODUCT_IDENTIFIER));
	cn_jw_kv_str(w, "granularity", rs_granularity(nearest->sub));
	cn_jw_kv_str(w, "dppSchemaVersion", SCHEMA_VERSION);
	cn_jw_kv_slice(
	    w, "dppStatus", cn_get_text(view->merged, CN_F_PASSPORT_STATUS));
	rs_write_instant(w, "lastUpdated", last_updated(view));
	write_operator(view, w);
	write_facility(view, w);
	write_acts(view, w);
}

/* ---- our own members ------------------------------------------------------- */

static void
write_version(const struct cn_passport *passport, struct cn_jw *w)
{
	cn_jw_kv_uint(w, "version", passport->version);
	cn_jw_key(w, "digest");
	cn_jw_hex(w, cn_slice_of(passport->digest, CN_DIGEST));
	cn_jw_key(w, "supersedes");
	if (passport->has_supersedes)
		cn_jw_hex(w, cn_slice_of(passport->supersedes, CN_DIGEST));
	else
		cn_jw_null(w);
}

static void
write_levels(const struct rs_view *view, struct cn_jw *w)
{
	const struct rs_level *level;
	size_t i;

	cn_jw_key(w, "levels");
	cn_jw_array(w);
	for (i = 0; i < view->level_count; i++) {
		level = &view->levels[i];
		cn_jw_object(w);
		cn_jw_kv_slice(
		    w, "digitalProductPassportId", level->passport->sub);
		cn_jw_kv_str(
		    w, "granularity", rs_granularity(level->passport->sub));
		write_version(level->passport, w);
		rs_write_instant(w, "signedAt", level->passport->iat);
		rs_write_instant(w, "acceptedAt", level->accepted);
		cn_jw_object_end(w);
	}
	cn_jw_array_end(w);
}

void
rs_view_json(
    const struct rs_view *view, struct rs_json_form form, struct cn_buf *out)
{
	const struct rs_level *nearest = rs_view_nearest(view);
	struct cn_jw w;

	cn_jw_init(&w, out, false);
	cn_jw_object(&w);
	if (form.ld)
		write_context(view, &w);
	write_envelope(view, &w);
	cn_jw_key(&w, "elements");
	if (form.full)
		write_full(view, &w);
	else
		cn_model_write_json(view->merged, view->tiers, &w);
	write_version(nearest->passport, &w);
	cn_jw_kv_slice(&w, "issuer", nearest->passport->iss);
	rs_write_instant(&w, "signedAt", nearest->passport->iat);
	rs_write_instant(&w, "acceptedAt", nearest->accepted);
	write_levels(view, &w);
	cn_jw_object_end(&w);
}
