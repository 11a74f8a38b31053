/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "frame.h"
#include "guest.h"
#include "machine.h"
#include "watch.h"

#include "vwr/net_control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * The network driver on QEMU's card: with QEMU's user-mode network, which answers ARP, DHCP and ping; and
 * with a socket of this program, whose datagrams are frames. The frames that arrive show the effect of the
 * control queue.
 */

#define SLOT 29u
#define BATCH 64u
#define FRAME_MIN VWR_NET_ETHERNET
#define FRAME_MOST 1514u
#define JUMBO 9000u

static const uint8_t mac[6] = {0x52, 0x54, 0, 0x12, 0x34, 0x56};

static struct vwr_net net;
static struct vwr_net_pair pair;
static struct vwr_net_control control;
static struct vwr_net_packet packet[BATCH];
static union found found;
static int end; /* of the cable, outside of QEMU */

static void begin(bool legacy, unsigned kind, const char *netdev)
{
    machine_begin(legacy);
    /* QEMU sends no packets to a stopped machine, so this one runs with an idle processor */
    machine_add("-netdev", "%s", netdev);
    machine_add_device(SLOT, "virtio-net", "netdev=n0,id=net0,mac=52:54:00:12:34:56%s%s",
                       (kind & DISK_PACKED) != 0 ? ",packed=on" : "", legacy ? "" : ",rss=on");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

static void open_net(unsigned kind, bool merged)
{
    struct vwr_net_options o = {.pair = &pair, .pair_count = 1, .shared_count = 1};

    o.shared = guest_alloc(sizeof(*o.shared));
    disk_avoid(&o.avoid, kind);
    if (!merged)
        vwr_features_add(&o.avoid, VWR_NET_F_MRG_RXBUF);
    CHECK_NUMBER(vwr_net_open(&net, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
    CHECK_NUMBER(vwr_net_has(&net, VWR_NET_F_MRG_RXBUF), merged);
    CHECK(vwr_net_has(&net, VWR_NET_F_MAC) && memcmp(net.info.mac, mac, sizeof(mac)) == 0);
    CHECK(vwr_net_link_is_up(&net));
    CHECK_NUMBER(net.pairs, 1);
}

static void close_net(void)
{
    CHECK_NUMBER(vwr_close(&net.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
}

/* ---- a cable ---- */

static void name_of(struct sockaddr_un *name, const char *file)
{
    memset(name, 0, sizeof(*name));
    name->sun_family = AF_UNIX;
    (void)snprintf(name->sun_path, sizeof(name->sun_path), "%s", file);
}

static void begin_cable(bool legacy, unsigned kind)
{
    const int room = 4 << 20;
    struct sockaddr_un name;

    (void)unlink("cable.sock");
    name_of(&name, "cable.sock");
    end = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    CHECK_SYS(end >= 0);
    CHECK_SYS(bind(end, (struct sockaddr *)&name, sizeof(name)) == 0);
    CHECK_SYS(setsockopt(end, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room)) == 0);
    begin(legacy, kind,
          "dgram,id=n0,local.type=unix,local.path=qemu.sock,remote.type=unix,remote.path=cable.sock");
    name_of(&name, "qemu.sock");
    CHECK_SYS(connect(end, (struct sockaddr *)&name, sizeof(name)) == 0);
}

static void end_cable(void)
{
    close_net();
    machine_leave();
    CHECK_SYS(close(end) == 0);
    (void)unlink("cable.sock");
}

static uint8_t byte_of(uint32_t number, uint32_t at)
{
    return (uint8_t)((at * UINT32_C(2654435761) >> 13) ^ number * 29);
}

static void fill_frame(uint8_t *frame, uint32_t number, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        frame[i] = byte_of(number, i);
    memcpy(frame, mac, sizeof(mac)); /* to the card, in both directions */
}

static void check_frame(const uint8_t *frame, uint32_t number, uint32_t from, uint32_t bytes)
{
    for (uint32_t i = from; i < from + bytes; i++)
        CHECK_NUMBER(frame[i - from], i < sizeof(mac) ? mac[i] : byte_of(number, i));
}

/*
 * Sends frames with lengths `step` apart, in order, one batch at a time. Some packets in flight have several
 * segments.
 */
static uint32_t length_of(uint32_t number)
{
    return FRAME_MIN + number % (FRAME_MOST - FRAME_MIN + 1);
}

static void reap_all(void)
{
    struct vwr_net_packet *done[BATCH];

    for (unsigned polls = 0; vwr_queue_in_flight(&vwr_net_get_transmitq(&net, 0)->requests.queue) != 0;)
        if (vwr_net_reap(vwr_net_get_transmitq(&net, 0), done, BATCH) == 0)
            machine_wait(&polls);
    CHECK_NUMBER(vwr_queue_in_flight(&vwr_net_get_transmitq(&net, 0)->requests.queue), 0);
}

static void get_from_cable(uint32_t number)
{
    uint8_t got[FRAME_MOST + 1];
    ssize_t n = -1;

    for (unsigned polls = 0; n < 0;) {
        n = recv(end, got, sizeof(got), 0);
        if (n < 0)
            machine_wait(&polls);
    }
    CHECK_NUMBER(n, length_of(number));
    check_frame(got, number, 0, (uint32_t)n);
}

static void send_frames(uint8_t *memory, uint32_t first, unsigned count)
{
    struct vwr_vec vecs[BATCH][3];

    for (unsigned i = 0; i < count; i++) {
        uint8_t *const frame = memory + (size_t)i * 2048;
        const uint32_t bytes = length_of(first + i);

        fill_frame(frame, first + i, bytes);
        vwr_net_fill(&packet[i], frame, bytes);
        if (i % 4 == 3) { /* in segments */
            vecs[i][0] = (struct vwr_vec){frame, 6};
            vecs[i][1] = (struct vwr_vec){frame + 6, 7};
            vecs[i][2] = (struct vwr_vec){frame + 13, bytes - 13};
            packet[i].req.vecs = vecs[i];
            packet[i].req.vec_count = 3;
        }
        CHECK_NUMBER(vwr_net_submit(vwr_net_get_transmitq(&net, 0), &packet[i]), VWR_OK);
    }
    (void)vwr_net_kick(vwr_net_get_transmitq(&net, 0));
    for (unsigned i = 0; i < count; i++)
        get_from_cable(first + i);
    reap_all();
}

/* Checks a packet in `slices`. Returns how many it uses. */
static int check_packet(const struct vwr_slice *s, uint32_t number, uint32_t bytes)
{
    const int n = s->more + 1;
    uint32_t at = 0;

    for (int i = 0; i < n; i++) {
        CHECK_NUMBER(s[i].more, n - 1 - i);
        CHECK(at + s[i].bytes <= bytes);
        check_frame(s[i].p, number, at, s[i].bytes);
        at += s[i].bytes;
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&net, 0), &s[i]), VWR_OK);
    }
    CHECK_NUMBER(at, bytes);
    return n;
}

static void check_packets(uint32_t first, unsigned count, uint32_t (*length)(uint32_t number))
{
    struct vwr_slice s[VWR_NET_SLICES];
    unsigned come = 0;

    for (unsigned polls = 0; come < count;) {
        const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES);

        CHECK(n >= 0);
        if (n == 0)
            machine_wait(&polls);
        for (int at = 0; at < n; come++)
            at += check_packet(&s[at], first + come, length(first + come));
        (void)vwr_net_receive_kick(vwr_net_get_receiveq(&net, 0));
    }
    CHECK_NUMBER(come, count);
}

