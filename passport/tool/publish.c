/* carnet publish: hand a version to a resolver. */
#include "tool.h"

#include <carnet/net.h>

#include <inttypes.h>

#define ANSWER_MAX (64u << 10)

enum { TO, FORMAT };

static const struct tool_option options[] = {
	[TO] = { .name = "to",
	    .value = "URL",
	    .help = "address of the resolver: https, or http on loopback" },
	[FORMAT] = TOOL_FORMAT_OPTION(tool_text_json),
};

static const struct tool_example examples[] = {
	{ "publish sensor.dpp --to https://id.maker.example",
	    "safe to repeat: the same version is accepted once" },
	{ "publish sensor.dpp --to http://127.0.0.1:8080",
	    "to a resolver on this machine" },
};

/* What an answer means, and what to do about it. */
static const struct {
	long status;
	enum cn_code code;
	const char *sentence, *hint;
} answers[] = {
	{ 400, CN_REFUSED, "the resolver cannot read this passport", NULL },
	{ 401, CN_REFUSED, "the resolver asks for a key to publish", NULL },
	{ 403, CN_REFUSED, "the resolver does not trust this signature",
	    "The key must stand in the resolver's trust list, with use "
	    "\"passport\", for this issuer and product." },
	{ 404, CN_REFUSED,
	    "the resolver holds no earlier version of this passport",
	    "Publish version 1 first, then the others in order." },
	{ 405, CN_REFUSED, "this address does not take passports",
	    "Give the address of the resolver alone, such as "
	    "https://id.maker.example." },
	{ 409, CN_CONFLICT,
	    "this version does not follow the one that the resolver holds",
	    "Fetch the current version, and sign again with --after." },
	{ 413, CN_REFUSED, "the resolver finds it too large", NULL },
	{ 415, CN_REFUSED, "the resolver does not take this media type", NULL },
	{ 429, CN_NETWORK, "the resolver asks to wait",
	    "Try again a little later; that is safe." },
	{ 503, CN_NETWORK, "the resolver is not ready",
	    "Try again a little later; that is safe." },
};

/* The text of an error body {"message": [{"text": …}]}, or an empty slice. */
static struct cn_slice
message_of(struct tool *tool, const struct cn_net_answer *answer)
{
	struct cn_json *json = NULL;
	const struct cn_json *list;

	if (cn_json_parse(tool->arena, cn_buf_slice(&answer->body), NULL, &json,
		NULL) != CN_OK)
		return CN_SLICE_NONE;
	list = cn_json_get(json, "message");
	if (list == NULL || list->first == NULL)
		return CN_SLICE_NONE;
	return cn_json_text(list->first, "text");
}

static enum cn_code
refused(
    struct tool *tool, const struct cn_net_answer *answer, struct cn_error *err)
{
	struct cn_slice said = message_of(tool, answer);
	const char *sentence = "the resolver gave an answer that is none of "
			       "ours";
	enum cn_code code = answer->status >= 500 ? CN_NETWORK : CN_REFUSED;

	if (answer->status >= 500)
		sentence = "the resolver failed";
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		if (answers[i].status != answer->status)
			continue;
		code = answers[i].code;
		sentence = answers[i].sentence;
		if (answers[i].hint != NULL)
			tool_hint(tool, "%s", answers[i].hint);
	}
	cn_error_at(err, "%s", tool_opt(tool, TO));
	return cn_fail(err, code, "%s (status %ld)%s%.*s", sentence,
	    answer->status, said.len > 0 ? ": " : "", CN_FMT(said));
}

