/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_BALLOON_COMMON_H
#define VWR_DRIVER_BALLOON_COMMON_H

#include "vwr/balloon.h"

/* Interface between the files of the balloon. */

/* Queues in the order of their setup. Each of the last three exists only with its feature. */
enum balloon_kind { BALLOON_INFLATE, BALLOON_DEFLATE, BALLOON_STATS, BALLOON_HINT, BALLOON_REPORT };

static inline bool balloon_has(const struct vwr_balloon *b, unsigned feature)
{
    return b->bringup.dev != NULL && vwr_dev_has(b->bringup.dev, feature);
}

static inline bool balloon_uses_stats(const struct vwr_balloon *b)
{
    return b->options.statistics && balloon_has(b, VWR_BALLOON_F_STATS_VQ);
}

static inline bool balloon_uses_hints(const struct vwr_balloon *b)
{
    return b->options.hinting && balloon_has(b, VWR_BALLOON_F_FREE_PAGE_HINT);
}

static inline struct vwr_requestq *balloon_requests(struct vwr_balloon *b, enum balloon_kind n)
{
    return &b->queue[n].client.requests;
}

static inline bool balloon_is_idle(const struct vwr_balloon *b, enum balloon_kind n)
{
    return b->queue[n].req.state == VWR_REQ_IDLE;
}

/* vwr_balloon.c */
/* prepares the request of a queue for bytes that the device reads */
void vwr_balloon_fill_(struct vwr_balloon *b, enum balloon_kind n, void *p, size_t bytes);
/* sends this request without waiting */
int vwr_balloon_send_(struct vwr_balloon *b, enum balloon_kind n, void *p, size_t bytes);
/* returns 1 if the request of the queue has completed */
int vwr_balloon_reap_(struct vwr_balloon *b, enum balloon_kind n);

/* vwr_balloon_pages.c */
/* reports the size of the balloon to the device: VWR_OK */
int vwr_balloon_tell_actual_(const struct vwr_balloon *b);
/* sends the pages in the list that were not reported to the device yet, and reaps */
int vwr_balloon_move_(struct vwr_balloon *b);
/* handles a reset, after which no page is known to the device */
void vwr_balloon_forget_(struct vwr_balloon *b);

#endif
