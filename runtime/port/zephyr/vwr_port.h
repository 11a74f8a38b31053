/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_ZEPHYR_H
#define VWR_PORT_ZEPHYR_H

/*
 * Zephyr: registers, barriers, caches, page tables and clock use Zephyr's functions. The code that provides a
 * register address must map it (device_map). zephyr/Kconfig contains the options.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>
#include <zephyr/cache.h>
#include <zephyr/sys/barrier.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/sys_io.h>

static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return sys_read8((mem_addr_t)reg);
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return sys_read16((mem_addr_t)reg);
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return sys_read32((mem_addr_t)reg);
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    sys_write8(value, (mem_addr_t)reg);
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    sys_write16(value, (mem_addr_t)reg);
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    sys_write32(value, (mem_addr_t)reg);
}

/*
 * On RISC-V, Zephyr's barrier covers only memory, but a device also uses registers. On architectures that
 * select neither of the two options, such as x86, Zephyr's barrier is empty, so the compiler's is used.
 */
static inline void vwr_port_mb(void)
{
#ifdef CONFIG_RISCV
    __asm__ volatile("fence iorw, iorw" ::: "memory");
#else
    barrier_dmem_fence_full();
#if !defined(CONFIG_BARRIER_OPERATIONS_ARCH) && !defined(CONFIG_BARRIER_OPERATIONS_BUILTIN)
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
#endif
}

static inline void vwr_port_rmb(void)
{
    vwr_port_mb();
}

static inline void vwr_port_wmb(void)
{
    vwr_port_mb();
}

static inline void vwr_port_release(void)
{
    vwr_port_mb();
}
#define vwr_port_release vwr_port_release

#ifdef CONFIG_MMU
/* Internal to the kernel and its architectures; the header that declares it differs between versions. */
int arch_page_phys_get(void *virt, uintptr_t *phys);

/* Adjacent pages are contiguous. */
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    const uintptr_t page = CONFIG_MMU_PAGE_SIZE;
    const uintptr_t offset = (uintptr_t)p % page;
    uintptr_t at = (uintptr_t)p - offset;
    uintptr_t first = 0;
    uintptr_t next = 0;

    *run = 0;
    if (arch_page_phys_get((void *)at, &first) != 0)
        return 0;
    for (*run = page - offset; *run < n; *run += page) {
        at += page;
        if (arch_page_phys_get((void *)at, &next) != 0 || next != first + (*run + offset))
            break;
    }
    if (*run > n)
        *run = n;
    return first + offset;
}
#else
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}
#endif

#define VWR_PORT_DMA_ALIGN CONFIG_VIRTWRIGHT_DMA_ALIGN

#ifndef CONFIG_VIRTWRIGHT_COHERENT
static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    (void)sys_cache_data_flush_and_invd_range((void *)(uintptr_t)p, n);
}
#define vwr_port_sync_for_device vwr_port_sync_for_device

static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    (void)sys_cache_data_invd_range((void *)(uintptr_t)p, n);
}
#define vwr_port_sync_for_cpu vwr_port_sync_for_cpu
#endif

static inline uint64_t vwr_port_time_us(void)
{
    /* the conversion may be a macro that evaluates it twice */
    const uint64_t ticks = (uint64_t)k_uptime_ticks();

    return k_ticks_to_us_floor64(ticks);
}
#define vwr_port_time_us vwr_port_time_us

/* The thread sleeps at least a tick; the caller then polls again. */
static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    if (*word == seen)
        (void)k_usleep((int32_t)(us < CONFIG_VIRTWRIGHT_NAP_US ? us : CONFIG_VIRTWRIGHT_NAP_US));
}
#define vwr_port_idle vwr_port_idle

static inline void vwr_port_log(const char *line)
{
    printk("%s\n", line);
}
#define vwr_port_log vwr_port_log

#endif
