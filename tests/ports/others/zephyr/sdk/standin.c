/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>
#include <zephyr/cache.h>

unsigned standin_flushed, standin_invalidated, standin_asked;

void printk(const char *fmt, ...)
{
    va_list va;

    va_start(va, fmt);
    vprintf(fmt, va);
    va_end(va);
}

#ifdef CONFIG_MMU
int arch_page_phys_get(void *virt, uintptr_t *phys);

/* Pairs of pages are contiguous, but the pairs lie far apart. */
int arch_page_phys_get(void *virt, uintptr_t *phys)
{
    const uintptr_t page = (uintptr_t)virt / CONFIG_MMU_PAGE_SIZE;

    if ((uintptr_t)virt % CONFIG_MMU_PAGE_SIZE != 0)
        return -EFAULT;
    *phys = (page / 2 * 6 + page % 2) * CONFIG_MMU_PAGE_SIZE;
    return 0;
}
#endif
