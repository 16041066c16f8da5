#include "queue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct rs_queue {
	const struct rs_engine *engine;
	void *self;
	unsigned max;
	unsigned batch;
	atomic_ullong commits;

	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled;
	/* Under the lock: */
	struct rs_write *head;
	struct rs_write **tail;
	unsigned length;
	bool stopping;
};

/* At most `batch` writes from the front, or NULL when the queue is to end. */
static struct rs_write *
take(struct rs_queue *queue)
{
	struct rs_write *list, **end;
	unsigned count = 0;

	(void)pthread_mutex_lock(&queue->lock);
	while (queue->head == NULL && !queue->stopping)
		(void)pthread_cond_wait(&queue->filled, &queue->lock);
	list = queue->head;
	for (end = &list; *end != NULL && count < queue->batch; count++)
		end = &(*end)->next;
	queue->head = *end;
	*end = NULL;
	if (queue->head == NULL)
		queue->tail = &queue->head;
	queue->length -= count;
	(void)pthread_mutex_unlock(&queue->lock);
	return list;
}

static enum cn_code
commit(struct rs_queue *queue, struct rs_write *list, struct cn_error *err)
{
	bool changed = false;
	enum cn_code code;

	code = queue->engine->commit(queue->self, list, &changed, err);
	if (code == CN_OK && changed)
		atomic_fetch_add(&queue->commits, 1);
	return code;
}

static void
answer(struct rs_write *list, const struct cn_error *failure)
{
	struct rs_write *write;

	while ((write = list) != NULL) {
		list = write->next;
		write->next = NULL;
		if (failure != NULL) {
			write->outcome = RS_FAILED;
			write->error = *failure;
		}
		write->done(write); /* it may be gone afterwards */
	}
}

/*
 * All together, or, where that fails, one by one: what one of them did not
 * survive must not take the others with it.
 */
static void
perform(struct rs_queue *queue, struct rs_write *list)
{
	struct cn_error err = { 0 };
	struct rs_write *rest;
	enum cn_code code;

	code = commit(queue, list, &err);
	if (code == CN_OK || list->next == NULL) {
		answer(list, code == CN_OK ? NULL : &err);
		return;
	}
	for (; list != NULL; list = rest) {
		rest = list->next;
		list->next = NULL;
		cn_error_clear(&err);
		code = commit(queue, list, &err);
		answer(list, code == CN_OK ? NULL : &err);
	}
}

static void *
run(void *arg)
{
	struct rs_queue *queue = arg;
	struct rs_write *list;

	while ((list = take(queue)) != NULL)
		perform(queue, list);
	return NULL;
}

enum cn_code
rs_queue_start(const struct rs_engine *engine, void *self,
    const struct rs_store_options *options, struct rs_queue **out,
    struct cn_error *err)
{
	struct rs_queue *queue = calloc(1, sizeof(*queue));

	*out = NULL;
	if (queue == NULL)
		return cn_fail(err, CN_MEMORY, "no memory for the queue");
	queue->engine = engine;
	queue->self = self;
	queue->max = options->queue;
	queue->batch = options->batch;
	queue->tail = &queue->head;
	atomic_init(&queue->commits, 0);
	(void)pthread_mutex_init(&queue->lock, NULL);
	(void)pthread_cond_init(&queue->filled, NULL);
	if (pthread_create(&queue->thread, NULL, run, queue) != 0) {
		(void)pthread_cond_destroy(&queue->filled);
		(void)pthread_mutex_destroy(&queue->lock);
		free(queue);
		return cn_fail(err, CN_MEMORY, "no thread for the writer");
	}
	*out = queue;
	return CN_OK;
}

void
rs_queue_stop(struct rs_queue *queue)
{
	if (queue == NULL)
		return;
	(void)pthread_mutex_lock(&queue->lock);
	queue->stopping = true;
	(void)pthread_cond_signal(&queue->filled);
	(void)pthread_mutex_unlock(&queue->lock);
	(void)pthread_join(queue->thread, NULL);
	(void)pthread_cond_destroy(&queue->filled);
	(void)pthread_mutex_destroy(&queue->lock);
	free(queue);
}

void
rs_queue_put(struct rs_queue *queue, struct rs_write *write)
{
	bool full;

	write->next = NULL;
	write->outcome = RS_BUSY;
	(void)pthread_mutex_lock(&queue->lock);
	full = queue->length == queue->max || queue->stopping;
	if (!full) {
		*queue->tail = write;
		queue->tail = &write->next;
		queue->length++;
		(void)pthread_cond_signal(&queue->filled);
	}
	(void)pthread_mutex_unlock(&queue->lock);
	if (full)
		write->done(write);
}

uint64_t
rs_queue_commits(const struct rs_queue *queue)
{
	return atomic_load(&queue->commits);
}
