/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#ifndef VWR_AVATAR_VIRTIO_BLOCK_FRONTEND_H
#define VWR_AVATAR_VIRTIO_BLOCK_FRONTEND_H

#include "avatar_types.h"

/*
 * Avatar's block frontend, implemented with Virtwright. Names and results are those of Avatar's
 * dev/virtio_frontend: 0: success, -1: an error, which has been logged. The header defines no register names
 * and no ring structures, so it can be included together with vmm/virtio.h, which has its own, in any order.
 *
 * A sector is 512 bytes, regardless of the disk's block size; accesses to a part of a larger block read the
 * whole block, and writes are read-modify-write.
 *
 * Buffers need no alignment and may be on a stack. They belong to the caller again when a call returns, with
 * any result: the device only accesses buffers of a static pool, and data are copied.
 *
 * Context: one CPU, with interrupts masked once avatar_virtio_block_enable_irq was called; not an interrupt
 * handler unless stated. Several tasks may be in these calls, since a waiting task releases the CPU; on the
 * same disk they are serialized. Transfers wait for the device, at most about VIRTIO_TIMEOUT_US per segment;
 * virtio_blk_submit does not wait. Section of the specification: Block Device.
 */

/*
 * Configuration: define these macros before this header is included, with -D for the whole tree
 * (CFLAGS_EXTRA), or change them here.
 */
#ifndef VIRTIO_MAX_DEVICES
#define VIRTIO_MAX_DEVICES 4 /* block devices in use; others are skipped with a message */
#endif
#ifndef VIRTIO_QUEUE_SIZE
#define VIRTIO_QUEUE_SIZE 16 /* descriptors of a disk's queue: a power of 2, at least 4 */
#endif
#ifndef VIRTIO_BUFFER_POOL_SIZE
#define VIRTIO_BUFFER_POOL_SIZE 64 /* buffers of all disks; each uses up to VIRTIO_QUEUE_SIZE - 2 */
#endif
#ifndef VIRTIO_BUFFER_SIZE
#define VIRTIO_BUFFER_SIZE 4096 /* bytes of a buffer, whole blocks */
#endif
#ifndef VIRTIO_REQUESTS
#define VIRTIO_REQUESTS 4 /* concurrent requests of virtio_blk_submit per disk; others wait */
#endif
#ifndef VIRTIO_FIRST_IRQ
#define VIRTIO_FIRST_IRQ 48 /* of the first slot in VIRTIO_BASE_ADDRESSES; consecutive */
#endif
#ifndef VIRTIO_DEBUG
#define VIRTIO_DEBUG 0 /* 1: log each transfer */
#endif

/* Where to find devices: {address, stride in bytes, number of slots}; several, separated by commas. */
#ifndef VIRTIO_BASE_ADDRESSES
#define VIRTIO_BASE_ADDRESSES \
    {                         \
        0x0a000000, 0x200, 32 \
    } /* QEMU's virt machine */
#endif

#ifndef VIRTIO_TIMEOUT_US
#define VIRTIO_TIMEOUT_US 5000000 /* then a transfer returns -1, and its request stays in flight */
#endif
#ifndef VIRTIO_GIVE_UP_US
#define VIRTIO_GIVE_UP_US 30000000 /* then the device is reset and the request is resent */
#endif

#ifndef VIRTIO_ID_BLOCK
#define VIRTIO_ID_BLOCK 2
#endif

#define VIRTIO_SECTOR_SIZE 512 /* vwr_avatar.h compares it with the document's */

/* Properties of an open disk, read-only. Set by virtio_blk_init. */
typedef struct {
    uint64_t base_addr;
    uint32_t device_index; /* below VIRTIO_MAX_DEVICES */
    uint32_t version;      /* register layout: 1 legacy, 2 modern */
    uint64_t capacity;     /* sectors */
    uint32_t block_size;   /* bytes in a unit of `capacity`: always VIRTIO_SECTOR_SIZE */
    uint32_t disk_block;   /* block size of the disk in bytes; transfers of whole blocks are faster */
    bool read_only;
} virtio_blk_device_t;

