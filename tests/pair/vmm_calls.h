/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_VMM_CALLS_H
#define VWR_PAIR_VMM_CALLS_H

#include "vmm.h"

/*
 * Devices of vmm.h on transports whose driver makes calls: legacy ones in resource tables, one each, or
 * modern ones with registers in shared memory. A program without such transports has none.
 */
#if VWR_ACCESS_CALLS
/* Whether the device is on such a transport: in a table, its driver's queues must all have the device's size.
 */
bool vmm_calls_takes(const struct vwr_vdev *v);
void vmm_calls_add(unsigned slot, struct vwr_vdev *v);
int vmm_calls_find(union vmm_end *end, unsigned slot);
#else
static inline bool vmm_calls_takes(const struct vwr_vdev *v)
{
    (void)v;
    return false;
}

static inline void vmm_calls_add(unsigned slot, struct vwr_vdev *v)
{
    (void)slot;
    (void)v;
}

static inline int vmm_calls_find(union vmm_end *end, unsigned slot)
{
    (void)end;
    (void)slot;
    return VWR_ENODEV;
}
#endif

#endif
