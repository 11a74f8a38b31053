/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_QUEUE_OWNERS_H
#define VWR_DRIVER_QUEUE_OWNERS_H

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

/* Reports `call`, which began while another one was in progress. */
VWR_COLD void vwr_queue_two_owners(const struct vwr_queue *q, const char *call);

#if VWR_CHECK_OWNERS

static inline struct vwr_queue *vwr_queue_enter(struct vwr_queue *q, const char *call)
{
    if (q->in_progress != NULL)
        vwr_queue_two_owners(q, call);
    q->in_progress = call;
    return q;
}

static inline void vwr_queue_leave(struct vwr_queue *const *q)
{
    (*q)->in_progress = NULL;
}

/* The first line of a call: in progress until it returns. */
#define VWR_QUEUE_CALL(q, name)                                                                  \
    struct vwr_queue *const vwr_queue_called __attribute__((cleanup(vwr_queue_leave), unused)) = \
        vwr_queue_enter((q), (name))

/* A call that is several functions. */
#define VWR_QUEUE_BEGIN(q, name) ((void)vwr_queue_enter((q), (name)))
#define VWR_QUEUE_END(q) ((q)->in_progress = NULL)

#else
#define VWR_QUEUE_CALL(q, name) ((void)0)
#define VWR_QUEUE_BEGIN(q, name) ((void)0)
#define VWR_QUEUE_END(q) ((void)0)
#endif

#endif