/* Counters since the disk was opened. */
typedef struct {
    uint64_t reads, writes; /* successful calls */
    uint64_t sectors_read, sectors_written;
    uint64_t errors;       /* calls that returned -1 */
    uint64_t late;         /* number of these in which the device did not answer in time */
    uint64_t late_answers; /* of these: it has answered since */
    uint64_t resets;       /* device resets after which it was running again */
    uint64_t sleeps;       /* number of sleeps in blocking calls; see avatar_virtio_block_enable_irq */
} virtio_blk_stats_t;

/*
 * Finds and opens the block devices at VIRTIO_BASE_ADDRESSES, in the order of their addresses. 0: at least
 * one is open. -1: none is open, and the next call searches again. If disks are open already, returns 0
 * without changes.
 */
int avatar_virtio_block_init(void);

/* Returns the first disk, or NULL before init; the disk with this index; the number of disks. */
virtio_blk_device_t *avatar_get_virtio_block_device(void);
virtio_blk_device_t *avatar_get_virtio_block_device_at(uint32_t index);
uint32_t avatar_virtio_block_count(void);

/*
 * Transfers sectors of the first disk. `sector_count` must be at least 1. After -1, some sectors may have
 * been transferred.
 */
int avatar_virtio_block_read(uint64_t sector, void *buffer, uint32_t sector_count);
int avatar_virtio_block_write(uint64_t sector, const void *buffer, uint32_t sector_count);

/* Makes earlier writes to the first disk durable. Returns 0 immediately if the disk has no write cache. */
int avatar_virtio_block_flush(void);

/* Capacity in sectors and sector size in bytes of the first disk. Either may be NULL. */
int avatar_virtio_block_get_info(uint64_t *capacity, uint32_t *block_size);

/* Logs all disks with their statistics. */
void avatar_virtio_block_print_status(void);

/*
 * Tests reads and writes on every disk; 0: passed. Overwrites the last sectors of writable disks and restores
 * them; a power failure in between loses their content.
 */
int avatar_virtio_block_test(void);
int virtio_block_test(void); /* the same, under Avatar's older name */

/*
 * Changes VIRTIO_TIMEOUT_US and VIRTIO_GIVE_UP_US, in microseconds, for all open disks. A write that returned
 * -1 after the first timeout may still be executed. The next transfer on its disk first waits for the late
 * request, so later writes cannot be overtaken by it; a caller that repeats the same transfer gets its
 * result.
 */
void avatar_virtio_block_set_timeouts(uint32_t wait_us, uint32_t give_up_us);

/* For the VMM's back end: avatar_virtio_block_read, _write and _get_info under the names it uses. */
int vmm_backend_read_from_host_storage(uint64_t sector, void *buffer, uint32_t count);
int vmm_backend_write_to_host_storage(uint64_t sector, const void *buffer, uint32_t count);
int vmm_backend_get_storage_info(uint64_t *total_sectors, uint32_t *sector_size);

/*
 * Opens the device at `base_addr` with the memory for index `device_index`, and fills in *blk_dev, a handle
 * that may be copied. If the device is open already, it keeps its index, and the call returns 0. -1: the
 * device is not a disk or cannot be opened, or the index belongs to another disk.
 */
int virtio_blk_init(virtio_blk_device_t *blk_dev, uint64_t base_addr, uint32_t device_index);

/*
 * The same as avatar_virtio_block_read and _write, for any disk. The functions named _sector are older names
 * for them.
 */
int virtio_blk_read_sectors(virtio_blk_device_t *blk_dev, uint64_t sector, void *buffer, uint32_t count);
int virtio_blk_write_sectors(virtio_blk_device_t *blk_dev, uint64_t sector, const void *buffer,
                             uint32_t count);
int virtio_blk_read_sector(virtio_blk_device_t *blk_dev, uint64_t sector, void *buffer, uint32_t count);
int virtio_blk_write_sector(virtio_blk_device_t *blk_dev, uint64_t sector, const void *buffer,
                            uint32_t count);
int virtio_blk_flush(virtio_blk_device_t *blk_dev);

/* A segment of a transfer's data: `bytes` bytes of memory at any alignment. */
typedef struct virtio_blk_segment {
    void *at;
    uint32_t bytes;
} virtio_blk_segment_t;

