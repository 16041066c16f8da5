/* CWT claims (RFC 8392), wherever they stand. */
#ifndef SEAL_CLAIMS_H
#define SEAL_CLAIMS_H

#include <carnet/cbor.h>
#include <carnet/clock.h>

#define CN_CLAIM_ISS 1
#define CN_CLAIM_SUB 2
#define CN_CLAIM_IAT 6

#define CN_MAX_ISS 255
#define CN_MAX_SUB 2048

struct cn_claims {
	struct cn_slice iss, sub; /* ptr NULL: absent */
	cn_instant iat; /* 0: absent */
};

/* Reads the claims of a checked map. closed: exactly iss, sub and iat must
 * stand there, else each may be absent and others are passed over. What is
 * there must be of the right kind: iss an https URL, sub a URI, iat a whole
 * number of seconds, from 1970 to 9999, without a tag. */
enum cn_code cn_claims_read(struct cn_slice map, bool closed,
    struct cn_claims *out, struct cn_error *err);

/* "https://" and a host, printable ASCII without blanks, within the length. */
bool cn_iss_ok(struct cn_slice iss);

/* A whole number of seconds that is an instant of ours. */
bool cn_iat_read(struct cn_cbor *c, cn_instant *out);

#endif
