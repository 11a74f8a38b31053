/* SPDX-License-Identifier: MIT */
#ifndef WATCHED_CALLS_H
#define WATCHED_CALLS_H

#include "vwr/queue.h"

/* Calls that may be inline in queue.h, compiled where they are watched. */
int watched_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                struct vwr_chain *c);
bool watched_kick(struct vwr_queue *q);
int watched_take(struct vwr_queue *q, struct vwr_chain **c);

#endif
