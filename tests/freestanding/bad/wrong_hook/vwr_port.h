/* SPDX-License-Identifier: MIT */
/* The good port, but with a vwr_port_dma that has a 32-bit address and no run. */
#define vwr_port_dma test_other_name
#include "../../port/vwr_port.h"
#undef vwr_port_dma

static inline uint32_t vwr_port_dma(const void *p, size_t n)
{
    (void)n;
    return (uint32_t)(uintptr_t)p;
}
