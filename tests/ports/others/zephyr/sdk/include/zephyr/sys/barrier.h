/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_SYS_BARRIER_H
#define STANDIN_ZEPHYR_SYS_BARRIER_H

/* Empty unless the architecture selects one of two options. */
static inline void barrier_dmem_fence_full(void)
{
#if defined(CONFIG_BARRIER_OPERATIONS_ARCH) || defined(CONFIG_BARRIER_OPERATIONS_BUILTIN)
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

#endif
