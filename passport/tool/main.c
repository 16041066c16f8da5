#include <stdio.h>
#include <string.h>

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("carnet " CARNET_VERSION);
		return 0;
	}
	fputs("usage: carnet --version\n", stderr);
	return 2;
}
