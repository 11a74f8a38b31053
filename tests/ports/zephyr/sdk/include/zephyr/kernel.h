/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_KERNEL_H
#define STANDIN_ZEPHYR_KERNEL_H

/* As much of Zephyr as the port and the application of this folder use, on a program of the host. */
#include <autoconf.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

typedef uintptr_t mem_addr_t;

static inline int64_t k_uptime_ticks(void) /* 10 kHz, as most boards have */
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 10000 + now.tv_nsec / 100000;
}

static inline uint64_t k_ticks_to_us_floor64(uint64_t ticks)
{
    return ticks * 100;
}

static inline int32_t k_usleep(int32_t us)
{
    usleep((useconds_t)us);
    return 0;
}

#endif
