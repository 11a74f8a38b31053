/* SPDX-License-Identifier: MIT */
#include "sockets_common.h"

/* Sockets, for both sides: functions for their owner, and packets that are sent. Section: Socket Device. */

/* ---- outgoing packets ---- */

/* Operation for each bit of enum sockets_pending. */
static const uint8_t sockets_op[] = {
    VWR_VSOCK_OP_RST,           VWR_VSOCK_OP_REQUEST,        VWR_VSOCK_OP_RESPONSE,
    VWR_VSOCK_OP_CREDIT_UPDATE, VWR_VSOCK_OP_CREDIT_REQUEST, VWR_VSOCK_OP_SHUTDOWN};

/* Sends a packet; called after link->packet_room. Each packet reports the credit. */
static int sockets_put(struct vwr_socket *s, unsigned op, unsigned flags, const void *data, uint32_t n)
{
    const struct vwr_sockets *const t = s->table;
    struct vwr_vsock_hdr_values p;
    struct vwr_vsock_hdr w;
    int r;

    p.src_cid = t->cid;
    p.dst_cid = s->cid;
    p.src_port = s->local_port;
    p.dst_port = s->port;
    p.len = n;
    p.type = s->type;
    p.op = (uint16_t)op;
    p.flags = flags;
    p.buf_alloc = t->capacity;
    p.fwd_cnt = s->fwd_cnt;
    vwr_vsock_hdr_encode(&w, t->legacy, &p);
    r = t->link->packet_send(s->table, &w, data, n);
    if (r == VWR_OK)
        s->told = s->fwd_cnt;
    return r;
}

/* Sends the pending packets of a socket, in the order of the bits. Returns VWR_OK, or the error from
   link->packet_room.
 */
static int sockets_flush_one(struct vwr_socket *s)
{
    for (unsigned i = 0; s->pending != 0; i++) {
        int r;

        if ((s->pending >> i & 1u) == 0)
            continue;
        r = s->table->link->packet_room(s->table);
        if (r >= 0)
            r = sockets_put(s, sockets_op[i], sockets_op[i] == VWR_VSOCK_OP_SHUTDOWN ? s->shut : 0u, NULL, 0);
        if (r < 0)
            return r;
        s->pending &= (uint8_t) ~(1u << i);
        if (sockets_op[i] != VWR_VSOCK_OP_RST)
            continue;
        s->pending = 0;
        if (s->state == VWR_SOCKET_CLOSES)
            s->state = VWR_SOCKET_FREE;
    }
    return VWR_OK;
}

/* Sends resets for packets that belong to no socket. */
static int sockets_flush_replies(struct vwr_sockets *t)
{
    struct vwr_socket s;

    vwr_zero(&s, sizeof(s));
    s.table = t;
    while (t->replies != 0) {
        const struct vwr_socket_reply *const reply = &t->reply[t->first_reply];
        int r;

        s.cid = reply->cid;
        s.port = reply->port;
        s.local_port = reply->local_port;
        s.type = reply->type;
        r = t->link->packet_room(t);
        if (r >= 0)
            r = sockets_put(&s, VWR_VSOCK_OP_RST, 0, NULL, 0);
        if (r < 0)
            return r;
        t->first_reply = (uint16_t)((t->first_reply + 1u) % VWR_SOCKET_REPLIES);
        t->replies--;
    }
    return VWR_OK;
}

int vwr_sockets_flush(struct vwr_sockets *t)
{
    int r = sockets_flush_replies(t);

    for (unsigned i = 0; i < t->memory.socket_count && r == VWR_OK; i++)
        if (t->memory.socket[i].pending != 0)
            r = sockets_flush_one(&t->memory.socket[i]);
    t->link->packet_kick(t);
    return r == VWR_EFULL ? VWR_OK : r;
}

static void sockets_send_pending(struct vwr_socket *s)
{
    (void)sockets_flush_one(s); /* vwr_sockets_flush() sends the packets for which there is no space now */
    s->table->link->packet_kick(s->table);
}

void vwr_sockets_report_(struct vwr_socket *s)
{
    s->pending |= SOCKETS_UPDATE;
    sockets_send_pending(s);
}

