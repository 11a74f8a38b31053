/* SPDX-License-Identifier: MIT */
#include "net_common.h"
#include "vwr/net_control.h"

/* The settings of a network card: messages of its control queue. Section: Network Device / Device Operation /
 * Control Virtqueue. */

static const struct vwr_request_class net_control_class = {
    .shared_bytes = VWR_NET_CONTROL_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

int vwr_net_control_set_up(struct vwr_net *n, unsigned index)
{
    struct vwr_net_control *const k = n->options.control;
    const struct vwr_queue_memory m = {k->shared, sizeof(*k->shared), k->own, sizeof(k->own),
                                       VWR_NET_CONTROL_QUEUE};
    struct vwr_request_options options;

    vwr_zero(&options, sizeof(options));
    options.requests = 1;
    options.segments = VWR_NET_CONTROL_SEGMENTS;
    return vwr_client_setup(&k->queue, &n->recovery, index, &net_control_class, &m, &options);
}

void vwr_net_control_forget(struct vwr_net *n)
{
    struct vwr_net_control *const k = n->options.control;

    k->pending = k->now.set;
    k->vlan_next = 0;
    if ((k->pending >> VWR_NET_SETS_MAC & 1u) != 0)
        vwr_copy(n->info.mac, k->now.mac, sizeof(n->info.mac));
}

void vwr_net_control_begin(struct vwr_net_control *k)
{
    struct vwr_net_control_shared *const shared = k->shared;
    const bool filters_vlans = k->filters_vlans;

    vwr_zero(k, sizeof(*k));
    k->shared = shared;
    k->filters_vlans = filters_vlans;
}

/* ---- a message ---- */

/* Its fixed form has so many bytes, and is in k->call.out. */
static int net_control_begin(struct vwr_net_control *k, unsigned bytes)
{
    struct vwr_client_row *const row = &k->row;

    vwr_zero(row, sizeof(*row));
    row->out = (uint16_t)bytes;
    row->first = sizeof(k->call.ack);
    row->out_at = __builtin_offsetof(struct vwr_net_control_call, out);
    row->back_at = __builtin_offsetof(struct vwr_net_control_call, ack);
    row->status_bytes = sizeof(k->call.ack);
    row->oks = 1;
    row->ok[0] = VWR_NET_OK;
    return vwr_client_begin(&k->call.call, row);
}

static int net_control_mode(struct vwr_net *n, unsigned mode)
{
    struct vwr_net_control *const k = n->options.control;
    const struct vwr_net_rx_promisc_msg m = {(uint8_t)(k->now.modes >> mode & 1u)};

    vwr_net_rx_promisc_msg_encode(&k->call.out.mode, vwr_dev_is_legacy(n->recovery.dev), &m);
    k->call.out.mode.ctrl.command = (uint8_t)mode;
    return net_control_begin(k, sizeof(k->call.out.mode));
}

/* Both tables begin with their number of entries: of the message only what stands before is a fixed form. */
static int net_control_table(struct vwr_net_control *k, bool legacy)
{
    struct vwr_net_mac_table_set_msg none;
    int r;

    none.entries = 0; /* not sent */
    vwr_net_mac_table_set_msg_encode(&k->call.out.table, legacy, &none);
    r = net_control_begin(k, sizeof(k->call.out.table.ctrl));
    for (unsigned i = 0; i < VWR_NET_CONTROL_SEGMENTS && r == VWR_OK; i++)
        vwr_client_add_out(&k->call.call, k->now.table[i].p, k->now.table[i].bytes);
    return r;
}

static int net_control_build(struct vwr_net *n, unsigned setting)
{
    const bool legacy = vwr_dev_is_legacy(n->recovery.dev);
    struct vwr_net_control *const k = n->options.control;
    struct vwr_net_mac_addr_set_msg mac;
    const struct vwr_net_mq_vq_pairs_set_msg pairs = {k->now.pairs};
    const struct vwr_net_guest_offloads_set_msg offloads = {k->now.offloads};

    switch (setting) {
    case VWR_NET_SETS_MAC:
        vwr_copy(mac.octets, k->now.mac, sizeof(k->now.mac));
        vwr_net_mac_addr_set_msg_encode(&k->call.out.mac, legacy, &mac);
        return net_control_begin(k, sizeof(k->call.out.mac));
    case VWR_NET_SETS_TABLE:
        return net_control_table(k, legacy);
    case VWR_NET_SETS_PAIRS:
        vwr_net_mq_vq_pairs_set_msg_encode(&k->call.out.pairs, legacy, &pairs);
        return net_control_begin(k, sizeof(k->call.out.pairs));
    case VWR_NET_SETS_OFFLOADS:
        vwr_net_guest_offloads_set_msg_encode(&k->call.out.offloads, legacy, &offloads);
        return net_control_begin(k, sizeof(k->call.out.offloads));
    case VWR_NET_SETS_COAL_TX:
        vwr_net_notf_coal_tx_set_msg_encode(&k->call.out.coal_tx, legacy, &k->now.coal_tx);
        return net_control_begin(k, sizeof(k->call.out.coal_tx));
    case VWR_NET_SETS_COAL_RX:
        vwr_net_notf_coal_rx_set_msg_encode(&k->call.out.coal_rx, legacy, &k->now.coal_rx);
        return net_control_begin(k, sizeof(k->call.out.coal_rx));
    case VWR_NET_SETS_ANNOUNCE:
        vwr_net_announce_ack_msg_encode(&k->call.out.announce, legacy);
        return net_control_begin(k, sizeof(k->call.out.announce));
    default:
        return net_control_mode(n, setting - VWR_NET_SETS_MODE);
    }
}

static int net_control_vlan(struct vwr_net *n, unsigned id, bool on)
{
    const bool legacy = vwr_dev_is_legacy(n->recovery.dev);
    struct vwr_net_control *const k = n->options.control;
    const struct vwr_net_vlan_add_msg add = {(uint16_t)id};
    const struct vwr_net_vlan_del_msg del = {(uint16_t)id};

    if (on)
        vwr_net_vlan_add_msg_encode(&k->call.out.vlan_add, legacy, &add);
    else
        vwr_net_vlan_del_msg_encode(&k->call.out.vlan_del, legacy, &del);
    return net_control_begin(k, on ? sizeof(k->call.out.vlan_add) : sizeof(k->call.out.vlan_del));
}

/* ---- the caller's ---- */

/* The next VLAN to be set again; VWR_NET_VLANS: there is none. */
static unsigned net_control_next_vlan(const struct vwr_net_control *k)
{
    unsigned id = k->vlan_next;

    while (id < VWR_NET_VLANS && (k->vlans[id / 32u] >> id % 32u & 1u) == 0)
        id += k->vlans[id / 32u] == 0 ? 32u - id % 32u : 1u;
    return id;
}

/* VWR_OK: there is a queue for it, and nothing is to be set again. What is set then is kept, in case that the
 * next setting fails. */
static int net_control_check(const struct vwr_net *n, unsigned feature)
{
    struct vwr_net_control *const k = n->options.control;

    if (k == NULL || !vwr_net_has(n, VWR_NET_F_CTRL_VQ) || !vwr_net_has(n, feature))
        return VWR_EFEATURE;
    if (k->pending != 0 || net_control_next_vlan(k) < VWR_NET_VLANS)
        return VWR_EBUSY;
    vwr_copy(&k->before, &k->now, sizeof(k->before));
    return VWR_OK;
}

static int net_control_do(struct vwr_net *n, unsigned setting)
{
    struct vwr_net_control *const k = n->options.control;
    int r = net_control_build(n, setting);

    if (r == VWR_OK)
        r = vwr_client_do(&k->queue, &k->call.call);
    if (r != VWR_OK)
        vwr_copy(&k->now, &k->before, sizeof(k->now));
    else if (setting != VWR_NET_SETS_ANNOUNCE)
        k->now.set |= (uint32_t)1 << setting;
    return r;
}

int vwr_net_set_mode(struct vwr_net *n, unsigned mode, bool on)
{
    const unsigned feature = mode <= VWR_NET_CTRL_RX_ALLMULTI ? VWR_NET_F_CTRL_RX : VWR_NET_F_CTRL_RX_EXTRA;
    const int r = mode > VWR_NET_CTRL_RX_NOBCAST ? VWR_EINVAL : net_control_check(n, feature);

    if (r != VWR_OK)
        return r;
    n->options.control->now.modes &= ~((uint32_t)1 << mode);
    n->options.control->now.modes |= (uint32_t)on << mode;
    return net_control_do(n, VWR_NET_SETS_MODE + mode);
}

int vwr_net_set_mac(struct vwr_net *n, const uint8_t mac[6])
{
    int r = net_control_check(n, VWR_NET_F_CTRL_MAC_ADDR);

    if (r != VWR_OK)
        return r;
    vwr_copy(n->options.control->now.mac, mac, sizeof(n->options.control->now.mac));
    r = net_control_do(n, VWR_NET_SETS_MAC);
    if (r == VWR_OK)
        vwr_copy(n->info.mac, mac, sizeof(n->info.mac));
    return r;
}

static bool net_control_is_table(const struct vwr_net *n, const struct vwr_net_ctrl_mac *table, size_t bytes)
{
    const size_t each = sizeof(table->macs[0]);

    return bytes >= sizeof(*table) && (bytes - sizeof(*table)) % each == 0 &&
           vwr_guest32(vwr_dev_is_legacy(n->recovery.dev), table->entries) == (bytes - sizeof(*table)) / each;
}

int vwr_net_set_table(struct vwr_net *n, const struct vwr_net_ctrl_mac *unicast, size_t bytes,
                      const struct vwr_net_ctrl_mac *multicast, size_t multicast_bytes)
{
    struct vwr_net_control *const k = n->options.control;
    const int r = net_control_check(n, VWR_NET_F_CTRL_RX);

    if (r != VWR_OK)
        return r;
    if (!net_control_is_table(n, unicast, bytes) || !net_control_is_table(n, multicast, multicast_bytes))
        return VWR_EINVAL;
    k->now.table[0].p = (void *)(uintptr_t)unicast;
    k->now.table[0].bytes = bytes;
    k->now.table[1].p = (void *)(uintptr_t)multicast;
    k->now.table[1].bytes = multicast_bytes;
    return net_control_do(n, VWR_NET_SETS_TABLE);
}

int vwr_net_set_vlan(struct vwr_net *n, unsigned id, bool on)
{
    struct vwr_net_control *const k = n->options.control;
    int r = id >= VWR_NET_VLANS ? VWR_EINVAL : net_control_check(n, VWR_NET_F_CTRL_VLAN);

    if (r == VWR_OK)
        r = net_control_vlan(n, id, on);
    if (r == VWR_OK)
        r = vwr_client_do(&k->queue, &k->call.call);
    if (r != VWR_OK)
        return r;
    k->vlans[id / 32u] &= ~((uint32_t)1 << id % 32u);
    k->vlans[id / 32u] |= (uint32_t)on << id % 32u;
    k->vlan_next = VWR_NET_VLANS;
    return VWR_OK;
}

int vwr_net_set_pairs(struct vwr_net *n, unsigned pairs)
{
    const int r = pairs - 1 >= n->pairs ? VWR_EINVAL : net_control_check(n, VWR_NET_F_MQ);

    if (r != VWR_OK)
        return r;
    n->options.control->now.pairs = (uint16_t)pairs;
    return net_control_do(n, VWR_NET_SETS_PAIRS);
}

int vwr_net_set_offloads(struct vwr_net *n, uint64_t offloads)
{
    const int r = net_control_check(n, VWR_NET_F_CTRL_GUEST_OFFLOADS);

    if (r != VWR_OK)
        return r;
    n->options.control->now.offloads = offloads;
    return net_control_do(n, VWR_NET_SETS_OFFLOADS);
}

int vwr_net_set_coalescing(struct vwr_net *n, bool receive, uint32_t packets, uint32_t us)
{
    const int r = net_control_check(n, VWR_NET_F_NOTF_COAL);

    if (r != VWR_OK)
        return r;
    if (receive) {
        n->options.control->now.coal_rx.max_packets = packets;
        n->options.control->now.coal_rx.max_usecs = us;
        return net_control_do(n, VWR_NET_SETS_COAL_RX);
    }
    n->options.control->now.coal_tx.max_packets = packets;
    n->options.control->now.coal_tx.max_usecs = us;
    return net_control_do(n, VWR_NET_SETS_COAL_TX);
}

int vwr_net_announced(struct vwr_net *n)
{
    const int r = net_control_check(n, VWR_NET_F_GUEST_ANNOUNCE);

    return r == VWR_OK ? net_control_do(n, VWR_NET_SETS_ANNOUNCE) : r;
}

/* ---- after a reset ---- */

/* Sends the next; VWR_OK: there is none. */
static int net_control_send_next(struct vwr_net *n)
{
    struct vwr_net_control *const k = n->options.control;
    const unsigned id = net_control_next_vlan(k);
    unsigned setting = 0;
    int r;

    if (k->pending == 0 && id >= VWR_NET_VLANS)
        return VWR_OK;
    while (k->pending != 0 && (k->pending >> setting & 1u) == 0)
        setting++;
    r = k->pending != 0 ? net_control_build(n, setting) : net_control_vlan(n, id, true);
    if (r == VWR_OK)
        r = vwr_client_submit(&k->queue, &k->call.call);
    if (r != VWR_OK)
        return r;
    k->sent = k->pending != 0 ? (uint32_t)1 << setting : 0;
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
    int r = vwr_recover(&n->recovery, &vwr_net_recovery);

    if (r != VWR_OK || k == NULL || !vwr_net_has(n, VWR_NET_F_CTRL_VQ))
        return r;
    r = vwr_request_reap(&k->queue.requests, &done, 1);
    if (r < 0) /* stopped again */
        return r;
    if (r > 0 && done->result == VWR_EIO) { /* refused; of another reset all is set again */
        k->now.set &= ~k->sent;
        return VWR_EIO;
    }
    return vwr_req_is_in_flight(&k->call.call.req) ? VWR_EBUSY : net_control_send_next(n);
}
