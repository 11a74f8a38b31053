/* SPDX-License-Identifier: MIT */
#ifndef VWR_VENTROPY_H
#define VWR_VENTROPY_H

#include "vwr/vstream.h"
#include "vwr/gen/entropy.h"

VWR_BEGIN_C

/* A source of random bytes for a guest. Section: Entropy Device. */

/* Not the specification's: segments of one chain that are filled; those behind them are left as they are. */
#define VWR_VENTROPY_SEGS 68u
#define VWR_VENTROPY_QUEUES 1u

struct vwr_ventropy;

/*
 * The VMM's source: fills bytes[0 .. n) as far as it can, from the first on: how many; 0: none now, the
 * guest's buffer waits for vwr_ventropy_resume. Fewer than n: the guest gets what there is. n is no more than
 * the budget of bytes has left: a large buffer is filled in parts, and others have the lock in between
 * (vdev.h). Called with the lock held, and may call nothing of this device. In a VMM without locks
 * vwr_ventropy_resume and vwr_vdev_serve do nothing in there; after vwr_vdev_reset and vwr_vdev_needs_reset
 * what it answers is ignored.
 * Context, stack and loops of each call: docs/contexts.md.
 */
typedef uint32_t vwr_ventropy_source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n);

struct vwr_ventropy {
    struct vwr_vdev dev; /* first */
    void *context;
    /* private */
    vwr_ventropy_source *source;
    struct vwr_vstream filled; /* stopped while the source has nothing, until vwr_ventropy_resume */
    struct vwr_vseg seg[VWR_VENTROPY_SEGS];
};

/* VWR_OK; VWR_EINVAL: no source; and as vwr_vdev_init. */
VWR_MUST_CHECK int vwr_ventropy_init(struct vwr_ventropy *e, const struct vwr_vdev_setup *s,
                                     vwr_ventropy_source *source, void *context);

/* There are random bytes again. Takes the lock. */
void vwr_ventropy_resume(struct vwr_ventropy *e);

VWR_END_C

#endif