/* ---- the table ---- */

/* Capacity of a receive buffer in bytes, which is a 32-bit field of packets. */
#define SOCKETS_LEAST 4u
#define SOCKETS_MOST 0x80000000u

int vwr_sockets_init(struct vwr_sockets *t, const struct vwr_sockets_memory *m,
                     const struct vwr_sockets_link *link, struct vwr_shortage *shortage)
{
    uint32_t each;

    if (!VWR_ARRAY_FITS(shortage, m, socket, socket_count, 1u) ||
        !VWR_ARRAY_FITS(shortage, m, buffers, buffer_bytes, VWR_SOCKET_BYTES(m->socket_count, SOCKETS_LEAST)))
        return VWR_ENOMEM;
    each = vwr_array_part(m->buffer_bytes, m->socket_count, ~0u);
    vwr_zero(t, sizeof(*t));
    vwr_zero(m->socket, m->socket_count * sizeof(*m->socket));
    vwr_copy(&t->memory, m, sizeof(*m));
    t->link = link;
    t->stream = true;
    t->capacity = SOCKETS_LEAST;
    while (t->capacity < SOCKETS_MOST && VWR_SOCKET_BYTES(1u, t->capacity * 2u) <= each)
        t->capacity *= 2u;
    for (unsigned i = 0; i < m->socket_count; i++) {
        m->socket[i].table = t;
        m->socket[i].buffer = (uint8_t *)m->buffers + VWR_SOCKET_BYTES(i, t->capacity);
    }
    return VWR_OK;
}

/* Streams are supported even without STREAM, unless NO_IMPLIED_STREAM is negotiated. */
void vwr_sockets_start(struct vwr_sockets *t, const struct vwr_features *f, bool legacy, uint64_t cid,
                       uint64_t peer)
{
    t->stream =
        vwr_features_have(f, VWR_VSOCK_F_STREAM) || !vwr_features_have(f, VWR_VSOCK_F_NO_IMPLIED_STREAM);
    t->seqpacket = vwr_features_have(f, VWR_VSOCK_F_SEQPACKET);
    t->legacy = legacy;
    t->cid = cid;
    t->peer = peer;
}

/* Closes a socket that waits for the peer's answer, in order to reuse its entry. */
static struct vwr_socket *sockets_take_closing(struct vwr_sockets *t)
{
    for (unsigned i = 0; i < t->memory.socket_count && vwr_sockets_can_reply(t); i++) {
        struct vwr_socket *const s = &t->memory.socket[i];

        if (s->state != VWR_SOCKET_CLOSES)
            continue;
        vwr_sockets_reply_(t, s->cid, s->port, s->local_port, s->type);
        return s;
    }
    return NULL;
}

struct vwr_socket *vwr_sockets_take_(struct vwr_sockets *t)
{
    struct vwr_socket *s = NULL;
    uint8_t *buffer;

    for (unsigned i = 0; i < t->memory.socket_count && s == NULL; i++)
        if (t->memory.socket[i].state == VWR_SOCKET_FREE)
            s = &t->memory.socket[i];
    if (s == NULL)
        s = sockets_take_closing(t);
    if (s == NULL)
        return NULL;
    buffer = s->buffer;
    vwr_zero(s, sizeof(*s));
    s->table = t;
    s->buffer = buffer;
    return s;
}

void vwr_sockets_drop(struct vwr_sockets *t)
{
    t->replies = 0;
    for (unsigned i = 0; i < t->memory.socket_count; i++) {
        struct vwr_socket *const s = &t->memory.socket[i];

        if (s->state == VWR_SOCKET_CLOSES || (s->state == VWR_SOCKET_ARRIVED && s->listener != NULL))
            s->state = VWR_SOCKET_FREE;
        s->pending = 0;
        if (s->state == VWR_SOCKET_CONNECTS || s->state == VWR_SOCKET_ARRIVED ||
            s->state == VWR_SOCKET_CONNECTED)
            vwr_sockets_end_(s, VWR_ERESET);
    }
}

/* ---- functions for the owner ---- */

