/* SPDX-License-Identifier: MIT */
#include "fake_vsock.h"

#include <string.h>

/*
 * The socket driver with a scripted device: each packet that it sends, and its reaction to packets that no
 * device may send: for other addresses, with wrong lengths, in a wrong state, beyond the credit.
 * ../../pair/case_vsock.c sends data through the driver.
 */

#define SIZE 8u
#define PORT 9u
#define BYTES FAKE_SOCKET_BYTES
#define ALLOC 50u /* receive buffer of the device */
#define ALL (1u << VWR_VSOCK_F_STREAM | 1u << VWR_VSOCK_F_SEQPACKET | 1u << VWR_VSOCK_F_NO_IMPLIED_STREAM)

static struct vwr_vsock v;
static struct vwr_vsock_hdr_values sent;
static uint8_t data[2 * BYTES];

static void begin(struct world *w, const struct format *f)
{
    memset(data, 0x5c, sizeof(data));
    fake_vsock_plug(w, f, ALL);
    assert_int_equal(fake_vsock_open(w, &v), VWR_OK);
    assert_int_equal(v.sockets.cid, FAKE_CID);
}

static void polls(void)
{
    assert_int_equal(vwr_vsock_poll(&v), VWR_OK);
}

/* A packet for a socket. */
static struct vwr_vsock_hdr_values packet(const struct vwr_socket *s, unsigned op)
{
    const struct vwr_vsock_hdr_values p = {
        .src_port = PORT, .dst_port = s->local_port, .type = s->type, .op = (uint16_t)op, .buf_alloc = ALLOC};

    return p;
}

static void arrives(struct world *w, const struct vwr_vsock_hdr_values *p)
{
    fake_vsock_sends(w, p, data, p->len);
    polls();
}

static void arrives_op(struct world *w, const struct vwr_socket *s, unsigned op)
{
    const struct vwr_vsock_hdr_values p = packet(s, op);

    arrives(w, &p);
}

static void sends(struct world *w, unsigned op)
{
    assert_true(fake_vsock_takes(w, &sent, NULL, 0));
    assert_int_equal(sent.op, op);
    assert_int_equal(sent.src_cid, FAKE_CID);
}

static void sends_nothing(struct world *w)
{
    assert_false(fake_vsock_takes(w, &sent, NULL, 0));
}

static struct vwr_socket *starts(struct world *w, unsigned type)
{
    struct vwr_socket *s;

    assert_int_equal(vwr_socket_connect(&v.sockets, VWR_VSOCK_CID_HOST, PORT, type, &s), VWR_OK);
    sends(w, VWR_VSOCK_OP_REQUEST);
    assert_int_equal(sent.buf_alloc, BYTES);
    assert_int_equal(sent.type, type);
    return s;
}

static struct vwr_socket *connects(struct world *w, unsigned type)
{
    struct vwr_socket *const s = starts(w, type);

    arrives_op(w, s, VWR_VSOCK_OP_RESPONSE);
    assert_int_equal(s->state, VWR_SOCKET_CONNECTED);
    return s;
}

/* The socket has ended because of the peer, which received a reset; the device works. */
static void violated(struct world *w, struct vwr_socket *s)
{
    assert_true(s->state == VWR_SOCKET_ENDED && s->result == VWR_EPROTO);
    assert_int_equal(v.sockets.violations, 1);
    sends(w, VWR_VSOCK_OP_RST);
    assert_int_equal(sent.src_port, s->local_port);
    vwr_socket_close(s);
    assert_int_equal(s->state, VWR_SOCKET_FREE);
    sends_nothing(w);
    (void)connects(w, VWR_VSOCK_TYPE_STREAM);
}

/* ---- violations ---- */

/* A packet of a connected stream that no device may send. */
struct lie {
    const char *name;
    struct vwr_vsock_hdr_values p; /* op, len, flags, fwd_cnt */
};

static const struct lie lies[] = {
    {"D49_invalid_op", {.op = VWR_VSOCK_OP_INVALID}},
    {"D49_unknown_op", {.op = 0x1234}},
    {"D49_request_of_a_connection", {.op = VWR_VSOCK_OP_REQUEST}},
    {"D49_second_response", {.op = VWR_VSOCK_OP_RESPONSE}},
    {"D49_more_than_the_credit", {.op = VWR_VSOCK_OP_RW, .len = BYTES + 1}},
    {"D49_has_read_what_was_not_sent", {.op = VWR_VSOCK_OP_CREDIT_UPDATE, .fwd_cnt = 1}},
};

static void a_lie(struct world *w, const struct format *f, const void *param)
{
    const struct lie *const lie = param;
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, lie->p.op);
    p.len = lie->p.len;
    p.fwd_cnt = lie->p.fwd_cnt;
    arrives(w, &p);
    violated(w, s);
}

static void D49_data_before_the_answer(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = starts(w, VWR_VSOCK_TYPE_STREAM);
    arrives_op(w, s, VWR_VSOCK_OP_RW);
    violated(w, s);
}

static void D49_data_after_its_shutdown(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_SHUTDOWN);
    p.flags = VWR_SOCKET_SEND;
    arrives(w, &p);
    assert_int_equal(vwr_socket_ready(s), VWR_SOCKET_AT_END | VWR_SOCKET_WRITABLE);
    p.op = VWR_VSOCK_OP_RW;
    p.len = 1;
    arrives(w, &p);
    violated(w, s);
}

