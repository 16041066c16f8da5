/* What files say together about one vulnerability in one product. */
#include <carnet/vex.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

const char *
cn_vex_status_name(enum cn_vex_status status)
{
	static const char *const names[] = { "no_statement", "not_affected",
		"fixed", "unknown", "under_investigation", "affected",
		"unspecified" };

	return names[status];
}

static int
cmp_slices(const void *a, const void *b)
{
	return cn_slice_cmp(
	    *(const struct cn_slice *)a, *(const struct cn_slice *)b);
}

bool
cn_kev_lists(const struct cn_sbom_facts *catalogue, struct cn_slice id)
{
	return catalogue->kind == CN_SBOM_KEV &&
	       catalogue->of.kev.id_count > 0 &&
	       bsearch(&id, catalogue->of.kev.ids, catalogue->of.kev.id_count,
		   sizeof(id), cmp_slices) != NULL;
}
