/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "saves.h"
#include "vmm.h"

#include "vwr/vsock.h"
#include "vwr/vvsock.h"

#include <stdio.h>
#include <string.h>

/*
 * Sockets of a device that is saved and loaded: the host sends back what it gets, and the guest compares it.
 * A load ends all connections, and the host's sockets are gone; the listener and the context ID stay. So each
 * try ends with all bytes or with a reset; the last ones, during which nothing is loaded, with all bytes.
 */

#define SLOT 2u
#define QUEUE_SIZE 16u
#define SOCKETS 4u
#define BYTES 1024u /* of a receive buffer */
#define TOTAL 6000u
#define TRIES 12u /* multiplied by scale */
#define PORT 5000u
#define CID 256u /* until the VMM changes its first byte */
#define PATIENCE 20000u

/* The data that the host has received but not sent back. */
struct echo {
    uint8_t bytes[BYTES];
    uint32_t have, sent;
};

static struct {
    struct vwr_vvsock device;
    struct vwr_vqueue queue[VWR_VVSOCK_QUEUES];
    struct vwr_vqueue_entry own[VWR_VVSOCK_QUEUES * QUEUE_SIZE];
    struct vwr_socket host_socket[SOCKETS], guest_socket[SOCKETS];
    uint8_t host_buffer[VWR_SOCKET_BYTES(SOCKETS, BYTES)];
    uint8_t guest_buffer[VWR_SOCKET_BYTES(SOCKETS, BYTES)];
    struct echo echo[SOCKETS];
    union vmm_end end;
    struct vwr_vsock driver;
    struct vwr_socket *listener;
    unsigned whole, reset, lost; /* tries */
} e;

/* ---- the host ---- */

static int host_connect(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    e.echo[s - e.host_socket].have = e.echo[s - e.host_socket].sent = 0;
    return s->local_port == PORT ? VWR_OK : VWR_ENODEV;
}

static const struct vwr_vvsock_ops ops = {.connect = host_connect};

static void echo(struct vwr_socket *s, struct echo *b)
{
    int r;

    if (b->have == b->sent) {
        r = vwr_vvsock_receive(&e.device, s, b->bytes, BYTES, NULL);
        CHECK(r >= 0);
        b->have = (uint32_t)r;
        b->sent = 0;
    }
    if (s->state == VWR_SOCKET_CONNECTED && s->peer_shut == 0 && b->have != b->sent) {
        r = vwr_vvsock_send(&e.device, s, b->bytes + b->sent, b->have - b->sent, 0);
        CHECK(r >= 0);
        b->sent += (uint32_t)r;
    }
}

/* A load leaves no socket in the table. */
static void serve(void)
{
    for (unsigned i = 0; i < SOCKETS; i++) {
        struct vwr_socket *const s = &e.host_socket[i];

        if (s->state == VWR_SOCKET_CONNECTED)
            echo(s, &e.echo[i]);
        else if (s->state == VWR_SOCKET_ENDED)
            vwr_vvsock_close(&e.device, s, false);
    }
    (void)vmm_step();
    CHECK_NUMBER(vwr_vsock_poll(&e.driver), VWR_OK);
}

/* ---- the guest ---- */

static struct vwr_socket *connected_by_host(void)
{
    struct vwr_socket *host, *guest = NULL;

    if (vwr_vvsock_connect(&e.device, PORT, VWR_VSOCK_TYPE_STREAM, &host) != VWR_OK)
        return NULL;
    e.echo[host - e.host_socket].have = e.echo[host - e.host_socket].sent = 0;
    for (unsigned i = 0; i < 64 && guest == NULL; i++) {
        serve();
        guest = vwr_socket_accept(e.listener);
    }
    return guest;
}

/* Whether the guest got back what it sent; otherwise the connection was reset. */
static bool exchange(struct vwr_socket *s, uint32_t seed)
{
    uint32_t sent = 0, got = 0;

    for (unsigned idle = 0; got < TOTAL; idle++) {
        uint8_t bytes[BYTES];
        int r;

        CHECK_AT_MOST(idle, PATIENCE);
        for (uint32_t i = 0; i < BYTES; i++)
            bytes[i] = (uint8_t)(seed + (sent + i) * 7u + (sent + i) / 256u);
        if (sent < TOTAL && s->state == VWR_SOCKET_CONNECTED) {
            r = vwr_socket_send(s, bytes, sent + BYTES < TOTAL ? BYTES : TOTAL - sent, 0);
            CHECK(r >= 0);
            sent += (uint32_t)r;
        }
        r = vwr_socket_receive(s, bytes, BYTES, NULL);
        CHECK(r >= 0);
        for (uint32_t i = 0; i < (uint32_t)r; i++)
            CHECK_NUMBER(bytes[i], (uint8_t)(seed + (got + i) * 7u + (got + i) / 256u));
        got += (uint32_t)r;
        if (r == 0 && s->state == VWR_SOCKET_ENDED) {
            CHECK_NUMBER(s->result, VWR_ERESET);
            return false;
        }
        serve();
    }
    return true;
}