/* The buffer is full; a further byte is beyond the credit, and what was stored is unchanged. */
static void D49_one_byte_more(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;
    uint8_t got[BYTES];

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_RW);
    p.len = BYTES;
    arrives(w, &p);
    p.len = 1;
    arrives(w, &p);
    assert_int_equal(vwr_socket_receive(s, got, sizeof(got), NULL), BYTES);
    assert_memory_equal(got, data, BYTES);
    violated(w, s);
}

/* ---- packets for nobody ---- */

/* Ignored: not for this system, from an address of more than 32 bits, or longer than its buffer. */
static void D49_addresses_and_lengths(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_RST);
    p.dst_cid = FAKE_CID + 1;
    arrives(w, &p);
    p.dst_cid = FAKE_CID + (UINT64_C(1) << 32);
    arrives(w, &p);
    p = packet(s, VWR_VSOCK_OP_RST);
    p.src_cid = VWR_VSOCK_CID_HOST + (UINT64_C(1) << 32);
    arrives(w, &p);
    assert_int_equal(v.sockets.ignored, 3);
    p = packet(s, VWR_VSOCK_OP_RW);
    p.len = 5;
    fake_vsock_sends(w, &p, data, 4);
    polls();
    p.len = UINT32_MAX;
    fake_vsock_sends(w, &p, data, 4);
    polls();
    assert_int_equal(v.sockets.ignored, 5);
    assert_int_equal(vwr_socket_ready(s), VWR_SOCKET_WRITABLE);
    sends_nothing(w);
}

/* Each gets a reset, except a reset itself; none takes an entry of the table. */
static void D49_no_such_socket(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_socket nobody = {.local_port = 4321, .type = VWR_VSOCK_TYPE_STREAM};
    static const unsigned ops[] = {VWR_VSOCK_OP_REQUEST, VWR_VSOCK_OP_RESPONSE, VWR_VSOCK_OP_RW,
                                   VWR_VSOCK_OP_SHUTDOWN, 0xffff};
    struct vwr_vsock_hdr_values p;

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        arrives_op(w, &nobody, ops[i]);
        sends(w, VWR_VSOCK_OP_RST);
        assert_int_equal(sent.src_port, 4321);
        assert_int_equal(sent.dst_port, PORT);
    }
    p = packet(&nobody, VWR_VSOCK_OP_REQUEST);
    p.type = 3;
    arrives(w, &p);
    sends(w, VWR_VSOCK_OP_RST);
    assert_int_equal(sent.type, 3);
    arrives_op(w, &nobody, VWR_VSOCK_OP_RST);
    sends_nothing(w);
    for (unsigned i = 0; i < FAKE_SOCKETS; i++)
        assert_int_equal(v.sockets.memory.socket[i].state, VWR_SOCKET_FREE);
}

/* The device sends such packets but takes no answers: the driver stops receiving, and loses no answer. */
static void D49_resets_that_nobody_takes(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_socket nobody = {.local_port = 4321, .type = VWR_VSOCK_TYPE_STREAM};
    const struct vwr_vsock_hdr_values p = {
        .src_port = PORT, .dst_port = nobody.local_port, .type = nobody.type, .op = VWR_VSOCK_OP_RW};
    unsigned n = 0;

    (void)param;
    begin(w, f);
    for (unsigned left = 4 * VWR_SOCKET_REPLIES; left != 0 && v.sockets.replies < VWR_SOCKET_REPLIES;
         left--) {
        if (fake_ring_waiting(&w->f, VWR_VSOCK_QUEUE_RX) != 0) {
            fake_vsock_sends(w, &p, NULL, 0);
            n++;
        }
        polls();
    }
    assert_int_equal(v.sockets.replies, VWR_SOCKET_REPLIES);
    for (; fake_ring_waiting(&w->f, VWR_VSOCK_QUEUE_RX) != 0; n++)
        fake_vsock_sends(w, &p, NULL, 0);
    polls();
    for (; n != 0; n--) {
        if (!fake_vsock_takes(w, &sent, NULL, 0)) {
            polls();
            assert_true(fake_vsock_takes(w, &sent, NULL, 0));
        }
        assert_int_equal(sent.op, VWR_VSOCK_OP_RST);
    }
    polls();
    sends_nothing(w);
}

/* A host that connects repeatedly gets as many entries as the backlog has. */
static void D49_floods_a_listener(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *listener, *s;
    struct vwr_vsock_hdr_values p = {
        .dst_port = 5, .type = VWR_VSOCK_TYPE_STREAM, .op = VWR_VSOCK_OP_REQUEST, .buf_alloc = ALLOC};

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_socket_listen(&v.sockets, 5, VWR_VSOCK_TYPE_STREAM, 0, &s), VWR_EINVAL);
    assert_int_equal(vwr_socket_listen(&v.sockets, 5, VWR_VSOCK_TYPE_STREAM, 2, &listener), VWR_OK);
    assert_int_equal(vwr_socket_listen(&v.sockets, 5, VWR_VSOCK_TYPE_STREAM, 2, &s), VWR_EBUSY);
    for (p.src_port = 100; p.src_port < 110; p.src_port++)
        arrives(w, &p);
    for (unsigned i = 0; i < 8; i++) {
        sends(w, VWR_VSOCK_OP_RST);
        polls();
    }
    sends_nothing(w);
    assert_int_equal(vwr_socket_ready(listener), VWR_SOCKET_READABLE);
    s = vwr_socket_accept(listener);
    assert_non_null(s);
    assert_int_equal(s->port, 100);
    sends(w, VWR_VSOCK_OP_RESPONSE);
    vwr_socket_close(listener);
    sends(w, VWR_VSOCK_OP_RST); /* the one that was not accepted */
    assert_int_equal(s->state, VWR_SOCKET_CONNECTED);
    assert_int_equal(vwr_socket_ready(s), VWR_SOCKET_WRITABLE);
}

