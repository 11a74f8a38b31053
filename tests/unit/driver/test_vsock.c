/* SPDX-License-Identifier: MIT */
#include "fake_vsock.h"

#include <string.h>

/*
 * The socket driver with a scripted device: each packet that it sends, and what it does with packets that no
 * device may send: for other addresses, with wrong lengths, in a wrong state, beyond the credit.
 * ../../pair/case_vsock.c sends data through it.
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

/* The socket has ended because of the peer, which got a reset; the device works. */
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

/* The device sends such packets and takes no answer: the driver stops to receive, and loses none. */
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

/* A host that connects again and again gets as many entries as the backlog has. */
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

static void reports_its_credit(struct world *w, const struct format *f, const void *param)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = connects(w, VWR_VSOCK_TYPE_STREAM);
    p = packet(s, VWR_VSOCK_OP_RW);
    p.len = BYTES;
    arrives(w, &p);
    arrives_op(w, s, VWR_VSOCK_OP_CREDIT_REQUEST);
    sends(w, VWR_VSOCK_OP_CREDIT_UPDATE);
    assert_int_equal(sent.fwd_cnt, 0);
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
    arrives(w, &p); /* in the same buffer, where the other's message ended in between */
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
    tells(w, 99); /* unknown */
    polls();
    assert_int_equal(s->state, VWR_SOCKET_CONNECTED);
    fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 4, FAKE_CID + 1);
    w->f.generation++;
    tells(w, VWR_VSOCK_EVENT_TRANSPORT_RESET);
    polls();
    assert_true(s->state == VWR_SOCKET_ENDED && s->result == VWR_ERESET);
    assert_int_equal(v.sockets.cid, FAKE_CID + 1);
    assert_int_equal(v.resets, 1);
    sends_nothing(w);
}

/* A reserved context ID: the open fails, and so does a reset of the transport. */
static void D30_reserved_cids(struct world *w, const struct format *f, const void *param)
{
    static const uint64_t cids[] = {
        0, 1, VWR_VSOCK_CID_HOST, VWR_VSOCK_CID_RESERVED_32, UINT64_C(3) << 32, VWR_VSOCK_CID_RESERVED_64};

    (void)param;
    for (unsigned i = 0; i < sizeof(cids) / sizeof(cids[0]); i++) {
        fake_vsock_plug(w, f, ALL);
        fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 4, cids[i] & UINT32_MAX);
        fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID + 4, 4, cids[i] >> 32);
        assert_int_equal(fake_vsock_open(w, &v), VWR_EPROTO);
        assert_true(vwr_vsock_explain(&v, w->text, sizeof(w->text)) > 0);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
    begin(w, f);
    fake_config(&w->f, VWR_VSOCK_CONFIG_GUEST_CID, 4, VWR_VSOCK_CID_HOST);
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
        assert_int_equal(vwr_vsock_close(&v), VWR_OK);
    }
}

static void waits(struct world *w, const struct format *f, const void *param)
{
    struct vwr_socket *s;

    (void)param;
    begin(w, f);
    s = starts(w, VWR_VSOCK_TYPE_STREAM);
    assert_int_equal(vwr_vsock_wait(&v, s, VWR_SOCKET_WRITABLE, 1000), VWR_ETIMEOUT);
    arrives_op(w, s, VWR_VSOCK_OP_RST);
    assert_int_equal(vwr_vsock_wait(&v, s, VWR_SOCKET_WRITABLE, 1000), VWR_SOCKET_AT_END);
    assert_int_equal(s->result, VWR_ENODEV);
    vwr_vsock_give_up(&v);
    assert_int_equal(vwr_vsock_wait(&v, s, VWR_SOCKET_WRITABLE, 1000), VWR_ERESET);
}

#define ADD(test) format_add(&tests, #test, test, NULL, &range)

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const struct format_range range = {KIND_ALL, 0, 0, sizes};
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
    ADD(reports_its_credit);
    ADD(messages);
    ADD(full_table);
    ADD(resets_of_the_transport);
    ADD(D30_reserved_cids);
    ADD(types);
    ADD(waits);
    return format_run("vsock", &tests);
}
