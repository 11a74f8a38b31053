/* SPDX-License-Identifier: MIT */
#include "net_common.h"
#include "../core/request/request_common.h"

/* Received packets. Section: Network Device / Device Operation / Processing of Incoming Packets. */

/* Number of buffers of the packet that starts in *s, which omits the header; 0: invalid. */
static inline unsigned net_count_buffers(const struct vwr_net_receiveq *q, const struct vwr_slice *s)
{
    /* loaded once, as the device may write it again */
    const volatile struct vwr_net_hdr *const h = (const void *)((const uint8_t *)s->p - q->header);

    /* Less than a header, so that the size has wrapped around, or less than an Ethernet header. */
    if (VWR_RARELY((s->bytes - VWR_NET_ETHERNET) >> 31 != 0))
        return 0;
    return vwr_guest16(queue_is_legacy(&q->buffers.queue), h->num_buffers);
}

/* num_buffers is invalid, so the start of the next packet is unknown: stops the queue. */
static VWR_COLD int net_give_up(struct vwr_receiveq *r, const struct vwr_slice *slices, unsigned count,
                                uint32_t buffers)
{
    vwr_queue_stop(&r->queue, VWR_EBADRING);
    vwr_count_add(&r->stats.dropped, count);
    for (unsigned i = 0; i < count; i++)
        (void)vwr_receive_submit(r, slices[i].buffer);
    return vwr_fault_note(&r->fault, VWR_FAULT_NET_BUFFERS, vwr_queue_index(&r->queue), buffers);
}

/*
 * Finds the complete packets in slices[*at .. count), and adds their number of buffers to *at. Returns the
 * number of buffers of the incomplete packet that follows. Every slice omits the size of a header, but only
 * the first buffer of a packet has a header, so the other slices are extended again.
 */
static unsigned net_find_packets(const struct vwr_net_receiveq *q, struct vwr_slice *slices, unsigned count,
                                 unsigned *at)
{
    const uint32_t header = q->header;

    while (*at < count) {
        struct vwr_slice *s = &slices[*at];
        const unsigned buffers = net_count_buffers(q, s);

        if (buffers - 1 >= q->buffers_max || buffers > count - *at)
            return buffers;
        *at += buffers;
        s->more = (uint16_t)(buffers - 1u);
        for (unsigned left = buffers - 1u; left-- > 0;) {
            s++;
            s->p = (uint8_t *)s->p - header;
            s->bytes += header;
            s->more = (uint16_t)left;
        }
    }
    return 0;
}

/*
 * Completes slices[0 .. count), of which slices[0 .. at) are packets of one buffer. The device uses all
 * buffers of a packet together, but slices[] may be full before its last buffer. In this case, the buffers
 * are kept for the next call.
 */
static VWR_OUT_OF_LINE int net_return_merged(struct vwr_net_receiveq *q, struct vwr_slice *slices,
                                             unsigned at, unsigned count, unsigned max)
{
    const unsigned buffers = net_find_packets(q, slices, count, &at);
    int more;

    if (at == count)
        return (int)count;
    if (count < max || buffers - 1 >= q->buffers_max) {
        more = net_give_up(&q->buffers, &slices[at], count - at, buffers);
        return at != 0 ? (int)at : more;
    }
    q->kept_count = (uint16_t)(count - at);
    vwr_copy(q->kept, &slices[at], q->kept_count * sizeof(*slices));
    return (int)at;
}

/* Reaps packets of one or several buffers. The slice of a packet of one buffer needs no change. */
static VWR_OUT_OF_LINE int net_reap_merged(struct vwr_net_receiveq *q, struct vwr_slice *slices, unsigned max)
{
    unsigned count = q->kept_count;
    unsigned at = 0;
    int more;

    if (VWR_RARELY(count != 0))
        vwr_copy(slices, q->kept, count * sizeof(*slices));
    more = vwr_receive_reap(&q->buffers, &slices[count], max - count);
    if (more < 0)
        return more;
    q->kept_count = 0;
    count += (unsigned)more;
    while (at < count && net_count_buffers(q, &slices[at]) == 1)
        at++;
    return VWR_RARELY(at != count) ? net_return_merged(q, slices, at, count, max) : (int)count;
}

