/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "frame.h"
#include "guest.h"
#include "machine.h"

#include "vwr/net_control.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The network driver on a Linux tap: several queue pairs, and packets whose checksum and segmentation are
 * left to the other side. The tap is in a network namespace of this program; its other end is a packet
 * socket. Linux sends a flow to the pair that last transmitted it.
 */

#define SLOT 29u
#define PAIRS 2u
#define FLOWS 24u

static const uint8_t guest_mac[6] = {0x52, 0x54, 0, 0x12, 0x34, 0x56};
static const uint8_t host_mac[6] = {0x52, 0x54, 0, 0x12, 0x34, 0x57};
static const uint8_t guest_ip[4] = {10, 9, 0, 1};
static const uint8_t host_ip[4] = {10, 9, 0, 2};

static struct {
    struct vwr_net net;
    struct vwr_net_pair pair[PAIRS];
    struct vwr_net_control control;
    struct vwr_net_packet packet;
    union found found;
    struct left {
        struct vwr_slice s[2 * VWR_NET_SLICES];
        unsigned at;
        unsigned count;
    } left[PAIRS]; /* slices that the last call for a pair has left */
    uint8_t *memory;
    int tap[PAIRS];
    int host; /* a packet socket */
} t;

/* ---- a tap ---- */

static void skip(const char *why)
{
    printf("skipped: %s: %s\n", why, strerror(errno));
    exit(SKIPPED);
}

/* Enters a private network namespace, which ends with this program. */
static void enter_namespace(void)
{
    static bool entered;

    if (!entered && unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        skip("no network namespace for a tap");
    entered = true;
}

static void open_tap(unsigned queues)
{
    struct ifreq r;

    memset(&r, 0, sizeof(r));
    (void)snprintf(r.ifr_name, sizeof(r.ifr_name), "tap0");
    r.ifr_flags = (short)(IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | (queues > 1 ? IFF_MULTI_QUEUE : 0));
    for (unsigned i = 0; i < queues; i++) {
        t.tap[i] = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
        if (t.tap[i] < 0 || ioctl(t.tap[i], TUNSETIFF, &r) != 0)
            skip("no tap");
    }
}

/* `with_header`: a struct virtio_net_hdr precedes each frame. */
static void open_host(int with_header)
{
    struct sockaddr_ll name = {.sll_family = AF_PACKET, .sll_protocol = htons(FRAME_IP_TYPE)};
    struct ifreq r;

    memset(&r, 0, sizeof(r));
    (void)snprintf(r.ifr_name, sizeof(r.ifr_name), "tap0");
    t.host = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, name.sll_protocol);
    if (t.host < 0)
        skip("no packet socket");
    CHECK_SYS(ioctl(t.host, SIOCGIFFLAGS, &r) == 0);
    r.ifr_flags |= IFF_UP;
    CHECK_SYS(ioctl(t.host, SIOCSIFFLAGS, &r) == 0);
    CHECK_SYS(ioctl(t.host, SIOCGIFINDEX, &r) == 0);
    name.sll_ifindex = r.ifr_ifindex;
    CHECK_SYS(bind(t.host, (struct sockaddr *)&name, sizeof(name)) == 0);
    CHECK_SYS(setsockopt(t.host, SOL_PACKET, PACKET_VNET_HDR, &with_header, sizeof(with_header)) == 0);
}

static void begin(bool legacy, unsigned kind, unsigned queues, const char *device)
{
    enter_namespace();
    open_tap(queues);
    open_host(queues == 1);
    machine_begin(legacy);
    if (queues > 1)
        machine_add("-netdev", "tap,id=n0,fds=%d:%d", t.tap[0], t.tap[1]);
    else
        machine_add("-netdev", "tap,id=n0,fd=%d", t.tap[0]);
    machine_add_device(SLOT, "virtio-net", "netdev=n0,mac=52:54:00:12:34:56%s%s", device,
                       (kind & DISK_PACKED) != 0 ? ",packed=on" : "");
    machine_start();
    for (unsigned i = 0; i < queues; i++)
        CHECK_SYS(close(t.tap[i]) == 0);
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&t.found, SLOT);
}

static void open_net(unsigned kind, unsigned pairs, const uint8_t *offloads, unsigned count)
{
    struct vwr_net_options o = {.pair = t.pair, .pair_count = pairs, .shared_count = pairs};

    vwr_net_use_control(&o, &t.control);
    memset(&t.control, 0xa5, sizeof(t.control));
    memset(t.left, 0, sizeof(t.left));
    o.shared = guest_alloc(pairs * sizeof(*o.shared));
    t.control.shared = guest_alloc(sizeof(*t.control.shared));
    t.control.filters_vlans = false;
    t.memory = guest_alloc(2 * GUEST_PAGE);
    for (unsigned i = 0; i < count; i++) {
        vwr_features_add(&o.offloads, offloads[i]);
        vwr_features_add(&o.need, offloads[i]);
    }
    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vwr_net_open(&t.net, &t.found.dev, &o), VWR_OK);
    disk_check_kind(&t.found.dev, kind);
    CHECK_NUMBER(t.net.pairs, pairs);
}

