/* SPDX-License-Identifier: MIT */
#ifndef VWR_SOCKETS_H
#define VWR_SOCKETS_H

#include "vwr/array.h"
#include "vwr/messages/vsock.h"

VWR_BEGIN_C

/**
 * DOC: Sockets between guest and host, both sides
 *
 * The driver (vwr/vsock.h) and the device (vwr/vvsock.h) use the same protocol: a table of sockets
 * that sends and receives packets. A driver calls the functions of this header with its table,
 * v->sockets. A VMM calls functions of vwr/vvsock.h, which take the device's lock::
 *
 *     r = vwr_socket_connect(&v->sockets, VWR_VSOCK_CID_HOST, port, VWR_VSOCK_TYPE_STREAM, &s);
 *     r = vwr_vsock_wait(v, s, VWR_SOCKET_WRITABLE, us);
 *     n = vwr_socket_send(s, bytes, count, 0);
 *     n = vwr_socket_receive(s, bytes, count, NULL);
 *     vwr_socket_close(s);
 *
 * Rules:
 *
 * - The caller provides the table and a receive buffer for each socket. Each end may send only the
 *   number of bytes for which the other end has buffer space (credit). A peer that sends more is
 *   reset.
 * - No function waits, and a function that cannot send now returns. Packets that the protocol itself has to
 *   send are recorded for each socket, and sent as soon as there is space.
 * - All packets are checked when they arrive: context ids, socket type, operation for the state of
 *   the socket, size against the free space, credit against what was sent.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Socket Device / Device Operation.
 */

/**
 * VWR_SOCKET_BYTES() - Memory of the receive buffers of sockets in bytes
 * @sockets: Number of sockets.
 * @bytes: Capacity of each receive buffer in bytes, a power of 2 and at least 4. The memory also has the
 *   boundaries of messages.
 */
#define VWR_SOCKET_BYTES(sockets, bytes) ((size_t)(sockets) * ((bytes) + (bytes) / 4u))

/* Not the specification's: packets that belong to no socket, for which a reset waits to be sent. */
#define VWR_SOCKET_REPLIES 64u

/* Directions of vwr_socket_shutdown(). */
#define VWR_SOCKET_RECEIVE (1u << VWR_VSOCK_SHUTDOWN_F_RECEIVE)
#define VWR_SOCKET_SEND (1u << VWR_VSOCK_SHUTDOWN_F_SEND)
#define VWR_SOCKET_BOTH (VWR_SOCKET_RECEIVE | VWR_SOCKET_SEND)

/**
 * enum vwr_socket_state - States of a socket
 * @VWR_SOCKET_FREE: The entry of the table is free.
 * @VWR_SOCKET_LISTENS: The socket accepts connections to a port.
 * @VWR_SOCKET_CONNECTS: The peer has not answered yet.
 * @VWR_SOCKET_ARRIVED: The peer wants to connect, and this end has not answered yet.
 * @VWR_SOCKET_CONNECTED: The socket is connected; a direction may be shut down.
 * @VWR_SOCKET_ENDED: The connection has ended; s->result is the reason. Received bytes can be read.
 * @VWR_SOCKET_CLOSES: This end has closed the socket and no longer uses it.
 */
enum vwr_socket_state {
    VWR_SOCKET_FREE,
    VWR_SOCKET_LISTENS,
    VWR_SOCKET_CONNECTS,
    VWR_SOCKET_ARRIVED,
    VWR_SOCKET_CONNECTED,
    VWR_SOCKET_ENDED,
    VWR_SOCKET_CLOSES
};

/* Bits of vwr_socket_ready(). */
#define VWR_SOCKET_READABLE 1u /* there are bytes, or a connection to accept */
#define VWR_SOCKET_WRITABLE 2u /* the peer has space for bytes */
#define VWR_SOCKET_AT_END 4u   /* no further bytes will arrive */

/**
 * enum vwr_socket_event - Events of a socket, for the device side
 * @VWR_SOCKET_EVENT_ACCEPTED: The peer has accepted the connection.
 * @VWR_SOCKET_EVENT_DATA: Bytes have arrived.
 * @VWR_SOCKET_EVENT_CREDIT: The last send sent fewer bytes than it was offered, and there may be space now.
 * @VWR_SOCKET_EVENT_SHUTDOWN: The peer has shut down directions: s->peer_shut. After VWR_SOCKET_SEND no
 *   further bytes arrive.
 * @VWR_SOCKET_EVENT_ENDED: The connection has ended: s->result. Bytes can still be received; then the VMM
 *   closes the socket.
 */
