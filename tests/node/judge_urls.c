/*
 * judge_urls printable|subject|link: for each line of standard input a line:
 * "=" and what comes of it (the URL itself, its subject, its canonical form),
 * or "!" and why it is refused. For tests that ask other URL parsers.
 */
#include <stdio.h>
#include <string.h>

#include <carnet/link.h>
#include <carnet/symbol.h>

static enum cn_code
canonical(struct cn_slice url, struct cn_buf *out, struct cn_error *err)
{
	struct cn_link link;
	enum cn_code code = cn_link_parse(url, &link, err);

	if (code == CN_OK)
		cn_link_canonical(&link, out);
	return code == CN_OK ? cn_buf_code(out, err) : code;
}

static enum cn_code
printable(struct cn_slice url, struct cn_buf *out, struct cn_error *err)
{
	enum cn_code code = cn_url_printable(url, err);

	if (code == CN_OK)
		cn_buf_put(out, url);
	return code;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		enum cn_code (*run)(struct cn_slice url, struct cn_buf *out,
		    struct cn_error *err);
	} modes[] = { { "printable", printable }, { "subject", cn_subject_of },
		{ "link", canonical } };
	char line[8192];
	struct cn_buf out;
	size_t mode = 0;

	while (argc == 2 && mode < 3 && strcmp(argv[1], modes[mode].name) != 0)
		mode++;
	if (argc != 2 || mode == 3)
		return 2;
	cn_buf_init(&out, sizeof(line));
	while (fgets(line, sizeof(line), stdin) != NULL) {
		struct cn_error err = { 0 };

		line[strcspn(line, "\n")] = '\0';
		cn_buf_reset(&out);
		if (modes[mode].run(cn_slice_str(line), &out, &err) == CN_OK)
			printf("=%.*s\n", CN_FMT(cn_buf_slice(&out)));
		else
			printf("!%s\n", err.text);
	}
	cn_buf_free(&out);
	return 0;
}
