/* SPDX-License-Identifier: MIT */
#ifndef VWR_VVSOCK_H
#define VWR_VVSOCK_H

#include "vwr/sockets.h"
#include "vwr/vdev.h"

VWR_BEGIN_C

/**
 * DOC: Socket device, device side
 *
 * The device connects a guest's sockets to the VMM. Sockets transfer streams of bytes, or messages
 * (seqpacket)::
 *
 *     r = vwr_vvsock_init(v, setup, own, options);
 *     // ops.connect: the guest connects to s->local_port; ops.event: vwr_vvsock_receive() has bytes
 *     n = vwr_vvsock_receive(v, s, bytes, count, &flags);
 *     n = vwr_vvsock_send(v, s, bytes, count, flags);
 *     vwr_vvsock_close(v, s, false);
 *     r = vwr_vvsock_connect(v, port, VWR_VSOCK_TYPE_STREAM, &s); // to a port of the guest
 *
 * Rules:
 *
 * - The hooks report events; the VMM calls functions of the device after the hook has returned.
 *   vwr/sockets.h describes sockets and credit.
 * - The VMM provides the table of sockets. Each connection from the guest occupies an entry until the VMM
 *   closes the socket. If the table is full, further connections are refused.
 * - Whatever the guest sends, the device never stores more data than fit the receive buffers. If the guest
 *   sends more than its credit allows, that connection is reset; the others continue.
 * - Credit counts bytes; Linux also counts packets. Since 6.12.92 (commit 059b7dbd20a6, also in other stable
 *   releases), each packet that its program has not read counts SKB_TRUESIZE(0), 576 bytes on arm64, besides
 *   its data. Linux drops a packet that makes the sum larger than the socket's buffer. Since 6.12.94
 *   (c6087c5aaad6), data and packets are compared separately, and too many packets reset the connection: with
 *   the default buffer of 256 KiB, the 456th. Packets of up to 128 bytes are joined if the buffer of the
 *   previous one has space.
 * - A VMM that forwards small writes must therefore limit the number of unread packets, which
 *   vwr_vvsock_window() returns. For example, it collects bytes while there is a packet for each 2048 bytes
 *   of the guest's buffer. It then calls vwr_vvsock_ask(), repeatedly, because Linux reports late: when it
 *   has read more than its buffer's size less 64 KiB, and since 93b808876682 (6.8, and other stable
 *   releases) also when it has read everything. vwr_posix_vsock in hosted/ does so.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Socket Device.
 */

/* Segments per chain. Linux uses up to 17 pages of data after a header. */
#ifndef VWR_VVSOCK_SEGS
#define VWR_VVSOCK_SEGS 68u
#endif
#define VWR_VVSOCK_QUEUES 3u

struct vwr_vvsock;

/**
 * struct vwr_vvsock_ops - Hooks of the VMM
 * @connect: Called when the guest connects to s->local_port with a socket of type s->type. VWR_OK: accept the
 *   connection; the VMM may use s->context. VWR_LATER: the VMM will call vwr_vvsock_answer(). Other values:
 *   refuse the connection.
 * @event: Called for each event of a socket (enum vwr_socket_event). May be NULL.
 *
 * The hooks are called with the device's lock held, and must not call functions of this device.
 */
struct vwr_vvsock_ops {
    int (*connect)(struct vwr_vvsock *v, struct vwr_socket *s);
    void (*event)(struct vwr_vvsock *v, struct vwr_socket *s, enum vwr_socket_event event);
};

/**
 * struct vwr_vvsock_options - Options of vwr_vvsock_init()
 * @ops: Hooks.
 * @context: Stored in the device.
 * @guest_cid: Context ID of the guest, from 3 to 0xfffffffe.
 * @sockets: Table of sockets and their receive buffers, in memory that no guest can access. They must stay
 *   valid as long as the device.
 * @seqpacket: Offer SEQPACKET.
 *
 * vwr_vvsock_init() replaces @sockets.
 */
