/* sbom/: files of several dialects are read to their facts and digests. */
#include "fault.h"
#include "scenarios.h"

#include <carnet/file.h>
#include <carnet/vex.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* One of each reader: a little, but of every kind of part. */
static const char *const files[] = {
	"<?xml version=\"1.0\"?>\n"
	"<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\" version=\"1\">"
	"<metadata><component type=\"device\" bom-ref=\"p\"><name>Gate</name>"
	"<version>1</version></component></metadata>"
	"<components><component type=\"library\" bom-ref=\"a\"><name>a</name>"
	"<version>2</version></component></components>"
	"<dependencies><dependency ref=\"p\"><dependency ref=\"a\"/>"
	"</dependency></dependencies></bom>",
	"SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n"
	"SPDXID: SPDXRef-DOCUMENT\nDocumentName: d\n"
	"DocumentNamespace: https://maker.example/d\n"
	"Creator: Organization: Maker Ltd\nCreated: 2026-01-01T00:00:00Z\n"
	"PackageName: a\nSPDXID: SPDXRef-a\nPackageVersion: 1\n"
	"PackageDownloadLocation: NOASSERTION\n"
	"Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a\n",
	"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,"
	"\"components\":[{\"type\":\"library\",\"bom-ref\":\"a\","
	"\"name\":\"a\",\"version\":\"1\"}],"
	"\"vulnerabilities\":[{\"id\":\"CVE-2026-0001\",\"ratings\":"
	"[{\"score\":7.25}],\"analysis\":{\"state\":\"exploitable\"},"
	"\"affects\":[{\"ref\":\"a\",\"versions\":[{\"version\":\"1\"}]}]}]}",
};

struct stage {
	char path[64];
	bool all_digests;
};

static enum cn_code
ask(const struct cn_sbom_facts *facts, struct cn_arena *arena,
    struct cn_error *err)
{
	struct cn_vex_question question = {
		.vulnerability = CN_SLICE("CVE-2026-0001"),
		.product = CN_SLICE("a"),
		.version = CN_SLICE("1"),
	};
	struct cn_vex_answer answer;

	return cn_vex_ask(&facts, 1, &question, arena, &answer, err);
}

static enum cn_code
read_facts(void *ctx, struct cn_error *err)
{
	struct stage *stage = ctx;
	struct cn_arena *arena = cn_arena_new(8u << 20);
	struct cn_sbom_request request = { .path = stage->path,
		.all_digests = stage->all_digests };
	struct cn_sbom_facts facts;
	struct cn_report report;
	enum cn_code code;

	if (arena == NULL)
		return cn_fail(err, CN_MEMORY, "no arena");
	cn_report_init(&report, arena);
	request.report = &report;
	code = cn_sbom_facts_read(&request, arena, &facts, err);
	if (code == CN_OK && report.code != CN_OK)
		code = cn_fail(err, report.code, "the report is full");
	if (code == CN_OK)
		code = ask(&facts, arena, err);
	cn_arena_free(arena);
	return code;
}

void
faults_sbom(void **state)
{
	char dir[] = "/tmp/carnet-faults-XXXXXX";
	struct stage stage = { .all_digests = false };

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(stage.path, sizeof(stage.path), "%s/sbom", dir);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(cn_file_write(stage.path,
				     cn_slice_str(files[i]), 0600, NULL),
		    CN_OK);
		stage.all_digests = i == 2;
		fault_run(&(struct fault_scenario){ .name = "facts of a file",
		    .run = read_facts,
		    .ctx = &stage });
	}
	assert_int_equal(unlink(stage.path), 0);
	assert_int_equal(rmdir(dir), 0);
}
