/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_DISK_H
#define VWR_VBLK_DISK_H

#include "vwr/blk.h"
#include "vwr/vblk_zone.h"

VWR_BEGIN_C

/*
 * What a guest's disk stores lies on a real disk, which our own driver side drives: several guests share
 * it, each with a window of it (struct vwr_vblk_options). Nothing is copied: the real disk reads and writes
 * the guests' memory, so the port has to know where the device finds it (vwr_port_dma).
 *
 * A request of a guest becomes a request of the real disk, or several where that takes fewer segments at
 * once. What is sent is notified once, when a guest's queue is empty; answers are taken by
 * vwr_vblk_disk_service. An error of the real disk is an I/O error of the one guest. A real disk that stops
 * (deadline, protocol violation, DEVICE_NEEDS_RESET) is reset by vwr_blk_recover. What was in flight is sent
 * again if it was opened with options.request.replay, as vwr_blk_replay, at most options.request.replays
 * times each; otherwise it fails. A real disk that is given up answers errors.
 *
 * A real disk that does not even acknowledge a reset (VWR_STAGE_LOST) may still write to the memory of the
 * requests that it has. Those are not answered. Each guest's disk that has one of them sets
 * DEVICE_NEEDS_RESET, the VMM is told (vm->ops->unsafe), vwr_vblk_disk_unsafe says which memory it is, and no
 * reset of that guest's disk is complete (vwr_vdev_set_unsafe). Other requests fail. All of this ends when
 * the real disk acknowledges its reset after all, by itself or since the VMM has switched it off and on:
 * vwr_vblk_disk_service sees it, and the disk runs again.
 *
 * Locks: that of a guest's disk is taken before that of the real disk. The guests' are the VM's hooks.
 */

#define VWR_VBLK_DISK_PASSES 16u /* of one vwr_vblk_disk_service without a budget */

/* One request of the real disk. All fields are private; the embedder places the structures. */
struct vwr_vblk_disk_slot {
    struct vwr_blk_req req; /* first */
    struct vwr_vblk_disk_slot *next;
    struct vwr_vblk_disk_slot *parent; /* the first one of the guest's request */
    /* of the first one, which is kept until all of the request is done */
    struct vwr_vblk_req *guest;
    uint64_t ticket; /* of its answer */
    uint32_t sent;   /* of a request in parts: bytes, or ranges */
    uint16_t left;   /* slots that are in flight */
    uint16_t flags;
};

/* Guest memory that a lost disk may still reach, in the host's addresses. */
struct vwr_vblk_disk_segment {
    void *at;
    size_t bytes;
    bool written; /* it may be written, else read */
};

/*
 * What the backend needs. All is in use as long as a guest's disk is over it.
 *   slot     `slots` structures: requests of the real disk at once; as many as it was opened for, and the
 *            sum of what the guests' disks have (reqs) if none shall wait for another
 *   lock     both or neither: with several CPUs or threads, around all that happens to the real disk;
 *            not recursive. Without them the guests' VMs have none either: what the real disk answers ends
 * the guest's request at once budget   answers of each of the real disk's queues that one
 * vwr_vblk_disk_service takes, at most 16; it is VWR_EBUSY if there are more. 0: as many as there are, in
 * VWR_VBLK_DISK_PASSES batch    with several requests in flight: the next interrupt is asked for when half of
 * them have come back, and not with the first; fewer interrupts, here and for the guests, and some answers
 * are later again    NULL, or: vwr_vblk_disk_service has something to do although no interrupt will say so;
 * to be called soon, not in here
 */
struct vwr_vblk_disk;
struct vwr_vblk_disk_options {
    struct vwr_vblk_disk_slot *slot;
    uint16_t slots;
    uint16_t budget;
    bool batch;
    void *context;
    void (*lock)(void *context);
    void (*unlock)(void *context);
    void (*again)(void *context);
};

