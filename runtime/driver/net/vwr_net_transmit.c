/* SPDX-License-Identifier: MIT */
#include "net_common.h"
#include "../core/request/request_common.h"

/*
 * Transmit: a class of requests with a header and no answer. Section: Network Device / Device Operation /
 * Packet Transmission.
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

/* Without offloads only these two fields matter; they are adjacent. */
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

static int net_prepare(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    const struct vwr_net_header *const h = &((const struct vwr_net_packet *)(const void *)req)->header;
    const bool legacy = vwr_dev_is_legacy(q->dev);
    struct vwr_net_hdr *const to = shared;

    net_zero_header(to);
    req->in = 0;
    if (net_asks_nothing(h))
        return VWR_OK;
    to->flags = h->flags;
    to->gso_type = h->gso_type;
    to->hdr_len = vwr_guest16(legacy, h->hdr_len);
    to->gso_size = vwr_guest16(legacy, h->gso_size);
    to->csum_start = vwr_guest16(legacy, h->csum_start);
    to->csum_offset = vwr_guest16(legacy, h->csum_offset);
    return VWR_OK;
}

/* net_configure sets the size of the header, which depends on features. */
const struct vwr_request_class vwr_net_send_class = {
    .shared_bytes = VWR_NET_SLOT_BYTES,
    .prepare = net_prepare,
    .timeout = VWR_FAULT_NONE,
};

const struct vwr_replay vwr_net_replay = {.send_again = vwr_request_send_again};

static VWR_OUT_OF_LINE int net_submit_slow(struct vwr_net_sendq *q, struct vwr_net_packet *p)
{
    const bool segmented = p->header.gso_type != VWR_NET_HDR_GSO_NONE;
    int r = vwr_request_can_submit(&q->requests, &p->req);

    if (r == VWR_OK)
        r = vwr_request_measure(&p->req);
    if (r != VWR_OK)
        return r;
    if (p->req.bytes < VWR_NET_ETHERNET || p->req.bytes > (segmented ? VWR_NET_FRAME_MAX : q->net->frame_max))
        return VWR_ERANGE;
    r = net_check_header(q->net, &p->header);
    return r == VWR_OK ? vwr_request_submit_measured_(&q->requests, &p->req) : r;
}

/*
 * Whether the packet fits the fast path: no offloads, one segment, valid. The length check is a single
 * comparison.
 */
static inline bool net_is_plain(const struct vwr_net_sendq *q, const struct vwr_net_packet *p)
{
    const struct vwr_req *const r = &p->req;

    return r->vec.bytes - VWR_NET_ETHERNET <= q->payload_max && request_is_special(r) == 0 &&
           net_asks_nothing(&p->header) && ((uintptr_t)r->vec.p & (VWR_PORT_DMA_ALIGN - 1u)) == 0;
}

VWR_ALWAYS_INLINE int net_submit(struct vwr_requestq *requests, void *what, unsigned layout)
{
    struct vwr_net_sendq *const q = (struct vwr_net_sendq *)(void *)requests;
    struct vwr_net_packet *const p = what;
    const size_t bytes = p->req.vec.bytes;
    struct vwr_request_slot *s;
    uint64_t addr;

    if (VWR_RARELY(!net_is_plain(q, p)))
        return net_submit_slow(q, p);
    s = request_take(requests, layout);
    if (VWR_RARELY(s == NULL) || VWR_RARELY(!request_map_whole(s, p->req.vec.p, bytes, false, &addr)))
        return net_submit_slow(q, p);
    net_zero_header(s->shared);
    vwr_port_sync_for_device(s->shared, VWR_NET_SLOT_BYTES);
    vwr_sync_data_for_device(p->req.vec.p, bytes);
    return request_post(requests, layout, s, &p->req, addr, bytes, 1);
}

int vwr_net_submit(struct vwr_net_sendq *q, struct vwr_net_packet *p)
{
    return request_by_layout(&q->requests, p, net_submit);
}

/* The size of the header does not matter. */
static VWR_OUT_OF_LINE int net_reap_in_order(struct vwr_requestq *q, struct vwr_req **done, unsigned max)
{
    return request_reap_posted(q, done, max, &vwr_net_send_class, VWR_LAYOUT_SPLIT_IN_ORDER);
}

int vwr_net_reap(struct vwr_net_sendq *q, struct vwr_net_packet **done, unsigned max)
{
    struct vwr_req **const requests = (void *)done; /* vwr_req is the first member of vwr_net_packet */

    return request_reap_by(&q->requests, requests, max, &vwr_net_send_class, net_reap_in_order);
}
