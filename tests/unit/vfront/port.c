/* SPDX-License-Identifier: MIT */
#include "vwr/base.h"

#include <stdlib.h>
#include <time.h>

/*
 * The host's port for a device in another process: no registers are accessed; addresses are those of this
 * process.
 */

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    (void)reg;
    (void)bytes;
    abort();
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)reg;
    (void)bytes;
    (void)value;
    abort();
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

uint64_t vwr_host_time_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}