/* The real disk's queues count the rest: what was sent, sent again, returned. */
struct vwr_vblk_disk_stats {
    uintptr_t requests; /* of guests */
    uintptr_t parts;    /* of guests' requests that went in several */
    uintptr_t errors;   /* that guests were told of */
    uintptr_t waits;    /* times that a guest found no room */
    uintptr_t recovered;
};

struct vwr_vblk_disk {
    struct vwr_vblk_backend backend; /* first; for struct vwr_vblk_options */
    struct vwr_vblk_disk_stats stats;
    /* private */
    struct vwr_blk *blk;
    struct vwr_blk_get_lifetime_answer lifetime;
    bool has_lifetime;
    struct vwr_vblk_zones zones; /* of the real disk, without a table */
    struct vwr_vblk_disk_options options;
    struct vwr_vblk_disk_slot *free;
    struct vwr_vblk_disk_slot *partial; /* first ones, with more to be sent */
    struct vwr_vblk *done;              /* disks with requests that are done */
    struct vwr_vblk **done_end;
    struct vwr_vblk *waiting; /* disks that found no room, the first first */
    uint16_t most;            /* that are reaped at once */
    uint16_t enough;          /* so many that it is worth to reap once more */
    uint16_t lost;            /* requests that the lost disk has, or of which a guest's disk does not
                                 know yet that they are back */
    bool room;                /* those that wait are to be asked again */
    bool serving;             /* service is at work, and notifies at its end */
};

/*
 * `blk` is open, and the backend owns its queues from here on: no other call is made on it, but
 * vwr_dev_irq. VWR_OK; VWR_EINVAL: no slot, or one lock hook alone, or any in a build without
 * (VWR_VM_LOCKS); VWR_EFAILED: not open. The backend says then what the disk has: size, block size, cache,
 * discard, secure erase, and how worn it was when it was asked here, once, which waits as
 * vwr_blk_get_lifetime does. A guest whose window is all of the real disk has its zones: reports, appends and
 * what is done with a zone go to it and come back as they are. A window that is a part of a host-managed one
 * is refused (vwr_vblk_init), and a real disk without zones may have some of the VMM's (vblk_zone.h).
 */
VWR_MUST_CHECK int vwr_vblk_disk_init(struct vwr_vblk_disk *d, struct vwr_blk *blk,
                                      const struct vwr_vblk_disk_options *o);

/*
 * Takes what the real disk has answered, ends the guests' requests, interrupts each guest once, sends what
 * waited, notifies once, asks for the next interrupt. To be called after the disk's interrupt, and now
 * and then (a timer) while requests are in flight, for deadlines; or just often, which is polling.
 * VWR_OK; VWR_EBUSY: call it again soon, there is more to do, or the disk is being brought back;
 * VWR_EFAILED: it was given up; as long as memory is unsafe, to be called now and then all the same, which is
 * one poll of the disk. Takes all locks. Context: any but within a call of a guest's disk; one
 * at a time.
 */
VWR_MUST_CHECK int vwr_vblk_disk_service(struct vwr_vblk_disk *d);

/*
 * The memory that the disk may still reach after it was lost, of one guest's disk or of all (NULL): how many
 * segments; the first `room` of them are in seg[]. 0: all memory is safe, as always before a disk is lost and
 * after it has acknowledged a reset and its requests were taken back. The driver-private and shared memory of
 * the disk's own queues comes besides (blk.h). Takes the lock of the real disk. Context: any, vm->ops->unsafe
 * among them, but for the lock hooks.
 */
unsigned vwr_vblk_disk_unsafe(struct vwr_vblk_disk *d, const struct vwr_vblk *b,
                              struct vwr_vblk_disk_segment *seg, unsigned room);

/*
 * After an interrupt that says that the configuration has changed: as vwr_blk_config_changed; 1: the
 * backend has the new size, and the VMM decides what vwr_vblk_resize tells the guests.
 */
VWR_MUST_CHECK int vwr_vblk_disk_config_changed(struct vwr_vblk_disk *d);

VWR_END_C

#endif
