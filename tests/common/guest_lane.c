/* SPDX-License-Identifier: MIT */
#include "guest_lane.h"
#include "vwr/bytes.h"

int guest_lane_open(struct guest_lane *l, struct vwr_dev *d, unsigned index, struct guest_lane_memory *m)
{
    const struct vwr_queue_memory memory = {m->ring, sizeof(m->ring), l->own, sizeof(l->own),
                                            GUEST_LANE_BUFFERS};
    int r;

    vwr_zero(l, sizeof(*l));
    l->memory = m;
    r = vwr_dev_add_queue(d, index, &l->queue, &memory, 0);
    while (r == VWR_OK && l->idles < vwr_queue_size(&l->queue)) {
        l->idle[l->idles] = (uint8_t)l->idles;
        l->idles++;
    }
    return r;
}

static int add(struct guest_lane *l, uint32_t bytes, bool in)
{
    const unsigned i = l->idle[l->idles - 1];
    struct vwr_seg seg;
    size_t run = 0;
    int r;

    seg.addr = vwr_port_dma(l->memory->buffer[i], bytes, &run);
    seg.len = bytes;
    if (run < bytes)
        return VWR_EINVAL;
    r = vwr_queue_add(&l->queue, &seg, in ? 0 : 1, in ? 1 : 0, &l->chain[i]);
    if (r == VWR_OK)
        l->idles--;
    return r;
}

int guest_lane_lend(struct guest_lane *l, uint32_t bytes)
{
    return l->idles > 0 ? add(l, bytes, true) : VWR_EFULL;
}

int guest_lane_send(struct guest_lane *l, const void *bytes, uint32_t n)
{
    if (l->idles == 0)
        return VWR_EFULL;
    vwr_copy(l->memory->buffer[l->idle[l->idles - 1]], bytes, n);
    return add(l, n, false);
}

int guest_lane_take(struct guest_lane *l, void *bytes, uint32_t *n)
{
    struct vwr_chain *chain;
    const int r = vwr_queue_get_used(&l->queue, &chain);
    unsigned i;

    *n = 0;
    if (r <= 0)
        return r;
    i = (unsigned)(chain - l->chain);
    l->idle[l->idles++] = (uint8_t)i;
    if (bytes != NULL) {
        *n = chain->written;
        vwr_copy(bytes, l->memory->buffer[i], chain->written);
    }
    return 1;
}
