/* SPDX-License-Identifier: MIT */
#include "net_common.h"
#include "../core/request/request_common.h"

/*
 * Transmit: a request class with a header and no answer. Section: Network Device / Device Operation / Packet
 * Transmission.
 */

/* Feature that a segmentation type requires; VWR_FEATURE_NONE: unknown type. */
static unsigned net_segmentation(unsigned gso_type)
{
    switch (gso_type & ~(unsigned)VWR_NET_HDR_GSO_ECN) {
    case VWR_NET_HDR_GSO_TCPV4:
        return VWR_NET_F_HOST_TSO4;
    case VWR_NET_HDR_GSO_TCPV6:
        return VWR_NET_F_HOST_TSO6;
    case VWR_NET_HDR_GSO_UDP:
        return VWR_NET_F_HOST_UFO;
    case VWR_NET_HDR_GSO_UDP_L4:
        return VWR_NET_F_HOST_USO;
    default:
        return VWR_FEATURE_NONE;
    }
}

/* Checks the offloads that the header requests. */
static int net_check_header(const struct vwr_net *n, const struct vwr_net_header *h)
{
    if ((h->flags & ~(unsigned)VWR_NET_HDR_F_NEEDS_CSUM) != 0)
        return VWR_EINVAL;
    if (h->flags != 0 && !vwr_net_has(n, VWR_NET_F_CSUM))
        return VWR_EFEATURE;
    if (h->gso_type == VWR_NET_HDR_GSO_NONE)
        return VWR_OK;
    if (h->flags == 0 || h->gso_size == 0)
        return VWR_EINVAL;
    if ((h->gso_type & VWR_NET_HDR_GSO_ECN) != 0 && !vwr_net_has(n, VWR_NET_F_HOST_ECN))
        return VWR_EFEATURE;
    return vwr_net_has(n, net_segmentation(h->gso_type)) ? VWR_OK : VWR_EFEATURE;
}

/* Without offloads, only these two adjacent fields matter. */
static inline bool net_asks_nothing(const struct vwr_net_header *h)
{
    return h->flags == 0 && h->gso_type == VWR_NET_HDR_GSO_NONE;
}

/* The slot has space for the longest header. The hash fields are for received packets and stay 0. */
static inline void net_zero_header(struct vwr_net_hdr *h)
{
    uint8_t *const bytes = (uint8_t *)h;

    VWR_STATIC_ASSERT(__builtin_offsetof(struct vwr_net_hdr, hash_value) ==
                          sizeof(uint64_t) + sizeof(uint32_t),
                      "two stores");
    vwr_ring_store64(bytes, 0);
    vwr_ring_store32(bytes + sizeof(uint64_t), 0);
}

static inline void net_write_header(const struct vwr_requestq *q, const struct vwr_net_header *h,
                                    struct vwr_net_hdr *to)
{
    const bool legacy = vwr_dev_is_legacy(q->dev);

    net_zero_header(to);
    if (net_asks_nothing(h))
        return;
    to->flags = h->flags;
    to->gso_type = h->gso_type;
    to->hdr_len = vwr_guest16(legacy, h->hdr_len);
    to->gso_size = vwr_guest16(legacy, h->gso_size);
    to->csum_start = vwr_guest16(legacy, h->csum_start);
    to->csum_offset = vwr_guest16(legacy, h->csum_offset);
}

static int net_prepare(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    net_write_header(q, &((const struct vwr_net_packet *)(const void *)req)->header, shared);
    req->in = 0;
    return VWR_OK;
}

/* net_configure() sets the size of the header, which depends on features. */
const struct vwr_request_class vwr_net_send_class = {
    .shared_bytes = VWR_NET_SLOT_BYTES,
    .prepare = net_prepare,
    .timeout = VWR_FAULT_NONE,
};

/* Checks whether the size of a packet and the requested offloads are valid. Returns VWR_OK or an error. */
static inline int net_check(const struct vwr_net *n, const struct vwr_net_packet *p)
{
    const bool segmented = p->header.gso_type != VWR_NET_HDR_GSO_NONE;

    if (p->req.bytes < VWR_NET_ETHERNET || p->req.bytes > (segmented ? VWR_NET_FRAME_MAX : n->frame_max))
        return VWR_ERANGE;
    return net_asks_nothing(&p->header) ? VWR_OK : net_check_header(n, &p->header);
}

static VWR_OUT_OF_LINE int net_submit_slow(struct vwr_net_transmitq *q, struct vwr_net_packet *p)
{
    int r = vwr_request_check_submit(&q->requests, &p->req);

    if (r == VWR_OK)
        r = vwr_request_measure(&p->req);
    if (r == VWR_OK)
        r = net_check(q->net, p);
    return r == VWR_OK ? vwr_request_submit_measured_(&q->requests, &p->req) : r;
}

