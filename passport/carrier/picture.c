#include "picture.h"

#include <stdlib.h>

#define MOST_SIDE 65500u /* of JPEG; PNG is held to it too */
#define MOST_PIXELS 64000000u

enum cn_code
picture_new(unsigned width, unsigned height, struct cn_picture *out,
    struct cn_error *err)
{
	if (width == 0 || height == 0)
		return cn_fail(err, CN_MALFORMED, "the picture is empty");
	if (width > MOST_SIDE || height > MOST_SIDE ||
	    (uint64_t)width * height > MOST_PIXELS)
		return cn_fail(err, CN_TOO_LARGE,
		    "a picture of %u x %u pixels, where the limit is %u "
		    "million",
		    width, height, MOST_PIXELS / 1000000u);
	out->grey = malloc((size_t)width * height);
	if (out->grey == NULL)
		return cn_fail(err, CN_MEMORY, "%s", cn_code_text(CN_MEMORY));
	out->width = width;
	out->height = height;
	return CN_OK;
}

enum cn_code
cn_picture_load(
    struct cn_slice bytes, struct cn_picture *out, struct cn_error *err)
{
	enum cn_code code;

	*out = (struct cn_picture){ .grey = NULL };
	if (cn_slice_starts(bytes, "\x89PNG\r\n\x1a\n"))
		code = picture_png(bytes, out, err);
	else if (cn_slice_starts(bytes, "\xff\xd8\xff"))
		code = picture_jpeg(bytes, out, err);
	else
		code = cn_fail(err, CN_MALFORMED,
		    "it is neither a PNG nor a JPEG picture");
	if (code != CN_OK)
		cn_picture_free(out);
	return code;
}

void
cn_picture_free(struct cn_picture *picture)
{
	free(picture->grey);
	*picture = (struct cn_picture){ .grey = NULL };
}
