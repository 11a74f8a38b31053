/* SPDX-License-Identifier: MIT */
#include "monitor_case.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/net.h"
#include "vwr/gen/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The monitor on a network card: as in monitor.c, each case breaks one rule. */

#define RAM UINT64_C(0x40000000)
#define SIZE 8u
#define PAIRS 2u
#define QUEUES (2 * PAIRS + 1) /* with MQ the last is the control queue; without it the third */
#define RINGS 0x1000u          /* a page of each queue */
#define DATA 0x8000u
#define BUFFER 0x800u
#define MTU 1500u
#define LARGE (UINT64_C(1) << 33)

#define DRIVER (VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER)
#define FEATURES (DRIVER | VWR_STATUS_FEATURES_OK)
#define RUNS (FEATURES | VWR_STATUS_DRIVER_OK)
#define WRITE VWR_VIRTQ_DESC_F_WRITE

static struct {
    _Alignas(4096) uint8_t ram[0x20000];
    struct vwr_monitor m;
    struct vwr_monitor_queue queue[QUEUES];
    struct vwr_monitor_entry entry[QUEUES * SIZE];
    struct vwr_features features;
    uint16_t avail[QUEUES], used[QUEUES];
    uint32_t next; /* a buffer that was not in use yet */
    bool packed;
} w;

static uint64_t run(void *context, uint64_t addr, const void **host)
{
    (void)context;
    if (addr < RINGS) { /* where no buffer of the driver is */
        *host = &w.ram[addr];
        return RINGS - addr;
    }
    if (addr - RAM >= sizeof(w.ram))
        return 0;
    *host = &w.ram[addr - RAM];
    return LARGE + sizeof(w.ram) - (addr - RAM); /* a buffer ends beyond the memory; nothing is read there */
}

/* ---- a start-up ---- */

static void wr(uint32_t offset, uint32_t value)
{
    vwr_monitor_access(&w.m, offset, 4, true, value);
}

static void rd(uint32_t offset, uint32_t value)
{
    vwr_monitor_access(&w.m, offset, 4, false, value);
}

static void status(uint32_t value)
{
    wr(VWR_MMIO_STATUS, value);
    rd(VWR_MMIO_STATUS, value);
}

static void config(uint32_t at, unsigned bytes, uint32_t value)
{
    vwr_monitor_access(&w.m, VWR_MMIO_CONFIG + at, bytes, false, value);
}

static uint32_t ring(uint32_t queue)
{
    return RINGS * (1 + queue);
}

static void set_up(uint32_t queue)
{
    const uint64_t at[3] = {RAM + ring(queue), RAM + ring(queue) + 0x400, RAM + ring(queue) + 0x800};

    wr(VWR_MMIO_QUEUE_SEL, queue);
    rd(VWR_MMIO_QUEUE_READY, 0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, SIZE);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
    for (unsigned i = 0; i < 3; i++) {
        static const uint32_t low[3] = {VWR_MMIO_QUEUE_DESC_LOW, VWR_MMIO_QUEUE_DRIVER_LOW,
                                        VWR_MMIO_QUEUE_DEVICE_LOW};

        wr(low[i], (uint32_t)at[i]);
        wr(low[i] + 4, (uint32_t)(at[i] >> 32));
    }
    wr(VWR_MMIO_QUEUE_READY, 1);
}

/* A device with these features, and a driver that knows it. */
static void begin(const uint8_t *feature, size_t count)
{
    const struct vwr_monitor_setup s = {
        .thorough = true,
        .rules = vwr_net_feature_rules,
        .rule_count = VWR_NET_FEATURE_RULE_COUNT,
        .fields = vwr_net_config_fields,
        .field_count = VWR_NET_CONFIG_FIELD_COUNT,
        .feature_names = vwr_net_feature_names,
        .net = true,
        .run = run,
        .queue = w.queue,
        .queue_count = QUEUES,
        .entry_count = VWR_COUNT(w.entry),
        .entry = w.entry,
    };

    memset(&w, 0, sizeof(w));
    for (size_t i = 0; i < count; i++)
        vwr_features_add(&w.features, feature[i]);
    assert_int_equal(vwr_monitor_init(&w.m, &s), VWR_OK);
    rd(VWR_MMIO_MAGIC_VALUE, VWR_MMIO_MAGIC_VALUE_VALUE);
    rd(VWR_MMIO_VERSION, VWR_MMIO_VERSION_MODERN);
    rd(VWR_MMIO_DEVICE_ID, 1);
    status(0);
    status(VWR_STATUS_ACKNOWLEDGE);
    status(DRIVER);
    w.packed = vwr_features_have(&w.features, VWR_F_RING_PACKED);
}

/* The driver reads the device's features, starting with a word, and accepts all but one, or all. */
static void accept(unsigned first, uint8_t refused)
{
    struct vwr_features accepted = w.features;

    if (refused != VWR_FEATURE_NONE)
        accepted.w[refused / 32] &= ~(1u << refused % 32);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        if (i >= first) {
            wr(VWR_MMIO_DEVICE_FEATURES_SEL, i);
            rd(VWR_MMIO_DEVICE_FEATURES, w.features.w[i]);
        }
        wr(VWR_MMIO_DRIVER_FEATURES_SEL, i);
        wr(VWR_MMIO_DRIVER_FEATURES, accepted.w[i]);
    }
    status(FEATURES);
}

static void negotiate(const uint8_t *feature, size_t count, uint8_t refused)
{
    begin(feature, count);
    accept(0, refused);
}

#define ALL(...) ((const uint8_t[]){VWR_F_VERSION_1, __VA_ARGS__})
#define NEGOTIATE(...) negotiate(ALL(__VA_ARGS__), sizeof(ALL(__VA_ARGS__)), VWR_FEATURE_NONE)

static void go(void)
{
    if (vwr_features_have(&w.features, VWR_NET_F_MQ))
        config(VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, 2, PAIRS);
    for (uint32_t i = 0; i < QUEUES; i++)
        set_up(i);
    status(RUNS);
}

#define START(...)              \
    do {                        \
        NEGOTIATE(__VA_ARGS__); \
        go();                   \
    } while (0)

