/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef VWR_AVATAR_VIRTIO_BLOCK_FRONTEND_H
#define VWR_AVATAR_VIRTIO_BLOCK_FRONTEND_H

#include "avatar_types.h"

/*
 * Avatar's block frontend over Virtwright. Names and results are those of Avatar's dev/virtio_frontend:
 * 0 is success, -1 an error that has been logged. No register names and no ring structures here, so
 * vmm/virtio.h, which has its own, may be included beside it, before or after.
 *
 * A sector has 512 bytes, whatever the disk's block size is; sectors of a disk with larger blocks are
 * cut out of them, and written by reading the block first.
 *
 * Buffers need no alignment, may be on a stack, and are the caller's again when a call returns, with
 * whatever result: the device gets buffers of a static pool only, and data are copied.
 * Context: one CPU, with interrupts masked once avatar_virtio_block_enable_irq was called; not an interrupt
 * handler, but for those that say so. Tasks may be in these calls at the same time, since one that waits
 * leaves the CPU then; on one disk they wait one behind the other. Transfers wait for the device, at most
 * about VIRTIO_TIMEOUT_US for each of their segments; virtio_blk_submit does not. Section of the
 * specification: Block Device.
 */

/* Configuration: before this header is read, by -D for all of the tree (CFLAGS_EXTRA), or here. */
#ifndef VIRTIO_MAX_DEVICES
#define VIRTIO_MAX_DEVICES 4 /* block devices that are used; more than that are left alone, with a word */
#endif
#ifndef VIRTIO_QUEUE_SIZE
#define VIRTIO_QUEUE_SIZE 16 /* descriptors of a disk's queue: a power of 2, 4 or more */
#endif
#ifndef VIRTIO_BUFFER_POOL_SIZE
#define VIRTIO_BUFFER_POOL_SIZE \
    64 /* buffers, of all disks together; a disk has up to VIRTIO_QUEUE_SIZE - 2 */
#endif
#ifndef VIRTIO_BUFFER_SIZE
#define VIRTIO_BUFFER_SIZE 4096 /* not the specification's: bytes of a buffer, in whole blocks */
#endif
#ifndef VIRTIO_REQUESTS
#define VIRTIO_REQUESTS 4 /* of virtio_blk_submit that a disk has at once; others wait */
#endif
#ifndef VIRTIO_FIRST_IRQ
#define VIRTIO_FIRST_IRQ                                                               \
    48 /* of the first place in VIRTIO_BASE_ADDRESSES; each further place has the next \
        */
#endif
#ifndef VIRTIO_DEBUG
#define VIRTIO_DEBUG 0 /* 1: a line for each transfer */
#endif

/* Where to look: {address, bytes from one to the next, how many}, several with commas between. */
#ifndef VIRTIO_BASE_ADDRESSES
#define VIRTIO_BASE_ADDRESSES                               \
    {                                                       \
        0x0a000000, 0x200, 32 /* not the specification's */ \
    }                         /* QEMU's virt machine */
#endif

#ifndef VIRTIO_TIMEOUT_US
#define VIRTIO_TIMEOUT_US 5000000 /* a transfer answers -1 after it; the request stays in flight */
#endif
#ifndef VIRTIO_GIVE_UP_US
#define VIRTIO_GIVE_UP_US 30000000 /* after this a late device is reset, and the request is sent again */
#endif

#ifndef VIRTIO_ID_BLOCK
#define VIRTIO_ID_BLOCK 2
#endif

#define VIRTIO_SECTOR_SIZE 512 /* Avatar's name, not the specification's: vwr_avatar.h compares */

/* What is known of an open disk, for reading. Filled in by virtio_blk_init. */
typedef struct {
    uint64_t base_addr;
    uint32_t device_index; /* below VIRTIO_MAX_DEVICES */
    uint32_t version;      /* of its register layout: 1 legacy, 2 modern */
    uint64_t capacity;     /* sectors */
    uint32_t block_size;   /* bytes in a unit of `capacity`: always VIRTIO_SECTOR_SIZE */
    uint32_t disk_block;   /* bytes in a block of the disk; transfers of whole blocks are faster */
    bool read_only;
} virtio_blk_device_t;

