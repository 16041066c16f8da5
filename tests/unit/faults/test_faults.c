#include "scenarios.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* test_faults [NAME]: all scenarios, or one. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_base),
		cmocka_unit_test(faults_keys),
		cmocka_unit_test(faults_encrypted),
		cmocka_unit_test(faults_seal),
		cmocka_unit_test(faults_model),
		cmocka_unit_test(faults_label),
		cmocka_unit_test(faults_pages),
		cmocka_unit_test(faults_store),
		cmocka_unit_test(faults_sbom),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
