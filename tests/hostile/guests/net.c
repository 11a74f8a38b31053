/* SPDX-License-Identifier: MIT */
#include "net.h"

#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"

#include <stdlib.h>
#include <string.h>

/*
 * A network card on a switch with two neighbours, and guests that send, receive and configure it in every
 * wrong
 * way. After each case the neighbours must still reach each other.
 */

const uint8_t macs[ENDS][VWR_VNET_MAC] = {{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 3}};

static int deliver(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    struct neighbour *const n = port->context;

    if (n->full)
        return VWR_EFULL;
    vwr_vnet_copy(p, n->frame);
    n->last = *p;
    n->got++;
    return VWR_OK;
}

static void nothing(struct vwr_vnet_port *port)
{
    (void)port;
}

static void resume(struct vwr_vnet_port *port)
{
    ((struct neighbour *)port->context)->waits = false;
}

static const struct vwr_vnet_port_ops neighbour_ops = {deliver, nothing, resume};

static void plug(struct guest *g)
{
    static const uint8_t offloads[] = {VWR_NET_F_CSUM, VWR_NET_F_GUEST_CSUM, VWR_NET_F_HOST_TSO4};
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vnet_options o = {.ops = &vwr_vnet_switch_ops, .context = &m->port, .control = true};
    const struct vwr_vnet_switch_options so = {.route = m->route, .route_count = 64};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    memcpy(o.mac, macs[0], sizeof(o.mac));
    for (unsigned i = 0; i < sizeof(offloads); i++) {
        vwr_features_add(&o.offloads, offloads[i]);
        vwr_features_add(&g->features, offloads[i]);
    }
    vwr_features_add(&g->features, VWR_NET_F_CTRL_VQ);
    vwr_features_add(&g->features, VWR_NET_F_CTRL_RX);
    vwr_features_add(&g->features, VWR_NET_F_MRG_RXBUF);
    guest_setup(g, &s);
    s.queue_count = VWR_VNET_QUEUES(1, true);
    o.mtu = 67; /* a VMM that violates the limits of the configuration */
    assert_int_equal(vwr_vnet_init_with(&m->net, &s, &o), VWR_EINVAL);
    o.mtu = 0;
    assert_int_equal(vwr_vnet_init_with(&m->net, &s, &o), VWR_OK);
    assert_int_equal(vwr_vnet_switch_init(&m->sw, &so), VWR_OK);
    assert_int_equal(vwr_vnet_switch_connect(&m->sw, &m->port, &m->net), VWR_OK);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(
            vwr_vnet_switch_add(&m->sw, &m->neighbour[i].port, &neighbour_ops, &m->neighbour[i], macs[1 + i]),
            VWR_OK);
    guest_plug(g, 0, vwr_vnet_dev(&m->net));
    g->queues = VWR_VNET_QUEUES(1, true);
    assert_true(guest_start(g));
    m->header = (uint32_t)vwr_net_hdr_size(&vwr_vnet_dev(&m->net)->accepted);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* ---- actions of the guest ---- */

void write_frame(uint8_t *at, unsigned from, unsigned to, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        at[i] = (uint8_t)(i * 11 + from);
    for (unsigned i = 0; i < VWR_VNET_MAC && VWR_VNET_MAC + i < bytes; i++) {
        at[i] = macs[to][i];
        at[VWR_VNET_MAC + i] = macs[from][i];
    }
}

/* Sends a packet to the first neighbour, with `cut` bytes in its first segment. The buffer completes. */
static void send_cut(struct guest *g, const struct vwr_net_hdr *h, uint32_t bytes, uint32_t cut)
{
    struct guest_desc segment[2] = {{AT(0), bytes, 0, 0}, {AT(0), 0, 0, 0}};
    uint8_t packet[2048];

    memset(packet, 0, sizeof(packet));
    memcpy(packet, h, vmm_of(g)->header);
    write_frame(packet + vmm_of(g)->header, 0, 1, (uint32_t)sizeof(packet) - vmm_of(g)->header);
    memcpy(guest_at(g, AT(0), sizeof(packet)), packet, sizeof(packet));
    if (cut != 0 && cut < bytes) {
        segment[0].len = cut;
        segment[1].addr = AT(0) + cut;
        segment[1].len = bytes - cut;
    }
    hostile_send(g, TRANSMITQ, segment, segment[1].len != 0 ? 2 : 1);
}

static const struct vwr_net_hdr plain;

static void send(struct guest *g, const struct vwr_net_hdr *h, uint32_t bytes)
{
    send_cut(g, h, bytes, 0);
}

/* The packet is delivered, or dropped and counted. In both cases its buffer completes. */
static void expect(struct guest *g, const struct vwr_net_hdr *h, uint32_t bytes, bool goes)
{
    struct vmm *const m = vmm_of(g);
    const unsigned got = m->neighbour[0].got;
    const vwr_count bad = m->net.stats.bad;

    send(g, h, bytes);
    hostile_used(g, TRANSMITQ, 0);
    assert_int_equal(m->neighbour[0].got - got, goes);
    assert_int_equal(m->net.stats.bad - bad, !goes);
    hostile_is_whole(g);
}

void put_buffer(struct guest *g, unsigned n, uint32_t bytes)
{
    memset(guest_at(g, AT(n), bytes + 1), POISON, bytes + 1);
    hostile_send_one(g, RECEIVEQ, AT(n), bytes, WRITE);
}

int from_neighbour(struct guest *g, unsigned i, unsigned to, uint32_t bytes)
{
    static uint8_t frame[4096];
    struct vwr_vseg seg = {frame, bytes};
    struct vwr_vnet_packet p;
    int r;

    write_frame(frame, 1 + i, to, bytes);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    r = vwr_vnet_switch_send(&vmm_of(g)->neighbour[i].port, &p);
    vwr_vnet_switch_flush(&vmm_of(g)->sw);
    vmm_of(g)->neighbour[i].waits = r == VWR_EFULL;
    return r;
}

void neighbours_go_on(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    const unsigned got = m->neighbour[1].got;

    m->neighbour[1].full = false;
    assert_int_equal(from_neighbour(g, 0, 2, FRAME), VWR_OK);
    assert_int_equal(m->neighbour[1].got, got + 1);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    uint8_t frame[FRAME];

    neighbours_go_on(g);
    m->neighbour[0].full = false;
    g->broke = 0;
    assert_true(guest_start(g));
    m->header = (uint32_t)vwr_net_hdr_size(&vwr_vnet_dev(&m->net)->accepted);
    expect(g, &plain, m->header + FRAME, true);
    write_frame(frame, 0, 1, FRAME);
    assert_memory_equal(m->neighbour[0].frame, frame, FRAME);
    put_buffer(g, 1, 256);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    hostile_used(g, RECEIVEQ, m->header + FRAME);
    write_frame(frame, 1, 0, FRAME);
    assert_memory_equal((uint8_t *)guest_at(g, AT(1), 256) + m->header, frame, FRAME);
    assert_int_equal(*(uint8_t *)guest_at(g, AT(1) + m->header + FRAME, 1), POISON);
    hostile_is_whole(g);
}

static const struct hostile_device net_device = {plug, works, unplug};

/* ---- transmission ---- */

/* A packet a few bytes shorter or longer than both headers together, in each form. */
static void g29_short(struct guest *g, long long at)
{
    const uint32_t bytes = (uint32_t)((long long)vmm_of(g)->header + VWR_VNET_ETHERNET + at);

    expect(g, &plain, bytes, at >= 0);
    for (uint32_t cut = 1; cut < bytes; cut += 5) {
        const unsigned got = vmm_of(g)->neighbour[0].got;

        send_cut(g, &plain, bytes, cut);
        hostile_used(g, TRANSMITQ, 0);
        assert_int_equal(vmm_of(g)->neighbour[0].got - got, at >= 0);
    }
    hostile_is_whole(g);
}

static struct vwr_net_hdr header_of(const struct guest *g, unsigned gso_type, uint16_t gso_size,
                                    uint16_t hdr_len, uint16_t start, uint16_t offset)
{
    return (struct vwr_net_hdr){.flags = VWR_NET_HDR_F_NEEDS_CSUM,
                                .gso_type = (uint8_t)gso_type,
                                .hdr_len = vwr_guest16(g->legacy, hdr_len),
                                .gso_size = vwr_guest16(g->legacy, gso_size),
                                .csum_start = vwr_guest16(g->legacy, start),
                                .csum_offset = vwr_guest16(g->legacy, offset)};
}

/* A checksum field at the end of the frame, or beyond. */
static void g29_checksum(struct guest *g, long long at)
{
    const uint32_t bytes = vmm_of(g)->header + FRAME;
    const uint16_t last = (uint16_t)(FRAME - 2 + at);
    struct vwr_net_hdr h = header_of(g, VWR_NET_HDR_GSO_NONE, 0, 0, 34, (uint16_t)(last - 34));

    expect(g, &h, bytes, at <= 0);
    h = header_of(g, VWR_NET_HDR_GSO_NONE, 0, 0, last, 0);
    expect(g, &h, bytes, at <= 0);
    h = header_of(g, VWR_NET_HDR_GSO_NONE, 0, 0, 0xffff, 0xffff);
    expect(g, &h, bytes, false);
}

/* Segmentation that is impossible, and segmentation that was not negotiated. gso_size may exceed the frame.
 */
static void g29_segmentation(struct guest *g, long long at)
{
    const uint32_t bytes = vmm_of(g)->header + FRAME;
    struct vwr_net_hdr h = header_of(g, VWR_NET_HDR_GSO_TCPV4, (uint16_t)(FRAME + at), 54, 34, 16);

    expect(g, &h, bytes, true);
    assert_int_equal(vmm_of(g)->neighbour[0].last.gso_size, FRAME + at);
    h = header_of(g, VWR_NET_HDR_GSO_TCPV4, 20, (uint16_t)(FRAME + at), 34, 16);
    expect(g, &h, bytes, at <= 0);
    h = header_of(g, VWR_NET_HDR_GSO_TCPV4, 0, 54, 34, 16);
    expect(g, &h, bytes, false);
    h = header_of(g, VWR_NET_HDR_GSO_TCPV4, 20, 54, 34, 16);
    h.flags = 0;
    expect(g, &h, bytes, false);
    for (unsigned type = VWR_NET_HDR_GSO_TCPV4 + 1; type < 0x100; type++) {
        h = header_of(g, type, 20, 54, 34, 16);
        expect(g, &h, bytes, false);
    }
}

/* Offloads that the guest has not negotiated. The device ignores flags that only a device sets. */
static void g29_not_taken(struct guest *g, long long at)
{
    struct vwr_net_hdr h = header_of(g, VWR_NET_HDR_GSO_NONE, 0, 0, 34, 16);

    (void)at;
    vwr_features_remove(&g->features, VWR_NET_F_HOST_TSO4);
    vwr_features_remove(&g->features, VWR_NET_F_CSUM);
    assert_true(guest_start(g));
    expect(g, &h, vmm_of(g)->header + FRAME, false);
    h = header_of(g, VWR_NET_HDR_GSO_TCPV4, 20, 54, 34, 16);
    expect(g, &h, vmm_of(g)->header + FRAME, false);
    h.flags = 0;
    expect(g, &h, vmm_of(g)->header + FRAME, false);
    h = header_of(g, VWR_NET_HDR_GSO_NONE, 0, 0, 34, 16);
    h.flags = (uint8_t)~VWR_NET_HDR_F_NEEDS_CSUM;
    expect(g, &h, vmm_of(g)->header + FRAME, true);
    assert_int_equal(vmm_of(g)->neighbour[0].last.flags, 0);
}

/* A frame whose checksum a real card has left to the guest. */
static int from_card(struct guest *g, uint16_t start, uint16_t offset)
{
    static uint8_t frame[FRAME];
    struct vwr_vseg seg = {frame, FRAME};
    struct vwr_vnet_packet p;

    write_frame(frame, 1, 0, FRAME);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    p.flags = VWR_NET_HDR_F_NEEDS_CSUM;
    p.csum_start = start;
    p.csum_offset = offset;
    return vwr_vnet_deliver(&vmm_of(g)->net, &p);
}

/* A malicious card: the checksum is at the end of the frame, or beyond. */
static void g29_received(struct guest *g, long long at)
{
    put_buffer(g, 1, 256);
    assert_int_equal(from_card(g, 34, (uint16_t)(FRAME - 2 + at - 34)), at <= 0 ? VWR_OK : VWR_EFEATURE);
    assert_int_equal(from_card(g, 0xffff, 0xffff), VWR_EFEATURE);
    vwr_vnet_signal(&vmm_of(g)->net);
    if (at <= 0)
        hostile_used(g, RECEIVEQ, vmm_of(g)->header + FRAME);
}

/* A thousand dropped packets: no buffer is lost. */
static void g51_again_and_again(struct guest *g, long long at)
{
    (void)at;
    for (unsigned i = 0; i < 1000; i++)
        expect(g, &plain, 1 + i % vmm_of(g)->header, false);
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[TRANSMITQ]), 0);
}

