#include "ai.h"

#include <string.h>

#define KEY (AI_KEY | AI_ATTRIBUTE)
#define ATTR AI_ATTRIBUTE
#define FIXED (AI_ATTRIBUTE | AI_FIXED)

/* clang-format off */
static const struct ai_row rows[] = {
	/* keys, which may also describe another thing's query */
	{ "00",   "00",   KEY | FIXED, "N18kh",           "" },
	{ "01",   "01",   KEY | FIXED, "N14kh",           "22,10,21|235" },
	{ "253",  "253",  KEY,         "N13kg X..17?",    "" },
	{ "255",  "255",  KEY,         "N13kg N..12?",    "" },
	{ "401",  "401",  KEY,         "X..30g",          "" },
	{ "402",  "402",  KEY,         "N17kg",           "" },
	{ "414",  "414",  KEY | FIXED, "N13kg",           "254|7040" },
	{ "415",  "415",  KEY | FIXED, "N13kg",           "8020!" },
	{ "417",  "417",  KEY | FIXED, "N13kg",           "7040" },
	{ "8003", "8003", KEY,         "N1z N13kg X..16?", "" },
	{ "8004", "8004", KEY,         "X..30g",          "7040" },
	{ "8006", "8006", KEY,         "N14kh N4p",       "22,10,21" },
	{ "8010", "8010", KEY,         "Y..30g",          "8011" },
	{ "8013", "8013", KEY,         "X..25ga",         "" },
	{ "8017", "8017", KEY,         "N18kg",           "8019" },
	{ "8018", "8018", KEY,         "N18kg",           "8019" },
	/* qualifiers; 10 describes things without a qualifier of that name */
	{ "10",   "10",   ATTR,  "X..20",       NULL },
	{ "21",   "22",   0,     "X..20",       NULL },
	{ "235",  "235",  0,     "X..28",       NULL },
	{ "254",  "254",  0,     "X..20",       NULL },
	{ "7040", "7040", 0,     "N1 X3",       NULL },
	{ "8011", "8011", 0,     "N..12n",      NULL },
	{ "8019", "8019", 0,     "N..10",       NULL },
	{ "8020", "8020", 0,     "X..25",       NULL },
	/* attributes */
	{ "02",   "02",   FIXED, "N14kh",       NULL },
	{ "11",   "13",   FIXED, "N6d",         NULL },
	{ "15",   "17",   FIXED, "N6d",         NULL },
	{ "20",   "20",   FIXED, "N2",          NULL },
	{ "240",  "241",  ATTR,  "X..30",       NULL },
	{ "242",  "242",  ATTR,  "N..6",        NULL },
	{ "243",  "243",  ATTR,  "X..20",       NULL },
	{ "250",  "251",  ATTR,  "X..30",       NULL },
	{ "30",   "30",   ATTR,  "N..8",        NULL },
	{ "37",   "37",   ATTR,  "N..8",        NULL },
	{ "3100", "3165", FIXED, "N6",          NULL },
	{ "3200", "3375", FIXED, "N6",          NULL },
	{ "3400", "3575", FIXED, "N6",          NULL },
	{ "3600", "3695", FIXED, "N6",          NULL },
	{ "3900", "3909", ATTR,  "N..15",       NULL },
	{ "3910", "3919", ATTR,  "N3 N..15",    NULL },
	{ "3920", "3929", ATTR,  "N..15",       NULL },
	{ "3930", "3939", ATTR,  "N3 N..15",    NULL },
	{ "3940", "3943", ATTR,  "N4",          NULL },
	{ "3950", "3955", ATTR,  "N6",          NULL },
	{ "400",  "400",  ATTR,  "X..30",       NULL },
	{ "403",  "403",  ATTR,  "X..30",       NULL },
	{ "410",  "413",  FIXED, "N13kg",       NULL },
	{ "416",  "416",  FIXED, "N13kg",       NULL },
	{ "420",  "420",  ATTR,  "X..20",       NULL },
	{ "421",  "421",  ATTR,  "N3 X..9",     NULL },
	{ "422",  "422",  ATTR,  "N3",          NULL },
	{ "423",  "423",  ATTR,  "N3 N3? N3? N3? N3?", NULL },
	{ "424",  "424",  ATTR,  "N3",          NULL },
	{ "425",  "425",  ATTR,  "N3 N3? N3? N3? N3?", NULL },
	{ "426",  "426",  ATTR,  "N3",          NULL },
	{ "427",  "427",  ATTR,  "X..3",        NULL },
	{ "4300", "4301", ATTR,  "X..35",       NULL },
	{ "4302", "4306", ATTR,  "X..70",       NULL },
	{ "4307", "4307", ATTR,  "X2",          NULL },
	{ "4308", "4308", ATTR,  "X..30",       NULL },
	{ "4309", "4309", ATTR,  "N20",         NULL },
	{ "4310", "4311", ATTR,  "X..35",       NULL },
	{ "4312", "4316", ATTR,  "X..70",       NULL },
	{ "4317", "4317", ATTR,  "X2",          NULL },
	{ "4318", "4318", ATTR,  "X..20",       NULL },
	{ "4319", "4319", ATTR,  "X..30",       NULL },
	{ "4320", "4320", ATTR,  "X..35",       NULL },
	{ "4321", "4323", ATTR,  "N1",          NULL },
	{ "4324", "4325", ATTR,  "N6d N4",      NULL },
	{ "4326", "4326", ATTR,  "N6D",         NULL },
	{ "4330", "4333", ATTR,  "N6 X1?",      NULL },
	{ "7001", "7001", ATTR,  "N13",         NULL },
	{ "7002", "7002", ATTR,  "X..30",       NULL },
	{ "7003", "7003", ATTR,  "N6D N4",      NULL },
	{ "7004", "7004", ATTR,  "N..4",        NULL },
	{ "7005", "7005", ATTR,  "X..12",       NULL },
	{ "7006", "7006", ATTR,  "N6D",         NULL },
	{ "7007", "7007", ATTR,  "N6D N6D?",    NULL },
	{ "7008", "7008", ATTR,  "X..3",        NULL },
	{ "7009", "7009", ATTR,  "X..10",       NULL },
	{ "7010", "7010", ATTR,  "X..2",        NULL },
	{ "7011", "7011", ATTR,  "N6D N4?",     NULL },
	{ "7020", "7022", ATTR,  "X..20",       NULL },
	{ "7023", "7023", ATTR,  "X..30g",      NULL },
	{ "7030", "7039", ATTR,  "N3 X..27",    NULL },
	{ "710",  "717",  ATTR,  "X..20",       NULL },
	{ "7230", "7239", ATTR,  "X2 X..28",    NULL },
	{ "7240", "7240", ATTR,  "X..20",       NULL },
	{ "7241", "7241", ATTR,  "N2",          NULL },
	{ "7242", "7242", ATTR,  "X..25",       NULL },
	{ "7250", "7250", ATTR,  "N8",          NULL },
	{ "7251", "7251", ATTR,  "N12",         NULL },
	{ "7252", "7252", ATTR,  "N1",          NULL },
	{ "7253", "7254", ATTR,  "X..40",       NULL },
	{ "7255", "7255", ATTR,  "X..10",       NULL },
	{ "7256", "7256", ATTR,  "X..90",       NULL },
	{ "7257", "7257", ATTR,  "X..70",       NULL },
	{ "7258", "7258", ATTR,  "X3",          NULL },
	{ "7259", "7259", ATTR,  "X..40",       NULL },
	{ "8001", "8001", ATTR,  "N14",         NULL },
	{ "8002", "8002", ATTR,  "X..20",       NULL },
	{ "8005", "8005", ATTR,  "N6",          NULL },
	{ "8007", "8007", ATTR,  "X..34",       NULL },
	{ "8008", "8008", ATTR,  "N6D N2 N2? N2?", NULL },
	{ "8009", "8009", ATTR,  "X..50",       NULL },
	{ "8012", "8012", ATTR,  "X..20",       NULL },
	{ "8026", "8026", ATTR,  "N14kh N4p",   NULL },
	{ "8030", "8030", ATTR,  "Z..90",       NULL },
	{ "8110", "8110", ATTR,  "X..70",       NULL },
	{ "8111", "8111", ATTR,  "N4",          NULL },
	{ "8112", "8112", ATTR,  "X..70",       NULL },
	{ "90",   "90",   ATTR,  "X..30",       NULL },
	{ "91",   "99",   ATTR,  "X..90",       NULL },
	/* assigned, but never in a Digital Link */
	{ "03",   "03",   0,     "N14kh",       NULL },
	{ "7041", "7041", 0,     "X..4",        NULL },
	{ "8014", "8014", 0,     "X..25ga",     NULL },
	{ "8040", "8041", 0,     "N15",         NULL },
	{ "8042", "8042", 0,     "N32",         NULL },
	{ "8043", "8043", 0,     "N18 N..2?",   NULL },
	{ "8200", "8200", 0,     "X..70",       NULL },
};
/* clang-format on */

