/*
 * CVSS 3.0 and 3.1 base scores: does the score follow from the vector (6.1.9),
 * and do the members say what the vector says (6.1.10)?
 */
#include "csaf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define METRICS 8
#define VALUES 4

/* The metrics in the order of their tags. */
static const struct {
	const char *name;
	struct {
		char letter; /* in the vector */
		const char *word; /* as a member */
		double weight, weight_changed; /* with a changed scope */
	} values[VALUES];
} metrics[METRICS] = {
	{ "AV",
	    { { 'N', "NETWORK", 0.85, 0.85 },
		{ 'A', "ADJACENT_NETWORK", 0.62, 0.62 },
		{ 'L', "LOCAL", 0.55, 0.55 }, { 'P', "PHYSICAL", 0.2, 0.2 } } },
	{ "AC", { { 'L', "LOW", 0.77, 0.77 }, { 'H', "HIGH", 0.44, 0.44 } } },
	{ "PR", { { 'N', "NONE", 0.85, 0.85 }, { 'L', "LOW", 0.62, 0.68 },
		    { 'H', "HIGH", 0.27, 0.5 } } },
	{ "UI",
	    { { 'N', "NONE", 0.85, 0.85 }, { 'R', "REQUIRED", 0.62, 0.62 } } },
	{ "S", { { 'U', "UNCHANGED", 0, 0 }, { 'C', "CHANGED", 1, 1 } } },
	{ "C", { { 'H', "HIGH", 0.56, 0.56 }, { 'L', "LOW", 0.22, 0.22 },
		   { 'N', "NONE", 0, 0 } } },
	{ "I", { { 'H', "HIGH", 0.56, 0.56 }, { 'L', "LOW", 0.22, 0.22 },
		   { 'N', "NONE", 0, 0 } } },
	{ "A", { { 'H', "HIGH", 0.56, 0.56 }, { 'L', "LOW", 0.22, 0.22 },
		   { 'N', "NONE", 0, 0 } } },
};

enum { AV, AC, PR, UI, S, C, I, A };

struct csaf_cvss {
	int vector[METRICS]; /* position of the value, from 1; 0: none */
	int member[METRICS];
	bool has_vector, bad;
	char score[8]; /* as written, cut */
	char severity[12];
};

struct csaf_cvss *
csaf_cvss_new(void)
{
	return calloc(1, sizeof(struct csaf_cvss));
}

/* ---- the vector -------------------------------------------------------------------- */

static struct cn_slice
take_to(struct cn_slice *text, uint8_t end)
{
	size_t at = cn_slice_find(*text, end);
	struct cn_slice piece = cn_slice_sub(*text, 0, at);

	*text = cn_slice_sub(*text, at + 1, text->len);
	return piece;
}

static int
value_of(size_t metric, uint8_t letter)
{
	for (int i = 0; i < VALUES; i++)
		if (metrics[metric].values[i].word != NULL &&
		    metrics[metric].values[i].letter == (char)letter)
			return i + 1;
	return 0;
}

/* Temporal and environmental metrics may follow; they do not count here. */
static void
read_vector(struct csaf_cvss *v, struct cn_slice text)
{
	struct cn_slice version = take_to(&text, '/');

	v->has_vector = true;
	v->bad = !cn_slice_is(version, "CVSS:3.0") &&
		 !cn_slice_is(version, "CVSS:3.1");
	while (text.len > 0) {
		struct cn_slice value = take_to(&text, '/');
		struct cn_slice name = take_to(&value, ':');

		for (size_t m = 0; m < METRICS; m++)
			if (cn_slice_is(name, metrics[m].name) &&
			    value.len == 1)
				v->vector[m] = value_of(m, value.ptr[0]);
	}
	for (size_t m = 0; m < METRICS; m++)
		v->bad = v->bad || v->vector[m] == 0;
}

/* ---- the score (section 7.1 of the specification) ------------------------------------- */

static double
weight(const struct csaf_cvss *v, size_t metric)
{
	int value = v->vector[metric] - 1;

	return v->vector[S] == 2 ? metrics[metric].values[value].weight_changed
				 : metrics[metric].values[value].weight;
}

