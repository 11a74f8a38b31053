/* SPDX-License-Identifier: MIT */
#ifndef __THREAD_H__
#define __THREAD_H__

#include "avatar_types.h"

static inline uint32_t get_current_cpu_id(void)
{
    unsigned long mpidr;

    __asm__ __volatile__("mrs %0, mpidr_el1" : "=r"(mpidr));
    return (uint32_t)(mpidr & 0xff);
}

static inline uint64_t read_tpidr_el0(void)
{
    uint64_t value;

    asm volatile("mrs %0, tpidr_el0" : "=r"(value));
    return value;
}

static inline uint64_t read_tpidr_el2(void)
{
    uint64_t value;

    asm volatile("mrs %0, tpidr_el2" : "=r"(value));
    return value;
}

static inline void write_tpidr_el2(uint64_t val)
{
    asm volatile("msr tpidr_el2, %0" ::"r"(val));
}

extern uint64_t get_el();

#endif
