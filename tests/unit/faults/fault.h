/*
 * Every allocation and every call of a foreign library fails once.
 *
 * The linker leads each function of foreign.def to a wrapper (--wrap). While
 * faults are armed, calls are counted; the n-th one fails as that function
 * fails. fault_run() runs a scenario with n = 1, 2, 3 … until a run passes
 * without a failure, and then once more with every call from the n-th on
 * failing, because clean-up must not depend on luck either.
 */
#ifndef FAULT_H
#define FAULT_H

#include <carnet/error.h>

#include <stdbool.h>

struct fault_scenario {
	const char *name;
	/* The whole thing, from nothing to freed again. Asserts by itself that
	 * outputs are empty after a failure. */
	enum cn_code (*run)(void *ctx, struct cn_error *err);
	/* After every run: what must hold whatever failed (a file is whole …);
	 * may be NULL. Nothing fails while it runs. */
	void (*after)(void *ctx, enum cn_code code);
	void *ctx;
	bool slow; /* leave out the runs in which every call fails */
};

void fault_run(const struct fault_scenario *scenario);

/* For a scenario's own assertions and preparations: nothing fails between
 * these two. */
void fault_pause(void);
void fault_resume(void);

/* Between these two nobody is left to whom a failure could be told. */
void fault_ending(bool yes);

/* Whether this call is the one that fails. must: a failure that goes unnoticed
 * is a bug. */
bool fault_due(const char *function, bool must);

#endif
