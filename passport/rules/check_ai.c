/* AI in the SBOM against AI in the passport: the SBOM is the foundation. */
#include "check.h"

static const struct cn_sbom_facts *
file_of(const struct judge *judge)
{
	return judge->in->sbom != NULL && judge->in->file_count > 0
		   ? judge->in->files[0]
		   : NULL;
}

static bool
named(const struct cn_record *record, unsigned field, unsigned member,
    struct cn_slice name)
{
	const struct cn_value *v = cn_get(record, field);

	for (; v != NULL; v = v->next)
		if (cn_slice_eq(cn_get_text(v->as.record, member), name))
			return true;
	return false;
}

/* A model may be declared as a general-purpose model or as the AI system. */
static bool
declared(const struct cn_record *record, struct cn_slice name)
{
	return named(record, CN_F_GPAI_MODELS, CN_GPAI_MODEL_NAME, name) ||
	       named(record, CN_F_AI_SYSTEMS, CN_AI_SYSTEM_NAME, name);
}

static bool
holds(struct cn_slice text, struct cn_slice part)
{
	for (size_t i = 0; part.len > 0 && i + part.len <= text.len; i++)
		if (cn_slice_eq(cn_slice_sub(text, i, part.len), part))
			return true;
	return false;
}

/* Models by name in the AI section, data sets in the summary of the training
 * data. */
void
check_ai_models(const struct judge *judge)
{
	const struct cn_record *record = judge->in->descriptor->record;
	const struct cn_sbom_facts *file = file_of(judge);
	struct cn_slice summary = cn_get_text(
	    cn_get_record(record, CN_F_INPUT_AND_TRAINING_DATA),
	    CN_TRAINING_DATA_DATASET_SUMMARY);
	const struct cn_found *f;

	if (file == NULL)
		return;
	for (f = file->models.first; f != NULL; f = f->next)
		if (!declared(record, f->name))
			judge_file(judge, file, f,
			    "the SBOM holds the AI model \"%.*s\", the "
			    "passport "
			    "does not: add it to ai.gpai_models or "
			    "ai.ai_systems",
			    CN_FMT(f->name));
	for (f = file->datasets.first; f != NULL; f = f->next)
		if (!holds(summary, f->name))
			judge_file(judge, file, f,
			    "the SBOM names the data set \"%.*s\", the "
			    "passport "
			    "does not: name it in "
			    "ai.input_and_training_data.dataset_summary",
			    CN_FMT(f->name));
}

void
check_ai_absent(const struct judge *judge)
{
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_GPAI_MODELS);
	const struct cn_sbom_facts *file = file_of(judge);

	if (file == NULL)
		return;
	for (; v != NULL; v = v->next) {
		struct cn_slice name = cn_get_text(
		    v->as.record, CN_GPAI_MODEL_NAME);
		const struct cn_found *f = file->models.first;

		while (f != NULL && !cn_slice_eq(f->name, name))
			f = f->next;
		if (f == NULL)
			judge_at(judge, v,
			    "the SBOM holds no AI model \"%.*s\"",
			    CN_FMT(name));
	}
}

/* A figure without the data and the conditions it was measured under says
 * nothing. */
void
check_ai_accuracy(const struct judge *judge)
{
	const struct cn_value *v = cn_get(
	    judge->in->descriptor->record, CN_F_ACCURACY);

	for (; v != NULL; v = v->next) {
		if (cn_get(v->as.record, CN_ACCURACY_TEST_SET) == NULL)
			judge_at(judge, v,
			    "name the data it was measured on: test_set");
		if (cn_get(v->as.record, CN_ACCURACY_CONDITIONS) == NULL)
			judge_at(judge, v,
			    "name the conditions it was measured under: "
			    "conditions");
	}
}
