/* SPDX-License-Identifier: MIT */
#ifndef WATCHED_CALLS_H
#define WATCHED_CALLS_H

#include "vwr/queue.h"

/* Calls that may be inline in queue.h, compiled here with instrumentation. */
int watched_push(struct vwr_queue *q, struct vwr_chain *c, uint64_t addr, uint32_t len, bool in);
bool watched_kick(struct vwr_queue *q);
int watched_take(struct vwr_queue *q, struct vwr_chain **c);
int watched_reap(struct vwr_queue *q, struct vwr_chain **chains, unsigned max);

#endif
