/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_DISK_H
#define VWR_QEMU_DISK_H

#include "slot.h"

#include "vwr/blk.h"

#define DISK_QUEUE_MOST 1024u
#define DISK_REQUESTS 64u
#define DISK_SLOT 31u /* slot of a single disk: the last one, as QEMU assigns it */

/*
 * Kinds of queues: the ring features that the driver accepts. With "packed=on", a device supports all numbers
 * below disk_kinds(), which is smaller for a legacy device.
 */
#define DISK_INDIRECT 1u
#define DISK_EVENT 2u
#define DISK_PACKED 4u
#define DISK_KINDS 8u
unsigned disk_kinds(void);

/*
 * A case that starts a machine for each kind runs half of the kinds. In this half, any two of the features
 * above occur together, alone and not at all. Boards with PCI run the other half, and a soak runs all kinds.
 */
extern bool disk_runs_all_kinds;
bool disk_runs_kind(bool legacy, unsigned kind);

/* Makes the device appear to use a buffer that it does not own, in the ring of a queue of this kind. */
void disk_break_ring(struct vwr_queue *q, unsigned kind);

/* The ring features that are not in `kind`. */
void disk_avoid(struct vwr_features *avoid, unsigned kind);

/* A disk with all of its memory. */
struct disk {
    union found found;
    struct vwr_blk blk;
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(DISK_QUEUE_MOST, DISK_REQUESTS)];
};

/* Probes the disk in `slot` and allocates memory for a queue of `size` (slot_queue_size). */
void disk_find(struct disk *d, unsigned slot, uint16_t size);

/*
 * The same for `queues` queues of `requests` requests each; *o gets the options for vwr_blk_open. One disk at
 * a time: the next disk reuses the memory that the device does not access.
 */
#define DISK_QUEUES 4u
void disk_find_many(struct disk *d, unsigned slot, uint16_t size, unsigned queues, unsigned requests,
                    struct vwr_blk_options *o);

/* Opens the disk; it fails the test if the open fails. */
void disk_open(struct disk *d, const struct vwr_blk_options *options);
void disk_close(struct disk *d);

/* Opens the disk with queues of a kind, and checks the kind. */
void disk_open_kind(struct disk *d, unsigned kind);
void disk_check_kind(const struct vwr_dev *d, unsigned kind);

/* The simplest case: a machine with an open disk, "disk.img", with the contents `runs` (pattern.h). */
void disk_begin(struct disk *d, bool legacy, const char *runs, const char *drive, const char *device);

/* Reads into fresh memory, and checks the data and that no other memory was written. */
void disk_read_check(struct disk *d, char tag, uint64_t sector, uint32_t count);

/* Checks the driver's `result`, and prints it as a message if it is wrong. */
void disk_result(const char *file, int line, const char *what, struct disk *d, int result, int want);
#define DISK_RESULT(d, call, want) disk_result(__FILE__, __LINE__, #call, d, call, want)
#define DISK_OK(d, call) DISK_RESULT(d, call, VWR_OK)

/* Checks that the driver's explanation of the last fault contains `part`. */
void disk_explains(const char *file, int line, const struct disk *d, const char *part);
#define DISK_EXPLAINS(d, part) disk_explains(__FILE__, __LINE__, d, part)

#endif
