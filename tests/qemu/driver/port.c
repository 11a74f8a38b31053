/* SPDX-License-Identifier: MIT */
#include "vwr/base.h"

#include "bus.h"
#include "guest.h"

/* The port's functions in a program that drives QEMU's devices and nothing else. */

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return bus_read(reg, bytes);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    bus_write(reg, bytes, value);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    return guest_dma(p, n, run);
}

uint64_t vwr_host_time_us(void)
{
    return bus_time_us();
}