static bool sockets_has_port(const struct vwr_sockets *t, uint32_t port)
{
    for (unsigned i = 0; i < t->memory.socket_count; i++)
        if (t->memory.socket[i].state != VWR_SOCKET_FREE && t->memory.socket[i].local_port == port)
            return true;
    return false;
}

int vwr_socket_listen(struct vwr_sockets *t, uint32_t port, unsigned type, unsigned backlog,
                      struct vwr_socket **s)
{
    if (!sockets_has_type(t, type))
        return VWR_EUNSUPP;
    if (backlog == 0 || backlog > 0xff)
        return VWR_EINVAL;
    if (vwr_sockets_listener_(t, port, type) != NULL)
        return VWR_EBUSY;
    *s = vwr_sockets_take_(t);
    if (*s == NULL)
        return VWR_EFULL;
    (*s)->state = VWR_SOCKET_LISTENS;
    (*s)->type = (uint16_t)type;
    (*s)->local_port = port;
    (*s)->backlog = (uint8_t)backlog;
    return VWR_OK;
}

void vwr_sockets_answer(struct vwr_socket *s, bool accept)
{
    s->state = accept ? VWR_SOCKET_CONNECTED : VWR_SOCKET_CLOSES;
    s->pending = accept ? SOCKETS_RESPONSE : SOCKETS_RST;
    s->listener = NULL;
    sockets_send_pending(s);
}

struct vwr_socket *vwr_socket_accept(struct vwr_socket *listener)
{
    struct vwr_sockets *const t = listener->table;

    for (unsigned i = 0; t != NULL && i < t->memory.socket_count; i++) {
        struct vwr_socket *const s = &t->memory.socket[i];

        if (s->state != VWR_SOCKET_ARRIVED || s->listener != listener)
            continue;
        vwr_sockets_answer(s, true);
        return s;
    }
    return NULL;
}

/*
 * Local ports are never 0, and are above the ports that listeners choose. At most one per socket is in use.
 */
int vwr_socket_connect(struct vwr_sockets *t, uint64_t cid, uint32_t port, unsigned type,
                       struct vwr_socket **s)
{
    if (!sockets_has_type(t, type))
        return VWR_EUNSUPP;
    *s = vwr_sockets_take_(t);
    if (*s == NULL)
        return VWR_EFULL;
    do
        t->next_port = t->next_port < SOCKETS_FIRST_PORT ? SOCKETS_FIRST_PORT : t->next_port + 1u;
    while (sockets_has_port(t, t->next_port));
    (*s)->state = VWR_SOCKET_CONNECTS;
    (*s)->cid = cid;
    (*s)->port = port;
    (*s)->type = (uint16_t)type;
    (*s)->local_port = t->next_port;
    (*s)->pending = SOCKETS_REQUEST;
    sockets_send_pending(*s);
    return VWR_OK;
}

/*
 * Gets the space for data in the next packet. If a buffer was already taken and has space only for a header,
 * it is used for a credit update.
 */
static int sockets_data_room(struct vwr_socket *s)
{
    const struct vwr_sockets_link *const link = s->table->link;
    int room = link->packet_room(s->table);

    while (room == 0) {
        const int r = sockets_put(s, VWR_VSOCK_OP_CREDIT_UPDATE, 0, NULL, 0);

        room = r == VWR_OK ? link->packet_room(s->table) : r;
    }
    return room;
}

/* Sends a part of the data. Returns the number of bytes; 0: the peer has no space. */
static int sockets_send_part(struct vwr_socket *s, const uint8_t *bytes, size_t n, unsigned flags)
{
    const uint32_t credit = sockets_credit(s);
    uint32_t some = n < credit ? (uint32_t)n : credit;
    int room, r;

    if (some == 0) {
        if (!s->asked)
            s->pending |= SOCKETS_ASK;
        s->asked = true;
        return 0;
    }
    room = sockets_data_room(s);
    if (room < 0)
        return room;
    if (some > (uint32_t)room)
        some = (uint32_t)room;
    r = sockets_put(s, VWR_VSOCK_OP_RW, some == n ? flags : 0u, bytes, some);
    if (r < 0)
        return r;
    s->tx_cnt += some;
    s->packets++;
    s->recent++;
    return (int)some;
}