/* ---- credit ---- */

static void credit(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    assert_int_equal(vwr_socket_send(s, data, ALLOC - 10, 0), ALLOC - 10);
    sends(w, VWR_VSOCK_OP_RW);
    assert_int_equal(vwr_socket_send(s, data, 20, 0), 10);
    sends(w, VWR_VSOCK_OP_RW);
    assert_int_equal(sent.len, 10);
    sends(w, VWR_VSOCK_OP_CREDIT_REQUEST);
    assert_int_equal(vwr_socket_ready(s), 0);
    assert_int_equal(vwr_socket_send(s, data, 20, 0), 0);
    sends_nothing(w); /* it has asked already */
    p = packet(s, VWR_VSOCK_OP_CREDIT_UPDATE);
    p.fwd_cnt = 30;
    arrives(w, &p);
    assert_int_equal(vwr_socket_send(s, data, 20, 0), 20);
    sends(w, VWR_VSOCK_OP_RW);
    p.fwd_cnt = 20; /* two packets in another order: the older number is ignored */
    arrives(w, &p);
    assert_int_equal(vwr_socket_send(s, data, 40, 0), 10);
    sends(w, VWR_VSOCK_OP_RW);
    sends(w, VWR_VSOCK_OP_CREDIT_REQUEST);
    p.buf_alloc = 10; /* smaller than what is in flight */
    arrives(w, &p);
    assert_int_equal(vwr_socket_send(s, data, 40, 0), 0);
    sends_nothing(w);
}

/* The peer has room for more than one packet of ours. */
static void more_than_a_packet(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t bytes[VWR_VSOCK_BYTES];
    const uint32_t most = VWR_VSOCK_BYTES - sizeof(struct vwr_vsock_hdr);
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_CREDIT_UPDATE);
    p.buf_alloc = 2 * VWR_VSOCK_BYTES;
    arrives(w, &p);
    assert_int_equal(vwr_socket_send(s, bytes, most + 1u, 0), most + 1u);
    sends(w, VWR_VSOCK_OP_RW);
    assert_int_equal(sent.len, most);
    sends(w, VWR_VSOCK_OP_RW);
    assert_int_equal(sent.len, 1);
    sends_nothing(w);
}

static void reports_its_credit(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_CREDIT_REQUEST);
    p.buf_alloc = BYTES;
    arrives(w, &p);
    sends(w, VWR_VSOCK_OP_CREDIT_UPDATE);
    assert_int_equal(sent.fwd_cnt, 0);
    p.op = VWR_VSOCK_OP_RW;
    p.len = BYTES;
    arrives(w, &p);
    assert_int_equal(vwr_socket_receive(s, data, BYTES / 2 - 1, NULL), BYTES / 2 - 1);
    sends_nothing(w);
    assert_int_equal(vwr_socket_receive(s, data, 1, NULL), 1);
    sends(w, VWR_VSOCK_OP_CREDIT_UPDATE);
    assert_int_equal(sent.fwd_cnt, BYTES / 2);
    p.len = BYTES / 2; /* around the end of the buffer */
    arrives(w, &p);
    assert_int_equal(vwr_socket_receive(s, data, sizeof(data), NULL), BYTES);
    sends(w, VWR_VSOCK_OP_CREDIT_UPDATE);
}

/*
 * A device that, like Linux, sends at most min(its own buffer, ours) ahead, and never asks for credit. The
 * counters start shortly before the end of their range.
 */
static void reports_by_the_smaller_window(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t own[] = {1,         2,         3,     4,        5, ALLOC, BYTES / 2 - 1,
                                   BYTES / 2, BYTES - 1, BYTES, 4 * BYTES};

    (void)param;
    for (unsigned i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        const uint32_t window = own[i] < BYTES ? own[i] : BYTES;
        struct vwr_vsock_hdr_values p;
        struct vwr_socket *s;

        begin(w, f);
        s = connects(w, VWR_VSOCK_TYPE_STREAM);
        s->rx_cnt = s->fwd_cnt = s->told = sent.fwd_cnt = UINT32_MAX - BYTES;
        p = packet(s, VWR_VSOCK_OP_RW);
        p.buf_alloc = own[i];
        for (uint32_t total = 0, ahead = 0; total < 4 * BYTES; total += p.len) {
            p.len = (window + 1) / 2 < window - ahead ? (window + 1) / 2 : window - ahead;
            if (p.len == 0)
                fail_msg("the device with %u bytes waits for ever after %u", own[i], total);
            arrives(w, &p);
            assert_int_equal(vwr_socket_receive(s, data, BYTES, NULL), p.len);
            while (fake_vsock_takes(w, &sent, NULL, 0))
                assert_int_equal(sent.op, VWR_VSOCK_OP_CREDIT_UPDATE);
            ahead = s->rx_cnt - sent.fwd_cnt;
        }
        assert_int_equal(vwr_close(&v.bringup), VWR_OK);
    }
}

/*
 * The device's buffer shrinks below twice what was read but not reported: the report is due without a further
 * read. A buffer without a byte makes nothing due, as nothing was read.
 */
