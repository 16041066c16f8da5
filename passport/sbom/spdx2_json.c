/* SPDX 2 as JSON: reading an element again. */
#include "spdx2.h"

#include <stdlib.h>

void
spdx2_reread(struct spdx2 *s, const struct element *element)
{
	static const struct shape *const shapes[] = { &spdx2_package_again,
		&spdx2_file_again, &spdx2_snippet_again };
	struct walk *again = calloc(1, sizeof(*again)), *w = &s->r->walk;
	struct cn_json_reader *reader = cn_json_reader_new(
	    source_fill, s->r->source, CN_SLICE_NONE, WALK_TOKEN, WALK_DEPTH);

	cn_buf_reset(&s->name);
	cn_buf_reset(&s->version);
	if (again == NULL || reader == NULL) {
		walk_no_memory(w);
	} else {
		again->ctx = s;
		again->handler = spdx2_handle;
		again->only_first = true;
		w->code = source_seek(s->r->source, element->offset, w->err);
		if (w->code == CN_OK)
			w->code = walk_json(again,
			    shapes[element->tag - TAG_PACKAGE], reader, w->err);
	}
	cn_json_reader_free(reader);
	free(again);
}

const struct dialect spdx2_json = { CN_SBOM_SPDX2, "SPDX", "spdx", "json",
	&spdx2_document, run_json, spdx2_begin, spdx2_handle, spdx2_end,
	spdx2_drop };
