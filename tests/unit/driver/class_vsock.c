/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "fake_vsock.h"

#include <string.h>

/* A socket device. Its settings are the sockets that listen. */

static const unsigned queues[] = {VWR_VSOCK_QUEUE_RX, VWR_VSOCK_QUEUE_TX, VWR_VSOCK_QUEUE_EVENT};
#define RX VWR_VSOCK_QUEUE_RX
#define TX VWR_VSOCK_QUEUE_TX
#define EVENT VWR_VSOCK_QUEUE_EVENT
#define PORT 9u

static struct vwr_vsock v;
static struct vwr_socket *listener, *connected, *unanswered;
static struct fake_chain chain;

static struct vwr_vsock_hdr_values packet(unsigned op, const struct vwr_socket *s, uint32_t len)
{
    const struct vwr_vsock_hdr_values p = {.src_port = PORT,
                                           .dst_port = s->local_port,
                                           .len = len,
                                           .type = VWR_VSOCK_TYPE_STREAM,
                                           .op = (uint16_t)op,
                                           .buf_alloc = 100};

    return p;
}

static struct vwr_socket *connect_it(struct world *w)
{
    struct vwr_vsock_hdr_values p;
    struct vwr_socket *s;

    assert_int_equal(vwr_socket_connect(&v.sockets, VWR_VSOCK_CID_HOST, PORT, VWR_VSOCK_TYPE_STREAM, &s),
                     VWR_OK);
    assert_true(fake_vsock_takes(w, &p, NULL, 0));
    assert_int_equal(p.op, VWR_VSOCK_OP_REQUEST);
    p = packet(VWR_VSOCK_OP_RESPONSE, s, 0);
    fake_vsock_sends(w, &p, NULL, 0);
    assert_int_equal(vwr_vsock_poll(&v), VWR_OK);
    assert_int_equal(vwr_socket_ready(s), VWR_SOCKET_WRITABLE);
    return s;
}

static void sends(struct world *w, const struct vwr_socket *s, const char *bytes)
{
    const struct vwr_vsock_hdr_values p = packet(VWR_VSOCK_OP_RW, s, (uint32_t)strlen(bytes));

    fake_vsock_sends(w, &p, bytes, p.len);
}

static void reads(struct vwr_socket *s, const char *bytes)
{
    char got[16] = {0};

    assert_int_equal(vwr_socket_receive(s, got, sizeof(got), NULL), strlen(bytes));
    assert_string_equal(got, bytes);
}

/* A connection has unread bytes, and others that were not polled; its own bytes are in flight, and so is a
 * second connection's request. */
static void begin(struct world *w, const struct format *f)
{
    fake_vsock_plug(w, f, 1u << VWR_VSOCK_F_STREAM);
    class_silent = false;
    assert_int_equal(fake_vsock_open(w, &v), VWR_OK);
    assert_int_equal(vwr_socket_listen(&v.sockets, 5, VWR_VSOCK_TYPE_STREAM, 1, &listener), VWR_OK);
    connected = connect_it(w);
    class_silent = true;
    sends(w, connected, "read");
    assert_int_equal(vwr_vsock_poll(&v), VWR_OK);
    sends(w, connected, "lost");
    assert_int_equal(vwr_socket_send(connected, "bytes", 5, 0), 5);
    assert_int_equal(
        vwr_socket_connect(&v.sockets, VWR_VSOCK_CID_HOST, PORT, VWR_VSOCK_TYPE_STREAM, &unanswered), VWR_OK);
    assert_true(fake_ring_next(&w->f, TX, &chain));
}

static int look(struct world *w, unsigned queue)
{
    (void)w;
    (void)queue;
    return vwr_vsock_poll(&v);
}

/* The host may be idle, so only the owner decides how long is too long. */
static int wait(struct world *w)
{
    (void)w;
    vwr_vsock_give_up(&v);
    return VWR_ERESET;
}

static void came_back(struct world *w, int why)
{
    struct vwr_vsock_hdr_values p;
    char bytes[8];
    int n;

    (void)why;
    assert_true(v.tx.requests.stats.returned >= 1); /* the other may have been used before the failure */
    assert_true(connected->state == VWR_SOCKET_ENDED && connected->result == VWR_ERESET);
    assert_true(unanswered->state == VWR_SOCKET_ENDED && unanswered->result == VWR_ERESET);
    assert_int_equal(listener->state, VWR_SOCKET_LISTENS);
    assert_false(fake_vsock_takes(w, &p, NULL, 0)); /* nothing is sent again */
    vwr_socket_close(unanswered);
    class_all_posted(w, RX, VWR_VSOCK_QUEUE, 0);
    class_all_posted(w, EVENT, VWR_VSOCK_EVENTS, 0);
    n = vwr_socket_receive(connected, bytes, sizeof(bytes),
                           NULL); /* the device may be found out after these: */
    assert_true(n == 4 || n == 8);
    assert_memory_equal(bytes, "readlost", (size_t)n);
    assert_int_equal(vwr_socket_ready(connected), VWR_SOCKET_AT_END);
    vwr_socket_close(connected);
    connected = connect_it(w);
    for (unsigned i = 0; i < 2u * VWR_VSOCK_QUEUE; i++) {
        sends(w, connected, "more");
        assert_int_equal(vwr_vsock_poll(&v), VWR_OK);
        reads(connected, "more");
        while (fake_vsock_takes(w, &p, NULL, 0))
            assert_int_equal(p.op, VWR_VSOCK_OP_CREDIT_UPDATE);
    }
    assert_int_equal(vwr_socket_send(connected, "again", 5, 0), 5);
    assert_true(fake_vsock_takes(w, &p, bytes, sizeof(bytes)));
    assert_memory_equal(bytes, "again", 5);
}

static int close_it(void)
{
    return vwr_close(&v.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i < VWR_VSOCK_QUEUE; i++) {
        assert_int_not_equal(v.rx_buffer[i].owner, VWR_RECEIVE_DEVICE);
        assert_false(vwr_req_is_in_flight(&v.tx_request[i]));
    }
    for (unsigned i = 0; i < VWR_VSOCK_EVENTS; i++)
        assert_int_not_equal(v.event_buffer[i].owner, VWR_RECEIVE_DEVICE);
}

const struct driver_class class_vsock = {
    .name = "vsock",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << RX | 1u << EVENT,
    .bringup = &v.bringup,
    .steps = &vwr_vsock_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
