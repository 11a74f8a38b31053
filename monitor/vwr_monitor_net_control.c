/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"
#include "vwr/gen/net.h"

/* Control commands of a network card, checked as far as their first bytes allow. */

/* Offloads whose bit number differs from that of their feature. */
static const uint8_t monitor_offloads[][2] = {
    {VWR_NET_GUEST_OFFLOAD_F_CSUM, VWR_NET_F_GUEST_CSUM},
    {VWR_NET_GUEST_OFFLOAD_F_TSO4, VWR_NET_F_GUEST_TSO4},
    {VWR_NET_GUEST_OFFLOAD_F_TSO6, VWR_NET_F_GUEST_TSO6},
    {VWR_NET_GUEST_OFFLOAD_F_ECN, VWR_NET_F_GUEST_ECN},
    {VWR_NET_GUEST_OFFLOAD_F_UFO, VWR_NET_F_GUEST_UFO},
    {VWR_NET_GUEST_OFFLOAD_F_USO4, VWR_NET_F_GUEST_USO4},
    {VWR_NET_GUEST_OFFLOAD_F_USO6, VWR_NET_F_GUEST_USO6},
    {VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO, VWR_NET_F_GUEST_UDP_TUNNEL_GSO},
    {VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM, VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM},
};

uint32_t vwr_monitor_net_control_(const struct vwr_monitor *m)
{
    uint32_t pairs = 1;

    if ((monitor_has(m, VWR_NET_F_MQ) || monitor_has(m, VWR_NET_F_RSS)) &&
        !monitor_config_field(m, VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, sizeof(uint16_t), &pairs))
        return MONITOR_NONE;
    return vwr_net_queue_controlq_at(pairs);
}

/* Reads the data of a command from the first bytes of the chain. Missing bytes read as 0. */
static const uint8_t *monitor_data(const struct monitor_chain *c)
{
    return c->head + sizeof(struct vwr_net_ctrl);
}

static uint32_t monitor_data16(const struct monitor_chain *c, unsigned at)
{
    return monitor_data(c)[at] | (uint32_t)monitor_data(c)[at + 1u] << 8;
}

static uint32_t monitor_data32(const struct monitor_chain *c, unsigned at)
{
    return monitor_data16(c, at) | monitor_data16(c, at + 2u) << 16;
}

static void monitor_set_pairs(struct monitor_chain *c)
{
    struct vwr_monitor *const m = c->m;
    const uint32_t pairs = monitor_data16(c, 0);
    uint32_t most;

    if (!monitor_config_field(m, VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, sizeof(uint16_t), &most))
        most = VWR_NET_CTRL_MQ_VQ_PAIRS_MAX;
    if (pairs < VWR_NET_CTRL_MQ_VQ_PAIRS_MIN || pairs > most) {
        vwr_monitor_find_chain_(c, VWR_RULE_NET_PAIRS_VALUE, pairs, most);
        return;
    }
    for (uint32_t i = 0; i < m->s.queue_count && i < vwr_net_queue_controlq_at(pairs); i++)
        if (!m->s.queue[i].ready)
            vwr_monitor_find_chain_(c, VWR_RULE_NET_PAIRS_QUEUE, pairs, i);
    if (pairs > m->device_pairs && m->device_pairs != 0)
        m->device_pairs = pairs;
    m->pairs = pairs;
}

static void monitor_configure_rss(struct monitor_chain *c)
{
    struct vwr_monitor *const m = c->m;
    const uint32_t mask =
        monitor_data16(c, __builtin_offsetof(struct vwr_net_rss_config, indirection_table_mask));
    const uint32_t types = monitor_data32(c, __builtin_offsetof(struct vwr_net_rss_config, hash_types));
    uint32_t most, supported;

    if ((mask & (mask + 1u)) != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_RSS_MASK, mask, 0);
    else if (monitor_config_field(m, VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH, sizeof(uint16_t),
                                  &most) &&
             mask >= most)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_RSS_LENGTH, mask, most);
    else if (monitor_config_field(m, VWR_NET_CONFIG_SUPPORTED_HASH_TYPES, sizeof(uint32_t), &supported) &&
             (types & ~supported) != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_RSS_TYPES, types, supported);
    m->pairs = m->device_pairs = 0; /* the enabled queues are in the command's table, which is not read */
}