/* ---- rings ---- */

static void put16(uint32_t at, uint32_t v)
{
    const uint16_t le = vwr_cpu_to_le16((uint16_t)v);

    memcpy(&w.ram[at], &le, sizeof(le));
}

static void put32(uint32_t at, uint32_t v)
{
    const uint32_t le = vwr_cpu_to_le32(v);

    memcpy(&w.ram[at], &le, sizeof(le));
}

/* Descriptor i of a queue: a separate buffer. Returns its address. */
static uint32_t desc(uint32_t queue, uint32_t i, uint32_t bytes, uint32_t flags)
{
    const uint32_t at = ring(queue) + 16 * i, buffer = DATA + BUFFER * w.next;

    w.next = (w.next + 1) % ((sizeof(w.ram) - DATA) / BUFFER);
    put32(at, (uint32_t)RAM + buffer);
    put32(at + 4, 0);
    put32(at + 8, bytes);
    put16(at + 12, w.packed ? i : flags);
    put16(at + 14, w.packed ? flags : 0);
    return buffer;
}

/* Makes a buffer of one descriptor available, after writing its contents. Returns its address. */
static uint32_t give(uint32_t queue, uint32_t bytes, uint32_t flags, const void *from, size_t length)
{
    const uint32_t i = w.avail[queue]++ % SIZE;
    const uint32_t buffer = desc(queue, i, bytes, w.packed ? flags | VWR_VIRTQ_DESC_F_AVAIL : flags);

    memcpy(&w.ram[buffer], from, length);
    if (!w.packed) {
        put16(ring(queue) + 0x400 + 4 + 2 * i, i);
        put16(ring(queue) + 0x400 + 2, w.avail[queue]);
    }
    return buffer;
}

/* The device uses the oldest buffer. */
static void use(uint32_t queue, uint32_t bytes)
{
    const uint32_t i = w.used[queue]++ % SIZE;
    const uint32_t at = ring(queue) + 0x800 + 4 + 8 * i;

    if (w.packed) {
        put32(ring(queue) + 16 * i + 8, bytes);
        put16(ring(queue) + 16 * i + 14, WRITE | VWR_PACKED_WRAP_FLAGS);
        return;
    }
    put32(at, i);
    put32(at + 4, bytes);
    put16(ring(queue) + 0x800 + 2, w.used[queue]);
}

static void kick(uint32_t queue)
{
    vwr_monitor_look(&w.m, VWR_BY_DRIVER);
    wr(VWR_MMIO_QUEUE_NOTIFY, queue);
}

static void device(void)
{
    vwr_monitor_look(&w.m, VWR_BY_DEVICE);
}

/* ---- packets and commands ---- */

static struct vwr_net_hdr header(unsigned flags, unsigned gso, unsigned size, unsigned num_buffers)
{
    return (struct vwr_net_hdr){.flags = (uint8_t)flags,
                                .gso_type = (uint8_t)gso,
                                .gso_size = vwr_cpu_to_le16((uint16_t)size),
                                .num_buffers = vwr_cpu_to_le16((uint16_t)num_buffers)};
}

static uint32_t header_bytes(void)
{
    return (uint32_t)vwr_net_hdr_size(&w.features);
}

static void send_by(uint32_t queue, const struct vwr_net_hdr *h, uint32_t packet)
{
    (void)give(queue, header_bytes() + packet, 0, h, header_bytes());
    kick(queue);
}

static void sent(unsigned flags, unsigned gso, unsigned size)
{
    const struct vwr_net_hdr h = header(flags, gso, size, 0);

    send_by(VWR_NET_QUEUE_TRANSMITQ, &h, 100);
}

static void received_by(const struct vwr_net_hdr *h, uint32_t packet)
{
    const uint32_t at = give(VWR_NET_QUEUE_RECEIVEQ, 65609, WRITE, h, 0);

    kick(VWR_NET_QUEUE_RECEIVEQ);
    memcpy(&w.ram[at], h, header_bytes());
    use(VWR_NET_QUEUE_RECEIVEQ, header_bytes() + packet);
    device();
}

static void received(unsigned flags, unsigned gso, unsigned size)
{
    const struct vwr_net_hdr h = header(flags, gso, size, 1);

    received_by(&h, 100);
}

static uint32_t control(void)
{
    return vwr_features_have(&w.features, VWR_NET_F_MQ) ? 2 * PAIRS : 2;
}

static void command(unsigned class_, unsigned number, uint64_t value, uint32_t bytes)
{
    uint8_t words[10] = {(uint8_t)class_, (uint8_t)number};

    for (unsigned i = 0; i < 8; i++)
        words[2 + i] = (uint8_t)(value >> 8 * i);
    (void)give(control(), 2 + bytes, 0, words, sizeof(words));
    kick(control());
}

/* ---- what is right ---- */

#define CSUM VWR_NET_HDR_F_NEEDS_CSUM
#define TCP4 VWR_NET_HDR_GSO_TCPV4
#define OFFLOADS VWR_NET_F_CSUM, VWR_NET_F_HOST_TSO4
#define GUEST_OFFLOADS VWR_NET_F_GUEST_CSUM, VWR_NET_F_GUEST_TSO4
#define TUNNELS \
    OFFLOADS, VWR_NET_F_HOST_TSO6, VWR_NET_F_HOST_USO, VWR_NET_F_HOST_UFO, VWR_NET_F_HOST_UDP_TUNNEL_GSO
#define GUEST_TUNNELS                                                                 \
    GUEST_OFFLOADS, VWR_NET_F_GUEST_TSO6, VWR_NET_F_GUEST_USO4, VWR_NET_F_GUEST_USO6, \
        VWR_NET_F_GUEST_UDP_TUNNEL_GSO

static void packets_in_several_buffers(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 2);
    uint32_t at;

    START(VWR_NET_F_MRG_RXBUF);
    for (unsigned lap = 0; lap < 3; lap++) {
        at = give(VWR_NET_QUEUE_RECEIVEQ, 256, WRITE, &h, 0);
        (void)give(VWR_NET_QUEUE_RECEIVEQ, 256, WRITE, &h, 0);
        kick(VWR_NET_QUEUE_RECEIVEQ);
        memcpy(&w.ram[at], &h, header_bytes());
        use(VWR_NET_QUEUE_RECEIVEQ, 256);
        use(VWR_NET_QUEUE_RECEIVEQ, 100);
        device();
    }
    assert_int_equal(w.m.found, 0);
}

