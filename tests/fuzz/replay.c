/*
 * Runs a harness over files: replay DIR…. The folders are flat. At least one
 * file must be there, so that a test without inputs fails.
 */
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

#define LONGEST (4u << 20)

static int
run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes = malloc(LONGEST);
	size_t len = 0;
	uint8_t *exact;

	if (file == NULL || bytes == NULL) {
		perror(path);
		exit(1);
	}
	len = fread(bytes, 1, LONGEST, file);
	fclose(file);
	/* Exactly as long as the input: reading past it is noticed. */
	exact = malloc(len == 0 ? 1 : len);
	if (exact == NULL)
		exit(1);
	memcpy(exact, bytes, len);
	free(bytes);
	(void)LLVMFuzzerTestOneInput(exact, len);
	free(exact);
	return 1;
}

static int
run_dir(const char *dir)
{
	DIR *entries = opendir(dir);
	const struct dirent *entry;
	char path[4096];
	int count = 0;

	if (entries == NULL)
		return 0;
	while ((entry = readdir(entries)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		count += run_file(path);
	}
	closedir(entries);
	return count;
}

int
main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; i++)
		count += run_dir(argv[i]);
	printf("%d inputs\n", count);
	return count > 0 ? 0 : 1;
}
