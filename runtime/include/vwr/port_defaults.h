/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_DEFAULTS_H
#define VWR_PORT_DEFAULTS_H

/**
 * DOC: Optional hooks of a port
 *
 * The library has defaults for the hooks that a port may omit. A port that implements such a hook also
 * defines a macro with the same name::
 *
 *     static inline void vwr_port_relax(void) { ... }
 *     #define vwr_port_relax vwr_port_relax
 *
 * A hook must not call the library, except that the DMA hooks may use a device for which they map nothing:
 * the IOMMU itself. An interrupt handler that runs during a hook may call vwr_dev_irq() and every function
 * whose context is "Any context".
 *
 * vwr/base.h includes this header.
 */

/** VWR_PORT_DMA_ALIGN - Required alignment of a data buffer for DMA in bytes; a power of 2 */
#ifndef VWR_PORT_DMA_ALIGN
#define VWR_PORT_DMA_ALIGN 1u
#endif

/**
 * VWR_PORT_REGISTERS_APART - 1 if the register hooks cannot access normal memory
 *
 * Set this macro to 1 for registers on a separate or emulated bus. vwr_port_selftest() then does
 * not test the register hooks.
 */
#ifndef VWR_PORT_REGISTERS_APART
#define VWR_PORT_REGISTERS_APART 0
#endif

/*
 * vwr_port_release() - Order a publishing store after all earlier accesses
 *
 * The library calls this hook before each store that publishes an available index, a used index or the flags
 * of a packed descriptor. All earlier loads and stores must take effect before all later stores.
 * vwr_port_rmb() and vwr_port_wmb() together do not order a load before a later store, so the default is the
 * full barrier.
 */
#ifndef vwr_port_release
#define vwr_port_release vwr_port_mb
#endif

/**
 * vwr_port_out16() - Write 16 bits to an I/O port
 * @port: I/O port number.
 * @value: Value.
 *
 * The library calls this hook for doorbells on I/O ports (VWR_DOORBELL_PORT_16). A port without this hook
 * does not support them.
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

/**
 * vwr_port_sync_for_device() - Clean or invalidate caches before the device accesses memory
 * @p: Start.
 * @n: Size in bytes.
 *
 * The default does nothing, which is correct for coherent DMA.
 */
#ifndef vwr_port_sync_for_device
static inline void vwr_port_sync_for_device(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#endif

/**
 * vwr_port_sync_for_cpu() - Invalidate caches before the CPU reads what the device wrote
 * @p: Start.
 * @n: Size in bytes.
 *
 * The default does nothing, which is correct for coherent DMA.
 */
#ifndef vwr_port_sync_for_cpu
static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#endif

/**
 * vwr_port_dma_map() - Map memory for a device
 * @context: dma_context of the device that will access the memory (struct vwr_dev), such as its domain of an
 *   IOMMU. It is the port's own; NULL, if the caller has not set it.
 * @p: Start.
 * @n: Size in bytes, not 0.
 * @dma: What the memory is mapped for (enum vwr_dma).
 * @run: Filled in with the number of bytes that were mapped, from @p on; at most @n. 0: none.
 *
 * A port has this hook and vwr_port_dma_unmap() if a device can access only what was mapped for it: behind an
 * IOMMU, or with bounce buffers. The pair replaces vwr_port_dma(), which the library then calls only in the
 * selftest. All memory is mapped before its address is passed to the device:
 *
 * - VWR_DMA_OUT, VWR_DMA_IN: the data of a request, and a buffer that the device fills. The pair also
 *   replaces both sync hooks. If it copies the data to a bounce buffer, it must copy [p, p + *run) even for
 *   VWR_DMA_IN, because the device may write only a part; vwr_port_dma_unmap() copies them back.
 * - VWR_DMA_SHARED: the memory of a queue, with the headers, answers and tables of its requests, which must
 *   be mapped as a whole; the pixels of a framebuffer. The hook returns an address of the memory itself.
 *
 * Two mappings may lie in one page, or overlap.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait, except for the answer of an
 *   IOMMU. The port must lock any state that several queues share.
 * Return: DMA address. It is ignored if *run is 0, because nothing can be mapped now.
 */
#ifdef vwr_port_dma_map
#define VWR_PORT_HAS_DMA_MAP 1
#else
#define VWR_PORT_HAS_DMA_MAP 0
static inline uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma,
                                        size_t *run); /* base.h */
#endif

/**
 * vwr_port_dma_unmap() - Unmap memory
 * @context: See vwr_port_dma_map().
 * @addr: Address that vwr_port_dma_map() returned.
 * @p: Start.
 * @n: Size in bytes, as mapped.
 * @dma: See vwr_port_dma_map().
 *
 * The library calls this hook once for each mapping, as soon as the device can no longer access the memory:
 * data when the device has used the buffer; a framebuffer when the device has released it; and everything
 * that a queue still has when a reset of the device or of the queue has completed. After a reset that did not
 * complete, the memory stays mapped until a later one does. Nothing is unmapped if the device is probed
 * again without a reset.
 *
 * Context: See vwr_port_dma_map().
 */
#ifndef vwr_port_dma_unmap
#if VWR_PORT_HAS_DMA_MAP
#error "vwr port: vwr_port_dma_map needs vwr_port_dma_unmap"
#endif
static inline void vwr_port_dma_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
{
    (void)context;
    (void)addr;
    (void)p;
    (void)n;
    (void)dma;
}
#elif !VWR_PORT_HAS_DMA_MAP
#error "vwr port: vwr_port_dma_unmap needs vwr_port_dma_map"
#endif

/**
 * vwr_port_relax() - Pause for one iteration of a polling loop
 *
 * The hook may yield, execute wfe or pause, or do nothing.
 */
#ifndef vwr_port_relax
static inline void vwr_port_relax(void)
{
}
#endif

/**
 * vwr_port_idle() - Sleep until a word changes
 * @word: Interrupt counter.
 * @seen: Value that the caller has seen.
 * @us: Maximum time in microseconds, approximately.
 *
 * The hook returns when *word differs from @seen, when an interrupt arrives, or after about @us microseconds.
 * It may return early. Compare the word with interrupts masked, so that no interrupt is missed: mask; if
 * (*word == seen) wfi; unmask. Without this hook, the library polls.
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

/**
 * vwr_port_time_us() - Read a monotonic clock
 *
 * Without a clock, the library counts ticks or polls instead: see vwr_port_ticks() and
 * VWR_PORT_POLLS_PER_US.
 *
 * Return: Microseconds since an arbitrary time.
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

/**
 * vwr_port_ticks() - Read a tick counter, for a port without a clock
 *
 * The counter, for example a kernel's timer tick count, increments every VWR_PORT_TICK_US microseconds and
 * wraps at 2^32. It may stop while interrupts are masked.
 *
 * Without ticks, the library assumes that a sleep lasted its full length unless a device event ended it.
 * vwr_port_idle() must therefore not repeatedly return much too early.
 *
 * Return: Number of ticks.
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

/**
 * VWR_PORT_POLLS_PER_US - Number of polling loop iterations per microsecond, for a port without a clock
 */
#ifndef VWR_PORT_POLLS_PER_US
#define VWR_PORT_POLLS_PER_US 10u
#endif

/**
 * vwr_port_log() - Print a line
 * @line: Text without a line feed.
 */
#ifndef vwr_port_log
static inline void vwr_port_log(const char *line)
{
    (void)line;
}
#endif

#endif
