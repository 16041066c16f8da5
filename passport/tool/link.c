/* carnet link: take a GS1 Digital Link URI apart. */
#include "tool.h"

#include <carnet/link.h>

enum { FORMAT };

static const struct tool_option options[] = {
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "link https://id.maker.example/01/09506000134352/21/SN-0001",
	    "key, qualifiers and the canonical form" },
	{ "link --format json "
	  "'https://id.maker.example/01/09506000134352?17=281231'",
	    "the same for machines; quote the question mark" },
};

struct forms {
	struct cn_buf canonical, elements;
};

static void
put_part(struct cn_jw *w, const struct cn_link_part *part)
{
	cn_jw_object(w);
	cn_jw_kv_str(w, "ai", part->ai);
	cn_jw_kv_slice(w, "value", part->value);
	cn_jw_object_end(w);
}

static void
put_parts(struct cn_jw *w, const char *key, const struct cn_link_part *parts,
    size_t count)
{
	cn_jw_key(w, key);
	cn_jw_array(w);
	for (size_t i = 0; i < count; i++)
		put_part(w, &parts[i]);
	cn_jw_array_end(w);
}

/* link NULL: not valid, why says what is wrong. */
static void
tell_json(struct tool *tool, const struct cn_link *link,
    const struct forms *forms, const struct cn_error *why)
{
	struct cn_jw w;

	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_jw_kv_bool(&w, "valid", link != NULL);
	cn_jw_key(&w, "key");
	if (link != NULL)
		put_part(&w, &link->key);
	else
		cn_jw_null(&w);
	put_parts(&w, "qualifiers", link != NULL ? link->qualifiers : NULL,
	    link != NULL ? link->qualifier_count : 0);
	put_parts(&w, "attributes", link != NULL ? link->attributes : NULL,
	    link != NULL ? link->attribute_count : 0);
	if (link != NULL) {
		cn_jw_kv_slice(
		    &w, "canonical", cn_buf_slice(&forms->canonical));
		cn_jw_kv_slice(
		    &w, "element_string", cn_buf_slice(&forms->elements));
		cn_jw_kv_null(&w, "error");
	} else {
		cn_jw_kv_null(&w, "canonical");
		cn_jw_kv_null(&w, "element_string");
		cn_jw_kv_str(&w, "error", why->text);
	}
	cn_jw_object_end(&w);
}

static void
tell_part(struct tool *tool, const char *what, const struct cn_link_part *part)
{
	tool_row(tool, what, "(%s) %.*s", part->ai, CN_FMT(part->value));
}

static void
tell(struct tool *tool, const struct cn_link *link, const struct forms *forms)
{
	tool_paint(tool, TOOL_GOOD, "A valid GS1 Digital Link");
	tool_end(tool);
	tell_part(tool, "key", &link->key);
	for (size_t i = 0; i < link->qualifier_count; i++)
		tell_part(tool, "qualifier", &link->qualifiers[i]);
	for (size_t i = 0; i < link->attribute_count; i++)
		tell_part(tool, "attribute", &link->attributes[i]);
	tool_row(
	    tool, "canonical", "%.*s", CN_FMT(cn_buf_slice(&forms->canonical)));
	tool_row(
	    tool, "elements", "%.*s", CN_FMT(cn_buf_slice(&forms->elements)));
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct cn_slice uri = cn_slice_str(tool->operands[0]);
	struct cn_link *link = cn_arena_alloc(tool->arena, 1, sizeof(*link));
	struct forms forms;
	enum cn_code code;

	if (link == NULL)
		return cn_fail(err, CN_MEMORY, "memory ran out");
	code = cn_link_parse(uri, link, err);
	if (code != CN_OK) {
		if (tool->json)
			tell_json(tool, NULL, NULL, err);
		cn_error_at(err, "%.200s", tool->operands[0]);
		return code;
	}
	cn_buf_init(&forms.canonical, (size_t)3 * CN_LINK_URI);
	cn_buf_init(&forms.elements, (size_t)2 * CN_LINK_URI);
	cn_link_canonical(link, &forms.canonical);
	cn_link_elements(link, &forms.elements);
	if (tool->json)
		tell_json(tool, link, &forms, NULL);
	else
		tell(tool, link, &forms);
	code = cn_buf_code(&forms.canonical, err);
	if (code == CN_OK)
		code = cn_buf_code(&forms.elements, err);
	cn_buf_free(&forms.canonical);
	cn_buf_free(&forms.elements);
	return code;
}

const struct tool_command tool_link = {
	.name = "link",
	.summary = "take a GS1 Digital Link URI apart",
	.synopsis = "URI [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
