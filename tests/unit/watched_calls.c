/* SPDX-License-Identifier: MIT */
#include "watched_calls.h"

int watched_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                struct vwr_chain *c)
{
    return vwr_queue_add(q, seg, out, in, c);
}

bool watched_kick(struct vwr_queue *q)
{
    return vwr_queue_kick(q);
}

int watched_take(struct vwr_queue *q, struct vwr_chain **c)
{
    return vwr_queue_take(q, c);
}
