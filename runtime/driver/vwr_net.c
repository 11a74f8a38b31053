/* SPDX-License-Identifier: MIT */
#include "net_common.h"
#include "vwr/message.h"

/* A network card from open to close: by the steps of its recovery (vwr/recovery.h). Section: Network Device.
 */

/* What is taken of any device; the control queue's with options->control. */
static const uint8_t net_basic[] = {VWR_NET_F_MTU, VWR_NET_F_MAC, VWR_NET_F_MRG_RXBUF, VWR_NET_F_STATUS,
                                    VWR_NET_F_SPEED_DUPLEX};

static const uint8_t net_settings[] = {
    VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_RX,       VWR_NET_F_CTRL_RX_EXTRA,       VWR_NET_F_GUEST_ANNOUNCE,
    VWR_NET_F_MQ,      VWR_NET_F_CTRL_MAC_ADDR, VWR_NET_F_CTRL_GUEST_OFFLOADS, VWR_NET_F_NOTF_COAL};

/* By these packets are not what they are on a wire: options->offloads has those that are taken. */
static const uint8_t net_offloads[] = {
    VWR_NET_F_CSUM,       VWR_NET_F_HOST_TSO4,   VWR_NET_F_HOST_TSO6,    VWR_NET_F_HOST_ECN,
    VWR_NET_F_HOST_UFO,   VWR_NET_F_HOST_USO,    VWR_NET_F_GUEST_CSUM,   VWR_NET_F_GUEST_TSO4,
    VWR_NET_F_GUEST_TSO6, VWR_NET_F_GUEST_ECN,   VWR_NET_F_GUEST_UFO,    VWR_NET_F_GUEST_USO4,
    VWR_NET_F_GUEST_USO6, VWR_NET_F_HASH_REPORT, VWR_NET_F_GUEST_HDRLEN,
};

/* Those by which a packet that comes may be longer than a frame. */
static const uint8_t net_large[] = {VWR_NET_F_GUEST_TSO4, VWR_NET_F_GUEST_TSO6, VWR_NET_F_GUEST_ECN,
                                    VWR_NET_F_GUEST_UFO,  VWR_NET_F_GUEST_USO4, VWR_NET_F_GUEST_USO6};

static struct vwr_net *net_of(struct vwr_recovery *v)
{
    return (struct vwr_net *)(void *)v;
}

static void net_read_info(const struct vwr_config *c, void *into)
{
    struct vwr_net_info *const info = into;
    const uint16_t status = vwr_net_config_get_status(c);

    for (unsigned i = 0; i < sizeof(info->mac); i++)
        info->mac[i] = vwr_net_config_get_mac(c, i);
    info->has_mac = vwr_config_has(c, VWR_NET_F_MAC);
    info->link = (status & VWR_NET_S_LINK_UP) != 0;
    info->announce = (status & VWR_NET_S_ANNOUNCE) != 0;
    info->duplex = vwr_net_config_get_duplex(c);
    info->mtu = vwr_net_config_get_mtu(c);
    info->pairs = vwr_net_config_get_max_virtqueue_pairs(c);
    info->speed = vwr_net_config_get_speed(c);
}

/* Is the feature there, and must not be? It is avoided when the device was reset. */
static bool net_gives_up(struct vwr_net *n, unsigned feature)
{
    if (!vwr_net_has(n, feature))
        return false;
    vwr_features_add(&n->options.avoid, feature);
    return true;
}

/* Without MRG_RXBUF a buffer has to have room for whatever comes. Sections: Network Device / Device Operation
 * / Setting Up Receive Buffers; Device configuration layout. */
static bool net_has_no_room(struct vwr_net *n)
{
    const uint32_t room = VWR_NET_BYTES - n->header;
    bool none = false;

    if (vwr_net_has(n, VWR_NET_F_MRG_RXBUF))
        return false;
    for (unsigned i = 0; i < sizeof(net_large) && room < VWR_NET_FRAME_MAX; i++)
        none |= net_gives_up(n, net_large[i]);
    if ((uint32_t)n->info.mtu + VWR_NET_ETHERNET > room)
        none |= net_gives_up(n, VWR_NET_F_MTU);
    return none;
}

static int net_configure(struct vwr_recovery *v)
{
    struct vwr_net *const n = net_of(v);
    const uint32_t mtu = n->info.mtu;

    n->header = (uint16_t)vwr_net_hdr_size(&v->dev->config.features);
    if (net_has_no_room(n))
        return VWR_ERESET;
    n->frame_max = mtu != 0 ? mtu + VWR_NET_ETHERNET + VWR_NET_VLAN : VWR_NET_FRAME;
    n->buffers_max = vwr_net_has(n, VWR_NET_F_MRG_RXBUF) ? VWR_NET_SLICES : 1u;
    return vwr_client_agree_count(&n->pairs, n->options.pairs, n->info.pairs != 0 ? n->info.pairs : 1u);
}