static void monitor_set_offloads(struct monitor_chain *c)
{
    const uint64_t offloads = monitor_data32(c, 0) | (uint64_t)monitor_data32(c, sizeof(uint32_t)) << 32;

    for (size_t i = 0; i < sizeof(monitor_offloads) / sizeof(monitor_offloads[0]); i++)
        if (vwr_has_bit(offloads, monitor_offloads[i][0]) && !monitor_has(c->m, monitor_offloads[i][1]))
            vwr_monitor_find_chain_(c, VWR_RULE_NET_OFFLOADS, offloads, monitor_offloads[i][0]);
}

static void monitor_set_tunnels(struct monitor_chain *c)
{
    const uint32_t types =
        monitor_data32(c, __builtin_offsetof(struct vwr_net_hash_tunnel, enabled_tunnel_types));
    uint32_t supported;

    if (monitor_config_field(c->m, VWR_NET_CONFIG_SUPPORTED_TUNNEL_TYPES, sizeof(uint32_t), &supported) &&
        (types & ~supported) != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_HASH_TUNNEL_TYPES, types, supported);
}

/* A coalescing command must refer to a receive or transmit queue that is in use. */
static void monitor_coalesce(struct monitor_chain *c)
{
    const uint32_t control = (uint32_t)(c->q - c->m->s.queue); /* the queue that contains the command */
    const uint32_t index = monitor_data16(c, __builtin_offsetof(struct vwr_net_ctrl_coal_vq, vq_index));

    if (index >= control || !c->m->s.queue[index].ready)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_COAL_QUEUE, index, 0);
}

/* Both tables of the command must contain as many addresses as they announce. */
static void monitor_set_addresses(struct monitor_chain *c)
{
    const uint64_t bytes = c->bytes - c->writable;
    const uint32_t count = monitor_data32(c, __builtin_offsetof(struct vwr_net_ctrl_mac, entries));
    const uint64_t needed = sizeof(struct vwr_net_ctrl) + 2u * sizeof(struct vwr_net_ctrl_mac) +
                            (uint64_t)count * sizeof(struct vwr_net_mac_address);

    if (bytes < needed)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_MAC_TABLE, bytes, count);
}

/* The number of a context to add, change or delete must not be 0. */
static void monitor_check_context(struct monitor_chain *c)
{
    if (monitor_data16(c, 0) == 0)
        vwr_monitor_find_chain_(c, VWR_RULE_NET_CONTEXT_ID, 0, 0);
}

/* No clause states which feature the command requires. */
#define MONITOR_NO_RULE MONITOR_MAX_16

/*
 * A command, the features of which at least one is required, and the function that checks the command's data;
 * NULL: none.
 */
struct monitor_command {
    uint8_t class_, command;
    uint8_t any[2];
    uint16_t rule;
    void (*check)(struct monitor_chain *c);
};

#define MONITOR_ONE(feature) \
    {                        \
        feature, feature     \
    }