static void put_into_cable(uint32_t number, uint32_t bytes)
{
    uint8_t frame[JUMBO];
    ssize_t n = -1;

    fill_frame(frame, number, bytes);
    for (unsigned polls = 0; n < 0;) {
        n = send(end, frame, bytes, 0);
        if (n < 0)
            machine_wait(&polls);
    }
    CHECK_NUMBER(n, bytes);
}

static void receive_frames(uint32_t first, unsigned count, uint32_t (*length)(uint32_t number))
{
    for (unsigned i = 0; i < count; i++)
        put_into_cable(first + i, length(first + i));
    check_packets(first, count, length);
}

/* Packets of several buffers each. */
static uint32_t jumbo_length(uint32_t number)
{
    return JUMBO - 100 * number;
}

static void frames(bool legacy, unsigned kind, bool merged)
{
    uint8_t *memory;
    const uint32_t all = FRAME_MOST - FRAME_MIN + 1;

    begin_cable(legacy, kind);
    open_net(kind, merged);
    memory = guest_alloc((size_t)BATCH * 2048);
    for (uint32_t number = 0; number < all; number += 32) {
        const unsigned count = all - number < 32 ? all - number : 32;

        send_frames(memory, number, count);
        receive_frames(number, count, length_of);
    }
    for (unsigned i = 0; merged && i < 60; i += 15)
        receive_frames(i, 15, jumbo_length);
    end_cable();
}

