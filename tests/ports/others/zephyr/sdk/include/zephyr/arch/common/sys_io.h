/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_ARCH_COMMON_SYS_IO_H
#define STANDIN_ZEPHYR_ARCH_COMMON_SYS_IO_H

/* Included through arch/cpu.h, which kernel.h includes; sys/sys_io.h has only the types. */
#include <zephyr/sys/sys_io.h>

static inline uint8_t sys_read8(mem_addr_t addr)
{
    return *(volatile uint8_t *)addr;
}

static inline uint16_t sys_read16(mem_addr_t addr)
{
    return *(volatile uint16_t *)addr;
}

static inline uint32_t sys_read32(mem_addr_t addr)
{
    return *(volatile uint32_t *)addr;
}

static inline void sys_write8(uint8_t data, mem_addr_t addr)
{
    *(volatile uint8_t *)addr = data;
}

static inline void sys_write16(uint16_t data, mem_addr_t addr)
{
    *(volatile uint16_t *)addr = data;
}

static inline void sys_write32(uint32_t data, mem_addr_t addr)
{
    *(volatile uint32_t *)addr = data;
}

#endif
