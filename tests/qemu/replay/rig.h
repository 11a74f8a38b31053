/* SPDX-License-Identifier: MIT */
#ifndef VWR_REPLAY_RIG_H
#define VWR_REPLAY_RIG_H

#include "vwr/vblk.h"
#include "script.h"

/*
 * A VM with one disk that offers what QEMU's did. What the driver asks of the disk is done when the recording
 * says that QEMU had done it: so used buffers come in QEMU's order, and at its time.
 */

#define RIG_WINDOW UINT64_C(0x0a003e00)
#define RIG_REQUESTS 64u
#define RIG_SEGMENTS 1032u /* U-Boot does not take SEG_MAX: as many as the longest queue, and borders */

struct rig_backend {
    struct vwr_vblk_backend backend; /* first */
    uint8_t *store;
    struct vwr_vblk_req *pending; /* by `next`, the oldest first */
    bool at_once;                 /* requests are done when they come */
};

struct rig {
    uint8_t *pattern; /* the whole disk, before a driver has written to it */
    struct vwr_vm vm;
    struct vwr_vm_region region;
    void *mapping;
    size_t mapping_bytes;
    struct vwr_vdev *slot[1];
    struct vwr_vblk disk;
    struct rig_backend be;
    struct vwr_vqueue queue[1];
    unsigned interrupts; /* that were asked for, and the replay has not seen yet */
};

/* Once; begin and end: all anew, as a machine that is switched on, and off. */
void rig_prepare(struct rig *r, const struct script_device *d);
void rig_begin(struct rig *r, const struct script_device *d);
void rig_end(struct rig *r);

uint64_t rig_access(struct rig *r, uint64_t offset, unsigned bytes, bool is_write, uint64_t value);

/* The request of the buffer with this head or id is done now; false: there is none in flight. */
bool rig_done(struct rig *r, uint32_t id);

/* Guest memory, NULL if it is not all RAM. */
uint8_t *rig_at(const struct rig *r, uint64_t addr, uint64_t bytes);

#endif