/* The smallest number of one decimal that is not below (appendix A). */
static double
round_up(double x)
{
	long scaled = lround(x * 100000);

	return scaled % 10000 == 0 ? (double)scaled / 100000
				   : (double)(scaled / 10000 + 1) / 10;
}

static double
base_score(const struct csaf_cvss *v)
{
	bool changed = v->vector[S] == 2;
	double miss = (1 - weight(v, C)) * (1 - weight(v, I)) *
		      (1 - weight(v, A)),
	       iss = 1 - miss, impact, ease, sum;

	impact = changed ? 7.52 * (iss - 0.029) - 3.25 * pow(iss - 0.02, 15)
			 : 6.42 * iss;
	if (impact <= 0)
		return 0;
	ease = 8.22 * weight(v, AV) * weight(v, AC) * weight(v, PR) *
	       weight(v, UI);
	sum = (changed ? 1.08 : 1.0) * (impact + ease);
	return round_up(sum < 10 ? sum : 10);
}

static const char *
severity_of(double score)
{
	return score == 0  ? "NONE"
	       : score < 4 ? "LOW"
	       : score < 7 ? "MEDIUM"
	       : score < 9 ? "HIGH"
			   : "CRITICAL";
}

/* ---- checks ------------------------------------------------------------------------------ */

/* "7.50" and "7.5" are the same; more decimals are none of CVSS. */
static bool
is_score(const char *written, double score)
{
	unsigned tenths = (unsigned)lround(score * 10), whole = 0, tenth = 0;
	const char *p = written;

	for (; *p >= '0' && *p <= '9' && whole < 100; p++)
		whole = whole * 10 + (unsigned)(*p - '0');
	if (*p == '.' && p[1] >= '0' && p[1] <= '9') {
		tenth = (unsigned)(p[1] - '0');
		p += 2;
	}
	while (*p == '0')
		p++;
	return *p == '\0' && whole * 10 + tenth == tenths;
}

static void
check(struct csaf *c)
{
	const struct csaf_cvss *v = c->cvss;
	const struct walk *w = &c->r->walk;
	double score;

	if (!v->has_vector)
		return;
	if (v->bad) {
		csaf_find(c, "6.1.8", w->line, w->column,
		    "the vector is none of CVSS 3");
		return;
	}
	score = base_score(v);
	if (!is_score(v->score, score) ||
	    (v->severity[0] != '\0' &&
		!cn_slice_is(cn_slice_str(v->severity), severity_of(score))))
		csaf_find(c, "6.1.9", w->line, w->column,
		    "the vector gives %.1f, %s", score, severity_of(score));
	for (size_t m = 0; m < METRICS; m++)
		if (v->member[m] != 0 && v->member[m] != v->vector[m])
			csaf_find(c, "6.1.10", w->line, w->column,
			    "the member for %s says something else than the "
			    "vector",
			    metrics[m].name);
}

static void
copy(char *to, size_t size, struct cn_slice text)
{
	(void)snprintf(to, size, "%.*s", CN_FMT(text));
}

static void
member(struct csaf_cvss *v, size_t metric, struct cn_slice text)
{
	v->member[metric] = -1; /* a word that is none */
	for (int i = 0; i < VALUES; i++)
		if (metrics[metric].values[i].word != NULL &&
		    cn_slice_is(text, metrics[metric].values[i].word))
			v->member[metric] = i + 1;
}

void
csaf_cvss_event(
    struct csaf *c, enum walk_event event, int tag, struct cn_slice text)
{
	if (tag == TAG_CVSS3 && event == WALK_ENTER)
		*c->cvss = (struct csaf_cvss){ .has_vector = false };
	else if (tag == TAG_CVSS3)
		check(c);
	else if (tag == TAG_VECTOR)
		read_vector(c->cvss, text);
	else if (tag == TAG_BASE_SCORE)
		copy(c->cvss->score, sizeof(c->cvss->score), text);
	else if (tag == TAG_BASE_SEVERITY)
		copy(c->cvss->severity, sizeof(c->cvss->severity), text);
	else
		member(c->cvss, (size_t)(tag - TAG_METRIC_AV), text);
}
