/* Waivers: a finding may be silenced with a reason and until a day. */
#include "check.h"

static void
expired(const struct cn_check_input *in, const struct cn_waiver *waiver,
    struct cn_report *report)
{
	struct cn_place place = { in->descriptor->file, waiver->source, false };
	char until[11];

	cn_date_print(waiver->until, until);
	cn_report_add(report, CN_WARNING, "waiver.expired", NULL, place,
	    "the waiver of \"%.*s\" ended with %s: mend the finding or renew "
	    "the waiver",
	    CN_FMT(waiver->rule), until);
}

static void
unused(const struct cn_check_input *in, const struct cn_waiver *waiver,
    struct cn_report *report)
{
	struct cn_place place = { in->descriptor->file, waiver->source, false };

	cn_report_add(report, CN_NOTE, "waiver.unused", NULL, place,
	    "nothing was found that this waiver of \"%.*s\" silences",
	    CN_FMT(waiver->rule));
}

/* What could not be read cannot be waived. */
static bool
silence(const struct cn_waiver *waiver, struct cn_report *report)
{
	bool any = false;

	for (struct cn_finding *f = report->first; f != NULL; f = f->next) {
		if (!cn_slice_eq(f->rule, waiver->rule) ||
		    cn_slice_starts(f->rule, "descriptor.") ||
		    cn_slice_starts(f->rule, "waiver."))
			continue;
		any = true;
		if (!f->waived)
			report->count[f->level]--;
		f->waived = true;
	}
	return any;
}

void
waive(const struct cn_check_input *in, struct cn_report *report)
{
	const struct cn_waiver *w = in->descriptor->waivers;

	for (; w != NULL; w = w->next) {
		if (cn_date_day(w->until) < in->at)
			expired(in, w, report);
		else if (!silence(w, report))
			unused(in, w, report);
	}
}