static void reports_to_a_buffer_that_shrinks(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_RW);
    p.buf_alloc = BYTES;
    p.len = BYTES / 4;
    arrives(w, &p);
    assert_int_equal(vwr_socket_receive(s, data, BYTES, NULL), BYTES / 4);
    sends_nothing(w);
    p = packet(s, VWR_VSOCK_OP_CREDIT_UPDATE);
    p.buf_alloc = BYTES / 2 + 2;
    arrives(w, &p);
    sends_nothing(w);
    p.buf_alloc = BYTES / 2 + 1;
    arrives(w, &p);
    sends(w, VWR_VSOCK_OP_CREDIT_UPDATE);
    assert_int_equal(sent.fwd_cnt, BYTES / 4);
    p.buf_alloc = 0;
    arrives(w, &p);
    assert_int_equal(vwr_socket_receive(s, data, BYTES, NULL), 0);
    sends_nothing(w);
}

static void has_window(const struct vwr_socket *s, uint32_t size, uint32_t credit, uint32_t packets)
{
    struct vwr_socket_window window;

    vwr_socket_window(s, &window);
    assert_int_equal(window.size, size);
    assert_int_equal(window.credit, credit);
    assert_int_equal(window.packets, packets);
}

/* Unread packets are counted, and never too few of them. The counters of bytes wrap. */
static void window_of_the_peer(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    has_window(s, ALLOC, ALLOC, 0);
    s->tx_cnt = s->peer_fwd = s->mark = UINT32_MAX - 15;
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(vwr_socket_send(s, data, 10, 0), 10);
        sends(w, VWR_VSOCK_OP_RW);
    }
    has_window(s, ALLOC, ALLOC - 30, 3);
    vwr_socket_ask(s);
    sends(w, VWR_VSOCK_OP_CREDIT_REQUEST);
    sends_nothing(w);
    p = packet(s, VWR_VSOCK_OP_CREDIT_UPDATE);
    p.fwd_cnt = s->peer_fwd + 10;
    arrives(w, &p);
    has_window(s, ALLOC, ALLOC - 20, 3); /* these three are before the mark now */
    assert_int_equal(vwr_socket_send(s, data, 5, 0), 5);
    sends(w, VWR_VSOCK_OP_RW);
    p.fwd_cnt += 19;
    arrives(w, &p);
    has_window(s, ALLOC, ALLOC - 6, 4); /* a byte before the mark is unread */
    p.fwd_cnt += 1;
    arrives(w, &p);
    has_window(s, ALLOC, ALLOC - 5, 1);
    assert_int_equal(vwr_socket_send(s, data, 5, 0), 5);
    sends(w, VWR_VSOCK_OP_RW);
    has_window(s, ALLOC, ALLOC - 10, 2);
    p.fwd_cnt += 10;
    arrives(w, &p);
    has_window(s, ALLOC, ALLOC, 0);
    arrives_op(w, s, VWR_VSOCK_OP_RST);
    has_window(s, 0, 0, 0);
    vwr_socket_ask(s);
    sends_nothing(w);
}

static void messages(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;
    unsigned flags;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_SEQPACKET);
    assert_int_equal(vwr_socket_send(s, data, ALLOC + 1, VWR_VSOCK_SEQ_EOM), VWR_ERANGE);
    assert_int_equal(vwr_socket_send(s, data, ALLOC, 0), ALLOC);
    sends(w, VWR_VSOCK_OP_RW);
    assert_int_equal(sent.flags, 0);
    assert_int_equal(vwr_socket_send(s, data, 1, VWR_VSOCK_SEQ_EOM), VWR_ERANGE);
    p = packet(s, VWR_VSOCK_OP_RW);
    p.len = 3;
    arrives(w, &p);
    p.flags = VWR_VSOCK_SEQ_EOM | VWR_VSOCK_SEQ_EOR;
    arrives(w, &p);
    p.flags = VWR_VSOCK_SEQ_EOM;
    p.len = 0; /* an empty one has no byte to mark */
    arrives(w, &p);
    p.len = 1;
    arrives(w, &p);
    assert_int_equal(vwr_socket_receive(s, data, 5, &flags), 5);
    assert_int_equal(flags, 0);
    assert_int_equal(vwr_socket_receive(s, data, 5, &flags), 1);
    assert_int_equal(flags, VWR_VSOCK_SEQ_EOM | VWR_VSOCK_SEQ_EOR);
    assert_int_equal(vwr_socket_receive(s, data, 5, &flags), 1);
    assert_int_equal(flags, VWR_VSOCK_SEQ_EOM);
    assert_int_equal(vwr_socket_receive(s, data, 5, &flags), 0);
    assert_int_equal(flags, 0);
    arrives(w, &p); /* nobody reads this one */
    vwr_socket_reset(s);
    sends(w, VWR_VSOCK_OP_RST);
    assert_ptr_equal(connects(w, VWR_VSOCK_TYPE_SEQPACKET), s);
    p = packet(s, VWR_VSOCK_OP_RW);
    p.len = 10;
    arrives(w, &p); /* in the same buffer, although the other's message ended in between */
    assert_int_equal(vwr_socket_receive(s, data, sizeof(data), &flags), 10);
    assert_int_equal(flags, 0);
}

/* ---- the table ---- */

