/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSOCK_H
#define VWR_VSOCK_H

#include "vwr/bytes.h"
#include "vwr/bringup.h"
#include "vwr/message.h"
#include "vwr/receive.h"
#include "vwr/sockets.h"
#include "vwr/transmit.h"

VWR_BEGIN_C

/**
 * DOC: Socket device, driver side
 *
 * The driver connects sockets of this system with those of the host, by streams of bytes, and by
 * messages (seqpacket) if the device supports them. vwr/sockets.h has the calls for sockets::
 *
 *     r = vwr_vsock_open(v, d, options);
 *     r = vwr_socket_connect(&v->sockets, VWR_VSOCK_CID_HOST, port, VWR_VSOCK_TYPE_STREAM, &s);
 *     r = vwr_vsock_wait(v, s, VWR_SOCKET_WRITABLE, us);
 *     n = vwr_socket_send(s, bytes, count, 0);
 *     r = vwr_vsock_wait(v, s, VWR_SOCKET_READABLE, us);
 *     n = vwr_socket_receive(s, bytes, count, NULL);
 *     vwr_socket_close(s);
 *
 * Rules:
 *
 * - One owner at a time calls the functions of a device and of its sockets. It may be an interrupt
 *   handler.
 * - vwr_vsock_poll() receives packets and sends what is pending. Call it after an interrupt, or
 *   periodically.
 * - The device may reset the transport, for example after a migration: all connections end with
 *   VWR_ERESET, and v->sockets.cid may change. A recovery ends them too. Sockets that listen stay.
 * - The device accesses only options->shared, and only until vwr_close() succeeds.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Socket Device.
 */

/** VWR_VSOCK_QUEUE - Number of descriptors and buffers of each data queue, a power of 2 */
#ifndef VWR_VSOCK_QUEUE
#define VWR_VSOCK_QUEUE 32u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_VSOCK_QUEUE), "VWR_VSOCK_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_VSOCK_QUEUE <= VWR_SOCKET_REPLIES, "each received packet may need a reset");

/**
 * VWR_VSOCK_BYTES - Size of a buffer in bytes, a multiple of VWR_PORT_DMA_ALIGN
 *
 * A packet has a header of sizeof(struct vwr_vsock_hdr) bytes; the rest are data.
 */
#ifndef VWR_VSOCK_BYTES
#define VWR_VSOCK_BYTES 2048u
#endif
VWR_STATIC_ASSERT(VWR_VSOCK_BYTES > sizeof(struct vwr_vsock_hdr) && VWR_VSOCK_BYTES % VWR_PORT_DMA_ALIGN == 0,
                  "VWR_VSOCK_BYTES must be a multiple of VWR_PORT_DMA_ALIGN, and larger than a header");