/*
 * Buffers that were made available and used between two inspections are not checked, nor are the following
 * ones.
 */
static void unseen_packets(void)
{
    const struct vwr_net_hdr right = header(0, 0, 0, 2), wrong = header(0, 0, 0, 0);
    uint32_t at;

    START(VWR_NET_F_MRG_RXBUF);
    at = give(VWR_NET_QUEUE_RECEIVEQ, 256, WRITE, &right, 0);
    memcpy(&w.ram[at], &right, header_bytes());
    use(VWR_NET_QUEUE_RECEIVEQ, 256);
    at = give(VWR_NET_QUEUE_RECEIVEQ, 256, WRITE, &right, 0);
    vwr_monitor_look(&w.m, VWR_BY_DRIVER | VWR_BY_DEVICE);
    memcpy(&w.ram[at], &wrong, header_bytes()); /* the second buffer of the packet */
    use(VWR_NET_QUEUE_RECEIVEQ, 100);
    device();
    assert_int_equal(w.m.found, 0);
    received_by(&wrong, 100);
    assert_int_equal(w.m.found, 0);
}

/* The finding, if there is one, is in the message. */
static void nothing_is_found(void)
{
    char text[400];

    if (w.m.found != 0) {
        (void)vwr_monitor_explain(&w.m, &w.m.first, text, sizeof(text));
        print_error("%s\n", text);
    }
    assert_int_equal(w.m.found, 0);
}

void net_is_right(void **state)
{
    (void)state;
    START(TUNNELS, VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM, VWR_NET_F_HOST_ECN, GUEST_TUNNELS,
          VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM, VWR_NET_F_GUEST_ECN);
    sent(0, 0, 0);
    sent(CSUM, TCP4 | VWR_NET_HDR_GSO_ECN, 1448);
    sent(CSUM | VWR_NET_HDR_F_UDP_TUNNEL_CSUM, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4, 1448);
    received(CSUM, TCP4 | VWR_NET_HDR_GSO_ECN, 1448);
    received(CSUM, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6, 1448);
    received(VWR_NET_HDR_F_DATA_VALID, 0, 0);
    nothing_is_found();
    START(VWR_F_RING_PACKED, GUEST_OFFLOADS, OFFLOADS);
    sent(CSUM, TCP4, 1448);
    received(CSUM, TCP4, 1448);
    received(VWR_NET_HDR_F_DATA_VALID, 0, 0);
    nothing_is_found();
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ, VWR_NET_F_RSS, VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_RX_EXTRA,
          VWR_NET_F_CTRL_MAC_ADDR, VWR_NET_F_NOTF_COAL, VWR_NET_F_VQ_NOTF_COAL, VWR_NET_F_RSS_CONTEXT,
          VWR_NET_F_CTRL_GUEST_OFFLOADS, VWR_NET_F_GUEST_CSUM);
    command(VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, 1, 1);
    command(VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOUNI, 1, 1);
    command(VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET, 0, 8);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, PAIRS, 2);
    command(VWR_NET_CTRL_GUEST_OFFLOADS, VWR_NET_CTRL_GUEST_OFFLOADS_SET, 2, 8);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_SET, 3, 12);
    command(VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_DEL, 1, 2);
    send_by(3, &(struct vwr_net_hdr){0}, 100);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_RSS_CONFIG, UINT64_C(0x7f) << 32, 8);
    send_by(3, &(struct vwr_net_hdr){0}, 100); /* the table may name any queue */
    nothing_is_found();
    packets_in_several_buffers();
    unseen_packets();
}

/* ---- features and configuration ---- */

static void net_hash_report(void)
{
    negotiate(ALL(VWR_NET_F_HASH_REPORT, VWR_NET_F_CTRL_VQ), 3, VWR_NET_F_CTRL_VQ);
}

static void net_rx_extra(void)
{
    negotiate(ALL(VWR_NET_F_CTRL_RX_EXTRA, VWR_NET_F_CTRL_VQ), 3, VWR_NET_F_CTRL_VQ);
}

static void net_device_hash_report(void)
{
    NEGOTIATE(VWR_NET_F_HASH_REPORT);
}

static void net_device_rx_extra(void)
{
    NEGOTIATE(VWR_NET_F_CTRL_RX_EXTRA);
}

static void net_config_written(void)
{
    START(VWR_NET_F_MTU);
    vwr_monitor_access(&w.m, VWR_MMIO_CONFIG + VWR_NET_CONFIG_MTU, 2, true, MTU);
}

static void net_config_pairs(void)
{
    NEGOTIATE(VWR_NET_F_MQ, VWR_NET_F_CTRL_VQ);
    config(VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, 2, VWR_NET_CTRL_MQ_VQ_PAIRS_MAX);
    assert_int_equal(w.m.found, 0);
    config(VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, 2, 0);
}

static void net_config_mtu(void)
{
    NEGOTIATE(VWR_NET_F_MTU);
    config(VWR_NET_CONFIG_MTU, 2, 67);
}

static void net_config_mtu_low(void)
{
    NEGOTIATE(VWR_NET_F_MTU);
    config(VWR_NET_CONFIG_MTU, 2, 1279);
}

static void net_config_mtu_changed(void)
{
    NEGOTIATE(VWR_NET_F_MTU);
    config(VWR_NET_CONFIG_MTU, 2, MTU);
    config(VWR_NET_CONFIG_MTU, 2, MTU);
    assert_int_equal(w.m.found, 0);
    config(VWR_NET_CONFIG_MTU, 2, MTU + 1);
}

static void net_config_key(void)
{
    NEGOTIATE(VWR_NET_F_RSS, VWR_NET_F_CTRL_VQ);
    config(VWR_NET_CONFIG_RSS_MAX_KEY_SIZE, 1, 40);
    assert_int_equal(w.m.found, 0);
    config(VWR_NET_CONFIG_RSS_MAX_KEY_SIZE, 1, 39);
}

