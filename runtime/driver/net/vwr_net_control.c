/* SPDX-License-Identifier: MIT */
#include "net_common.h"
#include "vwr/net_control.h"

/*
 * The settings of a network card: messages of its control queue. What the card has taken is kept as it was
 * sent, and sent again after a reset. Section: Network Device / Device Operation / Control Virtqueue.
 */

static const struct vwr_request_class net_control_class = {
    .shared_bytes = VWR_NET_CONTROL_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

#define NET_SETS(setting) ((uint32_t)1 << (setting))
#define NET_MAC_AT __builtin_offsetof(struct vwr_net_mac_addr_set_msg_form, mac_address)

/* One of these replaces another: what is sent again comes in the order of enum vwr_net_setting. */
static const uint32_t net_steering = NET_SETS(VWR_NET_SETS_HASH) | NET_SETS(VWR_NET_SETS_RSS);

/* Where its message is kept. */
static uint8_t *net_control_kept(struct vwr_net_control *k, unsigned setting)
{
    return (NET_SETS(setting) & net_steering) != 0 ? k->steering.bytes : k->kept[setting];
}

int vwr_net_control_set_up(struct vwr_net *n, unsigned index)
{
    struct vwr_net_control *const k = n->options.control;
    const struct vwr_queue_memory m = {k->shared, sizeof(*k->shared), k->own, sizeof(k->own),
                                       VWR_NET_CONTROL_QUEUE};
    struct vwr_request_options options;

    k->pending = k->set; /* the card has forgotten all */
    k->vlan_next = 0;
    if ((k->set & NET_SETS(VWR_NET_SETS_MAC)) != 0)
        vwr_copy(n->info.mac, k->kept[VWR_NET_SETS_MAC] + NET_MAC_AT, sizeof(n->info.mac));
    vwr_zero(&options, sizeof(options));
    options.requests = 1;
    options.segments = VWR_NET_CONTROL_SEGMENTS;
    return vwr_client_setup(&k->queue, &n->bringup, index, &net_control_class, &m, &options);
}

/* ---- a message ---- */

static const struct vwr_client_row net_control_row = {
    .first = sizeof(((struct vwr_net_control_call *)0)->ack),
    .out_at = __builtin_offsetof(struct vwr_net_control_call, out),
    .back_at = __builtin_offsetof(struct vwr_net_control_call, ack),
    .status_bytes = sizeof(((struct vwr_net_control_call *)0)->ack),
    .oks = 1,
    .ok = {VWR_NET_OK},
};

/* Of so many bytes, encoded; both tables begin with their number of entries, and are the caller's. */
static int net_control_begin(struct vwr_net_control *k, const void *form, unsigned bytes,
                             const struct vwr_vec *tables)
{
    const int r = vwr_client_begin(k->queue.requests.dev, &k->call.call, &k->row);

    if (r != VWR_OK)
        return r;
    vwr_copy(&k->row, &net_control_row, sizeof(k->row));
    k->row.out = (uint16_t)bytes;
    vwr_copy(&k->call.out, form, bytes);
    for (unsigned i = 0; tables != NULL && i < VWR_NET_CONTROL_SEGMENTS; i++)
        vwr_client_add_out(&k->call.call, tables[i].p, tables[i].bytes);
    return VWR_OK;
}

/* The next VLAN to be set again; VWR_NET_VLANS: there is none. */
static unsigned net_control_next_vlan(const struct vwr_net_control *k)
{
    unsigned id = k->vlan_next;

    while (id < VWR_NET_VLANS && (k->vlans[id / 32u] >> id % 32u & 1u) == 0)
        id += k->vlans[id / 32u] == 0 ? 32u - id % 32u : 1u;
    return id;
}

/* The interface may be the legacy one, and the card not open. */
static bool net_control_is_legacy(const struct vwr_net *n)
{
    return n->bringup.dev != NULL && vwr_dev_is_legacy(n->bringup.dev);
}

static void net_control_put_vlan(const struct vwr_net *n, unsigned id, bool on,
                                 struct vwr_net_vlan_add_msg_form *form)
{
    const struct vwr_net_vlan_add_msg m = {(uint16_t)id};

    vwr_net_vlan_add_msg_encode(form, net_control_is_legacy(n), &m);
    if (!on)
        form->ctrl.command = VWR_NET_CTRL_VLAN_DEL;
}

/* VWR_OK: there is a queue for it, and nothing is to be set again. */
static int net_control_check(const struct vwr_net *n, unsigned feature)
{
    const struct vwr_net_control *const k = n->options.control;

    if (k == NULL || !vwr_net_has(n, VWR_NET_F_CTRL_VQ) || !vwr_net_has(n, feature))
        return VWR_EFEATURE;
    return k->pending != 0 || net_control_next_vlan(k) < VWR_NET_VLANS ? VWR_EBUSY : VWR_OK;
}

/* A message of so many bytes, encoded; waits. */
static int net_control_do(struct vwr_net *n, unsigned feature, const void *form, unsigned bytes,
                          const struct vwr_vec *tables)
{
    struct vwr_net_control *const k = n->options.control;
    int r = net_control_check(n, feature);

    if (r == VWR_OK)
        r = net_control_begin(k, form, bytes, tables);
    return r == VWR_OK ? vwr_client_do(&k->queue, &k->call.call) : r;
}

/* It is kept if the card takes it. */
static int net_control_set(struct vwr_net *n, unsigned setting, unsigned feature, const void *form,
                           unsigned bytes, const struct vwr_vec *tables)
{
    struct vwr_net_control *const k = n->options.control;
    const int r = net_control_do(n, feature, form, bytes, tables);

    if (r != VWR_OK)
        return r;
    if ((NET_SETS(setting) & (net_steering | NET_SETS(VWR_NET_SETS_PAIRS))) != 0)
        k->set &= ~net_steering;
    k->set |= NET_SETS(setting);
    k->bytes[setting] = (uint16_t)bytes;
    vwr_copy(net_control_kept(k, setting), &k->call.out, bytes);
    return VWR_OK;
}

/* ---- the caller's ---- */

int vwr_net_set_mode(struct vwr_net *n, unsigned mode, bool on)
{
    const struct vwr_net_rx_promisc_msg m = {on};
    const bool plain = mode == VWR_NET_CTRL_RX_PROMISC || mode == VWR_NET_CTRL_RX_ALLMULTI;
    struct vwr_net_rx_promisc_msg_form form;

    if (mode > VWR_NET_CTRL_RX_NOBCAST)
        return VWR_EINVAL;
    vwr_net_rx_promisc_msg_encode(&form, false, &m);
    form.ctrl.command = (uint8_t)mode;
    return net_control_set(n, VWR_NET_SETS_MODE + mode, plain ? VWR_NET_F_CTRL_RX : VWR_NET_F_CTRL_RX_EXTRA,
                           &form, sizeof(form), NULL);
}

int vwr_net_set_mac(struct vwr_net *n, const uint8_t mac[6])
{
    struct vwr_net_mac_addr_set_msg m;
    struct vwr_net_mac_addr_set_msg_form form;
    int r;

    vwr_copy(m.octets, mac, sizeof(m.octets));
    vwr_net_mac_addr_set_msg_encode(&form, false, &m);
    r = net_control_set(n, VWR_NET_SETS_MAC, VWR_NET_F_CTRL_MAC_ADDR, &form, sizeof(form), NULL);
    if (r == VWR_OK)
        vwr_copy(n->info.mac, mac, sizeof(n->info.mac));
    return r;
}

static bool net_control_is_table(const struct vwr_net *n, const struct vwr_net_ctrl_mac *table, size_t bytes)
{
    return bytes >= sizeof(*table) &&
           (uint64_t)vwr_guest32(net_control_is_legacy(n), table->entries) * sizeof(table->macs[0]) ==
               bytes - sizeof(*table);
}

int vwr_net_set_table(struct vwr_net *n, const struct vwr_net_ctrl_mac *unicast, size_t bytes,
                      const struct vwr_net_ctrl_mac *multicast, size_t multicast_bytes)
{
    const struct vwr_vec tables[VWR_NET_CONTROL_SEGMENTS] = {{(void *)(uintptr_t)unicast, bytes},
                                                             {(void *)(uintptr_t)multicast, multicast_bytes}};
    struct vwr_net_mac_table_set_msg none; /* the tables follow what is in front of it */
    struct vwr_net_mac_table_set_msg_form form;
    int r;

    if (!net_control_is_table(n, unicast, bytes) || !net_control_is_table(n, multicast, multicast_bytes))
        return VWR_EINVAL;
    vwr_zero(&none, sizeof(none));
    vwr_net_mac_table_set_msg_encode(&form, false, &none);
    r = net_control_set(n, VWR_NET_SETS_TABLE, VWR_NET_F_CTRL_RX, &form, sizeof(form.ctrl), tables);
    if (r == VWR_OK)
        vwr_copy(n->options.control->tables, tables, sizeof(tables));
    return r;
}

int vwr_net_set_vlan(struct vwr_net *n, unsigned id, bool on)
{
    struct vwr_net_control *const k = n->options.control;
    struct vwr_net_vlan_add_msg_form form;
    int r;

    if (id >= VWR_NET_VLANS)
        return VWR_EINVAL;
    net_control_put_vlan(n, id, on, &form);
    r = net_control_do(n, VWR_NET_F_CTRL_VLAN, &form, sizeof(form), NULL);
    if (r != VWR_OK)
        return r;
    k->vlans[id / 32u] &= ~NET_SETS(id % 32u);
    k->vlans[id / 32u] |= (uint32_t)on << id % 32u;
    k->vlan_next = VWR_NET_VLANS;
    return VWR_OK;
}

int vwr_net_set_pairs(struct vwr_net *n, unsigned pairs)
{
    const struct vwr_net_mq_vq_pairs_set_msg m = {(uint16_t)pairs};
    struct vwr_net_mq_vq_pairs_set_msg_form form;

    if (pairs - 1 >= n->pairs)
        return VWR_EINVAL;
    vwr_net_mq_vq_pairs_set_msg_encode(&form, net_control_is_legacy(n), &m);
    return net_control_set(n, VWR_NET_SETS_PAIRS, VWR_NET_F_MQ, &form, sizeof(form), NULL);
}

/* What both messages have: VWR_OK, or what is wrong with it. */
static int net_control_check_hash(const struct vwr_net *n, unsigned feature, const struct vwr_net_rss *s)
{
    const bool ok = s->key_bytes <= n->info.rss_max_key_size && s->key_bytes <= VWR_NET_HASH_KEY &&
                    (s->hash_types & ~n->info.supported_hash_types) == 0;
    const int r = net_control_check(n, feature);

    return r == VWR_OK && !ok ? VWR_EINVAL : r;
}

int vwr_net_set_hash(struct vwr_net *n, const struct vwr_net_rss *s)
{
    const struct vwr_net_mq_hash_config_msg m = {s->hash_types, s->key_bytes};
    struct vwr_net_control *const k = n->options.control;
    const int r = net_control_check_hash(n, VWR_NET_F_HASH_REPORT, s);

    if (r != VWR_OK)
        return r;
    vwr_net_mq_hash_config_msg_encode(&k->call.out.hash, false, &m);
    vwr_copy(&k->call.out.hash + 1, s->key, s->key_bytes);
    return net_control_set(n, VWR_NET_SETS_HASH, VWR_NET_F_HASH_REPORT, &k->call.out,
                           sizeof(k->call.out.hash) + s->key_bytes, NULL);
}

/* Is the table one that the card can have, and are its pairs there? */
static bool net_control_has_pairs(const struct vwr_net *n, const struct vwr_net_rss *s)
{
    bool ok = s->entries != 0 && (s->entries & (s->entries - 1u)) == 0 &&
              s->entries <= n->info.rss_max_indirection_table_length && s->entries <= VWR_NET_RSS_ENTRIES &&
              s->other < n->pairs && s->pairs - 1u < n->pairs;

    for (unsigned i = 0; ok && i < s->entries; i++)
        ok = s->pair[i] < n->pairs;
    return ok;
}

int vwr_net_set_rss(struct vwr_net *n, const struct vwr_net_rss *s)
{
    const struct vwr_net_mq_rss_config_msg m = {s->hash_types, (uint16_t)(s->entries - 1u), s->other};
    struct vwr_net_control *const k = n->options.control;
    const vwr_le16 pairs = vwr_cpu_to_le16(s->pairs);
    int r = net_control_check_hash(n, VWR_NET_F_RSS, s);
    uint8_t *to;

    if (r == VWR_OK && !net_control_has_pairs(n, s))
        r = VWR_EINVAL;
    if (r != VWR_OK)
        return r;
    vwr_net_mq_rss_config_msg_encode(&k->call.out.rss, false, &m);
    to = k->call.out.rss.rss_config;
    for (unsigned i = 0; i < s->entries; i++) {
        const vwr_le16 pair = vwr_cpu_to_le16(s->pair[i]);

        vwr_copy(to + sizeof(struct vwr_net_rss_config) + i * sizeof(pair), &pair, sizeof(pair));
    }
    vwr_copy(to + vwr_net_rss_config_max_tx_vq_offset(s->entries), &pairs, sizeof(pairs));
    to[vwr_net_rss_config_hash_key_length_offset(s->entries)] = s->key_bytes;
    vwr_copy(to + vwr_net_rss_config_hash_key_data_offset(s->entries), s->key, s->key_bytes);
    return net_control_set(
        n, VWR_NET_SETS_RSS, VWR_NET_F_RSS, &k->call.out,
        (unsigned)(sizeof(k->call.out.rss.ctrl) + vwr_net_rss_config_bytes(s->entries, s->key_bytes)), NULL);
}

int vwr_net_set_offloads(struct vwr_net *n, uint64_t offloads)
{
    const struct vwr_net_guest_offloads_set_msg m = {offloads};
    struct vwr_net_guest_offloads_set_msg_form form;

    vwr_net_guest_offloads_set_msg_encode(&form, net_control_is_legacy(n), &m);
    return net_control_set(n, VWR_NET_SETS_OFFLOADS, VWR_NET_F_CTRL_GUEST_OFFLOADS, &form, sizeof(form),
                           NULL);
}

int vwr_net_set_coalescing(struct vwr_net *n, bool receive, uint32_t packets, uint32_t us)
{
    const struct vwr_net_notf_coal_tx_set_msg m = {packets, us};
    struct vwr_net_notf_coal_tx_set_msg_form form;

    vwr_net_notf_coal_tx_set_msg_encode(&form, false, &m);
    if (receive)
        form.ctrl.command = VWR_NET_CTRL_NOTF_COAL_RX_SET;
    return net_control_set(n, receive ? VWR_NET_SETS_COAL_RX : VWR_NET_SETS_COAL_TX, VWR_NET_F_NOTF_COAL,
                           &form, sizeof(form), NULL);
}

int vwr_net_announced(struct vwr_net *n)
{
    struct vwr_net_announce_ack_msg_form form;

    vwr_net_announce_ack_msg_encode(&form, false);
    return net_control_do(n, VWR_NET_F_GUEST_ANNOUNCE, &form, sizeof(form), NULL);
}

/* ---- after a reset ---- */

/* Sends the next; VWR_OK: there is none. */
static int net_control_send_next(struct vwr_net *n)
{
    struct vwr_net_control *const k = n->options.control;
    const unsigned id = net_control_next_vlan(k);
    struct vwr_net_vlan_add_msg_form vlan;
    unsigned setting = 0;
    int r;

    if (k->pending != 0) {
        while ((k->pending & NET_SETS(setting)) == 0)
            setting++;
        k->sent = NET_SETS(setting);
        r = net_control_begin(k, net_control_kept(k, setting), k->bytes[setting],
                              setting == VWR_NET_SETS_TABLE ? k->tables : NULL);
    } else if (id < VWR_NET_VLANS) {
        k->sent = 0;
        net_control_put_vlan(n, id, true, &vlan);
        r = net_control_begin(k, &vlan, sizeof(vlan), NULL);
    } else {
        return VWR_OK;
    }
    if (r != VWR_OK || (r = vwr_client_submit(&k->queue, &k->call.call)) != VWR_OK)
        return r;
    k->pending &= ~k->sent;
    if (k->sent == 0)
        k->vlan_next = (uint16_t)(id + 1u);
    (void)vwr_request_kick(&k->queue.requests);
    return VWR_EBUSY;
}

int vwr_net_recover(struct vwr_net *n)
{
    struct vwr_net_control *const k = n->options.control;
    struct vwr_req *done;
    int r = vwr_recover(&n->bringup, &vwr_net_bringup);

    if (r != VWR_OK || k == NULL || !vwr_net_has(n, VWR_NET_F_CTRL_VQ))
        return r;
    r = vwr_request_reap(&k->queue.requests, &done, 1);
    if (r < 0) /* stopped again */
        return r;
    if (r > 0 && done->result == VWR_EIO) { /* refused; of another reset all is set again */
        k->set &= ~k->sent;
        return VWR_EIO;
    }
    return vwr_req_is_in_flight(&k->call.call.req) ? VWR_EBUSY : net_control_send_next(n);
}
