/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_RANDOM_H
#define VWR_COMMON_RANDOM_H

#include <stdint.h>

/* The next random number below `n` from *state. The sequence is the same on each machine. */
static inline uint32_t random_below(uint64_t *state, uint32_t n)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % n);
}

#endif
