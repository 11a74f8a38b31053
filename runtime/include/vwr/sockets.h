/* SPDX-License-Identifier: MIT */
#ifndef VWR_SOCKETS_H
#define VWR_SOCKETS_H

#include "vwr/array.h"
#include "vwr/messages/vsock.h"

VWR_BEGIN_C

/**
 * DOC: Sockets between guest and host, both sides
 *
 * The driver (vwr/vsock.h) and the device (vwr/vvsock.h) share this implementation of the protocol: a table
 * of sockets that sends and receives packets. A driver calls these functions with its table, v->sockets. A
 * VMM calls the functions of vwr/vvsock.h, which take the device's lock::
 *
 *     r = vwr_socket_connect(&v->sockets, VWR_VSOCK_CID_HOST, port, VWR_VSOCK_TYPE_STREAM, &s);
 *     r = vwr_vsock_wait(v, s, VWR_SOCKET_WRITABLE, us);
 *     n = vwr_socket_send(s, bytes, count, 0);
 *     n = vwr_socket_receive(s, bytes, count, NULL);
 *     vwr_socket_close(s);
 *
 * Rules:
 *
 * - The caller provides the table and a receive buffer for each socket. Each end may send only as many bytes
 *   as fit the other end's receive buffer (credit). If a peer sends more, its connection is reset.
 * - No function waits: if nothing can be sent now, the function returns. Packets that the protocol itself
 *   requires are recorded for each socket and sent as soon as there is space.
 * - All packets are checked when they arrive: the context IDs, the socket type, whether the socket's state
 *   allows the operation, the size against the free buffer space, and the credit against the number of bytes
 *   sent.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Socket Device / Device Operation.
 */

/**
 * VWR_SOCKET_BYTES() - Size of the memory for all receive buffers, in bytes
 * @sockets: Number of sockets.
 * @bytes: Capacity of each receive buffer in bytes, a power of 2 and at least 4. The memory also stores where
 *   messages end.
 */
#define VWR_SOCKET_BYTES(sockets, bytes) ((size_t)(sockets) * ((bytes) + (bytes) / 4u))

/*
 * A limit of this implementation: number of resets that can wait to be sent for packets that belong to no
 * socket.
 */
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
 * @VWR_SOCKET_EVENT_CREDIT: The last send did not send all bytes, and there may be space now.
 * @VWR_SOCKET_EVENT_SHUTDOWN: The peer has shut down the directions in s->peer_shut. After VWR_SOCKET_SEND,
 *   no further bytes will arrive.
 * @VWR_SOCKET_EVENT_ENDED: The connection has ended, for the reason in s->result. The VMM can still read
 *   received bytes, and then closes the socket.
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
 * struct vwr_socket - A socket, which is an entry of the caller's table in private memory
 * @cid: Context ID of the peer.
 * @port: Port of the peer.
 * @local_port: Port of this end.
 * @type: enum vwr_vsock_type.
 * @state: enum vwr_socket_state.
 * @peer_shut: Directions that the peer has shut down: VWR_SOCKET_SEND, VWR_SOCKET_RECEIVE.
 * @result: Why the connection ended. VWR_OK: both ends shut it down. VWR_ENODEV: the peer refused it.
 *   VWR_ERESET: the peer or the device reset it. VWR_EPROTO: the peer violated the protocol.
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
    struct vwr_socket *listener; /* of an incoming connection that is not accepted yet */
    uint8_t *buffer; /* data, followed by two bits for each byte: whether a message or record ends after it */
    uint32_t rx_cnt; /* number of bytes received */
    uint32_t fwd_cnt;    /* number of bytes that the caller has read */
    uint32_t told;       /* value of fwd_cnt that was last reported to the peer */
    uint32_t tx_cnt;     /* bytes sent */
    uint32_t peer_fwd;   /* number of bytes that the peer has reported as read */
    uint32_t peer_alloc; /* size of the peer's buffer */
    uint32_t message;    /* number of bytes already sent of an incomplete message */
    uint32_t packets;    /* with data that the peer has not reported as read; an upper bound */
    uint32_t recent;     /* number of these that were sent after the mark */
    uint32_t mark;       /* a value of tx_cnt */
    uint8_t shut;
    uint8_t pending; /* packets to send: enum sockets_pending */
    bool asked;      /* credit was requested and has not changed since */
    bool blocked;    /* the caller wants to send more */
    uint8_t backlog; /* for a listener */
};

/* A reset for a packet that belongs to no socket; private. */
struct vwr_socket_reply {
    uint64_t cid;
    uint32_t port, local_port;
    uint16_t type;
};

