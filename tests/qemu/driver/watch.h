/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_WATCH_H
#define VWR_QEMU_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

/*
 * Looks at the queues of a disk as the device sees them, in guest RAM, before each notification:
 * QEMU takes some requests that the specification forbids (an address outside of RAM, a readable
 * buffer to read into), so its word is not enough. A rule broken is a failed check. What kind of
 * ring it is follows from the features that the driver has written to the device.
 */

#define WATCH_QUEUES 8u /* of a disk, at most */

/* The queue's parts, found by what the driver has written to the registers: of a split ring, or a packed one.
 */
struct watch_ring {
    uint32_t size;
    bool is_packed;
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    struct vwr_pvirtq_desc *packed;
    struct vwr_pvirtq_event_suppress *driver_event;
    struct vwr_pvirtq_event_suppress *device_event;
};

struct watch_seen {
    unsigned notifies;      /* since the queue was set up */
    unsigned requests;      /* and requests */
    unsigned flushes;       /* of these */
    unsigned tables;        /* of these: those with an indirect table */
    unsigned segments_most; /* of data in one request */
    /* of the last request: */
    uint16_t at;    /* where it begins in a packed ring */
    uint16_t head;  /* the first descriptor of a split ring, the id in a packed one */
    uint16_t count; /* descriptors of the ring */
    uint32_t type;
    uint64_t sector;
    uint32_t bytes; /* of data */
};

void watch_queue(unsigned slot);  /* the driver has given a queue to the device */
void watch_notify(unsigned slot); /* it says that there is something new in one */

const struct watch_ring *watch_ring(unsigned slot, unsigned queue);
const struct watch_seen *watch_seen(unsigned slot, unsigned queue);

#endif
