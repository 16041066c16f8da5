/*
 * What every harness states: a property that holds for any input whatever.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The property, or the end. */
#define FUZZ_HOLDS(condition)                                         \
	do {                                                          \
		if (!(condition)) {                                   \
			fprintf(stderr, "%s:%d: does not hold: %s\n", \
			    __FILE__, __LINE__, #condition);          \
			abort();                                      \
		}                                                     \
	} while (0)

#endif