enum vwr_socket_event {
    VWR_SOCKET_EVENT_ACCEPTED,
    VWR_SOCKET_EVENT_DATA,
    VWR_SOCKET_EVENT_CREDIT,
    VWR_SOCKET_EVENT_SHUTDOWN,
    VWR_SOCKET_EVENT_ENDED
};

struct vwr_sockets;

/**
 * struct vwr_socket - A socket; an entry of the caller's table in private memory
 * @cid: Context ID of the peer.
 * @port: Port of the peer.
 * @local_port: Port of this end.
 * @type: enum vwr_vsock_type.
 * @state: enum vwr_socket_state.
 * @peer_shut: Directions that the peer has shut down: VWR_SOCKET_SEND, VWR_SOCKET_RECEIVE.
 * @result: Why the connection has ended. VWR_OK: both ends have shut it down. VWR_ENODEV: the peer
 *   refused it. VWR_ERESET: the peer, or the device, has reset it. VWR_EPROTO: the peer has violated
 *   the protocol.
 * @context: For the caller.
 */
struct vwr_socket {
    uint64_t cid;
    uint32_t port;
    uint32_t local_port;
    uint16_t type;
    uint8_t state;
    uint8_t peer_shut;
    int result;
    void *context;
    /* private: */
    struct vwr_sockets *table;
    struct vwr_socket *listener; /* of a socket that has arrived */
    uint8_t *buffer;             /* bytes, then two bits per byte: what ends behind it */
    uint32_t rx_cnt;             /* bytes received, */
    uint32_t fwd_cnt;            /* read, */
    uint32_t told;               /* and reported to the peer as read */
    uint32_t tx_cnt;             /* bytes sent */
    uint32_t peer_fwd;           /* bytes that the peer has reported as read */
    uint32_t peer_alloc;         /* size of its buffer */
    uint32_t message;            /* bytes sent of an incomplete message */
    uint8_t shut;
    uint8_t pending; /* packets to send: enum sockets_pending */
    bool asked;      /* for credit, which has not changed since */
    bool blocked;    /* the caller wants to send more */
    uint8_t backlog; /* of a listener */
};

/* A reset for a packet that belongs to no socket; private. */
struct vwr_socket_reply {
    uint64_t cid;
    uint32_t port, local_port;
    uint16_t type;
};

/*
 * The side that sends a table's packets; private. packet_room: bytes of data that the next packet can have,
 * or an error; VWR_EFULL: there is no space. Exactly one call of packet_send follows, which fails with the
 * same errors. For the device side, otherwise NULL: packet_request answers a connection to a port without a
 * listener by VWR_OK, VWR_EBUSY (later) or another error.
 */
struct vwr_sockets_link {
    int (*packet_room)(struct vwr_sockets *t);
    int (*packet_send)(struct vwr_sockets *t, const struct vwr_vsock_hdr *hdr, const void *data, uint32_t n);
    void (*packet_kick)(struct vwr_sockets *t);
    int (*packet_request)(struct vwr_sockets *t, struct vwr_socket *s);
    void (*packet_event)(struct vwr_sockets *t, struct vwr_socket *s, enum vwr_socket_event event);
};

/**
 * struct vwr_sockets_memory - Memory of a table of sockets
 * @socket: Memory for sockets, private, with any content.
 * @socket_count: Number of entries in @socket, at least 1.
 * @buffers: Memory for receive buffers, private, with any content, in equal parts for the sockets.
 * @buffer_bytes: Size of @buffers in bytes: VWR_SOCKET_BYTES(). The capacity of a receive buffer is the
 *   largest power of 2 for which its part is enough.
 *
 * The caller keeps the memory as long as the device.
 */
struct vwr_sockets_memory {
    struct vwr_socket *socket;
    uint32_t socket_count;
    void *buffers;
    size_t buffer_bytes;
};

/**
 * struct vwr_sockets - A table of sockets
 * @cid: Context ID of this end.
 * @memory: Memory.
 * @ignored: Counter of packets that were ignored, because they are not for this context ID or too
 *   short.
 * @violations: Counter of sockets that were reset because the peer violated the protocol.
 * @capacity: Capacity of each receive buffer in bytes.
 */
