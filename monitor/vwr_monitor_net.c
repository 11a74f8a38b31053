/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"
#include "vwr/config.h"
#include "vwr/gen/net.h"

/* Rules for a network card: features, configuration, and packet headers in both directions. */

/* Size of the longest link-layer header: two addresses, a VLAN tag and a type. */
#define MONITOR_LINK_HEADER 18u

#define MONITOR_TUNNELS ((unsigned)VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4 | VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6)

/* Queues of a queue pair. */
#define MONITOR_PAIR (VWR_NET_QUEUE_TRANSMITQ + 1u)

/* A packet: either from the driver, in a chain, or from the device, in a used buffer. */
struct monitor_packet {
    struct vwr_monitor *m;
    struct monitor_chain *c; /* NULL: the packet is from the device */
    const struct vwr_monitor_queue *q;
    uint32_t id;
    bool found; /* there was a finding for the packet; each packet has at most one */
    uint64_t bytes;
    unsigned flags, gso, tunnels;
    uint16_t gso_size, csum_start, csum_offset, num_buffers;
};

/* Rule numbers for each direction. */
struct monitor_ways {
    uint16_t out, in;
};

static void monitor_find_packet(struct monitor_packet *p, struct monitor_ways rule, uint64_t a, uint64_t b)
{
    if (p->c != NULL)
        vwr_monitor_find_chain_(p->c, (enum vwr_rule_number)rule.out, a, b);
    else if (!p->found)
        vwr_monitor_find_(p->m, (enum vwr_rule_number)rule.in, p->q, p->id, a, b);
    p->found = true;
}

static bool monitor_may(const struct monitor_packet *p, unsigned out, unsigned in)
{
    return monitor_has(p->m, p->c != NULL ? out : in);
}

/* ---- segmentation ---- */

struct monitor_gso {
    uint8_t type, out, in[2];
    struct monitor_ways rule;
};

static const struct monitor_gso monitor_gso[] = {
    {VWR_NET_HDR_GSO_TCPV4,
     VWR_NET_F_HOST_TSO4,
     {VWR_NET_F_GUEST_TSO4, VWR_NET_F_GUEST_TSO4},
     {VWR_RULE_NET_TSO4, VWR_RULE_NET_RX_TSO4}},
    {VWR_NET_HDR_GSO_TCPV6,
     VWR_NET_F_HOST_TSO6,
     {VWR_NET_F_GUEST_TSO6, VWR_NET_F_GUEST_TSO6},
     {VWR_RULE_NET_TSO6, VWR_RULE_NET_RX_TSO6}},
    {VWR_NET_HDR_GSO_UDP,
     VWR_NET_F_HOST_UFO,
     {VWR_NET_F_GUEST_UFO, VWR_NET_F_GUEST_UFO},
     {VWR_RULE_NET_UFO, VWR_RULE_NET_RX_UFO}},
    {VWR_NET_HDR_GSO_UDP_L4,
     VWR_NET_F_HOST_USO,
     {VWR_NET_F_GUEST_USO4, VWR_NET_F_GUEST_USO6},
     {VWR_RULE_NET_USO, VWR_RULE_NET_RX_USO}},
};

static bool monitor_may_segment(const struct monitor_packet *p, const struct monitor_gso *row)
{
    return monitor_may(p, row->out, row->in[0]) || monitor_may(p, row->out, row->in[1]);
}

/* Checks a packet to be segmented: the feature for its type, the checksum and the size. */
static void monitor_check_gso(struct monitor_packet *p, unsigned type)
{
    bool is_any = false;

    for (size_t i = 0; i < sizeof(monitor_gso) / sizeof(monitor_gso[0]); i++)
        is_any |= monitor_may_segment(p, &monitor_gso[i]);
    if (!is_any)
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_GSO, VWR_RULE_NET_RX_GSO}, p->gso, 0);
    for (size_t i = 0; i < sizeof(monitor_gso) / sizeof(monitor_gso[0]); i++)
        if (monitor_gso[i].type == type && !monitor_may_segment(p, &monitor_gso[i]))
            monitor_find_packet(p, monitor_gso[i].rule, p->gso, 0);
    if ((p->flags & VWR_NET_HDR_F_NEEDS_CSUM) == 0)
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_GSO_CHECKSUM, VWR_RULE_NET_RX_GSO_CHECKSUM},
                            p->gso, 0);
    if (p->gso_size == 0)
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_GSO_SIZE, VWR_RULE_NET_RX_GSO_SIZE}, p->gso,
                            0);
}