/* Submits a packet of several segments or with offloads. Any other packet is left to net_submit_slow(). */
VWR_FAST_INLINE int net_submit_common(struct vwr_net_transmitq *q, unsigned layout, struct vwr_net_packet *p)
{
    struct vwr_requestq *const requests = &q->requests;
    struct vwr_request_slot *const s = request_take_bound(requests, &p->req, layout);
    struct request_draft draft;

    request_draft_begin(&draft, &p->req, false);
    if (VWR_RARELY(s == NULL) || VWR_RARELY(p->req.state != VWR_REQ_IDLE))
        return net_submit_slow(q, p);
    if (VWR_RARELY(!request_draft_data(requests, s, &draft, layout)))
        return net_submit_slow(q, p);
    p->req.bytes = draft.bytes;
    if (VWR_RARELY(net_check(q->net, p) != VWR_OK)) {
        request_draft_drop(requests, s, &draft, layout);
        return net_submit_slow(q, p);
    }
    net_write_header(requests, &p->header, s->shared);
    vwr_port_sync_for_device(s->shared, VWR_NET_SLOT_BYTES);
    request_draft_post(requests, s, &draft, 0, layout);
    request_sync_for_device(&p->req);
    p->req.in = 0;
    request_set_state(&p->req, VWR_REQ_IN_FLIGHT);
    request_occupy(requests, s, &p->req);
    return VWR_OK;
}

static VWR_OUT_OF_LINE int net_submit_split(struct vwr_net_transmitq *q, struct vwr_net_packet *p)
{
    return net_submit_common(q, VWR_LAYOUT_SPLIT, p);
}

static VWR_OUT_OF_LINE int net_submit_packed(struct vwr_net_transmitq *q, struct vwr_net_packet *p)
{
    return net_submit_common(q, VWR_LAYOUT_PACKED, p);
}

static VWR_OUT_OF_LINE int net_submit_in_order(struct vwr_net_transmitq *q, struct vwr_net_packet *p)
{
    return net_submit_common(q, request_layout(&q->requests), p);
}

/*
 * Whether the packet fits the fast path: no offloads, one segment, valid. The length check is a single
 * comparison.
 */
static inline bool net_is_plain(const struct vwr_net_transmitq *q, const struct vwr_net_packet *p,
                                const struct vwr_vec *data)
{
    return data != NULL && data->bytes - VWR_NET_ETHERNET <= q->payload_max && net_asks_nothing(&p->header) &&
           ((uintptr_t)data->p & (VWR_PORT_DMA_ALIGN - 1u)) == 0;
}

VWR_ALWAYS_INLINE int net_submit(struct vwr_requestq *requests, void *what, unsigned layout)
{
    struct vwr_net_transmitq *const q = (struct vwr_net_transmitq *)(void *)requests;
    struct vwr_net_packet *const p = what;
    const struct vwr_vec *const data = request_only_segment(&p->req);
    struct vwr_request_slot *const s = request_take(requests, layout);
    uint64_t addr;

    if (!VWR_RARELY(!net_is_plain(q, p, data)) && !VWR_RARELY(s == NULL) &&
        !VWR_RARELY(!request_map_whole(s, data->p, data->bytes, false, &addr))) {
        net_zero_header(s->shared);
        vwr_port_sync_for_device(s->shared, VWR_NET_SLOT_BYTES);
        vwr_sync_data_for_device(data->p, data->bytes);
        return request_post(requests, layout, s, &p->req, addr, data->bytes, 1);
    }
    if (!VWR_BINDS_CHAINS)
        return net_submit_slow(q, p);
    if (layout == VWR_LAYOUT_SPLIT)
        return net_submit_split(q, p);
    if (VWR_WITH_PACKED && layout == VWR_LAYOUT_PACKED)
        return net_submit_packed(q, p);
    return VWR_WITH_IN_ORDER ? net_submit_in_order(q, p) : net_submit_slow(q, p);
}

int vwr_net_submit(struct vwr_net_transmitq *q, struct vwr_net_packet *p)
{
    return request_by_layout(&q->requests, p, net_submit);
}

/* The size of the header does not matter. */
static VWR_OUT_OF_LINE int net_reap_in_order(struct vwr_requestq *q, struct vwr_req **done, unsigned max)
{
    return request_reap_posted(q, done, max, &vwr_net_send_class, VWR_LAYOUT_SPLIT_IN_ORDER);
}

int vwr_net_reap(struct vwr_net_transmitq *q, struct vwr_net_packet **done, unsigned max)
{
    struct vwr_req **const requests = (void *)done; /* vwr_req is the first member of vwr_net_packet */

    return request_reap_by(&q->requests, requests, max, &vwr_net_send_class, net_reap_in_order);
}
