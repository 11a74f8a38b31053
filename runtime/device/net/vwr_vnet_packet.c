/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"

/* Description of a packet: the head of the frame, which is copied immediately, and the rest. */

void vwr_vnet_take_head_(struct vwr_vnet_packet *p)
{
    p->headed = (uint16_t)(p->bytes < VWR_VNET_HEAD ? p->bytes : VWR_VNET_HEAD);
    (void)vwr_reader_read(&p->rest, p->head.byte, p->headed);
}

int vwr_vnet_fill(struct vwr_vnet_packet *p, const struct vwr_vseg *seg, unsigned segs)
{
    uint64_t bytes = 0;

    for (unsigned i = 0; i < segs; i++)
        bytes += seg[i].len;
    if (bytes < VWR_VNET_ETHERNET || bytes > VWR_VNET_FRAME_MAX)
        return VWR_ERANGE;
    vwr_zero(p, sizeof(*p));
    p->bytes = (uint32_t)bytes;
    vwr_reader_start(&p->rest, seg, p->bytes);
    vwr_vnet_take_head_(p);
    return VWR_OK;
}

void vwr_vnet_copy(const struct vwr_vnet_packet *p, void *to)
{
    struct vwr_reader rest;

    vwr_reader_set(&rest, &p->rest);
    vwr_copy(to, p->head.byte, p->headed);
    (void)vwr_reader_read(&rest, (uint8_t *)to + p->headed, rest.left);
}

int vwr_vnet_deliver_frame(struct vwr_vnet *n, const void *frame, uint32_t bytes)
{
    const struct vwr_vseg whole = {(void *)(uintptr_t)frame, bytes};
    struct vwr_vnet_packet p;
    int r = vwr_vnet_fill(&p, &whole, 1);

    if (r != VWR_OK)
        return r;
    vwr_vdev_lock(vnet_dev(n));
    r = vwr_vnet_deliver_locked(n, &p);
    vwr_vnet_signal_locked(n);
    vwr_vdev_unlock(vnet_dev(n));
    return r;
}
