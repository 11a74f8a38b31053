/* SPDX-License-Identifier: MIT */
#include "net_common.h"

/*
 * Settings of a network card, sent as messages through its control queue. Settings that the card has accepted
 * are stored as they were sent, and sent again after a reset. Section: Network Device / Device Operation /
 * Control Virtqueue.
 */

static const struct vwr_request_class net_control_class = {
    VWR_CLIENT_CLASS(VWR_NET_CONTROL_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

#define NET_CTRL_BYTES sizeof(struct vwr_net_ctrl)

/* A message: required feature, class, command, and the size of its number in bytes; 0: no number. */
struct net_control_kind {
    uint8_t feature, class_, command, bytes;
};

#define NET_CONTROL(feature, CLASS, COMMAND, bytes) \
    VWR_NET_F_##feature, VWR_NET_CTRL_##CLASS, VWR_NET_CTRL_##CLASS##_##COMMAND, bytes

#define NET_SETS(MODE) (VWR_NET_SETS_MODE + (unsigned)VWR_NET_CTRL_RX_##MODE)

static const struct net_control_kind net_control_kinds[VWR_NET_MESSAGES] = {
    [VWR_NET_SETS_MAC] = {NET_CONTROL(CTRL_MAC_ADDR, MAC, ADDR_SET, 0)},
    [VWR_NET_SETS_TABLE] = {NET_CONTROL(CTRL_RX, MAC, TABLE_SET, 0)},
    [VWR_NET_SETS_PAIRS] = {NET_CONTROL(MQ, MQ, VQ_PAIRS_SET, 2)},
    [VWR_NET_SETS_HASH] = {NET_CONTROL(HASH_REPORT, MQ, HASH_CONFIG, 0)},
    [VWR_NET_SETS_RSS] = {NET_CONTROL(RSS, MQ, RSS_CONFIG, 0)},
    [VWR_NET_SETS_OFFLOADS] = {NET_CONTROL(CTRL_GUEST_OFFLOADS, GUEST_OFFLOADS, SET, 8)},
    [VWR_NET_SETS_COAL_TX] = {NET_CONTROL(NOTF_COAL, NOTF_COAL, TX_SET, 8)},
    [VWR_NET_SETS_COAL_RX] = {NET_CONTROL(NOTF_COAL, NOTF_COAL, RX_SET, 8)},
    [NET_SETS(PROMISC)] = {NET_CONTROL(CTRL_RX, RX, PROMISC, 1)},
    [NET_SETS(ALLMULTI)] = {NET_CONTROL(CTRL_RX, RX, ALLMULTI, 1)},
    [NET_SETS(ALLUNI)] = {NET_CONTROL(CTRL_RX_EXTRA, RX, ALLUNI, 1)},
    [NET_SETS(NOMULTI)] = {NET_CONTROL(CTRL_RX_EXTRA, RX, NOMULTI, 1)},
    [NET_SETS(NOUNI)] = {NET_CONTROL(CTRL_RX_EXTRA, RX, NOUNI, 1)},
    [NET_SETS(NOBCAST)] = {NET_CONTROL(CTRL_RX_EXTRA, RX, NOBCAST, 1)},
    [VWR_NET_ADDS_VLAN] = {NET_CONTROL(CTRL_VLAN, VLAN, ADD, 2)},
    [VWR_NET_DELETES_VLAN] = {NET_CONTROL(CTRL_VLAN, VLAN, DEL, 2)},
    [VWR_NET_ACKS_ANNOUNCE] = {NET_CONTROL(GUEST_ANNOUNCE, ANNOUNCE, ACK, 0)},
};

/* Buffer that stores the data of the message. HASH and RSS share one, because each replaces the other. */
static uint8_t *net_control_kept(struct vwr_net_control *k, unsigned setting)
{
    return setting == VWR_NET_SETS_HASH || setting == VWR_NET_SETS_RSS ? k->steering : k->kept[setting];
}

/* The header is a segment of its own, as in Linux's virtnet_send_command() (quirk net.three-descriptors). */
static const struct vwr_client_row net_control_row = {
    .head = NET_CTRL_BYTES,
    .first = sizeof(((struct vwr_net_control_call *)0)->ack),
    .out_at = __builtin_offsetof(struct vwr_net_control_call, out),
    .back_at = __builtin_offsetof(struct vwr_net_control_call, ack),
    .status_bytes = sizeof(((struct vwr_net_control_call *)0)->ack),
    .oks = 1,
    .ok = {VWR_NET_OK},
};

/* ---- messages ---- */

/*
 * Builds a message with `bytes` bytes of data. Both tables, unless NULL, are in the caller's memory and begin
 * with the number of entries.
 */
static void net_control_begin(struct vwr_net_control *k, unsigned message, const void *data, unsigned bytes,
                              const struct vwr_vec *tables)
{
    (void)!vwr_client_begin(k->queue.requests.dev, &k->call.call, &k->row); /* the call is idle */
    k->row.out = (uint16_t)(NET_CTRL_BYTES + bytes);
    k->call.out.rss.ctrl.class_ = net_control_kinds[message].class_;
    k->call.out.rss.ctrl.command = net_control_kinds[message].command;
    vwr_copy(k->call.out.bytes + NET_CTRL_BYTES, data, bytes);
    for (unsigned i = 0; tables != NULL && i < VWR_NET_CONTROL_SEGMENTS; i++)
        vwr_client_add_out(&k->call.call, tables[i].p, tables[i].bytes);
}

/* VWR_OK: the card supports the message, and no setting remains to be sent again. */
static int net_control_check(struct vwr_net *n, unsigned message)
{
    struct vwr_net_control *const k = n->options.control;

    if (k == NULL || !vwr_net_has(n, VWR_NET_F_CTRL_VQ) ||
        !vwr_net_has(n, net_control_kinds[message].feature))
        return VWR_EFEATURE;
    return vwr_client_restore_all(&n->bringup, &k->restore);
}

/* Sends a message and waits for the answer. A setting that the card accepts is stored. */
static int net_control_do(struct vwr_net *n, unsigned message, const void *data, unsigned bytes,
                          const struct vwr_vec *tables)
{
    struct vwr_net_control *const k = n->options.control;
    int r = net_control_check(n, message);

    if (r != VWR_OK)
        return r;
    net_control_begin(k, message, data, bytes, tables);
    r = vwr_client_do(&k->queue, &k->call.call);
    if (r != VWR_OK || message >= VWR_NET_SETTINGS)
        return r;
    if (message >= VWR_NET_SETS_PAIRS && message <= VWR_NET_SETS_RSS)
        k->sent[VWR_NET_SETS_HASH] = k->sent[VWR_NET_SETS_RSS] = 0;
    k->sent[message] = k->row.out;
    vwr_copy(net_control_kept(k, message), k->call.out.bytes + NET_CTRL_BYTES, bytes);
    return VWR_OK;
}

/* Stores the number of a message in the card's byte order. Returns its size in bytes. */
static unsigned net_control_put(const struct vwr_net *n, unsigned message, uint64_t number, uint8_t *to)
{
    const unsigned bytes = net_control_kinds[message].bytes;
    const bool big = vwr_guest_is_big(!vwr_net_has(n, VWR_F_VERSION_1));

    for (unsigned i = 0; i < bytes; i++, number >>= 8)
        to[big ? bytes - 1u - i : i] = (uint8_t)number;
    return bytes;
}

/* Sends a setting or a VLAN again, if it is set. */
static int net_control_resend(struct vwr_bringup *v, unsigned n)
{
    struct vwr_net *const net = (void *)v;
    struct vwr_net_control *const k = net->options.control;
    const unsigned id = n - VWR_NET_SETTINGS;
    uint8_t vlan[VWR_NET_KEPT_BYTES];

    if (n >= VWR_NET_SETTINGS && k->vlans[id / 32u] == 0) /* skips a word without VLANs */
        k->restore.next += 31u - id % 32u;
    if (n < VWR_NET_SETTINGS ? k->sent[n] == 0 : (k->vlans[id / 32u] >> id % 32u & 1u) == 0)
        return VWR_OK;
    if (n < VWR_NET_SETTINGS)
        net_control_begin(k, n, net_control_kept(k, n), (unsigned)(k->sent[n] - NET_CTRL_BYTES),
                          n == VWR_NET_SETS_TABLE ? k->tables : NULL);
    else
        net_control_begin(k, VWR_NET_ADDS_VLAN, vlan, net_control_put(net, VWR_NET_ADDS_VLAN, id, vlan),
                          NULL);
    return vwr_client_submit(&k->queue, &k->call.call);
}

int vwr_net_control_set_up(struct vwr_net *n, unsigned index)
{
    struct vwr_net_control *const k = n->options.control;
    const struct vwr_queue_memory m = {k->shared, sizeof(*k->shared), k->own, sizeof(k->own),
                                       VWR_NET_CONTROL_QUEUE};
    struct vwr_request_options options;

    k->restore.q = &k->queue;
    k->restore.call = &k->call.call;
    k->restore.resend = net_control_resend;
    k->restore.count = VWR_NET_SETTINGS + VWR_NET_VLANS;
    k->restore.next = 0; /* the reset has cleared all settings */
    if (k->sent[VWR_NET_SETS_MAC] != 0)
        vwr_copy(n->info.mac, k->kept[VWR_NET_SETS_MAC], sizeof(n->info.mac));
    vwr_copy(&k->row, &net_control_row, sizeof(k->row));
    vwr_zero(&options, sizeof(options));
    options.requests = 1;
    options.segments = VWR_NET_CONTROL_SEGMENTS;
    return vwr_client_setup(&k->queue, &n->bringup, index, &net_control_class, &m, &options);
}

static int net_control_do_number(struct vwr_net *n, unsigned message, uint64_t number)
{
    uint8_t data[VWR_NET_KEPT_BYTES];

    return net_control_do(n, message, data, net_control_put(n, message, number, data), NULL);
}

/* ---- public functions ---- */

int vwr_net_set_mode(struct vwr_net *n, unsigned mode, bool on)
{
    return mode > VWR_NET_CTRL_RX_NOBCAST ? VWR_EINVAL
                                          : net_control_do_number(n, VWR_NET_SETS_MODE + mode, on);
}

int vwr_net_set_mac(struct vwr_net *n, const uint8_t mac[6])
{
    const int r = net_control_do(n, VWR_NET_SETS_MAC, mac, sizeof(n->info.mac), NULL);

    if (r == VWR_OK)
        vwr_copy(n->info.mac, mac, sizeof(n->info.mac));
    return r;
}

static bool net_control_is_table(const struct vwr_net *n, const struct vwr_net_ctrl_mac *table, size_t bytes)
{
    return bytes >= sizeof(*table) &&
           (uint64_t)vwr_guest32(!vwr_net_has(n, VWR_F_VERSION_1), table->entries) * sizeof(table->macs[0]) ==
               bytes - sizeof(*table);
}

int vwr_net_set_table(struct vwr_net *n, const struct vwr_net_ctrl_mac *unicast, size_t bytes,
                      const struct vwr_net_ctrl_mac *multicast, size_t multicast_bytes)
{
    const struct vwr_vec tables[VWR_NET_CONTROL_SEGMENTS] = {{(void *)(uintptr_t)unicast, bytes},
                                                             {(void *)(uintptr_t)multicast, multicast_bytes}};
    int r;

    if (!net_control_is_table(n, unicast, bytes) || !net_control_is_table(n, multicast, multicast_bytes))
        return VWR_EINVAL;
    r = net_control_do(n, VWR_NET_SETS_TABLE, NULL, 0, tables);
    if (r == VWR_OK)
        vwr_copy(n->options.control->tables, tables, sizeof(tables));
    return r;
}

int vwr_net_set_vlan(struct vwr_net *n, unsigned id, bool on)
{
    struct vwr_net_control *const k = n->options.control;
    int r;

    if (id >= VWR_NET_VLANS)
        return VWR_EINVAL;
    r = net_control_do_number(n, on ? VWR_NET_ADDS_VLAN : VWR_NET_DELETES_VLAN, id);
    if (r != VWR_OK)
        return r;
    k->vlans[id / 32u] &= ~((uint32_t)1 << id % 32u);
    k->vlans[id / 32u] |= (uint32_t)on << id % 32u;
    return VWR_OK;
}

int vwr_net_set_pairs(struct vwr_net *n, unsigned pairs)
{
    return pairs - 1 >= n->pairs ? VWR_EINVAL : net_control_do_number(n, VWR_NET_SETS_PAIRS, pairs);
}

/* Checks the indirection table against the card's limits and the number of pairs. */
static bool net_control_has_pairs(const struct vwr_net *n, const struct vwr_net_rss *s)
{
    bool ok = s->entries != 0 && (s->entries & (s->entries - 1u)) == 0 &&
              s->entries <= n->info.rss_max_indirection_table_length && s->entries <= VWR_NET_RSS_ENTRIES &&
              s->other < n->pairs && s->pairs - 1u < n->pairs;

    for (unsigned i = 0; ok && i < s->entries; i++)
        ok = s->pair[i] < n->pairs;
    return ok;
}

/*
 * Both messages have the same layout. In place of the table of RSS, the hash message contains as many
 * reserved words as a table with one entry.
 */
static int net_control_steer(struct vwr_net *n, unsigned message, const struct vwr_net_rss *s)
{
    const struct vwr_net_mq_rss_config_msg m = {s->hash_types, (uint16_t)(s->entries - 1u), s->other};
    struct vwr_net_control *const k = n->options.control;
    const int r = net_control_check(n, message);
    uint8_t *to;

    VWR_STATIC_ASSERT(sizeof(k->call.out.hash) == sizeof(k->call.out.rss) + 2 * sizeof(vwr_le16) + 1u,
                      "one table entry, the number of transmit pairs, the key length");
    if (r != VWR_OK)
        return r;
    if (s->key_bytes > n->info.rss_max_key_size || s->key_bytes > VWR_NET_HASH_KEY ||
        (s->hash_types & ~n->info.supported_hash_types) != 0 ||
        (message == VWR_NET_SETS_RSS && !net_control_has_pairs(n, s)))
        return VWR_EINVAL;
    vwr_net_mq_rss_config_msg_encode(&k->call.out.rss, false, &m);
    to = (uint8_t *)(&k->call.out.rss + 1);
    for (unsigned i = 0; i <= s->entries; i++, to += sizeof(vwr_le16)) {
        const vwr_le16 pair = vwr_cpu_to_le16(i < s->entries ? s->pair[i] : s->pairs);

        vwr_copy(to, &pair, sizeof(pair));
    }
    *to++ = s->key_bytes;
    vwr_copy(to, s->key, s->key_bytes);
    to = k->call.out.bytes + NET_CTRL_BYTES;
    return net_control_do(n, message, to, (unsigned)vwr_net_rss_config_bytes(s->entries, s->key_bytes), NULL);
}

int vwr_net_set_rss(struct vwr_net *n, const struct vwr_net_rss *s)
{
    return net_control_steer(n, VWR_NET_SETS_RSS, s);
}

int vwr_net_set_hash(struct vwr_net *n, const struct vwr_net_rss *s)
{
    const uint16_t none = 0;
    const struct vwr_net_rss alone = {s->hash_types, s->key_bytes, s->key, &none, 1, 0, 0};

    return net_control_steer(n, VWR_NET_SETS_HASH, &alone);
}

int vwr_net_set_offloads(struct vwr_net *n, uint64_t offloads)
{
    return net_control_do_number(n, VWR_NET_SETS_OFFLOADS, offloads);
}

/*
 * Sends two 32-bit numbers as one 64-bit number. Only a modern card has the feature, so both are
 * little-endian.
 */
int vwr_net_set_coalescing(struct vwr_net *n, bool receive, uint32_t packets, uint32_t us)
{
    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_net_ctrl_coal, max_usecs) == sizeof(packets),
                      "two halves");
    return net_control_do_number(n, receive ? VWR_NET_SETS_COAL_RX : VWR_NET_SETS_COAL_TX,
                                 packets | (uint64_t)us << 32);
}

int vwr_net_announced(struct vwr_net *n)
{
    return net_control_do(n, VWR_NET_ACKS_ANNOUNCE, NULL, 0, NULL);
}

int vwr_net_control_restore(struct vwr_net *n)
{
    const int r = vwr_client_restore_next(&n->bringup, &n->options.control->restore);

    return r > 0 ? VWR_EBUSY : r;
}
