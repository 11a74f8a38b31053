/* SPDX-License-Identifier: MIT */
#include "sockets_common.h"

/* Sockets, for both sides: incoming packets and received bytes. Section: Socket Device / Device Operation.
 */

static void sockets_tell(struct vwr_socket *s, enum vwr_socket_event event)
{
    if (s->table->link->packet_event != NULL)
        s->table->link->packet_event(s->table, s, event);
}

void vwr_sockets_reply_(struct vwr_sockets *t, uint64_t cid, uint32_t port, uint32_t local_port,
                        uint16_t type)
{
    struct vwr_socket_reply *const reply = &t->reply[(t->first_reply + t->replies) % VWR_SOCKET_REPLIES];

    reply->cid = cid;
    reply->port = port;
    reply->local_port = local_port;
    reply->type = type;
    t->replies++;
}

struct vwr_socket *vwr_sockets_listener_(const struct vwr_sockets *t, uint32_t port, unsigned type)
{
    for (unsigned i = 0; i < t->memory.socket_count; i++) {
        struct vwr_socket *const s = &t->memory.socket[i];

        if (s->state == VWR_SOCKET_LISTENS && s->local_port == port && s->type == type)
            return s;
    }
    return NULL;
}

void vwr_sockets_end_(struct vwr_socket *s, int result)
{
    s->state = VWR_SOCKET_ENDED;
    s->result = result;
    sockets_tell(s, VWR_SOCKET_EVENT_ENDED);
}

void vwr_sockets_resume(struct vwr_sockets *t)
{
    for (unsigned i = 0; i < t->memory.socket_count; i++) {
        struct vwr_socket *const s = &t->memory.socket[i];

        if (s->state == VWR_SOCKET_CONNECTED && s->blocked && sockets_credit(s) != 0)
            sockets_tell(s, VWR_SOCKET_EVENT_CREDIT);
    }
}

/* ---- incoming packets ---- */

/*
 * Ends a connection after the peer has violated the protocol, or has ended the connection in a way that
 * requires a reset.
 */
static void sockets_end_with_reset(struct vwr_socket *s, int result)
{
    if (result == VWR_EPROTO)
        vwr_count_add(&s->table->violations, 1);
    s->pending = SOCKETS_RST;
    if (s->state == VWR_SOCKET_ARRIVED && s->listener != NULL)
        s->state = VWR_SOCKET_CLOSES;
    else
        vwr_sockets_end_(s, result);
}

/* A socket whose connection has ended is found only while its reset is pending. */
static struct vwr_socket *sockets_find(const struct vwr_sockets *t, const struct vwr_vsock_hdr_values *p)
{
    for (unsigned i = 0; i < t->memory.socket_count; i++) {
        struct vwr_socket *const s = &t->memory.socket[i];

        if (s->local_port == p->dst_port && s->port == p->src_port && s->cid == p->src_cid &&
            s->type == p->type && s->state > VWR_SOCKET_LISTENS &&
            (s->state != VWR_SOCKET_ENDED || s->pending != 0))
            return s;
    }
    return NULL;
}

static unsigned sockets_waiting(const struct vwr_socket *listener)
{
    const struct vwr_sockets *const t = listener->table;
    unsigned n = 0;

    for (unsigned i = 0; i < t->memory.socket_count; i++)
        n += t->memory.socket[i].state == VWR_SOCKET_ARRIVED && t->memory.socket[i].listener == listener;
    return n;
}

/* Limits the credit, so that the number of bytes in flight stays below half the range of its counter. */
static uint32_t sockets_alloc(const struct vwr_vsock_hdr_values *p)
{
    return p->buf_alloc < VWR_RESULT_MAX ? p->buf_alloc : VWR_RESULT_MAX;
}