static void net_config_table(void)
{
    NEGOTIATE(VWR_NET_F_RSS, VWR_NET_F_CTRL_VQ);
    config(VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH, 2, 128);
    assert_int_equal(w.m.found, 0);
    config(VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH, 2, 127);
}

static void net_config_speed(void)
{
    NEGOTIATE(VWR_NET_F_SPEED_DUPLEX);
    config(VWR_NET_CONFIG_SPEED, 4, 0x7fffffff);
    config(VWR_NET_CONFIG_SPEED, 4, UINT32_MAX);
    assert_int_equal(w.m.found, 0);
    config(VWR_NET_CONFIG_SPEED, 4, 0x80000000);
}

static void net_config_duplex(void)
{
    NEGOTIATE(VWR_NET_F_SPEED_DUPLEX);
    config(VWR_NET_CONFIG_DUPLEX, 1, 0);
    config(VWR_NET_CONFIG_DUPLEX, 1, 1);
    config(VWR_NET_CONFIG_DUPLEX, 1, 0xff);
    assert_int_equal(w.m.found, 0);
    config(VWR_NET_CONFIG_DUPLEX, 1, 2);
}

/* ---- packets of the driver ---- */

static void net_header(void)
{
    START(VWR_NET_F_MAC);
    (void)give(VWR_NET_QUEUE_TRANSMITQ, 10, 0, "", 1);
    kick(VWR_NET_QUEUE_TRANSMITQ);
}

static void net_num_buffers(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 1);

    START(VWR_NET_F_MAC);
    send_by(VWR_NET_QUEUE_TRANSMITQ, &h, 100);
}

static void net_checksum(void)
{
    START(VWR_NET_F_MAC);
    sent(CSUM, 0, 0);
}

static void net_gso(void)
{
    START(VWR_NET_F_CSUM);
    sent(CSUM, TCP4, 1448);
}

static void net_tso4(void)
{
    START(VWR_NET_F_CSUM, VWR_NET_F_HOST_TSO6);
    sent(CSUM, TCP4, 1448);
}

static void net_tso6(void)
{
    START(OFFLOADS);
    sent(CSUM, VWR_NET_HDR_GSO_TCPV6, 1448);
}

static void net_ufo(void)
{
    START(OFFLOADS);
    sent(CSUM, VWR_NET_HDR_GSO_UDP, 1448);
}

static void net_uso(void)
{
    START(OFFLOADS);
    sent(CSUM, VWR_NET_HDR_GSO_UDP_L4, 1448);
}

static void net_ecn(void)
{
    START(OFFLOADS);
    sent(CSUM, TCP4 | VWR_NET_HDR_GSO_ECN, 1448);
}

static void net_tunnel(void)
{
    START(OFFLOADS);
    sent(CSUM, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4, 1448);
}

static void net_tunnel_csum(void)
{
    START(TUNNELS);
    sent(CSUM | VWR_NET_HDR_F_UDP_TUNNEL_CSUM, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4, 1448);
}

static void net_tunnel_ufo(void)
{
    START(TUNNELS);
    sent(CSUM, VWR_NET_HDR_GSO_UDP | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4, 1448);
}

static void net_tunnel_both(void)
{
    START(TUNNELS);
    sent(CSUM, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6, 1448);
}

static void net_tunnel_csum_alone(void)
{
    START(TUNNELS, VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM);
    sent(CSUM | VWR_NET_HDR_F_UDP_TUNNEL_CSUM, TCP4, 1448);
}

static void net_gso_checksum(void)
{
    START(OFFLOADS);
    sent(0, TCP4, 1448);
}

static void net_gso_size(void)
{
    START(OFFLOADS);
    sent(CSUM, TCP4, 0);
}

static void net_csum_place(void)
{
    struct vwr_net_hdr h = header(CSUM, 0, 0, 0);

    START(OFFLOADS);
    h.csum_start = vwr_cpu_to_le16(34);
    h.csum_offset = vwr_cpu_to_le16(6);
    send_by(VWR_NET_QUEUE_TRANSMITQ, &h, 42);
    assert_int_equal(w.m.found, 0);
    send_by(VWR_NET_QUEUE_TRANSMITQ, &h, 41);
}

static void net_device_flags(void)
{
    START(OFFLOADS);
    sent(VWR_NET_HDR_F_DATA_VALID, 0, 0);
}

static void net_mtu(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 0);

    NEGOTIATE(VWR_NET_F_MTU);
    config(VWR_NET_CONFIG_MTU, 2, MTU);
    go();
    send_by(VWR_NET_QUEUE_TRANSMITQ, &h, MTU + 18);
    assert_int_equal(w.m.found, 0);
    send_by(VWR_NET_QUEUE_TRANSMITQ, &h, MTU + 19);
}

static void net_pairs(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 2, 2);
    send_by(3, &(struct vwr_net_hdr){0}, 100);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 1, 2);
    send_by(3, &(struct vwr_net_hdr){0}, 100);
}

static void net_pairs_before(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    send_by(3, &(struct vwr_net_hdr){0}, 100);
}

static void net_rx_room(void)
{
    START(VWR_NET_F_MRG_RXBUF);
    (void)give(VWR_NET_QUEUE_RECEIVEQ, 12, WRITE, "", 0);
    kick(VWR_NET_QUEUE_RECEIVEQ);
    assert_int_equal(w.m.found, 0);
    (void)give(VWR_NET_QUEUE_RECEIVEQ, 11, WRITE, "", 0);
    kick(VWR_NET_QUEUE_RECEIVEQ);
}

static void fill(uint32_t bytes)
{
    (void)give(VWR_NET_QUEUE_RECEIVEQ, bytes, WRITE, "", 0);
    kick(VWR_NET_QUEUE_RECEIVEQ);
}

static void net_rx_large(void)
{
    START(GUEST_OFFLOADS);
    fill(65601);
    assert_int_equal(w.m.found, 0);
    fill(65600);
}

