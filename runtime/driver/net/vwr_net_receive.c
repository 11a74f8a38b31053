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
    return vwr_guest16(vwr_dev_is_legacy(n->bringup.dev), net_header(s->p)->num_buffers);
}

/* What the device said of a packet is not so, and of what follows nothing is known. */
static VWR_COLD int net_give_up(struct vwr_receiveq *r, const struct vwr_slice *slices, unsigned count,
                                uint32_t buffers)
{
    vwr_receive_stop(r, VWR_EBADRING);
    vwr_count_add(&r->stats.dropped, count);
    for (unsigned i = 0; i < count; i++)
        (void)vwr_receive_return(r, slices[i].buffer);
    return vwr_fault_note(&r->fault, VWR_FAULT_NET_BUFFERS, vwr_queue_index(&r->queue), buffers);
}

/* The packets that are whole among slices[0 .. count): *at of them; how many buffers the next one has. */
static unsigned net_find_packets(const struct vwr_net *n, struct vwr_slice *slices, unsigned count,
                                 unsigned *at)
{
    for (*at = 0; *at < count;) {
        const unsigned buffers = net_count_buffers(n, &slices[*at]);

        if (buffers - 1 >= n->buffers_max || buffers > count - *at)
            return buffers;
        net_skip_header(n, &slices[*at]);
        for (unsigned left = buffers; left-- > 0;)
            slices[(*at)++].more = (uint16_t)left;
    }
    return 0;
}

/* Packets of several buffers. The device uses those of one at once, but slices[] may end before; then they
 * are kept for the next call. */
static int net_receive_merged(struct vwr_net *n, struct vwr_net_pair *p, struct vwr_slice *slices,
                              unsigned budget)
{
    struct vwr_receiveq *const r = &p->receive;
    unsigned count = p->kept_count;
    unsigned buffers;
    unsigned at;
    int more;

    vwr_copy(slices, p->kept, count * sizeof(*slices));
    more = vwr_receive_poll(r, &slices[count], budget - count);
    if (more < 0)
        return more;
    p->kept_count = 0;
    count += (unsigned)more;
    buffers = net_find_packets(n, slices, count, &at);
    if (at == count)
        return (int)count;
    if (count < budget || buffers - 1 >= n->buffers_max) {
        more = net_give_up(r, &slices[at], count - at, buffers);
        return at != 0 ? (int)at : more;
    }
    p->kept_count = (uint16_t)(count - at);
    vwr_copy(p->kept, &slices[at], p->kept_count * sizeof(*slices));
    return (int)at;
}

int vwr_net_receive(struct vwr_net *n, unsigned pair, struct vwr_slice *slices, unsigned budget)
{
    struct vwr_net_pair *p;

    if (pair >= n->pairs)
        return VWR_EINVAL;
    p = &n->options.pair[pair];
    if (n->buffers_max > 1)
        return budget < n->buffers_max ? VWR_EINVAL : net_receive_merged(n, p, slices, budget);
    return vwr_receive_poll(&p->receive, slices, budget);
}

void vwr_net_read_header(const struct vwr_net *n, const struct vwr_slice *s, struct vwr_net_header *h)
{
    const volatile struct vwr_net_hdr *const from = net_header((const uint8_t *)s->p - n->header);
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
}
