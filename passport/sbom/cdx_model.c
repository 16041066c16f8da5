/* CycloneDX: machine learning models and data. */
#include "cdx.h"

static const struct slot party_slots[] = {
	{ "organization", &cdx_entity, 0, SLOT_ONE, 0 },
	{ "contact", &cdx_contact, 0, SLOT_ONE, 0 },
};
static const struct shape party = SHAPE_MEMBERS(party_slots);

static const struct slot parties_item = { NULL, &party, 0, 0, 0 };
static const struct shape parties = SHAPE_LIST_OF(parties_item);

static const struct slot cdx_governance_slots[] = {
	{ "custodians", &parties, 0, 0, 0 },
	{ "stewards", &parties, 0, 0, 0 },
	{ "owners", &parties, 0, 0, 0 },
};
const struct shape cdx_governance = SHAPE_MEMBERS(cdx_governance_slots);

static const struct slot graphic_slots[] = {
	{ "name", &shape_text, 0, 0, 0 },
	{ "image", &cdx_attachment, 0, 0, 0 },
};
static const struct shape graphic = SHAPE_MEMBERS(graphic_slots);

static const struct slot graphic_list_item = { NULL, &graphic, 0, 0, 0 };
static const struct shape graphic_list = SHAPE_LIST_OF(graphic_list_item);

static const struct slot graphics_slots[] = {
	{ "description", &shape_text, 0, 0, 0 },
	{ "collection", &graphic_list, 0, 0, 0 },
};
static const struct shape graphics = SHAPE_MEMBERS(graphics_slots);

static const struct slot contents_slots[] = {
	{ "attachment", &cdx_attachment, 0, 0, 0 },
	{ "url", &shape_uri, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
static const struct shape contents = SHAPE_MEMBERS(contents_slots);

static const struct choice data_type_choices[] = {
	{ "source-code", 0 },
	{ "configuration", 0 },
	{ "dataset", 0 },
	{ "definition", 0 },
	{ "other", 0 },
	{ NULL, 0 },
};
static const struct shape data_type = SHAPE_CHOICES(data_type_choices);

static const struct slot data_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "type", &data_type, TAG_DATA_TYPE, SLOT_REQUIRED, 0 },
	{ "name", &shape_text, 0, 0, 0 },
	{ "contents", &contents, 0, 0, 0 },
	{ "classification", &shape_text, 0, 0, 0 },
	{ "sensitiveData", &shape_texts, 0, SLOT_REPEATS, 0 },
	{ "graphics", &graphics, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "governance", &cdx_governance, 0, 0, 0 },
};
static const struct shape data = SHAPE_MEMBERS(data_slots);

static const struct slot cdx_data_list_item = { NULL, &data, TAG_DATA, 0, 0 };
const struct shape cdx_data_list = SHAPE_LIST_OF(cdx_data_list_item);

/* A data set of a model card: in place, or a reference to a component. */
static const struct slot dataset_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "ref", &cdx_reference, TAG_DATASET_REF, SLOT_WRAP, 0 },
	{ "type", &data_type, TAG_DATASET_TYPE, 0, 0 },
	{ "name", &shape_text, TAG_DATASET_NAME, 0, 0 },
	{ "contents", &contents, 0, 0, 0 },
	{ "classification", &shape_text, 0, 0, 0 },
	{ "sensitiveData", &shape_texts, 0, SLOT_REPEATS, 0 },
	{ "graphics", &graphics, 0, 0, 0 },
	{ "description", &shape_text, 0, 0, 0 },
	{ "governance", &cdx_governance, 0, 0, 0 },
};
static const struct shape dataset = SHAPE_MEMBERS(dataset_slots);

static const struct slot datasets_item = { NULL, &dataset, TAG_DATASET, 0, 0 };
static const struct shape datasets = SHAPE_LIST_OF(datasets_item);

static const struct choice approach_type_choices[] = {
	{ "supervised", 0 },
	{ "unsupervised", 0 },
	{ "reinforcement-learning", 0 },
	{ "semi-supervised", 0 },
	{ "self-supervised", 0 },
	{ NULL, 0 },
};
static const struct shape approach_type = SHAPE_CHOICES(approach_type_choices);