/* A socket that waits for the peer's answer to its close makes space for another. */
static void full_table(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *s[FAKE_SOCKETS], *more;

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < FAKE_SOCKETS; i++)
        s[i] = connects(w, VWR_VSOCK_TYPE_STREAM);
    assert_int_equal(vwr_socket_connect(&v.sockets, 2, PORT, VWR_VSOCK_TYPE_STREAM, &more), VWR_EFULL);
    vwr_socket_close(s[2]);
    sends(w, VWR_VSOCK_OP_SHUTDOWN);
    assert_int_equal(sent.flags, VWR_SOCKET_BOTH);
    assert_int_equal(s[2]->state, VWR_SOCKET_CLOSES);
    assert_int_equal(vwr_socket_connect(&v.sockets, 2, PORT, VWR_VSOCK_TYPE_STREAM, &more), VWR_OK);
    assert_ptr_equal(more, s[2]);
    sends(w, VWR_VSOCK_OP_REQUEST);
    polls();
    sends(w, VWR_VSOCK_OP_RST);
    vwr_socket_close(s[1]);
    sends(w, VWR_VSOCK_OP_SHUTDOWN);
    arrives_op(w, s[1], VWR_VSOCK_OP_RST);
    assert_int_equal(s[1]->state, VWR_SOCKET_FREE);
    vwr_socket_close(more); /* it was not answered */
    sends(w, VWR_VSOCK_OP_RST);
    assert_int_equal(more->state, VWR_SOCKET_FREE);
}

/* ---- events and configuration ---- */

static void tells(struct world *w, uint32_t id)
{
    static struct fake_chain chain;
    const struct vwr_vsock_event e = {vwr_guest32(w->f.version == VWR_MMIO_VERSION_LEGACY, id)};

    assert_true(fake_ring_next(&w->f, VWR_VSOCK_QUEUE_EVENT, &chain));
    fake_ram_write(chain.segment[0].addr, &e, sizeof(e));
    fake_ring_push(&w->f, VWR_VSOCK_QUEUE_EVENT, chain.head, sizeof(e));
}

static void resets_of_the_transport(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    for (unsigned i = 0; i < VWR_VSOCK_EVENTS; i++)
        tells(w, 99); /* unknown */
    polls();
    assert_int_equal(s->state, VWR_SOCKET_CONNECTED);
    fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 8, FAKE_CID + 1);
    w->f.generation++;
    tells(w, VWR_VSOCK_EVENT_TRANSPORT_RESET);
    polls();
    assert_true(s->state == VWR_SOCKET_ENDED && s->result == VWR_ERESET);
    assert_int_equal(v.sockets.cid, FAKE_CID + 1);
    assert_int_equal(v.resets, 1);
    sends_nothing(w);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET; /* its new context ID is not read */
    fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 8, FAKE_CID + 2);
    tells(w, VWR_VSOCK_EVENT_TRANSPORT_RESET);
    assert_int_equal(vwr_vsock_poll(&v), VWR_ENEEDSRESET);
    assert_int_equal(v.sockets.cid, FAKE_CID + 1);
    assert_int_equal(v.resets, 2);
}

/* A reserved context ID: the open fails, and so does a reset of the transport. */
static void D30_reserved_cids(struct world *w, const struct format *f, const void *param)
{
    static const uint64_t cids[] = {
        0, 1, VWR_VSOCK_CID_HOST, VWR_VSOCK_CID_RESERVED_32, UINT64_C(3) << 32, VWR_VSOCK_CID_RESERVED_64};

    (void)param;
    for (unsigned i = 0; i < sizeof(cids) / sizeof(cids[0]); i++) {
        fake_vsock_plug(w, f, ALL);
        fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 8, cids[i]);
        assert_int_equal(fake_vsock_open(w, &v), VWR_EPROTO);
        assert_true(vwr_vsock_explain(&v, w->text, sizeof(w->text)) > 0);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
    begin(w, f);
    fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 8, VWR_VSOCK_CID_HOST);
    w->f.generation++;
    tells(w, VWR_VSOCK_EVENT_TRANSPORT_RESET);
    assert_int_equal(vwr_vsock_poll(&v), VWR_EPROTO);
}

/* Types that the features stand for. */
static void types(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t features;
        bool stream, seqpacket;
    } rows[] = {{0, true, false},
                {1u << VWR_VSOCK_F_SEQPACKET, true, true},
                {1u << VWR_VSOCK_F_SEQPACKET | 1u << VWR_VSOCK_F_NO_IMPLIED_STREAM, false, true}};
    struct vwr_socket *s;

    (void)param;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_vsock_plug(w, f, rows[i].features);
        assert_int_equal(fake_vsock_open(w, &v), VWR_OK);
        assert_int_equal(vwr_socket_connect(&v.sockets, 2, PORT, VWR_VSOCK_TYPE_STREAM, &s),
                         rows[i].stream ? VWR_OK : VWR_EUNSUPP);
        assert_int_equal(vwr_socket_connect(&v.sockets, 2, PORT, VWR_VSOCK_TYPE_SEQPACKET, &s),
                         rows[i].seqpacket ? VWR_OK : VWR_EUNSUPP);
        assert_int_equal(vwr_socket_connect(&v.sockets, 2, PORT, 3, &s), VWR_EUNSUPP);
        assert_int_equal(vwr_close(&v.bringup), VWR_OK);
    }
}

/* No table: the device stays closed. */
static void no_table(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_options o;

    (void)param;
    begin(w, f);
    o = v.options;
    assert_int_equal(vwr_close(&v.bringup), VWR_OK);
    o.sockets.socket_count = 0;
    assert_int_equal(vwr_vsock_open(&v, &w->mmio.dev, &o), VWR_ENOMEM);
    world_dev_explains(w, "socket_count is 0");
    assert_int_equal(w->mmio.dev.state, VWR_DEV_PROBED);
}

