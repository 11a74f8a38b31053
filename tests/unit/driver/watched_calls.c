/* SPDX-License-Identifier: MIT */
#include "watched_calls.h"

int watched_push(struct vwr_queue *q, struct vwr_chain *c, uint64_t addr, uint32_t len, bool in)
{
    return vwr_queue_post(q, c, addr, len, in);
}

bool watched_kick(struct vwr_queue *q)
{
    return vwr_queue_kick(q);
}

int watched_take(struct vwr_queue *q, struct vwr_chain **c)
{
    return vwr_queue_get_used(q, c);
}

int watched_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned max)
{
    return vwr_queue_reap(q, chains, max);
}
