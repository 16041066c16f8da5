/* CSAF provider metadata: where a publisher's advisories lie. */
#include "read.h"

#include <stdlib.h>

enum tag {
	TAG_NONE,
	TAG_VERSION,
	TAG_URL,
	TAG_ROLE,
	TAG_PUBLISHER,
	TAG_UPDATED,
	TAG_FEED,
	TAG_DIRECTORY
};

static const struct slot publisher_slots[] = {
	{ "name", &shape_text, TAG_PUBLISHER, SLOT_REQUIRED, 0 },
};
static const struct shape publisher = SHAPE_OPEN(publisher_slots);
static const struct slot feed_slots[] = {
	{ "url", &shape_uri, TAG_FEED, SLOT_REQUIRED, 0 },
};
static const struct shape feed = SHAPE_OPEN(feed_slots);
static const struct slot feeds_item = { NULL, &feed, 0, 0, 0 };
static const struct shape feeds = SHAPE_LIST_OF(feeds_item);
static const struct slot rolie_slots[] = {
	{ "feeds", &feeds, 0, SLOT_REQUIRED, 0 },
};
static const struct shape rolie = SHAPE_OPEN(rolie_slots);
static const struct slot directory_slots[] = {
	{ "url", &shape_uri, TAG_DIRECTORY, SLOT_REQUIRED, 0 },
};
/* 2.0: directory_url; 2.1: directory */
static const struct shape directory = SHAPE_OPEN(directory_slots);
static const struct slot distribution_slots[] = {
	{ "directory_url", &shape_uri, TAG_DIRECTORY, 0, 0 },
	{ "directory", &directory, 0, 0, 0 },
	{ "rolie", &rolie, 0, 0, 0 },
};
static const struct shape distribution = SHAPE_OPEN(distribution_slots);
static const struct slot distributions_item = { NULL, &distribution, 0, 0, 0 };
static const struct shape distributions = SHAPE_LIST_OF(distributions_item);
static const struct choice role_choices[] = {
	{ "csaf_publisher", 0 },
	{ "csaf_provider", 0 },
	{ "csaf_trusted_provider", 0 },
	{ NULL, 0 },
};
static const struct shape role = SHAPE_CHOICES(role_choices);
static const struct slot document_slots[] = {
	{ "canonical_url", &shape_uri, TAG_URL, SLOT_REQUIRED, 0 },
	{ "metadata_version", &shape_text, TAG_VERSION, SLOT_REQUIRED, 0 },
	{ "role", &role, TAG_ROLE, 0, 0 },
	{ "publisher", &publisher, 0, SLOT_REQUIRED, 0 },
	{ "last_updated", &shape_instant, TAG_UPDATED, SLOT_REQUIRED, 0 },
	{ "distributions", &distributions, 0, 0, 0 },
};
static const struct shape document = SHAPE_OPEN(document_slots);

struct provider {
	struct reading *r;
	struct text_list feeds, directories;
};

static void *
begin(struct reading *r)
{
	struct provider *p = calloc(1, sizeof(*p));

	if (p != NULL)
		p->r = r;
	return p;
}

static void
handle(void *ctx, struct walk *w, enum walk_event event, int tag,
    struct cn_slice text)
{
	struct provider *p = ctx;
	struct cn_sbom_facts *facts = p->r->facts;

	(void)w;
	if (event != WALK_VALUE)
		return;
	if (tag == TAG_VERSION)
		facts->sbom.spec_version = keep(p->r, text);
	else if (tag == TAG_URL)
		facts->id = keep(p->r, text);
	else if (tag == TAG_ROLE)
		facts->of.provider.role = keep(p->r, text);
	else if (tag == TAG_PUBLISHER)
		facts->of.provider.publisher = keep(p->r, text);
	else if (tag == TAG_UPDATED)
		facts->timestamp = keep(p->r, text);
	else
		texts_add(
		    p->r, tag == TAG_FEED ? &p->feeds : &p->directories, text);
}

static void
end(void *ctx)
{
	struct provider *p = ctx;

	p->r->facts->of.provider.feeds = p->feeds.first;
	p->r->facts->of.provider.directories = p->directories.first;
}

const struct dialect provider_json = { CN_SBOM_CSAF_PROVIDER,
	"CSAF-provider-metadata", "csaf", "json", &document, run_json, begin,
	handle, end, free };