static void waits(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = starts(w, VWR_VSOCK_TYPE_STREAM);
    assert_int_equal(vwr_vsock_wait(&v, s, VWR_SOCKET_WRITABLE, 1000), VWR_ETIMEOUT);
    arrives_op(w, s, VWR_VSOCK_OP_RST);
    assert_int_equal(vwr_vsock_wait(&v, s, VWR_SOCKET_WRITABLE, 1000), VWR_SOCKET_AT_END);
    assert_int_equal(s->result, VWR_ENODEV);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_RW);
    p.len = 1;
    arrives(w, &p);
    arrives_op(w, s, VWR_VSOCK_OP_RST); /* it has ended, but there is a byte to read */
    assert_int_equal(vwr_vsock_wait(&v, s, VWR_SOCKET_WRITABLE, 1000), VWR_SOCKET_READABLE);
    vwr_vsock_give_up(&v);
    assert_int_equal(vwr_vsock_wait(&v, s, VWR_SOCKET_WRITABLE, 1000), VWR_ERESET);
}

/* ---- a table without a device ---- */

#define TABLE_CID 5u
#define TABLE_PEER 6u

/* The link of a table whose packets a test counts; it has space, or returns an error. */
static struct {
    struct vwr_sockets sockets;
    struct vwr_socket socket[FAKE_SOCKETS];
    uint8_t buffer[VWR_SOCKET_BYTES(FAKE_SOCKETS, BYTES)];
    int room, result, request; /* of the calls of the link */
    unsigned packets;
    uint16_t op; /* of the last packet */
    unsigned ended;
} table;

static int table_room(struct vwr_sockets *t)
{
    (void)t;
    return table.room;
}

static int table_send(struct vwr_sockets *t, const struct vwr_vsock_hdr *hdr, const void *bytes, uint32_t n)
{
    struct vwr_vsock_hdr_values p;

    (void)t;
    (void)bytes;
    vwr_vsock_hdr_decode(hdr, false, &p);
    assert_int_equal(p.len, n);
    table.packets += table.result == VWR_OK;
    table.op = p.op;
    return table.result;
}

static void table_kick(struct vwr_sockets *t)
{
    (void)t;
}

static int table_request(struct vwr_sockets *t, struct vwr_socket *s)
{
    assert_ptr_equal(s->table, t);
    return table.request;
}

static void table_event(struct vwr_sockets *t, struct vwr_socket *s, enum vwr_socket_event event)
{
    assert_ptr_equal(s->table, t);
    table.ended += event == VWR_SOCKET_EVENT_ENDED;
}

static void table_begin(void)
{
    static const struct vwr_sockets_link link = {table_room, table_send, table_kick, table_request,
                                                 table_event};
    static const struct vwr_features features = {{1u << VWR_VSOCK_F_STREAM | 1u << VWR_VSOCK_F_SEQPACKET}};
    const struct vwr_sockets_memory m = {table.socket, FAKE_SOCKETS, table.buffer, sizeof(table.buffer)};

    table.room = (int)BYTES;
    table.result = table.request = VWR_OK;
    table.packets = table.ended = 0;
    assert_int_equal(vwr_sockets_init(&table.sockets, &m, &link, &(struct vwr_shortage){0}), VWR_OK);
    vwr_sockets_start(&table.sockets, &features, false, TABLE_CID, TABLE_PEER);
}

static struct vwr_socket *table_gets(uint32_t from, uint32_t port, unsigned type, unsigned op, uint32_t flags)
{
    const struct vwr_vsock_hdr_values p = {.src_cid = TABLE_PEER,
                                           .dst_cid = TABLE_CID,
                                           .src_port = from,
                                           .dst_port = port,
                                           .type = (uint16_t)type,
                                           .op = (uint16_t)op,
                                           .flags = flags,
                                           .len = op == VWR_VSOCK_OP_RW,
                                           .buf_alloc = ALLOC};

    return vwr_sockets_input(&table.sockets, &p);
}

static void table_op(const struct vwr_socket *s, unsigned op)
{
    (void)table_gets(s->port, s->local_port, s->type, op, VWR_SOCKET_BOTH);
}

static struct vwr_socket *table_listens(uint32_t port, unsigned backlog)
{
    struct vwr_socket *s;

    assert_int_equal(vwr_socket_listen(&table.sockets, port, VWR_VSOCK_TYPE_STREAM, backlog, &s), VWR_OK);
    return s;
}

static struct vwr_socket *table_connects(unsigned type)
{
    struct vwr_socket *s;

    assert_int_equal(vwr_socket_connect(&table.sockets, TABLE_PEER, PORT, type, &s), VWR_OK);
    assert_int_equal(table.op, VWR_VSOCK_OP_REQUEST);
    table_op(s, VWR_VSOCK_OP_RESPONSE);
    assert_int_equal(s->state, VWR_SOCKET_CONNECTED);
    return s;
}

static struct vwr_socket *table_finds(enum vwr_socket_state state)
{
    for (unsigned i = 0; i < FAKE_SOCKETS; i++)
        if (table.socket[i].state == state)
            return &table.socket[i];
    return NULL;
}

/* Connections to one listener do not belong to the other: accept, backlog and close. */
static void two_listeners(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *first, *second, *s;
    static struct vwr_socket none;

    (void)w;
    (void)f;
    (void)param;
    table_begin();
    first = table_listens(1, 1);
    second = table_listens(2, 1);
    assert_int_equal(vwr_socket_listen(&table.sockets, 3, VWR_VSOCK_TYPE_STREAM, 0x100, &s), VWR_EINVAL);
    assert_null(table_gets(100, 1, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_REQUEST, 0));
    assert_int_equal(vwr_socket_ready(first), VWR_SOCKET_READABLE);
    assert_int_equal(vwr_socket_ready(second), 0);
    assert_null(vwr_socket_accept(second));
    assert_null(table_gets(101, 2, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_REQUEST, 0));
    assert_int_equal(vwr_socket_listen(&table.sockets, 3, VWR_VSOCK_TYPE_STREAM, 1, &s), VWR_EFULL);
    vwr_socket_close(first);
    assert_int_equal(table.op, VWR_VSOCK_OP_RST);
    s = vwr_socket_accept(second);
    assert_true(s != NULL && s->port == 101 && s->state == VWR_SOCKET_CONNECTED);
    assert_int_equal(table.op, VWR_VSOCK_OP_RESPONSE);
    assert_null(vwr_socket_accept(&none)); /* it was never opened */
}

