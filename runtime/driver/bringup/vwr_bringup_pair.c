/* SPDX-License-Identifier: MIT */
#include "vwr/bringup.h"
#include "vwr/transmit.h"

/* The queues of a device that has two, one for each direction. */

static void *pair_at(void *of, uint32_t bytes)
{
    return (uint8_t *)of + bytes;
}

static struct vwr_queue_memory pair_memory(struct vwr_bringup *v, void *shared,
                                           const struct vwr_queue_place *p)
{
    const struct vwr_queue_memory m = {pair_at(shared, p->ring_at), p->ring_bytes, pair_at(v, p->own_at),
                                       p->own_bytes, p->size};

    return m;
}

int vwr_bringup_set_up_pair(struct vwr_bringup *v, void *shared, const struct vwr_queue_place place[2])
{
    const struct vwr_queue_place *const p = &place[0];
    const struct vwr_queue_place *const t = &place[1];
    const struct vwr_queue_memory in = pair_memory(v, shared, p);
    const struct vwr_queue_memory out = pair_memory(v, shared, t);
    const struct vwr_receive_memory received = {pair_at(shared, p->data_at), pair_at(v, p->buffers_at),
                                                p->stride, p->size};
    const struct vwr_transmit_memory sent = {pair_at(shared, t->data_at), pair_at(v, t->buffers_at),
                                             t->stride, t->size};
    const int r = vwr_receive_setup(pair_at(v, p->queue_at), v, p->index, &in, &received, 0);

    return r == VWR_OK ? vwr_transmit_setup(pair_at(v, t->queue_at), v, t->index, &out, &sent) : r;
}