enum { VIRTIO_BLK_READ, VIRTIO_BLK_WRITE, VIRTIO_BLK_FLUSH };

typedef struct virtio_blk_io virtio_blk_io_t;

/**
 * struct virtio_blk_io - An asynchronous transfer
 * @what: VIRTIO_BLK_READ, _WRITE or _FLUSH; a flush has no sector and no segments.
 * @sector: First sector; on a disk with larger blocks, the start of a block.
 * @segment: Data; all segments together are whole blocks.
 * @segments: Number of segments.
 * @done: Called once, with 0, or -1 after the error has been logged, from avatar_virtio_block_poll, the
 *   interrupt or a blocking call. It may submit and cancel, and must not wait.
 * @context: For the caller.
 *
 * The other fields are private, and 0 before the first use. From virtio_blk_submit until `done` is called or
 * virtio_blk_cancel returns, the structure and the memory of its segments belong to the frontend. The device
 * accesses neither: data are copied.
 */
struct virtio_blk_io {
    uint32_t what;
    uint64_t sector;
    const virtio_blk_segment_t *segment;
    uint32_t segments;
    void (*done)(virtio_blk_io_t *io, int result);
    void *context;
    virtio_blk_io_t *next;
    uint64_t at;    /* bytes completed */
    uint64_t bytes; /* bytes of all segments */
    int error;
    bool busy;
};

/**
 * virtio_blk_submit() - Start a transfer
 * @blk_dev: Open disk.
 * @io: Transfer.
 *
 * Concurrent transfers are executed in any order. VIRTIO_TIMEOUT_US does not apply; a device that does not
 * answer within VIRTIO_GIVE_UP_US is reset, and the request is resent.
 *
 * Context: As the calls above, or an interrupt handler; does not wait and does not call `done`.
 * Return: 0: `done` will be called; -1 with a message: it will not, and *io belongs to the caller.
 */
int virtio_blk_submit(virtio_blk_device_t *blk_dev, virtio_blk_io_t *io);

/**
 * virtio_blk_cancel() - Abandon a transfer
 * @blk_dev: Disk that it was submitted to.
 * @io: Transfer; ignored if it is not in progress.
 *
 * `done` will not be called, and *io and its memory belong to the caller immediately. A write may still be
 * executed; transfers submitted later are executed after it.
 *
 * Context: As virtio_blk_submit.
 */
void virtio_blk_cancel(virtio_blk_device_t *blk_dev, virtio_blk_io_t *io);

/**
 * avatar_virtio_block_poll() - Complete transfers that the disks have finished
 *
 * For the timer tick: it also checks timeouts and recovers stopped disks. Without interrupts, call it in a
 * loop.
 *
 * Context: As virtio_blk_submit; does not wait.
 */
void avatar_virtio_block_poll(void);

/**
 * avatar_virtio_block_enable_irq() - Enable the disks' interrupts
 *
 * Installs a handler with Avatar's irq_install for each open disk, and enables its interrupt on the first
 * CPU. Without it only the poll completes transfers, and blocking calls poll. With it they sleep until the
 * disk interrupts: once the timer tick calls avatar_virtio_block_poll, which checks timeouts, a task (a
 * guest's vCPU in its trap) releases the CPU with task_wait_for_irq; before tasks exist the CPU sleeps until
 * the disk or the timer interrupts, if timer_init was called. Tasks on other CPUs poll.
 *
 * Context: After avatar_virtio_block_init and gic_virtual_init.
 */
void avatar_virtio_block_enable_irq(void);

/* 0 and *stats; or -1: not an open disk. */
int virtio_blk_get_stats(const virtio_blk_device_t *blk_dev, virtio_blk_stats_t *stats);

/* Logs one disk. */
void virtio_blk_print_info(virtio_blk_device_t *blk_dev);

/* Logs all VirtIO devices at VIRTIO_BASE_ADDRESSES; does not write to them. */
void virtio_detect_devices(void);

/* The lowest address of a device of this type (VIRTIO_ID_BLOCK); 0: none. */
uint64_t scan_for_virtio_block_device(uint32_t device_id);

#endif
