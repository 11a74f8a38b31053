/* SPDX-License-Identifier: MIT */
#ifndef __MMIO_H__
#define __MMIO_H__

#include "mem/barrier.h"
#include "avatar_types.h"

/* Avatar's names and argument order: the value comes first. */
#define STAND_IN_MMIO(bits, type, load, store)                           \
    static inline type read##bits(const volatile void *addr)             \
    {                                                                    \
        type value;                                                      \
        __asm__ volatile(load "[%1]" : "=r"(value) : "r"(addr));         \
        return value;                                                    \
    }                                                                    \
    static inline void write##bits(type value, volatile void *addr)      \
    {                                                                    \
        __asm__ volatile(store "[%1]" : : "r"(value), "r"(addr));        \
    }                                                                    \
    static inline type mmio_read##bits(const volatile void *addr)        \
    {                                                                    \
        type value;                                                      \
        dsb(sy);                                                         \
        value = read##bits(addr);                                        \
        dsb(sy);                                                         \
        return value;                                                    \
    }                                                                    \
    static inline void mmio_write##bits(type value, volatile void *addr) \
    {                                                                    \
        dsb(sy);                                                         \
        write##bits(value, addr);                                        \
        dsb(sy);                                                         \
    }

STAND_IN_MMIO(8, uint8_t, "ldrb %w0, ", "strb %w0, ")
STAND_IN_MMIO(16, uint16_t, "ldrh %w0, ", "strh %w0, ")
STAND_IN_MMIO(32, uint32_t, "ldr %w0, ", "str %w0, ")
STAND_IN_MMIO(64, uint64_t, "ldr %0, ", "str %0, ")

#undef STAND_IN_MMIO

#endif
