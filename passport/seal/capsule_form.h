/* The capsule's form, shared by those who read it and those who write it. */
#ifndef SEAL_CAPSULE_FORM_H
#define SEAL_CAPSULE_FORM_H

#include <carnet/capsule.h>

#include "passport_form.h"

extern const struct cn_sign1_profile cn_capsule_profile;

/* With its NUL: what external_aad begins with. */
#define CN_CAPSULE_AAD "carnet-capsule-v1"
#define CN_MAX_URL 2048
/* Months from 2000-01 to 9999-12. */
#define CN_SUPPORT_MAX (12 * 8000 - 1)

/* Appends external_aad for a printed URL, which has no fragment. */
enum cn_code cn_capsule_aad(
    struct cn_slice url, struct cn_buf *out, struct cn_error *err);

#endif