/* Number of buffers of the event queue, and the size of each. */
#define VWR_VSOCK_EVENTS 4u
#define VWR_VSOCK_EVENT_BYTES \
    ((sizeof(struct vwr_vsock_event) + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

/**
 * struct vwr_vsock_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @rx_ring: Ring of the receive queue.
 * @tx_ring: Ring of the transmit queue.
 * @event_ring: Ring of the event queue.
 * @rx: Buffers for received packets.
 * @tx: Buffers for sent packets.
 * @event: Buffers for events.
 */
struct vwr_vsock_shared {
    uint8_t rx_ring[VWR_QUEUE_SHARED_BYTES(VWR_VSOCK_QUEUE)] __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t tx_ring[VWR_TRANSMIT_SHARED_BYTES(VWR_VSOCK_QUEUE, VWR_VSOCK_QUEUE)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_VSOCK_EVENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t rx[VWR_VSOCK_QUEUE][VWR_VSOCK_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    uint8_t tx[VWR_VSOCK_QUEUE][VWR_VSOCK_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    uint8_t event[VWR_VSOCK_EVENTS][VWR_VSOCK_EVENT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_vsock_options - Options of vwr_vsock_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @sockets: Table of sockets and their receive buffers. The caller keeps them as long as it uses
 *   the sockets.
 * @avoid: Features that the driver must not accept.
 */
struct vwr_vsock_options {
    struct vwr_vsock_shared *shared;
    struct vwr_sockets_memory sockets;
    struct vwr_features avoid;
};

/**
 * struct vwr_vsock - A socket device
 * @bringup: Bring-up; the first member.
 * @info: Configuration.
 * @sockets: Sockets. @sockets.cid is the context ID of this system.
 * @resets: Counter of resets of the transport.
 * @rx: Receive queue. Any thread may read its counters and its fault.
 * @tx: Transmit queue. Any thread may read its counters and its fault.
 * @events: Event queue. Any thread may read its counters and its fault.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_vsock {
    struct vwr_bringup bringup;
    struct vwr_vsock_config_info info;
    struct vwr_sockets sockets;
    vwr_count resets;
    struct vwr_receiveq rx;
    struct vwr_transmitq tx;
    struct vwr_receiveq events;
    /* private: */
    struct vwr_vsock_options options;
    struct vwr_receive_buffer rx_buffer[VWR_VSOCK_QUEUE];
    struct vwr_receive_buffer event_buffer[VWR_VSOCK_EVENTS];
    struct vwr_req tx_request[VWR_VSOCK_QUEUE];
    uint64_t rx_own[(VWR_QUEUE_OWN_BYTES(VWR_VSOCK_QUEUE) + 7u) / 8u];
    uint64_t tx_own[(VWR_TRANSMIT_OWN_BYTES(VWR_VSOCK_QUEUE, VWR_VSOCK_QUEUE) + 7u) / 8u];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_VSOCK_EVENTS) + 7u) / 8u];
};

/**
 * vwr_vsock_open() - Open a socket device
 * @v: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK. The device is live and its buffers are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a socket device.
 * * VWR_ENOMEM: an array is too small; vwr_dev_explain() names it.
 * * VWR_EPROTO: the context ID of the device is reserved.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_vsock_open(struct vwr_vsock *v, struct vwr_dev *d,
                                  const struct vwr_vsock_options *options);

/**
 * vwr_vsock_poll() - Receive packets and events, and send what is pending
 * @v: Device.
 *
 * Return: VWR_OK. If a queue is stopped, the same as vwr_receive_reap(), vwr_transmit_reap()
 *   and vwr_transmit_send(). After a reset of the transport, also the same as vwr_bringup_read_info(), and
 * VWR_EPROTO if the new context ID is reserved.
 */
VWR_MUST_CHECK int vwr_vsock_poll(struct vwr_vsock *v);

/**
 * vwr_vsock_wait() - Poll until a socket is ready
 * @v: Device.
 * @s: Socket.
 * @ready: VWR_SOCKET_READABLE and VWR_SOCKET_WRITABLE. The wait also ends when the connection has
 *   ended, or no further bytes will arrive.
 * @us: Time limit in microseconds.
 *
 * Context: The device's owner. Waits up to @us microseconds. Not from an interrupt handler.
 * Return: vwr_socket_ready(), not 0, or 0 if the socket has ended before it was connected.
 * * VWR_ETIMEOUT: the socket is not ready.
 * * Other errors: the same as vwr_vsock_poll().
 */
VWR_MUST_CHECK int vwr_vsock_wait(struct vwr_vsock *v, const struct vwr_socket *s, unsigned ready,
                                  uint32_t us);

/**
 * vwr_vsock_arm() - Enable the interrupts for packets and events
 * @v: Device.
 *
 * Return: true: the interrupts are enabled. false: packets may have arrived already, or buffers may
 *   be free; poll again.
 */
VWR_MUST_CHECK bool vwr_vsock_arm(struct vwr_vsock *v);

/**
 * vwr_vsock_give_up() - Stop a device that does not answer
 * @v: Device. vwr_vsock_poll() returns VWR_ERESET until the device is recovered.
 */
static inline void vwr_vsock_give_up(struct vwr_vsock *v)
{
    vwr_queue_stop(&v->rx.queue, VWR_ERESET);
}

/**
 * vwr_vsock_bringup - Class of socket devices, for vwr/bringup.h
 *
 * A recovery ends all connections with VWR_ERESET; received bytes can still be read. Sockets that listen
 * stay.
 */
extern const struct vwr_bringup_class vwr_vsock_bringup;

/** vwr_vsock_explain() - Describe the last fault of the device or its queues; see vwr_dev_explain() */
static inline size_t vwr_vsock_explain(const struct vwr_vsock *v, char *text, size_t bytes)
{
    return vwr_bringup_explain(&v->bringup, &vwr_dev_messages, NULL, text, bytes);
}

/** VWR_VSOCK_OPEN_SOCKETS - Number of sockets, for vwr_open() */
#ifndef VWR_VSOCK_OPEN_SOCKETS
#define VWR_VSOCK_OPEN_SOCKETS 8u
#endif

/** VWR_VSOCK_OPEN_BYTES - Capacity of the receive buffer of a socket in bytes, a power of 2, for vwr_open()
 */
#ifndef VWR_VSOCK_OPEN_BYTES
#define VWR_VSOCK_OPEN_BYTES 8192u
#endif

/**
 * struct vwr_vsock_open_own - Private memory of a socket device for vwr_open()
 * @vsock: Device; the first member.
 * @socket: Sockets.
 * @buffer: Receive buffers.
 */
struct vwr_vsock_open_own {
    struct vwr_vsock vsock;
    struct vwr_socket socket[VWR_VSOCK_OPEN_SOCKETS];
    uint8_t buffer[VWR_SOCKET_BYTES(VWR_VSOCK_OPEN_SOCKETS, VWR_VSOCK_OPEN_BYTES)];
};

/**
 * struct vwr_vsock_open_shared - Shared memory of a socket device for vwr_open()
 * @queues: Queues and buffers.
 */
struct vwr_vsock_open_shared {
    struct vwr_vsock_shared queues;
};

/** vwr_vsock_open_default() - Open a socket device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_vsock_open_default(void *own, void *shared, struct vwr_dev *d,
                                                        const struct vwr_features *avoid)
{
    struct vwr_vsock_open_own *const o = (struct vwr_vsock_open_own *)own;
    struct vwr_vsock_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_vsock_shared *)shared;
    options.sockets.socket = o->socket;
    options.sockets.buffers = o->buffer;
    options.sockets.socket_count = VWR_COUNT(o->socket);
    options.sockets.buffer_bytes = sizeof(o->buffer);
    return vwr_vsock_open(&o->vsock, d, &options);
}

VWR_END_C

#endif