/* Counted since the disk was opened. */
typedef struct {
    uint64_t reads, writes; /* calls that have succeeded */
    uint64_t sectors_read, sectors_written;
    uint64_t errors;       /* calls that have answered -1 */
    uint64_t late;         /* of those: the device had not answered in time */
    uint64_t late_answers; /* of those: it has answered since */
    uint64_t resets;       /* of the device, after which it was running again */
    uint64_t sleeps;       /* times that a call that waits has slept; see avatar_virtio_block_enable_irq */
} virtio_blk_stats_t;

/*
 * Finds and opens the block devices at VIRTIO_BASE_ADDRESSES, in the order of their addresses. 0: there
 * is at least one; -1: none, and the next call looks again. When disks are open it changes nothing
 * and answers 0.
 */
int avatar_virtio_block_init(void);

/* The first disk, NULL before init; the disk with this index; how many there are. */
virtio_blk_device_t *avatar_get_virtio_block_device(void);
virtio_blk_device_t *avatar_get_virtio_block_device_at(uint32_t index);
uint32_t avatar_virtio_block_count(void);

/* Sectors of the first disk; `sector_count` at least 1. After -1 some sectors may have been transferred. */
int avatar_virtio_block_read(uint64_t sector, void *buffer, uint32_t sector_count);
int avatar_virtio_block_write(uint64_t sector, const void *buffer, uint32_t sector_count);

/* What was written to the first disk before is on its medium. 0 at once where it has no write cache. */
int avatar_virtio_block_flush(void);

/* Of the first disk: capacity in sectors, and bytes of a sector. Either may be NULL. */
int avatar_virtio_block_get_info(uint64_t *capacity, uint32_t *block_size);

/* All disks, with their statistics, to the console. */
void avatar_virtio_block_print_status(void);

/*
 * Reads and writes on every disk: 0 if all is as it should be. Writes to the last sectors of disks that
 * are not read-only, and puts back what was there; a power failure between the two loses it.
 */
int avatar_virtio_block_test(void);
int virtio_block_test(void); /* the same by Avatar's older name */

/*
 * Instead of VIRTIO_TIMEOUT_US and VIRTIO_GIVE_UP_US, in microseconds, for the disks that are open. A
 * write that answered -1 after the first may still be carried out. The next transfer on its disk waits
 * first until the late request has come back, so a later write is never overtaken by it; a caller that
 * asks for the same again gets its answer.
 */
void avatar_virtio_block_set_timeouts(uint32_t wait_us, uint32_t give_up_us);

/* For the VMM's back end: avatar_virtio_block_read, _write, _get_info by the names it knows. */
int vmm_backend_read_from_host_storage(uint64_t sector, void *buffer, uint32_t count);
int vmm_backend_write_to_host_storage(uint64_t sector, const void *buffer, uint32_t count);
int vmm_backend_get_storage_info(uint64_t *total_sectors, uint32_t *sector_size);

/*
 * Opens the device at `base_addr` with the memory of index `device_index`, and fills in *blk_dev, a
 * handle that may be copied. A device that is open already stays as it is, with the index that it has:
 * 0. -1: not a disk, cannot be opened, or the index is another disk's.
 */
int virtio_blk_init(virtio_blk_device_t *blk_dev, uint64_t base_addr, uint32_t device_index);

/* Any disk: as avatar_virtio_block_read and _write. The calls without s are the same, by an older name. */
int virtio_blk_read_sectors(virtio_blk_device_t *blk_dev, uint64_t sector, void *buffer, uint32_t count);
int virtio_blk_write_sectors(virtio_blk_device_t *blk_dev, uint64_t sector, const void *buffer,
                             uint32_t count);
int virtio_blk_read_sector(virtio_blk_device_t *blk_dev, uint64_t sector, void *buffer, uint32_t count);
int virtio_blk_write_sector(virtio_blk_device_t *blk_dev, uint64_t sector, const void *buffer,
                            uint32_t count);
int virtio_blk_flush(virtio_blk_device_t *blk_dev);

/* A part of a transfer's data: `bytes` of memory, of any alignment. */
typedef struct virtio_blk_segment {
    void *at;
    uint32_t bytes;
} virtio_blk_segment_t;

