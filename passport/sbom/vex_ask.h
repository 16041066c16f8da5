/*
 * An answer in the making. Private to sbom/.
 */
#ifndef CARNET_SBOM_VEX_ASK_H
#define CARNET_SBOM_VEX_ASK_H

#include <carnet/vex.h>

struct ask {
	const struct cn_sbom_facts *const *files;
	size_t count;
	const struct cn_vex_question *question;
	struct cn_arena *arena;
	struct cn_vex_answer *answer;
	struct cn_texts *last;
	bool loose; /* aliases and equal names count as well */
	bool no_memory;
	size_t named; /* statements about the vulnerability */
	size_t matched; /* and about the product */
	size_t answers;
};

void ask_because(struct ask *a, const char *fmt, ...) CN_PRINTF(2, 3);

/* Not without end; cut between characters. */
struct cn_slice ask_brief(struct cn_slice text);

bool ask_is_id(const struct ask *a, const struct cn_vex_statement *s);
bool ask_is_product(const struct ask *a, const struct cn_vex_statement *s);

/* Says why nothing matched: the question that users of such files ask most. */
void ask_explain(struct ask *a);

#endif
