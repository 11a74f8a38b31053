/* SPDX-License-Identifier: MIT */
#ifndef BENCH_GUEST_GIC_H
#define BENCH_GUEST_GIC_H

#include <stdint.h>

/* The interrupt controller of QEMU's virt board, a GICv2, as far as one edge-triggered line needs it. */

#define GIC_SHARED 32u    /* first interrupt that comes from a device's line */
#define GIC_NOTHING 1020u /* from here on: no interrupt at all */

void gic_start(uint32_t interrupt);

/* The interrupt to be handled now, or GIC_NOTHING and above; gic_end when that is done. */
uint32_t gic_take(void);
void gic_end(uint32_t interrupt);

#endif