/* Returns whether all bytes came back. */
static bool try_one(unsigned n)
{
    struct vwr_socket *s = NULL;
    bool whole;

    if (n % 3 == 0)
        s = connected_by_host();
    else if (vwr_socket_connect(&e.driver.sockets, VWR_VSOCK_CID_HOST, PORT, VWR_VSOCK_TYPE_STREAM, &s) !=
             VWR_OK)
        s = NULL;
    if (s == NULL) {
        e.lost++;
        return false;
    }
    whole = exchange(s, n);
    e.whole += whole;
    e.reset += !whole;
    vwr_socket_close(s);
    CHECK_NUMBER(e.driver.sockets.cid, CID + 1);
    return whole;
}

static void begin(unsigned kind, bool deferred)
{
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = e.queue, .queue_count = VWR_VVSOCK_QUEUES, .own = e.own};
    const struct vwr_vvsock_options o = {
        .ops = &ops,
        .guest_cid = CID,
        .sockets = {e.host_socket, SOCKETS, e.host_buffer, sizeof(e.host_buffer)}};
    struct vwr_vsock_options of_driver = {
        .sockets = {e.guest_socket, SOCKETS, e.guest_buffer, sizeof(e.guest_buffer)}};

    vmm_begin(deferred);
    memset(&e, 0, sizeof(e));
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(e.own);
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&of_driver.avoid, kind);
    CHECK_NUMBER(vwr_vvsock_init_with(&e.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vvsock_dev(&e.device));
    ram_reset();
    of_driver.shared = ram_alloc_ring(sizeof(*of_driver.shared));
    CHECK_NUMBER(vmm_find(&e.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_vsock_open(&e.driver, &e.end.dev, &of_driver), VWR_OK);
    CHECK_NUMBER(vwr_socket_listen(&e.driver.sockets, PORT, VWR_VSOCK_TYPE_STREAM, 2, &e.listener), VWR_OK);
    CHECK_NUMBER(vwr_vvsock_reset_transport(&e.device, CID + 1), VWR_OK);
    for (unsigned i = 0; i < 8; i++)
        serve();
}

/* A guest that only waits is informed of the load only by the event. */
static void waits(void)
{
    const unsigned resets = (unsigned)e.driver.resets;
    struct vwr_socket *s;

    CHECK_NUMBER(vwr_socket_connect(&e.driver.sockets, VWR_VSOCK_CID_HOST, PORT, VWR_VSOCK_TYPE_STREAM, &s),
                 VWR_OK);
    for (unsigned i = 0; i < 8; i++)
        serve();
    CHECK_NUMBER(s->state, VWR_SOCKET_CONNECTED);
    saves_once();
    for (unsigned i = 0; i < 8; i++)
        serve();
    CHECK_NUMBER(e.driver.resets, resets + 1);
    CHECK(s->state == VWR_SOCKET_ENDED && s->result == VWR_ERESET);
    vwr_socket_close(s);
}

void case_echo(unsigned kind, unsigned scale)
{
    for (unsigned pass = 0; pass < 2; pass++) {
        begin(kind, pass != 0);
        for (unsigned i = 0; i < TRIES * scale; i++)
            (void)try_one(i);
        saves_rest(true);
        for (unsigned i = 0; i < 8; i++) /* what a load has left */
            serve();
        while (vwr_socket_accept(e.listener) != NULL)
            continue;
        waits();
        CHECK(try_one(0) && try_one(1));
        CHECK_NUMBER(e.driver.sockets.violations, 0);
        CHECK_NUMBER(vwr_close(&e.driver.bringup), VWR_OK);
        saves_rest(false);
        printf("%s echo: %u tries whole, %u reset, %u lost; %u resets of the transport\n",
               disk_kind_name(kind), e.whole, e.reset, e.lost, (unsigned)e.driver.resets);
    }
}
