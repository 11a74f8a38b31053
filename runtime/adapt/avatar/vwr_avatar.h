/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef VWR_AVATAR_H
#define VWR_AVATAR_H

/* Between the files of this folder; nobody else includes it. */
#include "virtio_block_frontend.h"
#include "vwr.h" /* the pair that ./vwr embed writes */

#define VWR_AVATAR_WORDS 256 /* not the specification's: bytes of a sentence */
#define VWR_AVATAR_BUFFER_SECTORS (VIRTIO_BUFFER_SIZE / VIRTIO_SECTOR_SIZE)

/* Segments of a transfer: header and status have a descriptor each. */
#define VWR_AVATAR_SEGMENTS_OF_QUEUE (VIRTIO_QUEUE_SIZE - 2)
#define VWR_AVATAR_SEGMENTS                                                             \
    (VWR_AVATAR_SEGMENTS_OF_QUEUE < VWR_REQUEST_SEGMENTS ? VWR_AVATAR_SEGMENTS_OF_QUEUE \
                                                         : VWR_REQUEST_SEGMENTS)

VWR_STATIC_ASSERT(VIRTIO_MAX_DEVICES >= 1, "VIRTIO_MAX_DEVICES: at least 1");
VWR_STATIC_ASSERT(VIRTIO_QUEUE_SIZE >= 4 && (VIRTIO_QUEUE_SIZE & (VIRTIO_QUEUE_SIZE - 1)) == 0,
                  "VIRTIO_QUEUE_SIZE: a power of 2, 4 or more");
VWR_STATIC_ASSERT(VIRTIO_BUFFER_SIZE >= VIRTIO_SECTOR_SIZE && VIRTIO_BUFFER_SIZE % VIRTIO_SECTOR_SIZE == 0,
                  "VIRTIO_BUFFER_SIZE: a multiple of 512");
VWR_STATIC_ASSERT(VIRTIO_SECTOR_SIZE == VWR_BLK_SECTOR_BYTES && VIRTIO_ID_BLOCK == VWR_BLK_ID,
                  "the specification's");
VWR_STATIC_ASSERT(VIRTIO_BUFFER_POOL_SIZE >= 1, "VIRTIO_BUFFER_POOL_SIZE: at least 1");

VWR_STATIC_ASSERT(VIRTIO_REQUESTS >= 1 && VIRTIO_REQUESTS <= 1000, "VIRTIO_REQUESTS: 1 to 1000");

/* A request. What the device has of it: `request`, and the first `owned` of `part`. */
struct vwr_avatar_slot {
    struct vwr_blk_req request; /* first */
    struct vwr_vec part[VWR_AVATAR_SEGMENTS];
    unsigned owned;
    uint32_t span; /* sectors in them */
    virtio_blk_io_t *io;
    bool busy; /* submitted, and no reap has brought it back; without io it was cancelled */
};

/* One disk. */
struct vwr_avatar_disk {
    virtio_blk_device_t device; /* what callers get */
    virtio_blk_stats_t stats;
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_avatar_slot sync;                  /* of the calls that wait */
    struct vwr_avatar_slot slot[VIRTIO_REQUESTS]; /* of virtio_blk_submit */
    virtio_blk_io_t *first;                       /* that wait for a slot or for buffers, or have failed */
    uint32_t cancelled;                           /* slots that are still in flight */
    unsigned parts_max;                           /* buffers in one request on this device */
    uint32_t block_sectors;
    bool open;
    bool late;  /* somebody got -1 and the request of `sync` is still in flight */
    bool kept;  /* it has come back since, and what it brought is still in its buffers: perhaps somebody asks
                 * again
                 */
    bool dead;  /* did not come back from resets */
    bool taken; /* by a call that waits: `sync` and what belongs to it are that call's */
};

/* The disk of a handle, or NULL with a word: not one of ours, or not open. */
struct vwr_avatar_disk *vwr_avatar_disk_of(const virtio_blk_device_t *device);

/* The open disk with this index, or NULL without a word. */
struct vwr_avatar_disk *vwr_avatar_disk_at(uint32_t index);

/* Opens all block devices that VIRTIO_BASE_ADDRESSES has room for. How many are open then. */
uint32_t vwr_avatar_open_all(void);

/* A walk over VIRTIO_BASE_ADDRESSES. */
struct vwr_mmio_scan vwr_avatar_scan(void);

/* What callers see of a disk, anew: a reset may have changed it. */
void vwr_avatar_describe(struct vwr_avatar_disk *d);

/* Why a call had this result, as a sentence: the library's if it knows more than the result, in `words`. */
const char *vwr_avatar_reason(const struct vwr_avatar_disk *d, int result, char words[VWR_AVATAR_WORDS]);

/* A buffer of VIRTIO_BUFFER_SIZE bytes; NULL: all are in use. And back. */
uint8_t *vwr_avatar_pool_take(void);
void vwr_avatar_pool_give(const uint8_t *buffer);
uint32_t vwr_avatar_pool_free(void);

/* As many buffers as `sectors` need, as a request takes, or as there are: sectors that fit. And back. */
uint32_t vwr_avatar_take_buffers(const struct vwr_avatar_disk *d, struct vwr_avatar_slot *s,
                                 uint32_t sectors);
void vwr_avatar_give_buffers(struct vwr_avatar_slot *s);

/*
 * Takes what the device has answered, and does a step for a disk that has stopped: how many answers there
 * were, or VWR_EFAILED: it was given up.
 */
int vwr_avatar_step(struct vwr_avatar_disk *d);

/*
 * What a call does while it waits for a disk: it leaves the CPU, sleeps or polls, by what Avatar has at that
 * moment. It returns when something may have happened. may_sleep: whether others run meanwhile.
 */
void vwr_avatar_pause(struct vwr_avatar_disk *d);
bool vwr_avatar_may_sleep(void);

/* The disks interrupt; there is a tick that polls. */
void vwr_avatar_wait_by_interrupt(void);
void vwr_avatar_wait_has_tick(void);

/* Those that have left the CPU are ready again; _now: and run, at an interrupt's end. */
void vwr_avatar_wake(void);
void vwr_avatar_wake_now(void);

/* What the disks' interrupts ask for, whoever has found that there are some. */
void vwr_avatar_take_interrupts(void);

/* A slot of virtio_blk_submit has come back. */
void vwr_avatar_answered(struct vwr_avatar_disk *d, struct vwr_avatar_slot *s);

/* Whether a disk takes a transfer of these sectors: VWR_OK, VWR_EINVAL, VWR_ERANGE, VWR_EROFS. */
int vwr_avatar_check(const struct vwr_avatar_disk *d, uint64_t sector, uint64_t count, bool write);

/* The interrupt of a disk, by its place. */
int32_t vwr_avatar_irq_of(const struct vwr_avatar_disk *d);

/* One line for a call that has failed; `at` is the sector that it has come to. Counts it, and answers -1. */
extern const char vwr_avatar_flushing[]; /* what a flush is called, which has no sectors */
int vwr_avatar_fail(struct vwr_avatar_disk *d, const char *doing, uint64_t sector, uint64_t count,
                    uint64_t at, int result);

/* 0, or -1 with a word. `buffer` is read from if `write`. */
int vwr_avatar_transfer(struct vwr_avatar_disk *d, uint64_t sector, uint8_t *buffer, uint32_t count,
                        bool write);
int vwr_avatar_flush(struct vwr_avatar_disk *d);

#endif