/*
 * Functions of the side that sends a table's packets; private. packet_room returns how many bytes of data the
 * next packet can carry, or an error; VWR_EFULL: there is no space. Exactly one call of packet_send follows,
 * which fails with the same errors. packet_request, which is NULL in a driver, handles a connection to a port
 * without a listener, and returns VWR_OK, VWR_EBUSY (the answer follows later) or another error.
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
 * @socket: Memory for sockets, private; need not be initialised.
 * @socket_count: Number of entries in @socket, at least 1.
 * @buffers: Memory for receive buffers, private; need not be initialised. Each socket gets an equal share.
 * @buffer_bytes: Size of @buffers in bytes; use VWR_SOCKET_BYTES(). The capacity of a receive buffer is the
 *   largest power of 2 that fits the socket's share.
 *
 * The memory must stay valid as long as the device.
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
 * @ignored: Number of packets that were ignored because they were too short or not for this context ID.
 * @violations: Number of sockets that were reset because the peer violated the protocol.
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
 * @backlog: Maximum number of connections that wait for vwr_socket_accept(), from 1 to 255. Each one occupies
 *   an entry of the table.
 * @s: Filled in with the socket.
 *
 * A recovery and a reset of the transport keep the socket.
 *
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
 * @listener: Listening socket.
 *
 * Return: The connected socket. NULL: no connection has arrived.
 */
VWR_MUST_CHECK struct vwr_socket *vwr_socket_accept(struct vwr_socket *listener);

/**
 * vwr_socket_connect() - Start to connect to a port
 * @t: Table.
 * @cid: Context ID of the peer, such as VWR_VSOCK_CID_HOST.
 * @port: Port of the peer.
 * @type: VWR_VSOCK_TYPE_STREAM or VWR_VSOCK_TYPE_SEQPACKET.
 * @s: Filled in with the socket, whose state is VWR_SOCKET_CONNECTS. It becomes VWR_SOCKET_CONNECTED or
 *   VWR_SOCKET_ENDED when the peer has answered. A peer might never answer, so close the socket after a
 *   timeout of your choice.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the device does not support this type.
 * * VWR_EFULL: no entry of the table is free.
 */
VWR_MUST_CHECK int vwr_socket_connect(struct vwr_sockets *t, uint64_t cid, uint32_t port, unsigned type,
                                      struct vwr_socket **s);

/**
 * vwr_socket_send() - Send as many bytes as the peer and the queue have space for
 * @s: Connected socket.
 * @bytes: Bytes; they are copied.
 * @n: Number of bytes.
 * @flags: 0 or, for a seqpacket socket, enum vwr_vsock_seq_flags: VWR_VSOCK_SEQ_EOM if @bytes ends a message.
 *   The flags are sent with the last byte. If fewer bytes were sent, pass the flags again with the remaining
 *   bytes.
 *
 * Return: The number of bytes that were sent; 0: there is no space now.
 * * VWR_EFAILED: the socket is not connected, or one end has shut down this direction.
 * * VWR_ERANGE: the message is longer than the peer's receive buffer; nothing was sent.
 * * If a queue of the driver is stopped, the same as vwr_transmit_reap() and vwr_transmit_send().
 */
VWR_MUST_CHECK int vwr_socket_send(struct vwr_socket *s, const void *bytes, size_t n, unsigned flags);

/**
 * struct vwr_socket_window - What a peer has space for
 * @size: Size of the peer's receive buffer in bytes.
 * @credit: Number of bytes for which the peer has space.
 * @packets: Number of packets with data that the peer has not reported as read. The actual number may be
 *   less.
 */
struct vwr_socket_window {
    uint32_t size;
    uint32_t credit;
    uint32_t packets;
};

/**
 * vwr_socket_window() - Get what the peer has space for
 * @s: Socket.
 * @w: Filled in. All members are 0 if the socket is not connected.
 *
 * Credit counts bytes. A peer may also limit the number of packets that its program has not read, as Linux
 * does: vwr/vvsock.h describes it for guests, and a Linux host counts its guests' packets in the same way.
 */
void vwr_socket_window(const struct vwr_socket *s, struct vwr_socket_window *w);

/**
 * vwr_socket_ask() - Ask the peer to report how many bytes it has read
 * @s: Socket. Nothing happens if it is not connected.
 *
 * The peer's system answers at once, even if its program does not read. VWR_SOCKET_EVENT_CREDIT follows if
 * the credit has increased.
 */
void vwr_socket_ask(struct vwr_socket *s);

/**
 * vwr_socket_receive() - Read received bytes
 * @s: Socket.
 * @bytes: Filled in with the bytes.
 * @n: Maximum number of bytes.
 * @flags: Filled in with enum vwr_vsock_seq_flags: what ends with the last of these bytes. May be NULL. A
 *   call never returns bytes of more than one message.
 *
 * Return: The number of bytes. 0: there are none now; if vwr_socket_ready() includes VWR_SOCKET_AT_END, none
 *   will follow.
 */
