/*
 * What a template is compiled to: a list of operations. Private to
 * template*.c.
 */
#ifndef RESOLVER_TEMPLATE_OPS_H
#define RESOLVER_TEMPLATE_OPS_H

#include "template.h"

/* Blocks within one template. */
#define RS_TEMPLATE_DEPTH 16

enum rs_opcode {
	RS_OP_LITERAL,
	RS_OP_VALUE,
	RS_OP_BLOCK, /* {{#}} and {{^}}; runs to its close */
	RS_OP_FORM, /* a plural form; runs to its close */
	RS_OP_CLOSE,
	RS_OP_CALL
};

struct rs_op {
	enum rs_opcode code;
	bool negate; /* BLOCK: {{^}} */
	enum rs_plural form; /* FORM */
	unsigned up; /* how many lists outward the key is */
	const struct rs_key *key; /* VALUE, BLOCK, FORM */
	struct cn_slice text; /* LITERAL, ready to be put out */
	const struct rs_template *call;
	const struct rs_op *close; /* BLOCK, FORM */
	struct rs_op *next;
};

struct rs_template {
	const char *name;
	const struct rs_keys *keys;
	const struct rs_locale *locale;
	struct rs_op *first;
};

#endif