static void net_rx_small(void)
{
    START(VWR_NET_F_MAC);
    fill(1526);
    assert_int_equal(w.m.found, 0);
    fill(1525);
}

static void net_rx_small_with_hash(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_HASH_REPORT);
    fill(1534);
    assert_int_equal(w.m.found, 0);
    fill(1533);
}

/* ---- packets of the device ---- */

static void net_rx_num_buffers(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 2);

    START(VWR_NET_F_MAC);
    received_by(&h, 100);
}

static void net_rx_buffers(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 0);

    START(VWR_NET_F_MRG_RXBUF);
    received_by(&h, 100);
}

static void net_rx_partial(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 2);

    START(VWR_NET_F_MRG_RXBUF);
    received_by(&h, 100);
}

static void net_rx_checksum(void)
{
    START(VWR_NET_F_MAC);
    received(VWR_NET_HDR_F_DATA_VALID, 0, 0);
}

static void net_rx_checksum_packed(void)
{
    START(VWR_F_RING_PACKED);
    received(VWR_NET_HDR_F_DATA_VALID, 0, 0);
}

static void net_rx_gso(void)
{
    START(VWR_NET_F_GUEST_CSUM);
    received(CSUM, TCP4, 1448);
}

static void net_rx_tso4(void)
{
    START(VWR_NET_F_GUEST_CSUM, VWR_NET_F_GUEST_TSO6);
    received(CSUM, TCP4, 1448);
}

static void net_rx_ufo(void)
{
    START(GUEST_OFFLOADS);
    received(CSUM, VWR_NET_HDR_GSO_UDP, 1448);
}

static void net_rx_tso6(void)
{
    START(GUEST_OFFLOADS);
    received(CSUM, VWR_NET_HDR_GSO_TCPV6, 1448);
}

static void net_rx_uso(void)
{
    START(GUEST_OFFLOADS);
    received(CSUM, VWR_NET_HDR_GSO_UDP_L4, 1448);
}

static void net_rx_tunnel(void)
{
    START(GUEST_OFFLOADS);
    received(CSUM, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6, 1448);
}

static void net_rx_tunnel_csum(void)
{
    START(GUEST_TUNNELS);
    received(CSUM | VWR_NET_HDR_F_UDP_TUNNEL_CSUM, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6, 1448);
}

static void net_rx_ecn(void)
{
    START(GUEST_OFFLOADS);
    received(CSUM, TCP4 | VWR_NET_HDR_GSO_ECN, 1448);
}

static void net_rx_gso_checksum(void)
{
    START(GUEST_OFFLOADS);
    received(0, TCP4, 1448);
}

static void net_rx_gso_size(void)
{
    START(GUEST_OFFLOADS);
    received(CSUM, TCP4, 0);
}

static void net_rx_rsc(void)
{
    START(GUEST_OFFLOADS);
    received(VWR_NET_HDR_F_RSC_INFO, 0, 0);
}

static void net_rx_rsc_missing(void)
{
    START(GUEST_OFFLOADS, OFFLOADS, VWR_NET_F_RSC_EXT);
    received(CSUM | VWR_NET_HDR_F_RSC_INFO, TCP4, 1448);
    assert_int_equal(w.m.found, 0);
    received(CSUM, TCP4, 1448);
}

static void net_rx_csum_place(void)
{
    struct vwr_net_hdr h = header(CSUM, 0, 0, 1);

    START(GUEST_OFFLOADS);
    h.csum_start = vwr_cpu_to_le16(34);
    h.csum_offset = vwr_cpu_to_le16(6);
    received_by(&h, 42);
    assert_int_equal(w.m.found, 0);
    received_by(&h, 41);
}

static void net_rx_data_valid(void)
{
    START(GUEST_TUNNELS);
    received(CSUM | VWR_NET_HDR_F_DATA_VALID, TCP4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6, 1448);
}

static void net_rx_mtu(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 1);

    NEGOTIATE(VWR_NET_F_MTU);
    config(VWR_NET_CONFIG_MTU, 2, MTU);
    go();
    received_by(&h, MTU + 18);
    assert_int_equal(w.m.found, 0);
    received_by(&h, MTU + 19);
}

static void receive_in(uint32_t queue)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 1);
    const uint32_t at = give(queue, BUFFER, WRITE, "", 0);

    kick(queue);
    memcpy(&w.ram[at], &h, header_bytes());
    use(queue, header_bytes() + 100);
    device();
}

static void net_rx_pairs(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    receive_in(2);
}

/* A command for fewer pairs binds the device once it has used the command. */
static void net_rx_pairs_later(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 2, 2);
    use(control(), 0);
    device();
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 1, 2);
    receive_in(2);
    use(control(), 0);
    device();
    assert_int_equal(w.m.found, 0);
    receive_in(2);
}

/* ---- commands ---- */

static void net_modes(void)
{
    START(VWR_NET_F_CTRL_VQ);
    command(VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, 1, 1);
}

static void net_modes_extra(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_RX);
    command(VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOMULTI, 1, 1);
}

static void net_mac(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_MAC_ADDR);
    command(VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_ADDR_SET, 2, 6);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET, 0, 8);
}

static void net_mac_table(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_RX);
    command(VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET, 2, 20);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET, 2, 19);
}

static void net_pairs_value(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, PAIRS + 1, 2);
}

static void net_pairs_none(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 0, 2);
}

static void net_pairs_queue(void)
{
    NEGOTIATE(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    config(VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, 2, PAIRS);
    set_up(control());
    set_up(VWR_NET_QUEUE_RECEIVEQ);
    set_up(VWR_NET_QUEUE_TRANSMITQ);
    status(RUNS);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 1, 2);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 2, 2);
}

static void net_rss(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_RSS_CONFIG, 0, 8);
}

static void start_rss(void)
{
    NEGOTIATE(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ, VWR_NET_F_RSS);
    config(VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH, 2, 128);
    config(VWR_NET_CONFIG_SUPPORTED_HASH_TYPES, 4, 0x3);
    go();
}

/* Hash types, then the mask. */
static void configure_rss(uint32_t types, uint64_t mask)
{
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_RSS_CONFIG, types | mask << 32, 8);
}