struct vwr_sockets {
    uint64_t cid;
    struct vwr_sockets_memory memory;
    vwr_count ignored;
    vwr_count violations;
    uint32_t capacity;
    /* private: */
    const struct vwr_sockets_link *link;
    uint64_t peer; /* the only context ID that may send; 0: any */
    bool legacy;
    bool stream, seqpacket;
    uint32_t next_port;
    uint16_t first_reply, replies;
    struct vwr_socket_reply reply[VWR_SOCKET_REPLIES];
};

/**
 * vwr_socket_listen() - Accept connections to a port
 * @t: Table.
 * @port: Port.
 * @type: VWR_VSOCK_TYPE_STREAM or VWR_VSOCK_TYPE_SEQPACKET.
 * @backlog: Maximum number of connections that wait for vwr_socket_accept(), from 1 to 255. Each
 *   takes an entry of the table.
 * @s: Filled in with the socket.
 *
 * A recovery and a reset of the transport keep the socket.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the device does not support this type.
 * * VWR_EBUSY: another socket listens on the port.
 * * VWR_EINVAL: @backlog is out of range.
 * * VWR_EFULL: no entry of the table is free.
 */
VWR_MUST_CHECK int vwr_socket_listen(struct vwr_sockets *t, uint32_t port, unsigned type, unsigned backlog,
                                     struct vwr_socket **s);

/**
 * vwr_socket_accept() - Accept the next connection
 * @listener: Socket that listens.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: The connected socket. NULL: no connection has arrived.
 */
VWR_MUST_CHECK struct vwr_socket *vwr_socket_accept(struct vwr_socket *listener);

/**
 * vwr_socket_connect() - Start to connect to a port
 * @t: Table.
 * @cid: Context ID of the peer, such as VWR_VSOCK_CID_HOST.
 * @port: Port of the peer.
 * @type: VWR_VSOCK_TYPE_STREAM or VWR_VSOCK_TYPE_SEQPACKET.
 * @s: Filled in with the socket, whose state is VWR_SOCKET_CONNECTS. It becomes
 *   VWR_SOCKET_CONNECTED or VWR_SOCKET_ENDED when the peer has answered. A peer may never answer:
 *   close the socket after a time of your choice.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the device does not support this type.
 * * VWR_EFULL: no entry of the table is free.
 */
VWR_MUST_CHECK int vwr_socket_connect(struct vwr_sockets *t, uint64_t cid, uint32_t port, unsigned type,
                                      struct vwr_socket **s);

/**
 * vwr_socket_send() - Send the bytes for which the peer and the queue have space
 * @s: Connected socket.
 * @bytes: Bytes; they are copied.
 * @n: Number of bytes.
 * @flags: 0, or for a seqpacket socket enum vwr_vsock_seq_flags: VWR_VSOCK_SEQ_EOM if @bytes ends a
 *   message. The flags are sent with the last byte; if fewer bytes were sent, pass them again with
 *   the rest.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: The number of bytes that were sent; 0: there is no space now.
 * * VWR_EFAILED: the socket is not connected, or one end has shut down this direction.
 * * VWR_ERANGE: the message is longer than the receive buffer of the peer; nothing was sent.
 * * If a queue of the driver is stopped, the same as vwr_transmit_reap() and vwr_transmit_send().
 */
VWR_MUST_CHECK int vwr_socket_send(struct vwr_socket *s, const void *bytes, size_t n, unsigned flags);

/**
 * vwr_socket_receive() - Read received bytes
 * @s: Socket.
 * @bytes: Filled in with the bytes.
 * @n: Maximum number of bytes.
 * @flags: Filled in with enum vwr_vsock_seq_flags: what ends with the last of these bytes. NULL: the
 *   caller does not need them. A call returns bytes of one message only.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: The number of bytes. 0: there are none now, and there will be none if vwr_socket_ready()
 *   has VWR_SOCKET_AT_END.
 */
VWR_MUST_CHECK int vwr_socket_receive(struct vwr_socket *s, void *bytes, size_t n, unsigned *flags);

/**
 * vwr_socket_shutdown() - Shut down one or both directions
 * @s: Connected socket.
 * @how: VWR_SOCKET_SEND: this end will send no more. VWR_SOCKET_RECEIVE: it will read no more. With
 *   both the peer ends the connection.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_EFAILED: the socket is not connected.
 * * VWR_EINVAL: @how is not one of these.
 */
VWR_MUST_CHECK int vwr_socket_shutdown(struct vwr_socket *s, unsigned how);