static bool
unreserved(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

/* BASE/v1/dpps, and for a next version /{percent-encoded sub} behind it. */
static void
put_address(
    const char *base, const struct cn_passport *passport, struct cn_buf *out)
{
	struct cn_slice to = cn_slice_str(base);

	while (to.len > 0 && to.ptr[to.len - 1] == '/')
		to.len--;
	cn_buf_put(out, to);
	cn_buf_str(out, "/v1/dpps");
	if (passport->version == 1)
		return;
	cn_buf_byte(out, '/');
	for (size_t i = 0; i < passport->sub.len; i++) {
		if (unreserved(passport->sub.ptr[i]))
			cn_buf_byte(out, passport->sub.ptr[i]);
		else
			cn_buf_printf(out, "%%%02X", passport->sub.ptr[i]);
	}
}

static void
tell(struct tool *tool, const struct cn_passport *passport, bool news)
{
	char digest[2 * CN_DIGEST + 1];
	struct cn_jw w;

	cn_hex(cn_slice_of(passport->digest, CN_DIGEST), digest);
	if (!tool->json) {
		tool_paint(
		    tool, TOOL_GOOD, news ? "Published" : "There already");
		tool_end(tool);
		tool_row(tool, "product", "%.*s", CN_FMT(passport->sub));
		tool_row_version(tool, passport->version, passport->iat);
		tool_row(tool, "digest", "%s", digest);
		return;
	}
	cn_jw_init(&w, &tool->out, true);
	cn_jw_object(&w);
	cn_jw_kv_slice(&w, "subject", passport->sub);
	cn_jw_kv_uint(&w, "version", passport->version);
	cn_jw_kv_str(&w, "digest", digest);
	cn_jw_object_end(&w);
}

/* The answer names the digest that was stored: ours, or something between
 * changed what was sent. */
static enum cn_code
confirm(struct tool *tool, const struct cn_passport *passport,
    const struct cn_net_answer *answer, struct cn_error *err)
{
	char digest[2 * CN_DIGEST + 1];
	struct cn_json *json = NULL;
	struct cn_slice said = CN_SLICE_NONE;

	cn_hex(cn_slice_of(passport->digest, CN_DIGEST), digest);
	if (cn_json_parse(tool->arena, cn_buf_slice(&answer->body), NULL, &json,
		NULL) == CN_OK)
		said = cn_json_text(json, "digest");
	if (said.ptr != NULL && !cn_slice_is(said, digest)) {
		cn_error_at(err, "%s", tool_opt(tool, TO));
		return cn_fail(err, CN_REFUSED,
		    "the resolver stored another version: %.*s", CN_FMT(said));
	}
	/* 200 to a POST: it was there. To a PATCH it says both. */
	tell(tool, passport, answer->status == 201 || passport->version > 1);
	return CN_OK;
}

static enum cn_code
hand_over(struct tool *tool, const char *to, const struct cn_passport *passport,
    struct cn_error *err)
{
	struct cn_net_request request = {
		.method = passport->version == 1 ? "POST" : "PATCH",
		.accept = "application/json",
		.content_type = CN_COSE_MEDIA,
		.body = passport->bytes,
		.max = ANSWER_MAX,
	};
	struct cn_net_answer answer;
	struct cn_buf url;
	enum cn_code code;

	cn_buf_init(&url, 8192);
	put_address(to, passport, &url);
	request.url = cn_buf_slice(&url);
	code = cn_buf_code(&url, err);
	if (code == CN_OK)
		code = cn_net(&request, &answer, err);
	cn_buf_free(&url);
	if (code != CN_OK)
		return code;
	if (answer.status == 200 || answer.status == 201)
		code = confirm(tool, passport, &answer, err);
	else
		code = refused(tool, &answer, err);
	cn_net_free(&answer);
	return code;
}

static enum cn_code
run(struct tool *tool, struct cn_error *err)
{
	struct cn_passport passport;
	const char *to;
	enum cn_code code;

	code = tool_need(tool, TO, &to, err);
	if (code != CN_OK)
		return code;
	if (!cn_net_allowed(cn_slice_str(to))) {
		cn_error_at(err, "%s", to);
		return cn_fail(err, CN_USAGE,
		    "a resolver is reached by https only, or by http on this "
		    "machine");
	}
	code = tool_read_passport(tool, tool->operands[0], &passport, err);
	if (code != CN_OK)
		return code;
	return hand_over(tool, to, &passport, err);
}

const struct tool_command tool_publish = {
	.name = "publish",
	.summary = "hand a version to a resolver",
	.synopsis = "X.dpp --to URL [--format text|json]",
	.examples = examples,
	.example_count = sizeof(examples) / sizeof(examples[0]),
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.least = 1,
	.most = 1,
	.run = run,
};