static const struct slot approach_slots[] = {
	{ "type", &approach_type, 0, 0, 0 },
};
static const struct shape approach = SHAPE_MEMBERS(approach_slots);

static const struct slot format_slots[] = {
	{ "format", &shape_text, 0, 0, 0 },
};
static const struct shape format = SHAPE_MEMBERS(format_slots);

static const struct slot formats_item = { NULL, &format, 0, 0, 0 };
static const struct shape formats = SHAPE_LIST_OF(formats_item);

static const struct slot parameters_slots[] = {
	{ "approach", &approach, 0, 0, 0 },
	{ "task", &shape_text, 0, 0, 0 },
	{ "architectureFamily", &shape_text, 0, 0, 0 },
	{ "modelArchitecture", &shape_text, 0, 0, 0 },
	{ "datasets", &datasets, 0, 0, 0 },
	{ "inputs", &formats, 0, 0, 0 },
	{ "outputs", &formats, 0, 0, 0 },
};
static const struct shape parameters = SHAPE_MEMBERS(parameters_slots);

static const struct slot interval_slots[] = {
	{ "lowerBound", &shape_text, 0, 0, 0 },
	{ "upperBound", &shape_text, 0, 0, 0 },
};
static const struct shape interval = SHAPE_MEMBERS(interval_slots);

static const struct slot metric_slots[] = {
	{ "type", &shape_text, 0, 0, 0 },
	{ "value", &shape_text, 0, 0, 0 },
	{ "slice", &shape_text, 0, 0, 0 },
	{ "confidenceInterval", &interval, 0, 0, 0 },
};
static const struct shape metric = SHAPE_MEMBERS(metric_slots);

static const struct slot metrics_item = { NULL, &metric, 0, 0, 0 };
static const struct shape metrics = SHAPE_LIST_OF(metrics_item);

static const struct slot analysis_slots[] = {
	{ "performanceMetrics", &metrics, 0, 0, 0 },
	{ "graphics", &graphics, 0, 0, 0 },
};
static const struct shape analysis = SHAPE_MEMBERS(analysis_slots);

static const struct slot risk_slots[] = {
	{ "name", &shape_text, 0, 0, 0 },
	{ "mitigationStrategy", &shape_text, 0, 0, 0 },
};
static const struct shape risk = SHAPE_MEMBERS(risk_slots);

static const struct slot risks_item = { NULL, &risk, 0, 0, 0 };
static const struct shape risks = SHAPE_LIST_OF(risks_item);

static const struct slot fairness_slots[] = {
	{ "groupAtRisk", &shape_text, 0, 0, 0 },
	{ "benefits", &shape_text, 0, 0, 0 },
	{ "harms", &shape_text, 0, 0, 0 },
	{ "mitigationStrategy", &shape_text, 0, 0, 0 },
};
static const struct shape fairness = SHAPE_MEMBERS(fairness_slots);

static const struct slot fairness_list_item = { NULL, &fairness, 0, 0, 0 };
static const struct shape fairness_list = SHAPE_LIST_OF(fairness_list_item);

static const struct slot considerations_slots[] = {
	{ "users", &shape_texts, 0, 0, 0 },
	{ "useCases", &shape_texts, 0, 0, 0 },
	{ "technicalLimitations", &shape_texts, 0, 0, 0 },
	{ "performanceTradeoffs", &shape_texts, 0, 0, 0 },
	{ "ethicalConsiderations", &risks, 0, 0, 0 },
	{ "environmentalConsiderations", &shape_any, 0, 0, 6 },
	{ "fairnessAssessments", &fairness_list, 0, 0, 0 },
};
static const struct shape considerations = SHAPE_MEMBERS(considerations_slots);

static const struct slot cdx_model_card_slots[] = {
	{ "bom-ref", &cdx_reference, 0, SLOT_NOT_EMPTY, 0 },
	{ "modelParameters", &parameters, 0, 0, 0 },
	{ "quantitativeAnalysis", &analysis, 0, 0, 0 },
	{ "considerations", &considerations, 0, 0, 0 },
	{ "properties", &cdx_properties, 0, 0, 0 },
};
const struct shape cdx_model_card = SHAPE_MEMBERS(cdx_model_card_slots);
