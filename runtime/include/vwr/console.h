/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONSOLE_H
#define VWR_CONSOLE_H

#include "vwr/bytes.h"
#include "vwr/message.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/ring.h"
#include "vwr/transmit.h"
#include "vwr/gen/console.h"

VWR_BEGIN_C

/**
 * DOC: Console, driver side
 *
 * A console has port 0 and, with MULTIPORT, further ports. Each port carries bytes in both
 * directions::
 *
 *     r = vwr_console_open(c, d, options);
 *     n = vwr_console_write(c, 0, "hello", 5);
 *     n = vwr_console_read(c, 0, bytes, 16);
 *     while (vwr_console_poll(c, &event) > 0) // with more than one port: messages about ports
 *         ...
 *
 * Rules:
 *
 * - Each queue has one owner at a time. One thread may write to a port while another reads from it and a
 *   third handles the messages; they need no lock.
 * - Bytes are copied in both directions, so the device never accesses the caller's memory.
 * - Only the owner of all queues may open and close the console and call the functions of vwr/bringup.h.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Console Device.
 */

/**
 * VWR_CONSOLE_QUEUE - Number of descriptors and of buffers of each queue, a power of 2
 *
 * A device without a free buffer may drop data (quirk console.dropped-messages).
 */
#ifndef VWR_CONSOLE_QUEUE
#define VWR_CONSOLE_QUEUE 32u
#endif

/**
 * VWR_CONSOLE_BYTES - Size of a buffer in bytes, a multiple of VWR_PORT_DMA_ALIGN
 *
 * A buffer must be large enough for a control message that contains a port name.
 */
#ifndef VWR_CONSOLE_BYTES
#define VWR_CONSOLE_BYTES (VWR_PORT_DMA_ALIGN > 128u ? VWR_PORT_DMA_ALIGN : 128u)
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_CONSOLE_QUEUE), "VWR_CONSOLE_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_CONSOLE_BYTES > 0 && VWR_CONSOLE_BYTES % VWR_PORT_DMA_ALIGN == 0,
                  "VWR_CONSOLE_BYTES must be a multiple of VWR_PORT_DMA_ALIGN");

/** VWR_CONSOLE_NAME_BYTES - Maximum size of a port's name in bytes, including its terminator */
#define VWR_CONSOLE_NAME_BYTES 64u
VWR_STATIC_ASSERT(VWR_CONSOLE_BYTES >= sizeof(struct vwr_console_control) + VWR_CONSOLE_NAME_BYTES - 1u,
                  "VWR_CONSOLE_BYTES is too small for a name");

/**
 * VWR_CONSOLE_QUEUES() - Number of queues of a console
 * @ports: Number of ports. A console with a single port has 2 queues. With more ports, it has 2
 *   queues for each port and 2 for messages.
 */
#define VWR_CONSOLE_QUEUES(ports) ((ports) > 1u ? 2u * (ports) + 2u : 2u)

/**
 * VWR_CONSOLE_PORTS() - Number of entries of options->port
 * @ports: Number of ports. With several ports, the queues for messages also take one entry.
 */
#define VWR_CONSOLE_PORTS(ports) (VWR_CONSOLE_QUEUES(ports) / 2u)

/**
 * struct vwr_console_shared - Shared memory of a queue (see struct vwr_queue_memory); it need not
 *   be initialised
 * @ring: Ring.
 * @data: Buffers.
 */