/* A port that a listener has chosen is not used for a connection. */
static void taken_port(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_socket *s;
    uint32_t port;

    (void)w;
    (void)f;
    (void)param;
    table_begin();
    port = table_connects(VWR_VSOCK_TYPE_STREAM)->local_port;
    (void)table_listens(port + 1, 1);
    s = table_connects(VWR_VSOCK_TYPE_STREAM);
    assert_int_equal(s->local_port, port + 2);
}

/*
 * Connections that wait for an answer from a listener, and from the hook of a device. Each ends in a
 * different way.
 */
static void D49_ends_of_what_waits(struct world *w, const struct format *f, const void *param)
{
    static const unsigned ops[] = {VWR_VSOCK_OP_RST, VWR_VSOCK_OP_RW, VWR_VSOCK_OP_INVALID};
    const struct vwr_socket *s;

    (void)w;
    (void)f;
    (void)param;
    for (unsigned i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        const bool reset = ops[i] == VWR_VSOCK_OP_RST, drop = ops[i] == VWR_VSOCK_OP_INVALID;

        table_begin();
        (void)table_listens(1, 1);
        assert_null(table_gets(100, 1, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_REQUEST, 0));
        table.request = VWR_EBUSY;
        assert_null(table_gets(101, 2, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_REQUEST, 0));
        assert_true(table.socket[1].listener != NULL && table.socket[2].listener == NULL);
        for (unsigned k = 1; k <= 2; k++) {
            s = &table.socket[k];
            assert_int_equal(s->state, VWR_SOCKET_ARRIVED);
            if (!drop)
                table_op(s, ops[i]);
        }
        if (drop)
            vwr_sockets_drop(&table.sockets);
        /* the owner does not know of the first yet; it is told about the second */
        assert_int_equal(table.socket[1].state, reset || drop ? VWR_SOCKET_FREE : VWR_SOCKET_CLOSES);
        s = &table.socket[2];
        assert_true(s->state == VWR_SOCKET_ENDED && s->result == (reset || drop ? VWR_ERESET : VWR_EPROTO));
        assert_int_equal(table.ended, 1);
        assert_int_equal(table.sockets.violations, reset || drop ? 0 : 2);
        assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
        assert_int_equal(table.packets, reset || drop ? 0 : 2);
    }
}

/*
 * A hook that refuses, and one that accepts immediately; for a type that was not negotiated, the hook is not
 * called.
 */
static void answers_of_the_hook(struct world *w, const struct format *f, const void *param)
{
    (void)w;
    (void)f;
    (void)param;
    table_begin();
    table.request = VWR_EFULL;
    assert_null(table_gets(100, 1, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_REQUEST, 0));
    assert_null(table_finds(VWR_SOCKET_CONNECTED));
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
    assert_int_equal(table.op, VWR_VSOCK_OP_RST);
    table.request = VWR_OK;
    assert_null(table_gets(100, 1, 3, VWR_VSOCK_OP_REQUEST, 0));
    assert_null(table_finds(VWR_SOCKET_CONNECTED));
    assert_null(table_gets(100, 1, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_REQUEST, 0));
    assert_non_null(table_finds(VWR_SOCKET_CONNECTED));
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
    assert_int_equal(table.op, VWR_VSOCK_OP_RESPONSE);
}

/* A transport without space, or that fails: nothing is lost, and the caller is told about a failure. */
static void link_fails(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *s;

    (void)w;
    (void)f;
    (void)param;
    table_begin();
    (void)table_listens(1, 1);
    assert_null(table_gets(100, 1, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_REQUEST, 0));
    table.room = VWR_EFULL;
    s = vwr_socket_accept(&table.socket[0]);
    assert_non_null(s);
    assert_int_equal(vwr_socket_send(s, data, 1, 0), 0); /* its response has to come first */
    assert_int_equal(table.packets, 0);
    table.room = (int)BYTES;
    assert_int_equal(vwr_socket_send(s, data, 1, 0), 1);
    assert_int_equal(table.packets, 2);
    table.result = VWR_EFAILED;
    assert_int_equal(vwr_socket_send(s, data, 1, 0), VWR_EFAILED);
    assert_int_equal(s->tx_cnt, 1);
    s->rx_cnt = s->fwd_cnt = 1; /* a report that was not sent does not count */
    table_op(s, VWR_VSOCK_OP_CREDIT_REQUEST);
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_EFAILED);
    assert_int_equal(table.packets, 2);
    table.result = VWR_OK;
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
    assert_int_equal(table.packets, 3);
    assert_int_equal(table.op, VWR_VSOCK_OP_CREDIT_UPDATE);
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
    assert_int_equal(table.packets, 3);
}