static bool
row_has(const struct ai_row *row, struct cn_slice ai)
{
	size_t len = strlen(row->first);
	uint8_t digit;

	if (ai.len != len || memcmp(ai.ptr, row->first, len) < 0 ||
	    memcmp(ai.ptr, row->last, len) > 0)
		return false;
	digit = ai.ptr[len - 1];
	return digit >= (uint8_t)row->first[len - 1] &&
	       digit <= (uint8_t)row->last[len - 1];
}

const struct ai_row *
ai_find(struct cn_slice ai)
{
	for (size_t i = 0; i < ai.len; i++)
		if (ai.ptr[i] < '0' || ai.ptr[i] > '9')
			return NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (row_has(&rows[i], ai))
			return &rows[i];
	return NULL;
}

const struct ai_row *
ai_find_key(struct cn_slice ai)
{
	const struct ai_row *row = ai_find(ai);

	return row != NULL && (row->flags & AI_KEY) != 0 ? row : NULL;
}

bool
ai_is_alpha(struct cn_slice word)
{
	static const char *const words[] = { "sscc", "gtin", "gdti", "gcn",
		"ginc", "gsin", "gln", "payto", "party", "grai", "giai", "itip",
		"cpid", "gmn", "gsrnp", "gsrn", "cpv", "lot", "ser", "glnx",
		"refno", "cpsn", "srin" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t at = 0;

		while (at < word.len && words[i][at] != '\0' &&
		       (word.ptr[at] | 0x20) == words[i][at])
			at++;
		if (at == word.len && words[i][at] == '\0')
			return true;
	}
	return false;
}