static void monitor_check_tunnel(struct monitor_packet *p, unsigned type)
{
    if (p->tunnels != 0 && !monitor_may(p, VWR_NET_F_HOST_UDP_TUNNEL_GSO, VWR_NET_F_GUEST_UDP_TUNNEL_GSO))
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_TUNNEL, VWR_RULE_NET_RX_TUNNEL}, p->gso, 0);
    if ((p->flags & VWR_NET_HDR_F_UDP_TUNNEL_CSUM) != 0 &&
        !monitor_may(p, VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM, VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM))
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_TUNNEL_CSUM, VWR_RULE_NET_RX_TUNNEL_CSUM},
                            p->flags, 0);
    if (p->c == NULL)
        return;
    if (p->tunnels == MONITOR_TUNNELS)
        vwr_monitor_find_chain_(p->c, VWR_RULE_NET_TUNNEL_BOTH, p->gso, 0);
    if (p->tunnels != 0 && type == VWR_NET_HDR_GSO_UDP)
        vwr_monitor_find_chain_(p->c, VWR_RULE_NET_TUNNEL_UFO, p->gso, 0);
    if (p->tunnels == 0 && (p->flags & VWR_NET_HDR_F_UDP_TUNNEL_CSUM) != 0)
        vwr_monitor_find_chain_(p->c, VWR_RULE_NET_TUNNEL_CSUM_ALONE, p->flags, 0);
}

/* ---- headers ---- */

static void monitor_read_header(struct monitor_packet *p, const uint8_t *from)
{
    const bool legacy = p->m->s.legacy;
    struct vwr_net_hdr h;

    vwr_copy(&h, from, sizeof(p->c->head) < sizeof(h) ? sizeof(p->c->head) : sizeof(h));
    p->flags = h.flags;
    p->gso = h.gso_type;
    p->tunnels = p->gso & MONITOR_TUNNELS;
    p->gso_size = vwr_guest16(legacy, h.gso_size);
    p->csum_start = vwr_guest16(legacy, h.csum_start);
    p->csum_offset = vwr_guest16(legacy, h.csum_offset);
    p->num_buffers = vwr_guest16(legacy, h.num_buffers);
}

/* Rules for packets of both directions. `packet` is the number of bytes after the header; 0: unknown. */
static void monitor_check_packet(struct monitor_packet *p, uint64_t packet)
{
    const unsigned type = p->gso & ~((unsigned)VWR_NET_HDR_GSO_ECN | MONITOR_TUNNELS);
    uint32_t mtu;
    const uint64_t csum = (uint64_t)p->csum_start + p->csum_offset;

    if (p->flags != 0 && !monitor_may(p, VWR_NET_F_CSUM, VWR_NET_F_GUEST_CSUM))
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_CHECKSUM, VWR_RULE_NET_RX_CHECKSUM},
                            p->flags, 0);
    monitor_check_tunnel(p, type);
    if ((p->gso & VWR_NET_HDR_GSO_ECN) != 0 && !monitor_may(p, VWR_NET_F_HOST_ECN, VWR_NET_F_GUEST_ECN))
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_ECN, VWR_RULE_NET_RX_ECN}, p->gso, 0);
    if (type != VWR_NET_HDR_GSO_NONE)
        monitor_check_gso(p, type);
    else if (monitor_has(p->m, VWR_NET_F_MTU) &&
             monitor_config_field(p->m, VWR_NET_CONFIG_MTU, sizeof(uint16_t), &mtu) &&
             packet > (uint64_t)mtu + MONITOR_LINK_HEADER)
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_MTU, VWR_RULE_NET_RX_MTU}, packet, mtu);
    if ((p->flags & (VWR_NET_HDR_F_NEEDS_CSUM | VWR_NET_HDR_F_RSC_INFO)) == VWR_NET_HDR_F_NEEDS_CSUM &&
        packet != 0 && csum + sizeof(uint16_t) > packet)
        monitor_find_packet(p, (struct monitor_ways){VWR_RULE_NET_CSUM_PLACE, VWR_RULE_NET_RX_CSUM_PLACE},
                            csum, packet);
}

/* ---- what the driver makes available ---- */

