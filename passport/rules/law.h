/*
 * The dates from which the law applies, and the editions that were read. A date
 * that moves is changed here and nowhere else. Private to rules/.
 */
#ifndef CARNET_RULES_LAW_H
#define CARNET_RULES_LAW_H

#include <carnet/clock.h>

enum law_date {
	ALWAYS,
	CRA_REPORTING, /* CRA 71(2): Art. 14 */
	CRA_APPLIES, /* CRA 71(2) */
	AIA_PROHIBITIONS, /* AIA 113(a) */
	AIA_NEW_PROHIBITIONS, /* Reg. 2026/1744: 5(1)(ba), (bb) */
	AIA_TRANSPARENCY, /* AIA 113: Art. 50 */
	AIA_ANNEX_III, /* AIA 113(c)(i): Art. 6(2) systems */
	AIA_ANNEX_I, /* AIA 113(c)(ii): Art. 6(1) systems */
	AIA_AUTHORITIES, /* AIA 111(2): public authorities */
	TOYS, /* Reg. (EU) 2025/2509 */
	LAW_DATES
};

/* ISO date; NULL for ALWAYS. */
const char *law_date_text(enum law_date date);
cn_day law_date_day(enum law_date date);

/* The edition in which a citation was read: told by its first word. */
const char *law_edition(const char *cite);

#endif
