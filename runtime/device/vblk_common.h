/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VBLK_COMMON_H
#define VWR_DEVICE_VBLK_COMMON_H

#include "vwr/vblk.h"

/* Between the files of a guest's disk. All with the disk's lock held. */

enum vblk_state {
    VBLK_FREE,
    VBLK_HELD, /* it waits for room in the backend, or for a new budget */
    VBLK_OUT   /* the backend has it */
};

enum vblk_to_do {
    VBLK_FLUSH = 1, /* it is stable before it is done */
    VBLK_PARTS = 2  /* what follows the part that is submitted */
};

/* vwr_vblk_request.c: the class's `serve`; what is done when requests were ended; what was held, once more */
bool vwr_vblk_serve(struct vwr_vdev *v, uint16_t queue);
void vwr_vblk_kick(struct vwr_vblk *b);
void vwr_vblk_submit_held(struct vwr_vblk *b);

static inline struct vwr_vblk *vblk_of(struct vwr_vdev *v)
{
    return (struct vwr_vblk *)(void *)v; /* it is the first */
}

static inline void vblk_free(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    r->state = VBLK_FREE;
    r->link = b->free;
    b->free = r;
    b->busy--;
}

#endif