/* Whether a connection can be made: to a listener, or to the other side's request hook. */
static bool sockets_request(struct vwr_sockets *t, const struct vwr_vsock_hdr_values *p)
{
    struct vwr_socket *const listener = vwr_sockets_listener_(t, p->dst_port, p->type);
    struct vwr_socket *s;
    int r = VWR_EBUSY;

    if (!sockets_has_type(t, p->type))
        return false;
    if (listener != NULL ? sockets_waiting(listener) >= listener->backlog : t->link->packet_request == NULL)
        return false;
    s = vwr_sockets_take_(t);
    if (s == NULL)
        return false;
    s->state = VWR_SOCKET_ARRIVED;
    s->cid = p->src_cid;
    s->port = p->src_port;
    s->local_port = p->dst_port;
    s->type = p->type;
    s->peer_alloc = sockets_alloc(p);
    s->listener = listener;
    if (listener == NULL)
        r = t->link->packet_request(t, s);
    if (r == VWR_OK) {
        s->state = VWR_SOCKET_CONNECTED;
        s->pending = SOCKETS_RESPONSE;
    } else if (r != VWR_EBUSY) {
        s->state = VWR_SOCKET_FREE;
        return false;
    }
    return true;
}

/*
 * Whether the peer has to know how much was read: half of what it can have in flight. A peer with a small
 * buffer may limit itself to the size of that buffer, as Linux does, and never ask for credit.
 */
static bool sockets_report_is_due(const struct vwr_socket *s)
{
    const uint32_t window = s->peer_alloc < s->table->capacity ? s->peer_alloc : s->table->capacity;
    const uint32_t unreported = s->fwd_cnt - s->told;

    return unreported != 0 && unreported >= window / 2u;
}

/*
 * The peer has read more. Packets are counted in two parts, before and after a mark, so that no list of their
 * ends is necessary. When everything before the mark was read, only the packets after it count.
 */
static void sockets_retire_packets(struct vwr_socket *s)
{
    const uint32_t unread = s->tx_cnt - s->peer_fwd;

    if (unread > s->tx_cnt - s->mark)
        return;
    s->packets = unread != 0 ? s->recent : 0;
    s->recent = 0;
    s->mark = s->tx_cnt;
}

/*
 * Updates the credit. Two packets may arrive out of order, so an older count is ignored. A count higher than
 * the number of bytes sent is a violation.
 */
static bool sockets_take_credit(struct vwr_socket *s, const struct vwr_vsock_hdr_values *p)
{
    const uint32_t in_flight = s->tx_cnt - p->fwd_cnt;
    const uint32_t before = sockets_credit(s);

    if (in_flight > VWR_RESULT_MAX)
        return false;
    if (in_flight <= s->tx_cnt - s->peer_fwd)
        s->peer_fwd = p->fwd_cnt;
    sockets_retire_packets(s);
    s->peer_alloc = sockets_alloc(p);
    if (sockets_report_is_due(s)) /* the peer's buffer has become smaller */
        s->pending |= SOCKETS_UPDATE;
    if (sockets_credit(s) <= before)
        return true;
    s->asked = false;
    if (s->blocked)
        sockets_tell(s, VWR_SOCKET_EVENT_CREDIT);
    return true;
}

/* A shutdown of both directions ends the connection; the reset confirms it. */
static void sockets_take_shutdown(struct vwr_socket *s, uint32_t flags)
{
    s->peer_shut |= (uint8_t)(flags & VWR_SOCKET_BOTH);
    if (s->peer_shut == VWR_SOCKET_BOTH)
        sockets_end_with_reset(s, VWR_OK);
    else
        sockets_tell(s, VWR_SOCKET_EVENT_SHUTDOWN);
}

/* Returns whether the packet is allowed. */
static bool sockets_take_connected(struct vwr_socket *s, const struct vwr_vsock_hdr_values *p)
{
    switch (p->op) {
    case VWR_VSOCK_OP_RW:
        return (s->peer_shut & VWR_SOCKET_SEND) == 0 && p->len <= s->table->capacity - sockets_unread(s);
    case VWR_VSOCK_OP_SHUTDOWN:
        sockets_take_shutdown(s, p->flags);
        return true;
    case VWR_VSOCK_OP_CREDIT_REQUEST:
        s->pending |= SOCKETS_UPDATE;
        return true;
    default:
        return p->op == VWR_VSOCK_OP_CREDIT_UPDATE;
    }
}