int vwr_net_receive_reap(struct vwr_net_receiveq *q, struct vwr_slice *slices, unsigned max)
{
    if (q->buffers_max > 1)
        return max < q->buffers_max ? VWR_EINVAL : net_reap_merged(q, slices, max);
    return vwr_receive_reap(&q->buffers, slices, max);
}

int vwr_net_receive(struct vwr_net_receiveq *q, void *frame, size_t max)
{
    struct vwr_slice s;
    unsigned left, header = 0;
    size_t at = 0;
    int r = vwr_receive_reap(&q->buffers, &s, 1);

    if (r <= 0)
        return r;
    left = q->buffers_max > 1 ? net_count_buffers(q, &s) : 1;
    if (left - 1 >= q->buffers_max)
        return net_give_up(&q->buffers, &s, 1, left);
    for (;; header = q->header) { /* only the first buffer has a header */
        const size_t some = s.bytes + header;

        if (some <= max - at) {
            vwr_copy((uint8_t *)frame + at, (uint8_t *)s.p - header, some);
            at += some;
        } else {
            at = max = 0; /* too long: nothing more is copied */
            r = VWR_ERANGE;
        }
        (void)vwr_receive_submit(&q->buffers, s.buffer);
        if (--left == 0)
            break;
        if (vwr_receive_reap(&q->buffers, &s, 1) <= 0)
            return net_give_up(&q->buffers, &s, 0, left);
    }
    (void)vwr_net_receive_kick(q);
    return r < 0 ? r : (int)at;
}

#define NET_BIT(feature) ((uint64_t)1 << VWR_NET_F_##feature)

/* Features of which each segmentation type requires one. */
static const uint64_t net_segmentations[] = {
    [VWR_NET_HDR_GSO_TCPV4] = NET_BIT(GUEST_TSO4),
    [VWR_NET_HDR_GSO_UDP] = NET_BIT(GUEST_UFO),
    [VWR_NET_HDR_GSO_TCPV6] = NET_BIT(GUEST_TSO6),
    [VWR_NET_HDR_GSO_UDP_L4] = NET_BIT(GUEST_USO4) | NET_BIT(GUEST_USO6),
};

/*
 * Clears what the device must not set: a caller that follows it writes a checksum into a frame, or cuts the
 * frame. Linux's vhost sets DATA_VALID without GUEST_CSUM too, which only saves work.
 */
static VWR_OUT_OF_LINE void net_mask_header(const struct vwr_net *n, struct vwr_net_header *h)
{
    const struct vwr_features *const f = &n->bringup.dev->config.features;
    const uint64_t has = f->w[0] | (uint64_t)f->w[1] << 32;
    const unsigned type = h->gso_type & ~(unsigned)VWR_NET_HDR_GSO_ECN;

    h->flags &= VWR_NET_HDR_F_DATA_VALID | ((has & NET_BIT(GUEST_CSUM)) != 0 ? VWR_NET_HDR_F_NEEDS_CSUM : 0);
    if (type >= VWR_COUNT(net_segmentations) || (has & net_segmentations[type]) == 0 ||
        (type != h->gso_type && (has & NET_BIT(GUEST_ECN)) == 0))
        h->gso_type = VWR_NET_HDR_GSO_NONE;
}

void vwr_net_read_header(const struct vwr_net *n, const struct vwr_slice *s, struct vwr_net_header *h)
{
    /* Loads each field once, because the device may write it again. */
    const volatile struct vwr_net_hdr *const from = (const void *)((const uint8_t *)s->p - n->header);
    const bool legacy = vwr_dev_is_legacy(n->bringup.dev);
    const bool hash = vwr_net_has(n, VWR_NET_F_HASH_REPORT);

    h->flags = from->flags;
    h->gso_type = from->gso_type;
    h->hdr_len = vwr_guest16(legacy, from->hdr_len);
    h->gso_size = vwr_guest16(legacy, from->gso_size);
    h->csum_start = vwr_guest16(legacy, from->csum_start);
    h->csum_offset = vwr_guest16(legacy, from->csum_offset);
    h->hash_value = hash ? vwr_le32_to_cpu(from->hash_value) : 0;
    h->hash_report = hash ? vwr_le16_to_cpu(from->hash_report) : VWR_NET_HASH_REPORT_NONE;
    if ((h->flags | h->gso_type) != 0)
        net_mask_header(n, h);
}
