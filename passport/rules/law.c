#include "law.h"

#include <carnet/verdict.h>

#include <limits.h>
#include <string.h>

const char *const cn_law_as_of = "2026-11-22";
const char *const cn_engine_version = "1";

static const char *const dates[LAW_DATES] = {
	[ALWAYS] = NULL,
	[CRA_REPORTING] = "2026-09-11",
	[CRA_APPLIES] = "2027-12-11",
	[AIA_PROHIBITIONS] = "2025-02-02",
	[AIA_NEW_PROHIBITIONS] = "2026-12-02",
	[AIA_TRANSPARENCY] = "2026-08-02",
	[AIA_ANNEX_III] = "2027-12-02",
	[AIA_ANNEX_I] = "2028-08-02",
	[AIA_AUTHORITIES] = "2030-08-02",
	[TOYS] = "2030-08-01",
};

const char *
law_date_text(enum law_date date)
{
	return dates[date];
}

cn_day
law_date_day(enum law_date date)
{
	struct cn_date parsed;

	if (dates[date] == NULL ||
	    !cn_date_parse(cn_slice_str(dates[date]), &parsed))
		return INT32_MIN;
	return cn_date_day(parsed);
}

static const struct {
	const char *act, *edition;
} editions[] = {
	{ "CRA", "Regulation (EU) 2024/2847, consolidated 2024-11-20, with "
		 "corrigenda 1 to 3" },
	{ "AIA", "Regulation (EU) 2024/1689 as amended by Regulation (EU) "
		 "2026/1744" },
	{ "Toys", "Regulation (EU) 2025/2509" },
};

const char *
law_edition(const char *cite)
{
	for (size_t i = 0; i < sizeof(editions) / sizeof(editions[0]); i++)
		if (strncmp(cite, editions[i].act, strlen(editions[i].act)) ==
		    0)
			return editions[i].edition;
	return NULL;
}
