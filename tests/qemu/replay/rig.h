/* SPDX-License-Identifier: MIT */
#ifndef VWR_REPLAY_RIG_H
#define VWR_REPLAY_RIG_H

#include "vwr/vblk.h"
#include "script.h"

/*
 * A VM with one disk that offers QEMU's features. A driver's request completes when QEMU completed
 * it in the recording, so that used buffers appear in QEMU's order, and at the same time.
 */

#define RIG_WINDOW UINT64_C(0x0a003e00)
#define RIG_REQUESTS 64u
#define RIG_SEGMENTS 1032u /* U-Boot does not accept SEG_MAX: as many as the longest queue, and borders */

struct rig_backend {
    struct vwr_vblk_backend backend; /* first member */
    uint8_t *store;
    struct vwr_vblk_req *pending; /* linked by `next`, the oldest first */
    bool at_once;                 /* requests complete immediately */
};

struct rig {
    enum vwr_tolerate tolerate;
    uint8_t *pattern; /* the whole disk, before a driver has written to it */
    struct vwr_vm vm;
    struct vwr_memory_region region;
    void *mapping;
    size_t mapping_bytes;
    struct vwr_vdev *slot[1];
    struct vwr_vblk disk;
    struct rig_backend be;
    struct vwr_vqueue queue[1];
    unsigned interrupts; /* number of interrupts raised, but not yet seen by the replay */
};

/* rig_prepare is called once; begin and end power the machine on and off. */
void rig_prepare(struct rig *r, const struct script_device *d, enum vwr_tolerate tolerate);
void rig_begin(struct rig *r, const struct script_device *d);
void rig_end(struct rig *r);

/* Replaces a sector of the disk that no driver has accessed yet; zeros follow the bytes. */
void rig_put(struct rig *r, uint64_t sector, const uint8_t *byte, size_t bytes);

uint64_t rig_access(struct rig *r, uint64_t offset, unsigned bytes, bool is_write, uint64_t value);

/* Completes the request of the buffer with this head or id; false: none is in flight. */
bool rig_done(struct rig *r, uint32_t id);

/* Guest memory; NULL if any of it is not RAM. */
uint8_t *rig_at(const struct rig *r, uint64_t addr, uint64_t bytes);

#endif
