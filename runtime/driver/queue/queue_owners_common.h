/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_OWNERS_COMMON_H
#define VWR_DRIVER_QUEUE_OWNERS_COMMON_H

#include "vwr/queue.h"

/*
 * Debug option: reports two concurrent owners of a queue. With -DVWR_CHECK_OWNERS=1, for the library and for
 * every program that includes its headers (struct vwr_queue grows), each call marks the queue as busy, and a
 * call that finds it busy reports both names through vwr_port_log:
 *
 *     vwr: queue 0: vwr_queue_add while vwr_queue_kick is in progress: two owners
 *
 * An interrupt handler that uses its owner's queue is always detected, another CPU or thread only if the
 * calls overlap. The call then proceeds normally.
 */

#if VWR_CHECK_OWNERS

/* vwr_queue_owners.c */
struct vwr_queue *vwr_queue_enter(struct vwr_queue *q, const char *call);
void vwr_queue_leave(struct vwr_queue *const *q);

/* First line of a call: the queue is busy until it returns. */
#define VWR_QUEUE_CALL(q, name)                                                                  \
    struct vwr_queue *const vwr_queue_called __attribute__((cleanup(vwr_queue_leave), unused)) = \
        vwr_queue_enter((q), (name))

#else
#define VWR_QUEUE_CALL(q, name) ((void)0)
#endif

#endif
