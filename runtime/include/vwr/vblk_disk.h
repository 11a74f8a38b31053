/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_DISK_H
#define VWR_VBLK_DISK_H

#include "vwr/blk.h"
#include "vwr/vblk_zone.h"

VWR_BEGIN_C

/**
 * DOC: Back end on a physical disk
 *
 * This back end stores guests' disks on a physical disk, which it accesses through the driver side
 * (vwr/blk.h). Several guests share the physical disk, each with its own window (struct vwr_vblk_options).
 * Nothing is copied: the physical disk accesses guest memory directly, so the port's DMA hooks must be able
 * to translate its addresses.
 *
 * A guest's request becomes one request to the physical disk, or several if the physical disk supports fewer
 * segments. The disk is notified once when a guest's queue is empty; vwr_vblk_disk_service() processes
 * completions. If the physical disk returns an error, only the guest whose request failed sees an I/O error.
 *
 * Failures:
 *
 * - A physical disk that stops (deadline, protocol violation, DEVICE_NEEDS_RESET) is recovered by
 *   vwr_recover(). If the disk was opened with options.request.replay, each request in
 *   flight is resubmitted up to options.request.replays times; otherwise the requests in flight fail. After a
 *   failed recovery, all requests fail.
 * - A physical disk that does not acknowledge a reset (VWR_STAGE_LOST) may still write to the memory of its
 *   requests. Such requests are not answered. Each guest's disk that has such a request sets
 *   DEVICE_NEEDS_RESET and calls vm->ops->unsafe, and resets of that guest's disk do not complete
 *   (vwr_vdev_set_unsafe()). vwr_vblk_disk_unsafe() lists the affected memory. Other requests fail. This
 *   state ends when the physical disk acknowledges its reset, either by itself or after the VMM has
 *   power-cycled it. vwr_vblk_disk_service() detects the acknowledgement and restarts the disk.
 *
 * Lock order: first the lock of a guest's disk, then the lock of the physical disk. A guest's lock
 * is the lock hook of its VM.
 */

/** VWR_VBLK_DISK_PASSES - Number of passes of vwr_vblk_disk_service() without a budget */
#define VWR_VBLK_DISK_PASSES 16u

/* A request to the physical disk; private. The embedder allocates the structures. */
struct vwr_vblk_disk_slot {
    struct vwr_blk_req req; /* first */
    struct vwr_vblk_disk_slot *next;
    struct vwr_vblk_disk_slot *parent; /* first slot of the guest's request */
    /* used in the first slot only, which is kept until the whole request is done */
    struct vwr_vblk_req *guest;
    uint64_t ticket; /* ticket for completing it */
    uint32_t sent;   /* request in parts: number of bytes or ranges sent so far */
    uint16_t left;   /* number of slots in flight */
    uint16_t flags;
};

/**
 * struct vwr_vblk_disk_segment - Guest memory that a lost disk may still access
 * @at: Host address.
 * @bytes: Size in bytes.
 * @written: true: the disk may write to the memory. false: it may read it.
 */
struct vwr_vblk_disk_segment {
    void *at;
    size_t bytes;
    bool written;
};

struct vwr_vblk_disk;

/**
 * struct vwr_vblk_disk_options - Options of vwr_vblk_disk_init()
 * @slot: Slots, which must stay valid as long as any guest's disk is in use. To avoid waiting, provide at
 *   least as many slots as the physical disk has requests, and as all guests' disks together have requests.
 * @slot_count: Number of entries in @slot: maximum number of requests in flight to the physical disk.
 * @budget: Maximum number of completions per queue in one vwr_vblk_disk_service(), at most 16. The
 *   service returns VWR_EBUSY if there are more. 0: all completions, in VWR_VBLK_DISK_PASSES
 *   passes.
 * @batch: With several requests in flight, request the next interrupt after half of them have completed, not
 *   after the first. This reduces the number of interrupts for host and guests, but increases the latency of
 *   some requests.
 * @context: Passed to the hooks.
 * @lock: Lock the physical disk; not recursive. If several CPUs or threads use the disk, @lock and @unlock
 *   are required. NULL: neither the disk nor the guests' VMs have locks, and a completion completes the
 *   guest's request immediately.
 * @unlock: Unlock the physical disk.
 * @again: Called when vwr_vblk_disk_service() has work to do for which no interrupt will arrive. Call that
 *   function soon, but not within the hook. May be NULL.
 */
struct vwr_vblk_disk_options {
    struct vwr_vblk_disk_slot *slot;
    uint16_t slot_count;
    uint16_t budget;
    bool batch;
    void *context;
    void (*lock)(void *context);
    void (*unlock)(void *context);
    void (*again)(void *context);
};

/**
 * struct vwr_vblk_disk_stats - Counters (in addition to those of the physical disk's queues)
 * @requests: Number of guest requests.
 * @parts: Number of guest requests that were split.
 * @errors: Number of errors returned to guests.
 * @waits: Number of times that a guest had to wait.
 * @recovered: Number of recoveries.
 */