static void net_rss_mask(void)
{
    start_rss();
    configure_rss(3, 127);
    assert_int_equal(w.m.found, 0);
    configure_rss(3, 126);
}

static void net_rss_length(void)
{
    start_rss();
    configure_rss(3, 255);
}

static void net_rss_types(void)
{
    start_rss();
    configure_rss(4, 1);
}

static void net_hash_tunnel(void)
{
    START(VWR_NET_F_CTRL_VQ);
    command(VWR_NET_CTRL_HASH_TUNNEL, VWR_NET_CTRL_HASH_TUNNEL_SET, 0, 4);
}

static void net_hash_tunnel_types(void)
{
    NEGOTIATE(VWR_NET_F_CTRL_VQ, VWR_NET_F_HASH_REPORT, VWR_NET_F_HASH_TUNNEL);
    config(VWR_NET_CONFIG_SUPPORTED_TUNNEL_TYPES, 4, 1);
    go();
    command(VWR_NET_CTRL_HASH_TUNNEL, VWR_NET_CTRL_HASH_TUNNEL_SET, 1, 4);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_HASH_TUNNEL, VWR_NET_CTRL_HASH_TUNNEL_SET, 2, 4);
}

static void net_offloads(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_GUEST_OFFLOADS, VWR_NET_F_GUEST_CSUM);
    command(VWR_NET_CTRL_GUEST_OFFLOADS, VWR_NET_CTRL_GUEST_OFFLOADS_SET, UINT64_C(1) << 46, 8);
}

static void net_coal(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_VQ_NOTF_COAL);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_TX_SET, 0, 8);
}

static void net_queue_coal(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_NOTF_COAL);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_GET, 0, 4);
}

static void net_coal_queue(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_VQ_NOTF_COAL);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_GET, 1, 4);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_GET, 2, 4);
}

static void net_context(void)
{
    START(VWR_NET_F_CTRL_VQ);
    command(VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_CAP_GET, 0, 0);
}

static void net_context_id(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ, VWR_NET_F_RSS, VWR_NET_F_RSS_CONTEXT);
    command(VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_CAP_GET, 0, 0);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_DEL, 0, 2);
}

/* ---- what is next to a rule ---- */

static void feature_words_unread(void)
{
    begin(ALL(VWR_NET_F_HASH_REPORT), 2);
    accept(1, VWR_NET_F_HASH_REPORT); /* CTRL_VQ is in word 0 */
}

static void mtu_without_its_feature(void)
{
    START(VWR_NET_F_MAC);
    config(VWR_NET_CONFIG_MTU, 2, 1279);
    assert_int_equal(w.m.found, 1);
}

static void mtu_unread(void)
{
    START(VWR_NET_F_MTU);
    send_by(VWR_NET_QUEUE_TRANSMITQ, &(struct vwr_net_hdr){0}, MTU + 19);
    fill(1526);
}

static void uso6_alone(void)
{
    START(VWR_NET_F_GUEST_CSUM, VWR_NET_F_GUEST_USO6);
    received(CSUM, VWR_NET_HDR_GSO_UDP_L4, 1448);
    fill(65601);
    assert_int_equal(w.m.found, 0);
    fill(65600);
}

/* The first buffer of a packet whose data continues in other buffers. */
static void receive_first(const struct vwr_net_hdr *h, uint32_t room, uint32_t bytes)
{
    const uint32_t at = give(VWR_NET_QUEUE_RECEIVEQ, room, WRITE, h, 0);

    kick(VWR_NET_QUEUE_RECEIVEQ);
    memcpy(&w.ram[at], h, header_bytes());
    use(VWR_NET_QUEUE_RECEIVEQ, bytes);
    device();
}

/* The first buffer does not state the length of the whole packet. */
static void csum_place_of_several(void)
{
    struct vwr_net_hdr h = header(CSUM, 0, 0, 2);

    START(VWR_NET_F_MRG_RXBUF, VWR_NET_F_GUEST_CSUM);
    h.csum_start = vwr_cpu_to_le16(300);
    receive_first(&h, 256, 256);
}

/* A buffer whose length exceeds what the monitor keeps. */
static void room_unknown(void)
{
    const struct vwr_net_hdr h = header(0, 0, 0, 2);

    START(VWR_NET_F_MRG_RXBUF);
    receive_first(&h, UINT32_MAX, 100);
}

/* Fewer bytes than a header: what else is in the buffer, and whose the next is, is unknown. */
static void received_less_than_a_header(void)
{
    const struct vwr_net_hdr wrong = header(0, 0, 0, 0);

    START(VWR_NET_F_MRG_RXBUF);
    receive_first(&wrong, 256, 11);
    received_by(&wrong, 100);
}

/* The device reports a write although it had no space for a byte. There is memory at address 0, with a wrong
 * header.
 */
static void received_in_no_room(void)
{
    START(VWR_NET_F_MRG_RXBUF);
    (void)give(VWR_NET_QUEUE_RECEIVEQ, 256, 0, "", 0);
    kick(VWR_NET_QUEUE_RECEIVEQ);
    use(VWR_NET_QUEUE_RECEIVEQ, 256);
    device();
    assert_int_equal(w.m.found, 2); /* the room, and the used length */
}

static const struct vwr_net_hdr wrong_flags = {.flags = VWR_NET_HDR_F_DATA_VALID};

/* Without MQ a queue behind the control queue is none of the card's. */
static void queue_behind_control(void)
{
    START(VWR_NET_F_MAC);
    send_by(3, &wrong_flags, 100);
}

static void start_unread(uint8_t feature)
{
    NEGOTIATE(VWR_NET_F_CTRL_VQ, feature);
    for (uint32_t i = 0; i < QUEUES; i++)
        set_up(i);
    status(RUNS);
}

/* The driver has not read which queue is the control queue; only those of the first pair are known. */
static void pairs_unread(void)
{
    start_unread(VWR_NET_F_MQ);
    send_by(3, &wrong_flags, 100);
    assert_int_equal(w.m.found, 0);
    send_by(VWR_NET_QUEUE_TRANSMITQ, &wrong_flags, 100);
}

