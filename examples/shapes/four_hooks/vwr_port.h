/* SPDX-License-Identifier: MIT */
#ifndef FOUR_HOOKS_VWR_PORT_H
#define FOUR_HOOKS_VWR_PORT_H

#include "hooks.h"

#include <stdbool.h>

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return *(const volatile uint8_t *)reg;
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return *(const volatile uint16_t *)reg;
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return *(const volatile uint32_t *)reg;
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    *(volatile uint8_t *)reg = value;
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    *(volatile uint16_t *)reg = value;
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    *(volatile uint32_t *)reg = value;
}

static inline void vwr_port_mb(void)
{
    __asm__ volatile("dmb sy" ::: "memory");
}

static inline void vwr_port_rmb(void)
{
    __asm__ volatile("dmb sy" ::: "memory");
}

static inline void vwr_port_wmb(void)
{
    __asm__ volatile("dmb sy" ::: "memory");
}

/*
 * A translation is valid up to the end of its page. The next page may be contiguous for the device or
 * anywhere: *run reports how far it is, and the library calls again for the rest.
 */
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    const uint64_t address = virtio_virt_to_phys(p);
    size_t have = HOOKS_PAGE - (uintptr_t)p % HOOKS_PAGE;

    while (have < n && virtio_virt_to_phys((const uint8_t *)p + have) == address + have)
        have += HOOKS_PAGE;
    *run = have < n ? have : n;
    if (address == HOOKS_NOWHERE)
        *run = 0; /* the calling function returns VWR_EINVAL */
    return address;
}

#endif
