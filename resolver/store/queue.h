/*
 * The write queue: one thread, group commit.
 */
#ifndef RESOLVER_STORE_QUEUE_H
#define RESOLVER_STORE_QUEUE_H

#include "engine.h"

struct rs_queue;

CN_MUST_USE enum cn_code rs_queue_start(const struct rs_engine *engine,
    void *self, const struct rs_store_options *options, struct rs_queue **out,
    struct cn_error *err);
/* Does what waits, ends the thread, frees. NULL is fine. */
void rs_queue_stop(struct rs_queue *queue);
void rs_queue_put(struct rs_queue *queue, struct rs_write *write);
uint64_t rs_queue_commits(const struct rs_queue *queue);

#endif
