/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_DEFAULTS_H
#define VWR_PORT_DEFAULTS_H

/*
 * Hooks that a port may leave out. A port that has one says so with a macro of the same name:
 *     static inline void vwr_port_relax(void) { ... }
 *     #define vwr_port_relax vwr_port_relax
 * No hook calls the library, but that an interrupt which comes through meanwhile may call vwr_dev_irq and
 * what else has the context "any". Included by vwr/base.h only.
 */

/* Alignment in bytes that a data buffer must have for DMA; a power of 2. */
#ifndef VWR_PORT_DMA_ALIGN
#define VWR_PORT_DMA_ALIGN 1u
#endif

/*
 * 1: the register hooks reach registers and no memory (a bus of its own, an emulated one), so that
 * vwr_port_selftest cannot try them on memory.
 */
#ifndef VWR_PORT_REGISTERS_APART
#define VWR_PORT_REGISTERS_APART 0
#endif

/*
 * Before a store that publishes (an available or used index, the flags of a packed descriptor): all loads and
 * stores before it come before all stores after it, as the device sees it. vwr_port_rmb and vwr_port_wmb
 * together do not say that of a load and a later store, so the default is the full barrier.
 */
#ifndef vwr_port_release
#define vwr_port_release vwr_port_mb
#endif

/*
 * Writes 16 bits to I/O port `port`, for a doorbell there. It is called where the doorbell of a queue is
 * one (VWR_DOORBELL_PORT_16), and then a port has to have it.
 */
#ifdef vwr_port_out16
#define VWR_PORT_HAS_OUT16 1
#else
#define VWR_PORT_HAS_OUT16 0
static inline void vwr_port_out16(uint16_t port, uint16_t value)
{
    (void)port;
    (void)value;
}
#endif

/* Before the device reads or writes [p, p + n): clean or invalidate. Nothing where DMA is coherent. */
#ifndef vwr_port_sync_for_device
static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#endif

/* Before the CPU reads what the device has written to [p, p + n): invalidate. */
#ifndef vwr_port_sync_for_cpu
static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#endif

/*
 * Data of a request, or of a receive buffer, before the device is to access it, and when it has come back:
 * for an IOMMU that maps each transfer, or bounce buffers. map answers the device's address of [p, p + *run),
 * *run at most `n`, 0 if there is none now; `in`: the device writes. unmap is called once for each, with what
 * map answered, as soon as the device is finished with it: by whoever owns the queue, so that what both keep
 * for all queues needs a lock of the port. The device may write less than all of it, or nothing: a bounce
 * buffer begins as a copy of [p, p + *run) also where `in` is set, and only then is copied back by unmap.
 * They take the part of vwr_port_dma and the two syncs for data; queues, with the header and the answer of
 * each request, are the caller's memory, mapped for good.
 */
#ifdef vwr_port_dma_map
#define VWR_PORT_HAS_DMA_MAP 1
#else
#define VWR_PORT_HAS_DMA_MAP 0
static inline uint64_t vwr_port_dma_map(void *p, size_t n, bool in, size_t *run); /* base.h */
#endif
#ifndef vwr_port_dma_unmap
static inline void vwr_port_dma_unmap(uint64_t addr, void *p, size_t n, bool in)
{
    (void)addr;
    (void)p;
    (void)n;
    (void)in;
}
#endif

/* Called once a turn in every polling loop: yield, wfe, pause. */
#ifndef vwr_port_relax
static inline void vwr_port_relax(void)
{
}
#endif

/*
 * Sleeps until *word is no longer `seen`, an interrupt has come, or about `us` microseconds have
 * passed; returns early as it likes. It looks at the word with interrupts masked, so that none is
 * missed: mask; if (*word == seen) wfi; unmask. Without it, waiting is polling.
 */
#ifdef vwr_port_idle
#define VWR_PORT_HAS_IDLE 1
#else
#define VWR_PORT_HAS_IDLE 0
static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    (void)word;
    (void)seen;
    (void)us;
}
#endif

/*
 * Microseconds since any moment, never going back. Without a clock waits are counted: each
 * microsecond of a deadline is VWR_PORT_POLLS_PER_US polls, or what vwr_port_ticks says.
 */
#ifdef vwr_port_time_us
#define VWR_PORT_HAS_CLOCK 1
#else
#define VWR_PORT_HAS_CLOCK 0
static inline uint64_t vwr_port_time_us(void)
{
    return 0;
}
#endif

/*
 * Without a clock: a count that goes up by itself every VWR_PORT_TICK_US microseconds, as that of a
 * kernel's timer interrupt, and wraps at 2^32. It may stand still while interrupts are masked. Where
 * there is none, a sleep that nothing of the device has ended counts as long as it was to be, so it
 * must not end much earlier again and again.
 */
#ifdef vwr_port_ticks
#define VWR_PORT_HAS_TICKS 1
#ifndef VWR_PORT_TICK_US
#error "vwr port: vwr_port_ticks needs VWR_PORT_TICK_US, the microseconds of a tick"
#endif
#else
#define VWR_PORT_HAS_TICKS 0
#define VWR_PORT_TICK_US 0u
static inline uint32_t vwr_port_ticks(void)
{
    return 0;
}
#endif

#ifndef VWR_PORT_POLLS_PER_US
#define VWR_PORT_POLLS_PER_US 10u
#endif

/* One line of text without a line feed, for people. */
#ifndef vwr_port_log
static inline void vwr_port_log(const char *line)
{
    (void)line;
}
#endif

#endif
