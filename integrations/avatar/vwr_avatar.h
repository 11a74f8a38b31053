/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef VWR_AVATAR_H
#define VWR_AVATAR_H

/* Interface between the files of this folder; private. */
#include "virtio_block_frontend.h"

/* Data segments of a transfer; header and status take one descriptor each. */
#define VWR_AVATAR_SEGMENTS_OF_QUEUE (VIRTIO_QUEUE_SIZE - 2)
#define VWR_AVATAR_SEGMENTS                                                             \
    (VWR_AVATAR_SEGMENTS_OF_QUEUE < VWR_REQUEST_SEGMENTS ? VWR_AVATAR_SEGMENTS_OF_QUEUE \
                                                         : VWR_REQUEST_SEGMENTS)

#define VWR_BLK_QUEUE VIRTIO_QUEUE_SIZE
#define VWR_BLK_REQUESTS (VIRTIO_REQUESTS + 1) /* one more for blocking calls */
#define VWR_BLK_SEGMENTS VWR_AVATAR_SEGMENTS
#include "vwr.h" /* written by ./vwr embed */

#define VWR_AVATAR_WORDS 256 /* bytes of a message */
#define VWR_AVATAR_BUFFER_SECTORS (VIRTIO_BUFFER_SIZE / VIRTIO_SECTOR_SIZE)

VWR_STATIC_ASSERT(VIRTIO_MAX_DEVICES >= 1, "VIRTIO_MAX_DEVICES: at least 1");
VWR_STATIC_ASSERT(VIRTIO_QUEUE_SIZE >= 4 && (VIRTIO_QUEUE_SIZE & (VIRTIO_QUEUE_SIZE - 1)) == 0,
                  "VIRTIO_QUEUE_SIZE: a power of 2, 4 or more");
VWR_STATIC_ASSERT(VIRTIO_BUFFER_SIZE >= VIRTIO_SECTOR_SIZE && VIRTIO_BUFFER_SIZE % VIRTIO_SECTOR_SIZE == 0,
                  "VIRTIO_BUFFER_SIZE: a multiple of 512");
VWR_STATIC_ASSERT(VIRTIO_SECTOR_SIZE == VWR_BLK_SECTOR_BYTES && VIRTIO_ID_BLOCK == VWR_BLK_ID,
                  "the specification's");
VWR_STATIC_ASSERT(VIRTIO_BUFFER_POOL_SIZE >= 1, "VIRTIO_BUFFER_POOL_SIZE: at least 1");

VWR_STATIC_ASSERT(VIRTIO_REQUESTS >= 1 && VIRTIO_REQUESTS <= 1000, "VIRTIO_REQUESTS: 1 to 1000");

/* A request. The device accesses `request` and the first `owned` entries of `part`. */
struct vwr_avatar_slot {
    struct vwr_blk_req request; /* first */
    struct vwr_vec part[VWR_AVATAR_SEGMENTS];
    unsigned owned;
    uint32_t span; /* sectors in these buffers */
    virtio_blk_io_t *io;
    bool busy; /* submitted and not reaped; without io: cancelled */
};

/* A disk. */
struct vwr_avatar_disk {
    virtio_blk_device_t device; /* the callers' handle */
    virtio_blk_stats_t stats;
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_avatar_slot sync;                  /* for blocking calls */
    struct vwr_avatar_slot slot[VIRTIO_REQUESTS]; /* for virtio_blk_submit */
    virtio_blk_io_t *first;                       /* waiting for a slot or buffers, or failed */
    uint32_t cancelled;                           /* cancelled slots still in flight */
    unsigned parts_max;                           /* buffers per request on this device */
    uint32_t block_sectors;
    bool open;
    bool late;  /* a caller got -1, and the request of `sync` is still in flight */
    bool kept;  /* the late request has completed; its buffers are kept in case the caller retries */
    bool dead;  /* resets have failed */
    bool taken; /* a blocking call uses `sync` */
};