static const struct monitor_command monitor_commands[] = {
    {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, MONITOR_ONE(VWR_NET_F_CTRL_RX), VWR_RULE_NET_MODES, NULL},
    {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_ALLMULTI, MONITOR_ONE(VWR_NET_F_CTRL_RX), VWR_RULE_NET_MODES, NULL},
    {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_ALLUNI, MONITOR_ONE(VWR_NET_F_CTRL_RX_EXTRA), VWR_RULE_NET_MODES_EXTRA,
     NULL},
    {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOMULTI, MONITOR_ONE(VWR_NET_F_CTRL_RX_EXTRA), VWR_RULE_NET_MODES_EXTRA,
     NULL},
    {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOUNI, MONITOR_ONE(VWR_NET_F_CTRL_RX_EXTRA), VWR_RULE_NET_MODES_EXTRA,
     NULL},
    {VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_NOBCAST, MONITOR_ONE(VWR_NET_F_CTRL_RX_EXTRA), VWR_RULE_NET_MODES_EXTRA,
     NULL},
    {VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET, MONITOR_ONE(VWR_NET_F_CTRL_RX), VWR_RULE_NET_MAC,
     .check = monitor_set_addresses},
    /* The command's own feature is sufficient, although the clause names a different one. */
    {VWR_NET_CTRL_MAC,
     VWR_NET_CTRL_MAC_ADDR_SET,
     {VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_MAC_ADDR},
     VWR_RULE_NET_MAC,
     NULL},
    {VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_RSS_CONFIG, MONITOR_ONE(VWR_NET_F_RSS), VWR_RULE_NET_RSS,
     .check = monitor_configure_rss},
    {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_TX_SET, MONITOR_ONE(VWR_NET_F_NOTF_COAL),
     VWR_RULE_NET_COAL, NULL},
    {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_RX_SET, MONITOR_ONE(VWR_NET_F_NOTF_COAL),
     VWR_RULE_NET_COAL, NULL},
    {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_SET, MONITOR_ONE(VWR_NET_F_VQ_NOTF_COAL),
     VWR_RULE_NET_QUEUE_COAL, .check = monitor_coalesce},
    {VWR_NET_CTRL_NOTF_COAL, VWR_NET_CTRL_NOTF_COAL_VQ_GET, MONITOR_ONE(VWR_NET_F_VQ_NOTF_COAL),
     VWR_RULE_NET_QUEUE_COAL, .check = monitor_coalesce},
    {VWR_NET_CTRL_HASH_TUNNEL, VWR_NET_CTRL_HASH_TUNNEL_SET, MONITOR_ONE(VWR_NET_F_HASH_TUNNEL),
     VWR_RULE_NET_HASH_TUNNEL, .check = monitor_set_tunnels},
    {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_CAP_GET, MONITOR_ONE(VWR_NET_F_RSS_CONTEXT),
     VWR_RULE_NET_CONTEXT, NULL},
    {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_ADD, MONITOR_ONE(VWR_NET_F_RSS_CONTEXT), VWR_RULE_NET_CONTEXT,
     .check = monitor_check_context},
    {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_MOD, MONITOR_ONE(VWR_NET_F_RSS_CONTEXT), VWR_RULE_NET_CONTEXT,
     .check = monitor_check_context},
    {VWR_NET_CTRL_RSS_CTX, VWR_NET_RSS_CTX_CTRL_DEL, MONITOR_ONE(VWR_NET_F_RSS_CONTEXT), VWR_RULE_NET_CONTEXT,
     .check = monitor_check_context},
    {VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, MONITOR_ONE(VWR_NET_F_MQ), MONITOR_NO_RULE,
     .check = monitor_set_pairs},
    {VWR_NET_CTRL_GUEST_OFFLOADS, VWR_NET_CTRL_GUEST_OFFLOADS_SET, MONITOR_ONE(VWR_NET_F_CTRL_GUEST_OFFLOADS),
     MONITOR_NO_RULE, .check = monitor_set_offloads},
};

static void monitor_check_command(struct monitor_chain *c, const struct monitor_command *row)
{
    if (row->rule != MONITOR_NO_RULE && !monitor_has(c->m, row->any[0]) && !monitor_has(c->m, row->any[1]))
        vwr_monitor_find_chain_(c, (enum vwr_rule_number)row->rule, row->class_, row->command);
    if (row->check != NULL && !c->broken)
        row->check(c);
}

void vwr_monitor_net_command_(struct monitor_chain *c)
{
    const uint64_t bytes = c->bytes - c->writable;
    const unsigned class_ = c->head[__builtin_offsetof(struct vwr_net_ctrl, class_)];
    const unsigned command = c->head[__builtin_offsetof(struct vwr_net_ctrl, command)];

    if (bytes < sizeof(struct vwr_net_ctrl))
        return;
    if (bytes < sizeof(c->head))
        vwr_zero(c->head + bytes, sizeof(c->head) - (size_t)bytes);
    for (size_t i = 0; i < sizeof(monitor_commands) / sizeof(monitor_commands[0]); i++)
        if (monitor_commands[i].class_ == class_ && monitor_commands[i].command == command)
            monitor_check_command(c, &monitor_commands[i]);
}