/* The neighbour is full: the packet waits until there is space, or until a reset drops it. */
static void g46_waiting(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const unsigned got = m->neighbour[0].got;

    m->neighbour[0].full = true;
    send(g, &plain, m->header + FRAME);
    hostile_unused(g, TRANSMITQ);
    neighbours_go_on(g);
    m->neighbour[0].full = false;
    if (at != 0) {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
        vwr_vnet_switch_ready(&m->neighbour[0].port);
        assert_int_equal(m->neighbour[0].got, got);
        return;
    }
    vwr_vnet_switch_ready(&m->neighbour[0].port);
    assert_int_equal(m->neighbour[0].got, got + 1);
    hostile_used(g, TRANSMITQ, 0);
}

/* ---- reception ---- */

/*
 * Buffers of `at` bytes: a packet fills several, and num_buffers counts them; the first one must hold the
 * header.
 */
static void g29_buffers(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t bytes = m->header + FRAME;
    const unsigned count = (unsigned)((bytes + (uint32_t)at - 1) / (uint32_t)at);
    uint8_t frame[FRAME];
    uint32_t left = bytes;
    const struct vwr_net_hdr *h;

    for (unsigned i = 0; i + 1 < count; i++)
        put_buffer(g, i, (uint32_t)at);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_EFULL);
    hostile_unused(g, RECEIVEQ);
    put_buffer(g, count - 1, (uint32_t)at);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    for (unsigned i = 0; i < count; i++) {
        const uint32_t some = left < (uint32_t)at ? left : (uint32_t)at;

        hostile_used(g, RECEIVEQ, some);
        assert_int_equal(*(uint8_t *)guest_at(g, AT(i) + some, 1), POISON);
        left -= some;
    }
    h = guest_at(g, AT(0), sizeof(*h));
    assert_int_equal(vwr_guest16(g->legacy, h->num_buffers), count);
    write_frame(frame, 1, 0, FRAME);
    assert_memory_equal((uint8_t *)guest_at(g, AT(0), 2048) + m->header, frame, (uint32_t)at - m->header);
}