/**
 * vwr_socket_close() - Close a socket
 * @s: Socket. The caller no longer uses it. Bytes that were sent still arrive, and bytes that were
 *   not read are dropped. Connections that a listener has not accepted are reset.
 *
 * The entry of the table becomes free when the peer has answered. If no other entry is free, a new connection
 * takes the entry earlier, and the peer gets a reset.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_socket_close(struct vwr_socket *s);

/**
 * vwr_socket_reset() - Close a socket immediately: the peer gets a reset
 * @s: Socket. The caller no longer uses it.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_socket_reset(struct vwr_socket *s);

/**
 * vwr_socket_ready() - Get the operations that a socket is ready for
 * @s: Socket.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_SOCKET_READABLE, VWR_SOCKET_WRITABLE and VWR_SOCKET_AT_END.
 */
VWR_MUST_CHECK unsigned vwr_socket_ready(const struct vwr_socket *s);

/* ---- for the driver and the device ---- */

/**
 * vwr_sockets_init() - Initialise a table of sockets (for the driver and the device)
 * @t: Table.
 * @m: Memory; the structure is copied.
 * @link: The side that sends the packets.
 * @shortage: Filled in if an array is too small.
 *
 * Context: The device's owner. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_ENOMEM: an array is too small.
 */
VWR_MUST_CHECK int vwr_sockets_init(struct vwr_sockets *t, const struct vwr_sockets_memory *m,
                                    const struct vwr_sockets_link *link, struct vwr_shortage *shortage);

/**
 * vwr_sockets_start() - Set what was negotiated (for the driver and the device)
 * @t: Table.
 * @f: Negotiated features.
 * @legacy: The headers of packets have the guest's byte order.
 * @cid: Context ID of this end.
 * @peer: The only context ID that may send; 0: any.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_sockets_start(struct vwr_sockets *t, const struct vwr_features *f, bool legacy, uint64_t cid,
                       uint64_t peer);

/**
 * vwr_sockets_drop() - End all connections without a packet: the transport was reset
 * @t: Table. Sockets that listen stay.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_sockets_drop(struct vwr_sockets *t);

/**
 * vwr_sockets_flush() - Send what is pending (for the driver and the device)
 * @t: Table.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: VWR_OK; packets may remain pending. If a queue of the driver is stopped, the same as
 *   vwr_transmit_reap() and vwr_transmit_send().
 */
int vwr_sockets_flush(struct vwr_sockets *t);

/**
 * vwr_sockets_resume() - Tell the sockets that want to send more that there is space
 * @t: Table.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_sockets_resume(struct vwr_sockets *t);

/**
 * vwr_sockets_can_reply() - Test whether an arriving packet can be answered with a reset
 * @t: Table.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: true if it can. Otherwise the packet has to wait in its queue.
 */
static inline bool vwr_sockets_can_reply(const struct vwr_sockets *t)
{
    return t->replies < VWR_SOCKET_REPLIES;
}

/**
 * vwr_sockets_input() - Handle a packet that has arrived (for the driver and the device)
 * @t: Table.
 * @p: Header, from vwr_vsock_hdr_decode(). The caller has checked p->len against the size of the packet.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 * Return: The socket that gets the p->len bytes of data: the caller passes them to
 *   vwr_sockets_store(), in parts, and then calls vwr_sockets_stored(). NULL: the data are dropped.
 */
struct vwr_socket *vwr_sockets_input(struct vwr_sockets *t, const struct vwr_vsock_hdr_values *p);

/**
 * vwr_sockets_store() - Store a part of the data of a packet
 * @s: Socket that vwr_sockets_input() has returned.
 * @bytes: Bytes; they are copied.
 * @n: Number of bytes.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_sockets_store(struct vwr_socket *s, const uint8_t *bytes, uint32_t n);

/**
 * vwr_sockets_stored() - Finish a packet whose data were stored
 * @s: Socket that vwr_sockets_input() has returned.
 * @p: Header.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_sockets_stored(struct vwr_socket *s, const struct vwr_vsock_hdr_values *p);

/**
 * vwr_sockets_answer() - Answer a connection that has arrived (for the device)
 * @s: Socket in the state VWR_SOCKET_ARRIVED.
 * @accept: true to accept it; otherwise it is refused, and the entry of the table becomes free.
 *
 * Context: The device's owner, which may be an interrupt handler. Does not wait.
 */
void vwr_sockets_answer(struct vwr_socket *s, bool accept);

VWR_END_C

#endif
