/* SPDX-License-Identifier: MIT */
#ifndef VWR_ZERO_H
#define VWR_ZERO_H

#include "vwr/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroes [p, p + bytes), without the memset that an embedder may not have. Context: any. */
void vwr_zero(void *p, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
