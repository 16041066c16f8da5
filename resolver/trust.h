/*
 * The trust list in use: read at start, read again on SIGHUP while requests
 * still hold the one before.
 */
#ifndef RESOLVER_TRUST_H
#define RESOLVER_TRUST_H

#include <carnet/trust.h>

struct rs_trust_box;
struct rs_trusted;

CN_MUST_USE enum cn_code rs_trust_open(
    const char *path, struct rs_trust_box **out, struct cn_error *err);
void rs_trust_close(struct rs_trust_box *box); /* NULL is fine */
/* Reads the file anew; after a failure the old list stays in use. */
CN_MUST_USE enum cn_code rs_trust_reload(
    struct rs_trust_box *box, struct cn_error *err);

/* The list, valid until let go. */
struct rs_trusted *rs_trust_hold(struct rs_trust_box *box);
const struct cn_trust *rs_trust_list(const struct rs_trusted *held);
void rs_trust_let_go(struct rs_trusted *held);

#endif
