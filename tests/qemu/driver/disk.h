/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_DISK_H
#define VWR_QEMU_DISK_H

#include "slot.h"

#include "vwr/blk.h"

#define DISK_QUEUE_MOST 1024u
#define DISK_SLOT 31u /* where a case with one disk has it: the last slot, as QEMU would */

/*
 * What a queue may be like, by the ring features that are taken; of a device with "packed=on" all
 * numbers below disk_kinds(), which are fewer of a legacy one.
 */
#define DISK_INDIRECT 1u
#define DISK_EVENT 2u
#define DISK_PACKED 4u
unsigned disk_kinds(void);

/* In the ring of such a queue the device uses a buffer that it does not have. */
void disk_break_ring(struct vwr_queue *q, unsigned kind);

/* Ring features that are not in `kind`. */
void disk_avoid(struct vwr_features *avoid, unsigned kind);

/* One disk with all that it needs. */
struct disk {
    union found found;
    struct vwr_blk blk;
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(DISK_QUEUE_MOST)];
};

/* Probes the disk in `slot` and gets memory for a queue of `size`. */
void disk_find(struct disk *d, unsigned slot, uint16_t size);

/*
 * The same for `queues` queues with `requests` at once in each, what of it is vwr_blk_open's business
 * in *o. One disk at a time: what the device must not see is in memory that the next one gets too.
 */
#define DISK_QUEUES 4u
#define DISK_REQUESTS 64u
void disk_find_many(struct disk *d, unsigned slot, uint16_t size, unsigned queues, unsigned requests,
                    struct vwr_blk_options *o);

/* Opens it; a failed check unless that goes well. */
void disk_open(struct disk *d, const struct vwr_blk_options *options);
void disk_close(struct disk *d);

/* Opens it with queues of a kind, and sees that they are. */
void disk_open_kind(struct disk *d, unsigned kind);
void disk_check_kind(const struct vwr_dev *d, unsigned kind);

/* The case with nothing special: a machine with the disk "disk.img" of `runs` (pattern.h), open. */
void disk_begin(struct disk *d, bool legacy, const char *runs, const char *drive, const char *device);

/* Reads into fresh memory and checks that nothing else was written to. */
void disk_read_check(struct disk *d, char tag, uint64_t sector, uint32_t count);

/* `result` is what the driver answered; a failed check prints it all as a message. */
void disk_result(const char *file, int line, const char *what, struct disk *d, int result, int want);
#define DISK_RESULT(d, call, want) disk_result(__FILE__, __LINE__, #call, d, call, want)
#define DISK_OK(d, call) DISK_RESULT(d, call, VWR_OK)

/* `part` is in what the driver says of the last fault. */
void disk_explains(const char *file, int line, const struct disk *d, const char *part);
#define DISK_EXPLAINS(d, part) disk_explains(__FILE__, __LINE__, d, part)

#endif
