/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONSOLE_H
#define VWR_CONSOLE_H

#include "vwr/receive.h"
#include "vwr/recovery.h"
#include "vwr/gen/console.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A console: port 0, and with MULTIPORT more ports for bytes in both directions.
 *
 *     vwr_console_open(c, d, &options);
 *     vwr_console_write(c, 0, "hello\n", 6); n = vwr_console_read(c, 0, bytes, sizeof(bytes));
 *     while (vwr_console_poll(c, &event) > 0) ...      // with more than one port: what the device says of
 * them
 *
 * Context, if a call does not say otherwise: it does not wait, and an interrupt handler may call it. Each
 * queue has one owner at a time: who writes to a port, who reads from it, and who polls for messages may be
 * three, at once and without a lock. What one of them writes the others do not read, so write and read
 * do not know whether a port was added or is open: poll says so. open, close and those of
 * vwr/recovery.h belong to the owner of all queues. Loops end after VWR_CONSOLE_QUEUE buffers.
 *
 * Section: Console Device.
 */

/* Descriptors of each queue, and buffers; QEMU drops messages for which there is no buffer. */
#ifndef VWR_CONSOLE_QUEUE
#define VWR_CONSOLE_QUEUE 32u
#endif
/* Of a buffer: what one has room for travels at once. At least the longest message: 8 and a port's name. */
#ifndef VWR_CONSOLE_BYTES
#define VWR_CONSOLE_BYTES 128u
#endif
#define VWR_CONSOLE_NAME_BYTES 64u /* of a port's name, with the NUL that is put behind it */

/* Queues for `ports` ports: 2, or with more than one port 2 for each and 2 for messages. */
#define VWR_CONSOLE_QUEUES(ports) ((ports) > 1u ? 2u * (ports) + 2u : 2u)

