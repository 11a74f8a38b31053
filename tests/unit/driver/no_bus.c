/* SPDX-License-Identifier: MIT */
#include "vwr/base.h"

#include <stdlib.h>

/* A port for tests that touch no register. */

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
    (void)p;
    (void)n;
    (void)run;
    abort();
}

uint64_t vwr_host_time_us(void)
{
    return 0;
}
