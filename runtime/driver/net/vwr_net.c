/* SPDX-License-Identifier: MIT */
#include "net_common.h"
#include "vwr/message.h"

/* Network card: opening, recovery (vwr/bringup.h) and closing. Section: Network Device. */

#define NET_FEATURE(feature) ((uint64_t)1 << VWR_NET_F_##feature)

/* Features accepted only with options->control; CTRL_VLAN also needs control->filters_vlans. */
#define NET_CONTROLLED                                                                                   \
    (NET_FEATURE(CTRL_VQ) | NET_FEATURE(CTRL_RX) | NET_FEATURE(CTRL_RX_EXTRA) | NET_FEATURE(CTRL_VLAN) | \
     NET_FEATURE(GUEST_ANNOUNCE) | NET_FEATURE(MQ) | NET_FEATURE(CTRL_MAC_ADDR) |                        \
     NET_FEATURE(CTRL_GUEST_OFFLOADS) | NET_FEATURE(NOTF_COAL) | NET_FEATURE(RSS))

/* Features with which a received packet may be larger than a frame. */
#define NET_LARGE                                                                                          \
    (NET_FEATURE(GUEST_TSO4) | NET_FEATURE(GUEST_TSO6) | NET_FEATURE(GUEST_ECN) | NET_FEATURE(GUEST_UFO) | \
     NET_FEATURE(GUEST_USO4) | NET_FEATURE(GUEST_USO6))

/* Offload features. With these, packets differ from those on the wire. Accepted only if set in
 * options->offloads. */
#define NET_OFFLOADS                                                                                   \
    (NET_LARGE | NET_FEATURE(CSUM) | NET_FEATURE(HOST_TSO4) | NET_FEATURE(HOST_TSO6) |                 \
     NET_FEATURE(HOST_ECN) | NET_FEATURE(HOST_UFO) | NET_FEATURE(HOST_USO) | NET_FEATURE(GUEST_CSUM) | \
     NET_FEATURE(HASH_REPORT) | NET_FEATURE(GUEST_HDRLEN))

#define NET_WANT                                                                                    \
    (NET_CONTROLLED | NET_OFFLOADS | NET_FEATURE(MTU) | NET_FEATURE(MAC) | NET_FEATURE(MRG_RXBUF) | \
     NET_FEATURE(STATUS) | NET_FEATURE(SPEED_DUPLEX))
static const struct vwr_features net_want = {{(uint32_t)NET_WANT, (uint32_t)(NET_WANT >> 32)}};

static uint64_t net_features(const struct vwr_features *f)
{
    return f->w[0] | (uint64_t)f->w[1] << 32;
}

/* A change of these features takes effect only after a reset. */
static void net_avoid(struct vwr_net *n, uint64_t features)
{
    n->options.avoid.w[0] |= (uint32_t)features;
    n->options.avoid.w[1] |= (uint32_t)(features >> 32);
}

/* Accepted features with which a received packet may be larger than `room`. */
static uint64_t net_too_large(const struct vwr_net *n, uint32_t room)
{
    uint64_t features = 0;

    if (room < VWR_NET_FRAME_MAX)
        features |= NET_LARGE;
    if ((uint32_t)n->info.mtu + VWR_NET_ETHERNET > room)
        features |= NET_FEATURE(MTU);
    return features & net_features(&n->bringup.dev->config.features);
}

/* Size of the largest packet that fits all buffers of the shortest receive queue. */
static uint32_t net_merged_room(const struct vwr_net *n)
{
    struct vwr_dev *const d = n->bringup.dev;
    uint16_t buffers = n->layout.queue;

    for (unsigned i = 0; i < n->pairs; i++) {
        const int max = vwr_dev_queue_size_max(d, vwr_net_queue_receiveq_at(i));

        if (max > 0) /* the setup reports a missing queue */
            buffers = vwr_queue_fit_(&d->config.features, buffers, (uint32_t)max);
    }
    return buffers * VWR_NET_BYTES - n->header;
}

/*
 * A packet must fit one buffer or, with MRG_RXBUF, all buffers of a queue. Avoids features that allow larger
 * packets. Returns whether any of them was negotiated. Sections: Network Device / Device Operation /
 * Setting Up Receive Buffers; Device configuration layout.
 */
static bool net_has_no_room(struct vwr_net *n)
{
    uint64_t none = net_too_large(n, VWR_NET_BYTES - n->header);

    if (none != 0 && vwr_net_has(n, VWR_NET_F_MRG_RXBUF))
        none = net_too_large(n, net_merged_room(n));
    net_avoid(n, none);
    return none != 0;
}

static int net_configure(struct vwr_bringup *v)
{
    struct vwr_net *const n = (void *)v;
    const uint32_t mtu = n->info.mtu;
    struct vwr_config_wrong wrong;
    int r;

    if (vwr_net_config_is_wrong(&v->dev->config.features, &n->info, &wrong))
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    n->header = (uint16_t)vwr_net_hdr_size(&v->dev->config.features);
    vwr_copy(&n->send_class, &vwr_net_send_class, sizeof(n->send_class));
    n->send_class.header = n->header;
    r = vwr_client_agree_count(&n->pairs, n->options.pair_count, n->info.max_virtqueue_pairs);
    if (r == VWR_OK && net_has_no_room(n))
        return VWR_ERESET;
    n->frame_max = mtu != 0 ? mtu + VWR_NET_ETHERNET + VWR_NET_VLAN : VWR_NET_FRAME;
    return r;
}

