/* SPDX-License-Identifier: MIT */
#include "net_common.h"

/* Packets that came. Section: Network Device / Device Operation / Processing of Incoming Packets. */

/* The device may write it again at any time: each field is read once. */
static const volatile struct vwr_net_hdr *net_header(const void *p)
{
    return (const volatile struct vwr_net_hdr *)p;
}

/* Behind the header. */
static void net_skip_header(const struct vwr_net *n, struct vwr_slice *s)
{
    s->p = (uint8_t *)s->p + n->header;
    s->bytes -= n->header;
}

/* The buffers of the packet that begins in *s; 0: it is none. */
static unsigned net_count_buffers(const struct vwr_net *n, const struct vwr_slice *s)
{
    if (s->bytes < n->header + VWR_NET_ETHERNET)
        return 0;
    return vwr_guest16(vwr_dev_is_legacy(n->recovery.dev), net_header(s->p)->num_buffers);
}

/* What the device said of a packet is not so, and of what follows nothing is known. */
static VWR_COLD int net_give_up(struct vwr_net *n, struct vwr_receiveq *r, struct vwr_slice *slices,
                                int count, uint32_t buffers)
{
    for (int i = 0; i < count; i++)
        (void)vwr_receive_return(r, slices[i].buffer);
    vwr_receive_stop(r, VWR_EPROTO);
    return vwr_fault_note(&n->fault, VWR_FAULT_NET_BUFFERS, vwr_queue_index(&r->queue), buffers);
}

/* Packets of several buffers: those of one are used by the device at once. */
static int net_merge(struct vwr_net *n, struct vwr_receiveq *r, struct vwr_slice *slices, int count)
{
    int at = 0;

    while (at < count) {
        const unsigned buffers = net_count_buffers(n, &slices[at]);
        int rest = (int)buffers - (count - at);

        if (buffers - 1 >= n->buffers_max)
            break;
        rest = rest > 0 ? vwr_receive_poll(r, &slices[count], (unsigned)rest) : 0;
        if (rest < 0)
            rest = 0; /* the next call says why */
        count += rest;
        if ((int)buffers > count - at)
            break;
        net_skip_header(n, &slices[at]);
        for (unsigned left = buffers; left-- > 0;)
            slices[at++].more = (uint16_t)left;
    }
    if (at == count)
        return count;
    count = net_give_up(n, r, &slices[at], count - at, net_count_buffers(n, &slices[at]));
    return at != 0 ? at : count;
}

int vwr_net_receive(struct vwr_net *n, unsigned pair, struct vwr_slice *slices, unsigned budget)
{
    struct vwr_receiveq *const r = &n->options.pair[pair].receive;
    int count;

    if (budget < n->buffers_max)
        return VWR_EINVAL;
    count = vwr_receive_poll(r, slices, budget - (n->buffers_max - 1u));
    if (n->buffers_max > 1)
        return count > 0 ? net_merge(n, r, slices, count) : count;
    for (int i = 0; i < count; i++)
        net_skip_header(n, &slices[i]);
    return count;
}

void vwr_net_read_header(const struct vwr_net *n, const struct vwr_slice *s, struct vwr_net_header *h)
{
    const volatile struct vwr_net_hdr *const from = net_header((const uint8_t *)s->p - n->header);
    const bool legacy = vwr_dev_is_legacy(n->recovery.dev);
    const bool hash = vwr_net_has(n, VWR_NET_F_HASH_REPORT);

    h->flags = from->flags;
    h->gso_type = from->gso_type;
    h->hdr_len = vwr_guest16(legacy, from->hdr_len);
    h->gso_size = vwr_guest16(legacy, from->gso_size);
    h->csum_start = vwr_guest16(legacy, from->csum_start);
    h->csum_offset = vwr_guest16(legacy, from->csum_offset);
    h->hash_value = hash ? vwr_le32_to_cpu(from->hash_value) : 0;
    h->hash_report = hash ? vwr_le16_to_cpu(from->hash_report) : VWR_NET_HASH_REPORT_NONE;
}