static void sockets_take_reset(struct vwr_socket *s)
{
    const bool unknown = s->state == VWR_SOCKET_CLOSES || s->state == VWR_SOCKET_ENDED;
    const int result = s->state == VWR_SOCKET_CONNECTS ? VWR_ENODEV
                       : s->shut == VWR_SOCKET_BOTH    ? VWR_OK
                                                       : VWR_ERESET;

    s->pending = 0;
    if (s->state == VWR_SOCKET_CLOSES || (s->state == VWR_SOCKET_ARRIVED && s->listener != NULL))
        s->state = VWR_SOCKET_FREE;
    else if (!unknown)
        vwr_sockets_end_(s, result);
}

/* Handles a packet for a socket, other than a reset. Returns whether its data are to be stored. */
static bool sockets_take_packet(struct vwr_socket *s, const struct vwr_vsock_hdr_values *p)
{
    bool allowed = false;

    if ((s->pending & SOCKETS_RST) != 0)
        return false;
    if (s->state == VWR_SOCKET_CLOSES) { /* data are dropped until the peer has answered */
        if (p->op == VWR_VSOCK_OP_SHUTDOWN && (p->flags & VWR_SOCKET_BOTH) == VWR_SOCKET_BOTH)
            s->pending = SOCKETS_RST;
        return false;
    }
    if (s->state == VWR_SOCKET_CONNECTS && p->op == VWR_VSOCK_OP_RESPONSE) {
        s->state = VWR_SOCKET_CONNECTED;
        allowed = sockets_take_credit(s, p);
        if (allowed)
            sockets_tell(s, VWR_SOCKET_EVENT_ACCEPTED);
    } else if (s->state == VWR_SOCKET_CONNECTED) {
        allowed = sockets_take_credit(s, p) && sockets_take_connected(s, p);
    }
    if (!allowed)
        sockets_end_with_reset(s, VWR_EPROTO);
    return allowed && p->op == VWR_VSOCK_OP_RW && p->len != 0;
}

struct vwr_socket *vwr_sockets_input(struct vwr_sockets *t, const struct vwr_vsock_hdr_values *p)
{
    struct vwr_socket *s;

    if (p->dst_cid != t->cid || (t->peer != 0 && p->src_cid != t->peer) || p->src_cid >> 32 != 0) {
        vwr_count_add(&t->ignored, 1);
        return NULL;
    }
    s = sockets_find(t, p);
    if (s != NULL && p->op == VWR_VSOCK_OP_RST)
        sockets_take_reset(s);
    else if (s != NULL)
        return sockets_take_packet(s, p) ? s : NULL;
    else if (p->op != VWR_VSOCK_OP_RST && !(p->op == VWR_VSOCK_OP_REQUEST && sockets_request(t, p)) &&
             vwr_sockets_can_reply(t))
        vwr_sockets_reply_(t, p->src_cid, p->src_port, p->dst_port, p->type);
    return NULL;
}

/* ---- received bytes ---- */

#define SOCKETS_MARKED 4u /* number of buffer bytes whose marks are in one byte */

/* Two bits for each byte of the buffer: the flags of a message that ends after that byte. */
static uint8_t *sockets_mark(const struct vwr_socket *s, uint32_t count, unsigned *shift)
{
    const uint32_t size = s->table->capacity;
    const uint32_t at = count & (size - 1u);

    *shift = 2u * (at % SOCKETS_MARKED);
    return s->buffer + size + at / SOCKETS_MARKED;
}

enum { SOCKETS_MARKS = VWR_VSOCK_SEQ_EOM | VWR_VSOCK_SEQ_EOR };
VWR_STATIC_ASSERT(SOCKETS_MARKS < 4, "two bits for each byte");

