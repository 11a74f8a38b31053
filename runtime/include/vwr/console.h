/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONSOLE_H
#define VWR_CONSOLE_H

#include "vwr/message.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/ring.h"
#include "vwr/transmit.h"
#include "vwr/gen/console.h"

VWR_BEGIN_C

/*
 * A console: port 0, and with MULTIPORT more ports for bytes in both directions.
 *
 *     r = vwr_console_open(c, d, options);
 *     n = vwr_console_write(c, 0, "hello", 5);
 *     n = vwr_console_read(c, 0, bytes, 16);
 *     while (vwr_console_poll(c, &event) > 0) // with more than one port: what the device says of them
 *         ...
 *
 * Context, if a call does not say otherwise: it does not wait, and an interrupt handler may call it. Each
 * queue has one owner at a time: who writes to a port, who reads from it, and who polls for messages may be
 * three, at once and without a lock. What one of them writes the others do not read, but that a write looks
 * whether the port is open. open, close and those of vwr/bringup.h belong to the owner of all queues. Loops
 * end after VWR_CONSOLE_QUEUE buffers.
 *
 * Section: Console Device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Descriptors of each queue, a power of 2, and buffers: what finds none may be lost (quirk
 * console.dropped-messages). */
#ifndef VWR_CONSOLE_QUEUE
#define VWR_CONSOLE_QUEUE 32u
#endif
/* Of a buffer, a multiple of VWR_PORT_DMA_ALIGN: what travels at once. A message has room in it, with a name.
 */
#ifndef VWR_CONSOLE_BYTES
#define VWR_CONSOLE_BYTES \
    (VWR_PORT_DMA_ALIGN > 128u /* not the specification's */ ? VWR_PORT_DMA_ALIGN : 128u)
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_CONSOLE_QUEUE), "VWR_CONSOLE_QUEUE has to be a power of 2");
VWR_STATIC_ASSERT(VWR_CONSOLE_BYTES > 0 && VWR_CONSOLE_BYTES % VWR_PORT_DMA_ALIGN == 0,
                  "VWR_CONSOLE_BYTES has to be a multiple of VWR_PORT_DMA_ALIGN");
#define VWR_CONSOLE_NAME_BYTES 64u /* of a port's name, with the NUL that is put behind it */
VWR_STATIC_ASSERT(VWR_CONSOLE_BYTES >= sizeof(struct vwr_console_control) + VWR_CONSOLE_NAME_BYTES - 1u,
                  "VWR_CONSOLE_BYTES has no room for a name");

/* Queues for `ports` ports: 2, or with more than one port 2 for each and 2 for messages. */
#define VWR_CONSOLE_QUEUES(ports) ((ports) > 1u ? 2u * (ports) + 2u : 2u)

/*
 * For how many ports these arrays are: options.ports as a constant. Does not compile where `shared_` has
 * fewer than two for each of `port_`.
 */
#define VWR_CONSOLE_PORTS(port_, shared_)                                                   \
    ((sizeof(port_) / sizeof(*(port_)) > 2u ? sizeof(port_) / sizeof(*(port_)) - 1u : 1u) + \
     0u * sizeof(                                                                           \
              char[sizeof(shared_) / sizeof(*(shared_)) / 2u >= sizeof(port_) / sizeof(*(port_)) ? 1 : -1]))

