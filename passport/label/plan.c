/*
 * From millimetres to printer dots. Everything a printer does is whole dots,
 * so a module is rounded up to them: down might leave it unreadable.
 */
#include <carnet/label.h>

#define MM_PER_INCH 25.4
#define DEFAULT_DPI 300
#define LEAST_DPI 72
#define MOST_DPI 4800
#define MOST_MODULE 25.0
#define MOST_PIXELS 8000u /* a side: what cn_picture_load() reads back */
#define HAIR 1e-6 /* what a division of decimals may be off, dots */

static unsigned
dots_for(double module, unsigned dpi)
{
	double exact = module * dpi / MM_PER_INCH;
	unsigned dots = (unsigned)exact;

	return exact - dots > HAIR ? dots + 1 : dots;
}

static enum cn_code
too_small(
    const struct cn_label_plan *plan, unsigned modules, struct cn_error *err)
{
	unsigned dots = dots_for(CN_LEAST_MODULE, plan->dpi);
	double module = dots * MM_PER_INCH / plan->dpi;

	return cn_fail(err, CN_TOO_SMALL,
	    "modules of %.3f mm (%u dots at %u dpi) are below GS1's least of "
	    "%.3f mm; %u dots would do: %.3f mm, a symbol of %.1f mm",
	    plan->module, plan->dots, plan->dpi, CN_LEAST_MODULE, dots, module,
	    module * modules);
}

enum cn_code
cn_label_plan(const struct cn_symbol *symbol, const struct cn_label_size *size,
    struct cn_label_plan *out, struct cn_error *err)
{
	unsigned modules = symbol->size + 2 * CN_QUIET_ZONE;
	double wanted = size->module == 0 ? CN_LEAST_MODULE : size->module;
	struct cn_label_plan plan = {
		.dpi = size->dpi == 0 ? DEFAULT_DPI : size->dpi,
	};

	*out = (struct cn_label_plan){ .dpi = 0 };
	if (plan.dpi < LEAST_DPI || plan.dpi > MOST_DPI)
		return cn_fail(err, CN_USAGE,
		    "%u dpi, where %d to %d are possible", plan.dpi, LEAST_DPI,
		    MOST_DPI);
	if (!(wanted > 0 && wanted <= MOST_MODULE)) /* NaN too */
		return cn_fail(err, CN_USAGE,
		    "a module is more than 0 and at most %.0f mm", MOST_MODULE);
	plan.dots = dots_for(wanted, plan.dpi);
	plan.module = plan.dots * MM_PER_INCH / plan.dpi;
	plan.pixels = plan.dots * modules;
	plan.side = plan.module * modules;
	if (plan.module < CN_LEAST_MODULE - HAIR && !size->force)
		return too_small(&plan, modules, err);
	if (plan.pixels > MOST_PIXELS)
		return cn_fail(err, CN_TOO_LARGE,
		    "a symbol of %.0f mm at %u dpi is more than %u pixels wide",
		    plan.side, plan.dpi, MOST_PIXELS);
	*out = plan;
	return CN_OK;
}