void case_net_frames(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            frames(legacy, kind, kind % 3 != 0);
}

/* ---- QEMU's user-mode network ---- */

static const uint8_t us[4] = {10, 0, 2, 15};
static const uint8_t gateway[4] = {10, 0, 2, 2};

static unsigned make_arp(uint8_t *p)
{
    static const uint8_t head[] = {0, 1, 8, 0, 6, 4, 0, 1};

    memset(p, 0xff, 6);
    memcpy(p + 6, mac, 6);
    frame_put16(p + 12, 0x0806);
    memcpy(p + 14, head, sizeof(head));
    memcpy(p + 22, mac, 6);
    memcpy(p + 28, us, 4);
    memset(p + 32, 0, 6);
    memcpy(p + 38, gateway, 4);
    return 42;
}

static unsigned make_ping(uint8_t *p, const uint8_t *to, unsigned bytes)
{
    const struct frame_way way = {to, mac, gateway, us};

    frame_make_ip(p, &way, 1, 8 + bytes);
    memset(p + 34, 0, 8);
    p[34] = 8;
    frame_put16(p + 38, 77);
    frame_put16(p + 40, 1);
    for (unsigned i = 0; i < bytes; i++)
        p[42 + i] = byte_of(5, i);
    frame_put16(p + 36, frame_sum(p + 34, 8 + bytes, 0));
    return 42 + bytes;
}

static unsigned make_discover(uint8_t *p)
{
    static const uint8_t options[] = {0x63, 0x82, 0x53, 0x63, 53, 1, 1, 255};
    static const uint8_t none[4] = {0}, all[6] = {255, 255, 255, 255, 255, 255};
    const struct frame_way way = {all, mac, all, none};

    frame_make_ip(p, &way, FRAME_UDP, 8 + 236 + 60);
    memset(p + 34, 0, 8 + 236 + 60);
    frame_put16(p + 34, 68);
    frame_put16(p + 36, 67);
    frame_put16(p + 38, 8 + 236 + 60);
    p[42] = 1;
    p[43] = 1;
    p[44] = 6;
    memcpy(p + 46, "vwrt", 4);
    memcpy(p + 70, mac, 6);
    memcpy(p + 42 + 236, options, sizeof(options));
    return 34 + 8 + 236 + 60;
}

/* Sends a frame, and receives until `is_answer` accepts one. */
static unsigned ask(const uint8_t *frame, unsigned bytes, uint8_t *answer, unsigned type, unsigned protocol)
{
    uint8_t *const memory = guest_alloc(GUEST_PAGE);
    struct vwr_slice s[VWR_NET_SLICES];

    memcpy(memory, frame, bytes);
    vwr_net_fill(&packet[0], memory, bytes);
    CHECK_NUMBER(vwr_net_submit(vwr_net_get_transmitq(&net, 0), &packet[0]), VWR_OK);
    (void)vwr_net_kick(vwr_net_get_transmitq(&net, 0));
    for (unsigned polls = 0;;) {
        const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES);
        unsigned got = 0;

        CHECK(n >= 0);
        if (n == 0)
            machine_wait(&polls);
        if (n == 1 && s[0].bytes <= FRAME_MOST)
            memcpy(answer, s[0].p, got = s[0].bytes);
        for (int k = 0; k < n; k++)
            CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&net, 0), &s[k]), VWR_OK);
        (void)vwr_net_receive_kick(vwr_net_get_receiveq(&net, 0));
        if (got >= 34 && ((unsigned)answer[12] << 8 | answer[13]) == type &&
            (protocol == 0 || answer[23] == protocol)) {
            reap_all();
            return got;
        }
    }
}

