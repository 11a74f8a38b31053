/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_VMM_RPROC_H
#define VWR_PAIR_VMM_RPROC_H

#include "vmm.h"

/*
 * The legacy devices of vmm.h in resource tables, one each. A program without transports of calls has none.
 */
#if VWR_ACCESS_CALLS
/* Whether the device is in a table: its driver's queues must all have the device's size. */
bool vmm_rproc_takes(const struct vwr_vdev *v);
void vmm_rproc_add(unsigned slot, struct vwr_vdev *v);
int vmm_rproc_find(union vmm_end *end, unsigned slot);
#else
static inline bool vmm_rproc_takes(const struct vwr_vdev *v)
{
    (void)v;
    return false;
}

static inline void vmm_rproc_add(unsigned slot, struct vwr_vdev *v)
{
    (void)slot;
    (void)v;
}

static inline int vmm_rproc_find(union vmm_end *end, unsigned slot)
{
    (void)end;
    (void)slot;
    return VWR_ENODEV;
}
#endif

#endif