/* Buffers too short for a header, and readable ones: the packet is dropped, and does not wait. */
static void g29_no_buffers(struct guest *g, long long at)
{
    if (at == 0)
        hostile_send_one(g, RECEIVEQ, AT(3), 200, 0);
    else
        put_buffer(g, 0, (uint32_t)at);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    hostile_unused(g, RECEIVEQ);
    assert_int_equal(vmm_of(g)->net.stats.unfit, 1);
    assert_int_equal(vmm_of(g)->port.stats.unfit, 1);
    hostile_is_whole(g);
}

/* Before DRIVER_OK and after a reset nothing is fetched, and packets for the guest are dropped. */
static void g43_not_there(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    put_buffer(g, 0, 256);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    assert_int_equal(m->net.stats.down, 1);
    assert_int_equal(*(uint8_t *)guest_at(g, AT(0), 1), POISON);
    guest_kick(g, TRANSMITQ);
    assert_true(guest_negotiate(g));
    guest_kick(g, TRANSMITQ);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    assert_int_equal(m->net.stats.down, 2);
}

/* ---- commands ---- */

/*
 * Sends a command of one byte, with `room` bytes for the answer, of which the first is used; the answer is in
 * AT(1).
 */
static void command(struct guest *g, unsigned class, unsigned which, uint8_t value, uint32_t room)
{
    const struct guest_desc segment[2] = {{AT(0), 3, 0, 0}, {AT(1), room, WRITE, 0}};
    const uint8_t message[3] = {(uint8_t) class, (uint8_t)which, value};

    memcpy(guest_at(g, AT(0), 3), message, 3);
    memset(guest_at(g, AT(1), room + 1), POISON, room + 1);
    hostile_send(g, CONTROLQ, segment, 2);
    hostile_used(g, CONTROLQ, 1);
}