static void talk(void)
{
    uint8_t frame[FRAME_MOST];
    uint8_t answer[FRAME_MOST];
    uint8_t router[6];
    unsigned n = ask(frame, make_arp(frame), answer, 0x0806, 0);

    CHECK(n >= 42 && answer[21] == 2 && memcmp(answer + 28, gateway, 4) == 0);
    memcpy(router, answer + 22, 6);
    n = ask(frame, make_ping(frame, router, 1000), answer, 0x0800, 1);
    CHECK_NUMBER(n, 42 + 1000);
    CHECK_NUMBER(answer[34], 0);
    CHECK(memcmp(answer + 42, frame + 42, 1000) == 0);
    n = ask(frame, make_discover(frame), answer, 0x0800, 17);
    CHECK(n > 34 + 8 + 236);
    CHECK(memcmp(answer + 42 + 4, "vwrt", 4) == 0 && memcmp(answer + 42 + 16, us, 4) == 0);
}

static void user(bool legacy, unsigned kind)
{
    begin(legacy, kind, "user,id=n0");
    open_net(kind, kind % 2 == 0);
    talk();
    close_net();
    machine_leave();
}

void case_net_user(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            user(legacy, kind);
}

/* ---- settings ---- */

#define TAGGED 0x8100u /* outside of the specification: Ethernet type of a VLAN frame */

static const uint8_t other[6] = {0x52, 0x54, 0, 0x12, 0x34, 0x99};
static const uint8_t group[6] = {0x01, 0, 0x5e, 1, 2, 3};
static const uint8_t everybody[6] = {255, 255, 255, 255, 255, 255};

static void open_with_control(unsigned kind)
{
    struct vwr_net_options o = {.pair = &pair, .pair_count = 1, .shared_count = 1};

    vwr_net_use_control(&o, &control);
    o.shared = guest_alloc(sizeof(*o.shared));
    memset(&control, 0xa5, sizeof(control));
    control.shared = guest_alloc(sizeof(*control.shared));
    control.filters_vlans = true;
    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vwr_net_open(&net, &found.dev, &o), VWR_OK);
    CHECK(vwr_net_has(&net, VWR_NET_F_CTRL_RX) && vwr_net_has(&net, VWR_NET_F_CTRL_VLAN));
}

static void put_to(const uint8_t *to, unsigned vlan)
{
    uint8_t frame[64] = {0};

    memcpy(frame, to, 6);
    frame_put16(frame + 12, vlan != 0 ? TAGGED : 0x88b5);
    frame_put16(frame + 14, vlan);
    CHECK_SYS(send(end, frame, sizeof(frame), 0) == (ssize_t)sizeof(frame));
}

/* Returns whether a frame for this address arrives. A broadcast sent after it arrives in any case. */
static bool comes(const uint8_t *to, unsigned vlan)
{
    struct vwr_slice s[VWR_NET_SLICES];
    bool come = false;
    bool ended = false;

    put_to(to, vlan);
    put_to(everybody, 0);
    for (unsigned polls = 0; !ended;) {
        const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES);

        CHECK(n >= 0);
        if (n == 0)
            machine_wait(&polls);
        for (int k = 0; k < n; k++) {
            const bool last = memcmp(s[k].p, everybody, 6) == 0;

            CHECK(last || memcmp(s[k].p, to, 6) == 0);
            come |= !last;
            ended |= last;
            CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&net, 0), &s[k]), VWR_OK);
        }
        (void)vwr_net_receive_kick(vwr_net_get_receiveq(&net, 0));
    }
    CHECK(ended);
    return come;
}

static bool vlans_begin_full;

static void check_modes(bool legacy)
{
    struct vwr_net_ctrl_mac *const none = guest_alloc(GUEST_PAGE);
    struct vwr_net_ctrl_mac *const one = guest_alloc(GUEST_PAGE);

    memset(none, 0, sizeof(*none));
    one->entries = vwr_guest32(legacy, 1);
    memcpy(one->macs[0].octets, group, sizeof(group));
    CHECK_NUMBER(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, true), VWR_OK);
    CHECK(comes(other, 0));
    CHECK_NUMBER(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, false), VWR_OK);
    CHECK(!comes(other, 0) && comes(mac, 0) && !comes(group, 0));
    CHECK_NUMBER(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_ALLMULTI, true), VWR_OK);
    CHECK(comes(group, 0));
    CHECK_NUMBER(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_ALLMULTI, false), VWR_OK);
    CHECK_NUMBER(vwr_net_set_table(&net, none, 4, one, 10), VWR_OK);
    CHECK(comes(group, 0));
    CHECK_NUMBER(vwr_net_set_table(&net, none, 4, one, 4), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_table(&net, none, 3, one, 10), VWR_EINVAL);
    memcpy(one->macs[0].octets, other, sizeof(other));
    CHECK_NUMBER(vwr_net_set_table(&net, one, 10, none, 4), VWR_OK);
    CHECK(comes(other, 0) && !comes(group, 0));
    vlans_begin_full = comes(mac, 5); /* specified is an empty table: quirk net.vlans-begin-full */
    CHECK(comes(mac, 6) == vlans_begin_full);
    CHECK_NUMBER(vwr_net_set_vlan(&net, 5, true), VWR_OK);
    CHECK_NUMBER(vwr_net_set_vlan(&net, 6, true), VWR_OK);
    CHECK(comes(mac, 5) && comes(mac, 6));
    CHECK_NUMBER(vwr_net_set_vlan(&net, 6, false), VWR_OK);
    CHECK(comes(mac, 5) && !comes(mac, 6));
    CHECK_NUMBER(vwr_net_set_vlan(&net, VWR_NET_VLANS, true), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_NOBCAST + 1, true), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_pairs(&net, 1), VWR_EFEATURE);
    CHECK_NUMBER(vwr_net_set_pairs(&net, 2), VWR_EINVAL);
}

