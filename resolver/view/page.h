/*
 * Pages that are prepared once and served many times. A prepared page may be
 * used for every view with the same versions, language, UTC day and lot; where
 * rs_page_serial_matters() also for the same serial number only.
 */
#ifndef RESOLVER_PAGE_H
#define RESOLVER_PAGE_H

#include "template.h"
#include "view.h"

struct rs_prepared {
	struct cn_buf html; /* own */
	struct rs_marks marks; /* where serial number and lot belong */
};

/* A failure leaves out empty. */
CN_MUST_USE enum cn_code rs_page_prepare(const struct rs_pages *pages,
    const struct rs_view *view, struct rs_prepared *out, struct cn_error *err);
void rs_prepared_free(struct rs_prepared *prepared);

/* Appends the page of one unit. */
void rs_page_fill(const struct rs_prepared *prepared,
    const struct rs_view *view, struct cn_buf *out);

/* Does what the page says depend on the serial number? Only where a recall
 * names serial numbers. */
bool rs_page_serial_matters(const struct rs_view *view);

#endif
