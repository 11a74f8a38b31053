/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_RANDOM_H
#define VWR_COMMON_RANDOM_H

#include <stdint.h>

/* A number below `n`, the next one from *state: the same ones on each machine. */
static inline uint32_t random_below(uint64_t *state, uint32_t n)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % n);
}

#endif
