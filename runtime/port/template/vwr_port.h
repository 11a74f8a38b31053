/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_TEMPLATE_H
#define VWR_PORT_TEMPLATE_H

/*
 * Copy this file into your tree, add its folder to the include path, and adapt each body to your machine. It
 * compiles as it is. All functions are `static inline`. The file may include any headers, provided that these
 * names are defined afterwards: uint8_t to uint64_t, uintptr_t, size_t, bool, true, false, NULL. No other
 * file of Virtwright includes a system header.
 *
 * The comment at each hook describes when it is called, in which context, and what it must guarantee. "The
 * owner" is the caller of a library function: a thread, or the part of an interrupt handler that owns a
 * queue. No locks are held when a hook is called, because the library has none; hooks must not call the
 * library. vwr_port_selftest (vwr/selftest.h) tests the hooks; docs/porting.md contains a table of all hooks.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Register access.
 * When: 32 bits: start-up, reset, each notification, each interrupt. 8 and 16 bits: fields of a device's
 *   configuration only.
 * Context: Any: vwr_dev_irq accesses registers in an interrupt handler.
 * Must: Make a single access of exactly this width at this address, in host byte order. The access must not
 *   be merged, repeated or omitted, and must be in program order with other register accesses. A write may be
 *   posted. The port's owner maps registers as device memory (uncached). Ordering against normal memory is
 *   not required: the library uses barriers for it.
 */
static inline uint8_t vwr_port_read8(const volatile void *reg)
{
    return *(const volatile uint8_t *)reg;
}

static inline uint16_t vwr_port_read16(const volatile void *reg)
{
    return *(const volatile uint16_t *)reg;
}

static inline uint32_t vwr_port_read32(const volatile void *reg)
{
    return *(const volatile uint32_t *)reg;
}

static inline void vwr_port_write8(volatile void *reg, uint8_t value)
{
    *(volatile uint8_t *)reg = value;
}

static inline void vwr_port_write16(volatile void *reg, uint16_t value)
{
    *(volatile uint16_t *)reg = value;
}

static inline void vwr_port_write32(volatile void *reg, uint32_t value)
{
    *(volatile uint32_t *)reg = value;
}

/*
 * Barriers.
 * When: mb before a notification, and where a store has to be visible before a load (enabling an interrupt,
 *   then checking once more); wmb before the device is notified of a new ring; rmb after an index was read.
 * Context: Any in which a queue is used.
 * Must: Order both the processor and the compiler, as seen by another bus master, including a device outside
 *   of the CPUs' shareability domain (a barrier among CPUs only, `dmb ish` or a uniprocessor smp_mb, is not
 *   enough). mb: all earlier loads and stores, to normal memory and registers, before all later ones. rmb:
 *   loads. wmb: stores. A full barrier is always correct. __sync_synchronize is too weak on Arm (`dmb ish`)
 * and on RISC-V (clang: `fence rw, rw`), and right on x86, PowerPC, MIPS and s390.
 */