/* Lists of addresses that are missing, or that exceed the limit. */
static void g30_lists(struct guest *g, long long at)
{
    static const uint32_t counts[] = {1, 2, 0x2aaaaaab, 0x7fffffff, 0xffffffff};

    for (unsigned i = 0; i < sizeof(counts) / sizeof(counts[0]) * 2; i++) {
        const struct guest_desc segment[2] = {{AT(0), 2 + 4 + 4 + (uint32_t)at, 0, 0}, {AT(1), 1, WRITE, 0}};
        const uint32_t count = vwr_guest32(g->legacy, counts[i / 2]);
        uint8_t *const message = guest_at(g, AT(0), 64);

        memset(message, 0, 64);
        message[0] = VWR_NET_CTRL_MAC;
        message[1] = VWR_NET_CTRL_MAC_TABLE_SET;
        memcpy(message + 2 + (i % 2 != 0 ? 4 : 0), &count, sizeof(count));
        *(uint8_t *)guest_at(g, AT(1), 1) = POISON;
        hostile_send(g, CONTROLQ, segment, 2);
        hostile_used(g, CONTROLQ, 1);
        assert_int_equal(*(uint8_t *)guest_at(g, AT(1), 1), VWR_NET_ERR);
        hostile_is_whole(g);
    }
}