/* Sets up a pair of queues: receive, then transmit. */
static int net_set_up_pair(struct vwr_net *n, unsigned i)
{
    struct vwr_bringup *const v = &n->bringup;
    const struct vwr_net_layout *const l = &n->layout;
    struct vwr_net_pair *const p = vwr_net_pair_(n, i);
    uint8_t *const own = (uint8_t *)p;
    uint8_t *const s = (uint8_t *)n->options.shared + (size_t)i * l->shared_bytes;
    const struct vwr_queue_memory out = {s + l->send_at, l->receive_at - l->send_at, own + l->send_own_at,
                                         l->pair_bytes - l->send_own_at, l->queue};
    const struct vwr_queue_memory in = {s + l->receive_at, l->data_at - l->receive_at,
                                        own + l->receive_own_at, l->send_own_at - l->receive_own_at,
                                        l->queue};
    const struct vwr_receive_memory buffers = {s + l->data_at, (size_t)l->queue * VWR_NET_BYTES,
                                               (void *)(own + l->buffer_at), l->queue};
    const bool whole = !vwr_net_has(n, VWR_NET_F_MRG_RXBUF);
    const uint32_t least = whole ? n->header + VWR_NET_ETHERNET : 1u;
    int r = vwr_receive_setup(&p->receive.buffers, v, vwr_net_queue_receiveq_at(i), &in, &buffers, least);

    if (r != VWR_OK)
        return r;
    p->receive.buffers.skipped = n->header;
    p->receive.buffers_max = whole ? 1u : VWR_NET_SLICES;
    p->receive.header = n->header;
    p->send.net = n;
    p->send.payload_max = n->frame_max - VWR_NET_ETHERNET;
    p->send.requests.segment_bytes_max = VWR_NET_FRAME_MAX;
    p->send.requests.segments_max = l->segments;
    return vwr_request_setup(&p->send.requests, v, vwr_net_queue_transmitq_at(i), &n->send_class, &out,
                             &n->options.request);
}

/* Sets up the pairs, then the control queue, whose index follows all pairs that the device supports. */
static int net_set_up(struct vwr_bringup *v, unsigned i)
{
    struct vwr_net *const n = (void *)v;
    const bool control = vwr_net_has(n, VWR_NET_F_CTRL_VQ);
    int r;

    if (i == n->pairs)
        return n->options.set_up_control(n, vwr_net_queue_controlq_at(n->info.max_virtqueue_pairs));
    r = net_set_up_pair(n, i);
    return r == VWR_OK && i + 1 < n->pairs + control ? 1 : r;
}

static void net_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_net *const n = (void *)v;

    for (unsigned i = 0; i < n->pairs && event == VWR_BRINGUP_RELEASED; i++) {
        struct vwr_net_receiveq *const q = &vwr_net_pair_(n, i)->receive;

        vwr_count_add(&q->buffers.stats.dropped, q->kept_count); /* buffers of an incomplete packet */
        while (q->kept_count != 0)
            (void)vwr_receive_submit(&q->buffers, q->kept[--q->kept_count].buffer);
    }
    vwr_receive_all(v, event);
    if (event == VWR_BRINGUP_CLOSED)
        n->pairs = 0;
}

static int net_restore(struct vwr_bringup *v)
{
    struct vwr_net *const n = (void *)v;

    return vwr_net_has(n, VWR_NET_F_CTRL_VQ) ? n->options.restore(n) : VWR_OK;
}

const struct vwr_bringup_class vwr_net_bringup = {
    VWR_BRINGUP_CLASS(VWR_NET_ID, vwr_net, info),
    .want = &net_want,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .read = vwr_net_config_read,
    .configure = net_configure,
    .set_up = net_set_up,
    .event = net_event,
    .restore = net_restore,
    .needs = vwr_net_config_needs,
};

int vwr_net_open_(struct vwr_net *n, struct vwr_dev *d, const struct vwr_net_options *options,
                  const struct vwr_net_layout *layout)
{
    const int r = vwr_bringup_begin(&n->bringup, &vwr_net_bringup, d);
    struct vwr_net_control *control;

    if (r != VWR_OK)
        return r;
    control = options->control;
    if (!VWR_ARRAY_FITS(&d->shortage, options, pair, pair_count, 1u) ||
        !VWR_ARRAY_FITS(&d->shortage, options, shared, shared_count, options->pair_count))
        return vwr_dev_note_shortage(d);
    if (control != NULL && options->set_up_control == NULL)
        return VWR_EINVAL;
    vwr_copy(&n->options, options, sizeof(*options));
    vwr_copy(&n->layout, layout, sizeof(*layout));
    vwr_zero(options->pair, (size_t)options->pair_count * layout->pair_bytes);
    n->options.request.requests = layout->queue;
    n->options.request.segments = layout->segments;
    vwr_request_set_defaults(&n->options.request);
    net_avoid(n, NET_OFFLOADS & ~net_features(&options->offloads));
    if (control == NULL)
        net_avoid(n, NET_CONTROLLED);
    else
        vwr_zero(&control->queue, sizeof(*control) - __builtin_offsetof(struct vwr_net_control, queue));
    if (control != NULL && !control->filters_vlans)
        net_avoid(n, NET_FEATURE(CTRL_VLAN));
    n->none.requests.dev = d;
    n->none.requests.options = &n->options.request;
    n->bringup.need = &n->options.need;
    n->bringup.avoid = &n->options.avoid;
    return vwr_bringup_open(&n->bringup);
}

int vwr_net_read_info(struct vwr_net *n)
{
    struct vwr_net_config_info info;
    const int r = vwr_bringup_read_info(&n->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&n->info, &info, sizeof(info));
    return r;
}
