#include "fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* More calls than any scenario makes: then it does not end. */
#define MOST 20000ul

static struct {
	atomic_ulong calls; /* since it was armed */
	atomic_ulong target; /* 0: not armed */
	atomic_uint paused;
	atomic_bool ending;
	atomic_bool every; /* also all calls behind the target */
	_Atomic(const char *) failed; /* first function that failed */
	atomic_bool must;
} fault;

bool
fault_due(const char *function, bool must)
{
	unsigned long target = fault.target, call;

	if (target == 0 || fault.paused > 0)
		return false;
	call = ++fault.calls;
	if (call < target || (call > target && !fault.every))
		return false;
	if (call == target)
		fault.failed = function;
	/* Of many failures one that must be noticed is enough. */
	if (must && !fault.ending)
		fault.must = true;
	return true;
}

void
fault_pause(void)
{
	fault.paused++;
}

void
fault_resume(void)
{
	fault.paused--;
}

void
fault_ending(bool yes)
{
	fault.ending = yes;
}

static void
arm(unsigned long target, bool every)
{
	fault.calls = 0;
	fault.failed = NULL;
	fault.must = false;
	fault.every = every;
	fault.target = target;
}

/* One run with the n-th call failing; false when there was no n-th call. */
static bool
once(const struct fault_scenario *s, unsigned long n, bool every)
{
	struct cn_error err = { 0 };
	const char *failed;
	enum cn_code code;

	arm(n, every);
	code = s->run(s->ctx, &err);
	fault.target = 0;
	failed = fault.failed;
	if (getenv("FAULT_TRACE") != NULL)
		print_message("%s: call %lu%s: %s: %s\n", s->name, n,
		    every ? " and on" : "", failed != NULL ? failed : "-",
		    cn_code_name(code));
	if (failed == NULL && code != CN_OK)
		fail_msg("%s: without a fault: %s: %s", s->name, err.place,
		    err.text);
	if (failed != NULL && fault.must && code == CN_OK)
		fail_msg("%s: call %lu (%s) failed and nobody noticed", s->name,
		    n, failed);
	if (code != CN_OK && (err.code != code || err.text[0] == '\0'))
		fail_msg("%s: call %lu (%s): the error says nothing", s->name,
		    n, failed);
	if (s->after != NULL)
		s->after(s->ctx, code);
	return failed != NULL;
}

void
fault_run(const struct fault_scenario *s)
{
	unsigned long n = 1;

	/* What libraries set up once must not be counted. */
	assert_false(once(s, MOST, false));
	while (once(s, n, false)) {
		if (!s->slow)
			(void)once(s, n, true);
		n++;
		assert_true(n < MOST);
	}
	assert_true(n > 1);
	print_message("%s: %lu calls failed once each\n", s->name, n - 1);
}
