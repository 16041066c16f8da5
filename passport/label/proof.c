/*
 * What was printed is read again before anybody hears that it is good.
 */
#include <carnet/label.h>

#define MOST_PNG (16u << 20)

enum cn_code
cn_label_proof_png(
    struct cn_slice png, struct cn_slice text, struct cn_error *err)
{
	struct cn_picture picture = { .grey = NULL };
	enum cn_code code = cn_picture_load(png, &picture, err);

	if (code == CN_OK)
		code = cn_picture_holds(&picture, text, err);
	cn_picture_free(&picture);
	if (code == CN_NO_SYMBOL)
		return cn_fail(err, CN_FOREIGN,
		    "the finished symbol does not read back as its text");
	return code;
}

enum cn_code
cn_label_proof(const struct cn_symbol *symbol, const struct cn_label_plan *plan,
    struct cn_slice text, struct cn_error *err)
{
	struct cn_buf png;
	enum cn_code code;

	cn_buf_init(&png, MOST_PNG);
	code = cn_label_png(symbol, plan, &png, err);
	if (code == CN_OK)
		code = cn_label_proof_png(cn_buf_slice(&png), text, err);
	cn_buf_free(&png);
	return code;
}