/* The connections here have one queue pair. With any settings that QEMU accepts, frames arrive on it. */
static void check_rss(bool legacy)
{
    static const uint16_t to_pair[1];
    static const uint8_t key[4] = {1, 2, 3, 4};
    struct vwr_net_rss s = {.key = key, .key_bytes = sizeof(key), .pair = to_pair, .entries = 1, .pairs = 1};

    CHECK_NUMBER(vwr_net_has(&net, VWR_NET_F_RSS), !legacy);
    s.hash_types = net.info.supported_hash_types;
    CHECK_NUMBER(vwr_net_set_hash(&net, &s), VWR_EFEATURE);
    CHECK_NUMBER(vwr_net_set_rss(&net, &s), legacy ? VWR_EFEATURE : VWR_OK);
    s.entries = 3;
    CHECK_NUMBER(vwr_net_set_rss(&net, &s), legacy ? VWR_EFEATURE : VWR_EINVAL);
    CHECK(comes(mac, 0));
}

/* The device uses a receive buffer that was not made available. */
static void break_ring(unsigned kind)
{
    struct vwr_slice s[VWR_NET_SLICES];

    disk_break_ring(&pair.receive.buffers.queue, kind);
    CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES), VWR_EBADRING);
}

static void settings(bool legacy, unsigned kind)
{
    static const uint8_t new_mac[6] = {0x52, 0x54, 0, 1, 2, 3};
    int r;

    begin_cable(legacy, kind);
    open_with_control(kind);
    check_modes(legacy);
    check_rss(legacy);
    CHECK_NUMBER(vwr_net_set_mac(&net, new_mac), VWR_OK);
    CHECK(comes(new_mac, 0) && !comes(mac, 0) && memcmp(net.info.mac, new_mac, 6) == 0);
    break_ring(kind);
    while ((r = vwr_recover(&net.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK(comes(new_mac, 0) && comes(other, 0) && !comes(group, 0));
    CHECK(comes(new_mac, 5) && comes(new_mac, 6) == vlans_begin_full);
    end_cable();
}

void case_net_settings(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            settings(legacy, kind);
}

/* ---- with interrupts ---- */

/* Waits for an interrupt. Returns its reason. */
static uint32_t wait_for_interrupt(void)
{
    for (unsigned polls = 0;;) {
        const uint32_t why = slot_irq(&found, SLOT);

        if (why != 0)
            return why;
        machine_wait(&polls);
    }
}

/* Polls the ring only after an interrupt. */
static void receive_by_interrupt(uint32_t number)
{
    struct vwr_slice s[VWR_NET_SLICES];

    while (!vwr_net_receive_arm(vwr_net_get_receiveq(&net, 0), 1))
        CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES), 0);
    put_into_cable(number, length_of(number));
    CHECK((wait_for_interrupt() & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0);
    CHECK_NUMBER(slot_irq(&found, SLOT), 0);
    CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES), 1);
    CHECK_NUMBER(check_packet(s, number, length_of(number)), 1);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(&net, 0));
}