static void pairs_unread_with_rss(void)
{
    start_unread(VWR_NET_F_RSS);
    send_by(3, &wrong_flags, 100);
}

/* A monitor that runs concurrently with both sides sees commands late. */
static void live_pairs(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    w.m.s.live = true;
    send_by(3, &(struct vwr_net_hdr){0}, 100);
    receive_in(2);
    assert_int_equal(w.m.found, 0);
    send_by(3, &wrong_flags, 100);
}

static void set_pairs(uint32_t pairs)
{
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, pairs, 2);
}

/* The device has used one of two commands. */
static void one_command_of_two(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ);
    set_pairs(2);
    set_pairs(1);
    use(control(), 0);
    device();
    receive_in(2);
    assert_int_equal(w.m.found, 0);
    use(control(), 0);
    device();
    receive_in(2);
}

/* Until the device has used the command, it may deliver where a table said. */
static void pairs_after_a_table(void)
{
    start_rss();
    configure_rss(3, 127);
    set_pairs(1);
    receive_in(2);
    assert_int_equal(w.m.found, 0);
    use(control(), 0);
    use(control(), 0);
    device();
    receive_in(2);
}

/* A card without MQ: no field says how many pairs there are, and only its first queues are watched. */
static void pairs_of_one_pair(void)
{
    START(VWR_NET_F_CTRL_VQ);
    set_pairs(QUEUES);
    set_pairs(VWR_NET_CTRL_MQ_VQ_PAIRS_MAX);
    assert_int_equal(w.m.found, 0);
    set_pairs(VWR_NET_CTRL_MQ_VQ_PAIRS_MAX + 1);
}

static void tunnel_types_unread(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_HASH_REPORT, VWR_NET_F_HASH_TUNNEL);
    command(VWR_NET_CTRL_HASH_TUNNEL, VWR_NET_CTRL_HASH_TUNNEL_SET, 2, 4);
}

static void coal_of_a_queue_not_ready(void)
{
    NEGOTIATE(VWR_NET_F_CTRL_VQ, VWR_NET_F_MQ, VWR_NET_F_VQ_NOTF_COAL);
    config(VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, 2, PAIRS);
    set_up(VWR_NET_QUEUE_RECEIVEQ);
    set_up(VWR_NET_QUEUE_TRANSMITQ);
    set_up(control());
    status(RUNS);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_GET, 1, 4);
    assert_int_equal(w.m.found, 0);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_GET, 2, 4);
}

/*
 * Commands that do not exist in their class, or have no queue: their data would be wrong for other commands.
 */
static void commands_beside_others(void)
{
    START(VWR_NET_F_CTRL_VQ, VWR_NET_F_NOTF_COAL, VWR_NET_F_CTRL_GUEST_OFFLOADS, VWR_NET_F_HASH_REPORT,
          VWR_NET_F_HASH_TUNNEL);
    config(VWR_NET_CONFIG_SUPPORTED_TUNNEL_TYPES, 4, 1);
    command(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_RSS_CONFIG + 1, UINT64_C(0x7e) << 32, 8);
    command(VWR_NET_CTRL_GUEST_OFFLOADS, VWR_NET_CTRL_GUEST_OFFLOADS_SET + 1, UINT64_MAX, 8);
    command(VWR_NET_CTRL_HASH_TUNNEL, VWR_NET_CTRL_HASH_TUNNEL_SET + 1, 2, 4);
    command(VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_TX_SET, UINT64_MAX, 8);
}

/* Each command that needs a feature, without it. */
static void commands_without_features(void)
{
    static const struct {
        uint8_t class_, number;
        enum vwr_rule_number rule;
    } rows[] = {
        {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, VWR_RULE_NET_MODES},
        {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_ALLMULTI, VWR_RULE_NET_MODES},
        {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_ALLUNI, VWR_RULE_NET_MODES_EXTRA},
        {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOMULTI, VWR_RULE_NET_MODES_EXTRA},
        {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOUNI, VWR_RULE_NET_MODES_EXTRA},
        {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOBCAST, VWR_RULE_NET_MODES_EXTRA},
        {VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET, VWR_RULE_NET_MAC},
        {VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_ADDR_SET, VWR_RULE_NET_MAC},
        {VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_RSS_CONFIG, VWR_RULE_NET_RSS},
        {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_TX_SET, VWR_RULE_NET_COAL},
        {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_RX_SET, VWR_RULE_NET_COAL},
        {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_SET, VWR_RULE_NET_QUEUE_COAL},
        {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_GET, VWR_RULE_NET_QUEUE_COAL},
        {VWR_NET_CTRL_HASH_TUNNEL, VWR_NET_CTRL_HASH_TUNNEL_SET, VWR_RULE_NET_HASH_TUNNEL},
        {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_CAP_GET, VWR_RULE_NET_CONTEXT},
        {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_ADD, VWR_RULE_NET_CONTEXT},
        {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_MOD, VWR_RULE_NET_CONTEXT},
        {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_DEL, VWR_RULE_NET_CONTEXT},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        START(VWR_NET_F_CTRL_VQ);
        command(rows[i].class_, rows[i].number, 0, 8);
        assert_int_equal(w.m.found, 1);
        assert_int_equal(w.m.first.rule, rows[i].rule);
    }
}

/* A command of one byte, too short for class and command: the monitor must not read what the previous command
 * left. */
static void half_a_command(void)
{
    static const uint8_t byte = VWR_NET_CTRL_RX;

    START(VWR_NET_F_CTRL_VQ);
    (void)give(control(), 1, 0, &byte, 1);
    kick(control());
}

/* clang-format off */
#define CASE(name, basis) {#name, basis, name, &w.m},