static void monitor_sent_packet(struct monitor_chain *c)
{
    const uint64_t header = vwr_net_hdr_size(&c->m->accepted);
    struct monitor_packet p;

    vwr_zero(&p, sizeof(p));
    p.m = c->m;
    p.c = c;
    p.q = c->q;
    if (c->bytes < header) {
        vwr_monitor_find_chain_(c, VWR_RULE_NET_HEADER, c->bytes, header);
        return;
    }
    monitor_read_header(&p, c->head);
    if (p.num_buffers != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_NUM_BUFFERS, p.num_buffers, 0);
    if ((p.flags & ((unsigned)VWR_NET_HDR_F_DATA_VALID | VWR_NET_HDR_F_RSC_INFO)) != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_DEVICE_FLAGS, p.flags, 0);
    monitor_check_packet(&p, c->bytes - header);
}

enum monitor_queue_use { MONITOR_UNKNOWN, MONITOR_RECEIVES, MONITOR_SENDS, MONITOR_COMMANDS };

static enum monitor_queue_use monitor_use_of(const struct vwr_monitor *m, uint32_t index)
{
    const uint32_t control = vwr_monitor_net_control_(m);

    if (m->s.legacy || index > control || (control == MONITOR_NONE && index >= MONITOR_PAIR))
        return MONITOR_UNKNOWN;
    if (index == control)
        return MONITOR_COMMANDS;
    return index % MONITOR_PAIR == VWR_NET_QUEUE_TRANSMITQ ? MONITOR_SENDS : MONITOR_RECEIVES;
}

/*
 * Whether the queue belongs to a pair that is not enabled. A number of pairs of 0 means that all are enabled,
 * or that it is unknown.
 */
static bool monitor_is_beyond(uint32_t index, uint32_t pairs)
{
    return pairs != 0 && index / MONITOR_PAIR >= pairs;
}

/*
 * Checks a receive buffer: without MRG_RXBUF, it must be large enough for a whole packet, whose header may
 * include a hash.
 */
static void monitor_empty_buffer(struct monitor_chain *c)
{
    const struct vwr_monitor *const m = c->m;
    const uint64_t header = vwr_net_hdr_size(&m->accepted);
    const uint64_t hash = monitor_has(m, VWR_NET_F_HASH_REPORT)
                              ? __builtin_offsetof(struct vwr_net_hdr, outer_th_offset) -
                                    __builtin_offsetof(struct vwr_net_hdr, hash_value)
                              : 0;
    bool is_large = false;

    for (size_t i = 0; i < sizeof(monitor_gso) / sizeof(monitor_gso[0]); i++)
        is_large |= monitor_has(m, monitor_gso[i].in[0]) || monitor_has(m, monitor_gso[i].in[1]);
    if (monitor_has(m, VWR_NET_F_MRG_RXBUF) && c->writable < header)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_RX_ROOM, c->writable, header);
    else if (monitor_has(m, VWR_NET_F_MRG_RXBUF))
        return;
    else if (is_large && c->writable < VWR_NET_RX_LARGE_BUFFER_BYTES + hash)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_RX_LARGE, c->writable, VWR_NET_RX_LARGE_BUFFER_BYTES + hash);
    else if (!is_large && c->writable < VWR_NET_RX_BUFFER_BYTES + hash)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_RX_SMALL, c->writable, VWR_NET_RX_BUFFER_BYTES + hash);
}

void vwr_monitor_net_chain_(struct monitor_chain *c)
{
    const struct vwr_monitor *const m = c->m;
    const uint32_t index = (uint32_t)(c->q - m->s.queue);
    const enum monitor_queue_use use = monitor_use_of(m, index);

    if (use == MONITOR_COMMANDS)
        vwr_monitor_net_command_(c);
    else if (use == MONITOR_SENDS && !m->s.live && monitor_is_beyond(index, m->pairs))
        vwr_monitor_find_chain_(c, VWR_RULE_NET_PAIRS, m->pairs, 0);
    else if (use == MONITOR_SENDS)
        monitor_sent_packet(c);
    else if (use == MONITOR_RECEIVES)
        monitor_empty_buffer(c);
}

/* ---- what the device has used ---- */