/* Sends a batch. QEMU may complete all of it before the driver enables interrupts. */
static void reap_by_interrupt(uint8_t *memory, uint32_t first, unsigned count)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&net, 0);
    struct vwr_net_packet *done[BATCH];
    unsigned reaped = 0;

    for (unsigned i = 0; i < count; i++) {
        fill_frame(memory + (size_t)i * 2048, first + i, length_of(first + i));
        vwr_net_fill(&packet[i], memory + (size_t)i * 2048, length_of(first + i));
        CHECK_NUMBER(vwr_net_submit(q, &packet[i]), VWR_OK);
    }
    CHECK(vwr_net_arm(q, count));
    (void)vwr_net_kick(q);
    while (reaped < count) {
        int n;

        CHECK((wait_for_interrupt() & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0);
        do {
            n = vwr_net_reap(q, &done[reaped], count - reaped);
            CHECK(n >= 0);
            reaped += (unsigned)n;
        } while (reaped < count && !vwr_net_arm(q, count - reaped));
    }
    for (unsigned i = 0; i < count; i++)
        get_from_cable(first + i);
}

/* Interrupts are disabled, but with EVENT_IDX, QEMU may still raise some. */
static void receive_without_interrupt(unsigned kind, uint32_t first, unsigned count)
{
    uint32_t why;

    (void)slot_irq(&found, SLOT);
    receive_frames(first, count, length_of);
    why = slot_irq(&found, SLOT);
    if ((kind & DISK_EVENT) == 0)
        CHECK_NUMBER(why, 0);
}

static void by_interrupt(bool legacy, unsigned kind)
{
    uint8_t *memory;

    begin_cable(legacy, kind);
    open_net(kind, true);
    memory = guest_alloc((size_t)BATCH * 2048);
    machine_watch_lines();
    receive_without_interrupt(kind, 0, 20);
    for (uint32_t number = 0; number < 150; number++) /* for each entry of the ring */
        receive_by_interrupt(number);
    for (uint32_t number = 0; number < 400; number += 16)
        reap_by_interrupt(memory, number, 16);
    end_cable();
}

void case_net_interrupts(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            by_interrupt(legacy, kind);
}

/* Checks that the configuration has changed, and that the device reports it. */
static void changes(const char *command)
{
    while (slot_irq(&found, SLOT) != 0)
        continue;
    (void)machine_qmp(command);
    while ((wait_for_interrupt() & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) == 0)
        continue;
    CHECK_NUMBER(vwr_net_read_info(&net), VWR_OK);
}

static void link_moves(void)
{
    struct vwr_slice s[VWR_NET_SLICES];

    changes("{\"execute\": \"set_link\", \"arguments\": {\"name\": \"net0\", \"up\": false}}");
    CHECK(!vwr_net_link_is_up(&net) && memcmp(net.info.mac, mac, sizeof(mac)) == 0);
    put_into_cable(7, 100);          /* it is dropped */
    for (unsigned i = 0; i < 2; i++) /* by QEMU's loop, which answers this too */
        (void)machine_qmp("{\"execute\": \"query-name\"}");
    changes("{\"execute\": \"set_link\", \"arguments\": {\"name\": \"net0\", \"up\": true}}");
    CHECK(vwr_net_link_is_up(&net));
    CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&net, 0), s, VWR_NET_SLICES), 0);
    CHECK(comes(mac, 0));
}

static void announces(void)
{
    CHECK((net.info.status & VWR_NET_S_ANNOUNCE) == 0);
    changes("{\"execute\": \"announce-self\", \"arguments\": "
            "{\"initial\": 50, \"max\": 50, \"rounds\": 1, \"step\": 50}}");
    CHECK((net.info.status & VWR_NET_S_ANNOUNCE) != 0 && vwr_net_link_is_up(&net));
    CHECK_NUMBER(vwr_net_announced(&net), VWR_OK);
    CHECK_NUMBER(vwr_net_read_info(&net), VWR_OK);
    CHECK((net.info.status & VWR_NET_S_ANNOUNCE) == 0);
}

static void link_changes(bool legacy, unsigned kind)
{
    begin_cable(legacy, kind);
    open_with_control(kind);
    machine_watch_lines();
    link_moves();
    announces();
    CHECK_NUMBER(vwr_net_set_offloads(&net, 0), VWR_EIO); /* a socket has none, whatever the card offers */
    CHECK_NUMBER(vwr_net_set_coalescing(&net, true, 1, 1), VWR_EFEATURE);
    end_cable();
}

void case_net_link(bool legacy)
{
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind))
            link_changes(legacy, kind);
}