/* What a queue shares with the device: memory as vwr_queue_memory.shared, any content. */
struct vwr_console_shared {
    uint8_t ring[VWR_QUEUE_SHARED_BYTES(VWR_CONSOLE_QUEUE)];
    uint8_t data[VWR_CONSOLE_QUEUE][VWR_CONSOLE_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

#define VWR_CONSOLE_OWN_WORDS ((VWR_QUEUE_OWN_BYTES(VWR_CONSOLE_QUEUE) + sizeof(void *) - 1) / sizeof(void *))

/* Two queues, in memory that the device cannot reach. The counters of `receive` may be read; the rest is
 * private. */
struct vwr_console_receive {
    struct vwr_receiveq q;
    struct vwr_receive_buffer buffer[VWR_CONSOLE_QUEUE];
    void *own[VWR_CONSOLE_OWN_WORDS];
    struct vwr_slice rest; /* of the oldest buffer what was not read yet; 0 bytes: there is none */
};

struct vwr_console_chunk {
    struct vwr_chain chain; /* first: the queue answers it */
    struct vwr_seg seg;
    uint32_t bytes; /* 0: not in flight */
};

struct vwr_console_transmit {
    struct vwr_queue queue;
    struct vwr_fault fault; /* why the queue is stopped, if the device is the reason */
    struct vwr_console_chunk chunk[VWR_CONSOLE_QUEUE];
    void *own[VWR_CONSOLE_OWN_WORDS];
    struct vwr_console_shared *shared;
    uint32_t count; /* chunks, and the next one to be used: in a circle, so that it is the oldest too */
    uint32_t next;
};

/* A port. What is not private is written by vwr_console_poll, and valid with more than one port. */
struct vwr_console_port {
    bool added;     /* the device has it */
    bool console;   /* it is for people */
    bool host_open; /* the other end is open */
    bool open;      /* and ours: vwr_console_open_port, or it is a console */
    uint16_t cols;  /* 0: not known */
    uint16_t rows;
    char name[VWR_CONSOLE_NAME_BYTES]; /* cut if it is longer; UTF-8 as the device sent it, ends with NUL */
    struct vwr_console_receive receive;
    struct vwr_console_transmit transmit;
};

struct vwr_console_options {
    struct vwr_console_port *port;     /* VWR_CONSOLE_QUEUES(ports) / 2: the ports, then that of messages */
    struct vwr_console_shared *shared; /* VWR_CONSOLE_QUEUES(ports), until vwr_console_close */
    unsigned ports;                    /* at least 1; with more MULTIPORT is taken if it is offered */
    struct vwr_features avoid;         /* not taken although offered */
};

/* What the configuration says. */
struct vwr_console_info {
    uint32_t ports; /* the most there can be: each number of a port is below it */
    uint16_t cols;  /* 0: not known */
    uint16_t rows;
};

struct vwr_console {
    struct vwr_recovery recovery;
    struct vwr_console_info info;
    vwr_count ignored; /* messages that the specification does not have, or not then, or not for that port */
    vwr_count refused; /* ports that were added and for which `options.ports` has no room */
    vwr_count dropped; /* bytes that were written and not sent when the device was given up */
    /* private */
    struct vwr_console_options options;
    unsigned ports;   /* that have queues */
    unsigned started; /* queues that were made */
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

/* Resets the device: results as vwr_dev_reset, which waits. What was not sent or read is dropped. */
VWR_MUST_CHECK int vwr_console_close(struct vwr_console *c);

/*
 * Copies bytes[0 .. n) into free buffers of the port and sends them: how many there was room for, from the
 * first on. Negative: none, and the queue is stopped: VWR_EBADRING or the reason of a recovery. VWR_EINVAL:
 * there is no such port. What is in flight when the device fails is sent again after vwr_recover, in order,
 * so the other end may see bytes twice.
 */
VWR_MUST_CHECK int vwr_console_write(struct vwr_console *c, unsigned port, const void *bytes, size_t n);

/* Bytes that have come, at most n: how many there were, 0: none now. Negative: as write. */
VWR_MUST_CHECK int vwr_console_read(struct vwr_console *c, unsigned port, void *bytes, size_t n);

/*
 * Waits until the device has used all that was written to the port, at most `us` microseconds: VWR_OK;
 * VWR_ETIMEOUT: not yet, what is in flight stays there; negative as write. For whoever writes; not in a
 * handler.
 */
VWR_MUST_CHECK int vwr_console_flush(struct vwr_console *c, unsigned port, uint32_t us);

/*
 * Handles the next message of the device, with MULTIPORT: 1, and it is in *m and in options.port[m->port]; 0:
 * none now; negative: a queue of messages is stopped. A port that was added is answered, one that is a
 * console is opened. Ignored and counted: a port beyond info.ports, one that was not added, or twice; a
 * message that is too short, or not one of the device's. Section: Console Device / Device Operation /
 * Multiport Device Operation.
 */
VWR_MUST_CHECK int vwr_console_poll(struct vwr_console *c, struct vwr_console_message *m);

/*
 * Opens or closes our end of a port that was added; after a recovery ports are added anew. For whoever
 * polls. VWR_OK; VWR_EFULL: try again after vwr_console_poll; VWR_EINVAL: no such port; VWR_ENODEV: it was
 * not added; VWR_EUNSUPP: there is one port, which is open; and if the queue is stopped its reason.
 */
VWR_MUST_CHECK int vwr_console_open_port(struct vwr_console *c, unsigned port, bool open);

/*
 * The size of port 0 as the configuration has it now, after an interrupt that says that it has changed.
 * VWR_OK; VWR_EBUSY: it changes just now, try again; VWR_EUNSUPP: the device does not say.
 */
VWR_MUST_CHECK int vwr_console_get_size(struct vwr_console *c, uint16_t *cols, uint16_t *rows);

/*
 * Puts out a character by a register: of any console that was probed, open or not, in whatever state its
 * queues are, with interrupts off. VWR_OK; VWR_EFEATURE: the device does not offer EMERG_WRITE; VWR_EINVAL:
 * the probe found no device.
 */
VWR_MUST_CHECK int vwr_console_emergency(struct vwr_dev *d, uint8_t character);

/* Asks for an interrupt when the port receives something. False: it may have, read again. */
VWR_MUST_CHECK static inline bool vwr_console_arm(struct vwr_console *c, unsigned port)
{
    return port < c->ports && vwr_receive_arm(&c->options.port[port].receive.q, 1);
}

/* The same for messages. */
VWR_MUST_CHECK static inline bool vwr_console_arm_messages(struct vwr_console *c)
{
    return vwr_receive_arm(&c->options.port[c->options.ports].receive.q, 1);
}

#ifdef __cplusplus
}
#endif

#endif