/* Checks the number of buffers of a packet, and that all buffers except the last are full. */
static void monitor_check_buffers(struct monitor_packet *p)
{
    if (!monitor_has(p->m, VWR_NET_F_MRG_RXBUF) && p->num_buffers != 1)
        monitor_find_packet(p, (struct monitor_ways){0, VWR_RULE_NET_RX_NUM_BUFFERS}, p->num_buffers, 0);
    if (p->num_buffers == 0)
        monitor_find_packet(p, (struct monitor_ways){0, VWR_RULE_NET_RX_BUFFERS}, 0, 0);
}

/* The first buffer of a packet. */
static void monitor_received_packet(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id,
                                    uint32_t bytes)
{
    const uint32_t header = (uint32_t)vwr_net_hdr_size(&m->accepted);
    const uint64_t at = q->entry[id].data;
    const uint8_t *const from = at != 0 && bytes >= header ? vwr_monitor_translate_(m, at, header) : NULL;
    struct monitor_packet p;

    vwr_zero(&p, sizeof(p));
    p.m = m;
    p.q = q;
    p.id = id;
    if (from == NULL) {
        q->is_lost = monitor_has(m, VWR_NET_F_MRG_RXBUF);
        return;
    }
    monitor_read_header(&p, from);
    monitor_check_buffers(&p);
    if ((p.flags & VWR_NET_HDR_F_RSC_INFO) != 0 && !monitor_has(m, VWR_NET_F_RSC_EXT))
        monitor_find_packet(&p, (struct monitor_ways){0, VWR_RULE_NET_RX_RSC}, p.flags, 0);
    if ((p.flags & VWR_NET_HDR_F_RSC_INFO) == 0 && p.gso != VWR_NET_HDR_GSO_NONE &&
        monitor_has(m, VWR_NET_F_RSC_EXT))
        monitor_find_packet(&p, (struct monitor_ways){0, VWR_RULE_NET_RX_RSC_MISSING}, p.flags, 0);
    if ((p.flags & VWR_NET_HDR_F_DATA_VALID) != 0 && p.tunnels != 0)
        monitor_find_packet(&p, (struct monitor_ways){0, VWR_RULE_NET_RX_DATA_VALID}, p.flags, 0);
    q->more = p.num_buffers > 1 ? (uint16_t)(p.num_buffers - 1u) : 0;
    monitor_check_packet(&p, p.num_buffers > 1 ? 0 : bytes - header);
}

/*
 * Checks a used receive buffer. The header is certain only in a buffer that the device has just used, because
 * the driver may reuse a buffer at any time. After a buffer that was not read, it is unknown which buffer
 * starts a packet, until the queue is restarted.
 */
static void monitor_received(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id, uint32_t bytes,
                             bool is_new)
{
    const uint32_t room = q->entry[id].writable;

    if (q->more != 0)
        q->more--;
    else if (!is_new || q->is_lost)
        q->is_lost = monitor_has(m, VWR_NET_F_MRG_RXBUF);
    else
        monitor_received_packet(m, q, id, bytes);
    if (q->more != 0 && bytes < room && room != MONITOR_MAX_32)
        vwr_monitor_find_(m, VWR_RULE_NET_RX_PARTIAL, q, id, bytes, room);
}

void vwr_monitor_net_used_(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id, uint32_t bytes,
                           unsigned by)
{
    const uint32_t index = (uint32_t)(q - m->s.queue);
    const enum monitor_queue_use use = monitor_use_of(m, index);

    if (use == MONITOR_COMMANDS && q->in_flight == 1)
        m->device_pairs = m->pairs;
    if (use != MONITOR_RECEIVES)
        return;
    if (!m->s.live && monitor_is_beyond(index, m->device_pairs))
        vwr_monitor_find_(m, VWR_RULE_NET_RX_PAIRS, q, id, m->device_pairs, 0);
    monitor_received(m, q, id, bytes, by == VWR_BY_DEVICE && m->s.thorough);
}

/* ---- features and configuration ---- */

void vwr_monitor_net_reset_(struct vwr_monitor *m)
{
    m->pairs = m->device_pairs = 1;
}

/* There were commands that the monitor did not see. */
void vwr_monitor_net_forget_(struct vwr_monitor *m)
{
    if (monitor_has(m, VWR_NET_F_MQ) || monitor_has(m, VWR_NET_F_RSS))
        m->pairs = m->device_pairs = 0;
}

/*
 * Features that are useful only with the control queue. This is a recommendation, so the table of features
 * does not contain it.
 */
