/* SPDX-License-Identifier: MIT */
#ifndef VWR_TRACE_H
#define VWR_TRACE_H

/*
 * A trace: the last things that happened between driver and device, in the caller's memory. It
 * is there only if the port has the hook that says where; otherwise nothing of it is compiled:
 *
 *     extern struct vwr_trace trace;
 *     static inline struct vwr_trace *vwr_port_trace(void) { return &trace; }
 *     #define vwr_port_trace vwr_port_trace
 *
 *     static struct vwr_trace_event events[256];
 *     struct vwr_trace trace = {events, 256, 0};
 *
 * The hook may answer NULL: no trace now. Lines of vwr_trace_line, on a console or in a file, are
 * what `./vwr explain` reads. Part of base.h, which includes it.
 */

enum vwr_trace_what {
    VWR_TRACE_READ = 1,  /* a: address, b: bytes, c: value */
    VWR_TRACE_WRITE = 2, /* the same */
    VWR_TRACE_ADD = 3,   /* a: queue, b: id of the buffer, c: descriptors */
    VWR_TRACE_KICK = 4,  /* a: queue, b: buffers since the last one, c: 1 if the device was notified */
    VWR_TRACE_TAKE = 5,  /* a: queue, b: id of the buffer, c: bytes that the device wrote */
    VWR_TRACE_IRQ = 6,   /* a: reasons of the interrupt */
    VWR_TRACE_ARM = 7,   /* a: queue, b: 1 if nothing had come meanwhile */
    VWR_TRACE_STOP = 8,  /* a: queue, b: the result it was stopped with */
    VWR_TRACE_OUT = 9,   /* a: 8 bytes of a message, b: queue, c: how many bytes there are from here on */
    VWR_TRACE_IN = 10,   /* the same of what the device wrote */
    VWR_TRACE_PLACE = 11 /* a: address of a structure on PCI, b: VWR_TRACE_STRUCTURE of it, c: bytes */
};

/*
 * Which structure: its cfg_type, 0 is the legacy header; and of the common one and the legacy header the
 * device's type, of the notification structure the multiplier.
 */
#define VWR_TRACE_STRUCTURE(type, more) ((uint32_t)(type) | (uint32_t)(more) << 8)

#define VWR_TRACE_BYTES 64u /* of a message, at most: what selects it stands at its beginning */

struct vwr_trace_event {
    uint64_t time_us;
    uint64_t a;
    uint32_t b;
    uint32_t c;
    uint32_t what; /* enum vwr_trace_what */
    uint32_t reserved;
};

/*
 * `size` events, a power of 2; `next` counts all that there were, from 0, so the last of them is at
 * (next - 1) & (size - 1). Whoever writes at the same time as another (an interrupt handler) may spoil
 * an event, never memory.
 */
struct vwr_trace {
    struct vwr_trace_event *events;
    uint32_t size;
    uint32_t next;
};

#ifdef vwr_port_trace
#define VWR_PORT_TRACE vwr_port_trace()
#else
#define VWR_PORT_TRACE ((struct vwr_trace *)NULL)
#endif

static inline void vwr_trace(uint32_t what, uint64_t a, uint32_t b, uint32_t c)
{
    struct vwr_trace *const t = VWR_PORT_TRACE;
    struct vwr_trace_event *e;

    if (t == NULL)
        return;
    e = &t->events[t->next++ & (t->size - 1u)];
    e->time_us = vwr_port_time_us();
    e->a = a;
    e->b = b;
    e->c = c;
    e->what = what;
}

/* The first bytes of a message, before its buffer is added, or after it was used: without data. */
static inline void vwr_trace_message(uint32_t what, uint32_t queue, const void *p, size_t bytes)
{
    const uint8_t *const at = (const uint8_t *)p;
    const uint32_t n = bytes < VWR_TRACE_BYTES ? (uint32_t)bytes : VWR_TRACE_BYTES;
    uint32_t done = 0;

    if (VWR_PORT_TRACE == NULL)
        return;
    do {
        uint64_t some = 0;

        for (uint32_t i = done; i < n && i < done + 8; i++)
            some |= (uint64_t)at[i] << (i - done) * 8;
        vwr_trace(what, some, queue, n - done);
        done += 8;
    } while (done < n);
}

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Event number `n` of all that there were, as a line for people and for `./vwr explain`, into
 * text[0 .. bytes), terminated if bytes > 0. Its length; 0 if the event is no longer, or not yet,
 * there. Context: any.
 *     for (uint32_t n = 0; n < trace.next; n++)
 *         if (vwr_trace_line(&trace, n, line, sizeof line) > 0)
 *             puts(line);
 */
size_t vwr_trace_line(const struct vwr_trace *t, uint32_t n, char *text, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