struct vwr_console_shared {
    uint8_t ring[VWR_TRANSMIT_SHARED_BYTES(VWR_CONSOLE_QUEUE, VWR_CONSOLE_QUEUE)];
    uint8_t data[VWR_CONSOLE_QUEUE][VWR_CONSOLE_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_console_port - A port and its two queues
 * @added: The device has the port.
 * @console: The port is a console. Unknown if there is only one port.
 * @host_open: The host's end is open; otherwise the device may drop written bytes. Unknown if there is only
 *   one port.
 * @open: The driver's end is open, because the port is a console or vwr_console_open_port() opened it.
 * @cols: Width in characters; 0: unknown.
 * @rows: Height in characters; 0: unknown.
 * @name: Name in UTF-8, as the device sent it; truncated if it is too long.
 * @receive: Receive queue. Any thread may read its counters and its fault.
 * @transmit: Transmit queue. Any thread may read its counters and its fault.
 *
 * It must be in private memory and need not be initialised. vwr_console_poll() updates the members before
 * @receive.
 */
struct vwr_console_port {
    bool added;
    bool console;
    bool host_open;
    bool open;
    /* private: */
    bool reopen; /* it was open before a recovery */
    bool woken;  /* owned by the reader: value of `open` that the device was last notified of */
    /* public: */
    uint16_t cols;
    uint16_t rows;
    char name[VWR_CONSOLE_NAME_BYTES];
    struct vwr_receiveq receive;
    struct vwr_transmitq transmit;
    /* private: */
    struct vwr_slice rest; /* unread part of the oldest buffer; 0 bytes: none */
    struct vwr_receive_buffer buffer[VWR_CONSOLE_QUEUE];
    struct vwr_req request[VWR_CONSOLE_QUEUE];
    uint64_t own[2][(VWR_TRANSMIT_OWN_BYTES(VWR_CONSOLE_QUEUE, VWR_CONSOLE_QUEUE) + 7u) / 8u];
};

/**
 * struct vwr_console_options - Options of vwr_console_open()
 * @port: Ports. They must remain valid until vwr_close() succeeds.
 * @port_count: Number of entries in @port: VWR_CONSOLE_PORTS(), which is 1 for a single port and at
 *   least 3 for several ports. With several ports, the driver accepts MULTIPORT.
 * @shared: Shared memory of the queues. It must remain valid as long as @port.
 * @shared_count: Number of entries in @shared: VWR_CONSOLE_QUEUES().
 * @avoid: Features that the driver must not accept.
 */
struct vwr_console_options {
    struct vwr_console_port *port;
    unsigned port_count;
    struct vwr_console_shared *shared;
    unsigned shared_count;
    struct vwr_features avoid;
};

/**
 * struct vwr_console - A console
 * @bringup: Bring-up; the first member.
 * @info: Configuration. Port numbers are below max_nr_ports, which is at least 1. With SIZE, info.cols and
 *   info.rows are the size of the console; otherwise they are 0.
 * @ignored: Number of ignored messages, which were invalid, arrived at the wrong time or named an invalid
 *   port.
 * @refused: Number of ports that the device added although their number was options.port_count or more.
 * @options: Options.
 */
struct vwr_console {
    struct vwr_bringup bringup;
    struct vwr_console_config_info info;
    vwr_count ignored;
    vwr_count refused;
    struct vwr_console_options options;
    /* private: */
    unsigned ports;                    /* ports that have queues */
    struct vwr_console_port *messages; /* options.port[ports]; NULL: without MULTIPORT */
};

/**
 * struct vwr_console_message - A message from the device
 * @port: Port.
 * @event: enum vwr_console_event of vwr/gen/console.h.
 * @value: Depends on @event.
 */
struct vwr_console_message {
    uint32_t port;
    uint16_t event;
    uint16_t value;
};

/**
 * vwr_console_open() - Open a console
 * @c: Console; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK. The device is live and its buffers are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a console.
 * * VWR_ENOMEM: an array is too small; vwr_dev_explain() names it.
 * * Other errors: the same as vwr_dev_reset(), vwr_dev_agree(), vwr_dev_read_config(),
 *   vwr_dev_add_queue(), vwr_dev_start().
 */
VWR_MUST_CHECK int vwr_console_open(struct vwr_console *c, struct vwr_dev *d,
                                    const struct vwr_console_options *options);

/**
 * vwr_console_bringup - Class of consoles, for vwr/bringup.h
 *
 * If there is more than one port, the device adds all ports again after a recovery.
 */
extern const struct vwr_bringup_class vwr_console_bringup;

/**
 * vwr_console_write() - Copy bytes into free buffers of a port and send them
 * @c: Console.
 * @port: Port.
 * @bytes: Bytes to write.
 * @n: Number of bytes.
 *
 * If the device fails, a recovery resends the buffers in flight in order, so the other end may
 * receive bytes twice. port->transmit.requests.stats counts resent and dropped buffers.
 *
 * Return: The number of bytes that were written, which may be less than @n.
 * * VWR_EINVAL: there is no such port, or the port cannot map options.shared.
 * * VWR_ENODEV: the device does not have the port, or the driver's end is closed.
 * * VWR_ESEGMENTS: options.shared is not contiguous for the device.
 * * If the queue is stopped, the same as vwr_request_reap(), but never VWR_ETIMEOUT.
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

/**
 * vwr_console_read() - Read bytes that a port has received
 * @c: Console.
 * @port: Port.
 * @bytes: Filled in with the bytes.
 * @n: Maximum number of bytes.
 *
 * If the device fails, unread bytes are lost, except those in the buffer that is being read.
 *
 * Return: The number of bytes; 0: no bytes have arrived.
 * * VWR_EINVAL: there is no such port.
 * * If the queue is stopped, the same as vwr_receive_reap().
 */
VWR_MUST_CHECK static inline int vwr_console_read(struct vwr_console *c, unsigned port, void *bytes, size_t n)
{
    struct vwr_console_port *p;

    if (port >= c->ports)
        return VWR_EINVAL;
    p = &c->options.port[port];
    if (VWR_RARELY(p->woken != (vwr_ring_load8(&p->open) != 0))) { /* wake it (quirk console.input-asleep) */
        p->woken = !p->woken;
        if (p->woken)
            vwr_receive_notify(&p->receive);
    }
    return vwr_receive_read(&p->receive, &p->rest, bytes, n);
}

/**
 * vwr_console_can_read() - Test whether a port has received bytes
 * @c: Console.
 * @port: Port.
 *
 * Return: 1: vwr_console_read() returns bytes. 0: no bytes have arrived. Errors: the same as
 *   vwr_console_read().
 */
VWR_MUST_CHECK static inline int vwr_console_can_read(struct vwr_console *c, unsigned port)
{
    struct vwr_console_port *p;

    if (port >= c->ports)
        return VWR_EINVAL;
    p = &c->options.port[port];
    return p->rest.bytes != 0 ? 1 : vwr_receive_reap(&p->receive, &p->rest, 1);
}

/**
 * vwr_console_can_write() - Test whether there is space for output to a port
 * @c: Console.
 * @port: Port.
 *
 * Return: 1: vwr_console_write() takes at least one byte. 0: there is no space; see vwr_console_arm_write().
 *   Errors: the same as vwr_console_write().
 */
VWR_MUST_CHECK static inline int vwr_console_can_write(struct vwr_console *c, unsigned port)
{
    struct vwr_console_port *p;
    int r;

    if (port >= c->ports)
        return VWR_EINVAL;
    p = &c->options.port[port];
    if (vwr_ring_load8(&p->open) == 0)
        return VWR_ENODEV;
    r = vwr_transmit_reap(&p->transmit);
    return r == VWR_OK && vwr_transmit_has_room(&p->transmit) ? 1 : r;
}

/**
 * vwr_console_flush() - Wait until the device has used all data written to a port
 * @c: Console.
 * @port: Port.
 * @us: Time limit in microseconds.
 *
 * Context: The queue's owner. Waits up to @us microseconds. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_ETIMEOUT: the device has not used all buffers yet; the rest stay in flight.
 * * Other errors: the same as vwr_console_write().
 */
VWR_MUST_CHECK static inline int vwr_console_flush(struct vwr_console *c, unsigned port, uint32_t us)
{
    return port < c->ports ? vwr_transmit_flush(&c->options.port[port].transmit, us) : VWR_EINVAL;
}

/**
 * vwr_console_cancel() - Perform the next step of cancelling a port's unsent output
 * @c: Console.
 * @port: Port.
 *
 * Use this function if the host does not read from the port. The port cannot be written to until a call
 * returns VWR_OK. port->transmit.requests.stats.returned counts the dropped buffers.
 *
 * Return: The same as vwr_request_cancel(). VWR_EINVAL: there is no such port.
 */
VWR_MUST_CHECK static inline int vwr_console_cancel(struct vwr_console *c, unsigned port)
{
    return port < c->ports ? vwr_request_cancel(&c->options.port[port].transmit.requests) : VWR_EINVAL;
}

/**
 * vwr_console_poll() - Handle the next message of a device with MULTIPORT
 * @c: Console.
 * @m: Filled in with the message. The call also updates options.port[m->port] accordingly.
 *
 * If the device adds a port, the call confirms the port, and opens it if it is a console or was
 * open before a recovery. Invalid messages are ignored and counted. A message is invalid if it is
 * too short or unknown, or if its port is not below info.max_nr_ports, was not added, or is added
 * twice.
 *
 * Context: The owner of messages, which may be an interrupt handler. Does not wait.
 * Return: 1: a message was handled. 0: no message has arrived. If a queue is stopped, the same as
 *   vwr_request_reap() or vwr_receive_reap().
 * Section: Console Device / Device Operation / Multiport Device Operation.
 */
VWR_MUST_CHECK int vwr_console_poll(struct vwr_console *c, struct vwr_console_message *m);

/**
 * vwr_console_open_port() - Open or close the driver's end of a port
 * @c: Console.
 * @port: Port.
 * @open: true to open it. A closed port cannot be written to.
 *
 * Context: The owner of messages, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK: the message was sent.
 * * VWR_EFULL: try again after vwr_console_poll().
 * * VWR_EINVAL: there is no such port.
 * * VWR_ENODEV: the device does not have the port.
 * * VWR_EUNSUPP: the console has a single port, which is always open.
 * * VWR_EFAILED: the queue is stopped.
 * * VWR_ESEGMENTS: options.shared is not contiguous for the device.
 */
VWR_MUST_CHECK int vwr_console_open_port(struct vwr_console *c, unsigned port, bool open);

/**
 * vwr_console_emergency() - Write a character to the emergency write register
 * @d: Probed console, in any state.
 * @character: Character.
 *
 * The call needs no queue and no interrupt.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: the device does not offer EMERG_WRITE, or its configuration space ends before the register.
 * * VWR_EINVAL: the probe found no device.
 */
VWR_MUST_CHECK int vwr_console_emergency(struct vwr_dev *d, uint8_t character);

/**
 * vwr_console_arm() - Enable the interrupt for received bytes of a port
 * @c: Console.
 * @port: Port.
 *
 * Return: true: the interrupt is enabled. false: bytes may have arrived already; read again.
 */
VWR_MUST_CHECK static inline bool vwr_console_arm(struct vwr_console *c, unsigned port)
{
    return port < c->ports && vwr_receive_arm(&c->options.port[port].receive, 1);
}

/**
 * vwr_console_arm_write() - Enable the interrupt for space for output to a port
 * @c: Console.
 * @port: Port.
 *
 * Return: true: the interrupt is enabled. false: there may be space already; write again.
 */
VWR_MUST_CHECK static inline bool vwr_console_arm_write(struct vwr_console *c, unsigned port)
{
    return port < c->ports && vwr_request_arm(&c->options.port[port].transmit.requests, 1);
}

/**
 * vwr_console_arm_messages() - Enable the interrupt for messages
 * @c: Console with more than one port.
 *
 * Return: true: the interrupt is enabled. false: messages may have arrived already; poll again.
 */
VWR_MUST_CHECK static inline bool vwr_console_arm_messages(struct vwr_console *c)
{
    return c->messages != NULL && vwr_receive_arm(&c->messages->receive, 1);
}

/** vwr_console_explain() - Describe the last fault of the console or its queues; see vwr_dev_explain() */
size_t vwr_console_explain(const struct vwr_console *c, char *text, size_t bytes);

/** VWR_CONSOLE_OPEN_PORTS - Number of ports for vwr_open(); if it is more than 1, the driver accepts
 *   MULTIPORT */
#ifndef VWR_CONSOLE_OPEN_PORTS
#define VWR_CONSOLE_OPEN_PORTS 1u
#endif

/**
 * struct vwr_console_open_own - Private memory of a console for vwr_open()
 * @console: Console; the first member.
 * @port: Ports.
 */
struct vwr_console_open_own {
    struct vwr_console console;
    struct vwr_console_port port[VWR_CONSOLE_PORTS(VWR_CONSOLE_OPEN_PORTS)];
};

/**
 * struct vwr_console_open_shared - Shared memory of a console for vwr_open()
 * @queue: Shared memory of each queue.
 */
struct vwr_console_open_shared {
    struct vwr_console_shared queue[VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS)];
};

/** vwr_console_open_default() - Open a console for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_console_open_default(void *own, void *shared, struct vwr_dev *d,
                                                          const struct vwr_features *avoid)
{
    struct vwr_console_open_own *const o = (struct vwr_console_open_own *)own;
    struct vwr_console_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.port = o->port;
    options.shared = (struct vwr_console_shared *)shared;
    options.port_count = VWR_COUNT(o->port);
    options.shared_count = VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS);
    return vwr_console_open(&o->console, d, &options);
}

VWR_END_C

#endif