void vwr_monitor_net_features_(struct vwr_monitor *m, bool is_whole)
{
    static const struct {
        uint8_t feature;
        uint16_t driver, device;
    } row[] = {
        {VWR_NET_F_HASH_REPORT, VWR_RULE_NET_HASH_REPORT, VWR_RULE_NET_DEVICE_HASH_REPORT},
        {VWR_NET_F_CTRL_RX_EXTRA, VWR_RULE_NET_RX_EXTRA, VWR_RULE_NET_DEVICE_RX_EXTRA},
    };

    for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        if (is_whole && vwr_features_have(&m->offered, row[i].feature) &&
            !vwr_features_have(&m->offered, VWR_NET_F_CTRL_VQ))
            vwr_monitor_find_(m, (enum vwr_rule_number)row[i].device, NULL, 0, 0, 0);
        else if (monitor_has(m, row[i].feature) && !monitor_has(m, VWR_NET_F_CTRL_VQ))
            vwr_monitor_find_(m, (enum vwr_rule_number)row[i].driver, NULL, 0, 0, 0);
    }
}

/* Checks the limits of a configuration field. Returns whether the field that was read is within them. */
static bool monitor_is_within(struct vwr_monitor *m, uint32_t at, uint32_t value)
{
    struct vwr_net_config_info info;
    struct vwr_config_wrong wrong;
    enum vwr_rule_number rule = VWR_RULE_NET_CONFIG_TABLE;

    vwr_zero(&info, sizeof(info));
    info.max_virtqueue_pairs = VWR_NET_CTRL_MQ_VQ_PAIRS_MAX;
    info.mtu = MONITOR_MAX_16;
    info.rss_max_key_size = (uint8_t)~0u;
    info.rss_max_indirection_table_length = MONITOR_MAX_16;
    if (at == VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS) {
        info.max_virtqueue_pairs = (uint16_t)value;
        rule = VWR_RULE_NET_CONFIG_PAIRS;
    } else if (at == VWR_NET_CONFIG_MTU) {
        info.mtu = (uint16_t)value;
        rule = VWR_RULE_NET_CONFIG_MTU;
    } else if (at == VWR_NET_CONFIG_RSS_MAX_KEY_SIZE) {
        info.rss_max_key_size = (uint8_t)value;
        rule = VWR_RULE_NET_CONFIG_KEY;
    } else if (at == VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH) {
        info.rss_max_indirection_table_length = (uint16_t)value;
    }
    if (!vwr_net_config_is_wrong(&m->offered, &info, &wrong))
        return true;
    vwr_monitor_find_(m, rule, NULL, 0, value, 0);
    return false;
}

static void monitor_check_mtu(struct vwr_monitor *m, uint32_t mtu)
{
    if (m->mtu != 0 && mtu != m->mtu)
        vwr_monitor_find_(m, VWR_RULE_NET_CONFIG_MTU_CHANGED, NULL, 0, mtu, m->mtu);
    else if (m->mtu == 0 && mtu < VWR_NET_MTU_ADVISED)
        vwr_monitor_find_(m, VWR_RULE_NET_CONFIG_MTU_LOW, NULL, 0, mtu, VWR_NET_MTU_ADVISED);
    m->mtu = (uint16_t)mtu;
}

void vwr_monitor_net_config_(struct vwr_monitor *m, uint32_t at, bool is_write, uint32_t value)
{
    if (m->s.legacy)
        return;
    if (is_write)
        vwr_monitor_find_(m, VWR_RULE_NET_CONFIG_WRITTEN, NULL, at, 0, 0);
    if (is_write || !monitor_is_within(m, at, value))
        return;
    if (at == VWR_NET_CONFIG_MTU && vwr_features_have(&m->offered, VWR_NET_F_MTU))
        monitor_check_mtu(m, value);
    if (!monitor_has(m, VWR_NET_F_SPEED_DUPLEX))
        return;
    if (at == VWR_NET_CONFIG_SPEED && value > VWR_NET_SPEED_MAX && value != VWR_NET_SPEED_UNKNOWN)
        vwr_monitor_find_(m, VWR_RULE_NET_CONFIG_SPEED, NULL, 0, value, 0);
    if (at == VWR_NET_CONFIG_DUPLEX && value > VWR_NET_DUPLEX_MAX && value != VWR_NET_DUPLEX_UNKNOWN)
        vwr_monitor_find_(m, VWR_RULE_NET_CONFIG_DUPLEX, NULL, 0, value, 0);
}