struct vwr_vvsock_options {
    const struct vwr_vvsock_ops *ops;
    void *context;
    uint64_t guest_cid;
    struct vwr_sockets_memory sockets;
    bool seqpacket;
};

/**
 * struct vwr_vvsock - A socket device
 * @dev: Device; the first member.
 * @context: For the VMM.
 * @sockets: Table of sockets. Read its counters with the lock held or in a hook.
 */
struct vwr_vvsock {
    struct vwr_vdev dev;
    void *context;
    struct vwr_sockets sockets;
    /* private: */
    const struct vwr_vvsock_ops *ops;
    struct vwr_vsock_config config;
    uint64_t guest_cid;
    uint64_t loaded_cid;  /* context ID from a loaded state, until the device is restarted */
    bool to_tell;         /* a reset of the transport has to be reported to the driver */
    bool blocked;         /* there was no buffer for a packet */
    struct vwr_vchain rx; /* buffer for the next packet */
    struct vwr_vseg rx_seg[VWR_VVSOCK_SEGS];
    struct vwr_vseg seg[VWR_VVSOCK_SEGS];
};

/** VWR_VVSOCK_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VVSOCK_QUEUE
#define VWR_VVSOCK_QUEUE 64u
#endif

/** VWR_VVSOCK_SOCKETS - Number of sockets */
#ifndef VWR_VVSOCK_SOCKETS
#define VWR_VVSOCK_SOCKETS 8u
#endif

/** VWR_VVSOCK_BYTES - Size of a socket's receive buffer in bytes, a power of 2 */
#ifndef VWR_VVSOCK_BYTES
#define VWR_VVSOCK_BYTES 4096u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VVSOCK_QUEUE), "VWR_VVSOCK_QUEUE must be a power of 2");

/**
 * struct vwr_vvsock_own - Memory of a socket device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @socket: Sockets.
 * @buffers: Receive buffers.
 */
struct vwr_vvsock_own {
    struct vwr_vqueue queue[VWR_VVSOCK_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VVSOCK_QUEUES, VWR_VVSOCK_QUEUE)];
    struct vwr_socket socket[VWR_VVSOCK_SOCKETS];
    uint8_t buffers[VWR_SOCKET_BYTES(VWR_VVSOCK_SOCKETS, VWR_VVSOCK_BYTES)];
};

/**
 * vwr_vvsock_init_with() - Initialise a socket device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Regardless of queue_size, a queue has at most VWR_VVSOCK_SEGS descriptors, minus one for each boundary
 * between adjacent regions of guest memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no @connect hook, or the context ID is reserved.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vvsock_init_with(struct vwr_vvsock *v, const struct vwr_vdev_setup *s,
                                        const struct vwr_vvsock_options *o);

/** vwr_vvsock_init() - Initialise a socket device in a structure of memory; see vwr_vvsock_init_with() */
VWR_MUST_CHECK static inline int vwr_vvsock_init(struct vwr_vvsock *v, const struct vwr_vdev_setup *setup,
                                                 struct vwr_vvsock_own *own,
                                                 const struct vwr_vvsock_options *options)
{
    struct vwr_vvsock_options sized;
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VVSOCK_QUEUE);
    vwr_copy(&sized, options, sizeof(sized));
    sized.sockets.socket = own->socket;
    sized.sockets.socket_count = VWR_COUNT(own->socket);
    sized.sockets.buffers = own->buffers;
    sized.sockets.buffer_bytes = sizeof(own->buffers);
    return vwr_vvsock_init_with(v, &with, &sized);
}

/**
 * vwr_vvsock_dev() - Get the device to pass to vwr_vm_add()
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vvsock_dev(struct vwr_vvsock *v)
{
    return &v->dev;
}

/**
 * vwr_vvsock_connect() - Start to connect to a port of the guest
 * @v: Device.
 * @port: Port of the guest.
 * @type: VWR_VSOCK_TYPE_STREAM or VWR_VSOCK_TYPE_SEQPACKET.
 * @s: Filled in with the socket. VWR_SOCKET_EVENT_ACCEPTED or VWR_SOCKET_EVENT_ENDED reports the guest's
 *   answer. The guest might never answer.
 *
 * Return: The same as vwr_socket_connect(). VWR_EFAILED: the guest has no driver yet.
 */
