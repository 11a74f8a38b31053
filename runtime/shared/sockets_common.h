/* SPDX-License-Identifier: MIT */
#ifndef VWR_BASE_SOCKETS_COMMON_H
#define VWR_BASE_SOCKETS_COMMON_H

#include "vwr/bytes.h"
#include "vwr/features.h"
#include "vwr/sockets.h"

/* Shared by the files of the sockets. */

/* Packets that a socket has to send, in this order. A reset supersedes all others. */
enum sockets_pending {
    SOCKETS_RST = 1,
    SOCKETS_REQUEST = 2,
    SOCKETS_RESPONSE = 4,
    SOCKETS_UPDATE = 8,
    SOCKETS_ASK = 16,
    SOCKETS_SHUTDOWN = 32
};

/* First local port for connections from this end; Linux uses the same range. */
#define SOCKETS_FIRST_PORT 1024u

/* Number of bytes for which the peer has space. */
static inline uint32_t sockets_credit(const struct vwr_socket *s)
{
    const uint32_t in_flight = s->tx_cnt - s->peer_fwd;

    return s->peer_alloc > in_flight ? s->peer_alloc - in_flight : 0;
}

/* Number of bytes that were received but not read. */
static inline uint32_t sockets_unread(const struct vwr_socket *s)
{
    return s->rx_cnt - s->fwd_cnt;
}

static inline bool sockets_has_type(const struct vwr_sockets *t, unsigned type)
{
    return type == VWR_VSOCK_TYPE_STREAM ? t->stream : type == VWR_VSOCK_TYPE_SEQPACKET && t->seqpacket;
}

/* Gets a free entry of the table for a new connection; NULL: there is none. */
struct vwr_socket *vwr_sockets_take_(struct vwr_sockets *t);

/* Finds the socket that listens on a port, or NULL. */
struct vwr_socket *vwr_sockets_listener_(const struct vwr_sockets *t, uint32_t port, unsigned type);

/*
 * Records a reset to send for a packet that belongs to no socket. The caller has checked that there is space.
 */
void vwr_sockets_reply_(struct vwr_sockets *t, uint64_t cid, uint32_t port, uint32_t local_port,
                        uint16_t type);

/* Reports to the peer how many bytes were read. */
void vwr_sockets_report_(struct vwr_socket *s);

/* The connection has ended. */
void vwr_sockets_end_(struct vwr_socket *s, int result);

#endif