static void end(void)
{
    CHECK_NUMBER(vwr_close(&t.net.bringup), VWR_OK);
    machine_stop();
    CHECK_SYS(close(t.host) == 0);
}

/* ---- packets ---- */

static void send_packet(unsigned pair)
{
    struct vwr_net_packet *done;
    int r = 0;

    CHECK_NUMBER(vwr_net_submit(vwr_net_get_transmitq(&t.net, pair), &t.packet), VWR_OK);
    (void)vwr_net_kick(vwr_net_get_transmitq(&t.net, pair));
    for (unsigned polls = 0; r == 0;) {
        r = vwr_net_reap(vwr_net_get_transmitq(&t.net, pair), &done, 1);
        if (r == 0)
            machine_wait(&polls);
    }
    CHECK_NUMBER(r, 1);
    CHECK_NUMBER(t.packet.req.result, VWR_OK);
}

static unsigned host_gets(uint8_t *frame, unsigned room)
{
    ssize_t n = -1;

    for (unsigned polls = 0; n < 0;) {
        n = recv(t.host, frame, room, 0);
        if (n < 0)
            machine_wait(&polls);
    }
    CHECK(n > 0);
    return (unsigned)n;
}

/* The next IPv4 packet of a pair, contiguous; 0: none now. */
static unsigned guest_gets(unsigned pair, uint8_t *frame, struct vwr_net_header *h)
{
    struct left *const l = &t.left[pair];
    unsigned bytes = 0;
    bool more = true;

    if (l->at == l->count) {
        const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&t.net, pair), l->s, 2 * VWR_NET_SLICES);

        CHECK(n >= 0);
        l->count = (unsigned)n;
        l->at = 0;
    }
    if (l->at == l->count)
        return 0;
    vwr_net_read_header(&t.net, &l->s[l->at], h);
    while (more) {
        const struct vwr_slice *const s = &l->s[l->at++];

        memcpy(frame + bytes, s->p, s->bytes);
        bytes += s->bytes;
        more = s->more != 0;
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&t.net, pair), s), VWR_OK);
    }
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(&t.net, pair));
    return frame_get16(frame + 12) == FRAME_IP_TYPE ? bytes : 0;
}

static unsigned make_udp(uint8_t *p, bool to_host, unsigned flow, uint32_t number)
{
    const struct frame_way out = {host_mac, guest_mac, host_ip, guest_ip};
    const struct frame_way in = {guest_mac, host_mac, guest_ip, host_ip};

    frame_make_ip(p, to_host ? &out : &in, FRAME_UDP, 8 + 100);
    frame_put16(p + 34, to_host ? 1000 + flow : 2000);
    frame_put16(p + 36, to_host ? 2000 : 1000 + flow);
    frame_put16(p + 38, 8 + 100);
    frame_put16(p + 40, 0);
    memset(p + 42, (int)flow, 100);
    frame_put32(p + 42, number);
    return 42 + 100;
}

/* ---- pairs ---- */

static void flow_goes_out(unsigned pair, unsigned flow, uint32_t number)
{
    uint8_t got[200];
    const unsigned bytes = make_udp(t.memory, true, flow, number);

    vwr_net_fill(&t.packet, t.memory, bytes);
    send_packet(pair);
    CHECK_NUMBER(host_gets(got, sizeof(got)), bytes);
    CHECK(memcmp(got, t.memory, bytes) == 0);
}

/* Returns the pair on which the flow arrives. */
static unsigned flow_comes_in(unsigned flow, uint32_t number)
{
    uint8_t frame[200];
    uint8_t got[2 * GUEST_PAGE];
    struct vwr_net_header h;
    const unsigned bytes = make_udp(frame, false, flow, number);

    CHECK_SYS(send(t.host, frame, bytes, 0) == (ssize_t)bytes);
    for (unsigned polls = 0;;) {
        for (unsigned pair = 0; pair < PAIRS; pair++) {
            const unsigned n = guest_gets(pair, got, &h);

            if (n == 0)
                continue;
            CHECK_NUMBER(n, bytes);
            CHECK(memcmp(got, frame, bytes) == 0);
            return pair;
        }
        machine_wait(&polls);
    }
}

