/* A stranger's program: sees only what is installed. */
#include <carnet/clock.h>
#include <carnet/key.h>
#include <carnet/link.h>

#include <stdio.h>
#include <string.h>

int
main(void)
{
	static struct cn_link link;
	struct cn_error err = { 0 };
	struct cn_buf canonical;
	char day[11];
	int bad = 1;

	cn_buf_init(&canonical, 4096);
	if (cn_link_parse(
		CN_SLICE("https://id.maker.example/01/09506000134352/21/A1"),
		&link, &err) != CN_OK) {
		fprintf(stderr, "%s: %s\n", err.place, err.text);
		goto out;
	}
	cn_link_canonical(&link, &canonical);
	cn_date_print(cn_day_date(0), day);
	printf("%.*s %s %s\n", CN_FMT(cn_buf_slice(&canonical)), day,
	    cn_alg_name(CN_ALG_ESP256));
	bad = !cn_slice_is(cn_buf_slice(&canonical),
		  "https://id.gs1.org/01/09506000134352/21/A1") ||
	      strcmp(day, "1970-01-01") != 0;
out:
	cn_buf_free(&canonical);
	return bad;
}