/* What a queue shares with the device: memory as vwr_queue_memory.shared, any content. */
struct vwr_console_shared {
    uint8_t ring[VWR_TRANSMIT_SHARED_BYTES(VWR_CONSOLE_QUEUE, VWR_CONSOLE_QUEUE)];
    uint8_t data[VWR_CONSOLE_QUEUE][VWR_CONSOLE_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

#define VWR_CONSOLE_OWN_WORDS ((VWR_TRANSMIT_OWN_BYTES(VWR_CONSOLE_QUEUE, VWR_CONSOLE_QUEUE) + 7u) / 8u)

/*
 * A port with its two queues, in memory that the device cannot reach, any content. What is above `receive` is
 * written by vwr_console_poll; the counters and the fault of each queue may be read too; the rest is private.
 */
struct vwr_console_port {
    bool added;     /* the device has it */
    bool console;   /* it is for people; of this and the next nothing is known with one port */
    bool host_open; /* the other end is open; if not, the device may drop what is written */
    bool open;      /* and ours: it is a console, or vwr_console_open_port */
    bool reopen;    /* private: it was open before a recovery */
    bool woken;     /* private, of whoever reads: as `open` was when the device was notified for it */
    uint16_t cols;  /* 0: not known */
    uint16_t rows;
    char name[VWR_CONSOLE_NAME_BYTES]; /* cut if it is longer; UTF-8 as the device sent it; ends with NUL */
    struct vwr_receiveq receive;
    struct vwr_transmitq transmit;
    struct vwr_slice rest; /* of the oldest buffer what was not read yet; 0 bytes: there is none */
    struct vwr_receive_buffer buffer[VWR_CONSOLE_QUEUE];
    struct vwr_req request[VWR_CONSOLE_QUEUE];
    uint64_t own[2][VWR_CONSOLE_OWN_WORDS];
};

struct vwr_console_options {
    struct vwr_console_port *port;     /* VWR_CONSOLE_QUEUES(ports) / 2: the ports, then one for messages */
    struct vwr_console_shared *shared; /* VWR_CONSOLE_QUEUES(ports); both until vwr_console_close */
    unsigned ports;                    /* at least 1; with more MULTIPORT is taken if it is offered */
    struct vwr_features avoid;         /* not taken although offered */
};

struct vwr_console {
    struct vwr_bringup bringup;
    struct vwr_console_config_info info; /* each number of a port is below max_nr_ports, at least 1 */
    vwr_count ignored; /* messages that the specification does not have, or not then, or not for that port */
    vwr_count refused; /* ports that were added and for which options.ports has no room */
    struct vwr_console_options options;
    /* private */
    unsigned ports;                    /* that have queues */
    struct vwr_console_port *messages; /* options.port[ports]; NULL: without MULTIPORT */
};

/* A message of the device; see enum vwr_console_event in vwr/gen/console.h. */
struct vwr_console_message {
    uint32_t port;
    uint16_t event;
    uint16_t value;
};

/*
 * From reset to DRIVER_OK of a device that was probed; waits for the reset, at most VWR_RESET_TIMEOUT_US. *c
 * may have any content. VWR_OK; VWR_EBUSY: it is open; VWR_EFAILED: only a reset helps; VWR_ETYPE: no
 * console; VWR_EINVAL: no port; and as vwr_dev_reset, vwr_dev_agree, vwr_dev_read_config, vwr_dev_add_queue,
 * vwr_dev_start.
 */
VWR_MUST_CHECK int vwr_console_open(struct vwr_console *c, struct vwr_dev *d,
                                    const struct vwr_console_options *options);

/*
 * For vwr_recover(&c->bringup, &vwr_console_bringup), a step of bringing a console back of which a queue is
 * stopped, or that has failed (vwr_dev_check), for vwr_freeze and vwr_bringup_stage. With more than one port
 * the device adds all of them anew then.
 */
extern const struct vwr_bringup_class vwr_console_bringup;

/* Resets the device: results as vwr_dev_reset, which waits. What was not sent or read is dropped. */
VWR_MUST_CHECK static inline int vwr_console_close(struct vwr_console *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_console_bringup);
}

/*
 * Copies bytes[0 .. n) into free buffers of the port and sends them: how many there was room for, from the
 * first on. Negative: none. The queue is stopped: as vwr_request_reap, but never VWR_ETIMEOUT, nothing is
 * overdue. VWR_EINVAL: there is no such port, or the port cannot translate options.shared; VWR_ENODEV: the
 * port was not added, or our end of it is closed; VWR_ESEGMENTS: options.shared is not contiguous for the
 * device. What is in flight when the device fails is sent again
 * after a recovery, in order, so that the other end may see bytes twice; port->transmit.requests.stats counts
 * both what was sent again and what was given up.
 */
VWR_MUST_CHECK static inline int vwr_console_write(struct vwr_console *c, unsigned port, const void *bytes,
                                                   size_t n)
{
    struct vwr_console_port *p;

    if (port >= c->ports)
        return VWR_EINVAL;
    p = &c->options.port[port];
    return vwr_ring_load8(&p->open) != 0 ? vwr_transmit_write(&p->transmit, bytes, n) : VWR_ENODEV;
}

/*
 * Bytes that have come, at most n: how many there were; 0: none now. Negative: none, and the queue is
 * stopped, results as vwr_receive_reap; VWR_EINVAL: there is no such port. What had come and was not read
 * when the device failed is lost, but for the buffer that was begun.
 */
VWR_MUST_CHECK static inline int vwr_console_read(struct vwr_console *c, unsigned port, void *bytes, size_t n)
{
    struct vwr_console_port *p;

    if (port >= c->ports)
        return VWR_EINVAL;
    p = &c->options.port[port];
    if (VWR_RARELY(p->woken != (vwr_ring_load8(&p->open) != 0))) { /* quirk console.input-asleep */
        p->woken = !p->woken;
        if (p->woken)
            vwr_receive_notify(&p->receive);
    }
    return vwr_receive_read(&p->receive, &p->rest, bytes, n);
}

/*
 * Waits until the device has used all that was written to the port, at most `us` microseconds: VWR_OK;
 * VWR_ETIMEOUT: not yet, what is in flight stays there; otherwise as vwr_console_write. No memory of the
 * caller's is ever the device's: bytes are copied both ways. For whoever writes; not in an interrupt handler.
 */
VWR_MUST_CHECK static inline int vwr_console_flush(struct vwr_console *c, unsigned port, uint32_t us)
{
    return port < c->ports ? vwr_transmit_flush(&c->options.port[port].transmit, us) : VWR_EINVAL;
}

/*
 * A step of cancelling what was written to a port and the device has not used yet, where a port that nobody
 * reads at the other end stalls: results, context and loops as vwr_request_cancel; VWR_EINVAL: there is no
 * such port. For whoever writes, and cannot until it has answered VWR_OK. port->transmit.requests.stats
 * .returned counts the requests that were dropped.
 */
VWR_MUST_CHECK static inline int vwr_console_cancel(struct vwr_console *c, unsigned port)
{
    return port < c->ports ? vwr_request_cancel(&c->options.port[port].transmit.requests) : VWR_EINVAL;
}

/*
 * Handles the next message of the device, with MULTIPORT: 1, and it is in *m and in options.port[m->port]; 0:
 * none now; negative: a queue of messages is stopped, as vwr_request_reap or as vwr_receive_reap. A port that
 * was added is answered, and opened if it is a console or was open before a recovery. Ignored and counted: a
 * port beyond info.max_nr_ports, one that was not added, or twice; a message that is too short, or not one of
 * the device's. Section: Console Device / Device Operation / Multiport Device Operation.
 */
VWR_MUST_CHECK int vwr_console_poll(struct vwr_console *c, struct vwr_console_message *m);

/*
 * Opens or closes our end of a port that was added: a closed one is not written to. For whoever polls.
 * VWR_OK; VWR_EFULL: try again after vwr_console_poll; VWR_EINVAL: no such port; VWR_ENODEV: it was not
 * added; VWR_EUNSUPP: there is one port, which is open; VWR_EFAILED: the queue is stopped; VWR_ESEGMENTS: as
 * write.
 */
VWR_MUST_CHECK int vwr_console_open_port(struct vwr_console *c, unsigned port, bool open);

/*
 * What the configuration says now, after an interrupt that says that it has changed: it has the size of port
 * 0. Results as vwr_bringup_read_info. For the owner of all queues.
 */
VWR_MUST_CHECK static inline int vwr_console_read_info(struct vwr_console *c,
                                                       struct vwr_console_config_info *info)
{
    return vwr_bringup_read_info(&c->bringup, &vwr_console_bringup, info);
}

/*
 * Puts out a character by a register: of any console that was probed, open or not, in whatever state its
 * queues are, with interrupts off. VWR_OK; VWR_EFEATURE: the device does not offer EMERG_WRITE; VWR_EINVAL:
 * the probe found no device.
 */
VWR_MUST_CHECK int vwr_console_emergency(struct vwr_dev *d, uint8_t character);

/* Asks for an interrupt when the port receives something. False: it may have, read again. */
VWR_MUST_CHECK static inline bool vwr_console_arm(struct vwr_console *c, unsigned port)
{
    return port < c->ports && vwr_receive_arm(&c->options.port[port].receive, 1);
}

/* The same for messages, with more than one port. */
VWR_MUST_CHECK static inline bool vwr_console_arm_messages(struct vwr_console *c)
{
    return c->messages != NULL && vwr_receive_arm(&c->messages->receive, 1);
}

/*
 * What went wrong last, in words, into text[0 .. bytes), always terminated if bytes > 0: why the console does
 * not start or come back, as vwr_dev_explain; or the fault of the first of its queues that has one. Answers
 * the length that all of it has. What is wrong with an argument vwr_strerror says. Context: the owner of all
 * queues.
 */
size_t vwr_console_explain(const struct vwr_console *c, char *text, size_t bytes);

VWR_END_C

#endif