/* ---- registers, features, configuration ---- */

/* No queue lies outside of memory, whatever the page size is. */
static void g44_pages(struct guest *g, long long at)
{
    static const uint32_t pages[] = {0, 1, 0x00ffffff, 0x7fffffff, 0x80000000, 0xffffffff};

    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    guest_write(g, VWR_MMIO_GUEST_PAGE_SIZE, sizeof(uint32_t), (uint64_t)at);
    for (unsigned i = 0; i < 6 * g->queues; i++) {
        guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), i / 6);
        guest_write(g, VWR_MMIO_QUEUE_SIZE, sizeof(uint32_t), GUEST_QUEUE_MAX);
        guest_write(g, VWR_MMIO_QUEUE_ALIGN, sizeof(uint32_t), (uint64_t)at);
        guest_write(g, VWR_MMIO_QUEUE_PFN, sizeof(uint32_t), pages[i % 6]);
        assert_false(g->queue[i / 6].ready);
    }
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t),
                VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_DRIVER_OK);
    for (unsigned i = 0; i < g->queues; i++)
        guest_kick(g, i);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    neighbours_go_on(g);
}

static void g45_features(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    hostile_takes_too_much(g);
    assert_false(vwr_features_have(&vwr_vnet_dev(&m->net)->accepted, VWR_NET_F_GUEST_TSO4));
    expect(g, &plain, m->header + FRAME, true);
    neighbours_go_on(g);
}

/* Without its feature a command does not exist. */
static void g45_no_control(struct guest *g, long long at)
{
    (void)at;
    vwr_features_remove(&g->features, VWR_NET_F_CTRL_RX);
    assert_true(guest_start(g));
    command(g, VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, 1, 1);
    assert_int_equal(*(uint8_t *)guest_at(g, AT(1), 1), VWR_NET_ERR);
    vwr_features_add(&g->features, VWR_NET_F_CTRL_RX);
}

/*
 * The VMM sets the MAC address. The driver of a legacy device may overwrite it, which affects only this
 * driver.
 */
