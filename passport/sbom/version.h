/*
 * Orders of versions, one function a family of schemes. Private to sbom/.
 */
#ifndef CARNET_SBOM_VERSION_H
#define CARNET_SBOM_VERSION_H

#include <carnet/vex.h>

int version_maven(struct cn_slice a, struct cn_slice b);
int version_semver(struct cn_slice a, struct cn_slice b);
int version_deb(struct cn_slice a, struct cn_slice b);
int version_rpm(struct cn_slice a, struct cn_slice b);
int version_apk(struct cn_slice a, struct cn_slice b);
int version_pypi(struct cn_slice a, struct cn_slice b);

/* Characters of ASCII, whatever the locale. */
bool version_digit(uint8_t c);
bool version_alpha(uint8_t c);
/* Two runs of digits of any length, as numbers. */
int version_numbers(struct cn_slice a, struct cn_slice b);
/* Takes the run of digits, or of letters, off the front. */
struct cn_slice version_take(struct cn_slice *text, bool (*is)(uint8_t c));
/* Takes what stands before the first `c` off the front, and `c` itself; all
 * of it where there is none. *found may be NULL. */
struct cn_slice version_cut(struct cn_slice *text, uint8_t c, bool *found);

#endif
