/* SPDX-License-Identifier: MIT */
#include "vwr/base.h"

#include "bus.h"
#include "guest.h"

/* The port of a program that drives only QEMU's devices. */

/*
 * Registers are little-endian on the bus. The port returns the number that this program's processor would
 * load.
 */
static uint32_t loaded(unsigned bytes, uint32_t value)
{
    return vwr_cpu_to_le32(value) >> (VWR_BIG_ENDIAN ? 32 - 8 * bytes : 0);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return loaded(bytes, bus_read(reg, bytes));
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    bus_write(reg, bytes, loaded(bytes, value));
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    return guest_dma(p, n, run);
}

uint64_t vwr_host_time_us(void)
{
    return bus_time_us();
}
