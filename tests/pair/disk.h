/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_DISK_H
#define VWR_PAIR_DISK_H

#include "vwr/blk.h"
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"
#include "vwr/vblk_zone.h"
#include "vwr/vmmio.h"

#include "store.h"
#include "vmm.h"

/*
 * Both sides of a disk: the device in a slot of vmm.h, on a window of a store, and the driver that finds it
 * there.
 */

enum { /* negotiated features */
       DISK_INDIRECT = 1,
       DISK_EVENT = 2,
       DISK_PACKED = 4,
       DISK_IN_ORDER = 8,
       DISK_LEGACY = 16,
       DISK_DATA = 32 /* NOTIFICATION_DATA */
};

#define DISK_SLOT 1u
#define DISK_QUEUES 4u
#define DISK_QUEUE_SIZE 256u
#define DISK_REQUESTS 32u /* in flight, per queue */
#define DISK_SECTORS 1024u
#define DISK_MARGIN 24u /* sectors of the store on each side of the disk that do not belong to it */
#define DISK_ID "vwr-pair"
#define DISK_SEGS 64u
#define DISK_ZONES 8u

struct disk_plan {
    unsigned kind;
    unsigned queues;
    uint16_t size; /* of each queue, as requested by the driver */
    uint16_t budget;
    uint16_t reqs;  /* requests that the device processes concurrently */
    uint16_t segs;  /* maximum segments per request; 0: DISK_SEGS */
    bool by_driver; /* the driver avoids the features that the kind lacks; otherwise the device does not offer
                       them */
    bool memory;    /* the library's in-memory store; otherwise that of store.h */
    bool later;     /* requests complete later, in any order */
    bool deferred;  /* notifications are served later */
    bool read_only;
    bool write_through;
    bool zones; /* DISK_ZONES of them, host-managed; not in legacy */
};

struct disk {
    struct disk_plan plan;
    /* the device side */
    struct store store;
    struct vwr_vblk_memory memory_store;
    struct vwr_vblk_zone zone[DISK_ZONES];
    struct vwr_vblk_zones zones;
    struct vwr_vblk device;
    struct vwr_vqueue queue[DISK_QUEUES];
    struct vwr_vqueue_entry own[DISK_QUEUES * DISK_QUEUE_SIZE];
    struct vwr_vblk_req req[DISK_QUEUES * DISK_REQUESTS];
    struct vwr_vseg seg[DISK_QUEUES * DISK_REQUESTS * DISK_SEGS];
    uint8_t bytes[(DISK_SECTORS + 2 * DISK_MARGIN) * VWR_BLK_SECTOR_BYTES];
    /* the driver side */
    union vmm_end end;
    struct vwr_blk blk;
    struct vwr_blk_options options;
    struct vwr_blk_requestq more_queue[DISK_QUEUES - 1];
    struct vwr_blk_more more[DISK_QUEUES - 1];
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t driver_own[DISK_QUEUES][VWR_BLK_OWN_BYTES(DISK_QUEUE_SIZE, DISK_REQUESTS)];
};

/* For example "modern_packed_indirect_in_order". */
const char *disk_kind_name(unsigned kind);

/* Whether the specification allows such a ring. */
bool disk_kind_exists(unsigned kind);

/* The ring features that a device of this kind offers, and those that a driver avoids to get this kind. */
void disk_offer(struct vwr_features *f, unsigned kind);
void disk_avoid(struct vwr_features *avoid, unsigned kind);

/* Checks that both sides have negotiated a ring of this kind. */
void disk_check_features(const struct vwr_dev *d, const struct vwr_vdev *v, unsigned kind);

/*
 * Creates the device in a new VM (vmm_begin). The store keeps its contents, or contains pattern 'A' if
 * `fresh`.
 */
void disk_make(struct disk *d, const struct disk_plan *plan, bool fresh);

/* The first sector of the disk in the store. */
uint8_t *disk_bytes(struct disk *d);

/* The driver finds and opens the disk in new memory; checks the negotiated features against the plan. */
void disk_open(struct disk *d);
void disk_open_found(struct disk *d); /* the same after a probe */
void disk_close(struct disk *d);

/* Checks that nothing outside of the disk was written. */
void disk_check_margins(const struct disk *d);

/* `result` is the driver's result; a failed check prints its explanation. */
void disk_result(const char *file, int line, const char *what, struct disk *d, int result, int want);
#define DISK_RESULT(d, call, want) disk_result(__FILE__, __LINE__, #call, d, call, want)
#define DISK_OK(d, call) DISK_RESULT(d, call, VWR_OK)

#endif
