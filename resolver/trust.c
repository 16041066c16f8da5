#include "trust.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct rs_trusted {
	atomic_uint refs;
	struct cn_trust *list;
};

struct rs_trust_box {
	char *path;
	pthread_mutex_t lock;
	struct rs_trusted *current; /* under the lock */
};

static enum cn_code
load(const char *path, struct rs_trusted **out, struct cn_error *err)
{
	struct rs_trusted *held = calloc(1, sizeof(*held));
	enum cn_code code;

	if (held == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for the trust list");
	atomic_init(&held->refs, 1);
	code = cn_trust_load(path, &held->list, err);
	if (code != CN_OK) {
		free(held);
		return code;
	}
	*out = held;
	return CN_OK;
}

enum cn_code
rs_trust_open(const char *path, struct rs_trust_box **out, struct cn_error *err)
{
	struct rs_trust_box *box = calloc(1, sizeof(*box));
	size_t len = strlen(path);
	enum cn_code code;

	*out = NULL;
	if (box != NULL)
		box->path = malloc(len + 1);
	if (box == NULL || box->path == NULL) {
		free(box);
		return cn_fail(err, CN_MEMORY, "no memory for the trust list");
	}
	memcpy(box->path, path, len + 1);
	(void)pthread_mutex_init(&box->lock, NULL);
	code = load(path, &box->current, err);
	if (code != CN_OK) {
		rs_trust_close(box);
		return code;
	}
	*out = box;
	return CN_OK;
}

void
rs_trust_close(struct rs_trust_box *box)
{
	if (box == NULL)
		return;
	rs_trust_let_go(box->current);
	(void)pthread_mutex_destroy(&box->lock);
	free(box->path);
	free(box);
}

enum cn_code
rs_trust_reload(struct rs_trust_box *box, struct cn_error *err)
{
	struct rs_trusted *fresh = NULL, *old;
	enum cn_code code = load(box->path, &fresh, err);

	if (code != CN_OK)
		return code;
	(void)pthread_mutex_lock(&box->lock);
	old = box->current;
	box->current = fresh;
	(void)pthread_mutex_unlock(&box->lock);
	rs_trust_let_go(old);
	return CN_OK;
}

struct rs_trusted *
rs_trust_hold(struct rs_trust_box *box)
{
	struct rs_trusted *held;

	(void)pthread_mutex_lock(&box->lock);
	held = box->current;
	atomic_fetch_add(&held->refs, 1);
	(void)pthread_mutex_unlock(&box->lock);
	return held;
}

const struct cn_trust *
rs_trust_list(const struct rs_trusted *held)
{
	return held->list;
}

void
rs_trust_let_go(struct rs_trusted *held)
{
	if (held == NULL || atomic_fetch_sub(&held->refs, 1) != 1)
		return;
	cn_trust_free(held->list);
	free(held);
}
