/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_KERNEL_H
#define STANDIN_ZEPHYR_KERNEL_H

/* The part of Zephyr that the port and the application of this folder use, in a program of the host. */
#include <autoconf.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>
#include <zephyr/arch/common/sys_io.h>

extern unsigned standin_asked; /* number of calls that read the time */

static inline int64_t k_uptime_ticks(void) /* 10 kHz, as on most boards */
{
    struct timespec now;

    standin_asked++;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 10000 + now.tv_nsec / 100000;
}

/*
 * In newer versions this is a macro. If the rates are no multiples of each other, it evaluates its argument
 * twice.
 */
#define k_ticks_to_us_floor64(t) ((uint64_t)(t) / 10000 * 1000000 + (uint64_t)(t) % 10000 * 1000000 / 10000)

static inline int32_t k_usleep(int32_t us)
{
    usleep((useconds_t)us);
    return 0;
}

#endif