static void g47_config(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    for (unsigned i = VWR_NET_CONFIG_STATUS; i < sizeof(struct vwr_net_config) + 64; i++)
        guest_write(g, VWR_MMIO_CONFIG + i, (unsigned)at, 0xeeeeeeee);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + VWR_NET_CONFIG_STATUS, 2),
                     vwr_le16_to_cpu(vwr_guest16(g->legacy, VWR_NET_S_LINK_UP)));
    for (unsigned i = (unsigned)sizeof(struct vwr_net_config); i < sizeof(struct vwr_net_config) + 64; i++)
        assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + i, 1), 0);
    for (unsigned i = 0; i < VWR_VNET_MAC; i++) {
        guest_write(g, VWR_MMIO_CONFIG + VWR_NET_CONFIG_MAC + i, 1, macs[1][i]);
        if (!g->legacy)
            assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + VWR_NET_CONFIG_MAC + i, 1), macs[0][i]);
    }
    assert_int_equal(from_neighbour(g, 1, 1, FRAME), VWR_OK); /* still the neighbour's address */
    assert_int_equal(m->neighbour[0].got, 1);
    hostile_is_whole(g);
}

/* A buffer larger than the packet, and space for more than the answer. */
static void g52_used_length(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    put_buffer(g, 0, (uint32_t)at);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    hostile_used(g, RECEIVEQ, m->header + FRAME);
    for (uint32_t i = m->header + FRAME; i <= (uint32_t)at; i++)
        assert_int_equal(*(uint8_t *)guest_at(g, AT(0) + i, 1), POISON);
    command(g, VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, 1, (uint32_t)at);
    assert_int_equal(*(uint8_t *)guest_at(g, AT(1), 1), VWR_NET_OK);
    for (uint32_t i = 1; i <= (uint32_t)at; i++)
        assert_int_equal(*(uint8_t *)guest_at(g, AT(1) + i, 1), POISON);
    hostile_is_whole(g);
}

/*
 * A driver that does not accept VERSION_1. With MRG_RXBUF, the header has 12 bytes. Without it, nothing says
 * whether it has num_buffers: the card refuses the features, or assumes as QEMU does that it has not.
 */
static void g45_version_1(struct guest *g, long long at)
{
    const struct vwr_features all = g->features;
    struct vmm *const m = vmm_of(g);
    char text[400];

    g->features.w[1] = 0;
    if (at == 0)
        vwr_features_remove(&g->features, VWR_NET_F_MRG_RXBUF);
    if (at == 0 && !g->dev->as_qemu) {
        assert_false(guest_negotiate(g));
        assert_int_equal(g->dev->fault.kind, VWR_VFAULT_VERSION_1);
        (void)vwr_vdev_explain(g->dev, text, sizeof(text));
        assert_non_null(strstr(text, "VERSION_1 (bit 32; rfeat.drv.1)"));
        assert_non_null(strstr(text, "VWR_TOLERATE_QEMU"));
    } else {
        assert_true(guest_start(g));
        m->header = at == 0 ? 10 : 12;
        expect(g, &plain, m->header + FRAME, true);
        put_buffer(g, 0, 256);
        assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
        hostile_used(g, RECEIVEQ, m->header + FRAME);
        assert_int_equal(vwr_tolerated_count(&g->dev->tolerated, VWR_TOLERATED_NO_VERSION_1), 1);
        assert_int_equal(vwr_tolerated_count(&g->dev->tolerated, VWR_TOLERATED_NET_HEADER), at == 0);
    }
    g->features = all;
}

/*
 * No port accepts the guest's packets, however often it notifies: the first one waits. Without a link all are
 * dropped.
 */
static void g53_no_room(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const unsigned got = m->neighbour[0].got;

    m->neighbour[0].full = true;
    for (long i = 0; i < at; i++)
        hostile_lend_one(g, TRANSMITQ, AT(0), m->header + FRAME, 0);
    memset(guest_at(g, AT(0), m->header), 0, m->header);
    write_frame(guest_at(g, AT(0) + m->header, FRAME), 0, 1, FRAME);
    for (unsigned i = 0; i < 1000; i++)
        guest_kick(g, TRANSMITQ);
    hostile_unused(g, TRANSMITQ);
    assert_int_equal(m->net.stats.waits, 1);
    vwr_vnet_set_link(&m->net, false);
    m->neighbour[0].full = false;
    vwr_vnet_switch_ready(&m->neighbour[0].port);
    for (long i = 0; i < at; i++)
        hostile_used(g, TRANSMITQ, 0);
    assert_int_equal(m->neighbour[0].got, got);
    assert_int_equal(m->net.stats.down, at);
    vwr_vnet_set_link(&m->net, true);
    hostile_is_whole(g);
}