/* Clears the marks of the next n bytes, which may be left over from an earlier connection. */
static void sockets_clear_marks(const struct vwr_socket *s, uint32_t n)
{
    unsigned shift;

    for (uint32_t i = 0, step; i < n; i += step) {
        uint8_t *const mark = sockets_mark(s, s->rx_cnt + i, &shift);

        step = shift == 0 && n - i >= SOCKETS_MARKED ? SOCKETS_MARKED : 1u;
        *mark &= step == SOCKETS_MARKED ? 0 : (uint8_t) ~((unsigned)SOCKETS_MARKS << shift);
    }
}

void vwr_sockets_store(struct vwr_socket *s, const uint8_t *bytes, uint32_t n)
{
    const uint32_t size = s->table->capacity;
    const uint32_t at = s->rx_cnt & (size - 1u);
    const uint32_t first = n < size - at ? n : size - at;

    vwr_copy(s->buffer + at, bytes, first);
    vwr_copy(s->buffer, bytes + first, n - first);
    if (s->type == VWR_VSOCK_TYPE_SEQPACKET)
        sockets_clear_marks(s, n);
    s->rx_cnt += n;
}

void vwr_sockets_stored(struct vwr_socket *s, const struct vwr_vsock_hdr_values *p)
{
    unsigned shift;
    uint8_t *const mark = sockets_mark(s, s->rx_cnt - 1u, &shift);

    if (s->type == VWR_VSOCK_TYPE_SEQPACKET)
        *mark |= (uint8_t)((p->flags & SOCKETS_MARKS) << shift);
    sockets_tell(s, VWR_SOCKET_EVENT_DATA);
}

/* Number of bytes up to the end of the message, at most n. */
static uint32_t sockets_up_to_end(struct vwr_socket *s, uint32_t n, unsigned *flags)
{
    for (uint32_t i = 0; i < n; i++) {
        unsigned shift;
        const uint8_t *const mark = sockets_mark(s, s->fwd_cnt + i, &shift);

        *flags = (unsigned)*mark >> shift & SOCKETS_MARKS;
        if (*flags != 0)
            return i + 1u;
    }
    return n;
}

int vwr_socket_receive(struct vwr_socket *s, void *bytes, size_t n, unsigned *flags)
{
    const uint32_t size = s->table->capacity;
    const uint32_t at = s->fwd_cnt & (size - 1u);
    uint32_t some = sockets_unread(s);
    unsigned end = 0;
    uint32_t first;

    if (s->state != VWR_SOCKET_CONNECTED && s->state != VWR_SOCKET_ENDED)
        some = 0;
    if (some > n)
        some = (uint32_t)n;
    if (s->type == VWR_VSOCK_TYPE_SEQPACKET)
        some = sockets_up_to_end(s, some, &end);
    first = some < size - at ? some : size - at;
    vwr_copy(bytes, s->buffer + at, first);
    vwr_copy((uint8_t *)bytes + first, s->buffer, some - first);
    s->fwd_cnt += some;
    if (flags != NULL)
        *flags = end;
    if (s->state == VWR_SOCKET_CONNECTED && sockets_report_is_due(s))
        vwr_sockets_report_(s);
    return (int)some;
}

unsigned vwr_socket_ready(const struct vwr_socket *s)
{
    unsigned ready = 0;

    if (s->state == VWR_SOCKET_LISTENS)
        return sockets_waiting(s) != 0 ? VWR_SOCKET_READABLE : 0u;
    if (s->state != VWR_SOCKET_CONNECTED && s->state != VWR_SOCKET_ENDED)
        return 0;
    if (sockets_unread(s) != 0)
        ready = VWR_SOCKET_READABLE;
    else if (s->state == VWR_SOCKET_ENDED || (s->peer_shut & VWR_SOCKET_SEND) != 0)
        ready = VWR_SOCKET_AT_END;
    if (s->state == VWR_SOCKET_CONNECTED && sockets_credit(s) != 0)
        ready |= VWR_SOCKET_WRITABLE;
    return ready;
}