VWR_MUST_CHECK int vwr_socket_receive(struct vwr_socket *s, void *bytes, size_t n, unsigned *flags);

/**
 * vwr_socket_shutdown() - Shut down one or both directions
 * @s: Connected socket.
 * @how: VWR_SOCKET_SEND: this end will send no more bytes. VWR_SOCKET_RECEIVE: it will read no more bytes. If
 *   both are set, the peer ends the connection.
 *
 * Return: VWR_OK.
 * * VWR_EFAILED: the socket is not connected.
 * * VWR_EINVAL: @how is not one of these.
 */
VWR_MUST_CHECK int vwr_socket_shutdown(struct vwr_socket *s, unsigned how);

/**
 * vwr_socket_close() - Close a socket
 * @s: Socket. The caller no longer uses it. Bytes that were sent still arrive at the peer, and received bytes
 *   that were not read are dropped. Connections that a listener has not accepted are reset.
 *
 * The entry of the table becomes free when the peer has answered. If no other entry is free, a new connection
 * takes over the entry earlier, and the peer receives a reset.
 */
void vwr_socket_close(struct vwr_socket *s);

/**
 * vwr_socket_reset() - Close a socket immediately by resetting the connection
 * @s: Socket. The caller no longer uses it.
 */
void vwr_socket_reset(struct vwr_socket *s);

/**
 * vwr_socket_ready() - Get the set of operations for which a socket is ready
 * @s: Socket.
 *
 * Return: A mask of VWR_SOCKET_READABLE, VWR_SOCKET_WRITABLE and VWR_SOCKET_AT_END.
 */
VWR_MUST_CHECK unsigned vwr_socket_ready(const struct vwr_socket *s);

/* ---- internal interface, for the driver and the device ---- */

/**
 * vwr_sockets_init() - Initialise a table of sockets (for the driver and the device)
 * @t: Table.
 * @m: Memory of the table; the structure is copied.
 * @link: Functions that send the packets.
 * @shortage: Filled in if an array is too small.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: an array is too small.
 */
VWR_MUST_CHECK int vwr_sockets_init(struct vwr_sockets *t, const struct vwr_sockets_memory *m,
                                    const struct vwr_sockets_link *link, struct vwr_shortage *shortage);

/**
 * vwr_sockets_start() - Apply the result of the negotiation (for the driver and the device)
 * @t: Table.
 * @f: Negotiated features.
 * @legacy: Packet headers are in the guest's byte order.
 * @cid: Context ID of this end.
 * @peer: The only context ID that may send; 0: any.
 */
void vwr_sockets_start(struct vwr_sockets *t, const struct vwr_features *f, bool legacy, uint64_t cid,
                       uint64_t peer);

/**
 * vwr_sockets_drop() - End all connections without sending packets, because the transport was reset
 * @t: Table. Listening sockets are kept.
 */
void vwr_sockets_drop(struct vwr_sockets *t);

/**
 * vwr_sockets_flush() - Send pending packets (for the driver and the device)
 * @t: Table.
 *
 * Return: VWR_OK; packets may remain pending. If a queue of the driver is stopped, the same as
 *   vwr_transmit_reap() and vwr_transmit_send().
 */
int vwr_sockets_flush(struct vwr_sockets *t);

/**
 * vwr_sockets_resume() - Notify blocked sockets that there is space to send
 * @t: Table.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_sockets_resume(struct vwr_sockets *t);

/**
 * vwr_sockets_can_reply() - Test whether an arriving packet can be answered with a reset
 * @t: Table.
 *
 * Return: true if a reset can be sent. Otherwise leave the packet in its queue.
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
 * Return: The socket that receives the p->len bytes of data. The caller passes the data to
 *   vwr_sockets_store(), possibly in parts, and then calls vwr_sockets_stored(). NULL: drop the data.
 */
struct vwr_socket *vwr_sockets_input(struct vwr_sockets *t, const struct vwr_vsock_hdr_values *p);

/**
 * vwr_sockets_store() - Store data of a packet, or a part of them
 * @s: Socket returned by vwr_sockets_input().
 * @bytes: Bytes; they are copied.
 * @n: Number of bytes.
 */
void vwr_sockets_store(struct vwr_socket *s, const uint8_t *bytes, uint32_t n);

/**
 * vwr_sockets_stored() - Finish a packet after its data were stored
 * @s: Socket returned by vwr_sockets_input().
 * @p: Header.
 */
void vwr_sockets_stored(struct vwr_socket *s, const struct vwr_vsock_hdr_values *p);

/**
 * vwr_sockets_answer() - Accept or refuse an incoming connection (for the device)
 * @s: Socket in the state VWR_SOCKET_ARRIVED.
 * @accept: true to accept the connection. Otherwise it is refused, and its entry of the table becomes free.
 */
void vwr_sockets_answer(struct vwr_socket *s, bool accept);

VWR_END_C

#endif
