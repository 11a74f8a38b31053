/* SPDX-License-Identifier: MIT */
#ifndef WATCH_H
#define WATCH_H

#include "vwr/vmmio.h"
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * ---- watch.c: monitors of the guests' devices (vwr/monitor.h), for VMs of the plan with `monitor`. In
 * an image whose plan has none, WATCHED is 0, and nothing of this is in it ----
 */

#ifdef VWR_PLAN_HYPERVISOR_MONITORS
#define WATCHED VWR_PLAN_HYPERVISOR_MONITORS
#else
#define WATCHED 0
#endif

bool watch_start(void *memory);
void watch_reset(const struct guest *g); /* its devices have been reset, and the guest starts again */

/* An access that trapped, before and after the device handles it. */
void watch_before(const struct guest *g, uint64_t addr, unsigned bytes, bool is_write, uint64_t value);
void watch_after(const struct guest *g, uint64_t addr, unsigned bytes, bool is_write, uint64_t value);

void watch_interrupt(const struct guest *g, uint32_t line);
void watch_message(const struct guest *g, uint64_t addr, uint32_t data); /* of MSI-X */
void watch_look(const struct vwr_vdev *v); /* the device has been served outside of a trap */
void watch_disks(void);                    /* the guests' disks have */
void watch_idle(const struct guest *g);    /* both the guest and its devices are waiting */
void watch_pause(bool on);                 /* a restored device interrupts its guest without a reason */
void watch_stats(const struct vwr_vdev *v);

/* vwr_vmmio_access_fast() of the guest's disk. */
bool watch_at_work(struct guest *g, uint64_t offset, bool is_write, uint64_t *value);

/* Whether the monitor of the guest's disk need not see the guest's reads of registers at work now. */
bool watch_skips_reads(const struct guest *g);

static inline bool watch_disk_at_work(struct guest *g, uint64_t offset, bool is_write, uint64_t *value)
{
    if (WATCHED)
        return watch_at_work(g, offset, is_write, value);
    return vwr_vmmio_access_fast(g->disk, offset, is_write, value);
}

#endif