enum { VIRTIO_BLK_READ, VIRTIO_BLK_WRITE, VIRTIO_BLK_FLUSH };

typedef struct virtio_blk_io virtio_blk_io_t;

/**
 * struct virtio_blk_io - a transfer that goes on while its caller does
 * @what: VIRTIO_BLK_READ, _WRITE or _FLUSH, which has no sector and no segments
 * @sector: the first one; a whole block of the disk begins there, if its blocks are larger than a sector
 * @segment: the data; all segments together are whole blocks
 * @segments: how many
 * @done: called once, with 0, or -1 after the error has been logged. Within avatar_virtio_block_poll, the
 *        interrupt or a call that waits; it may submit and cancel, and must not wait
 * @context: the caller's
 *
 * The rest is private, and 0 before the first use. The structure, and the memory of its segments, are the
 * layer's from virtio_blk_submit on until `done` is called or virtio_blk_cancel returns. The device has
 * neither: data are copied.
 */
struct virtio_blk_io {
    uint32_t what;
    uint64_t sector;
    const virtio_blk_segment_t *segment;
    uint32_t segments;
    void (*done)(virtio_blk_io_t *io, int result);
    void *context;
    virtio_blk_io_t *next;
    uint64_t at;    /* bytes that are done */
    uint64_t bytes; /* of all segments */
    int error;
    bool busy;
};

/**
 * virtio_blk_submit() - begin a transfer
 * @blk_dev: an open disk
 * @io: what to do
 *
 * Transfers that are in flight together are carried out in any order. There is no VIRTIO_TIMEOUT_US for them:
 * a device that does not answer in VIRTIO_GIVE_UP_US is reset, and the request is sent again.
 *
 * Context: as the calls above, or an interrupt handler; does not wait and does not call `done`.
 * Return: 0: `done` will be called; -1, with a word: it will not, and *io is the caller's.
 */
int virtio_blk_submit(virtio_blk_device_t *blk_dev, virtio_blk_io_t *io);

/**
 * virtio_blk_cancel() - forget a transfer
 * @blk_dev: the disk that it was submitted to
 * @io: the transfer; nothing happens if it is none
 *
 * `done` is not called any more, and *io and its memory are the caller's at once. A write may be carried out
 * all the same; transfers that are submitted after this are carried out after it.
 *
 * Context: as virtio_blk_submit.
 */
void virtio_blk_cancel(virtio_blk_device_t *blk_dev, virtio_blk_io_t *io);

/**
 * avatar_virtio_block_poll() - complete what the disks have answered
 *
 * For the timer's tick: it also sees deadlines, and brings a disk back that has stopped. Without interrupts,
 * for a loop.
 *
 * Context: as virtio_blk_submit; does not wait.
 */
void avatar_virtio_block_poll(void);

/**
 * avatar_virtio_block_enable_irq() - have disks interrupt
 *
 * Installs a handler by Avatar's irq_install for each open disk, and enables its interrupt, at the first CPU.
 * Without it the poll alone completes transfers, and calls that wait poll. With it they sleep until the disk
 * interrupts: a task (a guest's vCPU in its trap) leaves the CPU to others, by task_wait_for_irq, once
 * avatar_virtio_block_poll is called from the timer's tick, which sees deadlines; before there are tasks the
 * CPU sleeps until the disk or the timer interrupts, if timer_init was called. Tasks of other CPUs than the
 * first poll.
 *
 * Context: after avatar_virtio_block_init and gic_virtual_init.
 */
void avatar_virtio_block_enable_irq(void);

/* 0 and *stats, or -1: not an open disk. */
int virtio_blk_get_stats(const virtio_blk_device_t *blk_dev, virtio_blk_stats_t *stats);

/* One disk to the console. */
void virtio_blk_print_info(virtio_blk_device_t *blk_dev);

/* All VirtIO devices at VIRTIO_BASE_ADDRESSES to the console; nothing is written to them. */
void virtio_detect_devices(void);

/* The lowest address of a device of this kind (VIRTIO_ID_BLOCK), 0 if there is none. */
uint64_t scan_for_virtio_block_device(uint32_t device_id);

#endif