/* Returns the disk for a handle. NULL with a message: the handle is invalid or the disk is not open. */
struct vwr_avatar_disk *vwr_avatar_disk_of(const virtio_blk_device_t *device);

/* The open disk with this index, or NULL. */
struct vwr_avatar_disk *vwr_avatar_disk_at(uint32_t index);

/* Opens all block devices at VIRTIO_BASE_ADDRESSES. Returns the number of open disks. */
uint32_t vwr_avatar_open_all(void);

/* Starts a scan of VIRTIO_BASE_ADDRESSES. */
struct vwr_mmio_scan vwr_avatar_scan(void);

/* Updates the callers' handle; a reset may have changed the disk. */
void vwr_avatar_describe(struct vwr_avatar_disk *d);

/* Logs a message for a result. In a copy without the part texts, the message contains the numbers of the
 * result and of the fault, which may be NULL. */
const char *vwr_avatar_result(int result, const struct vwr_fault *fault, char words[VWR_AVATAR_WORDS]);

/* Logs a message for a result: the library's description in `words`, if there is one for this result. */
const char *vwr_avatar_reason(const struct vwr_avatar_disk *d, int result, char words[VWR_AVATAR_WORDS]);

/*
 * Allocates a buffer of VIRTIO_BUFFER_SIZE bytes, or NULL: all are in use. Frees a buffer. Returns the number
 * of free buffers.
 */
uint8_t *vwr_avatar_pool_take(void);
void vwr_avatar_pool_give(const uint8_t *buffer);
uint32_t vwr_avatar_pool_free(void);

/*
 * Allocate buffers for up to `sectors` sectors, limited by the request and the pool; returns the number of
 * sectors that fit. Free them.
 */
uint32_t vwr_avatar_take_buffers(const struct vwr_avatar_disk *d, struct vwr_avatar_slot *s,
                                 uint32_t sectors);
void vwr_avatar_give_buffers(struct vwr_avatar_slot *s);

/*
 * Reaps completed requests, and performs one step of recovery if the disk has stopped. Returns the number of
 * requests, or VWR_EFAILED: recovery has failed.
 */
int vwr_avatar_step(struct vwr_avatar_disk *d);

/*
 * Waits once in a blocking call: releases the CPU, sleeps or polls, depending on Avatar's state. Returns when
 * the disk may have made progress. may_sleep: whether other tasks run meanwhile.
 */
void vwr_avatar_pause(struct vwr_avatar_disk *d);
bool vwr_avatar_may_sleep(void);

/* The disks interrupt; a timer tick polls. */
void vwr_avatar_wait_by_interrupt(void);
void vwr_avatar_wait_has_tick(void);

/* Makes waiting tasks ready; _now: and schedules them, at the end of an interrupt. */
void vwr_avatar_wake(void);
void vwr_avatar_wake_now(void);

/* Handles pending interrupts of the disks. */
void vwr_avatar_take_interrupts(void);

/* A slot of virtio_blk_submit has completed. */
void vwr_avatar_answered(struct vwr_avatar_disk *d, struct vwr_avatar_slot *s);

/* Checks the range of a transfer. Returns VWR_OK, VWR_EINVAL, VWR_ERANGE or VWR_EROFS. */
int vwr_avatar_check(const struct vwr_avatar_disk *d, uint64_t sector, uint64_t count, bool write);

/* The interrupt of a disk, by its address. */
int32_t vwr_avatar_irq_of(const struct vwr_avatar_disk *d);

/* Logs and counts a failed call, which has reached sector `at`. Returns -1. */
extern const char vwr_avatar_flushing[]; /* name of a flush, which has no sectors */
int vwr_avatar_fail(struct vwr_avatar_disk *d, const char *doing, uint64_t sector, uint64_t count,
                    uint64_t at, int result);

/* 0, or -1 with a message. With `write`, `buffer` is only read. */
int vwr_avatar_transfer(struct vwr_avatar_disk *d, uint64_t sector, uint8_t *buffer, uint32_t count,
                        bool write);
int vwr_avatar_flush(struct vwr_avatar_disk *d);

#endif