/* The peer stops reading; lengths and credit beyond what a result can express. */
static void limits_of_a_send(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)w;
    (void)f;
    (void)param;
    table_begin();
    s = table_connects(VWR_VSOCK_TYPE_SEQPACKET);
    assert_int_equal(vwr_socket_send(s, data, 1, 0), 1);
    assert_int_equal(vwr_socket_send(s, data, SIZE_MAX, 0), VWR_ERANGE); /* and a byte of the same message */
    s = table_connects(VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_CREDIT_UPDATE);
    p.src_cid = TABLE_PEER;
    p.dst_cid = TABLE_CID;
    p.buf_alloc = UINT32_MAX;
    assert_null(vwr_sockets_input(&table.sockets, &p));
    assert_int_equal(s->peer_alloc, VWR_RESULT_MAX);
    (void)table_gets(s->port, s->local_port, s->type, VWR_VSOCK_OP_SHUTDOWN, VWR_SOCKET_RECEIVE);
    assert_int_equal(vwr_socket_send(s, data, 1, 0), VWR_EFAILED);
    p.op = VWR_VSOCK_OP_RESPONSE; /* according to the answer, the peer has read data that was not sent */
    assert_int_equal(vwr_socket_connect(&table.sockets, TABLE_PEER, PORT, VWR_VSOCK_TYPE_STREAM, &s), VWR_OK);
    p.dst_port = s->local_port;
    p.fwd_cnt = 1;
    assert_null(vwr_sockets_input(&table.sockets, &p));
    assert_true(s->state == VWR_SOCKET_ENDED && s->result == VWR_EPROTO);
}

/* Packets from the peer to a closed socket: only a shutdown of both directions is answered. */
static void closing(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *s;
    unsigned packets;

    (void)w;
    (void)f;
    (void)param;
    table_begin();
    s = table_connects(VWR_VSOCK_TYPE_STREAM);
    vwr_socket_close(s);
    assert_int_equal(table.op, VWR_VSOCK_OP_SHUTDOWN);
    packets = table.packets;
    assert_null(table_gets(s->port, s->local_port, s->type, VWR_VSOCK_OP_RW, VWR_SOCKET_BOTH));
    assert_null(table_gets(s->port, s->local_port, s->type, VWR_VSOCK_OP_SHUTDOWN, VWR_SOCKET_SEND));
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
    assert_int_equal(table.packets, packets);
    assert_int_equal(s->state, VWR_SOCKET_CLOSES);
    table_op(s, VWR_VSOCK_OP_SHUTDOWN);
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
    assert_int_equal(table.packets, packets + 1);
    assert_int_equal(table.op, VWR_VSOCK_OP_RST);
    assert_int_equal(s->state, VWR_SOCKET_FREE);
}

/*
 * The maximum number of resets is pending: no further one is remembered, and no closing socket makes space.
 */
static void replies_are_full(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *s;

    (void)w;
    (void)f;
    (void)param;
    table_begin();
    for (unsigned i = 0; i < FAKE_SOCKETS; i++)
        s = table_connects(VWR_VSOCK_TYPE_STREAM);
    vwr_socket_close(s);
    table.room = VWR_EFULL;
    for (unsigned i = 0; i <= VWR_SOCKET_REPLIES; i++)
        assert_null(table_gets(100, i, VWR_VSOCK_TYPE_STREAM, VWR_VSOCK_OP_RW, 0));
    assert_int_equal(table.sockets.replies, VWR_SOCKET_REPLIES);
    assert_int_equal(table.sockets.reply[0].local_port, 0);
    assert_int_equal(vwr_socket_connect(&table.sockets, TABLE_PEER, PORT, VWR_VSOCK_TYPE_STREAM, &s),
                     VWR_EFULL);
    table.room = (int)BYTES;
    assert_int_equal(vwr_sockets_flush(&table.sockets), VWR_OK);
    assert_int_equal(vwr_socket_connect(&table.sockets, TABLE_PEER, PORT, VWR_VSOCK_TYPE_STREAM, &s), VWR_OK);
}

#define ADD(test) format_add(&tests, #test, test, NULL, &range)

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const struct format_range range = {KIND_ALL, 0, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes}; /* of tests without a ring */
    static struct format_tests tests;

    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++)
        format_add(&tests, lies[i].name, a_lie, &lies[i], &range);
    ADD(D49_data_before_the_answer);
    ADD(D49_data_after_its_shutdown);
    ADD(D49_one_byte_more);
    ADD(D49_addresses_and_lengths);
    ADD(D49_no_such_socket);
    ADD(D49_resets_that_nobody_takes);
    ADD(D49_floods_a_listener);
    ADD(credit);
    ADD(more_than_a_packet);
    ADD(reports_its_credit);
    ADD(reports_by_the_smaller_window);
    ADD(reports_to_a_buffer_that_shrinks);
    ADD(window_of_the_peer);
    ADD(messages);
    ADD(full_table);
    ADD(resets_of_the_transport);
    ADD(D30_reserved_cids);
    ADD(types);
    ADD(waits);
    ADD(no_table);
    format_add(&tests, "two_listeners", two_listeners, NULL, &one);
    format_add(&tests, "taken_port", taken_port, NULL, &one);
    format_add(&tests, "D49_ends_of_what_waits", D49_ends_of_what_waits, NULL, &one);
    format_add(&tests, "answers_of_the_hook", answers_of_the_hook, NULL, &one);
    format_add(&tests, "link_fails", link_fails, NULL, &one);
    format_add(&tests, "limits_of_a_send", limits_of_a_send, NULL, &one);
    format_add(&tests, "closing", closing, NULL, &one);
    format_add(&tests, "replies_are_full", replies_are_full, NULL, &one);
    return format_run("vsock", &tests);
}
