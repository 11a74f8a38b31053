/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_TEMPLATE_H
#define VWR_PORT_TEMPLATE_H

/*
 * Copy this file into your tree, put its folder on the include path, and make each body right
 * for your machine. It compiles as it is. Everything is `static inline`; the file includes
 * whatever it likes, as long as these names are there afterwards: uint8_t to uint64_t,
 * uintptr_t, size_t, bool, true, false, NULL. No other file of Virtwright names a system header.
 *
 * Each hook says when it is called, in which context, and what it must guarantee. "The owner" is
 * whoever calls a function of the library: a thread, or the half of an interrupt handler that owns
 * a queue. No hook is called with a lock of the library's, for it has none; none may call the
 * library. vwr_port_selftest (vwr/selftest.h) tries them; docs/porting.md has them in one table.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Registers.
 * When: 32 bits: start-up, reset, each notification, each interrupt. 8 and 16 bits: fields of a device's
 *   configuration alone.
 * Context: any: vwr_dev_irq reads and writes registers in an interrupt handler.
 * Must: one access of exactly this width, at this address, in the host's byte order; not merged with
 *   another, not repeated, not left out; in program order with the other register accesses. A write may
 *   be on its way when the hook returns. Whoever maps the registers maps them as device memory (uncached).
 *   The order against normal memory is not asked of it: a barrier comes before where it is needed.
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
 * When: mb before a notification, and where a store has to be seen before a load (asking for an interrupt,
 *   then looking once more); wmb before the device is told of a new ring; rmb after an index was read.
 * Context: any in which a queue is used.
 * Must: hold the processor and the compiler, as another bus master sees it, a device outside of the CPUs'
 *   own domain included (a barrier among CPUs alone, `dmb ish` or an smp_mb of one CPU, is too little).
 *   mb: everything before it, loads and stores, normal memory and registers, is before everything after
 *   it. rmb: loads. wmb: stores. A full barrier is always right.
 */
static inline void vwr_port_mb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_rmb(void)
{
    __sync_synchronize();
}

static inline void vwr_port_wmb(void)
{
    __sync_synchronize();
}

/*
 * The address at which the device finds p, and in *run for how many of the n bytes from there
 * on (at least 1, at most n) this holds.
 * When: once for each memory of a queue at start-up, then for each buffer of each request, piece by
 *   piece: the next question is about p + *run. n is never 0.
 * Context: the owner that gives a request. It does not wait, and always has the same answer as long as
 *   the buffer is lent.
 * Must: *run = n where virtually contiguous memory is contiguous for the device too; up to the end of the
 *   page where it may not be (a stack, a vmalloc area); then each page may lie where it likes. Memory
 *   of a queue has to be one piece: where the pages of it lie side by side, *run has to say so. *run = 0:
 * there is no address, and the call that asked fails with VWR_EINVAL. Behind an IOMMU the address is the one
 * that was mapped before.
 */
static inline uint64_t vwr_port_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

/*
 * That was all that is required. What follows may be left out: vwr/port_defaults.h says what happens
 * then. A hook that is there needs the #define under it, which says so; without, the compiler finds two
 * functions of one name.
 */

/*
 * The barrier before a store that publishes. Without: vwr_port_mb, which is always right.
 * When: once a kick, before the index, or the flags of a packed descriptor, that make descriptors the
 *   device's; of a device of this library, once a signal, before those that make them the driver's.
 * Context: any in which a queue is used.
 * Must: all loads and stores before it come before all stores after it, as another bus master sees it: a
 *   buffer that was read and goes back must not be read after it has gone. That is more than rmb and wmb
 *   one after the other (RISC-V: `fence rw, w`; Arm: `dmb osh` and not `oshst`).
 */
static inline void vwr_port_release(void)
{
    __sync_synchronize();
}
#define vwr_port_release vwr_port_release

/*
 * Writes 16 bits to an I/O port, for the doorbell of a queue that is one: in machines that have I/O ports.
 * Without: no such queue.
 * When: a kick of a queue whose doorbell is VWR_DOORBELL_PORT_16.
 * Context: any in which a queue is used.
 * Must: one access of 16 bits, after all stores to registers and memory before it.
 *     static inline void vwr_port_out16(uint16_t port, uint16_t value) { ... }
 *     #define vwr_port_out16 vwr_port_out16
 */

