/*
 * What stands in a symbol: a URL, and behind '#' the capsule as digits.
 */
#include <carnet/symbol.h>

enum cn_code
cn_qrtext_split(struct cn_slice text, struct cn_slice *url,
    struct cn_slice *digits, struct cn_error *err)
{
	size_t at = cn_slice_find(text, '#');
	struct cn_slice fragment = CN_SLICE_NONE;

	*url = CN_SLICE_NONE;
	*digits = CN_SLICE_NONE;
	if (at == 0)
		return cn_fail(err, CN_MALFORMED, "there is no address");
	if (at < text.len) {
		fragment = cn_slice_sub(text, at + 1, text.len);
		if (fragment.len == 0)
			return cn_fail(
			    err, CN_MALFORMED, "there is nothing behind #");
		for (size_t i = 0; i < fragment.len; i++)
			if (fragment.ptr[i] < '0' || fragment.ptr[i] > '9')
				return cn_fail(err, CN_MALFORMED,
				    "character %zu behind # is not a digit",
				    i + 1);
	}
	*url = cn_slice_sub(text, 0, at);
	*digits = fragment;
	return CN_OK;
}
