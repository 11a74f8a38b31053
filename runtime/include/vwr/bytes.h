/* SPDX-License-Identifier: MIT */
#ifndef VWR_BYTES_H
#define VWR_BYTES_H

#include "vwr/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Without the memset and memcpy that an embedder may not have, nor a compiler makes of them. Context: any. */

/* Zeroes [p, p + bytes). */
void vwr_zero(void *p, size_t bytes);

/* Copies [from, from + bytes) to `to`; the two do not overlap. */
void vwr_copy(void *to, const void *from, size_t bytes);

/* A number of 1, 2 or 4 bytes, big-endian or little-endian. */
uint32_t vwr_bytes_number(const uint8_t *from, unsigned bytes, bool big);

#ifdef __cplusplus
}
#endif

#endif