static inline void vwr_port_mb(void)
{
#if defined(__aarch64__) || defined(__arm__) && (__ARM_ARCH >= 7 || defined(__ARM_ARCH_6M__))
    __asm__ volatile("dmb sy" ::: "memory");
#elif defined(__arm__) && !defined(__thumb__)
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 4" : : "r"(0) : "memory");
#elif defined(__riscv)
    __asm__ volatile("fence iorw, iorw" ::: "memory");
#else
    __sync_synchronize();
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

/*
 * Returns the device address of p, and in *run for how many of the n bytes from there on (1 to n) it is
 * contiguous.
 * When: Once for each memory of a queue at start-up, then for each buffer of each request, segment by
 *   segment: the next call is for p + *run. n is never 0.
 * Context: The owner that submits a request. Does not wait, and returns the same result while the buffer is
 *   in use.
 * Must: Set *run = n if virtually contiguous memory is contiguous for the device; otherwise (a stack, a
 *   vmalloc area) up to the end of the page, since each page may be anywhere. Memory of a queue has to be
 *   contiguous: if its pages are adjacent, *run has to include them. *run = 0: no address, and the calling
 *   function fails with VWR_EINVAL. If devices have addresses of their own, behind an IOMMU, the port also
 * has vwr_port_dma_map and vwr_port_dma_unmap (below); this hook is then called only by the selftest.
 */
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

/*
 * The hooks above are required. Those below are optional; vwr/port_defaults.h has the defaults. An optional
 * hook needs the #define that follows it; without it the compiler finds two functions with the same name.
 */

/*
 * The barrier before a store that publishes. Default: vwr_port_mb, which is always correct.
 * When: Once per kick, before the index, or the flags of a packed descriptor, that pass descriptors to the
 *   device; in a device of this library, once per signal, before those that return them to the driver.
 * Context: Any in which a queue is used.
 * Must: Order all earlier loads and stores before all later stores, as seen by another bus master: a buffer
 *   that was read must not be read after it was returned. This is stronger than rmb followed by wmb (RISC-V:
 *   `fence rw, w`; Arm: `dmb osh`, not `oshst`).
 */
static inline void vwr_port_release(void)
{
    vwr_port_mb();
}
#define vwr_port_release vwr_port_release

/*
 * Writes 16 bits to an I/O port, for a doorbell that is one, on machines with I/O ports. Default: no such
 * queues.
 * When: A kick of a queue whose doorbell is VWR_DOORBELL_PORT_16.
 * Context: Any in which a queue is used.
 * Must: Make a single 16-bit access, after all earlier stores to registers and memory.
 *     static inline void vwr_port_out16(uint16_t port, uint16_t value) { ... }
 *     #define vwr_port_out16 vwr_port_out16
 */

/*
 * Required alignment of data buffers in bytes, a power of 2. With caches that are not coherent with the
 * device at least a cache line, or maintenance would destroy data next to a buffer. Misaligned buffers fail
 * with VWR_EALIGN. Default: 1.
 */
#define VWR_PORT_DMA_ALIGN 1u

/*
 * Cache maintenance, if DMA is not coherent. Default: none.
 * When: for_device before a request is submitted, for its header and each segment of its data; for_cpu when
 *   it has completed. Not for rings: their memory has to be mapped coherent or uncached (vwr/queue.h).
 * Context: The owner of the queue. p and n are the caller's, with the alignment of its buffer.
 * Must: for_device: write back the CPU's data (clean), including other data in the same line; if a line may
 *   be evicted later on its own, also invalidate it. for_cpu: make later loads read from memory (invalidate).
 *   Complete when the hook returns.
 */
static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#define vwr_port_sync_for_device vwr_port_sync_for_device

static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#define vwr_port_sync_for_cpu vwr_port_sync_for_cpu

/*
 * Called in a polling loop: pause, yield, wfe. Default: nothing.
 * When: Each iteration of a bounded wait: start-up, reset, the blocking calls of blk.h before they sleep.
 * Context: The caller of a blocking function; never an interrupt handler.
 * Must: Return soon; deadlines are only checked between two iterations.
 */
static inline void vwr_port_relax(void)
{
}
#define vwr_port_relax vwr_port_relax

/*
 * Further hooks, each with a #define of its own name after it, for which there is no harmless default body:
 *
 * static inline uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
 * static inline void vwr_port_dma_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
 *   If a device can access only what was mapped for it (an IOMMU), or data are copied to memory that it can
 *   access (bounce buffers): vwr/port_defaults.h. When: map before the device gets the address: of data that
 *   it reads (dma 1, VWR_DMA_OUT), of data that it writes (2, VWR_DMA_IN), of the memory of a queue (3,
 *   VWR_DMA_SHARED); unmap when the device can no longer access it. Context: the owner of the queue. The
 *   argument `context` is the device's dma_context, which is yours: set it between the probe and the open.
 *   Must: map returns the address for this device of [p, p + *run), *run at most n, 0 if it cannot be mapped
 *   now; unmap is called once per mapping. A bounce buffer starts as a copy of the data even if the device
 *   writes it, since it may write only a part; memory with dma 3 cannot be copied. Default: vwr_port_dma and
 *   the two syncs.
 *
 * static inline uint64_t vwr_port_time_us(void)
 *   Monotonic microseconds. When: at the start and in each iteration of a wait, and when a poll finds
 *   nothing completed. Context: any in which the library is called. Must: never go back, on any CPU; advance
 *   while interrupts are masked and nothing happens; 64 bits, so that it does not wrap. Default: waits count
 *   iterations, VWR_PORT_POLLS_PER_US (10) per microsecond of a deadline, and the time of their sleeps; or
 *   the ticks of the next hook.
 *
 * static inline uint32_t vwr_port_ticks(void)
 *   Without a clock: a counter of timer interrupts, one per VWR_PORT_TICK_US microseconds (defined by the
 *   port). When, Context: as vwr_port_time_us. It may stop while interrupts are masked, and wraps.
 *
 * static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
 *   Sleeps until *word differs from `seen` (vwr_dev_irq increments it), an interrupt has arrived, or about
 *   `us` microseconds have passed. When: in blocking calls, after some polls, if struct vwr_waiter is not
 *   used. Context: the caller of such a function; not an interrupt handler. Must: check the word with
 *   interrupts masked, so that none is missed (mask; if (*word == seen) wfi; unmask), restore the mask, and
 *   return eventually. Returning early is harmless, except without clock and ticks, where it counts as `us`.
 *   Default: waits poll.
 *
 * static inline void vwr_port_log(const char *line)
 *   Prints a line of text without a line feed. When: never by default; examples and your own tools may call
 *   it. Context: the caller's. Default: nothing.
 *
 * static inline struct vwr_trace *vwr_port_trace(void)
 *   Returns the trace buffer, or NULL if tracing is off: vwr/trace.h. When: at each register access and each
 *   step of a queue. Context: any, including interrupt handlers. Default: no tracing code is compiled.
 *
 * #define VWR_PORT_REGISTERS_APART 1
 *   The register hooks access registers only, not memory, so vwr_port_selftest does not test them on memory.
 */

#endif