struct vwr_vblk_disk_stats {
    vwr_count requests;
    vwr_count parts;
    vwr_count errors;
    vwr_count waits;
    vwr_count recovered;
};

/**
 * struct vwr_vblk_disk - A back end on a physical disk
 * @backend: Back end, for struct vwr_vblk_options; the first member.
 * @stats: Counters.
 * @shortage: The array that was too small, after an init that failed with VWR_ENOMEM.
 */
struct vwr_vblk_disk {
    struct vwr_vblk_backend backend;
    struct vwr_vblk_disk_stats stats;
    struct vwr_shortage shortage;
    /* private: */
    struct vwr_blk *blk;
    struct vwr_blk_get_lifetime_answer lifetime;
    bool has_lifetime;
    struct vwr_vblk_zones zones; /* zones of the physical disk, without a table */
    struct vwr_vblk_disk_options options;
    struct vwr_vblk_disk_slot *free;
    struct vwr_vblk_disk_slot *partial; /* first slots of requests with more parts to send */
    struct vwr_vblk *done;              /* disks with completed requests */
    struct vwr_vblk **done_end;
    struct vwr_vblk *waiting; /* disks that wait, oldest first */
    uint16_t most;            /* maximum number of requests per reap */
    uint16_t enough;          /* number of completions that makes another reap worthwhile */
    uint16_t lost; /* number of requests that the lost disk still holds, or whose completion a guest's disk
                      has not processed yet */
    bool room;     /* waiting disks can submit again */
    bool serving;  /* the service is running, and will notify the disk before it returns */
};

/**
 * vwr_vblk_disk_init() - Initialise a back end on a physical disk
 * @d: Back end.
 * @blk: Open disk. From now on the back end owns the disk's queues: no function except vwr_dev_irq() may be
 *   called on the disk.
 * @o: Options.
 *
 * The call sets the back end's members: capacity, block size, cache, discard, secure erase and lifetime. The
 * lifetime is queried only here. A guest whose window covers the whole disk uses the disk's own zones:
 * reports, appends and zone operations are forwarded. vwr_vblk_init() rejects a window that covers only
 * a part of a host-managed disk. For a physical disk without zones, the VMM can provide zones
 * (vwr/vblk_zone.h).
 *
 * Context: The VMM, before the device is in use. Does not wait. Not from an interrupt handler. The
 *   lifetime query waits as vwr_blk_get_lifetime() does.
 * Return: VWR_OK.
 * * VWR_EINVAL: there is only one lock hook.
 * * VWR_ENOMEM: there are no slots (see d->shortage).
 * * VWR_EFAILED: the disk is not open.
 */
VWR_MUST_CHECK int vwr_vblk_disk_init(struct vwr_vblk_disk *d, struct vwr_blk *blk,
                                      const struct vwr_vblk_disk_options *o);

/**
 * vwr_vblk_disk_service() - Process completions of the physical disk
 * @d: Back end.
 *
 * The call ends the guests' requests, interrupts each guest once, submits waiting requests, notifies the disk
 * once, and enables its interrupt. Call it after each interrupt of the disk and, to enforce deadlines,
 * periodically while requests are in flight. Alternatively, poll by calling it often.
 *
 * Context: The owner of the disk; one call at a time, and not within a function of a guest's disk. Takes all
 *   locks. Does not wait, except for the VM's lock and its own.
 * Return: VWR_OK.
 * * VWR_EBUSY: there is more work, or the disk is being recovered; call the function again soon.
 * * VWR_EFAILED: the recovery failed. While memory is unsafe, call it periodically; each call polls
 *   the disk once.
 * * Other errors: the same as vwr_recover().
 */
VWR_MUST_CHECK int vwr_vblk_disk_service(struct vwr_vblk_disk *d);

/**
 * vwr_vblk_disk_unsafe() - List the guest memory that a lost disk may still access
 * @d: Back end.
 * @b: Guest's disk; NULL: all.
 * @seg: Filled in with the first @room segments.
 * @room: Number of entries in @seg.
 *
 * The private and shared memory of the disk's own queues (vwr/blk.h) is not listed.
 *
 * Context: The owner of the disk, also within vm->ops->unsafe, but not within the lock hooks. Takes
 *   the lock of the physical disk. Does not wait, except for the VM's lock hooks.
 * Return: Number of segments; 0: all memory is safe.
 */
unsigned vwr_vblk_disk_unsafe(struct vwr_vblk_disk *d, const struct vwr_vblk *b,
                              struct vwr_vblk_disk_segment *seg, unsigned room);

/**
 * vwr_vblk_disk_config_changed() - Handle a configuration change interrupt of the physical disk
 * @d: Back end.
 *
 * Context: The owner of the disk. Takes the lock of the physical disk. Does not wait, except for
 *   the VM's lock hooks. Not from an interrupt handler.
 * Return: The same as vwr_blk_config_changed(). 1: the back end has a new size; the VMM calls
 *   vwr_vblk_resize() for the guests' disks.
 */
VWR_MUST_CHECK int vwr_vblk_disk_config_changed(struct vwr_vblk_disk *d);

VWR_END_C

#endif
