/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include <time.h>

static const struct bus *bus;

void bus_use(const struct bus *b)
{
    bus = b;
}

/* Registers are little-endian; the port returns them as this processor would load them. */
static uint32_t loaded(unsigned bytes, uint32_t value)
{
    return vwr_cpu_to_le32(value) >> (VWR_BIG_ENDIAN ? 32 - 8 * bytes : 0);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return loaded(bytes, bus->read((uintptr_t)reg, bytes));
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    bus->write((uintptr_t)reg, bytes, loaded(bytes, value));
}

uint64_t vwr_host_time_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

uint64_t now_ms(void)
{
    return vwr_host_time_us() / 1000u;
}
