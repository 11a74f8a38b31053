/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/vm.h"
#include "vwr/vvsock.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/* Sockets, and guests that send packets in every wrong way. */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define HEADER ((uint32_t)sizeof(struct vwr_vsock_hdr))
#define RX VWR_VSOCK_QUEUE_RX
#define TX VWR_VSOCK_QUEUE_TX
#define EVENT VWR_VSOCK_QUEUE_EVENT
#define CID 9u
#define SOCKETS 3u
#define BYTES 64u
#define PORT 5u
#define PARTS 4u  /* of a header */
#define NOBODY 6u /* a port to which nobody can connect, */
#define BUSY 7u   /* and one whose owner reports that it is busy */

struct vmm {
    struct vwr_vvsock v;
    struct vwr_socket table[SOCKETS];
    uint8_t buffer[VWR_SOCKET_BYTES(SOCKETS, BYTES)];
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    assert_int_equal(s->cid, CID);
    if (s->local_port == BUSY)
        return VWR_EBUSY;
    return s->local_port == PORT ? VWR_OK : VWR_ENODEV;
}

static const struct vwr_vvsock_ops ops = {.connect = connects};

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    const struct vwr_vvsock_options o = {
        .ops = &ops, .guest_cid = CID, .sockets = {m->table, SOCKETS, m->buffer, sizeof(m->buffer)}};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    guest_setup(g, &s);
    assert_int_equal(vwr_vvsock_init_with(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vvsock_dev(&m->v));
    g->queues = VWR_VVSOCK_QUEUES;
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* ---- actions of a guest ---- */

/* A packet of a stream; `from` is the guest's port. */
static struct vwr_vsock_hdr packet(const struct guest *g, unsigned op, uint32_t from, uint32_t len)
{
    struct vwr_vsock_hdr h;

    memset(&h, 0, sizeof(h));
    h.src_cid = vwr_guest64(g->legacy, CID);
    h.dst_cid = vwr_guest64(g->legacy, VWR_VSOCK_CID_HOST);
    h.src_port = vwr_guest32(g->legacy, from);
    h.dst_port = vwr_guest32(g->legacy, PORT);
    h.type = vwr_guest16(g->legacy, VWR_VSOCK_TYPE_STREAM);
    h.op = vwr_guest16(g->legacy, (uint16_t)op);
    h.len = vwr_guest32(g->legacy, len);
    h.buf_alloc = vwr_guest32(g->legacy, 100);
    return h;
}

static void sends(struct guest *g, const struct vwr_vsock_hdr *h, uint32_t bytes)
{
    memcpy(guest_at(g, AT(0), HEADER), h, HEADER);
    memset(guest_at(g, AT(0) + HEADER, 0x80), 'x', 0x80);
    hostile_send_one(g, TX, AT(0), bytes, 0);
    hostile_used(g, TX, 0);
}

static void sends_op(struct guest *g, unsigned op, uint32_t from, uint32_t len)
{
    const struct vwr_vsock_hdr h = packet(g, op, from, len);

    sends(g, &h, HEADER + len);
}

static void posts(struct guest *g)
{
    hostile_send_one(g, RX, AT(1), 0x100, WRITE);
}

/* The device has answered by this packet. */
static void answers(struct guest *g, unsigned op, uint32_t to)
{
    struct vwr_vsock_hdr h;

    hostile_used(g, RX, HEADER);
    memcpy(&h, guest_at(g, AT(1), HEADER), HEADER);
    assert_int_equal(vwr_guest16(g->legacy, h.op), op);
    assert_int_equal(vwr_guest32(g->legacy, h.dst_port), to);
    assert_int_equal(vwr_guest64(g->legacy, h.dst_cid), CID);
}

static struct vwr_socket *connected(struct guest *g, uint32_t from)
{
    struct vmm *const m = vmm_of(g);

    posts(g);
    sends_op(g, VWR_VSOCK_OP_REQUEST, from, 0);
    answers(g, VWR_VSOCK_OP_RESPONSE, from);
    for (unsigned i = 0; i < SOCKETS; i++)
        if (m->table[i].state == VWR_SOCKET_CONNECTED && m->table[i].port == from)
            return &m->table[i];
    fail_msg("port %u is not connected", from);
    return NULL;
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    uint8_t bytes[8];
    struct vwr_socket *s;

    for (unsigned i = 0; i < SOCKETS; i++)
        vwr_vvsock_close(&m->v, &m->table[i], true);
    g->broke = 0;
    assert_true(guest_start(g));
    s = connected(g, 1000);
    sends_op(g, VWR_VSOCK_OP_RW, 1000, 5);
    assert_int_equal(vwr_vvsock_receive(&m->v, s, bytes, sizeof(bytes), NULL), 5);
    assert_memory_equal(bytes, "xxxxx", 5);
    posts(g);
    assert_int_equal(vwr_vvsock_send(&m->v, s, "abc", 3, 0), 3);
    hostile_used(g, RX, HEADER + 3);
    assert_memory_equal(guest_at(g, AT(1) + HEADER, 3), "abc", 3);
    hostile_is_whole(g);
}

static const struct hostile_device vsock_device = {plug, works, unplug};

/* ---- packets ---- */

/* A packet without a whole header, or whose len is not what follows: ignored, the connection stays. */
static void g30_lengths(struct guest *g, long long at)
{
    struct vwr_vsock_hdr h = packet(g, VWR_VSOCK_OP_RST, 1, 0);
    struct vwr_socket *const s = connected(g, 1);

    sends(g, &h, HEADER - 1);
    h.len = vwr_guest32(g->legacy, (uint32_t)at);
    sends(g, &h, HEADER + 16);
    hostile_send_one(g, TX, AT(0), HEADER, WRITE);
    hostile_used(g, TX, 0);
    assert_int_equal(vmm_of(g)->v.sockets.ignored, 3);
    assert_int_equal(s->state, VWR_SOCKET_CONNECTED);
}

/* A header in segments of odd lengths is a header. */
static void g24_segments(struct guest *g, long long at)
{
    const struct vwr_vsock_hdr h = packet(g, VWR_VSOCK_OP_REQUEST, 1, 0);
    struct guest_desc part[PARTS];

    (void)at;
    memcpy(guest_at(g, AT(0), HEADER), &h, HEADER);
    for (unsigned i = 0; i < PARTS; i++)
        part[i] = (struct guest_desc){AT(0) + i * HEADER / PARTS, HEADER / PARTS, 0, 0};
    posts(g);
    hostile_send(g, TX, part, PARTS);
    hostile_used(g, TX, 0);
    answers(g, VWR_VSOCK_OP_RESPONSE, 1);
}

/* Not from this guest, or not for the host: no answer, and no other guest's connection is touched. */
static void g26_addresses(struct guest *g, long long at)
{
    struct vwr_socket *const s = connected(g, 1);
    struct vwr_vsock_hdr h = packet(g, VWR_VSOCK_OP_RST, 1, 0);

    posts(g);
    h.src_cid = vwr_guest64(g->legacy, (uint64_t)at);
    sends(g, &h, HEADER);
    h = packet(g, VWR_VSOCK_OP_RST, 1, 0);
    h.dst_cid = vwr_guest64(g->legacy, (uint64_t)at);
    sends(g, &h, HEADER);
    hostile_unused(g, RX);
    assert_int_equal(vmm_of(g)->v.sockets.ignored, 2);
    assert_int_equal(s->state, VWR_SOCKET_CONNECTED);
}

/* An operation that a connection does not allow: a reset, and the connection has ended. */
static void g26_operations(struct guest *g, long long at)
{
    struct vwr_socket *const s = connected(g, 1);

    posts(g);
    sends_op(g, (unsigned)at, 1, 0);
    answers(g, VWR_VSOCK_OP_RST, 1);
    assert_true(s->state == VWR_SOCKET_ENDED && s->result == VWR_EPROTO);
    assert_int_equal(vmm_of(g)->v.sockets.violations, 1);
}

/* More bytes than fit into the receive buffer: the others arrive, and that connection is reset. */
static void g27_credit(struct guest *g, long long at)
{
    struct vwr_socket *const s = connected(g, 1);
    struct vwr_socket *const other = connected(g, 2);
    uint8_t bytes[BYTES];

    sends_op(g, VWR_VSOCK_OP_RW, 1, BYTES - 1);
    posts(g);
    sends_op(g, VWR_VSOCK_OP_RW, 1, (uint32_t)at);
    answers(g, VWR_VSOCK_OP_RST, 1);
    assert_true(s->state == VWR_SOCKET_ENDED && s->result == VWR_EPROTO);
    assert_int_equal(vwr_vvsock_receive(&vmm_of(g)->v, s, bytes, BYTES, NULL), BYTES - 1);
    assert_int_equal(other->state, VWR_SOCKET_CONNECTED);
}

/*
 * A guest that, like Linux, sends at most min(its own buffer, ours) ahead, and never asks for credit. The VMM
 * reads each packet at once.
 */
static void g55_own_window(struct guest *g, long long at)
{
    struct vwr_socket *const s = connected(g, 1);
    const uint32_t window = at < BYTES ? (uint32_t)at : BYTES;
    struct vwr_vsock_hdr h;
    uint8_t bytes[BYTES];
    uint32_t n;

    s->rx_cnt = s->fwd_cnt = s->told = UINT32_MAX - BYTES; /* the counters wrap soon */
    posts(g);
    for (uint32_t total = 0, ahead = 0; total < 4 * BYTES; total += n) {
        n = window - ahead;
        if (n == 0)
            fail_msg("the guest with %u bytes waits for ever after %u", (unsigned)at, total);
        h = packet(g, VWR_VSOCK_OP_RW, 1, n);
        h.buf_alloc = vwr_guest32(g->legacy, (uint32_t)at);
        sends(g, &h, HEADER + n);
        assert_int_equal(vwr_vvsock_receive(&vmm_of(g)->v, s, bytes, BYTES, NULL), n);
        ahead += n;
        if (hostile_take(g, RX) == HEADER) {
            memcpy(&h, guest_at(g, AT(1), HEADER), HEADER);
            assert_int_equal(vwr_guest16(g->legacy, h.op), VWR_VSOCK_OP_CREDIT_UPDATE);
            ahead = s->rx_cnt - vwr_guest32(g->legacy, h.fwd_cnt);
            posts(g);
        }
    }
}

/* The guest reads late and has no buffers meanwhile: one report follows, of all that the VMM has read. */
static void g55_no_buffers(struct guest *g, long long at)
{
    struct vwr_socket *const s = connected(g, 1);
    struct vwr_vsock_hdr h;
    uint8_t bytes[BYTES];

    for (uint32_t i = 0; i < 4; i++) {
        h = packet(g, VWR_VSOCK_OP_RW, 1, BYTES / 4);
        h.buf_alloc = vwr_guest32(g->legacy, (uint32_t)at);
        sends(g, &h, HEADER + BYTES / 4);
        assert_int_equal(vwr_vvsock_receive(&vmm_of(g)->v, s, bytes, BYTES, NULL), BYTES / 4);
    }
    posts(g);
    answers(g, VWR_VSOCK_OP_CREDIT_UPDATE, 1);
    memcpy(&h, guest_at(g, AT(1), HEADER), HEADER);
    assert_int_equal(vwr_guest32(g->legacy, h.fwd_cnt), BYTES);
    posts(g);
    hostile_unused(g, RX);
}

/* More connections than the table can hold, and to an unused port: each gets a reset. */
static void g52_connections(struct guest *g, long long at)
{
    struct vwr_vsock_hdr h = packet(g, VWR_VSOCK_OP_REQUEST, 1, 0);

    (void)at;
    for (uint32_t port = NOBODY; port <= BUSY; port++) {
        h.dst_port = vwr_guest32(g->legacy, port);
        posts(g);
        sends(g, &h, HEADER);
        answers(g, VWR_VSOCK_OP_RST, 1);
    }
    for (uint32_t i = 0; i < SOCKETS; i++)
        (void)connected(g, 100 + i);
    for (uint32_t i = 0; i < 50; i++) {
        posts(g);
        sends_op(g, VWR_VSOCK_OP_REQUEST, 200 + i, 0);
        answers(g, VWR_VSOCK_OP_RST, 200 + i);
    }
}

/* No buffers for the answers: the device stops taking packets when it cannot remember any more answers. */
static void g50_no_buffers(struct guest *g, long long at)
{
    const struct vwr_vsock_hdr h = packet(g, VWR_VSOCK_OP_RW, 1, 0);
    unsigned taken = 0;

    (void)at;
    memcpy(guest_at(g, AT(0), HEADER), &h, HEADER);
    do {
        hostile_send_one(g, TX, AT(0), HEADER, 0);
        taken++;
    } while (hostile_take(g, TX) == 0 && taken <= VWR_SOCKET_REPLIES);
    assert_int_equal(taken, VWR_SOCKET_REPLIES + 1); /* the last one is not used */
    hostile_unused(g, TX);
    hostile_send_one(g, RX, AT(1), HEADER - 1, WRITE); /* no answer fits: it takes no more for that */
    hostile_used(g, RX, 0);
    assert_int_equal(g->again, 0);
    for (unsigned i = 1; i < taken; i++) {
        posts(g);
        answers(g, VWR_VSOCK_OP_RST, 1);
    }
    assert_true(g->again != 0); /* the VMM serves the last one */
    vwr_vdev_serve(vwr_vvsock_dev(&vmm_of(g)->v), TX);
    hostile_used(g, TX, 0);
    posts(g);
    answers(g, VWR_VSOCK_OP_RST, 1);
}

/* Buffers that are too short for a header return empty; the answer waits for one that is not. */
static void g27_short_buffers(struct guest *g, long long at)
{
    for (unsigned i = 0; i < 4; i++)
        hostile_lend_one(g, RX, AT(1), (uint32_t)at, WRITE);
    guest_kick(g, RX);
    sends_op(g, VWR_VSOCK_OP_REQUEST, 1, 0);
    for (unsigned i = 0; i < 4; i++)
        hostile_used(g, RX, 0);
    posts(g);
    answers(g, VWR_VSOCK_OP_RESPONSE, 1);
}

/* Buffers that have space for a header and no data return with a packet; data wait for one that has more. */
static void g27_header_buffers(struct guest *g, long long at)
{
    struct vwr_socket *const s = connected(g, 1);

    for (long long i = 0; i < at; i++)
        hostile_lend_one(g, RX, AT(2), HEADER, WRITE);
    guest_kick(g, RX);
    assert_int_equal(vwr_vvsock_send(&vmm_of(g)->v, s, "abc", 3, 0), 0);
    for (long long i = 0; i < at; i++)
        hostile_used(g, RX, HEADER);
    assert_int_equal(vwr_vqueue_in_flight(&vwr_vvsock_dev(&vmm_of(g)->v)->queue[RX]), 0);
    posts(g);
    assert_int_equal(vwr_vvsock_send(&vmm_of(g)->v, s, "abc", 3, 0), 3);
    hostile_used(g, RX, HEADER + 3);
}

/* A buffer of 2 GiB, of which the answer takes a header. */
static void g13_large_buffer(struct guest *g, long long at)
{
    struct vwr_vsock_hdr h;

    hostile_send_one(g, RX, GUEST_HUGE, (uint32_t)(0x80000000u + at), WRITE);
    sends_op(g, VWR_VSOCK_OP_REQUEST, 1, 0);
    hostile_used(g, RX, HEADER);
    memcpy(&h, guest_at(g, GUEST_HUGE, HEADER), HEADER);
    assert_int_equal(vwr_guest16(g->legacy, h.op), VWR_VSOCK_OP_RESPONSE);
}

/* A reset with connections: the VMM is notified, and the next driver finds none of them. */
static void g46_reset(struct guest *g, long long at)
{
    struct vwr_socket *const s = connected(g, 1);

    (void)at;
    sends_op(g, VWR_VSOCK_OP_RW, 1, 3);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_true(s->state == VWR_SOCKET_ENDED && s->result == VWR_ERESET);
    assert_int_equal(vwr_vvsock_send(&vmm_of(g)->v, s, "x", 1, 0), VWR_EFAILED);
    assert_true(guest_start(g));
    posts(g);
    sends_op(g, VWR_VSOCK_OP_RW, 1, 3);
    answers(g, VWR_VSOCK_OP_RST, 1);
}

static void g45_features(struct guest *g, long long at)
{
    (void)at;
    hostile_takes_too_much(g);
    (void)connected(g, 1);
}

#define CREDIT "section Socket Device / Device Operation / Buffer Space Management"

static const struct hostile_case cases[] = {
    {"G30_length_of_a_packet",
     "robustness: what does not end is no packet",
     g30_lengths,
     HOSTILE_ALL,
     4,
     {0, 15, 17, 0xffffffff}},
    {"G24_header_in_segments", "split.dev.framing.1 packed.dev.desc.1", g24_segments, HOSTILE_ALL, 0, {0}},
    {"G26_addresses_of_a_packet",
     "vsock.drv.xfer.1; robustness: another guest's connections are not this guest's",
     g26_addresses,
     HOSTILE_ALL,
     4,
     {0, 1, CID + 1, CID + (1LL << 32)}},
    {"G26_operation_of_a_connection",
     "robustness: a peer that has lost the state of a connection cannot continue it",
     g26_operations,
     HOSTILE_ALL,
     4,
     {VWR_VSOCK_OP_INVALID, VWR_VSOCK_OP_REQUEST, VWR_VSOCK_OP_RESPONSE, 0xffff}},
    {"G27_more_than_the_credit", "vsock.drv.credit.1; " CREDIT, g27_credit, HOSTILE_ALL, 2, {2, BYTES}},
    {"G55_guest_sends_its_own_window",
     CREDIT,
     g55_own_window,
     HOSTILE_ALL,
     8,
     {1, 2, 3, BYTES / 4, BYTES / 2 - 1, BYTES / 2, BYTES, 0x7fffffff}},
    {"G55_report_waits_for_a_buffer", CREDIT, g55_no_buffers, HOSTILE_ALL, 3, {1, BYTES, 0x7fffffff}},
    {"G52_connections", "robustness: the table is bounded", g52_connections, HOSTILE_ALL, 0, {0}},
    {"G50_no_buffers_for_answers", "vsock.dev.flow.1", g50_no_buffers, HOSTILE_ALL, 0, {0}},
    {"G27_short_receive_buffers",
     "robustness: there is no part of a header",
     g27_short_buffers,
     HOSTILE_ALL,
     2,
     {1, 43}},
    {"G27_receive_buffers_of_a_header",
     "robustness: no buffer is lost",
     g27_header_buffers,
     HOSTILE_ALL,
     2,
     {1, 4}},
    {"G13_large_buffer", "header vwr/vvsock.h", g13_large_buffer, HOSTILE_ALL | HOSTILE_HUGE, 2, {-1, 0}},
    {"G46_reset_of_connections", "reset.dev.2", g46_reset, HOSTILE_ALL, 0, {0}},
    {"G45_features_not_offered", "feat.drv.1", g45_features, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return hostile_run("vsock", &vsock_device, cases, sizeof(cases) / sizeof(cases[0]));
}
