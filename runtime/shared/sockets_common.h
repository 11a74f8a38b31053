/* SPDX-License-Identifier: MIT */
#ifndef VWR_BASE_SOCKETS_COMMON_H
#define VWR_BASE_SOCKETS_COMMON_H

#include "vwr/bytes.h"
#include "vwr/features.h"
#include "vwr/sockets.h"

/* Shared by the files of the sockets. */

/* Packets that a socket has to send, in this order. A reset supersedes the others. */
enum sockets_pending {
    SOCKETS_RST = 1,
    SOCKETS_REQUEST = 2,
    SOCKETS_RESPONSE = 4,
    SOCKETS_UPDATE = 8,
    SOCKETS_ASK = 16,
    SOCKETS_SHUTDOWN = 32
};

/* First port of connections that this end starts; Linux chooses among the same ones. */
#define SOCKETS_FIRST_PORT 1024u

/* Bytes that the peer has space for. */
static inline uint32_t sockets_credit(const struct vwr_socket *s)
{
    const uint32_t in_flight = s->tx_cnt - s->peer_fwd;

    return s->peer_alloc > in_flight ? s->peer_alloc - in_flight : 0;
}

/* Bytes that were received and not read. */
static inline uint32_t sockets_unread(const struct vwr_socket *s)
{
    return s->rx_cnt - s->fwd_cnt;
}

static inline bool sockets_has_type(const struct vwr_sockets *t, unsigned type)
{
    return type == VWR_VSOCK_TYPE_STREAM ? t->stream : type == VWR_VSOCK_TYPE_SEQPACKET && t->seqpacket;
}

/* A free entry of the table with a connection to fill in; NULL: there is none. */
struct vwr_socket *vwr_sockets_take_(struct vwr_sockets *t);

/* The socket that listens on a port, or NULL. */
struct vwr_socket *vwr_sockets_listener_(const struct vwr_sockets *t, uint32_t port, unsigned type);

/* Remembers a reset for what has no socket. The caller has checked that there is space. */
void vwr_sockets_reply_(struct vwr_sockets *t, uint64_t cid, uint32_t port, uint32_t local_port,
                        uint16_t type);

/* Reports to the peer what was read. */
void vwr_sockets_report_(struct vwr_socket *s);

/* The connection has ended. */
void vwr_sockets_end_(struct vwr_socket *s, int result);

#endif
