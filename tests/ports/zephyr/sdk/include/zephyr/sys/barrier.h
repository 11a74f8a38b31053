/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_SYS_BARRIER_H
#define STANDIN_ZEPHYR_SYS_BARRIER_H

static inline void barrier_dmem_fence_full(void)
{
    __sync_synchronize();
}

#endif