/* A pair; receive, then send. */
static int net_set_up_pair(struct vwr_net *n, unsigned i)
{
    struct vwr_recovery *const v = &n->recovery;
    struct vwr_net_pair *const p = &n->options.pair[i];
    struct vwr_net_shared *const s = &n->options.shared[i];
    struct vwr_requestq *const q = &p->send.requests;
    const struct vwr_queue_memory m = {s->receive, sizeof(s->receive), p->receive_own, sizeof(p->receive_own),
                                       VWR_NET_QUEUE};
    const struct vwr_receive_memory buffers = {s->data, p->buffer, VWR_NET_BYTES, VWR_NET_QUEUE};
    const bool whole = n->buffers_max == 1;
    const uint32_t least = whole ? n->header + VWR_NET_ETHERNET : 1u;
    int r = vwr_receive_setup(&p->receive, v, vwr_net_queue_receiveq_at(i), &m, &buffers, least);

    if (r != VWR_OK)
        return r;
    p->receive.skipped = whole ? n->header : 0;
    p->send.net = n;
    p->send.frame_max = n->frame_max;
    p->send_memory.shared = s->send;
    p->send_memory.shared_bytes = sizeof(s->send);
    p->send_memory.own = p->send_own;
    p->send_memory.own_bytes = sizeof(p->send_own);
    p->send_memory.size = VWR_NET_QUEUE;
    vwr_requestq_set_class(q, vwr_net_send_class(n->header));
    q->options = &n->options.request;
    q->memory = &p->send_memory;
    q->recovery = v;
    q->segment_bytes_max = VWR_NET_FRAME_MAX;
    q->segments_max = VWR_NET_SEGMENTS;
    return vwr_request_setup(q, vwr_net_queue_transmitq_at(i));
}

/* The pairs, then the control queue, which is behind all pairs that the device has. */
static int net_set_up(struct vwr_recovery *v, unsigned i)
{
    struct vwr_net *const n = net_of(v);
    const bool control = vwr_net_has(n, VWR_NET_F_CTRL_VQ);
    int r;

    if (i == n->pairs)
        return vwr_net_control_set_up(n, vwr_net_queue_controlq_at(n->info.pairs));
    r = net_set_up_pair(n, i);
    return r == VWR_OK && i + 1 < n->pairs + control ? 1 : r;
}

/* Of a packet that did not come whole. */
static void net_drop_kept(struct vwr_net_pair *p)
{
    vwr_count_add(&p->receive.stats.dropped, p->kept_count);
    while (p->kept_count != 0)
        (void)vwr_receive_return(&p->receive, p->kept[--p->kept_count].buffer);
}

static void net_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    struct vwr_net *const n = net_of(v);

    for (unsigned i = 0; i < n->pairs && event == VWR_RECOVERY_RELEASED; i++)
        net_drop_kept(&n->options.pair[i]);
    vwr_receive_all(v, event);
    if (event == VWR_RECOVERY_RUNS && n->options.control != NULL)
        vwr_net_control_forget(n);
}

static const struct vwr_features net_want = {
    {VWR_NET_FEATURES_W0, VWR_NET_FEATURES_W1, VWR_NET_FEATURES_W2, VWR_NET_FEATURES_W3}};

const struct vwr_recovery_class vwr_net_recovery = {
    .type = VWR_NET_ID,
    .bytes = sizeof(struct vwr_net),
    .info_at = __builtin_offsetof(struct vwr_net, info),
    .info_bytes = sizeof(struct vwr_net_info),
    .want = &net_want,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .read = net_read_info,
    .configure = net_configure,
    .set_up = net_set_up,
    .event = net_event,
};

/* All of the device's own features are avoided but those that the caller and the driver know. */
static void net_set_avoid(struct vwr_net *n)
{
    struct vwr_features *const avoid = &n->options.avoid;
    struct vwr_features others;

    vwr_copy(&others, &net_want, sizeof(others));
    for (unsigned i = 0; i < sizeof(net_basic); i++)
        vwr_features_remove(&others, net_basic[i]);
    for (unsigned i = 0; i < sizeof(net_settings) && n->options.control != NULL; i++)
        vwr_features_remove(&others, net_settings[i]);
    if (n->options.control != NULL && n->options.control->filters_vlans)
        vwr_features_remove(&others, VWR_NET_F_CTRL_VLAN);
    for (unsigned i = 0; i < sizeof(net_offloads); i++)
        if (vwr_features_have(&n->options.offloads, net_offloads[i]))
            vwr_features_remove(&others, net_offloads[i]);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        avoid->w[i] |= others.w[i];
}

int vwr_net_open(struct vwr_net *n, struct vwr_dev *d, const struct vwr_net_options *options)
{
    const int r = vwr_recovery_begin(&n->recovery, &vwr_net_recovery, d);

    if (r != VWR_OK)
        return r;
    if (options->pairs == 0)
        return VWR_EINVAL;
    vwr_copy(&n->options, options, sizeof(*options));
    vwr_zero(options->pair, options->pairs * sizeof(*options->pair));
    n->options.request.requests = VWR_NET_QUEUE;
    n->options.request.segments = VWR_NET_SEGMENTS;
    vwr_request_set_defaults(&n->options.request);
    if (options->control != NULL)
        vwr_net_control_begin(options->control);
    net_set_avoid(n);
    n->recovery.need = &n->options.need;
    n->recovery.avoid = &n->options.avoid;
    return vwr_recovery_open(&n->recovery, &vwr_net_recovery);
}

int vwr_net_close(struct vwr_net *n)
{
    const int r = vwr_recovery_close(&n->recovery, &vwr_net_recovery);

    if (r == VWR_OK)
        n->pairs = 0;
    return r;
}

int vwr_net_read_info(struct vwr_net *n)
{
    struct vwr_net_info info;
    const int r = vwr_recovery_read_info(&n->recovery, &vwr_net_recovery, &info);

    if (r == VWR_OK)
        vwr_copy(&n->info, &info, sizeof(info));
    return r;
}
