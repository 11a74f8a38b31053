/* SPDX-License-Identifier: MIT */
#ifndef VWR_TRACE_H
#define VWR_TRACE_H

/**
 * DOC: Trace of a device
 *
 * A trace records the most recent events between driver and device in the caller's ring buffer.
 * vwr_trace_line() formats an event; `./vwr explain` reads these lines from a console log or a file.
 *
 * Tracing exists only in a build whose port has the hook vwr_port_trace()::
 *
 *     extern struct vwr_trace trace;
 *     static inline struct vwr_trace *vwr_port_trace(void) { return &trace; }
 *     #define vwr_port_trace vwr_port_trace
 *
 *     static struct vwr_trace_event events[256];
 *     struct vwr_trace trace = {events, 256, 0};
 *
 * While the hook returns NULL, nothing is recorded. vwr/base.h includes this header.
 *
 * A driver that waits reads the same register again and again. A read that equals the newest event is
 * not recorded, so that a wait does not overwrite the events that led to it.
 */

/**
 * enum vwr_trace_what - Kinds of events
 * @VWR_TRACE_READ: Register read. a: address; b: width in bytes; c: value.
 * @VWR_TRACE_WRITE: Register write. a: address; b: width in bytes; c: value.
 * @VWR_TRACE_ADD: Buffer added. a: queue; b: buffer ID; c: number of descriptors.
 * @VWR_TRACE_KICK: Kick. a: queue; b: buffers since the last kick; c: 1 if the device was notified.
 * @VWR_TRACE_TAKE: Used buffer taken from the ring. a: queue; b: buffer ID; c: bytes that the
 *   device wrote.
 * @VWR_TRACE_IRQ: Interrupt. a: its causes.
 * @VWR_TRACE_ARM: Interrupt enabled. a: queue; b: 1 if no used buffer had arrived meanwhile.
 * @VWR_TRACE_STOP: Queue stopped. a: queue; b: result with which it was stopped.
 * @VWR_TRACE_OUT: Part of a message from the driver. a: 8 bytes; b: queue; c: remaining bytes,
 *   including these.
 * @VWR_TRACE_IN: Part of a message from the device; fields as for VWR_TRACE_OUT.
 * @VWR_TRACE_PLACE: Location of a structure on PCI. a: address; b: VWR_TRACE_STRUCTURE(); c: size
 *   in bytes.
 */
enum vwr_trace_what {
    VWR_TRACE_READ = 1,
    VWR_TRACE_WRITE = 2,
    VWR_TRACE_ADD = 3,
    VWR_TRACE_KICK = 4,
    VWR_TRACE_TAKE = 5,
    VWR_TRACE_IRQ = 6,
    VWR_TRACE_ARM = 7,
    VWR_TRACE_STOP = 8,
    VWR_TRACE_OUT = 9,
    VWR_TRACE_IN = 10,
    VWR_TRACE_PLACE = 11
};

/**
 * VWR_TRACE_STRUCTURE() - Encode the value b of a VWR_TRACE_PLACE event
 * @type: cfg_type of the structure, 0 for the legacy header.
 * @more: Device type for the common structure and the legacy header; multiplier for the
 *   notification structure.
 */
#define VWR_TRACE_STRUCTURE(type, more) ((uint32_t)(type) | (uint32_t)(more) << 8)

/** VWR_TRACE_BYTES - Maximum number of bytes traced per message */
#define VWR_TRACE_BYTES 64u

/**
 * struct vwr_trace_event - A recorded event
 * @time_us: Time in microseconds.
 * @a: Depends on @what.
 * @b: Depends on @what.
 * @c: Depends on @what.
 * @what: enum vwr_trace_what.
 * @reserved: Padding.
 */
struct vwr_trace_event {
    uint64_t time_us;
    uint64_t a;
    uint32_t b;
    uint32_t c;
    uint32_t what;
    uint32_t reserved;
};

/**
 * struct vwr_trace - A ring buffer of events
 * @events: Array of the caller.
 * @size: Number of events in the array, a power of 2.
 * @next: Number of events recorded so far. The newest event is events[(next - 1) & (size - 1)].
 *
 * Concurrent writers, such as an interrupt handler, may garble an event but never corrupt memory.
 */
struct vwr_trace {
    struct vwr_trace_event *events;
    uint32_t size;
    uint32_t next;
};

#ifdef vwr_port_trace

/**
 * vwr_trace() - Record an event
 * @what: enum vwr_trace_what.
 * @a: Depends on @what.
 * @b: Depends on @what.
 * @c: Depends on @what.
 */
static inline void vwr_trace(uint32_t what, uint64_t a, uint32_t b, uint32_t c)
{
    struct vwr_trace *const t = vwr_port_trace();
    struct vwr_trace_event *e;

    if (t == NULL)
        return;
    e = &t->events[(t->next - 1u) & (t->size - 1u)];
    if (what == VWR_TRACE_READ && t->next > 0 && e->what == what && e->a == a && e->b == b && e->c == c)
        return;
    e = &t->events[t->next++ & (t->size - 1u)];
    e->time_us = vwr_port_time_us();
    e->a = a;
    e->b = b;
    e->c = c;
    e->what = what;
}

/**
 * vwr_trace_message() - Record the first bytes of a message
 * @what: VWR_TRACE_OUT or VWR_TRACE_IN.
 * @queue: Queue index.
 * @p: Message. Call the function before the buffer of the message is added, or after it was used. Data
 *   segments are not recorded.
 * @bytes: Size in bytes; the first VWR_TRACE_BYTES are recorded.
 */
static inline void vwr_trace_message(uint32_t what, uint32_t queue, const void *p, size_t bytes)
{
    const uint8_t *const at = (const uint8_t *)p;
    const uint32_t n = bytes < VWR_TRACE_BYTES ? (uint32_t)bytes : VWR_TRACE_BYTES;
    uint32_t done = 0;

    if (vwr_port_trace() == NULL)
        return;
    do {
        uint64_t some = 0;

        for (uint32_t i = done; i < n && i < done + 8; i++)
            some |= (uint64_t)at[i] << (i - done) * 8;
        vwr_trace(what, some, queue, n - done);
        done += 8;
    } while (done < n);
}
#else
static inline void vwr_trace(uint32_t what, uint64_t a, uint32_t b, uint32_t c)
{
    (void)what;
    (void)a;
    (void)b;
    (void)c;
}

static inline void vwr_trace_message(uint32_t what, uint32_t queue, const void *p, size_t bytes)
{
    (void)what;
    (void)queue;
    (void)p;
    (void)bytes;
}
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * vwr_trace_line() - Format an event as a line of text
 * @t: Trace.
 * @n: Number of the event, counted from 0 at the start of the trace.
 * @text: Buffer of the caller. It is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Print all events::
 *
 *     for (uint32_t n = 0; n < trace.next; n++)
 *         if (vwr_trace_line(&trace, n, line, sizeof line) > 0)
 *             puts(line);
 *
 * Return: Length of the line; 0 if the event was overwritten or has not been recorded yet.
 */
size_t vwr_trace_line(const struct vwr_trace *t, uint32_t n, char *text, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