/* With `pairs` in use, each flow arrives on the pair that transmitted it. */
static void check_flows(unsigned pairs, uint32_t number)
{
    for (unsigned flow = 0; flow < FLOWS; flow++)
        flow_goes_out(flow % pairs, flow, number);
    for (unsigned flow = 0; flow < FLOWS; flow++)
        CHECK_NUMBER(flow_comes_in(flow, number), flow % pairs);
    for (unsigned flow = 0; flow < FLOWS; flow++) /* and after it was sent on another */
        flow_goes_out((flow + 1) % pairs, flow, number + 1);
    for (unsigned flow = 0; flow < FLOWS; flow++)
        CHECK_NUMBER(flow_comes_in(flow, number + 1), (flow + 1) % pairs);
}

static void break_pair(unsigned kind)
{
    struct vwr_slice s[VWR_NET_SLICES];
    int r;

    disk_break_ring(&t.pair[1].receive.buffers.queue, kind);
    CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&t.net, 1), s, VWR_NET_SLICES), VWR_EBADRING);
    while ((r = vwr_recover(&t.net.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    memset(t.left, 0, sizeof(t.left));
}

static void pairs(bool legacy, unsigned kind)
{
    begin(legacy, kind, PAIRS, ",mq=on");
    open_net(kind, PAIRS, NULL, 0);
    CHECK_NUMBER(t.net.info.max_virtqueue_pairs, PAIRS);
    check_flows(1, 0);
    CHECK_NUMBER(vwr_net_set_pairs(&t.net, PAIRS + 1), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_pairs(&t.net, 0), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_pairs(&t.net, PAIRS), VWR_OK);
    check_flows(PAIRS, 10);
    break_pair(kind);
    check_flows(PAIRS, 20);
    CHECK_NUMBER(vwr_net_set_pairs(&t.net, 1), VWR_OK);
    check_flows(1, 30);
    end();
}

void case_net_pairs(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            pairs(legacy, kind);
}

/* ---- offloads ---- */

#define SEGMENT 1000u
#define SEGMENTS 3u
#define TCP_BYTES (SEGMENTS * SEGMENT)
#define TCP_AT 34u
#define DATA_AT 54u
#define CSUM_AT 16u /* in the TCP header */

static const uint8_t offloads[] = {VWR_NET_F_CSUM, VWR_NET_F_HOST_TSO4, VWR_NET_F_GUEST_CSUM,
                                   VWR_NET_F_GUEST_TSO4};

static uint8_t data_byte(uint32_t at)
{
    return (uint8_t)(at * 7 + at / 251);
}

/* The part of TCP's checksum that does not depend on its bytes. */
static uint32_t pseudo_sum(const uint8_t *p, unsigned bytes)
{
    return (uint32_t)(~frame_sum(p + 26, 8, 0) & 0xffff) + FRAME_TCP + bytes;
}

/* A packet of three segments, with an incomplete checksum. */
static unsigned make_tcp(uint8_t *p, bool to_host)
{
    const struct frame_way out = {host_mac, guest_mac, host_ip, guest_ip};
    const struct frame_way in = {guest_mac, host_mac, guest_ip, host_ip};

    frame_make_ip(p, to_host ? &out : &in, FRAME_TCP, 20 + TCP_BYTES);
    memset(p + TCP_AT, 0, 20);
    frame_put16(p + TCP_AT, 3000);
    frame_put16(p + TCP_AT + 2, 4000);
    frame_put32(p + TCP_AT + 4, 100000);
    p[TCP_AT + 12] = 0x50;
    p[TCP_AT + 13] = 0x10;
    frame_put16(p + TCP_AT + CSUM_AT, ~frame_sum(NULL, 0, pseudo_sum(p, 20 + TCP_BYTES)) & 0xffff);
    for (uint32_t i = 0; i < TCP_BYTES; i++)
        p[DATA_AT + i] = data_byte(i);
    return DATA_AT + TCP_BYTES;
}

static void inject_tcp(void)
{
    uint8_t all[sizeof(struct virtio_net_hdr) + DATA_AT + TCP_BYTES];
    const struct virtio_net_hdr h = {.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
                                     .gso_type = VIRTIO_NET_HDR_GSO_TCPV4,
                                     .hdr_len = DATA_AT,
                                     .gso_size = SEGMENT,
                                     .csum_start = TCP_AT,
                                     .csum_offset = CSUM_AT};

    memcpy(all, &h, sizeof(h));
    (void)make_tcp(all + sizeof(h), false);
    CHECK_SYS(send(t.host, all, sizeof(all), 0) == (ssize_t)sizeof(all));
}

static unsigned guest_gets_tcp(uint8_t *frame, struct vwr_net_header *h)
{
    unsigned n = 0;

    for (unsigned polls = 0; n == 0;) {
        n = guest_gets(0, frame, h);
        if (n == 0)
            machine_wait(&polls);
    }
    CHECK(n > DATA_AT && frame[23] == FRAME_TCP);
    return n;
}

static void check_data(const uint8_t *frame, uint32_t from, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        CHECK_NUMBER(frame[DATA_AT + i], data_byte(from + i));
}

static void comes_whole(void)
{
    uint8_t got[2 * GUEST_PAGE];
    struct vwr_net_header h;

    inject_tcp();
    CHECK_NUMBER(guest_gets_tcp(got, &h), DATA_AT + TCP_BYTES);
    check_data(got, 0, TCP_BYTES);
    CHECK_NUMBER(h.flags & VWR_NET_HDR_F_NEEDS_CSUM, VWR_NET_HDR_F_NEEDS_CSUM);
    CHECK_NUMBER(h.gso_type, VWR_NET_HDR_GSO_TCPV4);
    CHECK_NUMBER(h.gso_size, SEGMENT);
    CHECK_NUMBER(h.csum_start, TCP_AT);
    CHECK_NUMBER(h.csum_offset, CSUM_AT);
}

static void comes_in_segments(void)
{
    uint8_t got[2 * GUEST_PAGE];
    struct vwr_net_header h;

    inject_tcp();
    for (unsigned i = 0; i < SEGMENTS; i++) {
        CHECK_NUMBER(guest_gets_tcp(got, &h), DATA_AT + SEGMENT);
        check_data(got, i * SEGMENT, SEGMENT);
        CHECK_NUMBER(h.gso_type, VWR_NET_HDR_GSO_NONE);
        CHECK_NUMBER(h.flags & VWR_NET_HDR_F_NEEDS_CSUM, 0);
        CHECK_NUMBER(frame_get32(got + TCP_AT + 4), 100000 + i * SEGMENT);
        CHECK_NUMBER(frame_sum(got + TCP_AT, 20 + SEGMENT, pseudo_sum(got, 20 + SEGMENT)), 0);
    }
}

/* The other side is responsible for segmentation: it receives the whole packet, with its parameters. */
static void goes_whole(void)
{
    uint8_t got[2 * GUEST_PAGE];
    const unsigned bytes = make_tcp(t.memory, true);
    struct virtio_net_hdr h;

    vwr_net_fill(&t.packet, t.memory, bytes);
    CHECK_NUMBER(vwr_net_submit(vwr_net_get_transmitq(&t.net, 0), &t.packet), VWR_ERANGE);
    t.packet.header.flags = VWR_NET_HDR_F_NEEDS_CSUM;
    t.packet.header.gso_type = VWR_NET_HDR_GSO_UDP_L4;
    t.packet.header.hdr_len = DATA_AT;
    t.packet.header.gso_size = SEGMENT;
    t.packet.header.csum_start = TCP_AT;
    t.packet.header.csum_offset = CSUM_AT;
    CHECK_NUMBER(vwr_net_submit(vwr_net_get_transmitq(&t.net, 0), &t.packet), VWR_EFEATURE);
    t.packet.header.gso_type = VWR_NET_HDR_GSO_TCPV4;
    send_packet(0);
    CHECK_NUMBER(host_gets(got, sizeof(got)), sizeof(h) + bytes);
    memcpy(&h, got, sizeof(h));
    CHECK_NUMBER(h.gso_type, VIRTIO_NET_HDR_GSO_TCPV4);
    CHECK_NUMBER(h.gso_size, SEGMENT);
    CHECK_NUMBER(h.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM, VIRTIO_NET_HDR_F_NEEDS_CSUM);
    CHECK_NUMBER(h.csum_start, TCP_AT);
    CHECK(memcmp(got + sizeof(h), t.memory, bytes) == 0);
}

static void segmented(bool legacy, unsigned kind)
{
    const uint64_t both = UINT64_C(1) << VWR_NET_GUEST_OFFLOAD_F_CSUM | UINT64_C(1)
                                                                            << VWR_NET_GUEST_OFFLOAD_F_TSO4;

    begin(legacy, kind, 1, "");
    open_net(kind, 1, offloads, sizeof(offloads));
    comes_whole();
    goes_whole();
    CHECK_NUMBER(vwr_net_set_offloads(&t.net, 0), VWR_OK);
    comes_in_segments();
    CHECK_NUMBER(vwr_net_set_offloads(&t.net, both), VWR_OK);
    comes_whole();
    CHECK_NUMBER(vwr_net_set_offloads(&t.net, UINT64_C(1) << VWR_NET_GUEST_OFFLOAD_F_TSO6), VWR_EIO);
    end();
}

void case_net_offloads(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            segmented(legacy, kind);
}
