/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_OWNERS_COMMON_H
#define VWR_DRIVER_QUEUE_OWNERS_COMMON_H

#include "vwr/queue.h"

/*
 * A debug switch. A queue has one owner at a time. With -DVWR_CHECK_OWNERS=1, for the library and for
 * whoever includes its headers, since the structure grows, each call notes in the queue that it is in
 * progress, and a call that finds another one in progress says so through vwr_port_log, with both names:
 *
 *     vwr: queue 0: vwr_queue_add while vwr_queue_kick is in progress: two owners
 *
 * An interrupt handler that uses its owner's queue is always found; another CPU or thread whenever
 * their calls overlap. Nothing else changes: the call goes on as it would have.
 */

#if VWR_CHECK_OWNERS

/* vwr_queue_owners.c */
struct vwr_queue *vwr_queue_enter(struct vwr_queue *q, const char *call);
void vwr_queue_leave(struct vwr_queue *const *q);

/* The first line of a call: in progress until it returns. */
#define VWR_QUEUE_CALL(q, name)                                                                  \
    struct vwr_queue *const vwr_queue_called __attribute__((cleanup(vwr_queue_leave), unused)) = \
        vwr_queue_enter((q), (name))

#else
#define VWR_QUEUE_CALL(q, name) ((void)0)
#endif

#endif
