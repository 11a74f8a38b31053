/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_CACHE_H
#define STANDIN_ZEPHYR_CACHE_H

#include <zephyr/kernel.h>

extern unsigned standin_flushed, standin_invalidated;

/* Without CACHE_MANAGEMENT the call exists, and does nothing. */
static inline int sys_cache_data_invd_range(void *addr, size_t size)
{
#if defined(CONFIG_CACHE_MANAGEMENT) && defined(CONFIG_DCACHE)
    standin_invalidated += addr != NULL && size > 0;
    return 0;
#else
    return -ENOTSUP;
#endif
}

static inline int sys_cache_data_flush_and_invd_range(void *addr, size_t size)
{
#if defined(CONFIG_CACHE_MANAGEMENT) && defined(CONFIG_DCACHE)
    standin_flushed += addr != NULL && size > 0;
    return 0;
#else
    return -ENOTSUP;
#endif
}

#endif