VWR_MUST_CHECK int vwr_vvsock_connect(struct vwr_vvsock *v, uint32_t port, unsigned type,
                                      struct vwr_socket **s);

/**
 * vwr_vvsock_answer() - Answer a connection for which ops.connect returned VWR_LATER
 * @v: Device.
 * @s: Socket. Nothing happens if the connection has ended meanwhile.
 * @accept: true to accept it. Otherwise it is refused, and the VMM no longer uses the socket.
 */
void vwr_vvsock_answer(struct vwr_vvsock *v, struct vwr_socket *s, bool accept);

/**
 * vwr_vvsock_send() - Send as many bytes as the guest has space for
 * @v: Device.
 * @s: Socket.
 * @bytes: Bytes; they are copied.
 * @n: Number of bytes.
 * @flags: The same as for vwr_socket_send().
 *
 * Return: The number of bytes that were sent. If it is less than @n, VWR_SOCKET_EVENT_CREDIT reports when
 *   there may be space again. Errors: the same as vwr_socket_send().
 */
VWR_MUST_CHECK int vwr_vvsock_send(struct vwr_vvsock *v, struct vwr_socket *s, const void *bytes, size_t n,
                                   unsigned flags);

/**
 * vwr_vvsock_window() - Get what the guest has space for
 * @v: Device.
 * @s: Socket.
 * @w: Filled in. All members are 0 if the socket is not connected.
 */
void vwr_vvsock_window(struct vwr_vvsock *v, const struct vwr_socket *s, struct vwr_socket_window *w);

/**
 * vwr_vvsock_ask() - Ask the guest to report how many bytes it has read
 * @v: Device.
 * @s: Socket. Nothing happens if it is not connected.
 *
 * The guest's system answers at once, even if its program does not read. VWR_SOCKET_EVENT_CREDIT follows if
 * the credit has increased.
 */
void vwr_vvsock_ask(struct vwr_vvsock *v, struct vwr_socket *s);

/**
 * vwr_vvsock_receive() - Read received bytes
 * @v: Device.
 * @s: Socket.
 * @bytes: Filled in with the bytes.
 * @n: Maximum number of bytes.
 * @flags: The same as for vwr_socket_receive().
 *
 * Return: The same as vwr_socket_receive().
 */
VWR_MUST_CHECK int vwr_vvsock_receive(struct vwr_vvsock *v, struct vwr_socket *s, void *bytes, size_t n,
                                      unsigned *flags);

/**
 * vwr_vvsock_shutdown() - Shut down one or both directions
 * @v: Device.
 * @s: Socket.
 * @how: The same as for vwr_socket_shutdown().
 *
 * Return: The same as vwr_socket_shutdown().
 */
VWR_MUST_CHECK int vwr_vvsock_shutdown(struct vwr_vvsock *v, struct vwr_socket *s, unsigned how);

/**
 * vwr_vvsock_close() - Close a socket
 * @v: Device.
 * @s: Socket. The VMM no longer uses it.
 * @reset: true: reset the connection. false: bytes that were sent still arrive at the guest.
 */
void vwr_vvsock_close(struct vwr_vvsock *v, struct vwr_socket *s, bool reset);

/**
 * vwr_vvsock_reset_transport() - Change the guest's context ID, and end all connections
 * @v: Device.
 * @guest_cid: Context ID of the guest, possibly the same as before.
 *
 * A VMM calls the function after a migration or a snapshot. The driver receives an event and reads its
 * context ID again.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: the context ID is reserved.
 */
VWR_MUST_CHECK int vwr_vvsock_reset_transport(struct vwr_vvsock *v, uint64_t guest_cid);

VWR_END_C

#endif