/*
 * Alignment in bytes that a data buffer must have, a power of 2. With caches that the device does not
 * see: a cache line at least, or what lies beside a buffer is lost with it. A buffer that has not got it
 * is refused with VWR_EALIGN. Without: 1.
 */
#define VWR_PORT_DMA_ALIGN 1u

/*
 * Caches, where DMA is not coherent. Without: nothing, which is right where it is.
 * When: for_device before a request is given, for its header and each part of its data; for_cpu when it has
 *   come back. Not for rings: their memory has to be mapped coherent or uncached (vwr/queue.h).
 * Context: the owner of the queue. p and n are the caller's, so aligned as the caller has aligned the buffer.
 * Must: for_device: what the CPU has written is in memory (clean), also what lies beside it on the same line;
 *   where a line may be written back later on its own, it is gone from the cache too (clean and invalidate).
 *   for_cpu: what is read next comes from memory (invalidate). It is finished when the hook returns.
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
 * One turn of a loop that waits: pause, yield, wfe. Without: nothing.
 * When: each turn of each bounded wait: start-up, reset, the calls of blk.h before they sleep.
 * Context: the caller of a function that waits; never an interrupt handler.
 * Must: return, soon; a deadline is looked at only between two turns.
 */
static inline void vwr_port_relax(void)
{
}
#define vwr_port_relax vwr_port_relax

/*
 * Further hooks, each with a #define of its own name under it, that no body fits which does no harm:
 *
 * static inline uint64_t vwr_port_dma_map(void *p, size_t n, bool in, size_t *run)
 * static inline void vwr_port_dma_unmap(uint64_t addr, void *p, size_t n, bool in)
 *   Where data are mapped for each transfer (an IOMMU), or copied to memory that the device reaches (bounce
 *   buffers): vwr/port_defaults.h. When: before a request is sent or a buffer posted, and when it has come
 *   back or been taken back. Context: the owner of the queue. Must: map answers the device's address of
 *   [p, p + *run), *run at most n, 0 if there is none now; unmap gets each answer once. A bounce buffer
 *   begins as a copy of the data also where the device writes (`in`), for it may write less than all of it.
 *   Without: vwr_port_dma and the two syncs.
 *
 * static inline uint64_t vwr_port_time_us(void)
 *   Microseconds since any moment. When: at the beginning and in each turn of a wait, and when a look for
 *   answers finds none. Context: any in which the library is called. Must: never go back, on whichever CPU
 *   it is called; move on while nothing happens and interrupts are masked; 64 bits, so that it does not wrap.
 *   Without: waits count their turns instead, VWR_PORT_POLLS_PER_US (10) for each microsecond of a deadline,
 *   and the time of their sleeps; or the ticks, where there is the next one.
 *
 * static inline uint32_t vwr_port_ticks(void)
 *   Without a clock: what a timer's interrupt counts, one each VWR_PORT_TICK_US microseconds (a #define of
 *   yours). When, Context: as vwr_port_time_us. May stand still while interrupts are masked, and wraps.
 *
 * static inline void vwr_port_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
 *   Sleep until *word is no longer `seen` (vwr_dev_irq counts it up), an interrupt has come, or about `us`
 *   microseconds have passed. When: in the calls that wait, after some looks, where struct vwr_waiter
 *   is not used. Context: the caller of such a function; not an interrupt handler. Must: look at the word
 *   with interrupts masked, so that none is missed (mask; if (*word == seen) wfi; unmask), leave the mask as
 *   it was, and return by itself sooner or later. Returning early does no harm, but with neither clock nor
 *   ticks, where it counts as `us`. Without: waiting is polling.
 *
 * static inline void vwr_port_log(const char *line)
 *   One line of text without a line feed, for people. When: never by the library as it is; examples and
 *   tools of yours may. Context: whoever calls it. Without: nothing.
 *
 * static inline struct vwr_trace *vwr_port_trace(void)
 *   Where the trace goes, or NULL for none now: vwr/trace.h. When: at each access to a register and each step
 *   of a queue. Context: any, interrupt handlers included. Without: nothing of a trace is compiled.
 *
 * #define VWR_PORT_REGISTERS_APART 1
 *   The register hooks reach registers and no memory; vwr_port_selftest then does not try them on memory.
 */

#endif