int vwr_socket_send(struct vwr_socket *s, const void *bytes, size_t n, unsigned flags)
{
    const bool is_message = s->type == VWR_VSOCK_TYPE_SEQPACKET;
    size_t done = 0;
    int r;

    if (s->state != VWR_SOCKET_CONNECTED || (s->shut & VWR_SOCKET_SEND) != 0 ||
        (s->peer_shut & VWR_SOCKET_RECEIVE) != 0)
        return VWR_EFAILED;
    if (n > VWR_RESULT_MAX)
        n = VWR_RESULT_MAX;
    if (is_message && n + s->message > s->peer_alloc)
        return VWR_ERANGE;
    r = sockets_flush_one(s); /* the answer to the connection request is sent first */
    while (r == VWR_OK && done < n) {
        r = sockets_send_part(s, (const uint8_t *)bytes + done, n - done, is_message ? flags : 0u);
        if (r <= 0)
            break;
        done += (size_t)r;
        r = VWR_OK;
    }
    s->blocked = done < n;
    s->message = done == n && (flags & VWR_VSOCK_SEQ_EOM) != 0 ? 0 : s->message + (uint32_t)done;
    sockets_send_pending(s);
    return done != 0 || r == VWR_EFULL ? (int)done : r;
}

void vwr_socket_window(const struct vwr_socket *s, struct vwr_socket_window *w)
{
    vwr_zero(w, sizeof(*w));
    if (s->state != VWR_SOCKET_CONNECTED)
        return;
    w->size = s->peer_alloc;
    w->credit = sockets_credit(s);
    w->packets = s->packets;
}

void vwr_socket_ask(struct vwr_socket *s)
{
    if (s->state != VWR_SOCKET_CONNECTED)
        return;
    s->blocked = true;
    s->pending |= SOCKETS_ASK;
    sockets_send_pending(s);
}

int vwr_socket_shutdown(struct vwr_socket *s, unsigned how)
{
    if (how == 0 || (how & ~VWR_SOCKET_BOTH) != 0)
        return VWR_EINVAL;
    if (s->state != VWR_SOCKET_CONNECTED)
        return VWR_EFAILED;
    s->shut |= (uint8_t)how;
    s->pending |= SOCKETS_SHUTDOWN;
    sockets_send_pending(s);
    return VWR_OK;
}

/* Resets the connections that wait for a listener that is closed. */
static void sockets_refuse_all(struct vwr_socket *listener)
{
    struct vwr_sockets *const t = listener->table;

    listener->state = VWR_SOCKET_FREE;
    for (unsigned i = 0; i < t->memory.socket_count; i++)
        if (t->memory.socket[i].state == VWR_SOCKET_ARRIVED && t->memory.socket[i].listener == listener)
            vwr_sockets_answer(&t->memory.socket[i], false);
}

void vwr_socket_reset(struct vwr_socket *s)
{
    if (s->state == VWR_SOCKET_FREE || s->state == VWR_SOCKET_CLOSES)
        return;
    if (s->state == VWR_SOCKET_LISTENS) {
        sockets_refuse_all(s);
        return;
    }
    if (s->state == VWR_SOCKET_ENDED || (s->pending & SOCKETS_REQUEST) != 0) /* the peer needs no reset */
        s->pending &= SOCKETS_RST;
    else
        s->pending = SOCKETS_RST;
    s->state = s->pending != 0 ? VWR_SOCKET_CLOSES : VWR_SOCKET_FREE;
    sockets_send_pending(s);
}

void vwr_socket_close(struct vwr_socket *s)
{
    if (s->state != VWR_SOCKET_CONNECTED) {
        vwr_socket_reset(s);
        return;
    }
    s->shut = VWR_SOCKET_BOTH;
    s->pending = (uint8_t)((s->pending & SOCKETS_RESPONSE) | SOCKETS_SHUTDOWN);
    s->state = VWR_SOCKET_CLOSES;
    sockets_send_pending(s);
}