/* A packet of 2^32 + at bytes: too long for a frame, or for a chain. */
static void g13_long_packet(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {{GUEST_HUGE, 0x80000000u, 0, 0},
                                          {GUEST_HUGE, 0x7fffffffu, 0, 0},
                                          {GUEST_HUGE, (uint32_t)(1 + at), 0, 0}};

    hostile_send(g, TRANSMITQ, segment, at < 0 ? 2 : 3);
    if (at < 0) {
        hostile_used(g, TRANSMITQ, 0);
        assert_int_equal(vmm_of(g)->net.stats.bad, 1);
    } else {
        hostile_is_broken(g, VWR_VFAULT_LENGTH);
    }
}

static const struct hostile_case cases[] = {
    {"G13_sum_of_lengths", "split.drv.desc.1; robustness: a used length cannot say 2^32", g13_long_packet,
     HOSTILE_ALL | HOSTILE_HUGE, HOSTILE_AROUND},
    {"G29_short_packet", "robustness: a wire has no errors", g29_short, HOSTILE_ALL, HOSTILE_AROUND},
    {"G29_checksum_beyond_frame", "robustness: a wire has no errors", g29_checksum, HOSTILE_ALL,
     HOSTILE_AROUND},
    {"G29_segmentation", "robustness: a wire has no errors", g29_segmentation, HOSTILE_ALL, HOSTILE_AROUND},
    {"G29_checksum_of_a_card", "robustness: a wire has no errors", g29_received, HOSTILE_ALL, HOSTILE_AROUND},
    {"G29_offload_not_taken", "robustness: a wire has no errors", g29_not_taken, HOSTILE_ALL, 0, {0}},
    {"G29_several_buffers", "net.dev.rx.1; net.dev.rx.2", g29_buffers, HOSTILE_ALL, 4, {12, 13, 20, 60}},
    {"G29_no_room_for_a_header", "header vwr/vnet.h", g29_no_buffers, HOSTILE_ALL, 3, {0, 1, 11}},
    {"G30_lists_of_addresses",
     "robustness: a list is as long as it says",
     g30_lists,
     HOSTILE_ALL,
     3,
     {0, 1, 5}},
    {"G43_not_there", "header vwr/vnet.h", g43_not_there, HOSTILE_ALL, 0, {0}},
    {"G44_pages_of_its_queues",
     "section Virtio Over MMIO / Legacy interface",
     g44_pages,
     HOSTILE_LEGACY,
     5,
     {0, 1, 3, 4096, 0x80000000}},
    {"G45_features_not_offered", "feat.drv.1", g45_features, HOSTILE_ALL, 0, {0}},
    {"G45_command_without_its_feature",
     "section Network Device / Device Operation / Control Virtqueue",
     g45_no_control,
     HOSTILE_ALL,
     0,
     {0}},
    {"G45_no_version_1", "rfeat.drv.1; feat.dev.3", g45_version_1, HOSTILE_MODERN, 2, {0, 1}},
    {"G46_packet_waits", "header vwr/vnet.h", g46_waiting, HOSTILE_ALL, 2, {0, 1}},
    {"G47_configuration_of_a_card",
     "section Device Configuration Space",
     g47_config,
     HOSTILE_ALL,
     3,
     {1, 2, 4}},
    {"G51_again_and_again", "header vwr/vnet.h", g51_again_and_again, HOSTILE_ALL, 0, {0}},
    {"G52_used_length_of_a_packet", "split.dev.used.2", g52_used_length, HOSTILE_ALL, 3, {100, 255, 2000}},
    {"G53_nobody_takes_its_packets", "header vwr/vnet.h", g53_no_room, HOSTILE_ALL, 2, {1, 8}},
};

int main(void)
{
    int failed = hostile_run("net", &net_device, cases, sizeof(cases) / sizeof(cases[0]));

    failed += hostile_run("switch", &net_device, cases_switch, cases_switch_count);
    return failed;
}
