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
 * A hook must not call the library. An interrupt handler that runs during a hook may call
 * vwr_dev_irq() and every function whose context is "Any context".
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
 *
 * Context: Any context, including an interrupt handler. Does not wait.
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
 *
 * Context: Any context, including an interrupt handler. Does not wait.
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
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 */
#ifndef vwr_port_sync_for_cpu
static inline void vwr_port_sync_for_cpu(const void *p, size_t n)
{
    (void)p;
    (void)n;
}
#endif

/**
 * vwr_port_dma_map() - Map a data buffer for the device
 * @p: Start.
 * @n: Size in bytes.
 * @in: true if the device writes to it.
 * @run: Filled in with the number of bytes that were mapped, at most @n.
 *
 * This hook is for an IOMMU that maps each transfer, or for bounce buffers. For the data of
 * requests and for receive buffers, it replaces vwr_port_dma() and both sync hooks. Queues and
 * request headers are in the caller's memory and stay mapped permanently.
 *
 * The hook must copy [p, p + *run) to a bounce buffer even if @in is true, because the device may
 * write only a part of the buffer. If @in is true, vwr_port_dma_unmap() copies the buffer back.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait. The port must lock any state
 *   that several queues share.
 * Return: DMA address, or 0 if no mapping is available now.
 */
#ifdef vwr_port_dma_map
#define VWR_PORT_HAS_DMA_MAP 1
#else
#define VWR_PORT_HAS_DMA_MAP 0
static inline uint64_t vwr_port_dma_map(void *p, size_t n, bool in, size_t *run); /* base.h */
#endif

/**
 * vwr_port_dma_unmap() - Unmap a data buffer
 * @addr: Address that vwr_port_dma_map() returned.
 * @p: Start.
 * @n: Size in bytes, as mapped.
 * @in: See vwr_port_dma_map().
 *
 * The library calls this hook once per mapping, as soon as the device has finished with the buffer.
 *
 * Context: The queue's owner, which may be an interrupt handler. Does not wait.
 */
#ifndef vwr_port_dma_unmap
static inline void vwr_port_dma_unmap(uint64_t addr, void *p, size_t n, bool in)
{
    (void)addr;
    (void)p;
    (void)n;
    (void)in;
}
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
