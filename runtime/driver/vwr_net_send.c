/* SPDX-License-Identifier: MIT */
#include "net_common.h"

/* Packets that are sent: a class of requests with a header and no answer. Section: Network Device / Device
 * Operation / Packet Transmission. */

/* Which feature a segmentation takes; VWR_FEATURE_NONE: there is no such. */
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

/* What the header asks of the device. */
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

static int net_check_frame(const struct vwr_net *n, struct vwr_net_packet *p)
{
    const bool segmented = p->header.gso_type != VWR_NET_HDR_GSO_NONE;
    const int r = vwr_request_measure(&p->req);

    if (r != VWR_OK)
        return r;
    if (p->req.bytes < VWR_NET_ETHERNET || p->req.bytes > (segmented ? VWR_NET_FRAME_MAX : n->frame_max))
        return VWR_ERANGE;
    return net_check_header(n, &p->header);
}

/* The slot has room for the longest; the hash is what only the device says. */
static void net_write_header(const struct vwr_net *n, const struct vwr_net_header *h, struct vwr_net_hdr *to)
{
    const bool legacy = vwr_dev_is_legacy(n->recovery.dev);

    vwr_zero(to, n->header);
    to->flags = h->flags;
    to->gso_type = h->gso_type;
    to->hdr_len = vwr_guest16(legacy, h->hdr_len);
    to->gso_size = vwr_guest16(legacy, h->gso_size);
    to->csum_start = vwr_guest16(legacy, h->csum_start);
    to->csum_offset = vwr_guest16(legacy, h->csum_offset);
}

static int net_prepare(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    const struct vwr_net *const n = ((struct vwr_net_sendq *)(void *)q)->net;
    const struct vwr_net_packet *const p = (const struct vwr_net_packet *)(const void *)req;

    req->in = 0;
    net_write_header(n, &p->header, shared);
    return VWR_OK;
}

static void net_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    (void)q;
    (void)r;
    (void)shared;
}

#define NET_SEND_CLASS(bytes)                                                                                \
    {                                                                                                        \
        .header = (bytes), .shared_bytes = VWR_NET_SLOT_BYTES, .prepare = net_prepare, .finish = net_finish, \
        .timeout = VWR_FAULT_NONE                                                                            \
    }

/* By the features that make it longer. */
static const struct vwr_request_class net_send_classes[] = {
    NET_SEND_CLASS(__builtin_offsetof(struct vwr_net_hdr, num_buffers)),
    NET_SEND_CLASS(__builtin_offsetof(struct vwr_net_hdr, hash_value)),
    NET_SEND_CLASS(__builtin_offsetof(struct vwr_net_hdr, outer_th_offset)),
};

const struct vwr_request_class *vwr_net_send_class(unsigned header)
{
    const struct vwr_request_class *c = net_send_classes;

    while (c->header != header)
        c++;
    return c;
}

const struct vwr_replay vwr_net_replay = {.send_again = vwr_request_send_again};

int vwr_net_submit(struct vwr_net_sendq *q, struct vwr_net_packet *p)
{
    const int r = vwr_req_is_in_flight(&p->req) ? VWR_EBUSY : net_check_frame(q->net, p);

    return r == VWR_OK ? vwr_request_submit(&q->requests, &p->req) : r;
}