const struct broken net_cases[] = {
    CASE(net_hash_report, "net.drv.cfg.13")
    CASE(net_rx_extra, "net.drv.cfg.14")
    CASE(net_device_hash_report, "net.dev.cfg.13")
    CASE(net_device_rx_extra, "net.dev.cfg.14")
    CASE(net_config_written, "net.drv.cfg.1")
    CASE(net_config_pairs, "net.dev.cfg.1")
    CASE(net_config_mtu, "net.dev.cfg.2")
    CASE(net_config_mtu_low, "net.dev.cfg.3")
    CASE(net_config_mtu_changed, "net.dev.cfg.4")
    CASE(net_config_key, "net.dev.cfg.7")
    CASE(net_config_table, "net.dev.cfg.8")
    CASE(net_config_speed, "net.dev.cfg.10")
    CASE(net_config_duplex, "net.dev.cfg.11")
    CASE(net_header, "net.drv.tx.1")
    CASE(net_num_buffers, "net.drv.tx.2")
    CASE(net_checksum, "net.drv.tx.3")
    CASE(net_gso, "net.drv.tx.31")
    CASE(net_tso4, "net.drv.tx.7")
    CASE(net_tso6, "net.drv.tx.9")
    CASE(net_ufo, "net.drv.tx.11")
    CASE(net_uso, "net.drv.tx.13")
    CASE(net_ecn, "net.drv.tx.14")
    CASE(net_tunnel, "net.drv.tx.17")
    CASE(net_tunnel_csum, "net.drv.tx.22")
    CASE(net_tunnel_ufo, "net.drv.tx.24")
    CASE(net_tunnel_both, "net.drv.tx.25")
    CASE(net_tunnel_csum_alone, "net.drv.tx.26")
    CASE(net_gso_checksum, "net.drv.tx.32")
    CASE(net_gso_size, "net.drv.tx.33")
    CASE(net_csum_place, "net.drv.tx.30")
    CASE(net_device_flags, "net.drv.tx.45")
    CASE(net_mtu, "net.drv.cfg.9")
    CASE(net_pairs, "net.drv.mq.4")
    CASE(net_pairs_before, "net.drv.mq.4")
    CASE(net_rx_room, "net.drv.rxsetup.3")
    CASE(net_rx_large, "net.drv.rxsetup.1")
    CASE(net_rx_small, "net.drv.rxsetup.2")
    CASE(net_rx_small_with_hash, "net.drv.rxsetup.2")
    CASE(net_rx_num_buffers, "net.dev.rx.1")
    CASE(net_rx_buffers, "net.dev.rx.2")
    CASE(net_rx_partial, "net.dev.rx.3")
    CASE(net_rx_checksum, "net.dev.rx.5")
    CASE(net_rx_checksum_packed, "net.dev.rx.5")
    CASE(net_rx_gso, "net.dev.rx.26")
    CASE(net_rx_tso4, "net.dev.rx.7")
    CASE(net_rx_ufo, "net.dev.rx.8")
    CASE(net_rx_tso6, "net.dev.rx.9")
    CASE(net_rx_uso, "net.dev.rx.10")
    CASE(net_rx_tunnel, "net.dev.rx.11")
    CASE(net_rx_tunnel_csum, "net.dev.rx.12")
    CASE(net_rx_ecn, "net.dev.rx.13")
    CASE(net_rx_gso_checksum, "net.dev.rx.27")
    CASE(net_rx_gso_size, "net.dev.rx.28")
    CASE(net_rx_rsc, "net.dev.rx.30")
    CASE(net_rx_rsc_missing, "net.dev.rx.29")
    CASE(net_rx_csum_place, "net.dev.rx.20")
    CASE(net_rx_data_valid, "net.dev.rx.34")
    CASE(net_rx_mtu, "net.dev.cfg.5")
    CASE(net_rx_pairs, "net.dev.mq.2")
    CASE(net_rx_pairs_later, "net.dev.mq.2")
    CASE(net_modes, "net.drv.rxfilter.1")
    CASE(net_modes_extra, "net.drv.rxfilter.2")
    CASE(net_mac, "net.drv.mac.1")
    CASE(net_mac_table, "net.drv.mac.3")
    CASE(net_pairs_value, "net.drv.mq.2")
    CASE(net_pairs_none, "net.drv.mq.2")
    CASE(net_pairs_queue, "net.drv.mq.1")
    CASE(net_rss, "net.drv.rss.1")
    CASE(net_rss_mask, "net.drv.rss.3")
    CASE(net_rss_length, "net.drv.rss.4")
    CASE(net_rss_types, "net.drv.rss.5")
    CASE(net_hash_tunnel, "net.drv.innerhash.1")
    CASE(net_hash_tunnel_types, "net.drv.innerhash.2")
    CASE(net_offloads, "net.drv.offload.1")
    CASE(net_coal, "net.drv.coal.2")
    CASE(net_queue_coal, "net.drv.coal.3")
    CASE(net_coal_queue, "net.drv.coal.1")
    CASE(net_context, "net.drv.rssctx.1")
    CASE(net_context_id, "net.drv.rssctx.2")
};

const struct edge net_edges[] = {
    QUIET(feature_words_unread)
    EDGE(mtu_without_its_feature, VWR_RULE_CONFIG_ABSENT)
    QUIET(mtu_unread)
    EDGE(uso6_alone, VWR_RULE_NET_RX_LARGE)
    QUIET(csum_place_of_several)
    QUIET(room_unknown)
    QUIET(received_less_than_a_header)
    EDGE(received_in_no_room, VWR_RULE_NET_RX_ROOM)
    QUIET(queue_behind_control)
    EDGE(pairs_unread, VWR_RULE_NET_DEVICE_FLAGS)
    QUIET(pairs_unread_with_rss)
    EDGE(live_pairs, VWR_RULE_NET_DEVICE_FLAGS)
    EDGE(one_command_of_two, VWR_RULE_NET_RX_PAIRS)
    EDGE(pairs_after_a_table, VWR_RULE_NET_RX_PAIRS)
    EDGE(pairs_of_one_pair, VWR_RULE_NET_PAIRS_VALUE)
    QUIET(tunnel_types_unread)
    EDGE(coal_of_a_queue_not_ready, VWR_RULE_NET_COAL_QUEUE)
    QUIET(commands_beside_others)
    EDGE(commands_without_features, VWR_RULE_NET_CONTEXT)
    QUIET(half_a_command)
};
/* clang-format on */
const size_t net_case_count = sizeof(net_cases) / sizeof(net_cases[0]);
const size_t net_edge_count = sizeof(net_edges) / sizeof(net_edges[0]);
